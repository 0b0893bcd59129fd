"""Reads: lists of claims, events, actors and documents by what they hold, a page at a time.

Every filter is answered from an index; none scans the text. Pages are keyset pages: a cursor names the last row seen,
so a deep page costs what the first does, and rows that arrive meanwhile neither repeat nor hide others. What a filter
must find first (words, an actor, a place) is found for a few days at a time (`khabar.store.paging`): each such part of
a query is bound by `in_days`.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    func,
    select,
    tuple_,
    union,
)

from khabar.store import schema
from khabar.store.areas import Area, places_in
from khabar.store.merges import merged_with
from khabar.store.paging import (
    Page,
    Paging,
    Sort,
    decode_cursor,
    document_in,
    encode_cursor,
    in_days,
    page_limit,
    page_of,
)
from khabar.store.search import claims_matching, documents_matching

__all__ = [
    "Filter", "Page", "decode_cursor", "encode_cursor", "list_claims", "list_documents", "list_events",
    "page_limit", "published_where",
]  # fmt: skip

_Where = list[ColumnElement[bool]]
_Keys = Select[Any] | CompoundSelect[Any]


class Filter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked for; None asks for nothing. All that is given must hold.

    `words` are folded; a phrase stands in quotation marks, `*` at the end of a word makes it a prefix, and a name in
    Latin letters finds its Arabic spellings. `since` and `until` are dates or moments, inclusive: of publication, or of
    the happening for `happened_since` and `happened_until`. `actor` and `document` are ids. `named` holds the ids of
    actors that the words name by an alias which no text need hold (`ISIS`): what is about them answers the words too.
    """

    words: str | None = None
    actor: str | None = None
    area: Area | None = None
    since: str | None = None
    until: str | None = None
    happened_since: str | None = None
    happened_until: str | None = None
    type: str | None = None
    kind: str | None = None
    stance: str | None = None
    factuality: str | None = None
    publisher: str | None = None
    judgement: Literal["accepted", "rejected", "corrected", "none"] | None = None
    document: str | None = None
    named: tuple[str, ...] = ()


def list_claims(
    connection: Connection,
    wanted: Filter,
    *,
    sort: Sort = "newest",
    after: str | None = None,
    limit: int = 50,
    count: bool = False,
) -> Page:
    """Claims with their documents' address. Raises UsageError for a cursor that is none, or words that say nothing."""
    c, a, e = schema.claim, schema.claim_about, schema.event
    found: _Where = []
    if wanted.actor:
        ids = merged_with(connection, wanted.actor)
        by, about = _keys(c.c.pk, c.c.entity.in_(ids)), _keys(a.c.claim_pk, a.c.entity.in_(ids))
        found.append(c.c.pk.in_(union(by, about)))
    if wanted.area:
        found.append(c.c.pk.in_(_keys(a.c.claim_pk, a.c.place.in_(places_in(wanted.area)))))
    if events := _event_where(wanted):
        told = select(e.c.document_pk, e.c.claim).where(*events, in_days(e.c.published_at, "at"))
        found.append(tuple_(c.c.document_pk, c.c.id).in_(told))
    if wanted.words:
        found.append(c.c.pk.in_(_claims_with(connection, wanted, wanted.words)))
    where = [*published_where(wanted, c), *_equal(c, wanted, "kind", "stance")]
    return _page(connection, wanted, c, where, found, Paging(sort, after, limit), count)


def list_events(
    connection: Connection,
    wanted: Filter,
    *,
    sort: Sort = "newest",
    after: str | None = None,
    limit: int = 50,
    count: bool = False,
) -> Page:
    """Events with their documents' address; `kind` and `stance` are those of the claim that tells them."""
    e, r, c = schema.event, schema.role, schema.claim
    found: _Where = []
    if wanted.actor:
        ids = merged_with(connection, wanted.actor)
        found.append(e.c.pk.in_(_keys(r.c.event_pk, r.c.entity.in_(ids))))
    if wanted.area:
        found.append(e.c.pk.in_(_keys(r.c.event_pk, r.c.place.in_(places_in(wanted.area)))))
    if claims := _equal(c, wanted, "kind", "stance"):
        told = select(c.c.document_pk, c.c.id).where(*claims, in_days(c.c.published_at, "at"))
        found.append(tuple_(e.c.document_pk, e.c.claim).in_(told))
    if wanted.words:
        found.append(e.c.document_pk.in_(_documents_with(connection, wanted, wanted.words)))
    where = [*published_where(wanted, e), *_event_where(wanted)]
    return _page(connection, wanted, e, where, found, Paging(sort, after, limit), count)


def list_documents(
    connection: Connection,
    wanted: Filter,
    *,
    sort: Sort = "newest",
    after: str | None = None,
    limit: int = 50,
    count: bool = False,
) -> Page:
    """Documents whose own words, claims or events answer the filter; `score` sorts by date here."""
    d, c, e, m = schema.document, schema.claim, schema.event, schema.mention
    found: _Where = []
    if wanted.actor:
        ids = merged_with(connection, wanted.actor)
        found.append(d.c.pk.in_(_documents_of(m, m.c.entity.in_(ids), in_days(m.c.pk, "item"))))
    if wanted.area:
        there = m.c.place.in_(places_in(wanted.area))
        found.append(d.c.pk.in_(_documents_of(m, there, in_days(m.c.pk, "item"))))
    for table, asked in ((c, _equal(c, wanted, "kind", "stance")), (e, _event_where(wanted)), (c, _judged(c, wanted))):
        if asked:
            found.append(d.c.pk.in_(_documents_of(table, *asked, in_days(table.c.published_at, "at"))))
    if wanted.words:
        found.append(d.c.pk.in_(_documents_with(connection, wanted, wanted.words)))
    where = [d.c.redacted_at.is_(None), *published_where(wanted, d)]
    by_date: Sort = "oldest" if sort == "oldest" else "newest"
    return _page(connection, wanted, d, where, found, Paging(by_date, after, limit), count)


