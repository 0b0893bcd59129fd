"""The search tables, made from current readings; they can be dropped and made again at any time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, select, update

from khabar.dates import published_utc
from khabar.records import Claim, Event, Mention, Place, Reading, Role, Source, Span
from khabar.store import schema
from khabar.store.bulk import insert_rows
from khabar.store.containers import place_row
from khabar.store.counts import add_counts, counts_of, take_counts
from khabar.store.keys import ITEMS, document_key, item_key
from khabar.store.schema import searchable
from khabar.store.words import NAMES, index_words, remove_words
from khabar.text.names import name_key

__all__ = ["index_readings", "remove_index", "replace_items"]

Row = dict[str, Any]
_TABLES = (schema.mention, schema.claim, schema.claim_about, schema.event, schema.role)


def remove_index(connection: Connection, document: int) -> None:
    """Take a document's rows out of the search tables, and what was made across documents with it."""
    _remove_items(connection, document)
    connection.execute(delete(schema.difference).where(schema.difference.c.document_pk == document))
    _remove_stories(connection, document)


def replace_items(connection: Connection, document: int, reading: Reading) -> None:
    """Put a reading as people corrected it in the place of what the search tables have of the document. Its items keep
    their keys; stories wait for the next `khabar corroborate`."""
    _remove_items(connection, document)
    mentions = tuple(sorted(reading.mentions, key=lambda one: (one.start, one.end)))
    index_readings(connection, [(document, msgspec.structs.replace(reading, mentions=mentions))])


def _remove_items(connection: Connection, document: int) -> None:
    d, e, c = schema.document, schema.event, schema.claim
    take_counts(connection, document)
    published = connection.scalar(select(d.c.published_at).where(d.c.pk == document))
    remove_words(connection, document_key(published or "", document))
    events = select(e.c.pk).where(e.c.document_pk == document)
    connection.execute(delete(schema.role).where(schema.role.c.event_pk.in_(events)))
    claims = select(c.c.pk).where(c.c.document_pk == document)
    connection.execute(delete(schema.claim_about).where(schema.claim_about.c.claim_pk.in_(claims)))
    for table in (e, c, schema.mention):
        connection.execute(delete(table).where(table.c.document_pk == document))


def _remove_stories(connection: Connection, document: int) -> None:
    """Take out what was made across documents with this one; the next `khabar corroborate` makes it again."""
    s, g = schema.story_document, schema.copy_document
    for part, whole, key in ((s, schema.story, s.c.story_id), (g, schema.copy_group, g.c.group_id)):
        keys = list(connection.scalars(select(key).where(part.c.document_pk == document)))
        connection.execute(delete(part).where(key.in_(keys)))
        if whole is schema.story:
            connection.execute(delete(schema.story_place).where(schema.story_place.c.story_id.in_(keys)))
        connection.execute(delete(whole).where(whole.c.id.in_(keys)))
    for pairs in (schema.likeness, schema.link):
        connection.execute(delete(pairs).where((pairs.c.left_pk == document) | (pairs.c.right_pk == document)))
    connection.execute(delete(schema.profile).where(schema.profile.c.document_pk == document))


def index_readings(connection: Connection, readings: Sequence[tuple[int, Reading]], *, newest: bool = False) -> None:
    """Put readings' mentions, claims, events, roles and places into the search tables, under their documents' keys.
    What `newest` readings say of a place takes the place of what earlier ones said.

    The keys of mentions, claims and events are made of their documents' (`khabar.store.keys`), so none is asked for.
    """
    places: list[Place] = []
    keyed: list[tuple[int, Reading]] = []
    rows: dict[Table, list[Row]] = {table: [] for table in _TABLES}
    for document, reading in readings:
        published = published_utc(reading.document.published)
        key = document_key(published, document)
        keyed.append((key, reading))
        mentions = {mention.id: mention for mention in reading.mentions}
        places += [mention.place for mention in reading.mentions if mention.place]
        for number, mention in enumerate(reading.mentions[:ITEMS]):
            rows[schema.mention].append({"pk": item_key(key, number), **_mention_row(document, mention)})
        for number, claim in enumerate(reading.claims[:ITEMS]):
            pk = item_key(key, number)
            rows[schema.claim].append({"pk": pk, **_claim_row(document, published, claim)})
            rows[schema.claim_about] += _about_rows(document, pk, claim, reading.mentions)
        for number, event in enumerate(reading.events[:ITEMS]):
            pk = item_key(key, number)
            rows[schema.event].append({"pk": pk, **_event_row(document, published, event, mentions)})
            rows[schema.role] += [_role_row(document, pk, role, mentions) for role in event.roles]
    _keep_places(connection, places, newest=newest)
    for table, made in rows.items():
        insert_rows(connection, made, table)
    add_counts(connection, counts_of(rows[schema.mention], rows[schema.claim], rows[schema.claim_about]))
    index_words(connection, keyed)


