"""Noun phrases: what may fill a role, with the preposition that governs it.

A phrase runs from its head over genitives and adjectives, at most to the end of the first name in it
(`عناصر داعش`); a generic head before a place's name and a title before a person's stay outside.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from khabar.events.words import View, Word
from khabar.records import Mention

__all__ = ["Phrase", "find_phrases"]

_LONGEST = 9  # words of a phrase without a name
# Adjectives that tie a body to a name: `الموالية لـ…`, `التابعة لـ…`.
_TIES = frozenset(
    "الموالي المواليه الموالين الموالون التابع التابعه التابعين المنتمين المنتمي المنتميه المناصره تابع تابعه تابعين "
    "مواليه موالين موالي".split()
)


# Classes of nouns that are no adjectives: after a definite noun they open a phrase of their own.
_NOUNS = frozenset({"group", "place", "area", "goods", "victim", "weapon", "vehicle", "genus", "abstract"})


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """Words `[first, last]`, original offsets, its kind, and what governs it.

    `kind` is the type of the mention that it is, or the class of its head noun; a quantity adds the class of what it
    counts (`QUANTITY:person`). `joined` is true where a conjunction links it to the phrase before, whose preposition
    it shares. `number` is what its head looks like: `f` feminine, `p` plural of persons, `m` else. `mention` is an
    index into the view's mentions, or -1.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    preposition: str
    joined: bool
    definite: bool
    number: str
    mention: int


def find_phrases(view: View) -> tuple[Phrase, ...]:
    """All phrases of the sentence, left to right, not overlapping."""
    found: list[Phrase] = []
    at = 0
    while at < len(view.words):
        phrase = _phrase_at(view, at, found[-1] if found else None)
        if phrase is None:
            at += 1
        else:
            found.append(phrase)
            at = phrase.last + 1
    return tuple(found)


def _phrase_at(view: View, at: int, before: Phrase | None) -> Phrase | None:
    word = view.words[at]
    if word.value >= 0:
        last = _mention_end(view.words, at, word.value, "value")
        kind = _value_kind(view, at, last)
        taken = last if kind == "TIME" else _taken_from(view, _counted_end(view, at, last))
        return _made(view, at, taken, at, kind, word.value, before)
    if word.named >= 0:
        return _name(view, at, at, before)
    if not _is_head(word) or _is_verb_here(view.words, at):
        return None
    last, name = _chain(view, at)
    if name < 0 and (apposed := _apposed(view, at, last)) >= 0:
        name = last + 1
        last = _mention_end(view.words, name, apposed, "named")
    if name < 0:
        kind = _head_kind(view.words, at, last)
        return _made(view, at, _partitive(view, at, _tied(view, last), kind), at, kind, -1, before)
    kind = _head_kind(view.words, at, name - 1)
    if _stands_alone(view.mentions[view.words[name].named], kind):
        return _name(view, name, at, before)
    return _made(view, at, last, at, kind, view.words[name].named, before)


def _counted_end(view: View, first: int, last: int) -> int:
    """`6 من عناصر` goes on to the name that its last noun belongs to: `6 من عناصر تنظيم كذا`."""
    word = view.words[last]
    open_noun = word.kind in ("person", "group", "genus") and not word.article and not word.suffix
    if last == first or not open_noun or view.words[last - 1].norm != "من":
        return last
    end, name = _chain(view, last)
    return end if name >= 0 else last


def _stands_alone(mention: Mention, head: str) -> bool:
    """Whether the name alone is the phrase: after a generic head, a title, or a word that no table holds."""
    if head in ("other", "abstract", "event", "genus"):
        return True
    return head == ("area" if mention.type == "PLACE" else "person" if mention.type == "PERSON" else "")


def _name(view: View, at: int, governed: int, before: Phrase | None) -> Phrase:
    index = view.words[at].named
    last = _mention_end(view.words, at, index, "named")
    return _made(view, at, last, governed, view.mentions[index].type, index, before)


