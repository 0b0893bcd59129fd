"""What tests of the workbench share."""

from __future__ import annotations

from typing import Any

from litestar.testing import TestClient

HOME = "http://127.0.0.1"
PASSWORD = "a long password"


def login(browser: TestClient[Any], name: str, password: str) -> Any:
    """Fill the form of the page `/login` in and send it."""
    page = browser.get("/login").text
    token = page.split('name="csrf" value="')[1].split('"')[0]
    form = {"name": name, "password": password, "csrf": token}
    return browser.post("/login", data=form, follow_redirects=False)


def first_document(browser: TestClient[Any]) -> tuple[str, str]:
    """(id, tag) of the document that is listed first."""
    key = browser.get("/api/v1/documents?limit=1").json()["rows"][0]["document"]
    return key, browser.get(f"/api/v1/documents/{key}").headers["etag"]
