"""Places: names from the gazetteer, unknown ones by their context, and which place of a name is meant."""

from __future__ import annotations

from khabar.records import Document, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_places", "resolve_places"]


def find_places(text: NormalText, sentences: tuple[Sentence, ...], resources: Resources) -> tuple[Mention, ...]:
    """Candidate PLACE mentions without a value, which do not overlap each other."""
    return ()


def resolve_places(
    document: Document,
    text: NormalText,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    resources: Resources,
) -> tuple[Mention, ...]:
    """The same mentions, every PLACE with its `place` or with `unresolved`. Other mentions pass through."""
    return mentions
