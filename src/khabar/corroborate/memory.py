"""What was computed before and need not be again: links, copies and stories by what they were made from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from khabar.corroborate.records import CopyGroup

__all__ = ["Forgetful", "Memory"]


class Memory(Protocol):
    """Results of an earlier run. Nothing of it changes a result; it only saves work."""

    def text(self, document: str) -> str:
        """The text of a document, by id, for the stretches that a copy shares."""
        ...

    def is_settled(self, document: str) -> bool:
        """Whether the document was there, as it is now, in the earlier run."""
        ...

    def link(self, left: str, right: str) -> tuple[float, dict[str, float]] | None:
        """Score and reasons of a link of two settled documents, by id; None where they were not linked."""
        ...

    def copies(self, key: str) -> CopyGroup | None:
        """A group of copies of settled documents by its key."""
        ...

    def has_story(self, basis: str) -> bool:
        """Whether a story made from the very same is kept."""
        ...


class Forgetful:
    """No memory: everything is computed."""

    def __init__(self, text: Callable[[str], str]) -> None:
        self._text = text

    def text(self, document: str) -> str:
        """The text of a document."""
        return self._text(document)

    def is_settled(self, _document: str) -> bool:
        """Never."""
        return False

    def link(self, _left: str, _right: str) -> tuple[float, dict[str, float]] | None:
        """None."""
        return None

    def copies(self, _key: str) -> CopyGroup | None:
        """None."""
        return None

    def has_story(self, _basis: str) -> bool:
        """Never."""
        return False
