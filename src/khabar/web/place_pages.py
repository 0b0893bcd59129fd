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
    place_of,
    places_within,
    speakers_at,
)
from khabar.store.queries import Filter
from khabar.web.faults import FAULTS
from khabar.web.maps import movements, points_of
from khabar.web.render import render
from khabar.web.shelf import Told, headlines_of, places_of, story_page
from khabar.web.workbench import Ask, Bench

__all__ = ["PlaceApi", "PlacePages"]

_STORIES = 10


class PlaceOut(msgspec.Struct, frozen=True):
    """A place: its containers, the nearest first; the places in it; its events by type and the newest of them; who
    says something of it; and the stories there. Where there are more than `types_of` events, or `speakers_of` claims,
    types and speakers are counted in that many, the last published; None: in all.
    """

    place: PlaceRow
    within: tuple[PlaceRow, ...]
    contains: tuple[Within, ...]
    types: tuple[Typed, ...]
    events: tuple[Happened, ...]
    speakers: tuple[Speaker, ...]
    stories: tuple[Told, ...]
    types_of: int | None
    speakers_of: int | None


class PlaceApi(Controller):
    """Places for programs."""

    path = "/api/v1/places"
    tags = ["read"]

    @get("/{key:path}", sync_to_thread=True, responses=FAULTS)
    def place(self, bench: Bench, key: FromPath[str]) -> PlaceOut:
        """What is told to have happened at a place, and who tells it."""
        with bench.store.engine.connect() as connection:
            return _place(connection, key.lstrip("/"))[0]


class PlacePages(Controller):
    """Places for people."""

    include_in_schema = False

    @get("/places/{key:path}", sync_to_thread=True)
    def place(self, request: Ask, bench: Bench, key: FromPath[str]) -> Response[Any]:
        """One place."""
        key = key.lstrip("/")
        with bench.store.engine.connect() as connection:
            found, moves = _place(connection, key)
            ways = dict.fromkeys((one.way, one.sure) for one in movements(connection, schema.event.c.pk.in_(moves)))
            names, headlines = places_of(connection, found.stories), headlines_of(connection, found.stories)
        points = points_of([one.place for one in found.contains] + [found.place])
        points += [{"kind": "way", "way": way, "sure": sure} for way, sure in ways]
        return render(
            request,
            "place.html",
            found=found,
            names=names,
            headlines=headlines,
            data={"points": points},
            tiles=bench.settings,
        )


def _place(connection: Connection, key: str) -> tuple[PlaceOut, tuple[int, ...]]:
    """A place, and the keys of its movements. A place's id may hold a slash: the address is its whole rest."""
    place, within = place_of(connection, key)
    stories, _, _ = story_page(connection, Filter(area=Area(within=key)), None, _STORIES, count=False)
    happened, speakers = happened_at(connection, key), speakers_at(connection, key)
    found = PlaceOut(
        place, within, tuple(places_within(connection, key)), happened.types, happened.newest, speakers.rows,
        tuple(stories), happened.of, speakers.of,
    )  # fmt: skip
    return found, happened.moves
