"""How two main happenings of different documents compare: named features, each with a meaning a person can check.

What a report does not say counts neither for nor against: a feature is 0 where either side is silent.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime

import msgspec

from khabar.corroborate.links.series import SERIES, compare_series
from khabar.corroborate.profiles import Figure, Happening, Spot
from khabar.resources import Tables

__all__ = ["FEATURES", "Affinities", "build_affinities", "compare", "cosine", "go_together"]

FEATURES = {
    "words": "cosine of the two texts' weighted words",
    "title in lead": "share of the weight of a title's words that the other's lead holds, the lesser of both ways",
    "rarest word": "how rare the rarest word is that title and lead of both hold; 1 is a name",
    "third rarest word": "how rare the third such word is",
    "lead copied": "share of one's lead that stands in the other's, in shingles, as far as it is over 70 %: a series "
    "repeats that much of its template",
    "types apart": "the happenings, and all that the titles name, are of types that never tell of one happening",
    "answers": "one denies or corrects what was told before, and both are of one type: the square of the share "
    "of what it denies, by root and weight, that the other tells; a quarter where their types go together",
    "day recalled": "they were published on two days, and one names the day that the other gives the happening, and "
    "has no other day itself",
    "days apart": "days between the happenings, 1 from four on; 0 where one text names the other's day",
    "answers on other days": "one denies or corrects, and both give their days, which exclude each other",
    "published apart": "time between the publications, 1 from five days on; half where one denies or corrects",
    "numbers same": "the leads give one number of dead, hurt or counted alike: its logarithm, 1 from twenty on, since "
    "small numbers are alike by chance",
    "deed untold": "one text does not say the word, by root, that names the other's happening",
    "next step": "title or first sentence of one tell what comes after a happening (a release, a burial), and the "
    "other text does not tell of it as done",
    "everyday": "both are of a type that officials, clubs and firms do every day: talks, visits, support, aid",
    "everyday with others": "both are: the share of names untold in leads times that in titles, since only with "
    "whom it was done tells one such deed from the next",
    "length": "characters of the longer text, 1 from five thousand on: what is long touches on much",
    "lead untold": "share of the weight of a lead, by root, that the other text does not tell, the greater; 0 where "
    "one denies or corrects",
    "day and place": "both give one day, or two nights, and their leads one place: how rare its name is",
    "ordinals apart": "the titles count differently: the first ship, the second ship",
    **SERIES,
}
_RAREST = 6.0  # weight of a word that is rare enough to be a name
_HOURS = 120.0
_DAYS = 4
_TOGETHER, _RELATED = 0.4, 0.25  # least affinity of types that go together, and how much that counts beside one type
_TEMPLATE = 0.7  # share of a lead
_COUNTED = ("killed", "injured", "count")
_SMALL, _LARGE = 1.2, 20.0  # numbers that say hardly anything, and enough
_TOWN = ("exact", "near")
_EVERYDAY = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AGREE", "AID", "REQUEST", "MOVE"})
_LONG = 5000  # characters


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
    next_step = _goes_on(one, other) or _goes_on(other, one)
    # Who denies something of the release says nothing of the kidnapping.
    answers = (one.answers or other.answers) and not next_step
    found["types apart"] = float(not any(affinities.of(a, b) for a in one.types for b in other.types))
    found["deed untold"] = float(_untold(one.deed, other) or _untold(other.deed, one))
    found["next step"] = float(next_step)
    answered = max(_answered(one, other), _answered(other, one)) ** 2
    found["answers"] = 0.0 if next_step else _alike(one, other, affinities) * answered
    found["lead untold"] = 0.0 if answers else max(_lead_untold(one, other), _lead_untold(other, one))
    found["everyday"] = float(one.type in _EVERYDAY and other.type in _EVERYDAY)
    found["length"] = min(1.0, max(one.end - one.start, other.end - other.start) / _LONG)
    found["day and place"] = _day_and_place(one, other)
    if at and other_at:
        hours = abs((_moment(at) - _moment(other_at)).total_seconds()) / 3600
        found["published apart"] = min(hours, _HOURS) / _HOURS / (2 if answers else 1)
    found["days apart"] = _days_apart(one, other)
    found["answers on other days"] = float(answers and found["days apart"] > 0 and one.dated and other.dated)
    found["numbers same"] = _number_same(one.figures, other.figures)
    ordinals = set(one.ordinals), set(other.ordinals)
    found["ordinals apart"] = float(all(ordinals) and ordinals[0].isdisjoint(ordinals[1]))
    found.update(compare_series(one, other, found["words"]))
    found["day recalled"] = float(
        at[:10] != other_at[:10]
        and (_recalls(one, other) or _recalls(other, one))
        and not found["words on other days"]  # what is on a day of its own recalls what it follows
    )
    found.update(_missed(one, other, found))
    found["everyday with others"] = found["everyday"] * found["names untold"] * found["title's names untold"]
    return found


def _missed(one: Happening, other: Happening, found: dict[str, float]) -> Iterator[tuple[str, float]]:
    """How much names are missed: less where both put one kind of happening into one rare place and on no other day,
    for those that differ are then of who speaks of it."""
    alike = 0.0
    if one.type == other.type and not found["words on other days"]:
        alike = max(_rarity(one, other), _rarity(other, one)) * (1 - found["days apart"])
    for name in ("names untold", "title's names untold"):
        yield name, found[name] * (1 - alike)


def go_together(one: Happening, other: Happening, affinities: Affinities) -> bool:
    """Whether two are of one type, or of types that readily tell of one happening; by what the titles name, too."""
    return max(affinities.of(a, b) for a in one.types for b in other.types) >= _TOGETHER


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


def _rarity(one: Happening, other: Happening) -> float:
    """How rare the name of a happening's place is, from 0 to 1, if the other text names it, be it only by its words."""
    spot = _place(one)
    if spot is None:
        return 0.0
    told = spot.id in other.places or (spot.name != "" and all(word in other.words for word in spot.name.split()))
    return min(spot.rarity, _RAREST) / _RAREST if told else 0.0


