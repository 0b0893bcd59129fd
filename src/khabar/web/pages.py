"""The pages: lists with their filter in the address, a document, adding, the API's own."""

from __future__ import annotations

from typing import Any, get_args

from litestar import Controller, Response, get
from litestar.params import FromPath

from khabar.records import EventType, Factuality, Place, Reading, SourceKind, Stance
from khabar.web.filters import Asked, AskedFor, PageAsked, Paging
from khabar.web.reads import ListName, current_document, history_of, page_of, sightings_of
from khabar.web.render import language_of, render
from khabar.web.review_pages import drawn
from khabar.web.reviewing import cards_of
from khabar.web.shelf import groups_of, places_of, stories_of
from khabar.web.words import page_words
from khabar.web.workbench import Ask, Bench

__all__ = ["Pages"]

_CHOICES: dict[str, tuple[str, ...]] = {
    "type": get_args(EventType), "kind": get_args(SourceKind), "stance": get_args(Stance),
    "factuality": get_args(Factuality), "judgement": ("none", "accepted", "rejected", "corrected"),
}  # fmt: skip
_FIELDS: dict[str, tuple[str, ...]] = {
    "claims": ("publisher", "actor", "within", "happened_since", "happened_until", "document"),
    "events": ("publisher", "actor", "within", "happened_since", "happened_until", "document"),
    "documents": ("publisher", "actor", "within"), "actors": ("publisher",),
    "places": ("publisher", "within", "actor"),
}  # fmt: skip
_SORTS = {"claims": ("newest", "oldest", "score", "-score"), "events": ("newest", "oldest", "score", "-score"),
          "documents": ("newest", "oldest")}  # fmt: skip


class Pages(Controller):
    """What people see."""

    include_in_schema = False

    @get("/claims", sync_to_thread=True)
    def claims(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Any]:
        """Who said what."""
        return _list(request, bench, "claims", asked, paging)

    @get("/events", sync_to_thread=True)
    def events(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Any]:
        """What is said to have happened."""
        return _list(request, bench, "events", asked, paging)

    @get("/documents", sync_to_thread=True)
    def documents(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Any]:
        """Documents."""
        return _list(request, bench, "documents", asked, paging)

    @get("/actors", sync_to_thread=True)
    def actors(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Any]:
        """Actors."""
        return _list(request, bench, "actors", asked, paging)

    @get("/places", sync_to_thread=True)
    def places(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Any]:
        """Places."""
        return _list(request, bench, "places", asked, paging)

    @get("/documents/{key:str}", sync_to_thread=True)
    def document(self, request: Ask, bench: Bench, key: FromPath[str]) -> Response[Any]:
        """The article as it was published, with what was found in it."""
        with bench.store.engine.connect() as connection:
            now = current_document(connection, key)
            # Rejected items are shown too, struck through: what was rejected can be looked at and taken back.
            whole = now.view.whole
            readings, sightings = history_of(connection, key), sightings_of(connection, key)
            stories, groups = stories_of(connection, key), groups_of(connection, key)
            places = places_of(connection, stories)
        status = now.view.status
        return render(
            request, "document.html", key=key, reading=whole, etag=now.etag, body=drawn(whole), readings=readings,
            sightings=sightings, cards=cards_of(whole, status, "claim"), events=cards_of(whole, status, "event"),
            mentions=cards_of(whole, status, "mention"),
            judgements=now.judgements, may=request.user.may("reviewer"), page_words=page_words(language_of(request)),
            stories=stories, groups=groups, places=places, named=_named(whole),
        )  # fmt: skip

    @get("/ingest", sync_to_thread=False)
    def ingest(self, request: Ask) -> Response[Any]:
        """Adding files and addresses."""
        words = page_words(language_of(request))
        return render(request, "ingest.html", may=request.user.may("reviewer"), page_words=words)

    @get("/api", sync_to_thread=True)
    def api(self, request: Ask) -> Response[Any]:
        """What programs may ask for."""
        return render(request, "api.html", operations=_operations(request))


def _list(request: Ask, bench: Any, what: ListName, asked: Asked, paging: Paging) -> Response[Any]:
    with bench.store.engine.connect() as connection:
        page = page_of(connection, what, asked, paging)
    choices = _CHOICES if what in {"claims", "events", "documents"} else {}
    return render(
        request, "list.html", what=what, page=page, given=asked.given, choices=choices, fields=_FIELDS[what],
        sorts=_SORTS.get(what, ()), sort=paging.sort, after=paging.after,
    )  # fmt: skip


def _named(reading: Reading) -> list[Place]:
    """The places of a reading, each once, in the order of the text."""
    return list({one.place.id: one.place for one in reading.mentions if one.place}.values())


def _operations(request: Ask) -> list[dict[str, str]]:
    schema = request.app.openapi_schema.to_schema()
    found = []
    for path, methods in sorted(schema["paths"].items()):
        for method, one in methods.items():
            if isinstance(one, dict):
                names = ", ".join(parameter["name"] for parameter in one.get("parameters") or ())
                what = one.get("description") or one.get("summary") or ""
                found.append({"method": method.upper(), "path": path, "what": what, "parameters": names})
    return found
