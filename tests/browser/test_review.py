"""Review in a real browser: by keyboard, side by side, and by two at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from browsing import faults_of, first_shown, last_of, verbs_of
from khabar.store import Store
from khabar.store.judgements import current_reading
from khabar.store.queries import Filter, list_documents
from khabar.web.accounts import add_account

Serve = Callable[..., str]
Visit = Callable[..., Any]
PASSWORD = "a long password"


def test_a_review_by_keyboard(serve: Serve, visit: Visit) -> None:
    home = serve()
    page = visit(home)
    page.goto(f"{home}/review")
    page.locator("html[data-ready]").wait_for()
    said = page.locator("#said")
    page.keyboard.press("j")
    page.keyboard.press("a")
    said.get_by_text("Accepted").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("r")
    said.get_by_text("Rejected").wait_for()
    page.keyboard.press("u")
    said.get_by_text("withdrawn").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.keyboard.type("يحتاج إلى نظر")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said.get_by_text("The note is kept").wait_for()
    page.keyboard.press("j")
    before = page.locator(".card.current blockquote").text_content()
    page.keyboard.press("c")
    page.locator(".fixing").wait_for()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press(
        "ArrowRight"
        if page.locator(".fixing q").evaluate("one => getComputedStyle(one).direction") == "rtl"
        else "ArrowLeft"
    )
    page.keyboard.press("Enter")
    said.get_by_text("Corrected").wait_for()
    assert page.locator(".card.current blockquote").text_content() != before
    page.evaluate("document.getElementById('said').replaceChildren()")
    page.keyboard.press("s")
    turn(page)
    said.get_by_text("Corrected").wait_for()
    assert verbs_of(page) == ["accept", "reject", "withdraw", "note", "correct", "correct"]
    page.goto(f"{home}/review")
    assert "of" in page.locator(".head").text_content()


def tab_to(page: Any, selector: str, key: str = "Tab") -> None:
    """Press Tab, or Shift+Tab, until the focus is there."""
    for _ in range(120):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(selector)


def turn(page: Any) -> None:
    """Choose the next of the list that has the focus, or the one before where it is the last."""
    last = page.evaluate("document.activeElement.selectedIndex === document.activeElement.length - 1")
    page.keyboard.press("ArrowUp" if last else "ArrowDown")


def test_every_value_by_keyboard(serve: Serve, visit: Visit) -> None:
    home = serve()
    page = visit(home)
    said = page.locator("#said")

    def corrected(kind: str, field: str) -> Any:
        said.get_by_text("Corrected").wait_for()
        page.evaluate("document.getElementById('said').replaceChildren()")
        found = last_of(page)
        assert found[:2] == (kind, field)
        return found[2]

    page.goto(f"{home}/review?kind=named_person")
    page.locator("html[data-ready]").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("e")
    form = page.locator(".card.current > .editing")
    form.wait_for()
    tab_to(page, ".editing select[data-field=quote]")
    turn(page)
    assert corrected("claim", "quote") in {"direct", "indirect", "mixed"}
    form.wait_for()
    tab_to(page, ".editing select[data-part=kind]")
    turn(page)
    assert corrected("claim", "source")["kind"] == "organization"
    form.wait_for()
    tab_to(page, ".editing [data-search]")
    page.keyboard.type("United Nations")
    page.locator(".editing [data-value]", has_text="actor:un").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert corrected("claim", "source")["entity"] == "actor:un"
    page.keyboard.press("Escape")
    # What stands in it is a key away, and is judged like everything else.
    page.keyboard.press("o")
    page.locator(".card .card.current").wait_for()
    page.keyboard.press("a")
    page.locator(".card .card.current .is-accepted").wait_for()
    page.keyboard.press("o")
    page.locator(".queue > div > .card.current").wait_for()
    # An event of the claim: its type, the role of an argument, one more argument.
    page.goto(f"{home}/review?queue=events")
    page.locator("html[data-ready]").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("e")
    form.wait_for()
    turn(page)
    corrected("event", "type")
    form.wait_for()
    tab_to(page, ".editing [data-add=role]")
    before = page.locator(".card.current > dl dt").count()
    page.keyboard.press("Enter")
    assert len(corrected("event", "roles")) == before + 1
    form.wait_for()
    tab_to(page, ".editing select[data-role]", "Shift+Tab")
    turn(page)
    corrected("event", "roles")
    form.wait_for()
    tab_to(page, ".editing [data-drop=roles]")
    page.keyboard.press("Enter")
    assert len(corrected("event", "roles")) == before
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    said.get_by_text("withdrawn").wait_for()
    assert page.locator(".card.current > dl dt").count() == before + 1


@pytest.mark.parametrize(
    ("kind", "field"), [("PERSON", "entity"), ("PLACE", "place"), ("TIME", "time"), ("QUANTITY", "quantity")]
)
def test_the_value_of_a_name_by_keyboard(serve: Serve, visit: Visit, kind: str, field: str) -> None:
    home = serve()
    page = visit(home)
    page.goto(home + first_shown(page, home))
    page.locator("html[data-ready]").wait_for()
    page.locator(".side .inside > summary").press("Enter")
    card = page.locator(f".card.mention.{kind}").first
    card.focus()
    page.keyboard.press("e")
    form = page.locator(".card.current > .editing")
    form.wait_for()
    assert faults_of(page) == []
    if field in {"entity", "place"}:
        page.keyboard.press("Tab")
        tab_to(page, ".editing [data-search]")
        page.keyboard.type("Salman" if field == "entity" else "Aden")
        page.locator(".editing [data-found] small", has_text="person:" if field == "entity" else "YE").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    else:
        tab_to(page, ".editing [name=value]" if field == "time" else ".editing [name=max]")
        page.keyboard.press("Control+a")
        page.keyboard.type("2019-03" if field == "time" else "4321")
        page.keyboard.press("Enter")
    page.locator("#said").get_by_text("Corrected").wait_for()
    found = last_of(page)
    assert found[:2] == ("mention", field)
    shown = found[2]["id"] if "id" in found[2] else {"time": "2019-03", "quantity": "4321"}[field]
    page.locator(".card.mention.current .value", has_text=shown).wait_for()


def test_spans_of_carriers_arguments_and_names(serve: Serve, visit: Visit) -> None:
    home = serve()
    page = visit(home)
    page.goto(home + first_shown(page, home))
    page.locator("html[data-ready]").wait_for()
    said = page.locator("#said").get_by_text("Corrected")

    def fixed(kind: str, button: str, keys: list[str]) -> Any:
        """What is saved after a button of the form of the first such card was pressed, and these keys."""
        page.evaluate("document.getElementById('said').replaceChildren()")
        card = page.locator(f".card.{kind}" if kind == "mention" else f".card[data-kind={kind}]").first
        card.focus()
        page.keyboard.press("e")
        page.locator(f".card.current > .editing {button}").last.press("Enter")
        page.locator(".fixing").wait_for()
        for key in [*keys, "Enter"]:
            page.keyboard.press(key)
        said.wait_for()
        page.locator(".card.current > .editing").wait_for()
        page.keyboard.press("Escape")
        return last_of(page)

    kind, field, carriers = fixed("claim", "[data-fix=via]", ["ArrowLeft", "ArrowLeft"])
    assert (kind, field) == ("claim", "via")
    assert len(carriers[-1]["text"].split()) == 2
    kind, field, arguments = fixed("event", "[data-fix=roles]", ["ArrowLeft"])
    assert (kind, field, arguments[-1]["role"]) == ("event", "roles", "agent")
    kind, field, trigger = fixed("event", "[data-fix=trigger]", ["ArrowLeft"])
    assert (kind, field, len(trigger["text"].split())) == ("event", "trigger", 2)
    page.locator(".side .inside > summary").press("Enter")
    kind, field, name = fixed("mention", "[data-fix=span]", ["ArrowLeft"])
    assert (kind, field) == ("mention", "span")
    assert page.locator(".card.mention .first bdi").first.text_content() == name["text"]


def test_a_span_is_corrected_by_selecting_text(serve: Serve, visit: Visit) -> None:
    home = serve()
    page = visit(home)
    page.goto(home + first_shown(page, home))
    page.locator("html[data-ready]").wait_for()
    card = page.locator(".card[data-kind=claim]").first
    card.get_by_role("button", name="correct the span").click()
    text = page.evaluate(
        """() => { const p = document.querySelector('.sheet.text p'); const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
        let node = walk.nextNode(); while (node.length < 6) node = walk.nextNode(); const range = document.createRange(); range.setStart(node, 0); range.setEnd(node, 6);
        getSelection().removeAllRanges(); getSelection().addRange(range); return range.toString(); }"""
    )
    page.locator(".fixing q").get_by_text(text.strip()).wait_for()
    card.get_by_role("button", name="Save").click()
    page.locator("#said").get_by_text("Corrected").wait_for()
    page.reload()
    assert card.locator("blockquote").text_content() == text


def test_two_reviewers_do_not_overwrite_each_other(serve: Serve, visit: Visit) -> None:
    def accounts(store: Store) -> None:
        for name in ("Salma", "Omar"):
            add_account(store, name, PASSWORD, "reviewer", who="test")

    home = serve(accounts)
    pages = []
    for name in ("Salma", "Omar"):
        page = visit(home)
        page.goto(home)
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/stories")
        page.goto(home + first_shown(page, home))
        page.locator("html[data-ready]").wait_for()
        pages.append(page)
    one, other = pages
    for page, key, said in ((one, "a", "Accepted"), (other, "r", None)):
        page.locator(".card[data-kind=claim] blockquote").first.click()
        page.keyboard.press(key)
        if said:
            page.locator("#said").get_by_text(said).wait_for()
    conflict = other.locator(".conflict")
    conflict.wait_for()
    assert "Salma" in conflict.text_content()
    assert faults_of(other) == []
    assert other.locator(".card[data-kind=claim] .status").first.text_content() == "accepted"
    other.keyboard.press("Enter")
    other.locator("#said").get_by_text("Rejected").wait_for()
    one.reload()
    assert one.locator(".card[data-kind=claim] .status").first.text_content() == "rejected"
    assert "Omar" in one.locator("details.evidence").text_content()


def test_a_reader_sees_no_buttons(serve: Serve, visit: Visit) -> None:
    home = serve(lambda store: add_account(store, "Reem", PASSWORD, "reader", who="test"))
    page = visit(home)
    page.goto(home)
    page.get_by_label("Name").fill("Reem")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories")
    page.goto(f"{home}/review")
    assert page.locator("[data-act]").count() == 0
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_readings_side_by_side_by_keyboard(serve: Serve, visit: Visit, language: str) -> None:
    def reread(store: Store) -> None:
        with store.engine.connect() as connection:
            keys = [row["document"] for row in list_documents(connection, Filter()).rows]
            readings = [current_reading(connection, key) for key in keys]
        changed = [
            msgspec.structs.replace(one, reader="later", claims=(msgspec.structs.replace(one.claims[0], stance="demands"), *one.claims[2:]))
            for one in readings if len(one.claims) > 1
        ]  # fmt: skip
        store.add_readings(changed)

    home = serve(reread)
    page = visit(home, viewport={"width": 1300, "height": 1400})
    page.goto(f"{home}/review?queue=readers&lang={language}")
    page.locator("html[data-ready]").wait_for()
    assert faults_of(page) == []
    pairs = page.locator(".pair")
    before = pairs.count()
    lost = page.locator(".pair:has([data-reader] .acts)").first
    lost.locator(".card").focus()
    page.keyboard.press("r")
    lost.locator(".status.is-rejected").wait_for()
    page.keyboard.press("u")
    lost.locator(".status.hidden").wait_for(state="attached")
    page.keyboard.press("r")
    lost.locator(".status.is-rejected").wait_for()
    other = page.locator(".pair:has(.card:not([data-reader]) .acts)").first
    other.locator(".card:not([data-reader])").focus()
    page.keyboard.press("a")
    other.locator(".status.is-accepted").first.wait_for()
    page.reload()
    page.locator("html[data-ready]").wait_for()
    assert pairs.count() == before - 2 or before == 10
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
