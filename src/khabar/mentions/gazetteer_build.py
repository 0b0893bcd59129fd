"""The gazetteer compiled from the tables of `data/gazetteer` and the user's own, which have the same columns.

A row without a feature adds names to the place of the same id in another table, or gives it a better point or the
English name that news uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from khabar.mentions.gazetteer import Entry, Gazetteer, Head
from khabar.mentions.lexicon import Lexicon, names_form, names_forms, whole_words
from khabar.resources import Tables, read_table

__all__ = ["PlaceRow", "build_gazetteer", "build_publishers", "build_villages"]

_TABLES = ("geonames", "divisions", "features", "sites", "extra", "yemen_subdistricts")
# Tables kept by hand, of things that news names by themselves: their names need no evidence beside them.
_BY_HAND = frozenset({"features", "sites", "extra"})
# People that make a town of the generated tables well known; the names of smaller ones need evidence.
_KNOWN_TOWN, _KNOWN_TOWN_ELSEWHERE = 20_000, 150_000
_REGION = frozenset("AE BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TN TR YE AF PK".split())


class PlaceRow(msgspec.Struct, frozen=True, gc=False):
    """One row of a table of places, the user's too."""

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
    fields: str = ""


class _Villages(msgspec.Struct, frozen=True, gc=False):
    within: str
    names_ar: str = ""


class _Publisher(msgspec.Struct, frozen=True):
    publisher: str
    country: str


def build_gazetteer(tables: Tables) -> Gazetteer:
    """Compile the tables (about 0.25 s for 17,000 places)."""
    rows: dict[str, tuple[PlaceRow, bool]] = {}
    more: list[PlaceRow] = []
    for row, by_hand in _all_rows(tables):
        if row.feature and row.id not in rows:
            rows[row.id] = (row, by_hand)
        else:
            more.append(row)
    countries = list(tables.rows("countries.tsv", _Country))
    guards = {guard.name: guard.level for guard in tables.rows("gazetteer/guarded.tsv", _Guard)}
    named, starred = _country_names(
        countries, {row.country: row.id for row, _ in rows.values() if row.feature == "PCLI"}
    )
    for form in starred:
        guards.setdefault(form, "soft")
    pairs = [(name, row.id) for row in _in_order(rows, more) for name in row.names_ar.split("|") if name] + named
    forms = names_forms([name for name, _ in pairs])
    entries = _entries(rows, more, pairs, forms)
    taken = frozenset(names_forms([name for name, _ in named]))
    kept = [
        (name, entries[number])
        for (name, number), form in zip(pairs, forms, strict=True)
        # A hamlet with a country's name is never what an article means by it.
        if number in entries and not (form in taken and entries[number].weak)
    ]
    demonyms = frozenset(names_forms([word for country in countries for word in country.demonyms_ar.split("|")]))
    guards = {name: level for name, level in guards.items() if level != "free"}
    lexicon = Lexicon(kept, whole=tables.compiled(whole_words))
    return Gazetteer(list(entries.values()), lexicon, guards, _heads(tables), demonyms)


def _all_rows(tables: Tables) -> Iterator[tuple[PlaceRow, bool]]:
    for name in _TABLES:
        for row in tables.rows(f"gazetteer/{name}.tsv", PlaceRow):
            yield row, name in _BY_HAND
    for path in tables.user_files("gazetteer", ".tsv"):
        for row in read_table(path, PlaceRow):
            yield row, False


def _in_order(rows: Mapping[str, tuple[PlaceRow, bool]], more: Iterable[PlaceRow]) -> Iterator[PlaceRow]:
    yield from (row for row, _ in rows.values())
    yield from more


def _country_names(countries: Iterable[_Country], ids: Mapping[str, str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Names of countries with their ids, and the folded ones that a star marks as another word too."""
    pairs: list[tuple[str, str]] = []
    starred: list[str] = []
    for country in countries:
        for cell in country.names_ar.split("|"):
            name = cell.strip().removesuffix("*").strip()
            if cell.strip().endswith("*"):
                starred.append(names_form(name))
            if name and country.iso2 in ids:
                pairs.append((name, ids[country.iso2]))
    return pairs, starred


def _entries(
    rows: Mapping[str, tuple[PlaceRow, bool]],
    more: Iterable[PlaceRow],
    pairs: Sequence[tuple[str, str]],
    forms: Sequence[str],
) -> dict[str, Entry]:
    better = {row.id: row for row in more if row.lat is not None}
    english = {row.id: row.name_en for row in more if row.name_en}
    names: dict[str, str] = {}
    forms_of: dict[str, list[str]] = {}
    for (name, number), form in zip(pairs, forms, strict=True):
        names.setdefault(number, name)
        forms_of.setdefault(number, []).append(form)
    towns = {
        (row.within, form): row
        for number, (row, _) in rows.items()
        if row.feature.startswith("PPL") and row.lat is not None
        for form in forms_of.get(number, ())
    }
    out: dict[str, Entry] = {}
    for number, (row, by_hand) in rows.items():
        point = better.get(number, row)
        if point.lat is None and row.feature in {"ADM2", "ADM3"}:
            # A district has the point of the town in the same division that gives it its name.
            point = next((towns[row.within, f] for f in forms_of.get(number, ()) if (row.within, f) in towns), row)
        name_en = english.get(number, row.name_en)
        out[number] = _entry(row, point, (name_en, names.get(number, "")), by_hand)
    return out


def _entry(row: PlaceRow, point: PlaceRow, names: tuple[str, str], by_hand: bool) -> Entry:
    known = _KNOWN_TOWN if row.country in _REGION else _KNOWN_TOWN_ELSEWHERE
    weak = not (by_hand or row.feature in {"ADM1", "PPLC", "PCLI"} or row.population >= known)
    return Entry(
        row.id, *names, row.country, row.feature, row.within, point.lat, point.lon, row.radius_km,
        row.population, weak,
    )  # fmt: skip


def _heads(tables: Tables) -> dict[str, Head]:
    rows = list(tables.rows("gazetteer/heads.tsv", _HeadRow))
    words = names_forms([row.word for row in rows])
    return {
        word: Head(
            word, row.span == "in", tuple(row.features.split("|")), row.opens,
            _forms(row.tails), _forms(row.fields),
        )
        for word, row in zip(words, rows, strict=True)
    }  # fmt: skip


def _forms(cell: str) -> frozenset[str]:
    return frozenset(names_forms([word for word in cell.split("|") if word]))


def build_villages(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Villages by folded name: the ids of the divisions that have one. Only for names that the text calls villages."""
    found: dict[str, list[str]] = {}
    for row in tables.rows("gazetteer/yemen_villages.tsv", _Villages):
        for name in names_forms(row.names_ar.split("|")):
            found.setdefault(name, []).append(row.within)
    return {name: tuple(ids) for name, ids in found.items()}


def build_publishers(tables: Tables) -> dict[str, str]:
    """The country of an outlet by its key."""
    return {row.publisher: row.country for row in tables.rows("gazetteer/publishers.tsv", _Publisher)}
