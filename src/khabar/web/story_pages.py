"""Stories: the list with its map and timeline, and one story with its origins, reports, conflicts and reasons."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from litestar import Controller, Response, get
from litestar.params import FromPath, FromQuery
from markupsafe import Markup
from sqlalchemy import Connection, select

from khabar.corroborate.records import Moment
from khabar.corroborate.stories.carriage import Carriage, carriage_of
from khabar.corroborate.stories.numbers import Given, Policy, numbers_of
from khabar.corroborate.stories.timeline import timeline
from khabar.export.drawing import draw_text
from khabar.export.marks import Mark
from khabar.records import EventType, Reading, SourceKind, Stance
from khabar.store import schema
from khabar.store.queries import Page
from khabar.store.stories import captured_of, published_of
from khabar.web.faults import FAULTS
from khabar.web.filters import AskedFor, PageAsked
from khabar.web.graph import origin_graph
from khabar.web.maps import story_points
from khabar.web.reads import Current, current_documents
from khabar.web.render import language_of, render
from khabar.web.shelf import Told, any_story, headlines_of, places_of, story_of, story_page
from khabar.web.story_judging import origin_rows, story_judgements
from khabar.web.words import page_words
from khabar.web.workbench import Ask, Bench

__all__ = ["StoryApi", "StoryPages"]

_CHOICES: dict[str, tuple[str, ...]] = {"type": get_args(EventType), "stance": get_args(Stance)}
_FIELDS = ("publisher", "within", "happened_since", "happened_until")
_MOST_SIDE_BY_SIDE = 12
_ON_A_PAGE = 50


class StoriesOut(msgspec.Struct, frozen=True):
    """A page of stories."""

    rows: tuple[Told, ...]
    next: str | None
    total: int | None


class StoryApi(Controller):
    """Stories for programs."""

    path = "/api/v1/stories"
    tags = ["read"]

    @get("/", sync_to_thread=True, responses=FAULTS)
    def stories(self, bench: Bench, asked: AskedFor, paging: PageAsked) -> StoriesOut:
        """Happenings that several documents tell, as `khabar.story/1`."""
        with bench.store.engine.connect() as connection:
            found, following, total = story_page(connection, asked.filter, paging.after, paging.limit)
        return StoriesOut(tuple(found), following, total)

    @get("/{key:str}", sync_to_thread=True, responses=FAULTS)
    def story(self, bench: Bench, key: FromPath[str]) -> Told:
        """One story."""
        with bench.store.engine.connect() as connection:
            return story_of(connection, key)

    @get("/{key:str}/numbers", sync_to_thread=True, responses=FAULTS)
    def numbers(self, bench: Bench, key: FromPath[str], policy: FromQuery[Policy] = "best") -> tuple[Given, ...]:
        """Numbers that its origins disagree on, by a policy: lowest, best (low, best, high), latest, or by source."""
        with bench.store.engine.connect() as connection:
            return numbers_of(story_of(connection, key), policy)

    @get("/{key:str}/timeline", sync_to_thread=True, responses=FAULTS)
    def timeline(self, bench: Bench, key: FromPath[str]) -> tuple[Moment, ...]:
        """Its reports, denials and corrections in order of time."""
        with bench.store.engine.connect() as connection:
            story = story_of(connection, key)
            times = published_of(connection, story.documents), captured_of(connection, story.documents)
        return timeline(story, *times)

    @get("/{key:str}/graph", sync_to_thread=True, responses=FAULTS)
    def graph(self, bench: Bench, key: FromPath[str]) -> Carriage:
        """Who carried what from whom: origins, documents and copies."""
        with bench.store.engine.connect() as connection:
            return carriage_of(story_of(connection, key))


class StoryPages(Controller):
    """Stories for people."""

    include_in_schema = False

    @get("/stories", sync_to_thread=True)
    def stories(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Any]:
        """The list, the map and the timeline, which filter each other."""
        with bench.store.engine.connect() as connection:
            limit = min(paging.limit, _ON_A_PAGE)
            found, following, total = story_page(connection, asked.filter, paging.after, limit)
            there = bool(found) or any_story(connection)
            points = story_points(connection, found)
            dates, places = _dates(connection, found), places_of(connection, found)
            headlines = headlines_of(connection, found)
        page = Page(rows=(), next=following, total=total)
        return render(
            request, "stories.html", stories=found, page=page, given=asked.given, choices=_CHOICES, fields=_FIELDS,
            after=paging.after, places=places, there=there, headlines=headlines,
            data={"points": points, "moments": _moments(found, dates)},
            tiles=bench.settings,
        )  # fmt: skip

    @get("/stories/{key:str}", sync_to_thread=True)
    def story(self, request: Ask, bench: Bench, key: FromPath[str]) -> Response[Any]:
        """One story."""
        with bench.store.engine.connect() as connection:
            story = story_of(connection, key)
            states, places = _states(connection, story), places_of(connection, [story])
            said = story_judgements(connection, story, states)
        readings = [one.view.reading for one in states]
        ids = {one.document: one.external_id for one in story.reports}
        names = {reading.document.external_id: reading for reading in readings}
        language = language_of(request)
        return render(
            request, "story.html", story=story, places=places,
            graph=origin_graph(story, right_to_left=language == "ar"),
            sides=[_side(reading, story) for reading in readings[:_MOST_SIDE_BY_SIDE]], names=names,
            more=max(len(story.documents) - _MOST_SIDE_BY_SIDE, 0), may=request.user.may("reviewer"),
            denied=_denied(story, names), page_words=page_words(language), titles=_titles(readings), said=said,
            origins=origin_rows(story, states), kinds=get_args(SourceKind), main=_main_event(story),
            names_by_id=ids,
        )  # fmt: skip


def _dates(connection: Connection, stories: list[Told]) -> dict[str, str]:
    d = schema.document
    keys = sorted({key for story in stories for key in story.documents})
    return {
        row.id: row.published_at for row in connection.execute(select(d.c.id, d.c.published_at).where(d.c.id.in_(keys)))
    }


def _moments(stories: list[Told], dates: dict[str, str]) -> list[dict[str, Any]]:
    """What a timeline shows: each document of each story, at its time, as report, denial or correction."""
    moments = []
    for story in stories:
        denying = {one.document for one in story.denials}
        correcting = {one.document for one in story.corrections}
        for document in story.documents:
            name = next(one.external_id for one in story.reports if one.document == document)
            what = "correction" if name in correcting else "denial" if name in denying else "report"
            if dates.get(document):
                moments.append({"story": story.id, "at": dates[document], "what": what, "document": document})
    return moments


def _states(connection: Connection, story: Told) -> list[Current]:
    """A story's documents that are still there, in order of report."""
    found = current_documents(connection, story.documents)
    return [found[key] for key in story.documents if key in found]


