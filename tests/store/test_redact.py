from __future__ import annotations

import pytest
from sqlalchemy import select

from factories import TEXT, reading
from khabar.errors import UsageError
from khabar.records import Arrival, Reading, reading_from_json
from khabar.store import Store, schema
from khabar.store.judgements import current_reading
from khabar.store.judging import judge
from khabar.store.queries import Filter, list_claims, list_documents
from khabar.store.redact import MASK, redact_documents, redact_person, undo_ingest
from khabar.store.verify import verify


def put(store: Store, *made: Reading, source: str = "x") -> int:
    ingest = store.begin_ingest([source], "test")
    store.add(ingest, [Arrival(one.document.text.encode(), f"{source}:{n}", "text", one) for n, one in enumerate(made)])
    store.finish_ingest(ingest)
    return ingest


def everything(store: Store) -> str:
    """All that a reader of the database file could find, unpacked."""
    import zlib

    found = []
    with store.engine.connect() as connection:
        for table in schema.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                found += [zlib.decompress(v).decode() if isinstance(v, bytes) else str(v) for v in row]
    return "\n".join(found)


def test_a_document_goes_and_its_hash_stays(store: Store) -> None:
    one, other = reading(), reading(external_id="b", title="عنوان")
    put(store, one, other)
    judge(store, who="a", verb="note", kind="document", subject="x", document=other.document.id, value="محمد سالم")
    redact_documents(store, [other.document.id], who="a", why="request of 3 May")
    with store.engine.connect() as connection:
        assert [row["document"] for row in list_documents(connection, Filter()).rows] == [one.document.id]
        assert len(list_claims(connection, Filter(words="الرقة")).rows) == 1
        with pytest.raises(UsageError):
            current_reading(connection, other.document.id)
    assert list(verify(store.engine)) == []
    redact_documents(store, [one.document.id], who="a", why="request")
    left = everything(store)
    assert "محمد" not in left
    assert one.document.id in left
    assert list(verify(store.engine)) == []


def test_a_person_is_masked_and_every_offset_holds(store: Store) -> None:
    put(store, reading(), reading("نص لا يذكر أحدا", external_id="b"))
    assert redact_person(store, "محمّد  سالم", who="a", why="request") == 1
    assert "محمد" not in everything(store)
    with store.engine.connect() as connection:
        row = list_claims(connection, Filter()).rows[0]
        masked = current_reading(connection, row["document"])
    text = masked.document.text
    assert text == TEXT.replace("محمد سالم", MASK * 9)
    assert all(text[m.start : m.end] == m.text for m in masked.mentions)
    assert masked.mentions[0].entity is None
    assert masked.claims[0].content.text == reading().claims[0].content.text
    assert reading_from_json(masked.to_json()) == masked
    assert list(verify(store.engine)) == []


def test_a_mistaken_ingest_is_withdrawn_but_not_what_others_saw(store: Store) -> None:
    shared, own = reading(), reading("نص خاص", external_id="b")
    put(store, shared, source="first")
    second = put(store, shared, own, source="second")
    assert undo_ingest(store, second, who="a", why="wrong folder") == 1
    with store.engine.connect() as connection:
        assert [row["document"] for row in list_documents(connection, Filter()).rows] == [shared.document.id]
    assert list(verify(store.engine)) == []


def test_unknown_things_are_refused(store: Store) -> None:
    for call in (
        lambda: redact_documents(store, ["sha256:0"], who="a", why="b"),
        lambda: undo_ingest(store, 9, who="a", why="b"),
        lambda: redact_person(store, "،", who="a", why="b"),
    ):
        with pytest.raises(UsageError):
            call()
