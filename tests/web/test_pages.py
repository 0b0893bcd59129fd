"""What pages say, and which way it runs."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from litestar.testing import TestClient
from markupsafe import escape

from khabar.web.render import _environment, _words

Browser = TestClient[Any]
HTML = {"accept": "text/html"}


def test_a_story_is_listed_with_the_title_of_its_first_report(told: Browser) -> None:
    page = told.get("/stories?lang=en").text
    titles = {row["document"]: row["title"] for row in told.get("/api/v1/documents?limit=1000").json()["rows"]}
    stories = told.get("/api/v1/stories").json()["rows"]
    assert stories
    for story in stories:
        title = next((titles[one["document"]] for one in story["reports"] if titles[one["document"]]), None)
        if title is None:
            continue
        first = escape(title)
        assert first in told.get(f"/stories/{story['id']}").text
        assert f"<bdi>{first}</bdi></p>" in page
        place = told.get(f"/places/{story['places'][0]['id']}").text if story["places"] else first
        assert first in place


def test_one_is_no_plural() -> None:
    english, arabic = _words("en"), _words("ar")
    assert [english("reports_n", count=n) for n in (0, 1, 2)] == ["0 reports", "1 report", "2 reports"]
    assert arabic("reports_n", count=1) == "التقارير 1"
    assert english("conflicts_n", count=1) == "1 conflict"


def test_a_number_alone_runs_as_the_articles_do() -> None:
    facing = _environment().filters["facing"]
    assert [facing(text) for text in ("11", "", "«15» قتيلا", "BBC: 3", "7 killed")] == [
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]


def test_a_page_that_is_not_there_offers_to_clear_what_was_asked_only_where_something_was(told: Browser) -> None:
    missing = told.get("/documents/none?lang=en", headers=HTML)
    assert missing.status_code == 404
    plain = told.get("/documents/none", headers=HTML | {"cookie": "lang=en"})
    wrong = told.get("/claims?since=soon&lang=en", headers=HTML)
    assert wrong.status_code == 400
    assert 'class="main" href="/claims"' in wrong.text
    assert 'class="main" href="/"' in plain.text


def test_the_strongest_reasons_come_first_and_the_rest_are_folded(told: Browser) -> None:
    for story in told.get("/api/v1/stories").json()["rows"]:
        page = told.get(f"/stories/{story['id']}?lang=en").text
        assert len(re.findall("data-split=", page)) == min(len(story["why"]), 100)
        assert ('id="h-more"' in page) == (len(story["why"]) > 8)


def test_a_filter_goes_along_to_the_other_lists_and_queues(told: Browser) -> None:
    page = told.get("/claims?words=القطن&stance=denies&sort=score&lang=en").text
    kept = "words=%D8%A7%D9%84%D9%82%D8%B7%D9%86&amp;stance=denies"
    for other in ("stories", "events", "documents"):
        assert f'href="/{other}?{kept}' in page
        assert told.get(f"/{other}?words=القطن&stance=denies").status_code == 200
    assert "The same filter" not in told.get("/claims?lang=en").text
    queue = told.get("/review?queue=claims&words=القطن&after=&lang=en").text
    assert 'href="/review?queue=events&amp;words=%D8' in queue
    assert 'href="/review?queue=reviewers"' in queue


def test_a_source_that_a_list_holds_leads_to_its_page(told: Browser) -> None:
    rows = told.get("/api/v1/claims?limit=1000").json()["rows"]
    listed = next(row["entity"] for row in rows if row["entity"] and not row["entity"].startswith("doc:"))
    page = told.get("/claims?limit=1000").text
    assert f'<a class="who" href="/actors/{quote(listed)}"' in page
    assert told.get(f"/actors/{listed}").status_code == 200
    assert "/actors/doc" not in page


def test_the_boxes_of_the_graph_lead_to_their_documents_and_tell_their_times(told: Browser) -> None:
    story = max(told.get("/api/v1/stories").json()["rows"], key=lambda one: len(one["reports"]))
    page = told.get(f"/stories/{story['id']}").text
    graph = page[page.index('class="graph"') : page.index("</svg>")]
    documents = {one["document"] for one in story["reports"]}
    assert set(re.findall(r'<a href="/documents/([^"]+)">', graph)) == documents
    assert len(re.findall(r'class="when"[^>]*>\d{4}-\d\d-\d\d', graph)) == len(documents)
