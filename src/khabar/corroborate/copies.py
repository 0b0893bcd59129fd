"""Copies: texts that share at least half of their shingles, or of the shorter one's.

Exact overlap of shingle sets decides. Candidates come from an inverted index over one shingle in two: on 29,812
articles of more than 40 words that finds all pairs of Jaccard 0.5 and over 99.9 % of containment 0.5, six times as fast
as counting every shingle (`bench/copies.py`); one in four is twice as fast again, and loses pairs of short texts.
A shingle of more than `_COMMON` texts ties each text to its neighbours
only, so that a thousand copies of one text cost a thousand steps and not half a million.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from khabar.corroborate.shingles import Hashes, sampled

__all__ = ["CopyPair", "candidate_pairs", "find_copies", "overlap"]

THRESHOLD = 0.5
"""Least Jaccard, or containment in the shorter text, of a copy."""
MIN_SHINGLES = 37
"""Shingles of a text of 41 words; shorter ones are captions and breaking lines, alike by chance."""
SAMPLE = 2
_COMMON = 100
_NEIGHBOURS = 3
_HOPE = 0.2  # least share of sampled shingles in common that is worth an exact count

Indices = NDArray[np.int64]


class CopyPair(msgspec.Struct, frozen=True, order=True):
    """Two texts by their index in the input, left < right, and how much they share."""

    left: int
    right: int
    jaccard: float
    containment: float


def find_copies(texts: Sequence[Hashes]) -> list[CopyPair]:
    """All copy pairs among shingle sets (sorted unique hashes), in order.

    Identical sets are chained (each with the next), not paired all with all. Sets smaller than `MIN_SHINGLES` are left
    out. Time grows with n log n of all shingles.
    """
    first: dict[bytes, int] = {}
    chained: list[CopyPair] = []
    unique: list[int] = []
    for index, hashes in enumerate(texts):
        if len(hashes) < MIN_SHINGLES:
            continue
        key = hashes.tobytes()
        if key in first:
            chained.append(CopyPair(first[key], index, 1.0, 1.0))
        else:
            unique.append(index)
        first[key] = index
    samples = [sampled(texts[index], one_in=SAMPLE) for index in unique]
    found = list(chained)
    for left, right in candidate_pairs(samples):
        pair = overlap(texts, unique[left], unique[right])
        if pair is not None:
            found.append(pair)
    return sorted(found)


def overlap(texts: Sequence[Hashes], left: int, right: int) -> CopyPair | None:
    """The exact overlap of two shingle sets, if it makes a copy."""
    one, other = texts[left], texts[right]
    if len(one) > len(other):
        one, other = other, one
    at = np.searchsorted(other, one)
    at[at == len(other)] = 0
    shared = int(np.count_nonzero(other[at] == one))
    jaccard = shared / (len(one) + len(other) - shared)
    containment = shared / len(one)
    if containment < THRESHOLD:
        return None
    return CopyPair(min(left, right), max(left, right), jaccard, containment)


def candidate_pairs(samples: Sequence[Hashes]) -> list[tuple[int, int]]:
    """Pairs of samples worth an exact count, left < right, in order."""
    count = len(samples)
    if count < 2:
        return []
    sizes = np.array([len(sample) for sample in samples], np.int64)
    codes = _pair_codes(np.concatenate(samples), np.repeat(np.arange(count), sizes), count)
    if not len(codes):
        return []
    pairs, shared = np.unique(codes, return_counts=True)
    left, right = pairs // count, pairs % count
    hopeful = shared >= _HOPE * np.minimum(sizes[left], sizes[right])
    return list(zip(left[hopeful].tolist(), right[hopeful].tolist(), strict=True))


def _pair_codes(hashes: Hashes, owners: Indices, count: int) -> Indices:
    """`left * count + right` for every shingle that a pair shares, once a shingle."""
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    sizes = np.diff(np.concatenate([starts, [len(hashes)]]))
    parts = [np.empty(0, np.int64)]
    for size in range(2, min(int(sizes.max(initial=0)), _COMMON) + 1):
        members = owners[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(size, 1)
        parts.append((members[:, left] * count + members[:, right]).ravel())
    for start, size in zip(starts[sizes > _COMMON], sizes[sizes > _COMMON], strict=True):
        members = owners[start : start + size]
        parts.extend(members[:-step] * count + members[step:] for step in range(1, _NEIGHBOURS + 1))
    return np.concatenate(parts)
