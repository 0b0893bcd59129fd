"""Time expressions, and their values anchored on the date of publication."""

from __future__ import annotations

from khabar.records import Document, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_times"]


def find_times(
    document: Document, text: NormalText, sentences: tuple[Sentence, ...], resources: Resources
) -> tuple[Mention, ...]:
    """TIME mentions with their values, or `unresolved` with the reason, in order."""
    return ()
