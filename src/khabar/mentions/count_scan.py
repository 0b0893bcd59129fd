"""The words of a sentence with the vocabulary of counting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from khabar.mentions.counted import Counted, CountedWords
from khabar.mentions.phrases import Phrases
from khabar.numerals.cardinals import Reading, read_number
from khabar.numerals.words import Word

__all__ = ["CountScan"]

T = TypeVar("T")


class CountScan:
    """The words of one sentence; `taken` are the indices that times cover."""

    __slots__ = ("counted", "lex", "steps", "taken", "words")

    def __init__(self, words: Sequence[Word], lex: CountedWords, taken: frozenset[int] = frozenset()) -> None:
        self.words = words
        self.lex = lex
        self.taken = taken
        self.steps = 0
        self.counted = False  # whether an amount was found before, in this sentence

    def base(self, at: int) -> str:
        """The base of word `at`, empty beyond the ends and inside times."""
        return self.words[at].base if self.free(at) else ""

    def norm(self, at: int) -> str:
        """The whole token, empty beyond the ends and inside times."""
        return self.words[at].norm if self.free(at) else ""

    def lead(self, at: int) -> str:
        """The proclitics of word `at`."""
        return self.words[at].lead if self.free(at) else ""

    def free(self, at: int) -> bool:
        """Whether there is a word `at` outside times."""
        return 0 <= at < len(self.words) and at not in self.taken

    def plain(self, at: int) -> bool:
        """Whether word `at` may continue a phrase: it has no proclitic."""
        return self.free(at) and not self.words[at].lead

    def before(self, at: int) -> str:
        """The word before `at`, without its conjunction."""
        word = self.base(at - 1)
        return word[1:] if len(word) > 3 and word[0] in "وف" and not self.words[at - 1].known else word

    def number(self, at: int) -> Reading | None:
        """The cardinal at `at`, outside times."""
        self.steps += 1
        if not self.free(at):
            return None
        found = read_number(self.words, at, self.lex.numbers)
        return found if found and self.free(found.end - 1) else None

    def noun(self, at: int) -> Counted | None:
        """The noun of the table at `at`."""
        word = self.words[at] if self.free(at) else None
        return None if word is None or word.surface in self.lex.name else self.lex.nouns.get(word.base)

    def phrase(self, at: int, phrases: Phrases[T], *, first: bool = True) -> tuple[T, int] | None:
        """The longest phrase that starts at `at`, with its meaning and end."""
        if not self.free(at):
            return None
        word = self.words[at]
        forms = (word.norm, word.surface) if first and word.lead else (word.norm,)
        for form in forms:
            for words, meaning in phrases.by_first.get(form, ()):
                self.steps += 1
                if all(self.norm(at + k) == w for k, w in enumerate(words[1:], 1)):
                    return meaning, at + len(words)
        return None
