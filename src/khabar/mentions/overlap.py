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
    """Persons, organisations and places that do not overlap: the longer wins, then a name over a place."""
    taken: list[Mention] = []
    ranked = sorted((*names, *places), key=lambda m: (m.start - m.end, m.type == "PLACE", m.start))
    for mention in ranked:
        if not any(m.start < mention.end and mention.start < m.end for m in taken):
            taken.append(mention)
    return tuple(sorted(taken, key=lambda m: m.start))
