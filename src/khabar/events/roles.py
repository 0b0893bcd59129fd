"""Who did it, to whom, where, when, with what: phrases around a trigger by order, preposition and kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import get_args

import msgspec

from khabar.events.phrases import Phrase
from khabar.events.scene import Scene
from khabar.events.scoring import Scorer, build_scorer
from khabar.events.triggers import Candidate, Field
from khabar.records import Role, RoleName
from khabar.resources import Tables
from khabar.text import NormalText

__all__ = ["Pair", "Roles", "build_roles", "pair_phrases", "role_features"]

_REACH = 12  # phrases on each side
_THRESHOLD = -0.7  # logit above which a role is taken
_NAMES: tuple[RoleName, ...] = get_args(RoleName)


class Pair(msgspec.Struct, frozen=True, gc=False):
    """A phrase as the trigger sees it: after, before or inside (`a`, `b`, `i`), and its number on that side.

    `bare_number` counts only phrases without a preposition; 0 for the others.
    """

    phrase: Phrase
    side: str
    number: int
    bare_number: int


class Roles:
    """Fills roles by the weights of `role_weights.tsv`."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._names = [next(name for name in _NAMES if name == label) for label in scorer.labels]

    def of(self, text: NormalText, scene: Scene, candidate: Candidate, others: Field) -> tuple[Role, ...]:
        """Roles of one event in the order of `RoleName`, then of the text."""
        found: list[Role] = []
        for pair in pair_phrases(scene, candidate.at):
            features = dict.fromkeys(role_features(scene, candidate, pair, others))
            phrase = pair.phrase
            span = text.original_span(phrase.start, phrase.end)
            mention = scene.view.mentions[phrase.mention].id if phrase.mention >= 0 else None
            for name, score in zip(self._names, self._scorer.scores(features), strict=True):
                if score > _THRESHOLD:
                    found.append(Role(name, span.start, span.end, span.text, mention))
        return tuple(sorted(found, key=lambda role: (_NAMES.index(role.role), role.start)))


def build_roles(tables: Tables) -> Roles:
    """The filler from `data/events`."""
    return Roles(build_scorer(tables, "role"))


def pair_phrases(scene: Scene, at: int) -> tuple[Pair, ...]:
    """Phrases of the sentence near word `at`, nearest first on each side."""
    first = bisect_right(scene.firsts, at)
    inside = first > 0 and scene.phrases[first - 1].last >= at
    before = scene.phrases[max(0, first - inside - _REACH) : first - inside]
    pairs: list[Pair] = []
    for side, phrases in (("a", scene.phrases[first : first + _REACH]), ("b", before[::-1])):
        bare = 0
        for number, phrase in enumerate(phrases, 1):
            is_bare = not phrase.preposition and phrase.kind != "TIME"
            bare += is_bare and not phrase.joined
            pairs.append(Pair(phrase, side, number, bare if is_bare else 0))
    if inside:
        pairs.append(Pair(scene.phrases[first - 1], "i", 0, 0))
    return tuple(pairs)


