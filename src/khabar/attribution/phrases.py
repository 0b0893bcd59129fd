"""Noun phrases that name who speaks: read forward from a token, with apposition, descriptors and relative clause.

The reader is greedy within rules of Arabic noun phrases: an indefinite noun that takes an idafa goes on to the noun
that makes it definite (وزير | الخارجية), adjectives agree in the article, a title after a name is an apposition, a
noun phrase that is complete ends where a bare noun begins (قيادة التحالف | بدء هدنة).
"""

from __future__ import annotations

import msgspec

from khabar.attribution.cues import is_finite
from khabar.attribution.lexicon import SourceNoun
from khabar.attribution.view import NameSpan, View

__all__ = ["Phrase", "is_title", "read_phrase"]

_MAX_TOKENS = 45
_MAX_RELATIVE = 22
_TITLES = frozenset({"office", "rank", "honorific", "unnamed_official"})
_UNNAMED = frozenset({"unnamed_official", "unnamed_source", "witness"})
_ADJECTIVE_ENDINGS = ("ي", "يه", "يون", "يين", "يان", "يات", "يتان", "يتين")
_NOT_ARTICLE = (
    "التزام",
    "التحاق",
    "التقاء",
    "التماس",
    "التفاف",
    "التهاب",
    "الغاء",
    "القاء",
    "الحاق",
    "التقا",
    "الهام",
    "الزام",
    "الم",
    "الف",
    "الاف",
)


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


