"""One place: what contains it and lies in it, what is told to have happened there, and who tells it.

All that lies within a place counts as there. What is told is told of the events and claims that were last published
(`NEWEST` of them): in a state, or a place that holds all others, there may be any number. A role of an event says that
it was there: its place, or an end or a stage of a movement; a state that acts is no place of what it does.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from khabar.errors import NotFound
from khabar.store import schema
from khabar.store.areas import Area, places_in
from khabar.store.paging import in_days, newest_of

__all__ = ["Happened", "Happenings", "PlaceRow", "Speaker", "Speakers", "Typed", "Within", "happened_at", "place_of",
           "places_within", "speakers_at"]  # fmt: skip

NEWEST = 1000
"""Events, and claims, that are looked at."""
_MOST = 50  # rows of a table
_SHOWN = 25  # events
_MOVES = 200
_DEEPEST = 10  # containers of a place
_PLACE_ROLES = ("place", "origin", "via", "destination")


class PlaceRow(msgspec.Struct, frozen=True):
    """A place as it is kept. `radius_km` is None for a point that is known; else it lies somewhere within."""

    id: str
    name_en: str | None
    name_ar: str | None
    country: str | None
    parent: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None


class Within(msgspec.Struct, frozen=True):
    """A place that lies in another, with the number of documents that name it."""

    place: PlaceRow
    documents: int


class Typed(msgspec.Struct, frozen=True):
    """How many events of a type are told of a place, and the first and the last day that they may have been on."""

    type: str
    events: int
    earliest: str | None
    latest: str | None


class Happened(msgspec.Struct, frozen=True):
    """An event, and the document that tells it."""

    document: str
    event: str
    type: str
    trigger: str
    factuality: str
    earliest: str | None
    latest: str | None
    publisher: str | None
    published: str | None


class Happenings(msgspec.Struct, frozen=True):
    """What is told of a place: events by `type`, the `newest` of them, and the keys of movements to, from or through it
    (a map of more would hide them from each other). Of all events, or `of` that many, the last published."""

    types: tuple[Typed, ...]
    newest: tuple[Happened, ...]
    moves: tuple[int, ...]
    of: int | None


class Speaker(msgspec.Struct, frozen=True):
    """Who says something of a place: `id` only where a list holds the actor. `denied` of the `claims` are denials."""

    id: str | None
    name: str
    claims: int
    denied: int


class Speakers(msgspec.Struct, frozen=True):
    """Those who say most of a place, in all claims about it, or in `of` that many, the last published."""

    rows: tuple[Speaker, ...]
    of: int | None


def place_of(connection: Connection, key: str) -> tuple[PlaceRow, tuple[PlaceRow, ...]]:
    """A place and what contains it, the nearest first. Raises NotFound for one that no document names."""
    p = schema.place
    row = connection.execute(select(p).where(p.c.id == key)).first()
    if row is None:
        raise NotFound(f"no place {key[:80]}", stage="places")
    place = _place(row)
    chain: list[PlaceRow] = []
    seen = {place.id}
    above = place.parent
    while above and above not in seen and len(chain) < _DEEPEST:
        found = connection.execute(select(p).where(p.c.id == above)).first()
        if found is None:
            break
        chain.append(_place(found))
        seen.add(above)
        above = found.parent
    return place, tuple(chain)


def places_within(connection: Connection, key: str) -> list[Within]:
    """The places right within a place, those that most documents name first."""
    p = schema.place
    query = select(p).where(p.c.parent == key, p.c.documents > 0, p.c.id != key)
    rows = connection.execute(query.order_by(p.c.documents.desc(), p.c.id).limit(_MOST))
    return [Within(_place(row), row.documents) for row in rows]


def happened_at(connection: Connection, key: str) -> Happenings:
    """The events at a place that were last published."""
    e, r = schema.event, schema.role
    inside = places_in(Area(within=key))
    at = select(r.c.event_pk).where(r.c.place.in_(inside), r.c.role.in_(_PLACE_ROLES), in_days(r.c.event_pk, "item"))
    rows = newest_of(connection, e, NEWEST, e.c.pk.in_(at), columns=(e.c.type, e.c.earliest, e.c.latest))
    moves = (row.pk for row in rows if row.type in ("MOVE", "RETREAT"))
    shown = _told(connection, [row.pk for row in rows[:_SHOWN]])
    return Happenings(_types(rows), shown, tuple(islice(moves, _MOVES)), NEWEST if len(rows) == NEWEST else None)


def _types(rows: list[Any]) -> tuple[Typed, ...]:
    """The types of events, the most frequent first."""
    number = Counter(row.type for row in rows)
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for row in rows:
        if row.earliest:
            first[row.type] = min(row.earliest, first.get(row.type, row.earliest))
        if row.latest:
            last[row.type] = max(row.latest, last.get(row.type, row.latest))
    order = sorted(number, key=lambda kind: (-number[kind], kind))
    return tuple(Typed(kind, number[kind], first.get(kind), last.get(kind)) for kind in order)


def _told(connection: Connection, keys: list[int]) -> tuple[Happened, ...]:
    """Events with their documents, in the order of the keys."""
    e, d = schema.event, schema.document
    columns = (d.c.id, e.c.id.label("event"), e.c.type, e.c.trigger, e.c.factuality, e.c.earliest, e.c.latest,
               d.c.publisher, d.c.published)  # fmt: skip
    query = select(e.c.pk, *columns).join(d, d.c.pk == e.c.document_pk).where(e.c.pk.in_(keys))
    rows = [tuple(row) for row in connection.execute(query)]
    found = {row[0]: Happened(*row[1:]) for row in rows}
    return tuple(found[key] for key in keys)


def speakers_at(connection: Connection, key: str) -> Speakers:
    """Who says something of a place or of what lies in it, those who say most first."""
    c, a = schema.claim, schema.claim_about
    of = select(a.c.claim_pk).where(a.c.place.in_(places_in(Area(within=key))), in_days(a.c.claim_pk, "item"))
    rows = newest_of(connection, c, NEWEST, c.c.pk.in_(of), columns=(c.c.entity, c.c.source, c.c.stance))
    names: dict[tuple[str | None, str], str] = {}
    claims: Counter[tuple[str | None, str]] = Counter()
    denied: Counter[tuple[str | None, str]] = Counter()
    for row in rows:
        listed = row.entity if row.entity and not row.entity.startswith("doc:") else None
        if listed is None and row.source is None:
            continue
        who = listed, "" if listed else row.source
        names.setdefault(who, row.source or listed or "")
        claims[who] += 1
        denied[who] += row.stance == "denies"
    found = sorted((Speaker(who[0], names[who], claims[who], denied[who]) for who in claims),
                   key=lambda one: (-one.claims, one.name))  # fmt: skip
    return Speakers(tuple(found[:_MOST]), NEWEST if len(rows) == NEWEST else None)


def _place(row: Any) -> PlaceRow:
    return PlaceRow(row.id, row.name_en, row.name_ar, row.country, row.parent, row.lat, row.lon, row.radius_km)
