"""Claims without a cue: the headline form (لافروف: لا اتفاق) and a sentence that is nothing but a quotation."""

from __future__ import annotations

from collections.abc import Callable

from khabar.attribution.contents import trim
from khabar.attribution.discourse import Discourse, Speaker
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.speakers import is_candidate
from khabar.attribution.view import View
from khabar.records import Claim

__all__ = ["uncued"]

_MIN_WORDS = 4  # of a content that no cue opens
_MAX_LEAD = 6  # tokens before the speaker of a headline (رابط الخبر بصحيفة كذا:)


def uncued(view: View, speaker_of: Callable[[Phrase, str], Speaker], discourse: Discourse) -> list[Claim]:
    """The claim of a sentence in which no cue was found, if any."""
    return _headline(view, speaker_of) or _standing_quotation(view, discourse)


def _headline(view: View, speaker_of: Callable[[Phrase, str], Speaker]) -> list[Claim]:
    """A speaker, a colon, and what they said."""
    starts = [0, *(at + 1 for at in range(min(_MAX_LEAD, len(view))) if view.norm[at] == ":")]
    for first in reversed(starts):
        if first >= len(view) or not is_candidate(view, first):
            continue
        phrase = read_phrase(view, first, nominal=True)
        if phrase is None or not _heads(view, phrase):
            continue
        start = phrase.end + 1
        while start < len(view) and view.tokens[start].kind == "punct":
            start += 1
        end = trim(view, start, len(view))
        if end - start >= _MIN_WORDS:
            speaker = speaker_of(phrase, "")
            return [Claim("", speaker.source, (), None, view.span(start, end), "asserts", "indirect", 0.5)]
    return []


def _heads(view: View, phrase: Phrase) -> bool:
    if not phrase.known or phrase.is_place or phrase.end >= len(view) or view.norm[phrase.end] != ":":
        return False
    return phrase.has_person or (phrase.head is not None and phrase.head.kind not in {"document", "media"})


def _standing_quotation(view: View, discourse: Discourse) -> list[Claim]:
    """A sentence all in quotation marks right after a claim: its speaker goes on."""
    quotation = view.opened(0)
    close = view.close_of(quotation) if quotation is not None else None
    if close is None or close <= _MIN_WORDS or len(view) - close > 2 or not discourse.speakers:
        return []
    speaker = discourse.latest(discourse.speakers[-1])
    if view.number - speaker.sentence > 2:
        return []
    end = trim(view, 1, close)
    return (
        [Claim("", speaker.source, speaker.via, None, view.span(1, end), "asserts", "direct", 0.6)] if end > 1 else []
    )
