"""The name in a source: where it stands, how far it goes, and what beside it is an office, a rank or a place."""

from __future__ import annotations

import re

from msgspec.structs import replace

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import STOPS, last_word, plain, without_asides
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.outlets import outlet_words
from khabar.corroborate.voices.bodies import Bodies
from khabar.corroborate.voices.offices import office_of
from khabar.corroborate.words import words_of
from khabar.records import Mention, Reading, Source, SourceKind
from khabar.text import fold

__all__ = ["Names", "is_honour", "without_rank"]

_UNNAMED: frozenset[SourceKind] = frozenset({"unnamed_official", "unnamed_source", "witness"})
_OFFICE = 60  # characters
_NAME_BEFORE = re.compile(r"(?P<verb>[^\W\d_]+)\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){1,2})\s*[،,]\s*$")
_IN_IT = re.compile(r"\s*\b(?:بها|به|فيها|فيه|لديها|لديه)\b")  # قال مدير الطوارئ | بها
_CALLED = re.compile(
    r"(?:\s+[^\W\d_]+){0,2}\s*[،,]?\s*و?(?:يدعى|تدعى|اسمه|اسمها)\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){1,2}?)(?=\s*[،,.])"
)
_WHO_IS = re.compile(r"\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){1,2})\s*[،,]\s*(?:وهي|وهو|وهى|التي|الذي|التى|الذى)\s")
_HONOURS = "معالي|سمو|سعادة|فضيلة|جلالة|فخامة|سيادة|سماحة|نيافة|غبطة|عطوفة|قداسة"
# معالي | وزير كذا, صاحب السمو الملكي | الأمير فلان
_HONOUR = re.compile(rf"(?:صاحبة?\s+)?(?:ال)?(?:{_HONOURS})(?:\s+الملكية?)?\s+(?=\S)")
_HONOURED = re.compile(rf"(?:{_HONOURS.replace('ة', 'ت')})(?:ه|ها)|(?:{_HONOURS})\s+ال[^\W\d_]{{3,5}}")
_APPOSED = re.compile(r"\s*[،,]\s*[^\W\d_]+(?:\s+[^\W\d_]+){1,3}(?=\s*[،,])")
_SURNAME = re.compile(r"\s+(ال[^\W\d_]+)$")
_COMMA = re.compile(r"\s*[،,]\s*")
_TIMES = frozenset("اليوم امس مساء صباح ظهر".split())  # which end the name of a body too
_RANKS = frozenset("ركن الركن اول الاول طيار حقوقي".split())
_WORD = re.compile(r"[^\W\d_]+")
_FULL_NAME = 2  # words
_NAME_WORDS = (2, 3)
_ITS_SECRET = frozenset({"سره", "سرها", "سرهم"})
_SIDES = frozenset("شرق غرب شمال جنوب وسط ريف".split())
_LONGEST = 4  # words of a name
_NESTED = frozenset({"في", "فى", "من", "لدى", "باسم"})  # مسؤول في مكتب فلان is not he


