"""Many names found in one pass over the tokens, with the clitics that Arabic writes in one word taken off.

    entries = [("الرقة", raqqa), ("الأردن", jordan), ("قوات سوريا الديمقراطية", sdf)]
    lexicon = Lexicon(entries, whole=whole_words(tables))
    for hit in longest(lexicon.find(text, sentences)):
        hit.start, hit.end      # original offsets, clitics left out: `وبالرقة` gives `الرقة`, `للأردن` gives `أردن`
        hit.values              # everything entered under that form, in order: (raqqa,)
        hit.prefix              # the clitics before it, normal form: `وب`, `لل`
        sentences[hit.sentence].tokens[hit.first : hit.last]

Forms are given as a table has them; the lexicon folds them (`names_form`). A form is matched on whole tokens, so a
name never starts or ends inside a word; blanks and line breaks between its words do not matter, a sentence end does.

What is taken off: و ف, then one of ب ل ك; `لل` stands for ل and the article. Nothing is invented: a word of `whole`
(`وليد`, `وزير`, `بيان`) is never cut, so the place `ليد` is not read into it.

The index is a dictionary of forms and one of first words with their lengths. Measured with 50,000 forms: built in
0.06 s and 0.4 ms an article of 1,700 characters, where an Aho-Corasick automaton (ahocorasick-rs) takes 0.19 s to
build and, its hits inside words filtered, as long to search; a cold start pays for the building.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Generic, TypeVar

import msgspec

from khabar.resources import Tables
from khabar.text import NormalText, Sentence, fold, kept, segment
from khabar.text.normalise import normalise

__all__ = ["Hit", "Lexicon", "lexicon_word", "longest", "names_form", "names_forms", "readings", "whole_words"]

V = TypeVar("V")
_FIRST = frozenset("وف")
_SECOND = frozenset("بلك")
# Letters that names from other languages are spelt with, and what most papers write for them.
_FOREIGN = str.maketrans({"پ": "ب", "چ": "ج", "ڤ": "ف", "ژ": "ج"})
_NO_FOREIGN = frozenset(map(chr, _FOREIGN)).isdisjoint
_NORM = attrgetter("norm")
_PLAIN = re.compile("[\u0621-\u064a ]*|[a-z ]*")
_LONGEST = 12  # words of a form; longer ones are refused, so that the work for a token is bounded
_SHORTEST = 2  # letters that must be left of a word when a clitic is taken off


class Hit(msgspec.Struct, Generic[V], frozen=True, gc=False):
    """One form in the text: original offsets, its tokens `[first, last)` in its sentence, and what it stands for."""

    start: int
    end: int
    sentence: int
    first: int
    last: int
    form: str
    prefix: str
    values: tuple[V, ...]


class Lexicon(Generic[V]):
    """Forms with the values they stand for. Several values under one form are kept in the order given."""

    def __init__(
        self, entries: Iterable[tuple[str, V]], *, whole: frozenset[str] = frozenset(), folded: bool = False
    ) -> None:
        """`folded` says that the forms are in `names_form` already."""
        pairs = list(entries)
        self._whole = whole
        self._beginnings = kept(self._read_beginnings)
        self._values: dict[str, tuple[V, ...]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        given = [form for form, _ in pairs]
        for form, (_, value) in zip(given if folded else names_forms(given), pairs, strict=True):
            if form:
                self._add(form, value)

    def __len__(self) -> int:
        return len(self._values)

    def get(self, form: str) -> tuple[V, ...]:
        """The values of a form that is already in `names_form`; none if it is not there."""
        return self._values.get(form, ())

    def find(self, text: NormalText, sentences: Sequence[Sentence]) -> list[Hit[V]]:
        """Every form in the text, overlapping ones too, by start, the longer first."""
        hits: list[Hit[V]] = []
        for number, sentence in enumerate(sentences):
            tokens = sentence.tokens
            for first, ways in enumerate(map(self._beginnings, map(_NORM, tokens))):
                for cut, head, lengths in ways:
                    for length in lengths:
                        rest = [lexicon_word(other.norm) for other in tokens[first + 1 : first + length]]
                        form = " ".join((head, *rest))
                        values = self._values.get(form)
                        if values is not None and len(rest) == length - 1:
                            hits.append(_hit(text, sentence, number, first, length, cut, form, values))
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits

    def _read_beginnings(self, norm: str) -> tuple[tuple[int, str, tuple[int, ...]], ...]:
        """The readings of a token with which forms begin, each with the lengths of those; of most tokens none."""
        ways = readings(lexicon_word(norm), self._whole)
        return tuple((cut, head, self._lengths[head]) for cut, head in ways if head in self._lengths)

    def _add(self, form: str, value: V) -> None:
        known = self._values.get(form)
        if known is not None:
            if not any(value is other or value == other for other in known):
                self._values[form] = (*known, value)
            return
        length = form.count(" ") + 1
        if length > _LONGEST:
            return
        self._values[form] = (value,)
        head = form.partition(" ")[0]
        lengths = self._lengths.get(head, ())
        if length not in lengths:
            self._lengths[head] = tuple(sorted((*lengths, length)))


def _hit(
    text: NormalText,
    sentence: Sentence,
    number: int,
    first: int,
    length: int,
    cut: int,
    form: str,
    values: tuple[V, ...],
) -> Hit[V]:
    token = sentence.tokens[first]
    start = text.start_of(token.norm_start + cut) if cut else token.start
    end = sentence.tokens[first + length - 1].end
    return Hit(start, end, number, first, first + length, form, token.norm[:cut], values)


def readings(word: str, whole: frozenset[str] = frozenset()) -> Iterator[tuple[int, str]]:
    """The ways to read a folded word: how many letters are clitics, and the word without them.

    `وبالرقه` gives (0, itself), (1, بالرقه), (2, الرقه); `للاردن` gives (0, itself), (1, لاردن), (2, الاردن): the
    article that لل hides is put back. At most seven readings.
    """
    yield 0, word
    if word in whole:
        return
    cut = 0
    if word[:1] in _FIRST and len(word) > _SHORTEST:
        cut = 1
        yield cut, word[1:]
        if word[1:] in whole:
            return
    rest = word[cut:]
    if rest[:1] not in _SECOND or len(rest) <= _SHORTEST:
        return
    yield cut + 1, rest[1:]
    if rest.startswith("لل") and len(rest) > _SHORTEST + 1:
        yield cut + 2, "ال" + rest[2:]
        yield cut + 1, "ا" + rest  # للجنة is ل and اللجنة: three lams are written as two


def longest(hits: Iterable[Hit[V]]) -> list[Hit[V]]:
    """Hits that do not overlap, in order: the one that starts first, and of those the longest."""
    chosen: list[Hit[V]] = []
    end = -1
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= end:
            chosen.append(hit)
            end = hit.end
    return chosen


def lexicon_word(norm: str) -> str:
    """A token's normal form as the lexicon compares it."""
    return norm if _NO_FOREIGN(norm) else norm.translate(_FOREIGN)


def names_form(form: str) -> str:
    """A form as the lexicon keeps it: folded, foreign letters replaced, one blank between tokens."""
    return names_forms([form])[0]


def names_forms(forms: Sequence[str]) -> list[str]:
    """`names_form` of many at once."""
    blob = "\n".join(form.replace("\n", " ") for form in forms)
    normal = {ord(char): fold(char).translate(_FOREIGN) for char in sorted(set(blob))}
    return [_spaced(form) for form in blob.translate(normal).split("\n")]


def _spaced(form: str) -> str:
    """One blank between tokens, cut where `segment` cuts."""
    if _PLAIN.fullmatch(form):
        return " ".join(form.split())
    text = normalise(form)
    return " ".join(token.norm for sentence in segment(text) for token in sentence.tokens)


class _Words(msgspec.Struct, frozen=True):
    words: str


def whole_words(tables: Tables) -> frozenset[str]:
    """Folded words that begin with a clitic's letter and are one word all the same, from `data/names/whole.tsv`."""
    words = " ".join(row.words for row in tables.rows("names/whole.tsv", _Words))
    return frozenset(names_form(words).split(" "))