def _page(
    connection: Connection, wanted: Filter, table: Table, where: _Where, found: _Where, paging: Paging, count: bool
) -> Page:
    """A page of a table with its documents; `found` are the conditions that are bound by `in_days`."""
    d = schema.document
    of_documents = _equal(d, wanted, "publisher")
    if wanted.document:
        of_documents.append(d.c.id == wanted.document)
    elif wanted.publisher and table is not d:
        found = [*found, in_days(d.c.published_at, "at")]
    source = table.join(d, d.c.pk == table.c.document_pk) if of_documents and table is not d else table
    where = [*where, *found, *of_documents]
    judged = _judged(table, wanted) if table is not d else []
    total = _total(connection, source, table, where, judged) if count else None
    spans = None
    if found and not wanted.document:
        spans = (wanted.since, wanted.until)
        where.append(in_days(table.c.published_at, "at"))
    query = select(table.c.pk).select_from(source).where(*where, *judged)
    chosen = page_of(connection, query, table, paging, spans)
    rows = _rows(connection, table, chosen.keys)
    return Page(tuple(rows), chosen.next, total)


def _total(connection: Connection, source: FromClause, table: Table, where: _Where, judged: _Where) -> int:
    """How many rows there are. Those without a judgement are all but the judged: no index holds what most rows lack."""

    def number(*which: ColumnElement[bool]) -> int:
        return connection.scalar(select(func.count()).select_from(source).where(*where, *which)) or 0

    if judged and judged[0].compare(table.c.judgement.is_(None)):
        return number() - number(table.c.judgement.is_not(None))
    return number(*judged)


def _rows(connection: Connection, table: Table, keys: list[int]) -> list[dict[str, Any]]:
    """Rows of a table with their documents' address, in the order of the keys."""
    if not keys:
        return []
    d = schema.document
    of_document = [
        d.c.id.label("document"), d.c.external_id, d.c.publisher, d.c.published, d.c.published_at.label("sort_at"),
    ]  # fmt: skip
    if table is d:
        query = select(*of_document, d.c.pk, d.c.title, d.c.language, d.c.ingested_at, d.c.version_of)
    else:
        own = [column for column in table.columns if column.name != "document_pk"]
        query = select(*own, *of_document).join(d, d.c.pk == table.c.document_pk)
    found = {row.pk: dict(row._mapping) for row in connection.execute(query.where(table.c.pk.in_(keys)))}
    return [found[key] for key in keys if key in found]


def _keys(key: ColumnElement[int], *where: ColumnElement[bool]) -> _Keys:
    """The keys of claims or events of the days asked for."""
    return select(key).where(*where, in_days(key, "item"))


def _documents_of(table: Table, *where: ColumnElement[bool]) -> Select[Any]:
    """The documents of mentions, claims or events, from their keys: the index that finds them holds those."""
    return select(document_in(table.c.pk)).where(*where)


def _claims_with(connection: Connection, wanted: Filter, words: str) -> _Keys:
    """Keys of the claims that hold the words, or are by or about an actor that they name."""
    found = claims_matching(connection, words)
    if not wanted.named:
        return found
    c, a = schema.claim, schema.claim_about
    return union(found, _keys(c.c.pk, c.c.entity.in_(wanted.named)), _keys(a.c.claim_pk, a.c.entity.in_(wanted.named)))


def _documents_with(connection: Connection, wanted: Filter, words: str) -> _Keys:
    """Keys of the documents that hold the words, or name an actor that they name."""
    found = documents_matching(connection, words)
    if not wanted.named:
        return found
    m = schema.mention
    return union(found, _documents_of(m, m.c.entity.in_(wanted.named), in_days(m.c.pk, "item")))


def _judged(table: Table, wanted: Filter) -> _Where:
    if not wanted.judgement:
        return []
    column = table.c.judgement
    return [column.is_(None) if wanted.judgement == "none" else column == wanted.judgement]


def _equal(table: Table, wanted: Filter, *names: str) -> _Where:
    return [table.c[name] == getattr(wanted, name) for name in names if getattr(wanted, name) is not None]


def _event_where(wanted: Filter) -> _Where:
    e = schema.event
    where = _equal(e, wanted, "type", "factuality")
    if wanted.happened_since:
        where.append(e.c.latest >= wanted.happened_since)
    if wanted.happened_until:
        where.append(e.c.earliest <= _end_of(wanted.happened_until))
    return where


def published_where(wanted: Filter, table: Table) -> _Where:
    """When it was published, as conditions on a table with `published_at`."""
    where: _Where = []
    if wanted.since:
        where.append(table.c.published_at >= wanted.since)
    if wanted.until:
        where.append(and_(table.c.published_at <= _end_of(wanted.until), table.c.published_at != ""))
    return where


def _end_of(moment: str) -> str:
    """A date alone means all of its day: text that sorts after every moment of it."""
    return moment + "~" if len(moment) <= 10 else moment
