"""`khabar backup`, `khabar restore` and `khabar reread`."""

from __future__ import annotations

import itertools
import sys
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from khabar.cli.guard import SOME_REJECTED
from khabar.cli.progress import counting
from khabar.config import load_settings
from khabar.intake import keep_containers
from khabar.records import Document, Reading, Rejection
from khabar.resources import load_resources
from khabar.store import Store
from khabar.store.archive import backup, restore
from khabar.store.changes import Change, changes
from khabar.store.views import adrift
from khabar.workers import read_all

__all__ = ["backup_command", "reread_command", "restore_command"]

_BATCH = 50
_EXAMPLES = 5


def backup_command(db: str, path: Path) -> int:
    """Write a backup; prints the number of rows."""
    sys.stderr.write(f"{backup(Store.open(db), path)} rows to {path}\n")
    return 0


def restore_command(db: str, path: Path) -> int:
    """Fill an empty database from a backup."""
    store = Store.open(db, create=True)
    rows = restore(store, path)
    keep_containers(store, load_settings())
    sys.stderr.write(f"{rows} rows restored; `khabar verify` checks them\n")
    return 0


def reread_command(db: str, jobs: int, chosen: str | None = None) -> int:
    """Read every document that the present reader has not read yet, and say what that changed.

    It can be stopped at any time: what was read stays, and the next run goes on with the rest.
    """
    settings = load_settings(reader=chosen)
    store = Store.open(db)
    reader = load_resources(settings).fingerprint
    waiting: deque[Reading] = deque()
    report = _Report()

    def documents() -> Iterator[Document]:
        for old in store.readings_not_by(reader):
            waiting.append(old)
            yield old.document

    with counting("reading again", store.count_not_by(reader)) as advance:
        results = read_all(documents(), settings, jobs=jobs)
        while batch := list(itertools.islice(results, _BATCH)):
            store.add_readings(result for result in batch if isinstance(result, Reading))
            for result in batch:
                report.add(waiting.popleft(), result)
            advance(len(batch))
    keep_containers(store, settings)
    report.print()
    _print_adrift(store)
    return SOME_REJECTED if report.rejected else 0


def _print_adrift(store: Store) -> None:
    """Judgements that no longer fit: their items are not in the readings that are current now."""
    with store.engine.connect() as connection:
        for count, made in enumerate(adrift(connection)):
            if not count:
                print("judgements that no longer fit the reading:")
            where = f"{made.id[:19]}  {(made.document or '')[:19]}"
            print(f"    {made.verb} {made.kind} {made.subject}, by {made.who}  {where}")


class _Report:
    """What a job of reading again changed, counted, with the first examples of each kind."""

    def __init__(self) -> None:
        self.documents = self.rejected = 0
        self._counts: Counter[str] = Counter()
        self._examples: dict[str, list[Change]] = {}

    def add(self, old: Reading, new: Reading | Rejection) -> None:
        self.documents += 1
        if isinstance(new, Rejection):
            self.rejected += 1
            sys.stderr.write(new.to_json().decode() + "\n")
            return
        for change in changes(old, new):
            key = f"{change.kind}s {change.how}"
            self._counts[key] += 1
            if len(self._examples.setdefault(key, [])) < _EXAMPLES:
                self._examples[key].append(change)

    def print(self) -> None:
        print(f"{self.documents} documents read again, {self.rejected} rejected")
        for key in sorted(self._counts):
            print(f"{key}: {self._counts[key]}")
            for change in self._examples[key]:
                fields = f" ({', '.join(change.fields)})" if change.fields else ""
                print(f"    {change.text[:100]}{fields}  {change.document[:19]}")
