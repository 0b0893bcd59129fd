"""The workbench as a person uses it: pages in both languages, a review by keyboard, two reviewers, an upload."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browsing import faults_of, first_shown
from databases import ENGINES
from khabar.corroborate.keep import corroborate_store
from khabar.resources import Resources
from khabar.store import Store

Serve = Callable[..., str]
Visit = Callable[..., Any]
PASSWORD = "a long password"


PLACE = "/places/geonames:79478"
LISTS = ("/stories", "/claims", "/events", "/documents", "/actors", "/places", "/outlets")
QUEUES = ("/review", "/review?queue=events", "/review?queue=readers", "/review?queue=reviewers")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("language", "theme"), [("ar", "light"), ("en", "dark")])
def test_every_page_in_both_languages(serve: Serve, visit: Visit, language: str, theme: str, engine: str) -> None:
    home = serve(stories=True, engine=engine)
    page = visit(home, color_scheme=theme)
    document = first_shown(page, home)
    for path in (*LISTS, "/stories/story:clash", "/actors/actor:un", PLACE, document, *QUEUES, "/ingest", "/api"):
        page.goto(f"{home}{path}{'&' if '?' in path else '?'}lang={language}")
        page.wait_for_load_state("networkidle")
        html = page.locator("html")
        assert (html.get_attribute("lang"), html.get_attribute("dir")) == (
            language,
            "rtl" if language == "ar" else "ltr",
        )
        assert page.title().strip(" ·") not in {"", "Khabar", "خبر"}
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert faults_of(page) == [], path
    # The language stays when the address no longer says it.
    page.goto(f"{home}/claims")
    assert page.locator("html").get_attribute("lang") == language


def test_on_a_phone_nothing_runs_out_of_the_page(serve: Serve, visit: Visit) -> None:
    home = serve(stories=True)
    page = visit(home, viewport={"width": 360, "height": 740})
    document = first_shown(page, home)
    for path in (*LISTS, "/stories/story:clash", *QUEUES, "/ingest", PLACE, "/actors/actor:un", document):
        page.goto(f"{home}{path}")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_wrong_addresses_say_what_to_do(serve: Serve, visit: Visit) -> None:
    home = serve()
    page = visit(home)
    for path, status in (("/nowhere", 404), ("/claims?near=1", 400), ("/documents/sha256:none", 404)):
        answer = page.goto(f"{home}{path}")
        assert answer.status == status
        assert page.get_by_role("alert").is_visible()
        assert page.get_by_text("What to do").is_visible()
        assert faults_of(page) == []
    page.goto(f"{home}/claims?words=زرافة")
    assert page.get_by_text("Nothing answers this filter").is_visible()


def test_a_claim_shows_its_spans_and_the_other_way_round(serve: Serve, visit: Visit) -> None:
    home = serve()
    page = visit(home)
    page.goto(home + first_shown(page, home))
    card = page.locator(".card[data-kind=claim]").first
    card.locator("blockquote").click()
    lit = page.locator(".text .lit.as-content")
    assert card.locator("blockquote").text_content() in "".join(lit.all_text_contents()) or lit.count()
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0
    page.locator(".text span.source").first.click()
    assert page.locator(".card.current").count() == 1


def test_the_filter_is_in_the_address(serve: Serve, visit: Visit) -> None:
    home = serve()
    page = visit(home)
    page.goto(f"{home}/claims")
    page.get_by_label("Words").fill("القطن")
    page.get_by_text("More filters").click()
    page.get_by_label("Stance").select_option("denies")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**stance=denies**")
    assert "words=" in page.url
    assert "since=" not in page.url
    assert set(page.locator(".list .badge.is-denies").all_text_contents()) == {"denies"}
    page.goto(f"{home}/claims?limit=5")
    seen = page.locator(".say").all_text_contents()
    page.get_by_role("link", name="Next page").click()
    page.wait_for_url("**after=**")
    assert page.locator(".say").all_text_contents() != seen


def test_a_page_is_uploaded_and_read_to_its_claims(serve: Serve, visit: Visit, tmp_path: Path) -> None:
    text = "قال محمد سالم، مدير المستشفى في الرقة، إن سبعة أشخاص قتلوا يوم الخميس في قصف على السوق. " * 4
    source = tmp_path / "page.html"
    source.write_text(
        f"<!doctype html><html lang=ar><title>عنوان <b>x</b></title><article><h1>عنوان</h1><p>{text}</p>"
        "<p>&lt;img src=x onerror=alert(1)&gt; نص في المقالة</p><script>alert(2)</script></article></html>", "utf-8",
    )  # fmt: skip
    home = serve()
    page = visit(home)
    page.on("dialog", lambda dialog: pytest.fail(f"a script of an article ran: {dialog.message}"))
    page.goto(f"{home}/ingest")
    page.get_by_label("Choose files").set_input_files([source])
    page.get_by_role("button", name="Upload").click()
    page.locator(".card[data-state=done]").wait_for(timeout=60_000)
    page.locator(".card[data-state=done] a").first.click()
    page.locator("html[data-ready]").wait_for()
    assert page.locator(".card[data-kind=claim] .who").first.text_content().startswith("محمد سالم")
    assert page.locator(".text img").count() == 0
    assert "<img src=x" in page.locator(".text").first.text_content()


def test_map_timeline_and_list_filter_each_other(serve: Serve, visit: Visit) -> None:
    home = serve(stories=True)
    page = visit(home)
    page.goto(f"{home}/stories")
    page.locator("html[data-world]").wait_for()
    rows, marks = page.locator("li[data-story]:visible"), page.locator("#timeline .tl-report, #timeline .tl-denial")
    shapes = page.locator("#map .leaflet-interactive")
    everything = shapes.count()
    assert rows.count() == 2
    assert marks.count() > 5
    assert page.locator("#timeline .tl-correction").count() == 1
    shapes.last.dispatch_event("click")  # a movement, of one story; a place can have several
    assert rows.count() == 1
    assert page.locator("#timeline .off").count() > 0
    page.get_by_role("button", name="Show all").click()
    assert (rows.count(), shapes.count()) == (2, everything)
    box = page.locator("#timeline svg").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 10)
    page.mouse.up()
    assert rows.count() == 1
    page.get_by_role("button", name="Show all").click()
    page.locator('[data-story="story:clash"] .badge').first.click()
    assert rows.count() == 1
    assert shapes.count() < everything


def test_a_story_is_shown_alone_by_keyboard(serve: Serve, visit: Visit) -> None:
    home = serve(stories=True)
    page = visit(home)
    page.goto(f"{home}/stories")
    page.locator("html[data-ready]").wait_for()
    button = page.locator("li[data-story] [data-alone]").first
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("li[data-story]:visible").count() == 1
    assert button.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Enter")
    assert page.locator("li[data-story]:visible").count() == 2


def test_the_theme_is_switched_on_every_page_and_on_the_map(serve: Serve, visit: Visit) -> None:
    home = serve(stories=True)
    page = visit(home)
    for path in ("/claims", first_shown(page, home), "/ingest", "/stories"):
        page.goto(f"{home}{path}")
        page.wait_for_load_state("networkidle")
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.get_by_role("button", name="Light/dark").click()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before, path
    # The map is painted, not styled: it is painted anew.
    page.locator("html[data-world]").wait_for()
    corner = page.locator("#map").bounding_box()
    clip = {"x": corner["x"] + 200, "y": corner["y"] + 100, "width": 60, "height": 60}
    before = page.screenshot(clip=clip)
    page.get_by_role("button", name="Light/dark").click()
    page.wait_for_timeout(200)
    assert page.screenshot(clip=clip) != before


def test_provinces_and_tiles_lie_beneath_the_marks(serve: Serve, visit: Visit) -> None:
    """Tiles lie over the built-in map and beneath what is marked; they come from where the settings say."""
    home = serve(stories=True, tiles="/static/0/icon.svg?{z}-{x}-{y}", attribution="© <b>Tiles</b> & Co")
    page = visit(home)
    with page.expect_response("**/provinces.json") as asked:
        page.goto(f"{home}/stories")
    assert len(asked.value.json()["lines"]) > 500
    page.locator("html[data-world]").wait_for()
    page.locator("#map .leaflet-tile-loaded").first.wait_for()
    assert "© <b>Tiles</b> & Co" in (page.locator("#map .leaflet-control-attribution").text_content() or "")
    order = page.evaluate(
        """() => ['world', 'tile', 'overlay'].map((name) =>
        Number(getComputedStyle(document.querySelector(`#map .leaflet-${name}-pane`)).zIndex))"""
    )
    assert order == sorted(order)
    assert len(set(order)) == 3


def test_a_place(serve: Serve, visit: Visit) -> None:
    home = serve(stories=True)
    page = visit(home)
    page.goto(f"{home}/places?lang=en")
    page.get_by_role("link", name="Ataq").first.click()
    page.locator("html[data-ready]").wait_for()
    assert page.locator("h1").text_content() == "Ataq"
    assert page.locator("#map path.leaflet-interactive").count() > 1
    page.locator(".byline").get_by_role("link", name="Shabwah").click()
    page.locator("html[data-ready]").wait_for()
    assert page.locator("#h-in ~ .table").get_by_role("link", name="Ataq").count() == 1
    page.locator("#h-types ~ .table").get_by_role("link", name="move").click()
    page.wait_for_url("**type=MOVE**")
    assert page.locator("ol.list > li").count() > 0
    document = page.locator("ol.list a.whole").first
    document.click()
    page.locator("html[data-ready]").wait_for()
    assert page.locator(".places-named a").count() > 1
    page.goto(f"{home}/stories/story:clash")
    page.locator("h1 a").first.click()
    page.wait_for_url("**/places/**")


def test_a_story(serve: Serve, visit: Visit) -> None:
    home = serve(stories=True)
    page = visit(home)
    page.goto(f"{home}/stories/story:clash")
    assert page.locator("svg .node.origin").count() == 2
    assert page.locator("svg .edge.copied").count() == 1
    assert page.locator(".sides article").count() == 8
    assert page.locator(".text .shared").count() > 0
    assert page.locator("del").text_content() == "7"


@pytest.mark.parametrize("engine", ENGINES)
def test_from_the_stories_of_the_sample_to_a_judgement(
    serve: Serve, visit: Visit, resources: Resources, engine: str
) -> None:
    def corroborated(store: Store) -> None:
        corroborate_store(store, resources)

    home = serve(corroborated, engine=engine)
    page = visit(home)
    page.goto(f"{home}/stories?words=القطن&type=ASSAULT&until=2019-03-02")
    page.locator("html[data-world]").wait_for()
    assert page.locator("li[data-story]").count() == 1
    page.locator("li[data-story] a").click()
    page.locator(".sides").wait_for()
    assert page.locator(".sides article").count() > 1
    assert page.locator("svg .edge.copied").count() > 0
    assert page.locator(".text .shared").count() > 0
    assert faults_of(page) == []
    story = page.url
    page.locator(".sides article h3 a").first.click()
    page.locator("html[data-ready]").wait_for()
    page.locator(".card[data-kind=claim] blockquote").first.click()
    page.keyboard.press("a")
    page.locator("#said").get_by_text("Accepted").wait_for()
    assert page.locator(f'a[href="{story.removeprefix(home)}"]').count() == 1
    copied = page.locator(".copies a").first
    copied.click()
    page.locator("html[data-ready]").wait_for()
    assert page.locator(".copies a").count() > 0
    assert faults_of(page) == []


def test_without_stories_the_page_says_what_to_do(serve: Serve, visit: Visit) -> None:
    home = serve()
    page = visit(home)
    page.goto(home)
    assert page.get_by_text("khabar corroborate").is_visible()
    assert faults_of(page) == []


def test_a_story_is_printed_whole(serve: Serve, visit: Visit) -> None:
    home = serve(stories=True)
    page = visit(home)
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    page.goto(f"{home}/stories/story:clash?lang=en")
    page.locator(".sides article").first.wait_for()
    page.emulate_media(media="print")
    hidden = page.eval_on_selector_all(".sides .text", "all => all.map((one) => one.scrollHeight - one.clientHeight)")
    assert len(hidden) > 1
    assert max(hidden) <= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert page.locator("main button:visible").count() == 0
