"""Places: names from the gazetteer, unknown ones by their context, and which place of a name is meant."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.mentions.gazetteer_build import build_gazetteer
from khabar.mentions.places_find import Spot, find_spots
from khabar.mentions.places_resolve import resolve
from khabar.records import Document, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_places", "place_mentions", "resolve_places"]


def find_places(text: NormalText, sentences: tuple[Sentence, ...], resources: Resources) -> list[Spot]:
    """Where places are named; spots do not overlap each other."""
    return find_spots(text, sentences, resources.compiled(build_gazetteer))


def place_mentions(text: NormalText, spots: Sequence[Spot]) -> tuple[Mention, ...]:
    """Candidate PLACE mentions without a value, one a spot."""
    return tuple(
        Mention(id="", start=spot.start, end=spot.end, text=text.original[spot.start : spot.end], type="PLACE")
        for spot in spots
    )


def resolve_places(
    document: Document,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    spots: Sequence[Spot],
    resources: Resources,
) -> tuple[Mention, ...]:
    """The same mentions, every PLACE with its `place` or with `unresolved`. Other mentions pass through.

    `spots` are those that `find_places` found; not all of them have become mentions.
    """
    if not any(mention.type == "PLACE" for mention in mentions):
        return mentions
    return resolve(document, sentences, mentions, spots, resources)