def _main_event(story: Told) -> str:
    """An event that stands for the story, as judgements name it; empty where none was read."""
    read = [one for one in story.reports if one.event is not None]
    report = next((one for one in read if one.main), read[0] if read else None)
    return f"{report.document}/{report.event}" if report is not None else ""


def _titles(readings: list[Reading]) -> dict[str, str]:
    return {one.document.id: one.document.title or one.document.external_id for one in readings}


def _side(reading: Reading, story: Told) -> dict[str, Any]:
    """A report as one of several side by side: its text with what it shares with its original, and its claims here."""
    name, text = reading.document.external_id, reading.document.text
    shared = [span for copy in story.copies for span in copy.spans.get(name, ())]
    marks = [
        Mark(start, min(end, len(text)), "shared", f"s{n}") for n, (start, end) in enumerate(shared) if start < end
    ]
    events = {one.event for one in story.reports if one.document == reading.document.id}
    marks += [Mark(e.trigger.start, e.trigger.end, "trigger", e.id) for e in reading.events if e.id in events]
    original = next((one.documents[0] for one in story.copies if name in one.documents[1:]), None)
    rows = [one for one in story.reports if one.document == reading.document.id]
    body = Markup(draw_text(text, marks, {}, "s"))
    return {"reading": reading, "body": body, "original": original, "rows": rows}


def _denied(story: Told, names: dict[str, Reading]) -> list[dict[str, Any]]:
    """Each denial with its own words."""
    out = []
    for denial in story.denials:
        reading = names.get(denial.document)
        claim = next((one for one in reading.claims if one.id == denial.claim), None) if reading else None
        out.append({"denial": denial, "reading": reading, "claim": claim})
    return out
