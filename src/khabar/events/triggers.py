"""Which words name an event, and of which type.

Every word that may name one is scored by what it is and by what stands around it; the best sense of a word is kept if
its score is above the threshold. One happening named by several words is one event: how near another trigger stands
is part of the score.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from khabar.events.forms import Form, Sense
from khabar.events.scene import Scene
from khabar.events.scoring import Scorer, build_scorer
from khabar.events.words import Word
from khabar.resources import Tables

if TYPE_CHECKING:
    from khabar.events.opinions import Panel

__all__ = [
    "Candidate",
    "Field",
    "Memory",
    "Scored",
    "Triggers",
    "build_triggers",
    "find_candidates",
    "trigger_features",
]

_WITH_PRONOUN = (("علي", "علي"), ("الي", "الي"), ("في", "في"), ("من", "من"), ("عن", "عن"), ("مع", "مع"))
_REACH = 4  # words after a trigger in which what it needs must stand
_FAR = 12  # with those that say when it was
_NEAR = 10  # words in which another trigger counts as near
_DEATHS = frozenset({"kill"})
_LONE = -2.2  # of a killing in a sentence that names nothing else that happened
# Logits: what is lost by a wrong event is less than what is won by a right one; but a word that nothing around it has
# a part in more often names a kind of act than an act. Chosen on articles left out of the fit.
_THRESHOLD = -0.7
_WITHOUT_ROLES = 0.1


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A word in one of its senses."""

    at: int
    form: Form
    sense: Sense
    needed: bool


class Field:
    """The candidates of one sentence, found by type and sense in the time of a binary search."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.all = tuple(candidates)
        self.places = tuple(dict.fromkeys(candidate.at for candidate in candidates))
        self._types: dict[str, tuple[list[int], list[Candidate]]] = {}
        self._keys: dict[str, tuple[int, int]] = {}
        for candidate in candidates:
            places, found = self._types.setdefault(candidate.sense.type, ([], []))
            places.append(candidate.at)
            found.append(candidate)
            first, _ = self._keys.get(candidate.sense.key, (candidate.at, 0))
            self._keys[candidate.sense.key] = (first, candidate.at)

    def before(self, candidate: Candidate) -> Candidate | None:
        """The nearest candidate of the same type to the left."""
        places, found = self._types[candidate.sense.type]
        index = bisect_left(places, candidate.at)
        return found[index - 1] if index else None

    def after(self, candidate: Candidate) -> Candidate | None:
        """The nearest candidate of the same type to the right."""
        places, found = self._types[candidate.sense.type]
        index = bisect_right(places, candidate.at)
        return found[index] if index < len(found) else None

    def extent(self, candidate: Candidate) -> tuple[int, int]:
        """The first and the last word of the sentence in the candidate's sense."""
        return self._keys[candidate.sense.key]

    def around(self, first: int, last: int) -> tuple[int, int]:
        """The nearest candidates' words before `first` and after `last`, or -1."""
        left, right = bisect_left(self.places, first) - 1, bisect_right(self.places, last)
        return self.places[left] if left >= 0 else -1, self.places[right] if right < len(self.places) else -1

    def within(self, low: int, high: int) -> tuple[int, int, int]:
        """How many candidates' words stand strictly between two words, the first of them and the last (or -1)."""
        first, last = bisect_right(self.places, low), bisect_left(self.places, high)
        if first >= last:
            return 0, -1, -1
        return last - first, self.places[first], self.places[last - 1]


class Memory:
    """How often a sense was seen in the document so far."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def count(self, sense: Sense) -> int:
        return self._seen.get(sense.key, 0)

    def add(self, candidates: Sequence[Candidate]) -> None:
        for key in dict.fromkeys(candidate.sense.key for candidate in candidates):
            self._seen[key] = self._seen.get(key, 0) + 1


class Scored(msgspec.Struct, frozen=True, gc=False):
    """A chosen candidate with its logit; `lone` where it is kept for want of any other."""

    candidate: Candidate
    score: float
    lone: bool = False

    def is_event(self, *, has_roles: bool) -> bool:
        """Whether it is sure enough to be told."""
        return self.lone or has_roles or self.score > _WITHOUT_ROLES


class Triggers:
    """Chooses triggers by the weights of `trigger_weights.tsv`."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer

    def choose(self, scenes: Sequence[Scene], memory: Memory, first: int, panel: Panel) -> list[tuple[Scored, ...]]:
        """Of each sentence at most one sense a word, left to right; those that no role is found for are looked at
        again (`is_event`). `first` is the number of the first sentence in the document.
        """
        rows: list[tuple[int, Candidate]] = []
        features: list[tuple[str, ...]] = []
        for number, scene in enumerate(scenes):
            candidates = find_candidates(scene)
            field = Field(candidates)
            for candidate in candidates:
                rows.append((number, candidate))
                told = trigger_features(scene, candidate, field, memory, first + number)
                features.append(tuple(dict.fromkeys(told)))
            memory.add(candidates)
        scored: list[list[Scored]] = [[] for _ in scenes]
        if rows:
            numbers = self._scorer.numbers(features)
            scores = panel.of_triggers(rows, numbers, self._scorer.scores(numbers)[:, 0])
            for (number, candidate), score in zip(rows, scores.tolist(), strict=True):
                scored[number].append(Scored(candidate, score))
        return [_best(here) for here in scored]


