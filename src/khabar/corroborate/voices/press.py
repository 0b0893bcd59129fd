"""Outlets that are sources: the publisher itself, another outlet, the reporters of either, and a body's own pages."""

from __future__ import annotations

import re

from msgspec.structs import replace

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import plain
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.outlets import Outlets
from khabar.corroborate.profiles import Voice
from khabar.corroborate.voices.bodies import Bodies
from khabar.corroborate.voices.offices import owned_name
from khabar.corroborate.voices.pointing import Pointing, bare
from khabar.corroborate.words import words_of
from khabar.records import Reading, Source
from khabar.text import fold

__all__ = ["Press"]

_OWNED_BY = re.compile(r"\s+ل(?P<article>ل)?(?=[^\W\d_]{3})")
_POSSESSIVES = ("ها", "هم", "ه")
_DELEGATES = frozenset({"مندوب", "مندوبه"})
_ADJECTIVE = ("ي", "يه", "عام", "عامه", "دايم", "دايمه")
_WRITERS = 2  # words: هيئة التحرير
_OUTLETS = "الوكاله الصحيفه القناه الموقع موقعها الشبكه الاذاعه الجريده المجله البوابه المنصه النشره المحطه".split()


class Press:
    """Asks the sources of one reading; `own` is the key of its publisher."""

    def __init__(
        self, reading: Reading, cues: Cues, outlets: Outlets, own: str, bodies: Bodies, pointing: Pointing
    ) -> None:
        self.reading, self.cues, self.outlets, self.own, self.bodies = reading, cues, outlets, own, bodies
        self.text, self.pointing = reading.document.text, pointing
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
        words = [word for word in bare(replace(source, text=text)) if len(word) > 1]
        if len(words) <= 1 and (not words or words[0] in _OUTLETS):
            pointed = self.pointing.outlet(plain(words[0])) if words else None
            return pointed or next((voice for voice in reversed(self.bodies.spoken) if voice.kind == "media"), None)
        key = source.entity if source.entity in self.outlets.labels else self.outlets.key(text)
        return self.bodies.remember(Voice(text, "media", key or ""))

    def channel(self, source: Source, words: list[str], end: int) -> Voice | None:
        """The body whose own page or site it is: الموقع الإلكتروني | للشركة, موقع وزارة الداخلية, صفحتها الرسمية."""
        if not words or not any(self.cues.has("channel", stem) for stem in _stems(words[0])):
            return None
        if words[0].endswith(_POSSESSIVES) and not self.cues.has("channel", words[0]):
            return self.bodies.topic or self.bodies.latest(source.start)
        owned = _OWNED_BY.search(self.text, source.start, end) or _OWNED_BY.match(self.text, end)
        if owned is not None and words[0].startswith("ال"):
            name = owned_name(
                self.text[owned.end() : self.bodies.name_end(owned.end())], bool(owned["article"]), self.cues
            )
        elif len(words) > 1:
            name = source.text.split(maxsplit=1)[1]
        else:
            return None
        opens = [plain(word) for word in words_of(name)[:1]]
        if not self.cues.any("body", opens) or self.cues.any("outlet", opens):
            return None
        return self.bodies.one_or_named(name.split(" على ")[0], [], source.start)

    def is_delegate(self, words: list[str]) -> bool:
        """Whether a مندوب is of the state and no reporter: المندوب الإقليمي, مندوب الصحة."""
        if not words[1:] or plain(words[0]) not in _DELEGATES or self.cues.has("outlet", words[1]):
            return False
        described = words[0].startswith("ال") and words[1].startswith("ال") and words[1].endswith(_ADJECTIVE)
        return described or self.cues.has("body", plain(words[1]))


def _stems(word: str) -> list[str]:
    """A word, and what it is without the pronoun of whose it is: صفحتها, صفحة."""
    stems = [word.removesuffix(end) for end in _POSSESSIVES if word.endswith(end)]
    return [word, *stems, *(f"{stem[:-1]}ه" for stem in stems if stem.endswith("ت"))]
