"""Lists, pages, tags, bulk, judgements and jobs by the API."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from factories import TEXT
from khabar.records import reading_from_json
from khabar.store import schema
from khabar.store.verify import verify
from khabar.web.workbench import Workbench
from workbenches import first_document

Browser = TestClient[Any]
LISTS = ("documents", "claims", "events", "actors", "places")


@pytest.mark.parametrize("what", LISTS)
def test_a_list_a_page_at_a_time(client: Browser, what: str) -> None:
    whole = client.get(f"/api/v1/{what}?count=true").json()
    assert whole["total"] == len(whole["rows"]) > 0
    seen: list[Any] = []
    after: str | None = ""
    while after is not None:
        page = client.get(f"/api/v1/{what}", params={"limit": 1, "after": after}).json()
        seen, after = [*seen, *page["rows"]], page["next"]
    assert seen == whole["rows"]


def test_filters_are_those_of_the_command_line(client: Browser) -> None:
    def count(**asked: str) -> int:
        return len(client.get("/api/v1/claims", params=asked).json()["rows"])

    assert count(words="الرقة") == 3
    assert count(words="حلب") == 0
    assert count(near="35.9,39.0,50") == 3
    assert count(box="0,0,1,1") == 0
    assert count(within="SY", type="MOVE", stance="asserts", kind="named_person") == 3
    assert count(stance="denies") == 0
    assert count(happened_since="2017-10-12", happened_until="2017-10-12") == 3
    assert count(since="2017-10-13") == 0
    assert count(words="", publisher="") == 3


@pytest.mark.parametrize(
    "query",
    ["near=1,2", "box=1,2,3,x", "within=SY&near=1,2,3", "type=SHOUT", "limit=0", "limit=many", "after=%21", "since=never",
     "words=%22%22", "judgement=maybe", "sort=random", "publisher=%00"],
)  # fmt: skip
def test_a_filter_that_makes_no_sense(client: Browser, query: str) -> None:
    answer = client.get(f"/api/v1/claims?{query}")
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "detail", "document", "stage"}
    assert answer.json()["code"] in {"usage", "access"}


def test_a_document_with_its_tag(client: Browser) -> None:
    key, tag = first_document(client)
    out = client.get(f"/api/v1/documents/{key}").json()
    assert (out["document"], out["version"], out["etag"]) == (key, 0, tag)
    assert out["reading"]["text"] == TEXT
    assert client.get(f"/api/v1/documents/{key}", headers={"If-None-Match": tag}).status_code == 304
    bytes_ = client.get(f"/api/v1/documents/{key}/reading").content
    assert reading_from_json(bytes_).document.id == key
    assert len(client.get(f"/api/v1/documents/{key}/readings").json()) == 1
    digest = out["sightings"][0]["sha256"]
    original = client.get(f"/api/v1/documents/{key}/original/{digest}")
    assert original.content.startswith(b"raw ")
    assert original.headers["content-disposition"].startswith("attachment")
    assert original.headers["content-type"] == "application/octet-stream"
    other = client.get(f"/api/v1/documents/{key}/original/sha256:{'0' * 64}")
    assert (other.status_code, other.json()["code"]) == (404, "not-found")
    assert client.get("/api/v1/documents/sha256:no").status_code == 404


def test_lists_have_tags(client: Browser) -> None:
    tag = client.get("/api/v1/claims").headers["etag"]
    assert client.get("/api/v1/claims", headers={"If-None-Match": tag}).status_code == 304


def test_judge_withdraw_and_the_ledger(client: Browser, bench: Workbench) -> None:
    key, tag = first_document(client)
    body = {"verb": "correct", "kind": "claim", "subject": "c0", "document": key, "field": "stance", "value": "denies"}
    made = client.post("/api/v1/judgements", json=body, headers={"If-Match": tag})
    assert made.status_code == 201
    assert made.json()["version"] == 1
    assert made.json()["etag"] == made.headers["etag"] != tag
    out = client.get(f"/api/v1/documents/{key}").json()
    assert out["reading"]["claims"][0]["stance"] == "denies"
    assert out["status"] == {"c0": "corrected"}
    undo = {
        "verb": "withdraw",
        "kind": "judgement",
        "subject": made.json()["judgement"]["id"],
        "document": key,
        "seen": 1,
    }
    assert client.post("/api/v1/judgements", json=undo).status_code == 201
    assert client.get(f"/api/v1/documents/{key}").json()["status"] == {}
    assert len(client.get("/api/v1/judgements", params={"document": key}).json()["rows"]) == 2
    with bench.store.engine.connect() as connection:
        actions = connection.scalars(select(schema.ledger.c.action)).all()
    assert actions.count("judge") == 2
    assert list(verify(bench.store.engine)) == []


def test_a_judgement_of_another_state_is_refused(client: Browser) -> None:
    key, tag = first_document(client)
    body = {"verb": "accept", "kind": "claim", "subject": "c0", "document": key}

    def post(headers: dict[str, str] | None = None, **more: Any) -> tuple[int, str]:
        answer = client.post("/api/v1/judgements", json={**body, **more}, headers=headers)
        return answer.status_code, answer.json().get("code", "")

    assert post() == (428, "version-missing")
    assert post(document=None) == (428, "version-missing")
    assert post({"If-Match": tag})[0] == 201
    assert post({"If-Match": tag}) == (412, "stale")
    assert post(seen=0) == (409, "store-conflict")
    assert post(seen=1, verb="correct", field="stance", value="shouts") == (400, "usage")
    assert post(seen=1, subject="c99") == (400, "usage")
    assert post(seen=1, document="sha256:none") == (404, "not-found")
    assert post(seen=1, verb="shout")[0] == 400
    assert post(seen=1, more="x")[0] == 400
    assert post(kind="actor", verb="merge", subject="doc:1", value="actor:x", document=None)[0] == 201


def test_upload_to_claims(client: Browser, bench: Workbench) -> None:
    line = msgspec.json.encode({"id": "u1", "text": TEXT, "publisher": "ناشر"})
    files = [("data", ("in.jsonl", line + b"\n{broken\n")), ("data", ("../../etc/passwd.txt", "نص قصير.".encode()))]
    answer = client.post("/api/v1/jobs/files", files=files)
    assert answer.status_code == 202
    job = wait(client, answer.json()["id"])
    assert job["state"] == "done"
    assert job["sources"] == ["in.jsonl", "passwd.txt"]
    assert (job["counts"]["new"], job["counts"]["rejected"]) == (2, 1)
    assert [one["code"] for one in job["rejections"]] == ["bad-json"]
    found = [client.get(f"/api/v1/documents/{key}").json()["reading"] for key in job["documents"]]
    assert found[0]["claims"][0]["source"]["text"] == "محمد سالم"
    assert found[1]["external_id"] == "passwd.txt"
    with bench.store.engine.connect() as connection:
        details = connection.scalars(
            select(schema.ledger.c.detail).where(schema.ledger.c.action == "ingest-asked")
        ).all()
    assert [msgspec.json.decode(detail)["who"] for detail in details] == [bench.local_name]
    assert client.get("/api/v1/jobs/none").status_code == 404


def test_what_cannot_be_fetched_is_told(client: Browser) -> None:
    answer = client.post("/api/v1/jobs/addresses", json={"addresses": ["http://127.0.0.1/", "file:///etc/passwd"]})
    job = wait(client, answer.json()["id"])
    assert [one["code"] for one in job["rejections"]] == ["address-refused", "address-refused"]
    assert client.post("/api/v1/jobs/addresses", json={"addresses": []}).status_code == 400


def wait(client: Browser, key: str) -> Any:
    for _ in range(600):
        job = client.get(f"/api/v1/jobs/{key}").json()
        if job["state"] in {"done", "failed"}:
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_accounts_by_the_api(sign_in: Callable[[str], Browser]) -> None:
    admin = sign_in("admin")
    new = {"name": "سلمى", "role": "reviewer", "password": "another long one"}
    assert admin.post("/api/v1/accounts", json=new).json()["name"] == "سلمى"
    assert admin.post("/api/v1/accounts", json={**new, "password": "short"}).json()["code"] == "usage"
    token = admin.post("/api/v1/accounts/سلمى/tokens", json={"label": "script"}).json()["token"]
    bearer = {"Authorization": f"Bearer {token}", "X-CSRF-Token": ""}
    other = sign_in("reader")
    other.cookies.clear()
    assert other.get("/api/v1/session", headers=bearer).json()["name"] == "سلمى"
    assert admin.delete("/api/v1/accounts/سلمى").status_code == 204
    assert other.get("/api/v1/session", headers=bearer).status_code == 401
    assert {one["name"]: one["enabled"] for one in admin.get("/api/v1/accounts").json()}["سلمى"] is False
    assert admin.delete("/api/v1/accounts/nobody").status_code == 404


def test_uploads_leave_nothing_behind(client: Browser, tmp_path: Path) -> None:
    answer = client.post("/api/v1/jobs/files", files=[("data", ("a.txt", "نص قصير.".encode()))])
    wait(client, answer.json()["id"])
    time.sleep(0.1)
    assert list((tmp_path / "uploads").glob("*")) == []
