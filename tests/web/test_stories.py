"""Stories by the API and as pages: what corroboration keeps, filtered, a page at a time."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import TestClient

from khabar import read
from khabar.config import Settings
from khabar.corroborate.keep import corroborate_store
from khabar.intake import end_ingest
from khabar.records import Arrival
from khabar.resources import Resources
from khabar.store import Store
from khabar.web import shelf

Browser = TestClient[Any]


def rows(browser: Browser, **asked: str) -> list[Any]:
    answer = browser.get("/api/v1/stories", params={"limit": "1000", **asked})
    assert answer.status_code == 200
    return list(answer.json()["rows"])


def test_a_page_at_a_time(told: Browser) -> None:
    whole = told.get("/api/v1/stories?limit=1000").json()
    assert whole["next"] is None
    assert whole["total"] == len(whole["rows"]) > 3
    for asked in ({}, {"within": "YE"}):
        seen: list[Any] = []
        after: str | None = ""
        while after is not None:
            page = told.get("/api/v1/stories", params={"limit": 2, "after": after, **asked}).json()
            seen, after = [*seen, *page["rows"]], page["next"]
        assert seen == rows(told, **asked)


def test_filters(told: Browser) -> None:
    whole = rows(told)
    for kind in {one["type"] for one in whole}:
        assert rows(told, type=kind) == [one for one in whole if one["type"] == kind]
    publisher = whole[0]["reports"][0]["publisher"]
    assert rows(told, publisher=publisher) == [
        one for one in whole if publisher in {report["publisher"] for report in one["reports"]}
    ]
    document = whole[-1]["reports"][0]["document"]
    assert rows(told, document=document) == [
        one for one in whole if document in {report["document"] for report in one["reports"]}
    ]
    denying = [one for one in whole if "denies" in {report["stance"] for report in one["reports"]}]
    assert rows(told, stance="denies") == denying
    assert len(denying) > 0
    day = "2019-03-14"
    later, sooner = rows(told, since=day), rows(told, until=day)
    assert 0 < len(later) < len(whole)
    assert len(later) + len(sooner) > len(whole)  # that day is of both
    dated = [one for one in whole if one["time"]["earliest"]]
    assert rows(told, happened_since=day) == [one for one in dated if one["time"]["latest"] >= day]
    assert rows(told, happened_until=day) == [one for one in dated if one["time"]["earliest"] <= day]
    placed = [one for one in whole if one["places"]]
    assert 0 < len(rows(told, within="YE")) <= len(placed)
    assert rows(told, within="SE") == []
    assert 0 < len(rows(told, words="سيئون")) < len(whole)
    assert len(rows(told, words="mukalla")) > 0
    assert rows(told, words="زرافة") == []


def test_outlets_and_actors(told: Browser) -> None:
    outlets = told.get("/api/v1/outlets").json()
    assert sum(one["copies"] for one in outlets) > 0
    for one in outlets:
        for taken in one["taken"]:
            other = next((row for row in outlets if row["publisher"] == taken["publisher"]), None)
            pair = {"publisher": one["publisher"], "documents": taken["documents"]}
            assert other is None or pair in other["copied_by"]
    page = told.get("/outlets")
    assert all(one["publisher"] in page.text for one in outlets)
    found = told.get("/api/v1/actors/actor:un").json()
    assert (found["actor"]["by"], len(found["claims_by"])) == (1, 1)
    assert told.get("/actors/actor:un").status_code == 200
    assert told.get("/actors/doc:0").status_code == 404


def test_one_story(told: Browser) -> None:
    for story in rows(told):
        assert told.get(f"/api/v1/stories/{story['id']}").json() == story
        page = told.get(f"/stories/{story['id']}")
        assert page.status_code == 200
        assert all(report["document"] in page.text for report in story["reports"])
    assert told.get("/api/v1/stories/story:none").status_code == 404
    assert told.get("/api/v1/stories?after=WzFd").status_code == 400


def test_what_is_asked_of_one_story(told: Browser) -> None:
    """Its timeline, who carried it from whom, and one number where its origins disagree."""
    for story in rows(told):
        base = f"/api/v1/stories/{story['id']}"
        names = {report["external_id"] for report in story["reports"]}
        moments = told.get(f"{base}/timeline").json()
        assert {moment["document"] for moment in moments} == names
        assert [moment["what"] for moment in moments].count("first report") <= 1
        graph = told.get(f"{base}/graph").json()
        assert set(graph["documents"]) == names
        ends = names | {origin["id"] for origin in story["origins"]}
        assert all({step["source"], step["target"]} <= ends for step in graph["steps"])
        for policy in ("lowest", "best", "latest"):
            found = told.get(f"{base}/numbers", params={"policy": policy}).json()
            assert [one["role"] for one in found] == [conflict["role"] for conflict in story["conflicts"]]
        assert told.get(f"{base}/numbers", params={"policy": "mean"}).status_code == 400
    for part in ("timeline", "graph", "numbers"):
        assert told.get(f"/api/v1/stories/story:none/{part}").status_code == 404


def test_a_report_without_an_event_is_not_offered_for_judgement(
    client: Browser, store: Store, resources: Resources
) -> None:
    told = [
        (
            "أوقفت الشرطة ثلاثة شبان في سوق الحسكة يوم الأحد. وقالت الشرطة إن الشبان الثلاثة أوقفوا بعد شجار.",
            "توقيف ثلاثة شبان في سوق الحسكة",
        ),
        ("قالت النيابة العامة إن الموقوفين في سوق الحسكة اثنان لا ثلاثة.", "النيابة: الموقوفون في سوق الحسكة اثنان"),
    ]
    for number, (text, title) in enumerate(told):
        made = read(text, title=title, publisher=f"صحيفة {number}", published="2020-05-20T10:00:00+03:00")
        ingest = store.begin_ingest([f"{number}"], "test")
        store.add(ingest, [Arrival(b"raw %d" % number, f"b{number}", "text", made)])
        end_ingest(store, ingest, Settings())
    corroborate_store(store, resources)
    found = [story for story in rows(client) if any(report["event"] is None for report in story["reports"])]
    assert found, "no report without an event"
    for story in found:
        page = client.get(f"/stories/{story['id']}").text
        assert "None/" not in page
        assert all(f'data-document="{one["document"]}"' not in page for one in story["reports"] if one["event"] is None)


def test_an_area_of_many_stories_lists_what_one_of_few_does(told: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [told.get("/api/v1/stories", params={"within": place, "count": True}).json() for place in ("YE", "none")]
    assert listed[0]["rows"]
    monkeypatch.setattr(shelf, "_MANY", 1)
    again = [told.get("/api/v1/stories", params={"within": place, "count": True}).json() for place in ("YE", "none")]
    assert [one["rows"] for one in again] == [one["rows"] for one in listed]
    assert (again[0]["total"], again[1]["total"]) == (None, 0)  # many are not counted
