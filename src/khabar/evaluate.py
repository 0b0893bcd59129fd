"""Scores against gold: what share of what a careful reader marked is found, and what share of what is found is right.

Spans match by intersection over union (IoU) of their code points, one to one, best first. Counts are summed over
articles (micro average); the interval is a 95 % bootstrap over articles. Names of metrics: `mention.*` by span and
type; `place.*`, `*.value` by what a mention stands for; `claim.*`, `event.*` and `role.*` by span and label; `_rare`
leaves out the usual value, which a constant would get right.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

import msgspec

from khabar.gold import Gold, GoldClaim, GoldEvent, GoldMention, GoldRole
from khabar.records import Claim, Event, Mention, Place, Reading, Role

__all__ = ["Metric", "Miss", "Report", "Score", "evaluate", "score_reading"]

TIGHT, LOOSE, TOUCHING = 0.8, 0.5, 0.3
_NEAR_KM = 161  # a hundred miles, the usual bound of geoparsing (accuracy@161)
_EARTH_DIAMETER_KM = 12742
_RESAMPLES = 300
_NAMES = ("PERSON", "ORG", "PLACE")


class Count(msgspec.Struct):
    """True positives, found, and in gold; for a share, found and in gold are both the number asked."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def f1(self) -> tuple[float, float, float]:
        """Precision, recall and F1 in percent; 0 where nothing was found or asked."""
        precision = 100 * self.right / self.found if self.found else 0.0
        recall = 100 * self.right / self.gold if self.gold else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


class Miss(msgspec.Struct, frozen=True):
    """Something that gold has and the reading has not, for people who mend the reader."""

    article: str
    kind: str
    text: str
    expected: str
    found: str


class Score(msgspec.Struct, frozen=True):
    """Counts of one article by metric, and what was missed."""

    counts: dict[str, Count]
    misses: list[Miss]


class Metric(msgspec.Struct, frozen=True):
    """One line of the report, in percent; `low` and `high` bound F1, `n` is the number in gold."""

    name: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    n: int


class Report(msgspec.Struct, frozen=True):
    """Scores of one reader against one folder of gold; `missing` names articles without a reading."""

    articles: int
    missing: tuple[str, ...]
    metrics: tuple[Metric, ...]
    misses: tuple[Miss, ...]


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


G = TypeVar("G")
P = TypeVar("P")


def evaluate(gold: Mapping[str, Gold], readings: Iterable[Reading]) -> Report:
    """Score readings, named by `external_id`, against gold; an article without a reading counts as nothing found."""
    by_id = {reading.document.external_id: reading for reading in readings}
    scores = [score_reading(item, by_id.get(name)) for name, item in gold.items()]
    documents = [score.counts for score in scores]
    rng = random.Random(0)
    resampled = [_total(rng.choices(documents, k=len(documents))) for _ in range(_RESAMPLES)]
    metrics = tuple(_metric(name, count, resampled) for name, count in sorted(_total(documents).items()))
    missing = tuple(sorted(set(gold) - set(by_id)))
    return Report(len(gold), missing, metrics, tuple(miss for score in scores for miss in score.misses))


def score_reading(gold: Gold, reading: Reading | None) -> Score:
    """Counts of one article."""
    tally = _Tally(gold.id)
    mentions = reading.mentions if reading else ()
    _score_names(tally, gold.mentions, mentions)
    _score_places(tally, gold.mentions, mentions)
    _score_values(tally, gold.mentions, mentions)
    _score_claims(tally, gold.claims, reading.claims if reading else ())
    _score_events(tally, gold.events, reading.events if reading else ())
    return Score(tally.counts, tally.misses)


class _Tally:
    def __init__(self, article: str) -> None:
        self.article = article
        self.counts: dict[str, Count] = {}
        self.misses: list[Miss] = []

    def add(self, name: str, right: int, found: int, gold: int) -> None:
        count = self.counts.setdefault(name, Count())
        count.right += right
        count.found += found
        count.gold += gold

    def share(self, name: str, right: int, asked: int) -> None:
        self.add(name, right, asked, asked)

    def miss(self, kind: str, text: str, expected: object, found: object) -> None:
        self.misses.append(Miss(self.article, kind, text, str(expected), "" if found is None else str(found)))


def _total(documents: Sequence[Mapping[str, Count]]) -> dict[str, Count]:
    out: dict[str, Count] = {}
    for counts in documents:
        for name, count in counts.items():
            sums = out.setdefault(name, Count())
            sums.right += count.right
            sums.found += count.found
            sums.gold += count.gold
    return out


