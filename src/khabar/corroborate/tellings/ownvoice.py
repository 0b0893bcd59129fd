"""What speaks for it that an outlet tells a report's main happening in its own voice, and does not only sum up in its
lead what others say below.

Features of a logistic model that scripts/fit_tellings.py fits, as those of claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khabar.corroborate.cues import Cues
from khabar.corroborate.focus import Focus
from khabar.corroborate.focus.relevance import Relevance
from khabar.corroborate.focus.sameness import Sameness
from khabar.corroborate.odds import Feature
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.voices import Speakers
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

Stretch = tuple[int, int]


class OwnVoice:
    """Asks one unit; `free` are the events in no claim, `named_roots` those of words that name the main happening."""

    def __init__(
        self, reading: Reading, focus: Focus, main: Event, sameness: Sameness, relevance: Relevance,
        speakers: Speakers, cues: Cues, free: Sequence[Event], named_roots: set[str],
    ) -> None:  # fmt: skip
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
        at = self.focus.dateline + (self.focus.dateline > self.focus.unit.start)
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
        inside = (event for event in self.free if stretch[0] <= event.trigger.start < stretch[1])
        return next((e for e in inside if self.sameness.is_same(e) and e.factuality == "certain"), None)

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
            roots = self._roots_of(words_of(_SPEECH.sub(" ", self.text[slice(*stretch)])))
            yield "second told", min(len(roots & self._told), _MOST_TOLD) / 2
        yield from self._of_claims()
        given = {
            "answers": answers,
            "item": self.focus.unit.start > 0,
            "main said": self.main.claim is not None,
            "main protest": self.main.type == "PROTEST",
            "agency": words_of(self.reading.document.publisher or "")[:1] == [_AGENCY],
            "title colon": ":" in self.focus.unit.title,
            "title denial": any(self.cues.any(name, words_of(self.focus.unit.title)) for name in ("deny", "reaction")),
            "title source": self._title_has_source(),
        }
        yield from ((name, 1.0) for name, there in given.items() if there)

    def _tells(self, stretch: Stretch) -> bool:
        """Whether a sentence outside of all claims tells the happening, or says what the title says."""
        if self.is_said(stretch):
            return False
        words = words_of(_SPEECH.sub(" ", self.text[slice(*stretch)]))
        item = self.focus.unit.title != (self.reading.document.title or "")
        if item and self.cues.any("cue", words):
            return False
        if item or self.event_in(stretch) is not None:
            return self.event_in(stretch) is not None
        roots = self._roots_of(words)
        return len(roots & self._told) + (not roots.isdisjoint(self.named_roots)) >= _SHARED

    def _roots_of(self, words: list[str]) -> set[str]:
        return {root_of(word) for word in words if stem_of(word) not in self.relevance.common}

    def _of_first(self, start: int, end: int) -> Iterator[Feature]:
        words = words_of(_SPEECH.sub(" ", self.text[start:end]))
        yield "first length", min(len(words), _MOST_WORDS) / 25
        if any(start <= event.trigger.start < end for event in self.free):
            yield "first event", 1.0
        for cue in ("cue", "deny", "figure", "differ"):
            if self.cues.any(cue, words):
                yield f"first {cue}", 1.0
        if any(mention.type == "TIME" for mention in starting_in(self.reading.mentions, start, end)):
            yield "first time", 1.0

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
