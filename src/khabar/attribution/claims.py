"""The claims of one sentence: drafts with their speakers and the chain that carried them."""

from __future__ import annotations

from khabar.attribution.agreement import agreement_of, can_be_subject
from khabar.attribution.contents import quote_of, trim
from khabar.attribution.cues import is_finite
from khabar.attribution.cutting import cut_contents, nest
from khabar.attribution.datelines import credited_in
from khabar.attribution.discourse import Discourse, RunOn, Speaker
from khabar.attribution.drafts import Draft, collect_drafts
from khabar.attribution.hearing import hears, is_publisher
from khabar.attribution.kinds import entity_of, kind_of
from khabar.attribution.meetings import met_before, met_in
from khabar.attribution.modifiers import has_article, is_outlet
from khabar.attribution.phrases import Phrase, carrier_span, read_phrase, source_span
from khabar.attribution.quotations import Quotation
from khabar.attribution.speakers import (
    hides_name,
    holds_words,
    is_byline,
    is_candidate,
    issuer_before,
    key_of,
    owner_before,
    phrase_around,
    sentence_subject,
)
from khabar.attribution.uncued import beside_deed, uncued
from khabar.attribution.view import View
from khabar.records import Claim, Source, SourceKind, Span

__all__ = ["SentenceReader"]

_REST = 4  # tokens after a carrier that is a sentence of its own: a day, a full stop
_EARLY = 5  # tokens: a verb further on has the sentence's subject before it


