"""From a cue to its complement: who is its subject, what stands between, and where the content starts."""

from __future__ import annotations

from khabar.attribution.frames.reader import read_frame
from khabar.attribution.frames.walk import Frame, Link

__all__ = ["Frame", "Link", "read_frame"]
