"""How two main happenings of different documents compare: named features, each with a meaning a person can check.

What a report does not say counts neither for nor against: a feature is 0 where either side is silent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime

import msgspec

from khabar.corroborate.profiles import Figure, Happening, Spot
from khabar.corroborate.series import SERIES, compare_series
from khabar.resources import Tables

__all__ = ["FEATURES", "Affinities", "build_affinities", "compare", "cosine"]

FEATURES = {
    "words": "cosine of the two texts' weighted words",
    "title in lead": "share of the weight of a title's words that the other's lead holds, the lesser of both ways",
    "rarest word": "how rare the rarest word is that title and lead of both hold; 1 is a name",
    "third rarest word": "how rare the third such word is",
    "lead copied": "share of one's lead that stands in the other's, in shingles, as far as it is over 70 %: a series "
    "repeats that much of its template",
    "place told": "how many of the two name the place of the other's happening: 0, a half or 1",
    "place and kind": "how rare the name of the place of one is, if the other is of its type, names it and is on "
    "no other day; 1 is a village",
    "words of place and kind": "that times the likeness of the words",
    "types apart": "the happenings, and all that the titles name, are of types that never tell of one happening",
    "agent shared": "both name an agent, and one is the same",
    "days apart": "days between the happenings, 1 from four on; 0 where one text names the other's day",
    "published apart": "time between the publications, 1 from five days on; half where one denies or corrects",
    "numbers same": "the leads give one number of dead, hurt or counted alike",
    "numbers differ": "they give such numbers, none alike, and neither denies or corrects",
    "ordinals apart": "the titles count differently: the first ship, the second ship",
    **SERIES,
}
_RAREST = 6.0  # weight of a word that is rare enough to be a name
_HOURS = 120.0
_DAYS = 4
_TEMPLATE = 0.7  # share of a lead


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


def compare(one: Happening, other: Happening, at: str, other_at: str, affinities: Affinities) -> dict[str, float]:
    """`FEATURES` of two happenings and the moments of their publication in UTC (empty where unknown), from 0 to 1.

    The same in either order.
    """
    found = dict(_words(one, other))
    found["place told"] = _told(one, other) / 2 + _told(other, one) / 2
    found["types apart"] = float(not any(affinities.of(a, b) for a in one.types for b in other.types))
    found["agent shared"] = float(not set(one.agents).isdisjoint(other.agents))
    if at and other_at:
        hours = abs((_moment(at) - _moment(other_at)).total_seconds()) / 3600
        found["published apart"] = min(hours, _HOURS) / _HOURS / (2 if one.answers or other.answers else 1)
    found["days apart"] = _days_apart(one, other)
    found.update(_figures(one.figures, other.figures))
    if one.answers or other.answers:  # whoever denies a number gives another
        found["numbers differ"] = 0.0
    ordinals = set(one.ordinals), set(other.ordinals)
    found["ordinals apart"] = float(all(ordinals) and ordinals[0].isdisjoint(ordinals[1]))
    found.update(compare_series(one, other, found["words"]))
    found.update(_placed(one, other, found))
    return found


def _placed(one: Happening, other: Happening, found: dict[str, float]) -> Iterator[tuple[str, float]]:
    """What one place and kind say, and how much names are missed then: those that differ are of who speaks of it."""
    alike = 0.0
    if one.type == other.type and not found["words on other days"]:
        alike = max(_rarity(one, other), _rarity(other, one)) * (1 - found["days apart"])
    yield "place and kind", alike
    yield "words of place and kind", alike * found["words"]
    for name in ("names untold", "title's names untold"):
        yield name, found[name] * (1 - alike)


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """Of two weighted sets of words; 0 where one is empty."""
    if len(one) > len(other):
        one, other = other, one
    dot = sum(weight * other[word] for word, weight in one.items() if word in other)
    if not dot:
        return 0.0
    return dot / math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))


def _words(one: Happening, other: Happening) -> Iterator[tuple[str, float]]:
    yield "words", cosine(one.words, other.words)
    lead, other_lead = one.lead_words, other.lead_words
    yield "title in lead", min(_covered(one.title_words, other_lead), _covered(other.title_words, lead))
    shared = sorted(min(weight, other_lead[word]) for word, weight in lead.items() if word in other_lead)
    for name, rank in (("rarest word", 1), ("third rarest word", 3)):
        yield name, min(shared[-rank], _RAREST) / _RAREST if len(shared) >= rank else 0.0
    shorter = min(len(one.lead), len(other.lead))
    copied = len(set(one.lead) & set(other.lead)) / shorter if shorter else 0.0
    yield "lead copied", max(0.0, copied - _TEMPLATE) / (1 - _TEMPLATE)


def _covered(title: dict[str, float], words: dict[str, float]) -> float:
    """The share of a title's weight whose words are among others."""
    whole = sum(title.values())
    return sum(weight for word, weight in title.items() if word in words) / whole if whole else 0.0


def _told(one: Happening, other: Happening) -> float:
    """Whether the other text names the place of a happening, be it only by its words."""
    spot = _place(one)
    if spot is None:
        return 0.0
    return float(
        spot.id in other.places or (spot.name != "" and all(word in other.words for word in spot.name.split()))
    )


def _rarity(one: Happening, other: Happening) -> float:
    """How rare the name of a happening's place is, from 0 to 1, if the other text names it."""
    spot = _place(one)
    return min(spot.rarity, _RAREST) / _RAREST if spot and _told(one, other) else 0.0


def _place(one: Happening) -> Spot | None:
    return next((spot for spot in one.spots if spot.precision != "country"), None)


def _days_apart(one: Happening, other: Happening) -> float:
    if one.days is None or other.days is None:
        return 0.0
    # The day of a statement is taken for that of the happening easily: what counts is that neither tells the other's.
    if (one.dated and _on(one.days, other.told_days)) or (other.dated and _on(other.days, one.told_days)):
        return 0.0
    return min(max(0, max(one.days[0], other.days[0]) - min(one.days[1], other.days[1])), _DAYS) / _DAYS


def _on(days: tuple[int, int], told: tuple[int, ...]) -> bool:
    return any(days[0] <= day <= days[1] for day in told)


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at.replace("Z", "+00:00"))


def _figures(own: tuple[Figure, ...], others: tuple[Figure, ...]) -> Iterator[tuple[str, float]]:
    same = differ = False
    for role in ("killed", "injured", "count"):
        mine = [(figure.min, figure.max) for figure in own if figure.role == role]
        theirs = [(figure.min, figure.max) for figure in others if figure.role == role]
        if mine and theirs:
            agree = not set(mine).isdisjoint(theirs)
            same, differ = same or agree, differ or not agree
    yield "numbers same", float(same)
    yield "numbers differ", float(differ and not same)
