"""Numbers in running words where the reader finds no quantity (headlines, `لا خمسة`), and what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from khabar.numerals.cardinals import NumberWords, build_number_words, read_number
from khabar.numerals.words import Vocabulary, plain_words
from khabar.resources import Tables
from khabar.text import fold

__all__ = ["BY_DEED", "HOUSEHOLDS", "Cardinal", "Counting", "build_counting"]

_LARGEST = 20  # characters of a number or its first word
_LONGEST = 24  # words of a number
# المضربين, الفارون: human beings, unless it is a broken plural (القوانين) or `الملايين`.
_SOUND_PLURAL = re.compile(r"(?!..ا.ين$|ملايين$|مسكين$|تشرين$)[^\W\d_]{2,}(?:ين|ون)")


class Cardinal(NamedTuple):
    """A number, how many words it takes, and the scale of its last part (a million in `45 مليونا`)."""

    value: int
    length: int
    scale: int


class Counting(msgspec.Struct, frozen=True):
    """The grammar of numbers, and what they count.

    `nouns` are all nouns that are counted, as they stand behind a number. `coins` are units of money that name a
    country, each with the one that does not (`ليرة سورية`, `ليرة`). `duals` are those of people that no plural looks
    like (`قتيلين`, not `عاملين`).

    `measures` are units of length, time and their like, in which nothing is counted, `amounts` those of money, volume
    and weight, `things` those of what is no human being, `people` those of human beings and households, `groups` units
    of all that is counted by folded plurals without the article, `single` those of things by folded singulars.
    """

    numbers: NumberWords
    vocabulary: Vocabulary
    measures: frozenset[str]
    amounts: frozenset[str]
    things: frozenset[str]
    people: frozenset[str]
    groups: dict[str, str]
    single: dict[str, str]
    duals: frozenset[str]
    coins: dict[str, str]
    nouns: frozenset[str]

    def group(self, word: str) -> str | None:
        """The unit of a folded plural with or without its article: people, if it is a sound plural of no known noun."""
        bare = word.removeprefix("ال")
        unit = self.groups.get(bare)
        if unit is None and bare != word and _SOUND_PLURAL.fullmatch(bare) and bare not in self.numbers.ten:
            return "person"
        return unit

    def at(self, words: Sequence[str], index: int, *, joined: bool = False) -> Cardinal | None:
        """The cardinal that starts at a folded word; None where none does. It may carry its article, and a conjunction
        only if it is `joined` to what stands before."""
        [first] = plain_words(words[index : index + 1], self.vocabulary)
        if (not first.known and first.kind != "number") or len(first.norm) > _LARGEST:
            return None
        if first.lead and not (joined and first.lead == "و"):
            return None
        window = plain_words(words[index : index + _LONGEST], self.vocabulary)
        found = read_number(window, 0, self.numbers)
        if found is None or not isinstance(found.value, int):
            return None
        return Cardinal(found.value, found.end, found.scale)


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
BY_DEED = frozenset(
    {"detainee", "hostage", "abducted person", "missing person", "displaced person", "fugitive", "participant",
     "protester", "striker", "survivor", "returnee"}
)  # fmt: skip
"""Units that say no more of people than what happened to them or what they did there."""
_OF_PEOPLE = frozenset({"body", "case", "death", "injury", "killing", "group", "head"})  # units that stand for them
_AMOUNTS = frozenset({"money", "volume", "weight"})
_SOUND = {"+ون": ("ون", "ين"), "+ات": ("ات",), "+": ("",)}


def build_counting(tables: Tables) -> Counting:
    """From the tables of data/values."""
    numbers = build_number_words(tables)
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
    things = frozenset(row.en for row in rows) - people - _OF_PEOPLE
    single = {form: row.en for row in rows if row.en in things for form in _singulars([row])}
    duals = frozenset(
        fold(noun.lemma).removesuffix("ه") + ending
        for noun in nouns if "+ون" not in noun.plural.split() and noun.en not in HOUSEHOLDS
        for ending in (("تان", "تين") if noun.lemma.endswith("ة") else ("ان", "ين"))
    )  # fmt: skip
    return Counting(
        numbers, Vocabulary(numbers.vocabulary), measures, amounts,
        things, people, groups, single, duals, _coins(tables),
        frozenset(groups) | frozenset(_singulars(rows)),
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
