"""What is kept of words: made once, and forgotten before it grows without end."""

from __future__ import annotations

import sys

import pytest

from khabar.text import kept


def test_each_word_is_made_once() -> None:
    made: list[str] = []

    def length(word: str) -> int | None:
        made.append(word)
        return len(word) or None

    look = kept(length)
    assert [look("قال"), look(""), look("قال"), look("")] == [3, None, 3, None]
    assert made == ["قال", ""]


def test_beyond_a_bound_all_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[kept.__module__], "_MOST", 3)
    made: list[str] = []
    look = kept(made.append)
    for word in "abcab":
        look(word)
    assert made == ["a", "b", "c"]
    for word in "dda":
        look(word)
    assert made == ["a", "b", "c", "d", "a"]
