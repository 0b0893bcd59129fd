"""What documents name: actors and places, those that most documents name first, a page at a time.

Where nothing is asked of the documents, the counts that are kept (`khabar.store.counts`) are listed; else the mentions
of the documents that are asked for are counted.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, FromClause, Subquery, Table, and_, func, or_, select

from khabar.store import schema
from khabar.store.areas import places_in
from khabar.store.keys import LAST_DAY, Days, day_of
from khabar.store.merges import actor_aliases
from khabar.store.paging import Page, decode_cursor, document_in, encode_cursor, page_limit
from khabar.store.queries import Filter, published_where
from khabar.store.search import documents_matching, name_patterns
from khabar.store.voices import names_of

__all__ = ["Order", "list_actors", "list_places"]

Order = Literal["most", "id"]
"""Those that most documents name first; or by id, which stays as it is while documents come in."""

_DAY = len("2000-01-01")
_Where = list[ColumnElement[bool]]


class _Paging(msgspec.Struct, frozen=True):
    order: Order
    after: str | None
    limit: int
    count: bool


def list_actors(
    connection: Connection,
    wanted: Filter,
    *,
    order: Order = "most",
    after: str | None = None,
    limit: int = 50,
    count: bool = False,
) -> Page:
    """Actors that are mentioned, with the number of documents that name them and of claims that cite them.

    Those that people merged are one row, under the id that stands for them. Raises UsageError for a bad cursor.
    """
    m, t = schema.mention, schema.actor
    aliases = actor_aliases(connection)
    where = _of_documents(wanted)
    if wanted.words:
        named = _name_holds(connection, wanted.words)
        where.append(or_(named, m.c.entity.in_(wanted.named)) if wanted.named else named)
    key = m.c.entity if where else t.c.id
    listed = [key == aliases.get(wanted.actor, wanted.actor)] if wanted.actor else []
    if aliases:
        listed.append(key.not_in(_hidden(connection, aliases)))
    page = _page(connection, t, key, [*where, *listed], _Paging(order, after, limit, count))
    ids = [row["id"] for row in page.rows]
    names, claims = names_of(connection, ids), _claims(connection, ids)
    rows = (
        {"id": one["id"], "name_en": names[one["id"]].name_en, "name_ar": names[one["id"]].name_ar,
         "type": names[one["id"]].type, "documents": one["documents"], "claims": claims[one["id"]]}
        for one in page.rows if one["id"] in names
    )  # fmt: skip
    return msgspec.structs.replace(page, rows=tuple(_with_merged(connection, row, aliases) for row in rows))


def list_places(
    connection: Connection,
    wanted: Filter,
    *,
    order: Order = "most",
    after: str | None = None,
    limit: int = 50,
    count: bool = False,
) -> Page:
    """Places with their coordinates and the number of documents that name them.

    Of the filter, what is about documents and areas is asked: words, actor, area, dates, publisher, document. Raises
    UsageError for a cursor that is none.
    """
    p, m = schema.place, schema.mention
    where = _of_documents(wanted)
    if wanted.actor:
        where.append(m.c.document_pk.in_(select(m.c.document_pk).where(m.c.entity == wanted.actor)))
    if wanted.words:
        where.append(m.c.document_pk.in_(documents_matching(connection, wanted.words)))
    key = m.c.place if where else p.c.id
    listed = [key.in_(places_in(wanted.area))] if wanted.area else []
    page = _page(connection, p, key, [*where, *listed], _Paging(order, after, limit, count))
    ids = [row["id"] for row in page.rows]
    kept = {row.id: dict(row._mapping) for row in connection.execute(select(p).where(p.c.id.in_(ids)))}
    return msgspec.structs.replace(page, rows=tuple(kept[row["id"]] | row for row in page.rows))


def _of_documents(wanted: Filter) -> _Where:
    """Conditions on mentions that are about their documents; with none, no document is looked at."""
    m, d = schema.mention, schema.document
    asked = published_where(wanted, d)
    if wanted.publisher:
        asked.append(d.c.publisher == wanted.publisher)
    if wanted.document:
        asked.append(d.c.id == wanted.document)
    if not asked:
        return []
    days = _days(wanted)
    if days is not None and not (wanted.publisher or wanted.document):
        return [m.c.pk.between(days.bounds["low_item"], days.bounds["high_item"])]
    return [d.c.pk == m.c.document_pk, *asked]


def _days(wanted: Filter) -> Days | None:
    """The days of publication that are asked for; None where moments are, or what keys do not tell apart: what is old,
    and what has no date."""
    since, until = (day_of(one) if one and len(one) == _DAY else 0 for one in (wanted.since, wanted.until))
    return Days(since, until or LAST_DAY) if since and (until or not wanted.until) else None


def _page(connection: Connection, kept: Table, key: Column[str], where: _Where, paging: _Paging) -> Page:
    """A page of ids with the number of their documents: as they are kept, where `key` is the table's, or counted."""
    source: FromClause = kept
    where = [*where, kept.c.documents > 0]
    if key.table is not kept:
        source = _counted(key, where[:-1])
        where = []
    total = connection.scalar(select(func.count()).select_from(source).where(*where)) if paging.count else None
    by_number = (source.c.documents, source.c.id)
    if paging.after:
        documents, key = decode_cursor(paging.after, 2)
        last = (documents if isinstance(documents, int) else 0, str(key))
        later = and_(source.c.documents == last[0], source.c.id > last[1])
        where.append(or_(source.c.documents < last[0], later) if paging.order == "most" else source.c.id > last[1])
    order = [source.c.documents.desc(), source.c.id] if paging.order == "most" else [source.c.id]
    query = select(*by_number).where(*where).order_by(*order).limit(page_limit(paging.limit) + 1)
    rows = [dict(row._mapping) for row in connection.execute(query)]
    page = rows[: paging.limit]
    following = encode_cursor([page[-1]["documents"], page[-1]["id"]]) if len(rows) > paging.limit else None
    return Page(tuple(page), following, total)


