"""Events: what the article says happened, will happen, or did not."""

from __future__ import annotations

from khabar.records import Claim, Document, Event, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_events"]


def find_events(
    document: Document,
    text: NormalText,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    claims: tuple[Claim, ...],
    resources: Resources,
) -> tuple[Event, ...]:
    """Events in order of their trigger, with ids `e0`, `e1`, …."""
    return ()
