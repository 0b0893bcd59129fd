"""Who tells the main happening of a report, and how: its claims of it, its own words, and what it has denied."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec.structs import replace

from khabar.corroborate.copies.credits import Credits
from khabar.corroborate.cues import Cues
from khabar.corroborate.figures import Number, old_times
from khabar.corroborate.figures.counting import Counting
from khabar.corroborate.focus import Focus
from khabar.corroborate.focus.accounts import recounts
from khabar.corroborate.focus.eventwords import EventWords
from khabar.corroborate.focus.relevance import Relevance
from khabar.corroborate.focus.sameness import Sameness
from khabar.corroborate.links.compare import Affinities
from khabar.corroborate.odds import Odds
from khabar.corroborate.offsets import opening_inside, starting_in
from khabar.corroborate.profiles import Figure, Telling
from khabar.corroborate.tellings.denials import Denials
from khabar.corroborate.tellings.estimates import Estimates
from khabar.corroborate.tellings.negations import DISOWN, Denial, Negations
from khabar.corroborate.tellings.ownvoice import OwnVoice
from khabar.corroborate.tellings.partial import Partial
from khabar.corroborate.voices import Speakers
from khabar.corroborate.voices.beside import Beside
from khabar.corroborate.words import Rarity, root_of, stem_of, words_of
from khabar.records import Claim, Event, Reading
from khabar.text import fold

__all__ = ["Tables", "Teller"]

_TELLING_WORD = 1.5  # least rarity of a word that says what a claim is about
_MOST_WORDS = 25
_OWN = 0.5  # likelihood from which an outlet tells it itself
_AROUND = 45  # characters around an event in which the lead's words are looked for
_BELITTLES = re.compile("[يتم]?قلل")
# Who doubts does not say that there was none; who complains (`شكت من`) says nothing of it.
_DOUBTS = re.compile(r"[وف]?(?:شك|[يتم]?شكك\w*)$")
_AS_TOLD = re.compile(r"[»\"]?\s*كما\s+(?:كانت?\s+)?[^\W\d_]+\s+(?=[^\W\d_])")
_NOT_AS_TOLD = re.compile(
    r"(?:وليس(?:وا|ت)?|لا)\s+[^\W_]+(?:\s+[^\W\d_]+){0,2}\s+كما\s+[^\W\d_]+\s+(?!أمس|اليوم|سابق|مساء|صباح|من\s|في\s|قبل\s)(?=[^\W\d_])"
)
_INSTEAD = re.compile(r"\s(?:وليس(?:وا|ت)?|لا)\s+(?P<number>[^\W_]+)(?:\s+[^\W\d_]+){0,2}\s*$")
# قال إنه ليس صحيحا أن | المصنع توقف; إنه لا صحة لأن | مسلحين هاجموا
_CUT_OFF = re.compile(
    r"(?:(?:ليس(?:ت)?|غير)\s+(?:من\s+)?(?:ال)?صحيح\w*(?:\s+[^\W\d_]+)?\s+|(?:لا|عدم)\s+صح[ةه]\s+(?:\w+\s+)?ل)[أا]نّ?\s*$"
)
_HAND = 30  # characters before a content in which what somebody had in it is looked for
_LAST = 4  # words of a claim that put a number in place of another
_INDEED = frozenset({"بالفعل", "فعلا"})
_WILL = re.compile(r"س[يتنا]\w{3,}")  # سيستضيف


class Tables(Protocol):
    """What a teller looks things up in."""

    @property
    def rarity(self) -> Rarity: ...
    @property
    def cues(self) -> Cues: ...
    @property
    def credits(self) -> Credits: ...
    @property
    def event_words(self) -> EventWords: ...
    @property
    def affinities(self) -> Affinities: ...
    @property
    def own_odds(self) -> Odds: ...
    @property
    def counting(self) -> Counting: ...


class Teller:
    """Finds the tellings of one reading's main happening."""

    def __init__(
        self, reading: Reading, focus: Focus, main: Event, numbers: Sequence[Number], speakers: Speakers, tables: Tables
    ) -> None:
        self.reading, self.focus, self.main, self.numbers, self.tables = reading, focus, main, numbers, tables
        self.cues = tables.cues
        self.text = reading.document.text
        self.speakers = speakers
        self.main_roots = {root_of(word) for word in words_of(main.trigger.text)}
        self.negations = Negations(reading, numbers, main, tables.cues, tables.event_words, tables.affinities)
        self.beside = beside = Beside(reading, speakers, tables.cues)
        self.denials = Denials(reading, focus, main, beside, self.negations, tables.cues, self._unnamed_words)
        self.estimates = Estimates(reading, focus, numbers, beside, tables.cues)
        self.named_roots = self.main_roots | focus.roots_of_type(main.type)
        lead = words_of(self.text[focus.start : focus.end])
        self.core = set(self._words(" ".join(lead), most=len(lead))) | {
            stem for stem, weight in focus.weights.items() if weight >= _TELLING_WORD
        }
        self.sameness = Sameness(reading, focus, main, self.core, tables.affinities)
        self._old = old_times(reading)
        self._claims = {claim.id: claim for claim in reading.claims}
        self._events: dict[str | None, list[Event]] = {claim.id: [] for claim in reading.claims}
        contents = sorted((claim.content.start, claim.content.end, claim.id) for claim in reading.claims)
        for event in reading.events:
            self._events.setdefault(event.claim or opening_inside(event, contents), []).append(event)
        self._by_words: set[str | None] = set()  # claims that share words with the lead, and tell nothing of it
        self.relevance = relevance = Relevance(reading, focus, tables.rarity, tables.cues)
        self.voice = OwnVoice(
            reading, focus, main, self.sameness, relevance, speakers, tables.cues, self._events.get(None, []),
            self.named_roots, self._is_new,
        )  # fmt: skip

    def tellings(self) -> Iterator[Telling]:
        """In the order of the text: claims that tell of it, or may, and the outlet's own words."""
        opening = list(self.denials.opening())  # who denies in the lead is known by name further on
        found = [(claim.content.start, self._of_claim(claim)) for claim in self.reading.claims]
        made = [telling for _, telling in sorted(found, key=lambda item: item[0]) if telling is not None]
        made = Partial(self.numbers, self._claims, self.focus, self.negations, self.cues).of(made)
        denied_words = self._denied_words(made)
        if denied_words:
            # Beside a denial, who only speaks of the place or the people says that all is as ever.
            made = [one for one in made if one.denial != "none" or self._answers(one, denied_words)]
        told = list(self.denials.told(self.named_roots, self.sameness.is_same))
        # Where the denier stands beside the denial, it is nobody's of the sentence before.
        passing = sorted(telling.start for telling in told)
        made = [one for one in made if one.denial == "none" or not self._is_anothers(one, passing)]
        denied = sorted(telling.start for telling in made if telling.denial != "none")
        made += [telling for telling in opening if not self._covers(denied, telling)]
        denied = sorted([*denied, *(telling.start for telling in opening)])
        made += [telling for telling in told if not self._covers(denied, telling)]
        made += self.estimates.tellings(main=self.main, denied=denied, figures=self._figures, words=self._words)
        answers = any(telling.denial != "none" for telling in made)
        yield from made
        yield from self._own(answers=answers)

    # --- claims ---

    def _denied_words(self, made: Sequence[Telling]) -> set[str]:
        """The words of what is denied as a whole."""
        contents = [self._claims[one.claim].content for one in made if one.denial == "full" and one.claim]
        return {word for content in contents for word in self._unnamed_words(content.start, content.end)}

    def _answers(self, telling: Telling, denied: set[str]) -> bool:
        """Whether who speaks beside a denial tells of the happening, or speaks of what is denied, or of how many."""
        claim = self._claims.get(telling.claim or "")
        if claim is None or claim.id not in self._by_words or any(figure.people for figure in telling.figures):
            return True
        if any(_WILL.match(word) for word in words_of(claim.content.text)[:2]):
            return False
        return not denied.isdisjoint(self._unnamed_words(claim.content.start, claim.content.end))

    def _of_claim(self, claim: Claim) -> Telling | None:
        voice = self.speakers.voice(claim)
        relevance = self.relevance
        if claim.stance == "demands" or relevance.reacts(claim) or relevance.is_rumour(claim):
            return None
        if relevance.is_unaware(claim) or (relevance.is_standing(claim) and not self._names_it(claim)):
            return None
        if relevance.is_lost(claim, voice) or self._is_of_other_matter(claim):
            return None
        inside = self._events[claim.id]
        same = [event for event in inside if self.sameness.is_same(event) and self._is_new(event)]
        if self.focus.has_turned(claim.content.start):
            same = [event for event in same if self.named_roots & set(map(root_of, words_of(event.trigger.text)))]
        figures = self._figures(claim.content.start, claim.content.end)
        figures = self._replaced(claim, figures)
        denial = self._denial(claim, same)
        if claim.stance == "denies" and (denial == "none" or _is_carried(claim)):
            return None
        # Where the text turns to another matter, others may be hurt, and words alone name no event of this one.
        turned = self.focus.has_turned(claim.content.start)
        recounted = not turned and recounts(claim, voice, inside, self.cues)
        opinion = not recounted and relevance.is_opinion(claim, voice)
        if denial == "part" and opinion and relevance.is_crowd(voice) and not figures:
            return None  # البحارة الذين يشككون في الاتفاق
        counts = any(figure.people and figure.max != 1 for figure in figures)  # لم يغادرها جندي واحد
        beside = relevance.is_expert(claim, voice) or self._was_said_before(claim)
        if (beside or (relevance.foretells(claim) and not counts)) and not same:
            return None
        general = opinion and claim.cue is not None
        named = not general and not turned and self._names_it(claim)
        hurt = not turned and any(figure.role != "count" for figure in figures)
        told = bool(same) and not (general and relevance.is_crowd(voice))
        blames = claim.cue is not None and self.cues.has("blame", fold(claim.cue.text)) and not opinion
        blames = blames and self.cues.any("doer", words_of(claim.content.text))
        testifies = recounted or relevance.testifies(claim, voice, happened=bool(inside or figures))
        sure = told or named or hurt or blames or testifies
        idle = not (told or named or hurt or testifies or inside or counts) and relevance.is_own_care(claim, voice)
        inside_lead = self.focus.start <= claim.content.start < self.focus.end
        if idle or (relevance.is_statistics(claim) and not (same and inside_lead)):
            return None
        of_paper = (voice is not None and voice.kind == "document") or relevance.is_statistics(claim)
        is_aside = of_paper or turned
        if not sure and not opinion and not is_aside and relevance.shares(claim):
            sure = True
            self._by_words.update({claim.id} if not counts else ())
        if denial != "none":
            sure = self._is_of_it(claim, inside, same)
        words = self._words(claim.content.text if sure else " ".join(relevance.telling_words(claim)))
        if denial != "none" and not sure:
            words = self._unnamed_words(claim.content.start, claim.content.end)
        if not sure and denial == "none" and (opinion or of_paper or not words):
            return None
        event = next(iter(same if denial == "none" else same or inside), self.main)
        return Telling(
            event=event.id, claim=claim.id, type=event.type, start=claim.content.start, stance=claim.stance,
            factuality=event.factuality if same else "certain", voice=voice,
            figures=figures if denial == "none" or self._is_not_as_said(claim) else (),
            denial=denial, sure=sure, words=words,
            tells=counts or self._tells_of(claim, same), flat=sure and denial == "full" and self._denies_all(claim),
            inner=self.speakers.is_inner(claim),
            granted=self.negations.granted(claim.content.start, claim.content.end) if denial == "full" else (),
        )  # fmt: skip

    def _is_new(self, event: Event) -> bool:
        """Whether the event's clause speaks of no time long before: `قتل 42 شخصا منذ مطلع العام`."""
        start, end = self.focus.sentence_of(event.trigger.start)
        clause = self.negations.clause_end(event.trigger.end, end)
        return event.id == self.main.id or not starting_in(self._old, start, clause)

    def _is_of_other_matter(self, claim: Claim) -> bool:
        return self.focus.has_left(claim.content.start) or self.relevance.is_of_another_occasion(claim)

    def _was_said_before(self, claim: Claim) -> bool:
        """Whether somebody is cited for what he said weeks before: `وكان الاتحاد قد شكا الشهر الماضي، وقال إن`."""
        start, _ = self.focus.sentence_of(claim.content.start)
        return claim.cue is not None and bool(starting_in(self._old, start, claim.content.start))

    def _names_it(self, claim: Claim) -> bool:
        return not self.named_roots.isdisjoint(map(root_of, words_of(claim.content.text)))

    def _tells_of(self, claim: Claim, same: Sequence[Event]) -> bool:
        """Whether a claim tells one of these events as something that happened."""
        words = words_of(claim.content.text)
        if self.cues.any("false", words) or self.negations.holds_none(words) or words[:1] == ["ما"]:
            return False  # ما بثته القناة عن استقالته بأنه أمنيات
        # الاجتماع عقد بالفعل says that there was one, whatever its article.
        indeed = not _INDEED.isdisjoint(words) and any(event.factuality == "certain" for event in same)
        return indeed or any(map(self.sameness.tells_it, same))

    def _denies_all(self, claim: Claim) -> bool:
        """Whether a denial says that there was none of it, or that the news is false."""
        words = words_of(claim.content.text)
        return self.negations.is_flat(words) or self.negations.calls_false(words)

    def _denial(self, claim: Claim, same: Sequence[Event]) -> Denial:
        """What a claim denies, in so many words or by what it says; `وصفتها بأنها كاذبة` calls its object false."""
        cue = claim.cue.text if claim.cue else ""
        its = cue.startswith("وصف") and cue.endswith(("ها", "ه"))
        if _BELITTLES.match(fold(cue)):
            return "none"  # قلل من حجم الإضراب: to play it down is to deny nothing of it
        if DISOWN.search(cue) or _DOUBTS.match(fold(cue)):
            return "part"
        if claim.stance == "denies" or (its and self.cues.any("false", words_of(claim.content.text))):
            start = max(claim.content.start, claim.source.end if claim.source else 0)
            before = words_of(self.text[max(0, start - _HAND) : start])[-_LAST:]
            if before[-1:] in (["في"], ["عن"]) and (self.cues.any("doer", before) or self.cues.any("hand", before)):
                return "part"  # نفى القيادي ضلوع رجاله في | الهجوم, read as from here
            return self.negations.extent(min(start, claim.content.end), claim.content.end)
        content = claim.content
        if _CUT_OFF.search(self.text[max(0, content.start - _HAND) : content.start]):
            return self.negations.extent(content.start, content.end)
        if self._is_not_as_said(claim) and not _is_cited(claim):
            return "part"
        return self.negations.said(content.text, content.start, content.end, same, quoted=claim.cue is not None)

    def _is_not_as_said(self, claim: Claim) -> bool:
        """Whether a claim gives a number in place of another's: `إنهم عشرة لا عشرون كما أعلنت الوزارة`."""
        start, end = claim.content.start, claim.content.end
        if not self._figures(start, end):
            return False
        told = self._as_others_told(claim)
        return told is not None and self.beside.speaks(told, min(self.focus.sentence_of(told)[1], told + _AROUND))

    def _as_others_told(self, claim: Claim) -> int | None:
        """Where those stand whose number a claim replaces, within it or behind it."""
        start, end = claim.content.start, claim.content.end
        told = _AS_TOLD.match(self.text, end)
        if told is not None and self.cues.any("instead", words_of(claim.content.text)[-_LAST:]):
            return told.end()
        inside = _NOT_AS_TOLD.search(self.text, start, end + _AROUND)
        within = inside is not None and inside.start() < end and not _is_cited(claim)
        return inside.end() if inside is not None and within else None

    def _replaced(self, claim: Claim, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """The number that is another's in what he is cited for with both: `17 صيادا وليس 14 | كما أعلنت النقابة`."""
        instead = _INSTEAD.search(claim.content.text) if _is_cited(claim) and figures else None
        if instead is None:
            return figures
        number = self.tables.counting.at(words_of(instead["number"]), 0)
        value = float(number.value) if number is not None else None
        return () if value is None else (replace(figures[0], min=value, max=value),)

    def _is_anothers(self, telling: Telling, passing: Sequence[int]) -> bool:
        """Whether a denier stands beside a denial that a claim gives to who spoke before."""
        claim = self._claims.get(telling.claim or "")
        if claim is None or claim.source is None or not self._covers(passing, telling):
            return False
        first, last = self.focus.sentence_of(telling.start)
        between = bisect_left(passing, max(first, claim.source.end))
        return claim.source.start < first or (between < len(passing) and passing[between] < claim.content.start <= last)

    def _covers(self, starts: Sequence[int], telling: Telling) -> bool:
        """Whether one of these offsets, in order, stands in the telling's sentence."""
        first, last = self.focus.sentence_of(telling.start)
        at = bisect_left(starts, first)
        return at < len(starts) and starts[at] <= last

    def _is_of_it(self, claim: Claim, inside: Sequence[Event], same: Sequence[Event]) -> bool:
        """Whether what a claim denies is, by this text alone, what the report is about; else other reports say so."""
        if same or not inside or self.cues.any("anaphor", words_of(claim.content.text)):
            return True
        if self.negations.is_about(words_of(claim.content.text)) and not any(map(self.sameness.is_elsewhere, inside)):
            return True
        return any(n.figure.people for n in starting_in(self.numbers, claim.content.start, claim.content.end))

    # --- the outlet's own words ---

    def _own(self, *, answers: bool) -> Iterator[Telling]:
        """What the outlet tells itself, and what another's reporter saw."""
        sight = self.voice.sight
        start, end, word = sight or (self.focus.start, self.focus.start, None)
        seen = None if word is None else self.speakers.reporter_at(start, end, word)
        if seen is not None:
            yield replace(self._told(self.main, start, start, start), voice=seen)
        stretch, events = self.voice.telling(), self.voice.told
        own = sight is not None and seen is None
        if stretch is None and not events and not own:
            return
        if self.tables.own_odds.probability(self.voice.features(answers=answers)) < _OWN:
            return
        if stretch is not None:
            yield self._told(self.voice.event_in(stretch) or self.main, *stretch, stretch[0])
        elif events:
            at = events[0].trigger.start
            yield self._told(events[0], *self.focus.sentence_of(at), at)
        else:
            yield self._told(self.main, start, start, start)

    def _told(self, event: Event, start: int, end: int, at: int) -> Telling:
        return Telling(
            event=event.id, claim=None, type=event.type, start=at, stance="asserts", factuality="certain", voice=None,
            figures=self._figures(start, end), denial="none", sure=True, words=self._unnamed_words(start, end),
        )  # fmt: skip

    # --- parts ---

    def _figures(self, start: int, end: int) -> tuple[Figure, ...]:
        """Those there; what the main event counts is what the story counts, whatever others call it."""
        found = (
            number.figure for number in starting_in(self.numbers, start, end) if not number.part and not number.aside
        )
        return tuple(replace(one, of="") if one.of == self.main.type else one for one in found)

    def _unnamed_words(self, start: int, end: int) -> tuple[str, ...]:
        """Words that tell what a stretch is about, without those of names, places and times."""
        named = {word for m in starting_in(self.reading.mentions, start, end) for word in words_of(m.text)
                 if m.type != "QUANTITY"}  # fmt: skip
        return self._words(" ".join(word for word in words_of(self.text[start:end]) if word not in named))

    def _words(self, text: str, most: int = _MOST_WORDS) -> tuple[str, ...]:
        rarity = self.tables.rarity
        stems = {stem: rarity.of(stem) for stem in map(stem_of, words_of(text)) if not stem.isdecimal()}
        telling = sorted(
            (stem for stem, weight in stems.items() if weight >= _TELLING_WORD), key=lambda s: (-stems[s], s)
        )
        return tuple(telling[:most])


def _is_cited(claim: Claim) -> bool:
    """Whether a claim is somebody's whom another cites: `كما أعلنت النقابة`."""
    return claim.cue is not None and claim.cue.text.startswith("كما")


def _is_carried(claim: Claim) -> bool:
    """Whether whom a denial is given to is whose word is denied: نفت ما ذكرته الصحيفة، | نقلا عن مصدر، عن كذا."""
    return claim.cue is not None and fold(claim.cue.text).startswith("نقلا")
