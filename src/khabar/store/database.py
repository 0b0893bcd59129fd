"""Writes: documents with their readings, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Engine, func, select, update

from khabar.records import Arrival, Reading, reading_from_json
from khabar.store import ledger, schema
from khabar.store.engine import check_schema, connect, upgrade_schema, write
from khabar.store.evidence import row_hash, rows_hash
from khabar.store.intake import Counts, Intake, next_key
from khabar.store.packing import sha256, unpack

__all__ = ["Counts", "Store"]


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
        try:
            if create and not _has_tables(engine):
                upgrade_schema(engine)
            check_schema(engine)
        except BaseException:
            engine.dispose()
            raise
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
            ledger.lock(connection)
            unfinished = connection.scalar(
                select(func.max(table.c.pk)).where(
                    table.c.sources == encoded, table.c.reader == reader, table.c.finished_at.is_(None),
                    table.c.undone_at.is_(None),
                )
            )  # fmt: skip
            if unfinished is not None:
                return int(unfinished)
            row: dict[str, Any] = {"started_at": self.now(), "sources": encoded, "reader": reader}
            pk = row["pk"] = next_key(connection, table)
            connection.execute(table.insert(), row)
            content = rows_hash([row_hash("ingest", row)])
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
            intake = Intake(connection, self.now())
            intake.add(ingest, list(arrivals))
            ledger.append(connection, self.now(), intake.actions)
        return intake.counts

    def add_readings(self, readings: Iterable[Reading]) -> int:
        """Store new readings of documents that are there, in one transaction; returns how many were new."""
        with write(self.engine) as connection:
            intake = Intake(connection, self.now())
            intake.reread(list(readings))
            ledger.append(connection, self.now(), intake.actions)
        return intake.counts.reread

    def record_export(self, form: str, readings: Sequence[Reading], *, who: str) -> None:
        """Enter in the ledger that these readings, as they were then, were given out, and by whom."""
        content = rows_hash([sha256(reading.to_json()) for reading in readings])
        detail = {"who": who, "documents": [reading.document.id for reading in readings]}
        with write(self.engine) as connection:
            ledger.append(connection, self.now(), [("export", form, content, detail)])

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
