"""The bodies that one text names, and which of them a shorter or vaguer name means."""

from __future__ import annotations

import re

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import STOPS, name_tokens, plain, same_head, unbound
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.profiles import Voice
from khabar.corroborate.voices.offices import Office, first_title
from khabar.corroborate.words import root_of, words_of
from khabar.records import Mention, Reading, Source
from khabar.text import fold

__all__ = ["Bodies"]

_WORD_BEFORE = 20  # characters before a name in which its head noun stands
_ANY_BODY = frozenset("مجموعه جمعيه منظمه هييه موسسه حركه جماعه تنظيم فصيل شركه لجنه".split())
_AGENCY = "وكاله"
_FORCE = frozenset({"قوه", "سلك"})
_UNDER_ARMS = frozenset("خفر حرس شرطه جيش درك بحريه جمارك امن قوات كتيبه لواء كتايب".split())
_SOCIETY = frozenset("هييه منظمه جمعيه موسسه رابطه مركز شبكه مرصد نقابه اتحاد".split())
_KINDS = frozenset("حقوقيه انسانيه خيريه اغاثيه مدنيه اهليه نقابيه مهنيه امميه دوليه".split())
"""What kind of body it is, which a second naming may say beside a noun of any body: الهيئة الحقوقية."""
_NEWS_AGENCY = re.compile(r"(?<![^\W\d_])[ولب]?وكالة\s")
_POLICE = frozenset({"شرطه", "امن"})
_THIS = frozenset({"هذا", "هذه", "تلك", "ذلك"})
_JOINS = ("ال", "ل", "ب", "وال", "ول", "وب")  # how a word of a name begins after a definite one
_OF_A_KIND = 2  # words
_OWN_WORDS = 2  # of a name before where it is
_LIES = frozenset("جنوبي شمالي شرقي غربي جنوبى شمالى شرقى غربى".split())
_LIES_BETWEEN = frozenset(
    (one, other + end) for one in ("جنوب", "شمال") for other in ("شرق", "غرب") for end in ("", "ي", "ى")
)
_LOCAL = "المحليه"  # السلطات المحلية, and محلية كذا
_WORD = re.compile(r"[^\W\d_]+")
# مجموعة | تسمي نفسها حراس كذا, جماعة تطلق على نفسها اسم «كذا»
_CALLED = re.compile(r"\s(?:[يت]سمي\s+نفسها?|[يت]طلق\s+على\s+نفسها?(?:\s+اسم)?)\s+(?P<name>.+)$")
_CALLS_ITSELF = re.compile(
    r"\s+(?:[^\W\d_]+\s+)?(?:[يت]سمي\s+نفسها?|[يت]طلق\s+على\s+نفسها?(?:\s+اسم)?|[يت]دعى|[يت]سمى|باسم)\s+"
    r"(?P<name>[«\"“][^»\"”\n]{2,40}[»\"”]|[^\W\d_]+(?:\s+[^\W\d_]+){1,2})"
)
_IN_MARKS = re.compile(r"[«\"“](?P<name>[^«»\"“”\n]{2,60})[»\"”]")
_MARKED = 60  # characters
_HEAD_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)\s+$")
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")
_BACK = 200  # bodies of before among which what points back is looked for


