"""The public JSON: an object a line, or one array."""

from __future__ import annotations

from khabar.records import Reading

__all__ = ["JsonLines", "JsonWriter"]


class JsonLines:
    """One `khabar.reading/1` object a line, each ended by a line feed."""

    def start(self) -> str:
        """Nothing."""
        return ""

    def add(self, reading: Reading) -> str:
        """The reading's line."""
        return reading.to_json().decode() + "\n"

    def finish(self) -> str:
        """Nothing."""
        return ""


class JsonWriter:
    """One array of `khabar.reading/1` objects."""

    def __init__(self) -> None:
        self._count = 0

    def start(self) -> str:
        """The opening bracket."""
        return "["

    def add(self, reading: Reading) -> str:
        """The reading, after a comma where it is not the first."""
        self._count += 1
        return (",\n" if self._count > 1 else "\n") + reading.to_json().decode()

    def finish(self) -> str:
        """The closing bracket."""
        return "\n]\n" if self._count else "]\n"
