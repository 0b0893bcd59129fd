"""From arrivals to what the store takes: documents are read, except those whose reading is there already."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing

import msgspec

from khabar.config import Settings
from khabar.errors import Redacted
from khabar.mentions.places_resolve import known_place
from khabar.records import Arrival, Document, Reading, Rejection
from khabar.resources import load_resources
from khabar.store import Store
from khabar.store.containers import add_containers, missing_containers
from khabar.store.database import Counts
from khabar.store.engine import write
from khabar.workers import Read, read_all, read_one

__all__ = ["add_up", "batches", "end_ingest", "ingested", "keep_containers"]

BATCH = 50  # documents a transaction: a commit waits for the disk, and that wait is shared


def ingested(
    store: Store,
    arrivals: Iterable[Arrival],
    settings: Settings,
    reader: str,
    *,
    jobs: int = 1,
    read: Read = read_one,
) -> Iterator[Arrival]:
    """The arrivals in order, with the documents read, except those whose reading is stored already."""
    waiting: deque[Arrival] = deque()

    def items() -> Iterator[Document | Rejection]:
        for arrival in arrivals:
            settled = _without_redacted(store, arrival)
            waiting.append(settled)
            result = settled.result
            assert not isinstance(result, Reading)
            known = isinstance(result, Document) and store.is_read(result.id, reader)
            yield _KNOWN if known else result

    with closing(read_all(items(), settings, jobs=jobs, read=read)) as results:
        for result in results:
            arrival = waiting.popleft()
            yield arrival if result is _KNOWN else msgspec.structs.replace(arrival, result=result)


# Rejections pass through the reading untouched, in their place; this one stands for a document that need not be read.
_KNOWN = Rejection("", "", "", "")


def _without_redacted(store: Store, arrival: Arrival) -> Arrival:
    """What was redacted is not taken in again, nor are its bytes."""
    if isinstance(arrival.result, Document) and store.is_redacted(arrival.result.id):
        error = Redacted("this document was redacted; it is not taken in again")
        refused = error.rejection(document=arrival.result.id, stage="store")
        return msgspec.structs.replace(arrival, raw=None, result=refused)
    return arrival


def batches(arrivals: Iterable[Arrival], size: int = BATCH) -> Iterator[list[Arrival]]:
    """Arrivals in lists of `size`, one a transaction."""
    stream = iter(arrivals)
    while batch := list(itertools.islice(stream, size)):
        yield batch


def end_ingest(store: Store, ingest: int, settings: Settings) -> None:
    """Finish an ingest."""
    keep_containers(store, settings)
    store.finish_ingest(ingest)


def keep_containers(store: Store, settings: Settings) -> None:
    """Keep what contains the places of the documents, as far as the gazetteer has it."""
    resources = load_resources(settings)
    while True:
        with store.engine.connect() as connection:
            missing = missing_containers(connection)
        known = [place for key in missing if (place := known_place(key, resources))]
        if not known:
            break
        with write(store.engine) as connection:
            # Another ingest may have kept some meanwhile.
            still = set(missing_containers(connection))
            add_containers(connection, [place for place in known if place.id in still])


def add_up(total: Counts, more: Counts) -> None:
    """Add the counts of a batch to those of the whole."""
    for name, number in msgspec.structs.asdict(more).items():
        setattr(total, name, getattr(total, name) + number)
