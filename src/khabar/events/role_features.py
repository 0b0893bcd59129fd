"""What speaks for each role of a phrase: its form, its place in the sentence, and what stands around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from khabar.events.phrases import Phrase
from khabar.events.scene import Scene
from khabar.events.triggers import Candidate, Field
from khabar.events.words import Word

__all__ = ["Pair", "pair_phrases", "role_features"]

_AFTER, _BEFORE = 8, 9  # phrases on each side
_CARRY = 12  # words between a verb and the noun that it carries
_VOICES = {"verb": "V", "noun": "N", "participle": "P"}
_PASSIVE = {"no": "", "maybe": "?", "yes": "!"}
_CLAUSES = ("comp", "rel", "sub")


class Pair(msgspec.Struct, frozen=True, gc=False):
    """A phrase as the trigger sees it: after, before or inside (`a`, `b`, `i`), and its number on that side.

    `bare_number` counts only phrases without a preposition; 0 for the others. `same_number` counts phrases with the
    same preposition. `preposition` is `rel` before a relative clause with the trigger in it: there the phrase is what
    the pronoun is, whatever governs it outside. What parts the two lies between the words `low` and `high`.
    """

    phrase: Phrase
    side: str
    number: int
    bare_number: int
    same_number: int
    preposition: str
    low: int
    high: int


def pair_phrases(scene: Scene, at: int) -> tuple[Pair, ...]:
    """Phrases of the sentence near word `at`, nearest first on each side."""
    first = bisect_right(scene.firsts, at)
    inside = first > 0 and scene.phrases[first - 1].last >= at
    before = scene.phrases[max(0, first - inside - _BEFORE) : first - inside]
    pairs: list[Pair] = []
    for side, phrases in (("a", scene.phrases[first : first + _AFTER]), ("b", before[::-1])):
        bare = 0
        same: dict[str, int] = {}
        for number, phrase in enumerate(phrases, 1):
            is_bare = not phrase.preposition and phrase.kind != "TIME"
            bare += is_bare and not phrase.joined
            same[phrase.preposition] = same.get(phrase.preposition, 0) + 1
            low, high = (at, phrase.first) if side == "a" else (phrase.last, at)
            preposition = "rel" if _heads_clause(scene, phrase, at) else phrase.preposition
            count = same[phrase.preposition]
            pairs.append(Pair(phrase, side, number, bare if is_bare else 0, count, preposition, low, high))
    if inside:
        phrase = scene.phrases[first - 1]
        pairs.append(Pair(phrase, "i", 0, 0, 0, phrase.preposition, at, at))
    return tuple(pairs)


def _heads_clause(scene: Scene, phrase: Phrase, at: int) -> bool:
    """`الكتائب التي اقتحمت`: a relative pronoun between the phrase and a trigger soon after it."""
    following = phrase.last + 1
    words = scene.view.words
    return following < at <= following + 3 and words[following].particle and words[following].kind == "rel"


def role_features(scene: Scene, candidate: Candidate, pair: Pair, others: Field) -> list[str]:
    """All features of one phrase for one trigger; `others` are the triggers of the sentence."""
    word = scene.view.words[candidate.at]
    voice = _VOICES[candidate.form.pos] + ("!" if word.damma else _PASSIVE[candidate.form.passive])
    clauses, breaks = _cuts(scene, pair)
    return [
        "bias",
        *_form_features(candidate, pair, voice),
        *_head_features(scene, candidate, pair),
        *_order_features(candidate, pair, voice, clauses),
        *_subject_features(scene, candidate, pair, clauses),
        *_gap_features(candidate, pair, clauses, breaks),
        *_agreement_features(word, candidate, pair),
        *_owner_features(scene, candidate, pair),
        *_clause_features(scene, candidate, pair),
        *_rival_features(scene, candidate, pair, others),
        *_speech_features(scene, candidate, pair),
    ]


def _cuts(scene: Scene, pair: Pair) -> tuple[str, str]:
    """The clause openers between trigger and phrase, and all breaks, as short names; twice or more counts as twice."""
    if pair.high - pair.low <= 1:
        return "", ""
    names = []
    for kind in _CLAUSES:
        count = scene.between(kind, pair.low, pair.high)
        names.append("" if not count else kind[:3] if count == 1 else kind[:3] + "2")
    clauses = "".join(names)
    for kind in ("comma", "verb"):
        count = scene.between(kind, pair.low, pair.high)
        names.append("" if not count else kind[:3] if count == 1 else kind[:3] + "2")
    return clauses, "".join(names)


def _form_features(candidate: Candidate, pair: Pair, voice: str) -> tuple[str, ...]:
    """Kind and preposition of the phrase, frame and voice of the trigger."""
    side, what = pair.side, pair.phrase.kind
    frame, key = candidate.sense.frame, candidate.sense.key
    prep = ("+" if pair.phrase.joined and pair.preposition != "rel" else "") + pair.preposition
    same = min(pair.same_number, 3)
    return (
        f"{side}{voice}|{prep}|{what}",
        f"{side}{frame}|{prep}|{what}",
        f"{side}{frame}|{voice}|{prep}",
        f"{side}{frame}|{prep}",
        f"{side}{candidate.sense.type}|{prep}|{what}",
        f"frame={frame}|{what}",
        f"definite={pair.phrase.definite}|{side}{voice}",
        f"word={key}|{side}{prep}",
        f"{side}same={same}|{prep}",
        f"{side}same={same}|{what}",
    )


def _head_features(scene: Scene, candidate: Candidate, pair: Pair) -> tuple[str, ...]:
    """A common noun by itself: soldiers, positions and aircraft have their usual parts. Names have none."""
    words, phrase = scene.view.words, pair.phrase
    at = phrase.first
    counted = phrase.kind.startswith("QUANTITY")
    while at < phrase.last and (
        words[at].kind in ("quant", "number") or words[at].bare == "من" or (counted and _bounds(words[at]))
    ):
        at += 1
    head = words[at]
    if head.named >= 0 or head.kind == "number":
        return ()
    name = f"head={head.bare}"
    return (
        name,
        f"{name}|{candidate.sense.type}",
        f"{name}|{candidate.sense.frame}",
        f"{name}|{pair.side}{pair.preposition}",
    )


def _bounds(word: Word) -> bool:
    """A word of `ما لا يقل عن 17`, which are before what is counted."""
    return word.particle or word.bare in ("يقل", "تقل", "يزيد", "تزيد")


def _order_features(candidate: Candidate, pair: Pair, voice: str, clauses: str) -> list[str]:
    """The number of the phrase on its side."""
    side, phrase = pair.side, pair.phrase
    near = phrase.first == candidate.at + 1
    number = min(pair.number, 6)
    features = [
        f"{side}{voice}|{pair.preposition}|{near}",
        f"{side}{number}|{candidate.form.pos}",
        f"{side}{number}|{phrase.kind}",
    ]
    if pair.bare_number:
        bare = f"{side}bare{min(pair.bare_number, 4)}"
        features += (
            f"{bare}|{candidate.sense.frame}|{voice}",
            f"{bare}|{voice}|{phrase.kind}",
            f"{bare}|{voice}|{near}",
            f"{bare}|{voice}|{clauses}",
            f"{bare}|{candidate.sense.frame}|{phrase.kind}",
        )
    if near:
        features += (
            f"word={candidate.sense.key}|near|{phrase.kind}",
            f"word={candidate.sense.key}|near",
            f"near|{candidate.sense.frame}|{voice}|{phrase.kind}",
        )
    return features


def _subject_features(scene: Scene, candidate: Candidate, pair: Pair, clauses: str) -> list[str]:
    """Whether the phrase looks like a subject, and how many such phrases stand between it and the trigger."""
    phrase, pos = pair.phrase, candidate.form.pos
    index = bisect_left(scene.subjects, phrase.first)
    if index >= len(scene.subjects) or scene.subjects[index] != phrase.first:
        return [f"{pair.side}subject=False"]
    if pair.side == "b":
        between = bisect_left(scene.subjects, candidate.at) - index - 1
    else:
        between = index - bisect_right(scene.subjects, candidate.at)
    tag = f"{pair.side}subject=True"
    count = min(between, 3)
    features = [
        tag,
        f"{tag}|{count}|{pos}",
        f"{tag}|{count}|{candidate.sense.frame}",
        f"{tag}|{count}|{phrase.kind}",
        f"{tag}|{clauses}|{pos}",
    ]
    suffix = scene.view.words[candidate.at].suffix
    if suffix:
        features.append(f"{tag}|{suffix}{phrase.number}")
    return features


def _gap_features(candidate: Candidate, pair: Pair, clauses: str, breaks: str) -> tuple[str, ...]:
    """How far the phrase is, and what ends between."""
    side, what = pair.side, pair.phrase.kind
    gap = max(0, pair.high - pair.low)
    bucket = str(gap) if gap <= 3 else "6" if gap <= 6 else "12" if gap <= 12 else "24" if gap <= 24 else "far"
    return (
        f"{side}cut={breaks}",
        f"{side}cut={breaks}|{what}",
        f"{side}hard={clauses}|{candidate.form.pos}",
        f"{side}gap={bucket}",
        f"{side}gap={bucket}|{what}",
        f"{side}gap={bucket}|{pair.preposition}",
    )


def _agreement_features(word: Word, candidate: Candidate, pair: Pair) -> list[str]:
    """Whether a verb agrees with the phrase, and a pronoun on the trigger may mean it."""
    side, phrase, pos = pair.side, pair.phrase, candidate.form.pos
    features: list[str] = []
    if pos == "verb":
        verb = "p" if candidate.form.plural else "f" if candidate.form.feminine else "m"
        features += (
            f"{side}agree={verb}{phrase.number}",
            f"{side}agree={verb}{phrase.number}|{min(pair.bare_number, 3)}",
        )
    if word.suffix:
        pronoun = f"{side}suffix={word.suffix}{phrase.number}|{pos}"
        features += (
            f"{side}suffix|{pos}|{phrase.kind}",
            pronoun,
            f"{pronoun}|{min(pair.number, 3)}",
            f"{side}suffix|{candidate.sense.frame}|{min(pair.bare_number, 2)}",
        )
    return features


def _owner_features(scene: Scene, candidate: Candidate, pair: Pair) -> tuple[str, ...]:
    """The word right before the phrase: another trigger, a particle, or a word that no table holds."""
    side, what, words = pair.side, pair.phrase.kind, scene.view.words
    previous = pair.phrase.first - 1
    if previous < 0 or previous == candidate.at:
        return ()
    left = words[previous]
    if left.forms and left.named < 0:
        owner = left.forms[0].senses[0].frame
        return (
            f"{side}owner={owner}|{what}",
            f"{side}owner={owner}|{candidate.sense.frame}",
            f"{side}owner={left.bare}",
            f"{side}owner={owner}|{words[candidate.at].conjunction}|{candidate.form.pos}",
        )
    if left.particle:
        return f"{side}lead={left.bare}|{what}", f"{side}lead={left.bare}|{candidate.form.pos}"
    return () if left.kind else (f"{side}after word",)


def _clause_features(scene: Scene, candidate: Candidate, pair: Pair) -> list[str]:
    """A phrase before the trigger: the head of its relative clause, or around the verb that carries it."""
    if pair.side != "b":
        return []
    phrase, words, pos = pair.phrase, scene.view.words, candidate.form.pos
    features: list[str] = []
    following = words[phrase.last + 1]
    if following.particle and following.kind == "rel":
        features.append(f"relative={min(candidate.at - phrase.last - 1, 4)}|{pos}")
    carrier = _carrier(words, candidate.at) if pos == "noun" else -1
    if carrier >= 0:
        where = f"carried {'inside' if phrase.first > carrier else 'outside'}"
        features += (
            f"{where}={words[carrier].bare}",
            f"{where}|{pair.preposition}|{phrase.kind}",
            f"{where}|{min(pair.bare_number, 3)}|{words[carrier].kind == 'aux'}",
        )
    return features


def _carrier(words: Sequence[Word], at: int) -> int:
    """The verb before a noun that names an act: `شنت الطائرات غارات`; -1 if none is near in its clause."""
    for back in range(at - 1, max(-1, at - _CARRY), -1):
        word = words[back]
        if word.verbal or any(form.pos == "verb" for form in word.forms):
            return back
        if word.particle and word.kind in _CLAUSES:
            return -1
    return -1


def _rival_features(scene: Scene, candidate: Candidate, pair: Pair, others: Field) -> list[str]:
    """Other triggers: between the two, or nearer to the phrase."""
    phrase, side = pair.phrase, pair.side
    count, first, last = others.within(min(candidate.at, phrase.first), max(candidate.at, phrase.first))
    count = min(count, 3)
    features = [
        f"{side}triggers={count}",
        f"{side}triggers={count}|{phrase.kind}",
        f"{side}triggers={count}|{candidate.form.pos}|{pair.preposition}",
    ]
    if count:
        nearest = scene.view.words[last if side == "a" else first].forms[0].senses[0].frame
        features += (f"{side}past={nearest}|{phrase.kind}", f"{side}past={nearest}|{candidate.sense.frame}")
    left, right = others.around(phrase.first, phrase.last)
    if left < 0 or right < 0:
        features.append(f"{side}only={candidate.at in (left, right)}|{phrase.kind}")
        return features
    nearer = "left" if phrase.first - left <= right - phrase.last else "right"
    own = candidate.at == (left if nearer == "left" else right)
    features += (f"{side}nearest={own}|{nearer}|{phrase.kind}", f"{side}nearest={own}|{pair.preposition}")
    return features


def _speech_features(scene: Scene, candidate: Candidate, pair: Pair) -> list[str]:
    """Whether the phrase speaks, and of what the trigger is part."""
    phrase, side, frame = pair.phrase, pair.side, candidate.sense.frame
    speech, own = scene.speech_at[phrase.first], scene.speech_at[candidate.at]
    same = scene.claim_at[phrase.first] == scene.claim_at[candidate.at]
    features = [f"{side}speech={speech}|{own}|{same}", f"{side}speech={speech}|{own}|{same}|{phrase.kind}"]
    if own == "cue":
        features.append(f"{side}cue|{speech}|{frame}")
    source = max(scene.source_at[phrase.first], scene.source_at[phrase.last])
    if source >= 0 and source == scene.cue_at[candidate.at]:
        features += (f"own source|{frame}", "own source")
    if source >= 0 and source == scene.claim_at[candidate.at]:
        features += (f"teller|{candidate.form.pos}", f"teller|{frame}")
    return features
