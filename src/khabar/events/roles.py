"""Who did it, to whom, where, when, with what: phrases around a trigger by order, preposition and kind."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import get_args

import msgspec

from khabar.events.phrases import Phrase
from khabar.events.scene import Scene
from khabar.events.scoring import Scorer, build_scorer
from khabar.events.triggers import Candidate, Field
from khabar.events.words import Word
from khabar.records import Role, RoleName
from khabar.resources import Tables
from khabar.text import NormalText

__all__ = ["Pair", "Roles", "build_roles", "pair_phrases", "role_features"]

_REACH = 12  # phrases on each side
_CARRY = 12  # words between a verb and the noun that it carries
_VOICES = {"verb": "V", "noun": "N", "participle": "P"}
_PASSIVE = {"no": "", "maybe": "?", "yes": "!"}
_CLAUSES = ("comp", "rel", "sub")
_BREAKS = ("comp", "rel", "sub", "comma", "verb")
_THRESHOLD = -0.7  # logit above which a role is taken
_NAMES: tuple[RoleName, ...] = get_args(RoleName)


class Pair(msgspec.Struct, frozen=True, gc=False):
    """A phrase as the trigger sees it: after, before or inside (`a`, `b`, `i`), and its number on that side.

    `bare_number` counts only phrases without a preposition; 0 for the others. `same_number` counts phrases with the
    same preposition.
    """

    phrase: Phrase
    side: str
    number: int
    bare_number: int
    same_number: int
    relative: bool

    @property
    def preposition(self) -> str:
        """Inside its relative clause the phrase is what the pronoun is, whatever governs it outside."""
        return "rel" if self.relative else self.phrase.preposition


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
        same: dict[str, int] = {}
        for number, phrase in enumerate(phrases, 1):
            is_bare = not phrase.preposition and phrase.kind != "TIME"
            bare += is_bare and not phrase.joined
            same[phrase.preposition] = same.get(phrase.preposition, 0) + 1
            pairs.append(
                Pair(
                    phrase,
                    side,
                    number,
                    bare if is_bare else 0,
                    same[phrase.preposition],
                    _heads_clause(scene, phrase, at),
                )
            )
    if inside:
        pairs.append(Pair(scene.phrases[first - 1], "i", 0, 0, 0, False))
    return tuple(pairs)


def _heads_clause(scene: Scene, phrase: Phrase, at: int) -> bool:
    """`الكتائب التي اقتحمت`: a relative pronoun between the phrase and a trigger soon after it."""
    following = phrase.last + 1
    words = scene.view.words
    return following < at <= following + 3 and words[following].particle and words[following].kind == "rel"


def role_features(scene: Scene, candidate: Candidate, pair: Pair, others: Field) -> Iterator[str]:
    """What speaks for each role of one phrase; `others` are the triggers of the sentence."""
    phrase, side = pair.phrase, pair.side
    word = scene.view.words[candidate.at]
    voice = _VOICES[candidate.form.pos] + ("!" if word.damma else _PASSIVE[candidate.form.passive])
    yield "bias"
    yield from _form_features(candidate, pair, voice)
    yield from _head_features(scene, candidate, pair)
    yield from _order_features(scene, candidate, pair, voice)
    yield from _subject_features(scene, candidate, pair)
    yield from _gap_features(scene, candidate, pair)
    yield from _agreement_features(word, candidate, pair)
    yield from _owner_features(scene, candidate, pair)
    yield from _rival_features(scene, candidate, pair, others)
    yield from _speech_features(scene, candidate, phrase, side)


def _form_features(candidate: Candidate, pair: Pair, voice: str) -> Iterator[str]:
    """Kind and preposition of the phrase, frame and voice of the trigger."""
    side, what = pair.side, pair.phrase.kind
    frame, key = candidate.sense.frame, candidate.sense.key
    prep = ("+" if pair.phrase.joined and not pair.relative else "") + pair.preposition
    yield f"{side}{voice}|{prep}|{what}"
    yield f"{side}{frame}|{prep}|{what}"
    yield f"{side}{frame}|{voice}|{prep}"
    yield f"{side}{frame}|{prep}"
    yield f"{side}{candidate.sense.type}|{prep}|{what}"
    yield f"frame={frame}|{what}"
    yield f"definite={pair.phrase.definite}|{side}{voice}"
    yield f"word={key}|{side}{prep}"
    yield f"{side}same={min(pair.same_number, 3)}|{prep}"
    yield f"{side}same={min(pair.same_number, 3)}|{what}"


def _head_features(scene: Scene, candidate: Candidate, pair: Pair) -> Iterator[str]:
    """A common noun by itself: soldiers, positions and aircraft have their usual parts. Names have none."""
    words, phrase = scene.view.words, pair.phrase
    at = phrase.first
    while at < phrase.last and (words[at].kind in ("quant", "number") or words[at].bare == "من"):
        at += 1
    head = words[at]
    if head.named >= 0 or head.kind == "number":
        return
    yield f"head={head.bare}|{candidate.sense.type}"
    yield f"head={head.bare}|{candidate.sense.frame}"
    yield f"head={head.bare}|{pair.side}{pair.preposition}"
    yield f"head={head.bare}"


def _order_features(scene: Scene, candidate: Candidate, pair: Pair, voice: str) -> Iterator[str]:
    """The number of the phrase on its side."""
    side, phrase, frame = pair.side, pair.phrase, candidate.sense.frame
    near = phrase.first == candidate.at + 1
    number = min(pair.number, 6)
    yield f"{side}{voice}|{pair.preposition}|{near}"
    yield f"{side}{number}|{candidate.form.pos}"
    yield f"{side}{number}|{phrase.kind}"
    if pair.bare_number:
        bare = f"{side}bare{min(pair.bare_number, 4)}"
        yield f"{bare}|{frame}|{voice}"
        yield f"{bare}|{voice}|{phrase.kind}"
        yield f"{bare}|{voice}|{near}"
        yield f"{bare}|{voice}|{_cuts(scene, candidate.at, pair, _CLAUSES)}"
    if near:
        yield f"word={candidate.sense.key}|near|{phrase.kind}"
        yield f"word={candidate.sense.key}|near"


def _subject_features(scene: Scene, candidate: Candidate, pair: Pair) -> Iterator[str]:
    """Whether the phrase looks like a subject, and how many such phrases stand between it and the trigger."""
    phrase, pos = pair.phrase, candidate.form.pos
    low, high = _ends(candidate.at, pair)
    index = bisect_left(scene.subjects, phrase.first)
    is_subject = index < len(scene.subjects) and scene.subjects[index] == phrase.first
    between = bisect_left(scene.subjects, high) - bisect_right(scene.subjects, low)
    if pair.side == "b":
        between = bisect_left(scene.subjects, candidate.at) - bisect_right(scene.subjects, phrase.first)
    tag = f"{pair.side}subject={is_subject}"
    yield tag
    if not is_subject:
        return
    yield f"{tag}|{min(between, 3)}|{pos}"
    yield f"{tag}|{min(between, 3)}|{candidate.sense.frame}"
    yield f"{tag}|{min(between, 3)}|{phrase.kind}"
    yield f"{tag}|{_cuts(scene, candidate.at, pair, _CLAUSES)}|{pos}"
    suffix = scene.view.words[candidate.at].suffix
    if suffix:
        yield f"{tag}|{suffix}{phrase.number}"


def _gap_features(scene: Scene, candidate: Candidate, pair: Pair) -> Iterator[str]:
    """How far the phrase is, and what ends between."""
    side, phrase = pair.side, pair.phrase
    low, high = _ends(candidate.at, pair)
    gap = max(0, high - low)
    bucket = str(gap) if gap <= 3 else "6" if gap <= 6 else "12" if gap <= 12 else "24" if gap <= 24 else "far"
    cuts = _cuts(scene, candidate.at, pair, _BREAKS)
    yield f"{side}cut={cuts}"
    yield f"{side}cut={cuts}|{phrase.kind}"
    yield f"{side}hard={_cuts(scene, candidate.at, pair, _CLAUSES)}|{candidate.form.pos}"
    yield f"{side}gap={bucket}"
    yield f"{side}gap={bucket}|{phrase.kind}"
    yield f"{side}gap={bucket}|{pair.preposition}"


def _ends(at: int, pair: Pair) -> tuple[int, int]:
    return (at, pair.phrase.first) if pair.side == "a" else (pair.phrase.last, at)


def _cuts(scene: Scene, at: int, pair: Pair, kinds: tuple[str, ...]) -> str:
    low, high = _ends(at, pair)
    if high - low <= 1:
        return ""
    counts = ((kind[:3], scene.between(kind, low, high)) for kind in kinds)
    return "".join(name if count == 1 else name + "2" for name, count in counts if count)


def _agreement_features(word: Word, candidate: Candidate, pair: Pair) -> Iterator[str]:
    """Whether a verb agrees with the phrase, and a pronoun on the trigger may mean it."""
    side, phrase, pos = pair.side, pair.phrase, candidate.form.pos
    if pos == "verb":
        verb = "p" if candidate.form.plural else "f" if candidate.form.feminine else "m"
        yield f"{side}agree={verb}{phrase.number}"
        yield f"{side}agree={verb}{phrase.number}|{min(pair.bare_number, 3)}"
    if word.suffix:
        yield f"{side}suffix|{pos}|{phrase.kind}"
        yield f"{side}suffix={word.suffix}{phrase.number}|{pos}"
        yield f"{side}suffix={word.suffix}{phrase.number}|{pos}|{min(pair.number, 3)}"
        yield f"{side}suffix|{candidate.sense.frame}|{min(pair.bare_number, 2)}"


def _owner_features(scene: Scene, candidate: Candidate, pair: Pair) -> Iterator[str]:
    """The word right before the phrase, and a relative pronoun right after it."""
    phrase, side = pair.phrase, pair.side
    words = scene.view.words
    previous = phrase.first - 1
    if previous >= 0 and previous != candidate.at:
        left = words[previous]
        if left.forms and left.named < 0:
            owner = left.forms[0].senses[0].frame
            yield f"{side}owner={owner}|{phrase.kind}"
            yield f"{side}owner={owner}|{candidate.sense.frame}"
            yield f"{side}owner={left.bare}"
            yield f"{side}owner={owner}|{words[candidate.at].conjunction}|{candidate.form.pos}"
        elif left.particle:
            yield f"{side}lead={left.bare}|{phrase.kind}"
            yield f"{side}lead={left.bare}|{candidate.form.pos}"
        elif not left.kind:
            yield f"{side}after word"
    following = phrase.last + 1
    if side == "b" and following < len(words) and words[following].particle and words[following].kind == "rel":
        yield f"relative={min(candidate.at - following, 4)}|{candidate.form.pos}"
    if side == "b" and candidate.form.pos == "noun":
        carrier = _carrier(words, candidate.at)
        if carrier >= 0:
            where = "inside" if phrase.first > carrier else "outside"
            yield f"carried {where}={words[carrier].bare}"
            yield f"carried {where}|{pair.preposition}|{phrase.kind}"
            yield f"carried {where}|{min(pair.bare_number, 3)}|{words[carrier].kind == 'aux'}"


def _carrier(words: Sequence[Word], at: int) -> int:
    """The verb before a noun that names an act: `شنت الطائرات غارات`; -1 if none is near in its clause."""
    for back in range(at - 1, max(-1, at - _CARRY), -1):
        word = words[back]
        if word.kind == "aux" or any(form.pos == "verb" for form in word.forms):
            return back
        if word.particle and word.kind in ("comp", "sub", "rel"):
            return -1
    return -1


def _rival_features(scene: Scene, candidate: Candidate, pair: Pair, others: Field) -> Iterator[str]:
    """Other triggers: between the two, or nearer to the phrase."""
    phrase, side = pair.phrase, pair.side
    words = scene.view.words
    low, high = sorted((candidate.at, phrase.first))
    between = others.within(low, high)
    count = min(len(between), 3)
    yield f"{side}triggers={count}"
    yield f"{side}triggers={count}|{phrase.kind}"
    yield f"{side}triggers={count}|{candidate.form.pos}|{pair.preposition}"
    if between:
        nearest = words[between[-1] if side == "a" else between[0]].forms[0].senses[0].frame
        yield f"{side}past={nearest}|{phrase.kind}"
        yield f"{side}past={nearest}|{candidate.sense.frame}"
    left, right = others.around(phrase.first, phrase.last)
    if left >= 0 and right >= 0:
        nearer = "left" if phrase.first - left <= right - phrase.last else "right"
        own = candidate.at == (left if nearer == "left" else right)
        yield f"{side}nearest={own}|{nearer}|{phrase.kind}"
        yield f"{side}nearest={own}|{pair.preposition}"
    else:
        yield f"{side}only={candidate.at in (left, right)}|{phrase.kind}"


def _speech_features(scene: Scene, candidate: Candidate, phrase: Phrase, side: str) -> Iterator[str]:
    speech = scene.speech_at[phrase.first]
    own = scene.speech_at[candidate.at]
    same = scene.claim_at[phrase.first] == scene.claim_at[candidate.at]
    yield f"{side}speech={speech}|{own}|{same}"
    yield f"{side}speech={speech}|{own}|{same}|{phrase.kind}"
    if own == "cue":
        yield f"{side}cue|{speech}|{candidate.sense.frame}"
    source = max(scene.source_at[phrase.first], scene.source_at[phrase.last])
    if source >= 0:
        if source == scene.cue_at[candidate.at]:
            yield f"own source|{candidate.sense.frame}"
            yield "own source"
        if source == scene.claim_at[candidate.at]:
            yield f"teller|{candidate.form.pos}"
            yield f"teller|{candidate.sense.frame}"
