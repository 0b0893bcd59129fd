"""What attribution carries from sentence to sentence: who spoke last, which titles were named, the open quotation."""

from __future__ import annotations

import msgspec

from khabar.attribution.quotations import Quotation
from khabar.records import Source, Span, Stance

__all__ = ["Discourse", "Speaker"]

_KEEP = 12


class Speaker(msgspec.Struct, frozen=True):
    """A source with the verb forms that can carry it over and the sentence it was named in."""

    source: Source
    agrees: str
    sentence: int
    weak: bool = False


class RunOn(msgspec.Struct, frozen=True):
    """A quotation that a claim left open."""

    quotation: Quotation
    speaker: Speaker
    stance: Stance


class Discourse:
    """The memory of one document."""

    def __init__(self) -> None:
        self.speakers: list[Speaker] = []
        self.titles: set[str] = set()
        self.run_on: RunOn | None = None
        self.via: tuple[Span, ...] = ()

    def remember(self, speaker: Speaker) -> None:
        """The newest speaker last; the list is bounded."""
        if self.speakers and self.speakers[-1].source == speaker.source:
            self.speakers.pop()
        self.speakers.append(speaker)
        del self.speakers[:-_KEEP]

    def carried(self, agrees: str, sentence: int) -> Speaker | None:
        """The last speaker that a verb form agrees with; the very last where none does."""
        for speaker in reversed(self.speakers):
            if sentence - speaker.sentence > 12:
                break
            if not agrees or not speaker.agrees or speaker.agrees == agrees:
                return speaker
        return self.speakers[-1] if self.speakers and sentence - self.speakers[-1].sentence <= 12 else None
