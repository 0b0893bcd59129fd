"""The claims of one sentence: frames with their speakers, contents cut where the next claim begins, chains."""

from __future__ import annotations

import msgspec

from khabar.attribution.contents import content_end, quotation_at_start, quote_of, trim, trim_connectives
from khabar.attribution.cues import Cue, ParticleCue, find_cues, find_particles
from khabar.attribution.discourse import Discourse, RunOn, Speaker
from khabar.attribution.frames import Frame, read_frame
from khabar.attribution.kinds import agreement_of, entity_of, kind_of
from khabar.attribution.outlets import Outlets
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.speakers import sentence_subject, subject_before
from khabar.attribution.view import View
from khabar.records import Claim, Source, SourceKind, Span, Stance

__all__ = ["SentenceReader"]


_KINDS = {"participle": "participle", "noun": "noun", "masdar": "noun"}
# Homographs that cite after كما, حسبما: there the place makes them verbs.
_AFTER_PARTICLE = frozenset({"جاء", "ورد", "أورد", "تناقل", "تداول", "رأى", "علم", "نقل", "بين"})


class Draft(msgspec.Struct):
    """A claim in the making: token positions, and what is known of its source."""

    at: int  # the cue's token
    segment: int  # where its own text begins: its subject, connective or particle
    start: int = 0
    end: int = 0
    skip: int = 0
    cue: Span | None = None
    stance: Stance = "asserts"
    kind: str = "finite"  # finite, participle, noun, particle
    joined: bool = False
    relative: bool = False
    agrees: str = ""
    phrase: Phrase | None = None
    speaker: Speaker | None = None
    told: list[Phrase] = []
    carriers: list[Phrase] = []
    frame: Frame | None = None
    parent: Draft | None = None
    backward: bool = False
    score: float = 0.9
    via: list[Span] = []


