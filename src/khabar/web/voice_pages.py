"""An actor with who says what of whom, and the outlets with whose texts they take."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, Response, get
from litestar.params import FromPath
from sqlalchemy import Connection

from khabar.store.merges import actor_merges
from khabar.store.outlets import Outlet, outlets_of
from khabar.store.voices import (
    NEWEST,
    Actor,
    Name,
    Said,
    Voice,
    actor_of,
    claims_about,
    claims_by,
    names_of,
    speakers_about,
    spoken_of_by,
)
from khabar.web.faults import FAULTS
from khabar.web.render import language_of, render
from khabar.web.words import page_words
from khabar.web.workbench import Ask, Bench

__all__ = ["VoiceApi", "VoicePages"]


class ActorOut(msgspec.Struct, frozen=True):
    """An actor: of whom it speaks, who speaks of it, and the newest claims of both. Who speaks of whom is counted in
    the 1,000 claims of each that were last published.
    """

    actor: Actor
    speaks_of: tuple[Voice, ...]
    spoken_of_by: tuple[Voice, ...]
    claims_by: tuple[Said, ...]
    claims_about: tuple[Said, ...]


class VoiceApi(Controller):
    """Actors and outlets for programs."""

    path = "/api/v1"
    tags = ["read"]

    @get("/actors/{key:str}", sync_to_thread=True, responses=FAULTS)
    def actor(self, bench: Bench, key: FromPath[str]) -> ActorOut:
        """Who says what of an actor, and what it says of whom."""
        with bench.store.engine.connect() as connection:
            return _actor(connection, key)

    @get("/outlets", sync_to_thread=True, responses=FAULTS)
    def outlets(self, bench: Bench) -> list[Outlet]:
        """Outlets, with how many of their documents copy another's, and whose."""
        with bench.store.engine.connect() as connection:
            return outlets_of(connection)


class VoicePages(Controller):
    """Actors and outlets for people."""

    include_in_schema = False

    @get("/actors/{key:str}", sync_to_thread=True)
    def actor(self, request: Ask, bench: Bench, key: FromPath[str]) -> Response[Any]:
        """One actor."""
        with bench.store.engine.connect() as connection:
            found = _actor(connection, key)
            merges = actor_merges(connection)
            own = names_of(connection, found.actor.merged)
        merged = [(one, merges[one], _name(one, own)) for one in found.actor.merged]
        names = {"id": found.actor.id, "name_en": found.actor.name_en, "name_ar": found.actor.name_ar}
        return render(
            request, "actor.html", found=found, names=names, merged=merged, may=request.user.may("reviewer"),
            newest=NEWEST, page_words=page_words(language_of(request)),
        )  # fmt: skip

    @get("/outlets", sync_to_thread=True)
    def outlets(self, request: Ask, bench: Bench) -> Response[Any]:
        """The outlets."""
        with bench.store.engine.connect() as connection:
            outlets = outlets_of(connection)
        return render(request, "outlets.html", outlets=outlets)


def _name(actor: str, names: dict[str, Name]) -> dict[str, str | None]:
    """An actor's own names, whoever stands for it."""
    name = names.get(actor)
    return {"id": actor, "name_en": name.name_en if name else None, "name_ar": name.name_ar if name else None}


def _actor(connection: Connection, key: str) -> ActorOut:
    return ActorOut(
        actor_of(connection, key), tuple(spoken_of_by(connection, key)), tuple(speakers_about(connection, key)),
        tuple(claims_by(connection, key)), tuple(claims_about(connection, key)),
    )  # fmt: skip