def _metric(name: str, count: Count, resampled: Sequence[Mapping[str, Count]]) -> Metric:
    scores = sorted(counts[name].f1()[2] for counts in resampled if name in counts)
    low, high = scores[int(0.025 * len(scores))], scores[int(0.975 * len(scores)) - 1]
    precision, recall, f1 = count.f1()
    return Metric(name, precision, recall, f1, low, high, count.gold)


def _iou(left: _Span | None, right: _Span | None) -> float:
    if left is None or right is None:
        return 0.0
    common = min(left.end, right.end) - max(left.start, right.start)
    return common / (max(left.end, right.end) - min(left.start, right.start)) if common > 0 else 0.0


def _at_least(threshold: float) -> Callable[[_Span, _Span], float]:
    def similarity(left: _Span, right: _Span) -> float:
        value = _iou(left, right)
        return value if value >= threshold else 0.0

    return similarity


def _pair(gold: Sequence[G], found: Sequence[P], similarity: Callable[[G, P], float]) -> list[tuple[G, P]]:
    """One-to-one pairs, most similar first, then in the order of the text."""
    table = [(similarity(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(found)]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in sorted((row for row in table if row[0] > 0), key=lambda row: (-row[0], row[1], row[2])):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def _score_names(tally: _Tally, gold: Sequence[GoldMention], mentions: Sequence[Mention]) -> None:
    for name in _NAMES:
        wanted = [m for m in gold if m.type == name]
        found = [m for m in mentions if m.type == name]
        right = len(_pair(wanted, found, _at_least(TIGHT)))
        tally.add("mention." + name.lower(), right, len(found), len(wanted))
        tally.add("mention.all", right, len(found), len(wanted))


def _score_places(tally: _Tally, gold: Sequence[GoldMention], mentions: Sequence[Mention]) -> None:
    placed = [m for m in mentions if m.place]
    for wanted in gold:
        if wanted.type != "PLACE" or (norm := _place_norm(wanted.norm)) is None:
            continue
        near = [m for m in placed if _iou(wanted, m) >= LOOSE]
        best = max(near, key=lambda m: _iou(wanted, m)).place if near else None
        country, point = norm
        if point is not None:
            hit = best is not None and (_near(point, best) or _same_country(wanted, country, best))
            tally.share("place.within_161km", hit, 1)
            if not hit:
                tally.miss("place", wanted.text, wanted.norm, best and best.name_en)
        if country != "-":
            tally.share("place.country", best is not None and best.country == country, 1)


def _place_norm(norm: str | None) -> tuple[str, tuple[float, float] | None] | None:
    """Country code and point of `Name, CC, lat, lon`; the point is None where it is unknown."""
    parts = [part.strip() for part in (norm or "").rsplit(",", 3)]
    if len(parts) != 4:
        return None
    try:
        return parts[1], (float(parts[2]), float(parts[3]))
    except ValueError:
        return (parts[1], None) if re.fullmatch("[A-Z]{2}", parts[1]) else None


def _near(point: tuple[float, float], place: Place) -> bool:
    if place.lat is None or place.lon is None:
        return False
    return _distance_km(point, (place.lat, place.lon)) <= _NEAR_KM


def _distance_km(left: tuple[float, float], right: tuple[float, float]) -> float:
    """Great-circle distance by the haversine formula."""
    rad = math.pi / 180
    (lat1, lon1), (lat2, lon2) = left, right
    across = math.cos(lat1 * rad) * math.cos(lat2 * rad) * (1 - math.cos((lon2 - lon1) * rad)) / 2
    return _EARTH_DIAMETER_KM * math.asin(math.sqrt(max(0.0, 0.5 - math.cos((lat2 - lat1) * rad) / 2 + across)))


def _same_country(wanted: GoldMention, country: str, place: Place) -> bool:
    """A whole country has no point: it is right by name, however far apart two centroids lie."""
    if place.precision != "country" or place.country != country or place.lat is None:
        return False
    name = (wanted.norm or "").rsplit(",", 3)[0].strip().lower()
    got = (place.name_en or "").lower()
    return bool(got) and (name.startswith(got) or got.startswith(name))


def _score_values(tally: _Tally, gold: Sequence[GoldMention], mentions: Sequence[Mention]) -> None:
    for kind, key, same in (("TIME", "time", _same_time), ("QUANTITY", "quantity", _same_quantity)):
        wanted = [m for m in gold if m.type == kind]
        found = [m for m in mentions if m.type == kind]
        pairs = _pair(wanted, found, _at_least(TOUCHING))
        tally.add(key + ".span", len(pairs), len(found), len(wanted))
        right = 0
        for g, m in pairs:
            good = same(g, m)
            right += good
            if not good:
                tally.miss(key, g.text, g.norm, m.time.value if m.time else m.quantity)
        tally.add(key + ".value", right, len(found), len(wanted))


def _same_time(gold: GoldMention, mention: Mention) -> bool:
    return (mention.time.value if mention.time else None) == gold.norm


def _same_quantity(gold: GoldMention, mention: Mention) -> bool:
    quantity = mention.quantity
    return _bounds(gold.norm) == ((quantity.min, quantity.max) if quantity else (None, None))


def _bounds(norm: str | None) -> tuple[float | None, float | None] | None:
    match = re.match(r"\s*([\d.]*)\.\.([\d.]*)", norm or "")
    if not match:
        return None
    try:
        low, high = (float(group) if group else None for group in match.groups())
    except ValueError:
        return None
    return low, high


def _score_claims(tally: _Tally, gold: Sequence[GoldClaim], claims: Sequence[Claim]) -> None:
    close = _at_least(LOOSE)
    pairs = _pair(gold, claims, lambda g, c: close(g.content, c.content))
    tally.add("claim.content", len(pairs), len(claims), len(gold))
    tight = sum(_iou(g.content, c.content) >= TIGHT for g, c in pairs)
    tally.add("claim.content_tight", tight, len(claims), len(gold))
    both = [(g, c) for g, c in pairs if _iou(g.source, c.source) >= LOOSE]
    tally.add("claim.attribution", len(both), len(claims), len(gold))
    tally.share("claim.kind", sum(c.source is not None and g.kind == c.source.kind for g, c in both), len(both))
    _score_label(tally, "claim.stance", [(g.stance, c.stance) for g, c in both], usual="asserts")
    _score_label(tally, "claim.quote", [(g.quote, c.quote) for g, c in both], usual="indirect")
    carried = sum(len(_pair(g.via, c.via, close)) for g, c in pairs)
    tally.add("claim.via", carried, sum(len(c.via) for c in claims), sum(len(g.via) for g in gold))
    matched = {id(g) for g, _ in both}
    for g in gold:
        if id(g) not in matched:
            tally.miss("claim", g.source.text if g.source else "", g.content.text[:90], None)


def _score_label(tally: _Tally, name: str, pairs: Sequence[tuple[str, str]], *, usual: str) -> None:
    tally.share(name, sum(g == p for g, p in pairs), len(pairs))
    right = sum(g == p != usual for g, p in pairs)
    tally.add(name + "_rare", right, sum(p != usual for _, p in pairs), sum(g != usual for g, _ in pairs))


def _score_events(tally: _Tally, gold: Sequence[GoldEvent], events: Sequence[Event]) -> None:
    def similarity(g: GoldEvent, e: Event) -> float:
        overlap = _iou(g.trigger, e.trigger)
        return overlap + (g.type == e.type) if overlap >= LOOSE else 0.0

    pairs = _pair(gold, events, similarity)
    tally.add("event.trigger", len(pairs), len(events), len(gold))
    typed = [(g, e) for g, e in pairs if g.type == e.type]
    tally.add("event.typed", len(typed), len(events), len(gold))
    _score_label(tally, "event.factuality", [(g.factuality, e.factuality) for g, e in typed], usual="certain")
    for g, e in pairs:
        if g.type != e.type:
            tally.miss("event type", g.trigger.text, g.type, e.type)
    _score_roles(tally, gold, events, typed)


def _score_roles(
    tally: _Tally, gold: Sequence[GoldEvent], events: Sequence[Event], typed: Sequence[tuple[GoldEvent, Event]]
) -> None:
    names = sorted({r.role for g in gold for r in g.roles} | {str(r.role) for e in events for r in e.roles})
    for name in names:
        right = sum(len(_pair(_roles(g, name), _roles(e, name), _at_least(LOOSE))) for g, e in typed)
        found = sum(len(_roles(e, name)) for e in events)
        wanted = sum(len(_roles(g, name)) for g in gold)
        tally.add("role." + name, right, found, wanted)
        tally.add("role.all", right, found, wanted)


def _roles(event: GoldEvent | Event, name: str) -> list[GoldRole | Role]:
    return [role for role in event.roles if role.role == name]
