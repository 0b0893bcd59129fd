"""Scores for the places that a name may mean.

A score adds, for one candidate: how well known such a place is (kind, people); whether a head before the name asks
for its kind; how much the article is about its country (places named, publisher); whether what contains it is named,
beside it or anywhere; and how near it lies to other places, of the sentence and of the article. Names that mean one
place only are the anchors; the rest follows in two rounds. The weights were set by hand on annotated news.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from khabar.mentions.gazetteer import Entry, Gazetteer, Point
from khabar.mentions.places_find import Spot, distance_km

__all__ = ["Group", "Scored", "fits_head", "group_spots", "rank"]

_KINDS = {
    "PCLI": 10.5, "PCLH": 3.0, "CONT": 5.0, "OCN": 6.5, "SEA": 6.5, "GULF": 6.0, "PPLC": 4.6, "ADM1": 3.9, "RGN": 3.8,
    "ADM2": 1.6, "ADM3": 0.2, "PPLA": 3.6, "PPLX": 2.0, "PPL": 0.6, "LCTY": 0.5,
}  # fmt: skip
_SITE = 3.0  # kinds that are not listed: waters, mountains, bases, crossings
_ARAB = frozenset("AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
_NEIGHBOURS = frozenset("IR TR IL SS TD ER ET AF PK".split())
_SENTENCE_KM, _ARTICLE_KM = 120.0, 250.0
_ROUNDS = 2
_AT_HOME = 1.5
_SHARED = 2.0  # seas and regions of several countries have no share of the article's countries: half of it
_MAX_ANCHORS = 40


class Scored(msgspec.Struct, frozen=True, gc=False):
    """One candidate with its raw score and its share among the candidates of the name (they add up to 1)."""

    entry: Entry
    raw: float
    share: float


class Group(msgspec.Struct, frozen=True, gc=False):
    """All occurrences of one name in an article: one sense unless heads disagree. `features`: what heads ask for."""

    form: str
    features: tuple[str, ...]
    spots: tuple[Spot, ...]
    entries: tuple[Entry, ...]
    linked: tuple[str, ...]


class _Anchor(msgspec.Struct, frozen=True, gc=False):
    form: str
    entry: Entry
    point: Point | None
    weight: float
    sentences: frozenset[int]
    containers: frozenset[str]


def group_spots(
    spots: Iterable[Spot], features: dict[int, tuple[str, ...]], linked: dict[int, tuple[str, ...]]
) -> list[Group]:
    """Groups in order of first occurrence. `features` and `linked` (forms of places joined to it) by spot start."""
    by_form: dict[str, list[Spot]] = {}
    for spot in spots:
        if spot.entries:
            by_form.setdefault(spot.form, []).append(spot)
    groups = []
    for form, same in by_form.items():
        asked = dict.fromkeys(f for spot in same for f in features.get(spot.start, ()))
        near = dict.fromkeys(f for spot in same for f in linked.get(spot.start, ()))
        groups.append(Group(form, tuple(asked), tuple(same), same[0].entries, tuple(near)))
    return groups


def rank(groups: Sequence[Group], home: str | None, gazetteer: Gazetteer) -> dict[str, tuple[Scored, ...]]:
    """Candidates of every name, best first. `home` is the publisher's country."""
    scores = {group.form: _shares([(e, _prior(e, group.features, home)) for e in group.entries]) for group in groups}
    for _ in range(_ROUNDS):
        anchors = _anchors(groups, scores, gazetteer)
        scores = {
            group.form: _shares(
                [(e, _prior(e, group.features, home) + context)
                 for e, context in _contexts(group, anchors, gazetteer)]
            )
            for group in groups
        }  # fmt: skip
    return scores


def _prior(entry: Entry, features: Sequence[str], home: str | None) -> float:
    score = _KINDS.get(entry.feature, _SITE)
    if entry.feature.startswith("PPL"):
        score += 0.65 * math.log10(entry.population + 1)
    if not entry.weak:
        score += 0.8
    score += 1.2 if entry.country in _ARAB else 0.4 if entry.country in _NEIGHBOURS else 0.0
    if entry.country and entry.country == home:
        score += _AT_HOME if entry.feature != "PCLI" else _AT_HOME + 1.0
    if features:
        fits = [number for number, feature in enumerate(features) if fits_head(entry, feature)]
        score += 3.0 - 0.4 * min(fits) if fits else 0.0 if entry.feature == "PCLI" else -1.5
    return score


