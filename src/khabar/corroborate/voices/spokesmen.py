"""Who speaks for a body by calling: the spokesman, the press officer, the part that has the press to deal with."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec.structs import replace

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import plain
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.profiles import Voice
from khabar.corroborate.voices.bodies import Bodies
from khabar.corroborate.voices.names import without_rank
from khabar.corroborate.voices.offices import owned_name
from khabar.corroborate.voices.persons import Persons
from khabar.corroborate.words import words_of
from khabar.records import Mention, Reading, Source
from khabar.text import fold

__all__ = ["Spokesmen"]

_NAME = r"\s*(?:في\s+|لدى\s+)?[«\"“]?([^،,()«»\"“”]*(?:(?<=[^\W\d_]\s)[«\"“][^»\"”\n]{2,40}[»\"”])?)"  # لواء «كذا»
_IN_NAME_OF = tuple(re.compile(opens + _NAME) for opens in (r"(?:ب[إا]سم|بلسان)", r"[إا]علام(?:[يى]|ية)?(?![^\W\d_])"))
_OF_A_KIND = re.compile(r"ال[^\W\d_]+(?:[يى]|ية)")  # مدير الإعلام | العسكري
_PRONOUN = frozenset("ها ه هم هما فيها فيه فيهم لديها لديه لديهم بها به".split())
_OWNED_BY = re.compile(r"\s+ل(?P<article>ل)?(?=[^\W\d_]{3})")
_SPOKESMAN_OF = re.compile(r"(?:ال)?(?:متحدث|ناطق)ة?(?:\s+ال[^\W\d_]+)?\s+ل(?P<article>ل)?(?=[^\W\d_]{3})")
_CONSTRUCT = re.compile(r"(?:متحدثة?|ناطقة?)\s+(?P<body>ال[^\W\d_]{3,}(?<!ي)(?<!ية)(?:\s.*)?)$")  # ناطق | الجيش
_APPOSED = re.compile(r"[،,]?((?:\s+[^\W\d_]+){1,4})\s*[،,]")
_WITH = re.compile(
    r"\s+ب(?:ال)?(?:إعلام|اعلام|اتصال|علاقات)(?:\s+(?!(?:أن|إن|أنه|إنه|أنها|إنها|بأن|عن)\s)[^\W\d_]+){0,6}"
)
_PRESSES = re.compile(r"\bب(?:ال)?(?:إعلام|اعلام|اتصال|علاقات العامة)\s+(?:في|لدى)\s+(?P<body>[^،,()]+)")
_TWO = re.compile(r"\s+(?P<name>[^\W\d_]+\s+[^\W\d_]+)")
_MEDIA = frozenset({"وسايل", "وسيله", "وسائل", "مواقع", "صحف"})
_CHARGED = "مكلف"
_OWNERS = ("ها", "هم")


class Spokesmen:
    """Asks the sources of one reading, in their order: a spokesman without a body is of the last that one spoke for."""

    def __init__(self, reading: Reading, cues: Cues, bodies: Bodies, persons: Persons) -> None:
        self.reading, self.cues, self.bodies, self.persons = reading, cues, bodies, persons
        self.text = reading.document.text
        self._spoken_for: Voice | None = None

    def are(self, words: list[str]) -> bool:
        """Whether a phrase is of who speaks for another: المكلف | بالإعلام does, العميد المكلف, who is acting, not, nor
        وسائل إعلام محلية."""
        if words[:1] and plain(words[0]) in _MEDIA:
            return False
        return any(map(self._is_owned, words[:1])) or any(
            self.cues.has("spokesman", word) and (not plain(word).startswith(_CHARGED) or after.startswith("ب"))
            for word, after in pairwise([*words, ""])
        )

    def _is_owned(self, word: str) -> bool:
        """ملحقها, متحدثتها: a spokesman with the pronoun of the body."""
        stems = (word.removesuffix(end) for end in _OWNERS if word.endswith(end))
        return any(self.cues.has("spokesman", stem[:-1] + "ه" if stem.endswith("ت") else stem) for stem in stems)

    def charge(self, source: Source) -> str:
        """The phrase of who is charged with the press, up to the speech: المكلفة | بالاتصال في بلدية كذا; empty for any
        other."""
        match = _WITH.match(self.text, source.end)
        words = words_of(source.text)
        alone = len(words) == 1 and plain(words[0]).startswith(_CHARGED)
        return self.text[source.start : match.end()] if alone and match else ""

    def voice(self, source: Source, text: str, inside: list[Mention]) -> Voice | None:
        """The body for which somebody speaks, with his name where one is found; None where no body is known."""
        named = next((found for pattern in _IN_NAME_OF if (found := pattern.search(text))), None)
        bodies = [mention for mention in inside if mention.type == "ORG"]
        voice: Voice | None
        owner = self._owner(source.start, source.start + len(text))
        first = words_of(text)[:1]
        if first and self._is_owned(first[0]):  # أما السفارة فأكد | ملحقها الإعلامي فلان
            opens = self.text.rfind("\n", 0, source.start) + 1
            before = list(starting_in(self.bodies.organisations, opens, source.start))
            voice = self.bodies.named(before[-1].text, [before[-1]]) if before else self.bodies.latest(source.start)
        elif owner:
            voice = self.bodies.named(owner, [])
        elif named and self._is_body(named[1].strip()):
            voice = self._spoken_body(self._bare(named[1].strip()), bodies, inside, source.start)
        elif bodies:
            voice = self.bodies.named(bodies[0].text, bodies)
        elif spoken := _SPOKESMAN_OF.match(text):
            name = owned_name(text[spoken.end() :], spoken["article"] is not None, self.cues)
            voice = self._spoken_body(name, [], inside, source.start)
        elif construct := _CONSTRUCT.match(text):
            voice = self._spoken_body(construct["body"], [], inside, source.start)
        elif pressing := _PRESSES.search(text):
            voice = self._spoken_body(pressing["body"], [], inside, source.start)
        elif named and self.bodies.topic is None and _PRONOUN.intersection(words_of(named[1])[:1]):
            begin = self.text.rfind("\n", 0, source.start) + 1
            voice = self.bodies.first_in(begin, source.start) or self._spoken_for or self.bodies.latest(source.start)
        else:
            voice = self._spoken_for or self.bodies.topic or self.bodies.latest(source.start)
        if voice is not None:
            persons = [m.text for m in inside if m.type == "PERSON" and m.text not in voice.label]
            # A name that was not found stands at the end, or between there and a comma.
            apposed = _APPOSED.match(self.text, source.start + len(text))
            if apposed and any(m.type == "TIME" for m in starting_in(self.reading.mentions, *apposed.span(1))):
                apposed = None
            following = apposed[1].strip() if apposed else self._following(source.start + len(text))
            for name in [*persons, text, following]:
                self.persons.remember(name, voice)
            speaker = persons[0] if persons else following
            voice = self.bodies.remember(replace(voice, speaker=without_rank(speaker, self.cues)))
        self._spoken_for = voice or self._spoken_for
        return voice

    def _bare(self, name: str) -> str:
        """A body's name without the preposition before it: مدير الإعلام | بالفرع, الناطق الإعلامي | للمهرجان."""
        if name.startswith("لل"):
            return owned_name(name[2:], True, self.cues)
        rest = name[1:] if name.startswith("ب") else name
        is_body = rest.startswith("ال") or self.cues.any("body", words_of(rest)[:1])
        return rest if is_body and not self.cues.any("body", words_of(name)[:1]) else name

    def _is_body(self, name: str) -> bool:
        """Whether what stands after باسم or الإعلام can be a body's name: neither a pronoun nor an adjective."""
        return bool(name) and _PRONOUN.isdisjoint(words_of(name)[:1]) and not _OF_A_KIND.fullmatch(name)

    def _following(self, end: int) -> str:
        """The name after a spokesman that was not found: المتحدثة باسم البلدية | نسيمة الوردي."""
        match = _TWO.match(self.text, end)
        return match["name"] if match and self.cues.has("given", fold(match["name"].split()[0])) else ""

    def _owner(self, start: int, end: int) -> str:
        """Whose the part is that stands here: الإعلام العسكري | للقوات المشتركة, inside or right after."""
        if not self.cues.any("branch", words_of(self.text[start:end])[:1]):
            return ""
        match = _OWNED_BY.search(self.text, start, end) or _OWNED_BY.match(self.text, end)
        if match is None:
            return ""
        name = self.text[match.end() : self.bodies.name_end(match.end())]
        return owned_name(name, match["article"] is not None, self.cues)

    def _spoken_body(self, text: str, bodies: list[Mention], inside: list[Mention], offset: int) -> Voice:
        """The body of `المتحدث باسم …`, without the name of the spokesman that may follow it."""
        persons = [mention.text for mention in inside if mention.type == "PERSON" and mention.text in text]
        for person in persons:
            text = text.split(person, maxsplit=1)[0].strip() or text
        text = self.bodies.without_title(text)
        words = words_of(text)
        if words and words[0].startswith("ال") and (len(words) == 1 or _ends_there(words)):
            return self.bodies.back(words[0], text, offset)
        return self.bodies.named(text, bodies)


def _ends_there(words: list[str]) -> bool:
    """Whether a bare definite head is all of the name: المفوضية | في ليبيا, الوزارة | المنصف الغربي."""
    apart = words[0].endswith("ه") and words[1].startswith("ال") and not words[1].endswith("ه")
    return words[1] == "في" or apart
