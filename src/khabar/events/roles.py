"""Who did it, to whom, where, when, with what: phrases around a trigger by order, preposition and kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from khabar.events.role_features import pair_phrases, role_features
from khabar.events.scene import Scene
from khabar.events.scoring import Scorer, build_scorer
from khabar.events.triggers import Candidate, Field
from khabar.records import Role, RoleName
from khabar.resources import Tables
from khabar.text import NormalText

__all__ = ["Roles", "build_roles"]

# Of these a phrase takes at most one in the same event, the likeliest.
_RIVALS: tuple[tuple[RoleName, ...], ...] = (
    ("agent", "target"),
    ("killed", "injured"),
    ("place", "origin", "destination", "via"),
)
_THRESHOLD = -0.7  # logit above which a role is taken
_NAMES: tuple[RoleName, ...] = get_args(RoleName)


class Roles:
    """Fills roles by the weights of `role_weights.tsv`."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._names = [next(name for name in _NAMES if name == label) for label in scorer.labels]

    def of(self, text: NormalText, scene: Scene, candidate: Candidate, others: Field) -> tuple[Role, ...]:
        """Roles of one event in the order of `RoleName`, then of the text."""
        found: list[Role] = []
        for pair in pair_phrases(scene, candidate.at):
            scores = self._scorer.scores(role_features(scene, candidate, pair, others))
            if max(scores) <= _THRESHOLD:
                continue
            phrase = pair.phrase
            span = text.original_span(phrase.start, phrase.end)
            mention = scene.view.mentions[phrase.mention].id if phrase.mention >= 0 else None
            found += (Role(name, span.start, span.end, span.text, mention) for name in self._chosen(scores))
        return tuple(sorted(found, key=lambda role: (_NAMES.index(role.role), role.start)))

    def _chosen(self, scores: Sequence[float]) -> list[RoleName]:
        """Roles above the threshold, without those that a likelier rival rules out."""
        at = {name: score for name, score in zip(self._names, scores, strict=True) if score > _THRESHOLD}
        for rivals in _RIVALS:
            taken = [name for name in rivals if name in at]
            best = max(taken, key=at.__getitem__, default=None)
            for name in taken:
                if name != best:
                    del at[name]
        return list(at)


def build_roles(tables: Tables) -> Roles:
    """The filler from `data/events`."""
    return Roles(build_scorer(tables, "role"))
