"""What a merge or a split would change, before anybody says so: of stories, and of actors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, get
from litestar.params import FromPath, FromQuery, QueryParameter
from sqlalchemy import Connection

from khabar.corroborate.preview import touched_stories, would_be
from khabar.corroborate.records import Story
from khabar.errors import NotFound
from khabar.store.merges import actor_aliases, merged_with
from khabar.store.voices import Reach, actor_of, reach_of
from khabar.web.faults import FAULTS
from khabar.web.reads import across_documents
from khabar.web.shelf import story_of
from khabar.web.workbench import Bench

__all__ = ["Previews"]

Verb = Literal["merge", "split"]
Name = Annotated[str, QueryParameter(max_length=400)]


class StoryBrief(msgspec.Struct, frozen=True):
    """A story in numbers."""

    id: str
    label: str
    documents: int
    named: int
    unnamed: int
    denials: int
    conflicts: int


class StoryPreview(msgspec.Struct, frozen=True):
    """The stories as they are, and as they would be; `etag` goes with the judgement as If-Match."""

    before: tuple[StoryBrief, ...]
    after: tuple[StoryBrief, ...]
    etag: str


class ActorPreview(msgspec.Struct, frozen=True):
    """What would be counted under `other` (merge), or under `actor` again (split); `changes` is false for nothing."""

    actor: str
    other: str
    changes: bool
    moves: Reach
    etag: str


class Previews(Controller):
    """What a judgement across documents would change."""

    path = "/api/v1"
    tags = ["read"]

    @get("/stories/preview", sync_to_thread=True, responses=FAULTS)
    def story(self, bench: Bench, verb: FromQuery[Verb], subject: Name, other: Name) -> StoryPreview:
        """Two events, as document/event, said to be one happening (merge) or two (split)."""
        with bench.store.engine.connect() as connection:
            _, etag = across_documents(connection)
            stories = touched_stories(connection, subject, other)
            if not stories:
                raise NotFound("no story of these events", stage="stories")
            after = would_be(connection, bench.resources, stories, verb, subject, other)
            before = [story_of(connection, key) for key in stories]
        return StoryPreview(tuple(map(_brief, before)), tuple(map(_brief, after)), etag)

    @get("/actors/{key:str}/preview", sync_to_thread=True, responses=FAULTS)
    def actor(self, bench: Bench, key: FromPath[str], verb: FromQuery[Verb], other: Name) -> ActorPreview:
        """An actor said to be the same as another (merge), or not after all (split)."""
        with bench.store.engine.connect() as connection:
            _, etag = across_documents(connection)
            actor_of(connection, key)
            aliases = actor_aliases(connection)
            same = aliases.get(key, key) == aliases.get(other, other)
            moves = reach_of(connection, _moved(connection, key, verb))
        return ActorPreview(key, other, same == (verb == "split") and key != other, moves, etag)


def _moved(connection: Connection, key: str, verb: Verb) -> list[str]:
    return merged_with(connection, key) if verb == "merge" else [key]


def _brief(story: Story) -> StoryBrief:
    documents = len({one.document for one in story.reports})
    counted: dict[str, Any] = {"named": story.independent.named, "unnamed": story.independent.unnamed}
    return StoryBrief(
        story.id, story.label, documents, denials=len(story.denials), conflicts=len(story.conflicts), **counted
    )
