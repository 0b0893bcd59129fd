"""Reads: lists of claims, events, actors and documents by what they hold, a page at a time.

Every filter is answered from an index; none scans the text. Pages are keyset pages: a cursor names the last row seen,
so a deep page costs what the first does, and rows that arrive meanwhile neither repeat nor hide others.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select, tuple_, union

from khabar.errors import UsageError
from khabar.store import schema
from khabar.store.areas import Area, places_in
from khabar.store.merges import actor_aliases, merged_with
from khabar.store.search import matching, name_patterns

__all__ = [
    "Filter", "Page", "decode_cursor", "encode_cursor", "list_actors", "list_claims", "list_documents", "list_events",
    "page_limit", "published_where",
]  # fmt: skip

Sort = Literal["newest", "oldest", "score", "-score"]
MAX_PAGE = 1000


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


class Page(msgspec.Struct, frozen=True):
    """Rows, in order, and the cursor of the next page (None at the end). `total` only where it was asked for."""

    rows: tuple[dict[str, Any], ...]
    next: str | None
    total: int | None = None


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
    c, d = schema.claim, schema.document
    query = select(*_columns(c), *_document_columns()).join(d, d.c.pk == c.c.document_pk)
    about = schema.claim_about
    where = _common(connection, wanted, c)
    where += _equal(c, wanted, "kind", "stance")
    if wanted.actor:
        ids = merged_with(connection, wanted.actor)
        named = select(about.c.claim_pk).where(about.c.entity.in_(ids))
        where.append(or_(c.c.entity.in_(ids), c.c.pk.in_(named)))
    if wanted.area:
        where.append(c.c.pk.in_(select(about.c.claim_pk).where(about.c.place.in_(places_in(wanted.area)))))
    if wanted.type or wanted.factuality or wanted.happened_since or wanted.happened_until:
        e = schema.event
        told = select(e.c.document_pk, e.c.claim).where(*_event_where(wanted))
        where.append(tuple_(c.c.document_pk, c.c.id).in_(told))
    if wanted.words:
        found = c.c.pk.in_(matching(connection, "claim_words", wanted.words))
        about_named = c.c.pk.in_(select(about.c.claim_pk).where(about.c.entity.in_(wanted.named)))
        where.append(or_(found, about_named, c.c.entity.in_(wanted.named)) if wanted.named else found)
    return _page(connection, query.where(*where), c, sort, after, limit, count, wanted.judgement)


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
    e, d, r = schema.event, schema.document, schema.role
    query = select(*_columns(e), *_document_columns()).join(d, d.c.pk == e.c.document_pk)
    where = [*_common(connection, wanted, e), *_event_where(wanted)]
    if wanted.actor:
        ids = merged_with(connection, wanted.actor)
        where.append(e.c.pk.in_(select(r.c.event_pk).where(r.c.entity.in_(ids))))
    if wanted.area:
        where.append(e.c.pk.in_(select(r.c.event_pk).where(r.c.place.in_(places_in(wanted.area)))))
    if wanted.kind or wanted.stance:
        c = schema.claim
        told = select(c.c.document_pk, c.c.id).where(*_equal(c, wanted, "kind", "stance"))
        where.append(tuple_(e.c.document_pk, e.c.claim).in_(told))
    if wanted.words:
        where.append(e.c.document_pk.in_(_documents_with(connection, wanted)))
    return _page(connection, query.where(*where), e, sort, after, limit, count, wanted.judgement)


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
    query = select(*_document_columns(), d.c.pk, d.c.title, d.c.language, d.c.ingested_at, d.c.version_of)
    where: list[ColumnElement[bool]] = [d.c.redacted_at.is_(None), *published_where(wanted, d)]
    where += _equal(d, wanted, "publisher")
    if wanted.document:
        where.append(d.c.id == wanted.document)
    if wanted.actor:
        ids = merged_with(connection, wanted.actor)
        where.append(d.c.pk.in_(select(m.c.document_pk).where(m.c.entity.in_(ids))))
    if wanted.area:
        where.append(d.c.pk.in_(select(m.c.document_pk).where(m.c.place.in_(places_in(wanted.area)))))
    if claims := _equal(c, wanted, "kind", "stance"):
        where.append(d.c.pk.in_(select(c.c.document_pk).where(*claims)))
    if events := _event_where(wanted):
        where.append(d.c.pk.in_(select(e.c.document_pk).where(*events)))
    if wanted.judgement:
        where.append(d.c.pk.in_(select(c.c.document_pk).where(_judged(c, wanted.judgement))))
    if wanted.words:
        where.append(d.c.pk.in_(_documents_with(connection, wanted)))
    by_date: Sort = "oldest" if sort == "oldest" else "newest"
    return _page(connection, query.where(*where), d, by_date, after, limit, count)


def list_actors(
    connection: Connection, wanted: Filter, *, after: str | None = None, limit: int = 50, count: bool = False
) -> Page:
    """Actors that are mentioned, by id, with the number of documents that name them and of claims that cite them.

    Those that people merged are one row, under the id that stands for them.
    """
    m, d, c = schema.mention, schema.document, schema.claim
    where: list[ColumnElement[bool]] = [m.c.entity.is_not(None), d.c.redacted_at.is_(None), *published_where(wanted, d)]
    where += _equal(d, wanted, "publisher")
    aliases = actor_aliases(connection)
    if wanted.actor:
        where.append(m.c.entity == aliases.get(wanted.actor, wanted.actor))
    if wanted.words:
        where.append(or_(_name_holds(connection, wanted.words), m.c.entity.in_(wanted.named)))
    if aliases:
        where.append(m.c.entity.not_in(_hidden(connection, aliases)))
    if after:
        where.append(m.c.entity > str(decode_cursor(after)[0]))
    cited = select(func.count()).where(c.c.entity == m.c.entity).scalar_subquery()
    query = (
        select(
            m.c.entity.label("id"), func.min(m.c.name_en).label("name_en"), func.min(m.c.name_ar).label("name_ar"),
            func.min(m.c.type).label("type"), func.count(func.distinct(m.c.document_pk)).label("documents"),
            cited.label("claims"),
        )
        .join(d, d.c.pk == m.c.document_pk)
        .where(*where)
        .group_by(m.c.entity)
        .order_by(m.c.entity)
    )  # fmt: skip
    total = connection.scalar(select(func.count()).select_from(query.subquery())) if count else None
    rows = [dict(row._mapping) for row in connection.execute(query.limit(page_limit(limit) + 1))]
    more = len(rows) > limit
    rows = [_with_merged(connection, row, aliases) for row in rows[:limit]]
    return Page(tuple(rows), encode_cursor([rows[-1]["id"]]) if more else None, total)


def _hidden(connection: Connection, aliases: dict[str, str]) -> list[str]:
    """Merged ids whose actor is listed under the other; one that no document names cannot stand for them in a list."""
    m = schema.mention
    ends = sorted(set(aliases.values()))
    named = set(connection.scalars(select(m.c.entity).where(m.c.entity.in_(ends)).distinct()))
    return [one for one, end in aliases.items() if end in named and one != end]


def _with_merged(connection: Connection, row: dict[str, Any], aliases: dict[str, str]) -> dict[str, Any]:
    ids = [row["id"], *(one for one, end in aliases.items() if end == row["id"])]
    if len(ids) == 1:
        return row
    m, d, c = schema.mention, schema.document, schema.claim
    documents = select(func.count(func.distinct(m.c.document_pk))).join(d, d.c.pk == m.c.document_pk)
    where = (m.c.entity.in_(ids), d.c.redacted_at.is_(None))
    cited = select(func.count()).where(c.c.entity.in_(ids))
    return row | {"documents": connection.scalar(documents.where(*where)), "claims": connection.scalar(cited)}


def _documents_with(connection: Connection, wanted: Filter) -> Any:
    """Keys of the documents that hold the words, or name an actor that they name."""
    found: Any = matching(connection, "document_words", wanted.words or "")
    if not wanted.named:
        return found
    m = schema.mention
    return union(found, select(m.c.document_pk).where(m.c.entity.in_(wanted.named)))


def _name_holds(connection: Connection, words: str) -> ColumnElement[bool]:
    """Whether a mention's own name holds every word, however it is spelt; documents are found by an index first."""
    m = schema.mention
    held = [or_(*(m.c.key.like(pattern) for pattern in patterns)) for patterns in name_patterns(words)]
    return and_(m.c.document_pk.in_(matching(connection, "document_words", words, names=True)), *held)