class _Reader:
    """One reading: where it is, and if the phrase is complete (closed)."""

    def __init__(self, view: View, start: int, *, nominal: bool, takes_ba: bool) -> None:
        self.view = view
        self.start = start
        self.nominal = nominal
        self.takes_ba = takes_ba
        self.closed = False
        self.definite = False
        self.head: SourceNoun | None = None
        self.governor: SourceNoun | None = None  # the last title or head: what a preposition may belong to
        self.named = False  # the last thing read was a person's name
        self.names: list[NameSpan] = []

    def read(self) -> Phrase | None:
        view = self.view
        first = _skip_quantifiers(view, self.start)
        opened = self._head(first)
        if opened is None:
            return None
        end, skip = opened
        while end < len(view) and end - self.start < _MAX_TOKENS:
            following = self._next(end)
            if following is None:
                break
            end = following
        quantified = first > self.start
        if quantified:
            skip = 0 if view.norm[self.start] in view.lexicon.words["quantifier"] else 1
        known = bool(self.names) or self.head is not None
        return Phrase(self.start, end, skip, self.head, self.definite, tuple(self.names), known, quantified)

    def _head(self, at: int) -> tuple[int, int] | None:
        """Read the first word or name; gives the next token and the letters of clitics."""
        view = self.view
        if at >= len(view):
            return None
        name = view.names.get(at)
        if name is not None:
            self._take_name(name)
            return self._after_name(name.end), name_skip(view, name)
        word = view.norm[at]
        if word == '"':
            end = self._quoted(at)
            return None if end is None else (end, 0)
        if view.tokens[at].kind != "word" or view.timed[at] or self._stops(at):
            return None
        found = view.lexicon.source_noun(word)
        if found is not None:
            self.head, skip, self.definite = found
            self.governor = self.head
            self.closed = self.definite
            return at + 1, skip
        self.closed = self.definite = self._has_article(at)
        return at + 1, 0

    def _has_article(self, at: int) -> bool:
        word = self.view.norm[at]
        bare = word[1:] if word[:1] in {"و", "ف"} and word[1:3] == "ال" else word
        return (bare.startswith("ال") and not bare.startswith(_NOT_ARTICLE)) or word.startswith("لل")

    def _take_name(self, name: NameSpan) -> int:
        self.names.append(name)
        self.closed = self.definite = True
        self.named = name.mention.type == "PERSON"
        return self._after_name(name.end)

    def _after_name(self, at: int) -> int:
        """A closing mark right after a quoted name belongs to it."""
        view = self.view
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
        if view.has(at, "relative"):
            return self._relative_after(at)
        if token.norm in {"باسم", "بأسم"}:
            self.closed = False
            return at + 1
        preposition = self._preposition(at)
        if preposition:
            return preposition
        if preposition is None or self._stops(at):
            return None
        return self._next_word(at)

    def _next_name(self, name: NameSpan) -> int | None:
        view = self.view
        word = view.norm[name.start]
        if name_skip(view, name):
            belongs = self.governor is not None and not self.named
            if word[:1] == "و" and self.closed:
                # A second speaker: الشرطة والجيش.
                return None if self.nominal and name.mention.type == "PLACE" else self._take_name(name)
            if word[:1] == "ب" and belongs and not self.takes_ba:
                return self._take_name(name)
            if word[:1] == "ل" and belongs and (name.mention.type == "PLACE" or self._titled()):
                return self._take_name(name)
            return None
        if self.closed and name.mention.type != "PERSON":
            follows_name = bool(self.names) and self.names[-1].end == name.start
            if self.nominal and (follows_name or (name.mention.type == "PLACE" and self.head is None)):
                return None
        if self.closed and self.named and name.mention.type == "PERSON" and self.nominal:
            return None
        return self._take_name(name)

    def _titled(self) -> bool:
        return self.governor is not None and self.governor.kind in _TITLES and self.closed

    def _next_mark(self, at: int) -> int | None:
        view = self.view
        word = view.norm[at]
        if word == '"':
            return self._quoted(at)
        if word == "(":
            return _parenthesis(view, at)
        if word == "." and view.norm[at - 1] in {"د", "م", "ا"}:
            return at + 1
        if word in {"،", ","}:
            return self._apposition(at + 1)
        return None

    def _apposition(self, at: int) -> int | None:
        """The end of an apposition between commas: a name after a title, a title after a name, a relative clause."""
        view = self.view
        if at >= len(view):
            return None
        if view.has(at, "relative"):
            return self._relative_after(at)
        if view.norm[at] in {"وهو", "وهي"} and at + 1 < len(view) and is_title(view, at + 1):
            at += 1
        name = view.names.get(at)
        has_person = any(name.mention.type == "PERSON" for name in self.names)
        if name is not None and name.mention.type == "PERSON":
            if has_person or self.head is None or name_skip(view, name):
                return None
            return self._take_name(name)
        if not is_title(view, at) or not (has_person or self.head is not None):
            return None
        inner = read_phrase(view, at, nominal=True)
        if inner is None:
            return None
        if not has_person and not any(name.mention.type == "PERSON" for name in inner.names):
            return None
        self.names.extend(inner.names)
        self.named = bool(inner.names) and inner.names[-1].end == inner.end
        return inner.end

    def _relative_after(self, at: int) -> int | None:
        """A relative clause belongs to who is not named otherwise, or says what a named person does."""
        has_person = any(name.mention.type == "PERSON" for name in self.names)
        if has_person and not self.view.has(at + 1, "describing"):
            return None
        return _relative(self.view, at)

    def _preposition(self, at: int) -> int | bool | None:
        """Past a preposition that goes on with the phrase; None where it ends it; False where the word is none."""
        view, governor = self.view, self.governor
        word, before = view.norm[at], view.norm[at - 1]
        loose = governor is not None and governor.kind in _UNNAMED and not self.named
        if word == "في":
            return at + 1 if self._takes_place(at + 1) else None
        if word in {"من", "عن"}:
            if word == "من" and (loose or before.endswith(("مقرب", "مقربه", "مقربين", "مقربون", "قريب", "قريبه"))):
                self.closed = False
                return at + 1
            return None
        if word in {"علي"}:
            return at + 1 if before.endswith(("مطلع", "مطلعه", "مطلعون", "مطلعين")) else None
        if word in view.lexicon.words["joining"]:
            return at + 1 if (loose or self._titled()) and not view.is_complementiser(at + 1) else None
        if word in {"ضد", "الي", "حول"}:
            return None
        if word.startswith("لل") or (word[:1] == "ل" and len(word) > 3):
            return self._with_lam(at)
        if word[:1] == "ب" and len(word) > 3:
            return self._with_ba(at)
        return False

    def _with_ba(self, at: int) -> int | bool | None:
        view = self.view
        word = view.norm[at]
        found = view.lexicon.source_noun(word)
        if found is not None and found[1] == 0:
            return False
        if self.governor is None or self.named or self.takes_ba:
            # بحاح is a word, بحجة a clitic: without a lexicon the shape alone can't tell, so the phrase ends.
            return None if found is not None or self.closed or self.takes_ba else False
        if found is not None and found[1] and found[0].kind in {"organization"}:
            self.closed = found[2]
            return at + 1
        if self.governor.kind in _UNNAMED and not view.has(at, "adjunct"):
            self.closed = word.startswith("بال")
            return at + 1
        return False

    def _takes_place(self, at: int) -> bool:
        """Whether في + what follows says where the speaker belongs, not where or when the words were said."""
        view, governor = self.view, self.governor
        if at >= len(view) or self.named or governor is None or view.timed[at] or view.has(at, "occasion"):
            return False
        if view.tokens[at].kind == "number":
            return False
        if at in view.names or (view.norm[at] == '"'):
            return True
        if governor.kind in {"organization", "media", "document"}:
            found = view.lexicon.source_noun(view.norm[at])
            is_body = found is not None and found[0].kind == "organization"
            return is_body or view.norm[at] in {"مدينه", "محافظه", "العاصمه"}
        if not self.closed and governor.takes == "idafa":
            return governor.kind != "document"
        return not view.has(at, "adjunct")

    def _with_lam(self, at: int) -> int | bool | None:
        """للحكومة after a title or a body belongs to it; لوكالة, للصحفيين is who is told."""
        view = self.view
        word = view.norm[at]
        found = view.lexicon.source_noun(word)
        if found is not None and found[1] == 0:
            return False
        if word in {"لكن", "لقد", "لدي", "لهم", "لها", "لدينا", "لماذا"} or self.governor is None or self.named:
            return None
        if found is not None:
            if found[0].kind == "media" and self.governor.kind != "document":
                return None
            self.closed = found[2]
            return at + 1
        rest = word[2:] if word.startswith("لل") else word[1:]
        if rest in view.lexicon.words["hearer"]:
            return None
        if word.startswith("لل"):
            self.closed = True
            return at + 1
        if word in {"لشوون", "لحقوق", "لقوات", "لمكافحه", "لعمليات", "لشءون"}:
            self.closed = False
            return at + 1
        return None

    def _stops(self, at: int) -> bool:
        """Words that no phrase of a speaker holds."""
        view = self.view
        word = view.norm[at]
        if view.is_complementiser(at) or word in view.lexicon.words["phrase_stop"]:
            return True
        if view.lexicon.source_noun(word) is not None and not view.lexicon.forms.get(word):
            return False
        return view.has(at, "adjunct") or view.has(at, "clause") or is_finite(view, at)

    def _next_word(self, at: int) -> int | None:
        view = self.view
        word = view.norm[at]
        if word[:1] in {"و", "ف"} and word not in view.lexicon.sources and not is_title(view, at):
            return self._coordinated(at)
        found = view.lexicon.source_noun(word)
        is_apposed = found is not None and found[1] == 0 and _is_titling(found[0])
        if self._has_article(at):
            return self._definite_word(at, is_apposed=is_apposed)
        if not self.closed:
            return self._open_word(at)
        if found is not None and is_apposed:
            if self.nominal and not self.named and found[0].kind == "unnamed_official":
                return None
            # A title in apposition: لافروف وزير الخارجية, الرئيس الشيخ أحمد.
            self.closed = found[2]
            self.governor = found[0]
            self.named = False
            return at + 1
        if word in {"ذراع", "فرع", "جناح"} and self.names:
            self.closed = False
            return at + 1
        if word in {"احد", "احدي"} and any(name.mention.type == "PERSON" for name in self.names):
            self.closed = False
            self.named = False
            return at + 1
        if view.has(at, "name_part") or view.has(at - 1, "name_part") or view.has(at, "self"):
            return at + 1
        return None

    def _definite_word(self, at: int, *, is_apposed: bool) -> int | None:
        """A word with the article: the end of an idafa, an adjective, a title; after a complete phrase not any noun."""
        view = self.view
        word = view.norm[at]
        if self.closed and not is_apposed:
            if self.named and not word.endswith(("ي", "يه")):
                return None
            if self.nominal and not _is_definite_adjective(view, word):
                return None
        if is_apposed:
            found = view.lexicon.source_noun(word)
            assert found is not None
            self.governor = found[0]
        self.closed = self.definite = True
        self.named = False
        return at + 1

    def _open_word(self, at: int) -> int | None:
        """A bare word after a phrase that is not complete: idafa or adjective."""
        view = self.view
        word = view.norm[at]
        is_adjective = word.endswith(_ADJECTIVE_ENDINGS) or view.has(at, "adjective")
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
            self.closed = found[2]
            self.governor = found[0]
            return at + 1
        if rest.startswith("ال") and self.closed:
            return at + 1
        if not self.closed and rest.endswith(_ADJECTIVE_ENDINGS) and not view.lexicon.forms.get(rest):
            return at + 1
        return None


