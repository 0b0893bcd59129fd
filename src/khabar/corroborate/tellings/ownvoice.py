"""What speaks for it that an outlet tells a report's main happening in its own voice, and does not only sum up in its
lead what others say below, look around in a feature, or go back to it in passing.

Features of a logistic model that scripts/fit_ownvoice.py fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from khabar.corroborate.cues import Cues
from khabar.corroborate.focus import Focus
from khabar.corroborate.focus.relevance import Relevance
from khabar.corroborate.focus.sameness import QUOTED, Sameness
from khabar.corroborate.odds import Feature
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.voices import Speakers
from khabar.corroborate.voices.eyewitness import first_seen
from khabar.corroborate.words import root_of, stem_of, words_of
from khabar.records import Event, Reading

__all__ = ["OwnVoice"]

_SPEECH = re.compile(r"«(?:[^\s»]+\s+){4,}[^»]*»|\"(?:[^\s\"]+\s+){4,}[^\"]*\"|“(?:[^\s”]+\s+){4,}[^”]*”")
"""What is too long in quotation marks for a name is somebody's word."""
_TELLING_WORD = 1.5  # least rarity of a word that says what a title is about
_SENTENCES = 2
_SHARED = 2  # words of the title that a lead holds
_MOST_WORDS, _MOST_CLAIMS, _MOST_VOICES, _MOST_SENTENCES, _MOST_TOLD = 50, 8, 6, 5, 4
_AGENCY = "وكاله"
_SAID_OF = ("cue", "deny", "figure", "differ")
_LOOKS_BACK = ("memory", "figure", "differ")
_NOT_OWN = ("cue", "silence", "future")
_WORD = re.compile(r"[^\W_]+")
_OPENS = 5  # words with which a sentence opens
_OPENING = ("testimony", "recall", "habit", "future", "scene")
_QUOTES, _DOTS = ("«", '"', "“"), ("..", "…")

Stretch = tuple[int, int]


