"""What is judged across documents, in a real browser: stories, origins, actors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from browsing import faults_of, verbs_of
from khabar.corroborate.keep import corroborate_store
from khabar.resources import Resources
from khabar.store import Store
from khabar.store.judging import judge
from khabar.store.stories import StoryFilter, stories_json

Serve = Callable[..., str]
Visit = Callable[..., Any]
PASSWORD = "a long password"


def test_a_split_and_a_merge_are_foretold(serve: Serve, visit: Visit, resources: Resources) -> None:
    def two_stories(store: Store) -> None:
        corroborate_store(store, resources)
        with store.engine.connect() as connection:
            story = next(one for one in map(msgspec.json.decode, stories_json(connection, StoryFilter())) if one["why"])
        link = story["why"][0]
        judge(store, who="test", verb="split", kind="story", subject=link["left"], value=link["right"])
        corroborate_store(store, resources)

    home = serve(two_stories)
    page = visit(home)
    page.goto(f"{home}/stories")
    largest = page.locator("li[data-story]").evaluate_all("all => all.map((one) => one.dataset.story)")
    assert len(largest) > 1
    for story in largest:
        page.goto(f"{home}/stories/{story}")
        if page.locator("[data-split]").count():
            break
    page.locator("html[data-ready]").wait_for()
    page.locator("[data-split]").first.click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_text("After").wait_for()
    assert dialog.locator("div > div:nth-child(2) li").count() > 1
    assert faults_of(page) == []
    page.keyboard.press("Escape")
    assert len(verbs_of(page)) == 1
    page.locator("[data-split]").first.press("Enter")
    dialog.get_by_role("button", name="Confirm").click()
    page.locator("#said").get_by_text("The split is kept").wait_for()
    page.reload()
    page.locator("[data-withdraw]").last.click()
    page.locator("#said").get_by_text("withdrawn").wait_for()
    page.get_by_placeholder("search by words").fill("القطن")
    page.keyboard.press("Enter")
    page.locator("#found button").first.click()
    dialog.get_by_role("button", name="Confirm").click()
    page.locator("#said").get_by_text("The merge is kept").wait_for()
    assert verbs_of(page) == ["split", "split", "withdraw", "merge"]


def test_a_wrong_origin(serve: Serve, visit: Visit, resources: Resources) -> None:
    home = serve(lambda store: corroborate_store(store, resources))
    page = visit(home)
    page.goto(f"{home}/stories?words=القطن&type=ASSAULT")
    page.locator("li[data-story] a").last.click()
    page.locator("html[data-ready]").wait_for()
    page.locator("#origins > summary").press("Enter")
    assert faults_of(page) == []
    said = page.locator("#said").get_by_text("The origin is kept")
    page.locator("[data-merge-origin]").first.press("Enter")
    said.wait_for()
    row = page.locator("[data-report]").first
    row.locator("[data-whose]").select_option("another")
    row.locator("[data-label]").fill("هيئة الرصد")
    row.locator("[data-give-origin]").click()
    page.wait_for_function("fetch('/api/v1/judgements').then((one) => one.json()).then((all) => all.rows.length === 2)")
    rows = page.evaluate("fetch('/api/v1/judgements').then((one) => one.json()).then((all) => all.rows)")
    assert [(one["kind"], one["verb"]) for one in rows] == [("origin", "merge"), ("origin", "correct")]
    assert rows[1]["value"]["label"] == "هيئة الرصد"
    page.reload()
    assert page.locator("[data-withdraw]").count() == 2


def test_actors_are_merged_and_split(serve: Serve, visit: Visit) -> None:
    home = serve()
    page = visit(home)
    page.goto(f"{home}/actors/actor:un")
    page.locator("html[data-ready]").wait_for()
    page.locator("[data-search]").fill("Arab League")
    page.locator("[data-found] [data-value]").first.click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_text("Claims by it").wait_for()
    assert faults_of(page) == []
    dialog.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/actors/actor%3Aarab-league")
    page.locator("[data-split]").click()
    dialog.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/actors/actor%3Aun")
    page.locator("html[data-ready]").wait_for()
    assert page.locator("[data-split]").count() == 0