def read_phrase(view: View, at: int, *, nominal: bool, takes_ba: bool = False) -> Phrase | None:
    """The noun phrase that starts at token `at`, or None where none can start there.

    `nominal` says that a bare noun phrase may follow as content, so that unknown bare nouns end the phrase;
    `takes_ba` that ب opens the content.
    """
    return _Reader(view, at, nominal=nominal, takes_ba=takes_ba).read()


def is_title(view: View, at: int) -> bool:
    """Whether the token is a title, an office or a profession without clitics."""
    if at >= len(view) or view.tokens[at].kind != "word":
        return False
    found = view.lexicon.source_noun(view.norm[at])
    return found is not None and found[1] == 0 and _is_titling(found[0])


def _is_titling(noun: SourceNoun) -> bool:
    return noun.kind in _TITLES or (noun.kind == "unnamed_source" and noun.agrees == "m" and noun.takes == "idafa")


def _is_definite_adjective(view: View, word: str) -> bool:
    rest = word[2:]
    return (
        rest.endswith(_ADJECTIVE_ENDINGS)
        or rest in view.lexicon.words["adjective"]
        or rest.startswith(("مت", "مس", "مش", "مق", "مح", "مع", "مك", "من"))
    )


def name_skip(view: View, name: NameSpan) -> int:
    """Folded letters of clitics before a name that starts inside its token."""
    token = view.tokens[name.start]
    skip = 0
    while skip < len(token.norm) and view.text.start_of(token.norm_start + skip) < name.mention.start:
        skip += 1
    return skip


