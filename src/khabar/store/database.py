"""Writes: documents with their readings, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Table, func, select, update

from khabar.dates import published_utc
from khabar.errors import StoreError
from khabar.records import Arrival, Document, Reading, Rejection, reading_from_json
from khabar.store import ledger, schema
from khabar.store.engine import check_schema, connect, upgrade_schema, write
from khabar.store.evidence import row_hash, rows_hash
from khabar.store.index import index_reading, remove_index
from khabar.store.judgements import mark_document
from khabar.store.packing import packed, sha256, unpack
from khabar.store.schema import searchable

__all__ = ["Counts", "Outcome", "Store"]

Outcome = Literal["new", "version", "sighting", "reread", "known", "rejected"]
"""What an arrival was: a new document, a new version of one at the same address, one seen before, one read anew, or one
that this very ingest had stored already. `copy` is no outcome: a copy is a new document, counted beside."""


class Counts(msgspec.Struct):
    """What an ingest did, by outcome; `copies` are new documents whose text was there already."""

    new: int = 0
    version: int = 0
    sighting: int = 0
    reread: int = 0
    known: int = 0
    rejected: int = 0
    copies: int = 0


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """A database of documents, readings and judgements; safe to share among threads, one connection a call."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = _utc_now) -> None:
        self.engine = engine
        self._clock = clock

    @classmethod
    def open(cls, address: str, *, create: bool = False, clock: Callable[[], datetime] = _utc_now) -> Store:
        """Open the store at a path or URL; with `create`, an empty database gets its tables.

        Raises StoreMissing, StoreOutdated, StoreTooNew or StoreUnavailable; nothing is touched then.
        """
        engine = connect(address, create=create)
        if create and not _has_tables(engine):
            upgrade_schema(engine)
        check_schema(engine)
        return cls(engine, clock=clock)

    def now(self) -> str:
        """The present moment as the store writes it."""
        return self._clock().astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def is_redacted(self, document_id: str) -> bool:
        """Whether a document was redacted: it is not taken in again."""
        d = schema.document
        query = select(d.c.pk).where(d.c.id == document_id, d.c.redacted_at.is_not(None))
        with self.engine.connect() as connection:
            return connection.execute(query).first() is not None

    def begin_ingest(self, sources: Sequence[str], reader: str) -> int:
        """The number of an ingest of these sources: one that was cut short goes on, else a new one starts."""
        encoded = msgspec.json.encode(list(sources)).decode()
        table = schema.ingest
        with write(self.engine) as connection:
            unfinished = connection.scalar(
                select(func.max(table.c.pk)).where(
                    table.c.sources == encoded, table.c.reader == reader, table.c.finished_at.is_(None),
                    table.c.undone_at.is_(None),
                )
            )  # fmt: skip
            if unfinished is not None:
                return int(unfinished)
            row = {"started_at": self.now(), "sources": encoded, "reader": reader}
            pk = _insert(connection, table, row)
            content = rows_hash([row_hash("ingest", {**row, "pk": pk})])
            ledger.append(connection, self.now(), [("ingest-begin", str(pk), content, {"ingest": pk})])
            return pk

    def finish_ingest(self, ingest: int) -> None:
        """Mark an ingest as done: naming the same sources again starts another."""
        with write(self.engine) as connection:
            connection.execute(update(schema.ingest).where(schema.ingest.c.pk == ingest).values(finished_at=self.now()))

    def is_read(self, document_id: str, reader: str) -> bool:
        """Whether this reader's reading of the document is there, so that it need not be made again."""
        d, r = schema.document, schema.reading
        query = select(r.c.pk).join(d, d.c.pk == r.c.document_pk).where(d.c.id == document_id, r.c.reader == reader)
        with self.engine.connect() as connection:
            return connection.execute(query).first() is not None

    def add(self, ingest: int, arrivals: Iterable[Arrival]) -> Counts:
        """Store a batch in one transaction; once this returns, it is on disk."""
        with write(self.engine) as connection:
            batch = _Batch(connection, ingest, self.now())
            for arrival in arrivals:
                batch.add(arrival)
            ledger.append(connection, self.now(), batch.actions)
        return batch.counts

    def add_readings(self, readings: Iterable[Reading]) -> int:
        """Store new readings of documents that are there, in one transaction; returns how many were new."""
        with write(self.engine) as connection:
            batch = _Batch(connection, 0, self.now())
            for reading in readings:
                batch.reread(reading)
            ledger.append(connection, self.now(), batch.actions)
        return batch.counts.reread

    def readings_not_by(self, reader: str) -> Iterator[Reading]:
        """The current readings of documents that this reader has not read, in pages, so that writes can go between."""
        d, r = schema.document, schema.reading
        last = 0
        query = select(d.c.pk, d.c.id, r.c.data, r.c.sha256).join(r, r.c.document_pk == d.c.pk)
        while True:
            with self.engine.connect() as connection:
                page = query.where(d.c.pk > last, *_not_by(reader)).order_by(d.c.pk).limit(_PAGE)
                rows = connection.execute(page).all()
            for row in rows:
                yield reading_from_json(unpack(row.data, row.sha256, subject=row.id))
            if not rows:
                return
            last = rows[-1].pk

    def count_not_by(self, reader: str) -> int:
        """How many documents this reader has not read."""
        d, r = schema.document, schema.reading
        query = select(func.count()).select_from(d.join(r, r.c.document_pk == d.c.pk)).where(*_not_by(reader))
        with self.engine.connect() as connection:
            return connection.scalar(query) or 0


