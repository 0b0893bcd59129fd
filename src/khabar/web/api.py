"""The API's reads, under `/api/v1`: lists by keyset pages, documents with tags, everything as lines for bulk."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from litestar import Controller, Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from khabar.records import PublicReading
from khabar.store.judgements import Judgement
from khabar.web.exports import ExportForm, ExportName, export
from khabar.web.faults import FAULTS
from khabar.web.filters import AskedFor, PageAsked
from khabar.web.reads import (
    History,
    ListName,
    Sighting,
    current_document,
    history_of,
    original_of,
    page_of,
    sightings_of,
)
from khabar.web.workbench import Ask, Bench

__all__ = ["DocumentOut", "Reads", "Rows", "tagged"]


class Rows(msgspec.Struct, frozen=True):
    """A page of a list: rows in order, the cursor of the next page (null at the end), and the total where asked for."""

    rows: tuple[dict[str, Any], ...]
    next: str | None
    total: int | None


class DocumentOut(msgspec.Struct, frozen=True):
    """A document as it stands. `status` says of judged items what was said; `etag` goes with the next judgement."""

    document: str
    version: int
    etag: str
    reading: PublicReading
    status: dict[str, str]
    judgements: tuple[Judgement, ...]
    adrift: tuple[Judgement, ...]
    readings: tuple[History, ...]
    sightings: tuple[Sighting, ...]


class Reads(Controller):
    """What there is."""

    path = "/api/v1"
    tags = ["read"]

    @get("/session", sync_to_thread=False, responses=FAULTS)
    def session(self, request: Ask) -> dict[str, str | None]:
        """Who is asking, as what, and the token that writes need as `X-CSRF-Token`."""
        account = request.user.account
        return {"name": account.name if account else None, "role": account.role if account else None,
                "csrf": request.user.csrf}  # fmt: skip

    @get("/documents", sync_to_thread=True, responses=FAULTS)
    def documents(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Rows]:
        """Documents whose own words, claims or events answer the filter."""
        return _list("documents", request, bench, asked, paging)

    @get("/claims", sync_to_thread=True, responses=FAULTS)
    def claims(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Rows]:
        """Who said what."""
        return _list("claims", request, bench, asked, paging)

    @get("/events", sync_to_thread=True, responses=FAULTS)
    def events(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Rows]:
        """What is said to have happened."""
        return _list("events", request, bench, asked, paging)

    @get("/actors", sync_to_thread=True, responses=FAULTS)
    def actors(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Rows]:
        """Actors, with how many documents name them and how many claims cite them."""
        return _list("actors", request, bench, asked, paging)

    @get("/places", sync_to_thread=True, responses=FAULTS)
    def places(self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Rows]:
        """Places, with how many documents name them."""
        return _list("places", request, bench, asked, paging)

    @get("/documents/{key:str}", sync_to_thread=True, responses=FAULTS)
    def document(self, request: Ask, bench: Bench, key: FromPath[str]) -> Response[DocumentOut]:
        """One document with its current reading, what was judged, and where its bytes came from."""
        with bench.store.engine.connect() as connection:
            now = current_document(connection, key)
            readings, sightings = history_of(connection, key), sightings_of(connection, key)
        if request.headers.get("if-none-match") == now.etag:
            return Response(b"", status_code=304, headers={"ETag": now.etag})  # type: ignore[arg-type]
        out = DocumentOut(
            key, now.version, now.etag, now.view.reading.public(), now.view.status, now.judgements, now.view.adrift,
            tuple(readings), tuple(sightings),
        )  # fmt: skip
        return Response(out, headers={"ETag": now.etag})

    @get("/documents/{key:str}/reading", sync_to_thread=True, responses=FAULTS)
    def reading(self, bench: Bench, key: FromPath[str]) -> Response[PublicReading]:
        """The current reading with the judgements that stand, as `khabar.reading/1`."""
        with bench.store.engine.connect() as connection:
            now = current_document(connection, key)
        return Response(now.view.reading.public(), headers={"ETag": now.etag})

    @get("/documents/{key:str}/readings", sync_to_thread=True, responses=FAULTS)
    def readings(self, bench: Bench, key: FromPath[str]) -> list[History]:
        """The history of a document's readings, the newest first."""
        with bench.store.engine.connect() as connection:
            current_document(connection, key)
            return history_of(connection, key)

    @get(
        "/documents/{key:str}/original/{digest:str}",
        sync_to_thread=True,
        media_type="application/octet-stream",
        responses=FAULTS,
    )
    def original(self, bench: Bench, key: FromPath[str], digest: FromPath[str]) -> Response[bytes]:
        """The bytes in which a document came, to be saved: they are never shown as a page."""
        with bench.store.engine.connect() as connection:
            data = original_of(connection, key, digest)
        name = digest.removeprefix("sha256:")[:16]
        headers = {"Content-Disposition": f'attachment; filename="{name}.bin"', "Content-Security-Policy": "sandbox"}
        return Response(data, media_type="application/octet-stream", headers=headers)

    @get("/export", sync_to_thread=True, responses=FAULTS, media_type="application/x-ndjson")
    def export(
        self,
        bench: Bench,
        asked: AskedFor,
        what: FromQuery[ExportName] = "claims",
        form: FromQuery[ExportForm] = "jsonl",
    ) -> Stream:
        """Everything that answers the filter, as lines of JSON, as CSV, or (readings) as one page to look at."""
        return export(bench.store.engine, asked, what, form)


def _list(what: ListName, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked) -> Response[Rows]:
    with bench.store.engine.connect() as connection:
        page = page_of(connection, what, asked, paging)
    return tagged(request, Rows(page.rows, page.next, page.total))


def tagged(request: Ask, content: Any) -> Response[Any]:
    """An answer with the tag of its content; nothing where the asker has it already."""
    body = msgspec.json.encode(content)
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers={"ETag": tag})
    return Response(body, media_type="application/json", headers={"ETag": tag})
