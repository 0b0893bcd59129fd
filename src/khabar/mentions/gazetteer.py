"""The gazetteer: places with their names, points and containers, and the words that stand before names of places.

Compiled from the tables of `data/gazetteer` and the user's own, which have the same columns. A row without a feature
adds names (or a better point) to the place of the same id in another table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from khabar.mentions.lexicon import Lexicon, names_forms, readings, whole_words
from khabar.resources import Tables, read_table

__all__ = ["Entry", "Gazetteer", "Head", "Point", "build_gazetteer", "build_villages", "country_of"]

TABLES = ("geonames", "divisions", "features", "sites", "extra", "yemen_subdistricts")
# Tables kept by hand, or of things that news names by themselves: their names need no evidence beside them.
_BY_HAND = frozenset({"features", "sites", "extra"})
# People that make a town of the generated tables well known; the names of smaller ones need evidence.
_KNOWN_TOWN, _KNOWN_TOWN_ELSEWHERE = 20_000, 150_000
_REGION = frozenset("AE BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TN TR YE AF PK".split())
_DEPTH = 6  # containers of containers
_EARTH_KM = 6371.0


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
    """A word before names of places: whether it belongs to the name, what features it asks for, what it opens."""

    word: str
    inside: bool
    features: tuple[str, ...]
    opens: str
    tails: frozenset[str]


class _Row(msgspec.Struct, frozen=True, gc=False):
    id: str
    name_en: str = ""
    names_ar: str = ""
    country: str = ""
    feature: str = ""
    within: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    population: int = 0
    source: str = ""


class _Country(msgspec.Struct, frozen=True, gc=False):
    iso2: str
    name_en: str
    names_ar: str = ""
    demonyms_ar: str = ""


class _Guard(msgspec.Struct, frozen=True, gc=False):
    name: str
    level: str


class _HeadRow(msgspec.Struct, frozen=True, gc=False):
    word: str
    span: str
    features: str = ""
    opens: str = ""
    tails: str = ""


class _Villages(msgspec.Struct, frozen=True, gc=False):
    within: str
    names_ar: str = ""


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
                return Point(place.lat, place.lon, place.radius_km or 15.0, False)
        return None

    def head(self, word: str) -> Head | None:
        """The head that a folded word is, clitics and all (`بمدينه`)."""
        for _, form in readings(word):
            head = self.heads.get(form)
            if head is not None:
                return head
        return None


def build_gazetteer(tables: Tables) -> Gazetteer:
    """Compile the tables (about 0.2 s for 17,000 places)."""
    rows: dict[str, tuple[_Row, bool]] = {}
    more: list[_Row] = []
    for row, by_hand in _all_rows(tables):
        if row.feature and row.id not in rows:
            rows[row.id] = (row, by_hand)
        else:
            more.append(row)
    pairs: list[tuple[str, str]] = []
    for row in [row for row, _ in rows.values()] + more:
        pairs.extend((name, row.id) for name in row.names_ar.split("|") if name)
    guards = {guard.name: guard.level for guard in tables.rows("gazetteer/guarded.tsv", _Guard)}
    countries = list(tables.rows("countries.tsv", _Country))
    pairs += _country_names(countries, rows.values(), guards)
    points = {row.id: row for row in more if row.lat is not None}
    names: dict[str, str] = {}
    for name, number in pairs:
        names.setdefault(number, name)
    entries = {number: _entry(row, points.get(number), names.get(number, ""), by_hand)
               for number, (row, by_hand) in rows.items()}  # fmt: skip
    lexicon = Lexicon([(name, entries[number]) for name, number in pairs if number in entries],
                      whole=whole_words(tables))  # fmt: skip
    guards = {name: level for name, level in guards.items() if level != "free"}
    demonyms = names_forms([word for country in countries for word in country.demonyms_ar.split("|")])
    return Gazetteer(list(entries.values()), lexicon, guards, _heads(tables), frozenset(demonyms))


def _all_rows(tables: Tables) -> Iterator[tuple[_Row, bool]]:
    for name in TABLES:
        for row in tables.rows(f"gazetteer/{name}.tsv", _Row):
            yield row, name in _BY_HAND
    for path in tables.user_files("gazetteer", ".tsv"):
        for row in read_table(path, _Row):
            yield row, False


def _country_names(
    countries: Iterable[_Country], rows: Iterable[tuple[_Row, bool]], guards: dict[str, str]
) -> list[tuple[str, str]]:
    """Names of countries from `countries.tsv`; one with a star is another word too and is guarded."""
    ids = {row.country: row.id for row, _ in rows if row.feature == "PCLI"}
    pairs: list[tuple[str, str]] = []
    for country in countries:
        for name in country.names_ar.split("|"):
            bare = name.strip()
            if bare.endswith("*"):
                bare = bare.removesuffix("*").strip()
                guards.setdefault(names_forms([bare])[0], "soft")
            if bare and country.iso2 in ids:
                pairs.append((bare, ids[country.iso2]))
    return pairs


def _entry(row: _Row, better: _Row | None, name: str, by_hand: bool) -> Entry:
    known = _KNOWN_TOWN if row.country in _REGION else _KNOWN_TOWN_ELSEWHERE
    weak = not (by_hand or row.feature in {"ADM1", "PPLC", "PCLI"} or row.population >= known)
    point = better if better is not None else row
    return Entry(
        row.id, row.name_en, name, row.country, row.feature, row.within, point.lat, point.lon, row.radius_km,
        row.population, weak,
    )  # fmt: skip


def _heads(tables: Tables) -> dict[str, Head]:
    rows = list(tables.rows("gazetteer/heads.tsv", _HeadRow))
    words = names_forms([row.word for row in rows])
    return {
        word: Head(
            word, row.span == "in", tuple(row.features.split("|")), row.opens,
            frozenset(names_forms([tail for tail in row.tails.split("|") if tail])),
        )
        for word, row in zip(words, rows, strict=True)
    }  # fmt: skip


def build_villages(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Villages by folded name: the ids of the divisions that have one. Only for names that the text calls villages."""
    found: dict[str, list[str]] = {}
    for row in tables.rows("gazetteer/yemen_villages.tsv", _Villages):
        for name in names_forms(row.names_ar.split("|")):
            found.setdefault(name, []).append(row.within)
    return {name: tuple(ids) for name, ids in found.items()}


def country_of(entry: Entry) -> str | None:
    """Its ISO code, or None for what lies in several countries or in none."""
    return entry.country or None
