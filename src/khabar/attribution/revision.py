"""Second thoughts: where the trained model is all but sure, its reading of a claim stands in place of the rules'.

The rules read claims by grammar, and carry speakers over sentences, which the model does not see. It mends what it sees
in one sentence: where a content ends, how far a source goes on (who speaks is for the rules to say), claims whose cue
no table holds, and words that are no cues there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Protocol

import msgspec

from khabar.attribution.contents import quote_of, trim
from khabar.attribution.cues import forms_of, is_finite, is_telling, is_withheld, opens_with_cue
from khabar.attribution.kinds import entity_of, kind_of
from khabar.attribution.lexicon import build_cue_lexicon
from khabar.attribution.modifiers import ADJECTIVE_ENDINGS, has_article, is_definite_adjective
from khabar.attribution.outlets import build_outlets, own_name
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.quotations import Quotation, find_quotations
from khabar.attribution.view import COMPLEMENTISERS, View, make_view
from khabar.model import Part, Telling
from khabar.records import Claim, Mention, Source, Span, Stance
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["Listener", "revise"]

# Chosen on articles that neither rules' weights nor model had seen (docs/model.md).
_SURE = 0.99  # a content that replaces that of the rules
_LIKELY = 0.9  # a source that does, if it is the same one at greater length
_CUE = 0.85  # a cue that the rules have not
_CLEAR = 0.9  # the content of a claim that the rules have not
_EVEN = 0.5  # a cue whose spans are looked at
_GRAMMATICAL = 0.8  # of the rules' scores, from which a verb, its subject and its clause are all known
_NONE = 0.05  # below this, what the rules take for a cue is none
_SHORTEST = 3  # words of such a content
_HANGING = frozenset({"دون", "بدون", "في", "من", "علي", "الي", "عن", "ان"})
_USUAL = frozenset({"حسب", "بحسب", "وفق", "وفقا", "وفقًا", "وفقاً", "نقلا", "نقلاً", "نقلًا", "حسبما", "كما"})
_VERB = 4  # letters; a shorter word in وا is no verb in the plural
_NEAR = 3  # words after a source within which what was said begins
_SAME, _APART = 0.8, 0.3  # intersection over union: the same span, another claim


class Listener(Protocol):
    """What the model makes of one sentence. Words are numbered as the sentence's tokens."""

    def cues(self) -> Sequence[tuple[int, float]]:
        """Words that may begin a cue, in order, with the probability."""

    def telling(self, at: int) -> Telling:
        """What the cue at a word governs, if it is likelier than not."""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Original offsets of words, without clitics before the first."""

    def confidence(self, score: float, cue: tuple[int, int] | None) -> float:
        """How likely a claim is right, by the rules' score and by its cue (original offsets)."""


def revise(
    text: NormalText,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    claims: tuple[Claim, ...],
    listeners: Sequence[Listener | None],
    resources: Resources,
    *,
    weigh: bool = True,
    publisher: str | None = None,
) -> tuple[Claim, ...]:
    """The claims with what the model mends and adds, in order of their content, with ids anew.

    Scores are weighed anew, unless `weigh` is false, which is for the fit of their weights.
    The very same tuple where there is no listener; in a sentence without one, claims stay as they are.
    """
    if not any(listeners):
        return claims
    views = _Views(text, sentences, mentions, resources, own_name(publisher))
    contents = [claim.content.start for claim in claims]
    by_sentence = _by_cue(sentences, claims)
    found: list[Claim] = []
    for number, (sentence, listener) in enumerate(zip(sentences, listeners, strict=True)):
        here = by_sentence[number]
        if listener is None:
            found += here
            continue
        near = claims[bisect_left(contents, sentence.start) : bisect_left(contents, sentence.end)]
        found += _Reviser(partial(views.of, number), listener, near).revised(here, weigh=weigh)
    found.sort(key=lambda claim: (claim.content.start, claim.content.end))
    return tuple(msgspec.structs.replace(claim, id=f"c{number}") for number, claim in enumerate(found))


def _by_cue(sentences: Sequence[Sentence], claims: Sequence[Claim]) -> list[list[Claim]]:
    starts = [sentence.start for sentence in sentences]
    found: list[list[Claim]] = [[] for _ in sentences]
    for claim in claims:
        span = claim.cue or claim.content
        found[max(0, bisect_left(starts, span.start + 1) - 1)].append(claim)
    return found


def _end_of(view: View, content: Part) -> int:
    """The last word of a content: marks at its end, and ، وهو ما, are no part of it."""
    end = trim(view, content.first, content.last + 1)
    for tail in (["وهو", "ما"], ["وهو"], ["وهي"]):
        if end - len(tail) > content.first and view.norm[end - len(tail) : end] == tail:
            end = trim(view, content.first, end - len(tail))
    return max(content.first, end - 1)