def _columns(table: Table) -> list[Any]:
    return [column for column in table.columns if column.name != "document_pk"]


def _document_columns() -> list[Any]:
    d = schema.document
    return [d.c.id.label("document"), d.c.external_id, d.c.publisher, d.c.published, d.c.published_at.label("sort_at")]


def _common(connection: Connection, wanted: Filter, table: Table) -> list[ColumnElement[bool]]:
    """What claims and events are asked alike."""
    d = schema.document
    where: list[ColumnElement[bool]] = [*published_where(wanted, table)]
    where += _equal(d, wanted, "publisher")
    if wanted.document:
        where.append(d.c.id == wanted.document)
    if wanted.judgement:
        where.append(_judged(table, wanted.judgement))
    return where


def _judged(table: Table, judgement: str) -> ColumnElement[bool]:
    column = table.c.judgement
    return column.is_(None) if judgement == "none" else column == judgement


def _equal(table: Table, wanted: Filter, *names: str) -> list[ColumnElement[bool]]:
    return [table.c[name] == getattr(wanted, name) for name in names if getattr(wanted, name) is not None]


def _event_where(wanted: Filter) -> list[ColumnElement[bool]]:
    e = schema.event
    where = _equal(e, wanted, "type", "factuality")
    if wanted.happened_since:
        where.append(e.c.latest >= wanted.happened_since)
    if wanted.happened_until:
        where.append(e.c.earliest <= _end_of(wanted.happened_until))
    return where


