"""A batch of arrivals on its way in: what is known is looked up once for all, what is new is written table by table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Table, func, select, update

from khabar.dates import published_utc
from khabar.errors import StoreError
from khabar.records import Arrival, Document, Reading, Rejection
from khabar.store import ledger, schema
from khabar.store.bulk import insert_rows
from khabar.store.evidence import row_hash, rows_hash
from khabar.store.index import index_readings, remove_index
from khabar.store.judging import mark_document
from khabar.store.packing import packed, sha256
from khabar.store.schema import searchable

__all__ = ["Counts", "Intake", "Outcome", "next_key"]

Outcome = Literal["new", "version", "sighting", "reread", "known", "rejected"]
"""What an arrival was: a new document, a new version of one at the same address, one seen before, one read anew, or one
that this very ingest had stored already. `copy` is no outcome: a copy is a new document, counted beside."""

Row = dict[str, Any]
Address = tuple[str | None, str]


class Counts(msgspec.Struct):
    """What an ingest did, by outcome; `copies` are new documents whose text was there already."""

    new: int = 0
    version: int = 0
    sighting: int = 0
    reread: int = 0
    known: int = 0
    rejected: int = 0
    copies: int = 0


def next_key(connection: Connection, table: Table) -> int:
    """The key after the last: counted by us, alike on both engines, under the lock that writers share."""
    return (connection.scalar(select(func.max(table.c.pk))) or 0) + 1


class Intake:
    """The writes of one transaction, and the ledger entries that will vouch for them. Takes the writers' lock."""

    def __init__(self, connection: Connection, now: str) -> None:
        ledger.lock(connection)
        self.connection = connection
        self.now = now
        self.counts = Counts()
        self.actions: list[tuple[str, str, str, Row]] = []
        self._rows: dict[str, list[Row]] = {
            name: [] for name in ("blob", "document", "sighting", "reading", "rejection")
        }
        self._next: dict[str, int] = {}
        self._read: list[tuple[int, Reading]] = []
        self._again: list[tuple[int, str]] = []  # documents whose earlier reading gives way

    def add(self, ingest: int, arrivals: Sequence[Arrival]) -> None:
        """Store arrivals; a document whose reading is there already comes without one."""
        known = _Known(self.connection, ingest, arrivals)
        for arrival in arrivals:
            if isinstance(arrival.result, Rejection):
                outcome = self._rejection(known, ingest, arrival, arrival.result)
            else:
                outcome = self._document(known, ingest, arrival)
            setattr(self.counts, outcome, getattr(self.counts, outcome) + 1)
        self._write()

    def reread(self, readings: Iterable[Reading]) -> None:
        """Store later readings of documents that are there."""
        d = schema.document
        for made in readings:
            pk = self.connection.scalar(select(d.c.pk).where(d.c.id == made.document.id))
            if pk is not None and (row := self._reading(pk, made, fresh=False)):
                self._vouch("reread", made.document.id, [("reading", row)])
                self.counts.reread += 1
        self._write()

    def _document(self, known: _Known, ingest: int, arrival: Arrival) -> Outcome:
        made = arrival.result if isinstance(arrival.result, Reading) else None
        document = made.document if made else arrival.result
        assert isinstance(document, Document)
        blob = self._blob(known, arrival.raw or b"")
        evidence: list[tuple[str, Row]] = [("blob", blob)]
        outcome: Outcome = "sighting"
        pk = known.documents.get(document.id)
        fresh = pk is None
        if pk is None:
            if made is None:
                raise StoreError("a new document is stored with its reading", document=document.id, stage="store")
            row = self._keyed("document", _document_row(document, known.earlier(document), self.now))
            self.counts.copies += document.content_hash in known.contents
            known.remember(document, row["pk"])
            evidence.append(("document", row))
            outcome, pk = "version" if row["version_of"] else "new", row["pk"]
        seen = self._sighting(known, ingest, pk, blob["sha256"], arrival)
        if seen is not None:
            evidence.append(("sighting", seen))
        reading = self._reading(pk, made, fresh=fresh) if made else None
        if reading is not None:
            evidence.append(("reading", reading))
            outcome = "reread" if outcome == "sighting" else outcome
        elif seen is None:
            return "known"
        self._vouch("ingest", document.id, evidence)
        return outcome

    def _rejection(self, known: _Known, ingest: int, arrival: Arrival, rejection: Rejection) -> Outcome:
        evidence = [("blob", self._blob(known, arrival.raw))] if arrival.raw is not None else []
        row: Row = {
            "ingest_pk": ingest, "document": searchable(rejection.document), "stage": rejection.stage,
            "code": rejection.code, "detail": searchable(rejection.detail),
            "blob_sha256": evidence[0][1]["sha256"] if evidence else None,
        }  # fmt: skip
        same = (row["document"], row["stage"], row["code"])
        if same in known.rejections:
            return "known"
        known.rejections.add(same)
        self._vouch("reject", str(row["document"]), [*evidence, ("rejection", self._keyed("rejection", row))])
        return "rejected"

    def _blob(self, known: _Known, raw: bytes) -> Row:
        name = known.hash_of(raw)
        if name not in known.blobs:
            row = {"sha256": name, "size": len(raw), **packed("data", raw)}
            known.blobs[name] = row
            self._rows["blob"].append(row)
        return known.blobs[name]

    def _sighting(self, known: _Known, ingest: int, document: int, blob: str, arrival: Arrival) -> Row | None:
        same = (document, str(searchable(arrival.location)))
        if same in known.sightings:
            return None
        known.sightings.add(same)
        row: Row = {
            "document_pk": document, "ingest_pk": ingest, "blob_sha256": blob, "location": same[1],
            "extraction": arrival.extraction, "captured_at": arrival.captured_at, "seen_at": self.now,
        }  # fmt: skip
        return self._keyed("sighting", row)

    def _reading(self, document: int, made: Reading, *, fresh: bool) -> Row | None:
        if not fresh and self._is_read(document, made.reader):
            return None
        public = made.to_json()
        row: Row = {
            "document_pk": document, "reader": made.reader, **packed("data", public), "sha256": sha256(public),
            "made_at": self.now, "current": True,
        }  # fmt: skip
        if not fresh:
            self._again.append((document, made.document.id))
        self._read.append((document, made))
        return self._keyed("reading", row)

    def _is_read(self, document: int, reader: str) -> bool:
        if any(row["document_pk"] == document and row["reader"] == reader for row in self._rows["reading"]):
            return True
        r = schema.reading
        query = select(r.c.pk).where(r.c.document_pk == document, r.c.reader == reader)
        return self.connection.execute(query).first() is not None

    def _keyed(self, name: str, row: Row) -> Row:
        """The row with the next key of its table, waiting to be written."""
        if name not in self._next:
            self._next[name] = next_key(self.connection, schema.metadata.tables[name])
        row["pk"] = self._next[name]
        self._next[name] += 1
        self._rows[name].append(row)
        return row

    def _vouch(self, action: str, subject: str, evidence: list[tuple[str, Row]]) -> None:
        hashes = [row_hash(table, row) for table, row in evidence]
        detail = {table: row["sha256" if table == "blob" else "pk"] for table, row in evidence}
        self.actions.append((action, subject, rows_hash(hashes), detail))

    def _write(self) -> None:
        """Write what waits, in the order of the references among the tables."""
        r = schema.reading
        for document, _ in self._again:
            self.connection.execute(update(r).where(r.c.document_pk == document).values(current=False))
            remove_index(self.connection, document)
        last = {row["document_pk"]: row for row in self._rows["reading"]}
        for row in self._rows["reading"]:
            row["current"] = last[row["document_pk"]] is row
        for name, rows in self._rows.items():
            insert_rows(self.connection, rows, schema.metadata.tables[name])
            rows.clear()
        index_readings(self.connection, list(dict(self._read).items()), newest=True)
        for _, document_id in self._again:
            mark_document(self.connection, document_id)
        self._read, self._again = [], []


