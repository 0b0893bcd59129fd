"""The words of a sentence with the vocabulary of time: what every reader of time expressions asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from khabar.mentions.phrases import Phrases
from khabar.mentions.time_nodes import Found
from khabar.mentions.time_words import TimeWords
from khabar.numerals.cardinals import Reading, read_number
from khabar.numerals.words import Word

__all__ = ["Scan"]

T = TypeVar("T")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


class Scan:
    """The words of one sentence; `days` are those read so far by their place; `steps` counts the readings tried, which
    tests bound."""

    __slots__ = ("days", "lex", "steps", "words")

    def __init__(self, words: Sequence[Word], lex: TimeWords) -> None:
        self.words = words
        self.lex = lex
        self.days: dict[int, Found | None] = {}
        self.steps = 0

    def base(self, at: int) -> str:
        """The base of word `at`, empty beyond the ends."""
        return self.words[at].base if 0 <= at < len(self.words) else ""

    def surface(self, at: int) -> str:
        """The word with its article, without proclitics."""
        return self.words[at].surface if 0 <= at < len(self.words) else ""

    def norm(self, at: int) -> str:
        """The whole token, empty beyond the ends."""
        return self.words[at].norm if 0 <= at < len(self.words) else ""

    def lead(self, at: int) -> str:
        """The proclitics of word `at`."""
        return self.words[at].lead if 0 <= at < len(self.words) else ""

    def plain(self, at: int) -> bool:
        """Whether word `at` is there and has no proclitic, so that it may continue a phrase."""
        return 0 <= at < len(self.words) and not self.words[at].lead

    def definite(self, at: int) -> bool:
        """Whether word `at` has the article."""
        return 0 <= at < len(self.words) and self.words[at].definite

    def known(self, at: int) -> bool:
        """Whether word `at` is there and in the vocabulary."""
        return 0 <= at < len(self.words) and self.words[at].known

    def before(self, at: int) -> str:
        """The word before `at`, without its conjunction."""
        word = self.base(at - 1)
        return word[1:] if len(word) > 3 and word[0] in "وف" and not self.words[at - 1].known else word

    def is_number(self, at: int, digits: int | None = None) -> bool:
        """Whether token `at` is all digits: the given number of them, or at most four."""
        norm = self.norm(at)
        return norm.isdecimal() and (len(norm) <= 4 if digits is None else len(norm) == digits)

    def skip(self, at: int, *marks: str) -> int:
        """The index after one of `marks` at `at`, else `at`."""
        return at + 1 if self.norm(at) in marks else at

    def skip_base(self, at: int, *bases: str) -> int:
        """The index after one of the words `bases` at `at` without proclitics, else `at`."""
        return at + 1 if self.plain(at) and self.words[at].base in bases else at

    def number(self, at: int) -> Reading | None:
        """The cardinal at `at`."""
        self.steps += 1
        return read_number(self.words, at, self.lex.numbers) if 0 <= at < len(self.words) else None

    def phrase(self, at: int, phrases: Phrases[T], *, first: bool = True) -> tuple[T, int] | None:
        """The longest phrase at `at`, with its meaning and end; `first` lets its first word have proclitics."""
        if not 0 <= at < len(self.words) or (not first and self.words[at].lead):
            return None
        word = self.words[at]
        for form in (word.surface, word.base, "ال" + word.surface if word.lead.endswith("لل") else ""):
            for words, meaning in phrases.by_first.get(form, ()):
                self.steps += 1
                if all(self.norm(at + k) == w or self.norm(at + k) == "ال" + w for k, w in enumerate(words[1:], 1)):
                    return meaning, at + len(words)
        return None

    def direction(self, at: int, *, weak: bool) -> tuple[int, int] | None:
        """(shift, end) of `الماضي`, `الحالي`, `المقبل` at `at`; `weak` admits `الأخيرة` too."""
        found = self.phrase(at, self.lex.directions, first=False)
        if found is None or (found[0][1] and not weak):
            return None
        return found[0][0], found[1]

    def inside(self, at: int) -> tuple[int, bool]:
        """(index after an opening bracket, whether there was one)."""
        return (at + 1, True) if self.norm(at) in _OPEN else (at, False)

    def closed(self, at: int, *, opened: bool) -> int | None:
        """The index after the closing bracket; None where it is missing. Without `opened` it is `at`."""
        if not opened:
            return at
        return at + 1 if self.norm(at) in _CLOSE else None
