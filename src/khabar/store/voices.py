"""Who says what of whom: counts over the search tables.

An actor that no list holds has an id within its document only (`doc:…`); across documents such a one goes by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from khabar.errors import NotFound
from khabar.store import schema
from khabar.store.merges import actor_aliases, merged_with
from khabar.store.paging import document_in, in_days, newest_of

__all__ = ["NEWEST", "Actor", "Name", "Reach", "Said", "Voice", "actor_of", "claims_about", "claims_by", "names_of",
           "reach_of", "speakers_about", "spoken_of_by"]  # fmt: skip

NEWEST = 1000
"""Claims, the last published first, of which it is told who speaks of whom: of a state there may be any number."""
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


class Name(msgspec.Struct, frozen=True):
    """What an actor is called: in lists, and in the text that names it."""

    name_en: str | None
    name_ar: str | None
    type: str
    text: str


class _Counted(msgspec.Struct, frozen=True):
    documents: int
    by: int
    about: int


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
    ids = merged_with(connection, key)
    found = None if key.startswith("doc:") else _counted(connection, ids)
    if found is None or not found.documents:
        raise NotFound(f"no actor {key[:80]}", stage="actors")
    names = names_of(connection, ids)
    name = next(names[one] for one in ids if one in names)
    return Actor(ids[0], name.name_en, name.name_ar, name.type, found.documents, found.by, found.about, tuple(ids[1:]))


def _counted(connection: Connection, ids: list[str]) -> _Counted | None:
    """The counts that are kept of an actor; those of merged ones overlap, and are counted."""
    t = schema.actor
    if len(ids) > 1:
        return _Counted(*_count(connection, ids))
    row = connection.execute(select(t.c.documents, t.c.claims, t.c.about).where(t.c.id == ids[0])).first()
    return _Counted(*row) if row else None


def _count(connection: Connection, ids: list[str]) -> tuple[int, int, int]:
    """Documents that name any of some ids, claims by them, and claims of others about them."""
    m, c = schema.mention, schema.claim
    documents = select(func.count(document_in(m.c.pk).distinct())).where(m.c.entity.in_(ids))
    by = select(func.count()).where(c.c.entity.in_(ids))
    about = select(func.count()).where(c.c.pk.in_(_naming(ids)), _not_by(ids))
    return connection.scalar(documents) or 0, connection.scalar(by) or 0, connection.scalar(about) or 0


def names_of(connection: Connection, ids: Iterable[str]) -> dict[str, Name]:
    """The names of actors, as the last document has them that names each; one that none names is left out."""
    t, m = schema.actor, schema.mention
    other = m.alias()
    last = select(func.max(other.c.pk)).where(other.c.entity == t.c.id).scalar_subquery()
    query = select(t.c.id, m.c.name_en, m.c.name_ar, m.c.type, m.c.text).select_from(t.join(m, m.c.pk == last))
    rows = connection.execute(query.where(t.c.id.in_(sorted(ids))))
    return {row.id: Name(row.name_en, row.name_ar, row.type, row.text) for row in rows}


def reach_of(connection: Connection, ids: list[str]) -> Reach:
    """What some ids of actors stand for in the readings, whatever was merged: what a merge or a split would move."""
    m, s = schema.mention, schema.story_document
    naming = select(document_in(m.c.pk)).where(m.c.entity.in_(ids)).distinct()
    stories = select(func.count(s.c.story_id.distinct())).where(s.c.document_pk.in_(naming))
    return Reach(*_count(connection, ids), connection.scalar(stories) or 0)


def claims_by(connection: Connection, actor: str, limit: int = 20) -> list[Said]:
    """What an actor says, the newest first."""
    return _said(connection, _newest_by(connection, merged_with(connection, actor), limit))


def claims_about(connection: Connection, actor: str, limit: int = 20) -> list[Said]:
    """What others say of an actor, the newest first."""
    return _said(connection, _newest_about(connection, merged_with(connection, actor), limit))


def spoken_of_by(connection: Connection, actor: str) -> list[Voice]:
    """Of whom an actor speaks in the newest of its claims (`NEWEST`), those most spoken of first."""
    c, a = schema.claim, schema.claim_about
    ids = merged_with(connection, actor)
    query = (
        select(a.c.entity.label("id"), c.c.pk, c.c.stance).join(a, a.c.claim_pk == c.c.pk).distinct()
        .where(c.c.pk.in_(_newest_by(connection, ids, NEWEST)), a.c.said, a.c.entity.not_in(ids))
        .order_by(c.c.pk, a.c.entity)
    )  # fmt: skip
    rows = connection.execute(query).all()
    aliases = actor_aliases(connection)
    names = names_of(connection, {row.id for row in rows})
    return _voices(
        (aliases.get(row.id, row.id), names[row.id].name_ar or names[row.id].text, row.stance) for row in rows
    )


def speakers_about(connection: Connection, actor: str) -> list[Voice]:
    """Who speaks of an actor in the newest of others' claims (`NEWEST`), those who do most first; claims without a
    source are left out."""
    c = schema.claim
    newest = _newest_about(connection, merged_with(connection, actor), NEWEST)
    query = select(c.c.entity.label("id"), c.c.source, c.c.stance).where(c.c.pk.in_(newest), c.c.source.is_not(None))
    aliases = actor_aliases(connection)
    rows = connection.execute(query.order_by(c.c.pk))
    return _voices((aliases.get(row.id, row.id), row.source, row.stance) for row in rows)


def _newest_by(connection: Connection, ids: list[str], limit: int) -> list[int]:
    c = schema.claim
    return [row.pk for row in newest_of(connection, c, limit, c.c.entity.in_(ids), in_days(c.c.pk, "item"))]


def _newest_about(connection: Connection, ids: list[str], limit: int) -> list[int]:
    c, a = schema.claim, schema.claim_about
    naming = _naming(ids).where(in_days(a.c.claim_pk, "item"))
    return [row.pk for row in newest_of(connection, c, limit, c.c.pk.in_(naming), _not_by(ids))]


def _not_by(ids: list[str]) -> ColumnElement[bool]:
    c = schema.claim
    return or_(c.c.entity.is_(None), c.c.entity.not_in(ids))


def _naming(ids: list[str]) -> Select[tuple[int]]:
    """The claims of others with an actor in their content: `claim_about` also has those who are only part of the
    source, as the body that a spokesman speaks for.
    """
    a = schema.claim_about
    return select(a.c.claim_pk).where(a.c.entity.in_(ids), a.c.said)


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


def _said(connection: Connection, keys: list[int]) -> list[Said]:
    """Claims with their documents, in the order of the keys."""
    c, d = schema.claim, schema.document
    columns = (d.c.id, c.c.id.label("claim"), c.c.source, c.c.stance, c.c.content, d.c.publisher, d.c.published)
    query = select(c.c.pk, *columns).join(d, d.c.pk == c.c.document_pk).where(c.c.pk.in_(keys))
    rows = [tuple(row) for row in connection.execute(query)]
    found = {row[0]: Said(*row[1:]) for row in rows}
    return [found[key] for key in keys]
