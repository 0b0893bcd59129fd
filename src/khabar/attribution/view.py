"""One sentence as attribution sees it: folded words, the names in it, quotations, and what each word may open."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

import msgspec

from khabar.attribution.lexicon import CueForm, CueLexicon, SourceNoun
from khabar.attribution.outlets import Outlets, where_told
from khabar.attribution.quotations import Quotation
from khabar.records import Mention, Span
from khabar.text import NormalText, Sentence, Token

__all__ = ["COMPLEMENTISERS", "NameSpan", "View", "make_view"]

_STEMS = ("", "ه", "ها", "هم", "هما", "هن", "ني", "نا", "نني", "ننا")
COMPLEMENTISERS = frozenset(head + "ان" + tail for head in ("", "ب") for tail in _STEMS) | {"انما", "الا"}
_WITH_PRONOUN = frozenset(head + "ان" + tail for head in ("", "ب") for tail in _STEMS[1:])
_IN_THE_NAME_OF = frozenset({"باسمه", "باسمها", "باسمهم"})  # الناطق باسمه: the name باسمة is spelled otherwise
_ARTICLE = 3  # letters that may stand before a noun: وال
_SPELT = {"امام": "إمام", "امر": "آمر"}  # sources that are other words once they are folded: أمام, أمر
_COMMAS = frozenset({"،", ",", "؛", ";"})


class NameSpan(msgspec.Struct, frozen=True):
    """A person, organisation or place in the sentence: first and last token (exclusive)."""

    mention: Mention
    start: int
    end: int


class View:
    """A sentence with what the steps of attribution ask of it; positions are token numbers."""

    __slots__ = (
        "_nouns", "_opened", "counted", "covered", "forms", "lexicon", "names", "norm", "number", "outlets", "phrases",
        "quotations", "quote", "sentence", "surnames", "text", "timed", "tokens", "told",
    )  # fmt: skip

    def __init__(
        self,
        text: NormalText,
        number: int,
        sentence: Sentence,
        mentions: Sequence[Mention],
        quotations: tuple[Quotation, ...],
        lexicon: CueLexicon,
        outlets: Outlets,
        surnames: Set[str] = frozenset(),
        own: tuple[str, ...] = (),
    ) -> None:
        self.text = text
        self.surnames = surnames  # folded last words of the people that the document has named in full
        self.number = number
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.norm = [token.norm for token in sentence.tokens]
        self.lexicon = lexicon
        self.outlets = outlets
        # What was read at a place is looked up by the steps that come by it again.
        self._nouns: dict[int, tuple[SourceNoun, int, bool] | None] = {}
        self.forms: dict[int, tuple[tuple[CueForm, ...], int, bool] | None] = {}
        self.phrases: dict[tuple[object, ...], Any] = {}
        self.names: dict[int, NameSpan] = {}
        self.covered: list[NameSpan | None] = [None] * len(self.tokens)
        self.timed = [False] * len(self.tokens)
        self.counted = [False] * len(self.tokens)  # whether a number with what it counts begins here
        self.told = where_told(self.tokens, own)  # who was told is the publisher: first token and end
        self._place(mentions)
        self.quotations = quotations
        self.quote: list[Quotation | None] = [None] * len(self.tokens)
        self._opened = {q.open[1]: q for q in reversed(quotations) if q.open[0] == number}
        self._quote()

    def __len__(self) -> int:
        return len(self.tokens)

    def _place(self, mentions: Sequence[Mention]) -> None:
        """Lay mentions over tokens; both are in order, so one walk does."""
        at = 0
        for mention in mentions:
            if mention.text in _IN_THE_NAME_OF:
                continue
            while at < len(self.tokens) and self.tokens[at].end <= mention.start:
                at += 1
            end = at
            while end < len(self.tokens) and self.tokens[end].start < mention.end:
                end += 1
            end = next((told for told in range(at + 1, end) if told in self.told), end)  # فلان | لصدى كذا
            if mention.type in {"PERSON", "ORG", "PLACE"}:
                if at < end and self.covered[at] is None:
                    name = NameSpan(mention, at, end)
                    self.names[at] = name
                    self.covered[at:end] = [name] * (end - at)
            elif mention.type == "TIME":
                self.timed[at:end] = [True] * (end - at)
            elif at < end:
                self.counted[at] = True

    def _quote(self) -> None:
        """The innermost quotation of every token between marks."""
        for quotation in self.quotations:
            start = quotation.open[1] + 1 if quotation.open[0] == self.number else 0
            end = quotation.close[1] if quotation.close and quotation.close[0] == self.number else len(self.tokens)
            self.quote[start:end] = [quotation] * max(0, end - start)

    def original(self, at: int) -> str:
        """The token as written."""
        token = self.tokens[at]
        return self.text.original[token.start : token.end]

    def spelled(self, at: int) -> str:
        """The folded token, but with a ة at its end."""
        word = self.norm[at]
        return word[:-1] + "ة" if word[-1:] == "ه" and self.original(at)[-1:] == "ة" else word

    def has(self, at: int, words: str) -> bool:
        """Whether the token stands in a word list of words.tsv."""
        listed = 0 <= at < len(self.norm) and self.norm[at] in self.lexicon.words[words]
        if listed and self.norm[at] == "علي" and self.covered[at] is not None:
            return False  # قال علي العامري إن: folded the name is spelled as the preposition
        return listed and not (self.norm[at] in _SPELT and self._is_spelt(at))  # إمام is not أمام

    def has_noun(self, at: int, words: str) -> bool:
        """As `has`, with the article or without."""
        return self.has(at, words) or (
            0 <= at < len(self.norm) and self.norm[at][:2] == "ال" and self.norm[at][2:] in self.lexicon.words[words]
        )

    def has_joined(self, at: int, words: str) -> bool:
        """As `has`, with و or ف before it or not."""
        if self.has(at, words):
            return True
        joined = 0 <= at < len(self.norm) and self.norm[at][:1] in {"و", "ف"}
        return joined and self.norm[at][1:] in self.lexicon.words[words]

    def noun(self, at: int) -> tuple[SourceNoun, int, bool] | None:
        """The source noun in a token, the letters of clitics before it, and if it is definite."""
        if at not in self._nouns:
            if self.has(at, "aside") or not self._is_spelt(at):
                return self._nouns.setdefault(at)
            self._nouns[at] = self.lexicon.source_noun(self.spelled(at))
        return self._nouns[at]

    def _is_spelt(self, at: int) -> bool:
        """Whether a word that folds together with another is written as the noun that speaks: إمام, not أمام."""
        for word, spelling in _SPELT.items():
            if self.norm[at].endswith(word) and spelling not in self.original(at):
                return len(self.norm[at]) > len(word) + _ARTICLE
        return True

    def is_comma(self, at: int) -> bool:
        return 0 <= at < len(self.norm) and self.norm[at] in _COMMAS

    def is_complementiser(self, at: int) -> bool:
        """أن or إن, with a pronoun or not; not where it belongs to the word before it (بعد أن)."""
        if not (0 <= at < len(self.norm)) or self.norm[at] not in COMPLEMENTISERS or self.covered[at] is not None:
            return False
        if self.norm[at] == "الا" and (self.original(at)[:1] == "إ" or self.norm[at + 1 : at + 2] == ["ان"]):
            return False  # إلا أن: folded it is spelled as ألا
        # The name علي looks like the preposition.
        return not (at and self.covered[at - 1] is None and self.has(at - 1, "bound"))

    def holds_pronoun(self, at: int) -> bool:
        """Whether a complementiser carries its pronoun (أنه)."""
        return self.norm[at] in _WITH_PRONOUN

    def outlet(self, start: int, end: int) -> frozenset[str] | None:
        """The codes of an outlet that the tokens `[start, end)` name."""
        return self.outlets.named_in(self.tokens[start:end])

    def opened(self, at: int) -> Quotation | None:
        """The quotation whose opening mark is this token."""
        return self._opened.get(at)

    def close_of(self, quotation: Quotation) -> int | None:
        """The token of the closing mark, if it is in this sentence."""
        if quotation.close and quotation.close[0] == self.number:
            return quotation.close[1]
        return None

    def span(self, start: int, end: int, *, skip: int = 0) -> Span:
        """The document's span of tokens `[start, end)`, `skip` folded letters into the first."""
        token = self.tokens[start]
        first = self.text.start_of(token.norm_start + skip) if skip else token.start
        return self.text.original_span(first, self.tokens[end - 1].end)


def make_view(
    text: NormalText,
    number: int,
    sentence: Sentence,
    mentions: Sequence[Mention],
    quotations: tuple[Quotation, ...],
    lexicon: CueLexicon,
    outlets: Outlets,
    surnames: Set[str] = frozenset(),
    own: tuple[str, ...] = (),
) -> View:
    """A view of one sentence; `mentions` are those that start in it, in order, `own` the name of the publisher."""
    return View(text, number, sentence, mentions, quotations, lexicon, outlets, surnames, own)
