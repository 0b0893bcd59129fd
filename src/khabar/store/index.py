"""The search tables, made from current readings; they can be dropped and made again at any time."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from sqlalchemy import Connection, delete, select

from khabar.dates import parse_published
from khabar.records import Claim, Event, Mention, Place, Reading, Role
from khabar.store import schema
from khabar.store.schema import searchable
from khabar.store.words import index_words, remove_words

__all__ = ["index_reading", "remove_index"]


def remove_index(connection: Connection, document: int) -> None:
    """Take a document's rows out of the search tables."""
    remove_words(connection, document)
    e = schema.event
    events = select(e.c.pk).where(e.c.document_pk == document)
    connection.execute(delete(schema.role).where(schema.role.c.event_pk.in_(events)))
    for table in (schema.event, schema.claim, schema.mention):
        connection.execute(delete(table).where(table.c.document_pk == document))


def index_reading(connection: Connection, document: int, reading: Reading) -> None:
    """Put a reading's mentions, claims, events, roles and places into the search tables."""
    published = _published_at(reading)
    _add_places(connection, [m.place for m in reading.mentions if m.place])
    _insert_all(connection, schema.mention, [_mention_row(document, m) for m in reading.mentions])
    _insert_all(connection, schema.claim, [_claim_row(document, published, c) for c in reading.claims])
    mentions = {mention.id: mention for mention in reading.mentions}
    for event in reading.events:
        key = connection.execute(
            schema.event.insert(), _event_row(document, published, event, mentions)
        ).inserted_primary_key
        assert key is not None
        _insert_all(connection, schema.role, [_role_row(key[0], r, mentions) for r in event.roles])
    index_words(connection, document, reading)


def _insert_all(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _published_at(reading: Reading) -> str | None:
    moment = parse_published(reading.document.published) if reading.document.published else None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _add_places(connection: Connection, places: list[Place]) -> None:
    wanted = {place.id: place for place in places}
    if not wanted:
        return
    p = schema.place
    there = set(connection.scalars(select(p.c.id).where(p.c.id.in_(sorted(wanted)))))
    rows = [
        {"id": one.id, "name_en": one.name_en, "name_ar": one.name_ar, "country": one.country, "parent": one.parent,
         "lat": one.lat, "lon": one.lon, "radius_km": one.radius_km}
        for key, one in sorted(wanted.items()) if key not in there
    ]  # fmt: skip
    if rows and connection.dialect.name == "postgresql":
        # Two writers may meet the same new place at once.
        from sqlalchemy.dialects.postgresql import insert

        connection.execute(insert(p).on_conflict_do_nothing(), rows)
    else:
        _insert_all(connection, p, rows)


def _mention_row(document: int, mention: Mention) -> dict[str, Any]:
    entity, time = mention.entity, mention.time
    return {
        "document_pk": document, "id": mention.id, "type": mention.type, "text": searchable(mention.text),
        "entity": entity.id if entity else None, "name_en": entity.name_en if entity else None,
        "name_ar": searchable(entity.name_ar) if entity else None,
        "place": mention.place.id if mention.place else None, "earliest": time.earliest if time else None,
        "latest": time.latest if time else None,
        "unresolved": mention.unresolved.reason if mention.unresolved else None,
    }  # fmt: skip


def _claim_row(document: int, published: str | None, claim: Claim) -> dict[str, Any]:
    source = claim.source
    return {
        "document_pk": document, "id": claim.id, "published_at": published,
        "source": searchable(source.text) if source else None, "kind": source.kind if source else None,
        "entity": source.entity if source else None, "stance": claim.stance, "quote": claim.quote,
        "cue": searchable(claim.cue.text) if claim.cue else None, "content": searchable(claim.content.text),
        "score": claim.score,
    }  # fmt: skip


def _event_row(document: int, published: str | None, event: Event, mentions: dict[str, Mention]) -> dict[str, Any]:
    times = [
        time for role in event.roles if role.role == "time" and role.mention and (time := mentions[role.mention].time)
    ]
    earliest = [time.earliest for time in times if time.earliest]
    latest = [time.latest for time in times if time.latest]
    return {
        "document_pk": document, "id": event.id, "claim": event.claim, "published_at": published, "type": event.type,
        "trigger": searchable(event.trigger.text), "factuality": event.factuality,
        "earliest": min(earliest, default=None), "latest": max(latest, default=None), "score": event.score,
    }  # fmt: skip


def _role_row(event: int, role: Role, mentions: dict[str, Mention]) -> dict[str, Any]:
    mention = mentions.get(role.mention) if role.mention else None
    quantity = mention.quantity if mention else None
    return {
        "event_pk": event, "role": role.role, "text": searchable(role.text),
        "entity": mention.entity.id if mention and mention.entity else None,
        "place": mention.place.id if mention and mention.place else None,
        "min": quantity.min if quantity else None, "max": quantity.max if quantity else None,
        "unit": quantity.unit if quantity else None,
    }  # fmt: skip
