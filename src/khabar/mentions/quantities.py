"""Numbers with what they count."""

from __future__ import annotations

from khabar.records import Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_quantities"]


def find_quantities(
    text: NormalText, sentences: tuple[Sentence, ...], times: tuple[Mention, ...], resources: Resources
) -> tuple[Mention, ...]:
    """QUANTITY mentions with their values, in order; none inside a time."""
    return ()
