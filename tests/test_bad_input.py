"""Whatever the text, reading gives a reading whose spans are all in place, in time that grows with its length."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import khabar
from khabar.cli import main
from khabar.errors import EmptyText, InvalidUnicode, KhabarError
from khabar.pipeline import read_document
from khabar.records import Reading, document_from, reading_from_json
from khabar.resources import Resources, load_resources

SENTENCE = (
    "وقال المتحدث باسم مجلس البلدة زيد العامر لوكالة الضفة إن ثلاثة أشخاص قتلوا في السدرة أمس، مشيرا إلى فرار 20 عائلة"
)

# Compiles nothing until it is used; a fixture cannot be mixed with Hypothesis' own arguments.
RESOURCES = load_resources()


def spans(reading: Reading) -> Iterator[Any]:
    yield from reading.mentions
    for claim in reading.claims:
        yield from (part for part in (claim.source, claim.cue, claim.content, *claim.via) if part)
    for event in reading.events:
        yield from (event.trigger, *event.roles)


def checked(text: str, resources: Resources) -> Reading:
    reading = read_document(document_from(text, external_id="a", language="ar", published="2019-03-02"), resources)
    for span in spans(reading):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    assert reading_from_json(reading.to_json()) == reading
    return reading


@pytest.mark.parametrize(
    "text",
    [
        "Only English: John Smith said that three people were killed.",
        "123 456,7 -- ?? !!",
        "قال John Smith إن the army قصف Aleppo \u202bأمس\u202c، وأضاف \u2067(٣ قتلى)\u2069.",
        "«قال زيد: \"لن نقبل “أبدا. وأضاف 'إن ثلاثة قتلوا.",
        "قال زيد إن ثلاثة قتلوا» في السدرة\". ونفى",
        "قال زيد\u2028إن ثلاثة\u0085قتلوا\x0b\x0c\r\nأمس\0 في\0 السدرة",
        "قـــــالَ زَيْدٌ إِنَّ ثَلَاثَةً قُتِلُوا",
        "ﻗﺎﻝ ﺯﻳﺪ ﺇﻥ ﺛﻼﺛﺔ ﻗﺘﻠﻮﺍ ﷲ",
        "محمد بن",
        "أبو",
        "قال",
        "إن",
        "من إلى عبر",
        "(((((((((((",
        "\ufeffقال زيد",
        "👩‍👩‍👧 قال زيد إن 👍🏽",
        "ا" * 3000,
        "و" * 3000,
        "قال " + "الذي " * 800 + "إن زيدا وصل.",
        "و" + "، و".join(["زيد"] * 500),
    ],
)  # fmt: skip
def test_strange_texts_are_read(text: str, resources: Resources) -> None:
    checked(text, resources)


WORDS = st.sampled_from(
    ["قال", "زيد", "بن", "أبو", "إن", "أن", "ثلاثة", "آلاف", "20", "٣.٥", "من", "إلى", "دمشق", "وبالرقة", "للأردن", "أمس",
     "الأحد", "«", "»", '"', "“", "(", ")", ".", "،", ":", "…", "\n", "\u2028", "\0", "\u200f", "نقلت", "وكالة", "الضفة",
     "عن", "مصدر", "قوله", "مشيرا", "نفى", "دعا", "قتلوا", "هجوم", "سوف", "لم", "إذا", "د.", "أ", "ف", "ب", "John", "على",
     "لسان", "بحسب", "عبد", "الله", "آل", "المتحدث", "باسم", "كتيبة", "مدينة", "2019", "مارس/آذار", "بين", "و", "أكثر", "ـ"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_order_of_words_is_read(text: str) -> None:
    checked(text, RESOURCES)


@given(st.lists(WORDS, max_size=25).map("".join))
def test_and_without_spaces(text: str) -> None:
    checked(text, RESOURCES)


@given(st.text(max_size=60))
def test_any_unicode_text_is_read_or_refused(text: str) -> None:
    with suppress(EmptyText, InvalidUnicode):
        khabar.read(text)


@pytest.mark.parametrize("text", ["", " \n\u2028", "قال \ud800 زيد"])
def test_what_is_no_text_is_refused_with_a_code(text: str) -> None:
    with pytest.raises(KhabarError):
        khabar.read(text)


@pytest.mark.parametrize("field", ["title", "publisher", "url", "external_id"])
def test_no_field_may_hold_half_a_character(field: str) -> None:
    with pytest.raises(InvalidUnicode):
        khabar.read("قال زيد", **{field: "x\ud800"})


def steps(text: str, resources: Resources) -> int:
    """Function calls that reading a text takes, Python's and C's: a measure that no busy machine disturbs."""
    count = 0

    def counting(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    document = document_from(text, external_id="a", language="ar", published="2019-03-02")
    sys.setprofile(counting)
    try:
        read_document(document, resources)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [SENTENCE + ".\n", SENTENCE + ". ", SENTENCE + " ", "وأضاف أن، ", '"قال زيد «إن ', "((قتل [", "قال قال وأضاف إن ",
     "من دمشق إلى حلب عبر حمص ", "ثلاثة آلاف وخمسمئة وعشرون و", "محمد بن أحمد بن علي أبو ", "1,234.5/6-7 "],
)  # fmt: skip
def test_steps_grow_with_length(piece: str, resources: Resources) -> None:
    # Long enough that the bound on a sentence is reached, which makes the rest linear.
    once = piece * (6_000 // len(piece))
    steps(piece, resources)
    short, long = steps(once, resources), steps(once * 3, resources)
    assert long <= 3.3 * short


# Quick to read by the character: how time grows with running text is measured by steps above, and in bench/linear.py.
LONG = ("والسدرة" * 200 + " ") * 20 + SENTENCE


def test_a_line_of_a_megabyte(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = (LONG + " ") * 25
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": text}, ensure_ascii=False) + "\n", "utf-8")
    assert (tmp_path / "a.jsonl").stat().st_size > 1_000_000
    assert main(["read", str(tmp_path / "a.jsonl")]) == 0
    assert json.loads(capfd.readouterr().out)["text"] == text


def test_ten_megabytes(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = (LONG + ".\n") * 200
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert (tmp_path / "a.txt").stat().st_size > 10_000_000
    assert main(["read", str(tmp_path / "a.txt")]) == 0
    reading = json.loads(capfd.readouterr().out)
    assert reading["text"] == text
    assert len(reading["claims"]) >= 200
