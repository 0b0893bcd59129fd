"""Plain numbers in running words, where the reader finds no quantity: headlines, and bare numbers (`لا خمسة`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from khabar.resources import Tables
from khabar.text import fold

__all__ = ["HOUSEHOLDS", "Counting", "build_counting"]

_TEENS = frozenset({"عشر", "عشره"})
_TEN, _THOUSAND = 10, 1000
_LARGEST = 9  # digits
_PARTS = 6  # words of a number after its thousands
# المضربين, الفارون: human beings, unless it is a broken plural (القوانين) or `الملايين`.
_SOUND_PLURAL = re.compile(r"(?!..ا.ين$|ملايين$|مسكين$|تشرين$)[^\W\d_]{2,}(?:ين|ون)")


class Counting(msgspec.Struct, frozen=True):
    """Values of number words, by folded form; `scales` are thousands and what is above, their duals included, `vague`
    those that alone are any number of them (`آلاف`).

    `nouns` are all nouns that are counted, as they stand behind a number. `coins` are units of money that name a
    country, each with the one that does not (`ليرة سورية`, `ليرة`). `duals` are those of people that no plural looks
    like (`قتيلين`, not `عاملين`).

    `measures` are units of length, time and their like, in which nothing is counted, `amounts` those of money, volume
    and weight, `things` those of what is no human being, `people` those of human beings and households, `groups` units
    of all that is counted by folded plurals without the article.
    """

    units: dict[str, int]
    tens: dict[str, int]
    hundreds: dict[str, int]
    scales: dict[str, int]
    vague: frozenset[str]
    measures: frozenset[str]
    amounts: frozenset[str]
    things: frozenset[str]
    people: frozenset[str]
    groups: dict[str, str]
    duals: frozenset[str]
    coins: dict[str, str]
    nouns: frozenset[str]

    def group(self, word: str) -> str | None:
        """The unit of a folded plural with or without its article: people, if it is a sound plural of no known noun."""
        bare = word.removeprefix("ال")
        unit = self.groups.get(bare)
        if unit is None and bare != word and _SOUND_PLURAL.fullmatch(bare) and bare not in self.tens:
            return "person"
        return unit

    def at(self, words: Sequence[str], index: int) -> tuple[int, int] | None:
        """The number that starts at a word, and how many words it takes; None where none does."""
        word = words[index] if words[index] in self.scales else words[index].removeprefix("ال")
        if word in self.scales and word not in self.vague:
            total, length = self.scales[word], 1
        elif (small := self._below_thousand(words, index, word)) is not None:
            total, length = small
        else:
            return None
        while (scale := self.scales.get(_word(words, index + length))) is not None:
            total, length = total * scale, length + 1
        rest = self._and(words, index + length, self.at) if total >= _THOUSAND and total % _THOUSAND == 0 else None
        return (total + rest[0], length + rest[1]) if rest and rest[0] < _THOUSAND else (total, length)

    def _below_thousand(self, words: Sequence[str], index: int, word: str) -> tuple[int, int] | None:
        if word.isdecimal():
            return (int(word), 1) if len(word) <= _LARGEST else None
        hundreds, length = self.hundreds.get(word, 0), 1
        if not hundreds and _word(words, index + 1) in self.hundreds and 2 < self.units.get(word, 0) < _TEN:
            hundreds, length = self.units[word] * 100, 2
        if not hundreds:
            return self._below_hundred(words, index, word)
        rest = self._and(words, index + length, self.at)
        return (hundreds + rest[0], length + rest[1]) if rest and rest[0] < 100 else (hundreds, length)

    def _below_hundred(self, words: Sequence[str], index: int, word: str) -> tuple[int, int] | None:
        if word not in self.units:
            return (self.tens[word], 1) if word in self.tens else None
        if _word(words, index + 1) in _TEENS:
            return self.units[word] + 10, 2
        ten = self._and(words, index + 1, self._ten)
        return (self.units[word] + ten[0], 2) if ten else (self.units[word], 1)

    def _ten(self, words: Sequence[str], index: int) -> tuple[int, int] | None:
        ten = self.tens.get(words[index].removeprefix("ال"))
        return (ten, 1) if ten else None

    def _and(
        self, words: Sequence[str], index: int, read: Callable[[Sequence[str], int], tuple[int, int] | None]
    ) -> tuple[int, int] | None:
        """What is read of a word that a conjunction joins on, and of those after it."""
        word = _word(words, index)
        return read([word[1:], *words[index + 1 : index + _PARTS]], 0) if word.startswith("و") else None


def _word(words: Sequence[str], index: int) -> str:
    return words[index] if index < len(words) else ""


class _Row(msgspec.Struct, frozen=True):
    kind: str
    value: float
    forms: str = ""
    top: str = ""


class _Measure(msgspec.Struct, frozen=True):
    kind: str
    en: str
    forms: str


class _Noun(msgspec.Struct, frozen=True):
    lemma: str
    en: str
    plural: str = ""
    person: str = ""


HOUSEHOLDS = frozenset({"family", "household"})
"""Units of several human beings together."""
_OF_PEOPLE = frozenset({"body", "case", "death", "injury", "killing", "group", "head"})  # units that stand for them
_AMOUNTS = frozenset({"money", "volume", "weight"})
_KINDS = {"teen": "unit", "dual": "scale"}
_SOUND = {"+ون": ("ون", "ين"), "+ات": ("ات",), "+": ("",)}


def build_counting(tables: Tables) -> Counting:
    """From data/values/numbers.tsv: units, the first parts of 11 and 12, tens, hundreds, thousands and above."""
    numbers: dict[str, dict[str, int]] = {kind: {} for kind in ("unit", "ten", "hundred", "scale", "vague")}
    for row in tables.rows("values/numbers.tsv", _Row):
        kind = _KINDS.get(row.kind, row.kind)
        for form in row.forms.split() if kind in numbers else ():
            numbers[kind].setdefault(fold(form), int(row.value))
    units = list(tables.rows("values/units.tsv", _Measure))
    amounts = frozenset(row.en for row in units if row.kind in _AMOUNTS)
    measures = frozenset(row.en for row in units) - amounts
    rows = list(tables.rows("values/nouns.tsv", _Noun))
    nouns = [row for row in rows if row.person == "yes" or row.en in HOUSEHOLDS]
    people = frozenset(row.en for row in nouns)
    groups: dict[str, str] = {}
    for noun in rows:
        for form in _plurals(noun):
            groups.setdefault(form, noun.en)
    duals = frozenset(
        fold(noun.lemma).removesuffix("ه") + ending
        for noun in nouns if "+ون" not in noun.plural.split() and noun.en not in HOUSEHOLDS
        for ending in (("تان", "تين") if noun.lemma.endswith("ة") else ("ان", "ين"))
    )  # fmt: skip
    return Counting(
        numbers["unit"], numbers["ten"], numbers["hundred"], numbers["scale"],
        frozenset(numbers["vague"]), measures, amounts, frozenset(row.en for row in rows) - people - _OF_PEOPLE,
        people, groups, duals, _coins(tables), frozenset(groups) | frozenset(_singulars(rows)),
    )  # fmt: skip


def _singulars(rows: Iterable[_Noun]) -> Iterator[str]:
    """Folded singulars, as they stand after hundreds and after eleven."""
    for row in rows:
        yield fold(row.lemma)
        yield fold(row.lemma) + "ا"


def _coins(tables: Tables) -> dict[str, str]:
    rows = [row for row in tables.rows("values/units.tsv", _Measure) if row.kind == "money"]
    plain = {form: row.en for row in rows for form in row.forms.split() if "_" not in form}
    heads = {row.en: row.forms.split()[0].split("_")[0] for row in rows if row.en not in plain.values()}
    return {en: plain[head] for en, head in heads.items() if head in plain}


def _plurals(noun: _Noun) -> Iterator[str]:
    """Folded plurals: sound ones made from the lemma, broken ones as they are written."""
    stem = fold(noun.lemma).removesuffix("ه")
    for plural in noun.plural.split():
        for ending in _SOUND.get(plural, ()):
            yield stem + ending
        if not plural.startswith("+"):
            yield fold(plural)
