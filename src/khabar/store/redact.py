"""Redaction, the only way in which anything goes: bytes are emptied or masked, hashes and the reason stay.

A document goes whole. A person's name is masked in every document that holds it: a reading with the name blacked out,
of the same length so that every offset still fits, takes the place of those that were there. The original bytes go too,
since they hold the name.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from khabar.errors import UsageError
from khabar.records import Claim, Event, Mention, Reading, reading_from_json
from khabar.store import ledger, schema
from khabar.store.database import Store
from khabar.store.engine import write
from khabar.store.evidence import row_hash, rows_hash
from khabar.store.index import index_readings, remove_index
from khabar.store.intake import next_key
from khabar.store.packing import packed, sha256, unpack
from khabar.store.schema import searchable
from khabar.store.search import documents_matching
from khabar.store.words import words_of
from khabar.text import normalise

__all__ = ["MASK", "mask_reading", "name_pattern", "redact_documents", "redact_person", "undo_ingest"]

MASK = "█"
_REDACTED = "+redacted"
_Found = tuple[tuple[Mention, ...], tuple[Claim, ...], tuple[Event, ...]]


def redact_documents(store: Store, ids: Iterable[str], *, who: str, why: str) -> int:
    """Empty documents with all that was made of them; returns how many. Raises UsageError for an unknown id."""
    wanted = list(ids)
    with write(store.engine) as connection:
        ledger.lock(connection)
        d = schema.document
        rows = {row.id: row.pk for row in connection.execute(select(d.c.id, d.c.pk).where(d.c.id.in_(wanted)))}
        missing = [one for one in wanted if one not in rows]
        if missing:
            raise UsageError(f"no document {missing[0]}", document=missing[0], stage="redact")
        for key in wanted:
            emptied = _empty(connection, rows[key], store.now())
            _vouch(connection, store, key, {"who": who, "why": why, "emptied": emptied}, [])
    return len(wanted)


def undo_ingest(store: Store, ingest: int, *, who: str, why: str) -> int:
    """Withdraw a mistaken ingest: empty the documents that no other ingest saw. Returns how many."""
    s, d, i = schema.sighting, schema.document, schema.ingest
    with write(store.engine) as connection:
        ledger.lock(connection)
        if connection.execute(select(i.c.pk).where(i.c.pk == ingest)).first() is None:
            raise UsageError(f"no ingest {ingest}", stage="undo")
        elsewhere = select(s.c.document_pk).where(s.c.ingest_pk != ingest)
        query = (
            select(d.c.pk, d.c.id)
            .where(d.c.pk.in_(select(s.c.document_pk).where(s.c.ingest_pk == ingest)), d.c.pk.not_in(elsewhere))
            .where(d.c.redacted_at.is_(None))
            .order_by(d.c.pk)
        )
        rows = connection.execute(query).all()
        for row in rows:
            emptied = _empty(connection, row.pk, store.now())
            _vouch(connection, store, row.id, {"who": who, "why": why, "undone": ingest, "emptied": emptied}, [])
        connection.execute(update(i).where(i.c.pk == ingest).values(undone_at=store.now()))
    return len(rows)


def redact_person(store: Store, name: str, *, who: str, why: str) -> int:
    """Mask a person's name, however it is spelt within folding, in every document; returns how many held it."""
    pattern = name_pattern(name)
    changed = 0
    with write(store.engine) as connection:
        ledger.lock(connection)
        d, r = schema.document, schema.reading
        found = documents_matching(connection, '"' + name.replace('"', " ") + '"')
        query = select(d.c.pk, d.c.id, r.c.data, r.c.sha256).join(r, r.c.document_pk == d.c.pk)
        for row in connection.execute(query.where(d.c.pk.in_(found), r.c.current).order_by(d.c.pk)).all():
            reading = reading_from_json(unpack(row.data, row.sha256, subject=row.id))
            masked = mask_reading(reading, pattern)
            emptied = _empty(connection, row.pk, store.now(), keep=True)
            evidence = [_add_masked(connection, row.pk, masked, store.now())]
            # The ledger tells that a name was masked and why, never which.
            _vouch(connection, store, row.id, {"who": who, "why": why, "emptied": emptied}, evidence)
            changed += 1
    return changed


def mask_reading(reading: Reading, pattern: re.Pattern[str]) -> Reading:
    """The reading with every match blacked out, in its text, its spans and its names; offsets stay as they were."""
    d = reading.document
    text = _masked(d.text, pattern)
    document = msgspec.structs.replace(
        d, text=text, external_id=_masked(d.external_id, pattern), extra={},
        **{name: _masked(getattr(d, name) or "", pattern) or None for name in ("title", "publisher", "url")},
    )  # fmt: skip
    found = msgspec.to_builtins((reading.mentions, reading.claims, reading.events))
    mentions, claims, events = msgspec.convert(_respan(found, text), _Found)
    return Reading(document, mentions, claims, events, reading.reader.removesuffix(_REDACTED) + _REDACTED)


