"""Attribution: who said what, how, and through whom."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from khabar.attribution.claims import SentenceReader
from khabar.attribution.cues import opens_with_cue
from khabar.attribution.discourse import Discourse
from khabar.attribution.lexicon import build_cue_lexicon
from khabar.attribution.outlets import build_outlets
from khabar.attribution.quotations import find_quotations
from khabar.attribution.view import make_view
from khabar.records import Claim, Document, Mention
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["attribute"]


def attribute(
    document: Document,
    text: NormalText,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    resources: Resources,
) -> tuple[Claim, ...]:
    """Claims in order of their content, with ids `c0`, `c1`, …."""
    lexicon = resources.compiled(build_cue_lexicon)
    outlets = resources.compiled(build_outlets)
    quotations = find_quotations(text, sentences, lambda sentence: opens_with_cue(sentence, lexicon))
    starts = [mention.start for mention in mentions]
    discourse = Discourse()
    claims: list[Claim] = []
    before = 0  # claims of the sentence before
    for number, sentence in enumerate(sentences):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        view = make_view(text, number, sentence, mentions[first:last], quotations[number], lexicon, outlets)
        reader = SentenceReader(view, discourse, document.publisher)
        found = reader.read()
        if reader.carrier is not None and before:
            claims[-1] = msgspec.structs.replace(claims[-1], via=(*claims[-1].via, reader.carrier))
        claims.extend(found)
        before = len(found)
    claims.sort(key=lambda claim: (claim.content.start, claim.content.end))
    return tuple(msgspec.structs.replace(claim, id=f"c{number}") for number, claim in enumerate(claims))
