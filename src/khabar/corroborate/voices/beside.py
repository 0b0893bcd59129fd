"""Who stands beside a word that says something for them where no claim was read: named after it, or before it."""

from __future__ import annotations

import re

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import plain
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.voices import Speakers
from khabar.records import Mention, Reading, Source
from khabar.text import fold

__all__ = ["WORD", "Beside", "Stretch"]

WORD = re.compile(r"\s*(?P<word>«[^»\n]{2,40}»|[^\W\d_](?:[^\W\d_]|[\u064b-\u0652])*)")
_APPOSED = re.compile(r"\s*[،,]\s*(?P<word>[^\W\d_]+)")
_BOUNDS = re.compile(r"[.؛:\n•]|(?:^|\s)(?:أما|أن|إن|أنّ|إنّ|رغم|لكن|لكنّ|لكنه|لكنها|لكنهم|فيما|بينما)\s")
_SPEAKS = ("body", "head", "member", "hidden", "spokesman", "branch", "title", "statement")
_NEAR = 9  # characters before a name that belong to it

Stretch = tuple[int, int]


class Beside:
    """Asks the words and the actors of one unit."""

    def __init__(self, reading: Reading, speakers: Speakers, cues: Cues) -> None:
        self.text, self.speakers, self.cues = reading.document.text, speakers, cues
        self.actors = [m for m in reading.mentions if m.type in {"ORG", "PERSON"}]

    def before(self, first: int, last: int) -> Stretch | None:
        """The actor named last at the head of the clause that ends at `last`."""
        bound = max((m.end() for m in _BOUNDS.finditer(self.text, first, last)), default=first)
        actors = [m for m in starting_in(self.actors, bound, last) if m.end <= last]
        if actors:
            return self._with_head(actors[0], bound)
        words = list(WORD.finditer(self.text, bound, last))
        at = next((n for n, word in enumerate(words) if self.cues.has("body", fold(word["word"]))), None)
        if at is None:
            return None
        return words[at].start("word"), words[min(at + 2, len(words) - 1)].end()

    def speaks(self, start: int, end: int) -> bool:
        """Whether these words open with what can speak: a body, an office, a source, a name."""
        words = [fold(one["word"]) for one in WORD.finditer(self.text, start, end)][:1]
        if any(self.cues.any(name, words) for name in _SPEAKS):
            return True
        return any(m.start - start < _NEAR for m in starting_in(self.actors, start, end))

    def source(self, start: int, end: int) -> Source:
        """Who stands there, as a claim would name them."""
        person = any(m.type == "PERSON" for m in starting_in(self.actors, start, end))
        # سامر النجار، | شيخ القرية
        apposed = _APPOSED.match(self.text, end)
        opens = [plain(fold(apposed["word"]))] if apposed else []
        person = person or any(
            self.cues.any(name, opens) for name in ("head", "member", "human", "kin", "title", "one")
        )
        return Source(start, end, self.text[start:end], "named_person" if person else "organization", None)

    def _with_head(self, actor: Mention, bound: int) -> Stretch:
        """A name with the head noun before it: هيئة | الموانئ."""
        start = self.text.rfind(" ", bound, max(bound, actor.start - 1)) + 1
        head = fold(self.text[start : actor.start].strip()) if start else ""
        return (start if head and self.cues.has("body", head) else actor.start), actor.end
