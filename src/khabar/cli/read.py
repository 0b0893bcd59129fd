"""`khabar read`: inputs in, readings out, in order, one at a time."""

from __future__ import annotations

import io
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import msgspec

from khabar.cli.guard import SOME_REJECTED
from khabar.cli.progress import progress
from khabar.config import load_settings
from khabar.dates import parse_published
from khabar.errors import UsageError
from khabar.export import writer_for
from khabar.ingest import read_inputs
from khabar.records import Reading, Rejection
from khabar.workers import read_all

__all__ = ["ReadOptions", "read_command"]


class ReadOptions(msgspec.Struct, frozen=True):
    """The command's arguments, as they were given."""

    paths: list[str]
    form: str | None
    published: str | None
    publisher: str | None
    jobs: int
    rejections: Path | None
    output: Path | None
    reader: str | None = None


class _Totals:
    def __init__(self) -> None:
        self.documents = self.claims = self.events = self.rejections = 0
        self.started = time.perf_counter()

    def add(self, result: Reading | Rejection) -> None:
        if isinstance(result, Rejection):
            self.rejections += 1
            return
        self.documents += 1
        self.claims += len(result.claims)
        self.events += len(result.events)

    def line(self) -> str:
        seconds = max(time.perf_counter() - self.started, 1e-9)
        counts = ", ".join(
            f"{number} {name}{'' if number == 1 else 's'}"
            for number, name in (
                (self.documents, "document"), (self.claims, "claim"), (self.events, "event"),
                (self.rejections, "rejection"),
            )
        )  # fmt: skip
        return f"{counts}; {self.documents / seconds:.1f} documents a second\n"


def read_command(options: ReadOptions) -> int:
    """Read, print, and sum up. Raises UsageError for a date that is none."""
    if options.published and parse_published(options.published) is None:
        raise UsageError(f"--published is no RFC 3339 date: {options.published!r}")
    settings = load_settings(reader=options.reader)
    skip = frozenset(path.resolve() for path in (options.output, options.rejections) if path)
    totals = _Totals()
    with ExitStack() as stack:
        out = _opened(stack, options.output) or sys.stdout.buffer
        refused = _opened(stack, options.rejections)
        to_terminal = options.output is None and sys.stdout.isatty()
        writer = writer_for(options.form or ("table" if to_terminal else "jsonl"), terminal=to_terminal)
        advance = stack.enter_context(progress("reading", options.paths, skip, hidden=to_terminal))
        inputs = read_inputs(
            options.paths, settings=settings, publisher=options.publisher, published=options.published,
            stdin=_stdin(), skip=skip, on_bytes=advance,
        )  # fmt: skip
        results = stack.enter_context(closing(read_all(inputs, settings, jobs=options.jobs)))
        out.write(writer.start().encode())
        for result in results:
            totals.add(result)
            if isinstance(result, Rejection):
                _refuse(result, refused)
            else:
                out.write(writer.add(result).encode())
                out.flush()
        out.write(writer.finish().encode())
        out.flush()
    sys.stderr.write(totals.line())
    return SOME_REJECTED if totals.rejections else 0


def _opened(stack: ExitStack, path: Path | None) -> io.BufferedWriter | None:
    return stack.enter_context(path.open("wb")) if path else None


def _stdin() -> io.BufferedReader | None:
    stream = getattr(sys.stdin, "buffer", None)
    return stream if isinstance(stream, io.BufferedReader) else None


def _refuse(rejection: Rejection, file: io.BufferedWriter | None) -> None:
    if file:
        file.write(rejection.to_json() + b"\n")
    else:
        sys.stderr.write(rejection.to_json().decode() + "\n")
