from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import func, select, text

from factories import TEXT, document, reading
from khabar.errors import StoreDamaged, StoreError
from khabar.records import Arrival, Rejection, reading_from_json
from khabar.store import Store, schema
from khabar.store.packing import packed, unpack
from khabar.store.recent import reading_of
from khabar.store.verify import verify


def arrival(made: object, *, location: str = "a.jsonl:1") -> Arrival:
    return Arrival(raw=b"raw " + location.encode(), location=location, extraction="jsonl/1", result=made)  # type: ignore[arg-type]


def counts(store: Store, *made: object) -> dict[str, int]:
    ingest = store.begin_ingest(["a.jsonl"], "test")
    got = store.add(ingest, [arrival(one, location=f"a.jsonl:{i}") for i, one in enumerate(made)])
    store.finish_ingest(ingest)
    return {key: value for key, value in msgspec.structs.asdict(got).items() if value}


def test_a_reading_comes_back_equal(store: Store) -> None:
    made = reading()
    assert counts(store, made) == {"new": 1}
    with store.engine.connect() as connection:
        row = connection.execute(select(schema.reading)).one()
    assert reading_from_json(unpack(row.data, row.sha256)) == made
    assert list(verify(store.engine)) == []


def test_other_bytes_are_not_taken_for_a_reading_that_was_unpacked(store: Store) -> None:
    made = reading()
    counts(store, made)
    with store.engine.connect() as connection:
        row = connection.execute(select(schema.reading)).one()
    assert reading_of(row.data, row.sha256, document="a") is reading_of(row.data, row.sha256, document="a")
    with pytest.raises(StoreDamaged):
        reading_of(packed("data", b"{}")["data"], row.sha256, document="a")


def test_what_is_new_a_version_a_sighting_a_copy(store: Store) -> None:
    first = reading(url="http://a/1")
    assert counts(store, first) == {"new": 1}
    assert counts(store, first) == {"sighting": 1}
    assert counts(store, reading("نص آخر", url="http://a/1")) == {"version": 1}
    assert counts(store, reading(publisher="صحيفة أخرى", url="http://b/1")) == {"new": 1, "copies": 1}
    assert counts(store, reading(url="http://a/1", reader="later")) == {"reread": 1}
    assert list(verify(store.engine)) == []


def test_an_ingest_cut_short_goes_on_without_second_sightings(store: Store) -> None:
    ingest = store.begin_ingest(["x"], "test")
    store.add(ingest, [arrival(reading())])
    again = store.begin_ingest(["x"], "test")
    assert again == ingest
    assert store.add(again, [arrival(reading())]).known == 1
    with store.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.sighting)) == 1


def test_rejections_are_kept_with_their_bytes(store: Store) -> None:
    assert counts(store, Rejection("b.txt", "ingest", "empty-text", "nothing")) == {"rejected": 1}
    with store.engine.connect() as connection:
        row = connection.execute(select(schema.rejection, schema.blob.c.data).join(schema.blob)).one()
    assert row.code == "empty-text"
    assert unpack(row.data, row.blob_sha256) == b"raw a.jsonl:0"
    assert list(verify(store.engine)) == []


def test_nul_and_odd_characters_survive(store: Store) -> None:
    made = reading("نص\x00 \u2028 \U0001f600", title="عنوان\x00", publisher="\x00")
    assert counts(store, made) == {"new": 1}
    with store.engine.connect() as connection:
        row = connection.execute(select(schema.reading)).one()
    assert reading_from_json(unpack(row.data, row.sha256)) == made


def test_a_batch_is_whole_or_not_at_all(store: Store) -> None:
    ingest = store.begin_ingest(["x"], "test")
    broken = msgspec.structs.replace(reading(), document=msgspec.structs.replace(document(), language=None))  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        store.add(ingest, [arrival(reading("نص قبل الخلل")), arrival(broken, location="b")])
    with store.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.document)) == 0
    assert list(verify(store.engine)) == []


def test_the_migrated_schema_is_the_declared_one(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    def ours(name: str | None, kind: str, _parent: object) -> bool:
        return not (kind == "table" and (name or "").startswith(("document_words", "claim_words")))

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours})
        assert compare_metadata(context, schema.metadata) == []


def test_words_are_searched_folded(store: Store) -> None:
    counts(store, reading())
    sqlite = store.engine.dialect.name == "sqlite"
    match = "claim_words MATCH 'الرقه'" if sqlite else "words @@ to_tsquery('simple', 'الرقه')"
    with store.engine.connect() as connection:
        assert connection.scalar(text(f"SELECT count(*) FROM claim_words WHERE {match}")) == 1
    assert "الرقة" in TEXT
