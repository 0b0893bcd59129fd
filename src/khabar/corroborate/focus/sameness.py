"""Which events of a report are its main happening told again."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cached_property

from khabar.corroborate.focus import Focus
from khabar.corroborate.links.compare import Affinities
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.words import root_of, stem_of, words_of
from khabar.records import Event, Mention, Reading

__all__ = ["QUOTED", "SAME", "Sameness"]

QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”")
"""What stands in quotation marks."""
SAME = 0.5
"""Least affinity of types of one happening in one document."""
_AROUND = 45  # characters around an event in which the lead's words are looked for
_UNREAL = frozenset({"planned", "demanded", "conditional"})


class Sameness:
    """Asks events of one unit; `core` are the stems that title and lead speak in."""

    def __init__(
        self, reading: Reading, focus: Focus, main: Event, core: AbstractSet[str], affinities: Affinities
    ) -> None:
        self.reading, self.focus, self.main, self.core, self.affinities = reading, focus, main, core, affinities
        self.text = reading.document.text
        self.main_roots = {root_of(word) for word in words_of(main.trigger.text)}
        self._mentions = {mention.id: mention for mention in reading.mentions}

    def tells_it(self, event: Event) -> bool:
        """Whether an event is told as something new: by the words of the main one, or outside of quotation marks,
        in which who denies calls it by another name."""
        if event.trigger.text.startswith("ال") or event.factuality == "denied":
            return False
        alike = {root_of(word) for word in words_of(event.trigger.text)} & self.main_roots
        start, end = self.focus.sentence_of(event.trigger.start)
        quoted = any(m.start() <= event.trigger.start < m.end() for m in QUOTED.finditer(self.text, start, end))
        return bool(alike) or (not quoted and any(role.mention for role in event.roles))

    def is_same(self, event: Event) -> bool:
        """Whether an event of the document is its main happening told again."""
        if event.id == self.main.id:
            return True
        if self.is_elsewhere(event):
            return False
        affinity = self.affinities.of(event.type, self.main.type)
        alike = {root_of(word) for word in words_of(event.trigger.text)} & self.main_roots
        if not alike and (affinity < SAME or not self.is_of_lead(event)):
            return False
        return event.factuality not in _UNREAL or self.main.factuality == event.factuality

    def is_elsewhere(self, event: Event) -> bool:
        """Whether an event has a place of its own, and none that title or lead name."""
        own = [m for m in self._places(event) if m.place and m.place.precision in {"exact", "near"}]
        told = self._told_places
        return bool(own and told) and not any(m.place and {m.place.id, m.place.parent} & told for m in own)

    @cached_property
    def _told_places(self) -> set[str | None]:
        """Ids of the places of title's passage, and of what contains them."""
        lead = starting_in(self.reading.mentions, self.focus.start, self.focus.end)
        return {key for m in lead if m.place for key in (m.place.id, m.place.parent)}

    def _places(self, event: Event) -> list[Mention]:
        ids = {role.mention for role in event.roles if role.role in {"place", "target"} and role.mention}
        return [self._mentions[key] for key in sorted(ids) if key in self._mentions]

    def is_of_lead(self, event: Event) -> bool:
        """Whether the words around an event are of what title and lead speak of."""
        first, last = self.focus.sentence_of(event.trigger.start)
        start, end = max(first, event.trigger.start - _AROUND), min(last, event.trigger.end + _AROUND)
        around = {stem_of(word) for word in words_of(self.text[start:end])}
        own = {stem_of(word) for word in words_of(event.trigger.text)}
        return event.trigger.text.startswith("ال") or not self.core.isdisjoint(around - own)
