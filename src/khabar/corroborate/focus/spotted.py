"""The happening of a unit in which no event was read: a word of its lead that names one, or those whom it befell.

`قالت النيابة إن الموقوفين اثنان لا ثلاثة` has no deed in it, and is a report of the arrests all the same.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures.amendments import corrects_at
from khabar.corroborate.focus import Focus
from khabar.corroborate.focus.eventwords import EventWords
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.words import root_of, words_of
from khabar.records import Event, EventType, Reading, Span
from khabar.text import fold

__all__ = ["SPOKEN", "SPOTTED", "spotted", "tells_deeds", "with_deed"]

SPOTTED = ""
"""The id of an event that the reading does not have."""
SPOKEN: frozenset[EventType] = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "THREATEN"})
"""Types of who asks, accuses or rejects, and speaks of a deed that was."""
_WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u0652]+[^\W\d_]*)*")
_NAMED = frozenset({"PERSON", "ORG", "TIME"})
_LONGEST_NAME = 80  # characters
_SCORE = 0.2  # less than any event that was read
_FORCE: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "PROTEST", "CONCEDE"})
_KILLING: frozenset[str] = frozenset({"ASSAULT"})
# Where a word can name several, what befell somebody before what somebody did or said.
_FIRST: tuple[EventType, ...] = (
    "ASSAULT", "COERCE", "PROTEST", "CONCEDE", "RETREAT", "MOVE", "AGREE", "AID", "CONTROL", "MOBILIZE", "CONSULT",
    "COOPERATE", "SANCTION", "SUPPORT", "REQUEST", "REJECT", "ACCUSE", "THREATEN",
)  # fmt: skip


def spotted(reading: Reading, focus: Focus, event_words: EventWords, cues: Cues) -> Event | None:
    """The word of title's passage that names what the title names, or else the first that names anything.

    Most texts without an event tell of none: a word stands for one where it names whom something befell, where it and
    the title name a deed of force, and where the text answers what was told before; there the title must
    name such a deed too if any event was read.
    """
    passage = words_of(f"{focus.unit.title} {focus.text[focus.start : focus.end]}")
    answers = cues.any("deny", passage) or any(corrects_at(passage, at, cues) for at in range(len(passage)))
    named = focus.title_types | (_KILLING if cues.any("killed", words_of(focus.unit.title)) else frozenset())
    best: tuple[float, re.Match[str], EventType] | None = None
    for match in _WORD.finditer(focus.text, focus.start, focus.end):
        word = fold(match.group())
        types = event_words.of_title(word)
        if not types or word in focus.speech or _is_of_name(reading, match.start(), match.end()):
            continue
        people = not event_words.of_people(word).isdisjoint(types)
        titled = root_of(word) in focus.title_roots
        kind = next(one for one in _FIRST if one in (types & named or types))
        answered = answers and (kind in focus.title_types or not reading.events)
        if not (people or answered or ((titled or kind in named) and kind in _FORCE)):
            continue
        weight = 2.0 * titled + (kind in named) + people
        weight -= 0.5 * (focus.sentence(match.start()) - focus.sentence(focus.start))
        if best is None or weight > best[0]:
            best = weight, match, kind
    if best is None:
        return None
    _, match, kind = best
    claim = next((c.id for c in reading.claims if c.content.start <= match.start() < c.content.end), None)
    return Event(
        id=SPOTTED, claim=claim, type=kind, trigger=Span(match.start(), match.end(), match.group()),
        factuality="certain", roles=(), score=_SCORE,
    )  # fmt: skip


def tells_deeds(reading: Reading, focus: Focus) -> bool:
    """Whether title's passage tells of more than somebody asking, accusing or rejecting."""
    return any(e.type not in SPOKEN and focus.start <= e.trigger.start < focus.end for e in reading.events)


def with_deed(
    reading: Reading, main: Event, focus: Focus, event_words: EventWords, cues: Cues
) -> tuple[Reading, Event]:
    """The main event, or the deed that its passage names where that only asks, accuses or talks (`طالب بكشف مصير
    المخطوفين`); and the reading with it. Who asks in the title asks for something new; who accuses there speaks of the
    deed."""
    titled = not focus.title_roots.isdisjoint(map(root_of, words_of(main.trigger.text)))
    if main.type not in {*SPOKEN, "CONSULT"} or (titled and main.type != "ACCUSE"):
        return reading, main
    deed = spotted(reading, focus, event_words, cues)
    if deed is None or deed.type in SPOKEN or deed.type == "CONSULT":
        return reading, main
    start, end = deed.trigger.start, deed.trigger.end
    for event in reading.events:
        if start <= event.trigger.end and event.trigger.start <= end:
            return reading, event
    events = sorted((*reading.events, deed), key=lambda event: event.trigger.start)
    return replace(reading, events=tuple(events)), deed


def _is_of_name(reading: Reading, start: int, end: int) -> bool:
    near = starting_in(reading.mentions, start - _LONGEST_NAME, start + 1)
    return any(m.type in _NAMED and m.end >= end for m in near)