def published_where(wanted: Filter, table: Table) -> list[ColumnElement[bool]]:
    """When it was published, as conditions on a table with `published_at`."""
    where: list[ColumnElement[bool]] = []
    if wanted.since:
        where.append(table.c.published_at >= wanted.since)
    if wanted.until:
        where.append(and_(table.c.published_at <= _end_of(wanted.until), table.c.published_at != ""))
    return where


def _end_of(moment: str) -> str:
    """A date alone means all of its day: text that sorts after every moment of it."""
    return moment + "~" if len(moment) <= 10 else moment


def _page(
    connection: Connection,
    query: Select[Any],
    table: Table,
    sort: Sort,
    after: str | None,
    limit: int,
    count: bool,
    judged: str | None = None,
) -> Page:
    column = table.c.score if sort in {"score", "-score"} else table.c.published_at
    descending = sort in {"newest", "-score"}
    total = connection.scalar(select(func.count()).select_from(query.subquery())) if count else None
    if after:
        last = tuple_(*decode_cursor(after, 2))
        here = tuple_(column, table.c.pk)
        query = query.where(here < last if descending else here > last)
    order: list[ColumnElement[Any]] = [column, table.c.pk]
    if judged and column.name == "score":
        # One value, so it orders nothing; but it is what tells PostgreSQL that the index of the queue has this order.
        order = [table.c.judgement, *order]
    if descending:
        order = [one.desc() for one in order]
    rows = [dict(row._mapping) for row in connection.execute(query.order_by(*order).limit(page_limit(limit) + 1))]
    more = len(rows) > limit
    rows = rows[:limit]
    key = "score" if column.name == "score" else "sort_at"
    cursor = encode_cursor([rows[-1][key], rows[-1]["pk"]]) if more else None
    return Page(tuple(rows), cursor, total)


def page_limit(limit: int) -> int:
    """The number of rows of a page, checked. Raises UsageError."""
    if not 1 <= limit <= MAX_PAGE:
        raise UsageError(f"a page holds 1 to {MAX_PAGE} rows, not {limit}", stage="query")
    return limit


def encode_cursor(values: Sequence[Any]) -> str:
    """The key of the last row seen, as text for an address."""
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def decode_cursor(cursor: str, length: int = 1) -> list[Any]:
    """The key that a cursor holds. Raises UsageError for one that is none."""
    try:
        values = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, msgspec.DecodeError) as error:
        raise UsageError(f"not a cursor of this list: {cursor[:40]!r}", stage="query") from error
    if not isinstance(values, list) or len(values) != length or any(isinstance(v, list | dict) for v in values):
        raise UsageError(f"not a cursor of this list: {cursor[:40]!r}", stage="query")
    return values