def _keep_places(connection: Connection, places: list[Place], *, newest: bool) -> None:
    """Keep places that are not there yet; those that are become what a `newest` reading says they are."""
    wanted = {place.id: place for place in places}
    if not wanted:
        return
    p = schema.place
    there = {row.id: dict(row._mapping) for row in connection.execute(select(p).where(p.c.id.in_(sorted(wanted))))}
    rows = [place_row(one) for _, one in sorted(wanted.items())]
    new = [row for row in rows if row["id"] not in there]
    changed = [row for row in rows if row["id"] in there and row.items() - there[row["id"]].items()]
    if new and connection.dialect.name == "postgresql":
        # Two writers may meet the same new place at once.
        from sqlalchemy.dialects.postgresql import insert

        connection.execute(insert(p).on_conflict_do_nothing(), new)
    elif new:
        connection.execute(p.insert(), new)
    for row in changed if newest else ():
        connection.execute(update(p).where(p.c.id == row["id"]).values(**row))


def _mention_row(document: int, mention: Mention) -> dict[str, Any]:
    entity, time = mention.entity, mention.time
    return {
        "document_pk": document, "id": mention.id, "type": mention.type, "text": searchable(mention.text),
        "key": name_key(mention.text) if mention.type in NAMES else None,
        "entity": _scoped(document, entity.id if entity else None), "name_en": entity.name_en if entity else None,
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
        "entity": _scoped(document, source.entity if source else None), "stance": claim.stance, "quote": claim.quote,
        "cue": searchable(claim.cue.text) if claim.cue else None, "content": searchable(claim.content.text),
        "score": claim.score,
    }  # fmt: skip


def _scoped(document: int, entity: str | None) -> str | None:
    """An actor's id as it is searched. `doc:0` means somebody in one document alone: another's `doc:0` is another."""
    return f"doc:{document}:{entity[4:]}" if entity and entity.startswith("doc:") else entity


def _about_rows(document: int, claim_pk: int, claim: Claim, mentions: tuple[Mention, ...]) -> list[Row]:
    """The actors and places that a claim names, in its content or its source; what another says of it is `said`."""
    spans: list[Span | Source] = [claim.content, *([claim.source] if claim.source else [])]
    by = claim.source.entity if claim.source else None
    named: dict[tuple[str | None, str | None], bool] = {}
    for span in spans:
        for mention in mentions[bisect_left(mentions, span.start, key=lambda one: one.start) :]:
            if mention.start >= span.end:
                break
            if mention.end <= span.end and (mention.entity or mention.place):
                entity, place = mention.entity, mention.place
                key = _scoped(document, entity.id if entity else None), place.id if place else None
                named.setdefault(key, span is claim.content and (entity is None or entity.id != by))
    return [
        {"claim_pk": claim_pk, "entity": entity, "place": place, "said": said}
        for (entity, place), said in named.items()
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


def _role_row(document: int, event: int, role: Role, mentions: dict[str, Mention]) -> dict[str, Any]:
    mention = mentions.get(role.mention) if role.mention else None
    quantity = mention.quantity if mention else None
    return {
        "event_pk": event, "role": role.role, "text": searchable(role.text),
        "entity": _scoped(document, mention.entity.id if mention and mention.entity else None),
        "place": mention.place.id if mention and mention.place else None,
        "min": quantity.min if quantity else None, "max": quantity.max if quantity else None,
        "unit": quantity.unit if quantity else None,
    }  # fmt: skip
