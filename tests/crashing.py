"""Kill an ingest at random moments, again and again, and look at what is left.

    python tests/crashing.py ARTICLES.jsonl --db ADDRESS --kills 200 [--seed N]

A forked child ingests; the parent sends SIGKILL after a random time. After each kill the store is opened again: every
acknowledged document must be there, none may be half there, `verify` must find nothing, and an ingest of the same file
must go on from there and end with every document once. Prints how often each phase was hit.
"""

from __future__ import annotations

import argparse
import mmap
import os
import random
import signal
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, event, func, select

from khabar.config import Settings
from khabar.ingest import read_arrivals
from khabar.intake import ingested
from khabar.pipeline import read_document
from khabar.records import Arrival, Document, Reading
from khabar.resources import Resources, load_resources
from khabar.store import Store, schema
from khabar.store.verify import verify

PHASES = ("starting", "parsing", "reading", "writing", "committing", "acknowledging")
BATCH = 5  # small, so that many commits lie in a short run


class Shared:
    """What the child tells the parent, in memory that outlives it: its phase, and how many documents it acknowledged."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 16)

    def tell(self, phase: str) -> None:
        self._memory[0:4] = struct.pack("i", PHASES.index(phase))

    @property
    def phase(self) -> str:
        return PHASES[struct.unpack("i", self._memory[0:4])[0]]

    @property
    def acknowledged(self) -> int:
        return int(struct.unpack("i", self._memory[4:8])[0])

    @acknowledged.setter
    def acknowledged(self, count: int) -> None:
        self._memory[4:8] = struct.pack("i", count)


def ingest(path: Path, address: str, resources: Resources, shared: Shared) -> None:
    """The work of `khabar ingest`, telling its phase as it goes."""
    settings = Settings()
    shared.tell("starting")
    store = Store.open(address, create=True)

    @event.listens_for(Engine, "commit")
    def committing(_connection: object) -> None:
        shared.tell("committing")

    def parsed() -> Iterator[Arrival]:
        for arrival in read_arrivals([str(path)], settings=settings):
            shared.tell("parsing")
            yield arrival

    def read(document: Document) -> Reading:
        shared.tell("reading")
        return read_document(document, resources)

    number = store.begin_ingest([path.name], resources.fingerprint)
    batch: list[Arrival] = []
    for arrival in _read(store, parsed(), resources, read):
        batch.append(arrival)
        if len(batch) == BATCH:
            _add(store, number, batch, shared)
            batch = []
    _add(store, number, batch, shared)
    store.finish_ingest(number)
    store.engine.dispose()


def _read(
    store: Store, arrivals: Iterator[Arrival], resources: Resources, read: Callable[[Document], Reading]
) -> Iterator[Arrival]:
    import khabar.workers

    original = khabar.workers.load_resources
    khabar.workers.load_resources = lambda _settings: resources
    try:
        yield from ingested(
            store, arrivals, Settings(), resources.fingerprint, read=lambda document, _resources: read(document)
        )
    finally:
        khabar.workers.load_resources = original


def _add(store: Store, number: int, batch: list[Arrival], shared: Shared) -> None:
    shared.tell("writing")
    store.add(number, batch)
    shared.tell("acknowledging")
    shared.acknowledged += len(batch)


def killed_after(seconds: float, work: Callable[[], None]) -> bool:
    """Run `work` in a child; whether it was killed before it ended. Raises if it failed by itself."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            sys.stderr.write(f"child: {error!r}\n")
            os._exit(1)
        os._exit(0)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert status == 0, "the ingest failed by itself"
            return False
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def check(address: str, acknowledged: int) -> int:
    """How many documents there are. Asserts that all acknowledged are among them, each whole, and that hashes hold."""
    store = Store.open(address, create=True)
    with store.engine.connect() as connection:
        documents = connection.scalar(select(func.count()).select_from(schema.document)) or 0
        readings = connection.scalar(select(func.count()).select_from(schema.reading)) or 0
        indexed = connection.scalar(select(func.count(func.distinct(schema.claim.c.document_pk)))) or 0
    faults = list(verify(store.engine))
    store.engine.dispose()
    assert documents >= acknowledged, f"{acknowledged} acknowledged, {documents} there"
    assert documents == readings, "a document without its reading"
    assert indexed <= documents
    assert faults == [], faults[:3]
    return documents


def crash(
    path: Path, fresh: Callable[[], str], *, kills: int, seed: int, longest: float, resources: Resources
) -> Counter[str]:
    """Kill `kills` ingests; whenever one ends by itself, check that all is there once and start with a fresh store."""
    rng = random.Random(seed)
    total = sum(isinstance(arrival.result, Document) for arrival in read_arrivals([str(path)], settings=Settings()))
    hits: Counter[str] = Counter()
    while hits.total() < kills:
        address, safe = fresh(), 0
        while True:
            shared = Shared()
            work = partial(ingest, path, address, resources, shared)
            killed = hits.total() < kills and killed_after(rng.uniform(0, longest), work)
            if not killed:
                break
            hits[shared.phase] += 1
            safe = max(safe, shared.acknowledged)  # every run acknowledges from the first document on
            check(address, safe)
        work()
        assert check(address, safe) == total
    return hits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--db", required=True, help="a folder for SQLite, or the URL of a PostgreSQL server")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=4.0, help="seconds before a kill, at most")
    args = parser.parse_args()
    resources = load_resources()
    for arrival in read_arrivals([str(args.articles)], settings=Settings()):
        if isinstance(arrival.result, Document):
            read_document(arrival.result, resources)  # everything compiled before the first fork
            break
    hits = crash(
        args.articles, fresh_in(args.db), kills=args.kills, seed=args.seed, longest=args.longest, resources=resources
    )
    print(f"{hits.total()} kills, nothing lost:")
    for phase in PHASES:
        print(f"  {phase:14}{hits[phase]:5}  {'#' * hits[phase]}")


def fresh_in(place: str) -> Callable[[], str]:
    """Makes addresses of empty databases in a folder or on a server."""
    import itertools

    from sqlalchemy import create_engine, text

    numbers = itertools.count()

    def fresh() -> str:
        name = f"crash_{os.getpid()}_{next(numbers)}"
        if "://" not in place:
            return str(Path(place) / f"{name}.db")
        admin = create_engine("postgresql+psycopg://" + place.split("://", 1)[1], isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        return place.rsplit("/", 1)[0] + "/" + name

    return fresh


if __name__ == "__main__":
    main()