_PAGE = 100
_REDACTED = "%+redacted%"


def _not_by(reader: str) -> list[ColumnElement[bool]]:
    # A masked reading is never replaced: what stands under it was taken away.
    d, r = schema.document, schema.reading
    done = select(r.c.document_pk).where(r.c.reader == reader)
    return [r.c.current, r.c.data.is_not(None), r.c.reader.not_like(_REDACTED), d.c.pk.not_in(done)]


def _has_tables(engine: Engine) -> bool:
    from sqlalchemy import inspect

    return inspect(engine).has_table("alembic_version")


def _insert(connection: Connection, table: Table, row: dict[str, Any]) -> int:
    key = connection.execute(table.insert(), row).inserted_primary_key
    assert key is not None
    return int(key[0])


class _Batch:
    """The writes of one transaction, and the ledger entries that will vouch for them."""

    def __init__(self, connection: Connection, ingest: int, now: str) -> None:
        self.connection = connection
        self.ingest = ingest
        self.now = now
        self.counts = Counts()
        self.actions: list[tuple[str, str, str, dict[str, Any]]] = []
        # A file of many documents comes with the same bytes each time: hash and look them up once.
        self._blob: tuple[bytes, dict[str, Any]] | None = None

    def add(self, arrival: Arrival) -> None:
        """Store one arrival and count what it was; a document whose reading is there already comes without one."""
        if isinstance(arrival.result, Rejection):
            outcome = self._add_rejection(arrival, arrival.result)
        elif isinstance(arrival.result, Reading):
            outcome = self._add_reading(arrival, arrival.result.document, arrival.result)
        else:
            outcome = self._add_reading(arrival, arrival.result, None)
        setattr(self.counts, outcome, getattr(self.counts, outcome) + 1)

    def _add_reading(self, arrival: Arrival, document: Document, made: Reading | None) -> Outcome:
        evidence: list[tuple[str, dict[str, Any]]] = [("blob", self._keep(arrival.raw or b""))]
        outcome: Outcome = "sighting"
        d = schema.document
        known = self.connection.scalar(select(d.c.pk).where(d.c.id == document.id))
        if known is None:
            if made is None:
                raise StoreError("a new document is stored with its reading", document=document.id, stage="store")
            row = _document_row(self.connection, document, self.now)
            self.counts.copies += _is_copy(self.connection, document)
            known = row["pk"] = _insert(self.connection, d, row)
            evidence.append(("document", row))
            outcome = "version" if row["version_of"] else "new"
        seen = _add_sighting(self.connection, self.ingest, known, evidence[0][1]["sha256"], arrival, self.now)
        if seen is not None:
            evidence.append(("sighting", seen))
        reading = _add_reading(self.connection, known, made, self.now) if made else None
        if reading is not None:
            evidence.append(("reading", reading))
            outcome = "reread" if outcome == "sighting" else outcome
        elif seen is None:
            return "known"
        self._vouch("ingest", document.id, evidence)
        return outcome

    def _add_rejection(self, arrival: Arrival, rejection: Rejection) -> Outcome:
        evidence = [("blob", self._keep(arrival.raw))] if arrival.raw is not None else []
        table = schema.rejection
        row = {
            "ingest_pk": self.ingest, "document": searchable(rejection.document), "stage": rejection.stage,
            "code": rejection.code, "detail": searchable(rejection.detail),
            "blob_sha256": evidence[0][1]["sha256"] if evidence else None,
        }  # fmt: skip
        same = [table.c[name] == row[name] for name in ("ingest_pk", "document", "stage", "code")]
        if self.connection.execute(select(table.c.pk).where(*same)).first() is not None:
            return "known"
        row["pk"] = _insert(self.connection, table, row)
        self._vouch("reject", str(row["document"]), [*evidence, ("rejection", row)])
        return "rejected"

    def reread(self, reading: Reading) -> None:
        """Store a later reading of a document that is there."""
        d = schema.document
        known = self.connection.scalar(select(d.c.pk).where(d.c.id == reading.document.id))
        if known is not None and (row := _add_reading(self.connection, known, reading, self.now)):
            self._vouch("reread", reading.document.id, [("reading", row)])
            self.counts.reread += 1

    def _keep(self, raw: bytes) -> dict[str, Any]:
        if self._blob is None or self._blob[0] is not raw:
            self._blob = (raw, _add_blob(self.connection, raw))
        return self._blob[1]

    def _vouch(self, action: str, subject: str, evidence: list[tuple[str, dict[str, Any]]]) -> None:
        hashes = [row_hash(table, row) for table, row in evidence]
        detail = {table: row["sha256" if table == "blob" else "pk"] for table, row in evidence}
        self.actions.append((action, subject, rows_hash(hashes), detail))


