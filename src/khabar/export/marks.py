"""A text cut where any span begins or ends, so that nested and crossing spans can all be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from khabar.records import Reading

__all__ = ["Mark", "Segment", "cut", "marks_of"]

_MENTIONS = {"PERSON": "actor", "ORG": "actor", "PLACE": "place", "TIME": "time", "QUANTITY": "number"}


class Mark(msgspec.Struct, frozen=True):
    """A span with the class that colours it and the id of the record it belongs to."""

    start: int
    end: int
    kind: str
    owner: str


class Segment(msgspec.Struct, frozen=True):
    """A stretch of text with all the marks that cover it, in the order in which they start."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def marks_of(reading: Reading) -> list[Mark]:
    """Every span of a reading, as marks."""
    marks = [Mark(m.start, m.end, _MENTIONS[m.type], m.id) for m in reading.mentions]
    for claim in reading.claims:
        marks.append(Mark(claim.content.start, claim.content.end, "content", claim.id))
        if claim.source:
            marks.append(Mark(claim.source.start, claim.source.end, "source", claim.id))
        if claim.cue:
            marks.append(Mark(claim.cue.start, claim.cue.end, "cue", claim.id))
        marks.extend(Mark(span.start, span.end, "carrier", claim.id) for span in claim.via)
    for event in reading.events:
        marks.append(Mark(event.trigger.start, event.trigger.end, "trigger", event.id))
        marks.extend(Mark(role.start, role.end, "role", event.id) for role in event.roles)
    return marks


def cut(start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Segments that cover `[start, end)` without gap or overlap; each has the marks that cover all of it."""
    inside = sorted((m for m in marks if m.start < end and m.end > start), key=lambda m: (m.start, -m.end, m.kind))
    edges = sorted({start, end, *(max(m.start, start) for m in inside), *(min(m.end, end) for m in inside)})
    active: list[Mark] = []
    following = 0
    for left, right in pairwise(edges):
        active = [mark for mark in active if mark.end > left]
        while following < len(inside) and inside[following].start <= left:
            active.append(inside[following])
            following += 1
        yield Segment(left, right, tuple(active))
