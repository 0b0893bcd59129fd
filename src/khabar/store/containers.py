"""What contains the places of the documents, where no document names it: a chain of parents has no gaps then."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from khabar.records import Place
from khabar.store import schema

__all__ = ["add_containers", "missing_containers"]


def missing_containers(connection: Connection) -> list[str]:
    """Ids that places name as their parent, and that are not there, in order."""
    p = schema.place
    other = p.alias()
    there = select(other.c.id).where(other.c.id == p.c.parent).exists()
    query = select(p.c.parent).where(p.c.parent.is_not(None), ~there).distinct().order_by(p.c.parent)
    return list(connection.scalars(query))


def add_containers(connection: Connection, places: Iterable[Place]) -> None:
    """Keep places that contain others. Raises what the database raises for one that is there."""
    rows = [
        {"id": one.id, "name_en": one.name_en, "name_ar": one.name_ar, "country": one.country, "parent": one.parent,
         "lat": one.lat, "lon": one.lon, "radius_km": one.radius_km}
        for one in places
    ]  # fmt: skip
    if rows:
        connection.execute(schema.place.insert(), rows)
