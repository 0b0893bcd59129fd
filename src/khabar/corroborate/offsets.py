"""What stands in a stretch of a text, out of what is in the order of the text: found by halving it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Protocol, TypeVar

from khabar.records import Claim, Event

__all__ = ["end_before", "opening_inside", "reaching", "starting_in"]


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


def opening_inside(event: Event, contents: Sequence[tuple[int, int, str]]) -> str | None:
    """The claim whose content opens inside an event's word: و | صلت."""
    at = bisect_right(contents, (event.trigger.start, 0, ""))
    inside = at < len(contents) and contents[at][0] < event.trigger.end
    return contents[at][2] if inside else None


def reaching(claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """Starts of sources and cues in order, each with the furthest end of all that start until there."""
    spans = sorted((s.start, s.end) for claim in claims for s in (claim.source, claim.cue) if s)
    ends = accumulate((end for _, end in spans), max)
    return [(start, end) for (start, _), end in zip(spans, ends, strict=True)]
