"""Phrases of several words, found by their first."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from khabar.text import fold

__all__ = ["Phrases"]

T = TypeVar("T")


class Phrases(msgspec.Struct, Generic[T], frozen=True):
    """Phrases by their first word, the longest first; the words are folded and keep their article."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], T], ...]]

    @classmethod
    def of(cls, pairs: list[tuple[str, T]]) -> Phrases[T]:
        """From (phrase with `_` between its words, meaning) pairs."""
        grouped: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, meaning in pairs:
            words = tuple(fold(phrase).split("_"))
            grouped.setdefault(words[0], []).append((words, meaning))
        return cls({first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in grouped.items()})

    def words(self) -> set[str]:
        """Every word of every phrase."""
        return {word for found in self.by_first.values() for words, _ in found for word in words}