class OwnVoice:
    """Asks one unit; `free` are the events in no claim, `named_roots` those of words that name the main happening."""

    def __init__(
        self, reading: Reading, focus: Focus, main: Event, sameness: Sameness, relevance: Relevance,
        speakers: Speakers, cues: Cues, free: Sequence[Event], named_roots: set[str], is_new: Callable[[Event], bool],
    ) -> None:  # fmt: skip
        self.is_new = is_new
        self.sight = first_seen(reading, focus, cues)
        self.reading, self.focus, self.main, self.sameness = reading, focus, main, sameness
        self.relevance, self.speakers, self.cues = relevance, speakers, cues
        self.free, self.named_roots = free, named_roots
        self.text = reading.document.text
        title = [word for word in words_of(focus.unit.title) if stem_of(word) not in relevance.common]
        telling = (word for word in title if focus.weights.get(stem_of(word), 0.0) >= _TELLING_WORD)
        self._told = set(map(root_of, telling)) - named_roots
        self._spans = [s for c in reading.claims for s in (c.content, c.cue, c.source) if s is not None]

    def sentences(self) -> list[Stretch]:
        """The first after the dateline."""
        found: list[Stretch] = []
        at = self.focus.dateline
        while at < self.focus.unit.end and len(found) < _SENTENCES:
            start, end = self.focus.sentence_of(at)
            found.append((max(start, at), end))
            at = end + 1
        return found

    def is_said(self, stretch: Stretch) -> bool:
        """Whether a claim, its cue or its source reaches into a stretch."""
        return any(span.start < stretch[1] and stretch[0] < span.end for span in self._spans)

    def event_in(self, stretch: Stretch) -> Event | None:
        """The main happening told there in no claim."""
        return next((event for event in self.told if stretch[0] <= event.trigger.start < stretch[1]), None)

    @cached_property
    def told(self) -> list[Event]:
        """The events in no claim that tell the main happening as something new, in order."""
        return sorted(filter(self._is_news, self.free), key=lambda event: event.trigger.start)

    def _is_news(self, event: Event) -> bool:
        """Whether an event is the main happening, and is not only pointed at, called to mind, counted or quoted."""
        at = event.trigger.start
        if event.trigger.text.startswith("ال") or event.factuality != "certain" or not self.sameness.is_same(event):
            return False
        start, end = self.focus.sentence_of(at)
        before = words_of(self.text[max(start, self.focus.dateline) : at])
        if any(self.cues.any(name, before) for name in _LOOKS_BACK) or self.focus.is_background(at):
            return False
        if self.main.type != "PROTEST" and self.cues.any("aftermath", before):
            return False  # شيع الأهالي قتلى الحافلة, but not in a march: شيع الأهالي القتلى في مسيرة
        quoted = any(m.start() <= at < m.end() for m in QUOTED.finditer(self.text, start, end))
        return not quoted and self.is_new(event)

    @cached_property
    def was_there(self) -> bool:
        """Whether the reporter says so: `رأينا`, and not in somebody's speech."""
        unit = self.focus.unit
        return self.cues.any("eyewitness", words_of(QUOTED.sub(" ", self.text[unit.start : unit.end])))

    def telling(self) -> Stretch | None:
        """The first sentence outside of all claims that tells the happening, or says what the title says; an item's
        words are its own title, so that it must tell it, and cite nobody."""
        return next((one for one in self.sentences() if self._tells(one)), None)

    def features(self, *, answers: bool) -> Iterator[Feature]:
        """Named features with their values; `answers`: something is denied."""
        first, *rest = self.sentences()
        yield from self._of_first(*first)
        for stretch in rest:
            if self.event_in(stretch):
                yield "second event", 1.0
            yield "second told", min(len(self._roots_of(self._words(*stretch)) & self._told), _MOST_TOLD) / 2
        yield from self._of_events()
        yield from self._of_claims()
        yield from self._of_title()
        yield from self._of_sight()
        given = {
            "answers": answers,
            "item": self.focus.unit.start > 0,
            "main said": self.main.claim is not None,
            "main protest": self.main.type == "PROTEST",
            "agency": words_of(self.reading.document.publisher or "")[:1] == [_AGENCY],
            "dateline": self.focus.dateline > self.focus.unit.start,
        }
        yield from ((name, 1.0) for name, there in given.items() if there)

    def _tells(self, stretch: Stretch) -> bool:
        """Whether a sentence outside of all claims tells the happening, or says what the title says."""
        if self.is_said(stretch):
            return False
        words = self._words(*stretch)
        item = self.focus.unit.title != (self.reading.document.title or "")
        if item and self.cues.any("cue", words):
            return False
        if item or self.event_in(stretch) is not None:
            return self.event_in(stretch) is not None
        if any(self.cues.any(name, words) for name in (*_LOOKS_BACK, "aftermath")):
            return False
        roots = self._roots_of(words)
        return len(roots & self._told) + (not roots.isdisjoint(self.named_roots)) >= _SHARED

    def _roots_of(self, words: list[str]) -> set[str]:
        return {root_of(word) for word in words if stem_of(word) not in self.relevance.common}

    def _words(self, start: int, end: int) -> list[str]:
        """Those there that stand in nobody's speech."""
        return words_of(_SPEECH.sub(" ", self.text[start:end]))

    def _of_first(self, start: int, end: int) -> Iterator[Feature]:
        words = self._words(start, end)
        roots = self._roots_of(words)
        yield "first length", min(len(words), _MOST_WORDS) / 25
        yield "first told", min(len(roots & self._told), _MOST_TOLD) / 2
        given = {
            "first event": any(start <= event.trigger.start < end for event in self.free),
            "first same": self.event_in((start, end)) is not None,
            "first named": not roots.isdisjoint(self.named_roots),
            "first quoted": _SPEECH.search(self.text, start, end) is not None,
            "first said": self.is_said((start, end)),
            "opens said": self.is_said((start, self._after(start, end))),
            "first time": any(m.type == "TIME" for m in starting_in(self.reading.mentions, start, end)),
            "opens article": words[:1] != [] and words[0].startswith("ال"),
            **{f"first {name}": self.cues.any(name, words) for name in _SAID_OF},
            **{f"opens {name}": self.cues.any(name, words[:1]) for name in _OPENING},
        }
        yield from ((name, 1.0) for name, there in given.items() if there)

    def _of_events(self) -> Iterator[Feature]:
        """Where the main happening is told in no claim, as something new."""
        told = self.told
        if told:
            yield "event anywhere", 1.0
            yield "event at", self._sentences_to(told[0].trigger.start)
        plain = next(filter(self._is_plain, told), None)
        if plain is not None:
            yield "event plain", 1.0
            yield "event plain at", self._sentences_to(plain.trigger.start)
        if any(event.id == self.main.id for event in told):
            yield "event main", 1.0

    def _of_title(self) -> Iterator[Feature]:
        title = self.focus.unit.title
        given = {
            "title colon": ":" in title,
            "title denial": any(self.cues.any(name, words_of(title)) for name in ("deny", "reaction")),
            "title source": self._title_has_source(),
            "title asks": "؟" in title,
            "title quotes": any(mark in title for mark in _QUOTES),
            "title dots": any(mark in title for mark in _DOTS),
        }
        yield from ((name, 1.0) for name, there in given.items() if there)

    def _of_sight(self) -> Iterator[Feature]:
        """What its own people saw, and where the text says so."""
        if self.was_there:
            yield "was there", 1.0
        if self.sight is not None:
            start, _, word = self.sight
            yield "sight", 1.0
            if word is None:
                yield "sight we", 1.0
            yield "sight at", self._sentences_to(start + 1)

    def _sentences_to(self, offset: int) -> float:
        """How far down a sentence stands."""
        at = self.focus.sentence(offset) - self.focus.sentence(self.focus.dateline)
        return min(max(0, at), _MOST_TOLD) / 2

    def _is_plain(self, event: Event) -> bool:
        """Whether nobody's word stands before an event in its sentence, which says when or where it was."""
        start, end = self.focus.sentence_of(event.trigger.start)
        start = max(start, self.focus.dateline)
        before = words_of(self.text[start : event.trigger.start])
        if any(self.cues.any(name, before) for name in _NOT_OWN):
            return False
        dated = any(m.type in {"PLACE", "TIME"} for m in starting_in(self.reading.mentions, start, end))
        return dated and not self.is_said((start, event.trigger.start))

    def _after(self, start: int, end: int) -> int:
        """Where the words end with which a sentence opens."""
        found = islice(_WORD.finditer(self.text, start, end), _OPENS)
        return max((match.end() for match in found), default=start)

    def _of_claims(self) -> Iterator[Feature]:
        claims = self.reading.claims
        voices = [voice for claim in claims if (voice := self.speakers.voice(claim)) is not None]
        yield "claims", min(len(claims), _MOST_CLAIMS) / 4
        yield "voices", min(len({v.key or f"{v.kind} {v.label}" for v in voices}), _MOST_VOICES) / 3
        if claims:
            first = self.focus.sentence(min(claim.content.start for claim in claims))
            yield "first claim", min(max(0, first - self.focus.sentence(self.focus.dateline)), _MOST_SENTENCES) / 2

    def _title_has_source(self) -> bool:
        voices = (self.speakers.voice(claim) for claim in self.reading.claims)
        spoken = {stem_of(word) for voice in voices if voice for word in words_of(voice.label) if len(word) > 2}
        return not (spoken - self.relevance.common).isdisjoint(self.focus.title_stems)
