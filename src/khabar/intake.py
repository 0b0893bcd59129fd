"""From arrivals to what the store takes: documents are read, except those whose reading is there already."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing

import msgspec

from khabar.config import Settings
from khabar.errors import Redacted
from khabar.records import Arrival, Document, Reading, Rejection
from khabar.store import Store
from khabar.store.database import Counts
from khabar.workers import Read, read_all, read_one

__all__ = ["add_up", "batches", "ingested"]

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


def add_up(total: Counts, more: Counts) -> None:
    """Add the counts of a batch to those of the whole."""
    for name, number in msgspec.structs.asdict(more).items():
        setattr(total, name, getattr(total, name) + number)
