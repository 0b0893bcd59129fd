"""Denials that no claim has: those of sentences that open with one, and those told of in passing (`رغم نفي الشرطة وقوع
أي هجوم`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures import Number
from khabar.corroborate.focus import Focus
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.profiles import Telling
from khabar.corroborate.voices import Speakers
from khabar.corroborate.words import root_of, words_of
from khabar.records import Event, Reading, Source
from khabar.text import fold

__all__ = ["Denials"]

_OPENING = re.compile(r"\W*(?:و|ف)?(?P<verb>[^\W\d_]+)\s+")
_COMMA = re.compile(r"\s*[،,؛.]|\s+(?:وذلك|معتبر|مؤكد|مشير|مضيف)")
_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u064b-\u0652])*"  # with its vowels
_SUBJECT = re.compile(
    r"(?P<who>(?:(?!(?:أن|ان|إن|أي|أية|ما|وجود|نفيا|نفياً|صحة|قيام|وقوع|توصل\w*|مسؤولي\w*|صلت\w*|علاقت\w*)\b)"
    rf"(?:{_LETTERS}|«[^»\n]{{2,40}}»)\s*){{1,9}})"
)
_ASIDE = re.compile(r"\s*[،,][^،,.\n]{1,60}[،,]\s*")  # between a denier and what is denied: ، يوم الثلاثاء،
_BETWEEN = frozenset({"بين", "بينه", "بينها", "بينهما", "بينهم"})
_WHAT = r"(?:(?:وقوع|حدوث|حصول|وجود|صحة|تعرض|قيام)\w*|أي|أية|أن)"
_WORD = rf"(?:(?!(?:أن|إن|نفي|نفت|نفى|ما)\b)(?:{_LETTERS}|«[^»\n]{{2,40}}»))"
_WHO = rf"{_WORD}(?:\s+{_WORD}){{0,6}}?"
_NEWS = r"(?:الحكاية|الرواية|الخبر|النبأ|الأمر|ذلك|الأنباء|المزاعم|جملة وتفصيلا)"
_TOLD = re.compile(
    # رغم نفي قيادة الشرطة وقوع أي هجوم
    rf"\bنفي\s+(?P<after>{_WHO})\s+(?={_WHAT}\b)"
    # أما الإقليم فقد جدد على لسان ناطقه نفي حصول ذلك
    rf"|\bأما\s+(?P<before>{_WHO})\s+فقد\s+(?:{_WORD}\s+){{1,5}}?نفي(?:ه|ها)?\s+(?={_WHAT}\b)"
    # جددت الشركة نفيها وقوع ذلك
    rf"|\bو?(?:جدد|كرر)ت?\s+(?P<again>{_WHO})\s+نفي(?:ه|ها)?\s+(?={_WHAT}\b)"
    # إلى أن الخلية نفت في بيانها يوم الأحد حصول أي هجوم
    rf"|\bو?(?:أن|إن|لكن|كانت?)\s+(?P<subject>{_WHO})\s+(?:قد\s+)?نف(?:ت|ى|وا)\s+(?:{_WORD}\s+){{0,5}}?(?={_WHAT}\b)"
    # وقد نفى أمن الولاية، عبر قناة كذا، أن يكون أوقف أحدا
    rf"|\bو?(?:قد\s+)?نف(?:ى|ت|وا)\s+(?P<verb>{_WHO})(?:\s*[،,][^،,.\n]{{1,60}}[،,])?\s+(?={_WHAT}\b)"
    # خرج المتحدث باسم كذا لينفي وجودها
    rf"|\bو?(?:خرج|خرجت|عاد|عادت|سارع|سارعت)\s+(?P<came>{_WHO})\s+[لو]?[يت]نفي\s+(?={_WHAT}\b)"
    # أنكرت الشرطة الحكاية
    rf"|\bو?(?:أنكر|كذب|فند|دحض|نفى|نف)ت?\s+(?P<news>{_WHO})\s+(?={_NEWS})"
    # قطعت الشرطة بعدم صحة الأنباء عن كذا
    rf"|\b{_LETTERS}\s+(?P<false>{_WHO})\s+(?=بعدم\s+صحة\s)"
    # ما صرحت به الشرطة لقناة كذا من أن أحدا لم يختطف
    rf"|\bما\s+(?:صرح|أعلن|أكد|ذكر|قال)ت?(?:ه|ها|\s+به)\s+(?P<said>{_WHO})\s+(?:ل{_WORD}\s+)?(?:{_WORD}\s+)?من\s+(?=أن\s+أحدا\s+لم\b)"
)
_DENIED = re.compile(r"نفي|نفت|نفى|نفوا|أنكر|كذب|فند|دحض|عدم\s+صحة|أن\s+أحدا\s+لم")
_NAMES = ("after", "before", "again", "subject", "verb", "came", "news", "false", "said")
_OF_ALL = frozenset({"news"})  # a denial of the news, whatever its words are
_ITS = re.compile(r"(?:وجود|حصول|وقوع|حدوث|صح[ةت])(?:ها|ه)\b")  # `لينفي وجودها`
_TO_BE = frozenset({"يكون", "تكون"})
_CLEFT = re.compile(r"(?:ان )?(?:[يت]كون(?:وا)? )?(?:هو|هي|هم) (?:من|الذي|التي|الذين)\b")
_OPENS = 5  # words with which a clause opens


class Denials:
    """Asks the sentences of one unit."""

    def __init__(
        self, reading: Reading, focus: Focus, main: Event, numbers: Sequence[Number], speakers: Speakers, cues: Cues
    ) -> None:
        self.reading, self.focus, self.main, self.numbers = reading, focus, main, numbers
        self.speakers, self.cues = speakers, cues
        self.text = reading.document.text
        self._main_roots = {root_of(word) for word in words_of(main.trigger.text)}
        self._events = sorted(reading.events, key=_at)

    def told(self, roots: set[str], is_same: Callable[[Event], bool]) -> Iterator[Telling]:
        """Denials of what the report is about that are told of in passing, by its events or the roots of its words."""
        for match in self._told():
            who = next(name for name in _NAMES if match[name])
            end = self.clause_end(match.end(), self.focus.sentence_of(match.end())[1])
            first, last = (bisect_left(self._events, at, key=_at) for at in (match.end(), end))
            events = self._events[first:last]
            denied = words_of(self.text[match.end() : end])
            is_of_it = who in _OF_ALL or _ITS.match(self.text, match.end()) is not None
            if not is_of_it and roots.isdisjoint(map(root_of, denied)) and not any(map(is_same, events)):
                continue
            yield from self._telling(*match.span(who), match.end(), end)

    def _told(self) -> Iterator[re.Match[str]]:
        """The words of `_TOLD`, looked for in those sentences alone that hold a word of denial."""
        unit, read = self.focus.unit, self.focus.unit.start
        for word in _DENIED.finditer(self.text, unit.start, unit.end):
            first, last = self.focus.sentence_of(word.start())
            if last > read:
                yield from _TOLD.finditer(self.text, max(first, read), last)
                read = last

    def opening(self) -> Iterator[Telling]:
        """Sentences of title's passage that open with a verb of denial (`نفت الكتيبة توصلها إلى اتفاق`)."""
        start = self.focus.start
        while start < self.focus.end:
            first, last = self.focus.sentence_of(start)
            first = max(first, self.focus.unit.start)
            opening = _OPENING.match(self.text, first, last)
            if opening and self.cues.has("deny", fold(opening["verb"])):
                subject = _SUBJECT.match(self.text, opening.end(), last)
                if subject is not None:
                    aside = _ASIDE.match(self.text, subject.end(), last)
                    yield from self._telling(*subject.span("who"), aside.end() if aside else subject.end(), last)
            start = max(last, start) + 1

    def _telling(self, first: int, last: int, start: int, end: int) -> Iterator[Telling]:
        """The denial of whoever is named from `first` to `last`; what is denied stands from `start` to `end`."""
        if self.is_of_relation(words_of(self.text[start:end])):
            return
        person = any(m.type == "PERSON" for m in starting_in(self.reading.mentions, first, last))
        source = Source(first, last, self.text[first:last], "named_person" if person else "organization", None)
        part = self.is_of_part(start, self.clause_end(start, end))
        yield Telling(
            event=self.main.id, claim=None, type=self.main.type, start=first, stance="denies", factuality="denied",
            voice=self.speakers.named(source), figures=(), denial="part" if part else "full", sure=True, words=(),
        )  # fmt: skip

    def is_of_relation(self, words: list[str]) -> bool:
        """Whether what is denied is that one happening has to do with another."""
        return self.cues.any("relation", words) and not _BETWEEN.isdisjoint(words)

    def is_of_part(self, start: int, end: int) -> bool:
        """Whether the clause from `start` to `end`, which is denied, says how many, who, or in which way."""
        clause = words_of(self.text[start:end])
        opens = clause[:_OPENS]
        counts = self.cues.any("figure", opens) or any(word.isdecimal() for word in opens)
        counts = counts or any(n.figure.people for n in starting_in(self.numbers, start, end))
        return counts or self._is_of_doer(clause) or self._is_presupposed(clause)

    def _is_presupposed(self, clause: list[str]) -> bool:
        """`نفت أن تكون الزيارة قد قطعت`: that there was one is not denied; `أن يكون هجوم قد وقع` denies it."""
        definite = any(word.startswith("ال") for word in clause[1:3])
        return definite and clause[0] in _TO_BE and root_of(clause[1]) in self._main_roots

    def _is_of_doer(self, clause: list[str]) -> bool:
        """Whether what is denied is who did it: `مسؤوليتها عن`, `أن تكون هي التي`, or that one's own men did."""
        if _CLEFT.match(" ".join(clause)):
            return True
        opens = clause[: 2 * _OPENS] if clause[:1] in (["ان"], ["يكون"], ["تكون"]) else clause[:_OPENS]
        return self.cues.any("doer", clause) or self.cues.any("forces", opens)

    def clause_end(self, start: int, end: int) -> int:
        """Where the first clause of a denial ends: what follows a comma tells of something else."""
        comma = _COMMA.search(self.text, start, end)
        return comma.start() if comma else end


def _at(event: Event) -> int:
    return event.trigger.start
