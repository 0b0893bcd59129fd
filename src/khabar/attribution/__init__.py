"""Attribution: who said what, how, and through whom."""

from __future__ import annotations

from khabar.records import Claim, Document, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["attribute"]


def attribute(
    document: Document,
    text: NormalText,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    resources: Resources,
) -> tuple[Claim, ...]:
    """Claims in order of their content, with ids `c0`, `c1`, …."""
    return ()
