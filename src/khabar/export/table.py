"""Claims as tables for a terminal, an article after the other.

Terminals that order right-to-left text do so line by line, and would carry Arabic from one column into the next; a
left-to-right mark at each border keeps every cell in its place. Terminals that do not are left as they are.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.box import ROUNDED
from rich.console import Console
from rich.table import Table
from rich.text import Text

from khabar.records import Claim, Event, Reading

__all__ = ["TableWriter", "keep_cells"]

_WIDTH = 110  # columns, where the output is no terminal
_LRM = "\u200e"
_BORDER = "│"
_STANCES = {"asserts": "green", "denies": "red", "suggests": "yellow", "demands": "magenta"}


class TableWriter:
    """A heading and a table for each reading."""

    def __init__(self, *, terminal: bool) -> None:
        self._buffer = io.StringIO()
        if terminal:
            width = Console().width
            self._console = Console(file=self._buffer, force_terminal=True, width=width)
        else:
            self._console = Console(file=self._buffer, width=_WIDTH, no_color=True)

    def start(self) -> str:
        """Nothing."""
        return ""

    def add(self, reading: Reading) -> str:
        """The reading's heading and table."""
        self._console.print(_heading(reading))
        if reading.claims or reading.events:
            self._console.print(_table(reading))
        else:
            self._console.print("no claims and no events", style="dim")
        self._console.print()
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return keep_cells(text)

    def finish(self) -> str:
        """Nothing."""
        return ""


def keep_cells(table: str) -> str:
    """A drawn table with a left-to-right mark at each border, so that Arabic stays in its cell."""
    return table.replace(_BORDER, _LRM + _BORDER + _LRM)


def _heading(reading: Reading) -> Text:
    document = reading.document
    parts = [document.publisher, document.published, document.external_id]
    heading = Text(_shown(document.title) or document.external_id, style="bold")
    return heading.append(Text("\n" + " · ".join(_shown(part) for part in parts if part), style="dim"))


def _table(reading: Reading) -> Table:
    table = Table(box=ROUNDED, show_lines=True, expand=True)
    table.add_column("source", ratio=3, justify="right")
    table.add_column("says", ratio=2, justify="right")
    table.add_column("what", ratio=6, justify="right")
    table.add_column("events", ratio=3)
    for claim in reading.claims:
        events = [event for event in reading.events if event.claim == claim.id]
        table.add_row(_source(claim), _says(claim), Text(_shown(claim.content.text)), _events(events))
    own = [event for event in reading.events if event.claim is None]
    if own:
        table.add_row(Text("the outlet itself", style="dim"), Text(""), Text(""), _events(own))
    return table


def _source(claim: Claim) -> Text:
    cell = Text(_shown(claim.source.text) if claim.source else "?")
    if claim.source:
        cell.append("\n" + claim.source.kind.replace("_", " "), style="dim")
    for span in claim.via:
        cell.append("\nvia " + _shown(span.text), style="cyan")
    return cell


def _says(claim: Claim) -> Text:
    cell = Text(_shown(claim.cue.text) if claim.cue else "…")
    cell.append("\n" + claim.stance, style=_STANCES[claim.stance])
    return cell.append("\n" + claim.quote, style="dim")


def _events(events: Iterable[Event]) -> Text:
    lines = [Text.assemble(event.type, " ", (_shown(event.trigger.text), "bold"), _doubt(event)) for event in events]
    return Text("\n").join(lines)


def _doubt(event: Event) -> str:
    return "" if event.factuality == "certain" else f" ({event.factuality})"


def _shown(text: str | None) -> str:
    """On one line, without characters that steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in " ".join((text or "").split()))
