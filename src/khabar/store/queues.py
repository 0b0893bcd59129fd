"""What waits for a reviewer beyond the lists of claims and events: the differences of readings and of reviewers."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Connection, select

from khabar.store import schema
from khabar.store.queries import Page, decode_cursor, encode_cursor, page_limit

__all__ = ["Between", "list_differences"]

Between = Literal["readers", "reviewers"]


def list_differences(
    connection: Connection,
    *,
    what: Between | None = None,
    settled: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Differences in the order of the documents: of readers, of reviewers, or both; settled ones on demand.

    A row has the document, the `kind` and ids of the `item` and of the `other` one, the `reader` that found the other,
    and `what` differs. Raises UsageError for a cursor that is none.
    """
    t, d, r = schema.difference, schema.document, schema.reading
    query = (
        select(t.c.pk, d.c.id.label("document"), t.c.kind, t.c.item, t.c.other, r.c.reader, t.c.what, t.c.settled)
        .join(d, d.c.pk == t.c.document_pk)
        .outerjoin(r, r.c.pk == t.c.other_reading)
        .where(t.c.settled.is_(settled))
        .order_by(t.c.pk)
    )
    if what is not None:
        query = query.where(t.c.what == "reviewers" if what == "reviewers" else t.c.what != "reviewers")
    if after:
        last = decode_cursor(after)[0]
        query = query.where(t.c.pk > (last if isinstance(last, int) else 0))
    rows: list[dict[str, Any]] = [dict(row._mapping) for row in connection.execute(query.limit(page_limit(limit) + 1))]
    page = rows[:limit]
    following = encode_cursor([page[-1]["pk"]]) if len(rows) > limit else None
    return Page(tuple({key: value for key, value in row.items() if key != "pk"} for row in page), following)