def _best(candidates: Sequence[Scored]) -> tuple[Scored, ...]:
    """The best sense of each word that is above the threshold; where there is none, the best killing."""
    best: dict[int, Scored] = {}
    lone: Scored | None = None
    for scored in candidates:
        candidate, score = scored.candidate, scored.score
        before = best.get(candidate.at)
        if score > _THRESHOLD and (before is None or score > before.score):
            best[candidate.at] = scored
        if candidate.sense.frame in _DEATHS and score > _LONE and (lone is None or score > lone.score):
            lone = Scored(candidate, score, lone=True)
    if not best and lone is not None:
        return (lone,)
    return tuple(best[at] for at in sorted(best))


def build_triggers(tables: Tables) -> Triggers:
    """The chooser from `data/events`."""
    return Triggers(build_scorer(tables, "trigger"))


def find_candidates(scene: Scene) -> tuple[Candidate, ...]:
    """All words of a sentence that may name an event, in each of their senses."""
    found: list[Candidate] = []
    words = scene.view.words
    for at, word in enumerate(words):
        if not word.forms or _is_mention(scene, word):
            continue
        for form in word.forms:
            if form.pos == "participle" and word.kind != "trigger":
                continue  # `المقاتلون` are people
            for sense in form.senses:
                if not sense.need:
                    found.append(Candidate(at, form, sense, False))
                elif _is_met(scene, sense, at):
                    found.append(Candidate(at, form, sense, True))
    return tuple(found)


def _is_mention(scene: Scene, word: Word) -> bool:
    """A name, a time, or the verb of an amount's bound (`ما لا يقل عن`)."""
    if word.named >= 0 or word.value < 0:
        return word.named >= 0
    return word.verbal or scene.view.mentions[word.value].type == "TIME"


def _is_met(scene: Scene, sense: Sense, at: int) -> bool:
    """Whether what a sense needs stands within reach after the word."""
    wanted, words = sense.need_words, scene.view.words
    after = list(_following(scene, at))
    if sense.need in ("next", "object"):
        return any(word.norm in wanted or word.bare in wanted or _stem(word.norm) in wanted for word in after)
    if sense.need == "prep":
        return any(word.preposition in wanted or word.bare in wanted or _bound(word) in wanted for word in after)
    if sense.need == "subject":
        return any(word.kind in wanted for word in after)
    return bool(words[at].suffix)


def _following(scene: Scene, at: int) -> Iterator[Word]:
    """The words within reach; when it was takes up none of it: `أطلق الخاطفون، فجر الخميس، سراح الطبيب`."""
    count = 0
    for word in scene.view.words[at + 1 : at + 1 + _FAR]:
        if word.value >= 0 and scene.view.mentions[word.value].type == "TIME":
            continue
        if count == _REACH:
            return
        count += 1
        yield word


def _stem(norm: str) -> str:
    """A word without the pronoun at its end: `سراحهم` is `سراح`."""
    return next((norm[: -len(end)] for end in ("هم", "ها", "هما", "ه") if norm.endswith(end)), norm)


def _bound(word: Word) -> str:
    """The preposition of one with a pronoun: `بها`, `عليهم`."""
    if word.kind != "pron":
        return ""
    return next((prep for prep, start in _WITH_PRONOUN if word.norm.startswith(start)), word.norm[:1])


