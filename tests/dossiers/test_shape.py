"""The dossiers themselves: sizes, ids that exist, copies that are copies, and counts that agree with their lists."""

from __future__ import annotations

import itertools
import json
import typing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from khabar.corroborate.copies import find_copies
from khabar.corroborate.copies.shingles import Shingler
from khabar.records import EventType, RoleName, SourceKind

HERE = Path(__file__).parent
NAMES = sorted(path.parent.name for path in HERE.glob("*/truth.json"))
FIELDS = {"id", "publisher", "url", "published", "title", "text"}
NAMED = {"named_person", "organization", "media", "document"}

pytestmark = pytest.mark.parametrize("name", NAMES)


@cache
def articles(name: str) -> dict[str, dict[str, Any]]:
    lines = (HERE / name / "articles.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


@cache
def truth(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((HERE / name / "truth.json").read_text("utf-8"))
    return loaded


def test_articles_are_many_and_of_the_length_of_news(name: str) -> None:
    rows = articles(name).values()
    lengths = [len(row["text"].split()) for row in rows]
    assert 12 <= len(rows) <= 14
    assert sum(100 <= length <= 200 for length in lengths) > len(rows) * 2 / 3
    assert all(40 <= length <= 300 for length in lengths)
    assert len({row["publisher"] for row in rows}) >= 5
    for row in rows:
        assert set(row) == FIELDS
        assert ".example/" in row["url"]
        assert row["published"] is None or datetime.fromisoformat(row["published"]).tzinfo is not None


def test_every_id_of_the_truth_exists(name: str) -> None:
    known = articles(name).keys()
    found = set()
    for story in truth(name)["stories"]:
        reports = [report["document"] for report in story["reports"]]
        assert len(set(reports)) == len(reports) >= 2
        assert sum(report["main"] for report in story["reports"]) >= 2
        for origin in story["origins"]:
            found |= set(origin["documents"])
            assert set(origin["documents"]) <= set(reports)
        for value in (value for conflict in story["conflicts"] for value in conflict["values"]):
            assert set(value["documents"]) <= set(reports)
        for note in story["denials"] + story["corrections"]:
            assert note["document"] in reports
        assert set(reports) <= known
    assert found <= known


def test_counts_agree_with_the_lists(name: str) -> None:
    for story in truth(name)["stories"]:
        assert story["type"] in typing.get_args(EventType)
        kinds = [origin["kind"] for origin in story["origins"]]
        assert set(kinds) <= set(typing.get_args(SourceKind))
        named = sum(kind in NAMED for kind in kinds)
        assert story["independent"] == {"named": named, "unnamed": len(kinds) - named}, story["id"]
        full = {denial["by"] for denial in story["denials"] if denial["full"]}
        assert not full & {origin["label"] for origin in story["origins"]}, "who denies the whole is no origin"


def test_conflicting_values_exclude_each_other(name: str) -> None:
    for story in truth(name)["stories"]:
        for conflict in story["conflicts"]:
            assert conflict["role"] in typing.get_args(RoleName)
            bounds = sorted((value["min"], value["max"]) for value in conflict["values"])
            assert len(bounds) >= 2
            assert all(left[1] < right[0] for left, right in itertools.pairwise(bounds))
        for correction in story["corrections"]:
            assert correction["role"] in typing.get_args(RoleName)
            assert correction["from"] != correction["to"]


def test_copies_share_half_of_their_shingles_and_nothing_else_does(name: str) -> None:
    ids = list(articles(name))
    shingler = Shingler()
    pairs = find_copies([shingler.shingles(articles(name)[external_id]["text"]) for external_id in ids])
    jaccard = {(ids[pair.left], ids[pair.right]): pair.jaccard for pair in pairs}
    group = {external_id: external_id for external_id in ids}
    for copies in truth(name)["copies"]:
        original, *others = copies["documents"]
        for other in others:
            first, second = sorted((original, other), key=ids.index)
            assert (first, second) in jaccard
            assert (jaccard[first, second] >= 0.5) == (copies["kind"] == "whole")
            group = {member: group[original] if label == group[other] else label for member, label in group.items()}
    for left, right in jaccard:
        assert group[left] == group[right], f"{left} and {right} are copies that the truth does not list"
