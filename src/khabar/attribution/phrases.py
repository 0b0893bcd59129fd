"""Noun phrases that name who speaks: read forward from a token, with apposition, descriptors and relative clause.

The reader is greedy within rules of Arabic noun phrases: an indefinite noun that takes an idafa goes on to the noun
that makes it definite (وزير | الخارجية), adjectives agree in the article, a title after a name is an apposition, a
noun phrase that is complete ends where a bare noun begins (قيادة التحالف | بدء هدنة).
"""

from __future__ import annotations

import msgspec

from khabar.attribution.cues import is_finite
from khabar.attribution.lexicon import SourceNoun
from khabar.attribution.modifiers import (
    ADJECTIVE_ENDINGS,
    TITLES,
    has_article,
    is_definite_adjective,
    is_title,
    is_titling,
    name_skip,
    parenthesis_end,
    relative_end,
    skip_quantifiers,
)
from khabar.attribution.view import NameSpan, View
from khabar.records import Span

__all__ = ["Phrase", "carrier_span", "read_phrase", "source_span"]

_MAX_TOKENS = 45
_BODY = SourceNoun("organization", "idafa", "m")
_BRANCH = SourceNoun("document", "idafa", "m")
_UNNAMED = frozenset({"unnamed_official", "unnamed_source", "witness"})
_NOTHING: frozenset[str] = frozenset()


class Phrase(msgspec.Struct, frozen=True):
    """A noun phrase over tokens `[start, end)`: `skip` letters of clitics before it, its head noun and its names.

    `known` says that a source noun or a name vouches for it; `quantified` that it opens with أحد, عدد من ….
    """

    start: int
    end: int
    skip: int
    head: SourceNoun | None
    definite: bool
    names: tuple[NameSpan, ...]
    known: bool
    quantified: bool
    masculine: bool = False  # the name of a country that takes masculine verbs

    @property
    def has_person(self) -> bool:
        return any(name.mention.type == "PERSON" for name in self.names)

    @property
    def is_place(self) -> bool:
        """Nothing but the name of a place."""
        return self.head is None and all(name.mention.type == "PLACE" for name in self.names)


