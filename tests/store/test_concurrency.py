from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from factories import TEXT, reading
from khabar.errors import KhabarError, StoreBusy, StoreUnavailable
from khabar.records import Arrival
from khabar.store import Store
from khabar.store.engine import write
from khabar.store.judgements import judgements_of
from khabar.store.judging import judge
from khabar.store.queries import Filter, list_claims, list_documents
from khabar.store.verify import verify

READERS, JUDGEMENTS = 8, 25


def put(store: Store, count: int, *, source: str = "x") -> list[str]:
    made = [reading(f"{TEXT} {n}", external_id=f"{source}{n}") for n in range(count)]
    made[0] = reading(external_id=source)
    ingest = store.begin_ingest([source], "test")
    store.add(ingest, [Arrival(str(n).encode(), f"{source}:{n}", "text", one) for n, one in enumerate(made)])
    return [one.document.id for one in made]


def together(*work: Callable[[], None]) -> list[BaseException]:
    """Run all at once; the errors that came."""
    errors: list[BaseException] = []

    def guarded(one: Callable[[], None]) -> None:
        try:
            one()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_readers_and_writers_do_not_hinder_each_other(store: Store) -> None:
    writers = 2 if store.engine.dialect.name == "postgresql" else 1
    document = put(store, 20)[0]
    done = threading.Event()
    pages: list[int] = []

    def write_notes(number: int) -> None:
        for n in range(JUDGEMENTS):
            judge(store, who=f"w{number}", verb="note", kind="claim", subject="c0", document=document, value=str(n))
            if n % 5 == 0:
                put(store, 3, source=f"s{number}-{n}")

    def writing() -> None:
        errors = together(*[lambda number=number: write_notes(number) for number in range(writers)])
        done.set()
        assert errors == []

    def read() -> None:
        while not done.is_set():
            with store.engine.connect() as connection:
                pages.append(len(list_claims(connection, Filter(words="الرقة"), limit=50).rows))
                list_documents(connection, Filter(), limit=50)

    assert together(writing, *[read] * READERS) == []
    assert len(pages) >= READERS
    assert min(pages) >= 1
    with store.engine.connect() as connection:
        made = judgements_of(connection, document)
    assert sorted((one.who, one.value) for one in made) == sorted(
        (f"w{w}", str(n)) for w in range(writers) for n in range(JUDGEMENTS)
    )
    assert list(verify(store.engine)) == []


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_locked_database_says_so(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabar.store.engine._BUSY_SECONDS", 0.1)
    store = Store.open(address, create=True)
    with write(store.engine), pytest.raises(StoreBusy):
        put(store, 1)
    put(store, 1)
    assert list(verify(store.engine)) == []


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_full_disk_says_so_and_nothing_is_half_there(address: str) -> None:
    store = Store.open(address, create=True)
    put(store, 2)
    connection = store.engine.raw_connection()
    pages = connection.cursor().execute("PRAGMA page_count").fetchone()[0]
    connection.cursor().execute(f"PRAGMA max_page_count={pages + 2}")
    connection.close()  # back to the pool, with the limit on it
    with pytest.raises(StoreUnavailable, match="full"):
        put(store, 500, source="many")
    again = Store.open(address)
    with again.engine.connect() as fresh:
        assert len(list_documents(fresh, Filter(), limit=50).rows) == 2
    assert list(verify(again.engine)) == []


def test_no_such_place(tmp_path: object) -> None:
    with pytest.raises(StoreUnavailable):
        Store.open(f"{tmp_path}/no/such/folder/k.db", create=True)
    with pytest.raises(KhabarError):
        Store.open("postgresql://nobody@127.0.0.1:1/none")


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_lost_connection_says_so_and_the_next_call_works(address: str) -> None:
    store, other = Store.open(address, create=True), Store.open(address)
    put(store, 1)
    with pytest.raises(StoreUnavailable):
        write_while_cut_off(store, other)
    put(store, 2, source="later")
    assert list(verify(store.engine)) == []
    store.engine.dispose()
    other.engine.dispose()


def write_while_cut_off(store: Store, other: Store) -> None:
    with write(store.engine) as connection:
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
        with other.engine.begin() as killer:
            killer.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        connection.execute(text("SELECT 1"))
