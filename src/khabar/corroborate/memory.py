"""What was computed before and need not be again: likenesses, links, copies and stories by what they were made from."""

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

    def score(self, left: str, right: str, happening: int) -> float | None:
        """How alike one document's main happening and one of another's are, if they were compared as they are now."""
        ...

    def reasons(self, left: str, right: str) -> dict[str, float] | None:
        """Why two documents were linked, if they were."""
        ...

    def copies(self, key: str) -> CopyGroup | None:
        """A group of copies by its key."""
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

    def score(self, _left: str, _right: str, _happening: int) -> float | None:
        """None."""
        return None

    def reasons(self, _left: str, _right: str) -> dict[str, float] | None:
        """None."""
        return None

    def copies(self, _key: str) -> CopyGroup | None:
        """None."""
        return None

    def has_story(self, _basis: str) -> bool:
        """Never."""
        return False
