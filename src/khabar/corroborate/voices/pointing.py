"""Who of those who spoke before is meant by less than a name: السائقون, القناة نفسها, آخر, هؤلاء, الأخير, أحد أعضائه.

A mention that is definite, demonstrative or of a part resolves to the nearest source before it that has its words; what
finds none is nobody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import STOPS, plain, without_asides
from khabar.corroborate.offsets import end_before, starting_in
from khabar.corroborate.profiles import Voice
from khabar.corroborate.words import root_of, words_of
from khabar.records import Reading, Source, SourceKind

__all__ = ["Pointing", "bare"]

_AGAIN = frozenset(
    "نفسه نفسها نفسهم انفسهم ذاته ذاتها ذاتهم عينه عينها عينهم مذكور مذكوره مذكورين مذكورون المذكور المذكوره "
    "المذكورين المذكورون ايضا".split()
)
_THIS = frozenset("هذا هذه هولاء ذلك تلك نفس ذات".split())  # ذات المصدر
_TELLER = frozenset({"المتحدث", "المتحدثه", "محدثنا", "محدثتنا", "مخاطبنا", "المعني", "المعنيه"})  # whoever spoke
_OTHERS = frozenset("اخر اخرون اخرين اخري اخريات ثالث ثالثه رابع رابعه هولاء البعض اخران اخرين".split())
_LATTER = frozenset("الاخير الاخيره الاخيرين الاخيرون".split())
_COMPANIONS = frozenset(
    stem + end for stem in ("زميل", "رفيق", "صديق", "جار") for end in ("ه", "ها", "هم", "ته", "تها")
)
_PARTS = frozenset(
    stem + end
    for stem in ("اعضاي", "قاد", "قيادي", "قياديي", "مسوولي", "ممثلي", "مندوبي", "افراد", "منتسبي", "عضو", "عضوت")
    for end in ("ه", "ها", "هم", "ته", "تها")
)  # أعضائها, قادته
_DESCRIBED: frozenset[SourceKind] = frozenset({"named_person", "organization", "unnamed_official", "document"})
_UNNAMED: frozenset[SourceKind] = frozenset({"unnamed_official", "unnamed_source", "witness"})
_MANY = ("ون", "ين", "ات", "ان", "ي")
_NUMBER = ("ون", "ين", "ان", "ات", "ي")
_SHORTEST = 3  # letters of a word without the ending of its number
_PLURALS = {
    "شهود": "شاهد", "سكان": "ساكن", "عمال": "عامل", "رعاه": "راع", "راعي": "راع", "مصادر": "مصدر", "ضباط": "ضابط",
    "جنود": "جندي", "شبان": "شاب", "شباب": "شاب", "نشطاء": "ناشط", "نشطا": "ناشط", "اطباء": "طبيب", "اطبا": "طبيب",
    "تجار": "تاجر", "بحاره": "بحار", "طلاب": "طالب", "طلبه": "طالب", "سجناء": "سجين", "سجنا": "سجين", "وجهاء": "وجيه",
    "وجها": "وجيه", "شيوخ": "شيخ", "رجال": "رجل", "نساء": "امراه", "نسا": "امراه", "مراه": "امراه", "باعه": "بايع",
    "اصحاب": "صاحب", "ملاك": "مالك", "زعماء": "زعيم", "قاده": "قايد", "نواب": "نايب", "خبراء": "خبير", "خبرا": "خبير",
    "غواصي": "غواص", "ابا": "اب", "امهات": "ام",
}  # fmt: skip
"""Broken plurals of those who speak, folded, each with its singular."""
_SAME_PERSON = {"والده": "ام", "والد": "اب", "امراه": "سيده", "دكتور": "طبيب", "دكتوره": "طبيبه"}
_WHO_IS = re.compile(r"\s*[،,]\s*(?:وهو\s+|وهي\s+)?[^،,.\n]{3,50}(?=[،,])")  # خالد عساف|، وهو صاحب محل قريب|،
_DESCRIPTION = 3  # words
_TITLE = 15  # characters before a name
_BACK = 60  # sources of before among which a description's is looked for


class Pointing:
    """Asks the sources of one reading, in their order; `ends` are those of the text's sentences."""

    def __init__(self, reading: Reading, cues: Cues, ends: Sequence[int]) -> None:
        self.reading, self.cues, self.ends = reading, cues, ends
        self.text = reading.document.text
        self._heard: list[tuple[int, int, Voice]] = []  # sources, from start to end

    def heard(self, source: Source, voice: Voice) -> None:
        """Whose words the source in hand turned out to be."""
        self._heard.append((source.start, source.end, voice))

    def latest(self) -> Iterator[tuple[int, int, Voice]]:
        """Sources of before with their voices, the last one first."""
        return reversed(self._heard[-_BACK:])

    def first(self) -> Iterator[tuple[int, int, Voice]]:
        """The same, the first one first."""
        return iter(self._heard)

    def other(self, source: Source, last: Voice | None) -> Voice | None:
        """Of whom a word names another or the last: آخر and هؤلاء of those without a name, الأخير of any."""
        words = bare(source)
        if len(words) != 1:
            return None
        if words[0] in _LATTER:
            return last
        if words[0] in _TELLER and last is not None and (not last.key or not words[0].startswith("ال")):
            return last  # محدثنا, المتحدث of no body
        companion = words[0] in _COMPANIONS
        if not (words[0] in _OTHERS or companion or self.cues.has("pronoun", words[0])):
            return None
        if last is not None and last.key and self.cues.has("pronoun", words[0]):
            return last  # كلاهما, of two who are named
        return next((voice for _, _, voice in self.latest() if voice.kind in _UNNAMED), None)

    def is_teller(self, source: Source) -> bool:
        """Whether a source is called by no more than that it speaks: المتحدث."""
        words = words_of(without_asides(source.text))
        return len(words) == 1 and words[0] in _TELLER

    def is_other(self, source: Source) -> bool:
        """Whether a source is nobody's name, whatever was read before: آخر, هؤلاء, زميله."""
        words = words_of(without_asides(source.text))
        return len(words) == 1 and (words[0] in _OTHERS or words[0] in _COMPANIONS)

    def is_member(self, source: Source) -> bool:
        """Whether one of those is meant who belong to the body named before: أحد أعضائه, عضوها."""
        words = words_of(without_asides(source.text))
        one = len(words) == 2 and self.cues.has("one", words[0])
        return one and words[1] in _PARTS

    def described(self, source: Source) -> Voice | None:
        """Who spoke before, or was named, beside the words of a description without a name: الشيخ, القائممقام, شيخ
        العائلة, السائقون, المصدر الطبي نفسه; or, as `الرجل`, who spoke in the sentence before."""
        words = bare(source)
        # Of people without a name one is described: الطبيبة; not الأهالي, who may be others.
        one = len(words) == 1 and not words[0].endswith(_MANY)
        unnamed = source.kind in _UNNAMED
        if not (unnamed or source.kind in _DESCRIBED) or not 0 < len(words) <= _DESCRIPTION:
            return None
        if not words[-1].startswith("ال"):
            return None
        office = self.cues.has("head", words[0]) and not self.cues.any("body", [plain(word) for word in words[1:]])
        definite = words[0].startswith("ال") or office or self.cues.has("human", words[0])
        owner = unnamed and len(words) > 1  # صاحب المحل
        if not (definite or owner) or self._names_person(source):
            return None
        if any(self.cues.any(name, [plain(words[0])]) for name in ("body", "statement", "forces")):
            return None
        named = one or owner or source.kind in _DESCRIBED
        return self._with_words(words, named=named) or self._just_spoke(source, words)

    def _with_words(self, words: Sequence[str], *, named: bool) -> Voice | None:
        """The nearest source that has these words, `named` or not, or with no name, in whatever number."""
        head, rest = _one_of(words[0]), {root_of(word) for word in words[1:]}
        exact = set(map(_called, words))
        for start, end, voice in self.latest():
            if voice.key and named and exact <= set(map(_called, words_of(self._around(start, end)))):
                return voice
            own = words_of(self.text[start:end])
            if not voice.key and head in map(_one_of, own) and rest <= set(map(root_of, own)):
                return voice
        return None

    def _around(self, start: int, end: int) -> str:
        """A source with the title before it and what is said of it between commas."""
        said = _WHO_IS.match(self.text, end)
        return self.text[max(0, start - _TITLE) : said.end() if said else end]

    def _just_spoke(self, source: Source, words: Sequence[str]) -> Voice | None:
        if len(words) == 1 and self.cues.has("human", words[0]) and self._heard:
            before = end_before(self.ends, max(0, end_before(self.ends, source.start) - 1))
            start, _, voice = self._heard[-1]
            person = voice.kind == "named_person" or voice.kind in _UNNAMED
            return voice if start >= before and person else None
        return None

    def outlet(self, head: str) -> Voice | None:
        """The outlet that a word points back to, which spoke before, or whose unnamed source did: القناة نفسها, after
        نقلت قناة كذا عن مصدر."""
        for _, _, voice in self.latest():
            name = voice.label if voice.kind == "media" else voice.carrier_label if voice.carrier else ""
            opens = words_of(name)[:1]
            if opens and (opens == [head] or not self.cues.any("outlet", opens)):
                return voice
        return None

    def _names_person(self, source: Source) -> bool:
        inside = starting_in(self.reading.mentions, source.start, source.end)
        return any(m.type == "PERSON" and m.end <= source.end for m in inside)


def bare(source: Source) -> list[str]:
    """The folded words of a source, without those that say that it is the same as before, or which: هذا المصدر نفسه."""
    words = words_of(without_asides(source.text))
    while len(words) > 1 and words[-1] in _AGAIN:
        words.pop()
    return words[1:] if len(words) > 1 and words[0] in _THIS else words


def _called(word: str) -> str:
    """A word as it is compared with what somebody named is called: الطبيب, of الدكتور سامر."""
    word = plain(word)
    return _SAME_PERSON.get(word, word)


def _one_of(word: str) -> str:
    """A word as one of many is called: سائقي, السائقون, سائقين are of سائق."""
    word = plain(word)
    if word not in STOPS and word not in _PLURALS:
        ending = next((end for end in _NUMBER if word.endswith(end) and len(word) - len(end) >= _SHORTEST), "")
        word = word.removesuffix(ending) if ending else word
    word = _PLURALS.get(word, word)
    return _SAME_PERSON.get(word, word)
