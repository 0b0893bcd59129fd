"""Judging: a judgement is checked against what it judges, appended, and told to the search tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, func, select, update

from khabar.errors import StoreConflict, UsageError
from khabar.records import Reading
from khabar.store import ledger, schema
from khabar.store.corrections import CORRECTABLE, anchor_of, check_references, corrected, item_of
from khabar.store.differences import index_differences
from khabar.store.engine import write
from khabar.store.evidence import row_hash, rows_hash
from khabar.store.index import replace_items
from khabar.store.judgements import (
    GivenOrigin,
    Judgement,
    Kind,
    Verb,
    current_reading,
    reading_by,
    version_of,
)
from khabar.store.packing import packed, sha256
from khabar.store.views import states_of

if TYPE_CHECKING:
    from khabar.store.database import Store

__all__ = ["judge", "mark_document"]

_OF_ITEMS = frozenset({"accept", "reject", "correct", "note"})
_OF_PAIRS = frozenset({"merge", "split", "note"})
_VERBS: dict[str, frozenset[str]] = {
    "mention": _OF_ITEMS, "claim": _OF_ITEMS, "event": _OF_ITEMS,
    "origin": _OF_PAIRS | {"correct"},
    "document": frozenset({"accept", "reject", "note"}),
    "actor": _OF_PAIRS, "story": _OF_PAIRS,
    "judgement": frozenset({"withdraw"}),
}  # fmt: skip


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
    """Bring a document's rows in the search tables to what stands: corrected values, the `judgement` column, and what
    its readers and its reviewers differ in."""
    found = states_of(connection, [document]).get(document)
    if found is None:  # redacted: there is nothing to search
        return
    pk = connection.scalar(select(schema.document.c.pk).where(schema.document.c.id == document)) or 0
    view = found.view
    if found.version:
        replace_items(connection, pk, view.whole)
        for table, items in ((schema.claim, view.whole.claims), (schema.event, view.whole.events)):
            for item in items:
                if item.id in view.status:
                    where = (table.c.document_pk == pk, table.c.id == item.id)
                    connection.execute(update(table).where(*where).values(judgement=view.status[item.id]))
    of_items = [one for one in found.judgements if one.anchor and one.kind in {"claim", "event"}]
    index_differences(connection, pk, [(tuple(one.anchor or ()), one.who, one.verb) for one in of_items])
