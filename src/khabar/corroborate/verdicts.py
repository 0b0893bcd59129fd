"""What people judged across documents, as corroboration takes it: stories, origins, and actors that are one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from khabar.corroborate.corpus import Ties
from khabar.corroborate.naming import name_tokens
from khabar.corroborate.outlets import outlet_words
from khabar.corroborate.stories.origins import UNNAMED, Source, Verdicts
from khabar.errors import UsageError
from khabar.records import Entity, Reading
from khabar.records import Source as Cited
from khabar.store import schema
from khabar.store.corrections import anchor_of
from khabar.store.judgements import GivenOrigin, Judgement, current_reading, judgements_of, standing
from khabar.store.merges import actor_aliases

__all__ = ["actors_of", "ties_of", "with_actors"]


def ties_of(connection: Connection) -> Ties:
    """All that was said of stories and origins and stands, the last word on a pair counting."""
    said: dict[tuple[str, str], bool] = {}
    for made in standing(judgements_of(connection, kind="story")):
        if made.kind == "story" and made.verb in {"merge", "split"}:
            one, other = sorted((made.subject, str(made.value)))
            said[one, other] = made.verb == "merge"
    return Ties(
        tuple(pair for pair, merged in sorted(said.items()) if merged),
        tuple(pair for pair, merged in sorted(said.items()) if not merged), _verdicts(connection),
    )  # fmt: skip


def _verdicts(connection: Connection) -> Verdicts:
    """What was said of origins, by the names that the current readings give to the reports; the last word counts."""
    pairs: dict[frozenset[str], tuple[str, str, bool]] = {}
    given: dict[str, Source] = {}
    for made in standing(judgements_of(connection, kind="origin")):
        if made.kind != "origin" or made.verb == "note" or made.document is None or made.anchor is None:
            continue
        one = _named(connection, made.document, made.anchor[1:3])
        if made.verb == "correct":
            if one is not None:
                given[one] = _source(made)
            continue
        other = _named(connection, made.anchor[3], made.anchor[4:6])
        if one is not None and other is not None:
            key = frozenset((one, other))
            pairs.pop(key, None)
            pairs[key] = (one, other, made.verb == "merge")
    return Verdicts(
        tuple((one, other) for one, other, same in pairs.values() if same),
        tuple((one, other) for one, other, same in pairs.values() if not same), tuple(sorted(given.items())),
    )  # fmt: skip


def _named(connection: Connection, document: str, anchors: tuple[Any, ...]) -> str | None:
    """The name of a report whose event and claim have these anchors; None where the document has it no more."""
    try:
        reading = current_reading(connection, document)
    except UsageError:
        return None
    event, claim = (tuple(anchor) if anchor else None for anchor in anchors)
    events = {anchor_of(one): one.id for one in reading.events}
    claims = {anchor_of(one): one.id for one in reading.claims}
    if event not in events or (claim is not None and claim not in claims):
        return None
    return f"{document}/{events[event]}/{claims[claim] if claim else ''}"


def _source(made: Judgement) -> Source:
    """A given origin, under the key that the same one has where a text names it."""
    origin = msgspec.convert(made.value, GivenOrigin)
    if origin.kind == "media":
        key = "outlet:" + " ".join(outlet_words(origin.label))
    elif origin.kind in UNNAMED:
        key = f"{origin.kind}@name:{' '.join(name_tokens(origin.label))}"
    else:
        key = "name:" + " ".join(name_tokens(origin.label))
    return Source(origin.entity or key, origin.label, origin.kind, origin.entity)


# --- actors ---


def actors_of(connection: Connection) -> dict[str, Entity]:
    """Ids of actors that people merged into another, each with that other one."""
    aliases = actor_aliases(connection)
    m = schema.mention
    query = select(m.c.entity, func.min(m.c.name_en).label("name_en"), func.min(m.c.name_ar).label("name_ar"))
    rows = connection.execute(query.where(m.c.entity.in_(sorted(set(aliases.values())))).group_by(m.c.entity))
    names = {row.entity: Entity(row.entity, None, row.name_en, row.name_ar) for row in rows}
    return {one: names.get(end) or Entity(end, None, None, None) for one, end in aliases.items() if one != end}


def with_actors(reading: Reading, actors: Mapping[str, Entity]) -> Reading:
    """The reading with merged actors under the ids that stand for them."""
    if not actors:
        return reading
    mentions = tuple(
        msgspec.structs.replace(one, entity=actors[one.entity.id]) if one.entity and one.entity.id in actors else one
        for one in reading.mentions
    )
    claims = tuple(
        msgspec.structs.replace(one, source=_standing_for(one.source, actors)) if one.source else one
        for one in reading.claims
    )
    return msgspec.structs.replace(reading, mentions=mentions, claims=claims)


def _standing_for(source: Cited, actors: Mapping[str, Entity]) -> Cited:
    entity = actors.get(source.entity or "")
    return source if entity is None else msgspec.structs.replace(source, entity=entity.id)
