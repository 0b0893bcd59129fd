"""Khabar reads Arabic news and keeps who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khabar.version import __version__

if TYPE_CHECKING:
    from khabar.errors import KhabarError
    from khabar.mentions.number_text import parse_number
    from khabar.reader import read
    from khabar.records import Claim, Document, Event, Mention, Reading, Rejection, Span

__all__ = [
    "Claim",
    "Document",
    "Event",
    "KhabarError",
    "Mention",
    "Reading",
    "Rejection",
    "Span",
    "__version__",
    "parse_number",
    "read",
]

# Public names by the module that holds them: imported on first use, so that `khabar --help` stays quick.
_HOME = {
    "Claim": "records",
    "Document": "records",
    "Event": "records",
    "KhabarError": "errors",
    "Mention": "records",
    "Reading": "records",
    "Rejection": "records",
    "Span": "records",
    "parse_number": "mentions.number_text",
    "read": "reader",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _HOME:
        return getattr(import_module(f"khabar.{_HOME[name]}"), name)
    raise AttributeError(f"module 'khabar' has no attribute {name!r}")
