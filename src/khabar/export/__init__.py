"""Readings in the forms that people and programs take them: one file a format."""

from __future__ import annotations

from khabar.export.writer import Writer, writer_for

__all__ = ["Writer", "writer_for"]
