"""Outlets that are sources: the publisher itself, another outlet, and the reporters of either."""

from __future__ import annotations

from khabar.corroborate.cues import Cues
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.outlets import Outlets
from khabar.corroborate.profiles import Voice
from khabar.corroborate.voices.bodies import Bodies
from khabar.corroborate.words import words_of
from khabar.records import Reading, Source
from khabar.text import fold

__all__ = ["Press"]

_WRITERS = 2  # words: هيئة التحرير
_OUTLETS = "الوكاله الصحيفه القناه الموقع موقعها الشبكه الاذاعه الجريده المجله البوابه المنصه النشره المحطه".split()


class Press:
    """Asks the sources of one reading; `own` is the key of its publisher."""

    def __init__(self, reading: Reading, cues: Cues, outlets: Outlets, own: str, bodies: Bodies) -> None:
        self.reading, self.cues, self.outlets, self.own, self.bodies = reading, cues, outlets, own, bodies
        self._sent: Voice | None = None  # whose reporter spoke last

    def is_publisher(self, words: list[str]) -> bool:
        """Whether the source opens with the outlet itself, راديو كذا | متابعيه, or is who writes it: قسم التحرير."""
        if words[1:2] == ["التحرير"] and len(words) == _WRITERS:
            return True
        own = words_of(self.reading.document.publisher or "")
        return len(own) > 1 and words[: len(own)] == own

    def reporter(self, text: str) -> Voice:
        """The outlet whose reporter speaks."""
        words = [word.strip("«»\"'") for word in text.split()]
        rest = " ".join(w for w in words if not self.cues.has("reporter", fold(w)) and fold(w) not in _OUTLETS)
        if rest:
            self._sent = Voice(rest, "media", self.outlets.key(rest))
            return self._sent
        # المراسلة, after مراسلة قناة كذا
        bare = len(words) == 1 and words[0].startswith("ال")
        own = Voice(self.reading.document.publisher or "", "media", self.own)
        return self._sent or own if bare else own

    def outlet(self, source: Source, text: str) -> Voice | None:
        """The outlet that speaks; a bare head noun is the one of before, None where there is none."""
        end = source.start + len(text)
        times = (
            m.start - source.start for m in starting_in(self.reading.mentions, source.start, end) if m.type == "TIME"
        )
        # وكالة كذا | الثلاثاء, but «كذا اليوم» is a name
        at = next((at for at in times if text[:at].count("«") == text[:at].count("»")), len(text))
        text = text[:at].strip() or text
        words = [word for word in words_of(text) if len(word) > 1]
        if len(words) <= 1 and (not words or words[0] in _OUTLETS):
            return next((voice for voice in reversed(self.bodies.spoken) if voice.kind == "media"), None)
        key = source.entity if source.entity in self.outlets.labels else self.outlets.key(text)
        return self.bodies.remember(Voice(text, "media", key or ""))
