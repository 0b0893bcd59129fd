"""What contains the places of the documents, where no document names it: a chain of parents has no gaps then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from khabar.records import Place
from khabar.store import schema

__all__ = ["add_containers", "missing_containers", "place_row"]


def missing_containers(connection: Connection) -> list[str]:
    """Ids that places name as their parent, and that are not there, in order."""
    p = schema.place
    other = p.alias()
    there = select(other.c.id).where(other.c.id == p.c.parent).exists()
    query = select(p.c.parent).where(p.c.parent.is_not(None), ~there).distinct().order_by(p.c.parent)
    return list(connection.scalars(query))


def add_containers(connection: Connection, places: Iterable[Place]) -> None:
    """Keep places that contain others. Raises what the database raises for one that is there."""
    rows = [place_row(one) for one in places]
    if rows:
        connection.execute(schema.place.insert(), rows)


def place_row(place: Place) -> dict[str, Any]:
    """A place as it is kept, without its counts."""
    names = ("id", "name_en", "name_ar", "country", "parent", "lat", "lon", "radius_km")
    return {name: getattr(place, name) for name in names}
