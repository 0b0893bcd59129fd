"""Which of two overlapping names is the mention."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from khabar.records import Mention

__all__ = ["resolve_overlaps"]


def resolve_overlaps(
    names: tuple[Mention, ...],
    places: tuple[Mention, ...],
    times: tuple[Mention, ...],
    quantities: tuple[Mention, ...],
) -> tuple[Mention, ...]:
    """Persons, organisations and places that do not overlap: the longer wins, then a name over a place.

    A place of two words or more wins over a person whom only the context made one (`مزار الشريف`).
    """
    # Months and days are towns too (آب, الأحد): inside a time they are not.
    starts = [time.start for time in times]
    outside = [place for place in places if not _inside(place, times, starts)]
    ranked = sorted((*names, *outside), key=lambda m: (m.start - m.end, _weight(m), m.start))
    taken = _Taken()
    return tuple(sorted((mention for mention in ranked if taken.add(mention)), key=lambda m: m.start))


class _Taken:
    """Stretches that do not overlap, in order: adding one costs a search, however many there are."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, mention: Mention) -> bool:
        """Take the mention's stretch if it is free."""
        at = bisect_left(self._starts, mention.end)
        if at and self._ends[at - 1] > mention.start:
            return False
        self._starts.insert(at, mention.start)
        self._ends.insert(at, mention.end)
        return True


def _inside(place: Mention, times: tuple[Mention, ...], starts: list[int]) -> bool:
    """Whether a place is a part of a time; times are in order and do not overlap."""
    at = bisect_right(starts, place.start) - 1
    if at < 0:
        return False
    time = times[at]
    return place.end <= time.end and time.end - time.start > place.end - place.start


def _weight(mention: Mention) -> int:
    """Which of two mentions of the same stretch stays: the lower one."""
    if mention.type == "PLACE":
        return 1 if " " in mention.text else 3
    by_context = mention.type == "PERSON" and (mention.entity is None or mention.entity.id.startswith("doc:"))
    return 2 if by_context else 0
