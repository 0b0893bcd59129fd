"""What attribution carries from sentence to sentence: who spoke last, which titles were named, the open quotation."""

from __future__ import annotations

import msgspec

from khabar.attribution.quotations import Quotation
from khabar.records import Source, Span, Stance

__all__ = ["Discourse", "RunOn", "Speaker"]

_KEEP = 12  # speakers
_REACH = 12  # sentences


class Speaker(msgspec.Struct, frozen=True):
    """A source with the verb forms that can carry it over, the sentence it was named in, the key of its actor and
    those who carried its words: `heard` are those of them who were told, in `paragraph`."""

    source: Source
    agrees: str
    sentence: int
    key: str = ""
    via: tuple[Span, ...] = ()
    heard: tuple[Span, ...] = ()
    paragraph: int = 0

    def fits(self, agrees: str) -> bool:
        """Whether a verb form can have this speaker as its subject without naming it."""
        return not agrees or not self.agrees or self.agrees == agrees

    def with_via(self, via: tuple[Span, ...], heard: tuple[Span, ...], paragraph: int) -> Speaker:
        kept = tuple(span for span in via if span in heard or span in self.heard)
        return msgspec.structs.replace(self, via=via, heard=kept, paragraph=paragraph)

    def via_in(self, paragraph: int) -> tuple[Span, ...]:
        """Who carries what the speaker says on: whom they told is left behind with the paragraph, who relays is not."""
        if paragraph == self.paragraph:
            return self.via
        return tuple(span for span in self.via if span not in self.heard)


class RunOn(msgspec.Struct, frozen=True):
    """A quotation that a claim left open."""

    quotation: Quotation
    speaker: Speaker
    stance: Stance


class Discourse:
    """The memory of one document; bounded but for the places of names."""

    def __init__(self) -> None:
        self.speakers: list[Speaker] = []
        self.titles: set[str] = set()
        self.namings: dict[str, Span] = {}
        self.paragraph = 0
        self.outlet_named = False  # whether an outlet other than the publisher was named
        self.run_on: RunOn | None = None
        self.outer: RunOn | None = None  # the quotation that this sentence runs on

    def remember(self, speaker: Speaker) -> None:
        """The newest speaker last."""
        if self.speakers and self.speakers[-1].source == speaker.source:
            self.speakers.pop()
        self.speakers.append(speaker)
        del self.speakers[:-_KEEP]

    def name(self, key: str, span: Span) -> None:
        """Note where an actor was named last."""
        self.namings[key] = span

    def latest(self, speaker: Speaker) -> Speaker:
        """The speaker under the span that named it last."""
        span = self.namings.get(speaker.key) if speaker.key else None
        if span is None or span.end <= speaker.source.end:
            return speaker  # named before, or inside the very phrase: المدير الإقليمي | الدكتور فلان
        source = msgspec.structs.replace(speaker.source, start=span.start, end=span.end, text=span.text)
        return msgspec.structs.replace(speaker, source=source)

    def carried(self, agrees: str, sentence: int) -> Speaker | None:
        """The last speaker that a verb form agrees with; the very last where none does."""
        near = [speaker for speaker in self.speakers if sentence - speaker.sentence <= _REACH]
        if agrees in {"m", "f"}:
            near = [speaker for speaker in near if speaker.agrees != "p"]  # one does not go on for many
        for speaker in reversed(near):
            if speaker.fits(agrees):
                return speaker
        if agrees == "p":
            near = [speaker for speaker in near if speaker.source.kind != "named_person"]  # one is not many
        return near[-1] if near else None
