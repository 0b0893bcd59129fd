"""Places: names from the gazetteer, unknown ones by their context, and which place of a name is meant."""

from __future__ import annotations

from khabar.mentions.gazetteer_build import build_gazetteer
from khabar.mentions.places_find import find_spots
from khabar.mentions.places_resolve import resolve
from khabar.records import Document, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_places", "resolve_places"]


def find_places(text: NormalText, sentences: tuple[Sentence, ...], resources: Resources) -> tuple[Mention, ...]:
    """Candidate PLACE mentions without a value, which do not overlap each other."""
    gazetteer = resources.compiled(build_gazetteer)
    spots = find_spots(text, sentences, gazetteer)
    return tuple(
        Mention(id="", start=spot.start, end=spot.end, text=text.original[spot.start : spot.end], type="PLACE")
        for spot in spots
    )


def resolve_places(
    document: Document,
    text: NormalText,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    resources: Resources,
) -> tuple[Mention, ...]:
    """The same mentions, every PLACE with its `place` or with `unresolved`. Other mentions pass through."""
    if not any(mention.type == "PLACE" for mention in mentions):
        return mentions
    return resolve(document, text, sentences, mentions, resources)