class _Reader:
    """One reading: where it is, and if the phrase is complete (closed)."""

    def __init__(self, view: View, start: int, *, nominal: bool, takes: frozenset[str], until: int) -> None:
        self.view = view
        self.until = min(until, len(view), start + _MAX_TOKENS)
        self.start = start
        self.nominal = nominal
        self.takes = takes
        self.closed = False
        self.definite = False
        self.head: SourceNoun | None = None
        self.governor: SourceNoun | None = None  # the last title or head: what a preposition may belong to
        self.named = False  # the last thing read was a person's name
        self.placed = False  # inside في + where the speaker belongs: an idafa goes on
        self.names: list[NameSpan] = []

    def read(self) -> Phrase | None:
        view = self.view
        first = skip_quantifiers(view, self.start)
        opened = self._head(first)
        if opened is None:
            return None
        end, skip = opened
        while end < self.until:
            following = self._next(end)
            if following is None:
                break
            end = following
        quantified = first > self.start
        if quantified:
            skip = 0 if view.has(self.start, "quantifier") else 1
        known = self.head is not None or any(
            name.start == first or (name.start == first + 1 and view.norm[first] == '"') for name in self.names
        )
        masculine = view.has(first, "masculine_place")
        return Phrase(self.start, end, skip, self.head, self.definite, tuple(self.names), known, quantified, masculine)

    def _head(self, at: int) -> tuple[int, int] | None:
        """Read the first word or name; gives the next token and the letters of clitics."""
        view = self.view
        if at >= len(view):
            return None
        name = view.names.get(at)
        if name is not None:
            return self._take_name(name), name_skip(view, name)
        word = view.norm[at]
        if word == '"':
            end = self._quoted(at)
            return None if end is None else (end, 0)
        if view.tokens[at].kind != "word" or view.timed[at] or self._stops(at) or view.has(at, "preposition"):
            return None
        found = view.lexicon.source_noun(word)
        if found is not None:
            self.head, skip, self.definite = found
            self.governor = self.head
            self.closed = self.definite
            return at + 1, skip
        self.closed = self.definite = has_article(word)
        return at + 1, 0

    def _take_name(self, name: NameSpan) -> int:
        """Take a name, and the closing mark right after a quoted one."""
        self.names.append(name)
        self.closed = self.definite = True
        self.named = name.mention.type == "PERSON"
        if name.mention.type == "ORG" and not self.placed:
            self.governor = _BODY
        view, at = self.view, name.end
        if at < len(view) and view.norm[at] == '"' and view.opened(at) is None and at > self.start:
            opened = (q.open for q in view.quotations if view.close_of(q) == at)
            if any(mark >= (view.number, self.start) for mark in opened):
                return at + 1
        return at

    def _quoted(self, at: int) -> int | None:
        """A name in quotation marks: a known one, or a few words that are no sentence."""
        view = self.view
        quotation = view.opened(at)
        close = view.close_of(quotation) if quotation else None
        if close is None or not 1 <= close - at - 1 <= 6:
            return None
        names = [view.names[i] for i in range(at + 1, close) if i in view.names]
        if not names and close - at - 1 > 3:
            return None
        self.names.extend(names)
        self.closed = self.definite = True
        self.named = bool(names) and names[-1].mention.type == "PERSON"
        return close + 1

    def _next(self, at: int) -> int | None:
        """The token after the next part of the phrase, or None where the phrase ends."""
        view = self.view
        name = view.names.get(at)
        if name is not None:
            return self._next_name(name)
        token = view.tokens[at]
        if token.kind == "punct":
            return self._next_mark(at)
        if token.kind == "number" or view.timed[at]:
            return None
        if view.has(at, "relative") or (view.has(at, "withholding") and self._is_unnamed() and not self.definite):
            return self._relative_after(at)
        if not self.closed and view.has(at, "adjective"):
            return self._next_word(at)
        if view.has(at, "called") and at + 1 in view.names:
            return at + 1
        if view.has(at, "led_by"):
            self.closed, self.placed = False, True
            return at + 1
        preposition = self._preposition(at)
        if preposition:
            return preposition
        if token.norm in {"وهو", "وهي"}:
            return self._who_is(at)
        if preposition is None or self._stops(at):
            return None
        return self._next_word(at)

    def _who_is(self, at: int) -> int | None:
        """محمد سالم وهو قائد ميداني: a description, not وهو يقف, a circumstance."""
        following = self.view.norm[at + 1] if at + 1 < len(self.view) else "ي"
        if not self.named or following[0] in {"ي", "ت"}:
            return None
        return relative_end(self.view, at)

    def _next_name(self, name: NameSpan) -> int | None:
        view = self.view
        word = view.norm[name.start]
        is_person = name.mention.type == "PERSON"
        if name_skip(view, name):
            belongs = self.governor is not None and not self.named
            if word[:1] == "و" and self.closed:
                # A second speaker: الشرطة والجيش.
                second = name.mention.type != "PLACE" or (self.head is None and not self.nominal)
                return self._take_name(name) if second or self._all_places() else None
            if word[:1] == "ب" and belongs and "ب" not in self.takes:
                return self._take_name(name)
            attached = self.closed and view.has_noun(name.start - 1, "attached")
            if word[:1] == "ل" and belongs and (name.mention.type == "PLACE" or self._owned() or attached):
                is_outlet = view.outlet(name.start, name.end) is not None
                return None if is_outlet else self._take_name(name)
            return None
        if self.nominal and self.closed and not is_person and view.norm[name.start - 1] != "(":
            return None
        if self.nominal and self.named and is_person:
            return None
        return self._take_name(name)

    def _all_places(self) -> bool:
        return self.head is None and all(name.mention.type == "PLACE" for name in self.names)

    def _owned(self) -> bool:
        """Whether ل after the phrase says whose it is: a title or a document."""
        return self._titled() or (self.governor is not None and self.governor.kind == "document")

    def _titled(self) -> bool:
        return self.governor is not None and self.governor.kind in TITLES

    def _next_mark(self, at: int) -> int | None:
        view = self.view
        word = view.norm[at]
        if word == '"':
            return self._quoted(at)
        if word == "(":
            inside = self.governor is not None and self.governor.kind in {"media", "organization"}
            return parenthesis_end(view, at, inside=inside)
        if word == "." and view.norm[at - 1] in {"د", "م", "ا"}:
            return at + 1
        if word in {"،", ",", "؛"}:
            return self._apposition(at + 1)
        return None

    def _apposition(self, at: int) -> int | None:
        """The end of an apposition between commas: a name after a title, a title after a name, a relative clause."""
        view = self.view
        if at >= len(view):
            return None
        if view.has(at, "relative") or (view.has(at, "withholding") and self._is_unnamed()):
            return self._relative_after(at)
        if view.norm[at] in {"وهو", "وهي"}:
            return self._who_is(at)
        has_person = any(name.mention.type == "PERSON" for name in self.names)
        name = view.names.get(at)
        if name is not None and name.mention.type == "PERSON":
            if has_person or self.head is None or name_skip(view, name):
                return None
            return self._take_name(name)
        if name is not None and name.mention.type == "ORG" and view.is_comma(name.end):
            return self._take_name(name) if self.head is not None or self.names else None
        if not (is_title(view, at) or (has_person and self._is_kin(at))) or not (has_person or self.head is not None):
            return None
        inner = read_phrase(view, at, nominal=True)
        if inner is None or not (has_person or inner.has_person):
            return None
        self.names.extend(inner.names)
        self.named = bool(inner.names) and inner.names[-1].end == inner.end
        return inner.end

    def _is_kin(self, at: int) -> bool:
        found = self.view.lexicon.source_noun(self.view.norm[at])
        return found is not None and found[1] == 0 and found[0].kind == "witness" and found[0].takes == "idafa"

    def _is_unnamed(self) -> bool:
        return self.governor is not None and self.governor.kind in _UNNAMED and not self.named

    def _relative_after(self, at: int) -> int | None:
        """A relative clause belongs to who is not named otherwise, or says what a named person does."""
        has_person = any(name.mention.type == "PERSON" for name in self.names)
        if has_person and self.nominal and not self.view.has(at + 1, "describing"):
            return None
        return relative_end(self.view, at)

    def _preposition(self, at: int) -> int | bool | None:
        """Past a preposition that goes on with the phrase; None where it ends it; False where the word is none."""
        view = self.view
        word = view.norm[at]
        if word in self.takes:
            return None
        if word == "في":
            return self._open_place(at) if self._takes_place(at + 1) else None
        if word == "باسم":
            self.closed = False
            return at + 1
        if word == "من":
            joins = (self._is_unnamed() or view.has(at - 1, "near")) and not view.has(at - 1, "self")
            return self._open_place(at) if joins else None
        if word == "عن":
            return self._open_place(at) if view.has(at - 1, "charged") else None
        if word == "علي":
            return self._open_place(at) if view.has(at - 1, "aware") else None
        if view.has(at, "joining"):
            joins = (self._is_unnamed() or self._titled()) and not view.is_complementiser(at + 1)
            return self._open_place(at) if joins and not self.named else None
        if view.has(at, "preposition"):
            return None
        if word.startswith("لل") or (word[:1] == "ل" and len(word) > 3):
            return self._with_lam(at)
        if word[:1] == "ب" and len(word) > 3:
            return self._with_ba(at)
        return False

    def _open_place(self, at: int) -> int:
        self.closed, self.placed = False, True
        return at + 1

    def _with_ba(self, at: int) -> int | bool | None:
        view = self.view
        word = view.norm[at]
        found = view.lexicon.source_noun(word)
        if found is not None and found[1] == 0:
            return False
        if not self.closed and word.endswith(("ي", "يه")):
            return False  # an adjective that begins with the letter: بحثي
        if view.has(at, "saying"):
            return None
        belongs = self.governor is not None and not self.named
        if belongs and (word[1:] in view.lexicon.words["region"] or word[3:] in view.lexicon.words["region"]):
            self.placed, self.closed = True, word.startswith("بال")
            return at + 1
        if belongs and found is not None and found[0].kind == "organization" and (self._titled() or self._is_unnamed()):
            self.closed, self.placed = found[2], False
            return at + 1
        if self.governor is None or self.named or "ب" in self.takes:
            # بحاح is a word, بحجة a clitic: without a lexicon the shape alone can't tell, so the phrase ends.
            return None if found is not None or self.closed or "ب" in self.takes else False
        if found is not None and found[0].kind == "organization":
            self.closed = found[2]
            return at + 1
        if (
            (self.governor.kind in _UNNAMED or self._titled())
            and not view.has(at, "adjunct")
            and not view.has(at, "not_ba")
        ):
            self.closed = word.startswith("بال")
            return at + 1
        return None

    def _takes_place(self, at: int) -> bool:
        """Whether في + what follows says where the speaker belongs, not where or when the words were said."""
        view, governor = self.view, self.governor
        if at >= len(view) or self.named or governor is None or view.timed[at] or view.tokens[at].kind == "number":
            return False
        noun = at + 1 if view.has(at, "quantifier") else at
        if view.has_noun(noun, "occasion"):
            return False
        if at in view.names or view.norm[at] == '"':
            return True
        if governor.kind in {"organization", "media", "document"}:
            found = view.lexicon.source_noun(view.norm[at])
            is_body = found is not None and found[0].kind == "organization"
            return is_body or (governor.kind == "organization" and view.has(at, "region"))
        if not self.closed and governor.takes == "idafa":
            return True
        return not view.has(at, "adjunct")

    def _with_lam(self, at: int) -> int | bool | None:
        """للحكومة after a title or a body belongs to it; لوكالة, للصحفيين is who is told."""
        view = self.view
        word = view.norm[at]
        found = view.lexicon.source_noun(word)
        if found is not None and found[1] == 0:
            return False
        if view.has(at, "not_lam") or self.governor is None or self.named:
            return None
        rest = word[2:] if word.startswith("لل") else word[1:]
        if rest in view.lexicon.words["hearer"]:
            return None
        if rest in view.lexicon.words["region"]:
            return self._open_place(at)
        if found is not None:
            if found[0].kind == "media" and self.governor.kind != "document":
                return None
            if self.governor.kind in {"unnamed_source", "witness", "media"} and not view.has_noun(at - 1, "attached"):
                return None
            self.closed = found[2]
            return at + 1
        if word.startswith("لل"):
            self.closed = True
            return at + 1
        if view.has(at, "lam_of"):
            self.closed = False
            return at + 1
        return None

    def _stops(self, at: int) -> bool:
        """Words that no phrase of a speaker holds."""
        view = self.view
        if view.is_complementiser(at) or view.has(at, "phrase_stop"):
            return True
        if at > self.start and not self.closed and view.has(at, "adjective"):
            return False
        if view.lexicon.source_noun(view.norm[at]) is not None and not view.lexicon.forms.get(view.norm[at]):
            return False
        return view.has(at, "adjunct") or view.has(at, "clause") or is_finite(view, at)

    def _next_word(self, at: int) -> int | None:
        view = self.view
        word = view.norm[at]
        if view.has_noun(at, "branch") and self.names and not self.named:
            # جبهة النصرة ذراع القاعدة, قوات كذا الجناح العسكري لحزب كذا.
            self.closed, self.governor = has_article(word), _BRANCH
            return at + 1
        if word == "و":
            return at + 1 if is_title(view, at + 1) else None
        if word[:1] == "و" and word not in view.lexicon.sources and not is_title(view, at):
            return self._coordinated(at)
        found = view.lexicon.source_noun(word)
        is_apposed = found is not None and found[1] == 0 and is_titling(found[0])
        if found is not None and found[0].agrees == "p" and self.named:
            return None
        if has_article(word):
            return self._definite_word(at, found[0] if found is not None and is_apposed else None)
        if not self.closed:
            return self._open_word(at)
        if found is not None and is_apposed:
            if self.nominal and not self.named and found[0].kind == "unnamed_official":
                return None
            # A title in apposition: لافروف وزير الخارجية, الرئيس الشيخ أحمد.
            self.closed, self.governor, self.named, self.placed = found[2], found[0], False, False
            return at + 1
        return self._loose_word(at)

    def _loose_word(self, at: int) -> int | None:
        """Words without the article that still belong to a complete phrase."""
        view = self.view
        has_person = any(name.mention.type == "PERSON" for name in self.names)
        if has_person and view.norm[at] in {"احد", "احدي"}:
            self.closed = self.named = False
            return at + 1
        if view.has(at, "issued") and self.governor is not None and self.governor.kind == "document":
            return at + 2 if at + 1 < len(view) and view.norm[at + 1] == "عن" else None
        if view.has(at, "name_part") or view.has(at - 1, "name_part") or view.has(at, "self"):
            return at + 1
        if self._titled() and view.norm[at][:1] not in "وبلكف":
            # The rest of a rank (العميد ركن أحمد), or a name that the mentions miss.
            before_name = at + 1 in view.names and view.names[at + 1].mention.type == "PERSON"
            if before_name or not self.nominal:
                return at + 1
        return None

    def _definite_word(self, at: int, title: SourceNoun | None) -> int | None:
        """A word with the article: the end of an idafa, an adjective, a title; after a complete phrase not any noun."""
        view = self.view
        if self.closed and title is None:
            if self.named and not view.norm[at].endswith(("ي", "يه")):
                return None
            if self.nominal and not is_definite_adjective(view, at):
                return None
        if title is not None:
            self.governor = title
        self.closed = self.definite = True
        self.named = False
        return at + 1

    def _open_word(self, at: int) -> int | None:
        """A bare word after a phrase that is not complete: idafa or adjective."""
        view = self.view
        word = view.norm[at]
        if self.placed:
            return at + 1
        is_adjective = word.endswith(ADJECTIVE_ENDINGS) or view.has(at, "adjective")
        found = view.lexicon.source_noun(word)
        if self.governor is not None and self.governor.takes == "adjective":
            return at + 1 if is_adjective or (found is not None and not self.nominal) else None
        if self.governor is None and self.nominal and not is_adjective and found is None:
            return None
        return at + 1

    def _coordinated(self, at: int) -> int | None:
        """A second adjective or speaker joined by و: أمنية وطبية, الشرطة والجيش."""
        view = self.view
        word = view.norm[at]
        rest = word[1:]
        if word[0] != "و" or self.named:
            return None
        found = view.lexicon.source_noun(rest)
        if found is not None and found[1] == 0 and not view.lexicon.forms.get(rest):
            self.closed, self.governor, self.placed = found[2], found[0], False
            return at + 1
        if rest.startswith("ال") and self.closed:
            return at + 1
        if not self.closed and rest.endswith(ADJECTIVE_ENDINGS) and not view.lexicon.forms.get(rest):
            return at + 1
        return None


