"""Words as the value grammars see them: a token with its proclitics and its article taken off.

A clitic is taken off only where what is left is a word of the grammar's own vocabulary, so nothing is invented:
`بيوم` is ب and `يوم`, `باب` stays whole unless a vocabulary holds `اب`.
"""

from __future__ import annotations

from collections.abc import Iterable

from khabar.text import NormalText, Token

__all__ = ["Vocabulary", "Word", "read_words"]

_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
_REMEMBERED = 50_000
_ADDRESS = frozenset({"http", "https", "www", "ftp"})


class Word:
    """A token for the grammars. `start` is the original offset after the proclitics in `lead`."""

    __slots__ = ("base", "definite", "end", "glued", "kind", "known", "lead", "norm", "start", "text")

    def __init__(self, text: NormalText, token: Token, analysis: tuple[str, str, bool] | None, glued: bool) -> None:
        self.norm = token.norm
        self.kind = token.kind
        self.base, self.lead, self.definite = analysis or (token.norm, "", False)
        self.known = analysis is not None
        self.glued = glued  # touches the token before it
        cut = len(self.lead)
        self.start = text.start_of(token.norm_start + cut) if cut else token.start
        self.end = token.end
        self.text = text

    @property
    def raw(self) -> str:
        """The word as it stands in the document, without its proclitics."""
        return self.text.original[self.start : self.end]

    @property
    def surface(self) -> str:
        """The word with its article and without its proclitics."""
        return self.norm[len(self.lead) :]


class Vocabulary:
    """The words that a grammar knows. What a word is is looked up once; words come back all the time."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._seen: dict[str, tuple[str, str, bool] | None] = {}

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def analyse(self, norm: str) -> tuple[str, str, bool] | None:
        """(base, proclitics, definite), the fewest letters taken off first; None for a word that is not ours."""
        try:
            return self._seen[norm]
        except KeyError:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            found = self._seen[norm] = self._analyse(norm)
            return found

    def _analyse(self, norm: str) -> tuple[str, str, bool] | None:
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
    last_end = -1
    in_address = False
    for token in tokens:
        glued = token.start == last_end
        in_address = (in_address and glued) or token.norm in _ADDRESS
        analysis = vocabulary.analyse(token.norm) if token.kind == "word" and not in_address else None
        word = Word(text, token, analysis, glued)
        if in_address:
            word.kind = "punct"  # nothing inside a web address is a word or a number
        words.append(word)
        last_end = token.end
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
