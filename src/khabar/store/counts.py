"""How many documents name an actor or a place, and how many claims are by and about an actor: kept, not counted for
each list.

The counts follow the rows of the search tables, in the transaction that writes them: what a document adds to them when
its rows are put in is what it takes away when they are taken out. They hold for each id as readings have it; whatever
people merge is put together when it is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Integer, Select, cast, func, literal, select, union_all

from khabar.store import schema
from khabar.store.bulk import run_many

__all__ = ["Counts", "add_counts", "counts_of", "take_counts", "wrong_counts"]

Row = Mapping[str, Any]


class Counts(msgspec.Struct):
    """By id: documents that name a place, documents that name an actor, claims by it, claims of others about it."""

    places: Counter[str]
    actors: Counter[str]
    claims: Counter[str]
    about: Counter[str]


def counts_of(mentions: Iterable[Row], claims: Iterable[Row], about: Iterable[Row]) -> Counts:
    """What rows of whole documents add to the counts."""
    named: set[tuple[str, int, str]] = set()
    for row in mentions:
        named.update((kind, row["document_pk"], row[kind]) for kind in ("place", "entity") if row[kind])
    told = {(row["claim_pk"], row["entity"]) for row in about if row["said"] and row["entity"]}
    return Counts(
        places=Counter(key for kind, _, key in named if kind == "place"),
        actors=Counter(key for kind, _, key in named if kind == "entity"),
        claims=Counter(row["entity"] for row in claims if row["entity"]),
        about=Counter(entity for _, entity in told),
    )


def add_counts(connection: Connection, counts: Counts, sign: int = 1) -> None:
    """Add to the counts that are kept; with `sign` -1 take away. Places must be there. Under the writers' lock."""
    run_many(
        connection, "UPDATE place SET documents = documents + ? WHERE id = ?",
        [(sign * number, key) for key, number in sorted(counts.places.items())],
    )  # fmt: skip
    actors = sorted({*counts.actors, *counts.claims, *counts.about})
    run_many(
        connection,
        "INSERT INTO actor (id, documents, claims, about) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "documents = actor.documents + excluded.documents, claims = actor.claims + excluded.claims, "
        "about = actor.about + excluded.about",
        [(key, *(sign * part[key] for part in (counts.actors, counts.claims, counts.about))) for key in actors],
    )
    if sign < 0:
        empty = "DELETE FROM actor WHERE id = ? AND documents = 0 AND claims = 0 AND about = 0"
        run_many(connection, empty, [(key,) for key in actors])


def take_counts(connection: Connection, document: int) -> None:
    """Take away what a document added; its rows are still in the search tables."""
    m, c, a = schema.mention, schema.claim, schema.claim_about
    own = select(c.c.pk).where(c.c.document_pk == document)
    named = select(m.c.document_pk, m.c.place, m.c.entity).where(m.c.document_pk == document)
    claims = select(c.c.pk, c.c.entity).where(c.c.document_pk == document)
    about = select(a.c.claim_pk, a.c.entity, a.c.said).where(a.c.claim_pk.in_(own))
    counts = counts_of(_rows(connection, named), _rows(connection, claims), _rows(connection, about))
    add_counts(connection, counts, sign=-1)


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row._mapping) for row in connection.execute(query)]


def wrong_counts(connection: Connection) -> Iterator[str]:
    """What is kept and is not what the search tables hold, in words; nothing is yielded where all is right."""
    p, m, t = schema.place, schema.mention, schema.actor
    named = select(m.c.place, func.count(m.c.document_pk.distinct())).where(m.c.place.is_not(None)).group_by(m.c.place)
    kept_places = select(p.c.id, p.c.documents).where(p.c.documents != 0)
    kept_actors = select(t.c.id, t.c.documents, t.c.claims, t.c.about)
    for what, counted, kept in (("place", named, kept_places), ("actor", _actors(), kept_actors)):
        right = {row[0]: tuple(row[1:]) for row in connection.execute(counted)}
        there = {row[0]: tuple(row[1:]) for row in connection.execute(kept)}
        for key in sorted(right.keys() | there.keys()):
            if right.get(key) != there.get(key):
                yield f"{what} {key}: counted {right.get(key)}, kept {there.get(key)}"


def _actors() -> Select[Any]:
    """Actors with their counts, from the search tables."""
    m, c, a = schema.mention, schema.claim, schema.claim_about
    none = literal(0)
    parts = union_all(
        select(m.c.entity, func.count(m.c.document_pk.distinct()).label("documents"), none.label("claims"),
               none.label("about")).where(m.c.entity.is_not(None)).group_by(m.c.entity),
        select(c.c.entity, none, func.count(), none).where(c.c.entity.is_not(None)).group_by(c.c.entity),
        select(a.c.entity, none, none, func.count(a.c.claim_pk.distinct()))
        .where(a.c.entity.is_not(None), a.c.said).group_by(a.c.entity),
    ).subquery()  # fmt: skip
    sums = (cast(func.sum(parts.c[name]), Integer) for name in ("documents", "claims", "about"))
    return select(parts.c.entity, *sums).group_by(parts.c.entity)
