"""Stories and copies as the pages and the API show them: those that `khabar corroborate` keeps, a page at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Select, exists, func, or_, select, tuple_

from khabar.corroborate.records import CopyGroup, Story
from khabar.errors import NotFound
from khabar.store import schema
from khabar.store.areas import Area, places_in
from khabar.store.queries import Filter, decode_cursor, encode_cursor, page_limit
from khabar.store.search import documents_matching

__all__ = [
    "Group",
    "Member",
    "Told",
    "all_stories",
    "any_story",
    "groups_of",
    "headlines_of",
    "places_of",
    "stories_of",
    "story_of",
    "story_page",
]

_MANY = 500  # stories of an area
_KEPT = 500  # unpacked stories: some ten kilobytes each
_AT_ONCE = 200  # stories unpacked at once, where the filter asks for what only their JSON says


class Told(Story, frozen=True):
    """A story, with what the pages count in it."""

    @property
    def outlets(self) -> int:
        """How many outlets tell it."""
        return len({one.publisher for one in self.reports if one.publisher})

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that tell it, in order of report."""
        return tuple(dict.fromkeys(one.document for one in self.reports))


class Member(msgspec.Struct, frozen=True):
    """A document of a group of copies."""

    id: str
    external_id: str
    publisher: str | None
    title: str | None
    published: str | None


class Group(msgspec.Struct, frozen=True):
    """A group of copies with its documents, without those that are redacted."""

    copies: CopyGroup
    original: Member | None
    taken: tuple[Member, ...]


_DECODER = msgspec.json.Decoder(Told)


def any_story(connection: Connection) -> bool:
    """Whether there are stories at all."""
    return connection.execute(select(schema.story.c.id).limit(1)).first() is not None


def story_of(connection: Connection, key: str) -> Told:
    """One story. Raises NotFound."""
    data = connection.scalar(select(schema.story.c.data).where(schema.story.c.id == key))
    if data is None:
        raise NotFound(f"no story {key[:80]}", stage="stories")
    return _unpacked(data)


@lru_cache(maxsize=_KEPT)
def _unpacked(data: bytes) -> Told:
    """The story that packed bytes hold; the newest ones are asked for again and again, and other bytes are another."""
    return _DECODER.decode(zlib.decompress(data))


def all_stories(engine: Engine, wanted: Filter) -> Iterator[Told]:
    """All stories that answer the filter, a page at a time, each page with a connection of its own."""
    after: str | None = None
    while True:
        with engine.connect() as connection:
            found, after, _ = story_page(connection, wanted, after, _AT_ONCE, count=False)
        yield from found
        if after is None:
            return


def story_page(
    connection: Connection, wanted: Filter, after: str | None, limit: int, *, count: bool = True
) -> tuple[list[Told], str | None, int | None]:
    """Stories that answer the filter, the last reported first: a page of them, the cursor of the next, and how many
    there are. That is None where to count takes longer than the page: for what no column holds all would have to be
    unpacked, and of an area with `_MANY` stories all would have to be told apart.
    """
    s = schema.story
    page_limit(limit)
    many = wanted.area is not None and _has_many(connection, wanted.area)
    where = _where(connection, wanted, many=many)
    plain = wanted.stance is None
    counted = select(func.count()).select_from(s).where(*where)
    total = connection.scalar(counted) if count and plain and not many else None
    query = select(s.c.id, s.c.reported_at, s.c.data).where(*where)
    found: list[tuple[list[str], Told]] = []
    step = min(limit + 1, _AT_ONCE) if plain else _AT_ONCE
    for key, story in _from(connection, query, decode_cursor(after, 2) if after else None, step):
        if _answers(story, wanted):
            found.append((key, story))
            if len(found) > limit:
                break
    page = found[:limit]
    following = encode_cursor(page[-1][0]) if len(found) > limit else None
    return [story for _, story in page], following, total


def _from(
    connection: Connection, query: Select[Any], last: list[Any] | None, at_once: int
) -> Iterator[tuple[list[str], Told]]:
    """Stories after a key, in order, a few at a time."""
    s = schema.story
    order = query.order_by(s.c.reported_at.desc(), s.c.id.desc()).limit(at_once)
    while True:
        step = order
        if last is not None:
            at, key = map(str, last)
            step = order.where(tuple_(s.c.reported_at, s.c.id) < tuple_(at, key))
        rows = connection.execute(step).all()
        for row in rows:
            yield [row.reported_at, row.id], _unpacked(row.data)
        if len(rows) < at_once:
            return
        last = [rows[-1].reported_at, rows[-1].id]


