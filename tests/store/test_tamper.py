from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, delete, select, update

from factories import reading
from khabar.records import Arrival, Rejection
from khabar.store import Store, schema
from khabar.store.judging import judge
from khabar.store.redact import redact_documents
from khabar.store.verify import verify

# What may change in the life of a row is not evidence: everything else is.
MUTABLE = {"current", "redacted_at", "finished_at", "undone_at"}
EVIDENCE = ("blob", "ingest", "document", "sighting", "reading", "rejection", "judgement", "ledger")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with every kind of row; its file is copied for each example."""
    path = tmp_path_factory.mktemp("tamper") / "k.db"
    store = Store.open(str(path), create=True)
    ingest = store.begin_ingest(["x"], "test")
    made = [reading(url="http://a/1", title="عنوان"), reading(external_id="b"), reading("نص آخر", url="http://a/1")]
    arrivals = [Arrival(f"raw {n}".encode() * 9, f"x:{n}", "jsonl", one) for n, one in enumerate(made)]
    store.add(ingest, [*arrivals, Arrival(b"{", "x:9", "jsonl", Rejection("x:9", "ingest", "bad-json", "cut"))])
    judge(store, who="سلمى", verb="accept", kind="claim", subject="c0", document=made[0].document.id, why="seen")
    redact_documents(store, [made[1].document.id], who="a", why="asked")
    assert list(verify(store.engine)) == []
    store.engine.dispose()
    return path


def copied(path: Path) -> Store:
    import shutil
    import tempfile

    target = Path(tempfile.mkdtemp(dir=path.parent)) / "k.db"
    shutil.copy(path, target)
    return Store.open(str(target))


def changed(value: Any, at: int, by: int) -> Any:
    if isinstance(value, bytes):
        at %= len(value)
        return value[:at] + bytes([value[at] ^ by]) + value[at + 1 :]
    if isinstance(value, str) and value:
        at %= len(value)
        return value[:at] + chr(ord(value[at]) ^ (by & 0x1F or 1)) + value[at + 1 :]
    if isinstance(value, int):
        return value + by
    return "x" if value in (None, "") else value


def key(table: Table) -> Any:
    return next(iter(table.primary_key.columns))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choice=st.data(), at=st.integers(0, 10_000), by=st.integers(1, 255))
def test_a_changed_byte_anywhere_is_named(filled: Path, choice: Any, at: int, by: int) -> None:
    store = copied(filled)
    table = schema.metadata.tables[choice.draw(st.sampled_from(EVIDENCE))]
    columns = [c.name for c in table.columns if c.name not in MUTABLE and not c.primary_key]
    with store.engine.begin() as connection:
        rows = connection.execute(select(table).order_by(key(table))).all()
        row = choice.draw(st.sampled_from(rows))._mapping
        redacted = row.get("redacted_at") or (table.name == "document" and row["record"] is None)
        names = [name for name in columns if not (redacted and name in REPEATED) and row[name] is not None]
        name = choice.draw(st.sampled_from(names))
        value = changed(row[name], at, by)
        if table.c[name].foreign_keys or value == row[name] or "\x00" in str(value):
            return
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        connection.execute(update(table).where(key(table) == row[key(table).name]).values({name: value}))
    faults = list(verify(store.engine))
    assert faults, f"{table.name}.{name}: {row[name]!r} became {value!r} and nobody noticed"
    store.engine.dispose()


REPEATED = {"external_id", "publisher", "url", "title", "published", "published_at", "language"}


@pytest.mark.parametrize("name", ["ledger", "sighting", "reading", "judgement", "rejection"])
def test_a_row_taken_out_is_named(filled: Path, name: str) -> None:
    store = copied(filled)
    table = schema.metadata.tables[name]
    with store.engine.begin() as connection:
        first = connection.scalar(select(key(table)).order_by(key(table)))
        connection.execute(delete(table).where(key(table) == first))
    assert list(verify(store.engine))
    store.engine.dispose()


def test_a_row_put_in_is_named(filled: Path) -> None:
    store = copied(filled)
    with store.engine.begin() as connection:
        row = dict(connection.execute(select(schema.sighting)).mappings().first() or {})
        connection.execute(schema.sighting.insert(), row | {"pk": 999, "location": "elsewhere"})
    assert [fault.seq for fault in verify(store.engine)] == [None]
    store.engine.dispose()


def test_the_first_entry_that_fails_is_named_first(filled: Path) -> None:
    store = copied(filled)
    with store.engine.begin() as connection:
        connection.execute(update(schema.ledger).where(schema.ledger.c.seq == 3).values(at="2001"))
    assert next(iter(verify(store.engine))).seq == 3
    store.engine.dispose()
