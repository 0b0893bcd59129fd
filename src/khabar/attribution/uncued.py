"""Claims without a verb of saying: the headline form (لافروف: لا اتفاق), a sentence that is nothing but a quotation,
and words that stand beside another deed of who says them (يهز الجندي رأسه: «كذا», رد بقوله إن, «كذا»، هكذا وصفت)."""

from __future__ import annotations

from collections.abc import Callable

from khabar.attribution.contents import quote_of, trim
from khabar.attribution.discourse import Discourse, Speaker
from khabar.attribution.lexicon import SourceNoun
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.speakers import is_candidate, sentence_subject
from khabar.attribution.view import View
from khabar.records import Claim

__all__ = ["beside_deed", "uncued"]

_MIN_WORDS = 4  # of a content that no cue opens
_MIN_QUOTED = 3  # words between marks that are said by who stands beside them
_MAX_SENDER = 8  # tokens from من to what was sent
_HUMAN = frozenset({"witness", "unnamed_source", "unnamed_official", "office", "rank", "honorific"})
_FIRST = 1  # who does something stands right after the verb that opens the sentence, or after أما
_ADDRESSING = frozenset({"خاطب", "خاطبت", "وخاطب", "وخاطبت"})  # خاطب الشباب بقوله
_MAX_LEAD = 6  # tokens before the speaker of a headline (رابط الخبر بصحيفة كذا:)


def uncued(view: View, speaker_of: Callable[[Phrase, str], Speaker], discourse: Discourse) -> list[Claim]:
    """The claim of a sentence in which no cue was found, if any."""
    return _headline(view, speaker_of) or _standing_quotation(view, discourse)


def beside_deed(view: View, speaker_of: Callable[[Phrase, str], Speaker]) -> list[Claim]:
    """The claim of a sentence that tells what somebody does who speaks by the way, if any."""
    return _by_saying(view, speaker_of) or _after_deed(view, speaker_of) or _in_words(view, speaker_of)


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


def _by_saying(view: View, speaker_of: Callable[[Phrase, str], Speaker]) -> list[Claim]:
    """وفجر المصدر مفاجأة بقوله إن; وتلقت الغرفة بلاغا من سائق مفاده أن."""
    for at in range(1, len(view) - 2):
        if not (view.has(at, "by_saying") or view.has(at, "gist")):
            continue
        opens = view.is_complementiser(at + 1) or view.norm[at + 1] == ":" or view.opened(at + 1) is not None
        phrase = (_sender(view, at) if view.has(at, "gist") else sentence_subject(view, at)) if opens else None
        start = at + 2
        while start < len(view) and view.tokens[start].kind == "punct":
            start += 1
        end = trim(view, start, len(view))
        asked = phrase is not None and phrase.start > 0 and view.norm[phrase.start - 1] in _ADDRESSING
        if phrase is not None and end > start and not asked:
            quote = quote_of(view, start, end)
            source = speaker_of(phrase, "").source
            return [Claim("", source, (), view.span(at, at + 1), view.span(start, end), "asserts", quote, 0.6)]
    return []


def _sender(view: View, before: int) -> Phrase | None:
    """Who sent word, after من and right before a token."""
    for at in range(before - 2, max(0, before - _MAX_SENDER), -1):
        if view.norm[at] == "من":
            phrase = read_phrase(view, at + 1, nominal=False, until=before)
            return phrase if phrase is not None and phrase.known and phrase.end == before else None
    return None


def _after_deed(view: View, speaker_of: Callable[[Phrase, str], Speaker]) -> list[Claim]:
    """يهز أحد الجنود رأسه: «كذا وكذا»: a colon and a quotation to the end after what somebody does."""
    opens = (at for at in range(2, len(view) - 1) if view.norm[at] == ":" and view.opened(at + 1) is not None)
    colon = next(opens, None)
    if colon is None or any(view.has(at, "naming") for at in range(colon)):
        return []
    return _quoted(view, colon + 1, _doer(view, colon), speaker_of)


def _doer(view: View, before: int) -> Phrase | None:
    """The subject of what stands before a token, with what counts it: أحد الجنود."""
    first = next((at for at in range(before) if view.has_joined(at, "quantifier")), before)
    phrase = sentence_subject(view, before)
    phrase = phrase if phrase is not None and phrase.start <= _FIRST else None
    counted = read_phrase(view, first, nominal=True, until=before) if first < before else None
    if counted is not None and counted.quantified and counted.known and first <= _FIRST:
        return counted
    return phrase


def _in_words(view: View, speaker_of: Callable[[Phrase, str], Speaker]) -> list[Claim]:
    """«كذا وكذا»، هكذا وصفت أم علي الرحلة: a quotation, then who said it by a verb of any kind."""
    quotation = view.opened(0)
    close = view.close_of(quotation) if quotation is not None else None
    if close is None:
        return []
    at = close + 1
    while at < len(view) and view.tokens[at].kind == "punct":
        at += 1
    if not view.has(at, "in_words"):
        return []
    verb = at + 1 if view.norm[at] == "هكذا" else at + 2
    phrase = read_phrase(view, verb + 1, nominal=True) if verb + 1 < len(view) else None
    return _quoted(view, 0, phrase, speaker_of)


def _quoted(view: View, mark: int, phrase: Phrase | None, speaker_of: Callable[[Phrase, str], Speaker]) -> list[Claim]:
    """The quotation at a mark, long enough to be said, of a human being."""
    quotation = view.opened(mark)
    close = view.close_of(quotation) if quotation is not None else None
    if phrase is not None and phrase.start and view.norm[phrase.start - 1] in _ADDRESSING:
        return []
    head = phrase.head if phrase is not None else None
    human = phrase is not None and (phrase.has_person or (head is not None and _is_human(head)))
    if phrase is None or not human or close is None or close - mark <= _MIN_QUOTED:
        return []
    end = trim(view, mark + 1, close)
    source = speaker_of(phrase, "").source
    return [Claim("", source, (), None, view.span(mark + 1, end), "asserts", "direct", 0.5)]


def _is_human(head: SourceNoun) -> bool:
    """Whether a noun names people: those who fight or protest are a body in the table, but many as well."""
    return head.kind in _HUMAN or (head.kind == "organization" and head.agrees == "p")
