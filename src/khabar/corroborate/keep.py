"""Corroboration of a database: profiles of what is new, then copies and stories; only what changed is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Column, Connection, Table, delete, func, select, tuple_

from khabar.corroborate.copies.shingles import Signature
from khabar.corroborate.corpus import Corpus, FoundStory, corroborate
from khabar.corroborate.digest import Digester, build_digester
from khabar.corroborate.links import build_link_model
from khabar.corroborate.profiles import Profile, Sharing
from khabar.corroborate.records import CopyGroup
from khabar.corroborate.verdicts import actors_of, ties_of, with_actors
from khabar.errors import ReaderError, StoreConflict
from khabar.records import Entity, Rejection
from khabar.resources import Resources
from khabar.store import Store, ledger, schema
from khabar.store.engine import write
from khabar.store.judgements import current_reading
from khabar.store.outlets import count_copies
from khabar.store.packing import pack, unpack
from khabar.store.views import current_view

__all__ = ["Progress", "Summary", "corroborate_store", "fingerprint", "load_profiles"]

_BATCH = 500  # rows a statement
_MADE_BY = (
    "corroborate", "numerals", "data/corroborate", "data/events", "data/cues", "data/actors", "data/names",
    "data/values", "data/gazetteer", "data/countries.tsv",
)  # fmt: skip


class Summary(msgspec.Struct, frozen=True):
    """What a run did: `profiled` documents were new or changed, `compared` pairs of happenings had not been before.

    `rejections` are of documents that no story holds, since a fault of ours kept them from being compared.
    """

    documents: int
    profiled: int
    compared: int
    links: int
    stories: int
    changed: int
    copies: int
    rejections: tuple[Rejection, ...] = ()


Progress = Callable[[str, int, int], None]
"""Called with the step that begins or goes on, how many of its documents are done, and how many it has."""


def corroborate_store(
    store: Store, resources: Resources, *, progress: Progress = lambda _step, _done, _all: None
) -> Summary:
    """Bring copies and stories up to date with the readings and judgements that the database holds.

    Work that was done before is not done again; the result is what it would be if everything were new. A run that is
    cut short leaves stories as they were, and the next goes on with the documents that it had not come to.
    Raises StoreConflict where a document was redacted or judged meanwhile.
    """
    digester, model = resources.compiled(build_digester), resources.compiled(build_link_model)
    with store.engine.connect() as connection:
        made_by = fingerprint(resources)
        actors = actors_of(connection)
        wanted = _bases(connection, made_by, actors)
        kept = dict(connection.execute(select(schema.profile.c.document_pk, schema.profile.c.basis)).all())
        new = [pk for pk in sorted(wanted) if kept.get(pk) != wanted[pk][1]]
        gone = sorted(kept.keys() - wanted.keys())
        ties = ties_of(connection)
    rejections: list[Rejection] = []
    for start in range(0, len(new), _BATCH):
        progress("documents", start, len(new))
        rejections += _make_profiles(store, digester, [(pk, *wanted[pk]) for pk in new[start : start + _BATCH]], actors)
    with store.engine.connect() as connection:
        profiles, signatures, pks = load_profiles(connection, wanted)
        memory = _Kept(connection, pks)
        found = corroborate(
            profiles, signatures, memory, model, ties=ties, begins=lambda step: progress(step, 0, len(profiles))
        )
    progress("writing", 0, len(profiles))
    with write(store.engine) as connection:
        ledger.lock(connection)
        _check_unchanged(wanted, _bases(connection, made_by, actors_of(connection)))
        changed = _write(connection, found, pks, gone, profiles)
    return Summary(
        len(profiles), len(new), found.compared, len(found.links), len(found.stories), changed, len(found.copies),
        tuple(rejections),
    )  # fmt: skip


def fingerprint(resources: Resources) -> str:
    """A hash over code and tables on which profiles and comparisons depend."""
    digest = hashlib.sha256()
    root = Path(__file__).parent.parent
    for name in _MADE_BY:
        made = root / name
        inside = [made] if made.is_file() else made.rglob("*")
        for path in sorted(path for path in inside if path.suffix in {".py", ".tsv"}):
            digest.update(
                path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest()
            )
    return digest.hexdigest()[:16]


# --- profiles ---


def _bases(connection: Connection, made_by: str, actors: Mapping[str, Entity]) -> dict[int, tuple[str, str]]:
    """Id and basis of every document that has a reading, by key; judgements of a document change its basis, and so
    does a merge of actors that it names."""
    d, r, j, m = schema.document, schema.reading, schema.judgement, schema.mention
    counts = select(j.c.document_pk, func.count()).where(j.c.document_pk.is_not(None)).group_by(j.c.document_pk)
    judged: dict[int, int] = {row[0]: row[1] for row in connection.execute(counts)}
    named = select(m.c.document_pk, m.c.entity).where(m.c.entity.in_(sorted(actors))).distinct()
    merged: dict[int, str] = {}
    for pk, entity in connection.execute(named.order_by(m.c.document_pk, m.c.entity)) if actors else ():
        merged[pk] = f"{merged.get(pk, '')}:{entity}={actors[entity].id}"
    rows = connection.execute(
        select(d.c.pk, d.c.id, r.c.sha256)
        .join(r, r.c.document_pk == d.c.pk)
        .where(r.c.current, r.c.data.is_not(None), d.c.redacted_at.is_(None))
    )
    return {row.pk: (row.id, f"{made_by}{merged.get(row.pk, '')}:{row.sha256}:{judged.get(row.pk, 0)}") for row in rows}


def _check_unchanged(before: dict[int, tuple[str, str]], now: dict[int, tuple[str, str]]) -> None:
    """What was redacted or judged while stories were made must not be in them. New documents can wait."""
    changed = next((pk for pk in before if now.get(pk) != before[pk]), None)
    if changed is not None:
        raise _meanwhile(before[changed][0])


def _meanwhile(document: str = "") -> StoreConflict:
    return StoreConflict(
        "the database changed meanwhile: run `khabar corroborate` again", document=document, stage="corroborate"
    )


def _make_profiles(
    store: Store, digester: Digester, documents: Sequence[tuple[int, str, str]], actors: Mapping[str, Entity]
) -> list[Rejection]:
    rows: list[dict[str, Any]] = []
    rejections: list[Rejection] = []
    with store.engine.connect() as connection:
        for pk, key, basis in documents:
            judged = not basis.endswith(":0")
            reading = current_view(connection, key).reading if judged else current_reading(connection, key)
            reading = with_actors(reading, actors)
            signature = digester.signer.sign(reading.document.text)
            telling = np.isin(signature.shingles, signature.telling)
            try:
                profile = digester.profile(reading)
            except ReaderError as error:  # its copies are found all the same, and so are all other stories
                rejections.append(error.rejection())
                profile = digester.without_happenings(reading)
            rows.append(
                {"document_pk": pk, "basis": basis, "data": pack(msgspec.msgpack.encode(profile)),
                 "shingles": signature.shingles.astype("<u8").tobytes(), "telling": np.packbits(telling).tobytes()}
            )  # fmt: skip
    with write(store.engine) as connection:
        ledger.lock(connection)
        keys = [row["document_pk"] for row in rows]
        _forget(connection, keys)
        connection.execute(schema.profile.insert(), rows)
    return rejections


def load_profiles(
    connection: Connection, wanted: Collection[int], *, few: bool = False
) -> tuple[list[Profile], list[Signature], dict[str, int]]:
    """The profiles that are kept of documents, by key, with their signatures, and the keys by id; `few` asks for no
    others, where they are not most of what there is."""
    from zlib import decompress

    table = schema.profile
    decoder, sharing = msgspec.msgpack.Decoder(Profile), Sharing()
    profiles: list[Profile] = []
    signatures: list[Signature] = []
    pks: dict[str, int] = {}
    query = select(table).order_by(table.c.document_pk).execution_options(yield_per=_BATCH)
    if few:
        query = query.where(table.c.document_pk.in_(wanted))
    for row in connection.execute(query):
        if row.document_pk not in wanted:
            continue
        profile = sharing.of(decoder.decode(decompress(row.data)))
        shingles = np.frombuffer(row.shingles, "<u8").astype(np.uint64)
        telling = np.unpackbits(np.frombuffer(row.telling, np.uint8), count=len(shingles)).astype(bool)
        profiles.append(profile)
        signatures.append(Signature(shingles, shingles[telling]))
        pks[profile.document] = row.document_pk
    return profiles, signatures, pks


# --- what is kept from the run before ---


class _Text(msgspec.Struct, frozen=True):
    """What of a reading shows which stretches are shared."""

    text: str


class _Kept:
    """Memory in the database. Scores and links are read at once; texts, groups and stories when they are asked for."""

    def __init__(self, connection: Connection, pks: dict[str, int]) -> None:
        self._connection, self._pks = connection, pks
        self._scores = _scores(connection)
        self._links = _links(connection)
        self._copies = set(connection.scalars(select(schema.copy_group.c.id)))
        self._stories = set(connection.scalars(select(schema.story.c.basis)))

    def text(self, document: str) -> str:
        d, r = schema.document, schema.reading
        query = select(r.c.data, r.c.sha256).join(d, d.c.pk == r.c.document_pk).where(d.c.id == document, r.c.current)
        row = self._connection.execute(query).first()
        if row is None or row.data is None:
            raise _meanwhile(document)
        return msgspec.json.decode(unpack(row.data, row.sha256, subject=document), type=_Text).text

    def score(self, left: str, right: str, happening: int) -> float | None:
        return self._scores.get((self._pks[left], self._pks[right], happening))

    def reasons(self, left: str, right: str) -> dict[str, float] | None:
        found = self._links.get((self._pks[left], self._pks[right]))
        return msgspec.json.decode(found, type=dict[str, float]) if found else None

    def copies(self, key: str) -> CopyGroup | None:
        if key not in self._copies:
            return None
        from zlib import decompress

        table = schema.copy_group
        data = self._connection.scalar(select(table.c.data).where(table.c.id == key))
        return msgspec.json.decode(decompress(data), type=CopyGroup) if data else None

    def has_story(self, basis: str) -> bool:
        return basis in self._stories


def _scores(connection: Connection) -> dict[tuple[int, int, int], float]:
    t = schema.likeness
    query = select(t.c.left_pk, t.c.right_pk, t.c.happening, t.c.score).execution_options(yield_per=10_000)
    return {(left, right, happening): score for left, right, happening, score in connection.execute(query)}


def _links(connection: Connection) -> dict[tuple[int, int], str]:
    """Reasons by pair."""
    t = schema.link
    query = select(t.c.left_pk, t.c.right_pk, t.c.reasons).execution_options(yield_per=10_000)
    return {(left, right): reasons for left, right, reasons in connection.execute(query)}


# --- writing ---


def _write(
    connection: Connection, found: Corpus, pks: dict[str, int], gone: list[int], profiles: Sequence[Profile]
) -> int:
    """Bring the tables to what was found; returns how many stories changed."""
    _forget(connection, gone)
    _write_scores(connection, found, pks)
    _write_links(connection, found, pks)
    _write_copies(connection, found, pks)
    count_copies(connection)
    return _write_stories(connection, found.stories, pks, {profile.document: profile for profile in profiles})


def _write_scores(connection: Connection, found: Corpus, pks: dict[str, int]) -> None:
    table = schema.likeness
    wanted = {(pks[left], pks[right], happening): score for (left, right, happening), score in found.scores.items()}
    kept = _scores(connection)
    _delete(connection, [table.c.left_pk, table.c.right_pk, table.c.happening], kept.keys() - wanted.keys())
    rows = (
        {"left_pk": left, "right_pk": right, "happening": happening, "score": wanted[left, right, happening]}
        for left, right, happening in sorted(wanted.keys() - kept.keys())
    )
    _insert(connection, table, rows)


def _write_links(connection: Connection, found: Corpus, pks: dict[str, int]) -> None:
    table = schema.link
    wanted = {(pks[left], pks[right]): link for (left, right), link in found.links.items()}
    kept = _links(connection)
    _delete(connection, [table.c.left_pk, table.c.right_pk], kept.keys() - wanted.keys())
    _insert(
        connection, table,
        (
            {"left_pk": left, "right_pk": right, "score": wanted[left, right].score,
             "reasons": msgspec.json.encode(wanted[left, right].reasons).decode()}
            for left, right in sorted(wanted.keys() - kept.keys())
        ),
    )  # fmt: skip


def _write_copies(connection: Connection, found: Corpus, pks: dict[str, int]) -> None:
    groups = {copies.key: copies for copies in found.copies}
    kept = set(connection.scalars(select(schema.copy_group.c.id)))
    for keys in _chunks(sorted(kept - groups.keys())):
        connection.execute(delete(schema.copy_document).where(schema.copy_document.c.group_id.in_(keys)))
        connection.execute(delete(schema.copy_group).where(schema.copy_group.c.id.in_(keys)))
    new = [groups[key] for key in sorted(groups.keys() - kept)]
    _insert(
        connection, schema.copy_group,
        ({"id": one.key, "kind": one.group.kind, "documents": len(one.members),
          "data": pack(msgspec.json.encode(one.group))} for one in new),
    )  # fmt: skip
    members = ({"group_id": one.key, "document_pk": pks[key]} for one in new for key in one.members)
    _insert(connection, schema.copy_document, members)


def _write_stories(
    connection: Connection, stories: Sequence[FoundStory], pks: dict[str, int], profiles: dict[str, Profile]
) -> int:
    table = schema.story
    kept = {row.id: row.basis for row in connection.execute(select(table.c.id, table.c.basis))}
    wanted = {one.id: one for one in stories}
    stale = sorted(key for key, basis in kept.items() if key not in wanted or wanted[key].basis != basis)
    for keys in _chunks(stale):
        for part in (schema.story_document, schema.story_place):
            connection.execute(delete(part).where(part.c.story_id.in_(keys)))
        connection.execute(delete(table).where(table.c.id.in_(keys)))
    new = [one for one in stories if kept.get(one.id) != one.basis]
    _insert(connection, table, (_story_row(one, profiles) for one in new))
    members = (
        {"story_id": one.id, "document_pk": pks[document], "main": main}
        for one in new if one.story is not None
        for document, main in sorted({(report.document, report.main) for report in one.story.reports})
    )  # fmt: skip
    _insert(connection, schema.story_document, members)
    places = [
        {"story_id": one.id, "place": place}
        for one in new if one.story is not None
        for place in sorted({place.id for place in one.story.places})
    ]  # fmt: skip
    _insert(connection, schema.story_place, places)
    return len(new)


def _story_row(one: FoundStory, profiles: dict[str, Profile]) -> dict[str, Any]:
    story = one.story
    if story is None:
        raise _meanwhile()
    reported = [profiles[key].at for key in one.members if profiles[key].at]
    return {
        "id": one.id, "basis": one.basis, "type": story.type, "label": schema.searchable(story.label),
        "earliest": story.time.earliest, "latest": story.time.latest, "reported_at": min(reported, default=""),
        "documents": len({report.document for report in story.reports}), "data": pack(msgspec.json.encode(story)),
    }  # fmt: skip


def _forget(connection: Connection, keys: Sequence[int]) -> None:
    """Take out documents' profiles, and what they were compared with."""
    for chunk in _chunks(keys):
        for table in (schema.likeness, schema.link):
            connection.execute(delete(table).where(table.c.left_pk.in_(chunk) | table.c.right_pk.in_(chunk)))
        connection.execute(delete(schema.profile).where(schema.profile.c.document_pk.in_(chunk)))


def _delete(connection: Connection, columns: list[Column[Any]], keys: AbstractSet[tuple[int, ...]]) -> None:
    for chunk in _chunks(sorted(keys)):
        connection.execute(delete(columns[0].table).where(tuple_(*columns).in_(chunk)))


def _insert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """A few rows at a time, so that not all need be in memory."""
    left = iter(rows)
    while chunk := list(islice(left, _BATCH)):
        connection.execute(table.insert(), chunk)


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