def _made(view: View, first: int, last: int, governed: int, kind: str, mention: int, before: Phrase | None) -> Phrase:
    """`governed` is the word that a preposition would stand before or on."""
    words = view.words
    start, end = words[first].start, words[last].end
    if mention >= 0 and kind.partition(":")[0] == view.mentions[mention].type:
        start, end = view.mentions[mention].start, max(end, view.mentions[mention].end)
    preposition, joined = _governor(words, governed, before)
    head = words[first]
    definite = (
        head.article
        or bool(head.suffix)
        or kind in ("PERSON", "ORG", "PLACE")
        or any(w.article for w in words[first : last + 1])
    )
    number = _number(words[first].bare, kind)
    return Phrase(first, last, start, end, kind, preposition, joined, definite, number, mention)


def _number(head: str, kind: str) -> str:
    if head.endswith(("ه", "ات")) or kind == "PLACE" or head == "ميليشيا":
        return "f"
    return "p" if head.endswith(("ين", "ون", "ان")) or kind == "QUANTITY:person" else "m"


def _governor(words: Sequence[Word], at: int, before: Phrase | None) -> tuple[str, bool]:
    """The preposition of the phrase whose first word is `at`, and whether a conjunction joins it to the one before."""
    word = words[at]
    previous = words[at - 1] if at else None
    if word.preposition:
        takes_one = previous is not None and previous.particle and previous.kind == "prep"
        return previous.bare if previous is not None and takes_one else word.preposition, False  # مرورا بحماة
    if previous is None:
        return "", False
    if word.conjunction == "و" or previous.norm in ("و", "،", ","):
        gap = 1 if word.conjunction == "و" else 2
        if before is not None and before.last == at - gap:
            return before.preposition, True
        return "", False
    if previous.norm in ("ب", "ل", "لل", "وب", "ول"):
        return previous.norm.removeprefix("و")[:1], False
    if previous.norm in ('"', "(") and at >= 2:
        previous = words[at - 2]
    return (previous.bare if previous.particle and previous.kind == "prep" else ""), False


def _is_head(word: Word) -> bool:
    if word.particle:
        return word.kind == "quant"
    if word.kind in ("punct", "number", "name") or word.verbal:
        return False
    return word.kind != "trigger" or any(form.pos != "verb" for form in word.forms)


def _is_noun(word: Word) -> bool:
    """No adjective: participles may be either."""
    if word.kind == "trigger":
        return any(form.pos == "noun" for form in word.forms)
    return word.kind in _NOUNS and not word.bare.endswith(("ه", "ي"))


def _is_verb_here(words: Sequence[Word], at: int) -> bool:
    """`طالب` is a student, and at the start of a clause it demands."""
    word = words[at]
    if word.article or word.prefix or not any(form.pos == "verb" for form in word.forms):
        return False
    left = words[at - 1] if at else None
    return left is None or left.kind in ("punct", "comp", "sub", "conj") or bool(word.conjunction)


def _chain(view: View, at: int) -> tuple[int, int]:
    """The last word of the phrase whose head is `at`, and the first word of the name in it (or -1)."""
    words = view.words
    last = at
    definite = words[at].article or bool(words[at].suffix)
    if words[at].kind == "trigger" and not words[at].article:
        return _event_noun(words, at), -1
    while last + 1 < len(words) and last - at < _LONGEST:
        following = words[last + 1]
        if following.norm == '"' and last + 2 < len(words) and words[last + 2].named >= 0 and not definite:
            return _mention_end(words, last + 2, words[last + 2].named, "named"), last + 2
        if following.named >= 0 and not following.conjunction and not following.preposition and not definite:
            return _mention_end(words, last + 1, following.named, "named"), last + 1
        if words[at].kind == "quant" and following.norm == "من" and last == at and last + 2 < len(words):
            nested = words[last + 2]
            if nested.named >= 0:
                return _mention_end(words, last + 2, nested.named, "named"), last + 2
            if _is_head(nested) and not nested.preposition and nested.value < 0:
                last, definite = last + 2, nested.article or bool(nested.suffix)
                continue
        if not _continues(following, definite, last - at):
            break
        definite = definite or following.article or bool(following.suffix)
        last += 1
    return last, -1


