"""Who stands behind the words of a report: bodies behind their spokesmen and statements, persons by their names.

A source is named once in full and then by a word (`الدائرة`, `المتحدث`, `البيان`); within a document these are followed
back to the full name, so that one source has one key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from khabar.corroborate.bodies import Bodies
from khabar.corroborate.cues import Cues
from khabar.corroborate.hidden import Hidden, embedded
from khabar.corroborate.naming import STOPS, last_word, name_tokens, plain, same_head, without_asides
from khabar.corroborate.offices import last_office, office_of, owned_name, owner_of_part
from khabar.corroborate.offsets import end_before, starting_in
from khabar.corroborate.outlets import Outlets, outlet_words, same_outlet
from khabar.corroborate.profiles import Voice
from khabar.corroborate.words import words_of
from khabar.records import Claim, Mention, Reading, Source, SourceKind
from khabar.text import fold

__all__ = ["Speakers"]

_UNNAMED: frozenset[SourceKind] = frozenset({"unnamed_official", "unnamed_source", "witness"})
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")
_NAME = r"\s*(?:في\s+|لدى\s+)?[«\"“]?([^،,()«»\"“”]*)"
_IN_NAME_OF = tuple(re.compile(opens + _NAME) for opens in (r"(?:ب[إا]سم|بلسان)", r"[إا]علام(?:ي|ية)?"))
_OPENING = ("«", '"', "“")
_PRONOUN = frozenset({"ها", "ه", "هم", "هما"})
_POSSESSIVES = ("ها", "هم", "ه")
_STATEMENT_OF = re.compile(r"^(?:\S+\s+)*?ل(?P<article>ل)?(?=[^\W\d_]{3})")
_ISSUED_BY = re.compile(r"(?<=\S)\s+(?:صدر|صادر|الصادر|نسب|منسوب)\s+(?:عن|إلى)(?=\s)")  # بيان | صدر عن | البلدية
_OWNED_BY = re.compile(r"\s+ل(?P<article>ل)?(?=[^\W\d_]{3})")
_OWNER_AFTER = re.compile(r"\s+[لب](?=[^\W\d_]{3})")
_WORD_BEFORE = 20  # characters before a name in which its head noun stands
_APPOSED = re.compile(r"[،,]?((?:\s+[^\W\d_]+){1,4})\s*[،,]")
_OFFICE_AFTER = re.compile(r"(?:\s+[^\W\d_]+){0,2}\s*[،,]\s*(?:من\s+)?(?P<office>[^،,.\n]{5,60})[،,]")
_OFFICE = 60  # characters
_OFFICE_BEFORE = re.compile(r"(?P<office>[^،,.\n]{5,60})[،,]\s*$")
_IN_IT = re.compile(r"\s*(?:بها|به|فيها|فيه|لديها|لديه)\b")  # قال مدير الطوارئ | بها
_OUTLETS = "الوكاله الصحيفه القناه الموقع موقعها الشبكه الاذاعه الجريده المجله البوابه المنصه النشره المحطه".split()
_FULL_NAME = 2  # words

_DESCRIBED = "، ال"  # اللجنة، المؤلفة من وجهاء: of a body what follows describes it


class Speakers:
    """The sources of one reading, resolved in the order of its claims."""

    def __init__(self, reading: Reading, cues: Cues, outlets: Outlets, ends: Sequence[int]) -> None:
        self.reading, self.cues, self.outlets, self.ends = reading, cues, outlets, ends
        self.text = reading.document.text
        publisher = reading.document.publisher
        self.own = outlets.key(publisher) if publisher else ""
        self.bodies = Bodies(reading, cues)
        self._hidden = Hidden(reading, cues, outlets, self.own, ends)
        self._persons: dict[str, Voice] = {}  # by the last name
        self._spoken_for: Voice | None = None
        self._last: Voice | None = None
        self._embedded = embedded(reading.claims)
        self._heard: dict[str, Voice | None] = {}
        self._at = 0  # where the source in hand stands

    def voice(self, claim: Claim) -> Voice | None:
        """The voice of a claim, or None where the outlet's own reporter speaks; claims are asked for in their order."""
        if claim.id not in self._heard:
            self._heard[claim.id] = self._hear(claim)
        return self._heard[claim.id]

    def is_inner(self, claim: Claim) -> bool:
        """Whether these are words that another, who is no outlet, says that somebody spoke."""
        around = self._embedded.get(claim.id)
        return around is not None and (around.source is None or around.source.kind != "media")

    def _hear(self, claim: Claim) -> Voice | None:
        source = claim.source
        if source is None:
            return self._hidden.voice("", "unnamed_source", claim, None)
        if self.cues.any("pronoun", words_of(source.text)[:1]):
            return self._last or self._hidden.voice(source.text, "unnamed_source", claim, None)
        found = self._carried(claim) or self._publisher_of(source) or self._known_person(source) or self.named(source)
        if found is not None and found.kind == "media" and same_outlet(found.key, self.own):
            return None
        if found is None:
            kind = source.kind if source.kind in _UNNAMED else "unnamed_source"
            found = self._hidden.voice(without_asides(source.text), kind, claim, self._last)
        if claim.id not in self._embedded:
            self._last = found
            # Who demands has told nothing that a later البيان could be: and may be who is called on, طالبت الوزارة.
            if found.kind == "organization" and claim.stance != "demands":
                self.bodies.topic = self.bodies.remember(found)
        return found

    def _carried(self, claim: Claim) -> Voice | None:
        """Whose words they are where an outlet speaks, نقلت القناة عن مصدر, or a person for a body, على لسان رئيسها."""
        source, via = claim.source, claim.via[0] if claim.via else None
        if source is None or via is None or claim.cue is None:
            return None
        if source.kind == "media" and self.cues.any("hidden", words_of(via.text)[:1]):
            outlet = self.named(source)
            label = without_asides(via.text)
            carrier = (outlet.key, outlet.label) if outlet is not None and outlet.key != self.own else ("", "")
            return Voice(label, "unnamed_source", "", *carrier)
        if source.kind == "named_person" and "لسان" in claim.cue.text and self.cues.any("body", words_of(via.text)[:1]):
            body = self.bodies.named(via.text, [])
            self._persons[last_word(source.text)] = body
            return body
        return None

    def _known_person(self, source: Source) -> Voice | None:
        """Who was named in full before, by a last name alone that is none of the known ones."""
        words = words_of(without_asides(source.text))
        return self._persons.get(plain(words[0])) if source.kind != "media" and len(words) == 1 else None

    def _publisher_of(self, source: Source) -> Voice | None:
        """Who published the thing that a verb after it seems to make speak: نشر النادي قائمة بأسماء | قال إنهم."""
        if source.kind not in _UNNAMED or not self.cues.any("thing", words_of(source.text)[:1]):
            return None
        begin = end_before(self.ends, source.start)
        before = starting_in(self.bodies.organisations, begin, source.start)
        return self.bodies.named(before[-1].text, [before[-1]]) if before else self._last

    def named(self, source: Source) -> Voice | None:
        """The voice of a source that is named; None for the unnamed."""
        self._at = source.start
        text = without_asides(self._extended(source))
        if source.kind == "organization" and _DESCRIBED in text:
            text = text[: text.index(_DESCRIBED)]
        words = words_of(text)
        end = source.start + len(text)
        inside = [m for m in starting_in(self.reading.mentions, source.start, end) if m.end <= end]
        if self.cues.any("reporter", words[:2]):
            return self._reporter(text)
        people = any(m.type == "PERSON" for m in inside)
        after = _OWNER_AFTER.match(self.text, end)
        whole_name = self.text[source.start : self._name_end(after.end())] if after else text
        owner = owner_of_part(whole_name, self.cues) if not people else None
        if owner is not None:
            named = list(starting_in(self.bodies.organisations, source.start, source.start + len(whole_name)))
            self.bodies.parts[plain(words[0])] = self._one_or_named(owner, named)
            return self.bodies.parts[plain(words[0])]
        if self.cues.any("spokesman", words) and not self.cues.any("free", words[:1]):
            # خلية الإعلام الأمني is a body by its own name.
            known = next((m for m in inside if m.type == "ORG" and m.entity and m.start == source.start), None)
            if known is None or len(words_of(known.text)) == 1:
                return self._spokesman(source, text, inside)
        if source.kind == "media":
            return self._outlet(source, text)
        persons = [m for m in inside if m.type == "PERSON" and not self._names_a_body(m)]
        whole = self._whole(source, text, words, inside) if not persons else None
        if whole is not None:
            return whole
        office = office_of(text, self.cues) if not persons else None
        headed = self.bodies.of_office(office, source.start) if office is not None and office.heads else ""
        if headed and self._is_body([plain(word) for word in words_of(headed)]):
            return self._one_or_named(headed, [])
        body = self._is_body(words) and not (persons and self.cues.has("title", words[0]))
        if source.kind == "named_person" and persons and not body:
            return self._person(source, persons[0])
        if body or source.kind in {"organization", "document"} or self.cues.any("statement", words[:1]):
            return self._body(text, words, inside, source)
        return None if source.kind in _UNNAMED else self._person(source, None)

    # --- outlets and their reporters ---

    def _names_a_body(self, mention: Mention) -> bool:
        """Whether what looks like a person's name is a body's, a branch's or a paper's: هيئة «غيث», فرع | صفاقس."""
        if self.cues.any("statement", words_of(mention.text)[:1]):
            return True
        before = words_of(self.text[max(0, mention.start - _WORD_BEFORE) : mention.start])[-1:]
        quoted = self.text[: mention.start].endswith(_OPENING)
        part = self.cues.any("branch", before) and not self.cues.any("head", before)
        return part or (quoted and self.cues.any("body", before))

    def _reporter(self, text: str) -> Voice:
        words = [word.strip("«»\"'") for word in text.split()]
        rest = " ".join(w for w in words if not self.cues.has("reporter", fold(w)) and fold(w) not in _OUTLETS)
        key = self.outlets.key(rest) if rest else self.own
        return Voice(rest or (self.reading.document.publisher or ""), "media", key)

    def _outlet(self, source: Source, text: str) -> Voice | None:
        end = source.start + len(text)
        times = (m.start for m in starting_in(self.reading.mentions, source.start, end) if m.type == "TIME")
        text = text[: next(times, end) - source.start].strip() or text  # وكالة كذا | الثلاثاء
        words = [word for word in words_of(text) if len(word) > 1]
        if len(words) <= 1 and (not words or words[0] in _OUTLETS):
            return next((voice for voice in reversed(self.bodies.spoken) if voice.kind == "media"), None)
        key = source.entity if source.entity in self.outlets.labels else self.outlets.key(text)
        return self.bodies.remember(Voice(text, "media", key or ""))

    # --- bodies ---

    def _one_or_named(self, name: str, known: list[Mention]) -> Voice:
        """The body of a name, or the one of before that a single word with its article points back to."""
        words = words_of(name)
        return self.bodies.back(words[0], name, self._at) if len(words) == 1 else self.bodies.named(name, known)

    def _is_body(self, words: list[str]) -> bool:
        """Whether the phrase opens with the head noun of a body: then names after it belong to the body's own."""
        return bool(words) and self.cues.has("body", words[0])

    def _extended(self, source: Source) -> str:
        """The source's phrase, with the words after it where a body's bare head ends it: `دائرة` (`صحة ديالى`)."""
        words = words_of(source.text)
        if not words or words[-1].startswith("ال"):
            return source.text
        last = words[-1]
        owned = _OWNED_BY.match(self.text, source.end)
        if owned and self.cues.any("branch", words) and self.cues.any("head", words[:1]):
            return self.text[source.start : self._name_end(owned.end())]  # رئيس فرع صفاقس | للرابطة
        bare = last in {"باسم"} or (self.cues.has("body", last) and (len(words) < 3 or words[-2] == "باسم"))
        return self.text[source.start : self._name_end(source.end)] if bare else source.text

    def _name_end(self, end: int) -> int:
        """Where the name that goes on after `end` ends: at a word that no name holds, or after a definite one."""
        for _ in range(3):
            match = _NEXT_WORD.match(self.text, end)
            if match is None or fold(match[1]) in STOPS or self.cues.has("cue", fold(match[1])):
                break
            end = match.end()
            following = _NEXT_WORD.match(self.text, end)
            if match[1].startswith("ال") and not (following and following[1].startswith(("ال", "وال"))):
                break
        return end

    def _whole(self, source: Source, text: str, words: list[str], inside: list[Mention]) -> Voice | None:
        """The body that a part of it speaks for: مكتبها الإعلامي, فرع الهلال الأحمر, متطوعو الجمعية, مدير المرصد."""
        if not words:
            return None
        if self.cues.has("forces", words[0]) and words[0].endswith(_POSSESSIVES):
            return self._last or self.bodies.topic  # عناصرها
        if any(self._is_part(words[0].removesuffix(end), words[0]) for end in _POSSESSIVES):
            return self.bodies.topic or self.bodies.latest(source.start)
        if not self.cues.has("branch", words[0]) or len(words) == 1:
            return None
        after = source.start + len(text.split(maxsplit=1)[0]) + 1
        owner = next((m for m in inside if m.type == "ORG" and m.start - after in range(3)), None)
        if owner is not None:
            self.bodies.parts[plain(words[0])] = self.bodies.named(owner.text, [owner])
            return self.bodies.parts[plain(words[0])]
        if not words[1].startswith("ال") or (source.kind == "organization" and self._is_named(words[1:])):
            return None
        voice = self.bodies.before(words[1], source.start)
        if voice is not None:
            self.bodies.parts[plain(words[0])] = voice
        return voice

    def _is_part(self, stem: str, word: str) -> bool:
        return stem != word and len(stem) > 2 and any(self.cues.has(name, stem) for name in ("branch", "spokesman"))

    def _is_named(self, words: list[str]) -> bool:
        """Whether more than a head noun stands there: (إدارة) الجمارك العامة."""
        return len(words) > 1 and words[1] not in STOPS

    def _spokesman(self, source: Source, text: str, inside: list[Mention]) -> Voice | None:
        named = next((found for pattern in _IN_NAME_OF if (found := pattern.search(text))), None)
        bodies = [mention for mention in inside if mention.type == "ORG"]
        voice: Voice | None
        owner = self._owner(source.start, source.start + len(text))
        if owner:
            voice = self.bodies.named(owner, [])
        elif named and _PRONOUN.isdisjoint(words_of(named[1])[:1]) and named[1].strip():
            voice = self._spoken_body(named[1].strip(), bodies, inside)
        elif bodies:
            voice = self.bodies.named(bodies[0].text, bodies)
        else:
            voice = self._spoken_for or self.bodies.topic or self.bodies.latest(self._at)
        if voice is not None:
            persons = [m.text for m in inside if m.type == "PERSON" and m.text not in voice.label]
            # A name that was not found stands at the end, or between there and a comma.
            apposed = _APPOSED.match(self.text, source.start + len(text))
            for name in [*persons, text, apposed[1] if apposed else ""]:
                self._persons[last_word(name)] = voice
            speaker = persons[0] if persons else apposed[1].strip() if apposed else ""
            voice = self.bodies.remember(msgspec.structs.replace(voice, speaker=self._without_rank(speaker)))
        self._spoken_for = voice or self._spoken_for
        return voice

    def _owner(self, start: int, end: int) -> str:
        """Whose the part is that stands here: الإعلام العسكري | للقوات المشتركة, inside or right after."""
        if not self.cues.any("branch", words_of(self.text[start:end])[:1]):
            return ""
        match = _OWNED_BY.search(self.text, start, end) or _OWNED_BY.match(self.text, end)
        if match is None:
            return ""
        name = self.text[match.end() : self._name_end(match.end())]
        return owned_name(name, match["article"] is not None, self.cues)

    def _spoken_body(self, text: str, bodies: list[Mention], inside: list[Mention]) -> Voice:
        """The body of `المتحدث باسم …`, without the name of the spokesman that may follow it."""
        persons = [mention.text for mention in inside if mention.type == "PERSON" and mention.text in text]
        for person in persons:
            text = text.split(person, maxsplit=1)[0].strip() or text
        text = self.bodies.without_title(text)
        words = words_of(text)
        if words and words[0].startswith("ال") and (len(words) == 1 or _ends_there(words)):
            return self.bodies.back(words[0], text, self._at)
        return self.bodies.named(text, bodies)

    def _body(self, text: str, words: list[str], inside: list[Mention], source: Source) -> Voice | None:
        stated = self.cues.any("statement", words[:1])
        rest = [w for w in words if not (self.cues.has("statement", w) or self.cues.has("which", w) or w in STOPS)]
        if not rest:  # `البيان`, `في بيان سابق`: of the body that spoke last
            return self.bodies.topic or (self.bodies.spoken[-1] if self.bodies.spoken else self._document(text))
        bodies = [mention for mention in inside if mention.type == "ORG"]
        if stated:
            text = _ISSUED_BY.sub("", text)
            owned = _STATEMENT_OF.match(text)
            issuer = None if owned else self._issuer(text, bodies)
            if issuer is not None:
                return issuer
            named = owned_name(text[owned.end() :], owned["article"] is not None, self.cues) if owned else ""
            text = self.bodies.without_title(named or " ".join(text.split()[1:]))
            rest = words_of(text) if named else rest
        elif source.kind == "document":
            return self._issuer(text, bodies) or self._document(text)
        if len(rest) == 1 and (not bodies or self.bodies.has_spoken(rest[0])):
            return self.bodies.back(rest[0], text, source.start)
        return self.bodies.named(text, bodies)

    def _issuer(self, text: str, bodies: list[Mention]) -> Voice | None:
        """The body that a paper is of: تقديرات الأمم المتحدة, رواية الشرطة, حصيلة أعلنتها وزارة كذا."""
        parts = text.split()
        if bodies:
            return self.bodies.named(bodies[0].text, bodies[:1])
        at = next((at for at, part in enumerate(parts) if at and self.cues.has("body", fold(part))), None)
        if at is None:
            return None
        name = " ".join(parts[at:])
        return self.bodies.back(fold(name), name, self._at) if at == len(parts) - 1 else self.bodies.named(name, [])

    def _document(self, text: str) -> Voice:
        return Voice(text, "document", "name:" + " ".join(name_tokens(text)))

    # --- persons ---

    def _officer(self, name: str) -> Voice | None:
        """Who was named by an office before that is now named by its bare word: محافظ كذا, then المحافظ."""
        words = words_of(name)
        if len(words) != 1 or not words[0].startswith("ال"):
            return None
        return next((v for v in reversed(self._persons.values()) if same_head(v.label, plain(words[0]))), None)

    def _person(self, source: Source, mention: Mention | None) -> Voice:
        name = self._own_name(mention) if mention else self._without_rank(without_asides(source.text))
        before = self._persons.get(last_word(name)) or (None if mention else self._officer(name))
        if before is not None:
            return before
        known = mention.entity if mention and mention.entity and not mention.entity.id.startswith("doc:") else None
        key = known.id if known else "name:" + " ".join(name_tokens(name))
        name_en = known.name_en if known else None
        voice = Voice(name, "named_person", key, name_en=name_en, of=self._office(source, name))
        self._persons[last_word(name)] = voice
        return voice

    def _own_name(self, mention: Mention) -> str:
        """A person's name without the adjective of the noun before it: (المجلس) القروي | نضال عيد."""
        words = mention.text.split()
        before = self.text[: mention.start].rsplit(maxsplit=1)[-1:] if mention.start else []
        adjective = words[0].startswith("ال") and words[0].endswith(("ي", "ية"))
        if len(words) > _FULL_NAME and words[-1].startswith("ل") and self._is_outlet(words[-1][1:]):
            words = words[:-1]  # صرح سامي عياد | لأفق
        definite = bool(before) and before[0].removeprefix("و").startswith("ال")
        name = " ".join(words)
        return " ".join(words[1:]) if adjective and definite and len(words) > 2 else name

    def _is_outlet(self, word: str) -> bool:
        """Whether a word is of the name of the publisher, or of whom the text credits in brackets."""
        publisher = outlet_words(self.reading.document.publisher or "")
        return plain(fold(word)) in publisher or f"({word})" in self.text or f"مراسل {word}" in self.text

    def _office(self, source: Source, name: str) -> str:
        """The body that a person speaks for by an office beside the name, empty for none."""
        descriptor, _, after = source.text.partition(name)
        for words in (descriptor, after.lstrip(" ،,")):
            office = office_of(words, self.cues) if words.strip() else None
            if office is not None:
                return self.bodies.of_office(office, source.start)
        if not descriptor.strip() and not after.strip():
            office = office_of(name, self.cues)
            if office is not None:
                pointed = _IN_IT.match(self.text, source.end) and self.bodies.topic
                return pointed.label if pointed else self.bodies.of_office(office, source.start)
        apposed = _OFFICE_AFTER.match(self.text, source.end)
        before = _OFFICE_BEFORE.search(self.text, max(0, source.start - _OFFICE), source.start)
        office = office_of(apposed["office"], self.cues) if apposed else None
        office = office or (last_office(before["office"], self.cues) if before else None)
        return self.bodies.of_office(office, source.start) if office is not None else ""

    def _without_rank(self, name: str) -> str:
        words = name.split()
        while len(words) > 1 and self.cues.has("title", fold(words[0])):
            words = words[2:] if words[1] == "شرطة" and len(words) > 2 else words[1:]
        return " ".join(words)


def _ends_there(words: list[str]) -> bool:
    """Whether a bare definite head is all of the name: المفوضية | في ليبيا, الوزارة | المنصف الغربي."""
    apart = words[0].endswith("ه") and words[1].startswith("ال") and not words[1].endswith("ه")
    return words[1] == "في" or apart
