"""Outlets, and whose texts they take: counted by `khabar corroborate` from the groups of copies that it keeps."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, select

from khabar.store import schema

__all__ = ["Outlet", "Taken", "count_copies", "outlets_of"]

_Pairs = dict[str, set[tuple[int, str | None]]]


class Taken(msgspec.Struct, frozen=True):
    """How many documents copy one of `publisher`'s, or are copied by it (None: one that is not named)."""

    publisher: str | None
    documents: int


class Outlet(msgspec.Struct, frozen=True):
    """An outlet: its documents, how many of them copy another, whole or in part, and whose; and who copies it, with
    how many documents.
    """

    publisher: str
    documents: int
    copies: int
    taken: tuple[Taken, ...]
    copied_by: tuple[Taken, ...]


class _Copies(msgspec.Struct, frozen=True):
    """Of a kept group only this: external ids, the original first."""

    documents: tuple[str, ...]


def outlets_of(connection: Connection) -> list[Outlet]:
    """The outlets, those of most documents first."""
    d, o = schema.document, schema.outlet_copy
    number = func.count().label("number")
    query = select(d.c.publisher, number).where(d.c.publisher.is_not(None), d.c.redacted_at.is_(None))
    rows = connection.execute(query.group_by(d.c.publisher).order_by(number.desc(), d.c.publisher)).all()
    copies: dict[str, int] = {}
    taken: dict[str, list[Taken]] = defaultdict(list)
    by: dict[str | None, list[Taken]] = defaultdict(list)
    for row in connection.execute(select(o).order_by(o.c.documents.desc(), o.c.publisher, o.c.original)):
        if row.any_original:
            copies[row.publisher] = row.documents
        else:
            taken[row.publisher].append(Taken(row.original, row.documents))
            by[row.original].append(Taken(row.publisher, row.documents))
    return [
        Outlet(
            row.publisher, row.number, copies.get(row.publisher, 0), tuple(taken[row.publisher]),
            tuple(by[row.publisher]),
        )
        for row in rows
    ]  # fmt: skip


def count_copies(connection: Connection) -> None:
    """Count anew which outlet's documents copy whose."""
    connection.execute(delete(schema.outlet_copy))
    rows: list[dict[str, Any]] = []
    for publisher, pairs in sorted(_copied(connection).items()):
        whose = Counter(original for _, original in pairs)
        counts = [
            (None, True, len({copy for copy, _ in pairs})),
            *((one, False, times) for one, times in whose.items()),
        ]
        rows += [
            {"publisher": publisher, "original": original, "any_original": any_original, "documents": documents}
            for original, any_original, documents in counts
        ]
    if rows:
        connection.execute(schema.outlet_copy.insert(), rows)


def _copied(connection: Connection) -> _Pairs:
    """By outlet: which of its documents copies a document of which outlet."""
    g, m, d = schema.copy_group, schema.copy_document, schema.document
    members: dict[str, list[Any]] = defaultdict(list)
    query = select(m.c.group_id, d.c.pk, d.c.external_id, d.c.publisher).join(d, d.c.pk == m.c.document_pk)
    for row in connection.execute(query.where(d.c.redacted_at.is_(None)).order_by(d.c.published_at, d.c.pk)):
        members[row.group_id].append(row)
    found: _Pairs = defaultdict(set)
    # An option of the query, not of the connection: PostgreSQL would stream what is written later, too.
    groups = select(g.c.id, g.c.data).order_by(g.c.id).execution_options(yield_per=500)
    for group in connection.execute(groups):
        first = msgspec.json.decode(zlib.decompress(group.data), type=_Copies).documents[0]
        original = next((one for one in members[group.id] if one.external_id == first), None)
        for one in members[group.id]:
            if original is not None and one is not original and one.publisher:
                found[one.publisher].add((one.pk, original.publisher))
    return found
