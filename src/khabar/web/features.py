"""Places and events with their geometry, for GeoJSON: a point, a line from origin to destination, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, select

from khabar.store import schema
from khabar.web.filters import Asked
from khabar.web.maps import movements
from khabar.web.reads import rows_of

__all__ = ["features_of"]

Row = dict[str, Any]
_BATCH = 500


def features_of(engine: Engine, asked: Asked, what: Any) -> Iterator[tuple[Row, Row | None]]:
    """The rows of events or places that answer the filter, each with its geometry."""
    if what == "places":
        for row in rows_of(engine, what, asked):
            yield row, _point((row["lon"], row["lat"]))
        return
    rows = rows_of(engine, what, asked)
    while batch := list(islice(rows, _BATCH)):
        with engine.connect() as connection:
            shapes = _shapes(connection, {row["document"] for row in batch})
        for row in batch:
            yield row, shapes.get((row["document"], row["id"]))


def _shapes(connection: Connection, documents: set[str]) -> dict[tuple[str, str], Row]:
    p, e, r, d = schema.place, schema.event, schema.role, schema.document
    pks = connection.scalars(select(d.c.pk).where(d.c.id.in_(sorted(documents)))).all()
    here = e.c.document_pk.in_(pks)
    query = (
        select(d.c.id, e.c.id.label("event"), p.c.lon, p.c.lat)
        .join(e, e.c.document_pk == d.c.pk).join(r, r.c.event_pk == e.c.pk).join(p, p.c.id == r.c.place)
        .where(here, r.c.role.in_(("place", "destination", "origin")), p.c.lat.is_not(None), p.c.lon.is_not(None))
        .order_by(e.c.pk, r.c.role.desc(), r.c.pk)
    )  # fmt: skip
    shapes: dict[tuple[str, str], Row] = {}
    for row in connection.execute(query):
        # The order of the roles' names is that of their weight: place, origin, destination.
        shapes.setdefault((row.id, row.event), {"type": "Point", "coordinates": [row.lon, row.lat]})
    for move in movements(connection, here):
        way = [[lon, lat] for lat, lon in move.way]
        shapes[move.document, move.event] = {"type": "LineString", "coordinates": way}
    return shapes


def _point(at: tuple[float | None, float | None]) -> Row | None:
    return None if None in at else {"type": "Point", "coordinates": list(at)}