class Bodies:
    """Bodies in the order of their last naming: `spoken`; `parts` by the head noun of a part that spoke for them;
    `topic` is the one that spoke last, in no one else's words."""

    def __init__(self, reading: Reading, cues: Cues) -> None:
        self.cues, self.text = cues, reading.document.text
        self._names_agency = _NEWS_AGENCY.search(f"{reading.document.publisher} {self.text}") is not None
        self.organisations = [mention for mention in reading.mentions if mention.type == "ORG"]
        self.spoken: list[Voice] = []
        self.parts: dict[str, Voice] = {}
        self.topic: Voice | None = None
        self.headed: dict[str, Voice] = {}  # bodies that offices name, by label

    def remember(self, voice: Voice) -> Voice:
        """The same voice, named last now."""
        self.spoken = [*(one for one in self.spoken if one.key != voice.key), voice][-_BACK:]
        return voice

    def named(self, text: str, bodies: list[Mention]) -> Voice:
        """The body of a name, with the mentions inside it: one of before, a known one, or a new one."""
        called = _CALLED.search(text)
        text = called["name"] if called is not None else text
        label = self.without_title(_unquoted(text.split("،", maxsplit=1)[0].strip(" ،.")))
        heads = [m for m in bodies if m.text in " ".join(label.split()[: len(m.text.split()) + 1])]
        known = next((m.entity for m in heads if m.entity and not m.entity.id.startswith("doc:")), None)
        if known is None:
            before = self.known_as(label)
            if before is not None:
                return self.remember(before)
        key = known.id if known else "name:" + " ".join(name_tokens(label))
        return self.remember(Voice(label, "organization", key, name_en=known.name_en if known else None))

    def latest(self, offset: int) -> Voice | None:
        """The body that spoke last, else the first that the paragraph names: رد مجلس كذا، ونفى الناطق باسمه."""
        if self.spoken:
            return self.spoken[-1]
        named = starting_in(self.organisations, self.text.rfind("\n", 0, offset) + 1, offset)
        return self.named(self._whole(named[0]), [named[0]]) if named else None

    def _whole(self, mention: Mention) -> str:
        """The name that a mention is a part of: in marks, with the noun before these: تنسيقية «| الماء | حقنا»."""
        around = next((m for m in _IN_MARKS.finditer(self.text, max(0, mention.start - _MARKED), mention.end + _MARKED)
                       if m.start("name") <= mention.start and mention.end <= m.end("name")), None)  # fmt: skip
        if around is None:
            return mention.text
        head = _HEAD_BEFORE.search(self.text, max(0, around.start() - _WORD_BEFORE), around.start())
        known = head is not None and self.cues.has("body", fold(head["word"]))
        return self.text[head.start("word") if head is not None and known else around.start() : around.end()]

    def first_in(self, start: int, end: int) -> Voice | None:
        """The body that a stretch names first, by its head noun: استقبل | مستشفى كذا (الجرحى، وقال مديره)."""
        for match in _WORD.finditer(self.text, start, end):
            if self.cues.has("body", fold(match[0])) and plain(fold(match[0])) == fold(match[0]):
                called = _CALLS_ITSELF.match(self.text, match.end(), end)
                if called is not None:
                    return self.named(called["name"].strip(), [])
                label = self.text[match.start() : self.name_end(match.end())]
                return self.named(label, []) if len(label.split()) > 1 else None
        return None

    def acting(self, begin: int, source: Source) -> Voice | None:
        """The body at the head of a sentence, whose statement a pronoun says it is: ضبطت | قيادة كذا مخدرات، بحسب بيان
        لها."""
        for match in _WORD.finditer(self.text, begin, source.start):
            if self.cues.has("body", fold(match[0]).removeprefix("و")):
                end = self.name_end(match.end())
                inside = list(starting_in(self.organisations, match.start(), end))
                return self.named(self.text[match.start() : max([end, *(m.end for m in inside)])], inside)
        named = starting_in(self.organisations, begin, source.start)
        return self.named(named[0].text, [named[0]]) if named else None

    def known_as(self, label: str) -> Voice | None:
        """The body of before that a shorter or vaguer name means: حكومة الولاية for حكومة ولاية كذا."""
        tokens = name_tokens(label)
        if len(tokens) == _OF_A_KIND and label.startswith("ال") and tokens[0] in _SOCIETY and tokens[1] in _KINDS:
            named = [voice for voice in reversed(self.spoken) if voice.kind == "organization"]
            alike = next((voice for voice in named if same_head(voice.label, tokens[0])), None)
            return alike or next((v for v in named if name_tokens(v.label)[0] in _SOCIETY), None)
        if len(tokens) == _OF_A_KIND and label.startswith("ال") and tokens[1].endswith("ي"):
            alike = next((voice for voice in reversed(self.spoken) if same_head(voice.label, tokens[0])), None)
            if alike is not None and root_of(tokens[1]) in map(root_of, name_tokens(alike.label)[1:]):
                return alike  # الاتحاد القبلي, of اتحاد قبائل كذا
        telling = {unbound(token) for token in tokens if not self.cues.has("generic", token)}
        if len(tokens) < 2 or tokens[0] not in telling:
            return None
        for voice in reversed(self.spoken):
            whole = name_tokens(voice.label)
            whole = whole[1:] if whole[:1] != tokens[:1] and self.cues.any("branch", list(whole[:1])) else whole
            if whole[:1] == tokens[:1] and telling <= set(map(unbound, whole)):
                return voice
        return None

    def back(self, word: str, text: str, offset: int) -> Voice:
        """The body that a single word points back to, by its head noun; else the word itself."""
        return self.before(word, offset) or self.named(text, [])

    def before(self, word: str, offset: int) -> Voice | None:
        """The body of before that a head noun with its article points back to, whether it spoke or was only named."""
        head = plain(word)
        if head in self.parts:
            return self.remember(self.parts[head])
        bodies = [voice for voice in reversed(self.spoken) if head in name_tokens(voice.label)]
        # المؤسسة is rather the one of that name than its branch: الفرع النقابي للمؤسسة.
        spoken = next((voice for voice in bodies if same_head(voice.label, head)), bodies[0] if bodies else None)
        if spoken is not None:
            return self.remember(spoken)
        headed = self._headed_by(head)
        if headed is not None:
            return self.remember(headed)
        for mention in reversed(starting_in(self.organisations, 0, offset)[-_BACK:]):
            words = words_of(self.text[max(0, mention.start - _WORD_BEFORE) : mention.end])
            own = words_of(mention.text)
            if head in map(plain, words[-len(own) - 1 :]) and len(words) > 1:
                label = self.text[self._word_start(mention.start, head, own) : mention.end]
                return self.named(label, [mention])
        if self.cues.has("branch", head):
            return self.parts.get(head) or self.topic
        if head in _FORCE:
            return self._force(offset)
        # الوكالة, of an agency of the United Nations, where no news agency is named
        if head in _ANY_BODY or (head == _AGENCY and not self._names_agency):
            return next((voice for voice in reversed(self.spoken) if voice.kind == "organization"), None)
        return None

    def _force(self, offset: int) -> Voice | None:
        """The body under arms that القوة or الجهاز means: خفر السواحل, that spoke or was only named."""
        for voice in reversed(self.spoken):
            if not _UNDER_ARMS.isdisjoint(name_tokens(voice.label)[:2]):
                return self.remember(voice)
        for mention in reversed(starting_in(self.organisations, 0, offset)[-_BACK:]):
            if not _UNDER_ARMS.isdisjoint(name_tokens(mention.text)[:2]):
                return self.named(mention.text, [mention])
        return None

    def _word_start(self, start: int, head: str, own: list[str]) -> int:
        """Where a name begins whose head noun stands before it: جماعة | الحوثي."""
        if head in map(plain, own):
            return start
        return self.text.rfind(" ", 0, max(0, start - 1)) + 1

    def of_office(self, office: Office, offset: int) -> str:
        """The name of an office's body, as it was named before or as the office has it; empty for none."""
        body = self.without_title(office.body)
        words = words_of(body)
        if not words:
            return ""
        if len(words) == 1 or not words[1].startswith("ال"):
            # الوزارة (في كركوك): what was named before.
            spoke = {voice.key for voice in self.spoken}
            pointed = self.before(words[0], offset) if words[0].startswith("ال") else None
            if pointed is not None:
                return pointed.label if office.heads or pointed.key in spoke else ""
        known = self.known_as(body)
        if known is not None:
            return known.label
        return body if len(words) > 1 or words[0].startswith("ال") else ""

    def _headed_by(self, head: str) -> Voice | None:
        """The one body of which somebody was said to be the head that this noun can mean."""
        headed = [voice for voice in self.headed.values() if _stands_for(head, name_tokens(voice.label))]
        return headed[0] if len(headed) == 1 else None

    def one_or_named(self, name: str, known: list[Mention], offset: int) -> Voice:
        """The body of a name, or the one of before that a single word with its article points back to."""
        words = words_of(name)
        return self.back(words[0], name, offset) if len(words) == 1 else self.named(name, known)

    def has_spoken(self, word: str) -> bool:
        """Whether a body whose longer name begins with this head noun spoke before, itself or by who heads it: الجيش
        الوطني, then الجيش."""
        if word.startswith("ال") and self._headed_by(plain(word)) is not None:
            return True
        names = (name_tokens(voice.label) for voice in self.spoken)
        return word.startswith("ال") and any(len(name) > 1 and name[0] == plain(word) for name in names)

    def name_end(self, end: int) -> int:
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

    def without_title(self, text: str) -> str:
        """A body's name without what follows it: الشرطة | العقيد, جماعة كذا | اليوم, أمن الولاية | صدر."""
        parts = self._without_place(self._without_clitic(text.split()))
        parts = parts[int(len(parts) > 1 and fold(parts[0]) in _THIS) :]
        parts = parts[: next((at for at in range(1, len(parts)) if self.is_over(parts[at - 1], parts[at])), len(parts))]
        return " ".join(parts[: first_title(parts, self.cues)])

    def _without_clitic(self, parts: list[str]) -> list[str]:
        """A name without what joins it to the word before, (الإعلام) ب | الفرع, (المتحدثة) ل | شرطة كذا."""
        first = parts[0] if parts else ""
        bare = f"ال{first[2:]}" if first.startswith("لل") else first[1:] if first[:1] in {"ب", "ل"} else ""
        opens = plain(fold(bare))
        if bare and any(self.cues.has(name, opens) for name in ("body", "branch")):
            return [bare, *parts[1:]]
        return parts

    def _without_place(self, parts: list[str]) -> list[str]:
        """A name without where that is: المستشفى العام | بالمدينة, فرع الرابطة | في المحافظة, ولاية كذا | جنوبي كذا."""
        lies = next(
            (
                at
                for at in range(_OWN_WORDS, len(parts))
                if parts[at] in _LIES or tuple(parts[at : at + 2]) in _LIES_BETWEEN
            ),
            0,
        )
        parts = parts[:lies] if lies else parts
        last = fold(parts[-1]) if len(parts) > 1 else ""
        if last.startswith("بال") and self.cues.has("generic", plain(last[1:])):
            return parts[:-1]
        pointed = last.startswith("ال") and self.cues.has("generic", plain(last))
        return parts[:-2] if pointed and len(parts) > 2 and fold(parts[-2]) == "في" else parts

    def is_over(self, before: str, word: str) -> bool:
        """Whether a name that is definite ends before this word: it has neither article nor preposition, or is a body
        itself, which somebody did something to: (اتهام) لجان المقاومة | الشرطة."""
        if not before.startswith(("ال", "لل")) or self.cues.has("title", fold(before)):
            return False  # مطار الملك | خالد
        joined = word.startswith(_JOINS)
        if word.startswith("ال") and fold(word) != _LOCAL and self.cues.has("body", plain(fold(word))):
            # اللجنة | التنسيقية: what agrees with the noun describes it.
            return not (before.endswith("ة") and word.endswith(("ية", "يه")))
        joined = joined and not self.cues.has("given", fold(word))  # البلدية | باسل
        return word[:1].isalpha() and not joined and fold(word) not in STOPS


def _stands_for(head: str, name: tuple[str, ...]) -> bool:
    """Whether a head noun can mean the body of this name: المصفاة, and الشرطة for أمن الولاية."""
    return head in name or (head in _POLICE and not _POLICE.isdisjoint(name[:2]))


def _unquoted(name: str) -> str:
    """A name without quotation marks around all of it, and with both of those inside."""
    name = name.strip('"') if name.count('"') % 2 or name.startswith('"') else name
    if name.startswith("«") or name.count("«") != name.count("»"):
        return name.replace("«", "").replace("»", "").strip()
    return name
