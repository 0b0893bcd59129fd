"""The report in a real browser: a claim lights up its characters, a place of the text its claim."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from factories import full_reading
from khabar.export import writer_for

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def report(visit: Callable[..., Page], tmp_path: Path) -> Page:
    page = visit("file:", viewport={"width": 1400, "height": 900})
    writer = writer_for("html", notice=("عينة", "a sample"))
    path = tmp_path / "report.html"
    path.write_text(writer.start() + writer.add(full_reading()) + writer.add(full_reading()) + writer.finish(), "utf-8")
    page.goto(path.as_uri())
    return page


def lit(page: Page, kind: str) -> str:
    return "".join(page.locator(f".text .lit.as-{kind}").all_text_contents())


def test_a_claim_lights_up_its_characters(report: Page) -> None:
    report.locator("#d0-c0 .head").hover()
    assert lit(report, "source") == "زيد العامر، المتحدث باسم مجلس البلدة"
    assert lit(report, "carrier") == "وكالة الضفة"
    assert lit(report, "cue") == "قال"
    report.locator("#d0-c1 .head").hover()
    assert lit(report, "source") == "المجلس"
    report.locator("h2").first.hover()
    assert report.locator(".lit").count() == 0


def test_a_click_pins_it_until_the_next(report: Page) -> None:
    report.locator("#d0-c1 .head").click()
    report.locator("h2").first.hover()
    assert lit(report, "cue") == "نفى"
    report.keyboard.press("Escape")
    assert report.locator(".lit").count() == 0


def test_the_text_lights_up_its_claim(report: Page) -> None:
    report.locator("#d0 .text .trigger").hover()
    assert report.locator("#d0-e0.lit").count() == 1
    report.locator("#d0 .text .cue", has_text="نفى").click()
    assert report.locator("#d0-c1.pinned").count() == 1


def test_a_card_takes_the_keyboard(report: Page) -> None:
    report.locator("#d1-e0").focus()
    assert lit(report, "trigger") == "قتلوا"
    report.keyboard.press("Enter")
    assert report.locator("#d1-e0.pinned").count() == 1


def test_labels_in_two_languages_and_two_lights(report: Page) -> None:
    assert report.locator("#d0 h3").first.inner_text().startswith("الأقوال")
    report.locator("#language").click()
    assert report.locator("#d0 h3").first.inner_text().startswith("Claims")
    paper = "getComputedStyle(document.body).backgroundColor"
    before = report.evaluate(paper)
    report.locator("#theme").click()
    assert report.evaluate(paper) != before


def test_the_legend_hides_what_it_names(report: Page) -> None:
    colour = "getComputedStyle(document.querySelector('#d0 .text .source')).backgroundColor"
    before = report.evaluate(colour)
    report.locator(".key[data-hides=source]").click()
    assert report.evaluate(colour) != before


def test_the_article_reads_from_right_to_left(report: Page) -> None:
    assert report.evaluate("getComputedStyle(document.querySelector('#d0 .text p')).direction") == "rtl"
    text, side = report.locator("#d0 .text").bounding_box(), report.locator("#d0 .side").bounding_box()
    assert text
    assert side
    assert text["x"] > side["x"]
