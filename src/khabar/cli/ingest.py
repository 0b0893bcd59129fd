"""`khabar ingest`: inputs in, documents and readings on disk, batch by batch."""

from __future__ import annotations

import sys

import msgspec

from khabar.cli.guard import SOME_REJECTED
from khabar.cli.progress import progress
from khabar.config import load_settings
from khabar.dates import parse_published
from khabar.errors import UsageError
from khabar.ingest import read_arrivals
from khabar.intake import add_up, batches, end_ingest, ingested
from khabar.records import Rejection
from khabar.resources import load_resources
from khabar.store import Store
from khabar.store.database import Counts

__all__ = ["IngestOptions", "ingest_command"]


class IngestOptions(msgspec.Struct, frozen=True):
    """The command's arguments, as they were given."""

    paths: list[str]
    db: str
    published: str | None = None
    publisher: str | None = None
    jobs: int = 1
    reader: str | None = None


def ingest_command(options: IngestOptions) -> int:
    """Read and store; what was stored before is not read again. Raises UsageError for a date that is none."""
    if options.published and parse_published(options.published) is None:
        raise UsageError(f"--published is no RFC 3339 date: {options.published!r}")
    settings = load_settings(reader=options.reader)
    store = Store.open(options.db, create=True)
    reader = load_resources(settings).fingerprint
    total = Counts()
    with progress("storing", options.paths) as advance:
        arrivals = read_arrivals(
            options.paths, settings=settings, publisher=options.publisher, published=options.published,
            stdin=getattr(sys.stdin, "buffer", None), on_bytes=advance,
        )  # fmt: skip
        ingest = store.begin_ingest(options.paths, reader)
        for batch in batches(ingested(store, arrivals, settings, reader, jobs=options.jobs)):
            add_up(total, store.add(ingest, batch))
            for arrival in batch:
                if isinstance(arrival.result, Rejection):
                    sys.stderr.write(arrival.result.to_json().decode() + "\n")
        end_ingest(store, ingest, settings)
    sys.stderr.write(f"ingest {ingest}: {_summary(total)}\n")
    return SOME_REJECTED if total.rejected else 0


def _summary(total: Counts) -> str:
    return (
        f"{total.new} new ({total.copies} of them with a text that was there), {total.version} new versions, "
        f"{total.sighting} seen again, {total.reread} read anew, {total.known} stored by this ingest before, "
        f"{total.rejected} rejected"
    )