def _place(one: Happening) -> Spot | None:
    return next((spot for spot in one.spots if spot.precision != "country"), None)


def _days_apart(one: Happening, other: Happening) -> float:
    if one.days is None or other.days is None:
        return 0.0
    # The day of a statement is taken for that of the happening easily: what counts is that neither tells the other's.
    if (one.dated and _on(one.days, other.told_days)) or (other.dated and _on(other.days, one.told_days)):
        return 0.0
    return min(max(0, max(one.days[0], other.days[0]) - min(one.days[1], other.days[1])), _DAYS) / _DAYS


def _recalls(one: Happening, other: Happening) -> bool:
    """Whether the other text names the day, or the night, that one gives the happening."""
    return one.dated and one.days is not None and one.days[1] - one.days[0] <= 1 and _on(one.days, other.told_days)


def _on(days: tuple[int, int], told: tuple[int, ...]) -> bool:
    return any(days[0] <= day <= days[1] for day in told)


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at.replace("Z", "+00:00"))


def _alike(one: Happening, other: Happening, affinities: Affinities) -> float:
    """Whether two are of one type; a little where their types, or what the titles name, go together."""
    if one.type == other.type:
        return 1.0
    return _RELATED if go_together(one, other, affinities) else 0.0


def _number_same(own: tuple[Figure, ...], others: tuple[Figure, ...]) -> float:
    """How telling the largest number is that both give."""
    counted = ({(f.role, f.min, f.max) for f in figures if f.role in _COUNTED} for figures in (own, others))
    same = next(counted) & next(counted)
    most = max((low if low is not None else high or 0.0 for _, low, high in same), default=0.0)
    return min(1.0, math.log(max(most, _SMALL)) / math.log(_LARGE)) if same else 0.0


def _answered(one: Happening, other: Happening) -> float:
    """How much of what one denies or corrects the other tells."""
    return _told_share(one.answered, other)


def _told_share(roots: dict[str, float], other: Happening) -> float:
    """The share of a weight that another text tells: by no commoner a word of the root (`استقال` is not `قال`)."""
    whole = sum(roots.values())
    told = sum(min(w, other.lead_roots.get(root) or other.text_roots.get(root, 0.0)) for root, w in roots.items())
    return told / whole if whole else 0.0


def _lead_untold(one: Happening, other: Happening) -> float:
    return 1.0 - _told_share(one.lead_roots, other) if one.lead_roots else 0.0


def _untold(deed: tuple[str, ...], other: Happening) -> bool:
    return bool(deed) and not any(root in other.lead_roots or root in other.text_roots for root in deed)


def _goes_on(one: Happening, other: Happening) -> bool:
    return not set(one.steps) <= set(other.told_steps)


def _day_and_place(one: Happening, other: Happening) -> float:
    if not (one.dated and other.dated and one.days and other.days):
        return 0.0
    if max(one.days[1] - one.days[0], other.days[1] - other.days[0]) > 1:
        return 0.0
    if max(one.days[0], other.days[0]) > min(one.days[1], other.days[1]):
        return 0.0
    own, others = ({spot.id: spot for spot in side.spots if spot.precision in _TOWN} for side in (one, other))
    return max((min(own[key].rarity, _RAREST) / _RAREST for key in own if key in others), default=0.0)
