"""Storing: `Store.add` beside bare SQLite inserts of the same bytes, disk per article, and queries as the store grows.

    khabar read --format jsonl CORPUS.jsonl > READINGS.jsonl
    python bench/store.py CORPUS.jsonl READINGS.jsonl [--db ADDRESS]

Readings are made beforehand, so that what is measured is what storing costs over and above reading. Two references, in
the same run: after each batch of the store's, the same batch goes into two other files in one transaction each, with
the same durability, so that all three meet the same load of the machine. `all rows` repeats every INSERT that the store
made (originals, records, readings, search rows and words, ledger; same tables, same indexes) by bare `executemany`;
`originals` writes each original line and each reading to one table and nothing else. Wall time and processor time.
Queries run at 1k, 10k and all documents; p50 and p95 in milliseconds of twenty runs each.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from khabar.records import Arrival, Reading, reading_from_json
from khabar.store import Store
from khabar.store.areas import Area
from khabar.store.named import list_actors
from khabar.store.queries import Filter, list_claims, list_documents, list_events

BATCH = 50
STEPS = (1_000, 10_000)
Inserts = list[tuple[str, Any]]


def arrivals(corpus: Path, readings: Path) -> Iterator[Arrival]:
    """Each article's original line with its reading; articles without a reading are left out."""
    lines = {json.loads(line)["id"]: line.rstrip(b"\n") for line in corpus.open("rb")}
    for number, line in enumerate(readings.open("rb"), 1):
        reading = reading_from_json(line)
        yield Arrival(lines[reading.document.external_id], f"corpus:{number}", "jsonl", reading)


class Clock:
    """Wall and processor seconds of what runs under it, added up."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._wall
        self.cpu += time.process_time() - self._cpu

    def beside(self, other: Clock) -> str:
        """Ratios to another clock."""
        return f"{self.wall / other.wall:.2f} (processor {self.cpu / other.cpu:.2f})"


class Bare:
    """A file with the store's settings, written with nothing but the driver; no foreign keys are checked."""

    def __init__(self, path: Path, schema: list[str]) -> None:
        self.clock = Clock()
        self._connection = sqlite3.connect(path, isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-32000", *schema):
            self._connection.execute(statement)

    def insert(self, inserts: Inserts) -> None:
        """Run the statements in one transaction."""
        with self.clock:
            self._connection.execute("BEGIN IMMEDIATE")
            for statement, values in inserts:
                if isinstance(values, list):
                    self._connection.executemany(statement, values)
                else:
                    self._connection.execute(statement, values)
            self._connection.execute("COMMIT")


def schema_of(path: Path) -> list[str]:
    """The statements that made the tables and indexes of a store; what FTS5 makes for itself is left out."""
    made = sqlite3.connect(path).execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    words = {name for name, sql in made if sql.startswith("CREATE VIRTUAL")}
    own = [sql for name, sql in made if name in words or not any(name.startswith(f"{word}_") for word in words)]
    return sorted(own, key=lambda sql: "INDEX" in sql.split("(")[0])


def keep_inserts(store: Store) -> Inserts:
    """A list that the store's INSERTs are added to as they are run."""
    kept: Inserts = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def keep(_c: object, _cursor: object, statement: str, values: Any, _context: object, _many: bool) -> None:
        if statement.startswith("INSERT"):
            kept.append((statement, values))

    return kept


def originals(batch: list[Arrival]) -> Inserts:
    """The same articles as originals and readings alone."""
    rows = [(one.result.document.id, one.raw, one.result.to_json()) for one in batch if isinstance(one.result, Reading)]
    return [("INSERT OR IGNORE INTO kept VALUES (?, ?, ?)", rows)]


QUERIES: dict[str, Callable[[Connection], object]] = {
    "newest claims": lambda c: list_claims(c, Filter()),
    "claims: a word": lambda c: list_claims(c, Filter(words="الحوثيين")),
    "claims: a phrase": lambda c: list_claims(c, Filter(words='"وزارة الداخلية"')),
    "claims: a Latin name": lambda c: list_claims(c, Filter(words="Obama")),
    "claims: denials": lambda c: list_claims(c, Filter(stance="denies")),
    "claims of an actor": lambda c: list_claims(c, Filter(actor="actor:houthis")),
    "attacks near Aden": lambda c: list_events(c, Filter(type="ASSAULT", area=Area(circle=(12.8, 45.0, 50)))),
    "attacks in Yemen": lambda c: list_events(c, Filter(type="ASSAULT", area=Area(within="YE"))),
    "documents of a day": lambda c: list_documents(c, Filter(since="2015-07-25", until="2015-07-25")),
    "actors": lambda c: list_actors(c, Filter()),
}  # fmt: skip


def query_times(store: Store) -> dict[str, tuple[float, float]]:
    """p50 and p95 of each query, in milliseconds."""
    times = {}
    for name, query in QUERIES.items():
        taken = []
        for _ in range(20):
            start = time.perf_counter()
            with store.engine.connect() as connection:
                query(connection)
            taken.append(1000 * (time.perf_counter() - start))
        taken.sort()
        times[name] = (statistics.median(taken), taken[-2])
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--db", help="default: an SQLite file in a temporary folder")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(args.corpus, args.readings, args.db, Path(folder))


def measure(corpus: Path, readings: Path, address: str | None, folder: Path) -> None:
    """Store, and print what it took."""
    store = Store.open(address or str(folder / "store.db"), create=True)
    only = Bare(folder / "bare.db", ["CREATE TABLE kept (id TEXT PRIMARY KEY, raw BLOB, reading BLOB)"])
    rows = None if address else Bare(folder / "rows.db", schema_of(folder / "store.db"))
    inserts = keep_inserts(store)
    ingest = store.begin_ingest(["bench"], "bench")
    own, count, grown = Clock(), 0, {}
    stream = arrivals(corpus, readings)
    while batch := list(itertools.islice(stream, BATCH)):
        with own:
            store.add(ingest, batch)
        if rows:
            rows.insert(inserts)
        inserts.clear()
        only.insert(originals(batch))
        count += len(batch)
        if count in STEPS:
            grown[count] = query_times(store)
    grown[count] = query_times(store)
    print(f"{count} articles: {1000 * own.wall / count:.2f} ms each (processor {1000 * own.cpu / count:.2f})")
    print(f"beside bare inserts of originals and readings: {own.beside(only.clock)}")
    if rows:
        print(f"beside bare inserts of all rows: {own.beside(rows.clock)}")
        store.engine.dispose()
        size, came = sum(path.stat().st_size for path in folder.glob("store.db*")), corpus.stat().st_size
        print(f"on disk {size / count / 1024:.1f} KB an article, which came in {came / count / 1024:.1f}")
    print(f"{'milliseconds, p50 / p95 at':28}" + "".join(f"{step:>18}" for step in grown) + f"{'p50 grew':>12}")
    first, last = next(iter(grown)), count
    for name in QUERIES:
        line = "".join(f"{times[name][0]:>10.1f} /{times[name][1]:6.1f}" for times in grown.values())
        print(f"{name:28}{line}{grown[last][name][0] / grown[first][name][0]:>11.1f}x")
    print(f"{'documents':28}{'':{18 * len(grown)}}{last / first:>11.1f}x")


if __name__ == "__main__":
    main()
