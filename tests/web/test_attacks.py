"""What hostile articles, pages, senders and servers try: each is seen to come to nothing."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from factories import TEXT, reading
from khabar.config import Settings
from khabar.errors import AddressRefused, UsageError
from khabar.records import Arrival, Entity, Reading, document_from
from khabar.store import Store, schema
from khabar.store.verify import verify
from khabar.web.app import make_app
from khabar.web.fetching import fetch_page
from khabar.web.gate import csrf_of
from khabar.web.workbench import Workbench, workbench
from workbenches import first_document

Browser = TestClient[Any]
EVIL = """"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}</title></script>"""
WRITES = [
    ("POST", "/api/v1/judgements", {"verb": "note", "kind": "actor", "subject": "actor:a", "value": "x"}),
    ("POST", "/api/v1/jobs/addresses", {"addresses": ["http://127.0.0.1/"]}),
    ("POST", "/api/v1/accounts", {"name": "new", "role": "reader", "password": "a long password"}),
    ("POST", "/api/v1/accounts/new/tokens", {"label": "x"}), ("DELETE", "/api/v1/accounts/new", None),
]  # fmt: skip


def hostile() -> Reading:
    """A reading whose every free field is an attack."""
    made = reading(external_id=EVIL)
    document = document_from(
        TEXT,
        external_id=EVIL,
        language="ar",
        publisher=EVIL,
        title=EVIL,
        url="javascript:alert(3)",
        published="2017-10-12",
    )
    actor, place, *rest = made.mentions
    assert place.place is not None
    mentions = (
        msgspec.structs.replace(actor, entity=Entity("actor:evil", None, EVIL, EVIL)),
        msgspec.structs.replace(place, place=msgspec.structs.replace(place.place, name_ar=EVIL, name_en=EVIL)), *rest,
    )  # fmt: skip
    return msgspec.structs.replace(made, document=document, mentions=mentions)


def test_no_page_runs_what_an_article_holds(client: Browser, store: Store) -> None:
    key = hostile().document.id
    store.add(store.begin_ingest([EVIL], "test"), [Arrival(b"evil", EVIL, "text", hostile())])
    asked = "?words=" + "%22%3E%3Cscript%3Ealert(1)%3C/script%3E&publisher=%22%3E%3Cimg+src%3Dx+onerror%3Dalert(2)%3E"
    paths = (
        "/stories", "/claims", "/events", "/documents", "/actors", "/places", "/outlets", "/review", "/ingest", "/api",
        f"/documents/{key}", "/actors/actor:evil", "/places/geonames:172955", f"/claims{asked}", f"/stories{asked}",
        "/%3Cscript%3Ealert(1)%3C/script%3E", "/claims?near=%3Cscript%3E", "/documents/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/claims?lang=%22%3E%3Cscript%3E",
    )  # fmt: skip
    for path in paths:
        for language in ("ar", "en"):
            page = client.get(path, headers={"Accept": "text/html", "Cookie": f"khabar_lang={language}"})
            assert page.headers["content-type"].startswith("text/html"), path
            assert "<script>" not in page.text, path
            assert "<img" not in page.text, path
            assert "49" not in re.findall(r"alert\(2\)&gt;(\d*)", page.text), path
            assert "javascript:" not in re.findall(r'href="([^"]*)"', page.text), path
            for data in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page.text, re.S):
                msgspec.json.decode(data)
    for what in ("documents", "claims", "actors", "places", "readings"):
        page = client.get(f"/api/v1/export?what={what}&form=html")
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        assert page.headers["content-security-policy"] == "sandbox"
        table = client.get(f"/api/v1/export?what={what}&form=csv").text
        assert not re.search(r"(?m)(^|,)[=+@-]", table)


def test_a_write_needs_the_page_whoever_it_is(client: Browser, sign_in: Callable[[str], Browser]) -> None:
    admin = sign_in("admin")
    token = admin.headers.pop("X-CSRF-Token")
    for method, path, body in WRITES:
        for headers in ({}, {"X-CSRF-Token": "0" * 64}, {"X-CSRF-Token": token, "Sec-Fetch-Site": "cross-site"},
                        {"X-CSRF-Token": token, "Sec-Fetch-Site": "same-site"}):  # fmt: skip
            answer = admin.request(method, path, json=body, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "bad-token"), (path, headers)
        # What a form of another site can send without a preflight.
        form = admin.request(method, path, content=b"x=1", headers={"Content-Type": "text/plain"})
        assert form.status_code == 403
    # The token of one session is none of another's.
    other = sign_in("admin")
    assert other.headers["X-CSRF-Token"] != token
    assert other.delete("/api/v1/accounts/new", headers={"X-CSRF-Token": token}).status_code == 403


