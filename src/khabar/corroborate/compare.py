"""How two main happenings of different documents compare: named features, each with a meaning a person can check.

What a report does not say counts neither for nor against: a feature is 0 where either side is silent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime

import msgspec

from khabar.corroborate.profiles import Figure, Happening, Profile
from khabar.resources import Tables

__all__ = ["FEATURES", "Affinities", "build_affinities", "compare", "cosine"]

FEATURES = {
    "words": "cosine of the two texts' weighted words",
    "title told": "share of the weight of a title's words that the other text holds, the lesser of both ways",
    "title told, best": "the same, the greater of both ways",
    "title in lead": "share of the weight of a title's words that the other's lead holds, the lesser of both ways",
    "rarest word": "how rare the rarest word is that title and lead of both hold; 1 is a name",
    "third rarest word": "how rare the third such word is",
    "lead copied": "share of one's lead that stands in the other's, in shingles",
    "place told": "how many of the two name the place of the other's happening: 0, a half or 1",
    "types apart": "the happenings, and all that the titles name, are of types that never tell of one happening",
    "agent shared": "both name an agent, and one is the same",
    "days apart": "days between the happenings, 1 from four on; 0 where one text names the other's day",
    "published apart": "time between the publications, 1 from five days on",
    "numbers same": "the leads give one number of dead, hurt or counted alike",
    "numbers differ": "they give such numbers, and none alike",
    "ordinals apart": "the titles count differently: the first ship, the second ship",
}
_RAREST = 6.0  # weight of a word that is rare enough to be a name
_HOURS = 120.0
_DAYS = 4


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


def compare(left: Profile, right: Profile, affinities: Affinities) -> dict[str, float]:
    """`FEATURES` of two documents with a main happening, from 0 to 1, the same in either order."""
    one, other = left.happenings[0], right.happenings[0]
    found = dict(_words(left, right, one, other))
    found["place told"] = _told(one, right) / 2 + _told(other, left) / 2
    found["types apart"] = float(not any(affinities.of(a, b) for a in one.types for b in other.types))
    found["agent shared"] = float(not set(one.agents).isdisjoint(other.agents))
    found.update(_times(left, right, one, other))
    found.update(_figures(one.figures, other.figures))
    ordinals = set(left.ordinals), set(right.ordinals)
    found["ordinals apart"] = float(all(ordinals) and ordinals[0].isdisjoint(ordinals[1]))
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
    yield "words", cosine(left.words, right.words)
    told = sorted((_covered(left.title_words, right.words), _covered(right.title_words, left.words)))
    yield from (("title told", told[0]), ("title told, best", told[1]))
    yield "title in lead", min(_covered(left.title_words, other.words), _covered(right.title_words, one.words))
    shared = sorted(min(weight, other.words[word]) for word, weight in one.words.items() if word in other.words)
    for name, rank in (("rarest word", 1), ("third rarest word", 3)):
        yield name, min(shared[-rank], _RAREST) / _RAREST if len(shared) >= rank else 0.0
    shorter = min(len(left.lead), len(right.lead))
    yield "lead copied", len(set(left.lead) & set(right.lead)) / shorter if shorter else 0.0


def _covered(title: dict[str, float], words: dict[str, float]) -> float:
    """The share of a title's weight whose words are among others."""
    whole = sum(title.values())
    return sum(weight for word, weight in title.items() if word in words) / whole if whole else 0.0


def _told(one: Happening, other: Profile) -> float:
    """Whether the other text names the place of a happening, be it only by its words."""
    spot = next((spot for spot in one.spots if spot.precision != "country"), None)
    if spot is None:
        return 0.0
    return float(
        spot.id in other.places or (spot.name != "" and all(word in other.words for word in spot.name.split()))
    )


def _times(left: Profile, right: Profile, one: Happening, other: Happening) -> Iterator[tuple[str, float]]:
    if left.at and right.at:
        hours = abs((_moment(left.at) - _moment(right.at)).total_seconds()) / 3600
        yield "published apart", min(hours, _HOURS) / _HOURS
    if one.days is None or other.days is None:
        return
    # The day of a statement is taken for that of the happening easily: what counts is that neither tells the other's.
    told = (one.dated and _on(one.days, right.days)) or (other.dated and _on(other.days, left.days))
    gap = max(0, max(one.days[0], other.days[0]) - min(one.days[1], other.days[1]))
    yield "days apart", 0.0 if told else min(gap, _DAYS) / _DAYS


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
