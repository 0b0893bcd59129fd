"""Readings as one self-contained page."""

from __future__ import annotations

from khabar.records import Reading

__all__ = ["reading_fragment"]


def reading_fragment(reading: Reading) -> str:
    """The article with its claims marked, as an HTML fragment for a notebook."""
    raise NotImplementedError
