"""What the API and the pages read from the store alike."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, select

from khabar.errors import NotFound, StoreDamaged
from khabar.records import Reading
from khabar.store import schema
from khabar.store.judgements import Judgement, version_of
from khabar.store.named import list_actors, list_places
from khabar.store.packing import unpack
from khabar.store.queries import Page, decode_cursor, encode_cursor, list_claims, list_documents, list_events
from khabar.store.views import State, View, current_view, states_of
from khabar.web.filters import Asked, Paging

__all__ = [
    "Current", "History", "ListName", "Sighting", "across_documents", "current_document", "current_documents",
    "etag_of", "history_of", "judgement_page", "original_of", "page_of", "readings_of",
    "rows_of", "sightings_of",
]  # fmt: skip

ListName = Literal["documents", "claims", "events", "actors", "places"]
_SORTED: dict[str, Callable[..., Page]] = {
    "documents": list_documents, "claims": list_claims, "events": list_events,
}  # fmt: skip
_NAMED: dict[str, Callable[..., Page]] = {"actors": list_actors, "places": list_places}
_INNER = frozenset({"pk", "sort_at", "version_of"})
_BULK = 500


class Current(msgspec.Struct, frozen=True):
    """A document as it stands: its reading with the judgements in it, their status by item, and its version."""

    view: View
    version: int
    etag: str
    judgements: tuple[Judgement, ...]


class History(msgspec.Struct, frozen=True):
    """One reading of a document."""

    reader: str
    made_at: str
    sha256: str
    current: bool
    kept: bool


class Sighting(msgspec.Struct, frozen=True):
    """Where and when a document's bytes were seen; `kept` is false where they were redacted."""

    location: str
    extraction: str
    seen_at: str
    captured_at: str | None
    sha256: str
    size: int
    kept: bool


def page_of(connection: Connection, what: ListName, asked: Asked, paging: Paging, *, bulk: bool = False) -> Page:
    """One page of a list, without the columns that are the database's own business; for `bulk`, in an order that does
    not change while documents come in."""
    options: dict[str, Any] = {"after": paging.after, "limit": paging.limit, "count": paging.count}
    if what in _SORTED:
        page = _SORTED[what](connection, asked.filter, sort=paging.sort, **options)
    else:
        page = _NAMED[what](connection, asked.filter, order="id" if bulk else "most", **options)
    rows = ({key: value for key, value in row.items() if key not in _INNER} for row in page.rows)
    return msgspec.structs.replace(page, rows=tuple(rows))


def rows_of(engine: Any, what: ListName, asked: Asked, sort: Any = "newest") -> Iterator[dict[str, Any]]:
    """All rows of a list, page by page, each page with a connection of its own."""
    after: str | None = None
    while True:
        with engine.connect() as connection:
            page = page_of(connection, what, asked, Paging(sort, after, _BULK, count=False), bulk=True)
        yield from page.rows
        after = page.next
        if after is None:
            return


def current_document(connection: Connection, key: str) -> Current:
    """A document as it stands. Raises NotFound for one that is not there, or was redacted."""
    found = current_documents(connection, [key]).get(key)
    if found is None:
        d = schema.document
        there = connection.execute(select(d.c.pk).where(d.c.id == key)).first()
        why = "no document" if there is None else "redacted: document"
        raise NotFound(f"{why} {key[:80]}", document=key[:80], stage="documents")
    return found


def current_documents(connection: Connection, keys: Sequence[str]) -> dict[str, Current]:
    """Documents as they stand, by id; those that are not there, or were redacted, are left out."""
    return {key: _current(state) for key, state in states_of(connection, keys).items()}


def _current(state: State) -> Current:
    tag = etag_of(state.view.reading.reader, state.version)
    return Current(state.view, state.version, tag, state.judgements)


def across_documents(connection: Connection) -> tuple[int, str]:
    """Version and tag of what was judged of actors and stories."""
    version = version_of(connection, None)
    return version, etag_of("", version)


def etag_of(reader: str, version: int) -> str:
    """The tag of a document's state: its reader, and how many judgements there are."""
    return f'"{hashlib.sha256(reader.encode()).hexdigest()[:12]}-{version}"'


def history_of(connection: Connection, key: str) -> list[History]:
    """A document's readings, the newest first."""
    d, r = schema.document, schema.reading
    query = select(r.c.reader, r.c.made_at, r.c.sha256, r.c.current, r.c.data.is_not(None).label("kept"))
    rows = connection.execute(query.join(d, d.c.pk == r.c.document_pk).where(d.c.id == key).order_by(r.c.pk.desc()))
    return [History(row.reader, row.made_at, row.sha256, bool(row.current), bool(row.kept)) for row in rows]


def sightings_of(connection: Connection, key: str) -> list[Sighting]:
    """Where a document's bytes came from, the first sighting first."""
    d, s, b = schema.document, schema.sighting, schema.blob
    query = (
        select(s.c.location, s.c.extraction, s.c.seen_at, s.c.captured_at, b.c.sha256, b.c.size,
               b.c.data.is_not(None).label("kept"))
        .join(d, d.c.pk == s.c.document_pk).join(b, b.c.sha256 == s.c.blob_sha256)
        .where(d.c.id == key).order_by(s.c.pk).limit(200)
    )  # fmt: skip
    return [
        Sighting(row.location, row.extraction, row.seen_at, row.captured_at, row.sha256, row.size, bool(row.kept))
        for row in connection.execute(query)
    ]


def original_of(connection: Connection, key: str, digest: str) -> bytes:
    """The bytes in which a document came. Raises NotFound for others, or where they were redacted."""
    d, s, b = schema.document, schema.sighting, schema.blob
    query = select(b.c.data).join(s, s.c.blob_sha256 == b.c.sha256).join(d, d.c.pk == s.c.document_pk)
    row = connection.execute(query.where(d.c.id == key, b.c.sha256 == digest, d.c.redacted_at.is_(None))).first()
    if row is None or row.data is None:
        raise NotFound("no such bytes of this document", document=key[:80], stage="documents")
    return unpack(row.data, digest, subject=key)


def judgement_page(connection: Connection, document: str | None, after: str | None, limit: int) -> Page:
    """Judgements in the order they were made, a page at a time; redacted ones are passed over."""
    j, d = schema.judgement, schema.document
    query = select(j.c.pk, j.c.record, j.c.record_sha256, j.c.id).where(j.c.record.is_not(None))
    if document is not None:
        query = query.join(d, d.c.pk == j.c.document_pk).where(d.c.id == document)
    if after:
        last = decode_cursor(after)[0]
        query = query.where(j.c.pk > (last if isinstance(last, int) else 0))
    rows = connection.execute(query.order_by(j.c.pk).limit(limit + 1)).all()
    made = []
    for row in rows[:limit]:
        try:
            made.append(msgspec.json.decode(unpack(row.record, row.record_sha256, subject=row.id)))
        except msgspec.DecodeError as error:
            raise StoreDamaged(f"judgement {row.id}: {error}", stage="store") from error
    return Page(tuple(made), encode_cursor([rows[limit - 1].pk]) if len(rows) > limit else None)


def readings_of(engine: Any, asked: Asked) -> Iterator[Reading]:
    """The current views of all documents that answer the filter."""
    for row in rows_of(engine, "documents", asked):
        with engine.connect() as connection:
            reading = current_view(connection, row["document"]).reading
        yield reading