class _Views:
    """Sentences as attribution sees them, each when it is looked at: most stay as the rules read them."""

    def __init__(
        self,
        text: NormalText,
        sentences: tuple[Sentence, ...],
        mentions: tuple[Mention, ...],
        resources: Resources,
        own: tuple[str, ...],
    ) -> None:
        self._text, self._sentences, self._mentions, self._own = text, sentences, mentions, own
        self._lexicon, self._outlets = resources.compiled(build_cue_lexicon), resources.compiled(build_outlets)

    @cached_property
    def _quotations(self) -> tuple[tuple[Quotation, ...], ...]:
        return find_quotations(self._text, self._sentences, lambda sentence: opens_with_cue(sentence, self._lexicon))

    def of(self, number: int) -> View:
        sentence = self._sentences[number]
        first, last = (
            bisect_left(self._mentions, offset, key=lambda mention: mention.start)
            for offset in (sentence.start, sentence.end)
        )
        here = self._mentions[first:last]
        quotations = self._quotations[number]
        return make_view(self._text, number, sentence, here, quotations, self._lexicon, self._outlets, own=self._own)


class _Reviser:
    """One sentence, which `look` shows; `near` are the claims whose content begins in it."""

    def __init__(self, look: Callable[[], View], listener: Listener, near: Sequence[Claim]) -> None:
        self._look, self.listener, self.near = look, listener, near

    @cached_property
    def view(self) -> View:
        return self._look()

    def revised(self, claims: Sequence[Claim], *, weigh: bool) -> list[Claim]:
        cues = [(at, likely) for at, likely in self.listener.cues() if likely >= _NONE]
        found: list[Claim] = []
        known: set[int] = set()
        for claim in claims:
            heard = self._heard(claim, cues)
            known.update(at for at, _ in heard)
            # What somebody carried is held by the grammar of the chain, what stands before its cue by that of a
            # particle or a pronoun; by itself such a cue looks like less.
            if heard or claim.cue is None or claim.via or _is_rare(claim) or self._is_plain(claim):
                found.append(self._mended(claim, heard))
        for at, likely in cues:
            if likely >= _CUE and at not in known:
                added = self._added(at, likely, [*self.near, *found])
                found += [] if added is None else [added]
        return [self._weighed(claim) for claim in found] if weigh else found

    def _is_plain(self, claim: Claim) -> bool:
        """Whether a finite verb that gold hardly has opens a clause, and has its subject beside it: جزم مسؤول بأن."""
        cue, source, view = claim.cue, claim.source, self.view
        if cue is None or source is None or claim.score < _GRAMMATICAL or source.start < view.tokens[0].start:
            return False
        at = next((at for at, token in enumerate(view.tokens) if token.start <= cue.start < token.end), None)
        first = next((at for at, token in enumerate(view.tokens) if token.end > claim.content.start), 0)
        return at is not None and at < first and _is_verb_of_another(view, at) and view.is_complementiser(first - 1)

    def _weighed(self, claim: Claim) -> Claim:
        cue = (claim.cue.start, claim.cue.end) if claim.cue is not None else None
        return msgspec.structs.replace(claim, score=self.listener.confidence(claim.score, cue))

    def _heard(self, claim: Claim, cues: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
        """Those of the cues that are words of the claim's own; `cues` are in order."""
        if claim.cue is None:
            return []
        # A clitic before the first word belongs to the span of some cues, and to no word.
        first = bisect_left(cues, claim.cue.start, key=lambda cue: self.listener.span(cue[0], cue[0])[1] - 1)
        last = bisect_left(cues, claim.cue.end, key=lambda cue: self.listener.span(cue[0], cue[0])[0])
        return list(cues[first:last])

    def _mended(self, claim: Claim, heard: Sequence[tuple[int, float]]) -> Claim:
        at, likely = max(heard, key=lambda cue: cue[1], default=(-1, 0.0))
        if likely < _EVEN:
            return claim
        telling = self.listener.telling(at)
        content, source = self._with_object(at, telling.content, telling.source), telling.source
        if content is not None and content.probability > _SURE and self._ends_well(content):
            span = self._span(Part(content.first, _end_of(self.view, content), content.probability))
            # Of claims inside claims the model knows the innermost only.
            others = [other for other in self.near if other is not claim]
            told = any(_iou(span, other.content) >= _SAME for other in others)
            told = told or any(_swallows(span, claim.content, other.content) for other in others)
            if _iou(span, claim.content) < _SAME and not told and not self._leaves_quotation(claim.content, content):
                quote = quote_of(self.view, content.first, content.last + 1)
                claim = msgspec.structs.replace(claim, content=span, quote=quote)
        if source is not None and source.probability > _LIKELY and claim.source is not None:
            source = self._whole(source)
            named = self._span(source)
            grows = named.start <= claim.source.start and claim.source.end <= named.end
            grows = grows and _iou(named, claim.source) < _SAME and self._grows_well(source, claim.source)
            grows = grows and not self._takes_content(source, named, claim)
            if grows and not any(_iou(named, via) > 0 for via in claim.via):  # قال مصدر | لقناة كذا
                claim = msgspec.structs.replace(claim, source=self._source(source))
        return claim

    def _with_object(self, at: int, content: Part | None, source: Part | None) -> Part | None:
        """A content with the object before it where the verb's object is part of it: وصف | الهجوم بأنه كذا."""
        known = forms_of(self.view, at)
        if content is None or known is None or not any(form.verb.object == "content" for form in known[0]):
            return content
        first = source.last + 1 if source is not None and source.first > at else at + 1
        before = content.first - 1
        before -= self.view.norm[before] == '"'
        near = first < before < first + _NEAR and self.view.is_complementiser(before)
        return msgspec.structs.replace(content, first=first) if near else content

    def _leaves_quotation(self, old: Span, new: Part) -> bool:
        """Whether a content of quoted words would go on over its closing mark, to what the publisher adds: أي كذا."""
        view = self.view
        quotation = view.quote[new.first]
        close = view.close_of(quotation) if quotation is not None else None
        return close is not None and old.end <= view.tokens[close].start and close < new.last

    def _ends_well(self, content: Part) -> bool:
        """Whether the last word can end what is said: not وبأن, من دون, whose clause follows."""
        view, last = self.view, content.last
        hangs = view.norm[last].removeprefix("و") in COMPLEMENTISERS or view.norm[last] in _HANGING
        return last > content.first and not (hangs and view.covered[last] is None)

    def _grows_well(self, part: Part, source: Source) -> bool:
        """Whether what the model adds after a source can belong to it: no verb, no one told, no end that hangs."""
        view = self.view
        if any(self._is_outlet_noun(at) for at in range(part.first, part.last) if view.tokens[at].end <= source.start):
            return False
        tail = [at for at in range(part.first, part.last + 1) if view.tokens[at].start >= source.end]
        if any(start <= part.last and part.first < end for start, end in view.told.items()):
            return False  # أفاد | «كذا» مصدر طبي
        added = [at for at in range(part.first, part.last + 1) if view.tokens[at].end <= source.start]
        if added and not (view.covered[added[0]] or view.noun(added[0]) or view.has(added[0], "quantifier")):
            return False  # صحح | المرصد الحصيلة، وقال
        if not tail:
            return True
        words = ("preposition", "relative", "issued", "adjunct", "clause", "keeping", "emphatic")
        if self._is_over(part.first, tail[0]):
            return False
        marks = sum(view.norm[at] == '"' for at in tail)
        if marks % 2 or (marks and is_telling(view, part.first)) or self._hangs(tail[-1]):
            return False
        if (view.tokens[tail[-1]].kind == "punct" and not marks) or any(
            view.has_joined(tail[-1], words_) or view.has_noun(tail[-1], words_) for words_ in words
        ):
            return False
        if view.has_noun(part.first, "kin") and view.has(tail[0], "preposition"):
            return False  # شقيقة القتيل | في منزل العائلة
        person = view.covered[tail[0] - 1] if tail[0] else None
        of_person = person is not None and person.mention.type == "PERSON"
        told = view.norm[tail[0]][:1] == "ل" and (of_person or self._is_outlet_noun(tail[0]) or self._is_told(tail))
        object_follows = has_article(view.norm[tail[0]]) and not is_definite_adjective(view, tail[0])
        return not told and not object_follows and not any(is_finite(view, at) for at in tail[-1:])

    def _whole(self, part: Part) -> Part:
        """The part up to the end of the name that its end cuts: رئيس البلدية محمد بن | علي."""
        name = self.view.covered[part.last]
        return part if name is None else msgspec.structs.replace(part, last=max(part.last, name.end - 1))

    def _takes_content(self, part: Part, named: Span, claim: Claim) -> bool:
        """Whether a longer source would take words of what is said: أعلن أهالي كذا | خيمة اعتصام; but not the place of
        who speaks, which the rules take for the content of a verb with ب: أفادت الشرطة | بكذا بأن."""
        if claim.source is None or named.end <= claim.content.start or claim.content.end <= named.start:
            return False
        first = next(at for at in range(part.first, part.last + 1) if self.view.tokens[at].end > claim.source.end)
        joined = self.view.norm[first][:1] in {"ب", "ل"} or self.view.has(first, "preposition")
        return not joined and self.view.tokens[first].kind == "word"

    def _hangs(self, at: int) -> bool:
        """Whether a phrase can't end with this word: a verb, جنوبي of a place, أكثر of what, a noun of a number."""
        view, word = self.view, self.view.norm[at]
        if view.covered[at] is not None:
            return False
        if view.has(at, "quantity") or view.has(at, "direction") or (word.endswith("وا") and len(word) > _VERB):
            return True
        someone = word[:1] == "ي" and len(word) > _VERB and not word.endswith(ADJECTIVE_ENDINGS)
        if someone and view.noun(at) is None and not view.has(at, "adjective"):
            return True  # محام | يترافع
        counts = at + 1 < len(view) and view.tokens[at + 1].kind == "number"
        return counts and not has_article(word) and view.noun(at) is None

    def _is_over(self, first: int, at: int) -> bool:
        """Whether the name of a body or of people, complete by its article, goes on with a bare word: أهالي المفقودين |
        خيمة."""
        view, head = self.view, self.view.noun(first)
        many = head is not None and (head[0].agrees == "p" or head[0].kind in {"organization", "media", "document"})
        bare = view.tokens[at].kind == "word" and view.covered[at] is None and not has_article(view.norm[at])
        joined = view.norm[at][:1] in {"و", "ب", "ل"} or view.has(at, "preposition") or view.has(at, "withholding")
        opens = view.has(at, "direction") or view.has(at, "relative") or view.noun(at) is not None
        return many and bare and has_article(view.norm[at - 1]) and not joined and not opens

    def _is_told(self, tail: Sequence[int]) -> bool:
        """قال فلان | لأخبار الشمال إن: the last words before what is said, none of them a source noun."""
        view, after = self.view, range(tail[-1] + 1, min(tail[-1] + _NEAR, len(self.view)))
        return view.noun(tail[0]) is None and any(map(view.is_complementiser, after))

    def _is_outlet_noun(self, at: int) -> bool:
        found = self.view.noun(at)
        return found is not None and found[0].kind == "media"

    def _added(self, at: int, likely: float, known: Sequence[Claim]) -> Claim | None:
        telling = self.listener.telling(at)
        content, source = self._with_object(at, telling.content, telling.source), telling.source
        if content is None or source is None or content.probability < _CLEAR:
            return None
        if content.last - content.first + 1 < _SHORTEST or is_withheld(self.view, at):
            return None
        if all(self.view.tokens[word].kind == "punct" for word in range(source.first, source.last + 1)):
            return None  # a mark alone says nothing
        span = self._span(content)
        if any(_iou(span, claim.content) > _APART for claim in known):
            return None
        # Its carriers are left to the rules: those that the model tells were right too seldom.
        return Claim(
            id="", source=self._source(source), via=(), cue=self._span(Part(at, at, likely)), content=span,
            stance=self._stance(at), quote=quote_of(self.view, content.first, content.last + 1),
            score=round(likely * content.probability, 2),
        )  # fmt: skip

    def _source(self, part: Part) -> Source:
        span = self._span(part)
        phrase = read_phrase(self.view, part.first, nominal=True, until=part.last + 1) or _bare(part)
        kind = kind_of(self.view, phrase, frozenset())
        return Source(span.start, span.end, span.text, kind, entity_of(self.view, phrase))

    def _stance(self, at: int) -> Stance:
        """Of the word in the tables of cues, else the usual one."""
        known = forms_of(self.view, at)
        return known[0][0].verb.stance if known is not None and known[0] else "asserts"

    def _span(self, part: Part) -> Span:
        return self.view.text.original_span(*self.listener.span(part.first, part.last))


def _is_rare(claim: Claim) -> bool:
    """Whether what is said stands before a cue that gold hardly has: في رواية أخرى لساكن, وهو ما نفاه."""
    cue = claim.cue
    return cue is not None and claim.content.end <= cue.start and cue.text.split()[0] not in _USUAL


def _is_verb_of_another(view: View, at: int) -> bool:
    """Whether a cue is a finite verb, none of the usual ones, of somebody else: not أعتقد, whose past has no hamza."""
    found = forms_of(view, at)
    hamza = view.original(at).removeprefix("و")[:1] == "أ"
    return found is not None and any(
        form.kind in {"past", "present"} and form.verb.trust != "sure" and not (hamza and form.verb.lemma[:1] != "أ")
        for form in found[0]
    )


def _bare(part: Part) -> Phrase:
    """A phrase of which no more is known than where it stands."""
    return Phrase(part.first, part.last + 1, 0, None, False, (), known=False, quantified=False)


def _swallows(new: Span, old: Span, other: Span) -> bool:
    """Whether a content would come to hold that of another claim, which lay beside it."""
    return new.start <= other.start and other.end <= new.end and _iou(old, other) == 0


def _iou(left: Span | Source, right: Span | Source) -> float:
    """Intersection over union of two spans."""
    shared = min(left.end, right.end) - max(left.start, right.start)
    return shared / (max(left.end, right.end) - min(left.start, right.start)) if shared > 0 else 0.0
