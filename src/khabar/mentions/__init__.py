"""Mentions: persons, organisations, places, times and quantities, with their values."""

from __future__ import annotations

import msgspec

from khabar.mentions.names import find_names
from khabar.mentions.overlap import resolve_overlaps
from khabar.mentions.places import find_places, place_mentions, resolve_places
from khabar.mentions.quantities import find_quantities
from khabar.mentions.times import find_times
from khabar.records import Document, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_mentions"]


def find_mentions(
    document: Document, text: NormalText, sentences: tuple[Sentence, ...], resources: Resources
) -> tuple[Mention, ...]:
    """All mentions in order of their start, with ids `m0`, `m1`, ….

    Times and quantities may overlap names (`عشرات الدواعش` holds an organisation); names do not overlap each other.
    """
    times = find_times(document, text, sentences, resources)
    quantities = find_quantities(text, sentences, times, resources)
    names = find_names(document, text, sentences, resources)
    spots = find_places(text, sentences, resources)
    named = resolve_overlaps(names, place_mentions(text, spots), times, quantities)
    named = resolve_places(document, sentences, named, spots, resources)
    ordered = sorted((*times, *quantities, *named), key=lambda mention: (mention.start, -mention.end, mention.type))
    return tuple(_with_id(mention, number) for number, mention in enumerate(ordered))


def _with_id(mention: Mention, number: int) -> Mention:
    return msgspec.structs.replace(mention, id=f"m{number}")
