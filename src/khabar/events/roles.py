"""Who did it, to whom, where, when, with what: phrases around a trigger by order, preposition and kind.

Whoever speaks is the agent where the word is itself a deed (`دعا`, `اتهم`): attribution has found the speaker already.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from khabar.events.role_features import Pair, pair_phrases, role_features
from khabar.events.scene import Scene
from khabar.events.scoring import Scorer, build_scorer
from khabar.events.triggers import Candidate, Field, Scored
from khabar.records import Claim, Mention, Role, RoleName, Source
from khabar.resources import Tables
from khabar.text import NormalText

if TYPE_CHECKING:
    from khabar.events.opinions import Panel

__all__ = ["Roles", "build_roles", "with_mention"]

# Of these a phrase takes at most one in the same event, the likeliest.
_RIVALS: tuple[tuple[RoleName, ...], ...] = (
    ("agent", "target", "means", "place", "origin", "destination", "via"),
    ("killed", "injured"),
)
# What a second filler of a role loses (a logit) if nothing joins it to the phrase before: an event has one agent, one
# place. Chosen on articles left out of the fit.
_SECOND = 1.5
_SEVERAL: frozenset[RoleName] = frozenset({"count", "via"})
# A role is taken when event and role together are likelier than this. Near half of the F1 that roles reach one more
# wrong role costs as much as one more right one wins; a little lower did best on articles left out of the fit.
_WORTH = 0.16
_PLACES = frozenset({"PLACE", "place", "area"})
_TRAVELS = frozenset({"MOVE", "AID", "MOBILIZE", "RETREAT"})
_THROUGH = frozenset({"عبر", "مرورا", "عن طريق"})
_NAMES: tuple[RoleName, ...] = get_args(RoleName)


class Act(msgspec.Struct, frozen=True, gc=False):
    """An event of the sentence with this number, and the phrases near it."""

    number: int
    scored: Scored
    pairs: tuple[Pair, ...]


class Roles:
    """Fills roles by the weights of `role_weights.tsv`."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._names = [next(name for name in _NAMES if name == label) for label in scorer.labels]
        self._alone = np.array([name not in _SEVERAL for name in self._names])

    def of(
        self, text: NormalText, scenes: Sequence[tuple[Scene, Sequence[Claim]]], chosen: Sequence[Sequence[Scored]],
        panel: Panel,
    ) -> list[list[list[Role]]]:  # fmt: skip
        """Of each sentence the roles of its events, in the order of `RoleName`, then of the text.

        A speaker named in another sentence has no mention yet: `with_mention` gives it.
        """
        acts = [
            Act(number, scored, pair_phrases(scene, scored.candidate.at))
            for number, ((scene, _), here) in enumerate(zip(scenes, chosen, strict=True))
            for scored in here
        ]
        fields = [Field([scored.candidate for scored in here]) for here in chosen]
        found: list[list[list[Role]]] = [[] for _ in scenes]
        for act, logits in zip(acts, self._logits(scenes, fields, acts, panel), strict=True):
            scene, claims = scenes[act.number]
            speaker, threshold = _speaker(scene, claims, act.scored), _threshold(act.scored.score)
            found[act.number].append(self._filled(text, scene, speaker, threshold, act.pairs, logits))
        return found

    def _filled(
        self, text: NormalText, scene: Scene, speaker: Source | None, threshold: float, pairs: Sequence[Pair],
        logits: NDArray[np.float64],
    ) -> list[Role]:  # fmt: skip
        found: list[Role] = []
        for pair, scores in zip(pairs, logits.tolist(), strict=True):
            if max(scores) <= threshold:
                continue
            phrase = pair.phrase
            span = text.original_span(phrase.start, phrase.end)
            mention = scene.view.mentions[phrase.mention].id if phrase.mention >= 0 else None
            chosen = self._chosen(scores, threshold)
            names = (name for name in chosen if not (speaker and name == "agent"))
            found += (Role(name, span.start, span.end, span.text, mention) for name in names)
        if speaker is not None:
            found = [role for role in found if not _overlaps(role, speaker)]
            found.append(Role("agent", speaker.start, speaker.end, speaker.text, None))
        return sorted(found, key=lambda role: (_NAMES.index(role.role), role.start))

    def _logits(
        self,
        scenes: Sequence[tuple[Scene, Sequence[Claim]]],
        fields: Sequence[Field],
        acts: Sequence[Act],
        panel: Panel,
    ) -> Iterator[NDArray[np.float64]]:
        """For each event (pairs, roles), in the order of `_names`; `fields` are the events of each sentence."""
        rows = [(act.number, act.scored.candidate, pair) for act in acts for pair in act.pairs]
        logits = np.empty((0, len(self._names)))
        if rows:
            numbers = self._scorer.numbers(
                role_features(scenes[at][0], candidate, pair, fields[at]) for at, candidate, pair in rows
            )
            logits = panel.of_roles(rows, numbers, self._scorer.scores(numbers))
            ways = [_is_way(candidate, pair, fields[at]) for at, candidate, pair in rows]
            logits[ways] = [math.inf if name == "via" else -math.inf for name in self._names]
        end = 0
        for act in acts:
            own = logits[end : (end := end + len(act.pairs))]
            if act.pairs:
                self._prefer_first(act.pairs, own)
            yield own

    def _prefer_first(self, pairs: Sequence[Pair], logits: NDArray[np.float64]) -> None:
        """Take `_SECOND` from all but the likeliest filler of each role and those that و joins to a phrase."""
        second = np.arange(len(pairs))[:, np.newaxis] != logits.argmax(0)
        apart = np.array([not pair.phrase.joined for pair in pairs])[:, np.newaxis]
        logits[second & apart & self._alone] -= _SECOND

    def _chosen(self, scores: Sequence[float], threshold: float) -> list[RoleName]:
        """Roles above the threshold, without those that a likelier rival rules out."""
        at = {name: score for name, score in zip(self._names, scores, strict=True) if score > threshold}
        for rivals in _RIVALS:
            taken = [name for name in rivals if name in at]
            best = max(taken, key=at.__getitem__, default=None)
            for name in taken:
                if name != best:
                    del at[name]
        return list(at)


