"""Which place of a name is meant, by what the article says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from khabar.mentions.gazetteer import Entry, Gazetteer
from khabar.mentions.gazetteer_build import build_gazetteer, build_publishers, build_villages
from khabar.mentions.lexicon import names_form
from khabar.mentions.places_find import Spot, distance_km
from khabar.mentions.places_rank import Scored, fits_head, group_spots, rank
from khabar.mentions.places_words import CONTAINMENT, RELATIVE
from khabar.records import Candidate, Document, Mention, Place, Precision, Unresolved
from khabar.resources import Resources
from khabar.text import Sentence, Token

__all__ = ["known_place", "place_of", "resolve"]

_APART_KM = 100.0  # candidates nearer to each other than this are one place for who reads the article
# An ambiguous name: the best candidate has less than this share, and the next elsewhere nearly as much.
_CLEAR, _RIVAL = 0.6, 0.6
_CANDIDATES = 5
_NEAR_KM = 25.0  # radius of `شمال X`, and of a part of a town that has no point of its own
_BACK = 12  # places before it that an unknown place may lie in
_REACH = 6  # tokens between an unknown place and what contains it
_POINTS = tuple(
    "PPL AIR INSM NVB CRSG DAM CMP PRT PRN MSQE CH SHRN HSTS MSTY GATE PALC SQR NUC HSP BLDG STDM MUS HTL MT HLL PASS "
    "OIL PS BDG RDJCT LCTY SCH CAPE".split()
)


def resolve(
    document: Document,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    found: Sequence[Spot],
    resources: Resources,
) -> tuple[Mention, ...]:
    """Every PLACE with its `place` or with `unresolved`."""
    gazetteer = resources.compiled(build_gazetteer)
    home = resources.compiled(build_publishers).get((document.publisher or "").lower())
    places = [mention for mention in mentions if mention.type == "PLACE"]
    spots = _spots_of(places, found, gazetteer)
    features = {spot.start: _asked(spot, sentences, gazetteer) for spot in spots}
    linked = {spot.start: links for spot, links in _links(spots, sentences, gazetteer)}
    scores = rank(group_spots(spots, features, linked), home, gazetteer)
    resolved: dict[tuple[int, int], Mention] = {}
    by_start = {mention.start: mention for mention in places}
    for spot in spots:
        mention = by_start[spot.start]
        ranked = _fit(scores.get(spot.form, ()), features[spot.start], gazetteer)
        resolved[mention.start, mention.end] = _settled(mention, spot, ranked, sentences, gazetteer)
    resolved = _containers(resolved, spots, sentences, gazetteer, resources)
    return tuple(resolved.get((mention.start, mention.end), mention) if mention.type == "PLACE" else mention
                 for mention in mentions)  # fmt: skip


def _spots_of(places: Sequence[Mention], spots: Sequence[Spot], gazetteer: Gazetteer) -> list[Spot]:
    """The spot behind every mention; one that another stage made is looked up by its text."""
    known = {(spot.start, spot.end): spot for spot in spots}
    out = []
    for mention in places:
        spot = known.get((mention.start, mention.end))
        if spot is None:
            form = names_form(mention.text)
            spot = Spot(mention.start, mention.end, -1, 0, 0, form, "", gazetteer.lexicon.get(form))
        out.append(spot)
    return out


def _asked(spot: Spot, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> tuple[str, ...]:
    """Feature codes that the head before the name, or in it, asks for."""
    if spot.sentence < 0:
        return ()
    tokens = sentences[spot.sentence].tokens
    own = gazetteer.head(tokens[spot.first].norm[len(spot.prefix) :])
    if own is not None and own.inside and spot.last - spot.first > 1:
        return own.features
    if spot.prefix and spot.prefix != "ل":
        return ()
    at = spot.first - 1
    while at >= 0 and tokens[at].kind == "punct" and spot.first - at < 3:
        at -= 1
    head = gazetteer.head(tokens[at].norm) if at >= 0 else None
    if head is None and at > 0 and tokens[at - 1].norm.endswith("العاصمه"):
        head = gazetteer.heads.get("العاصمه")
    return head.features if head is not None and not head.inside else ()


def _links(
    spots: Sequence[Spot], sentences: Sequence[Sentence], gazetteer: Gazetteer
) -> list[tuple[Spot, tuple[str, ...]]]:
    """For every spot the names of places that a phrase joins to it (`X شمال Y`, `X بمحافظة Y`, `X وY`)."""
    out: list[tuple[Spot, list[str]]] = [(spot, []) for spot in spots]
    for (left, left_links), (right, right_links) in pairwise(out):
        if left.sentence != right.sentence or left.sentence < 0 or right.first - left.last > _REACH:
            continue
        between = sentences[left.sentence].tokens[left.last : right.first]
        if all(_link_word(token, gazetteer) for token in between):
            left_links.append(right.form)
            right_links.append(left.form)
    return [(spot, tuple(links)) for spot, links in out]


def _link_word(token: Token, gazetteer: Gazetteer) -> bool:
    return token.norm in CONTAINMENT or gazetteer.head(token.norm) is not None


def _fit(ranked: tuple[Scored, ...], features: tuple[str, ...], gazetteer: Gazetteer) -> tuple[Scored, ...]:
    """Where this occurrence has a head, a candidate of its kind first, if it lies where the best one does."""
    if not features or not ranked or ranked[0].entry.feature == "PCLI":
        return ranked
    top = ranked[0].entry
    order = {feature: number for number, feature in reversed(list(enumerate(features)))}
    same = [
        (min(order[f] for f in features if fits_head(s.entry, f)), -s.share, n)
        for n, s in enumerate(ranked)
        if any(fits_head(s.entry, f) for f in features) and _same_place(s.entry, top, gazetteer)
    ]
    if not same:
        return ranked
    first = ranked[min(same)[2]]
    return (first, *(s for s in ranked if s is not first))


def _settled(
    mention: Mention, spot: Spot, ranked: tuple[Scored, ...], sentences: Sequence[Sentence], gazetteer: Gazetteer
) -> Mention:
    if not ranked:
        return msgspec.structs.replace(mention, unresolved=Unresolved("unknown"))
    best = ranked[0]
    # A head may have put a candidate first that is in the same place as the likeliest one: they share.
    top = sum(s.share for s in ranked if _same_place(s.entry, best.entry, gazetteer))
    rival = max((s.share for s in ranked if not _same_place(s.entry, best.entry, gazetteer)), default=0.0)
    if top < _CLEAR and rival > _RIVAL * top:
        candidates = tuple(_candidate(scored, gazetteer) for scored in ranked[:_CANDIDATES])
        within = _common(ranked, gazetteer)
        return msgspec.structs.replace(mention, unresolved=Unresolved("ambiguous", within, candidates))
    return msgspec.structs.replace(mention, place=_place(best.entry, _relative(spot, sentences), gazetteer))


def _same_place(left: Entry, right: Entry, gazetteer: Gazetteer) -> bool:
    here, there = gazetteer.point(left), gazetteer.point(right)
    if {left.feature, right.feature} == {"PCLI", "PPLC"} and left.country == right.country:
        return True  # `تونس`, `الكويت`: the country and its capital are told apart by a head alone
    if here is None or there is None or left.country != right.country:
        return left.country == right.country and left.feature != "PCLI" != right.feature
    if not (here.own and there.own) and _area(left, gazetteer) == _area(right, gazetteer):
        return True  # one of them has no point of its own
    return distance_km(here.lat, here.lon, there.lat, there.lon) <= _APART_KM


def _candidate(scored: Scored, gazetteer: Gazetteer) -> Candidate:
    point = gazetteer.point(scored.entry)
    return Candidate(
        scored.entry.id, scored.entry.name_en or None, point.lat if point else None, point.lon if point else None,
        round(scored.share, 3),
    )  # fmt: skip


def _common(ranked: Sequence[Scored], gazetteer: Gazetteer) -> str | None:
    """The nearest container that all candidates share."""
    chains = [gazetteer.containers(scored.entry) for scored in ranked]
    return next((place for place in chains[0] if all(place in chain for chain in chains[1:])), None)


def _relative(spot: Spot, sentences: Sequence[Sentence]) -> bool:
    if spot.sentence < 0 or not spot.first:
        return False
    tokens = sentences[spot.sentence].tokens
    at = spot.first - 1
    word = tokens[at].norm
    if at and word in {"مدينه", "محافظه", "بلده", "قريه", "حي"}:
        word = tokens[at - 1].norm
    return word in RELATIVE


def known_place(key: str, resources: Resources) -> Place | None:
    """A place of the gazetteer by its id; None where it has none such."""
    gazetteer = resources.compiled(build_gazetteer)
    entry = gazetteer.by_id.get(key)
    return _place(entry, False, gazetteer) if entry else None


def place_of(entry: Entry, gazetteer: Gazetteer) -> Place:
    """A place of the gazetteer as a mention has it."""
    return _place(entry, False, gazetteer)


def _place(entry: Entry, relative: bool, gazetteer: Gazetteer) -> Place:
    point = gazetteer.point(entry)
    precision, radius = _precision(entry, relative, gazetteer)
    chain = gazetteer.containers(entry)
    return Place(
        id=entry.id, name_en=entry.name_en or None, name_ar=entry.name_ar or None, country=entry.country or None,
        parent=chain[0] if chain else None, lat=point.lat if point else None, lon=point.lon if point else None,
        radius_km=radius, precision=precision,
    )  # fmt: skip


def _precision(entry: Entry, relative: bool, gazetteer: Gazetteer) -> tuple[Precision, float | None]:
    if entry.feature == "PCLI":
        return "country", entry.radius_km
    point = gazetteer.point(entry)
    if point is None:
        return "region", entry.radius_km
    if not point.own:
        container = gazetteer.by_id.get(entry.within)
        part = container is not None and container.feature.startswith("PPL")
        return ("near", _NEAR_KM) if part else ("region", point.radius_km)
    if entry.feature.startswith(_POINTS):
        return ("near", _NEAR_KM) if relative else ("exact", None)
    return "region", entry.radius_km


def _containers(
    resolved: dict[tuple[int, int], Mention],
    spots: Sequence[Spot],
    sentences: Sequence[Sentence],
    gazetteer: Gazetteer,
    resources: Resources,
) -> dict[tuple[int, int], Mention]:
    """Unknown places get what contains them: a place named right after, else the last one named in the sentence."""
    out = dict(resolved)
    known = [mention.place for mention in resolved.values() if mention.place is not None]
    named = frozenset(place.id for place in known)
    yemen = any(place.country == "YE" for place in known)
    for number, spot in enumerate(spots):
        mention = resolved[spot.start, spot.end]
        if mention.unresolved is None or mention.unresolved.reason != "unknown":
            continue
        container = _container(number, spots, resolved, gazetteer)
        village = _village(spot, named, container, gazetteer, resources) if yemen else None
        if village is not None:
            out[spot.start, spot.end] = msgspec.structs.replace(mention, unresolved=None, place=village)
        elif container is not None:
            out[spot.start, spot.end] = msgspec.structs.replace(mention, unresolved=Unresolved("unknown", container))
    return out


def _container(
    number: int, spots: Sequence[Spot], resolved: dict[tuple[int, int], Mention], gazetteer: Gazetteer
) -> str | None:
    spot = spots[number]
    after = spots[number + 1 : number + 2]
    back = spots[max(0, number - _BACK) : number]
    before = [s for s in reversed(back) if s.sentence in {spot.sentence, spot.sentence - 1}]
    near = [s for s in after if s.sentence == spot.sentence and s.first - spot.last <= _REACH]
    for other in (*near, *before):
        place = resolved[other.start, other.end].place
        if place is not None:
            entry = gazetteer.by_id.get(place.id)
            return _area(entry, gazetteer) if entry is not None else place.parent
    return None


def _area(entry: Entry, gazetteer: Gazetteer) -> str:
    """The division that a place is or lies in: a village north of a town is in its governorate, not in the town."""
    for number in (entry.id, *gazetteer.containers(entry)):
        place = gazetteer.by_id.get(number)
        if place is not None and place.feature in {"ADM1", "ADM2", "ADM3", "RGN", "PCLI"}:
            return number
    return entry.id


def _village(
    spot: Spot, named: frozenset[str], container: str | None, gazetteer: Gazetteer, resources: Resources
) -> Place | None:
    """A village of the villages' table, if one district of what the article names has one of that name."""
    villages = resources.compiled(build_villages)
    districts = [gazetteer.by_id[i] for i in villages.get(spot.form, ()) if i in gazetteer.by_id]
    wanted = {container} if container else named
    fitting = [d for d in districts if wanted & {d.id, *gazetteer.containers(d)[:1]}]
    if len(fitting) != 1:
        return None
    district = fitting[0]
    point = gazetteer.point(district)
    name = spot.form
    return Place(
        id=f"{district.id}/{name.replace(' ', '-')}", name_en=None, name_ar=name, country=district.country or None,
        parent=district.id, lat=point.lat if point else None, lon=point.lon if point else None,
        radius_km=point.radius_km if point else None, precision="region",
    )  # fmt: skip
