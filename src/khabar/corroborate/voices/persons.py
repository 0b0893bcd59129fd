"""The persons of one reading: by what each is named again, and the body for which each speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import last_word, name_tokens, plain, same_head, without_asides
from khabar.corroborate.offsets import end_before, starting_in
from khabar.corroborate.profiles import Voice
from khabar.corroborate.voices.bodies import Bodies
from khabar.corroborate.voices.names import Names
from khabar.corroborate.voices.offices import EMIR, Office, is_its_head, last_office, office_of
from khabar.corroborate.voices.pointing import Pointing
from khabar.corroborate.words import words_of
from khabar.records import Mention, Reading, Source
from khabar.text import fold

__all__ = ["Persons"]

_OFFICE_AFTER = re.compile(r"(?:\s+[^\W\d_]+){0,2}\s*[،,]\s*(?:من\s+)?(?P<office>[^،,.\n]{5,60})[،,]")
_OFFICE = 60  # characters
_OFFICE_BEFORE = re.compile(r"(?P<office>[^،,.\n]{5,60})[،,]\s*$")
_IN_IT = re.compile(r"\s*\b(?:بها|به|فيها|فيه|لديها|لديه)\b")  # قال مدير الطوارئ | بها
_FORMER = re.compile(r"(?:السابقة?|الأسبق|سابقا|الراحل)(?=$|[\s،,])")
# النازحة | سلمى النجار، وهي معلمة
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[،,.:؛\n(]")
_FATHERS = frozenset({"بن", "ابن", "ابو", "ابي", "بو", "ال", "ولد", "بنت"})  # begin a surname of two words
_FULL_NAME = 2  # words
_QUALIFIED = 2  # words: المدير التنفيذي
_CLOSE = 4  # words
# (النجار)، الذي يدير دائرة كذا
_RUNS = re.compile(r"\s*[،,]\s*(?:الذي|التي)\s+(?:يدير|تدير|يرأس|ترأس|يقود|تقود)\s+(?P<body>[^،,.\n]{3,50})[،,]")
_AGED = re.compile(r"(?P<name>(?:[^\W\d_]+ ){1,3}[^\W\d_]+) \(\d{2} (?:سنة|عاما|عاماً|عامًا)\)")
_POSSESSIVES = ("ها", "هم", "ه")


class Persons:
    """Who was named, in the order of the sources; `ends` are those of the text's sentences."""

    def __init__(self, reading: Reading, cues: Cues, bodies: Bodies, pointing: Pointing, ends: Sequence[int]) -> None:
        self.reading, self.cues, self.bodies, self.ends = reading, cues, bodies, ends
        self.text = reading.document.text
        self._by_name: dict[str, Voice] = {}  # by the last name
        self.pointing = pointing
        self.names = Names(reading, cues, bodies)

    def remember(self, name: str, voice: Voice) -> None:
        """Who has this name is this one."""
        self._by_name[last_word(name)] = voice

    def by_surname(self, word: str) -> Voice | None:
        """Who was named before with this last name."""
        return self._by_name.get(plain(word))

    def is_known(self, mention: Mention) -> bool:
        """Whether a mention is of an actor of the register."""
        return mention.entity is not None and not mention.entity.id.startswith("doc:")

    def known(self, source: Source) -> Voice | None:
        """Who was named in full before, by a last name alone: by a source, or by what stands beside the full name."""
        words = words_of(without_asides(source.text))
        surname = len(words) == _FULL_NAME and words[0] in _FATHERS
        if source.kind == "media" or not (len(words) == 1 or surname):
            return None
        found = self._by_name.get(plain(words[-1]))
        inside = self.names.inside(source.start, source.end)
        actor = any(m.entity and not m.entity.id.startswith("doc:") for m in inside)  # known by the one word
        by_name = source.kind == "named_person" or (source.kind == "organization" and not self._is_of_body(words[-1]))
        if found is None and by_name and not actor:
            found = self._told_of(source)
            if found is not None:
                self._by_name[plain(words[-1])] = found
        return found

    def _is_of_body(self, word: str) -> bool:
        lists = ("body", "branch", "statement", "forces", "outlet", "generic")
        return any(self.cues.has(name, word) for name in lists)

    def honoured(self, source: Source) -> Voice | None:
        """Whom an honour means, معاليه: the person who spoke last, or who was named last by an office."""
        for _, _, voice in self.pointing.latest():
            if voice.kind == "named_person" or voice.speaker:
                return voice
        for mention in reversed([m for m in starting_in(self.reading.mentions, 0, source.start) if m.type == "PERSON"]):
            begin = end_before(self.ends, mention.start)
            heads = (m.start() for m in _WORD.finditer(self.text, begin, mention.start) if self._opens_office(m[0]))
            start = next(heads, None)
            if start is not None:
                named = Source(start, mention.end, self.text[start : mention.end], "named_person", None)
                return self.voice(named, mention)
        return None

    def _opens_office(self, word: str) -> bool:
        folded = plain(fold(word))
        return folded == EMIR or self.cues.has("head", folded) or self.cues.has("member", folded)

    def is_anybody(self, source: Source) -> bool:
        """Whether a source is only called a human being, `الشاب`, whoever that is."""
        words = words_of(without_asides(source.text))
        return source.kind == "named_person" and len(words) == 1 and self.cues.any("human", words)

    def _told_of(self, source: Source) -> Voice | None:
        """Who goes by a surname was named in full before, and the words beside the full name say who that is."""
        word = without_asides(source.text).split()[-1].strip("«»\"'،,")
        first = re.compile(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])").search(self.text, 0, source.start)
        if first is None:
            return None
        for start, end, voice in self.pointing.first():
            named = voice.kind == "organization" or word in voice.label.split()
            if start <= first.start() < end and voice.key and named:
                return voice
        begin = end_before(self.ends, first.start())
        before = self.text[begin : first.start()]
        topic = self.bodies.topic
        if "لسان" in before and topic is not None:
            return topic  # نفت الشرطة ذلك على لسان قائدها سامر النجار
        mention = next(
            (m for m in self.reading.mentions if m.type == "PERSON" and m.start <= first.start() < m.end), None
        )
        *earlier, clause = _CLAUSE.split(before)
        office = last_office(clause, self.cues)
        its = self._of_its_own(clause.split()[-_CLOSE:], first.start()) if office is None else None
        office = Office(*its) if its else office
        if office is None and earlier and len(clause.split()) < _CLOSE:
            office = last_office(earlier[-1], self.cues)  # المنسق الولائي للجنة كذا، سامر | النجار
        name = mention.text if mention else source.text
        if mention is None:
            name = self._named_by_verb(before, word) or (
                "" if office is None or source.kind != "named_person" else name
            )
            if not name:
                return None
        of = self.bodies.of_office(office, first.start()) if office is not None else ""
        key = "name:" + " ".join(name_tokens(name))
        return Voice(name, "named_person", key, of=of, heads=office is not None and office.heads)

    def _named_by_verb(self, before: str, word: str) -> str:
        """The name that ends with a word and follows a verb of saying: نفى سامر | النجار."""
        words = before.split()[-_FULL_NAME:]
        verb = fold(words[0]).removeprefix("و") if len(words) == _FULL_NAME else ""
        if (
            words
            and self.cues.has("given", fold(words[-1]))
            and before.split()[-2:-1]
            and before.split()[-2][-1] in "،,"
        ):
            return f"{words[-1]} {word}"  # الناطق باسم الهيئة، وائل | الشاعر
        said = any(self.cues.has(name, verb) for name in ("cue", "deny", "past"))
        common = any(
            self.cues.any(name, words_of(" ".join(words[1:]))) for name in ("head", "member", "title", "human")
        )
        return f"{words[1]} {word}" if said and not common and not words[1].startswith("ال") else ""

    def _officer(self, name: str) -> Voice | None:
        """Who was named by an office before that is now named by its bare words: محافظ كذا, then المحافظ."""
        words = words_of(name)
        if not 0 < len(words) <= _QUALIFIED or not all(word.startswith("ال") for word in words):
            return None
        head = plain(words[0])
        if not (self.cues.has("head", head) or self.cues.has("member", head)):
            return None
        named = next((v for v in reversed(self._by_name.values()) if same_head(v.label, head)), None)
        if named is not None and len(words) == 1:
            return named
        for start, end, voice in self.pointing.latest():
            first, *rest = words_of(self.text[start:end])[: len(words)] or [""]
            if voice.key and plain(first) == head and rest == words[1:]:
                return voice
        return None

    def voice(self, source: Source, mention: Mention | None) -> Voice:
        """The voice of a person, by the mention of the name in the source, or by all of its words."""
        name = self.names.of(source, mention)
        before = self._by_name.get(last_word(name)) or (None if mention else self._officer(name))
        alone = len(words_of(name)) == 1 and not (mention and self.is_known(mention))
        if before is None and alone:
            before = self._told_of(replace(source, text=name))
        if before is not None:
            return before
        known = mention.entity if mention and mention.entity and not mention.entity.id.startswith("doc:") else None
        key = known.id if known else "name:" + " ".join(name_tokens(name))
        of, heads = self._office(source, name)
        parts = source.text.split(name, maxsplit=1) if name in source.text else ()
        said = [part for at, part in enumerate(parts) if at == 0 or any(map(self._opens_office, words_of(part)[:1]))]
        posts = tuple(" ".join(words) for words in map(name_tokens, said) if words)
        voice = Voice(
            name, "named_person", key, name_en=known.name_en if known else None, of=of, heads=heads, posts=posts
        )  # fmt: skip
        self._by_name[last_word(name)] = voice
        return voice

    def aged(self, source: Source) -> Voice | None:
        """Who is named with his age, whatever kind of source he was taken for: `سامر الحلو (31 سنة)`."""
        match = _AGED.match(source.text)
        if match is None:
            return None
        end = source.start + len(match["name"])
        return self.voice(Source(source.start, end, match["name"], "named_person", source.entity), None)

    # --- for whom ---

    def _office(self, source: Source, name: str) -> tuple[str, bool]:
        """The body that a person speaks for by an office beside the name, empty for none; and whether as its head."""
        descriptor, _, after = source.text.partition(name)
        if _FORMER.search(descriptor) or _FORMER.search(after):
            return "", False
        if _IN_IT.search(descriptor) and self.bodies.topic is not None:
            return self.bodies.topic.label, False
        its = self._of_its_own(descriptor.split()[:_CLOSE], source.start)
        if its is not None:
            return its
        runs = _RUNS.match(self.text, source.end) or _RUNS.match(f"{after}،")
        if runs is not None:
            return self._of(Office(runs["body"], True), source)
        for words in (descriptor, after.lstrip(" ،,")):
            office = office_of(words, self.cues) if words.strip() else None
            if office is not None:
                return self._of(office, source)
        if not descriptor.strip() and not after.strip():
            office = office_of(name, self.cues)
            if office is not None:
                pointed = _IN_IT.match(self.text, source.end) and self.bodies.topic
                return (pointed.label, False) if pointed else self._of(office, source)
        apposed = _OFFICE_AFTER.match(self.text, source.end)
        before = _OFFICE_BEFORE.search(self.text, max(0, source.start - _OFFICE), source.start)
        office = office_of(apposed["office"], self.cues) if apposed else None
        office = office or (last_office(before["office"], self.cues) if before else None)
        if office is not None:
            return self._of(office, source)
        headed = (voice.label for voice in reversed(self.bodies.spoken) if is_its_head(descriptor, voice.label))
        body = next(headed, "") if descriptor.startswith("ال") else ""
        return body, bool(body)

    def _of_its_own(self, words: list[str], offset: int) -> tuple[str, bool] | None:
        """The body to which somebody belongs, said after it, and whether as its head: تمسكت القوة بذلك، وقال قائدها
        العقيد سامر النجار; أمين سرها, عضوتها, عضو مكتبها التنفيذي."""
        opens = [plain(word) for word in words_of(" ".join(words[:1]))]
        officer = any(self.cues.any(name, opens) for name in ("head", "member"))
        for at, word in enumerate(words):
            stem = next((fold(word.removesuffix(end)) for end in _POSSESSIVES if word.endswith(end)), None)
            if stem is None or stem.startswith("ال") or stem.endswith("ا"):
                continue  # التنبيه, مياه
            stem = stem[:-1] + "ه" if stem.endswith("ت") else stem  # عضوتها
            heads = any(self.cues.has(name, stem) for name in ("head", "press", "spokesman"))
            if at < _QUALIFIED and (heads or self.cues.has("member", stem)):
                return self._spoken_of(offset), heads
            if at and officer:
                return self._spoken_of(offset), self.cues.any("head", opens)
        return None

    def _spoken_of(self, offset: int) -> str:
        """The body that a pronoun means: the first of the sentence, else the one that the text last spoke of."""
        begin = end_before(self.ends, offset)
        named = [m for m in starting_in(self.bodies.organisations, begin, offset) if m.end < offset]
        if named:
            return named[0].text
        return self.bodies.topic.label if self.bodies.topic is not None else ""

    def _of(self, office: Office, source: Source) -> tuple[str, bool]:
        body = self.bodies.of_office(office, source.start)
        if body and office.heads and len(body.split()) > 1:
            self.bodies.headed[body] = Voice(body, "organization", "name:" + " ".join(name_tokens(body)))
        return body, bool(body) and office.heads