class Names:
    """Asks the sources of one reading."""

    def __init__(self, reading: Reading, cues: Cues, bodies: Bodies) -> None:
        self.reading, self.cues, self.bodies = reading, cues, bodies
        self.text = reading.document.text
        sources = [claim.source for claim in reading.claims if claim.source and claim.source.kind == "named_person"]
        self._surnames = {plain(words[0]) for source in sources if len(words := words_of(source.text)) == 1}

    def of(self, source: Source, mention: Mention | None) -> str:
        """The name of a person, by the mention of it in the source, or by all of its words."""
        return self._own_name(source, mention) if mention else self._bare_name(source)

    def completed(self, source: Source) -> Source:
        """The source with the name that follows it: النازحة | سلمى النجار, مدير المرفأ | ، سامر النجار,."""
        if source.kind == "media":
            return source
        source = self._ranked(self._whole(_without_honour(source)))
        if source.kind == "organization" and self.after_office(source.text):
            return replace(source, kind="named_person")
        inside = self.inside(source.start, source.end)
        if not inside and source.kind in _UNNAMED and (self._is_name(source.text) or self._after_comma(source.text)):
            return replace(source, kind="named_person")  # whom no mention names: سامر النجار
        if not inside:
            return self._apposed_to(source) or self._with_following(source)
        named = source.kind != "named_person" and _CALLED.search(source.text + "،") is not None
        named = named or (source.kind in _UNNAMED and self.is_its_name(source, inside[-1]))
        named = named or (source.kind == "unnamed_official" and self._ends_office(source, inside[-1]))
        return replace(source, kind="named_person") if named else source

    def _ranked(self, source: Source) -> Source:
        """The person before whose name nothing but ranks stands: الفريق | الركن الشيخ سامر النجار."""
        if source.kind == "named_person" or not self._is_rank(next(iter(source.text.split()), "")):
            return source
        at = source.start
        for match in _WORD.finditer(self.text, source.start, source.start + _OFFICE):
            at = match.start()
            if not self._is_rank(match[0]):
                break
        named = next((m for m in starting_in(self.reading.mentions, source.start, at + 1) if m.type == "PERSON"), None)
        if named is None or named.end < at:
            return source
        end = max(named.end, source.end)
        return replace(source, end=end, text=self.text[source.start : end], kind="named_person")

    def _is_rank(self, word: str) -> bool:
        folded = fold(word)
        return folded not in _TIMES and (self.cues.has("title", folded) or folded in _RANKS)

    def _ends_office(self, source: Source, mention: Mention) -> bool:
        """Whether a name ends the words of an office whose body ends before it: النائب عن الكتلة | سامر النجار."""
        before = self.text[source.start : mention.start].split()
        over = mention.end == source.end and len(mention.text.split()) >= _FULL_NAME and before[-1].startswith("ال")
        return over and office_of(" ".join(before), self.cues) is not None

    def _is_name(self, text: str) -> bool:
        """Whether words are a person's name and no more: a given name, and one or two that are in no list of cues."""
        words = words_of(text)
        others = ("hidden", "human", "kin", "head", "member", "concerned", "body", "many", "folk")
        listed = any(self.cues.any(name, words[:1]) for name in others)
        return len(words) in _NAME_WORDS and self._is_given(words[0]) and not listed and not set(words) & STOPS

    def _with_following(self, source: Source) -> Source:
        """The source with the name after it, whatever stands between."""
        called = _CALLED.match(self.text, source.end)
        if called is not None and len(words_of(source.text)) <= 3:
            return self._until(source, called.end())
        if source.kind == "organization":
            return source
        in_it = _IN_IT.match(self.text, source.end)
        at = self._skip(in_it.end() if in_it else source.end)
        following = next((m for m in starting_in(self.reading.mentions, at, at + 1) if m.type == "PERSON"), None)
        if following is not None and self._is_told(following):
            return source  # قال مصدر | لمرجان
        if following is not None and (source.kind in _UNNAMED or in_it):
            return self._until(source, following.end)
        apposed_name = _APPOSED.match(self.text, source.end) if source.kind in _UNNAMED else None
        if apposed_name is not None and self._after_comma(self.text[source.start : apposed_name.end()]):
            return self._until(source, apposed_name.end())
        office = source.kind == "unnamed_official" and office_of(source.text, self.cues) is not None
        apposed = self._apposed(source.end) if office else None
        if apposed is not None:
            return self._until(source, apposed)
        known = _WHO_IS.match(self.text, source.end)
        if known is not None and source.kind in _UNNAMED and source.text.startswith("ال") and " " not in source.text:
            return self._until(source, known.end("name"))
        if source.kind in _UNNAMED and last_word(source.text) in self._surnames and len(words_of(source.text)) > 1:
            return replace(source, kind="named_person")
        return source

    def is_its_name(self, source: Source, mention: Mention) -> bool:
        """Whether a name in a source is that of the source itself: it opens it, or follows a comma or a title; or it
        ends what a member of a body is called: عضو لجنة كذا | سامر النجار."""
        before = self.text[source.start : mention.start].split()
        member = bool(before) and self.cues.has("member", plain(fold(before[0]))) and _NESTED.isdisjoint(before)
        if member and mention.end == source.end and " " in mention.text:
            return True
        return not before or before[-1].endswith(("،", ",")) or self.cues.has("title", fold(before[-1]))

    def _apposed_to(self, source: Source) -> Source | None:
        """The source with the name that it stands beside: نفى سامر النجار، | شيخ عائلة كذا."""
        match = _NAME_BEFORE.search(self.text, max(0, source.start - _OFFICE), source.start)
        if source.kind != "named_person" or match is None or source.text.startswith("ال"):
            return None
        if not any(self.cues.has(name, fold(match["verb"])) for name in ("cue", "deny")):
            return None
        first = fold(match["name"].split()[0])
        if first.startswith("ال") or any(self.cues.has(name, first) for name in ("body", "hidden", "head", "title")):
            return None
        start = match.start("name")
        return replace(source, start=start, text=self.text[start : source.end])

    def _whole(self, source: Source) -> Source:
        """The source up to the end of the name that its end cuts: مدير الإسعاف في الهلال | الأحمر."""
        first = self.text.rfind(" ", 0, source.end) + 1
        cut = (m.end for m in starting_in(self.reading.mentions, max(source.start, first - _OFFICE), source.end)
               if m.type in {"ORG", "PERSON"} and m.end > source.end)  # fmt: skip
        end = max(cut, default=source.end)
        return replace(source, end=end, text=self.text[source.start : end]) if end > source.end else source

    def inside(self, start: int, end: int) -> list[Mention]:
        return [m for m in starting_in(self.reading.mentions, start, end) if m.type == "PERSON" and m.end <= end]

    def _until(self, source: Source, end: int) -> Source:
        return replace(source, end=end, text=self.text[source.start : end], kind="named_person")

    def _skip(self, at: int) -> int:
        """The next letter from there."""
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return at

    def _apposed(self, end: int) -> int | None:
        """Where the name ends that stands between commas after an office: المسؤول عن النقطة، الممرض سامر النجار،."""
        comma = re.compile(r"\s*[،,]\s*").match(self.text, end)
        if comma is None:
            return None
        close = re.compile(r"[،,.\n]").search(self.text, comma.end(), comma.end() + _OFFICE)
        until = close.start() if close else comma.end()
        named = self.inside(comma.end(), until)
        return named[0].end if named and named[0].end == until else None

    def after_office(self, phrase: str) -> str:
        """The name after an office whose body has a definite name: متصرف الأغوار الجنوبية | سامر النجار; empty for
        none."""
        parts = phrase.split()
        opens = [plain(word) for word in words_of(parts[0])] if parts else []
        if not (self.cues.any("head", opens) or self.cues.any("member", opens)):
            return ""
        if len(parts) > 1 and fold(parts[1]) in _ITS_SECRET:
            return without_rank(" ".join(parts[2:]), self.cues)  # أمين سرها | سامر النجار
        over = (at for at in range(2, len(parts)) if self.bodies.is_over(parts[at - 1], parts[at]))
        name = without_rank(" ".join(parts[next(over, len(parts)) :]), self.cues)
        return name if _FULL_NAME <= len(name.split()) <= _LONGEST and "،" not in name else ""

    def _after_comma(self, text: str) -> str:
        """The name that no mention names and that follows an office and a comma: محامية المركز، | سناء الورد."""
        office, *rest = _COMMA.split(without_asides(text))
        words = words_of(rest[0]) if rest else []
        others = ("cue", "hidden", "human", "head", "member", "concerned", "body", "many", "folk", "one", "outlet")
        listed = bool(STOPS.intersection(words)) or any(self.cues.any(name, words[:1]) for name in others)
        if len(rest) != 1 or not _FULL_NAME <= len(words) <= _LONGEST or listed or words[0].startswith("ال"):
            return ""
        titled = office.startswith("ال") and self._is_titled(office)
        return rest[0].strip() if words[-1][-1:] != "ا" and (titled or office_of(office, self.cues)) else ""

    def _is_titled(self, office: str) -> bool:
        """Whether a definite office names no body: المندوب الإقليمي."""
        opens = [plain(word) for word in words_of(office)[:1]]
        return self.cues.any("head", opens) or self.cues.any("member", opens)

    def _bare_name(self, source: Source) -> str:
        """The name of a source in which none was found: what follows its office, else its last words, where it is named
        again by the last one."""
        called = _CALLED.search(source.text + "،")
        if called is not None:
            return called["name"]
        apposed = self._after_comma(source.text)
        if apposed:
            return apposed
        name = without_rank(_COMMA.split(without_asides(source.text))[0], self.cues)
        after = self.after_office(name)
        if after:
            return after
        words = name.split()
        again = len(words) > _FULL_NAME and last_word(name) in self._surnames
        return " ".join(words[-_FULL_NAME:]) if again else name

    def _own_name(self, source: Source, mention: Mention) -> str:
        """A person's name without the adjective of the noun before it, (المجلس) القروي | نضال عيد, and with a surname
        that ends the source."""
        whole = self.after_office(self.text[source.start : mention.end])
        opens = fold(mention.text.split()[0])
        if opens.startswith("ال") and len(mention.text.split()) > _FULL_NAME and self.cues.has("head", opens):
            whole = mention.text.split(maxsplit=1)[1]  # المختار | سامر النجار
        words = (whole if whole.endswith(mention.text.split()[-1]) else mention.text).split()
        if whole and words == whole.split():
            return whole
        before = self.text[: mention.start].rsplit(maxsplit=1)[-1:] if mention.start else []
        if before and len(words) > _FULL_NAME and self._governs(fold(before[0])) and self._is_given(words[1]):
            words = words[1:]  # بلدية | زحلة سامر النجار
        adjective = words[0].startswith("ال") and words[0].endswith(("ي", "ية"))
        if len(words) > _FULL_NAME and words[-1].startswith("ل") and self._is_outlet(words[-1][1:]):
            words = words[:-1]  # صرح سامي عياد | لأفق
        rest = _SURNAME.fullmatch(self.text[mention.end : source.end])
        if rest is not None and mention.end < source.end and not words[-1].startswith("ال"):
            words = [*words, rest[1]]
        definite = bool(before) and before[0].removeprefix("و").startswith("ال")
        name = " ".join(words)
        return " ".join(words[1:]) if adjective and definite and len(words) > 2 else name

    def _governs(self, word: str) -> bool:
        """Whether the word after this one is the name of a place: بلدية, شرق."""
        return not word.startswith("ال") and (
            word in _SIDES or any(self.cues.has(n, word) for n in ("body", "generic"))
        )

    def _is_told(self, mention: Mention) -> bool:
        """Whether what was taken for a name is the publisher's, after the ل of who is told."""
        return mention.text.startswith("ل") and self._is_outlet(mention.text[1:].split()[0])

    def _is_given(self, word: str) -> bool:
        return self.cues.has("given", fold(word))

    def _is_outlet(self, word: str) -> bool:
        """Whether a word after ل is of the name of the publisher, or of whom the text credits in brackets."""
        word = f"ا{word}" if word.startswith("ل") else word
        publisher = outlet_words(self.reading.document.publisher or "")
        return plain(fold(word)) in publisher or f"({word})" in self.text or f"مراسل {word}" in self.text


def is_honour(text: str) -> bool:
    """Whether somebody is called by an honour alone: معاليه, سموه, معالي الفريق."""
    return _HONOURED.fullmatch(text.strip()) is not None


def _without_honour(source: Source) -> Source:
    honour = _HONOUR.match(source.text)
    if honour is None:
        return source
    return replace(source, start=source.start + honour.end(), text=source.text[honour.end() :])


def without_rank(name: str, cues: Cues) -> str:
    """A name without the titles before it."""
    words = name.split()
    while len(words) > 1 and cues.has("title", fold(words[0])):
        words = words[2:] if words[1] == "شرطة" and len(words) > 2 else words[1:]
    return " ".join(words)
