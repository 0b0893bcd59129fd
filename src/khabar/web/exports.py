"""What is filtered, as a file: lines of JSON, CSV, or a page of whole articles."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from litestar.response import Stream

from khabar.errors import TooLarge, UsageError
from khabar.export import writer_for
from khabar.export.csv import csv_lines
from khabar.web.filters import Asked
from khabar.web.reads import ListName, readings_of, rows_of

__all__ = ["ExportForm", "ExportName", "export"]

ExportName = Literal["documents", "claims", "events", "actors", "places", "readings"]
ExportForm = Literal["jsonl", "csv", "html"]
_TYPES = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8"}
_MOST_ARTICLES = 500  # of one page: more is more than a browser shows


def export(engine: Any, asked: Asked, what: ExportName, form: ExportForm) -> Stream:
    """A file to save, streamed. Raises UsageError for a page of what is no article, TooLarge for too many."""
    if what == "readings":
        lines = _page(engine, asked) if form == "html" else _readings(engine, asked, form)
    elif form == "html":
        raise UsageError("a page is made of readings: what=readings", stage="export")
    else:
        lines = _rows(engine, asked, what, form)
    # The first piece now: a filter that makes no sense is told as an error, not as a file that breaks off.
    first = next(lines, "")
    headers = {
        "Content-Disposition": f'attachment; filename="khabar-{what}.{form}"', "Content-Security-Policy": "sandbox",
    }  # fmt: skip
    return Stream(itertools.chain([first], lines), media_type=_TYPES[form], headers=headers)


def _rows(engine: Any, asked: Asked, what: ListName, form: str) -> Iterator[str]:
    columns: list[str] | None = None
    for row in rows_of(engine, what, asked):
        if form == "jsonl":
            yield msgspec.json.encode(row).decode() + "\n"
            continue
        if columns is None:
            columns = list(row)
            yield csv_lines([columns])
        yield csv_lines([[row[name] for name in columns]])


def _readings(engine: Any, asked: Asked, form: str) -> Iterator[str]:
    writer = writer_for(form)
    yield writer.start()
    for reading in readings_of(engine, asked):
        yield writer.add(reading)
    yield writer.finish()


def _page(engine: Any, asked: Asked) -> Iterator[str]:
    writer = writer_for("html")
    parts = [writer.start()]
    for number, reading in enumerate(readings_of(engine, asked)):
        if number == _MOST_ARTICLES:
            raise TooLarge(f"more than {_MOST_ARTICLES} articles for one page: narrow the filter", stage="export")
        parts.append(writer.add(reading))
    yield "".join([*parts, writer.finish()])
