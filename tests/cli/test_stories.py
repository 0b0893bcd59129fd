"""`khabar corroborate`, `stories`, `story` and `copies`, as somebody new to them would call them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from corroborate.dossiers import FOLDER
from khabar.cli.app import app


def run(*args: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("stories") / "k.db"
    assert run("ingest", FOLDER / "diyala" / "articles.jsonl", "--db", db)[0] == 0
    return db


@pytest.fixture(scope="module")
def db(ingested: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Told what to do where nothing is corroborated, then corroborated."""
    for command in ("stories", "copies"):
        status, out, err = run(command, "--db", ingested)
        assert (status, out) == (0, "")
        assert f"no documents are corroborated yet: run `khabar corroborate --db {ingested}`" in err
    status, out, err = run("corroborate", "--db", ingested)
    assert (status, out) == (0, "")
    assert "14 documents (14 new or changed)" in err
    return ingested


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_no_database_and_an_empty_one(tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    for command in (("corroborate",), ("stories",), ("copies",), ("story", "a")):
        status, out, err = run(*command, "--db", missing)
        assert (status, out) == (1, "")
        assert "khabar ingest PATH" in err
    empty, article = tmp_path / "empty.db", tmp_path / "empty.jsonl"
    article.write_text("")
    run("ingest", article, "--db", empty)
    for command in ("corroborate", "stories", "copies"):
        status, out, err = run(command, "--db", empty)
        assert (status, out) == (0, "")
        assert "holds no readings: `khabar ingest PATH" in err


def test_stories_in_every_form(db: Path) -> None:
    status, out, err = run("stories", "--db", db)
    found = lines(out)
    assert (status, err) == (0, "")
    assert [story["schema"] for story in found] == ["khabar.story/1"] * len(found)
    sizes = [len({report["document"] for report in story["reports"]}) for story in found]
    assert sizes == sorted(sizes, reverse=True)
    rows = list(csv.DictReader(io.StringIO(run("stories", "--db", db, "--format", "csv")[1])))
    assert [row["id"] for row in rows] == [story["id"] for story in found]
    assert [int(row["named"]) for row in rows] == [story["independent"]["named"] for story in found]
    assert "independent" not in run("stories", "--db", db, "--format", "table")[1]
    assert len(lines(run("stories", "--db", db, "-n", 2)[1])) == 2


def test_filters(db: Path) -> None:
    whole = lines(run("stories", "--db", db)[1])

    def asked(*options: str) -> list[str]:
        status, out, _ = run("stories", "--db", db, *options)
        assert status == 0
        return [story["id"] for story in lines(out)]

    def those(keep: Any) -> list[str]:
        return [story["id"] for story in whole if keep(story)]

    kind = whole[0]["type"]
    assert asked("--type", kind) == those(lambda story: story["type"] == kind)
    assert asked("--document", "diyala-01") == those(
        lambda story: "diyala-01" in {report["external_id"] for report in story["reports"]}
    )
    assert asked("--least", "3") == those(lambda story: len({r["document"] for r in story["reports"]}) >= 3)
    assert asked("--since", "2021-03-15") == those(lambda story: story["first_reported"] >= "2021-03-15")
    assert asked("--until", "2021-03-15") == those(lambda story: story["first_reported"] < "2021-03-16")
    assert asked("--happened-since", "2021-03-16") == those(
        lambda story: (story["time"]["latest"] or "") >= "2021-03-16"
    )
    assert asked("--document", "of nobody") == []


@pytest.mark.parametrize(
    "options", [("--since", "yesterday"), ("--until", "3/2/2021"), ("--type", "QUARREL"), ("--least", "0")]
)
def test_misuse(db: Path, options: tuple[str, str]) -> None:
    status, out, err = run("stories", "--db", db, *options)
    assert (status, out) == (2, "")
    assert options[0] in err or options[1] in err


def test_one_story(db: Path) -> None:
    first = lines(run("stories", "--db", db, "-n", 1)[1])[0]
    key = first["id"]
    assert lines(run("story", key, "--db", db)[1]) == [first]
    assert lines(run("story", key.removeprefix("story:")[:12], "--db", db)[1]) == [first]
    status, page, _ = run("story", key, "--db", db, "--format", "table")
    assert status == 0
    for part in (
        first["label"],
        key,
        "first report",
        "numbers in conflict",
        "numbers by policy: best",
        "why they are one",
    ):
        assert part in page
    rows = list(csv.DictReader(io.StringIO(run("story", key, "--db", db, "--format", "csv")[1])))
    assert [row["external_id"] for row in rows] == [report["external_id"] for report in first["reports"]]
    for unknown in ("story:none", "none", "story:"):
        status, out, err = run("story", unknown, "--db", db)
        assert (status, out) == (2, "")
        assert "story" in err


@pytest.mark.parametrize("policy", ["lowest", "best", "latest", "source"])
def test_policies(db: Path, policy: str) -> None:
    first = lines(run("stories", "--db", db, "-n", 1)[1])[0]
    page = run("story", first["id"], "--db", db, "--format", "table", "--policy", policy)[1]
    assert f"numbers by policy: {policy}" in page
    assert run("story", first["id"], "--db", db, "--policy", "mean")[0] == 2


def test_copies(db: Path) -> None:
    found = lines(run("copies", "--db", db)[1])
    assert {one["schema"] for one in found} == {"khabar.copies/1"}
    whole = lines(run("copies", "--db", db, "--kind", "whole")[1])
    assert whole == [one for one in found if one["kind"] == "whole"]
    some = lines(run("copies", "--db", db, "--document", "diyala-01")[1])
    assert some == [one for one in found if "diyala-01" in one["documents"]]
    rows = list(csv.DictReader(io.StringIO(run("copies", "--db", db, "--format", "csv")[1])))
    assert [row["original"] for row in rows] == [one["documents"][0] for one in found]
    assert "diyala-01" in run("copies", "--db", db, "--format", "table")[1]


def test_what_came_later_is_said_to_wait(db: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.db"
    with closing(sqlite3.connect(db)) as old, closing(sqlite3.connect(later)) as new:
        old.backup(new)
    run("ingest", FOLDER / "akkar" / "articles.jsonl", "--db", later)
    status, out, err = run("stories", "--db", later)
    assert status == 0
    assert out
    assert "14 of 28 documents are in no story or group of copies yet: run `khabar corroborate" in err
    run("corroborate", "--db", later)
    assert run("stories", "--db", later)[2] == ""
