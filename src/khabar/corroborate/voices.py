"""Who stands behind the words of a report: bodies behind their spokesmen and statements, persons by their names.

A source is named once in full and then by a word (`الدائرة`, `المتحدث`, `البيان`); within a document these are followed
back to the full name, so that one source has one key.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from khabar.corroborate.bodies import Bodies
from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import STOPS, last_word, name_tokens, plain, same_head, without_asides
from khabar.corroborate.offices import Office, office_of, owned_name
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.outlets import Outlets, same_outlet
from khabar.corroborate.profiles import Voice
from khabar.corroborate.words import words_of
from khabar.records import Claim, Mention, Reading, Source, SourceKind
from khabar.text import fold

__all__ = ["Speakers"]

_UNNAMED: frozenset[SourceKind] = frozenset({"unnamed_official", "unnamed_source", "witness"})
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")
_IN_NAME_OF = re.compile(r"(?:ب[إا]سم|بلسان|[إا]علام(?:ي|ية)?)\s*(?:في\s+|لدى\s+)?[«\"“]?([^،,()«»\"“”]*)")
_PRONOUN = frozenset({"ها", "ه", "هم", "هما"})
_POSSESSIVES = ("ها", "هم", "ه")
_STATEMENT_OF = re.compile(r"^(?:\S+\s+)*?ل(?P<article>ل)?(?=[^\W\d_]{3})")
_OWNED_BY = re.compile(r"\s+ل(?P<article>ل)?(?=[^\W\d_]{3})")
_WORD_BEFORE = 20  # characters before a name in which its head noun stands
_OUTLET_HEAD = re.compile(
    r"(?:وكالة|وكاله|صحيفة|صحيفه|جريدة|موقع|قناة|شبكة|بوابة|إذاعة|تلفزيون|مجلة|يومية)\s+«?\"?((?:[^\W\d_]+\s*){1,3})"
)
_APPOSED = re.compile(r"[،,]?((?:\s+[^\W\d_]+){1,4})\s*[،,]")
_OFFICE_AFTER = re.compile(r"(?:\s+[^\W\d_]+){0,2}\s*[،,]\s*(?:من\s+)?(?P<office>[^،,.\n]{5,60})[،,]")
_OUTLETS = frozenset(
    "الوكاله الصحيفه القناه الموقع موقعها الشبكه الاذاعه الجريده المجله البوابه المنصه النشره المحطه".split()
)
_BEFORE = 25  # words of a sentence in which the outlet of an unnamed source is named


class Speakers:
    """The sources of one reading, resolved in the order of its claims."""

    def __init__(self, reading: Reading, cues: Cues, outlets: Outlets, ends: Sequence[int]) -> None:
        self.reading, self.cues, self.outlets, self.ends = reading, cues, outlets, ends
        self.text = reading.document.text
        publisher = reading.document.publisher
        self.own = outlets.key(publisher) if publisher else ""
        self.bodies = Bodies(reading, cues)
        self._persons: dict[str, Voice] = {}  # by the last name
        self._hidden: dict[SourceKind, Voice] = {}  # the unnamed of each kind that spoke last
        self._spoken_for: Voice | None = None
        self._last: Voice | None = None
        self._embedded = _embedded(reading.claims)
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
            return self._unnamed("", "unnamed_source", claim)
        if self.cues.any("pronoun", words_of(source.text)[:1]):
            return self._last or self._unnamed(source.text, "unnamed_source", claim)
        found = self._publisher_of(source) or self.named(source)
        if found is not None and found.kind == "media" and same_outlet(found.key, self.own):
            return None
        if found is None:
            kind = source.kind if source.kind in _UNNAMED else "unnamed_source"
            found = self._unnamed(without_asides(source.text), kind, claim)
        if claim.id not in self._embedded:
            self._last = found
            if found.kind == "organization":
                self.bodies.topic = self.bodies.remember(found)
        return found

    def _publisher_of(self, source: Source) -> Voice | None:
        """Who published the thing that a verb after it seems to make speak: نشر النادي قائمة بأسماء | قال إنهم."""
        if source.kind not in _UNNAMED or not self.cues.any("thing", words_of(source.text)[:1]):
            return None
        begin = self._sentence_end_before(source.start)
        before = starting_in(self.bodies.organisations, begin, source.start)
        return self.bodies.named(before[-1].text, [before[-1]]) if before else self._last

    def named(self, source: Source) -> Voice | None:
        """The voice of a source that is named; None for the unnamed."""
        self._at = source.start
        text = without_asides(self._extended(source))
        words = words_of(text)
        end = source.start + len(text)
        inside = [m for m in starting_in(self.reading.mentions, source.start, end) if m.end <= end]
        if self.cues.any("reporter", words[:2]):
            return self._reporter(words)
        if self.cues.any("spokesman", words):
            # خلية الإعلام الأمني is a body by its own name.
            known = next((m for m in inside if m.type == "ORG" and m.entity and m.start == source.start), None)
            if known is None or len(words_of(known.text)) == 1:
                return self._spokesman(source, text, inside)
        if source.kind == "media":
            return self._outlet(source, text)
        persons = [m for m in inside if m.type == "PERSON" and not self._names_a_branch(m)]
        whole = self._whole(source, text, words, inside) if not persons else None
        if whole is not None:
            return whole
        office = office_of(text, self.cues) if not persons else None
        headed = self._body_of(office, source.start) if office is not None and office.heads else ""
        if headed:
            return self.bodies.named(headed, [])
        body = self._is_body(words) and not (persons and self.cues.has("title", words[0]))
        if source.kind == "named_person" and persons and not body:
            return self._person(source, persons[0])
        if body or source.kind in {"organization", "document"} or self.cues.any("statement", words[:1]):
            return self._body(text, words, inside, source)
        return None if source.kind in _UNNAMED else self._person(source, None)

    # --- the unnamed ---

    def _unnamed(self, label: str, kind: SourceKind, claim: Claim) -> Voice:
        earlier = self._hidden.get(kind)
        if earlier is not None and label.startswith("ال"):
            return earlier  # المصدر نفسه
        carrier, name = self._carrier(claim)
        start = claim.source.start if claim.source else claim.content.start
        begin = self._sentence_end_before(start)
        before = " ".join(plain(word) for word in words_of(self.text[begin:start])[-_BEFORE:])
        self._hidden[kind] = Voice(label, kind, "", carrier, name, before)
        return self._hidden[kind]

    def _sentence_end_before(self, offset: int) -> int:
        at = bisect_left(self.ends, offset)
        return self.ends[at - 1] if at else 0

    def _carrier(self, claim: Claim) -> tuple[str, str]:
        """Key and name of the outlet that carries it, as the claim or a known name before it has it; empty for none."""
        for span in claim.via:
            key = self.outlets.key(span.text)
            if key != self.own and len(words_of(span.text)) + (key in self.outlets.labels) > 1:
                return key, span.text
        start = claim.source.start if claim.source else claim.content.start
        begin = self._sentence_end_before(start)
        for match in _OUTLET_HEAD.finditer(self.text, begin, start):
            words = match[1].split()
            for last in range(len(words), 0, -1):
                name = " ".join(words[:last])
                known = self.outlets.known(name)
                if known and known != self.own:
                    return known, name
        return "", ""

    # --- outlets and their reporters ---

    def _names_a_branch(self, mention: Mention) -> bool:
        """Whether a name is of where a branch is: فرع | صفاقس."""
        before = words_of(self.text[max(0, mention.start - _WORD_BEFORE) : mention.start])
        return self.cues.any("branch", before[-1:]) and not self.cues.any("head", before[-1:])

    def _reporter(self, words: list[str]) -> Voice:
        rest = " ".join(word for word in words if not self.cues.has("reporter", word))
        key = self.outlets.key(rest) if rest else self.own
        return Voice(rest or (self.reading.document.publisher or ""), "media", key)

    def _outlet(self, source: Source, text: str) -> Voice | None:
        words = [word for word in words_of(text) if len(word) > 1]
        if len(words) <= 1 and (not words or words[0] in _OUTLETS):
            return next((voice for voice in reversed(self.bodies.spoken) if voice.kind == "media"), None)
        key = source.entity if source.entity in self.outlets.labels else self.outlets.key(text)
        return self.bodies.remember(Voice(text, "media", key or ""))

    # --- bodies ---

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
        if self.bodies.topic is not None and any(
            self._is_part(words[0].removesuffix(end), words[0]) for end in _POSSESSIVES
        ):
            return self.bodies.topic
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
        named = _IN_NAME_OF.search(text)
        bodies = [mention for mention in inside if mention.type == "ORG"]
        voice: Voice | None
        owner = self._owner(source.start, source.start + len(text))
        if owner:
            voice = self.bodies.named(owner, [])
        elif named and named[1].strip() and fold(named[1].strip()) not in _PRONOUN:
            voice = self._spoken_body(named[1].strip(), bodies, inside)
        elif bodies:
            voice = self.bodies.named(bodies[0].text, bodies)
        else:
            voice = self._spoken_for or self.bodies.topic or (self.bodies.spoken[-1] if self.bodies.spoken else None)
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
            owned = _STATEMENT_OF.match(text)
            issuer = None if owned else self._issuer(text, bodies)
            if issuer is not None:
                return issuer
            named = owned_name(text[owned.end() :], owned["article"] is not None, self.cues) if owned else ""
            text = named or " ".join(text.split()[1:])
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
        definite = bool(before) and before[0].removeprefix("و").startswith("ال")
        return " ".join(words[1:]) if adjective and definite and len(words) > 2 else mention.text

    def _office(self, source: Source, name: str) -> str:
        """The body that a person speaks for by an office beside the name, empty for none."""
        descriptor, _, after = source.text.partition(name)
        for words in (descriptor, after.lstrip(" ،,")):
            office = office_of(words, self.cues) if words.strip() else None
            if office is not None:
                return self._body_of(office, source.start)
        apposed = _OFFICE_AFTER.match(self.text, source.end)
        office = office_of(apposed["office"], self.cues) if apposed else None
        return self._body_of(office, source.start) if office is not None else ""

    def _body_of(self, office: Office, offset: int) -> str:
        body = self.bodies.without_title(office.body)
        words = words_of(body)
        if not words:
            return ""
        if len(words) == 1 or not words[1].startswith("ال"):
            # الوزارة (في كركوك): what was named before.
            spoke = {voice.key for voice in self.bodies.spoken}
            pointed = self.bodies.before(words[0], offset) if words[0].startswith("ال") else None
            if pointed is not None:
                return pointed.label if office.heads or pointed.key in spoke else ""
        known = self.bodies.known_as(body)
        if known is not None:
            return known.label
        return body if office.heads and len(words) > 1 and self.cues.has("body", plain(words[0])) else ""

    def _without_rank(self, name: str) -> str:
        words = name.split()
        while len(words) > 1 and self.cues.has("title", fold(words[0])):
            words = words[2:] if words[1] == "شرطة" and len(words) > 2 else words[1:]
        return " ".join(words)


def _ends_there(words: list[str]) -> bool:
    """Whether a bare definite head is all of the name: المفوضية | في ليبيا, الوزارة | المنصف الغربي."""
    apart = words[0].endswith("ه") and words[1].startswith("ال") and not words[1].endswith("ه")
    return words[1] == "في" or apart


def _embedded(claims: Sequence[Claim]) -> dict[str, Claim]:
    """By id those claims whose cue stands in another's content, each with that one."""
    found: dict[str, Claim] = {}
    around: Claim | None = None
    for claim in sorted(claims, key=lambda c: (c.content.start, -c.content.end)):
        if around and claim.cue is not None and around.content.start <= claim.cue.start < around.content.end:
            found[claim.id] = around
        if around is None or claim.content.end > around.content.end:
            around = claim
    speaking = {claim.source.start: claim for claim in claims if claim.source}
    for claim in claims:
        # Where the words around were cut down to these, the carrier still tells who spoke them.
        carriers = (speaking.get(span.start) for span in claim.via)
        carrier = next((one for one in carriers if one is not None and one.id != claim.id), None)
        if carrier is not None:
            found.setdefault(claim.id, carrier)
    return found
