"""Persons and organisations: known actors from the lexicon, unknown names by their context."""

from __future__ import annotations

from khabar.records import Document, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_names"]


def find_names(
    document: Document, text: NormalText, sentences: tuple[Sentence, ...], resources: Resources
) -> tuple[Mention, ...]:
    """PERSON and ORG mentions (ids are given later), which do not overlap each other."""
    return ()