class _Known:
    """What the store holds already of a batch: looked up once, and kept up to date as the batch goes on."""

    def __init__(self, connection: Connection, ingest: int, arrivals: Sequence[Arrival]) -> None:
        self._last: tuple[bytes, str] | None = None
        documents = [_document_of(arrival) for arrival in arrivals]
        found = [document for document in documents if document is not None]
        d, s, b, r = schema.document, schema.sighting, schema.blob, schema.rejection

        def rows(query: Any) -> list[Any]:
            return list(connection.execute(query))

        names = [self.hash_of(arrival.raw) for arrival in arrivals if arrival.raw is not None]
        self.blobs: dict[str, Row] = {
            row.sha256: dict(row._mapping)
            for row in rows(select(b.c.sha256, b.c.size, b.c.packed_sha256).where(b.c.sha256.in_(sorted({*names}))))
        }
        ids, contents = sorted({one.id for one in found}), sorted({one.content_hash for one in found})
        self.documents: dict[str, int] = {row.id: row.pk for row in rows(select(d.c.id, d.c.pk).where(d.c.id.in_(ids)))}
        self.contents = {row[0] for row in rows(select(d.c.content_hash).where(d.c.content_hash.in_(contents)))}
        self._versions: dict[Address, list[tuple[int, str]]] = {}
        urls = sorted({str(searchable(one.url)) for one in found if one.url})
        for row in rows(select(d.c.publisher, d.c.url, d.c.pk, d.c.content_hash).where(d.c.url.in_(urls))):
            self._versions.setdefault((row.publisher, row.url), []).append((row.pk, row.content_hash))
        where = (s.c.ingest_pk == ingest, s.c.document_pk.in_(sorted(self.documents.values())))
        self.sightings = {(row[0], row[1]) for row in rows(select(s.c.document_pk, s.c.location).where(*where))}
        refused = sorted({str(searchable(a.result.document)) for a in arrivals if isinstance(a.result, Rejection)})
        same = (r.c.ingest_pk == ingest, r.c.document.in_(refused))
        self.rejections = {tuple(row) for row in rows(select(r.c.document, r.c.stage, r.c.code).where(*same))}

    def hash_of(self, raw: bytes) -> str:
        """The bytes' hash; a file of many documents comes with the same bytes each time, and is hashed once."""
        if self._last is None or self._last[0] is not raw:
            self._last = (raw, sha256(raw))
        return self._last[1]

    def earlier(self, document: Document) -> int | None:
        """The last document at the same address with another text; without an address there are no versions."""
        others = self._versions.get(_address(document), ()) if document.url else ()
        return max((pk for pk, content in others if content != document.content_hash), default=None)

    def remember(self, document: Document, pk: int) -> None:
        """A document of this batch that is now there."""
        self.documents[document.id] = pk
        self.contents.add(document.content_hash)
        if document.url:
            self._versions.setdefault(_address(document), []).append((pk, document.content_hash))


def _document_of(arrival: Arrival) -> Document | None:
    if isinstance(arrival.result, Reading):
        return arrival.result.document
    return arrival.result if isinstance(arrival.result, Document) else None


def _address(document: Document) -> Address:
    return searchable(document.publisher), str(searchable(document.url))


def _document_row(document: Document, version_of: int | None, now: str) -> Row:
    record = msgspec.json.encode(document)
    return {
        "id": document.id, "content_hash": document.content_hash, "external_id": searchable(document.external_id),
        "publisher": searchable(document.publisher), "url": searchable(document.url),
        "title": searchable(document.title), "published": searchable(document.published),
        "published_at": published_utc(document.published), "language": document.language, "version_of": version_of,
        "ingested_at": now, **packed("record", record), "record_sha256": sha256(record),
    }  # fmt: skip
