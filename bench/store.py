"""Storing: `Store.add` beside a bare SQLite insert of the same bytes, disk per article, and queries as the store grows.

    khabar read --format jsonl CORPUS.jsonl > READINGS.jsonl
    python bench/store.py CORPUS.jsonl READINGS.jsonl [--db ADDRESS]

Readings are made beforehand, so that what is measured is what storing costs over and above reading. Two references, in
transactions of the same size and with the same durability: `originals` writes each original line and each reading to
one table and nothing else; `all rows` writes every row that the store ends up with, search words included, into the
same tables with the same indexes, by bare `executemany`.
Queries run at 1k, 10k and all documents; p50 and p95 in milliseconds of twenty runs each.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection

from khabar.records import Arrival, reading_from_json
from khabar.store import Store
from khabar.store.areas import Area
from khabar.store.queries import Filter, list_actors, list_claims, list_documents, list_events

BATCH = 50
STEPS = (1_000, 10_000)


def arrivals(corpus: Path, readings: Path) -> Iterator[Arrival]:
    """Each article's original line with its reading; articles without a reading are left out."""
    lines = {json.loads(line)["id"]: line.rstrip(b"\n") for line in corpus.open("rb")}
    for number, line in enumerate(readings.open("rb"), 1):
        reading = reading_from_json(line)
        yield Arrival(lines[reading.document.external_id], f"corpus:{number}", "jsonl", reading)


def bare_insert(found: list[Arrival], path: Path) -> float:
    """Seconds to write the same bytes with nothing else."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE kept (id TEXT PRIMARY KEY, raw BLOB, reading BLOB)")
    rows = [(one.result.document.id, one.raw, one.result.to_json()) for one in found]  # type: ignore[union-attr]
    start = time.perf_counter()
    for at in range(0, len(rows), BATCH):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?, ?)", rows[at : at + BATCH])
        connection.execute("COMMIT")
    seconds = time.perf_counter() - start
    connection.close()
    return seconds


def bare_rows(store: Path, path: Path, documents: int) -> float:
    """Seconds to write the rows of a store into another file of the same schema."""
    source = sqlite3.connect(store)
    made = source.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index'"
    ).fetchall()
    words = {name for name, sql in made if sql.startswith("CREATE VIRTUAL")}
    own = [(name, sql) for name, sql in made if name in words or not any(name.startswith(f"{w}_") for w in words)]
    rows = {}
    for name, sql in own:
        if sql.startswith("CREATE TABLE") or name in words:
            columns = "rowid, words" if name in words else "*"
            rows[name] = source.execute(f"SELECT {columns} FROM {name}").fetchall()
    target = sqlite3.connect(path, isolation_level=None)
    target.execute("PRAGMA journal_mode=WAL")
    target.execute("PRAGMA synchronous=FULL")
    for _, sql in own:
        target.execute(sql)
    batches = -(-documents // BATCH)
    start = time.perf_counter()
    for number in range(batches):
        target.execute("BEGIN IMMEDIATE")
        for name, all_rows in rows.items():
            size = -(-len(all_rows) // batches)
            part = all_rows[number * size : (number + 1) * size]
            if part:
                columns = "(rowid, words)" if name in words else ""
                target.executemany(f"INSERT INTO {name} {columns} VALUES ({', '.join('?' * len(part[0]))})", part)
        target.execute("COMMIT")
    return time.perf_counter() - start


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
    folder = Path(tempfile.mkdtemp())
    store = Store.open(args.db or str(folder / "store.db"), create=True)
    ingest = store.begin_ingest(["bench"], "bench")
    found = list(arrivals(args.corpus, args.readings))
    bare = bare_insert(found, folder / "bare.db")
    seconds, grown = 0.0, {}
    for at in range(0, len(found), BATCH):
        start = time.perf_counter()
        store.add(ingest, found[at : at + BATCH])
        seconds += time.perf_counter() - start
        if at + BATCH in STEPS:
            grown[at + BATCH] = query_times(store)
    grown[len(found)] = query_times(store)
    print(f"{len(found)} articles: khabar {seconds:.1f} s, {1000 * seconds / len(found):.2f} ms each")
    print(f"bare insert of originals {bare:.1f} s, ratio {seconds / bare:.1f}")
    if not args.db:
        rows = bare_rows(folder / "store.db", folder / "rows.db", len(found))
        print(f"bare insert of all rows {rows:.1f} s, ratio {seconds / rows:.1f}")
        size = sum(path.stat().st_size for path in folder.glob("store.db*"))
        print(f"{size / len(found) / 1024:.1f} KB an article on disk")
    print(f"{'milliseconds, p50 / p95 at':28}" + "".join(f"{count:>18}" for count in grown))
    for name in QUERIES:
        print(f"{name:28}" + "".join(f"{times[name][0]:>10.1f} /{times[name][1]:6.1f}" for times in grown.values()))


if __name__ == "__main__":
    main()
