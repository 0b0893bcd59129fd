"""Judgements: what people say of what the reader found. Appended, never changed; a reading stays as it was.

A judgement is tied to an item of a reading by the item's id and by its anchor, the spans that make it what it is. A
later reading of the same document takes over the judgements whose anchors it still has (`khabar.store.views`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import Connection, func, select, update

from khabar.errors import StoreConflict, UsageError
from khabar.records import Claim, Event, Mention, Reading, Record, reading_from_json
from khabar.store import ledger, schema
from khabar.store.engine import write
from khabar.store.evidence import row_hash, rows_hash
from khabar.store.packing import packed, sha256, unpack

if TYPE_CHECKING:
    from khabar.store.database import Store

__all__ = [
    "Judgement",
    "anchor_of",
    "current_reading",
    "items_of",
    "judge",
    "judgements_of",
    "mark_document",
    "standing",
    "version_of",
]

Verb = Literal["accept", "reject", "correct", "merge", "split", "note", "withdraw"]
Kind = Literal["mention", "claim", "event", "document", "actor", "story", "judgement"]
Item = Mention | Claim | Event

# Fields that a correction may set, by kind; the value has the field's own type in the public JSON.
_CORRECTABLE: dict[str, frozenset[str]] = {
    "mention": frozenset({"start", "end", "type", "entity", "place", "time", "quantity"}),
    "claim": frozenset({"source", "via", "cue", "content", "stance", "quote"}),
    "event": frozenset({"claim", "type", "trigger", "factuality", "roles"}),
}
_VERBS: dict[str, frozenset[str]] = {
    "mention": frozenset({"accept", "reject", "correct", "note"}),
    "claim": frozenset({"accept", "reject", "correct", "note"}),
    "event": frozenset({"accept", "reject", "correct", "note"}),
    "document": frozenset({"accept", "reject", "note"}),
    "actor": frozenset({"merge", "split", "note"}),
    "story": frozenset({"merge", "split", "correct", "note"}),
    "judgement": frozenset({"withdraw"}),
}


class Judgement(Record, frozen=True):
    """Who said what of which item, when and why.

    `document` and `reader` are set for items of a reading. `subject` is the item's id (`c0`), an actor's, a
    `<document>/<event>` of a story, or the id of the judgement that is withdrawn. `value` is what `field` should be for
    `correct`, the other id for `merge` and `split`, free text for `note`.
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


def anchor_of(item: Item) -> tuple[Any, ...]:
    """The spans that make an item what it is, in every reading of the document."""
    if isinstance(item, Mention):
        return ("mention", item.type, item.start, item.end)
    if isinstance(item, Event):
        return ("event", item.type, item.trigger.start, item.trigger.end)
    source = (item.source.start, item.source.end) if item.source else (None, None)
    return ("claim", item.content.start, item.content.end, *source)


def items_of(reading: Reading) -> Iterator[tuple[str, Item]]:
    """(kind, item) of all that can be judged in a reading."""
    yield from (("mention", mention) for mention in reading.mentions)
    yield from (("claim", claim) for claim in reading.claims)
    yield from (("event", event) for event in reading.events)


def current_reading(connection: Connection, document: str) -> Reading:
    """The current reading of a document. Raises UsageError for an unknown or redacted one."""
    d, r = schema.document, schema.reading
    query = select(r.c.data, r.c.sha256).join(d, d.c.pk == r.c.document_pk).where(d.c.id == document, r.c.current)
    row = connection.execute(query).first()
    if row is None or row.data is None:
        raise UsageError(f"no reading of {document}", document=document, stage="judge")
    return reading_from_json(unpack(row.data, row.sha256, subject=document))


def version_of(connection: Connection, document: str) -> int:
    """How many judgements there are of a document: what a reviewer saw, to be sent along with the next judgement."""
    return connection.scalar(_count(document)) or 0


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
) -> Judgement:
    """Append a judgement. With `seen` (from `version_of`), raises StoreConflict if another came in between.

    Raises UsageError for an item that is not there, a verb that does not fit, or a value of the wrong type.
    """
    if not who.strip():
        raise UsageError("a judgement needs a name", stage="judge")
    if verb not in _VERBS.get(kind, ()):
        raise UsageError(f"{verb} does not fit {kind}", stage="judge")
    with write(store.engine) as connection:
        # The lock that all judges share: `seen` is checked and the judgement written under it.
        ledger.lock(connection)
        if seen is not None and document is not None and version_of(connection, document) != seen:
            raise StoreConflict("somebody judged this document meanwhile", document=document, stage="judge")
        reading = current_reading(connection, document) if document else None
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
        query = query.join(d, d.c.pk == j.c.document_pk).where(d.c.id == document)
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


def _count(document: str) -> Any:
    j, d = schema.judgement, schema.document
    return select(func.count()).select_from(j.join(d, d.c.pk == j.c.document_pk)).where(d.c.id == document)


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
    if kind not in _CORRECTABLE:
        return None
    if reading is None:
        raise UsageError(f"a {kind} is judged in its document", stage="judge")
    item = next((one for name, one in items_of(reading) if name == kind and one.id == subject), None)
    if item is None:
        raise UsageError(f"no {kind} {subject} in {reading.document.id}", stage="judge")
    if verb == "correct":
        corrected(item, field, value, reading.document.text)
    return anchor_of(item)


def corrected(item: Item, field: str | None, value: Any, text: str) -> Item:
    """The item with one field set. Raises UsageError for a field, a type or a span that does not fit."""
    kind = type(item).__name__.lower()
    if field not in _CORRECTABLE[kind]:
        raise UsageError(f"{field!r} of a {kind} cannot be corrected", stage="judge")
    fields = msgspec.to_builtins(item) | {field: value}
    if kind == "mention":
        fields["text"] = text[fields["start"] : fields["end"]] if _is_span(fields, text) else None
        if field in {"entity", "place", "time", "quantity"}:
            fields["unresolved"] = None
    try:
        made = msgspec.convert(fields, type(item))
    except msgspec.ValidationError as error:
        raise UsageError(f"{field}: {error}", stage="judge") from error
    for span in _spans(fields):
        if text[span["start"] : span["end"]] != span["text"] or not _is_span(span, text):
            raise UsageError(f"{field}: {span} is not in the text", stage="judge")
    return made


def _is_span(span: dict[str, Any], text: str) -> bool:
    start, end = span.get("start"), span.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _spans(inner)


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


_STATUS = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}


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
    """Set the search tables' `judgement` column of a document's claims and events from what stands."""
    if not version_of(connection, document):
        return
    pk = connection.scalar(select(schema.document.c.pk).where(schema.document.c.id == document))
    reading = current_reading(connection, document)
    items = {anchor_of(item): (kind, item.id) for kind, item in items_of(reading)}
    for table in (schema.claim, schema.event):
        connection.execute(update(table).where(table.c.document_pk == pk).values(judgement=None))
    for one in standing(judgements_of(connection, document)):
        found = items.get(tuple(one.anchor)) if one.anchor else None
        if found and one.verb in _STATUS and found[0] in {"claim", "event"}:
            table = schema.claim if found[0] == "claim" else schema.event
            where = (table.c.document_pk == pk, table.c.id == found[1])
            connection.execute(update(table).where(*where).values(judgement=_STATUS[one.verb]))
