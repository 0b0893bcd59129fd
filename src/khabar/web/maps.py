"""What maps draw: places, each once with the stories that are told of it, and movements from, through and to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from khabar.store import schema
from khabar.web.shelf import Told

__all__ = ["Movement", "movements", "points_of", "story_points"]

_MOVING = ("MOVE", "RETREAT")
_ENDS = ("origin", "via", "destination")
At = tuple[float, float]


class Movement(msgspec.Struct, frozen=True):
    """A movement whose origin and destination have points: `way` leads from one to the other, as (lat, lon)."""

    document: str
    event: str
    sure: bool
    way: tuple[At, ...]


def movements(connection: Connection, which: ColumnElement[bool]) -> list[Movement]:
    """The movements among events that a condition on `event` chooses, in order."""
    p, e, r, d = schema.place, schema.event, schema.role, schema.document
    # What is no condition on keys is looked at here: an index on types or places would only lead the database astray.
    query = (
        select(d.c.id, e.c.id.label("event"), e.c.type, e.c.factuality, r.c.role, p.c.lat, p.c.lon)
        .join(e, e.c.document_pk == d.c.pk).join(r, r.c.event_pk == e.c.pk).join(p, p.c.id == r.c.place)
        .where(which).order_by(e.c.pk, r.c.pk)
    )  # fmt: skip
    found: dict[tuple[str, str], dict[str, list[At]]] = {}
    sure: dict[tuple[str, str], bool] = {}
    for row in connection.execute(query):
        if row.type in _MOVING and row.role in _ENDS and row.lat is not None and row.lon is not None:
            key = (row.id, row.event)
            found.setdefault(key, {role: [] for role in _ENDS})[row.role].append((row.lat, row.lon))
            sure[key] = row.factuality == "certain"
    return [
        Movement(*key, sure[key], (ends["origin"][0], *ends["via"], ends["destination"][0]))
        for key, ends in found.items()
        if ends["origin"] and ends["destination"] and ends["origin"][0] != ends["destination"][0]
    ]


def points_of(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Places (rows of the table `place`) as points, the widest first, so that none lies under another."""
    with_point = [row for row in rows if row.lat is not None and row.lon is not None]
    return [
        {"kind": "place", "id": row.id, "lat": row.lat, "lon": row.lon, "km": row.radius_km,
         "name_en": row.name_en, "name_ar": row.name_ar}
        for row in sorted(with_point, key=lambda row: (-(row.radius_km or 0.0), row.id))
    ]  # fmt: skip


def story_points(connection: Connection, stories: list[Told]) -> list[dict[str, Any]]:
    """The places of stories, each once with its stories, and the ways that their reports tell of, likewise."""
    p, d, e = schema.place, schema.document, schema.event
    told: dict[str, list[str]] = {}
    for story in stories:
        for place in story.places:
            told.setdefault(place.id, []).append(story.id)
    rows = connection.execute(select(p).where(p.c.id.in_(sorted(told)))).all()
    points = [{**point, "stories": told[point["id"]]} for point in points_of(rows)]
    keys = sorted({one for story in stories for one in story.documents})
    pks = connection.scalars(select(d.c.pk).where(d.c.id.in_(keys))).all()
    moved = {(one.document, one.event): one for one in movements(connection, e.c.document_pk.in_(pks))}
    ways: dict[tuple[tuple[At, ...], bool], dict[str, None]] = {}
    for story in stories:
        for report in story.reports:
            if report.event and (move := moved.get((report.document, report.event))):
                ways.setdefault((move.way, move.sure), {})[story.id] = None
    points += [{"kind": "way", "way": way, "sure": sure, "stories": list(of)} for (way, sure), of in ways.items()]
    return points
