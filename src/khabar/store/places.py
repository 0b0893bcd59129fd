"""Places that documents name, a page at a time."""

from __future__ import annotations

from sqlalchemy import Connection, select

from khabar.store import schema
from khabar.store.areas import places_in
from khabar.store.queries import Filter, Page, mentioned, mentioned_where, page_by_id
from khabar.store.search import documents_matching

__all__ = ["list_places"]


def list_places(
    connection: Connection, wanted: Filter, *, after: str | None = None, limit: int = 50, count: bool = False
) -> Page:
    """Places by id, with their coordinates and the number of documents that name them.

    Of the filter, what is about documents and areas is asked: words, actor, area, dates, publisher, document.
    """
    p, m = schema.place, schema.mention
    where = mentioned_where(wanted)
    if wanted.area:
        where.append(m.c.place.in_(places_in(wanted.area)))
    if wanted.actor:
        where.append(m.c.document_pk.in_(select(m.c.document_pk).where(m.c.entity == wanted.actor)))
    if wanted.words:
        where.append(m.c.document_pk.in_(documents_matching(connection, wanted.words)))
    page, total = mentioned(connection, m.c.place, where, after, limit, count)
    query = select(*p.columns, page.c.documents).join(page, p.c.id == page.c.id).order_by(page.c.id)
    return page_by_id(connection, query, limit, total)
