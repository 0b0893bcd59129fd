"""Agencies and outlets by name, and which of them is the publisher itself."""

from __future__ import annotations

import re

import msgspec

from khabar.attribution.view import View
from khabar.resources import Tables
from khabar.text import fold

__all__ = ["Outlets", "build_outlets"]

_WORD = re.compile(r"\w+")
_MAX_WORDS = 5


class _CarrierRow(msgspec.Struct, frozen=True):
    names: str
    publishers: str


class Outlets(msgspec.Struct, frozen=True):
    """Folded names of outlets, each with the codes under which it publishes."""

    names: dict[str, frozenset[str]]

    def named_in(self, view: View, start: int, end: int) -> frozenset[str] | None:
        """The codes of an outlet named by the words of `[start, end)`, whatever clitic stands before the first."""
        words = [view.norm[i] for i in range(start, end) if view.tokens[i].kind != "punct"]
        for first in range(min(len(words), 4)):
            for last in range(min(len(words), first + _MAX_WORDS), first, -1):
                name = " ".join(words[first:last])
                for skip in (0, 1, 2):
                    if (codes := self.names.get(name[skip:])) is not None:
                        return codes
        return None

    def is_publisher(self, codes: frozenset[str], publisher: str | None) -> bool:
        """Whether an outlet's codes name this publisher (a code, an address or a name)."""
        if publisher is None:
            return False
        folded = " ".join(_WORD.findall(fold(publisher)))
        return publisher.lower() in codes or self.names.get(folded) == codes


def build_outlets(tables: Tables) -> Outlets:
    """Read data/cues/carriers.tsv."""
    names: dict[str, frozenset[str]] = {}
    for row in tables.rows("cues/carriers.tsv", _CarrierRow):
        codes = frozenset(row.publishers.split())
        for name in row.names.split(";"):
            key = " ".join(_WORD.findall(fold(name)))
            names.setdefault(key, codes)
    return Outlets(names)