def _respan(value: Any, text: str) -> Any:
    """Spans with their text as it reads now; what a blacked-out span stood for is not told either."""
    if isinstance(value, dict):
        made = {key: _respan(inner, text) for key, inner in value.items()}
        if {"start", "end", "text"} <= made.keys():
            made["text"] = text[made["start"] : made["end"]]
            if MASK in made["text"] and "entity" in made:
                made["entity"] = None
        return made
    return [_respan(inner, text) for inner in value] if isinstance(value, list | tuple) else value


def name_pattern(name: str) -> re.Pattern[str]:
    """Finds a name in normal text as whole words, with a clitic before it. Raises UsageError for an empty one."""
    words = words_of(name).split()
    if not words:
        raise UsageError("a name is wanted", stage="redact")
    return re.compile(r"(?<![^\W_])[وف]?[بلك]?(" + r"[\W_]+".join(map(re.escape, words)) + r")(?![^\W_])")


def _masked(original: str, pattern: re.Pattern[str]) -> str:
    text = normalise(original)
    out = list(original)
    for match in pattern.finditer(text.text):
        span = text.span(match.start(1), match.end(1))
        out[span.start : span.end] = MASK * (span.end - span.start)
    return "".join(out)


def _add_masked(connection: Connection, document: int, reading: Reading, now: str) -> tuple[str, dict[str, Any]]:
    public = reading.to_json()
    row: dict[str, Any] = {
        "document_pk": document, "reader": _free_reader(connection, document, reading.reader), "sha256": sha256(public),
        **packed("data", public), "made_at": now, "current": True,
    }  # fmt: skip
    row["pk"] = next_key(connection, schema.reading)
    connection.execute(schema.reading.insert(), row)
    d, new = schema.document, reading.document
    repeated = {name: searchable(getattr(new, name)) for name in ("external_id", "title", "publisher", "url")}
    connection.execute(update(d).where(d.c.pk == document).values(**repeated))
    index_readings(connection, [(document, reading)])
    return ("reading", row)


def _free_reader(connection: Connection, document: int, reader: str) -> str:
    """A second person masked in one document makes a second redacted reading, under a name of its own."""
    r = schema.reading
    taken = set(connection.scalars(select(r.c.reader).where(r.c.document_pk == document)))
    names = itertools.chain([reader], (f"{reader}-{number}" for number in itertools.count(2)))
    return next(name for name in names if name not in taken)


def _empty(connection: Connection, document: int, now: str, *, keep: bool = False) -> dict[str, list[Any]]:
    """Take a document's bytes away everywhere; returns the keys of what was emptied, for the ledger.

    With `keep` the document stays, under a masked reading that the caller adds.
    """
    remove_index(connection, document)
    emptied: dict[str, list[Any]] = {}
    d, s, b = schema.document, schema.sighting, schema.blob
    for name, column in (("document", "record"), ("reading", "data"), ("judgement", "record")):
        table = schema.metadata.tables[name]
        own = table.c.pk if name == "document" else table.c.document_pk
        where = (own == document, table.c[column].is_not(None))
        emptied[name] = list(connection.scalars(select(table.c.pk).where(*where).order_by(table.c.pk)))
        connection.execute(update(table).where(*where).values({column: None}))
    blobs = select(s.c.blob_sha256).where(s.c.document_pk == document)
    held = (b.c.sha256.in_(blobs), b.c.data.is_not(None))
    emptied["blob"] = list(connection.scalars(select(b.c.sha256).where(*held).order_by(b.c.sha256)))
    connection.execute(update(b).where(*held).values(data=None))
    connection.execute(update(schema.reading).where(schema.reading.c.document_pk == document).values(current=False))
    gone: dict[str, Any] = {"title": None, "publisher": None, "url": None, "external_id": "", "published": None}
    values = {} if keep else {"redacted_at": now, **gone}
    if values:
        connection.execute(update(d).where(d.c.pk == document).values(**values))
    return {name: keys for name, keys in emptied.items() if keys}


def _vouch(
    connection: Connection,
    store: Store,
    document: str,
    detail: dict[str, Any],
    evidence: list[tuple[str, dict[str, Any]]],
) -> None:
    rows = {table: row["pk"] for table, row in evidence}
    content = rows_hash([row_hash(table, row) for table, row in evidence])
    ledger.append(connection, store.now(), [("redact", document, content, {**detail, **rows})])
