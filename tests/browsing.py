"""What tests in a real browser share."""

from __future__ import annotations

from typing import Any


def first_shown(page: Any, home: str) -> str:
    """The address of the document that is listed first."""
    page.goto(f"{home}/documents")
    return str(page.locator("a.whole").first.get_attribute("href"))


def faults_of(page: Any) -> list[tuple[str, str]]:
    """What axe finds wrong with the page: rule and element."""
    from axe_playwright_python.sync_playwright import Axe

    return [(one["id"], node["html"][:120]) for one in Axe().run(page).response["violations"] for node in one["nodes"]]


def verbs_of(page: Any) -> list[str]:
    return list(
        page.evaluate("async () => (await (await fetch('/api/v1/judgements')).json()).rows.map((one) => one.verb)")
    )


def last_of(page: Any) -> tuple[str, str, Any]:
    """Kind, field and value of the last correction."""
    made = page.evaluate("async () => (await (await fetch('/api/v1/judgements?limit=1000')).json()).rows.at(-1)")
    return made["kind"], made["field"], made["value"]
