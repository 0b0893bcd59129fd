"""Noun phrases that name who speaks, read forward from a token."""

from __future__ import annotations

from khabar.attribution.phrases.phrase import Phrase, carrier_span, source_span
from khabar.attribution.phrases.reader import read_phrase

__all__ = ["Phrase", "carrier_span", "read_phrase", "source_span"]
