"""Hashes of the words of a text, without making the words: a table of characters and a few passes over an array.

A word is a run of letters and digits of the normal text (`khabar.text.fold`). Its hash is the sum of its characters'
values times powers of an odd constant, by place, mixed once more; modulo 2^64. Values are the same on every machine.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from khabar.text import fold

__all__ = ["WORD", "Hashes", "WordHasher", "words_in"]

Hashes = NDArray[np.uint64]

WORD = re.compile(r"[^\W_]+")
_ALL = (1 << 64) - 1
_PLANE = 0x10000  # characters of the table: the plane that news is written in
_LONGEST = 256  # letters of a word on the quick way
# What the table holds of a character that has no value.
_BETWEEN, _DROPPED, _SEVERAL, _UNKNOWN = range(4)
# Weyl constant and multipliers of SplitMix64 (Steele, Lea and Flood 2014).
_WEYL, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def words_in(text: str) -> list[str]:
    """The words, folded, in order: those that `WordHasher` hashes."""
    return WORD.findall(fold(text))


class WordHasher:
    """Hashes words; the table of characters fills as they are met."""

    def __init__(self) -> None:
        self._values: Hashes = np.full(_PLANE, _UNKNOWN, np.uint64)
        self._powers: Hashes = np.array([pow(_WEYL, at + 1, 1 << 64) for at in range(_LONGEST)], np.uint64)

    def hashes(self, text: str) -> Hashes:
        """One hash a word, in order."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        if not len(codes) or int(codes.max()) >= _PLANE:
            return _spelt(text)
        values = self._values[codes]
        if (values == _UNKNOWN).any():
            self._learn(codes[values == _UNKNOWN])
            values = self._values[codes]
        special = values <= _UNKNOWN
        if (values[special] != _BETWEEN).any():
            if (values == _SEVERAL).any():
                return _spelt(text)
            values = values[values != _DROPPED]
            special = values == _BETWEEN
        return self._summed(values, ~special, text)

    def _summed(self, values: Hashes, inside: NDArray[np.bool_], text: str) -> Hashes:
        letters = values[inside]
        if not len(letters):
            return letters
        first = inside.copy()
        first[1:] &= ~inside[:-1]
        opens = first[inside]
        starts = np.flatnonzero(opens)
        places = np.arange(len(letters)) - np.repeat(starts, np.diff(starts, append=len(letters)))
        if int(places.max()) >= _LONGEST:
            return _spelt(text)
        return _mixed(np.add.reduceat(letters * self._powers[places], starts))

    def _learn(self, codes: NDArray[np.uint32]) -> None:
        for code in np.unique(codes).tolist():
            form = fold(chr(code))
            if len(form) > 1:
                value = _SEVERAL
            elif not form:
                value = _DROPPED
            else:
                value = _value(form) if WORD.match(form) else _BETWEEN
            self._values[code] = value


def _spelt(text: str) -> Hashes:
    """The same the long way, for what the table does not hold."""
    words = words_in(text)
    sums = (sum(_value(char) * pow(_WEYL, at + 1, 1 << 64) for at, char in enumerate(word)) for word in words)
    return _mixed(np.fromiter((value & _ALL for value in sums), np.uint64, len(words)))


def _value(char: str) -> int:
    value = (ord(char) + 1) * _WEYL & _ALL
    value = (value ^ value >> 30) * _FIRST & _ALL
    value = (value ^ value >> 27) * _SECOND & _ALL
    return max(value ^ value >> 31, _UNKNOWN + 1)


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ values >> np.uint64(30)) * np.uint64(_FIRST)
    values = (values ^ values >> np.uint64(27)) * np.uint64(_SECOND)
    return values ^ values >> np.uint64(31)
