"""One place: what is told to have happened there, who tells it, the stories there, and what lies around it."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, Response, get
from litestar.params import FromPath
from sqlalchemy import Connection

from khabar.store import schema
from khabar.store.areas import Area
from khabar.store.happenings import (
    Happened,
    PlaceRow,
    Speaker,
    Typed,
    Within,
    happened_at,
    moved_at,
    place_of,
    places_within,
    speakers_at,
    types_at,
)
from khabar.store.queries import Filter
from khabar.web.faults import FAULTS
from khabar.web.maps import movements, points_of
from khabar.web.render import render
from khabar.web.shelf import Told, places_of, story_page
from khabar.web.workbench import Ask, Bench

__all__ = ["PlaceApi", "PlacePages"]

_STORIES = 10


class PlaceOut(msgspec.Struct, frozen=True):
    """A place: its containers, the nearest first; the places in it; its events by type and the newest of them; who
    says something of it; and the stories there.
    """

    place: PlaceRow
    within: tuple[PlaceRow, ...]
    contains: tuple[Within, ...]
    types: tuple[Typed, ...]
    events: tuple[Happened, ...]
    speakers: tuple[Speaker, ...]
    stories: tuple[Told, ...]


class PlaceApi(Controller):
    """Places for programs."""

    path = "/api/v1/places"
    tags = ["read"]

    @get("/{key:path}", sync_to_thread=True, responses=FAULTS)
    def place(self, bench: Bench, key: FromPath[str]) -> PlaceOut:
        """What is told to have happened at a place, and who tells it."""
        with bench.store.engine.connect() as connection:
            return _place(connection, key.lstrip("/"))


class PlacePages(Controller):
    """Places for people."""

    include_in_schema = False

    @get("/places/{key:path}", sync_to_thread=True)
    def place(self, request: Ask, bench: Bench, key: FromPath[str]) -> Response[Any]:
        """One place."""
        key = key.lstrip("/")
        with bench.store.engine.connect() as connection:
            found = _place(connection, key)
            moved = moved_at(connection, key)
            ways = dict.fromkeys((one.way, one.sure) for one in movements(connection, schema.event.c.pk.in_(moved)))
            names = places_of(connection, list(found.stories))
        points = points_of([one.place for one in found.contains] + [found.place])
        points += [{"kind": "way", "way": way, "sure": sure} for way, sure in ways]
        return render(
            request, "place.html", found=found, names=names, data={"points": points}, tiles=bench.settings.tile_url
        )


def _place(connection: Connection, key: str) -> PlaceOut:
    # A place's id may hold a slash: the address is its whole rest.
    place, within = place_of(connection, key)
    stories, _, _ = story_page(connection, Filter(area=Area(within=key)), None, _STORIES)
    return PlaceOut(
        place, within, tuple(places_within(connection, key)), tuple(types_at(connection, key)),
        tuple(happened_at(connection, key)), tuple(speakers_at(connection, key)), tuple(stories),
    )  # fmt: skip
