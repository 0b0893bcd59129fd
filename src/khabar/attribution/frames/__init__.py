"""From a cue to its complement: who is its subject, what stands between, and where the content starts."""

from __future__ import annotations

from khabar.attribution.frames.hearers import is_told_at
from khabar.attribution.frames.reader import read_frame
from khabar.attribution.frames.walk import Frame, Link

__all__ = ["Frame", "Link", "is_told_at", "read_frame"]
