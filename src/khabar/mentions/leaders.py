"""Holders of public office: their names, offices with dates, and the forms that an article uses for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from khabar.mentions.actors import Mark, marked, split_cell
from khabar.mentions.lexicon import Lexicon, names_forms, whole_words
from khabar.records import Entity
from khabar.resources import Tables
from khabar.text.names import name_key

__all__ = ["Leader", "LeaderName", "LeaderTable", "Office", "build_leaders"]


_SOUNDS = 6


class _Row(msgspec.Struct, frozen=True, rename={"since": "from", "until": "to"}):
    id: str
    name_en: str = ""
    name_ar: str = ""
    aliases_ar: str = ""
    aliases_en: str = ""
    country: str | None = None
    office_en: str = ""
    office_ar: str = ""
    body: str | None = None
    since: str | None = None
    until: str | None = None
    wikidata: str | None = None


class Office(msgspec.Struct, frozen=True):
    """An office with its dates (YYYY or YYYY-MM, None where open or not known); `body` is an actor's id."""

    name_en: str
    name_ar: str
    body: str | None
    since: str | None
    until: str | None


class Leader(msgspec.Struct, frozen=True):
    """A person of the table. `names` are the Arabic names with their marks (`*`: only in context)."""

    id: str
    name_en: str
    name_ar: str
    names: tuple[tuple[str, Mark], ...]
    aliases_en: tuple[str, ...]
    country: str | None
    wikidata: str | None
    offices: tuple[Office, ...]

    def entity(self) -> Entity:
        """What a mention of this person carries."""
        return Entity(self.id, self.wikidata, self.name_en, self.name_ar)


class LeaderName(msgspec.Struct, frozen=True):
    """What a form in the lexicon stands for."""

    leader: Leader
    mark: Mark


class LeaderTable:
    """The leaders by id, and the lexicon of their names; `office_words` the folded words of their offices."""

    def __init__(self, leaders: dict[str, Leader], whole: frozenset[str]) -> None:
        self.leaders = leaders
        entries = (
            (spelling, LeaderName(leader, mark))
            for leader in leaders.values()
            for name, mark in leader.names
            for spelling in _spellings(name)
        )
        self.lexicon: Lexicon[LeaderName] = Lexicon(entries, whole=whole)
        self._by_key = _unique_keys(leaders)
        self.office_words = {leader.id: frozenset(_office_words(leader)) for leader in leaders.values()}

    def is_sure(self, form: str) -> bool:
        """Whether a folded form is a name of the table that needs no context."""
        return any(not name.mark for name in self.lexicon.get(form))

    def of_spelling(self, name: str) -> Leader | None:
        """The leader whose full name sounds like this one (سيرجي لافروف, سيرغي لافروف), if it is only one."""
        key = name_key(name)
        return self._by_key.get(key) if _is_full(key) else None


def build_leaders(tables: Tables) -> LeaderTable:
    """The leaders of data/actors/leaders.tsv; the first row of an id has the names, each row an office."""
    first: dict[str, _Row] = {}
    offices: dict[str, list[Office]] = {}
    for row in tables.rows("actors/leaders.tsv", _Row):
        first.setdefault(row.id, row)
        if row.office_en or row.office_ar:
            office = Office(row.office_en, row.office_ar, row.body, row.since, row.until)
            offices.setdefault(row.id, []).append(office)
    leaders = {row.id: _leader(row, tuple(offices.get(row.id, ()))) for row in first.values()}
    return LeaderTable(leaders, tables.compiled(whole_words))


def _leader(row: _Row, offices: tuple[Office, ...]) -> Leader:
    names: dict[str, Mark] = {}
    for cell in (row.name_ar, *split_cell(row.aliases_ar)):
        name, mark = marked(cell)
        names[name] = mark or names.get(name, "")
    return Leader(
        row.id, row.name_en, marked(row.name_ar)[0], tuple(names.items()), split_cell(row.aliases_en), row.country,
        row.wikidata, offices,
    )  # fmt: skip


def _spellings(name: str) -> tuple[str, ...]:
    """A name with `عبد ال…` written in one word and in two."""
    joined = re.sub(r"\bعبد ال", "عبدال", name)
    return tuple(dict.fromkeys((name, joined, re.sub(r"\bعبدال", "عبد ال", name))))


def _is_full(key: str) -> bool:
    """Whether a key says enough to tell one person: two words, and six sounds in all."""
    return " " in key and len(key) > _SOUNDS


def _unique_keys(leaders: dict[str, Leader]) -> dict[str, Leader]:
    """Leaders by the keys of their full names, those that two share left out."""
    found: dict[str, Leader] = {}
    shared: set[str] = set()
    for leader in leaders.values():
        for key in dict.fromkeys(name_key(name) for name, mark in leader.names if not mark):
            if key in found and found[key] is not leader:
                shared.add(key)
            found[key] = leader
    return {key: leader for key, leader in found.items() if _is_full(key) and key not in shared}


def _office_words(leader: Leader) -> Iterator[str]:
    for name in names_forms([office.name_ar for office in leader.offices]):
        yield from name.split()
