"""From a reading to its profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from khabar.corroborate.amendments import find_amendments
from khabar.corroborate.compare import Affinities, build_affinities
from khabar.corroborate.counting import Counting, build_counting
from khabar.corroborate.credits import Credits, build_credits
from khabar.corroborate.cues import Cues, build_cues
from khabar.corroborate.eventwords import EventWords, build_event_words
from khabar.corroborate.figures import find_numbers
from khabar.corroborate.focus import Focus
from khabar.corroborate.profiles import Figure, Happening, Profile, Spot
from khabar.corroborate.shingles import Signer
from khabar.corroborate.tellings import Teller
from khabar.corroborate.words import Rarity, build_rarity, stem_of, words_of
from khabar.dates import publication_day, published_utc
from khabar.records import Event, Mention, Reading
from khabar.resources import Tables

__all__ = ["Digester", "build_digester"]

_PLACES = ("place", "destination", "origin")
_BODY = 6000  # characters of a text whose words are compared
_BODY_WORDS = 80


class Digester(msgspec.Struct, frozen=True):
    """The tables that profiles are made with."""

    rarity: Rarity
    event_words: EventWords
    credits: Credits
    signer: Signer
    cues: Cues
    counting: Counting
    affinities: Affinities

    def profile(self, reading: Reading) -> Profile:
        """The profile of one reading; linear in its length."""
        return _Digest(reading, self).profile()


def build_digester(tables: Tables) -> Digester:
    """From the package's tables."""
    rarity = build_rarity(tables)
    return Digester(
        rarity, build_event_words(tables), build_credits(tables), Signer(rarity), build_cues(tables),
        build_counting(tables), build_affinities(tables),
    )  # fmt: skip