class SentenceReader:
    """Reads one sentence; the discourse is what it leaves for the next."""

    def __init__(self, view: View, discourse: Discourse, outlets: Outlets, publisher: str | None) -> None:
        self.view = view
        self.discourse = discourse
        self.outlets = outlets
        self.publisher = publisher
        self.drafts: list[Draft] = []
        self.leading: list[Phrase] = []

    def read(self) -> list[Claim]:
        """Claims in order of their content."""
        self._collect()
        self._cut()
        self._nest()
        claims: list[Claim] = []
        run_on = self._run_on()
        if run_on is not None:
            claims.append(run_on)
        self._speak()
        claims += [claim for draft in self.drafts if (claim := self._claim(draft)) is not None]
        self._leave_open()
        self._remember_subject(bool(claims))
        return claims

    # Collecting

    def _collect(self) -> None:
        view = self.view
        particles = find_particles(view)
        cues = {cue.at: cue for cue in find_cues(view)}
        for particle in particles:
            self._collect_particle(particle, cues)
        claimed = -1
        for at in sorted(cues):
            if at <= claimed:
                continue
            draft = self._from_cue(cues[at])
            if draft is not None:
                self.drafts.append(draft)
                if draft.frame is not None and draft.frame.carrier is not None:
                    claimed = draft.start - 1
        self.drafts.sort(key=lambda draft: draft.at)

    def _from_cue(self, cue: Cue) -> Draft | None:
        view, verb = self.view, cue.form.verb
        if cue.form.kind == "passive":
            return None
        before = subject_before(view, cue) if cue.form.kind in {"past", "present", "jussive"} else None
        adjacent = before is not None and before.end >= cue.at - 1
        frame = read_frame(view, cue, subject_before=adjacent and bool(verb.object))
        if frame.link == "none":
            return None
        if frame.subject is not None and before is not None and not frame.subject.known and adjacent:
            frame = read_frame(view, cue, subject_before=True)
            if frame.link == "none":
                return None
        phrase = frame.subject or before
        if not _is_claim(view, cue, frame, phrase):
            return None
        stance = _stance(cue, frame, view)
        if stance is None:
            return None
        is_relative = cue.at > 0 and view.has(cue.at - 1, "relative")
        segment = before.start if before is not None and frame.subject is None and not is_relative else cue.at
        draft = Draft(
            at=cue.at, segment=_segment(view, segment), start=frame.start, skip=frame.skip,
            cue=view.span(cue.at, cue.at + 1, skip=cue.skip), stance=stance, joined=cue.joined, relative=is_relative,
            kind=_KINDS.get(cue.form.kind, "finite"),
            agrees=cue.form.agrees, phrase=phrase, told=frame.told, frame=frame, score=_score(cue, frame, phrase),
        )  # fmt: skip
        if frame.carrier is not None and frame.carrier.end:
            draft.carriers.append(frame.carrier)
        _skip_hope(view, draft)
        return draft

    def _collect_particle(self, found: ParticleCue, cues: dict[int, Cue]) -> None:
        view, use = self.view, found.particle.use
        at = found.end
        if use == "closing":
            self.drafts.append(Draft(at=found.at, segment=_segment(view, found.at), kind="closing"))
            for i in range(found.at, found.end):
                cues.pop(i, None)
            return
        if at < len(view) and view.norm[at] in {"ما", "لما", "بما"} and use == "source":
            at += 1
            use = "verb"
        phrase: Phrase | None = None
        end = at
        if use == "verb":
            cue = cues.get(at)
            if cue is None or cue.form.kind not in {"past", "present"}:
                return
            if cue.form.verb.trust == "clause" and cue.form.verb.lemma not in _AFTER_PARTICLE:
                return
            frame = read_frame(view, cue, subject_before=False)
            if found.particle.words[0] == "كما" and (frame.link != "none" or frame.subject is None):
                return
            cues.pop(at, None)
            phrase, end = frame.subject, (frame.subject.end if frame.subject else at + 1)
            if phrase is None:
                return
            if frame.carrier is not None and frame.carrier.end:
                phrase = frame.subject
        else:
            phrase = read_phrase(view, at, nominal=False)
            if phrase is None or not (phrase.known or self.outlets.named_in(view, phrase.start, phrase.end)):
                return
            if (
                phrase.head is None
                and all(name.mention.type == "PLACE" for name in phrase.names)
                and not found.particle.clitic
            ):
                pass
            end = phrase.end
        draft = Draft(
            at=found.at, segment=_segment(view, found.at), end=end, kind="particle", phrase=phrase, backward=True,
            cue=view.span(found.at, at if use != "verb" else at + 1, skip=found.skip),
            score=0.8,
        )  # fmt: skip
        draft.carriers = [phrase] if use == "carrier" and phrase is not None else []
        self.drafts.append(draft)

    # Cutting contents

    def _cut(self) -> None:
        view, n = self.view, len(self.view)
        for index, draft in enumerate(self.drafts):
            if draft.kind == "closing" or draft.backward:
                continue
            limit = n
            for other in self.drafts[index + 1 :]:
                if other.at >= draft.start and self._is_boundary(draft, other):
                    limit = max(other.segment, draft.start)
                    break
            draft.end = content_end(view, draft.start, draft.at, limit)
            if limit < n:
                draft.end = (
                    min(draft.end, trim_connectives(view, draft.start, limit)) if limit > draft.start else draft.end
                )
        for index, draft in enumerate(self.drafts):
            if draft.backward:
                self._cut_backward(index, draft)
        self.drafts = [draft for draft in self.drafts if draft.kind != "closing" and draft.end > draft.start]

    def _is_boundary(self, draft: Draft, other: Draft) -> bool:
        view = self.view
        outer = view.quote[draft.start]
        inner = view.quote[other.at]
        if (
            inner is not None
            and inner is not outer
            and inner.close is not None
            and inner.open >= (view.number, draft.start)
        ):
            return False
        if other.kind in {"closing", "particle"}:
            return True
        if other.kind == "participle":
            return True
        if other.kind == "noun" or other.relative:
            return False
        if other.joined:
            return True
        before = other.segment
        if before < other.at and view.has(before, "connective"):
            return before <= draft.start or view.is_comma(before - 1) or view.norm[before][:1] in "وكف"
        return view.is_comma(before - 1) or (view.norm[before][:1] == "و" and before < other.at)

    def _cut_backward(self, index: int, draft: Draft) -> None:
        """The content of بحسب مصدر: what stands before it, or after it where it opens the sentence."""
        view = self.view
        previous = [other for other in self.drafts[:index] if not other.backward and other.kind != "closing"]
        first = draft.segment
        text_before = any(view.tokens[i].kind != "punct" for i in range(first))
        reaching = [other for other in previous if other.end > other.start and draft.segment - other.end <= 3]
        if reaching and draft.phrase is not None:
            self._cite_reported(draft, reaching[-1])
            return
        if text_before and first >= 4:
            start = 0
            for other in self.drafts[:index]:
                if other.kind != "closing" and other.end <= first:
                    start = max(start, other.end)
            while start < first and (
                (view.tokens[start].kind == "punct" and view.norm[start] not in {'"', "("}) or view.is_comma(start)
            ):
                start += 1
            draft.start, draft.end, after = start, trim(view, start, first), draft.end
            if after < len(view) and view.tokens[after].kind != "punct" and not previous:
                draft.end = trim(view, start, len(view))
            draft.skip = (
                1
                if view.norm[start][:1] == "و"
                and view.tokens[start].kind == "word"
                and len(view.norm[start]) > 3
                and view.covered[start] is None
                and not view.lexicon.source_noun(view.norm[start])
                else 0
            )
            return
        self._cite_following(index, draft)

    def _cite_reported(self, draft: Draft, last: Draft) -> None:
        assert draft.phrase is not None
        if draft.carriers or self._carries(draft.phrase):
            last.carriers.append(draft.phrase)
            draft.end = draft.start = 0
            return
        draft.start, draft.end, draft.skip = last.start, last.end, last.skip
        draft.parent = last

    def _cite_following(self, index: int, draft: Draft) -> None:
        """وبحسب رويترز، فإن … : all that follows; a cue with a source of its own makes it a carrier."""
        view = self.view
        start = draft.end
        while start < len(view) and (
            (view.tokens[start].kind == "punct" and view.norm[start] != '"')
            or view.norm[start] in {"فان", "فقد", "فانه", "فانها", "ان"}
        ):
            start += 1
        for other in self.drafts[index + 1 :]:
            if (
                other.kind == "finite"
                and other.phrase is not None
                and other.segment - start <= 3
                and draft.phrase is not None
            ):
                other.carriers.append(draft.phrase)
                draft.start = draft.end = 0
                return
        limit = len(view)
        for other in self.drafts[index + 1 :]:
            if other.at > start and other.kind != "noun" and self._is_boundary(draft, other):
                limit = other.segment
                break
        draft.start = start
        draft.end = trim_connectives(view, start, limit) if start < len(view) else start
        if draft.end > start and view.norm[start] == '"':
            draft.start = start + 1

    # Chains

    def _nest(self) -> None:
        for index, draft in enumerate(self.drafts):
            if draft.parent is not None or draft.backward:
                continue
            for other in reversed(self.drafts[:index]):
                if not other.backward and other.start <= draft.at < other.end:
                    draft.parent = other
                    break

    def _carries(self, phrase: Phrase) -> bool:
        kind = kind_of(self.view, phrase, self.outlets, frozenset(self.discourse.titles))
        return kind == "media" or (
            self.outlets.named_in(self.view, phrase.start, phrase.end) is not None and kind == "organization"
        )

    # Speakers

    def _speak(self) -> None:
        last: Speaker | None = None
        for draft in self.drafts:
            if draft.phrase is not None:
                draft.speaker = self._speaker(draft.phrase, draft.agrees)
            elif draft.kind == "participle" and draft.parent is None:
                draft.speaker = last or self._subject_speaker(draft) or self.discourse.carried("", self.view.number)
            elif draft.parent is not None:
                draft.speaker = (
                    draft.parent.speaker if draft.relative or draft.joined or draft.kind == "participle" else None
                )
            elif draft.kind == "noun":
                draft.speaker = None
            else:
                draft.speaker = last or self.discourse.carried(draft.agrees, self.view.number)
            if draft.speaker is not None and draft.parent is None and not (draft.backward and last is not None):
                last = draft.speaker
                self.discourse.remember(last)

    def _subject_speaker(self, draft: Draft) -> Speaker | None:
        phrase = sentence_subject(self.view, draft.at)
        return self._speaker(phrase, "") if phrase is not None else None

    def _speaker(self, phrase: Phrase, agrees: str) -> Speaker:
        view = self.view
        kind = kind_of(view, phrase, self.outlets, frozenset(self.discourse.titles))
        span = _source_span(view, phrase)
        self._note_title(phrase, kind)
        source = Source(span.start, span.end, span.text, kind, entity_of(phrase))
        return Speaker(source, agreement_of(phrase, agrees), view.number)

    def _note_title(self, phrase: Phrase, kind: SourceKind) -> None:
        if kind == "named_person" and phrase.head is not None:
            for i in range(phrase.start, min(phrase.start + 2, phrase.end)):
                word = self.view.norm[i].removeprefix("و").removeprefix("ال")
                if self.view.covered[i] is None:
                    self.discourse.titles.add(word)

    def _remember_subject(self, has_claims: bool) -> None:
        """A sentence without a claim may still name who speaks in the next."""
        if has_claims:
            return
        phrase = sentence_subject(self.view, len(self.view))
        if phrase is not None and any(name.mention.type == "PERSON" for name in phrase.names):
            self._note_title(phrase, "named_person")

    # Claims

    def _run_on(self) -> Claim | None:
        """The rest of a quotation that the sentence before left open."""
        run_on = self.discourse.run_on
        self.discourse.run_on = None
        if run_on is None or run_on.quotation not in self.view.quotations:
            return None
        view = self.view
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
            return None
        self.discourse.remember(run_on.speaker)
        self._parent_run_on(start, limit, run_on)
        content = view.span(start, end)
        return Claim("", run_on.speaker.source, (), None, content, run_on.stance, "direct", 0.7)

    def _parent_run_on(self, start: int, limit: int, run_on: RunOn) -> None:
        """Claims inside the running quotation are carried by its speaker."""
        for draft in self.drafts:
            if start <= draft.at < limit and draft.parent is None and not draft.backward:
                draft.parent = Draft(at=0, segment=0, start=start, end=limit, speaker=run_on.speaker)

    def _leave_open(self) -> None:
        for draft in self.drafts:
            if draft.backward or draft.speaker is None or draft.parent is not None:
                continue
            quotation = quotation_at_start(self.view, draft.start, draft.at)
            if quotation is not None and quotation.close is not None and quotation.close[0] > self.view.number:
                self.discourse.run_on = RunOn(quotation, draft.speaker, draft.stance)

    def _claim(self, draft: Draft) -> Claim | None:
        view = self.view
        if draft.speaker is None:
            return None
        content = view.span(draft.start, draft.end, skip=draft.skip)
        if not content.text:
            return None
        quote = quote_of(view, draft.start, draft.end)
        via = self._via(draft)
        draft.via = via
        return Claim(
            "", draft.speaker.source, tuple(via), draft.cue, content, draft.stance, quote, round(draft.score, 2)
        )

    def _via(self, draft: Draft) -> list[Span]:
        assert draft.speaker is not None
        spans: list[Span] = []
        for phrase in [*draft.told, *draft.carriers]:
            codes = self.outlets.named_in(self.view, phrase.start, phrase.end)
            if codes is not None and self.outlets.is_publisher(codes, self.publisher):
                continue
            if phrase in draft.told and not self._hears(phrase, codes):
                continue
            spans.append(_carrier_span(self.view, phrase))
        parent = draft.parent
        if parent is not None and parent.speaker is not None:
            outer = parent.speaker.source
            if outer != draft.speaker.source:
                spans.append(Span(outer.start, outer.end, outer.text))
                spans.extend(parent.via)
        own = draft.speaker.source
        return [span for span in dict.fromkeys(spans) if not (span.start < own.end and own.start < span.end)]

    def _hears(self, phrase: Phrase, codes: frozenset[str] | None) -> bool:
        """Whether who is told carries it on: an agency, a channel, a body in quotation marks."""
        if codes is not None:
            return True
        if phrase.head is not None:
            return phrase.head.kind == "media"
        return bool(phrase.names) and phrase.names[0].mention.type == "ORG"


