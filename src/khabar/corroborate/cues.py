"""Word lists of `data/corroborate/cues.tsv`, by list."""

from __future__ import annotations

import msgspec

from khabar.corroborate.words import stem_of
from khabar.resources import Tables
from khabar.text import fold

__all__ = ["Cues", "build_cues"]

_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "ول", "وب", "فال", "كال")


class Cues(msgspec.Struct, frozen=True):
    """Folded forms by list, with the clitics and the article that a form may carry."""

    lists: dict[str, frozenset[str]]

    def has(self, name: str, word: str) -> bool:
        """Whether a folded word is on a list."""
        return word in self.lists[name]

    def any(self, name: str, words: list[str]) -> bool:
        """Whether one of the folded words is on a list."""
        return not self.lists[name].isdisjoint(words)

    def ordinals(self, words: list[str]) -> set[str]:
        """Ordinal numbers among folded words, by their stems."""
        return {stem_of(word) for word in words if word in self.lists["ordinal"]}


class _Row(msgspec.Struct, frozen=True):
    list: str
    words: str


class _Source(msgspec.Struct, frozen=True):
    forms: str
    agrees: str = ""


class _Given(msgspec.Struct, frozen=True):
    name: str


def build_cues(tables: Tables) -> Cues:
    """From the table; `given` are the reader's given names, `several` its nouns for people in the plural: neither takes
    clitics."""
    lists: dict[str, frozenset[str]] = {}
    for row in tables.rows("corroborate/cues.tsv", _Row):
        forms = [fold(word) for word in row.words.split()]
        # Short words take no clitics here: with one they are other words (لا, كلا).
        lists[row.list] = frozenset(
            clitic + form for form in forms for clitic in (_CLITICS if len(form) > 2 else ("", "و"))
        )
    lists["several"] = frozenset(
        fold(form)
        for row in tables.rows("cues/sources.tsv", _Source)
        if row.agrees == "p"
        for form in row.forms.split()
    )
    lists["given"] = frozenset(fold(row.name) for row in tables.rows("names/given.tsv", _Given))
    return Cues(lists)
