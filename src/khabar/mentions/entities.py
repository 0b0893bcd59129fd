"""Whom a name means: an actor of the tables, or an entity that only this document explains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from khabar.mentions.actors import Actor, ActorTable, Body
from khabar.mentions.countries import Countries
from khabar.mentions.leaders import Leader, LeaderTable
from khabar.mentions.name_words import name_parts
from khabar.mentions.vocabulary import Vocabulary
from khabar.records import Candidate, Entity, Unresolved

__all__ = ["NameSpan", "Referents"]

_CANDIDATES = 3
_REACH = 6  # words before a name that may tell its office


class NameSpan(msgspec.Struct, frozen=True, gc=False):
    """A name in sentence `sentence`, tokens `[first, last)`, without `cut` letters of clitics.

    `rank` orders equal spans: 0 a known name, 1 an organisation by its head, 2 a person.
    """

    sentence: int
    first: int
    last: int
    cut: int
    type: Literal["PERSON", "ORG"]
    actors: tuple[Actor, ...]
    body: Body | None
    leaders: tuple[Leader, ...]
    rank: int


class Referents:
    """The entities of one document; asked for its names in the order of the text, it numbers the unknown ones."""

    def __init__(
        self,
        table: ActorTable,
        leaders: LeaderTable,
        countries: Countries,
        vocabulary: Vocabulary,
        lines: Sequence[Sequence[str]],
        spans: Sequence[NameSpan],
    ) -> None:
        self._table = table
        self._leaders = leaders
        self._countries = countries
        self._vocabulary = vocabulary
        self._lines = lines
        self._bodies = {(span.sentence, span.first): span.body for span in spans if span.body is not None}
        persons = [span for span in spans if span.type == "PERSON"]
        self._full = _full_names([self._words(span) for span in persons])
        self._known = {(span.sentence, span.first): span for span in persons if span.leaders}
        self._named: dict[tuple[str, ...], Leader] = {}
        for span in persons:
            leader = self._leader_of(span)
            if leader is not None:
                self._named.setdefault(_joined(self._words(span)), leader)
        self._unknown: dict[tuple[str, tuple[str, ...]], Entity] = {}

    def of(self, span: NameSpan, text: str) -> tuple[Entity | None, Unresolved | None]:
        """The entity of a name, or why there is none."""
        if span.type == "PERSON":
            return self._person(span, text)
        if span.actors:
            return self._actor(span.actors)
        body = span.body or self._bodies.get((span.sentence, span.first))
        country = self._named_country(span) or (self._countries.of(span.sentence) if span.body else None)
        actor = self._table.body_of(body.body, country) if body and country else None
        if actor is not None:
            return actor.entity(), None
        if span.body is not None:
            return None, self._open_body(span.body)
        return self._of_document("ORG", self._words(span), text), None

    def _person(self, span: NameSpan, text: str) -> tuple[Entity | None, Unresolved | None]:
        """A leader by this name or by the full name that it is short for; else a person of the document."""
        words = self._words(span)
        full = self._full.get(_joined(words), words)
        leader = self._leader_of(span) if full == words else self._named.get(_joined(full))
        if leader is not None:
            return leader.entity(), None
        if span.leaders and full == words:
            return None, _ambiguous([(leader.id, leader.name_en) for leader in span.leaders])
        return self._of_document("PERSON", full, " ".join(full) if full != words else text), None

    def _leader_of(self, span: NameSpan) -> Leader | None:
        """The one leader of a name in the table: of several, the one of the country, or whose office stands before."""
        words = self._words(span)
        known = self._known.get((span.sentence, span.first))
        fits = known is not None and known.cut == span.cut and (known.last == span.last or known.last - known.first > 1)
        if known is None or not fits:
            return self._leaders.of_spelling(" ".join(words)) if len(words) > 1 else None
        if len(known.leaders) == 1:
            return known.leaders[0]
        country = self._countries.of(span.sentence)
        before = frozenset(self._lines[span.sentence][max(0, span.first - _REACH) : span.first])
        scores = [
            (leader.country == country) + 2 * len(before & self._leaders.office_words[leader.id])
            for leader in known.leaders
        ]
        best = max(scores)
        return known.leaders[scores.index(best)] if best and scores.count(best) == 1 else None

    def _words(self, span: NameSpan) -> tuple[str, ...]:
        words = self._lines[span.sentence]
        return (words[span.first][span.cut :], *words[span.first + 1 : span.last])

    def _named_country(self, span: NameSpan) -> str | None:
        """The country of a demonym inside the name: `الجيش الكاميروني`."""
        return next(filter(None, map(self._vocabulary.country, self._words(span)[1:])), None)

    def _actor(self, actors: tuple[Actor, ...]) -> tuple[Entity | None, Unresolved | None]:
        """The one actor of a name; of several, the one of the article's country."""
        if len(actors) == 1:
            return actors[0].entity(), None
        main = self._countries.main()
        here = [actor for actor in actors if actor.country == main and main is not None]
        if len(here) == 1:
            return here[0].entity(), None
        return None, _ambiguous([(actor.id, actor.name_en) for actor in actors])

    def _open_body(self, body: Body) -> Unresolved:
        ranked = [self._table.body_of(body.body, country) for country, _ in self._countries.ranked()]
        found = [actor for actor in ranked if actor is not None]
        return _ambiguous([(actor.id, actor.name_en) for actor in found]) if found else Unresolved("unknown")

    def _of_document(self, kind: str, words: tuple[str, ...], name: str) -> Entity:
        key = (kind, _joined(words))
        if key not in self._unknown:
            self._unknown[key] = Entity(f"doc:{len(self._unknown) + 1}", None, None, name)
        return self._unknown[key]


def _ambiguous(found: Sequence[tuple[str, str]]) -> Unresolved:
    share = round(1 / len(found), 2)
    candidates = tuple(Candidate(entity, name, None, None, share) for entity, name in found[:_CANDIDATES])
    return Unresolved("ambiguous", candidates=candidates)


def _joined(words: Sequence[str]) -> tuple[str, ...]:
    """Words with the parts of compounds joined, so that `عبد الله` and `عبدالله` are one name."""
    return tuple(part.replace(" ", "") for part in name_parts(words))


def _full_names(names: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For each short form the first full name in the document that it may stand for: its last parts, or its first."""
    full: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words in names:
        parts = _joined(words)
        for start in range(1, len(parts)):
            full.setdefault(parts[start:], words)
            full.setdefault(parts[start : start + 1], words)
        if len(parts) > 1:
            full.setdefault(parts[:1], words)
    return {short: _longest_of(words, full) for short, words in full.items()}


def _longest_of(words: tuple[str, ...], full: dict[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    """`علي صالح` that is itself the short form of a longer name leads on to that one."""
    longer = full.get(_joined(words))
    return longer if longer is not None and len(longer) > len(words) else words