class _Digest:
    """One reading on its way to a profile."""

    def __init__(self, reading: Reading, tables: Digester) -> None:
        self.reading, self.tables = reading, tables
        self.document = reading.document
        self.mentions = {mention.id: mention for mention in reading.mentions}
        self.day = publication_day(self.document.published)
        self.title_words = words_of(self.document.title or "")
        self.focus = Focus(reading, tables.rarity, tables.event_words)
        self.passage = self.document.text[self.focus.start : self.focus.end]
        self.numbers = find_numbers(reading, tables.cues)
        self.amendments = find_amendments(self.document.title or "", self.passage, tables.cues, tables.counting)

    def profile(self) -> Profile:
        d, tables = self.document, self.tables
        return Profile(
            document=d.id, external_id=d.external_id, publisher=d.publisher,
            publisher_key=tables.credits.outlets.key(d.publisher) if d.publisher else "",
            credit=tables.credits.find(d.text, d.publisher), published=d.published, at=published_utc(d.published),
            language=d.language, length=len(d.text), title=d.title, title_words=self._weights(self.focus.title_stems),
            ordinals=tuple(sorted(tables.cues.ordinals(self.title_words))), words=self._words(), days=self._told_days(),
            places=tuple(sorted({m.place.id for m in self.reading.mentions if m.place})),
            lead=tuple(tables.signer.shingles(self.passage).tolist()), happenings=tuple(self._happenings()),
        )  # fmt: skip

    def _words(self) -> dict[str, float]:
        weights = self._weights([stem_of(word) for word in self.title_words + words_of(self.document.text[:_BODY])])
        heaviest = sorted(weights, key=lambda word: (-weights[word], word))[:_BODY_WORDS]
        return {word: weights[word] for word in sorted(heaviest)}

    def _told_days(self) -> tuple[int, ...]:
        """All days that the text names, as far as it names single ones."""
        spans = [span for mention in self.reading.mentions if (span := _span(mention)) and span[1] - span[0] <= 1]
        return tuple(sorted({day for first, last in spans for day in range(first, last + 1)}))

    def _happenings(self) -> Iterable[Happening]:
        if self.reading.events:
            main = max(self.reading.events, key=lambda event: (self._weigh(event), -event.trigger.start))
            yield self._happening(main)

    def _weigh(self, event: Event) -> float:
        days = self._days(event)
        return self.focus.weigh(event, self.day.toordinal() - days[1] if days and self.day else None)

    def _happening(self, main: Event) -> Happening:
        days = self._days(main) or self._passage_days()
        dated = days is not None
        if days is None and self.day:
            days = (self.day.toordinal() - 1, self.day.toordinal())
        teller = Teller(self.reading, self.focus, main, self.numbers, self.tables)
        return Happening(
            event=main.id, type=main.type, types=tuple(sorted({main.type, *self.focus.title_types})),
            days=days,
            dated=dated, spots=tuple(self._spots(main)), agents=self._agents(main),
            figures=self._figures(),
            words=self._weights(self.focus.title_stems + [stem_of(word) for word in words_of(self.passage)]),
            tellings=tuple(teller.tellings()),
            amendments=self.amendments,
        )  # fmt: skip

    def _days(self, event: Event) -> tuple[int, int] | None:
        spans = [
            span for role in event.roles if role.role == "time" and role.mention
            and (span := _span(self.mentions.get(role.mention))) is not None
        ]  # fmt: skip
        return min(spans, key=lambda span: (span[1] - span[0], span)) if spans else None

    def _passage_days(self) -> tuple[int, int] | None:
        inside = [m for m in self.reading.mentions if self.focus.start <= m.start < self.focus.end]
        spans = [span for m in inside if (span := _span(m)) is not None]
        if self.day:
            spans = [span for span in spans if -2 <= self.day.toordinal() - span[0] <= 7]
        return min(spans, key=lambda span: span[1] - span[0]) if spans else None

    def _spots(self, event: Event) -> Iterable[Spot]:
        seen: set[str] = set()
        ids = [role.mention for role in event.roles if role.role in _PLACES and role.mention]
        inside = [m.id for m in self.reading.mentions if self.focus.start <= m.start < self.focus.end]
        for key in [*ids, *inside]:
            spot = _spot(self.mentions.get(key))
            if spot and spot.id not in seen:
                seen.add(spot.id)
                yield spot

    def _agents(self, event: Event) -> tuple[str, ...]:
        keys = (_key(self.mentions.get(role.mention or "")) for role in event.roles if role.role == "agent")
        return tuple(sorted({key for key in keys if key}))

    def _figures(self) -> tuple[Figure, ...]:
        """Those of the passage of interest."""
        start, end = self.focus.start, self.focus.end
        return tuple(number.figure for number in self.numbers if start <= number.start < end and not number.part)

    def _weights(self, terms: Sequence[str]) -> dict[str, float]:
        counts: dict[str, int] = {}
        for term in terms:
            counts[term] = counts.get(term, 0) + 1
        rarity = self.tables.rarity
        return {term: round(min(count, 3) ** 0.5 * w, 3) for term, count in counts.items() if (w := rarity.of(term))}


def _span(mention: Mention | None) -> tuple[int, int] | None:
    """First and last day of a time of at most two weeks."""
    time = mention.time if mention else None
    if time is None or time.earliest is None or time.latest is None or time.type not in {"DATE", "TIME"}:
        return None
    try:
        days = date.fromisoformat(time.earliest[:10]).toordinal(), date.fromisoformat(time.latest[:10]).toordinal()
    except ValueError:
        return None
    return days if 0 <= days[1] - days[0] <= 14 else None


def _spot(mention: Mention | None) -> Spot | None:
    if mention is None or mention.type != "PLACE":
        return None
    if mention.place is None:
        within = mention.unresolved.within if mention.unresolved else None
        return Spot("name:" + _name(mention), _name(mention), None, within, None, None, None, "near")
    p = mention.place
    return Spot(p.id, _name(mention), p.name_en, p.parent, p.lat, p.lon, p.radius_km, p.precision)


def _key(mention: Mention | None) -> str | None:
    """What an actor is compared by: its id, or its name where that is all there is."""
    if mention is None:
        return None
    if mention.entity is not None:
        return mention.entity.id if not mention.entity.id.startswith("doc:") else "name:" + _name(mention)
    return mention.place.id if mention.place is not None else None


def _name(mention: Mention) -> str:
    return " ".join(stem_of(word) for word in words_of(mention.text))
