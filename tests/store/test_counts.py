"""Counts by actor and place hold after whatever happens to a store, and are what the search tables would be counted to."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select, update

from factories import document, span
from khabar.records import Arrival, Claim, Entity, Mention, Place, Reading, Source
from khabar.store import Store, schema
from khabar.store.areas import Area
from khabar.store.counts import wrong_counts
from khabar.store.engine import write
from khabar.store.judging import judge
from khabar.store.named import list_actors, list_places
from khabar.store.queries import Filter
from khabar.store.rebuild import rebuild_index
from khabar.store.redact import redact_documents, redact_person
from khabar.store.verify import verify
from khabar.store.voices import actor_of

_TEXT = "قال محمد سالم إن الشرطة دخلت بلدة السدرة ليلا وإن الشرطة غادرت بعد ساعة."
_TOWN = Place("town:1", None, "السدرة", "LY", "region:1", 30.6, 18.3, 5.0, "exact")


def told(number: int, speaker: str = "actor:a", *, town: Place = _TOWN, reader: str = "test") -> Reading:
    """A document in which a speaker tells of the police, twice, and of a town."""
    made = document(
        _TEXT, external_id=f"n{number}", url=f"http://example.com/{number}", published=f"2017-10-{number:02}"
    )
    parts = (
        (span(_TEXT, "محمد سالم"), "PERSON"),
        (span(_TEXT, "الشرطة"), "ORG"),
        (span(_TEXT, "السدرة"), "PLACE"),
    )
    ids = (speaker, "actor:police", "")
    mentions = tuple(
        Mention(f"m{n}", at.start, at.end, at.text, kind,  # type: ignore[arg-type]
                entity=Entity(ids[n], None, None, at.text) if ids[n] else None, place=None if ids[n] else town)
        for n, (at, kind) in enumerate(parts)
    )  # fmt: skip
    source = Source(parts[0][0].start, parts[0][0].end, parts[0][0].text, "named_person", speaker)
    claims = tuple(
        Claim(f"c{n}", source, (), span(_TEXT, "قال"), span(_TEXT, content), "asserts", "indirect", 0.9)
        for n, content in enumerate(("الشرطة دخلت بلدة السدرة ليلا", "غادرت بعد ساعة"))
    )
    return Reading(made, mentions, claims, (), reader)


def put(store: Store, *made: Reading) -> None:
    ingest = store.begin_ingest(["x"], "test")
    store.add(ingest, [Arrival(b"x", f"x:{one.document.external_id}", "text", one) for one in made])
    store.finish_ingest(ingest)


def kept(store: Store) -> dict[str, tuple[int, ...]]:
    t, p = schema.actor, schema.place
    with store.engine.connect() as connection:
        assert list(wrong_counts(connection)) == []
        rows = [*connection.execute(select(t.c.id, t.c.documents, t.c.claims, t.c.about))]
        rows += [*connection.execute(select(p.c.id, p.c.documents))]
    return {row[0]: tuple(row[1:]) for row in rows}


@pytest.fixture
def filled(store: Store) -> Store:
    put(store, told(1), told(2), told(3, "actor:b"), told(4, "actor:police"), told(5, "doc:0"))
    return store


def test_what_is_counted(filled: Store) -> None:
    assert kept(filled) == {
        "actor:a": (2, 4, 0), "actor:b": (1, 2, 0), "actor:police": (5, 2, 4), "doc:5:0": (1, 2, 0), "town:1": (5,)
    }  # fmt: skip


def test_counts_follow_readings_judgements_and_redaction(filled: Store) -> None:
    before = kept(filled)
    filled.add_readings([told(1, "actor:b", reader="later")])
    assert (kept(filled)["actor:a"], kept(filled)["actor:b"]) == ((1, 2, 0), (2, 4, 0))
    assert kept(filled)["actor:police"] == before["actor:police"]
    one = told(2).document.id
    judge(
        filled,
        who="w",
        verb="correct",
        kind="claim",
        subject="c1",
        document=one,
        field="source",
        value=msgspec.to_builtins(told(2, "actor:b").claims[1].source),
    )
    assert (kept(filled)["actor:a"], kept(filled)["actor:b"]) == ((1, 1, 0), (2, 5, 0))
    judge(filled, who="w", verb="reject", kind="claim", subject="c0", document=one)
    kept(filled)
    redact_documents(filled, [one], who="w", why="asked")
    assert "actor:a" not in kept(filled)
    redact_person(filled, "محمد سالم", who="w", why="asked")
    after = kept(filled)
    assert after["town:1"] == (4,)
    with write(filled.engine) as connection:
        rebuild_index(connection)
    assert kept(filled) == after
    assert list(verify(filled.engine)) == []


def test_a_wrong_count_is_found_and_counted_anew(filled: Store) -> None:
    with write(filled.engine) as connection:
        connection.execute(update(schema.place).values(documents=7))
        connection.execute(update(schema.actor).where(schema.actor.c.id == "actor:a").values(about=1))
    assert [fault.subject for fault in verify(filled.engine)] == ["counts", "counts"]
    with write(filled.engine) as connection:
        rebuild_index(connection)
    assert kept(filled)["town:1"] == (5,)


def test_the_most_named_come_first_and_pages_follow(filled: Store) -> None:
    for wanted in (
        Filter(),
        Filter(since="2017-10-01"),
        Filter(since="2017-10-01T00:00:00Z"),
        Filter(until="2017-12-01"),
    ):
        found: list[tuple[str, int]] = []
        after = None
        with filled.engine.connect() as connection:
            while True:
                page = list_actors(connection, wanted, after=after, limit=1, count=True)
                assert page.total == 4
                found += [(row["id"], row["documents"]) for row in page.rows]
                after = page.next
                if after is None:
                    break
        assert found == [("actor:police", 5), ("actor:a", 2), ("actor:b", 1), ("doc:5:0", 1)]
    with filled.engine.connect() as connection:
        assert [row["id"] for row in list_actors(connection, Filter(), order="id").rows][:2] == ["actor:a", "actor:b"]
        assert [row["documents"] for row in list_places(connection, Filter(area=Area(within="region:1"))).rows] == [5]
        assert [row["documents"] for row in list_places(connection, Filter(since="2017-10-04")).rows] == [2]
        assert list_places(connection, Filter(area=Area(within="region:2"))).rows == ()


def test_merged_actors_count_a_document_once(filled: Store) -> None:
    judge(filled, who="w", verb="merge", kind="actor", subject="actor:b", value="actor:police")
    with filled.engine.connect() as connection:
        first, *_ = list_actors(connection, Filter()).rows
        assert (first["id"], first["documents"], first["claims"]) == ("actor:police", 5, 4)
        found = actor_of(connection, "actor:b")
        assert (found.documents, found.by, found.about) == (5, 4, 3)
    judge(filled, who="w", verb="split", kind="actor", subject="actor:b", value="actor:police")
    with filled.engine.connect() as connection:
        assert actor_of(connection, "actor:b").documents == 1
    kept(filled)


def test_a_place_is_what_the_newest_reading_says(filled: Store) -> None:
    p = schema.place
    wider = msgspec.structs.replace(_TOWN, radius_km=12.0, parent="region:2")

    def town() -> tuple[float, str, int]:
        with filled.engine.connect() as connection:
            return tuple(connection.execute(select(p.c.radius_km, p.c.parent, p.c.documents)).one())  # type: ignore[return-value]

    filled.add_readings([told(1, town=wider, reader="later")])
    assert town() == (12.0, "region:2", 5)
    # A judgement of another document, which the earlier reader read, does not take it back.
    judge(filled, who="w", verb="accept", kind="claim", subject="c0", document=told(2).document.id)
    assert town() == (12.0, "region:2", 5)
    with write(filled.engine) as connection:
        rebuild_index(connection)
    assert town() == (12.0, "region:2", 5)
