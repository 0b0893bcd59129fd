"""What a report is about: the passage that its title speaks of, and the event that stands for its main happening."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from khabar.corroborate.focus.eventwords import EventWords
from khabar.corroborate.words import Rarity, root_of, stem_of, words_of
from khabar.records import Document, Event

__all__ = ["Focus", "Unit", "units_of"]

_SENTENCE_END = re.compile(r"[\n\r]+|[.!؟?…]+(?=\s)")
_DATELINE = re.compile(r"[^\n]{0,90}?\)\s*[-–—]\s")
# A first line of its own that says where and by whom: `عدن - فلان الفلاني`, `كتبت: فلانة`, `القيارة / الشبكة`.
_LINE_WORD = r"[^\s.!؟\-–—ـ/:]+"
_BYLINE = re.compile(
    rf"{_LINE_WORD}(?:[ \t]+{_LINE_WORD}){{0,3}}[ \t]*[-–—ـ/:][ \t]*"
    r"[^\s.!؟]+(?:[ \t]+[^\s.!؟]+){0,5}[ \t]*\n\s*"
)
_WORD = re.compile(r"[^\W_]+")
_ITEM = re.compile(r"^[ \t]*(?:[-–—•*▪●·◦■]|\d{1,2}[.)\-])[ \t]*(?P<item>\S.*)$", re.MULTILINE)
# Bulletins that mark no items but by paragraphs: `موجز الثامنة`, `أبرز أخبار اليوم`, not `أنباء عن هجوم`.
_BULLETIN = re.compile(
    r"^\W*(?:(?:أهم|أبرز|آخر) )?(?:ال)?(?:موجز|نشرة|مختصرات|متفرقات|حصاد|أخبار|أنباء)\b(?! عن\b)(?:\W+\w+){0,6}\W*$"
    r"|^(?:\W*\w+){1,6}\W+(?:في (?:سطور|كلمات|عناوين|دقائق|دقيقة|لمحات)|باختصار|بإيجاز)(?:\W+\w+){0,2}\W*$"
    r"|^\W*(?:ال)?جولة\W+(?:\w+\W+){0,2}(?:الصباح|الصباحية|المساء|المسائية|اليومية|الإخبارية|الأخبار)\b"
)
_PARAGRAPH = re.compile(r"^[ \t]*(?P<item>\S.*)$", re.MULTILINE)
_GOES_ON = "و"
# Items that are marked by what stands before them alone: `حوف: وصلت قافلة`, `كسلا: ارتفع منسوب النهر`.
_LABELLED = re.compile(r"(?P<label>[^\W\d_]+(?:[ \t][^\W\d_]+){0,2})[ \t]*:[ \t]*\S")
# Paragraphs that turn to something else: `من جهة أخرى`, `وفي شأن أمني آخر`, `وعلى الصعيد المحلي،`, `وإلى الشمال،`.
_MATTER = r"و?(?:في|على) (?:شأن|سياق|تطور|حادث|حادثة|موضوع|ملف|صعيد|خبر)(?:\s[^\W\d_]+)? "
# `وفي المقابل،`, `وفي اتصال مع الصحيفة،` go on with the matter.
_SAME_MATTER = (
    r"(?:المقابل|السياق|الأثناء|الوقت|غضون|تفاصيل|هذا|هذه|رد|رده|ردها|اتصال|تصريح|تصريحات|حديث|بيان|مؤتمر|مقابلة|كلمة|تعليق"
    r"|تقرير|خطوة|ختام|النهاية|وقت|اليوم|صباح|مساء|رسالة|تسجيل|تغريدة|منشور|أحدث|آخر|أول)\b"
)
_SPHERE = r"|و?على الصعيد [^\W\d_]+،"
# `ويتزامن الجدل مع اتهام الشرطة`, `وجاءت الخطوة غداة هجوم`, where somebody speaks of that then.
_BESIDE = (
    r"و(?:يأتي|تأتي|جاء|جاءت|يتزامن|تتزامن|تزامن|تزامنت) (?:[^\W\d_]+ ){1,3}(?:غداة|فيما|مع|وسط) "
    r"(?=[^\n]* و?(?:قال|قالت|أعلن|أعلنت|ذكر|ذكرت|أفاد|أفادت|أكد|أكدت|بحسب)\b)"
)
_TURN = re.compile(
    r"^[ \t]*(?P<item>(?:و?من (?:ناحية|جهة|جانب) (?:أخرى|ثانية|آخر|ثان)"
    rf"|{_MATTER}(?:آخر|أخرى|منفصل|منفصلة|ثان|متصل|مواز){_SPHERE}|{_BESIDE}"
    rf"|وعلى بعد|وتطرق|و(?:في|إلى) (?!{_SAME_MATTER})[^\W\d_]+(?:\s[^\W\d_]+){{0,3}}،)[^\n]+)$",
    re.MULTILINE,
)
_OPENING = re.compile(rf"^{_BESIDE}")  # what it is told beside
_OTHER = re.compile(rf"{_MATTER}(?:آخر|أخرى|منفصل|منفصلة){_SPHERE}")
# نشر قائمة, نشرت الوكالة صورا: what is published, and is no deployment.
_PUBLISHED = re.compile(r"\b(?:قائمة|أسماء|بيانا?|صورا?|صورة|تقريرا?|مقطعا?|خبرا?|تفاصيل|نص|تسجيلا?|وثائق|وثيقة)\b")
_PUBLISH = frozenset({"نشر", "نشرت", "نشروا", "ينشر", "تنشر"})
_SOURCE_AFTER = re.compile(r"[\u064b-\u0652]*\s+(?:مصدر|مصادر|مصدرا)\s")  # أسر مصدر أمني
_NEAR = 70  # characters after the verb
_TURNS = 4
_ITEMS = 3  # of a bulletin at least
_ITEM_TITLE = 12  # words of an item that stand for its title
_WORDS = 45
_CHARACTERS = 900
_SENTENCE = 3000  # characters; what goes on longer without a stop is cut, so that no loop over it runs away
_PASSAGES = 40  # sentences from which the passage may start
_BEFORE = 60  # characters in which is looked for what something came after
_AWAY = 0.35  # how much more of the title a later passage must hold than the lead
_SAID = 0.4  # and where the title quotes somebody, whose words stand further on than what they are about
# بعد أيام من نهاية | إضراب, بعد أقل من ساعة على | هجوم
_LONG_AFTER = (
    r"(?:(?:(?:أقل|أكثر|نحو) (?:من )?)?(?:ساعة|ساعات|ساعتين|يوم|يومين|أيام|أسبوع|أسبوعين|أسابيع|شهر|شهرين|أشهر|عام"
    r"|عامين|أعوام|سنة|سنوات)\s+(?:[^\W\d_]+\s+)?(?:من|على)\s+)?"
)
_BACKGROUND = re.compile(
    rf"(?:^|(?<!على)\s)[وف]?(?:بعد|قبل|منذ|عقب|اثر|إثر|غداة|قبيل)\s+{_LONG_AFTER}(?:[^\W\d_]+\s+){{0,1}}$"
)


class Unit(msgspec.Struct, frozen=True):
    """What is read as one report: a document under its title; an item of a bulletin, or a paragraph that turns to
    something else, under its first words."""

    start: int
    end: int
    title: str


def units_of(document: Document) -> list[Unit]:
    """The items of a bulletin (lines that start with a dash, a bullet or a number; paragraphs under a title that calls
    them news, if each starts anew; paragraphs with a word and a colon before most), or the document as a whole with its
    paragraphs that turn to something else."""
    items = list(_ITEM.finditer(document.text))
    if len(items) >= _ITEMS and sum(match.end() - match.start() for match in items) * 2 >= len(document.text):
        return [_item(match) for match in items]
    items = list(_PARAGRAPH.finditer(document.text))
    if len(items) >= _ITEMS:
        anew = sum(not match["item"].startswith(_GOES_ON) for match in items) * 2 > len(items)
        if (anew and _BULLETIN.match(document.title or "")) or _are_labelled([match["item"] for match in items]):
            return [_item(match) for match in items]
    whole = Unit(0, len(document.text), document.title or "")
    return [whole, *(_item(match) for match in islice(_TURN.finditer(document.text), _TURNS) if match.start())]


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end, the last one not; a sentence of any length is cut at a blank."""
    last = start
    for stop in [*(match.start() for match in _SENTENCE_END.finditer(text, start, end)), end]:
        while stop - last > _SENTENCE:
            blank = text.rfind(" ", last + 1, last + _SENTENCE)
            last = blank if blank > 0 else last + _SENTENCE
            yield last
        if stop < end:
            yield stop
        last = stop


