"""An actor with who says what of whom, and the outlets with whose texts they take."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, Response, get
from litestar.params import FromPath
from sqlalchemy import Connection, func, select

from khabar.store import schema
from khabar.store.merges import actor_merges
from khabar.store.outlets import Outlet, outlets_of
from khabar.store.voices import (
    Actor,
    Said,
    Voice,
    actor_of,
    claims_about,
    claims_by,
    speakers_about,
    spoken_of_by,
)
from khabar.web.faults import FAULTS
from khabar.web.render import language_of, render
from khabar.web.words import page_words
from khabar.web.workbench import Ask, Bench

__all__ = ["VoiceApi", "VoicePages"]


class ActorOut(msgspec.Struct, frozen=True):
    """An actor: of whom it speaks, who speaks of it, and the newest claims of both."""

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
            merged = [(one, merges[one], _name(connection, one)) for one in found.actor.merged]
        names = {"id": found.actor.id, "name_en": found.actor.name_en, "name_ar": found.actor.name_ar}
        return render(
            request, "actor.html", found=found, names=names, merged=merged, may=request.user.may("reviewer"),
            page_words=page_words(language_of(request)),
        )  # fmt: skip

    @get("/outlets", sync_to_thread=True)
    def outlets(self, request: Ask, bench: Bench) -> Response[Any]:
        """The outlets."""
        with bench.store.engine.connect() as connection:
            outlets = outlets_of(connection)
        return render(request, "outlets.html", outlets=outlets)


def _name(connection: Connection, actor: str) -> dict[str, str | None]:
    """An actor's own names, whoever stands for it."""
    m = schema.mention
    row = connection.execute(select(func.min(m.c.name_en), func.min(m.c.name_ar)).where(m.c.entity == actor)).one()
    return {"id": actor, "name_en": row[0], "name_ar": row[1]}


def _actor(connection: Connection, key: str) -> ActorOut:
    return ActorOut(
        actor_of(connection, key), tuple(spoken_of_by(connection, key)), tuple(speakers_about(connection, key)),
        tuple(claims_by(connection, key)), tuple(claims_about(connection, key)),
    )  # fmt: skip
