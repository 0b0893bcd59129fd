"""What of one document is compared with others: a small record made once from its reading.

All that follows (links, stories, origins, conflicts) is computed from profiles; readings are not opened again.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import replace

from khabar.corroborate.copies.credits import Credit
from khabar.records import EventType, Factuality, RoleName, SourceKind, Stance

__all__ = ["MEANS", "Amendment", "Figure", "Happening", "Profile", "Sharing", "Spot", "Telling", "Voice", "Where"]


MEANS = "MEANS"
"""In place of the type of an event: of what somebody came or was carried in, which no event counts."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Base: immutable, and so many that the collector need not look at them."""


class Figure(Piece, frozen=True, gc=False):
    """A number in a role; an open bound is None.

    `sure` is False for a count that no event was found for, unless it is of money, volume or weight: it counts where
    the story counts in that unit elsewhere.
    `of` is the type of the event that a count is of, empty where unknown: those who marched are not those arrested.
    `people` says that human beings or households are counted.
    """

    role: RoleName
    min: float | None
    max: float | None
    unit: str | None
    sure: bool = True
    of: str = ""
    people: bool = False


class Spot(Piece, frozen=True, gc=False):
    """A place of a happening: an id of the gazetteer, or `name:` and its name where it is not resolved.

    `name` are the stems of its name in the text, `rarity` that of the rarest of them (`khabar.corroborate.words`).
    """

    id: str
    name: str
    name_en: str | None
    parent: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str
    rarity: float = 0.0


class Where(Piece, frozen=True, gc=False):
    """Where a body is by its name: those words of it, the names of places among them, and its country's code."""

    words: tuple[str, ...]
    places: tuple[str, ...]
    nation: str


class Voice(Piece, frozen=True, gc=False):
    """Who stands behind a telling.

    `key` is equal for one source in any document: an actor's id, a person's name, or empty for the unnamed. `carrier`
    is the key of the outlet that brought it, empty where none is named; `before` are the words of the sentence before
    an unnamed source, since another outlet of the story may stand there. `speaker` is who spoke for a body, by name;
    `of` the body whose head (`heads`) or member a person is: with another report that names either, they are one
    source. `posts` are what is said before a person's name and after it, `where` says where a body is.
    """

    label: str
    kind: SourceKind
    key: str
    carrier: str = ""
    carrier_label: str = ""
    before: str = ""
    name_en: str | None = None
    speaker: str = ""
    of: str = ""
    heads: bool = False
    where: Where | None = None
    posts: tuple[str, ...] = ()


class Telling(Piece, frozen=True, gc=False):
    """One event as one claim of the document tells it; `voice` is None in the outlet's own.

    `denial`: what the claim denies of the happening, all of it or a part (its number, its doer, its way). `sure`: the
    telling is of the document's main happening beyond doubt; others are kept with their telling `words`, and count if
    the story's other reports speak of the same things. `tells`: it tells that something happened, and does not merely
    point at what did (`الانفجار`). `flat`: a denial that there was any of it (`أي هجوم`). `inner`: told inside somebody
    else's words, so that it is no origin of its own. `granted` are types of happenings that a denial takes for granted.
    """

    event: str
    claim: str | None
    type: EventType
    start: int
    stance: Stance
    factuality: Factuality
    voice: Voice | None
    figures: tuple[Figure, ...]
    denial: Literal["none", "full", "part"]
    sure: bool
    words: tuple[str, ...]
    tells: bool = False
    flat: bool = False
    inner: bool = False
    granted: tuple[str, ...] = ()


class Amendment(Piece, frozen=True, gc=False):
    """A number that the document takes back, and what it puts in its place."""

    role: RoleName
    unit: str | None
    old: float | None
    new: float


class Happening(Piece, frozen=True, gc=False):
    """What one report is about, with all that tells it from others and all who tell it.

    It stands from `start` to `end`. `event` names the event that stands for it, `types` are its type and those that the
    title names. `days` are ordinals of the first and last day it can have been on; `dated` says that the text gives
    them, else they are guessed from the publication. `told_days` and `places` (ids) are all that the text names,
    `spots` those of the event and the lead. Words are weighted stems: of the title (without who says it), of title and
    lead, the weightiest of all. `names` are stems of the persons, bodies and places that the text names, `lead_names`
    those of title and lead. `title_roots` are roots of the title's other words, `lead_roots` all of title and lead.
    `ordinals` are those of the title (the first, the second ship), `lead` the shingles of the passage that the title
    speaks of. `text_roots` are roots of `words` that the lead has not. `deed` are roots of the word for the happening,
    `steps` what title or first sentence tell that comes after another happening (a release, a burial),
    `told_steps` what the whole text does. `answers`: title or lead deny or correct what was told before; `answered` are
    the roots in which they do.
    """

    start: int
    end: int
    event: str
    type: EventType
    types: tuple[str, ...]
    days: tuple[int, int] | None
    dated: bool
    told_days: tuple[int, ...]
    spots: tuple[Spot, ...]
    places: tuple[str, ...]
    agents: tuple[str, ...]
    figures: tuple[Figure, ...]
    title_words: dict[str, float]
    ordinals: tuple[str, ...]
    lead_words: dict[str, float]
    words: dict[str, float]
    names: tuple[str, ...]
    lead_names: dict[str, float]
    title_roots: dict[str, float]
    lead_roots: dict[str, float]
    text_roots: dict[str, float]
    lead: tuple[int, ...]
    tellings: tuple[Telling, ...]
    amendments: tuple[Amendment, ...]
    deed: tuple[str, ...]
    steps: tuple[str, ...]
    told_steps: tuple[str, ...]
    answers: bool
    answered: dict[str, float]


class Profile(Piece, frozen=True, gc=False):
    """One document. `at` is its publication in UTC, empty where unknown; `publisher_key` is the key of an outlet.

    The first happening is the main one; a bulletin has one for each of its items, other documents one for each
    paragraph that turns to something else. `people` are those who spoke for a body, whatever they spoke of.
    """

    document: str
    external_id: str
    publisher: str | None
    publisher_key: str
    credit: Credit | None
    published: str | None
    at: str
    length: int
    happenings: tuple[Happening, ...]
    people: tuple[Voice, ...] = ()


class Sharing:
    """Makes profiles share their words and weights: as they are read from bytes each has its own, and a third of all
    memory goes to the same few hundred thousand words."""

    def __init__(self) -> None:
        self._strings: dict[str, str] = {}
        self._weights: dict[float, float] = {}

    def of(self, profile: Profile) -> Profile:
        """An equal profile."""
        return replace(profile, happenings=tuple(map(self._happening, profile.happenings)))

    def _happening(self, one: Happening) -> Happening:
        return replace(
            one, title_words=self._weighted(one.title_words), lead_words=self._weighted(one.lead_words),
            words=self._weighted(one.words), names=self._words_of(one.names), lead_names=self._weighted(one.lead_names),
            title_roots=self._weighted(one.title_roots), lead_roots=self._weighted(one.lead_roots),
            text_roots=self._weighted(one.text_roots), deed=self._words_of(one.deed),
            answered=self._weighted(one.answered),
            tellings=tuple(replace(telling, words=self._words_of(telling.words)) for telling in one.tellings),
        )  # fmt: skip

    def _weighted(self, words: dict[str, float]) -> dict[str, float]:
        weights = self._weights
        return {self._word(word): weights.setdefault(weight, weight) for word, weight in words.items()}

    def _words_of(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self._word, words))

    def _word(self, word: str) -> str:
        return self._strings.setdefault(word, word)
