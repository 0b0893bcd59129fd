"""Agencies and outlets by name, and which of them is the publisher itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from khabar.resources import Tables
from khabar.text import Token, fold

__all__ = ["Outlets", "build_outlets"]

_WORD = re.compile(r"\w+")
_MAX_WORDS = 5
_MAX_AFTER = 3


class _CarrierRow(msgspec.Struct, frozen=True):
    names: str
    publishers: str


class Outlets(msgspec.Struct, frozen=True):
    """Folded names of outlets, each with the codes under which it publishes."""

    names: dict[str, frozenset[str]]

    def named_in(self, tokens: Sequence[Token]) -> frozenset[str] | None:
        """The codes of an outlet named by the tokens, whatever clitic stands before the first."""
        words = [token.norm for token in tokens if token.kind != "punct"]
        # The name stands first or after a generic noun (وكالة, صحيفة), and at most an adjective or two after it.
        for first in range(min(len(words), 2)):
            for last in range(min(len(words), first + _MAX_WORDS), max(first, len(words) - _MAX_AFTER - 1), -1):
                name = " ".join(words[first:last])
                for skip in (0, 1, 2) if first == 0 else (0,):
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
