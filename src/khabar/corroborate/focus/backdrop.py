"""Words that look like events and of which no report is about: part of a name, the outlet's own too, families (`الأسر`,
which is captivity too), and on what occasion somebody spoke (`أكد الأمين العام، في لقاء مع الصحيفة، أن …`)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from khabar.corroborate.offsets import starting_in
from khabar.corroborate.outlets import outlet_words
from khabar.records import Event, EventType, Reading

__all__ = ["Backdrop"]

_FAMILIES = re.compile(r"[وفبل]?(?:ال|لل)?أسر(?:ا|اً|ة|ته|تها|هم|ها)?$")
_GUEST = re.compile(r"\s+ضيف(?:ا|اً|ة|ين)?\s")
_LONGEST_NAME = 80  # characters
_OCCASIONS: frozenset[EventType] = frozenset({"CONSULT", "MOVE", "AGREE"})


class Backdrop:
    """Asks the events of one unit."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.text
        self._names = [m for m in reading.mentions if m.type in {"PERSON", "ORG"}]
        self._own = _own_name(reading.document.publisher)
        self._families = any(m.quantity is not None and m.quantity.unit == "family" for m in reading.mentions)
        self._contents = sorted((claim.content.start, claim.content.end) for claim in reading.claims)
        self._cues = sorted(
            (c.cue.end, c.content.start) for c in reading.claims if c.cue and c.cue.end < c.content.start
        )

    def holds(self, event: Event) -> bool:
        """Whether an event is of the backdrop."""
        return self._is_of_name(event) or self._is_family(event) or self._is_occasion(event)

    def _is_of_name(self, event: Event) -> bool:
        """حركة | فجر | الوادي"""
        start, end = event.trigger.start, event.trigger.end
        own = self._own.finditer(self._text, max(0, start - _LONGEST_NAME), end + _LONGEST_NAME) if self._own else ()
        if any(m.start() <= start and end <= m.end() for m in own):
            return True  # لـ«صدى | الوادي»
        near = starting_in(self._names, start - _LONGEST_NAME, start + 1)
        return any(m.end >= end and m.end - m.start > end - start for m in near)

    def _is_family(self, event: Event) -> bool:
        return self._families and event.type == "COERCE" and _FAMILIES.match(event.trigger.text) is not None

    def _is_occasion(self, event: Event) -> bool:
        """Whether it stands between a verb of saying and what is said, outside of all that is said; or somebody is a
        guest: `نزل ضيفا على برنامجنا`."""
        if _GUEST.match(self._text, event.trigger.end):
            return True
        if event.claim is not None or event.type not in _OCCASIONS:
            return False
        at = event.trigger.start
        last = bisect_right(self._cues, (at, at))
        return last > 0 and self._cues[last - 1][0] <= at < self._cues[last - 1][1] and not self._is_said(at)

    def _is_said(self, at: int) -> bool:
        first = bisect_left(self._contents, (at + 1, 0))
        return first > 0 and self._contents[first - 1][1] > at


def _own_name(publisher: str | None) -> re.Pattern[str] | None:
    """What the publisher is called in its texts: its name without the noun for what it is, a word alone in marks."""
    words = [word for word in (publisher or "").split() if outlet_words(word)]
    name = r"\s+".join(map(re.escape, words))
    if not words:
        return None
    return re.compile(name if len(words) > 1 else rf"[«\"“(]{name}[»\"”)]")
