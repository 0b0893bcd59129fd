"""How two happenings of different documents compare: named features, each with a meaning a person can check.

Missing is missing: a feature is 0 where either side does not say, and its counterpart (`place apart`, `days apart`)
speaks only where both do.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec

from khabar.corroborate.profiles import Figure, Happening, Profile, Spot
from khabar.resources import Tables

__all__ = ["Affinities", "build_affinities", "compare", "cosine"]

_NEAR_KM = 25.0
_EARTH_KM = 6371.0


class _Row(msgspec.Struct, frozen=True):
    left: str
    right: str
    affinity: float


class Affinities(msgspec.Struct, frozen=True):
    """How readily two event types tell of one happening."""

    pairs: dict[tuple[str, str], float]

    def of(self, left: str, right: str) -> float:
        """From 0 to 1; the same in either order."""
        return 1.0 if left == right else self.pairs.get((left, right), 0.0)


def build_affinities(tables: Tables) -> Affinities:
    """From data/corroborate/types.tsv."""
    pairs: dict[tuple[str, str], float] = {}
    for row in tables.rows("corroborate/types.tsv", _Row):
        pairs[row.left, row.right] = pairs[row.right, row.left] = row.affinity
    return Affinities(pairs)


def compare(
    left: Profile, right: Profile, one: Happening, other: Happening, affinities: Affinities, shared: float = 0.0
) -> dict[str, float]:
    """Features of a pair, the same in either order; `shared` is the containment of the shorter text in the longer."""
    found = dict(_words(left, right, one, other))
    found["type"] = affinities.of(one.type, other.type)
    found["types"] = max(affinities.of(a, b) for a in one.types for b in other.types)
    found.update(_places(one, other))
    found.update(_times(left, right, one, other))
    found.update(_actors(one, other))
    found.update(_figures(one.figures, other.figures))
    found["copied"] = shared
    found["lead copied"] = _lead_copied(left, right)
    return found


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """Of two weighted sets of words; 0 where one is empty."""
    if len(one) > len(other):
        one, other = other, one
    dot = sum(weight * other[word] for word, weight in one.items() if word in other)
    if not dot:
        return 0.0
    return dot / math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))


def _words(left: Profile, right: Profile, one: Happening, other: Happening) -> Iterator[tuple[str, float]]:
    yield "words", cosine(one.words, other.words)
    yield "titles", cosine(left.title_words, right.title_words)
    across = sorted((_covered(left.title_words, other.words), _covered(right.title_words, one.words)))
    yield "title in lead", across[0]
    yield "title in lead, best", across[1]


def _covered(title: dict[str, float], lead: dict[str, float]) -> float:
    """The share of a title's weight whose words stand in the other's lead."""
    whole = sum(title.values())
    return sum(weight for word, weight in title.items() if word in lead) / whole if whole else 0.0


def _lead_copied(left: Profile, right: Profile) -> float:
    """The share of one's passage of interest that stands in the other's."""
    shorter = min(len(left.focus), len(right.focus))
    return len(set(left.focus) & set(right.focus)) / shorter if shorter else 0.0


def _places(one: Happening, other: Happening) -> Iterator[tuple[str, float]]:
    own = [spot for spot in one.spots if spot.precision != "country"]
    others = [spot for spot in other.spots if spot.precision != "country"]
    best = max((_relation(a, b) for a in own for b in others), default=0.0)
    first = _relation(own[0], others[0]) if own and others else 0.0
    yield "place", best
    yield "first place", first
    yield "place apart", float(bool(own and others) and best < 0.3)
    countries = [{spot.id for spot in side.spots if spot.precision == "country"} for side in (one, other)]
    yield "country", float(bool(countries[0] & countries[1]))


def _relation(one: Spot, other: Spot) -> float:
    """1 the same place, 0.7 one within the other, 0.6 near, 0.3 in one region, 0 apart or unknown."""
    if one.id == other.id:
        return 1.0
    if one.id == other.parent or other.id == one.parent:
        return 0.7
    distance = _kilometres(one, other)
    if distance is not None:
        radius = max(one.radius_km or 0.0, other.radius_km or 0.0)
        if distance <= radius and "region" in {one.precision, other.precision}:
            return 0.5 if one.precision == other.precision else 0.6
        if distance <= _NEAR_KM:
            return 0.6
    return 0.3 if one.parent is not None and one.parent == other.parent else 0.0


def _kilometres(one: Spot, other: Spot) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, east = math.radians(one.lat), math.radians(other.lat)
    turn = math.sin(math.radians(other.lat - one.lat) / 2) ** 2
    turn += math.cos(north) * math.cos(east) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(turn)))


def _times(left: Profile, right: Profile, one: Happening, other: Happening) -> Iterator[tuple[str, float]]:
    if one.days is None or other.days is None:
        return
    gap = max(0, max(one.days[0], other.days[0]) - min(one.days[1], other.days[1]))
    if one.dated and other.dated:
        yield "same days", float(gap == 0)
        yield "days apart", min(gap, 4) / 4
    else:
        yield "guessed days apart", min(gap, 4) / 4


def _actors(one: Happening, other: Happening) -> Iterator[tuple[str, float]]:
    for role in ("agents", "targets"):
        own, others = set(getattr(one, role)), set(getattr(other, role))
        if own and others:
            yield f"{role} shared", float(bool(own & others))
            yield f"{role} apart", float(not own & others)


def _figures(own: tuple[Figure, ...], others: tuple[Figure, ...]) -> Iterator[tuple[str, float]]:
    same = differ = 0
    for role in ("killed", "injured", "count"):
        mine = [f for f in own if f.role == role]
        theirs = [f for f in others if f.role == role]
        if mine and theirs:
            agree = any((a.min, a.max) == (b.min, b.max) for a in mine for b in theirs)
            same += agree
            differ += not agree
    yield "figures same", float(same > 0)
    yield "figures differ", float(differ > 0 and not same)
