"""What a noun phrase is once it is read, and the document's span of it."""

from __future__ import annotations

import msgspec

from khabar.attribution.lexicon import SourceNoun
from khabar.attribution.view import NameSpan, View
from khabar.records import Span

__all__ = ["Phrase", "carrier_span", "source_span"]

_DESCRIBED = 3  # tokens: a generic noun and two more
_HANGING = frozenset({'"', "،", ",", ")", "("})


class Phrase(msgspec.Struct, frozen=True):
    """A noun phrase over tokens `[start, end)`: `skip` letters of clitics before it, its head noun and its names.

    `known` says that a source noun or a name vouches for it; `quantified` that it opens with أحد, عدد من …;
    `masculine` that it is the name of a country that takes masculine verbs, `called` that it gives a person's name
    which the mentions miss.
    """

    start: int
    end: int
    skip: int
    head: SourceNoun | None
    definite: bool
    names: tuple[NameSpan, ...]
    known: bool
    quantified: bool
    masculine: bool = False
    called: bool = False

    @property
    def has_person(self) -> bool:
        return any(name.mention.type == "PERSON" for name in self.names)

    @property
    def is_place(self) -> bool:
        """Nothing but the name of a place."""
        return self.head is None and all(name.mention.type == "PLACE" for name in self.names)

    @property
    def is_paper(self) -> bool:
        """A statement, a report: what is written rather than who speaks."""
        return self.head is not None and self.head.kind == "document"

    @property
    def is_media(self) -> bool:
        """An agency, a channel, a paper by its generic noun."""
        return self.head is not None and self.head.kind == "media"


def source_span(view: View, phrase: Phrase) -> Span:
    """The phrase without clitics and without marks that close nothing."""
    start, end = phrase.start, phrase.end
    if view.norm[start] == '"' and end - start > 2:
        start += 1
    while end > start + 1 and view.norm[end - 1] in _HANGING and not _closes_inside(view, start, end - 1):
        end -= 1
    name = view.names.get(start)
    if name is not None:
        first = max(view.tokens[start].start, name.mention.start)
        return view.text.original_span(first, view.tokens[end - 1].end)
    return view.span(start, end, skip=phrase.skip)


def _closes_inside(view: View, start: int, at: int) -> bool:
    """Whether the mark at a token closes what was opened after `start`."""
    if view.norm[at] == ")":
        return "(" in view.norm[start:at]
    if view.norm[at] != '"':
        return False
    return any(q.open[0] == view.number and start <= q.open[1] and view.close_of(q) == at for q in view.quotations)


def _is_described(view: View, phrase: Phrase, mark: int) -> bool:
    """المحطة العامة السويدية «كذا»: more than the generic noun, and no name, stands before the quoted name."""
    if phrase.head is None or phrase.head.kind != "media" or mark - phrase.start < _DESCRIBED:
        return False
    return view.outlet(phrase.start, mark) is None and not any(phrase.start <= n.start < mark for n in phrase.names)


def carrier_span(view: View, phrase: Phrase) -> Span:
    """A carrier by its generic noun and name: صحيفة «كذا», without what follows the quoted name."""
    for at in range(phrase.start + 1, phrase.end):
        if view.norm[at] == "(" and at == phrase.start + 1 and ")" in view.norm[at + 2 : phrase.end]:
            return view.span(at + 1, view.norm.index(")", at + 2))  # قناة (كذا)
        quotation = view.opened(at)
        close = view.close_of(quotation) if quotation is not None else None
        if close is not None and close < phrase.end:
            if view.norm[at - 1].endswith("وكاله") or _is_described(view, phrase, at):
                return view.span(at + 1, close)  # وكالة «كذا» is known by its name alone
            return source_span(view, msgspec.structs.replace(phrase, end=close + 1))
    return source_span(view, phrase)
