"""Links: which happenings of different documents are one.

Candidates share two telling words of title and lead or of the whole text, or a name under the same type of event, and
were published within days of each other; a small logistic model over the features of `khabar.corroborate.links.compare`
scores them. Its weights, in `data/corroborate/links.tsv`, are fitted by `scripts/fit_links.py`. A word of more than
`_COMMON` documents ties each to its neighbours in time only, so that a story of a thousand reports costs a thousand
steps and not half a million.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import msgspec
import numpy as np
from numpy.typing import NDArray

from khabar.corroborate.links.compare import Affinities, build_affinities, compare
from khabar.corroborate.odds import Odds, odds_of
from khabar.corroborate.profiles import Happening, Profile
from khabar.resources import Tables

__all__ = ["Candidate", "LinkModel", "build_link_model", "candidate_links"]

_KEYS = 20  # heaviest words of title and lead, and as many of the whole text, by which a document is found
_NAMED = 5  # heaviest names of title and lead that, with the type, are a key each: a village is named under many words
_SHARED = 2  # of them that two documents must have in common
_DAYS = 10  # between publications; a report of an older happening is a follow-up
_COMMON = 60
_NO_DAY = 10_000_000
_NEIGHBOURS = 5

Integers = NDArray[np.int64]


class LinkModel(msgspec.Struct, frozen=True):
    """Log-odds that two happenings are one, over the features of `compare`."""

    odds: Odds
    affinities: Affinities

    def features(self, left: Profile, right: Profile, happening: int = 0) -> dict[str, float]:
        """The features of the main happening of one document, and the main or another happening of the other."""
        return compare(left.happenings[0], right.happenings[happening], left.at, right.at, self.affinities)

    def score(self, features: dict[str, float]) -> float:
        """Probability from 0 to 1."""
        return self.odds.probability(features.items())


def build_link_model(tables: Tables) -> LinkModel:
    """The model from its table."""
    return LinkModel(odds_of(tables, "links"), build_affinities(tables))


class Candidate(msgspec.Struct, frozen=True, order=True, gc=False):
    """A pair of documents by index that is worth comparing: `left`'s main happening and one of `right`'s.

    Where that is the main one too (0), left < right.
    """

    left: int
    right: int
    happening: int


def candidate_links(profiles: Sequence[Profile]) -> list[Candidate]:
    """Pairs of a main happening and another that are worth comparing, in order.

    `profiles` are in canonical order (`khabar.corroborate.corpus`); the result depends on what is there alone.
    """
    units = [(index, number) for index, profile in enumerate(profiles) for number in range(len(profile.happenings))]
    keys: list[int] = []
    owners: list[int] = []
    for unit, (index, number) in enumerate(units):
        found = _keys(profiles[index].happenings[number])
        keys += map(_hash, found)
        owners += [unit] * len(found)
    days = np.array([_day(profiles[index], profiles[index].happenings[number]) for index, number in units], np.int64)
    codes = _pair_codes(np.array(keys, np.uint64), np.array(owners, np.int64), days, len(units))
    pairs, shared = np.unique(codes, return_counts=True)
    pairs = pairs[shared >= _SHARED]
    count = max(1, len(units))
    rows = zip((pairs // count).tolist(), (pairs % count).tolist(), strict=True)
    made = (_candidate(units[left], units[right]) for left, right in rows)
    return sorted(candidate for candidate in made if candidate is not None)


def _keys(happening: Happening) -> list[str]:
    named = (f"{name} {happening.type}" for name in _heaviest(happening.lead_names, _NAMED))
    words = dict.fromkeys([*_heaviest(happening.lead_words, _KEYS), *_heaviest(happening.words, _KEYS)])
    return [*words, *named]


def _heaviest(words: dict[str, float], most: int) -> list[str]:
    return sorted(words, key=lambda word: (-words[word], word))[:most]


def _candidate(one: tuple[int, int], other: tuple[int, int]) -> Candidate | None:
    if one[0] == other[0] or (one[1] and other[1]):
        return None
    main, second = (other, one) if one[1] else (one, other)
    return Candidate(main[0], second[0], second[1])


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _day(profile: Profile, happening: Happening) -> int:
    """The day of publication in UTC, else that of the happening; what has neither is compared among itself."""
    if profile.at:
        return date.fromisoformat(profile.at[:10]).toordinal()
    return happening.days[1] if happening.dated and happening.days else _NO_DAY


def _pair_codes(keys: NDArray[np.uint64], owners: Integers, days: Integers, count: int) -> Integers:
    """`left * count + right` for every key that a pair shares within `_DAYS`, once a key.

    Of a crowded key, one that more than `_COMMON` documents hold within the reach of some document, only neighbours.
    """
    parts = [np.empty(0, np.int64)]
    order = np.lexsort((owners, days[owners], keys))
    keys, owners = keys[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.int64)
    sizes = np.diff(np.concatenate([starts, [len(keys)]]))
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        members = owners[start : start + size]
        # In the order of time, those within reach of a member follow it.
        reach = np.searchsorted(days[members], days[members] + _DAYS, "right") - np.arange(size) - 1
        most = int(reach.max())
        for step in range(1, (most if most <= _COMMON else _NEIGHBOURS) + 1):
            left = np.flatnonzero(reach >= step)
            one, other = members[left], members[left + step]
            parts.append(np.minimum(one, other) * count + np.maximum(one, other))
    return np.concatenate(parts)
