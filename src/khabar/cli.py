"""The command line: thin commands over the library."""

from __future__ import annotations

__all__ = ["main"]


def main() -> int:
    """Entry point."""
    raise NotImplementedError
