"""What stands in a stretch of a text, out of what is in the order of the text: found by halving it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

__all__ = ["end_before", "starting_in"]


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_T = TypeVar("_T", bound=_Placed)
_START = attrgetter("start")


def starting_in(items: Sequence[_T], start: int, end: int) -> Sequence[_T]:
    """Those of `items`, which are in order of their starts, that start from `start` on and before `end`."""
    return items[bisect_left(items, start, key=_START) : bisect_left(items, end, key=_START)]


def end_before(ends: Sequence[int], offset: int) -> int:
    """The last of these ends of sentences, in order, that stands before an offset; 0 where none does."""
    at = bisect_left(ends, offset)
    return ends[at - 1] if at else 0
