"""Links: which happenings of different documents are one.

Candidates share telling words or names of title and lead and were published within days of each other; a small logistic
model over the features of `khabar.corroborate.compare` scores them. Its weights are in `data/corroborate/links.tsv`,
fitted by `scripts/fit_links.py`. A word of more than `_COMMON` documents ties each to its neighbours in time only, so
that a story of a thousand reports costs a thousand steps and not half a million.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from datetime import date

import msgspec
import numpy as np
from numpy.typing import NDArray

from khabar.corroborate.compare import Affinities, build_affinities, compare
from khabar.corroborate.profiles import Profile
from khabar.resources import Tables

__all__ = ["Candidate", "LinkModel", "build_link_model", "candidate_links"]

_KEYS = 20  # heaviest words of title and lead by which a document is found
_SHARED = 2  # of them that two documents must have in common
_DAYS = 10  # between publications; a report of an older happening is a follow-up
_COMMON = 60
_NO_DAY = 10_000_000
_NEIGHBOURS = 5

Integers = NDArray[np.int64]


class LinkModel(msgspec.Struct, frozen=True):
    """Log-odds that two happenings are one: an intercept, and a weight for each feature."""

    intercept: float
    weights: dict[str, float]
    affinities: Affinities

    def features(self, left: Profile, right: Profile) -> dict[str, float]:
        """The features of two documents with main happenings."""
        return compare(left, right, self.affinities)

    def score(self, features: dict[str, float]) -> float:
        """Probability from 0 to 1."""
        logit = self.intercept
        for name, value in features.items():
            logit += self.weights.get(name, 0.0) * value
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


class _Row(msgspec.Struct, frozen=True):
    feature: str
    weight: float


def build_link_model(tables: Tables) -> LinkModel:
    """The model from its table; the row `intercept` is the constant."""
    weights = {row.feature: row.weight for row in tables.rows("corroborate/links.tsv", _Row)}
    return LinkModel(weights.pop("intercept"), weights, build_affinities(tables))


class Candidate(msgspec.Struct, frozen=True, order=True, gc=False):
    """A pair of documents by index, left < right, that is worth comparing.

    `lasting`: it is a candidate whatever other documents there are. The others come from words that very many documents
    share, of which each document meets its neighbours only, and these change.
    """

    left: int
    right: int
    lasting: bool


def candidate_links(profiles: Sequence[Profile]) -> list[Candidate]:
    """Pairs whose main happenings are worth comparing, in order.

    `profiles` are in canonical order (`khabar.corroborate.corpus`); the result depends on what is there alone.
    """
    keys: list[int] = []
    owners: list[int] = []
    for index, profile in enumerate(profiles):
        if profile.happenings:
            words = profile.happenings[0].words
            heaviest = sorted(words, key=lambda word: (-words[word], word))[:_KEYS]
            keys += map(_hash, heaviest)
            owners += [index] * len(heaviest)
    days = np.array([_day(profile) for profile in profiles], np.int64)
    rare, common = _pair_codes(np.array(keys, np.uint64), np.array(owners, np.int64), days, len(profiles))
    pairs, shared = np.unique(np.concatenate([rare, common]), return_counts=True)
    pairs = pairs[shared >= _SHARED]
    lasting, times = np.unique(rare, return_counts=True)
    known = np.isin(pairs, lasting[times >= _SHARED])
    count = max(1, len(profiles))
    rows = zip((pairs // count).tolist(), (pairs % count).tolist(), known.tolist(), strict=True)
    return [Candidate(left, right, lasts) for left, right, lasts in rows]


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _day(profile: Profile) -> int:
    """The day of publication in UTC, else that of the happening; documents without either are compared among
    themselves."""
    if profile.at:
        return date.fromisoformat(profile.at[:10]).toordinal()
    main = profile.happenings[0] if profile.happenings else None
    return main.days[1] if main and main.dated and main.days else _NO_DAY


def _pair_codes(keys: NDArray[np.uint64], owners: Integers, days: Integers, count: int) -> tuple[Integers, Integers]:
    """`left * count + right` for every key that a pair shares within `_DAYS`, once a key: of rare keys, of common ones.

    A common key is one that more than `_COMMON` documents hold within the reach of some document.
    """
    rare, common = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    order = np.lexsort((owners, days[owners], keys))
    keys, owners = keys[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.int64)
    sizes = np.diff(np.concatenate([starts, [len(keys)]]))
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        members = owners[start : start + size]
        # In the order of time, those within reach of a member follow it.
        reach = np.searchsorted(days[members], days[members] + _DAYS, "right") - np.arange(size) - 1
        crowded = int(reach.max()) > _COMMON
        steps = min(int(reach.max()), _NEIGHBOURS if crowded else _COMMON)
        for step in range(1, steps + 1):
            left = np.flatnonzero(reach >= step)
            one, other = members[left], members[left + step]
            (common if crowded else rare).append(np.minimum(one, other) * count + np.maximum(one, other))
    return np.concatenate(rare), np.concatenate(common)
