from __future__ import annotations

import csv
import io
import json

import pytest

from factories import REPORT, claim, empty_reading, full_reading, reading
from khabar.errors import UsageError
from khabar.export import writer_for
from khabar.records import Reading, reading_from_json


def written(form: str, *readings: Reading) -> str:
    writer = writer_for(form)
    return writer.start() + "".join(writer.add(item) for item in readings) + writer.finish()


def test_json_lines_are_the_public_readings() -> None:
    text = written("jsonl", full_reading(), full_reading())
    assert text.count("\n") == 2
    assert [reading_from_json(line) for line in text.splitlines()] == [full_reading()] * 2


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array(count: int) -> None:
    values = json.loads(written("json", *[full_reading()] * count))
    assert [value["schema"] for value in values] == ["khabar.reading/1"] * count


def test_unicode_line_ends_do_not_break_a_json_line() -> None:
    text = written("jsonl", reading("خبر\u2028خبر\u0085خبر\nخبر"))
    assert text.count("\n") == 1
    assert json.loads(text)["text"] == "خبر\u2028خبر\u0085خبر\nخبر"


def test_csv_has_a_row_a_claim() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", full_reading(), empty_reading(), full_reading()))))
    assert [row["claim"] for row in rows] == ["c0", "c1", "c0", "c1"]
    assert rows[0]["source"] == "زيد العامر، المتحدث باسم مجلس البلدة"
    assert rows[0]["via"] == "وكالة الضفة"
    assert REPORT[int(rows[0]["start"]) : int(rows[0]["end"])] == rows[0]["content"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_csv_never_holds_a_formula(start: str) -> None:
    text = f"قال زيد {start}1+2"
    item = reading(text, claims=[claim(text, "زيد", "قال", f"{start}1+2")], publisher="=cmd()", external_id="@x")
    (row,) = csv.DictReader(io.StringIO(written("csv", item), newline=""))
    assert row["content"] == f"'{start}1+2"
    assert (row["publisher"], row["external_id"]) == ("'=cmd()", "'@x")
    assert row["score"] == "0.9"


def test_table_shows_claims_and_keeps_columns_apart() -> None:
    text = written("table", full_reading(), empty_reading())
    for part in ("قتلى في السدرة", "via وكالة الضفة", "named person", "denies", "ASSAULT", "no claims and no events"):
        assert part in text
    assert "\u200e│\u200e" in text
    assert "\x1b" not in text


def test_table_cannot_steer_the_terminal() -> None:
    text = "قال زيد \x1b[2Jخبر"
    shown = written("table", reading(text, claims=[claim(text, "زيد", "قال", "\x1b[2Jخبر")], title="\x1b]0;x\x07"))
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_an_unknown_format() -> None:
    with pytest.raises(UsageError):
        writer_for("xml")
