"""Copies: texts that share at least half of their shingles, or of the shorter one's; and texts that share a passage.

Exact overlap of shingle sets decides. Candidates come from an inverted index over one shingle in two: on 29,812
articles of more than 40 words that finds all pairs of Jaccard 0.5 and over 99.9 % of containment 0.5, six times as fast
as counting every shingle (`bench/copies.py`); one in four is twice as fast again, and loses pairs of short texts.
A shingle of more than `_COMMON` texts ties each text to its neighbours only, so that a thousand copies of one text cost
a thousand steps and not half a million.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from khabar.corroborate.copies.shingles import Hashes, Signature, sampled

__all__ = ["CopyPair", "candidate_pairs", "find_copies", "find_overlaps", "overlap"]

THRESHOLD = 0.5
"""Least Jaccard, or containment in the shorter text, of a copy."""
MIN_SHINGLES = 37
"""Shingles of a text of 41 words; shorter ones are captions and breaking lines, alike by chance."""
MIN_IDENTICAL = 10
"""Shingles of a text of 14 words; identical texts shorter than that are no copies."""
MIN_PASSAGE = 12
"""Telling shingles of a shared passage: one run of 16 words, or several of them together."""
PASSAGE_SHARE = 0.08
"""Least share of a passage in the shorter text. Of 110 labelled pairs, those without copying reach 0.05."""
SAMPLE = 2
_COMMON = 100
_NEIGHBOURS = 3
_LEAST_SAMPLED = 3  # sampled shingles in common that are worth a count of a passage
_HOPE = 0.2  # least share of sampled shingles in common that is worth an exact count

Indices = NDArray[np.int64]


class CopyPair(msgspec.Struct, frozen=True, order=True):
    """Two texts by their index in the input, left < right, and how much they share.

    `whole`: at least half of the longer text is shared; else part of one stands in the other.
    """

    left: int
    right: int
    jaccard: float
    containment: float
    whole: bool = True


def find_copies(texts: Sequence[Hashes]) -> list[CopyPair]:
    """All copy pairs among shingle sets (sorted unique hashes), in order.

    Identical sets are chained (each with the next), not paired all with all. Sets smaller than `MIN_SHINGLES` are left
    out. Time grows with n log n of all shingles.
    """
    unique, found = _chain_identical(texts, least=MIN_SHINGLES)
    samples = [sampled(texts[index], one_in=SAMPLE) for index in unique]
    for left, right in candidate_pairs(samples):
        pair = overlap(texts, unique[left], unique[right])
        if pair is not None:
            found.append(pair)
    return sorted(found)


def find_overlaps(signatures: Sequence[Signature]) -> list[CopyPair]:
    """Copy pairs as `find_copies` finds them, and pairs that share a passage, in order.

    For a passage `containment` is the share of the shorter text's telling shingles, so that the formulas with which
    every report of a court or a ministry opens do not make copies.
    """
    texts = [signature.shingles for signature in signatures]
    unique, found = _chain_identical(texts, least=MIN_IDENTICAL)
    samples = [sampled(texts[index], one_in=SAMPLE) for index in unique]
    for left, right in _sharing(samples, least=_LEAST_SAMPLED):
        one, other = unique[left], unique[right]
        pair = overlap(texts, one, other) or _passage(signatures, one, other)
        if pair is not None:
            found.append(pair)
    return sorted(found)


def _chain_identical(texts: Sequence[Hashes], *, least: int) -> tuple[list[int], list[CopyPair]]:
    """One index of each set of at least `MIN_SHINGLES`, and the pairs that chain identical ones of at least `least`."""
    last: dict[bytes, int] = {}
    chained: list[CopyPair] = []
    unique: list[int] = []
    for index, hashes in enumerate(texts):
        if len(hashes) < least:
            continue
        key = hashes.tobytes()
        if key in last:
            chained.append(CopyPair(last[key], index, 1.0, 1.0))
        elif len(hashes) >= MIN_SHINGLES:
            unique.append(index)
        last[key] = index
    return unique, chained


def overlap(texts: Sequence[Hashes], left: int, right: int) -> CopyPair | None:
    """The exact overlap of two shingle sets, if it makes a copy."""
    one, other = texts[left], texts[right]
    shorter, longer = sorted((len(one), len(other)))
    shared = _shared(one, other)
    containment = shared / shorter
    if containment < THRESHOLD:
        return None
    jaccard = shared / (shorter + longer - shared)
    return CopyPair(min(left, right), max(left, right), jaccard, containment, shared / longer >= THRESHOLD)


def _passage(signatures: Sequence[Signature], left: int, right: int) -> CopyPair | None:
    one, other = signatures[left].telling, signatures[right].telling
    shared = _shared(one, other)
    shorter = min(len(one), len(other))
    if shared < MIN_PASSAGE or shared < PASSAGE_SHARE * shorter:
        return None
    jaccard = shared / (len(one) + len(other) - shared)
    return CopyPair(min(left, right), max(left, right), jaccard, shared / shorter, whole=False)


def _shared(one: Hashes, other: Hashes) -> int:
    if len(one) > len(other):
        one, other = other, one
    if not len(one):
        return 0
    at = np.searchsorted(other, one)
    at[at == len(other)] = 0
    return int(np.count_nonzero(other[at] == one))


def candidate_pairs(samples: Sequence[Hashes]) -> list[tuple[int, int]]:
    """Pairs of samples that may share half of the smaller, left < right, in order."""
    left, right, shared, smaller = _counted(samples)
    likely = shared >= _HOPE * smaller
    return list(zip(left[likely].tolist(), right[likely].tolist(), strict=True))


def _sharing(samples: Sequence[Hashes], *, least: int) -> list[tuple[int, int]]:
    """Pairs that share at least `least` sampled shingles, or a fifth of a small sample, in order."""
    left, right, shared, smaller = _counted(samples)
    likely = (shared >= least) | (shared >= _HOPE * smaller)
    return list(zip(left[likely].tolist(), right[likely].tolist(), strict=True))


def _counted(samples: Sequence[Hashes]) -> tuple[Indices, Indices, Indices, Indices]:
    """Pairs of samples that share a shingle: left, right, how many they share, and the size of the smaller."""
    sizes = np.array([len(sample) for sample in samples], np.int64)
    if not sizes.any():
        return (np.empty(0, np.int64),) * 4
    count = len(samples)
    codes = _pair_codes(np.concatenate(samples), np.repeat(np.arange(count), sizes), count)
    pairs, shared = np.unique(codes, return_counts=True)
    left, right = pairs // count, pairs % count
    return left, right, shared, np.minimum(sizes[left], sizes[right])


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
