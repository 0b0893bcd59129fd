"""Who says what of whom: counts over the search tables.

An actor that no list holds has an id within its document only (`doc:…`); across documents such a one goes by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from khabar.errors import NotFound
from khabar.store import schema
from khabar.store.merges import actor_aliases, merged_with

__all__ = ["Actor", "Reach", "Said", "Voice", "actor_of", "claims_about", "claims_by", "reach_of", "speakers_about",
           "spoken_of_by"]  # fmt: skip

_MOST = 50  # rows of a table


class Actor(msgspec.Struct, frozen=True):
    """An actor, with the number of documents that name it, of claims by it, and of others' claims about it.

    `merged` are the ids that people said are this one too.
    """

    id: str
    name_en: str | None
    name_ar: str | None
    type: str
    documents: int
    by: int
    about: int
    merged: tuple[str, ...] = ()


class Reach(msgspec.Struct, frozen=True):
    """How much an actor is spoken of: documents that name it, claims by it and about it, stories of those documents."""

    documents: int
    by: int
    about: int
    stories: int


class Voice(msgspec.Struct, frozen=True):
    """One who speaks, or is spoken of: `id` only where a list holds the actor. `denied` of the `claims` are denials."""

    id: str | None
    name: str
    claims: int
    denied: int


class Said(msgspec.Struct, frozen=True):
    """One claim, and where it stands."""

    document: str
    id: str
    source: str | None
    stance: str
    content: str
    publisher: str | None
    published: str | None


def actor_of(connection: Connection, key: str) -> Actor:
    """One actor, under the id that stands for it. Raises NotFound for one that no document names, or whose id holds
    within a document only."""
    m, d, c = schema.mention, schema.document, schema.claim
    ids = merged_with(connection, key)
    query = (
        select(func.count(m.c.document_pk.distinct()))
        .join(d, d.c.pk == m.c.document_pk)
        .where(m.c.entity.in_(ids), d.c.redacted_at.is_(None))
    )
    documents = 0 if key.startswith("doc:") else connection.scalar(query)
    if not documents:
        raise NotFound(f"no actor {key[:80]}", stage="actors")
    names = (
        select(func.min(m.c.name_en), func.min(m.c.name_ar), func.min(m.c.type)).where(m.c.entity.in_(ids))
        .group_by(m.c.entity).order_by((m.c.entity == ids[0]).desc(), m.c.entity)
    )  # fmt: skip
    name_en, name_ar, kind = connection.execute(names).first() or (None, None, "")
    by = connection.scalar(select(func.count()).where(c.c.entity.in_(ids))) or 0
    others = select(func.count()).where(c.c.pk.in_(_naming(ids)), _not_by(ids))
    about = connection.scalar(others) or 0
    return Actor(ids[0], name_en, name_ar, kind, documents, by, about, tuple(ids[1:]))


def reach_of(connection: Connection, ids: list[str]) -> Reach:
    """What some ids of actors stand for in the readings, whatever was merged: what a merge or a split would move."""
    m, d, c, s = schema.mention, schema.document, schema.claim, schema.story_document
    naming = select(m.c.document_pk).join(d, d.c.pk == m.c.document_pk)
    naming = naming.where(m.c.entity.in_(ids), d.c.redacted_at.is_(None)).distinct()
    counts = (
        select(func.count()).select_from(naming.subquery()),
        select(func.count()).where(c.c.entity.in_(ids)),
        select(func.count()).where(c.c.pk.in_(_naming(ids)), _not_by(ids)),
        select(func.count(s.c.story_id.distinct())).where(s.c.document_pk.in_(naming)),
    )
    return Reach(*(connection.scalar(count) or 0 for count in counts))


def claims_by(connection: Connection, actor: str, limit: int = 20) -> list[Said]:
    """What an actor says, the newest first."""
    c = schema.claim
    return _said(connection, _claims().where(c.c.entity.in_(merged_with(connection, actor))), limit)


def claims_about(connection: Connection, actor: str, limit: int = 20) -> list[Said]:
    """What others say of an actor, the newest first."""
    ids = merged_with(connection, actor)
    return _said(connection, _claims().where(schema.claim.c.pk.in_(_naming(ids)), _not_by(ids)), limit)


def spoken_of_by(connection: Connection, actor: str) -> list[Voice]:
    """Of whom an actor speaks, those most spoken of first."""
    c, a, m = schema.claim, schema.claim_about, schema.mention
    ids = merged_with(connection, actor)
    query = (
        select(a.c.entity.label("id"), func.min(m.c.name_ar).label("name_ar"), func.min(m.c.text).label("text"),
               c.c.pk, c.c.stance)
        .join(a, a.c.claim_pk == c.c.pk)
        .join(m, (m.c.document_pk == c.c.document_pk) & (m.c.entity == a.c.entity))
        .where(c.c.entity.in_(ids), a.c.entity.not_in(ids), c.c.content.contains(m.c.text))
        .group_by(a.c.entity, c.c.pk, c.c.stance)
        .order_by(c.c.pk, a.c.entity)
    )  # fmt: skip
    aliases = actor_aliases(connection)
    return _voices(
        (aliases.get(row.id, row.id), row.name_ar or row.text, row.stance) for row in connection.execute(query)
    )


def speakers_about(connection: Connection, actor: str) -> list[Voice]:
    """Who speaks of an actor, those who do most first; claims without a source are left out."""
    c = schema.claim
    ids = merged_with(connection, actor)
    query = (
        select(c.c.entity.label("id"), c.c.source, c.c.stance)
        .where(c.c.pk.in_(_naming(ids)), c.c.source.is_not(None), _not_by(ids))
        .order_by(c.c.pk)
    )
    aliases = actor_aliases(connection)
    return _voices((aliases.get(row.id, row.id), row.source, row.stance) for row in connection.execute(query))


def _not_by(ids: list[str]) -> ColumnElement[bool]:
    c = schema.claim
    return or_(c.c.entity.is_(None), c.c.entity.not_in(ids))


def _naming(ids: list[str]) -> Select[tuple[int]]:
    """The claims with an actor in their content: `claim_about` also has those who are only part of the source, as
    the body that a spokesman speaks for.
    """
    c, a, m = schema.claim, schema.claim_about, schema.mention
    return (
        select(a.c.claim_pk)
        .join(c, c.c.pk == a.c.claim_pk)
        .join(m, (m.c.document_pk == c.c.document_pk) & (m.c.entity == a.c.entity))
        .where(a.c.entity.in_(ids), c.c.content.contains(m.c.text))
    )


def _voices(rows: Iterable[tuple[str | None, str, str]]) -> list[Voice]:
    names: dict[tuple[str | None, str], str] = {}
    claims: Counter[tuple[str | None, str]] = Counter()
    denied: Counter[tuple[str | None, str]] = Counter()
    for entity, name, stance in rows:
        listed = entity if entity and not entity.startswith("doc:") else None
        key = (listed, "" if listed else name)
        names.setdefault(key, name)
        claims[key] += 1
        denied[key] += stance == "denies"
    found = [Voice(key[0], names[key], count, denied[key]) for key, count in claims.items()]
    return sorted(found, key=lambda one: (-one.claims, one.name))[:_MOST]


def _claims() -> Select[Any]:
    c, d = schema.claim, schema.document
    columns = (d.c.id, c.c.id.label("claim"), c.c.source, c.c.stance, c.c.content, d.c.publisher, d.c.published)
    return select(*columns).join(d, d.c.pk == c.c.document_pk).where(d.c.redacted_at.is_(None))


def _said(connection: Connection, query: Select[Any], limit: int) -> list[Said]:
    c = schema.claim
    rows = connection.execute(query.order_by(c.c.published_at.desc(), c.c.pk.desc()).limit(limit))
    return [Said(*row) for row in rows]
