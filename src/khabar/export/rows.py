"""Lists of rows (claims, events, actors, documents, stories) as a table, JSON lines or CSV."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from rich.box import ROUNDED
from rich.console import Console
from rich.table import Table
from rich.text import Text

from khabar.export.csv import csv_lines
from khabar.export.table import keep_cells

__all__ = ["rows_as"]

_WIDTH = 140  # columns, where the output is no terminal


def rows_as(form: str, columns: Sequence[str], rows: Iterable[dict[str, Any]], *, terminal: bool = False) -> str:
    """The rows' columns in one of `table`, `jsonl`, `csv`; JSON lines hold every key of a row."""
    if form == "jsonl":
        return "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)
    if form == "csv":
        return csv_lines([list(columns), *([row.get(name) for name in columns] for row in rows)])
    table = Table(box=ROUNDED, show_lines=False)
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_shown(row.get(name))) for name in columns))
    buffer = io.StringIO()
    width = Console().width if terminal else _WIDTH
    Console(file=buffer, width=width, force_terminal=terminal, no_color=not terminal).print(table)
    return keep_cells(buffer.getvalue())


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)
