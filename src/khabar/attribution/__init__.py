"""Attribution: who said what, how, and through whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

import msgspec

from khabar.attribution.claims import SentenceReader
from khabar.attribution.cues import opens_with_cue
from khabar.attribution.discourse import Discourse
from khabar.attribution.lexicon import build_cue_lexicon
from khabar.attribution.outlets import build_outlets, own_name
from khabar.attribution.quotations import find_quotations
from khabar.attribution.revision import revise
from khabar.attribution.view import make_view
from khabar.records import Claim, Document, Mention, Span
from khabar.resources import Resources
from khabar.text import NormalText, Sentence, fold

__all__ = ["attribute", "revise"]


def attribute(
    document: Document,
    text: NormalText,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    resources: Resources,
) -> tuple[Claim, ...]:
    """Claims in order of their content, with ids `c0`, `c1`, ….

    A claim has a source, those who carried its words (`via`, outermost last, never the publisher), its cue, unless it
    is a further sentence of a quotation or a headline, its content, stance and form of quotation. A claim that stands
    inside another's content has that one's speaker among its carriers. `score` is a rough confidence between 0 and 1:
    0.95 where a verb of saying, a known speaker and a clause or quotation stand together; lower for a speaker carried
    over from before, one that no list or mention knows, a bare noun as content, a verb that is also another word, a
    particle, and lowest (0.5) for a headline without a cue.
    """
    lexicon = resources.compiled(build_cue_lexicon)
    outlets = resources.compiled(build_outlets)
    quotations = find_quotations(text, sentences, lambda sentence: opens_with_cue(sentence, lexicon))
    starts = [mention.start for mention in mentions]
    discourse = Discourse()
    claims: list[Claim] = []
    surnames: set[str] = set()
    own = own_name(document.publisher)
    before = ended = 0  # claims of the sentence before, and where it ends
    for number, sentence in enumerate(sentences):
        discourse.paragraph += "\n" in document.text[ended : sentence.start]
        ended = sentence.end
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        view = make_view(
            text, number, sentence, mentions[first:last], quotations[number], lexicon, outlets, surnames, own
        )
        reader = SentenceReader(view, discourse, document.publisher)
        found = reader.read()
        if reader.carrier is not None and before:
            claims[-1] = _carried(claims[-1], reader.carrier)
        claims.extend(found)
        before = len(found)
        surnames.update(_surnames(mentions[first:last]))
    claims.sort(key=lambda claim: (claim.content.start, claim.content.end))
    return tuple(msgspec.structs.replace(claim, id=f"c{number}") for number, claim in enumerate(claims))


def _surnames(mentions: Iterable[Mention]) -> Iterator[str]:
    """Last words of full names: a later وناشد فلان names them again, also where the word alone is no name."""
    for mention in mentions:
        words = mention.text.split()
        if mention.type == "PERSON" and len(words) > 1:
            yield fold(words[-1])


def _carried(claim: Claim, carrier: Span) -> Claim:
    if any(via.text == carrier.text for via in claim.via):
        return claim
    return msgspec.structs.replace(claim, via=(*claim.via, carrier))