def _where(connection: Connection, wanted: Filter, *, many: bool) -> list[ColumnElement[bool]]:
    """Conditions on stories; `many` says that the area has many."""
    s, d = schema.story, schema.document
    where: list[ColumnElement[bool]] = []
    if wanted.type:
        where.append(s.c.type == wanted.type)
    if wanted.since:
        where.append(s.c.reported_at >= wanted.since)
    if wanted.until:
        where += [s.c.reported_at <= _end_of(wanted.until), s.c.reported_at != ""]
    if wanted.happened_since:
        where.append(s.c.latest >= wanted.happened_since)
    if wanted.happened_until:
        where.append(s.c.earliest <= _end_of(wanted.happened_until))
    if wanted.document:
        where.append(_told_by(d.c.id == wanted.document))
    if wanted.publisher:
        where.append(_told_by(d.c.publisher == wanted.publisher))
    if wanted.words:
        named = func.lower(s.c.label).contains(wanted.words.lower(), autoescape=True)
        where.append(or_(named, _told_by(d.c.pk.in_(documents_matching(connection, wanted.words)))))
    if wanted.area:
        there, inside = schema.story_place, places_in(wanted.area)
        told = select(there.c.story_id).where(there.c.place.in_(inside))
        # Few are found by their ids, and sorted; where there are many, the list is walked by date until a page is full,
        # and each story's few places are looked up in the area, not the area's many in the story.
        among = exists().where(there.c.story_id == s.c.id, there.c.place.concat("").in_(inside))
        where.append(among if many else s.c.id.in_(told))
    return where


def _has_many(connection: Connection, area: Area) -> bool:
    there = schema.story_place
    told = select(there.c.story_id).where(there.c.place.in_(places_in(area))).limit(_MANY)
    return connection.scalar(select(func.count()).select_from(told.subquery())) == _MANY


def _told_by(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """That one of the documents which tell a story is of these."""
    d, m = schema.document, schema.story_document
    return schema.story.c.id.in_(select(m.c.story_id).join(d, d.c.pk == m.c.document_pk).where(which))


def _end_of(moment: str) -> str:
    """A date alone means all of its day."""
    return moment + "~" if len(moment) <= len("2000-01-01") else moment


def _answers(story: Told, wanted: Filter) -> bool:
    """Whether a story has what only its JSON says: stances of its reports."""
    return wanted.stance is None or any(one.stance == wanted.stance for one in story.reports)


def stories_of(connection: Connection, document: str) -> list[Told]:
    """The stories that a document tells, those that it is about first."""
    s, m, d = schema.story, schema.story_document, schema.document
    query = select(s.c.data).join(m, m.c.story_id == s.c.id).join(d, d.c.pk == m.c.document_pk)
    query = query.where(d.c.id == document).order_by(m.c.main.desc(), s.c.documents.desc(), s.c.id)
    return [_DECODER.decode(zlib.decompress(data)) for data in connection.scalars(query)]


def groups_of(connection: Connection, document: str) -> list[Group]:
    """The groups of copies that a document is of, the largest first."""
    g, m, d = schema.copy_group, schema.copy_document, schema.document
    mine = select(m.c.group_id).join(d, d.c.pk == m.c.document_pk).where(d.c.id == document)
    query = select(g.c.id, g.c.data).where(g.c.id.in_(mine)).order_by(g.c.documents.desc(), g.c.id)
    return [
        _group(connection, row.id, msgspec.json.decode(zlib.decompress(row.data), type=CopyGroup))
        for row in connection.execute(query)
    ]


def _group(connection: Connection, key: str, copies: CopyGroup) -> Group:
    m, d = schema.copy_document, schema.document
    query = select(d.c.id, d.c.external_id, d.c.publisher, d.c.title, d.c.published)
    query = query.join(m, m.c.document_pk == d.c.pk).where(m.c.group_id == key, d.c.redacted_at.is_(None))
    members = [Member(*row) for row in connection.execute(query.order_by(d.c.published_at, d.c.id))]
    first = copies.documents[0]
    original = next((one for one in members if one.external_id == first), None)
    return Group(copies, original, tuple(one for one in members if one is not original))


def headlines_of(connection: Connection, stories: Sequence[Told]) -> dict[str, str]:
    """By story, the title of the first report that has one: what a reader knows it by."""
    d = schema.document
    keys = sorted({one for story in stories for one in story.documents})
    rows = connection.execute(select(d.c.id, d.c.title).where(d.c.id.in_(keys), d.c.title.is_not(None)))
    titles: dict[str, str] = {row.id: row.title for row in rows}
    first = {story.id: next((titles[one] for one in story.documents if one in titles), None) for story in stories}
    return {key: title for key, title in first.items() if title}


def places_of(connection: Connection, stories: Sequence[Told]) -> dict[str, dict[str, Any]]:
    """The places of stories by id, with their names in both languages."""
    p = schema.place
    names = {place.id: {"id": place.id, "name_en": place.name_en} for story in stories for place in story.places}
    rows = connection.execute(select(p.c.id, p.c.name_en, p.c.name_ar).where(p.c.id.in_(sorted(names))))
    return names | {row.id: dict(row._mapping) for row in rows}