def _add_blob(connection: Connection, raw: bytes) -> dict[str, Any]:
    b = schema.blob
    there = connection.execute(select(b).where(b.c.sha256 == sha256(raw))).first()
    if there is not None:
        return dict(there._mapping)
    row = {"sha256": sha256(raw), "size": len(raw), **packed("data", raw)}
    connection.execute(b.insert(), row)
    return row


def _document_row(connection: Connection, document: Document, now: str) -> dict[str, Any]:
    record = msgspec.json.encode(document)
    return {
        "id": document.id, "content_hash": document.content_hash, "external_id": searchable(document.external_id),
        "publisher": searchable(document.publisher), "url": searchable(document.url),
        "title": searchable(document.title), "published": searchable(document.published),
        "published_at": published_utc(document.published),
        "language": document.language, "version_of": _earlier_version(connection, document), "ingested_at": now,
        **packed("record", record), "record_sha256": sha256(record),
    }  # fmt: skip


def _earlier_version(connection: Connection, document: Document) -> int | None:
    """The last document at the same address with another text; without an address there are no versions."""
    if document.url is None:
        return None
    d = schema.document
    same = (d.c.url == searchable(document.url), d.c.publisher.is_not_distinct_from(searchable(document.publisher)))
    pk = connection.scalar(select(func.max(d.c.pk)).where(*same, d.c.content_hash != document.content_hash))
    return None if pk is None else int(pk)


def _is_copy(connection: Connection, document: Document) -> bool:
    d = schema.document
    return (
        connection.execute(select(d.c.pk).where(d.c.content_hash == document.content_hash).limit(1)).first() is not None
    )


def _add_sighting(
    connection: Connection, ingest: int, document: int, blob: str, arrival: Arrival, now: str
) -> dict[str, Any] | None:
    s = schema.sighting
    location = searchable(arrival.location)
    same = (s.c.ingest_pk == ingest, s.c.document_pk == document, s.c.location == location)
    if connection.execute(select(s.c.pk).where(*same)).first() is not None:
        return None
    row: dict[str, Any] = {
        "document_pk": document, "ingest_pk": ingest, "blob_sha256": blob, "location": location,
        "extraction": arrival.extraction, "captured_at": arrival.captured_at, "seen_at": now,
    }  # fmt: skip
    row["pk"] = _insert(connection, s, row)
    return row


def _add_reading(connection: Connection, document: int, reading: Reading, now: str) -> dict[str, Any] | None:
    r = schema.reading
    if connection.execute(select(r.c.pk).where(r.c.document_pk == document, r.c.reader == reading.reader)).first():
        return None
    public = reading.to_json()
    row: dict[str, Any] = {
        "document_pk": document, "reader": reading.reader, **packed("data", public), "sha256": sha256(public),
        "made_at": now, "current": True,
    }  # fmt: skip
    connection.execute(update(r).where(r.c.document_pk == document).values(current=False))
    row["pk"] = _insert(connection, r, row)
    remove_index(connection, document)
    index_reading(connection, document, reading)
    mark_document(connection, reading.document.id)
    return row