def _carrier_span(view: View, phrase: Phrase) -> Span:
    return _source_span(view, phrase)


def _source_span(view: View, phrase: Phrase) -> Span:
    """The phrase without clitics and without marks that close nothing."""
    start, end = phrase.start, phrase.end
    if view.norm[start] == '"' and end - start > 2:
        start += 1
    while (
        end > start + 1
        and view.norm[end - 1] in {'"', "،", ",", ")", "("}
        and not (view.norm[end - 1] == ")" and any(view.norm[i] == "(" for i in range(start, end)))
    ):
        end -= 1
    name = view.names.get(start)
    if name is not None:
        token = view.tokens[start]
        first = max(token.start, name.mention.start)
        return view.text.original_span(first, view.tokens[end - 1].end)
    return view.span(start, end, skip=phrase.skip)


def _segment(view: View, at: int) -> int:
    """Back over the connectives that open a claim's own text."""
    while at > 0 and view.has(at - 1, "connective"):
        at -= 1
    return at


def _is_claim(view: View, cue: Cue, frame: Frame, phrase: Phrase | None) -> bool:
    """Leaves out cues that cite nobody: يذكر أن, negated sayings, verbal nouns without a speaker."""
    if cue.form.kind in {"masdar", "noun"}:
        return phrase is not None and phrase.known and frame.link in {"clause", "quote", "preposition"}
    told_by_none = phrase is None and (cue.form.kind == "present" or (cue.form.kind == "past" and not cue.joined))
    if told_by_none and view.norm[cue.at].removeprefix("و") in view.lexicon.words["impersonal"]:
        return False
    if cue.form.verb.object == "relay" and frame.carrier is None:
        return False
    return not (cue.form.verb.object == "document" and frame.carrier is None)


