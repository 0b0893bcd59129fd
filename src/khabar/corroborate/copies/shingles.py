"""Word shingles of a text as sorted 64-bit hashes: what copies are counted in.

Tokens: runs of letters and digits of the normal text (`khabar.text.fold`: alef, hamza, ya, ta marbuta, digits and case
folded; diacritics and tatweel dropped). A shingle is five tokens in a row (`WIDTH`); a text is the set of its shingles.
Five words is the width at which chance overlap of unrelated news is rare and edits of a word or two still leave most
shingles whole (Broder 1997 takes sets of shingles as a document's resemblance and containment).
"""

from __future__ import annotations

import msgspec
import numpy as np

from khabar.corroborate.copies.wordhash import WORD, Hashes, WordHasher, words_in
from khabar.corroborate.words import Rarity, stem_of
from khabar.text import normalise

__all__ = ["WIDTH", "Hashes", "Shingler", "Signature", "Signer", "sampled", "shared_spans"]

WIDTH = 5
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio: Knuth's multiplicative hash
_SHIFT = np.uint64(29)
_VOCABULARY = 1_000_000  # words whose hashes are kept; past that the table starts anew, so memory stays bounded
_NUMBER = 0.5  # rarity of a number
_TELLING = 6.0  # least rarity of a shingle's five words together: less is a title or a stock phrase
_LEAST_RUN = 8  # words of a shared stretch that is worth showing


class _WordRarities(dict[str, float]):
    def __init__(self, rarity: Rarity) -> None:
        super().__init__()
        self._rarity = rarity

    def __missing__(self, word: str) -> float:
        if len(self) >= _VOCABULARY:
            self.clear()
        self[word] = value = _NUMBER if word.isdigit() else self._rarity.of(stem_of(word))
        return value


class Signature(msgspec.Struct, frozen=True):
    """The shingles of a text, sorted, and those of them that are no stock phrase."""

    shingles: Hashes
    telling: Hashes


class Shingler:
    """Makes shingle hashes."""

    def __init__(self) -> None:
        self._hasher = WordHasher()

    def positions(self, text: str) -> Hashes:
        """Hash of the shingle that starts at each token, in order; empty for fewer than `WIDTH` tokens."""
        values = self._hasher.hashes(text)
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


class Signer(Shingler):
    """Makes signatures: shingles, and which of them say something."""

    def __init__(self, rarity: Rarity) -> None:
        super().__init__()
        self._rarities = _WordRarities(rarity)

    def sign(self, text: str) -> Signature:
        """The signature of a text."""
        positions = self.positions(text)
        if not len(positions):
            return Signature(positions, positions)
        words = words_in(text)
        rarities = np.fromiter(map(self._rarities.__getitem__, words), np.float64, len(words))
        telling = np.convolve(rarities, np.ones(WIDTH), "valid") >= _TELLING
        return Signature(np.unique(positions), np.unique(positions[telling]))


def sampled(hashes: Hashes, *, one_in: int) -> Hashes:
    """The hashes of one class in `one_in`: the same class for every text, so overlaps survive (mod-p sampling)."""
    chosen: Hashes = hashes[(hashes >> np.uint64(7)) % np.uint64(one_in) == 0]
    return chosen


def shared_spans(text: str, others: Hashes, shingler: Shingler) -> list[tuple[int, int]]:
    """Stretches of `text`, in original offsets, whose shingles stand in `others` (sorted); short ones left out."""
    normal = normalise(text)
    words = [(match.start(), match.end()) for match in WORD.finditer(normal.text)]
    there = np.flatnonzero(np.isin(shingler.positions(text), others))
    spans: list[tuple[int, int]] = []
    start = end = -1
    for index in [*there.tolist(), len(words) + WIDTH]:
        if index > end:
            if end - start >= _LEAST_RUN:
                spans.append((normal.start_of(words[start][0]), normal.end_of(words[end - 1][1])))
            start = index
        end = index + WIDTH
    return spans
