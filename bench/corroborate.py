"""Corroboration as a database grows: seconds of CPU and peak memory at growing numbers of documents, and the slope.

    khabar ingest CORPUS.jsonl --db STORE.db
    python bench/corroborate.py STORE.db [--steps 4000,8000,16000]

Each step takes a copy of STORE.db (SQLite) in which all but the first documents are hidden, and runs
`khabar corroborate` on it in a process of its own: from nothing, then again with the next hundred documents (`more`, in
seconds). The slope is that of log time over log number of documents between two steps; n log n comes to about 1.1 here.
Fails where a slope is over 1.2, or memory over 2 GB.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

MADE = ("copy_document", "copy_group", "story_document", "story_place", "story", "link", "likeness", "profile")
MORE = 100
MOST_MB, STEEPEST = 2000, 1.2


def show(path: Path, documents: int) -> None:
    """Hide all but the first documents."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE document SET redacted_at = NULL WHERE redacted_at = 'hidden'")
        connection.execute(
            "UPDATE document SET redacted_at = 'hidden' WHERE redacted_at IS NULL AND pk NOT IN"
            " (SELECT pk FROM document WHERE redacted_at IS NULL ORDER BY pk LIMIT ?)", (documents,),
        )  # fmt: skip


def forget(path: Path) -> None:
    """Take out what an earlier corroboration made."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in MADE:
            connection.execute(f"DELETE FROM {table}")


def _run(path: str, out: multiprocessing.Queue[Any]) -> None:
    from khabar.config import load_settings
    from khabar.corroborate.keep import corroborate_store
    from khabar.resources import load_resources
    from khabar.store import Store

    start = time.process_time()
    done = corroborate_store(Store.open(path), load_resources(load_settings()))
    seconds = time.process_time() - start
    out.put((done, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measure(path: Path) -> tuple[Any, float, float]:
    """The summary, seconds and peak MB of a run in a fresh process."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_run, args=(str(path), queue))
    process.start()
    result: tuple[Any, float, float] = queue.get()
    process.join()
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--steps", default="4000,8000,16000")
    args = parser.parse_args()
    failed = False
    heads = {"documents": 9, "seconds": 9, "peak MB": 9, "slope": 7, "links": 8, "stories": 9, "copies": 8, "more": 7}
    print("".join(f"{head:>{width}}" for head, width in heads.items()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        shutil.copy(args.store, path)
        with closing(sqlite3.connect(path)) as connection:
            (whole,) = connection.execute("SELECT count(*) FROM document WHERE redacted_at IS NULL").fetchone()
        before: tuple[int, float] | None = None
        for count in [*(step for step in map(int, args.steps.split(",")) if step < whole), whole - MORE]:
            forget(path)
            show(path, count)
            done, seconds, memory = measure(path)
            show(path, count + MORE)
            _, more, _ = measure(path)
            slope = math.log(seconds / before[1]) / math.log(count / before[0]) if before else math.nan
            failed = failed or slope > STEEPEST or memory > MOST_MB
            print(
                f"{done.documents:9}{seconds:9.1f}{memory:9.0f}{slope:7.2f}{done.links:8}{done.stories:9}"
                f"{done.copies:8}{more:7.1f}", flush=True,
            )  # fmt: skip
            before = count, seconds
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
