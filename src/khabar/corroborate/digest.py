"""From a reading to its profile."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

import msgspec
from msgspec.structs import replace

from khabar.corroborate.copies.credits import Credits, build_credits
from khabar.corroborate.copies.shingles import Signer
from khabar.corroborate.cues import Cues, build_cues
from khabar.corroborate.figures import find_numbers
from khabar.corroborate.figures.amendments import corrects_at, find_amendments
from khabar.corroborate.figures.counting import Counting, build_counting
from khabar.corroborate.focus import Focus, Unit, units_of
from khabar.corroborate.focus.backdrop import Backdrop
from khabar.corroborate.focus.eventwords import EventWords, build_event_words
from khabar.corroborate.focus.spotted import SPOKEN, spotted, tells_deeds, with_deed
from khabar.corroborate.focus.steps import steps_told
from khabar.corroborate.links.compare import Affinities, build_affinities
from khabar.corroborate.odds import Odds, odds_of
from khabar.corroborate.profiles import Figure, Happening, Profile, Spot, Telling, Voice
from khabar.corroborate.tellings import Teller
from khabar.corroborate.voices import Speakers
from khabar.corroborate.voices.where import Gazette, build_gazette, located
from khabar.corroborate.words import Rarity, build_rarity, root_of, stem_of, words_of
from khabar.dates import publication_day, published_utc
from khabar.errors import ReaderError
from khabar.records import Event, Mention, Reading
from khabar.resources import Tables

__all__ = ["Digester", "build_digester"]

_PLACES = ("place", "destination", "origin")
_NAMED = ("PERSON", "ORG", "PLACE")
# Words that say which day: without one, an hour or a part of the day is put on the day of publication.
_DAY = re.compile(r"يوم|[أا]مس|بارح|غد|ماضي|سابق|[أا]حد|اثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|سبت|نفس|ذلك|تلك|\d")
_HEAD = 120  # characters of a dateline
_CHARACTERS = 6000  # of a text whose words are compared
_WORDS = 80
_NAMES = 150
_PEOPLE = 30
_MOST_UNITS = 40
_AGAIN, _OFTEN = (
    0.3,
    3,
)  # what a report is about it tells again and again: for each other event of the type, so many at most
_TOLD = 0.8  # least rarity of a root in which something is denied
_BESIDE_DEEDS = 0.8  # by which asking, accusing or rejecting weighs less beside a deed
_BACKDROP = 3.0  # by which an event weighs less than one that can be what a report is about


class Digester(msgspec.Struct, frozen=True):
    """The tables that profiles are made with."""

    rarity: Rarity
    event_words: EventWords
    credits: Credits
    signer: Signer
    cues: Cues
    counting: Counting
    affinities: Affinities
    gazette: Gazette
    own_odds: Odds

    def profile(self, reading: Reading) -> Profile:
        """The profile of one reading; linear in its length.

        Raises ReaderError for a fault of ours, naming the document.
        """
        try:
            people: dict[Voice, None] = {}
            happenings = tuple(self._happenings(reading, people))
            credit = self.credits.find(reading.document.text, reading.document.publisher, _places(reading))
        except Exception as error:
            document = reading.document.external_id
            raise ReaderError(f"{type(error).__name__}: {error}", document=document, stage="corroborate") from error
        empty = self.without_happenings(reading)
        named = tuple(located(voice, self.gazette) for voice in islice(people, _PEOPLE))
        return replace(empty, credit=credit, happenings=happenings, people=named)

    def without_happenings(self, reading: Reading) -> Profile:
        """A profile that no story can hold: of a document whose happenings could not be made out."""
        d = reading.document
        return Profile(
            document=d.id, external_id=d.external_id, publisher=d.publisher,
            publisher_key=self.credits.outlets.key(d.publisher) if d.publisher else "", credit=None,
            published=d.published, at=published_utc(d.published), length=len(d.text), happenings=(),
        )  # fmt: skip

    def teller(self, reading: Reading) -> Teller | None:
        """Who tells the main happening of a reading, and how; None where nothing happens in it."""
        first = next(self._digests(reading), None)
        return first.teller if first is not None else None

    def _happenings(self, reading: Reading, people: dict[Voice, None]) -> Iterator[Happening]:
        for digest in self._digests(reading):
            yield digest.happening()
            people.update(dict.fromkeys(digest.speakers.people()))

    def _digests(self, reading: Reading) -> Iterator[_Digest]:
        speakers: Speakers | None = None
        for unit in units_of(reading.document)[:_MOST_UNITS]:
            part = _within(reading, unit)
            focus = Focus(reading.document.text, unit, self.rarity, self.event_words, self.cues.lists["speech"])
            if not part.events:
                event = spotted(part, focus, self.event_words, self.cues)
                if event is None:
                    continue
                part = replace(part, events=(event,))
            # Who is named in full at the head of a text goes by less further on; items of bulletins stand alone.
            own = speakers or Speakers(part, self.cues, self.credits.outlets, focus.ends)
            if unit.start == 0 and unit.end == len(reading.document.text):
                speakers = own
            yield _Digest(part, unit, focus, own, self)


def build_digester(tables: Tables) -> Digester:
    """From the package's tables."""
    rarity = build_rarity(tables)
    return Digester(
        rarity, build_event_words(tables), build_credits(tables), Signer(rarity), build_cues(tables),
        build_counting(tables), build_affinities(tables), build_gazette(tables), odds_of(tables, "ownvoice"),
    )  # fmt: skip


