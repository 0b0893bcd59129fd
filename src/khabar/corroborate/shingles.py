"""Word shingles of a text as sorted 64-bit hashes: what copies are counted in.

Tokens: runs of letters and digits of the normal text (`khabar.text.fold`: alef, hamza, ya, ta marbuta, digits and case
folded; diacritics and tatweel dropped). A shingle is five tokens in a row (`WIDTH`); a text is the set of its shingles.
Five words is the width at which chance overlap of unrelated news is rare and edits of a word or two still leave most
shingles whole (Broder 1997 takes sets of shingles as a document's resemblance and containment).
"""

from __future__ import annotations

import hashlib
import re

import numpy as np
from numpy.typing import NDArray

from khabar.text import fold

__all__ = ["WIDTH", "Hashes", "Shingler", "sampled"]

Hashes = NDArray[np.uint64]

WIDTH = 5
_WORD = re.compile(r"[^\W_]+")
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio: Knuth's multiplicative hash
_SHIFT = np.uint64(29)
_VOCABULARY = 1_000_000  # words whose hashes are kept; past that the table starts anew, so memory stays bounded


class _WordHashes(dict[str, int]):
    """Hash of a word, computed once: eight bytes of BLAKE2b, the same on every machine."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _VOCABULARY:
            self.clear()
        value = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
        self[word] = value
        return value


class Shingler:
    """Makes shingle hashes; keeps the hashes of words between texts."""

    def __init__(self) -> None:
        self._hashes = _WordHashes()

    def positions(self, text: str) -> Hashes:
        """Hash of the shingle that starts at each token, in order; empty for fewer than `WIDTH` tokens."""
        words = _WORD.findall(fold(text))
        values = np.fromiter(map(self._hashes.__getitem__, words), np.uint64, len(words))
        if len(values) < WIDTH:
            return values[:0]
        count = len(values) - WIDTH + 1
        mixed = values[:count].copy()
        for k in range(1, WIDTH):
            mixed *= _MIX
            mixed ^= values[k : k + count]
            mixed ^= mixed >> _SHIFT
        return mixed

    def shingles(self, text: str) -> Hashes:
        """The set of shingle hashes, sorted."""
        return np.unique(self.positions(text))


def sampled(hashes: Hashes, *, one_in: int) -> Hashes:
    """The hashes of one class in `one_in`: the same class for every text, so overlaps survive (mod-p sampling)."""
    chosen: Hashes = hashes[(hashes >> np.uint64(7)) % np.uint64(one_in) == 0]
    return chosen