def fits_head(entry: Entry, feature: str) -> bool:
    """Whether an entry is of the kind that a head asks for. A capital is no `مديرية` or `بلدة`."""
    return entry.feature.startswith(feature) and (entry.feature != "PPLC" or feature == "PPLC")


def _shares(pairs: Sequence[tuple[Entry, float]]) -> tuple[Scored, ...]:
    top = max(raw for _, raw in pairs)
    weights = [math.exp(raw - top) for _, raw in pairs]
    total = sum(weights)
    ranked = sorted(zip(pairs, weights, strict=True), key=lambda item: (-item[1], item[0][0].id))
    return tuple(Scored(entry, raw, weight / total) for (entry, raw), weight in ranked)


def _anchors(groups: Sequence[Group], scores: dict[str, tuple[Scored, ...]], gazetteer: Gazetteer) -> list[_Anchor]:
    anchors = []
    for group in groups:
        best = scores[group.form][0]
        sentences = frozenset(spot.sentence for spot in group.spots)
        weight = best.share * (1 + math.log2(len(group.spots)))
        point = gazetteer.point(best.entry)
        chain = frozenset((best.entry.id, *gazetteer.containers(best.entry)))
        anchors.append(_Anchor(group.form, best.entry, point, weight, sentences, chain))
    anchors.sort(key=lambda anchor: (-anchor.weight, anchor.form))
    return anchors[:_MAX_ANCHORS]


def _contexts(group: Group, anchors: Sequence[_Anchor], gazetteer: Gazetteer) -> list[tuple[Entry, float]]:
    """Every candidate with what the rest of the article says for it; a name is no evidence for itself."""
    others = [anchor for anchor in anchors if anchor.form != group.form]
    countries = _country_shares(others)
    return [(entry, _context(entry, group, others, countries, gazetteer)) for entry in group.entries]


def _country_shares(anchors: Sequence[_Anchor]) -> dict[str, float]:
    total = 0.0
    shares: dict[str, float] = {}
    for anchor in anchors:
        if anchor.entry.country:
            shares[anchor.entry.country] = shares.get(anchor.entry.country, 0.0) + anchor.weight
            total += anchor.weight
    return {country: weight / total for country, weight in shares.items()} if total else {}


def _context(
    entry: Entry, group: Group, anchors: Sequence[_Anchor], countries: dict[str, float], gazetteer: Gazetteer
) -> float:
    score = 4.0 * countries.get(entry.country, 0.0) if entry.country else _SHARED
    point = gazetteer.point(entry)
    mine = frozenset(spot.sentence for spot in group.spots)
    containers = frozenset(gazetteer.containers(entry))
    divisions = containers - {place.id for place in (gazetteer.countries.get(entry.country),) if place}
    near_sentence = near_article = contained = 0.0
    for anchor in anchors:
        together = bool(mine & anchor.sentences)
        linked = anchor.form in group.linked
        if anchor.entry.id in containers:
            kind = 1.0 if anchor.entry.feature != "PCLI" else 0.5
            contained = max(contained, (4.0 if linked else 2.0 if together else 1.0) * kind)
        elif linked and anchor.containers & divisions:
            contained = max(contained, 3.0)  # `القاهرة بمدينة تعز`: both in one division
        if point is None or anchor.point is None or anchor.entry.feature in {"PCLI", "CONT"}:
            continue
        km = distance_km(point.lat, point.lon, anchor.point.lat, anchor.point.lon)
        if together or linked:
            near_sentence = max(near_sentence, math.exp(-km / _SENTENCE_KM) * (1.5 if linked else 1.0))
        near_article = max(near_article, math.exp(-km / _ARTICLE_KM) * min(1.0, anchor.weight))
    return score + 2.5 * near_sentence + 1.5 * near_article + contained
