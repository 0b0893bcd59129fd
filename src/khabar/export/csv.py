"""Claims as comma-separated values (RFC 4180, line feeds): one row a claim, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io

from khabar.records import Reading

__all__ = ["COLUMNS", "CsvWriter"]

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
        return _lines([list(COLUMNS)])

    def add(self, reading: Reading) -> str:
        """The rows of a reading."""
        rows = reading.to_dicts()
        return _lines([[_cell(row[name]) for name in COLUMNS] for row in rows])

    def finish(self) -> str:
        """Nothing."""
        return ""


def _lines(rows: list[list[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    return "" if value is None else str(value)
