"""Whether an event happened, will, may, should or did not: from modality, negation, tense, conditions and stance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args

import msgspec

from khabar.events.scene import Scene
from khabar.events.scoring import Scorer, build_scorer
from khabar.events.triggers import Candidate
from khabar.events.words import Word
from khabar.records import Claim, Factuality
from khabar.resources import Tables
from khabar.text import fold

if TYPE_CHECKING:
    from khabar.events.opinions import Opinion

__all__ = ["Before", "FactualityRules", "build_factuality", "factuality_features"]

_REACH = 7  # words before a trigger that may govern it
_FAR = 25  # words before it in which a condition may open
_AHEAD = 7  # words after it that may say of it whether it will be
_TELLING = frozenset({"neg", "cond", "fut", "perf", "prep", "comp", "sub"})
_CARRY = 14  # words between a verb and the noun that it carries
# A verb with the future's sin that no table holds; words of other kinds look so only when short or named here.
_FUTURE = re.compile("[وف]?س(?!ياس|نوات|نويا|ياده|يناريو|يار|يره|يول|لاح)[يتن][^ ]{3,}$")
# Logit by which `certain`, the usual value, must lead, by the rules alone and with the model: the rarer ones are worth
# more. Chosen on articles left out.
_USUAL, _USUAL_WITH_MODEL = 2.0, 0.9


class FactualityRules:
    """Tells the factuality by the weights of `factuality_weights.tsv`."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._values = [next(name for name in get_args(Factuality) if name == label) for label in scorer.labels]

    def of(
        self, scene: Scene, candidate: Candidate, claim: Claim | None, before: Before | None, opinion: Opinion | None
    ) -> Factuality:
        """The value with the highest score; `claim` is the innermost that holds the trigger.

        What a source denies, by the rules' reading of the denial, stays denied whatever the model makes of it.
        """
        features = dict.fromkeys(factuality_features(scene, candidate, claim, before))
        numbers = self._scorer.numbers([features])
        scores = self._scorer.scores(numbers)[0].tolist()
        by_rules = self._highest(scores, _USUAL)
        if opinion is None or (by_rules == "denied" and claim is not None and claim.stance == "denies"):
            return by_rules
        return self._highest(opinion.of_factuality(candidate, numbers, scores), _USUAL_WITH_MODEL)

    def _highest(self, scores: Sequence[float], usual: float) -> Factuality:
        best: Factuality = "certain"
        top = float("-inf")
        for value, logit in zip(self._values, scores, strict=True):
            score = logit - usual if value == "certain" else logit
            if score > top:
                best, top = value, score
        return best


def build_factuality(tables: Tables) -> FactualityRules:
    """The rules from `data/events`."""
    return FactualityRules(build_scorer(tables, "factuality"))


class Before(msgspec.Struct, frozen=True):
    """The event before in the same sentence: its word, its part of speech and its factuality."""

    at: int
    pos: str
    factuality: Factuality


def factuality_features(
    scene: Scene, candidate: Candidate, claim: Claim | None, before: Before | None
) -> Iterator[str]:
    """What speaks for each factuality of one trigger."""
    at, pos = candidate.at, candidate.form.pos
    words = scene.view.words
    word = words[at]
    shape = f"{pos}{candidate.form.mood}"
    yield "bias"
    yield f"shape={shape}|{word.prefix}"
    yield f"shape={shape}{'al' if word.article else ''}{'pr' if word.suffix else ''}"
    yield f"frame={candidate.sense.frame}"
    yield f"frame={candidate.sense.frame}|{shape}"
    yield f"type={candidate.sense.type}|{word.prefix}"
    yield f"word={candidate.sense.key}"
    if claim is not None:
        yield f"stance={claim.stance}"
        yield f"stance={claim.stance}|{shape}"
        yield f"stance={claim.stance}|first={_is_first(scene, at)}"
        if claim.cue is not None:
            yield f"cue={fold(claim.cue.text)}"
    if scene.speech_at[at] == "cue":
        yield "is cue"
    yield from _left_features(scene, at, pos, shape)
    yield from _carrier_features(scene, at, shape)
    if before is not None:
        yield from _before_features(scene, at, pos, before)
    yield from _right_features(scene, at, shape)
    opened = [w.bare for w in words[max(0, at - _FAR) : at] if w.particle and w.kind == "cond"]
    if opened:
        yield f"condition={opened[-1]}|{shape}"
        yield "condition"
    early = next(filter(None, (w.modal for w in words[max(0, at - _FAR) : at])), "")
    if early:
        yield f"sentence={early}"


