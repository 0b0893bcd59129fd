"""What training refuses."""

from __future__ import annotations

__all__ = ["TrainError"]


class TrainError(Exception):
    """Something that training was given is missing, damaged or not supported; the message says what and where."""
