"""A place by the API and as a page: its chain, what happened there, who tells it, and the stories."""

from __future__ import annotations

from typing import Any

from litestar.testing import TestClient
from sqlalchemy import select

from khabar.config import Settings
from khabar.intake import end_ingest
from khabar.store import Store, schema
from khabar.store.containers import missing_containers

Browser = TestClient[Any]
YEMEN, HADRAMAUT, QATN, ADEN = "geonames:69543", "geonames:75411", "geonames:79478", "geonames:415189"


def place(browser: Browser, key: str) -> Any:
    answer = browser.get(f"/api/v1/places/{key}")
    assert answer.status_code == 200
    return answer.json()


def test_the_chain_has_no_gaps(told: Browser, store: Store) -> None:
    assert [one["id"] for one in place(told, QATN)["within"]] == [HADRAMAUT, YEMEN]
    assert QATN in [one["place"]["id"] for one in place(told, HADRAMAUT)["contains"]]
    with store.engine.connect() as connection:
        assert missing_containers(connection) == []
        kept = set(connection.scalars(select(schema.place.c.id)))
    # What no document names itself is no place of the list, and a second time adds nothing.
    listed = {one["id"] for one in told.get("/api/v1/places?limit=1000").json()["rows"]}
    assert listed < kept
    end_ingest(store, store.begin_ingest(["again"], "test"), Settings())


def test_what_happened_there_is_what_the_list_of_events_says(told: Browser) -> None:
    found = place(told, HADRAMAUT)
    listed = told.get("/api/v1/events", params={"within": HADRAMAUT, "limit": 1000}).json()["rows"]
    assert 0 < sum(one["events"] for one in found["types"]) <= len(listed)
    keys = {(one["document"], one["id"]) for one in listed}
    assert {(one["document"], one["event"]) for one in found["events"]} <= keys
    inner = place(told, QATN)
    assert sum(one["events"] for one in inner["types"]) < sum(one["events"] for one in found["types"])
    published = [one["published"][:10] for one in found["events"]]
    assert published == sorted(published, reverse=True)


def test_who_says_it(told: Browser) -> None:
    speakers = place(told, ADEN)["speakers"]
    claims = told.get("/api/v1/claims", params={"within": ADEN, "limit": 1000}).json()["rows"]
    sourced = [one for one in claims if one["source"] is not None]
    assert sum(one["claims"] for one in speakers) == len(sourced) > 0
    assert sum(one["denied"] for one in speakers) == sum(one["stance"] == "denies" for one in sourced)
    assert all(not (one["id"] or "").startswith("doc:") for one in speakers)


def test_stories_there(told: Browser) -> None:
    stories = place(told, HADRAMAUT)["stories"]
    assert stories == told.get("/api/v1/stories", params={"within": HADRAMAUT}).json()["rows"][:10] != []


def test_the_page(told: Browser) -> None:
    page = told.get(f"/places/{HADRAMAUT}")
    assert page.status_code == 200
    assert f'href="/places/{YEMEN}"' in page.text
    assert f'href="/places/{QATN}"' in page.text
    assert '"kind":"way"' in page.text.replace(" ", "")
    assert f'href="/places/{QATN}"' in told.get("/places?limit=1000").text
    story = place(told, QATN)["stories"][0]
    assert 'href="/places/' in told.get(f"/stories/{story['id']}").text
    document = story["reports"][0]["document"]
    assert 'href="/places/' in told.get(f"/documents/{document}").text


def test_a_place_whose_id_holds_a_slash(told: Browser, store: Store) -> None:
    from khabar.records import Place
    from khabar.store.containers import add_containers
    from khabar.store.engine import write

    key = f"{QATN}/قرية <b>"
    village = Place(id=key, name_en=None, name_ar="قرية <b>", country="YE", parent=QATN, lat=15.8, lon=48.3,
                    radius_km=25.0, precision="region")  # fmt: skip
    with write(store.engine) as connection:
        add_containers(connection, [village])
    assert [one["id"] for one in place(told, key)["within"]] == [QATN, HADRAMAUT, YEMEN]
    page = told.get(f"/places/{key}")
    assert page.status_code == 200
    assert "قرية &lt;b&gt;" in page.text
    assert "قرية <b>" not in page.text
    assert told.get("/api/v1/places/geonames:none").status_code == 404
    assert told.get("/places/geonames:none").status_code == 404
