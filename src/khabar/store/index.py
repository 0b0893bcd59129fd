"""The search tables, made from current readings; they can be dropped and made again at any time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, delete, select

from khabar.dates import published_utc
from khabar.records import Claim, Event, Mention, Place, Reading, Role, Source, Span
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
    claims = select(schema.claim.c.pk).where(schema.claim.c.document_pk == document)
    connection.execute(delete(schema.claim_about).where(schema.claim_about.c.claim_pk.in_(claims)))
    for table in (schema.event, schema.claim, schema.mention):
        connection.execute(delete(table).where(table.c.document_pk == document))


def index_reading(connection: Connection, document: int, reading: Reading) -> None:
    """Put a reading's mentions, claims, events, roles and places into the search tables."""
    published = published_utc(reading.document.published)
    _add_places(connection, [m.place for m in reading.mentions if m.place])
    _insert_all(connection, schema.mention, [_mention_row(document, m) for m in reading.mentions])
    for claim in reading.claims:
        pk = _insert(connection, schema.claim, _claim_row(document, published, claim))
        _insert_all(connection, schema.claim_about, _about_rows(pk, claim, reading.mentions))
    mentions = {mention.id: mention for mention in reading.mentions}
    for event in reading.events:
        pk = _insert(connection, schema.event, _event_row(document, published, event, mentions))
        _insert_all(connection, schema.role, [_role_row(pk, role, mentions) for role in event.roles])
    index_words(connection, document, reading)


def _insert(connection: Connection, table: Table, row: dict[str, Any]) -> int:
    key = connection.execute(table.insert(), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _insert_all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


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


def _claim_row(document: int, published: str, claim: Claim) -> dict[str, Any]:
    source = claim.source
    return {
        "document_pk": document, "id": claim.id, "published_at": published,
        "source": searchable(source.text) if source else None, "kind": source.kind if source else None,
        "entity": source.entity if source else None, "stance": claim.stance, "quote": claim.quote,
        "cue": searchable(claim.cue.text) if claim.cue else None, "content": searchable(claim.content.text),
        "score": claim.score,
    }  # fmt: skip


def _about_rows(claim_pk: int, claim: Claim, mentions: tuple[Mention, ...]) -> list[dict[str, Any]]:
    """The actors and places that a claim names, in its content or its source."""
    spans: list[Span | Source] = [claim.content, *([claim.source] if claim.source else [])]
    within = (m for m in mentions if any(span.start <= m.start and m.end <= span.end for span in spans))
    named = {(m.entity.id if m.entity else None, m.place.id if m.place else None) for m in within}
    return [
        {"claim_pk": claim_pk, "entity": entity, "place": place}
        for entity, place in sorted(named, key=str)
        if entity or place
    ]


def _event_row(document: int, published: str, event: Event, mentions: dict[str, Mention]) -> dict[str, Any]:
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
