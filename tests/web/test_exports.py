"""What is filtered as a file: every list in every form, streamed, and only what answers the filter."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from khabar.web import shelf

Browser = TestClient[Any]
LISTS = ("stories", "outlets", "documents", "claims", "events", "actors", "places", "readings")


def export(browser: Browser, what: str, form: str, **asked: str) -> Any:
    answer = browser.get("/api/v1/export", params={"what": what, "form": form, **asked})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="khabar-{what}.{form}"'
    assert answer.headers["content-security-policy"] == "sandbox"
    return answer


@pytest.mark.parametrize("what", LISTS)
def test_every_list_in_every_form(told: Browser, what: str) -> None:
    lines = export(told, what, "jsonl")
    assert lines.headers["content-type"].startswith("application/x-ndjson")
    rows = [msgspec.json.decode(line) for line in lines.content.splitlines()]
    assert rows
    table = list(csv.reader(io.StringIO(export(told, what, "csv").text)))
    assert all(len(row) == len(table[0]) for row in table)
    page = export(told, what, "html").text
    assert page.startswith("<!doctype html>")
    assert export(told, what, "html").headers["content-type"] == "text/html; charset=utf-8"
    if what != "readings":
        assert len(table) == len(rows) + 1
        assert page.count("<tr>") == len(table)
        assert "<script" not in page


def test_only_what_answers_the_filter(told: Browser) -> None:
    for what in ("stories", "documents", "claims", "events", "places"):
        asked = {"words": "سيئون", "since": "2019-03-02"}
        listed = told.get(f"/api/v1/{what}", params={"limit": "1000", **asked}).json()["rows"]
        if what == "places":  # the list has the most named first, the file is in order of id
            listed.sort(key=lambda row: row["id"])
        lines = export(told, what, "jsonl", **asked).content.splitlines()
        assert [msgspec.json.decode(line) for line in lines] == listed != []
    for form in ("jsonl", "csv", "html", "geojson"):
        assert told.get("/api/v1/export", params={"what": "events", "form": form, "near": "1"}).status_code == 400


def test_all_pages_of_stories_are_in_it(told: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = export(told, "stories", "jsonl").text
    monkeypatch.setattr(shelf, "_AT_ONCE", 1)
    assert export(told, "stories", "jsonl").text == whole


def test_geojson(told: Browser) -> None:
    places = export(told, "places", "geojson")
    assert places.headers["content-type"] == "application/geo+json"
    collection = places.json()
    assert collection["type"] == "FeatureCollection"
    first = next(one for one in collection["features"] if one["properties"]["id"] == "geonames:79478")
    assert first["geometry"] == {"type": "Point", "coordinates": [first["properties"][k] for k in ("lon", "lat")]}
    events = export(told, "events", "geojson", type="MOVE").json()["features"]
    assert len(events) == len(told.get("/api/v1/events?type=MOVE&limit=1000").json()["rows"])
    kinds = {one["geometry"]["type"] if one["geometry"] else None for one in events}
    assert kinds == {"Point", "LineString", None}
    assert export(told, "events", "geojson", words="زرافة").json()["features"] == []
    for what in ("claims", "readings", "stories"):
        answer = told.get("/api/v1/export", params={"what": what, "form": "geojson"})
        assert (answer.status_code, answer.json()["code"]) == (400, "usage")


def test_the_lists_offer_their_forms(told: Browser) -> None:
    class Links(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if tag == "a" and "download" in given:
                self.found.append(given["href"] or "")

    for what in LISTS[:-1]:
        links = Links()
        links.feed(told.get(f"/{what}?words=سيئون&lang=en").text)
        assert len(links.found) >= 3, what
        for link in links.found:
            assert "lang" not in link
            assert told.get(link).status_code == 200


def test_a_page_of_articles_has_an_end(told: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    from khabar.web import exports

    monkeypatch.setattr(exports, "_MOST_ARTICLES", 3)
    answer = told.get("/api/v1/export?what=readings&form=html")
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
