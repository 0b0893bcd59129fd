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