def _event_noun(words: Sequence[Word], at: int) -> int:
    """An act with its adjective: what follows it otherwise is who did it, or to whom."""
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or not _continues(following, False, 0) or following.article or following.kind:
        return at
    return at + 1 if following.norm.endswith(("ه", "ا")) else at


def _continues(word: Word, definite: bool, length: int) -> bool:
    if word.kind in ("punct", "number", "name") or word.particle or word.value >= 0:
        return False
    if word.conjunction or word.preposition or word.prefix == "س":
        return False
    if definite:
        return word.article and not _is_noun(word)
    if word.article:
        return True
    if word.kind == "trigger" and any(form.pos == "verb" for form in word.forms):
        return False
    return length < 3 and not word.verbal


def _tied(view: View, last: int) -> int:
    """`القوات الموالية للرئيس علي عبد الله صالح` runs on to the name."""
    words = view.words
    if words[last].norm not in _TIES or last + 1 >= len(words) or words[last + 1].preposition != "ل":
        return last
    if words[last + 1].named >= 0:
        return _mention_end(words, last + 1, words[last + 1].named, "named")
    end, _ = _chain(view, last + 1)
    return end


def _apposed(view: View, first: int, last: int) -> int:
    """The mention that follows a phrase in apposition, or -1.

    A person after a title (`قوات الرئيس السابق فلان`), a group after its kind (`المتمردين الحوثيين`).
    """
    words = view.words
    following = words[last + 1] if last + 1 < len(words) else None
    if following is None or following.named < 0 or following.conjunction or following.preposition:
        return -1
    kinds = {word.kind for word in words[first : last + 1]}
    kind = view.mentions[following.named].type
    fits = "person" in kinds and (kind == "PERSON" or (kind == "ORG" and following.article))
    return following.named if fits else -1


def _partitive(view: View, first: int, last: int, kind: str) -> int:
    """`عناصر من التنظيم`, `كمية كبيرة من الأسلحة`: an indefinite head with those it is taken from."""
    if view.words[first].article or view.words[first].suffix or kind not in ("person", "group", "victim", "other"):
        return last
    return _taken_from(view, last)


def _taken_from(view: View, last: int) -> int:
    """Over `من` and those that are meant, if they are no place."""
    words = view.words
    if last + 2 >= len(words) or words[last + 1].norm != "من":
        return last
    nested = words[last + 2]
    if nested.named >= 0:
        is_place = view.mentions[nested.named].type == "PLACE"
        return last if is_place else _mention_end(words, last + 2, nested.named, "named")
    if nested.kind in ("person", "group", "genus", "victim", "weapon", "goods", "quant") and nested.value < 0:
        return _chain(view, last + 2)[0]
    return last


def _head_kind(words: Sequence[Word], first: int, last: int) -> str:
    for at in range(first, last + 1):
        kind = words[at].kind
        if kind and kind not in ("quant", "name", "prep"):
            return "event" if kind == "trigger" else "other" if kind == "silent" else kind
        if kind not in ("quant", "prep"):
            break
    return "other"


def _mention_end(words: Sequence[Word], at: int, index: int, which: str) -> int:
    while at + 1 < len(words) and getattr(words[at + 1], which) == index:
        at += 1
    return at


def _value_kind(view: View, first: int, last: int) -> str:
    mention = view.mentions[view.words[first].value]
    if mention.type == "TIME":
        return "TIME"
    words = view.words[first : last + 1]
    for word in words:
        if word.named >= 0:
            return "QUANTITY:" + view.mentions[word.named].type
        if word.kind in ("person", "victim", "group", "weapon", "vehicle", "place", "area", "goods"):
            return "QUANTITY:" + word.kind
    is_event = any(word.kind == "trigger" and not word.verbal for word in words)  # no `ما لا يقل عن`
    return "QUANTITY:event" if is_event else "QUANTITY:other"
