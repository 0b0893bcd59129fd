"""The current view of a document: its reading with the judgements that stand applied. Nothing is stored for it."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection

from khabar.records import Claim, Event, Mention, Reading
from khabar.store.judgements import (
    Item,
    Judgement,
    anchor_of,
    corrected,
    current_reading,
    items_of,
    judgements_of,
    standing,
)

__all__ = ["View", "actor_aliases", "current_view"]

_STATUS = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}


class View(msgspec.Struct, frozen=True):
    """What stands: `reading` with corrections in and rejected items out, each judged item's status by id (rejected ones
    too), and `adrift`: judgements whose item the current reading no longer has."""

    reading: Reading
    status: dict[str, str]
    adrift: tuple[Judgement, ...]


def current_view(connection: Connection, document: str) -> View:
    """The view of one document. Raises UsageError for an unknown or redacted one."""
    reading = current_reading(connection, document)
    items: dict[str, Item] = {item.id: item for _, item in items_of(reading)}
    ids = {anchor_of(item): item.id for item in items.values()}
    status: dict[str, str] = {}
    adrift = []
    for made in standing(judgements_of(connection, document)):
        if made.anchor is None:
            continue
        found = ids.get(tuple(made.anchor))
        if found is None:
            adrift.append(made)
            continue
        if made.verb == "correct":
            items[found] = corrected(items[found], made.field, made.value, reading.document.text)
        if made.verb in _STATUS:
            status[found] = _STATUS[made.verb]
    return View(_without_rejected(reading, items, status), status, tuple(adrift))


def _without_rejected(reading: Reading, items: dict[str, Item], status: dict[str, str]) -> Reading:
    kept = {key: item for key, item in items.items() if status.get(key) != "rejected"}
    events = [_detached(event, kept) for event in kept.values() if isinstance(event, Event)]
    return msgspec.structs.replace(
        reading,
        mentions=tuple(item for item in kept.values() if isinstance(item, Mention)),
        claims=tuple(item for item in kept.values() if isinstance(item, Claim)),
        events=tuple(events),
    )


def _detached(event: Event, kept: dict[str, Any]) -> Event:
    """An event without pointers to a claim or to mentions that were rejected."""
    roles = tuple(
        role if role.mention in kept or role.mention is None else msgspec.structs.replace(role, mention=None)
        for role in event.roles
    )
    claim = event.claim if event.claim in kept else None
    return msgspec.structs.replace(event, roles=roles, claim=claim)


def actor_aliases(connection: Connection) -> dict[str, str]:
    """Actor ids that people merged, each with the id that stands for it; a later split undoes a merge."""
    merged: dict[str, str] = {}
    for made in standing(judgements_of(connection, kind="actor")):
        if made.verb == "merge":
            merged[made.subject] = str(made.value)
        elif made.verb == "split" and merged.get(made.subject) == made.value:
            del merged[made.subject]
    return {one: _end(merged, one) for one in sorted(merged)}


def _end(merged: dict[str, str], one: str) -> str:
    seen = {one}
    while one in merged and merged[one] not in seen:
        one = merged[one]
        seen.add(one)
    return one
