"""Progress bars for a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from khabar.ingest import total_bytes

__all__ = ["counting", "progress", "steps"]


@contextmanager
def progress(
    label: str, paths: list[str], skip: frozenset[Path] = frozenset(), *, hidden: bool = False
) -> Iterator[Callable[[int], None]]:
    """A bar over the bytes of the inputs, on standard error where a person looks at it; call it with bytes taken in.

    `hidden` where a table is printed in the same place.
    """
    if hidden or not sys.stderr.isatty():
        yield lambda count: None
        return
    with counting(label, total_bytes(paths, skip=skip)) as advance:
        yield advance


@contextmanager
def counting(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar over a number of things (None where it is not known); nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(label), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda count: bar.advance(task, count)


@contextmanager
def steps() -> Iterator[Callable[[str, int, int], None]]:
    """A line for each step of a job, with a bar where it counts; call it with the step, what is done, and the whole."""
    if not sys.stderr.isatty():
        yield lambda step, done, whole: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda step, done, whole: bar.update(
            task, description=step, completed=done, total=whole if done else None
        )