def _stance(cue: Cue, frame: Frame, view: View) -> Stance | None:
    """The verb's stance; a negated cue claims nothing, but لم يستبعد suggests."""
    verb = cue.form.verb
    if not cue.negated:
        return verb.stance
    return "suggests" if verb.lemma == "استبعد" else None


def _skip_hope(view: View, draft: Draft) -> None:
    """أعرب عن أمله في: the hope is the stance, what is hoped for is the content."""
    at = draft.start
    if draft.frame is None or draft.frame.link != "preposition" or at + 1 >= len(view):
        return
    if view.norm[at] not in view.lexicon.words["hope"]:
        return
    draft.stance = "suggests"
    following = at + 1
    word = view.norm[following]
    if word in {"في", "من", "بان", "ان"} and following + 1 < len(view):
        draft.start = following + 1
        if view.is_complementiser(draft.start) and draft.start + 1 < len(view):
            draft.start += 1
    elif word[:1] == "ب" and len(word) > 2:
        draft.start, draft.skip = following, 1


def _score(cue: Cue, frame: Frame, phrase: Phrase | None) -> float:
    score = 0.95
    if phrase is None:
        score -= 0.15
    elif not phrase.known:
        score -= 0.2
    if frame.link == "noun":
        score -= 0.1
    if cue.form.verb.trust == "clause":
        score -= 0.1
    if cue.form.kind in {"masdar", "noun"}:
        score -= 0.15
    return max(0.1, score - 0.02 * min(frame.stray, 10))
