"""`khabar claims`, `events`, `documents` and `actors`: what the store holds, filtered, a page at a time."""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from khabar.config import load_settings
from khabar.export.rows import rows_as
from khabar.mentions.actors import build_actors
from khabar.resources import load_resources
from khabar.store import Store
from khabar.store.named import list_actors
from khabar.store.queries import Filter, Page, list_claims, list_documents, list_events

__all__ = ["ListOptions", "list_command"]

_LISTS = {"claims": list_claims, "events": list_events, "documents": list_documents}
_COLUMNS = {
    "claims": ("publisher", "published", "source", "kind", "stance", "cue", "content", "score", "external_id", "id"),
    "events": ("publisher", "published", "type", "factuality", "trigger", "earliest", "latest", "score", "external_id",
               "id"),
    "documents": ("publisher", "published", "title", "language", "external_id", "document"),
    "actors": ("id", "name_en", "name_ar", "type", "documents", "claims"),
}  # fmt: skip


class ListOptions(msgspec.Struct, frozen=True):
    """What is listed, how, and from where on; the filter comes beside it."""

    what: str
    db: str
    form: str | None
    sort: str
    limit: int
    after: str | None
    count: bool


def list_command(options: ListOptions, wanted: Filter) -> int:
    """Print one page; the cursor of the next, and the count if asked for, go to standard error."""
    store = Store.open(options.db)
    wanted = _with_names(wanted)
    with store.engine.connect() as connection:
        page = _page(connection, options, wanted)
    terminal = sys.stdout.isatty()
    form = options.form or ("table" if terminal else "jsonl")
    rows = ({key: value for key, value in row.items() if key not in {"pk", "sort_at"}} for row in page.rows)
    sys.stdout.write(rows_as(form, _COLUMNS[options.what], rows, terminal=terminal))
    if page.total is not None:
        sys.stderr.write(f"{page.total} {options.what}\n")
    if page.next:
        sys.stderr.write(f"more: --after {page.next}\n")
    return 0


def _with_names(wanted: Filter) -> Filter:
    """The filter with the actors that its words name by any of their aliases."""
    if not wanted.words:
        return wanted
    actors = load_resources(load_settings()).compiled(build_actors)
    named = tuple(actor.id for actor in actors.called(wanted.words))
    return msgspec.structs.replace(wanted, named=named)


def _page(connection: Any, options: ListOptions, wanted: Filter) -> Page:
    paging: dict[str, Any] = {"after": options.after, "limit": options.limit, "count": options.count}
    if options.what == "actors":
        return list_actors(connection, wanted, **paging)
    return _LISTS[options.what](connection, wanted, sort=options.sort, **paging)  # type: ignore[arg-type]
