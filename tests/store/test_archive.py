from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from factories import TEXT, reading
from khabar.config import Settings
from khabar.errors import StoreError, StoreOutdated, UsageError
from khabar.records import Arrival, Reading
from khabar.store import Store, schema
from khabar.store.archive import EVIDENCE_TABLES, backup, restore
from khabar.store.changes import changes
from khabar.store.engine import alembic_config, connect, upgrade_schema, write
from khabar.store.judgements import current_reading, judgements_of
from khabar.store.judging import judge
from khabar.store.queries import Filter, list_claims
from khabar.store.redact import redact_documents
from khabar.store.verify import verify


def put(store: Store, *made: Reading) -> None:
    ingest = store.begin_ingest(["x"], "test")
    store.add(ingest, [Arrival(str(n).encode(), f"x:{n}", "text", one) for n, one in enumerate(made)])


def told(store: Store) -> tuple[object, ...]:
    with store.engine.connect() as connection:
        claims = [{k: v for k, v in row.items() if k != "pk"} for row in list_claims(connection, Filter()).rows]
        return claims, judgements_of(connection)


def test_a_backup_restores_on_either_engine(store: Store, address: str, tmp_path: Path) -> None:
    put(store, reading(), reading(external_id="b"), reading("\x00 نص", external_id="c"))
    document = reading().document.id
    judge(store, who="a", verb="accept", kind="claim", subject="c0", document=document)
    redact_documents(store, [reading(external_id="b").document.id], who="a", why="w")
    assert backup(store, tmp_path / "one.gz") > 10
    again = Store.open(str(tmp_path / "again.db"), create=True)
    restore(again, tmp_path / "one.gz")
    assert told(again) == told(store)
    assert list(verify(again.engine)) == []
    assert backup(again, tmp_path / "two.gz")
    assert (tmp_path / "two.gz").read_bytes() == (tmp_path / "one.gz").read_bytes()
    put(again, reading(external_id="later"))
    assert list(verify(again.engine)) == []
    with pytest.raises(UsageError):
        restore(again, tmp_path / "one.gz")


def test_an_older_schema_is_brought_up_to_date(address: str, tmp_path: Path) -> None:
    new = Store.open(str(tmp_path / "new.db"), create=True)
    put(new, reading(), reading("\x00 نص", external_id="c", published=None))
    judge(new, who="a", verb="accept", kind="claim", subject="c0", document=reading().document.id)
    engine = connect(address, create=True)
    with write(engine) as connection, new.engine.connect() as evidence:
        command.upgrade(alembic_config(connection), "0006")
        for name in EVIDENCE_TABLES:
            table = schema.metadata.tables[name]
            for row in evidence.execute(select(table)):
                connection.execute(table.insert(), dict(row._mapping))
    with pytest.raises(StoreOutdated):
        Store.open(address)
    upgrade_schema(engine)
    old = Store.open(address)
    assert told(old) == told(new)
    assert list(verify(old.engine)) == []
    with old.engine.connect() as connection:
        assert len(list_claims(connection, Filter(words="الرقة", judgement="accepted")).rows) == 1
    old.engine.dispose()
    engine.dispose()


@pytest.mark.parametrize("damage", ["cut", "row", "text", "empty"])
def test_a_damaged_backup_restores_nothing(store: Store, tmp_path: Path, damage: str) -> None:
    put(store, reading())
    path = tmp_path / "one.gz"
    backup(store, path)
    lines = gzip.decompress(path.read_bytes()).split(b"\n")
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-40])
    elif damage == "row":
        path.write_bytes(gzip.compress(b"\n".join(lines[:2] + lines[3:])))
    else:
        path.write_bytes(b"" if damage == "empty" else b"hello")
    again = Store.open(str(tmp_path / "again.db"), create=True)
    with pytest.raises(StoreError):
        restore(again, path)
    assert told(again) == ([], [])


def test_reading_again_goes_on_where_it_was_and_carries_judgements(store: Store) -> None:
    from khabar.pipeline import read_document
    from khabar.resources import load_resources

    put(store, *(reading(f"{TEXT} {n}", external_id=f"d{n}") for n in range(5)))
    resources = load_resources(Settings())
    assert store.count_not_by(resources.fingerprint) == 5
    old = list(store.readings_not_by(resources.fingerprint))
    made = [read_document(one.document, resources) for one in old]
    assert store.add_readings(made[:2]) == 2
    assert [one.document.external_id for one in store.readings_not_by(resources.fingerprint)] == ["d2", "d3", "d4"]
    assert store.add_readings(made) == 3
    assert store.count_not_by(resources.fingerprint) == 0
    with store.engine.connect() as connection:
        assert current_reading(connection, made[0].document.id) == made[0]
    assert list(verify(store.engine)) == []


def test_changes_name_what_is_gained_lost_and_told_differently() -> None:
    before = reading()
    assert list(changes(before, before)) == []
    other = json.loads(before.to_json())
    other["claims"][0]["stance"] = "denies"
    other["events"] = []
    from khabar.records import reading_from_json

    found = [(c.kind, c.how, c.fields) for c in changes(before, reading_from_json(json.dumps(other)))]
    assert found == [("claim", "changed", ("stance",)), ("event", "lost", ())]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60).filter(str.strip), title=st.none() | st.text(max_size=20))
def test_any_reading_comes_back_equal(store: Store, text: str, title: str | None) -> None:
    made = reading(text, title=title, external_id="any")
    put(store, made)
    with store.engine.connect() as connection:
        assert current_reading(connection, made.document.id) == made
