"""Places within a box, a radius, or a larger place."""

from __future__ import annotations

import math

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from khabar.errors import UsageError
from khabar.store import schema

__all__ = ["Area", "area_from", "places_in"]

_EARTH_KM = 6371.0088  # mean radius, IUGG


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of: a box (south, west, north, east, in degrees; west > east crosses the date line), a circle (lat, lon, km),
    or the id of a place, or a two-letter country code, that contains what is asked for."""

    box: tuple[float, float, float, float] | None = None
    circle: tuple[float, float, float] | None = None
    within: str | None = None


def area_from(box: str | None, near: str | None, within: str | None) -> Area | None:
    """The area that a command line or an address names.

    Raises UsageError for numbers that are none, or more than one area.
    """
    if sum(one is not None for one in (box, near, within)) > 1:
        raise UsageError("one of box, near and within", stage="query")
    if box is not None:
        return Area(box=_numbers("box", box, 4))  # type: ignore[arg-type]
    if near is not None:
        return Area(circle=_numbers("near", near, 3))  # type: ignore[arg-type]
    return Area(within=within) if within is not None else None


def _numbers(option: str, text: str, count: int) -> tuple[float, ...]:
    try:
        values = tuple(float(part) for part in text.split(","))
    except ValueError:
        values = ()
    if len(values) != count:
        raise UsageError(f"{option} takes {count} numbers with commas, not {text[:40]!r}", stage="query")
    return values


def places_in(area: Area) -> Select[tuple[str]]:
    """The ids of the places in the area, as a query. Raises UsageError for an area that is none."""
    p = schema.place
    query = select(p.c.id)
    if area.box:
        query = query.where(_in_box(*area.box))
    if area.circle:
        query = query.where(_in_circle(*area.circle))
    if area.within:
        query = query.where(p.c.id.in_(_inside(area.within)))
    return query


def _in_box(south: float, west: float, north: float, east: float) -> ColumnElement[bool]:
    p = schema.place
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise UsageError("a box is south,west,north,east in degrees", stage="query")
    across = and_(p.c.lon >= west, p.c.lon <= east) if west <= east else or_(p.c.lon >= west, p.c.lon <= east)
    return and_(p.c.lat >= south, p.c.lat <= north, across)


def _in_circle(lat: float, lon: float, km: float) -> ColumnElement[bool]:
    p = schema.place
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 < km <= 20_100):
        raise UsageError("a circle is lat,lon,km", stage="query")
    # The spherical law of cosines, in the database; the band of latitude is what its index narrows.
    band = math.degrees(km / _EARTH_KM)
    here, there = math.radians(lat), func.radians(p.c.lat)
    cosine = math.sin(here) * func.sin(there) + math.cos(here) * func.cos(there) * func.cos(
        func.radians(p.c.lon) - math.radians(lon)
    )
    return and_(p.c.lat >= lat - band, p.c.lat <= lat + band, cosine >= math.cos(km / _EARTH_KM))


def _inside(container: str) -> Select[tuple[str]]:
    """The place itself and everything whose chain of parents leads to it; for a country also all that is in it."""
    p = schema.place
    if len(container) == 2 and container.isalpha():
        return select(p.c.id).where(p.c.country == container.upper())
    inside = select(p.c.id).where(or_(p.c.id == container, p.c.parent == container)).cte("inside", recursive=True)
    # UNION, not UNION ALL: a ring of parents in a gazetteer that users added ends there.
    inside = inside.union(select(p.c.id).join(inside, p.c.parent == inside.c.id))
    return select(inside.c.id)
