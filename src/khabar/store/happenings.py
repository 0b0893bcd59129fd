"""One place: what contains it and lies in it, what is told to have happened there, and who tells it.

All that lies within a place counts as there. A role of an event says that it was there: its place, or an end or a stage
of a movement; a state that acts is no place of what it does.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from khabar.errors import NotFound
from khabar.store import schema
from khabar.store.areas import Area, places_in

__all__ = ["Happened", "PlaceRow", "Speaker", "Typed", "Within", "happened_at", "moved_at", "place_of", "places_within",
           "speakers_at", "there", "types_at"]  # fmt: skip

_MOST = 50  # rows of a table
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


class Speaker(msgspec.Struct, frozen=True):
    """Who says something of a place: `id` only where a list holds the actor. `denied` of the `claims` are denials."""

    id: str | None
    name: str
    claims: int
    denied: int


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
    p, m = schema.place, schema.mention
    number = func.count(m.c.document_pk.distinct()).label("number")
    query = select(*p.columns, number).join(m, m.c.place == p.c.id).where(p.c.parent == key).group_by(*p.columns)
    rows = connection.execute(query.order_by(number.desc(), p.c.id).limit(_MOST))
    return [Within(_place(row), row.number) for row in rows]


def there(key: str) -> ColumnElement[bool]:
    """That an event was at a place, or within it."""
    e, r = schema.event, schema.role
    inside = places_in(Area(within=key))
    return e.c.pk.in_(select(r.c.event_pk).where(r.c.place.in_(inside), r.c.role.in_(_PLACE_ROLES)))


def moved_at(connection: Connection, key: str, limit: int = 200) -> list[int]:
    """Keys of the movements to, from or through a place that were last published: more would hide each other."""
    return _newest(connection, limit, there(key), schema.event.c.type.in_(("MOVE", "RETREAT")))


def _newest(connection: Connection, limit: int, *where: ColumnElement[bool]) -> list[int]:
    """Keys of events, the last published first. Keys alone are sorted: whole rows would be read to be thrown away."""
    e = schema.event
    query = select(e.c.pk).where(*where)
    return list(connection.scalars(query.order_by(e.c.published_at.desc(), e.c.pk.desc()).limit(limit)))


def types_at(connection: Connection, key: str) -> list[Typed]:
    """The types of events that are told of a place, the most frequent first."""
    e = schema.event
    number = func.count().label("number")
    query = select(e.c.type, number, func.min(e.c.earliest), func.max(e.c.latest)).where(there(key))
    rows = connection.execute(query.group_by(e.c.type).order_by(number.desc(), e.c.type))
    return [Typed(*row) for row in rows]


def happened_at(connection: Connection, key: str, limit: int = 25) -> list[Happened]:
    """The events at a place, the last published first."""
    e, d = schema.event, schema.document
    columns = (d.c.id, e.c.id.label("event"), e.c.type, e.c.trigger, e.c.factuality, e.c.earliest, e.c.latest,
               d.c.publisher, d.c.published)  # fmt: skip
    newest = _newest(connection, limit, there(key))
    query = select(*columns).join(d, d.c.pk == e.c.document_pk).where(e.c.pk.in_(newest))
    rows = connection.execute(query.order_by(e.c.published_at.desc(), e.c.pk.desc()))
    return [Happened(*row) for row in rows]


def speakers_at(connection: Connection, key: str) -> list[Speaker]:
    """Who says something of a place or of what lies in it, those who say most first."""
    c = schema.claim
    listed = and_(c.c.entity.is_not(None), ~c.c.entity.startswith("doc:"))
    actor, name = case((listed, c.c.entity)), case((listed, None), else_=c.c.source)
    number, denied = func.count().label("number"), func.sum(case((c.c.stance == "denies", 1), else_=0))
    query = (
        select(actor.label("id"), func.min(c.c.source), number, denied)
        .where(c.c.pk.in_(_claims_of(key)), or_(listed, c.c.source.is_not(None)))
        .group_by(actor, name)
        .order_by(number.desc(), func.min(c.c.source))
        .limit(_MOST)
    )
    return [Speaker(row[0], row[1] or row[0], row[2], row[3]) for row in connection.execute(query)]


def _claims_of(key: str) -> Select[tuple[int]]:
    a = schema.claim_about
    return select(a.c.claim_pk).where(a.c.place.in_(places_in(Area(within=key))))


def _place(row: Any) -> PlaceRow:
    return PlaceRow(row.id, row.name_en, row.name_ar, row.country, row.parent, row.lat, row.lon, row.radius_km)
