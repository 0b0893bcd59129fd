"""The result of any order of arrival, and of any split into runs, is that of all documents at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corroborate.worlds import Remembering, Told, run, told, world
from khabar.corroborate import copies, links
from khabar.corroborate.corpus import Corpus, Ties
from khabar.corroborate.digest import build_digester
from khabar.corroborate.records import Story
from khabar.resources import load_resources

RESOURCES = load_resources()
Step = tuple[list[int], list[int], list[int]]
"""Documents that come, that go, and that are read otherwise."""


@pytest.fixture(autouse=True, params=["sparse", "crowded"])
def crowd(request: pytest.FixtureRequest) -> Iterator[None]:
    """Also with so low a measure of what is common that a small world is crowded."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "crowded":
            patch.setattr(links, "_COMMON", 3)
            patch.setattr(links, "_NEIGHBOURS", 1)
            patch.setattr(copies, "_COMMON", 3)
        yield


def otherwise(one: Told) -> Told:
    """The same document, read without its mentions."""
    events = tuple(msgspec.structs.replace(event, roles=()) for event in one.reading.events)
    reading = msgspec.structs.replace(one.reading, mentions=(), events=events)
    return told(reading, RESOURCES.compiled(build_digester))


def result(found: Corpus, stories: list[Story]) -> dict[str, Any]:
    return {
        "stories": [msgspec.json.encode(story) for story in stories],
        "ids": [(one.id, one.basis, one.members) for one in found.stories],
        "copies": [msgspec.json.encode(one) for one in found.copies],
        "links": found.links,
        "scores": found.scores,
    }


def at_once(documents: list[Told], ties: Ties) -> dict[str, Any]:
    found = run(documents, Remembering(documents), RESOURCES, ties)
    return result(found, [one.story for one in found.stories if one.story])


def pairs() -> st.SearchStrategy[list[tuple[str, str]]]:
    names = [f"{one.profile.document}/{h.event}" for one in world() for h in one.profile.happenings]
    return st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=3)


def steps() -> st.SearchStrategy[list[Step]]:
    # Documents of one happening stand next to each other, and meet.
    near = st.tuples(st.integers(0, len(world()) - 9), st.integers(3, 9)).map(lambda some: range(some[0], sum(some)))
    some = st.lists(near, min_size=1, max_size=4).map(lambda ranges: sorted({at for one in ranges for at in one}))
    few = st.lists(st.integers(0, 19), unique=True, max_size=4)
    return st.lists(st.tuples(some, few, few), min_size=1, max_size=4)


@settings(max_examples=25)
@given(steps(), st.lists(st.builds(Ties, pairs().map(tuple), pairs().map(tuple)), min_size=4, max_size=4), st.randoms())
def test_any_order_and_any_split(taken: list[Step], said: list[Ties], random: Any) -> None:
    pool = world()
    present: dict[int, Told] = {}
    memory = Remembering(pool)
    for (come, go, change), ties in zip(taken, said, strict=False):
        here = sorted(present)
        for index in {here[at] for at in go if at < len(here)}:
            memory.forget(present.pop(index).profile.document)
        here = sorted(present)
        for index in {here[at] for at in change if at < len(here)}:
            memory.forget(present[index].profile.document)
            present[index] = otherwise(present[index])
        for index in come:
            present.setdefault(index, pool[index])
        documents = list(present.values())
        random.shuffle(documents)
        found = run(documents, memory, RESOURCES, ties)
        got = result(found, memory.keep(found))
        random.shuffle(documents)
        assert got == at_once(documents, ties)


def named(*names: str) -> list[Told]:
    return [one for one in world() if one.reading.document.external_id in names]


def test_an_original_that_comes_late_changes_who_is_cited() -> None:
    """It stands outside the story: only through another copy does it tell whose words the story's are."""
    memory = Remembering(world())
    some, more = named("chain-a", "chain-b"), named("chain-a", "chain-b", "chain-c")
    before = memory.keep(run(some, memory, RESOURCES))
    found = run(more, memory, RESOURCES)
    after = memory.keep(found)
    assert result(found, after) == at_once(more, Ties())

    def origins(stories: list[Story]) -> set[str]:
        return {
            origin.label
            for story in stories if "chain-a" in {report.external_id for report in story.reports}
            for origin in story.origins
        }  # fmt: skip

    assert origins(before) != origins(after)
