"""What pages say, and which way it runs."""

from __future__ import annotations

import re
from typing import Any

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
