"""Claims as comma-separated values (RFC 4180, line feeds): one row a claim, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from khabar.records import Reading

__all__ = ["COLUMNS", "CsvWriter", "csv_lines"]

COLUMNS = (
    "document", "external_id", "publisher", "published", "claim", "source", "kind", "entity", "via", "cue", "content",
    "start", "end", "stance", "quote", "score",
)  # fmt: skip
# A spreadsheet runs a cell that starts with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvWriter:
    """A header, then one row a claim; a document without claims gives none."""

    def start(self) -> str:
        """The header."""
        return csv_lines([list(COLUMNS)])

    def add(self, reading: Reading) -> str:
        """The rows of a reading."""
        return csv_lines([[row[name] for name in COLUMNS] for row in reading.to_dicts()])

    def finish(self) -> str:
        """Nothing."""
        return ""


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Rows as lines; a cell that a spreadsheet would run as a formula gets an apostrophe before it."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    return "" if value is None else str(value)
