"""Plain numbers in running words, where the reader finds no quantity: headlines, and bare numbers (`لا خمسة`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from khabar.resources import Tables
from khabar.text import fold

__all__ = ["HOUSEHOLDS", "Counting", "build_counting"]

_TEN = frozenset({"عشر", "عشره"})
_LARGEST = 9  # digits


class Counting(msgspec.Struct, frozen=True):
    """Values of number words, by folded form; `measures` are units of money, length and their like, `people` those of
    human beings and households, `groups` their units by folded plurals without the article."""

    units: dict[str, int]
    tens: dict[str, int]
    measures: frozenset[str]
    people: frozenset[str]
    groups: dict[str, str]

    def at(self, words: Sequence[str], index: int) -> tuple[int, int] | None:
        """The number that starts at a word, up to 99 in words, and how many words it takes; None where none does."""
        word = words[index].removeprefix("ال")
        if words[index].isdecimal() and len(words[index]) <= _LARGEST:
            return int(words[index]), 1
        following = words[index + 1] if index + 1 < len(words) else ""
        if word in self.units:
            if following in _TEN:
                return self.units[word] + 10, 2
            ten = self.tens.get(following.removeprefix("و").removeprefix("ال")) if following.startswith("و") else None
            return (self.units[word] + ten, 2) if ten else (self.units[word], 1)
        return (self.tens[word], 1) if word in self.tens else None


class _Row(msgspec.Struct, frozen=True):
    kind: str
    value: float
    forms: str = ""
    top: str = ""


class _Measure(msgspec.Struct, frozen=True):
    kind: str
    en: str


class _Noun(msgspec.Struct, frozen=True):
    lemma: str
    en: str
    plural: str = ""
    person: str = ""


HOUSEHOLDS = frozenset({"family", "household"})
"""Units of several human beings together."""
_SOUND = {"+ون": ("ون", "ين"), "+ات": ("ات",), "+": ("",)}


def build_counting(tables: Tables) -> Counting:
    """From data/values/numbers.tsv: units, the first parts of 11 and 12, and tens."""
    units: dict[str, int] = {}
    tens: dict[str, int] = {}
    for row in tables.rows("values/numbers.tsv", _Row):
        if row.kind in {"unit", "teen", "ten"}:
            target = tens if row.kind == "ten" else units
            for form in row.forms.split():
                target.setdefault(fold(form), int(row.value))
    measures = frozenset(row.en for row in tables.rows("values/units.tsv", _Measure))
    nouns = [row for row in tables.rows("values/nouns.tsv", _Noun) if row.person == "yes" or row.en in HOUSEHOLDS]
    groups: dict[str, str] = {}
    for noun in nouns:
        for form in _plurals(noun):
            groups.setdefault(form, noun.en)
    return Counting(units, tens, measures, frozenset(row.en for row in nouns), groups)


def _plurals(noun: _Noun) -> Iterator[str]:
    """Folded plurals: sound ones made from the lemma, broken ones as they are written."""
    stem = fold(noun.lemma).removesuffix("ه")
    for plural in noun.plural.split():
        for ending in _SOUND.get(plural, ()):
            yield stem + ending
        if not plural.startswith("+"):
            yield fold(plural)
