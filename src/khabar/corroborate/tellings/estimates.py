"""Numbers that somebody gives where no claim was read: `رفعت اللجنة حصيلة الهجوم إلى ستة`, `ما زالت الوزارة تتحدث عن
ثلاثة قتلى`, `نعت الكتيبة أربعة من مقاتليها`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures import Number
from khabar.corroborate.focus import Focus
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.profiles import Figure, Telling
from khabar.corroborate.voices.beside import WORD, Beside, Stretch
from khabar.records import Claim, Event, Reading, Source, Span
from khabar.text import fold

__all__ = ["Estimates"]

_ASIDE = re.compile(r"\s*[،,]")
_OBJECT = frozenset({"عدد", "اعداد", "حصيله", "العدد", "الحصيله", "عن", "الي", "من", "ان", "بان", "مقتل", "اصابه"})
_WITNESS = frozenset({"شهود", "شاهد", "الشهود"})
_MOST = 9  # words of who gives it
_REACH = 300  # characters from the verb to its number


class Estimates:
    """Asks the numbers of one unit."""

    def __init__(self, reading: Reading, focus: Focus, numbers: Sequence[Number], beside: Beside, cues: Cues) -> None:
        self.reading, self.focus, self.beside, self.cues = reading, focus, beside, cues
        self.text = reading.document.text
        self.numbers = [one for one in numbers if not one.part and not one.aside]
        said = sorted((claim.content.start, claim.content.end) for claim in reading.claims)
        self._starts = [start for start, _ in said]
        self._ends = list(accumulate((end for _, end in said), max))
        self._cued = sorted((claim.cue for claim in reading.claims if claim.cue), key=lambda span: span.start)

    def tellings(
        self, *, main: Event, denied: Sequence[int],
        figures: Callable[[int, int], tuple[Figure, ...]], words: Callable[[str], tuple[str, ...]],
    ) -> Iterator[Telling]:  # fmt: skip
        """What they tell of the main event, outside of sentences in which something is denied."""
        for claim in self._claims():
            given = figures(claim.content.start, claim.content.end)
            start, end = self.focus.sentence_of(claim.content.start)
            if not given or self.focus.has_left(claim.content.start) or any(start <= at <= end for at in denied):
                continue
            yield Telling(
                event=main.id, claim=None, type=main.type, start=claim.content.start, stance="asserts",
                factuality="certain", voice=self.beside.speakers.voice(claim), figures=given, denial="none",
                sure=any(one.role != "count" or (one.sure and not one.of) for one in given)
                or self.focus.start <= claim.content.start < self.focus.end,
                words=words(claim.content.text), tells=True,
            )  # fmt: skip

    def _claims(self) -> Iterator[Claim]:
        """What each says of the numbers that stand after its word, as a claim that the reader might have made."""
        seen: set[int] = set()
        for number in self.numbers:
            said = None if self._is_said(number.start) else self._by_whom(number.start)
            if said is None or said[0].start("word") in seen:
                continue
            word, who = said
            seen.add(word.start("word"))
            end = min(self.focus.sentence_of(number.start)[1], number.end)
            content = Span(word.end(), end, self.text[word.end() : end])
            yield Claim(f"n{number.start}", self._source(who), (), None, content, "asserts", "indirect", 1.0)

    def _is_said(self, offset: int) -> bool:
        """Whether a claim holds it."""
        before = bisect_right(self._starts, offset)
        return before > 0 and offset < self._ends[before - 1]

    def _by_whom(self, offset: int) -> tuple[re.Match[str], Stretch] | None:
        """The last word of counting or telling before a number that somebody speaks with (`أحصى شهود تحدثوا إلينا 25
        آلية`: not the second), with no cue between it and the number."""
        first = max(self.focus.sentence_of(offset)[0], offset - _REACH)
        found = [m for m in WORD.finditer(self.text, first, offset) if self.cues.has("estimate", fold(m["word"]))]
        for word in reversed(found):
            if starting_in(self._cued, word.start("word"), offset):
                return None
            who = self._who(word, offset)
            if who is not None:
                return word, who
        return None

    def _who(self, word: re.Match[str], last: int) -> Stretch | None:
        """Who stands after the verb, or else before it."""
        at, begin, end = word.end(), 0, 0
        for _ in range(_MOST):
            match = WORD.match(self.text, at, last)
            if match is None or fold(match["word"]) in _OBJECT or _ASIDE.match(self.text, at, last):
                break
            begin, end, at = begin or match.start("word"), match.end(), match.end()
        if end and self.beside.speaks(begin, end):
            return begin, end
        first = max(self.focus.sentence_of(word.start("word"))[0], word.start("word") - _REACH)
        return self.beside.before(first, word.start("word")) if not end else None

    def _source(self, who: Stretch) -> Source:
        named = self.beside.source(*who)
        first = fold(named.text.split(maxsplit=1)[0])
        if not self.cues.has("hidden", first):
            return named
        return Source(named.start, named.end, named.text, "witness" if first in _WITNESS else "unnamed_source", None)