def _skip_quantifiers(view: View, at: int) -> int:
    """Past أحد, عدد من, هذه … at the head of a phrase; a quantifier alone is none."""
    quantifiers = view.lexicon.words["quantifier"]
    end = at
    while end < len(view) - 1 and end - at < 4:
        word = view.norm[end]
        if end in view.names or not (
            word in quantifiers or (end == at and word[:1] in "ولب" and word[1:] in quantifiers)
        ):
            break
        end += 1
        if view.norm[end] in {"من", "ممن"}:
            end += 1
    if end > at and (
        end >= len(view)
        or (view.tokens[end].kind != "word" and view.norm[end] != '"')
        or view.norm[end] in {"الي", "في", "علي"}
    ):
        return at
    return end


def _parenthesis(view: View, at: int) -> int | None:
    """A short parenthesis inside a phrase that goes on after it (الجيش (السوري) الحر)."""
    for end in range(at + 1, min(at + 8, len(view) - 1)):
        if view.norm[end] == ")":
            following = end + 2 if view.is_comma(end + 1) else end + 1
            goes_on = following in view.names or is_title(view, following)
            return end + 1 if goes_on else None
    return None


def _relative(view: View, at: int) -> int | None:
    """The end of a relative clause: before a comma, a complementiser, a colon or a quotation."""
    depth = 0
    for end in range(at + 1, min(at + _MAX_RELATIVE, len(view))):
        word = view.norm[end]
        depth += (word == "(") - (word == ")")
        if word in {":", "-", "–"} or (word == '"' and view.opened(end) and not _short_quote(view, end)):
            return end
        if view.is_comma(end) and depth <= 0:
            return end
        if view.is_complementiser(end):
            # A verb of saying inside the clause takes its own complement; the phrase then ends before the clause.
            return None if any(is_finite(view, i) for i in range(at + 1, end)) else end
        if end > at + 2 and is_finite(view, end):
            return end
    return None


def _short_quote(view: View, at: int) -> bool:
    quotation = view.opened(at)
    close = view.close_of(quotation) if quotation else None
    return close is not None and close - at <= 5
