"""The lead that an outlet states as its own: it says what the title speaks of, and attributes nothing."""

from __future__ import annotations

import re

from khabar.corroborate.cues import Cues
from khabar.corroborate.focus import Focus
from khabar.corroborate.focus.relevance import Relevance
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.words import root_of, stem_of, words_of
from khabar.records import Reading

__all__ = ["Lead"]

_TELLING_WORD = 1.5  # least rarity of a word that says what a title is about
_SENTENCES, _LOOK_AROUND = 2, 6  # of a lead, and of one by who was there
_SHARED = 2  # words of the title that a lead holds
_LIKE = "كأن"  # folds to كان
_OTHERS = ("cue", "deny", "reaction", "correction", "figure", "rumour", "memory")
_OPENING = ("recall", "future")
_THESE_WORDS = re.compile(r"\bبهذ[هاي]ن? (?:العبار|الكلم|الجمل|القول)")  # «…». بهذه العبارة حسم فلان الجدل
_SPEECH = re.compile(r"«(?:[^\s»]+\s+){4,}[^»]*»|\"(?:[^\s\"]+\s+){4,}[^\"]*\"|“(?:[^\s”]+\s+){4,}[^”]*”")
"""What is too long in quotation marks for a name is somebody's word."""


class Lead:
    """Asks the first sentences of one unit; `roots` are those of the words that name its main happening."""

    def __init__(self, reading: Reading, focus: Focus, relevance: Relevance, roots: set[str], cues: Cues) -> None:
        self.reading, self.focus, self.cues, self.roots = reading, focus, cues, roots
        self.text, self.common = reading.document.text, relevance.common
        title = [word for word in words_of(focus.unit.title) if stem_of(word) not in self.common]
        telling = (word for word in title if focus.weights.get(stem_of(word), 0.0) >= _TELLING_WORD)
        self.told = set(map(root_of, telling)) - roots

    def own(self, *, there: bool) -> tuple[int, int] | None:
        """Start and end of the first sentence that tells it in the outlet's own voice; `there` says that the reporter
        saw it, and looks around first: `شب حريق كبير في الصوامع، مساء السبت`."""
        unit, dateline = self.focus.unit, self.focus.dateline
        if unit.title != (self.reading.document.title or ""):
            return None  # the words of an item are its own title
        at = dateline + (dateline > unit.start)
        for _ in range(_LOOK_AROUND if there else _SENTENCES):
            start, end = self.focus.sentence_of(at)
            words = words_of(_SPEECH.sub(" ", self.text[start:end]))
            if self._is_attributed(start, end, words):
                if not there:
                    return None
            elif self._tells(start, end, words, there=there):
                return start, end
            at = end + 1
            if at >= unit.end:
                return None
        return None

    def _tells(self, start: int, end: int, words: list[str], *, there: bool) -> bool:
        """Whether a sentence says what the title says, other than the names of places, and when or where it was."""
        own = {root_of(word) for word in words if stem_of(word) not in self.common}
        shared = len(own & self.told) + (not own.isdisjoint(self.roots))
        if there:
            return shared > 0
        dated = any(m.type in {"PLACE", "TIME"} for m in starting_in(self.reading.mentions, start, end))
        return dated and shared >= _SHARED

    def _is_attributed(self, start: int, end: int, words: list[str]) -> bool:
        """Whether somebody is cited in a sentence, denies, judges or is spoken of there, or it only recalls."""
        spans = (s for c in self.reading.claims for s in (c.content, c.cue, c.source) if s is not None)
        if any(span.start < end and start < span.end for span in spans):
            return True
        if _THESE_WORDS.search(self.text, start, end):
            return True
        recalls = any(self.cues.any(name, words[:1]) for name in _OPENING)
        if recalls and not self.text[start:end].lstrip().startswith(_LIKE):
            return True
        return any(self.cues.any(name, words) for name in _OTHERS)
