"""Dates as names: of a newspaper, a square, a war, which are no time, and of an event, which has its own year."""

from __future__ import annotations

import msgspec

from khabar.mentions.time_nodes import Date, Found
from khabar.mentions.time_scan import Scan

__all__ = ["is_name", "with_event"]


def is_name(s: Scan, found: Found) -> bool:
    """`صحيفة 26 سبتمبر`, `حرب أكتوبر`, `قصر 22 مايو`: a date without a year after what it names."""
    node = found.node
    if not isinstance(node, Date) or node.year is not None or node.shift is not None or node.month is None:
        return False
    before = s.words[found.start - 1] if found.start else None
    if before is None or s.lead(found.start):
        return False
    return before.surface.removeprefix("ال") in s.lex.frames["named"] or before.base in s.lex.frames["named"]


def with_event(s: Scan, found: Found) -> Found:
    """`ثورة 25 يناير`, `أحداث 11 سبتمبر`: the year of the event that news names by its day."""
    node = found.node
    if not isinstance(node, Date) or node.year is not None or node.shift is not None or node.month is None:
        return found
    year = s.lex.anniversaries.get((_head(s, found.start), node.month, node.day))
    return Found(msgspec.structs.replace(node, year=year), found.start, found.end) if year else found


def _head(s: Scan, start: int) -> str:
    """The word that the date belongs to, without its proclitics."""
    word = s.norm(start - 1)
    return next((head for head in (word, word[1:], word[2:]) if head in s.lex.events), "")