def _left_features(scene: Scene, at: int, pos: str, shape: str) -> Iterator[str]:
    """Words that may govern the trigger, up to the second mark before it."""
    words = scene.view.words
    marks, nearest = 0, ""
    for back in range(1, min(_REACH, at) + 1):
        left = words[at - back]
        marks += left.kind == "punct" and left.norm != '"'
        if marks > 1:
            break
        tag = "past comma " if marks else ""
        distance = back if back <= 2 else 3 if back <= 4 else 7
        modal = left.modal
        if modal:
            yield f"{tag}modal={modal}|{shape}"
            yield f"{tag}modal={modal}|{distance}"
        if modal and not nearest:
            nearest = modal
            yield f"{tag}nearest={modal}"
            yield f"{tag}nearest={modal}|{pos}|{distance}"
        if left.particle and left.kind in _TELLING:
            yield f"{tag}particle={left.bare}|{distance}|{pos}"
            yield f"{tag}particle={left.bare}|{shape}"
        if left.named < 0:
            yield f"{tag}left={left.bare}|{distance}"
            yield f"{tag}left={left.bare}"
        if left.prefix == "س" and left.forms:
            yield f"{tag}future verb|{distance}|{pos}"
    if not nearest:
        yield f"plain|{shape}|{words[at].prefix}"


def _right_features(scene: Scene, at: int, shape: str) -> Iterator[str]:
    """What is said of an act that is named first: `الغارة لم تستهدف`, `الزيارة ستسهم`."""
    words = scene.view.words
    yield from (f"right={right.bare}" for right in words[at + 1 : at + 3] if right.named < 0)
    for gap, right in enumerate(words[at + 1 : at + 1 + _AHEAD]):
        if right.kind == "punct" and right.norm != '"':
            return
        if right.particle and right.kind in ("neg", "cond"):
            yield f"right {right.kind}|{shape}"
            yield f"right {right.kind}={right.bare}"
            return
        if right.particle and right.kind in ("comp", "sub"):
            return
        modal, time = right.modal, _time_of(right)
        if modal:
            yield f"right modal={modal}|{shape}"
        if time:
            yield f"right verb={time}|{shape}"
            yield f"right verb={time}|{min(gap, 2)}|{modal}"
            return


def _carrier_features(scene: Scene, at: int, shape: str) -> Iterator[str]:
    """The nearest verb to the left in the same clause, and its time."""
    words = scene.view.words
    for back in range(at - 1, max(-1, at - _CARRY), -1):
        word = words[back]
        if word.particle and word.kind in ("comp", "sub", "rel"):
            yield f"clause={word.bare}|{shape}"
            return
        time = _time_of(word)
        if time == "past" and word.kind == "aux" and any(left.modal for left in words[max(0, back - 3) : back]):
            time = "governed"  # تعتزم القوات شن هجوم: a verbal noun, spelled as the past
        if time:
            near = "near" if at - back <= 3 else "far"
            yield f"carrier={time}|{shape}|{near}"
            yield f"carrier={time}|{words[at].prefix}"
            yield f"carrier={word.bare}"
            yield f"carrier={word.modal}|{time}|{shape}"
            return


def _time_of(word: Word) -> str:
    """`future`, `present` or `past` of a verb by its form or its look; empty for other words."""
    if word.prefix == "س" and word.forms:
        return "future"
    if word.kind == "" and not word.forms and _FUTURE.match(word.norm):
        return "future"
    moods = [form.mood for form in word.forms if form.pos == "verb"]
    if moods and not word.article:
        return moods[0]
    if not word.verbal:
        return ""
    return "present" if word.bare[:1] in ("ي", "ت") else "past"


def _before_features(scene: Scene, at: int, pos: str, before: Before) -> Iterator[str]:
    """Coordinated acts share their factuality, and so do those of one clause."""
    word = scene.view.words[at]
    same = "same" if scene.claim_at[at] == scene.claim_at[before.at] else "other"
    gap = at - before.at
    near = "2" if gap <= 2 else "6" if gap <= 6 else "15" if gap <= 15 else "far"
    yield f"before={before.factuality}|{same}"
    yield f"before={before.factuality}|{near}"
    yield f"before={before.factuality}|{word.conjunction}|{pos}{before.pos}"
    yield f"before={before.factuality}|{word.prefix}|{near}"
    cut = any(scene.between(kind, before.at, at) for kind in ("comp", "sub", "rel"))
    yield f"before={before.factuality}|{cut}|{word.conjunction}"


def _is_first(scene: Scene, at: int) -> bool:
    """Whether no other trigger of the same claim stands before."""
    claim = scene.claim_at[at]
    return not any(scene.claim_at[i] == claim and scene.view.words[i].forms for i in range(max(0, at - _FAR), at))
