"""The persons of one reading: by what each is named again, and the body for which each speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from khabar.corroborate.bodies import Bodies
from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import STOPS, last_word, name_tokens, plain, same_head, without_asides
from khabar.corroborate.offices import Office, last_office, office_of
from khabar.corroborate.offsets import end_before, starting_in
from khabar.corroborate.outlets import outlet_words
from khabar.corroborate.profiles import Voice
from khabar.corroborate.words import words_of
from khabar.records import Mention, Reading, Source, SourceKind
from khabar.text import fold

__all__ = ["Persons", "without_rank"]

_UNNAMED: frozenset[SourceKind] = frozenset({"unnamed_official", "unnamed_source", "witness"})
_OFFICE_AFTER = re.compile(r"(?:\s+[^\W\d_]+){0,2}\s*[،,]\s*(?:من\s+)?(?P<office>[^،,.\n]{5,60})[،,]")
_OFFICE = 60  # characters
_OFFICE_BEFORE = re.compile(r"(?P<office>[^،,.\n]{5,60})[،,]\s*$")
_NAME_BEFORE = re.compile(r"(?P<verb>[^\W\d_]+)\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){1,2})\s*[،,]\s*$")
_IN_IT = re.compile(r"\s*\b(?:بها|به|فيها|فيه|لديها|لديه)\b")  # قال مدير الطوارئ | بها
_FORMER = re.compile(r"(?:السابقة?|الأسبق|سابقا|الراحل)(?=$|[\s،,])")
_CALLED = re.compile(
    r"(?:\s+[^\W\d_]+){0,2}\s*[،,]?\s*و?(?:يدعى|تدعى|اسمه|اسمها)\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){1,2}?)(?=\s*[،,.])"
)
# النازحة | سلمى النجار، وهي معلمة
_WHO_IS = re.compile(r"\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){1,2})\s*[،,]\s*(?:وهي|وهو|وهى|التي|الذي|التى|الذى)\s")
_SURNAME = re.compile(r"\s+(ال[^\W\d_]+)$")
_COMMA = re.compile(r"\s*[،,]\s*")
_CLAUSE = re.compile(r"[،,.:؛\n(]")
_FATHERS = frozenset({"بن", "ابن", "ابو", "ابي", "بو", "ال", "ولد", "بنت"})  # begin a surname of two words
_DESCRIBED: frozenset[SourceKind] = frozenset({"named_person", "organization", "unnamed_official", "document"})
_MANY = ("ون", "ين", "ات", "ان", "ي")
_DESCRIPTION = 3  # words
_TITLE = 15  # characters before a name
_FULL_NAME = 2  # words
_QUALIFIED = 2  # words: المدير التنفيذي
_NAME_WORDS = (2, 3)
_ITS_SECRET = frozenset({"سره", "سرها", "سرهم"})
_SIDES = frozenset("شرق غرب شمال جنوب وسط ريف".split())
_BACK = 60  # sources of before among which a description's is looked for
_LONGEST = 4  # words of a name
_CLOSE = 4  # words
# (النجار)، الذي يدير دائرة كذا
_RUNS = re.compile(r"\s*[،,]\s*(?:الذي|التي)\s+(?:يدير|تدير|يرأس|ترأس|يقود|تقود)\s+(?P<body>[^،,.\n]{3,50})[،,]")
_POSSESSIVES = ("ها", "هم", "ه")


class Persons:
    """Who was named, in the order of the sources; `ends` are those of the text's sentences."""

    def __init__(self, reading: Reading, cues: Cues, bodies: Bodies, ends: Sequence[int]) -> None:
        self.reading, self.cues, self.bodies, self.ends = reading, cues, bodies, ends
        self.text = reading.document.text
        self._by_name: dict[str, Voice] = {}  # by the last name
        self._heard: list[tuple[int, int, Voice]] = []  # sources, from start to end
        sources = [claim.source for claim in reading.claims if claim.source and claim.source.kind == "named_person"]
        self._surnames = {plain(words[0]) for source in sources if len(words := words_of(source.text)) == 1}

    def remember(self, name: str, voice: Voice) -> None:
        """Who has this name is this one."""
        self._by_name[last_word(name)] = voice

    def is_known(self, mention: Mention) -> bool:
        """Whether a mention is of an actor of the register."""
        return mention.entity is not None and not mention.entity.id.startswith("doc:")

    def heard(self, source: Source, voice: Voice) -> None:
        """Whose words the source in hand turned out to be."""
        self._heard.append((source.start, source.end, voice))

    # --- the source with its name ---

    def completed(self, source: Source) -> Source:
        """The source with the name that follows it: النازحة | سلمى النجار, مدير المرفأ | ، سامر النجار,."""
        if source.kind == "media":
            return source
        source = self._whole(source)
        if source.kind == "organization" and self._after_office(source.text):
            return replace(source, kind="named_person")
        inside = self._inside(source.start, source.end)
        if not inside and source.kind in _UNNAMED and self._is_name(source.text):
            return replace(source, kind="named_person")  # whom no mention names: سامر النجار
        if not inside:
            return self._apposed_to(source) or self._with_following(source)
        named = source.kind != "named_person" and _CALLED.search(source.text + "،") is not None
        named = named or (source.kind in _UNNAMED and self.is_its_name(source, inside[-1]))
        return replace(source, kind="named_person") if named else source

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
        if following is not None and (source.kind in _UNNAMED or in_it):
            return self._until(source, following.end)
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
        """Whether a name in a source is that of the source itself: it opens it, or follows a comma or a title."""
        before = self.text[source.start : mention.start].split()
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

    def _inside(self, start: int, end: int) -> list[Mention]:
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
        named = self._inside(comma.end(), until)
        return named[0].end if named and named[0].end == until else None

    # --- who it is ---

    def known(self, source: Source) -> Voice | None:
        """Who was named in full before, by a last name alone: by a source, or by what stands beside the full name."""
        words = words_of(without_asides(source.text))
        surname = len(words) == _FULL_NAME and words[0] in _FATHERS
        if source.kind == "media" or not (len(words) == 1 or surname):
            return None
        found = self._by_name.get(plain(words[-1]))
        inside = self._inside(source.start, source.end)
        actor = any(m.entity and not m.entity.id.startswith("doc:") for m in inside)  # known by the one word
        if found is None and source.kind == "named_person" and not actor:
            found = self._told_of(source)
            if found is not None:
                self._by_name[plain(words[-1])] = found
        return found

    def described(self, source: Source) -> Voice | None:
        """Who was named before beside the words of a description without a name: الشيخ, القائممقام, شيخ العائلة; or,
        as `الرجل`, who spoke in the sentence before."""
        words = words_of(without_asides(source.text))
        # Of people without a name one is described: الطبيبة; not الأهالي, who may be others.
        one = source.kind == "witness" and len(words) == 1 and not words[0].endswith(_MANY)
        if (
            not (one or source.kind in _DESCRIBED)
            or not 0 < len(words) <= _DESCRIPTION
            or not words[-1].startswith("ال")
        ):
            return None
        office = self.cues.has("head", words[0]) and not self.cues.any("body", [plain(word) for word in words[1:]])
        if not (words[0].startswith("ال") or office or self.cues.has("human", words[0])) or self._inside(
            source.start, source.end
        ):
            return None
        wanted = set(map(plain, words))
        if any(self.cues.any(name, [plain(words[0])]) for name in ("body", "statement", "forces")):
            return None
        for start, end, voice in reversed(self._heard[-_BACK:]):
            if voice.key and wanted <= set(map(plain, words_of(self.text[max(0, start - _TITLE) : end]))):
                return voice
        if len(words) == 1 and self.cues.has("human", words[0]) and self._heard:
            before = end_before(self.ends, max(0, end_before(self.ends, source.start) - 1))
            start, _, voice = self._heard[-1]
            return voice if start >= before and voice.kind == "named_person" else None
        return None

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
        for start, end, voice in self._heard:
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
        its = self._of_its_own(words_of(clause)[-_CLOSE:], first.start()) if office is None else ""
        office = Office(its, True) if its else office
        if office is None and earlier and len(clause.split()) < _CLOSE:
            office = last_office(earlier[-1], self.cues)  # المنسق الولائي للجنة كذا، سامر | النجار
        name = mention.text if mention else source.text
        if office is None and mention is None:
            return None
        of = self.bodies.of_office(office, first.start()) if office is not None else ""
        key = "name:" + " ".join(name_tokens(name))
        return Voice(name, "named_person", key, of=of, heads=office is not None and office.heads)

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
        for start, end, voice in reversed(self._heard):
            first, *rest = words_of(self.text[start:end])[: len(words)] or [""]
            if voice.key and plain(first) == head and rest == words[1:]:
                return voice
        return None

    def voice(self, source: Source, mention: Mention | None) -> Voice:
        """The voice of a person, by the mention of the name in the source, or by all of its words."""
        name = self._own_name(source, mention) if mention else self._bare_name(source)
        before = self._by_name.get(last_word(name)) or (None if mention else self._officer(name))
        alone = len(words_of(name)) == 1 and not (mention and self.is_known(mention))
        if before is None and alone:
            before = self._told_of(replace(source, text=name))
        if before is not None:
            return before
        known = mention.entity if mention and mention.entity and not mention.entity.id.startswith("doc:") else None
        key = known.id if known else "name:" + " ".join(name_tokens(name))
        of, heads = self._office(source, name)
        voice = Voice(name, "named_person", key, name_en=known.name_en if known else None, of=of, heads=heads)
        self._by_name[last_word(name)] = voice
        return voice

    def _after_office(self, phrase: str) -> str:
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

    def _bare_name(self, source: Source) -> str:
        """The name of a source in which none was found: what follows its office, else its last words, where it is named
        again by the last one."""
        called = _CALLED.search(source.text + "،")
        if called is not None:
            return called["name"]
        name = without_rank(_COMMA.split(without_asides(source.text))[0], self.cues)
        after = self._after_office(name)
        if after:
            return after
        words = name.split()
        again = len(words) > _FULL_NAME and last_word(name) in self._surnames
        return " ".join(words[-_FULL_NAME:]) if again else name

    def _own_name(self, source: Source, mention: Mention) -> str:
        """A person's name without the adjective of the noun before it, (المجلس) القروي | نضال عيد, and with a surname
        that ends the source."""
        whole = self._after_office(self.text[source.start : mention.end])
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

    def _is_given(self, word: str) -> bool:
        return self.cues.has("given", fold(word))

    def _is_outlet(self, word: str) -> bool:
        """Whether a word after ل is of the name of the publisher, or of whom the text credits in brackets."""
        word = f"ا{word}" if word.startswith("ل") else word
        publisher = outlet_words(self.reading.document.publisher or "")
        return plain(fold(word)) in publisher or f"({word})" in self.text or f"مراسل {word}" in self.text

    # --- for whom ---

    def _office(self, source: Source, name: str) -> tuple[str, bool]:
        """The body that a person speaks for by an office beside the name, empty for none; and whether as its head."""
        descriptor, _, after = source.text.partition(name)
        if _FORMER.search(descriptor) or _FORMER.search(after):
            return "", False
        if _IN_IT.search(descriptor) and self.bodies.topic is not None:
            return self.bodies.topic.label, False
        its = self._of_its_own(words_of(descriptor)[:_FULL_NAME], source.start)
        if its:
            return its, True
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
        return self._of(office, source) if office is not None else ("", False)

    def _of_its_own(self, words: list[str], offset: int) -> str:
        """The body of which somebody is the head, said after it: تمسكت القوة بذلك، وقال قائدها العقيد سامر النجار."""
        stems = [word.removesuffix(end) for word in words for end in _POSSESSIVES if word.endswith(end)]
        secretary = "سر" in stems and self.cues.any("head", words)  # أمين سرها
        if not (secretary or any(self.cues.any(name, stems) for name in ("head", "press", "spokesman"))):
            return ""
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


def without_rank(name: str, cues: Cues) -> str:
    """A name without the titles before it."""
    words = name.split()
    while len(words) > 1 and cues.has("title", fold(words[0])):
        words = words[2:] if words[1] == "شرطة" and len(words) > 2 else words[1:]
    return " ".join(words)
