from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar
from khabar import parse_number
from khabar.resources import Resources
from mentions.spell import Style, spell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("مائتان وثلاثة وخمسون", 253),
        ("خمسمئة", 500),
        ("ألفي", 2000),
        ("3 آلاف", 3000),
        ("٣ آلاف و٥٠٠", 3500),
        ("1.5 مليون", 1_500_000),
        ("مليون ونصف المليون", 1_500_000),
        ("مليون ونصف", 1_500_000),
        ("نصف مليار", 500_000_000),
        ("١٬٢٣٤", 1234),
        ("1,234,567", 1_234_567),
        ("۱۲۳۴", 1234),
        ("0٫5", Fraction(1, 2)),
        ("1,5", Fraction(3, 2)),
        (".08", Fraction(2, 25)),
        ("ثلاثة أرباع", Fraction(3, 4)),
        ("ثلثا", Fraction(2, 3)),
        ("مئتين وثلاثة أخماس", Fraction(1003, 5)),
        ("ثلاث وعشرون خمسا".removesuffix("ا"), Fraction(23, 5)),
        ("واحد على ثلاثة", Fraction(1, 3)),
        ("مئتين فاصلة ثلاثة من مئة", Fraction(20003, 100)),
        ("2 1/4", Fraction(9, 4)),
        ("سالب خمسة", -5),
        ("-12", -12),
        ("30 بالمئة", 30),
        ("٪٣٠", 30),
        ("ثلاثون في المائة", 30),
        ("الحادي والعشرون", 21),
        ("الثالثة عشرة", 13),
        ("العشرون", 20),
        ("دزينة", 12),
        ("نصف دزينة", 6),
        ("خمس", 5),
        ("تسعا وسبعين", 79),
        ("إحدى وعشرين", 21),
        ("إحدى عشرة", 11),
        ("صفر", 0),
        ("99999999999999999999", 99_999_999_999_999_999_999),
    ],
)
def test_parses_exactly(text: str, value: int | Fraction) -> None:
    got = parse_number(text)
    assert got == value
    assert isinstance(got, int) == (Fraction(value).denominator == 1)


@pytest.mark.parametrize(
    "text", ["", " ", "و", "قتيل", "12-13", "2015/7/25", "1e10", "خمسة قتلى", "1/0", "على", "9" * 6000]
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("خمسة عشر مليار ومليون", 15_001_000_000), ("مليون وألف", 1_001_000), ("مليار ومليون وألف ومئة", 1_001_001_100),
        ("مائة ألف وألف", 101_000), ("ألف وواحد", 1001),
    ],
)  # fmt: skip
def test_a_bare_scale_after_and(text: str, number: int) -> None:
    assert parse_number(text) == number


@settings(max_examples=400)
@given(st.integers(0, 10**12), st.builds(Style, *(st.booleans() for _ in range(5))))
def test_every_number_written_out_parses_back(number: int, style: Style) -> None:
    assert parse_number(spell(number, style)) == number


@given(st.integers(0, 999), st.builds(Style, *(st.booleans() for _ in range(5))))
def test_small_numbers_parse_back(number: int, style: Style) -> None:
    assert parse_number(spell(number, style)) == number


@given(
    st.integers(0, 10**15), st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "0123456789"]), st.sampled_from([",", "٬", ""])
)
def test_digits_of_three_scripts(number: int, digits: str, separator: str) -> None:
    written = f"{number:,}".replace(",", separator)
    assert parse_number(written.translate({ord("0") + i: digit for i, digit in enumerate(digits)})) == number


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_none(text: str) -> None:
    assert parse_number(text) is None or isinstance(parse_number(text), int | Fraction)


SUITES = ("Number-NumberModel", "Number-OrdinalModel", "Number-PercentModel")


def _cases(shared: Path) -> list[dict[str, object]]:
    folder = shared / "external" / "recognizers-arabic"
    if not folder.is_dir():
        pytest.skip(f"no number suites at {folder}")
    return [case for suite in SUITES for case in json.loads((folder / f"{suite}.json").read_text("utf-8-sig"))]


def _left_out(result: dict[str, object]) -> bool:
    """Relative ordinals, powers and exponents are not numbers that stand for themselves."""
    resolution = result["Resolution"]
    assert isinstance(resolution, dict)
    relative = resolution.get("relativeTo", "start") != "start"
    return relative or resolution.get("subtype") == "power" or bool(re.search(r"\^|\de[+-]?\d", str(result["Text"])))


def test_the_number_suites(shared: Path) -> None:
    right = total = 0
    for case in _cases(shared):
        for result in case["Results"]:  # type: ignore[attr-defined]
            if _left_out(result):
                continue
            want = float(result["Resolution"]["value"].rstrip("%"))
            got = parse_number(result["Text"])
            total += 1
            right += got is not None and abs(float(got) - want) <= 1e-9 * max(1.0, abs(want))
    assert total > 100
    assert right / total >= 0.95


def test_cases_without_a_number_give_no_quantity(shared: Path, resources: Resources) -> None:
    inputs = [str(case["Input"]) for case in _cases(shared) if not case["Results"]]
    quiet = 0
    for text in inputs:
        mentions = khabar.read(text, resources=resources).mentions
        quiet += not any(mention.type == "QUANTITY" for mention in mentions)
    assert quiet / len(inputs) >= 0.9
