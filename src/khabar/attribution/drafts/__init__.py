"""Drafts: what the cues and particles of one sentence promise, before contents are cut and speakers found."""

from __future__ import annotations

from khabar.attribution.drafts.collect import collect_drafts
from khabar.attribution.drafts.draft import Draft, DraftKind

__all__ = ["Draft", "DraftKind", "collect_drafts"]
