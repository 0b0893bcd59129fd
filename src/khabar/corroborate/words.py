"""Words of headlines and leads as they are compared: light stems, rough roots, and how rare each is in the news."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from khabar.resources import Tables
from khabar.text import fold

__all__ = ["Rarity", "build_rarity", "root_of", "stem_of", "words_of"]

_WORD = re.compile(r"\d+|[^\W\d_]+")
_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_SUFFIXES = ("ها", "هما", "هم", "ات", "ون", "ين", "ان", "يه", "ه", "ي", "ا", "ت")
_WEAK = re.compile("[اويء]")
_AUGMENT = re.compile("^[تسنم]+(?=..)")
_UNSEEN = 20.0  # documents that a word missing from the table is taken to stand in: half of the table's least


def words_of(text: str) -> list[str]:
    """Folded words and numbers, in order."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=1 << 17)  # words come again and again: twice as fast over a corpus
def stem_of(word: str) -> str:
    """The folded word without its commonest prefix and suffix, three letters left at least."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def root_of(word: str) -> str:
    """A rough consonant root, which joins `ارتفاع`, `يرتفع`, `مرتفعة`: weak letters and augments off."""
    bare = _WEAK.sub("", stem_of(word))
    return _AUGMENT.sub("", bare) if len(bare) > 3 else bare


class Rarity(msgspec.Struct, frozen=True):
    """How rare a stem is: log of all documents over those that hold it, less one, so that everyday words weigh nothing.

    The counts are a table and not those of the database at hand, so that two documents compare alike whatever else is
    stored.
    """

    documents: float
    counts: dict[str, float]

    def of(self, stem: str) -> float:
        """0 for a word of every third document or more, up to about 6 for a name."""
        return max(0.0, math.log(self.documents / self.counts.get(stem, _UNSEEN)) - 1.0)


class _Row(msgspec.Struct, frozen=True):
    stem: str
    documents: float


def build_rarity(tables: Tables) -> Rarity:
    """The table; its row `*` is the number of all documents."""
    counts = dict(_counts(tables))
    return Rarity(counts.pop("*"), counts)


def _counts(tables: Tables) -> Iterator[tuple[str, float]]:
    for row in tables.rows("corroborate/frequencies.tsv", _Row):
        yield row.stem, row.documents