def test_every_write_is_in_the_ledger_with_who_did_it(sign_in: Callable[[str], Browser], bench: Workbench) -> None:
    admin = sign_in("admin")
    key, tag = first_document(admin)

    def entries() -> list[tuple[str, str]]:
        with bench.store.engine.connect() as connection:
            rows = connection.execute(
                select(schema.ledger.c.action, schema.ledger.c.detail).order_by(schema.ledger.c.seq)
            )
            return [(row.action, row.detail) for row in rows]

    for method, path, body in WRITES:
        before = len(entries())
        answer = admin.request(method, path, json=body)
        assert answer.status_code < 300, (path, answer.text)
        while path.endswith("addresses") and admin.get(f"/api/v1/jobs/{answer.json()['id']}").json()["state"] != "done":
            pass
        new = entries()[before:]
        assert new, path
        assert any('"a admin"' in detail for _, detail in new) or any(a == "judge" for a, _ in new), path
    accept = {"verb": "accept", "kind": "claim", "subject": "c0", "document": key}
    before = len(entries())
    assert admin.post("/api/v1/judgements", json=accept, headers={"If-Match": tag}).status_code == 201
    assert [action for action, _ in entries()[before:]] == ["judge"]
    made = admin.get("/api/v1/judgements", params={"document": key}).json()["rows"]
    assert [one["who"] for one in made] == ["a admin"]
    assert all("a long password" not in detail for _, detail in entries())
    assert list(verify(bench.store.engine)) == []


def test_a_name_server_cannot_change_its_mind(monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    asked: list[str] = []
    met: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    def send(client: Any, request: httpx.Request, **_: Any) -> httpx.Response:
        met.append(f"{request.url.host} {request.headers['host']}")
        return httpx.Response(302, headers={"Location": "http://news.example/b"}, request=request)

    monkeypatch.setattr(httpx.Client, "send", send)
    with pytest.raises(AddressRefused, match="private"):
        fetch_page("http://news.example/a", resolve=resolve)
    # It went to the address that was checked, by its number; the redirect was looked up and checked anew.
    assert met == ["93.184.216.34 news.example"]
    assert asked == ["news.example", "news.example"]


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "http://127.0.0.1/", "http://[::1]/", "//10.0.0.1/x", "ftp://a/"]
)
def test_no_redirect_leads_inside(monkeypatch: pytest.MonkeyPatch, location: str) -> None:
    import httpx

    def send(client: Any, request: httpx.Request, **_: Any) -> httpx.Response:
        return httpx.Response(302, headers={"Location": location}, request=request)

    def resolve(host: str, port: int) -> list[str]:
        return ["93.184.216.34"] if host == "news.example" else [host.strip("[]")]

    monkeypatch.setattr(httpx.Client, "send", send)
    with pytest.raises(AddressRefused):
        fetch_page("http://news.example/a", resolve=resolve)


def test_a_packed_body_is_not_inflated(client: Browser) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    assert len(bomb) < 1_000_000
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert client.post("/api/v1/judgements", content=bomb, headers=headers).status_code == 400
    files = [("data", (f"{n}.txt", b"x")) for n in range(201)]
    assert client.post("/api/v1/jobs/files", files=files).status_code == 400
    deep = b"[" * 100_000 + b"]" * 100_000
    answer = client.post("/api/v1/judgements", content=deep, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_who_sends_a_byte_at_a_time_is_told_too(store: Store, tmp_path: Path) -> None:
    async def ask() -> list[Any]:
        slow = workbench(store, Settings(), processes=1, folder=tmp_path / "u", body_seconds=0.3)
        sent: list[Any] = []

        async def receive() -> Any:
            await asyncio.sleep(0.05)
            return {"type": "http.request", "body": b" ", "more_body": True}

        async def send(message: Any) -> None:
            sent.append(message)

        headers = [(b"host", b"localhost"), (b"content-type", b"application/json"),
                   (b"x-csrf-token", csrf_of(slow.secret).encode())]  # fmt: skip
        scope = {"type": "http", "method": "POST", "path": "/api/v1/judgements", "raw_path": b"/api/v1/judgements",
                 "query_string": b"", "headers": headers, "http_version": "1.1", "scheme": "http", "root_path": "",
                 "server": ("localhost", 80), "client": ("127.0.0.1", 1), "asgi": {"version": "3.0"}, "state": {}}  # fmt: skip
        await asyncio.wait_for(make_app(slow)(scope, receive, send), 10)
        return sent

    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(lambda: asyncio.run(ask())).result()
    assert sent[0]["status"] == 408


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "workbench.example", ""])
def test_off_loopback_it_does_not_start_without_accounts(address: str, store: Store, host: str) -> None:
    from khabar.cli.serve import serve_command

    with pytest.raises(UsageError, match="no account"):
        serve_command(address, host, 0, 1)


def test_off_loopback_nobody_is_somebody_without_signing_in(store: Store, tmp_path: Path) -> None:
    public = workbench(store, Settings(), loopback=False, processes=1, folder=tmp_path / "u")
    with TestClient(make_app(public), base_url="http://workbench.example") as browser:
        assert browser.get("/api/v1/claims").status_code == 401
        assert browser.post("/api/v1/judgements", json={}).status_code == 401
        assert browser.get("/login").status_code == 200
