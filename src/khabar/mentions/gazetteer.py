"""The gazetteer: places with their names, points and containers, and the words that stand before names of places."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from khabar.mentions.lexicon import Lexicon, readings
from khabar.text import kept

__all__ = ["Entry", "Gazetteer", "Head", "Point"]

_DEPTH = 6  # containers of containers
_AREA_KM = 15.0  # radius of a container that has none


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One place. `lat`, `lon` in degrees or None where no point was looked up; `weak`: its names need evidence."""

    id: str
    name_en: str
    name_ar: str
    country: str
    feature: str
    within: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    population: int
    weak: bool


class Point(msgspec.Struct, frozen=True, gc=False):
    """Where a place is; `own` is False where the point is that of its container."""

    lat: float
    lon: float
    radius_km: float | None
    own: bool


class Head(msgspec.Struct, frozen=True, gc=False):
    """A word before names of places: whether it belongs to the name, what features it asks for, what it opens.

    Before a word of `fields` it heads a body: مديرية أمن, مديرية التربية.
    """

    word: str
    inside: bool
    features: tuple[str, ...]
    opens: str
    tails: frozenset[str]
    fields: frozenset[str]


class Gazetteer:
    """Places by id and by name. Names are folded (`names_form`); `lexicon` gives entries for every name in a text.

    `guards` says which names are other words too, `demonyms` are the words for peoples (`سوري`, `سوريه`).
    """

    def __init__(
        self,
        entries: list[Entry],
        lexicon: Lexicon[Entry],
        guards: dict[str, str],
        heads: dict[str, Head],
        demonyms: frozenset[str],
    ) -> None:
        self.by_id = {entry.id: entry for entry in entries}
        self.lexicon = lexicon
        self.guards = guards
        self.heads = heads
        self.demonyms = demonyms
        self.countries = {entry.country: entry for entry in entries if entry.feature == "PCLI"}
        self._points: dict[str, Point | None] = {}
        self._chains: dict[str, tuple[str, ...]] = {}
        self.cut_head = kept(self._cut_head)

    def containers(self, entry: Entry) -> tuple[str, ...]:
        """Ids of what contains it, nearest first; the country last."""
        found = self._chains.get(entry.id)
        if found is None:
            found = self._chains[entry.id] = tuple(self._climb(entry))
        return found

    def _climb(self, entry: Entry) -> Iterator[str]:
        seen = {entry.id}
        place: Entry | None = entry
        while place is not None and place.within and place.within not in seen and len(seen) < _DEPTH:
            yield place.within
            seen.add(place.within)
            place = self.by_id.get(place.within)
        country = self.countries.get(entry.country)
        if country is not None and country.id not in seen:
            yield country.id

    def point(self, entry: Entry) -> Point | None:
        """Its own point, else that of the nearest container that has one, with the container's radius."""
        if entry.id not in self._points:
            self._points[entry.id] = self._find_point(entry)
        return self._points[entry.id]

    def _find_point(self, entry: Entry) -> Point | None:
        if entry.lat is not None and entry.lon is not None:
            return Point(entry.lat, entry.lon, entry.radius_km, True)
        for container in self.containers(entry):
            place = self.by_id.get(container)
            if place is not None and place.lat is not None and place.lon is not None:
                return Point(place.lat, place.lon, place.radius_km or _AREA_KM, False)
        return None

    def head(self, word: str) -> Head | None:
        """The head that a folded word is, clitics and all (`بمدينه`)."""
        found = self.cut_head(word)
        return found[1] if found is not None else None

    def _cut_head(self, word: str) -> tuple[int, Head] | None:
        """How many letters of a folded word are clitics, and the head that the rest is."""
        return next(((cut, self.heads[form]) for cut, form in readings(word) if form in self.heads), None)
