"""An amount: bounds, and what they count."""

from __future__ import annotations

import msgspec

from khabar.mentions.things import Thing
from khabar.numerals.cardinals import Exact

__all__ = ["Amount"]


class Amount(msgspec.Struct, frozen=True):
    """Bounds (None is open) over the words `[start, end)`, and what is counted; an absurd number is not `valid`."""

    low: Exact | None
    high: Exact | None
    start: int
    end: int
    thing: Thing | None
    approximate: bool = False
    valid: bool = True
