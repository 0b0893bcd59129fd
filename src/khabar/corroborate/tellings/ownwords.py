"""Which events an outlet tells in its own voice: in its lead, in an item of its bulletin, or as who was there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Protocol

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures import old_times
from khabar.corroborate.focus import Focus
from khabar.corroborate.focus.sameness import QUOTED, SAME, Sameness
from khabar.corroborate.links.compare import Affinities
from khabar.corroborate.offsets import reaching, starting_in
from khabar.corroborate.tellings.negations import Negations
from khabar.corroborate.words import root_of, words_of
from khabar.records import Event, Reading

__all__ = ["OwnWords"]

_AROUND = 45  # characters before an event in which the word before it is looked for
_WHOSE = 6  # words after `وفق` in which a reporter is named
_NOT_OWN = ("cue", "silence", "future", "figure")
_OWN_ROLES = frozenset({"place", "time", "killed", "injured", "target", "destination", "origin"})
_ITEM_HEAD = re.compile(r"(?:[^\W\d_]+ ){0,2}[^\W\d_]+:\s")
_RELATIVE = frozenset({"الذي", "التي", "الذين", "اللذين", "اللتين"})
_WHICH = re.compile(r"\s+(?:الذي|التي|الذى|التى)\s")
_OBJECT = re.compile(r"(?:ها|هم|ه)$")


class Tables(Protocol):
    """What the words are looked up in."""

    @property
    def cues(self) -> Cues: ...
    @property
    def affinities(self) -> Affinities: ...


class OwnWords:
    """Asks the events of one unit that no claim holds; `roots` are those of words that name its main happening."""

    def __init__(
        self,
        reading: Reading,
        focus: Focus,
        main: Event,
        roots: AbstractSet[str],
        sameness: Sameness,
        negations: Negations,
        tables: Tables,
    ) -> None:
        self.reading, self.focus, self.main, self.named_roots = reading, focus, main, roots
        self.sameness, self.negations, self.cues, self.affinities = sameness, negations, tables.cues, tables.affinities
        self.text = reading.document.text
        self._cues = sorted((claim.cue for claim in reading.claims if claim.cue), key=lambda span: span.start)
        self._old = old_times(reading)
        self._attributions = reaching(reading.claims)

    def tells(self, event: Event) -> bool:
        """Whether the outlet itself says there that it happened, and does not merely speak of what others told."""
        # `الهجوم` points at what is known, and tells it of nobody.
        if event.trigger.text.startswith("ال") or event.factuality != "certain":
            return False
        if not self._is_of_title(event) or self._is_in_passing(event) or self._is_others(event):
            return False
        if self._is_of_attribution(event):
            # هتفوا is what the protest was, whatever was shouted.
            return event.type == "PROTEST"
        if (event.id == self.main.id and self._is_plain_lead(event)) or self.was_there:
            return True
        if self.named_roots.isdisjoint(map(root_of, words_of(event.trigger.text))) and not self._is_plain_lead(event):
            return False
        roles = {role.role for role in event.roles}
        return bool(roles & _OWN_ROLES)

    def looks_back(self, start: int, end: int) -> bool:
        """Whether a sentence tells of nothing new, or of it only as what something else came after, or as others do."""
        words = words_of(self.text[start:end])
        if any(
            self.cues.any(name, words)
            for name in ("cue", "silence", "future", "memory", "aftermath", "rumour", "reaction")
        ):
            return True
        if any(self.cues.any(name, words[:1]) for name in ("recall", "habit")):
            return True
        inside = (event for event in self.reading.events if start <= event.trigger.start < end)
        inside = (
            event for event in inside if not self.named_roots.isdisjoint(map(root_of, words_of(event.trigger.text)))
        )
        return any(self.focus.is_background(event.trigger.start) or not self.is_new(event) for event in inside)

    def _is_others(self, event: Event) -> bool:
        """Whether the words around say that it is somebody's word, or of no one happening told here."""
        start, end = self.focus.sentence_of(event.trigger.start)
        before = words_of(self.text[start : event.trigger.start])
        if any(m.start() <= event.trigger.start < m.end() for m in QUOTED.finditer(self.text, start, end)):
            return True
        if self.cues.any("recall", before[:1]) or any(self.cues.any(name, before) for name in _NOT_OWN):
            return True
        if event.type != "PROTEST" and self.cues.any("aftermath", before):
            return True  # شيع الأهالي قتلى الحافلة, but not in a march: شيع الأهالي القتلى في مسيرة
        if self.cues.any("habit", before[:1]) and not self._is_plain_lead(event):
            return True  # تشهد المحافظة عمليات اغتيال متكررة
        cued = self.cues.any("cue", [_OBJECT.sub("", word) for word in before])
        return cued or bool(starting_in(self._cues, start, event.trigger.start)) or self._is_hearsay(event, end)

    def _is_hearsay(self, event: Event, end: int) -> bool:
        """Whether the sentence says behind the event whose word it is, and means no reporter: `وفق وسيط قبلي`, but not
        `وفق ما عاينه مراسلنا`."""
        after = words_of(self.text[event.trigger.end : end])
        at = next((at for at, word in enumerate(after) if self.cues.has("behind", word)), None)
        return at is not None and not any(self.cues.any(name, after[at : at + _WHOSE]) for name in ("reporter", "lens"))

    def _is_in_passing(self, event: Event) -> bool:
        """Whether the event's word stands where the outlet speaks of another matter, of old, or of what others told."""
        at = event.trigger
        if self.focus.has_left(at.start) or self.focus.is_speech(event) or self.focus.is_background(at.start):
            return True
        # `اتهمت` is somebody's word, and `الهدنة التي أعلنتها` points back at what others told.
        if event.type == "ACCUSE" or (at.text.startswith("ال") and _WHICH.match(self.text, at.end)):
            return True
        before = words_of(self.text[max(0, at.start - _AROUND) : at.start])[-1:]
        return self.cues.any("memory", before) or not _RELATIVE.isdisjoint(before) or not self.is_new(event)

    def is_new(self, event: Event) -> bool:
        """Whether the event's clause speaks of no time long before: `قتل 42 شخصا منذ مطلع العام`."""
        start, end = self.focus.sentence_of(event.trigger.start)
        clause = self.negations.clause_end(event.trigger.end, end)
        return event.id == self.main.id or not starting_in(self._old, start, clause)

    def _is_of_title(self, event: Event) -> bool:
        """Whether an event is the main one told again, or one that the title names and the lead opens with."""
        if self.was_there and self.affinities.of(event.type, self.main.type) >= SAME:
            return True
        if event.type != self.main.type:
            return event.type in self.focus.title_types and self._is_plain_lead(event)
        return self.sameness.is_same(event) and self.sameness.is_of_lead(event)

    def _is_plain_lead(self, event: Event) -> bool:
        """Whether the event stands in the lead's first two sentences, where that names a place or a time, or the
        reporter was there."""
        _, end = self.focus.sentence_of(event.trigger.start)
        if self.focus.sentence(event.trigger.start) - self.focus.sentence(self.focus.dateline) > 1:
            return False
        named = any(m.type in {"PLACE", "TIME"} for m in starting_in(self.reading.mentions, self.focus.dateline, end))
        return named or self.was_there or self._opens_item(event)

    def _opens_item(self, event: Event) -> bool:
        """Whether an event stands in the first sentence of an item under a word of its own: `الميناء: يواصل العمال`."""
        start, end = self.focus.unit.start, event.trigger.start
        return self.focus.sentence_of(end)[0] <= start and _ITEM_HEAD.match(self.text, start, end) is not None

    def _is_of_attribution(self, event: Event) -> bool:
        """Whether an event's word stands in a source or a cue."""
        before = bisect_right(self._attributions, event.trigger.start, key=lambda span: span[0])
        return before > 0 and event.trigger.start < self._attributions[before - 1][1]

    @cached_property
    def was_there(self) -> bool:
        """Whether the reporter says so: `رأينا`, and not in somebody's speech."""
        unit = self.focus.unit
        plain = QUOTED.sub(" ", self.text[unit.start : unit.end])
        return self.cues.any("eyewitness", words_of(plain))
