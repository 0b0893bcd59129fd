"""The state of one reading of a noun phrase: what was read, and what may follow it."""

from __future__ import annotations

from khabar.attribution.lexicon import SourceNoun
from khabar.attribution.modifiers import TITLES
from khabar.attribution.view import NameSpan, View

__all__ = ["BODIES", "BODY", "BRANCH", "UNNAMED", "Reading"]

BODY = SourceNoun("organization", "idafa", "m")
BRANCH = SourceNoun("document", "idafa", "m")
BODIES = frozenset({"organization", "media", "document"})
UNNAMED = frozenset({"unnamed_official", "unnamed_source", "witness"})
_MAX_TOKENS = 45
_MAX_AFTER_NAME = 2


class Reading:
    """Where a reading is, and if the phrase is complete (`closed`).

    `governor` is the last title or head: what a preposition may belong to. `named` says that a person's name was read
    last, `called` that one was read which no mention knows, `placed` that the reading is inside في and where the
    speaker belongs, so that an idafa goes on. `nominal` and `takes` are those of `read_phrase`.
    """

    __slots__ = (
        "called", "closed", "definite", "governor", "head", "named", "names", "nominal", "placed", "start", "takes",
        "until", "view",
    )  # fmt: skip

    def __init__(self, view: View, start: int, *, nominal: bool, takes: frozenset[str], until: int) -> None:
        self.view = view
        self.until = min(until, len(view), start + _MAX_TOKENS)
        self.start = start
        self.nominal = nominal
        self.takes = takes
        self.closed = False
        self.definite = False
        self.head: SourceNoun | None = None
        self.governor: SourceNoun | None = None
        self.named = False
        self.placed = False
        self.called = False
        self.names: list[NameSpan] = []

    @property
    def has_person(self) -> bool:
        return any(name.mention.type == "PERSON" for name in self.names)

    @property
    def all_places(self) -> bool:
        return self.head is None and all(name.mention.type == "PLACE" for name in self.names)

    @property
    def titled(self) -> bool:
        return self.governor is not None and self.governor.kind in TITLES

    @property
    def owned(self) -> bool:
        """Whether ل after the phrase says whose it is: a title or a document."""
        return self.titled or self.governed_by("document")

    @property
    def unnamed(self) -> bool:
        """Whether the last noun is of who is not named."""
        return self.governor is not None and self.governor.kind in UNNAMED and not self.named

    @property
    def hides(self) -> bool:
        """Whether the phrase is headed by who is not named, and names nobody: طبيب في مستشفى المدينة."""
        found = self.view.noun(self.start)
        return found is not None and found[0].kind in UNNAMED and not found[2] and not self.has_person

    def governed_by(self, *kinds: str) -> bool:
        return self.governor is not None and self.governor.kind in kinds

    def open_place(self, at: int) -> int:
        """Past a preposition that says where the speaker belongs."""
        self.closed, self.placed = False, True
        return at + 1

    def take_noun(self, at: int, found: tuple[SourceNoun, int, bool]) -> int:
        """Past a source noun that goes on with the phrase."""
        self.closed, self.governor, self.placed = found[2], found[0], False
        return at + 1

    def take_name(self, name: NameSpan) -> int:
        """Past a name, and past the closing mark right after a quoted one."""
        self.names.append(name)
        self.closed = self.definite = True
        self.named = name.mention.type == "PERSON"
        if name.mention.type == "ORG" and not self.placed:
            self.governor = BODY
        view, at = self.view, name.end
        quotation = view.quote[at - 1]
        close = view.close_of(quotation) if quotation is not None else None
        inside = quotation is not None and quotation.open >= (view.number, self.start)
        if inside and close is not None and close - at <= _MAX_AFTER_NAME:
            return close + 1  # a longer name than the mention: «الجزيرة مباشر»
        if at < len(view) and view.norm[at] == '"' and view.opened(at) is None and at > self.start:
            opened = (q.open for q in view.quotations if view.close_of(q) == at)
            if any(mark >= (view.number, self.start) for mark in opened):
                return at + 1
        return at
