"""What all formats share: a start, one piece a reading, an end."""

from __future__ import annotations

from typing import Protocol

from khabar.errors import UsageError
from khabar.records import Reading

__all__ = ["Writer", "writer_for"]


class Writer(Protocol):
    """Text of one output: `start()`, then `add` for each reading in order, then `finish()`."""

    def start(self) -> str:
        """What stands before the first reading."""
        ...

    def add(self, reading: Reading) -> str:
        """One reading; may be empty where the format needs all of them first."""
        ...

    def finish(self) -> str:
        """What stands after the last reading."""
        ...


def writer_for(form: str, *, terminal: bool = False, notice: tuple[str, str] | None = None) -> Writer:
    """The writer of `table`, `json`, `jsonl`, `csv` or `html`.

    `terminal`: the text goes to one, so a table may use its width and colours. `notice`, in Arabic and English, stands
    on top of a page.
    Raises UsageError for any other form.
    """
    # Each format's module is imported alone: a line of JSON needs no table.
    if form in {"json", "jsonl"}:
        from khabar.export.json import JsonLines, JsonWriter

        return JsonLines() if form == "jsonl" else JsonWriter()
    if form == "csv":
        from khabar.export.csv import CsvWriter

        return CsvWriter()
    if form == "table":
        from khabar.export.table import TableWriter

        return TableWriter(terminal=terminal)
    if form == "html":
        from khabar.export.html import HtmlWriter

        return HtmlWriter(notice=notice)
    raise UsageError(f"no such format: {form}")