def role_features(scene: Scene, candidate: Candidate, pair: Pair, others: Field) -> Iterator[str]:
    """What speaks for each role of one phrase; `others` are the triggers of the sentence."""
    phrase, side = pair.phrase, pair.side
    frame, kind, pos = candidate.sense.frame, candidate.sense.type, candidate.form.pos
    voice = {"verb": "V", "noun": "N", "participle": "P"}[pos] + {"no": "", "maybe": "?", "yes": "!"}[
        candidate.form.passive
    ]
    word = scene.view.words[candidate.at]
    prep = ("+" if phrase.joined else "") + phrase.preposition
    what = phrase.kind
    near = phrase.first == candidate.at + 1
    low, high = (candidate.at, phrase.first) if side == "a" else (phrase.last, candidate.at)
    gap = max(0, high - low)
    cuts = (
        "".join(_capped(scene, name, low, high) for name in ("comp", "rel", "sub", "comma", "verb")) if gap > 1 else ""
    )
    hard = "".join(_capped(scene, name, low, high) for name in ("comp", "rel", "sub")) if gap > 1 else ""
    yield "bias"
    yield f"{side}{voice}|{prep}|{what}"
    yield f"{side}{frame}|{prep}|{what}"
    yield f"{side}{frame}|{voice}|{prep}"
    yield f"{side}{frame}|{prep}"
    yield f"{side}{voice}|{prep}|{near}"
    yield f"{side}{kind}|{prep}|{what}"
    yield f"{side}{pair.number if pair.number < 6 else 6}|{pos}"
    yield f"{side}{pair.number if pair.number < 6 else 6}|{what}"
    if pair.bare_number:
        yield f"{side}bare{min(pair.bare_number, 4)}|{frame}|{voice}"
        yield f"{side}bare{min(pair.bare_number, 4)}|{voice}|{what}"
        yield f"{side}bare{min(pair.bare_number, 4)}|{voice}|{near}"
        yield f"{side}bare{min(pair.bare_number, 4)}|{voice}|{hard}"
        if near:
            yield f"word={candidate.sense.key}|near|{what}"
            yield f"word={candidate.sense.key}|near"
    yield f"word={candidate.sense.key}|{side}{prep}"
    yield f"{side}cut={cuts}"
    yield f"{side}cut={cuts}|{what}"
    yield f"{side}hard={hard}|{pos}"
    yield f"{side}gap={_bucket(gap)}"
    yield f"{side}gap={_bucket(gap)}|{what}"
    yield f"{side}gap={_bucket(gap)}|{prep}"
    yield f"frame={frame}|{what}"
    yield f"definite={phrase.definite}|{side}{voice}"
    if word.suffix:
        yield f"{side}suffix|{pos}|{what}"
    yield from _owner_features(scene, candidate, pair, others)
    yield from _speech_features(scene, candidate, phrase, side)


def _capped(scene: Scene, name: str, low: int, high: int) -> str:
    count = scene.between(name, low, high)
    return name[:3] if count == 1 else name[:3] + "2" if count else ""


def _bucket(gap: int) -> str:
    return str(gap) if gap <= 3 else "6" if gap <= 6 else "12" if gap <= 12 else "24" if gap <= 24 else "far"


def _owner_features(scene: Scene, candidate: Candidate, pair: Pair, others: Field) -> Iterator[str]:
    """Another trigger right before the phrase, or between the two."""
    phrase, side = pair.phrase, pair.side
    words = scene.view.words
    previous = phrase.first - 1
    if previous >= 0 and previous != candidate.at and words[previous].forms and words[previous].named < 0:
        owner = words[previous].forms[0].senses[0].frame
        yield f"{side}owner={owner}|{phrase.kind}"
        yield f"{side}owner={owner}|{candidate.sense.frame}"
        yield f"{side}owner={words[previous].bare}"
    elif previous >= 0 and words[previous].particle:
        yield f"{side}lead={words[previous].bare}|{phrase.kind}"
    low, high = sorted((candidate.at, phrase.first))
    between = others.within(low, high)
    count = min(len(between), 3)
    yield f"{side}triggers={count}"
    yield f"{side}triggers={count}|{phrase.kind}"
    yield f"{side}triggers={count}|{candidate.form.pos}|{phrase.preposition}"
    if between:
        nearest = words[between[-1] if side == "a" else between[0]].forms[0].senses[0].frame
        yield f"{side}past={nearest}|{phrase.kind}"
        yield f"{side}past={nearest}|{candidate.sense.frame}"


def _speech_features(scene: Scene, candidate: Candidate, phrase: Phrase, side: str) -> Iterator[str]:
    speech = scene.speech_at[phrase.first]
    own = scene.speech_at[candidate.at]
    same = scene.claim_at[phrase.first] == scene.claim_at[candidate.at]
    yield f"{side}speech={speech}|{own}|{same}"
    yield f"{side}speech={speech}|{own}|{same}|{phrase.kind}"
    if own == "cue":
        yield f"{side}cue|{speech}|{candidate.sense.frame}"
