"""The queues of review, the form of values, and judgements across documents, by the API and as pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from sqlalchemy import event, select

from factories import TEXT, reading, span
from khabar.corroborate.keep import corroborate_store
from khabar.records import Arrival, Reading
from khabar.resources import Resources
from khabar.store import Store, schema
from khabar.store.verify import verify
from khabar.web.accounts import ROLES
from khabar.web.workbench import Workbench
from workbenches import first_document

Browser = TestClient[Any]


@pytest.fixture
def told(client: Browser, store: Store, sample: list[Reading], resources: Resources) -> Browser:
    """A browser of a store with the sample, corroborated."""
    arrivals = [Arrival(b"%d" % n, f"s{n}", "text", one) for n, one in enumerate(sample)]
    store.add(store.begin_ingest(["sample"], "test"), arrivals)
    corroborate_store(store, resources)
    return client


def judge(browser: Browser, *, tag: str | None = None, **body: Any) -> tuple[int, Any]:
    headers = {"If-Match": tag} if tag else {}
    answer = browser.post("/api/v1/judgements", json=body, headers=headers)
    return answer.status_code, answer.json()


# --- queues ---


def test_each_queue(told: Browser, store: Store, sample: list[Reading]) -> None:
    claims = told.get("/review?lang=en").text
    assert 'data-kind="claim"' in claims
    assert "data-lazy" in claims
    events = told.get("/review?queue=events&type=ASSAULT&lang=en").text
    assert 'data-kind="event"' in events
    assert "Nothing waits" in told.get("/review?queue=readers&lang=en").text
    store.add_readings([msgspec.structs.replace(sample[0], reader="later", claims=sample[0].claims[1:])])
    assert "only in the earlier reading" in told.get("/review?queue=readers&lang=en").text
    rows = told.get("/api/v1/differences?between=readers").json()["rows"]
    assert ("claim", None, "there") in {(row["kind"], row["item"], row["what"]) for row in rows}
    row = next(row for row in rows if row["what"] == "there")
    tag = told.get(f"/api/v1/documents/{row['document']}").headers["etag"]
    body = {"verb": "reject", "kind": row["kind"], "subject": row["other"], "document": row["document"]}
    assert judge(told, tag=tag, **body, reader=row["reader"])[0] == 201
    assert row not in told.get("/api/v1/differences?between=readers").json()["rows"]
    assert told.get("/api/v1/differences?after=!").status_code == 400
    assert told.get("/review?queue=rumours").status_code == 400


def test_two_who_differ_are_in_the_queue(sign_in: Callable[[str], Browser]) -> None:
    one, other = sign_in("reviewer"), sign_in("admin")
    key, _ = first_document(one)
    for browser, verb in ((one, "accept"), (other, "reject")):
        tag = browser.get(f"/api/v1/documents/{key}").headers["etag"]
        assert judge(browser, tag=tag, verb=verb, kind="claim", subject="c0", document=key)[0] == 201
    assert [row["what"] for row in one.get("/api/v1/differences?between=reviewers").json()["rows"]] == ["reviewers"]
    page = one.get("/review?queue=reviewers&lang=en").text
    assert "a reviewer" in page
    assert "a admin" in page
    assert "reviewers agree on 0 of 1" in page


def test_a_page_of_the_queue_asks_little(told: Browser, store: Store) -> None:
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda _c, _u, statement, *_: asked.append(statement))
    for path in ("/review", "/review?queue=events"):
        told.get(path)
        asked.clear()
        assert told.get(path).text.count("data-queued") == 10
        assert len(asked) < 10, asked
        assert not any("count(*)" in one for one in asked)


def test_a_card_and_its_values(told: Browser, store: Store) -> None:
    with store.engine.connect() as connection:
        d, m = schema.document, schema.mention
        rows = connection.execute(
            select(d.c.id, m.c.id, m.c.type).join(m, m.c.document_pk == d.c.pk).order_by(m.c.pk)
        ).all()
    seen = set()
    for document, key, kind in rows:
        if kind in seen:
            continue
        seen.add(kind)
        base = f"/documents/{document}/items/mention/{key}"
        fragment = told.get(base).json()
        assert f'data-subject="{key}"' in fragment["card"]
        assert fragment["text"].startswith("<p ")
        assert 'data-field="type"' in told.get(f"{base}/values").text
    assert seen == {"PERSON", "ORG", "PLACE", "TIME", "QUANTITY"}
    for item in ("claim/c0", "event/e0"):
        assert told.get(f"/documents/{rows[0][0]}/items/{item}/values").status_code == 200
        queued = told.get(f"/documents/{rows[0][0]}/items/{item}?queued=true").json()
        assert queued["text"] is None
        assert 'data-kind="mention"' in queued["card"]
    for wrong in ("claim/c999", "rumour/c0", "mention/c0"):
        assert told.get(f"/documents/{rows[0][0]}/items/{wrong}").status_code == 404
        assert told.get(f"/documents/{rows[0][0]}/items/{wrong}/values").status_code == 404


def test_nothing_of_an_article_is_markup(client: Browser, store: Store) -> None:
    text = TEXT.replace("محمد سالم", "<b onclick='x'>")
    source = reading()
    entity = msgspec.structs.replace(source.mentions[0].entity, name_ar="</div><img src=x>'\"")  # type: ignore[type-var]
    name = span(text, "<b onclick='x'>")
    mention = msgspec.structs.replace(source.mentions[0], start=name.start, end=name.end, text=name.text, entity=entity)
    claim = msgspec.structs.replace(
        source.claims[0], source=msgspec.structs.replace(source.claims[0].source, start=name.start, end=name.end, text=name.text),
        cue=None, content=span(text, "القوات"),
    )  # fmt: skip
    made = reading(text=text, url="http://example.com/x", mentions=(mention,), claims=(claim,))
    store.add(store.begin_ingest(["x"], "t"), [Arrival(b"x", "x", "text", made)])
    base = f"/documents/{made.document.id}"
    for path in ("/review", base, f"{base}/items/claim/c0/values", f"{base}/items/mention/m0/values"):
        page = client.get(path).text
        assert "<b onclick" not in page
        assert "<img" not in page
    assert "<b onclick" not in client.get(f"{base}/items/mention/m0").json()["card"]


def test_names_to_choose_from(client: Browser) -> None:
    actors = client.get("/api/v1/lookup/actors", params={"words": "ISIS"}).json()
    assert actors[0]["id"].startswith("actor:")
    assert set(actors[0]) == {"id", "wikidata", "name_en", "name_ar"}
    places = client.get("/api/v1/lookup/places", params={"words": "الرقة"}).json()
    assert "SY" in {one["country"] for one in places}
    assert client.get("/api/v1/lookup/places", params={"words": "Ade"}).json() != []
    assert client.get("/api/v1/lookup/places", params={"words": "زغزغزغ"}).json() == []
    assert client.get("/api/v1/lookup/actors", params={"words": ""}).status_code == 400
    # What is chosen fits as it is.
    key, tag = first_document(client)
    body = {"verb": "correct", "kind": "mention", "document": key}
    status, made = judge(client, tag=tag, **body, subject="m0", field="entity", value=actors[0])
    assert status == 201
    status, _ = judge(client, tag=made["etag"], **body, subject="m1", field="place", value=places[0])
    assert status == 201
    assert client.get(f"/api/v1/documents/{key}").json()["reading"]["mentions"][1]["place"] == places[0]


# --- across documents ---


def test_a_merge_of_actors_is_foretold_and_kept(told: Browser, bench: Workbench) -> None:
    before = told.get("/api/v1/actors/actor:un").json()["actor"]
    preview = told.get("/api/v1/actors/actor:un/preview?verb=merge&other=actor:x").json()
    assert preview["changes"] is True
    assert (preview["moves"]["documents"], preview["moves"]["by"]) == (before["documents"], before["by"])
    assert preview["moves"]["stories"] > 0
    body = {"verb": "merge", "kind": "actor", "subject": "actor:un", "value": "actor:x"}
    status, made = judge(told, tag=preview["etag"], **body)
    assert status == 201
    assert judge(told, tag=preview["etag"], **body)[1]["code"] == "stale"
    assert told.get("/api/v1/actors/actor:un/preview?verb=merge&other=actor:x").json()["changes"] is False
    assert told.get("/api/v1/actors/actor:un/preview?verb=split&other=actor:x").json()["changes"] is True
    other = told.get("/api/v1/actors/actor:x").json()["actor"]
    assert (other["id"], other["merged"], other["documents"]) == ("actor:x", ["actor:un"], before["documents"])
    assert told.get("/api/v1/actors/actor:un").json()["actor"] == other
    assert told.get("/api/v1/documents?actor=actor:x").json() == told.get("/api/v1/documents?actor=actor:un").json()
    undo = {"verb": "withdraw", "kind": "judgement", "subject": made["judgement"]["id"]}
    assert judge(told, tag=made["etag"], **undo)[0] == 201
    assert told.get("/api/v1/actors/actor:un").json()["actor"] == before
    assert list(verify(bench.store.engine)) == []


def test_merged_actors_are_one_row(told: Browser) -> None:
    rows = [one for one in told.get("/api/v1/actors?limit=1000").json()["rows"] if not one["id"].startswith("doc:")]
    one, other = rows[0], rows[1]
    assert judge(told, verb="merge", kind="actor", subject=one["id"], value=other["id"])[0] == 201
    after = {row["id"]: row for row in told.get("/api/v1/actors?limit=1000").json()["rows"]}
    assert one["id"] not in after
    assert after[other["id"]]["claims"] == one["claims"] + other["claims"]
    assert told.get(f"/actors/{one['id']}").status_code == 200


def test_a_split_of_stories_is_foretold(told: Browser) -> None:
    story = next(one for one in told.get("/api/v1/stories?limit=100").json()["rows"] if one["why"])
    link = story["why"][0]
    asked = {"verb": "split", "subject": link["left"], "other": link["right"]}
    preview = told.get("/api/v1/stories/preview", params=asked).json()
    assert [one["id"] for one in preview["before"]] == [story["id"]]
    assert len(preview["after"]) > 1
    assert told.get("/api/v1/stories/preview", params={**asked, "verb": "merge"}).json()["before"] == preview["before"]
    assert told.get("/api/v1/stories/preview", params={**asked, "subject": "x/e0", "other": "y/e0"}).status_code == 404
    body = {"verb": "split", "kind": "story", "subject": link["left"], "value": link["right"]}
    assert judge(told, tag=preview["etag"], **body)[0] == 201
    page = told.get(f"/stories/{story['id']}?lang=en").text
    assert "Judgements of this story" in page


def test_an_origin_is_judged_with_the_state_of_its_document(told: Browser) -> None:
    story = max(told.get("/api/v1/stories?limit=100").json()["rows"], key=lambda one: len(one["origins"]))
    report = next(one for one in story["reports"] if one["origin"] and one["claim"])
    key, subject = report["document"], f"{report['event']}/{report['claim']}"
    body = {"kind": "origin", "document": key, "subject": subject}
    given = {"verb": "correct", "field": "origin", "value": {"label": "هيئة الرصد", "kind": "organization"}}
    assert judge(told, **body, **given)[0] == 428
    tag = told.get(f"/api/v1/documents/{key}").headers["etag"]
    status, made = judge(told, tag=tag, **body, **given)
    assert status == 201
    assert judge(told, tag=tag, **body, **given)[0] == 412
    assert told.get(f"/api/v1/documents/{key}").json()["adrift"] == []
    assert "هيئة الرصد" in told.get(f"/stories/{story['id']}").text
    undo = {"verb": "withdraw", "kind": "judgement", "subject": made["judgement"]["id"]}
    assert judge(told, **undo)[0] == 428
    assert judge(told, tag=made["etag"], **undo, document=key)[0] == 201


def every_judgement(browser: Browser) -> list[dict[str, Any]]:
    key, _ = first_document(browser)
    other = browser.get("/api/v1/documents?limit=2").json()["rows"][1]["document"]
    entity = {"id": "actor:x", "wikidata": None, "name_en": "X", "name_ar": None}
    of_items = [
        ("accept", "claim", "c0", None, None), ("reject", "event", "e0", None, None), ("note", "mention", "m0", None, "?"),
        ("correct", "claim", "c0", "stance", "denies"), ("correct", "claim", "c0", "quote", "direct"),
        ("correct", "claim", "c0", "source", None), ("correct", "claim", "c0", "via", []), ("correct", "claim", "c0", "cue", None),
        ("correct", "event", "e0", "type", "ASSAULT"), ("correct", "event", "e0", "factuality", "possible"),
        ("correct", "event", "e0", "roles", []), ("correct", "event", "e0", "claim", None),
        ("correct", "mention", "m0", "entity", entity), ("correct", "mention", "m0", "type", "ORG"),
        ("correct", "mention", "m1", "place", None), ("correct", "mention", "m2", "time", None),
        ("correct", "origin", "e0/c0", "origin", {"label": "x", "kind": "media"}),
        ("merge", "origin", "e0/c0", None, f"{other}/e0/c0"), ("split", "origin", "e0/c0", None, f"{other}/e0/c0"),
        ("accept", "document", key, None, None),
    ]  # fmt: skip
    across = [
        ("merge", "actor", "actor:x", "actor:y"), ("split", "actor", "actor:x", "actor:y"),
        ("merge", "story", f"{key}/e0", f"{other}/e0"), ("split", "story", f"{key}/e0", f"{other}/e0"),
    ]  # fmt: skip
    return [
        *({"verb": verb, "kind": kind, "subject": subject, "document": key, "field": field, "value": value}
          for verb, kind, subject, field, value in of_items),
        *({"verb": verb, "kind": kind, "subject": subject, "value": value} for verb, kind, subject, value in across),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_each_role_tries_every_judgement(sign_in: Callable[[str], Browser], role: str) -> None:
    browser = sign_in(role)
    for body in every_judgement(browser):
        document = body.get("document")
        tag = browser.get(f"/api/v1/documents/{document}").headers["etag"] if document else None
        status, made = judge(browser, tag=tag, **body)
        assert status == (403 if role == "reader" else 201), (body, made)
    page = browser.get(f"/documents/{first_document(browser)[0]}").text
    assert 'data-kind="claim"' in page
    assert ("data-act" in page) == (role != "reader")
