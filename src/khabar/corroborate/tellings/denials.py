"""Denials that no claim has: those of sentences that open with one, and those told of in passing (`رغم نفي الشرطة وقوع
أي هجوم`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

import msgspec

from khabar.corroborate.cues import Cues
from khabar.corroborate.focus import Focus
from khabar.corroborate.profiles import Telling
from khabar.corroborate.tellings.negations import DISOWN, Negations
from khabar.corroborate.voices.beside import WORD, Beside
from khabar.corroborate.words import root_of, words_of
from khabar.records import Event, Reading
from khabar.text import fold

__all__ = ["Denials"]

_ASIDE = re.compile(r"\s*[،,](?:[^،,.\n]{1,60}[،,])?")  # between a denier and what is denied: ، يوم الثلاثاء،
# What is denied opens with one of these, or with the word of an event.
_WHAT = re.compile(
    r"(?:أن|أنّ|إن|أي|أية|ما|كل|كلّ|بعدم"
    r"|(?:عزم|نيت|نية|اعتزام|وجود|صحة|قيام|وقوع|حدوث|حصول|تعرض|توصل|مسؤولي|مسئولي|صل[ةت]|علاق[ةت]|ضلوع|تورط|امتلاك|استخدام|استعمال|سقوط)\w*)$"
)
_NEWS = re.compile(
    r"(?:الحكاية|الرواية|الخبر|النبأ|الأمر|ذلك|الأنباء|المزاعم|الاتهام|الاتهامات|التهمة|خبر|نبأ|أنباء|جملة)$"
)
_MANNER = frozenset(
    "بشده بشكل بصوره قطعيا نفيا انكارا تكذيبا رسميا جمله علي عبر خلال في امس اليوم يوم مساء صباح ليل ظهر لاحقا بدوره "
    "بدورها مجددا عن قطعا قاطعا تماما بالكامل".split()
)
_ITS = re.compile(r"\s*(?:وجود|حصول|وقوع|حدوث|صح[ةت])(?:ها|ه)\b")  # `لينفي وجودها`
_NO_TRUTH = re.compile(
    r"(?:أنه?|أنّ|بأنه?|ب)\s*(?:لا|عدم)\s+(?:صحة|وجود|أساس)\b|(?:أن|أنّ|بأن|من\s+أن)\s+(?:أحدا|شيئا)\s[^.،\n]{0,30}?\bل[من]\b"
)
_REJECTS = frozenset({"رفض", "رفضت", "ورفض", "ورفضت", "رافضا", "رافضه", "يرفض", "ترفض"})
_WHAT_WAS_SAID = re.compile(
    r"(?!\s+(?:التعليق|الرد|الإدلاء|الخوض|الإجابة))[^.\n،]{0,60}?\s(?:ما\s+(?:أعلن|ذكر|قال|نشر|ورد|جاء|تردد|صدر|زعم|أورد)\w*|(?:ال)?أرقام|(?:ال)?رواية|المزاعم)"
)
_NEGATED = frozenset({"لا", "لم", "لن", "ما", "دون", "بدون", "ولا", "ولم", "عدم", "غير", "وما"})
_DEFINITE = ("ال", "وال", "بال", "لل")  # `جاء النفي بعد الهجوم` denies nothing
_OBJECT = re.compile(r"(?:ها|ه)$")  # ما تنفيه, الأمر الذي نفته
_WHICH = frozenset({"ما", "الذي", "التي", "امر"})
_ENDS = frozenset(
    {"التي", "الذي", "في", "عن", "عبر", "بشده", "جمله", "علي", "ان", "لكن", "فيما", "بينما", "كما", "وقال", "وقالت"}
)
_ITS_DENIAL = frozenset({"نفيه", "نفيها", "نفيهم", "ونفيه", "ونفيها", "ونفيهم"})
_FROM = re.compile(r"\bعن\s+(?P<who>[^\W\d_]+(?:\s+(?!لم\b|لن\b|قول|[أإا]ن\b|رفض|طلب|فضل|اشترط|في\b)[^\W\d_]+){0,5})")
_MOST = 9  # words of a denier's name
_REACH = 500  # characters on either side
_FAR = 14  # words from there to what is denied


class _Found(msgspec.Struct, frozen=True):
    """A denial: who stands from `first` to `last`; what is denied from `start` to `end`; `opens` its sentence, `back`:
    what is denied stands before it, `وهو ما نفته الشرطة`; `its`: it goes on with what was said, `ونفيه أن`."""

    first: int
    last: int
    start: int
    end: int
    opens: bool
    disowns: bool
    back: bool = False
    its: bool = False


_THERE = frozenset({"فيه", "فيها", "به", "بها", "فيهما"})  # in the statement or the speech


class Denials:
    """Asks the sentences of one unit; `telling` gives the words that say what a stretch is about."""

    def __init__(
        self,
        reading: Reading,
        focus: Focus,
        main: Event,
        beside: Beside,
        negations: Negations,
        cues: Cues,
        telling: Callable[[int, int], tuple[str, ...]],
    ) -> None:
        self.reading, self.focus, self.main, self.beside, self.cues = reading, focus, main, beside, cues
        self.negations, self.telling = negations, telling
        self.text = reading.document.text
        self._events = sorted(reading.events, key=_at)
        self._denying = [claim for claim in reading.claims if claim.stance == "denies"]
        self._all = list(self._found())

    def opening(self) -> Iterator[Telling]:
        """Those with which sentences of title's passage open (`نفت الكتيبة توصلها إلى اتفاق`)."""
        for found in self._all:
            if found.opens and self.focus.start <= found.first < self.focus.end:
                yield from self._telling(found, self.main, sure=True)

    def told(self, roots: set[str], is_same: Callable[[Event], bool]) -> Iterator[Telling]:
        """All, with whether they are, by their events or the roots of their words, of what the report is about."""
        for found in self._all:
            events = self._in(found.start, self.negations.clause_end(found.start, found.end))
            words = words_of(self.text[found.start : self.negations.clause_end(found.start, found.end)])
            news = _NEWS.match(self.text[found.start : found.end].split(maxsplit=1)[0]) if words else None
            its = news is not None or _ITS.match(self.text, found.start) is not None
            same = next(filter(is_same, events), None)
            if found.its:  # قوله إن عدد المضربين سبعة، ونفيه أن يكونوا تسعة
                words += words_of(self.text[self.focus.sentence_of(found.start)[0] : found.start])
            sure = its or found.back or same is not None or not roots.isdisjoint(map(root_of, words))
            yield from self._telling(found, same or (events[0] if events and not sure else self.main), sure=sure)

    def _in(self, start: int, end: int) -> Sequence[Event]:
        first, last = (bisect_left(self._events, at, key=_at) for at in (start, end))
        return self._events[first:last]

    def _telling(self, found: _Found, event: Event, *, sure: bool) -> Iterator[Telling]:
        source = self.beside.source(found.first, found.last)
        extent = "part" if found.disowns else self.negations.extent(found.start, found.end)
        if found.back:
            counts = self.cues.any("figure", words_of(self.text[found.start : found.end])[-2:])  # الحصيلة التي كذبتها
            extent = "part" if counts or self.negations.counts_people(found.start, found.end) else "full"
        if extent == "none":
            return
        yield Telling(
            event=event.id, claim=None, type=event.type, start=found.first, stance="denies", factuality="denied",
            voice=self.beside.speakers.beside(source), figures=(), denial=extent, sure=sure,
            words=self.telling(found.start, found.end),
            granted=self.negations.granted(found.start, found.end) if extent == "full" and not found.back else (),
        )  # fmt: skip

    # --- where they stand ---

    def _found(self) -> Iterator[_Found]:
        unit, read = self.focus.unit, self.focus.unit.start
        for match in WORD.finditer(self.text, unit.start, unit.end):
            word = fold(match["word"])
            if match.start("word") >= read and self._points_back(word, match.start("word")):
                found = self._of_what_was_said(match)
                if found is not None:
                    yield found
            elif match.start("word") >= read and self._denies(word, match.end()):
                found = self._by_word(match)
                if found is not None:
                    read = found.end
                    yield found
        for match in _NO_TRUTH.finditer(self.text, unit.start, unit.end):
            first, last = self._around(match.start())
            if self.negations.is_harm(words_of(self.text[match.start() : last])):
                continue
            who = self.beside.before(first, match.start())
            if who is not None:
                yield _Found(*who, match.start(), last, opens=False, disowns=False)

    def _denies(self, word: str, end: int) -> bool:
        """Whether a word is of denial, or of rejecting what was said: `رافضة ما أعلنته المديرية`."""
        if self.cues.has("deny", word):
            return not word.startswith(_DEFINITE)
        return word in _REJECTS and _WHAT_WAS_SAID.match(self.text, end) is not None

    def _points_back(self, word: str, at: int) -> bool:
        """Whether a verb of denial has what was said before for its object: `وهو ما تنفيه الشرطة`."""
        verb = _OBJECT.sub("", word)
        if verb == word or not (self.cues.has("deny", verb) or self.cues.has("deny", verb.removesuffix("ا") + "ي")):
            return False
        return not _WHICH.isdisjoint(words_of(self.text[max(0, at - 12) : at])[-1:])

    def _of_what_was_said(self, match: re.Match[str]) -> _Found | None:
        """The denial of the clause before, by whoever stands after the verb."""
        first, last = self._around(match.start("word"))
        at, begin, end = match.end(), 0, 0
        for _ in range(_MOST):
            word = WORD.match(self.text, at, last)
            if word is None or fold(word["word"]) in _ENDS:
                break
            begin, end, at = begin or word.start("word"), word.end(), word.end()
        if not end or not self.beside.speaks(begin, end):
            return None
        return _Found(begin, end, first, match.start("word"), opens=False, disowns=False, back=True)

    def _around(self, offset: int) -> tuple[int, int]:
        """The sentence there, as far as a denial reaches."""
        first, last = self.focus.sentence_of(offset)
        return max(first, offset - _REACH, self.focus.unit.start), min(last, offset + _REACH)

    def _by_word(self, match: re.Match[str]) -> _Found | None:
        """The denial of a verb or noun: whoever stands after it, or else before."""
        first, last = self._around(match.start("word"))
        before = words_of(self.text[max(first, match.start("word") - 25) : match.start("word")])[-3:]
        its = fold(match["word"]) in _ITS_DENIAL
        if not its and not _NEGATED.isdisjoint(before):
            return None
        disowns = DISOWN.search(match["word"]) is not None
        who, start = self._after(match.end(), last, disowns=disowns)
        opens = not before
        if start is None:
            return None
        if its:  # نقلت الصحيفة عن مصدر لم تسمه نفيه أن
            sources = [m.span("who") for m in _FROM.finditer(self.text, first, match.start("word"))]
            who = sources[-1] if sources else who
        if who is None:
            who = self._claimed(first, match.start("word")) or self.beside.before(first, match.start("word"))
        return _Found(*who, start, last, opens=opens, disowns=disowns, its=its) if who is not None else None

    def _claimed(self, first: int, at: int) -> tuple[int, int] | None:
        """Who was read in this sentence as the source of the claim whose cue the word is."""
        named = [
            (c.source.start, c.source.end)
            for c in self._denying
            if c.cue and c.cue.start <= at < c.cue.end and c.source
        ]
        return next((who for who in named if who[0] >= first), None)

    def _after(self, at: int, last: int, *, disowns: bool) -> tuple[tuple[int, int] | None, int | None]:
        """Who is named from `at` on, and where what is denied opens."""
        begin, end, ended = at, at, False
        for count in range(_FAR):
            aside = _ASIDE.match(self.text, at, last)
            if aside is not None:
                at, ended = aside.end(), True
            match = WORD.match(self.text, at, last)
            if match is None:
                break
            word = match["word"]
            if fold(word) in _THERE and begin == end:
                at = match.end()  # أصدر بيانا نفى | فيه أن
                continue
            if _WHAT.match(word) or _NEWS.match(word) or self._is_event(match, count) or (disowns and word == "من"):
                return ((begin, end) if end > begin else None), match.start("word")
            ended = ended or count >= _MOST or fold(word) in _MANNER
            if not ended:
                begin, end = (match.start("word") if begin == end else begin), match.end()
            at = match.end()
        return None, None

    def _is_event(self, match: re.Match[str], count: int) -> bool:
        """Whether the word is an event's: `نفت الوزارة اعتقال أحد`; not so the first, which may be the denier's."""
        events = self._in(match.start("word"), match.end())
        return bool(events) and count > 0


def _at(event: Event) -> int:
    return event.trigger.start
