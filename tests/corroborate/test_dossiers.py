"""Three dossiers of invented news, read and corroborated as a user would, against what a reader finds in them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from corroborate.dossiers import NAMES, Counts, Figures, figures_of
from khabar.resources import load_resources


@cache
def figures() -> dict[str, Figures]:
    resources = load_resources()
    return {name: figures_of(name, resources) for name in NAMES}


def together(counts: Iterable[Counts]) -> Counts:
    whole = Counts()
    for one in counts:
        whole.right += one.right
        whole.wrong += one.wrong
        whole.missed += one.missed
        whole.notes += one.notes
    return whole


def test_reports_find_their_stories() -> None:
    values = {name: one.b3 for name, one in figures().items()}
    assert sum(values.values()) / len(values) >= 90, values


@pytest.mark.parametrize("name", NAMES)
def test_copies_are_found(name: str) -> None:
    copies = figures()[name].copies
    assert (copies.missed, copies.wrong) == (0, 0), copies.notes


def test_independent_sources_are_counted() -> None:
    found = figures().values()
    assert sum(one.stories for one in found) - sum(one.exact for one in found) <= 1, [one.notes for one in found]


@pytest.mark.parametrize(("part", "least"), [("denials", 90), ("conflicts", 85), ("corrections", 85)])
def test_who_denies_what_and_who_corrects_it(part: str, least: int) -> None:
    counts = together(getattr(one, part) for one in figures().values())
    assert counts.f1 >= least, counts.notes
