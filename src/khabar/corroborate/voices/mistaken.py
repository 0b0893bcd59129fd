"""Sources that are not who speaks: who is called on, a place for the body that stands there, a trade for a name."""

from __future__ import annotations

import re

import msgspec

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import plain
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.voices.bodies import Bodies
from khabar.corroborate.voices.persons import Persons
from khabar.corroborate.voices.pointing import Pointing
from khabar.corroborate.words import words_of
from khabar.records import Claim, Reading, Source
from khabar.text import fold

__all__ = ["Mistaken"]

_WORD_BEFORE = 20  # characters before a name in which its head noun stands
_HEAD_BEFORE = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]+)\s+$")
_WORDS = re.compile(r"[^\W\d_]+")
_CALLS_ON = re.compile(r"(?<![^\W\d_])[وف]?(?:ناشدت?|حثت?|حضت?|دعا|دعت)\s+$")
_WHERE = frozenset({"في", "من", "الي", "قرب"})
_QUALIFIED = 2  # words: المدير التنفيذي


class Mistaken:
    """Asks the sources of one reading, each before it is heard."""

    def __init__(self, reading: Reading, cues: Cues, bodies: Bodies, persons: Persons, pointing: Pointing) -> None:
        self.reading, self.cues, self.bodies, self.persons, self.pointing = reading, cues, bodies, persons, pointing
        self.text = reading.document.text

    def is_asked(self, source: Source) -> bool:
        """Whether somebody is called on by who spoke before: `ناشدت المنظمات الإسراع بإرسال خيام، مشيرة إلى أن`;
        not who calls on another, `ناشدت النقابة الوزارة`."""
        if not _CALLS_ON.search(self.text, max(0, source.start - _WORD_BEFORE), source.start):
            return False
        asked = _WORDS.match(self.text, source.end + 1)
        if asked is None or not asked[0].startswith("ال"):
            return False
        word = plain(fold(asked[0]))
        if starting_in(self.reading.mentions, asked.start(), asked.start() + 1):
            return False
        return not any(self.cues.has(name, word) for name in ("body", "many", "head", "member", "folk"))

    def is_nameless(self, source: Source) -> bool:
        """Whether who is taken for a person by name is only called one of those concerned: `مهاجر من ساحل العاج`."""
        if self.pointing.is_other(source):
            return True
        words = words_of(source.text)
        anyone = source.kind == "named_person" and self.cues.any("one", words[:_QUALIFIED])
        if self.persons.is_anybody(source) or (anyone and not self._persons_in(source)):
            return True  # مدير | إحدى المدارس
        if source.kind != "named_person" or not self.cues.any("concerned", words[:1]):
            return False
        return not self._persons_in(source)

    def _persons_in(self, source: Source) -> bool:
        return any(m.type == "PERSON" for m in starting_in(self.reading.mentions, source.start, source.end))

    def _is_place(self, source: Source) -> bool:
        """Whether a source opens with the name of a place, so that nobody stands there."""
        places = starting_in(self.reading.mentions, source.start, source.start + 1)
        return bool(places) and all(place.type == "PLACE" for place in places)

    def located(self, claim: Claim, source: Source) -> Source | None:
        """The body that speaks where a place was taken for it: ولاية | زحلة قالت, وفي زحلة ردت | مديرية كذا فقالت."""
        if source.kind != "organization" or not self._is_place(source):
            return None
        head = _HEAD_BEFORE.search(self.text, max(0, source.start - _WORD_BEFORE), source.start)
        if head is not None and self.cues.has("body", fold(head["word"])):
            start = head.start("word")
            return msgspec.structs.replace(source, start=start, text=self.text[start : source.end])
        if head is None or claim.cue is None or fold(head["word"]).removeprefix("و") not in _WHERE:
            return None
        for match in _WORDS.finditer(self.text, source.end, claim.cue.start):
            if self.cues.has("body", fold(match[0])):
                end = self.bodies.name_end(match.end())
                return msgspec.structs.replace(
                    source, start=match.start(), end=end, text=self.text[match.start() : end]
                )
        return None
