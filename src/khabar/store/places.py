"""Places that documents name, a page at a time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from khabar.store import schema
from khabar.store.areas import places_in
from khabar.store.queries import Filter, Page, decode_cursor, encode_cursor, page_limit, published_where
from khabar.store.search import matching

__all__ = ["list_places"]


def list_places(
    connection: Connection, wanted: Filter, *, after: str | None = None, limit: int = 50, count: bool = False
) -> Page:
    """Places by id, with their coordinates and the number of documents that name them.

    Of the filter, what is about documents and areas is asked: words, actor, area, dates, publisher, document.
    """
    p, m, d = schema.place, schema.mention, schema.document
    where: list[ColumnElement[bool]] = [d.c.redacted_at.is_(None), *published_where(wanted, d)]
    if wanted.publisher:
        where.append(d.c.publisher == wanted.publisher)
    if wanted.document:
        where.append(d.c.id == wanted.document)
    if wanted.area:
        where.append(p.c.id.in_(places_in(wanted.area)))
    if wanted.actor:
        where.append(m.c.document_pk.in_(select(m.c.document_pk).where(m.c.entity == wanted.actor)))
    if wanted.words:
        where.append(m.c.document_pk.in_(matching(connection, "document_words", wanted.words)))
    columns = list(p.columns)
    query = (
        select(*columns, func.count(func.distinct(m.c.document_pk)).label("documents"))
        .join(m, m.c.place == p.c.id)
        .join(d, d.c.pk == m.c.document_pk)
        .where(*where)
        .group_by(*columns)
        .order_by(p.c.id)
    )
    total = connection.scalar(select(func.count()).select_from(query.subquery())) if count else None
    if after:
        query = query.where(p.c.id > str(decode_cursor(after)[0]))
    rows: list[dict[str, Any]] = [dict(row._mapping) for row in connection.execute(query.limit(page_limit(limit) + 1))]
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(tuple(rows), encode_cursor([rows[-1]["id"]]) if more else None, total)