def read_phrase(
    view: View, at: int, *, nominal: bool, takes: frozenset[str] = _NOTHING, until: int | None = None
) -> Phrase | None:
    """The noun phrase that starts at token `at`, or None where none can start there.

    `nominal` says that a bare noun phrase may follow as content, so that unknown bare nouns end the phrase;
    `takes` are prepositions that open the content, `until` a token that the phrase does not pass.
    """
    return _Reader(view, at, nominal=nominal, takes=takes, until=len(view) if until is None else until).read()


def source_span(view: View, phrase: Phrase) -> Span:
    """The phrase without clitics and without marks that close nothing."""
    start, end = phrase.start, phrase.end
    if view.norm[start] == '"' and end - start > 2:
        start += 1
    while end > start + 1 and view.norm[end - 1] in {'"', "،", ",", ")", "("}:
        if view.norm[end - 1] == ")" and any(view.norm[at] == "(" for at in range(start, end)):
            break
        end -= 1
    name = view.names.get(start)
    if name is not None:
        first = max(view.tokens[start].start, name.mention.start)
        return view.text.original_span(first, view.tokens[end - 1].end)
    return view.span(start, end, skip=phrase.skip)


def carrier_span(view: View, phrase: Phrase) -> Span:
    """A carrier by its generic noun and name: صحيفة «كذا», without what follows the quoted name."""
    for at in range(phrase.start + 1, phrase.end):
        quotation = view.opened(at)
        close = view.close_of(quotation) if quotation is not None else None
        if close is not None and close < phrase.end:
            if view.norm[at - 1].endswith("وكاله"):
                return view.span(at + 1, close)  # وكالة «كذا» is known by its name alone
            return source_span(view, msgspec.structs.replace(phrase, end=close + 1))
    return source_span(view, phrase)
