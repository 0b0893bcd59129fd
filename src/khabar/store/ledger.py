"""The ledger: an append-only chain of hashes over everything that was done to the store.

Each entry's hash covers its own fields and the hash before it, so no entry can be changed, taken out or put in without
changing every later one. Publish `head` somewhere else, and what the store held that day can be shown later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, text

from khabar.store import schema
from khabar.store.bulk import insert_rows
from khabar.store.packing import sha256

__all__ = ["Entry", "append", "broken_links", "entries", "head", "lock"]

GENESIS = "sha256:" + "0" * 64


class Entry(msgspec.Struct, frozen=True):
    """One line of the ledger; `content` is the hash of what the action added."""

    seq: int
    at: str
    action: str
    subject: str
    content: str
    detail: str
    previous: str
    hash: str


def _hash(seq: int, at: str, action: str, subject: str, content: str, detail: str, previous: str) -> str:
    return sha256(msgspec.json.encode([seq, at, action, subject, content, detail, previous]))


def append(connection: Connection, at: str, actions: Iterable[tuple[str, str, str, dict[str, Any]]]) -> None:
    """Add entries for (action, subject, content hash, detail). Call it last in a transaction: it takes the one lock
    that writers share, so that the chain has one order."""
    lock(connection)
    seq, previous = _last(connection)
    rows = []
    for action, subject, content, detail in actions:
        seq += 1
        encoded = msgspec.json.encode(detail, order="sorted").decode()
        digest = _hash(seq, at, action, subject, content, encoded, previous)
        rows.append(
            {"seq": seq, "at": at, "action": action, "subject": subject, "content": content, "detail": encoded,
             "previous": previous, "hash": digest}
        )  # fmt: skip
        previous = digest
    insert_rows(connection, rows, schema.ledger)


def lock(connection: Connection) -> None:
    """Wait for the one lock that writers share; on SQLite a writing transaction holds it from its start."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE ledger IN EXCLUSIVE MODE"))


def _last(connection: Connection) -> tuple[int, str]:
    last = select(func.max(schema.ledger.c.seq)).scalar_subquery()
    row = connection.execute(
        select(schema.ledger.c.seq, schema.ledger.c.hash).where(schema.ledger.c.seq == last)
    ).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def head(connection: Connection) -> str:
    """The hash of the last entry: it vouches for all before it."""
    return _last(connection)[1]


def entries(connection: Connection) -> Iterator[Entry]:
    """All entries in order, streamed."""
    result = connection.execution_options(yield_per=1000).execute(select(schema.ledger).order_by(schema.ledger.c.seq))
    for row in result:
        yield Entry(**row._mapping)


def broken_links(connection: Connection) -> Iterator[Entry]:
    """Entries whose hash is not what their fields and the entry before say, in order."""
    previous, seq = GENESIS, 0
    for entry in entries(connection):
        seq += 1
        expected = _hash(
            entry.seq, entry.at, entry.action, entry.subject, entry.content, entry.detail, entry.previous
        )  # fmt: skip
        if entry.seq != seq or entry.previous != previous or entry.hash != expected:
            yield entry
        previous, seq = entry.hash, entry.seq
