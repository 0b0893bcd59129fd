"""Agencies and outlets by name, and which of them is the publisher itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from khabar.resources import Tables
from khabar.text import Token, fold

__all__ = ["Outlets", "build_outlets", "own_name", "where_told"]

_WORD = re.compile(r"\w+")
_WHERE = frozenset({"في", "لدي", "من"})  # مراسل «كذا» في المدينة
_TAILS = frozenset(map(fold, "للأنباء للأخبار الإخبارية الإخباري نت برس بلس".split()))  # left out in «قال لضفاف»
_TO = frozenset({"مع", "الي", "عبر"})
# Verbs whose object is who is told: أبلغ | «كذا» مصدر, أفاد مصدر | قناة كذا بأن
_INFORMS = frozenset(
    "ابلغ ابلغت ابلغوا افاد افادت افادوا اخبر اخبرت اخبروا اعلم اعلمت اعلموا اطلع اطلعت اطلعوا زود زودت".split()
)
_TOLD_THAT = frozenset({"بان", "بانه", "بانها", "بانهم", "ان", "انه", "انها", "انهم"})
_REPORTERS = frozenset({"مراسل", "مندوب", "مراسله", "مندوبه", "موفد", "موفده"})  # who tells: أفاد مراسل كذا بأن
_SUBJECT = 9  # tokens of who tells, between the verb and its object
_MAX_WORDS = 5
_MAX_AFTER = 3
_GENERIC = frozenset(
    map(
        fold,
        "وكالة صحيفة جريدة قناة إذاعة راديو موقع شبكة بوابة مجلة منصة يومية أسبوعية تلفزيون فضائية مراسل مندوب".split(),
    )
)


class _CarrierRow(msgspec.Struct, frozen=True):
    names: str
    publishers: str


class Outlets(msgspec.Struct, frozen=True):
    """Folded names of outlets, each with the codes under which it publishes."""

    names: dict[str, frozenset[str]]

    def named_in(self, tokens: Sequence[Token]) -> frozenset[str] | None:
        """The codes of an outlet named by the tokens, whatever clitic stands before the first."""
        words = [token.norm for token in tokens if token.kind != "punct"]
        # The name stands first or after a generic noun (وكالة, صحيفة), and at most an adjective or two after it.
        for first in range(min(len(words), 2)):
            if first and _bare(words[:1]):
                break  # «الكرمل اليوم» is no «اليوم»
            for last in range(min(len(words), first + _MAX_WORDS), max(first, len(words) - _MAX_AFTER - 1), -1):
                name = " ".join(words[first:last])
                for skip in (0, 1, 2) if first == 0 else (0,):
                    if (codes := self.names.get(name[skip:])) is not None:
                        return codes
        return None

    def is_publisher(self, codes: frozenset[str], publisher: str | None) -> bool:
        """Whether an outlet's codes name this publisher (a code, an address or a name)."""
        if publisher is None:
            return False
        folded = " ".join(_WORD.findall(fold(publisher)))
        return publisher.lower() in codes or self.names.get(folded) == codes

    def is_named(self, tokens: Sequence[Token], publisher: str | None) -> bool:
        """Whether tokens name this publisher by the very words of its name, its generic noun left out."""
        if publisher is None:
            return False
        words = [token.norm for token in tokens if token.kind != "punct"]
        said = _bare(words[: next((at for at, word in enumerate(words) if at and word in _WHERE), len(words))])
        name = _bare(_WORD.findall(fold(publisher)))
        if not said or not name or len(said) > len(name):
            return False
        first = [said[0], *(said[0][skip:] for skip in (1, 2) if said[0][:1] in {"ل", "ب", "و"})]
        return any([word, *said[1:]] == name[: len(said)] for word in first)

    def is_kind_of(self, word: str, publisher: str | None) -> bool:
        """Whether a generic noun (الإذاعة) is what this publisher calls itself: إذاعة كذا."""
        first = _WORD.findall(fold(publisher))[:1] if publisher is not None else []
        return bool(first) and first[0] in _GENERIC and word.removeprefix("ال") == first[0]


def own_name(publisher: str | None) -> tuple[str, ...]:
    """The folded words by which a publisher calls itself: no generic noun before them, no للأنباء after."""
    words = _bare(_WORD.findall(fold(publisher))) if publisher is not None else []
    while len(words) > 1 and words[-1] in _TAILS:
        words.pop()
    return tuple(words)


def where_told(tokens: Sequence[Token], own: tuple[str, ...]) -> dict[int, int]:
    """Where the publisher is who was told, by token: قال | لموقع كذا | إن, في اتصال مع | «كذا» |."""
    found: dict[int, int] = {}
    norm = [token.norm for token in tokens]
    for at in range(len(norm) - len(own) + 1) if own else ():
        if tuple(norm[at + 1 : at + len(own)]) != own[1:] or not norm[at].endswith(own[0].removeprefix("ال")):
            continue
        skip = next((skip for skip in (0, 1, 2) if _is_first(norm[at], own[0], skip)), -1)
        start, end = at, at + len(own)
        if skip == 0:
            while start and tokens[start - 1].end >= tokens[start].start - 1 and _opens_name(norm[start - 1]):
                start -= 1
        before = norm[start - 1] if start else ""
        while end < len(norm) and (norm[end] in _TAILS or norm[end] == '"'):
            end += 1
        informed = not skip and norm[start] not in _REPORTERS and _is_informed(norm, start, end, named=start < at)
        if skip < 0 or not ((norm[start][:1] == "ل" and (skip or start < at)) or before in _TO or informed):
            continue
        found[start] = end
    return found


def _is_informed(norm: Sequence[str], start: int, end: int, *, named: bool) -> bool:
    """Whether the publisher is the object of a verb that tells somebody something: right after it, or `named` with its
    noun or in marks between who tells and what is told."""
    before = norm[max(0, start - _SUBJECT) : start]
    verbs = [word[1:] if word[:1] in {"و", "ف"} and word not in _INFORMS else word for word in before]
    if verbs[-1:] and verbs[-1] in _INFORMS:
        return True
    said = end < len(norm) and norm[end] in _TOLD_THAT
    return named and said and not _INFORMS.isdisjoint(verbs)


def _is_first(word: str, name: str, skip: int) -> bool:
    """Whether a word is the first of a name with so many letters of لـ before it: لضفاف, للكثيب."""
    if not skip:
        return word == name
    return word[:1] == "ل" and (word[1:] == name if skip == 1 else word[:2] == "لل" and "ال" + word[2:] == name)


def _opens_name(word: str) -> bool:
    """Whether a word stands between ل and the publisher's name: a mark, the generic noun, ل itself."""
    return word in {'"', "(", "ل"} or not _bare([word])


def _bare(words: Sequence[str]) -> list[str]:
    """A name without clitics before it and without the generic nouns that open it."""
    kept = list(words)
    while kept:
        for skip in (0, 1, 2):
            bare = ("ال" if kept[0].startswith("لل") and skip == 2 else "") + kept[0][skip:]
            if bare in _GENERIC or (len(kept) == 1 and skip == 0 and not bare):
                kept = kept[1:]
                break
        else:
            break
    return kept


def build_outlets(tables: Tables) -> Outlets:
    """Read data/cues/carriers.tsv."""
    names: dict[str, frozenset[str]] = {}
    for row in tables.rows("cues/carriers.tsv", _CarrierRow):
        codes = frozenset(row.publishers.split())
        for name in row.names.split(";"):
            key = " ".join(_WORD.findall(fold(name)))
            names.setdefault(key, codes)
    return Outlets(names)
