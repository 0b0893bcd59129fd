"""Who stands behind the words of a report: bodies behind their spokesmen and statements, persons by their names.

A source is named once in full and then by a word (`الدائرة`, `المتحدث`, `البيان`); within a document these are followed
back to the full name, so that one source has one key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import STOPS, name_tokens, plain, same_head, without_asides
from khabar.corroborate.offsets import end_before, starting_in
from khabar.corroborate.outlets import Outlets, same_outlet
from khabar.corroborate.profiles import Voice
from khabar.corroborate.voices.bodies import Bodies
from khabar.corroborate.voices.eyewitness import outlet_that_saw
from khabar.corroborate.voices.hidden import Hidden, embedded
from khabar.corroborate.voices.mistaken import Mistaken
from khabar.corroborate.voices.names import is_honour, without_rank
from khabar.corroborate.voices.offices import Office, office_of, owned_name, owner_of_part
from khabar.corroborate.voices.persons import Persons
from khabar.corroborate.voices.pointing import Pointing
from khabar.corroborate.voices.press import Press
from khabar.corroborate.voices.spokesmen import Spokesmen
from khabar.corroborate.words import words_of
from khabar.records import Claim, Mention, Reading, Source, SourceKind
from khabar.text import fold

__all__ = ["Speakers"]

_OF_BODIES: frozenset[SourceKind] = frozenset({"organization", "document"})
_UNNAMED: frozenset[SourceKind] = frozenset({"unnamed_official", "unnamed_source", "witness"})
_OPENING = ("«", '"', "“")
_POSSESSIVES = ("ها", "هم", "ه")
_STATEMENT_OF = re.compile(r"^(?:\S+\s+)*?ل(?P<article>ل)?(?=[^\W\d_]{3})")
_ISSUED_BY = re.compile(r"(?<=\S)\s+(?:صدر|صادر|الصادر|نسب|منسوب)\s+(?:عن|إلى)(?=\s)")  # بيان | صدر عن | البلدية
# بيان مصور | بثه اللواء
_SPREAD_BY = re.compile(
    r"\s(?:أصدر|نشر|بث|وزع|أذاع|أورد)ت?(?:ه|ها)\s+(?P<who>[^،,.\n]{3,60}?)(?=\s+(?:على|عبر|في|أمس|اليوم)\s|$)"
)
_ITS_OWN = re.compile(
    r"\s+(?:(?:صدر|صادر|نشر)\s+عن|ل|[أا]صدرت|نشرت|وزعت)(?:ها|هم|ه)(?![^\W\d_])"
)  # بيان | لها, صدر عنها
_IS_DOING = re.compile(r"\s+(?:[يت][^\W\d_]{3,}|في|من)\s")
_IS_BUSY = re.compile(r"\s+[يت][^\W\d_]{2,}(?<!ا)[^\W\d_ا]\s")  # قال عتال | يعمل في الميناء; not قال زيدان تعليقا
_OWNED_BY = re.compile(r"\s+ل(?P<article>ل)?(?=[^\W\d_]{3})")
_OWNER_AFTER = re.compile(r"\s+[لب](?=[^\W\d_]{3})")
_WORD_BEFORE = 20  # characters before a name in which its head noun stands

_LAST_CLAUSE = re.compile(r"[،,]")
_TWO_AFTER = re.compile(r"\s+(?P<name>[^\W\d_]+\s+[^\W\d_]+)")  # words of a name that was not found
_SHORT_NAME = 2  # words
_QUALIFIED = 2  # المصدر الأمني
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
        self.pointing = Pointing(reading, cues, ends)
        self._press = Press(reading, cues, outlets, self.own, self.bodies, self.pointing)
        self.persons = Persons(reading, cues, self.bodies, self.pointing, ends)
        self._mistaken = Mistaken(reading, cues, self.bodies, self.persons, self.pointing)
        self._spokesmen = Spokesmen(reading, cues, self.bodies, self.persons)
        self._last: Voice | None = None
        self._paper: Voice | None = None
        self._embedded = embedded(reading.claims)
        self._heard: dict[str, Voice | None] = {}
        self._at = 0  # where the source in hand stands

    def voice(self, claim: Claim) -> Voice | None:
        """The voice of a claim, or None where the outlet's own reporter speaks; claims are asked for in their order."""
        if claim.id not in self._heard:
            self._heard[claim.id] = self._hear(claim)
        return self._heard[claim.id]

    def beside(self, source: Source) -> Voice | None:
        """Whose words they are, or deny, where who stands beside was read as no claim's source."""
        source = self.persons.names.completed(source)
        return self.persons.known(source) or self.pointing.described(source) or self.named(source)

    def reporter_at(self, start: int, end: int, word: int) -> Voice | None:
        """Whose reporter stands at a word of this sentence; None for the outlet's own."""
        return outlet_that_saw(self.text[start:end], word, self.own, self.outlets)

    def people(self) -> Iterator[Voice]:
        """Those heard until now who spoke for a body, by name."""
        return (voice for voice in self._heard.values() if voice and (voice.of or voice.speaker))

    def is_inner(self, claim: Claim) -> bool:
        """Whether these are words that another, who is no outlet, says that somebody spoke."""
        around = self._embedded.get(claim.id)
        return around is not None and (around.source is None or around.source.kind != "media")

    def _hear(self, claim: Claim) -> Voice | None:
        if claim.source is None:
            return self._hidden.voice("", "unnamed_source", claim, None)
        source = self.persons.names.completed(claim.source)
        if source.kind == "named_person" and self.text[: source.start].endswith(_OPENING):
            outlet = self._hidden.outlet_called(source.text)
            source = msgspec.structs.replace(source, kind="media", text=outlet) if outlet else source
        if is_honour(source.text):
            found = self.persons.honoured(source)
            if found is not None:
                self._last = found
                return found
        meant = self.pointing.other(source, self._last) or self._of_members(source)
        if meant is not None:
            return meant
        if self.cues.any("pronoun", words_of(source.text)[:1]):
            return self._last or self._hidden.voice(source.text, "unnamed_source", claim, None)
        if self._mistaken.is_asked(source):
            return self._last or self._hidden.voice("", "unnamed_source", claim, None)
        source = self._mistaken.located(claim, source) or source
        found = self._carried(claim, source) or self._publisher_of(source) or self.persons.known(source)
        found = found or self.pointing.described(source)
        found = (
            found or self.persons.aged(source) or (None if self._mistaken.is_nameless(source) else self.named(source))
        )
        if found is not None and found.kind == "media" and same_outlet(found.key, self.own):
            return None
        if found is None and self.pointing.is_teller(source):
            found = self._last  # المتحدث, where nobody speaks for a body
        if found is None:
            nameless: SourceKind = "witness" if source.kind == "named_person" else "unnamed_source"
            kind = source.kind if source.kind in _UNNAMED else nameless
            found = self._hidden.voice(without_asides(source.text), kind, claim, self._last)
        self.pointing.heard(source, found)
        if claim.id not in self._embedded:
            self._last = found
            # Who demands has told nothing that a later البيان could be: and may be who is called on, طالبت الوزارة.
            if found.kind == "organization" and claim.stance != "demands":
                self.bodies.topic = self.bodies.remember(found)
        return found

    def _of_members(self, source: Source) -> Voice | None:
        """The body one of whose members speaks: امتنع المجلس عن كذا، واكتفى | أحد أعضائه بالقول."""
        if not self.pointing.is_member(source):
            return None
        topic = self.bodies.topic
        body = self.bodies.acting(end_before(self.ends, source.start), source)
        pointed = body is not None and topic is not None and same_head(topic.label, " ".join(name_tokens(body.label)))
        return topic if body is None or pointed else body

    def _carried(self, claim: Claim, source: Source) -> Voice | None:
        """Whose words they are where an outlet speaks, نقلت القناة عن مصدر, or a person for a body, على لسان رئيسها."""
        via = claim.via[0] if claim.via else None
        opens = words_of(claim.content.text)[:_QUALIFIED]
        if source.kind == "media" and opens and self.cues.has("hidden", plain(opens[0])):
            # وفق ما بثته القناة، فإن المصدر ربط بين الأمرين
            outlet = self.named(source)
            if outlet is not None and outlet.key and outlet.key != self.own:
                adjective = [word for word in opens[1:] if word.startswith("ال") == opens[0].startswith("ال")]
                label = " ".join([opens[0], *adjective]) if opens[0].startswith("ال") else opens[0]
                return Voice(label, "unnamed_source", "", outlet.key, outlet.label)
        if via is None or claim.cue is None:
            return None
        if source.kind in _UNNAMED and self.cues.any("hidden", words_of(via.text)[:1]):
            # المصدر ذاته: اعترف أحد المتهمين بكذا
            teller = Source(via.start, via.end, via.text, "unnamed_source", None)
            return self.pointing.described(teller) or self._hidden.voice(via.text, "unnamed_source", claim, self._last)
        if source.kind == "media" and self.cues.any("hidden", words_of(via.text)[:1]):
            outlet = self.named(source)
            label = without_asides(via.text)
            carrier = (outlet.key, outlet.label) if outlet is not None and outlet.key != self.own else ("", "")
            return Voice(label, "unnamed_source", "", *carrier)
        if source.kind == "named_person" and "لسان" in claim.cue.text and self.cues.any("body", words_of(via.text)[:1]):
            body = self.bodies.named(via.text, [])
            self.persons.remember(source.text, body)
            return body
        return None

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
        papers = any(self.cues.any(name, words[:1]) for name in ("statement", "body", "branch"))
        papers = papers or self._is_its_part(words)  # مكتبها الصحفي
        if self.cues.any("reporter", words[:2]) and not papers and not self._press.is_delegate(words):
            return self._press.reporter(text)
        if self._press.is_publisher(words):
            return Voice(text, "media", self.own)
        owner = self._owner(source, end) if not any(m.type == "PERSON" for m in inside) else None
        if owner is not None:
            self.bodies.parts[plain(words[0])] = owner
            return owner
        if self._spokesmen.are(words) and not self.cues.any("free", words[:1]):
            # خلية الإعلام الأمني is a body by its own name.
            known = next((m for m in inside if m.type == "ORG" and m.entity and m.start == source.start), None)
            if known is None or len(words_of(known.text)) == 1:
                return self._spokesmen.voice(source, text, inside)
        page = self._press.channel(source, words, end)
        if page is not None or source.kind == "media":
            return page or self._press.outlet(source, text)
        persons = [m for m in inside if m.type == "PERSON" and not self._names_a_body(m)]
        whole = self._whole(source, text, words, inside) if not persons else None
        if whole is not None:
            return whole
        office = office_of(text, self.cues) if not persons else None
        headed = self._headed(office, source, end)
        if headed is not None:
            return headed
        body = self._is_body(words) and not (persons and self.cues.has("title", words[0]))
        if source.kind == "named_person" and persons and not body:
            busy = len(words) == 1 and _IS_BUSY.match(self.text, source.end) and not self.persons.is_known(persons[0])
            own = (mention for mention in persons if self.persons.names.is_its_name(source, mention))
            return None if busy else self.persons.voice(source, next(own, persons[0]))
        person = office is not None and office.heads and source.kind == "organization"  # مختار قرية كذا
        if body or self.cues.any("statement", words[:1]) or (source.kind in _OF_BODIES and not person):
            return self._body(text, words, inside, source)
        return None if source.kind in _UNNAMED or self._is_anybody(source, words) else self.persons.voice(source, None)

    def _office_of_person(self, words: list[str]) -> Voice | None:
        """The person of before whose office speaks: مكتب | النجار."""
        if words[:1] != ["مكتب"] or len(words) != _QUALIFIED:
            return None
        found = self.persons.by_surname(words[1])
        return found if found is not None and found.kind == "named_person" else None

    def _owner(self, source: Source, end: int) -> Voice | None:
        """The body of a part that has the press to deal with, or has its own head: المكتب الإعلامي | للمصفاة."""
        after = _OWNER_AFTER.match(self.text, end)
        whole = self.text[source.start : self.bodies.name_end(after.end()) if after else end]
        owner = None if self.cues.any("free", words_of(whole)[:1]) else owner_of_part(whole, self.cues)
        named = list(starting_in(self.bodies.organisations, source.start, source.start + len(whole)))
        return self.bodies.one_or_named(owner, named, self._at) if owner is not None else None

    def _headed(self, office: Office | None, source: Source, end: int) -> Voice | None:
        """The body for which somebody speaks who is not named there: رئيس البلدية; a member only where it was taken for
        a body."""
        if office is None or not (office.heads or source.kind == "organization") or self._is_of_part(source):
            return None
        name = self.bodies.of_office(office, self._at)
        if not self._is_body([plain(word) for word in words_of(name)]):
            return None
        inside = [m for m in starting_in(self.bodies.organisations, source.start, end) if m.text in name]
        after = _TWO_AFTER.match(self.text, end)
        speaker = self._named_after(office) or (after["name"] if after else "")
        voice = self.bodies.one_or_named(name, [] if office.heads else inside, self._at)
        return msgspec.structs.replace(voice, speaker=speaker)

    def _is_of_part(self, source: Source) -> bool:
        """Whether somebody without a name heads no more than something in a body: رئيس قسم | في المستشفى."""
        words = words_of(source.text)[1:]
        part = bool(words) and not words[0].startswith("ال") and not self.cues.any("body", words[:1])
        return part and source.kind in _UNNAMED and not {"في", "لدي"}.isdisjoint(words[1:3])

    def _named_after(self, office: Office | None) -> str:
        """The name of who is at the head of a body that a word points back to: مدير الخدمة | سامر علي النجار."""
        words = office.body.split() if office is not None else []
        if (
            len(words) < 3
            or not words[0].startswith("ال")
            or words[1].startswith(("ال", "لل"))
            or fold(words[1]) in STOPS
        ):
            return ""
        return without_rank(" ".join(word for word in words[1:4] if not word.startswith("لل")), self.cues)

    def _is_anybody(self, source: Source, words: list[str]) -> bool:
        """Whether a word that looks like a name is what somebody is: عتال | يعمل في الميناء."""
        return len(words) == 1 and not words[0].startswith("ال") and _IS_DOING.match(self.text, source.end) is not None

    def _names_a_body(self, mention: Mention) -> bool:
        """Whether what looks like a person's name is a body's, a branch's or a paper's: هيئة «غيث», فرع | صفاقس."""
        if self.cues.any("statement", words_of(mention.text)[:1]):
            return True
        before = words_of(_LAST_CLAUSE.split(self.text[max(0, mention.start - _WORD_BEFORE) : mention.start])[-1])[-1:]
        quoted = self.text[: mention.start].endswith(_OPENING)
        part = self.cues.any("branch", before) and not self.cues.any("head", before)
        short = len(mention.text.split()) <= _SHORT_NAME and bool(before) and not before[0].startswith("ال")
        body = self.cues.any("body", before) and (quoted or short)  # مستشفى | ابن كذا
        return part or body

    def _is_body(self, words: list[str]) -> bool:
        """Whether the phrase opens with the head noun of a body: then names after it belong to the body's own."""
        return bool(words) and self.cues.has("body", words[0])

    def _extended(self, source: Source) -> str:
        """The source's phrase, with the words after it where a body's bare head ends it: `دائرة` (`صحة ديالى`)."""
        words = words_of(source.text)
        charged = self._spokesmen.charge(source)
        if charged:
            return charged
        if not words or words[-1].startswith("ال"):
            return source.text
        last = words[-1]
        owned = _OWNED_BY.match(self.text, source.end)
        if owned and len(words) == 1 and self.cues.has("statement", last):
            end = self.bodies.name_end(owned.end())
            name = owned_name(self.text[owned.end() : end], owned["article"] is not None, self.cues)
            if self._is_body([plain(word) for word in words_of(name)]):
                return self.text[source.start : end]  # (أفاد) بلاغ | لعمالة الإقليم
        if owned and self.cues.any("branch", words) and self.cues.any("head", words[:1]):
            return self.text[source.start : self.bodies.name_end(owned.end())]  # رئيس فرع صفاقس | للرابطة
        bare = last in {"باسم"} or (self.cues.has("body", last) and (len(words) < 3 or words[-2] == "باسم"))
        return self.text[source.start : self.bodies.name_end(source.end)] if bare else source.text

    def _whole(self, source: Source, text: str, words: list[str], inside: list[Mention]) -> Voice | None:
        """The body that a part of it speaks for: مكتبها الإعلامي, فرع الهلال الأحمر, متطوعو الجمعية, مدير المرصد."""
        if not words:
            return None
        person = self._office_of_person(words)
        if person is not None:
            return person
        if self.cues.has("forces", words[0]) and words[0].endswith(_POSSESSIVES):
            return self._last or self.bodies.topic  # عناصرها
        if self._is_its_part(words):
            found = self.bodies.topic or self.bodies.latest(source.start)
            return found or self.bodies.first_in(end_before(self.ends, source.start), source.start)
        if len(words) <= _QUALIFIED and self._is_its_head(text.split(maxsplit=1)[0]):
            return self._owner_before(source)
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

    def _is_its_part(self, words: list[str]) -> bool:
        return any(self._is_part(words[0].removesuffix(end), words[0]) for end in _POSSESSIVES if words)

    def _is_its_head(self, word: str) -> bool:
        """مديره, رئيستها: who is at the head of what was named before."""
        stems = (fold(word.removesuffix(end)) for end in _POSSESSIVES if word.endswith(end))  # ه, which is not ة
        return any(self.cues.has("head", stem) for stem in stems)

    def _owner_before(self, source: Source) -> Voice | None:
        """The body that a sentence names before a word that points to it: استقبل المستشفى الجرحى، وقال مديره."""
        begin = end_before(self.ends, source.start)
        return self.bodies.topic or self.bodies.first_in(begin, source.start)

    def _is_part(self, stem: str, word: str) -> bool:
        return stem != word and len(stem) > 2 and any(self.cues.has(name, stem) for name in ("branch", "spokesman"))

    def _is_named(self, words: list[str]) -> bool:
        """Whether more than a head noun stands there: (إدارة) الجمارك العامة."""
        return len(words) > 1 and words[1] not in STOPS

    def _body(self, text: str, words: list[str], inside: list[Mention], source: Source) -> Voice | None:
        stated = self.cues.any("statement", words[:1])
        rest = [w for w in words if not (self.cues.has("statement", w) or self.cues.has("which", w) or w in STOPS)]
        if not rest:  # `البيان`, `في بيان سابق`: of the body that spoke last
            own = (
                self.bodies.acting(end_before(self.ends, source.start), source)
                if _ITS_OWN.match(self.text, source.end)
                else None
            )
            return own or self.bodies.topic or self.bodies.latest(source.start) or self._document(text)
        bodies = [mention for mention in inside if mention.type == "ORG"]
        if stated:
            text = _ISSUED_BY.sub("", text)
            owned = _STATEMENT_OF.match(text)
            before = (
                map(plain, words_of(text[: owned.start("article") if owned["article"] else owned.end()]))
                if owned
                else ()
            )
            owned = None if self.cues.any("body", list(before)[1:]) else owned  # بيان المفوضية السامية | للأمم المتحدة
            by = _SPREAD_BY.search(source.text)
            issuer = None if owned else self._issuer(f"بيان {by['who']}" if by else text, bodies)
            if issuer is not None:
                return issuer
            named = owned_name(text[owned.end() :], owned["article"] is not None, self.cues) if owned else ""
            text = self.bodies.without_title(named or " ".join(text.split()[1:]))
            rest = words_of(text) if named else rest
        elif source.kind == "document":
            return self._issuer(text, bodies) or self._document(text)
        text = self.bodies.without_title(text)  # الرابطة | استقبلت
        rest = rest if len(rest) == 1 else words_of(text)
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
        if self._paper is None or len(words_of(text)) > 1:
            self._paper = Voice(text, "document", "name:" + " ".join(name_tokens(text)))
        return self._paper  # البيان, after بيان مشترك