def _is_way(candidate: Candidate, pair: Pair, others: Field) -> bool:
    """A place after `عبر` or `مرورا ب`, or the first place that a crossing names: passed through, beyond doubt."""
    if pair.side != "a" or pair.phrase.kind not in _PLACES or candidate.sense.type not in _TRAVELS:
        return False
    crossed = candidate.sense.frame == "cross" and pair.bare_number == 1
    if not crossed and pair.preposition not in _THROUGH:
        return False
    left, _ = others.around(pair.phrase.first, pair.phrase.last)
    return left == candidate.at


def _threshold(score: float) -> float:
    """The logit that a role needs in an event with this logit."""
    share = _WORTH * (1 + math.exp(-max(-30.0, min(30.0, score))))
    return math.log(share / (1 - share)) if share < 1 else math.inf


def _speaker(scene: Scene, claims: Sequence[Claim], scored: Scored) -> Source | None:
    """The source of the claim whose cue the trigger is."""
    index = scene.cue_at[scored.candidate.at]
    return claims[index].source if index >= 0 else None


def _overlaps(role: Role, span: Source) -> bool:
    return role.start < span.end and span.start < role.end


def with_mention(role: Role, mentions: Sequence[Mention], starts: Sequence[int]) -> Role:
    """The role with the first mention inside its span; `starts` are the mentions' starts, in order."""
    if role.mention is not None:
        return role
    at = bisect_left(starts, role.start)
    if at == len(starts) or mentions[at].end > role.end:
        return role
    return msgspec.structs.replace(role, mention=mentions[at].id)


def build_roles(tables: Tables) -> Roles:
    """The filler from `data/events`."""
    return Roles(build_scorer(tables, "role"))
