"""Recompute everything that the ledger vouches for, and name what does not hold; and the counts that are kept of what
was made from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Table, select

from khabar.dates import published_utc
from khabar.errors import StoreDamaged
from khabar.store import ledger, schema
from khabar.store.counts import wrong_counts
from khabar.store.evidence import EVIDENCE, row_hash, rows_hash
from khabar.store.packing import sha256, unpack
from khabar.store.schema import searchable

__all__ = ["Fault", "verify"]

# Columns with packed bytes, and the column that holds their hash.
_BYTES = {"blob": ("data", "sha256"), "document": ("record", "record_sha256"), "reading": ("data", "sha256"),
          "judgement": ("record", "record_sha256")}  # fmt: skip
# Columns that repeat a field of the record.
_REPEATED = {
    "document": ("external_id", "publisher", "url", "title", "published", "language"),
    "judgement": ("who", "verb", "subject"),
}
_ORDER = ("ingest", "blob", "document", "sighting", "reading", "rejection", "judgement")


class Fault(msgspec.Struct, frozen=True):
    """What does not hold: the ledger entry that vouched for it (None if none did), and why."""

    seq: int | None
    subject: str
    why: str


def verify(engine: Engine) -> Iterator[Fault]:
    """Faults in the order of the ledger, rows that no entry vouches for, then counts. Nothing yielded: all holds."""
    with engine.connect() as connection, engine.connect() as lookup:
        vouched: dict[str, set[Any]] = {name: set() for name in EVIDENCE}
        redacted = _redacted(lookup)
        broken = {entry.seq for entry in ledger.broken_links(connection)}
        for entry in ledger.entries(connection):
            if entry.seq in broken:
                yield Fault(entry.seq, entry.subject, "the entry does not match its hash or the entry before")
                continue
            yield from _entry_faults(lookup, entry, vouched, redacted)
        yield from _unvouched(lookup, vouched)
        for wrong in wrong_counts(lookup):
            yield Fault(None, "counts", f"{wrong}: `khabar db rebuild` counts anew")


class _Detail(msgspec.Struct, frozen=True):
    emptied: dict[str, list[Any]] = {}


def _redacted(connection: Connection) -> set[tuple[str, Any]]:
    """(table, key) of rows whose bytes a redaction took away, as the ledger tells."""
    table = schema.ledger
    details = connection.scalars(select(table.c.detail).where(table.c.action == "redact"))
    return {(name, key) for detail in details for name, keys in _emptied(detail).items() for key in keys}


def _emptied(detail: str) -> dict[str, list[Any]]:
    """Keys by table; none where the detail was changed, which its entry's own hash tells."""
    try:
        return msgspec.json.decode(detail, type=_Detail).emptied
    except msgspec.DecodeError:
        return {}


def _entry_faults(
    connection: Connection, entry: ledger.Entry, vouched: dict[str, set[Any]], redacted: set[tuple[str, Any]]
) -> Iterator[Fault]:
    try:
        detail = msgspec.json.decode(entry.detail)
    except msgspec.DecodeError:
        yield Fault(entry.seq, entry.subject, "the detail is not JSON")
        return
    hashes = []
    for name in _ORDER:
        if name not in detail:
            continue
        key = detail[name]
        row = _row(connection, name, key)
        if row is None:
            yield Fault(entry.seq, entry.subject, f"{name} {key} is gone")
            return
        vouched[name].add(key)
        hashes.append(row_hash(name, row))
        why = _bytes_fault(name, key, row, redacted)
        if why:
            yield Fault(entry.seq, entry.subject, why)
    if hashes and rows_hash(hashes) != entry.content:
        yield Fault(entry.seq, entry.subject, "the rows do not match the entry")


def _row(connection: Connection, name: str, key: Any) -> dict[str, Any] | None:
    table = schema.metadata.tables[name]
    row = connection.execute(select(table).where(_key(table) == key)).first()
    return None if row is None else dict(row._mapping)


def _key(table: Table) -> Any:
    return next(iter(table.primary_key.columns))


def _bytes_fault(name: str, key: Any, row: dict[str, Any], redacted: set[tuple[str, Any]]) -> str | None:
    if name not in _BYTES:
        return None
    data, digest = _BYTES[name]
    if row[data] is None:
        return None if (name, key) in redacted else f"the bytes of {name} {key} are gone without a redaction"
    if sha256(row[data]) != row["packed_sha256"]:
        return f"{name} {key}: the packed bytes do not match their hash"
    try:
        plain = unpack(row[data], row[digest])
    except StoreDamaged as error:
        return f"{name} {key}: {error.detail}"
    if name in _REPEATED:
        said = msgspec.json.decode(plain)
        wrong = [column for column in _REPEATED[name] if searchable(said[column]) != row[column]]
        if name == "document" and published_utc(said["published"]) != row["published_at"]:
            wrong.append("published_at")
        if wrong:
            return f"{name} {key}: {', '.join(wrong)} is not what its record says"
    return None


def _unvouched(connection: Connection, vouched: dict[str, set[Any]]) -> Iterator[Fault]:
    for name in _ORDER:
        key = _key(schema.metadata.tables[name])
        for value in connection.scalars(select(key).order_by(key)):
            if value not in vouched[name]:
                yield Fault(None, f"{name} {value}", "no ledger entry vouches for this row")
