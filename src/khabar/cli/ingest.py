"""`khabar ingest`: inputs in, documents and readings on disk, batch by batch."""

from __future__ import annotations

import itertools
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing

import msgspec

from khabar.cli.guard import SOME_REJECTED
from khabar.cli.progress import progress
from khabar.config import Settings, load_settings
from khabar.dates import parse_published
from khabar.errors import Redacted, UsageError
from khabar.ingest import read_arrivals
from khabar.records import Arrival, Document, Reading, Rejection
from khabar.resources import load_resources
from khabar.store import Store
from khabar.store.database import Counts
from khabar.workers import Read, read_all, read_one

__all__ = ["IngestOptions", "ingest_command", "ingested"]

_BATCH = 50  # documents a transaction: a commit waits for the disk, and that wait is shared


class IngestOptions(msgspec.Struct, frozen=True):
    """The command's arguments, as they were given."""

    paths: list[str]
    db: str
    published: str | None = None
    publisher: str | None = None
    jobs: int = 1


def ingest_command(options: IngestOptions) -> int:
    """Read and store; what was stored before is not read again. Raises UsageError for a date that is none."""
    if options.published and parse_published(options.published) is None:
        raise UsageError(f"--published is no RFC 3339 date: {options.published!r}")
    settings = load_settings()
    store = Store.open(options.db, create=True)
    reader = load_resources(settings).fingerprint
    total = Counts()
    with progress("storing", options.paths) as advance:
        arrivals = read_arrivals(
            options.paths, settings=settings, publisher=options.publisher, published=options.published,
            stdin=getattr(sys.stdin, "buffer", None), on_bytes=advance,
        )  # fmt: skip
        ingest = store.begin_ingest(options.paths, reader)
        for batch in _batches(ingested(store, arrivals, settings, reader, jobs=options.jobs)):
            _add_up(total, store.add(ingest, batch))
            for arrival in batch:
                if isinstance(arrival.result, Rejection):
                    sys.stderr.write(arrival.result.to_json().decode() + "\n")
        store.finish_ingest(ingest)
    sys.stderr.write(f"ingest {ingest}: {_summary(total)}\n")
    return SOME_REJECTED if total.rejected else 0


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


def _batches(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    stream = iter(arrivals)
    while batch := list(itertools.islice(stream, _BATCH)):
        yield batch


def _add_up(total: Counts, more: Counts) -> None:
    for name, number in msgspec.structs.asdict(more).items():
        setattr(total, name, getattr(total, name) + number)


def _summary(total: Counts) -> str:
    return (
        f"{total.new} new ({total.copies} of them with a text that was there), {total.version} new versions, "
        f"{total.sighting} seen again, {total.reread} read anew, {total.known} stored by this ingest before, "
        f"{total.rejected} rejected"
    )
