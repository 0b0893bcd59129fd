"""Where a body is, as far as its name says: شرطة | ولاية سنار, الجمارك | اللبنانية, خفر السواحل | بالمنطقة الشرقية."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from khabar.corroborate.naming import AREAS, OFFICES, plain, without_gender
from khabar.corroborate.profiles import Voice, Where
from khabar.corroborate.words import words_of
from khabar.resources import Tables
from khabar.text import fold

__all__ = ["Gazette", "build_gazette", "located", "where_of"]

_LOCAL = frozenset(
    {"شرطه", "امن", "درك", "جمارك", "صحه", "تربيه", "زراعه", "حرس", "خفر", "مرور", "حكومه", "بلديه", "محافظه"}
)
"""Bodies that every place has its own of: the word after them is a place's name."""
_LONGEST = 3  # words of a place's name
_OWN = 2  # words of a name at least that stand before where it is
_TABLES = ("gazetteer/divisions.tsv", "gazetteer/geonames.tsv", "gazetteer/extra.tsv")
_STATE, _CAPITAL, _AMBIGUOUS = "state", "~", "*"


class Gazette(msgspec.Struct, frozen=True):
    """Folded names without articles: of places, and the codes of countries by what they, their people and their
    capitals are called."""

    places: frozenset[str]
    nations: dict[str, str]
    states: dict[str, str]
    capitals: dict[str, str]


class _Place(msgspec.Struct, frozen=True):
    names_ar: str = ""


class _Country(msgspec.Struct, frozen=True):
    iso2: str
    names_ar: str = ""
    demonyms_ar: str = ""


class _Actor(msgspec.Struct, frozen=True):
    kind: str
    name_ar: str = ""
    aliases_ar: str = ""
    country: str = ""


def build_gazette(tables: Tables) -> Gazette:
    """From the tables of places, countries and states."""
    places = {
        _plain(name) for table in _TABLES for row in tables.rows(table, _Place) for name in row.names_ar.split("|")
    }
    nations: dict[str, str] = {}
    states: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for country in tables.rows("countries.tsv", _Country):
        for name in country.demonyms_ar.split(" | "):
            nations.setdefault(_plain(name), country.iso2)
        for name in country.names_ar.split(" | "):
            if not name.endswith(_AMBIGUOUS):
                states.setdefault(_plain(name), country.iso2)
    for actor in tables.rows("actors/states.tsv", _Actor):
        if actor.kind == _STATE:
            for name in (actor.name_ar, *actor.aliases_ar.split(" | ")):
                if not name.endswith(_AMBIGUOUS):
                    known = capitals if name.endswith(_CAPITAL) else states
                    known.setdefault(_plain(name.rstrip(_CAPITAL)), actor.country)
    for one in (nations, states):
        one.pop("", None)
    return Gazette(frozenset(places - {""}), nations, states, capitals)


def located(voice: Voice, gazette: Gazette) -> Voice:
    """The voice of a body with where that is."""
    if voice.kind != "organization" or voice.where is not None:
        return voice
    where = where_of(voice.label, gazette)
    return replace(voice, where=where) if where is not None else voice


def where_of(name: str, gazette: Gazette) -> Where | None:
    """The words of a body's name that say where it is, None for none."""
    words = words_of(name)
    tokens = [plain(word) for word in words]
    whole = " ".join(tokens)
    state = gazette.states.get(whole) or gazette.capitals.get(whole)
    if state:
        return Where(tuple(tokens), (), state)
    at = {*_in_area(tokens), *_named(words, tokens, gazette), *_inside(tokens)}
    national = {i: code for i, token in enumerate(tokens) if i and (code := _nation(token, gazette))}
    names = [tokens[i] if tokens[i] in gazette.places else _bare(tokens[i]) for i in sorted(at - national.keys())]
    places = tuple(name for name in names if name not in AREAS and name != "في")
    said = tuple(tokens[i] for i in sorted({*at, *national}))
    return Where(said, places, next(iter(national.values()), "")) if said else None


def _nation(token: str, gazette: Gazette) -> str:
    return gazette.nations.get(token) or gazette.states.get(token) or gazette.states.get(_bare(token), "")


def _in_area(tokens: Sequence[str]) -> Iterator[int]:
    """What stands at the end behind محافظة, بالمنطقة and their like."""
    for i in range(1, len(tokens)):
        if _bare(tokens[i]) in AREAS:
            yield from range(i, min(len(tokens), i + 1 + _LONGEST))
            return


def _inside(tokens: Sequence[str]) -> Iterator[int]:
    """What follows في in the name of a body, whether that place is known or not: نقابة العمال | في الحمراوين."""
    at = next((i for i in range(_OWN, len(tokens) - 1) if tokens[i] == "في"), None)
    if at is not None:
        yield from range(at, len(tokens))


def _named(words: Sequence[str], tokens: Sequence[str], gazette: Gazette) -> Iterator[int]:
    """The name of a place that ends a name, where it cannot be the body's own, مستشفى | السلام, or describe the word
    before it, النقل | البري."""
    for size in range(min(_LONGEST, len(tokens) - 1), 0, -1):
        start = len(tokens) - size
        whole = " ".join(tokens[start:]) in gazette.places
        joined = not whole and " ".join([_bare(tokens[start]), *tokens[start + 1 :]]) in gazette.places
        if not (whole or joined):
            continue
        if OFFICES.issuperset(map(without_gender, tokens[:start])):
            return  # قوات | التحالف
        describes = words[start].startswith(("ال", "وال")) and words[start - 1].startswith(("ال", "لل"))
        if joined or tokens[start - 1] == "في" or (not describes and (start > 1 or tokens[0] in _LOCAL | AREAS)):
            yield from range(start, len(tokens))
        return


def _bare(token: str) -> str:
    """A word without the preposition that is joined to it: بولاية, لمدينة, بالمنطقة."""
    if token.startswith("بال") and len(token) > 5:
        return token[3:]
    return token[1:] if token[:1] in {"ب", "ل"} and len(token) > 4 and token not in AREAS else token


def _plain(name: str) -> str:
    return " ".join(plain(fold(word)) for word in name.split())
