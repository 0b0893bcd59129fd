"""Judgements: what people say of what the reader found. Appended, never changed; a reading stays as it was.

A judgement is tied to an item of a reading by the item's id and by its anchor, the spans that make it what it is. A
later reading of the same document takes over the judgements whose anchors it still has (`khabar.store.views`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import Connection, func, select, update

from khabar.errors import StoreConflict, UsageError
from khabar.records import Reading, Record, SourceKind, reading_from_json
from khabar.store import ledger, schema
from khabar.store.corrections import CORRECTABLE, anchor_of, check_references, corrected, item_of, items_of
from khabar.store.differences import index_differences
from khabar.store.engine import write
from khabar.store.evidence import row_hash, rows_hash
from khabar.store.packing import packed, sha256, unpack

if TYPE_CHECKING:
    from khabar.store.database import Store

__all__ = [
    "STATUS",
    "GivenOrigin",
    "Judgement",
    "Kind",
    "Verb",
    "current_reading",
    "judge",
    "judgements_of",
    "mark_document",
    "reading_by",
    "standing",
    "version_of",
]  # fmt: skip

Verb = Literal["accept", "reject", "correct", "merge", "split", "note", "withdraw"]
Kind = Literal["mention", "claim", "event", "origin", "document", "actor", "story", "judgement"]

_OF_ITEMS = frozenset({"accept", "reject", "correct", "note"})
_OF_PAIRS = frozenset({"merge", "split", "note"})
_VERBS: dict[str, frozenset[str]] = {
    "mention": _OF_ITEMS, "claim": _OF_ITEMS, "event": _OF_ITEMS,
    "origin": _OF_PAIRS | {"correct"},
    "document": frozenset({"accept", "reject", "note"}),
    "actor": _OF_PAIRS, "story": _OF_PAIRS,
    "judgement": frozenset({"withdraw"}),
}  # fmt: skip


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


def judge(
    store: Store,
    *,
    who: str,
    verb: Verb,
    kind: Kind,
    subject: str,
    document: str | None = None,
    field: str | None = None,
    value: Any = None,
    why: str | None = None,
    seen: int | None = None,
    reader: str | None = None,
) -> Judgement:
    """Append a judgement. With `seen` (from `version_of`), raises StoreConflict if another came in between.

    With `reader`, the item is one of that reader's reading; else of the current one. Raises UsageError for an item that
    is not there, a verb that does not fit, or a value of the wrong type.
    """
    if not who.strip():
        raise UsageError("a judgement needs a name", stage="judge")
    if verb not in _VERBS.get(kind, ()):
        raise UsageError(f"{verb} does not fit {kind}", stage="judge")
    with write(store.engine) as connection:
        # The lock that all judges share: `seen` is checked and the judgement written under it.
        ledger.lock(connection)
        if seen is not None and version_of(connection, document) != seen:
            what = "this document" if document else "across documents"
            raise StoreConflict(f"somebody judged {what} meanwhile", document=document or "", stage="judge")
        reading = reading_by(connection, document, reader) if document else None
        anchor = _checked(connection, reading, kind, subject, field, value, verb)
        at = store.now()
        body = (at, who, verb, kind, document, reading.reader if reading else None, subject, anchor, field, value, why)
        made = Judgement(sha256(msgspec.json.encode(body)), *body)
        _append(connection, made)
        _mark(connection, made)
    return made


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


def _checked(
    connection: Connection,
    reading: Reading | None,
    kind: Kind,
    subject: str,
    field: str | None,
    value: Any,
    verb: Verb,
) -> tuple[Any, ...] | None:
    if kind == "judgement":
        j = schema.judgement
        if connection.execute(select(j.c.pk).where(j.c.id == subject)).first() is None:
            raise UsageError(f"no judgement {subject}", stage="judge")
        return None
    if kind in {"actor", "story"} and verb != "note":
        if not isinstance(value, str) or not value or value == subject:
            raise UsageError(f"{verb} takes the id of another {kind}", stage="judge")
        if kind == "story":
            for name in (subject, value):
                _report(connection, name)
    if kind != "origin" and kind not in CORRECTABLE:
        return None
    if reading is None:
        raise UsageError(f"a {kind} is judged in its document", stage="judge")
    if kind == "origin":
        return _origin_anchor(connection, reading, subject, field, value, verb)
    item = item_of(reading, kind, subject)
    if verb == "correct":
        check_references(corrected(item, field, value, reading.document.text), reading)
    return anchor_of(item)


def _origin_anchor(
    connection: Connection, reading: Reading, subject: str, field: str | None, value: Any, verb: Verb
) -> tuple[Any, ...]:
    """The anchors of the report that an origin is judged of, and of the other one that a merge or a split names."""
    own = _report_anchor(reading, subject)
    if verb == "correct":
        if field != "origin":
            raise UsageError("of an origin the field `origin` is corrected", stage="judge")
        try:
            given = msgspec.convert(value, GivenOrigin)
        except msgspec.ValidationError as error:
            raise UsageError(f"origin: {error}", stage="judge") from error
        if not given.label.strip():
            raise UsageError("an origin has a label", stage="judge")
    if verb in {"merge", "split"}:
        if not isinstance(value, str) or value == f"{reading.document.id}/{subject}":
            raise UsageError(f"{verb} takes another report, as document/event/claim", stage="judge")
        return ("origin", *own, *_report(connection, value))
    return ("origin", *own)


def _report(connection: Connection, name: str) -> tuple[Any, ...]:
    """Document and anchors of the report that `<document>/<event>` or `<document>/<event>/<claim>` names."""
    document, _, inside = name.partition("/")
    return (document, *_report_anchor(current_reading(connection, document), inside))


def _report_anchor(reading: Reading, inside: str) -> tuple[Any, Any]:
    event, _, claim = inside.partition("/")
    return anchor_of(item_of(reading, "event", event)), anchor_of(item_of(reading, "claim", claim)) if claim else None


def _append(connection: Connection, made: Judgement) -> None:
    record = msgspec.json.encode(made)
    d, r = schema.document, schema.judgement
    row: dict[str, Any] = {
        "id": made.id, "made_at": made.at, "who": schema.searchable(made.who), "verb": made.verb,
        "document_pk": connection.scalar(select(d.c.pk).where(d.c.id == made.document)) if made.document else None,
        "reader": made.reader, "subject": schema.searchable(made.subject), **packed("record", record),
        "record_sha256": sha256(record),
    }  # fmt: skip
    if made.kind == "judgement":
        # A withdrawal belongs to the document of what it withdraws, so that its version counts there.
        row["document_pk"] = connection.scalar(select(r.c.document_pk).where(r.c.id == made.subject))
    row["pk"] = (connection.scalar(select(func.max(r.c.pk))) or 0) + 1
    connection.execute(r.insert(), row)
    ledger.append(
        connection, made.at, [("judge", made.id, rows_hash([row_hash("judgement", row)]), {"judgement": row["pk"]})]
    )


def _mark(connection: Connection, made: Judgement) -> None:
    """Keep the search tables' `judgement` column in step with the judgements that stand."""
    document = made.document
    if made.kind == "judgement":
        j, d = schema.judgement, schema.document
        query = select(d.c.id).join(j, j.c.document_pk == d.c.pk).where(j.c.id == made.subject)
        document = connection.scalar(query)
    if document is not None:
        mark_document(connection, document)


def mark_document(connection: Connection, document: str) -> None:
    """Set the search tables' `judgement` column of a document's claims and events from what stands, and what its
    readers and its reviewers differ in."""
    pk = connection.scalar(select(schema.document.c.pk).where(schema.document.c.id == document))
    made = standing(judgements_of(connection, document)) if version_of(connection, document) else []
    if version_of(connection, document):
        reading = current_reading(connection, document)
        items = {anchor_of(item): (kind, item.id) for kind, item in items_of(reading)}
        for table in (schema.claim, schema.event):
            connection.execute(update(table).where(table.c.document_pk == pk).values(judgement=None))
        for one in made:
            found = items.get(tuple(one.anchor)) if one.anchor and one.kind in {"claim", "event"} else None
            if found and one.verb in STATUS:
                table = schema.claim if found[0] == "claim" else schema.event
                where = (table.c.document_pk == pk, table.c.id == found[1])
                connection.execute(update(table).where(*where).values(judgement=STATUS[one.verb]))
    said = [(tuple(one.anchor), one.who, one.verb) for one in made if one.anchor and one.kind in {"claim", "event"}]
    index_differences(connection, int(pk or 0), said)