def _places(reading: Reading) -> set[str]:
    """The names of places at the head of a text, which datelines give beside outlets."""
    return {m.text for m in reading.mentions if m.type == "PLACE" and m.start < _HEAD}


def _within(reading: Reading, unit: Unit) -> Reading:
    """What was found in one unit."""
    return replace(
        reading,
        mentions=tuple(m for m in reading.mentions if unit.start <= m.start < unit.end),
        claims=tuple(c for c in reading.claims if unit.start <= c.content.start < unit.end),
        events=tuple(e for e in reading.events if unit.start <= e.trigger.start < unit.end),
    )


class _Digest:
    """One unit with at least one event, on its way to a happening."""

    def __init__(self, reading: Reading, unit: Unit, focus: Focus, speakers: Speakers, tables: Digester) -> None:
        self.reading, self.unit, self.tables = reading, unit, tables
        self.mentions = {mention.id: mention for mention in reading.mentions}
        self.day = publication_day(reading.document.published)
        self.focus, self.speakers, self.backdrop = focus, speakers, Backdrop(reading)
        self.lead = reading.document.text[self.focus.start : self.focus.end]
        self.numbers = find_numbers(reading, tables.cues, tables.counting)
        self.types = Counter(event.type for event in reading.events)
        places = {stem_of(word) for m in reading.mentions if m.type == "PLACE" for word in words_of(m.text)}
        self.outlet = set(map(stem_of, words_of(reading.document.publisher or ""))) - places
        self.deeds = tells_deeds(reading, focus)
        main = max(reading.events, key=lambda event: (self._weigh(event), -event.trigger.start))
        self.reading, self.main = with_deed(reading, main, focus, tables.event_words, tables.cues)
        self.teller = Teller(self.reading, focus, self.main, self.numbers, speakers, tables)

    def happening(self) -> Happening:
        main, tables, focus = self.main, self.tables, self.focus
        days = self._days(main) or self._lead_days()
        dated = days is not None
        if days is None and self.day:
            days = (self.day.toordinal() - 1, self.day.toordinal())
        tellings = tuple(self.teller.tellings())
        tellings = tuple(replace(t, voice=located(t.voice, tables.gazette)) if t.voice else t for t in tellings)
        amendments = find_amendments([f"{self.unit.title}\n{self.lead}"], tables.cues, tables.counting)
        every = find_amendments([f"{self.unit.title}\n{self.lead}", *focus.rest()], tables.cues, tables.counting)
        denials = [t.start for t in tellings if t.denial != "none" and focus.start <= t.start < focus.end]
        corrects = bool(amendments) or self._takes_back("correction")
        corrected = self._takes_back("retraction")
        if denials or corrects:
            # Who answers what was told speaks of it in passing: only before a denial does an outlet tell it itself, or
            # where another of its reports does.
            until = focus.sentence_of(min(denials))[0] if denials and not corrects else focus.start
            tellings = tuple(replace(t, inner=True) if t.voice is None and t.start >= until else t for t in tellings)
        title, lead, names = words_of(self.unit.title), words_of(self.lead), self._names()
        lead_words = self._weights(focus.title_stems + [stem_of(word) for word in lead])
        words, lead_roots = self._words(), self._roots(title + lead)
        answers = bool(denials or amendments or corrected)
        told, told_of = words_of(self._told_title()), set(names) - self._only_speaking()
        return Happening(
            start=self.unit.start, end=self.unit.end, event=main.id, type=main.type,
            types=tuple(sorted({main.type, *focus.title_types})), days=days, dated=dated,
            told_days=self._told_days(), spots=tuple(self._spots(main)),
            places=tuple(sorted({m.place.id for m in self.reading.mentions if m.place})), agents=self._agents(main),
            figures=self._figures(), title_words=self._weights([stem_of(word) for word in told]),
            ordinals=tuple(sorted(tables.cues.ordinals(title))),
            lead_words=lead_words, words=words, names=names,
            lead_names={word: weight for word, weight in lead_words.items() if word in told_of},
            title_roots=self._title_roots(told, names), lead_roots=lead_roots,
            text_roots={root: w for root, w in self._roots(list(words)).items() if root not in lead_roots},
            lead=tuple(tables.signer.shingles(self.lead).tolist()),
            tellings=tellings, amendments=every, deed=tuple(sorted(set(map(root_of, words_of(main.trigger.text))))),
            steps=self._steps(title), told_steps=steps_told(title + self._all_words(), tables.cues),
            answers=answers, answered=self._answered(tellings) if answers else {},
        )  # fmt: skip

    def _weigh(self, event: Event) -> float:
        days = self._days(event)
        weight = self.focus.weigh(event, self.day.toordinal() - days[1] if days and self.day else None)
        again = self.types[event.type] - 1
        weight -= _BESIDE_DEEDS if self.deeds and event.type in SPOKEN else 0.0
        return weight + _AGAIN * min(again, _OFTEN) - (_BACKDROP if self.backdrop.holds(event) else 0.0)

    # --- when and where ---

    def _days(self, event: Event) -> tuple[int, int] | None:
        spans = [
            span for role in event.roles if role.role == "time" and role.mention
            and (span := _span(self.mentions.get(role.mention))) is not None
        ]  # fmt: skip
        return min(spans, key=lambda span: (span[1] - span[0], span)) if spans else None

    def _lead_days(self) -> tuple[int, int] | None:
        spans = [span for m in self._in_lead() if (span := _span(m)) is not None]
        if self.day:
            spans = [span for span in spans if -2 <= self.day.toordinal() - span[0] <= 7]
        return min(spans, key=lambda span: span[1] - span[0]) if spans else None

    def _told_days(self) -> tuple[int, ...]:
        """All days that the text names, as far as it names single ones."""
        spans = [span for mention in self.reading.mentions if (span := _span(mention)) and span[1] - span[0] <= 1]
        return tuple(sorted({day for first, last in spans for day in range(first, last + 1)}))

    def _spots(self, event: Event) -> Iterable[Spot]:
        """Places of the event, then those of the lead; at last that of the dateline, where the reporter is."""
        seen: set[str] = set()
        own = [self.mentions.get(role.mention) for role in event.roles if role.role in _PLACES and role.mention]
        lead = sorted((m for m in self._in_lead() if m.type == "PLACE"), key=lambda m: m.start < self.focus.dateline)
        for mention in [*own, *lead]:
            spot = self._spot(mention)
            if spot and spot.id not in seen:
                seen.add(spot.id)
                yield spot

    def _spot(self, mention: Mention | None) -> Spot | None:
        if mention is None or mention.type != "PLACE":
            return None
        name = _name(mention)
        rarity = round(max(map(self.tables.rarity.of, name.split()), default=0.0), 3)
        if mention.place is None:
            within = mention.unresolved.within if mention.unresolved else None
            return Spot("name:" + name, name, None, within, None, None, None, "near", rarity)
        p = mention.place
        return Spot(p.id, name, p.name_en, p.parent, p.lat, p.lon, p.radius_km, p.precision, rarity)

    def _in_lead(self) -> list[Mention]:
        return [m for m in self.reading.mentions if self.focus.start <= m.start < self.focus.end]

    # --- who and how many ---

    def _agents(self, event: Event) -> tuple[str, ...]:
        keys = (_key(self.mentions.get(role.mention or "")) for role in event.roles if role.role == "agent")
        return tuple(sorted({key for key in keys if key}))

    def _figures(self) -> tuple[Figure, ...]:
        """Those of the lead."""
        start, end = self.focus.start, self.focus.end
        return tuple(number.figure for number in self.numbers if start <= number.start < end and not number.part)

    # --- words ---

    def _words(self) -> dict[str, float]:
        """The weightiest of title and text."""
        text = self.reading.document.text[self.unit.start : min(self.unit.end, self.unit.start + _CHARACTERS)]
        weights = self._weights([stem_of(word) for word in words_of(self.unit.title) + words_of(text)])
        heaviest = sorted(weights, key=lambda word: (-weights[word], word))[:_WORDS]
        return {word: weights[word] for word in sorted(heaviest)}

    def _names(self) -> tuple[str, ...]:
        """Stems of who and where is named in the text, the first of them."""
        named = (m for m in self.reading.mentions if m.type in _NAMED)
        stems = dict.fromkeys(stem_of(word) for mention in named for word in words_of(mention.text))
        return tuple(sorted(islice(stems, _NAMES)))

    def _only_speaking(self) -> set[str]:
        """Stems of names that only say who speaks, or where and for whom the reporter writes: neither title nor lead
        tells anything of them."""
        spans = [span for claim in self.reading.claims for span in (claim.source, *claim.via) if span]
        speak: set[str] = set()
        act = set(self.focus.title_stems)
        for mention in self.reading.mentions:
            if mention.type in _NAMED:
                said = mention.type != "PLACE" and any(s.start <= mention.start < s.end for s in spans)
                if said or mention.start < self.focus.dateline:
                    speak.update(map(stem_of, words_of(mention.text)))
                elif self.focus.start <= mention.start < self.focus.end:
                    act.update(map(stem_of, words_of(mention.text)))
        return speak - act

    def _told_title(self) -> str:
        """The title without who says it, since another report has it of others: `الدفاع المدني: ثلاثة قتلى`."""
        before, _, told = self.unit.title.partition(":")
        if not told.strip():
            return self.unit.title
        sources = (span for claim in self.reading.claims for span in (claim.source, *claim.via) if span)
        speakers = {stem_of(word) for span in sources for word in words_of(span.text)}
        places = {stem_of(word) for m in self.reading.mentions if m.type == "PLACE" for word in words_of(m.text)}
        said = not speakers.difference(places).isdisjoint(map(stem_of, words_of(before)))
        return told if said else self.unit.title

    def _takes_back(self, cue: str) -> bool:
        """Whether the title corrects what was told, and not how things are: `تصحيح أوضاع العمالة`."""
        cues, title = self.tables.cues, words_of(self.unit.title)
        return any(
            cues.has(cue, word) and corrects_at(title, at, cues) and not cues.any("settled", title[at + 1 : at + 2])
            for at, word in enumerate(title)
        )

    def _title_roots(self, title: Sequence[str], names: Container[str]) -> dict[str, float]:
        rarity = self.tables.rarity
        told = (word for word in title if stem_of(word) not in names and not word.isdigit())
        return {root_of(word): round(weight, 3) for word in told if (weight := rarity.of(stem_of(word)))}

    def _answered(self, tellings: Sequence[Telling]) -> dict[str, float]:
        """Roots of what title or lead deny; of all that they say where they correct."""
        contents = {claim.id: claim.content for claim in self.reading.claims}
        text, focus = self.reading.document.text, self.focus
        denied: list[str] = []
        for telling in tellings:
            if telling.denial != "none" and focus.start <= telling.start < focus.end:
                claimed = contents.get(telling.claim or "")
                start, end = (claimed.start, claimed.end) if claimed else focus.sentence_of(telling.start)
                denied += words_of(text[start:end])
        cues = self.tables.cues
        said = [
            word for word in denied or words_of(f"{self.unit.title} {self.lead}")
            if not any(cues.has(name, word) for name in ("deny", "correction"))
        ]  # fmt: skip
        return {root: weight for root, weight in self._roots(said).items() if weight >= _TOLD}

    def _steps(self, title: list[str]) -> tuple[str, ...]:
        """What the title or the first sentence tells that comes after another happening."""
        cues, focus = self.tables.cues, self.focus
        first = words_of(focus.text[slice(*focus.sentence_of(focus.dateline + (focus.dateline > self.unit.start)))])
        return tuple(sorted({*steps_told(title, cues), *steps_told(first, cues, first_hand=True)}))

    def _all_words(self) -> list[str]:
        return words_of(self.reading.document.text[self.unit.start : min(self.unit.end, self.unit.start + _CHARACTERS)])

    def _roots(self, words: Sequence[str]) -> dict[str, float]:
        """Roots of folded words, each by the rarest of them."""
        roots: dict[str, float] = {}
        for word in dict.fromkeys(words):
            weight = self.tables.rarity.of(stem_of(word))
            root = root_of(word)
            roots[root] = round(max(weight, roots.get(root, 0.0)), 3)
        return {root: roots[root] for root in sorted(roots)}

    def _weights(self, terms: Sequence[str]) -> dict[str, float]:
        """Of stems, without those of the outlet's own name: two of its reports have them in common."""
        counts: dict[str, int] = {}
        for term in terms:
            if term not in self.outlet:
                counts[term] = counts.get(term, 0) + 1
        rarity = self.tables.rarity
        return {term: round(min(count, 3) ** 0.5 * w, 3) for term, count in counts.items() if (w := rarity.of(term))}


def _span(mention: Mention | None) -> tuple[int, int] | None:
    """First and last day of a time of at most two weeks that says its day."""
    time = mention.time if mention else None
    if mention is None or time is None or time.earliest is None or time.latest is None:
        return None
    if time.type != "DATE" and (time.type != "TIME" or not _DAY.search(mention.text)):
        return None
    if time.value.endswith("_REF"):  # الآن is when it is said
        return None
    try:
        days = date.fromisoformat(time.earliest[:10]).toordinal(), date.fromisoformat(time.latest[:10]).toordinal()
    except ValueError:
        return None
    return days if 0 <= days[1] - days[0] <= 14 else None


def _key(mention: Mention | None) -> str | None:
    """What an actor is compared by: its id, or its name where that is all there is."""
    if mention is None:
        return None
    if mention.entity is not None:
        return mention.entity.id if not mention.entity.id.startswith("doc:") else "name:" + _name(mention)
    return mention.place.id if mention.place is not None else None


def _name(mention: Mention) -> str:
    return " ".join(stem_of(word) for word in words_of(mention.text))
