"""The tables of actors, persons and countries, and the search by name in either script."""

from __future__ import annotations

import re

import pytest

from khabar.mentions.actors import ActorTable, build_actors
from khabar.mentions.leaders import LeaderTable, build_leaders
from khabar.mentions.lexicon import names_form
from khabar.mentions.vocabulary import build_vocabulary
from khabar.resources import load_resources


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load_resources().compiled(build_actors)


@pytest.fixture(scope="module")
def leaders() -> LeaderTable:
    return load_resources().compiled(build_leaders)


def rows(name: str) -> list[list[str]]:
    path = load_resources().tables.root / name
    lines = path.read_text("utf-8").split("\n")
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("actors/states.tsv", "id kind name_en name_ar aliases_ar aliases_en country part_of wikidata body"),
        ("actors/groups.tsv", "id kind name_en name_ar aliases_ar aliases_en country part_of wikidata"),
        ("actors/bodies.tsv", "alias_ar kind name_en body"),
        ("actors/usual.tsv", "body country actor"),
    ],
)
def test_columns(name: str, columns: str) -> None:
    first, *rest = rows(name)
    assert first == columns.split()
    assert all(len(row) == len(first) for row in rest)
    assert all(cell == cell.strip() for row in rest for cell in row)


def test_ids_are_unique() -> None:
    ids = [row[0] for name in ("actors/states.tsv", "actors/groups.tsv") for row in rows(name)[1:]]
    assert len(ids) == len(set(ids))
    assert all(entry.startswith("actor:") for entry in ids)


def test_there_are_enough_actors_and_aliases(table: ActorTable) -> None:
    actors = table.actors.values()
    assert len(actors) >= 600
    assert sum(len(actor.names) + len(actor.aliases_en) for actor in actors) / len(actors) >= 3
    assert all(actor.name_en and actor.name_ar for actor in actors)


def test_no_unmarked_alias_is_shared(table: ActorTable) -> None:
    owner: dict[str, str] = {}
    shared = []
    for actor in table.actors.values():
        for name, mark in actor.names:
            form = names_form(name)
            if not mark and owner.setdefault(form, actor.id) != actor.id:
                shared.append((name, owner[form], actor.id))
    assert shared == []


def test_part_of_and_usual_actors_exist(table: ActorTable) -> None:
    assert {actor.part_of for actor in table.actors.values() if actor.part_of} <= table.actors.keys()
    assert {row[2] for row in rows("actors/usual.tsv")[1:]} <= table.actors.keys()


@pytest.mark.parametrize("country", "SA YE SY IQ JO EG LY TN DZ MA KW BH QA AE IL TR IR US RU".split())
def test_the_main_bodies_of_the_region_have_actors(country: str, table: ActorTable) -> None:
    for body in ("government", "army", "police", "foreign-ministry", "interior-ministry"):
        assert table.body_of(body, country) is not None, body


def test_leaders(leaders: LeaderTable, table: ActorTable) -> None:
    assert len(leaders.leaders) >= 100
    for leader in leaders.leaders.values():
        assert leader.id.startswith("person:")
        assert leader.name_en
        assert leader.name_ar
        assert {office.body for office in leader.offices if office.body} <= table.actors.keys()


# Not sovereign: named in the table as places, without a word for their people.
_TERRITORIES = frozenset("BM GF GI GU KY MO NC".split())


def test_every_country_has_demonyms(table: ActorTable) -> None:
    first, *rest = rows("countries.tsv")
    without = {row[0] for row in rest if not row[first.index("demonyms_ar")]}
    states = {actor.country for actor in table.actors.values() if actor.kind == "state"}
    assert len(states) >= 193
    assert states & without <= _TERRITORIES
    vocabulary = load_resources().compiled(build_vocabulary)
    assert vocabulary.country("وللسوريين") == "SY"
    assert vocabulary.country("اليمنيه") == "YE"


@pytest.mark.parametrize(
    ("query", "actor"),
    [
        ("ISIS", "actor:islamic-state"),
        ("Daesh", "actor:islamic-state"),
        ("داعش", "actor:islamic-state"),
        ("hizbollah", "actor:hezbollah"),
        ("حزب الله", "actor:hezbollah"),
        ("Houthi", "actor:houthis"),
    ],
)
def test_search_in_either_script(query: str, actor: str, table: ActorTable) -> None:
    assert table.search(query)[0].id == actor


def test_search_for_nothing_finds_nothing(table: ActorTable) -> None:
    assert table.search("") == ()
    assert table.search("!") == ()
    assert len(table.search("قوات", limit=5)) == 5


def test_members(table: ActorTable) -> None:
    assert any(actor.id == "actor:amaq" for actor in table.members("actor:islamic-state"))


def test_a_leader_is_known_in_another_spelling(leaders: LeaderTable) -> None:
    lavrov = leaders.of_spelling("سيرجي لافروف")
    assert lavrov is not None
    assert lavrov == leaders.of_spelling("سيرغي لافروف")
    assert leaders.of_spelling("محمد") is None


def test_the_rows_checked_by_hand_are_rows_of_the_tables(table: ActorTable, leaders: LeaderTable) -> None:
    page = (load_resources().tables.root / "actors" / "CHECKED.md").read_text("utf-8")
    checked = re.findall(r"^\| ((?:actor|person):[\w-]+) \|", page, re.MULTILINE)
    assert len(set(checked)) >= 50
    assert set(checked) <= table.actors.keys() | leaders.leaders.keys()
