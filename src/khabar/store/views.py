"""The current view of a document: its reading with the judgements that stand applied. Nothing is stored for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from khabar.errors import UsageError
from khabar.records import Claim, Event, Mention, Reading
from khabar.store import schema
from khabar.store.corrections import Item, anchor_of, corrected, items_of
from khabar.store.judgements import STATUS, Judgement, standing
from khabar.store.packing import unpack
from khabar.store.recent import reading_of

__all__ = ["State", "View", "adrift", "current_view", "states_of"]

_AT_ONCE = 100  # documents


class View(msgspec.Struct, frozen=True):
    """What stands: `reading` with corrections in and rejected items out, `whole` with those in too, each judged item's
    status by id, and `adrift`: judgements whose item the current reading no longer has."""

    reading: Reading
    whole: Reading
    status: dict[str, str]
    adrift: tuple[Judgement, ...]


class State(msgspec.Struct, frozen=True):
    """A document with all that was said of it: its view, its judgements that stand, and how many there are at all."""

    view: View
    judgements: tuple[Judgement, ...]
    version: int


def current_view(connection: Connection, document: str) -> View:
    """The view of one document. Raises UsageError for an unknown or redacted one."""
    found = states_of(connection, [document]).get(document)
    if found is None:
        raise UsageError(f"no reading of {document}", document=document, stage="judge")
    return found.view


def adrift(connection: Connection) -> Iterator[Judgement]:
    """All judgements that stand and whose item the current reading of its document no longer has."""
    d, j = schema.document, schema.judgement
    query = select(d.c.id).where(d.c.pk.in_(select(j.c.document_pk))).order_by(d.c.pk)
    documents = list(connection.scalars(query))
    for at in range(0, len(documents), _AT_ONCE):
        states = states_of(connection, documents[at : at + _AT_ONCE])
        for document in documents[at : at + _AT_ONCE]:
            if document in states:
                yield from states[document].view.adrift


def states_of(connection: Connection, documents: Sequence[str]) -> dict[str, State]:
    """The states of those documents that are there, with two queries for all."""
    d, r, j = schema.document, schema.reading, schema.judgement
    # Judgements first: one that comes between makes the view newer than its version, which is refused then.
    query = select(d.c.id, j.c.record, j.c.record_sha256).join(d, d.c.pk == j.c.document_pk)
    said: dict[str, list[Judgement | None]] = {}
    for row in connection.execute(query.where(d.c.id.in_(documents)).order_by(j.c.pk)):
        made = unpack(row.record, row.record_sha256, subject=row.id) if row.record is not None else None
        said.setdefault(row.id, []).append(msgspec.json.decode(made, type=Judgement) if made else None)
    held = select(d.c.id, r.c.data, r.c.sha256).join(r, r.c.document_pk == d.c.pk)
    where = (d.c.id.in_(documents), r.c.current, r.c.data.is_not(None))
    states: dict[str, State] = {}
    for row in connection.execute(held.where(*where)):
        made_of = said.get(row.id, [])
        stand = tuple(standing([one for one in made_of if one is not None]))
        reading = reading_of(row.data, row.sha256, document=row.id)
        states[row.id] = State(_view(reading, stand), stand, len(made_of))
    return states


def _view(reading: Reading, made_of: Sequence[Judgement]) -> View:
    if not made_of:  # most documents: the reading is the view
        return View(reading, reading, {}, ())
    items: dict[str, Item] = {item.id: item for _, item in items_of(reading)}
    ids = {anchor_of(item): item.id for item in items.values()}
    status: dict[str, str] = {}
    adrift = []
    for made in made_of:
        if made.anchor is None or made.kind == "origin":
            continue
        found = ids.get(tuple(made.anchor))
        if found is None:
            adrift.append(made)
            continue
        if made.verb == "correct":
            items[found] = corrected(items[found], made.field, made.value, reading.document.text)
        if made.verb in STATUS:
            status[found] = STATUS[made.verb]
    kept = {key: item for key, item in items.items() if status.get(key) != "rejected"}
    detached = {key: _detached(item, kept) if isinstance(item, Event) else item for key, item in kept.items()}
    return View(_holding(reading, detached), _holding(reading, items), status, tuple(adrift))


def _holding(reading: Reading, items: dict[str, Item]) -> Reading:
    """The reading with these items in the place of its own."""
    return msgspec.structs.replace(
        reading,
        mentions=tuple(item for item in items.values() if isinstance(item, Mention)),
        claims=tuple(item for item in items.values() if isinstance(item, Claim)),
        events=tuple(item for item in items.values() if isinstance(item, Event)),
    )


def _detached(event: Event, kept: dict[str, Any]) -> Event:
    """An event without pointers to a claim or to mentions that were rejected."""
    roles = tuple(
        role if role.mention in kept or role.mention is None else msgspec.structs.replace(role, mention=None)
        for role in event.roles
    )
    claim = event.claim if event.claim in kept else None
    return msgspec.structs.replace(event, roles=roles, claim=claim)
