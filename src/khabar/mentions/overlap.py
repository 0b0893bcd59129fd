"""Which of two overlapping names is the mention."""

from __future__ import annotations

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
    taken: list[Mention] = []
    # Months and days are towns too (آب, الأحد): inside a time they are not.
    outside = [p for p in places if not any(_inside(p, t) for t in times)]
    ranked = sorted((*names, *outside), key=lambda m: (m.start - m.end, _weight(m), m.start))
    for mention in ranked:
        if not any(m.start < mention.end and mention.start < m.end for m in taken):
            taken.append(mention)
    return tuple(sorted(taken, key=lambda m: m.start))


def _inside(place: Mention, time: Mention) -> bool:
    return time.start <= place.start and place.end <= time.end and time.end - time.start > place.end - place.start


def _weight(mention: Mention) -> int:
    """Which of two mentions of the same stretch stays: the lower one."""
    if mention.type == "PLACE":
        return 1 if " " in mention.text else 3
    by_context = mention.type == "PERSON" and (mention.entity is None or mention.entity.id.startswith("doc:"))
    return 2 if by_context else 0