def trigger_features(scene: Scene, candidate: Candidate, field: Field, memory: Memory, place: int) -> Iterator[str]:
    """What speaks for or against a candidate; `place` is the number of its sentence in the document."""
    at, form, sense = candidate.at, candidate.form, candidate.sense
    word = scene.view.words[at]
    shape = f"{form.pos}{'+' if form.plural else ''}{form.mood[:4]}"
    shape += f"{'al' if word.article else ''}{'pr' if word.suffix else ''}"
    yield "bias"
    yield f"word={sense.key}"
    yield f"frame={sense.frame}|{form.pos}"
    yield f"type={sense.type}|{form.pos}"
    yield f"shape={shape}"
    yield f"prefix={form.pos}|{word.prefix}"
    yield f"frame={sense.frame}|{shape}"
    yield f"word={sense.key}|{shape}"
    yield f"word={sense.key}|{word.prefix}"
    if sense.sure:
        yield f"sure={form.pos}"
        yield f"sure={shape}"
    if form.first_person:
        yield f"person=1|{form.pos}"
    if candidate.needed:
        yield f"needed={sense.frame}"
    if word.value >= 0:
        yield f"counted={form.pos}"
    yield from _context_features(scene, candidate, shape)
    yield from _neighbour_features(scene, candidate, field)
    seen = min(memory.count(sense), 2)
    yield f"seen={seen}|{shape}"
    yield f"seen={seen}|{sense.type}"
    yield f"place={min(place, 3)}"


def _context_features(scene: Scene, candidate: Candidate, shape: str) -> Iterator[str]:
    """The words on both sides, the phrase that follows, the kinds of mentions in the sentence, speech."""
    at, pos, sense = candidate.at, candidate.form.pos, candidate.sense
    words = scene.view.words
    before, after = _descriptor(words, at - 1), _descriptor(words, at + 1)
    yield f"before={before}|{pos}"
    yield f"after={after}|{pos}"
    yield f"before={before}|{sense.frame}"
    yield f"after={after}|{sense.frame}"
    yield f"word={sense.key}|after={after}"
    yield f"word={sense.key}|before={before}"
    if at and words[at - 1].named < 0:
        yield f"left={words[at - 1].norm}"
        yield f"left={words[at - 1].norm}|{sense.type}"
    if at + 1 < len(words) and words[at + 1].named < 0:
        yield f"right={words[at + 1].norm}"
        yield f"right={words[at + 1].norm}|{sense.type}"
        yield f"word={sense.key}|right={words[at + 1].norm}"
    if at + 2 < len(words) and words[at + 2].named < 0:
        yield f"right2={words[at + 2].norm}|{sense.type}"
    for left in words[max(0, at - 4) : max(0, at - 1)]:
        if left.particle:
            yield f"near={left.bare}|{pos}"
    phrase = scene.phrase_at[at + 1] if at + 1 < len(words) else -1
    if phrase >= 0 and scene.phrases[phrase].first == at + 1:
        yield f"phrase={scene.phrases[phrase].kind}|{sense.frame}"
        yield f"phrase={scene.phrases[phrase].kind}|{shape}"
    yield from (f"has={name}|{sense.type}" for name in scene.kinds)
    if scene.speech_at[at]:
        yield f"speech={scene.speech_at[at]}|{sense.type}|{pos}"
    yield f"claimed={scene.claim_at[at] >= 0}|{pos}"


def _descriptor(words: Sequence[Word], at: int) -> str:
    """A neighbour: a function word as it is, any other by its class."""
    if at < 0 or at >= len(words):
        return "edge"
    word = words[at]
    if word.particle or word.kind == "punct":
        return word.bare
    if word.kind == "trigger" or (word.forms and not word.kind):
        return "trigger:" + word.forms[0].senses[0].frame
    look = "al" if word.article else word.prefix
    return f"{word.kind or 'word'}.{look}"


def _neighbour_features(scene: Scene, candidate: Candidate, field: Field) -> Iterator[str]:
    """Other words of the sentence that may name the same happening."""
    first, last = field.extent(candidate)
    if first < candidate.at:
        yield f"again={candidate.form.pos}|{'al' if scene.view.words[candidate.at].article else ''}"
    if last > candidate.at:
        yield f"first={candidate.form.pos}"
    for side, near in (("left", field.before(candidate)), ("right", field.after(candidate))):
        if near is not None:
            yield from _pair_features(scene, candidate, near, side)
        else:
            yield f"{side}.none|{candidate.sense.type}"


def _pair_features(scene: Scene, candidate: Candidate, other: Candidate, side: str) -> Iterator[str]:
    """Another word of the same type: how near, of which frame, and whether a clause ends between."""
    at, sense = candidate.at, candidate.sense
    low, high = min(at, other.at), max(at, other.at)
    gap = high - low
    near = "1" if gap == 1 else "3" if gap <= 3 else "10" if gap <= _NEAR else "far"
    yield f"{side}={other.sense.frame}|{sense.frame}"
    yield f"{side}={other.sense.frame}|{sense.frame}|{near}"
    yield f"{side}={near}|{sense.type}"
    yield f"{side}={other.form.pos}|{candidate.form.pos}|{near}"
    cut = "".join(kind[0] for kind in ("comp", "rel", "comma", "sub") if scene.between(kind, low, high))
    yield f"{side}.cut={cut}|{candidate.form.pos}"
