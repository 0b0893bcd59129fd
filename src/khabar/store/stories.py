"""Reads of what `khabar corroborate` made: stories and groups of copies, as JSON bytes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import get_args

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from khabar.errors import UsageError
from khabar.records import EventType
from khabar.store import schema

__all__ = [
    "StoryFilter", "captured_of", "copies_json", "coverage", "published_of", "stories_json", "stories_of", "story_json",
]  # fmt: skip


_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T[\d:.]+Z?)?)?)?")
_TYPES: tuple[str, ...] = get_args(EventType)


class StoryFilter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which stories; None asks for nothing. Dates are inclusive: of first report, or (`happened_*`) of the happening.

    `least` is the least number of documents; `document` an id or an external id. Raises UsageError for what is no date
    and no type of event.
    """

    type: str | None = None
    since: str | None = None
    until: str | None = None
    happened_since: str | None = None
    happened_until: str | None = None
    least: int | None = None
    document: str | None = None

    def __post_init__(self) -> None:
        for given in (self.since, self.until, self.happened_since, self.happened_until):
            if given is not None and not _DATE.fullmatch(given):
                raise UsageError(f"{given!r} is no date: write 2019-03-02, or 2019-03-02T08:00:00Z", stage="query")
        if self.type is not None and self.type not in _TYPES:
            raise UsageError(f"no event type {self.type!r}: {', '.join(_TYPES)}", stage="query")


def stories_json(connection: Connection, wanted: StoryFilter, *, limit: int | None = None) -> Iterator[bytes]:
    """Stories, those of most documents first, then by first report; each as the JSON of `khabar.story/1`."""
    s = schema.story
    query = select(s.c.data).where(*_where(wanted)).order_by(s.c.documents.desc(), s.c.reported_at, s.c.id)
    yield from _unpacked(connection, query.limit(limit))


def story_json(connection: Connection, key: str) -> bytes:
    """One story by its id, or the beginning of it. Raises UsageError where there is none, or more than one."""
    s = schema.story
    start = key if key.startswith("story:") else f"story:{key}"
    query = select(s.c.data).where(s.c.id >= start, s.c.id < start + "~").order_by(s.c.id).limit(2)
    found = list(_unpacked(connection, query))
    if len(found) != 1:
        raise UsageError(f"{'no story' if not found else 'more than one story'} {key}", stage="query")
    return found[0]


def stories_of(connection: Connection, document: str) -> list[bytes]:
    """The stories that a document reports, by its id."""
    return list(stories_json(connection, StoryFilter(document=document)))


def published_of(connection: Connection, documents: Sequence[str]) -> dict[str, str | None]:
    """When documents were published, as given, by external id."""
    d = schema.document
    rows = connection.execute(select(d.c.external_id, d.c.published).where(d.c.id.in_(documents)))
    return {row.external_id: row.published for row in rows}


def captured_of(connection: Connection, documents: Sequence[str]) -> dict[str, str]:
    """When documents' bytes were first fetched, by external id; only where that is known."""
    d, s = schema.document, schema.sighting
    query = select(d.c.external_id, func.min(s.c.captured_at).label("at")).join(s, s.c.document_pk == d.c.pk)
    rows = connection.execute(query.where(d.c.id.in_(documents)).group_by(d.c.external_id))
    return {row.external_id: row.at for row in rows if row.at}


def coverage(connection: Connection) -> tuple[int, int]:
    """How many documents have a reading, and how many of these stories take in: what came later waits."""
    d, r, p = schema.document, schema.reading, schema.profile
    read = select(func.count()).select_from(d.join(r, r.c.document_pk == d.c.pk))
    read = read.where(r.c.current, r.c.data.is_not(None), d.c.redacted_at.is_(None))
    return connection.scalar(read) or 0, connection.scalar(read.where(d.c.pk.in_(select(p.c.document_pk)))) or 0


def copies_json(connection: Connection, *, kind: str | None = None, document: str | None = None) -> Iterator[bytes]:
    """Groups of copies, the largest first; each as JSON without its schema."""
    g, m = schema.copy_group, schema.copy_document
    query = select(g.c.data).order_by(g.c.documents.desc(), g.c.id)
    if kind is not None:
        query = query.where(g.c.kind == kind)
    if document is not None:
        query = query.where(g.c.id.in_(select(m.c.group_id).where(m.c.document_pk.in_(_named(document)))))
    yield from _unpacked(connection, query)


def _where(wanted: StoryFilter) -> list[ColumnElement[bool]]:
    s, m = schema.story, schema.story_document
    where: list[ColumnElement[bool]] = []
    if wanted.type is not None:
        where.append(s.c.type == wanted.type)
    if wanted.since is not None:
        where.append(s.c.reported_at >= wanted.since)
    if wanted.until is not None:
        where += [s.c.reported_at <= _end_of(wanted.until), s.c.reported_at != ""]
    if wanted.happened_since is not None:
        where.append(s.c.latest >= wanted.happened_since)
    if wanted.happened_until is not None:
        where.append(s.c.earliest <= _end_of(wanted.happened_until))
    if wanted.least is not None:
        where.append(s.c.documents >= wanted.least)
    if wanted.document is not None:
        where.append(s.c.id.in_(select(m.c.story_id).where(m.c.document_pk.in_(_named(wanted.document)))))
    return where


def _named(document: str) -> Select[tuple[int]]:
    d = schema.document
    return select(d.c.pk).where(or_(d.c.id == document, d.c.external_id == document))


def _end_of(moment: str) -> str:
    """A date alone means all of its day."""
    return moment + "~" if len(moment) <= 10 else moment


def _unpacked(connection: Connection, query: Select[tuple[bytes]]) -> Iterator[bytes]:
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield zlib.decompress(row.data)