def _counted(key: Column[str], where: _Where) -> Subquery:
    """What mentions stand for, by `id`, with the number of `documents`: counted."""
    documents = func.count(document_in(schema.mention.c.pk).distinct()).label("documents")
    return select(key.label("id"), documents).where(key.is_not(None), *where).group_by(key).subquery("page")


def _claims(connection: Connection, ids: list[str]) -> dict[str, int]:
    t = schema.actor
    return {row.id: row.claims for row in connection.execute(select(t.c.id, t.c.claims).where(t.c.id.in_(ids)))}


def _name_holds(connection: Connection, words: str) -> ColumnElement[bool]:
    """Whether a mention's own name holds every word, however it is spelt; documents are found by an index first."""
    m = schema.mention
    held = [or_(*(m.c.key.like(pattern) for pattern in patterns)) for patterns in name_patterns(words)]
    return and_(m.c.document_pk.in_(documents_matching(connection, words, names=True)), *held)


def _hidden(connection: Connection, aliases: dict[str, str]) -> list[str]:
    """Merged ids whose actor is listed under the other; one that no document names cannot stand for them in a list."""
    t = schema.actor
    ends = sorted(set(aliases.values()))
    named = set(connection.scalars(select(t.c.id).where(t.c.id.in_(ends), t.c.documents > 0)))
    return [one for one, end in aliases.items() if end in named and one != end]


def _with_merged(connection: Connection, row: dict[str, Any], aliases: dict[str, str]) -> dict[str, Any]:
    """A row with what was merged into it; documents overlap, and are counted."""
    ids = [row["id"], *(one for one, end in aliases.items() if end == row["id"])]
    if len(ids) == 1:
        return row
    m = schema.mention
    documents = select(func.count(document_in(m.c.pk).distinct())).where(m.c.entity.in_(ids))
    return row | {"documents": connection.scalar(documents), "claims": sum(_claims(connection, ids).values())}
