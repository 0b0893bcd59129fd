"""Pages of lists, in order, with a cursor for the next one.

A list that is walked along an index costs what a page holds. One whose rows must be found first (by words, an actor, a
place) would be found and sorted whole for each page; sorted by date it is looked for in a few days at a time instead,
until the page is full.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    literal,
    select,
    tuple_,
)
from sqlalchemy import func as sql

from khabar.errors import UsageError
from khabar.store.keys import DOCUMENTS, NUMBER_BITS, Days, day_of

__all__ = [
    "Chosen", "Page", "Paging", "Sort", "decode_cursor", "document_in", "encode_cursor", "in_days", "newest_of",
    "page_limit", "page_of",
]  # fmt: skip

Sort = Literal["newest", "oldest", "score", "-score"]
MAX_PAGE = 1000
_GROWTH = 4  # each span of days that is looked at, beside the one before


class Page(msgspec.Struct, frozen=True):
    """Rows, in order, and the cursor of the next page (None at the end). `total` only where it was asked for."""

    rows: tuple[dict[str, Any], ...]
    next: str | None
    total: int | None = None


class Chosen(msgspec.Struct, frozen=True):
    """The keys of a page's rows, in order, the cursor of the next page, and the rows as they were selected."""

    keys: list[int]
    next: str | None
    rows: list[Row[Any]]


class Paging(msgspec.Struct, frozen=True):
    """Which page of a list, and in which order."""

    sort: Sort = "newest"
    after: str | None = None
    limit: int = 50

    @property
    def descending(self) -> bool:
        """Whether the largest come first."""
        return self.sort in {"newest", "-score"}


def in_days(column: ColumnElement[Any], what: Literal["item", "document", "at"]) -> ColumnElement[bool]:
    """That a key, or a moment of publication, is of the days that `page_of` looks at; of all, elsewhere."""
    ever = Days().bounds
    low, high = f"low_{what}", f"high_{what}"
    kind = Text() if what == "at" else BigInteger()
    return column.between(bindparam(low, ever[low], kind), bindparam(high, ever[high], kind))


def document_in(key: ColumnElement[int]) -> ColumnElement[int]:
    """The document that a key of a mention, a claim or an event names."""
    return key.bitwise_rshift(literal(NUMBER_BITS, Integer)).bitwise_and(DOCUMENTS - 1)


def page_of(
    connection: Connection,
    query: Select[Any],
    table: Table,
    paging: Paging,
    within: tuple[str | None, str | None] | None,
) -> Chosen:
    """The rows of a page, by their keys; `query` selects the key of a table.

    With `within`, the query is bound by `in_days`, and what was published from the one to the other (None: any time) is
    looked for some days at a time.
    """
    by_score = paging.sort in {"score", "-score"}
    column = table.c.score if by_score else table.c.published_at
    most = page_limit(paging.limit) + 1
    last = decode_cursor(paging.after, 2) if paging.after else None
    if last is not None:
        here, there = tuple_(column, table.c.pk), tuple_(*last)
        query = query.where(here < there if paging.descending else here > there)
    order = (column.desc(), table.c.pk.desc()) if paging.descending else (column, table.c.pk)
    query = query.add_columns(column.label("at")).order_by(*order)
    if within is None or by_score:
        found = list(connection.execute(query.limit(most)))
    else:
        spans = _spans(connection, table, paging, within, str(last[0]) if last else None)
        found = _by_days(connection, query, spans, paging, most)
    page = found[: paging.limit]
    following = encode_cursor([page[-1].at, page[-1].pk]) if len(found) > paging.limit else None
    return Chosen([row.pk for row in page], following, page)


def newest_of(
    connection: Connection, table: Table, limit: int, *where: ColumnElement[bool], columns: Sequence[Column[Any]] = ()
) -> list[Row[Any]]:
    """The rows that were last published, at most a page of them, by their keys (`pk`) and some columns; what finds them
    is bound by `in_days`."""
    query = select(table.c.pk, *columns).where(*where, in_days(table.c.published_at, "at"))
    return page_of(connection, query, table, Paging(limit=limit), (None, None)).rows


def _by_days(
    connection: Connection, query: Select[Any], spans: list[Days], paging: Paging, most: int
) -> list[Row[Any]]:
    """Rows of these days, in order: of one day, then of more and more at a time until there are enough."""
    rows: list[Row[Any]] = []
    for days in spans:
        first, last, length = days.first, days.last, 1
        while first <= last and len(rows) < most:
            if paging.descending:
                part = Days(max(first, last - length + 1), last)
                last = part.first - 1
            else:
                part = Days(first, min(last, first + length - 1))
                first = part.last + 1
            rows += connection.execute(query.limit(most - len(rows)), part.bounds)
            length *= _GROWTH
    return rows


def _spans(
    connection: Connection, table: Table, paging: Paging, within: tuple[str | None, str | None], last: str | None
) -> list[Days]:
    """The days to look at, in order: those of the table, as far as they are asked for, and the undated."""
    at = table.c.published_at
    ends = select(select(sql.min(at)).where(at != "").scalar_subquery(), select(sql.max(at)).scalar_subquery())
    oldest, newest = (day_of(one or "") for one in connection.execute(ends).one())
    since, until = within
    first, final = max(oldest, 1), newest
    if since:
        first = max(first, day_of(since))
    if until:
        final = min(final, day_of(until) or final)
    if last is not None and paging.descending:
        final = min(final, day_of(last))
    elif last is not None:
        first = max(first, day_of(last))
    spans = [Days(first, final)]
    # Day 0 holds what has no date, and what is older than all days that are counted.
    if paging.descending:
        spans.append(Days(0, 0))
    elif last is None or day_of(last) == 0:
        spans.insert(0, Days(0, 0))
    return spans


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