def _are_labelled(paragraphs: Sequence[str]) -> bool:
    """Whether three of four have something before a colon, hardly two the same; in an interview two take turns."""
    labels = [match["label"] for paragraph in paragraphs if (match := _LABELLED.match(paragraph))]
    return len(labels) * 4 >= len(paragraphs) * 3 and len(set(labels)) * 4 >= len(labels) * 3


def _item(match: re.Match[str]) -> Unit:
    title = _OPENING.sub("", match["item"])
    return Unit(match.start("item"), match.end("item"), " ".join(title.split()[:_ITEM_TITLE]))


class Focus:
    """Title and passage of interest of one unit."""

    def __init__(
        self, text: str, unit: Unit, rarity: Rarity, event_words: EventWords, speech: frozenset[str] = frozenset()
    ) -> None:
        self.text, self.unit, self.speech = text, unit, speech
        title = words_of(unit.title)
        self.title_stems = [stem_of(word) for word in title]
        self.title_roots = {root_of(word) for word in title}
        self._types = {word: event_words.of_title(word) for word in title}
        self.title_types = frozenset().union(*self._types.values())
        self.weights = {stem: rarity.of(stem) for stem in self.title_stems}
        self.ends = list(_ends(text, unit.start, unit.end))
        dateline = _DATELINE.match(text, unit.start, unit.end) or _BYLINE.match(text, unit.start, unit.end)
        self.dateline = dateline.end() if dateline else unit.start
        if dateline:
            self.ends = sorted({*self.ends, self.dateline - 1})  # the blank before the first word
        self.start, self.end = self._passage()
        turns = islice(_TURN.finditer(text, unit.start, unit.end), _TURNS)
        self.turns = [match.span("item") for match in turns if match.start() > unit.start]

    def roots_of_type(self, kind: str) -> set[str]:
        """Roots of the title's words that can name an event of this type."""
        return {root_of(word) for word, types in self._types.items() if kind in types}

    def has_turned(self, offset: int) -> bool:
        """Whether an offset stands in a paragraph that turns to something else."""
        return any(start <= offset < end for start, end in self.turns)

    def sentence(self, offset: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_left(self.ends, offset)

    def sentence_of(self, offset: int) -> tuple[int, int]:
        """Start and end of that sentence."""
        at = bisect_left(self.ends, offset)
        return (self.ends[at - 1] if at else self.unit.start), (self.ends[at] if at < len(self.ends) else self.unit.end)

    def rest(self) -> Iterator[str]:
        """The sentences after the passage."""
        at = self.end + 1
        while at < self.unit.end:
            start, end = self.sentence_of(at)
            yield self.text[start:end]
            at = end + 1

    def is_background(self, offset: int) -> bool:
        """Whether the word there is only what something else came after: `بعد الهجوم`."""
        return _BACKGROUND.search(self.text[max(0, offset - _BEFORE) : offset]) is not None

    def is_speech(self, event: Event) -> bool:
        """Whether the word is of somebody speaking to the press or publishing, which no report is about."""
        words = words_of(event.trigger.text)
        if _SOURCE_AFTER.match(self.text, event.trigger.end):
            return True
        if not _PUBLISH.isdisjoint(words):
            end = min(self.sentence_of(event.trigger.start)[1], event.trigger.end + _NEAR)
            return _PUBLISHED.search(self.text, event.trigger.end, end) is not None
        return not self.speech.isdisjoint(words)

    def has_left(self, offset: int) -> bool:
        """Whether an offset stands in a paragraph that says to be of another matter: `وفي شأن آخر`."""
        return any(start <= offset < end and _OTHER.match(self.text, start) for start, end in self.turns)

    def weigh(self, event: Event, days_ago: int | None) -> float:
        """How much an event looks like what title and passage are about; `days_ago` where it is dated."""
        weight = 0.0
        if {root_of(word) for word in words_of(event.trigger.text)} & self.title_roots:
            weight += 1.5
        if event.type in self.title_types:
            weight += 0.7
        told = {stem_of(word) for role in event.roles for word in words_of(role.text)}
        whole = sum(self.weights.values()) or 1.0
        weight += 2.0 * sum(weight for stem, weight in self.weights.items() if stem in told) / whole
        at = event.trigger.start
        weight -= 3.0 if at < self.start else 0.6 * min(4, self.sentence(at) - self.sentence(self.start))
        weight += 0.2 * len({role.role for role in event.roles} & {"place", "time", "killed", "agent", "target"})
        weight += event.score - 0.5
        if event.factuality not in {"certain", "denied"}:
            weight -= 0.4
        if self.is_speech(event):
            weight -= 1.0
        if self.is_background(at):
            weight -= 0.8
        return weight - (1.5 if days_ago is not None and days_ago > 7 else 0.0)

    def _passage(self) -> tuple[int, int]:
        """The lead, unless a later passage holds much more of the title's words.

        Round-ups take their title from an item that may stand anywhere in them.
        """
        words = [(match.start(), match.end()) for match in _WORD.finditer(self.text, self.unit.start, self.unit.end)]
        if not words:
            return self.unit.start, self.unit.end
        starts = [0]
        for end in self.ends[:_PASSAGES]:
            first = bisect_left(words, (end, end))
            if starts[-1] < first < len(words):
                starts.append(first)
        whole = sum(self.weights.values())
        away = _AWAY + (_SAID if ":" in self.unit.title else 0.0)
        best, found = 0.0, self._from(words, 0)
        for number, first in enumerate(starts):
            passage = self._from(words, first)
            held = {stem_of(word) for word in words_of(self.text[slice(*passage)])}
            share = sum(w for stem, w in self.weights.items() if stem in held) / whole if whole else 0.0
            value = share - (away + 0.005 * number if number else 0.0)
            if value > best:
                best, found = value, passage
        return found

    def _from(self, words: Sequence[tuple[int, int]], first: int) -> tuple[int, int]:
        """From a word to the end of the sentence that holds the last of `_WORDS`."""
        start, last = words[first][0], words[min(first + _WORDS, len(words)) - 1][1]
        at = bisect_left(self.ends, last)
        end = self.ends[at] if at < len(self.ends) else self.unit.end
        return start, min(end, start + _CHARACTERS)
