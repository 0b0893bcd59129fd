"""Agencies and outlets by name, and which of them is the publisher itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from khabar.resources import Tables
from khabar.text import Token, fold

__all__ = ["Outlets", "build_outlets"]

_WORD = re.compile(r"\w+")
_WHERE = frozenset({"في", "لدي", "من"})  # مراسل «كذا» في المدينة
_MAX_WORDS = 5
_MAX_AFTER = 3
_GENERIC = frozenset(
    map(
        fold,
        "وكالة صحيفة جريدة قناة إذاعة راديو موقع شبكة بوابة مجلة منصة يومية أسبوعية تلفزيون فضائية مراسل مندوب".split(),
    )
)


class _CarrierRow(msgspec.Struct, frozen=True):
    names: str
    publishers: str


class Outlets(msgspec.Struct, frozen=True):
    """Folded names of outlets, each with the codes under which it publishes."""

    names: dict[str, frozenset[str]]

    def named_in(self, tokens: Sequence[Token]) -> frozenset[str] | None:
        """The codes of an outlet named by the tokens, whatever clitic stands before the first."""
        words = [token.norm for token in tokens if token.kind != "punct"]
        # The name stands first or after a generic noun (وكالة, صحيفة), and at most an adjective or two after it.
        for first in range(min(len(words), 2)):
            if first and _bare(words[:1]):
                break  # «الكرمل اليوم» is no «اليوم»
            for last in range(min(len(words), first + _MAX_WORDS), max(first, len(words) - _MAX_AFTER - 1), -1):
                name = " ".join(words[first:last])
                for skip in (0, 1, 2) if first == 0 else (0,):
                    if (codes := self.names.get(name[skip:])) is not None:
                        return codes
        return None

    def is_publisher(self, codes: frozenset[str], publisher: str | None) -> bool:
        """Whether an outlet's codes name this publisher (a code, an address or a name)."""
        if publisher is None:
            return False
        folded = " ".join(_WORD.findall(fold(publisher)))
        return publisher.lower() in codes or self.names.get(folded) == codes

    def is_named(self, tokens: Sequence[Token], publisher: str | None) -> bool:
        """Whether tokens name this publisher by the very words of its name, its generic noun left out."""
        if publisher is None:
            return False
        words = [token.norm for token in tokens if token.kind != "punct"]
        said = _bare(words[: next((at for at, word in enumerate(words) if at and word in _WHERE), len(words))])
        name = _bare(_WORD.findall(fold(publisher)))
        if not said or not name or len(said) > len(name):
            return False
        first = [said[0], *(said[0][skip:] for skip in (1, 2) if said[0][:1] in {"ل", "ب", "و"})]
        return any([word, *said[1:]] == name[: len(said)] for word in first)

    def is_kind_of(self, word: str, publisher: str | None) -> bool:
        """Whether a generic noun (الإذاعة) is what this publisher calls itself: إذاعة كذا."""
        first = _WORD.findall(fold(publisher))[:1] if publisher is not None else []
        return bool(first) and first[0] in _GENERIC and word.removeprefix("ال") == first[0]


def _bare(words: Sequence[str]) -> list[str]:
    """A name without clitics before it and without the generic nouns that open it."""
    kept = list(words)
    while kept:
        for skip in (0, 1, 2):
            bare = ("ال" if kept[0].startswith("لل") and skip == 2 else "") + kept[0][skip:]
            if bare in _GENERIC or (len(kept) == 1 and skip == 0 and not bare):
                kept = kept[1:]
                break
        else:
            break
    return kept


def build_outlets(tables: Tables) -> Outlets:
    """Read data/cues/carriers.tsv."""
    names: dict[str, frozenset[str]] = {}
    for row in tables.rows("cues/carriers.tsv", _CarrierRow):
        codes = frozenset(row.publishers.split())
        for name in row.names.split(";"):
            key = " ".join(_WORD.findall(fold(name)))
            names.setdefault(key, codes)
    return Outlets(names)