class SentenceReader:
    """Reads one sentence; the discourse is what it leaves for the next."""

    def __init__(self, view: View, discourse: Discourse, publisher: str | None) -> None:
        self.view = view
        self.discourse = discourse
        self.publisher = publisher
        self.drafts: list[Draft] = []
        self.speakers: dict[int, Speaker] = {}  # by place in `drafts`
        self.vias: dict[int, tuple[Span, ...]] = {}
        self.credit: Span | None = None  # the agency of the dateline
        self.carrier: Span | None = None  # an outlet that carried the last claim of the sentence before

    def read(self) -> list[Claim]:
        """Claims in the order of their cues."""
        drafts = [draft for draft in collect_drafts(self.view) if not hides_name(self.view, draft.at)]
        self.carrier = self._carrier_before(drafts)
        self.drafts = cut_contents(self.view, drafts if self.carrier is None else [], self._carries)
        nest(self.view, self.drafts)
        claims = self._run_on()
        if not claims and not self.drafts:
            claims = uncued(self.view, self._speaker, self.discourse) or beside_deed(self.view, self._goes_on)
        outer = self.discourse.outer
        self.credit = credited_in(self.view, self.publisher) if self.drafts else None
        self._speak(outer)
        for number in range(len(self.drafts)):
            claim = self._claim(number, outer)
            if claim is not None:
                claims.append(claim)
        if not claims and self.drafts:
            claims = beside_deed(self.view, self._goes_on)
        self._leave_open()
        self._note_names()
        if not claims:
            self._remember_subject()
        return claims

    # Speakers

    def _speak(self, outer: RunOn | None) -> None:
        tops: list[tuple[Draft, Speaker]] = []
        for number, draft in enumerate(self.drafts):
            speaker = self._speaker_of(number, draft, tops)
            if speaker is None:
                continue
            self.speakers[number] = speaker
            self.vias[number] = self._via(number, draft, speaker, outer)
            heard = tuple(carrier_span(self.view, phrase) for phrase in draft.told)
            speaker = speaker.with_via(self.vias[number], heard, self.discourse.paragraph)
            self.speakers[number] = speaker
            if draft.parent is None and not draft.relative:
                if not (draft.cites and tops):
                    self.discourse.remember(speaker)
                tops.append((draft, speaker))

    def _speaker_of(self, number: int, draft: Draft, tops: list[tuple[Draft, Speaker]]) -> Speaker | None:
        if draft.phrase is not None:
            return self._asking(draft, tops) or self._speaker(draft.phrase, draft.agrees)
        if draft.kind == "noun":
            return None
        if draft.parent is not None:
            return self._inner_speaker(draft, tops)
        coordinate = self._coordinate(number, draft)
        if coordinate is not None:
            return coordinate
        is_participle = draft.kind == "participle"
        inner = self._speaker_within(number, draft) if is_participle else None
        if inner is not None:
            return inner
        above = [(top, speaker) for top, speaker in reversed(tops) if not (is_participle and top.cites)]
        for _, speaker in above:
            if speaker.fits(draft.agrees):
                return speaker
        if is_participle and above:
            # مصدر … مطالبين: those who demand are others; مصادر … مؤكدين are not.
            return above[0][1] if (draft.agrees, above[0][1].agrees) != ("p", "m") else None
        inside, writer = self._writer_of(draft)
        if inside or writer is not None:
            return writer
        subject = self._subject_of(draft)
        if subject is not None:
            # A verb of the story that only a noun or a preposition links: who it belongs to is a guess.
            denies = draft.stance == "denies" and draft.joined and self.view.is_comma(draft.at - 1)
            return subject if is_participle or denies or not draft.weak else None
        if draft.kind == "finite" and (draft.bound or (draft.relative and draft.agrees == "p")):
            return None  # أقوال الشهود الذين أكدوا: those whom the pronoun stands for
        carried = self.discourse.carried(draft.agrees, self.view.number)
        if self.view.norm[draft.at + 1 : draft.at + 2] == ["هولاء"] and (carried is None or carried.agrees != "p"):
            return None  # of people of before that nobody named
        return self.discourse.latest(carried) if carried is not None else None

    def _writer_of(self, draft: Draft) -> tuple[bool, Speaker | None]:
        """Whether the words stand in what was named before (بيانا قالت فيه), and who says them there, or was met."""
        view, at, agrees = self.view, draft.at, draft.agrees
        if draft.kind != "finite":
            return False, None
        inside = holds_words(view, at)
        in_it = view.norm[at + 1 : at + 2] in (["فيه"], ["فيها"])
        phrase = issuer_before(view, at, agrees) if in_it else None
        phrase = phrase or (owner_before if inside else met_before)(view, at, agrees)
        return inside, self._speaker(phrase, agrees) if phrase is not None else None

    def _asking(self, draft: Draft, tops: list[tuple[Draft, Speaker]]) -> Speaker | None:
        """أضاف البيان كذا، ودعا | السكان إلى كذا: people right after the second verb are asked by who spoke before."""
        phrase = draft.phrase
        if phrase is None or not (draft.asks and draft.joined and draft.parent is None and tops):
            return None
        people = phrase.head is not None and phrase.head.agrees == "p" and phrase.definite and not phrase.names
        right_after = phrase.start == draft.at + 1 and draft.start - phrase.end <= 1
        top, speaker = tops[-1]
        told = people and right_after and not phrase.quantified and not top.backward
        return speaker if told and speaker.agrees == draft.agrees else None

    def _coordinate(self, number: int, draft: Draft) -> Speaker | None:
        """الناطق الذي أنكر كذا وقال إن: with no comma a second verb of the relative clause has its speaker."""
        before = self.drafts[number - 1] if number else None
        if before is None or not (before.relative and draft.joined) or draft.kind != "finite":
            return None
        speaker = self.speakers.get(number - 1)
        tied = before.end == draft.segment and not self.view.is_comma(draft.segment - 1)
        return speaker if tied and speaker is not None and speaker.fits(draft.agrees) else None

    def _speaker_within(self, number: int, draft: Draft) -> Speaker | None:
        """قال إن الوزير طالب بكذا مهددا بكذا: with no comma the participle goes on with the inner speaker."""
        before = self.drafts[number - 1] if number else None
        if before is None or before.parent is None or before.kind != "finite" or before.end != draft.segment:
            return None
        speaker = self.speakers.get(number - 1)
        if speaker is None or not speaker.fits(draft.agrees):
            return None
        if self.view.span(draft.start, draft.end).text.startswith(speaker.source.text):
            return None  # مؤكدا أن الوزير …: who is named again does not speak
        draft.parent = before.parent
        return speaker

    def _inner_speaker(self, draft: Draft, tops: list[tuple[Draft, Speaker]]) -> Speaker | None:
        """Inside another content only what is tied to it has a speaker: its own."""
        if draft.kind == "finite" and not draft.weak and self.view.has(draft.at - 1, "when"):
            return self._subject_inside(draft)
        if not (draft.relative or draft.joined or draft.kind == "participle"):
            return None
        quotation = self.view.quote[draft.at]
        if quotation is not None and draft.parent is not None and self.view.quote[draft.parent.start] is quotation:
            return None  # inside the words that are quoted the speaker is no third person
        for number, other in enumerate(self.drafts):
            if other is draft.parent:
                speaker = self.speakers.get(number)
                return speaker if speaker is not None and speaker.fits(draft.agrees) else None
        return tops[-1][1] if tops else None

    def _subject_inside(self, draft: Draft) -> Speaker | None:
        """أكد أن القيادة كانت واضحة عندما قالت إن: the subject of the content around the cue."""
        parent = draft.parent
        if parent is None or parent.kind == "outer" or not is_candidate(self.view, parent.start):
            return None
        phrase = read_phrase(self.view, parent.start, nominal=True, until=draft.at)
        if phrase is None or not phrase.known or not can_be_subject(phrase, draft.agrees, after=False):
            return None
        return self._speaker(phrase, draft.agrees)

    def _subject_of(self, draft: Draft) -> Speaker | None:
        """For a verb later in the sentence: the subject of what stands before it."""
        if draft.at < _EARLY and draft.kind != "participle":
            return None
        phrase = sentence_subject(self.view, draft.at, draft.agrees)
        return self._speaker(phrase, "") if phrase is not None else None

    def _speaker(self, phrase: Phrase, agrees: str) -> Speaker:
        kind = kind_of(self.view, phrase, frozenset(self.discourse.titles))
        if kind == "named_person" and agrees == "f" and not phrase.has_person and self.view.norm[phrase.start] == '"':
            kind = "organization"  # قالت «إينوك»
        span = source_span(self.view, phrase)
        self._note_title(phrase, kind)
        source = Source(span.start, span.end, span.text, kind, entity_of(self.view, phrase))
        names = [name for name in phrase.names if name.start < self._relative_in(phrase)]
        people = [name for name in names if name.mention.type == "PERSON"]
        named = people or [name for name in names if name.start <= phrase.start + 1]
        key = key_of(named[0]) if named else ""
        return Speaker(source, agreement_of(phrase, agrees), self.view.number, key)

    def _goes_on(self, phrase: Phrase, agrees: str) -> Speaker:
        """A speaker whom the next sentence may go on with: ويبتسم البقال: «كذا». ويضيف."""
        speaker = self._speaker(phrase, agrees)
        self.discourse.remember(speaker)
        return speaker

    def _relative_in(self, phrase: Phrase) -> int:
        """Where a relative clause begins: whom it names is not who speaks."""
        inside = range(phrase.start + 1, phrase.end)
        return next((at for at in inside if self.view.has(at, "relative")), phrase.end)

    def _note_title(self, phrase: Phrase, kind: SourceKind) -> None:
        if kind != "named_person" or phrase.head is None:
            return
        for at in range(phrase.start, min(phrase.start + 2, phrase.end)):
            if self.view.covered[at] is None:
                self.discourse.titles.add(self.view.norm[at].removeprefix("و").removeprefix("ال"))

    def _note_names(self) -> None:
        """Where each person and body of the sentence is named, with its title."""
        view = self.view
        for name in view.names.values():
            if not self.discourse.outlet_named and is_outlet(view, name):
                self.discourse.outlet_named = not is_publisher(view, name.start, name.end, self.publisher)
            if name.mention.type != "PLACE" and name.start not in view.told:
                self.discourse.name(key_of(name), source_span(view, phrase_around(view, name)))

    def _remember_subject(self) -> None:
        """A sentence without a claim may still name who speaks in the next; one in brackets is a credit."""
        if self.view.norm[:1] == ["("] or is_byline(self.view):
            return
        met = met_in(self.view, len(self.view))
        if met is not None and not met.has_person:
            self.discourse.remember(self._speaker(met, ""))
            return
        phrase = sentence_subject(self.view, len(self.view))
        if phrase is not None and phrase.has_person:
            self._note_title(phrase, "named_person")
        if phrase is not None and (phrase.has_person or self._is_topic(phrase)):
            self.discourse.remember(self._speaker(phrase, ""))

    def _is_topic(self, phrase: Phrase) -> bool:
        """لكن الجماعة سارعت إلى كذا: a body before its verb is what the next sentence goes on about."""
        is_body = phrase.head is not None and phrase.head.kind == "organization" and phrase.definite
        opens = phrase.start <= 1 and phrase.end < len(self.view)
        if not (is_body and opens):
            return False
        did = self.view.norm[phrase.end].endswith("ت") and not has_article(self.view.norm[phrase.end])
        return is_finite(self.view, phrase.end) or (did and agreement_of(phrase, "") == "f")

    # Quotations that run on

    def _run_on(self) -> list[Claim]:
        """The rest of a quotation that the sentence before left open; claims inside it are carried by its speaker."""
        view, run_on = self.view, self.discourse.run_on
        self.discourse.run_on = self.discourse.outer = None
        if run_on is None or run_on.quotation not in view.quotations:
            return []
        close = view.close_of(run_on.quotation)
        limit = close if close is not None else len(view)
        for draft in self.drafts:
            if draft.kind == "participle" and draft.segment < limit:
                limit = draft.segment
                break
        start = 0
        while start < limit and view.tokens[start].kind == "punct":
            start += 1
        end = trim(view, start, limit)
        if run_on.quotation.close is not None and run_on.quotation.close[0] > view.number:
            self.discourse.run_on = run_on
        if end <= start:
            return []
        self.discourse.remember(run_on.speaker)
        self.discourse.outer = run_on
        outer = Draft(at=0, segment=0, kind="outer", start=start, end=limit)
        for draft in self.drafts:
            if start <= draft.at < limit and draft.parent is None and not draft.backward:
                draft.parent = outer
        speaker = run_on.speaker
        return [Claim("", speaker.source, speaker.via, None, view.span(start, end), run_on.stance, "direct", 0.7)]

    def _leave_open(self) -> None:
        for number, draft in enumerate(self.drafts):
            speaker = self.speakers.get(number)
            if draft.backward or speaker is None or draft.parent is not None:
                continue
            quotation = self._left_open(draft)
            if quotation is not None:
                self.discourse.run_on = RunOn(quotation, speaker, draft.stance)

    def _left_open(self, draft: Draft) -> Quotation | None:
        """The quotation that opens with or inside the content and closes in a later sentence."""
        view = self.view
        for quotation in view.quotations:
            inside = (view.number, draft.at) < quotation.open < (view.number, draft.end)
            if inside and quotation.close is not None and quotation.close[0] > view.number:
                return quotation
        return None

    # Claims

    def _claim(self, number: int, outer: RunOn | None) -> Claim | None:
        view, draft, speaker = self.view, self.drafts[number], self.speakers.get(number)
        if speaker is None or draft.silent:
            return None
        content = view.span(draft.start, draft.end, skip=draft.skip)
        if not content.text:
            return None
        quote = "indirect" if self._is_retold(draft) else quote_of(view, draft.start, draft.end)
        via = self.vias[number]
        if self.credit is not None and self.credit not in via:
            via = (*via, self.credit)
        return Claim("", speaker.source, via, draft.cue, content, draft.stance, quote, draft.score)

    def _is_retold(self, draft: Draft) -> bool:
        """Whether the marks around a claim are those of who reports it: قال «تركيا تدعي أن …»."""
        around = self.view.quote[draft.at]
        same = all(quotation is around for quotation in self.view.quote[draft.start : draft.end])
        return draft.parent is not None and draft.kind == "finite" and not draft.weak and around is not None and same

    def _via(self, number: int, draft: Draft, speaker: Speaker, outer: RunOn | None) -> tuple[Span, ...]:
        """Who carried the words, outermost last: who was told, who relays, and the speaker of the content around."""
        spans = [carrier_span(self.view, phrase) for phrase in draft.told if self._hears(phrase)]
        spans += [carrier_span(self.view, phrase) for phrase in draft.carriers if not self._is_publisher(phrase)]
        spans += self._passed_on(number, draft)
        around = self._around(draft, outer)
        if around is not None and not _is_same(around, speaker):
            spans.append(Span(around.source.start, around.source.end, around.source.text))
            spans.extend(around.via)
        if draft.phrase is None and not spans:
            spans.extend(speaker.via_in(self.discourse.paragraph))
        return tuple(span for span in dict.fromkeys(spans) if not _overlaps(span, speaker.source))

    def _passed_on(self, number: int, draft: Draft) -> tuple[Span, ...]:
        """بحسب ما نقلت الصحيفة عن شاهد قال إن: those who carried the source that the relative clause tells of."""
        if not draft.relative or draft.phrase is None:
            return ()
        for place, other in enumerate(self.drafts[:number]):
            if (
                other.backward
                and other.phrase is not None
                and other.phrase.start <= draft.phrase.start < other.phrase.end
            ):
                return self.vias.get(place, ())
        return ()

    def _carrier_before(self, drafts: list[Draft]) -> Span | None:
        """A sentence that is nothing but وفقا لرويترز says who carried the one before."""
        view = self.view
        if len(drafts) != 1 or drafts[0].phrase is None or not drafts[0].backward or drafts[0].segment > 1:
            return None
        phrase = drafts[0].phrase
        if len(view) - phrase.end > _REST or not self._carries(phrase) or self._is_publisher(phrase):
            return None
        return carrier_span(view, phrase)

    def _around(self, draft: Draft, outer: RunOn | None) -> Speaker | None:
        if draft.parent is None:
            return None
        if draft.parent.kind == "outer":
            return outer.speaker if outer is not None else None
        for number, other in enumerate(self.drafts):
            if other is draft.parent:
                return self.speakers.get(number)
        return None

    def _is_publisher(self, phrase: Phrase) -> bool:
        return is_publisher(self.view, phrase.start, phrase.end, self.publisher)

    def _hears(self, phrase: Phrase) -> bool:
        return hears(self.view, phrase, self.publisher, outlet_named=self.discourse.outlet_named)

    def _carries(self, phrase: Phrase) -> bool:
        return kind_of(self.view, phrase, frozenset()) == "media"


def _is_same(around: Speaker, speaker: Speaker) -> bool:
    """Whether who reports and who is reported are one: المصادر … قالت المصادر."""
    if around.key and around.key == speaker.key:
        return True
    return around.source.text == speaker.source.text


def _overlaps(span: Span, source: Source) -> bool:
    return span.start < source.end and source.start < span.end
