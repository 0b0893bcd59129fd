"""Words as the value grammars see them: a token with its proclitics and its article taken off.

A clitic is taken off only where what is left is a word of the grammar's own vocabulary, so nothing is invented:
`بيوم` is ب and `يوم`, `باب` stays whole unless a vocabulary holds `اب`.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from khabar.text import NormalText, Token, kept

__all__ = ["Analysis", "PlainWord", "Vocabulary", "Word", "plain_words", "read_words"]

Analysis = tuple[str, str, bool]
"""Base, proclitics, and whether it is definite."""
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
_ADDRESS = frozenset({"http", "https", "www", "ftp"})


class PlainWord(msgspec.Struct, frozen=True, gc=False):
    """A folded word for the grammars.

    `base` is the word without the proclitics in `lead`, and without its article if it is `definite`. `known` says that
    the vocabulary has it; else nothing is taken off. `glued` says that it touches the word before it.
    """

    norm: str
    kind: str
    base: str
    lead: str
    definite: bool
    known: bool
    glued: bool

    @property
    def raw(self) -> str:
        """The word as it stands, without its proclitics; here folded."""
        return self.surface

    @property
    def surface(self) -> str:
        """The word with its article and without its proclitics."""
        return self.norm[len(self.lead) :]


class Word(PlainWord, frozen=True, gc=False):
    """A token, between `start` (after the proclitics) and `end` in the original."""

    start: int
    end: int
    text: NormalText

    @property
    def raw(self) -> str:
        """The word as it stands in the document, without its proclitics."""
        return self.text.original[self.start : self.end]


class Vocabulary:
    """The words that a grammar knows."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.analyse = kept(self._analyse)

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def _analyse(self, norm: str) -> Analysis | None:
        """(base, proclitics, definite), the fewest letters taken off first; None for a word that is not ours."""
        for lead in _leads(norm):
            rest = norm[len(lead) :]
            article = lead.endswith("لل")
            bare = rest[2:] if rest.startswith("ال") and not article else ""
            if bare in self.words and (len(bare) > 2 or rest not in self.words):
                return bare, lead, True
            if rest in self.words:
                return rest, lead, article
        return None


def read_words(text: NormalText, tokens: Iterable[Token], vocabulary: Vocabulary) -> list[Word]:
    """The words of one sentence; linear in its length."""
    words: list[Word] = []
    analyse = vocabulary.analyse
    last_end = -1
    in_address = False
    for token in tokens:
        glued = token.start == last_end
        in_address = (in_address and glued) or token.norm in _ADDRESS
        norm, start, end = token.norm, token.start, token.end
        # Nothing inside a web address is a word or a number.
        kind = "punct" if in_address else token.kind
        analysis = analyse(norm) if kind == "word" else None
        base, lead, definite = analysis or (norm, "", False)
        if lead:
            start = text.start_of(token.norm_start + len(lead))
        words.append(Word(norm, kind, base, lead, definite, analysis is not None, glued, start, end, text))
        last_end = end
    return words


def plain_words(norms: Iterable[str], vocabulary: Vocabulary) -> list[PlainWord]:
    """Folded words without a document; none touches another."""
    words: list[PlainWord] = []
    for norm in norms:
        kind = "number" if norm.isdecimal() else "word"
        analysis = vocabulary.analyse(norm) if norm.isalpha() else None
        base, lead, definite = analysis or (norm, "", False)
        words.append(PlainWord(norm, kind, base, lead, definite, analysis is not None, False))
    return words


def _leads(norm: str) -> list[str]:
    leads = [""]
    if len(norm) < 3:
        return leads
    at = 0
    if norm[0] in _CONJUNCTIONS:
        leads.append(norm[0])
        at = 1
    # Both with and without the conjunction's letter: `وبيوم` has two clitics, `بيوم` one.
    if norm[at] in _PREPOSITIONS and len(norm) - at > 2:
        leads.append(norm[: at + 1])
        if norm[at : at + 2] == "لل" and len(norm) - at > 3:
            leads.append(norm[: at + 2])
    return leads
