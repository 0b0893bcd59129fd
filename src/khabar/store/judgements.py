"""Judgements: what people say of what the reader found. Appended, never changed; a reading stays as it was.

A judgement is tied to an item of a reading by the item's id and by its anchor, the spans that make it what it is. A
later reading of the same document takes over the judgements whose anchors it still has (`khabar.store.views`).
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, func, select

from khabar.errors import UsageError
from khabar.records import Reading, Record, SourceKind, reading_from_json
from khabar.store import schema
from khabar.store.packing import unpack

__all__ = [
    "STATUS", "GivenOrigin", "Judgement", "Kind", "Verb", "current_reading", "judgements_of", "reading_by", "standing",
    "version_of",
]  # fmt: skip

Verb = Literal["accept", "reject", "correct", "merge", "split", "note", "withdraw"]
Kind = Literal["mention", "claim", "event", "origin", "document", "actor", "story", "judgement"]

STATUS: dict[str, str] = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
"""What an item is after a judgement."""


class GivenOrigin(Record, frozen=True):
    """Whose report it is, as a person says: the value of a correction of an `origin`."""

    label: str
    kind: SourceKind
    entity: str | None = None


class Judgement(Record, frozen=True):
    """Who said what of which item, when and why.

    `document` and `reader` are set for items of a reading, and for an origin. `subject` is the item's id (`c0`); for an
    origin the report that has it, `<event>` or `<event>/<claim>`; an actor's id; a `<document>/<event>` of a story; or
    the id of the judgement that is withdrawn. `value` is what `field` should be for `correct` (of an origin a
    GivenOrigin); the other id for `merge` and `split` (of an origin the other report, after its document and `/`);
    free text for `note`.
    """

    id: str
    at: str
    who: str
    verb: Verb
    kind: Kind
    document: str | None
    reader: str | None
    subject: str
    anchor: tuple[Any, ...] | None
    field: str | None
    value: Any
    why: str | None


def current_reading(connection: Connection, document: str) -> Reading:
    """The current reading of a document. Raises UsageError for an unknown or redacted one."""
    return reading_by(connection, document, None)


def reading_by(connection: Connection, document: str, reader: str | None) -> Reading:
    """A reader's reading of a document, or the current one. Raises UsageError where there is none."""
    d, r = schema.document, schema.reading
    query = select(r.c.data, r.c.sha256).join(d, d.c.pk == r.c.document_pk).where(d.c.id == document)
    row = connection.execute(query.where(r.c.current if reader is None else r.c.reader == reader)).first()
    if row is None or row.data is None:
        raise UsageError(f"no reading of {document}", document=document, stage="judge")
    return reading_from_json(unpack(row.data, row.sha256, subject=document))


def version_of(connection: Connection, document: str | None) -> int:
    """How many judgements there are of a document, or (None) of actors and stories: what a reviewer saw, to be sent
    along with the next judgement."""
    j, d = schema.judgement, schema.document
    query = select(func.count()).select_from(j)
    if document is None:
        query = query.where(j.c.document_pk.is_(None))
    else:
        query = query.where(j.c.document_pk == select(d.c.pk).where(d.c.id == document).scalar_subquery())
    return connection.scalar(query) or 0


def judgements_of(connection: Connection, document: str | None = None, kind: Kind | None = None) -> list[Judgement]:
    """Judgements in order, of one document or of all, withdrawn ones and withdrawals too."""
    j, d = schema.judgement, schema.document
    query = select(j.c.record, j.c.record_sha256).where(j.c.record.is_not(None)).order_by(j.c.pk)
    if document is not None:
        query = query.where(j.c.document_pk == select(d.c.pk).where(d.c.id == document).scalar_subquery())
    if kind in {"actor", "story"}:
        query = query.where(j.c.document_pk.is_(None))  # by an index: those of documents are many
    rows = connection.execute(query)
    made = [msgspec.json.decode(unpack(row.record, row.record_sha256), type=Judgement) for row in rows]
    return [one for one in made if kind is None or one.kind in {kind, "judgement"}]


def standing(made: list[Judgement]) -> list[Judgement]:
    """Those that no later judgement withdrew; a withdrawal can itself be withdrawn."""
    gone: set[str] = set()
    for one in reversed(made):
        if one.verb == "withdraw" and one.id not in gone:
            gone.add(one.subject)
    return [one for one in made if one.id not in gone and one.verb != "withdraw"]
