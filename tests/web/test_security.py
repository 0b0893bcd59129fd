"""Who may do what, and what is refused: roles, tokens, hosts, addresses, sizes, slow senders."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from khabar.config import Settings
from khabar.errors import AddressRefused, FetchFailed, TooLarge, TooMany, UsageError
from khabar.store import Store, schema
from khabar.web.accounts import ROLES, add_account, check_password
from khabar.web.app import make_app
from khabar.web.fetching import check_address, fetch_page
from khabar.web.throttle import Throttle
from khabar.web.workbench import Workbench, workbench
from workbenches import HOME, PASSWORD, first_document, login

Browser = TestClient[Any]

WRITES = [
    ("POST", "/api/v1/judgements", "reviewer"), ("POST", "/api/v1/jobs/addresses", "reviewer"),
    ("POST", "/api/v1/jobs/files", "reviewer"), ("POST", "/api/v1/accounts", "admin"),
    ("DELETE", "/api/v1/accounts/x", "admin"), ("POST", "/api/v1/accounts/x/tokens", "admin"),
]  # fmt: skip


def test_the_table_of_writes_is_whole(client: Browser) -> None:
    paths = client.get("/api/v1/schema/openapi.json").json()["paths"]
    found = {(method.upper(), path) for path, methods in paths.items() for method in methods if method != "get"}
    assert found == {(method, path.replace("/x", "/{name}")) for method, path, _ in WRITES}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_tries_every_write(sign_in: Callable[[str], Browser], role: str) -> None:
    browser = sign_in(role)
    assert browser.get("/api/v1/claims").status_code == 200
    for method, path, needed in WRITES:
        status = browser.request(method, path, json={}).status_code
        allowed = ROLES.index(role) >= ROLES.index(needed)  # type: ignore[arg-type]
        assert (status in {400, 404, 415}) if allowed else (status == 403), (method, path, status)


@pytest.mark.parametrize(
    ("method", "path", "needed"), [*WRITES, ("GET", "/api/v1/claims", "reader"), ("GET", "/nowhere", "reader")]
)
def test_nobody_is_let_in_once_there_are_accounts(
    sign_in: Callable[[str], Browser], bench: Workbench, method: str, path: str, needed: str
) -> None:
    with TestClient(make_app(bench), base_url=HOME) as browser:
        answer = browser.request(method, path)
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
        assert browser.request(method, path, headers={"Authorization": "Bearer khabar_x"}).status_code == 401


def test_a_page_leads_to_the_form(sign_in: Callable[[str], Browser], bench: Workbench) -> None:
    with TestClient(make_app(bench), base_url=HOME) as browser:
        answer = browser.get("/claims", headers={"Accept": "text/html"}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def test_a_write_without_the_token_is_refused(client: Browser, sign_in: Callable[[str], Browser]) -> None:
    for browser in (client, sign_in("admin")):
        key, tag = first_document(sign_in("admin"))
        body = {"verb": "accept", "kind": "claim", "subject": "c0", "document": key}
        for token in ("", "0" * 64, "é"):
            headers = {"X-CSRF-Token": token.encode(), "If-Match": tag.encode()}
            answer = browser.post("/api/v1/judgements", json=body, headers=headers)  # type: ignore[arg-type]
            assert answer.status_code in {401, 403}
        cross = browser.post("/api/v1/judgements", json=body, headers={"Sec-Fetch-Site": "cross-site", "If-Match": tag})
        assert cross.status_code in {401, 403}


def test_signing_in_and_out(sign_in: Callable[[str], Browser], bench: Workbench) -> None:
    browser = sign_in("reviewer")
    cookie = next(one for one in browser.cookies.jar if one.name == "khabar_session")
    secret = cookie.value or ""
    with bench.store.engine.connect() as connection:
        kept = connection.scalars(select(schema.web_session.c.secret_sha256)).all()
        assert all(secret not in one for one in kept)
        assert all("argon2id" in one for one in connection.scalars(select(schema.account.c.password)))
    assert browser.post("/logout", data={"csrf": "wrong"}).status_code == 403
    token = browser.headers["X-CSRF-Token"]
    browser.post("/logout", data={"csrf": token}, follow_redirects=False)
    browser.cookies.set("khabar_session", secret)
    assert browser.get("/api/v1/claims").status_code == 401


def test_the_form_needs_its_own_token(sign_in: Callable[[str], Browser], bench: Workbench) -> None:
    with TestClient(make_app(bench), base_url=HOME) as browser:
        form = {"name": "a reader", "password": PASSWORD, "csrf": "x"}
        assert browser.post("/login", data=form, follow_redirects=False).status_code == 403
        answer = login(browser, "a reader", PASSWORD)
        assert answer.status_code == 303
        flags = answer.headers["set-cookie"].lower()
        assert "httponly" in flags
        assert "samesite=strict" in flags


def test_guessing_is_slowed_down(sign_in: Callable[[str], Browser], bench: Workbench) -> None:
    with TestClient(make_app(bench), base_url=HOME) as browser:
        statuses = [login(browser, "a reader", "wrong").status_code for _ in range(7)]
    assert statuses[:5] == [401] * 5
    assert 429 in statuses[5:]


def test_the_wait_grows_and_ends() -> None:
    now = [0.0]
    throttle = Throttle(clock=lambda: now[0])
    for _ in range(2000):
        throttle.fail("a")
    with pytest.raises(TooMany, match="900"):
        throttle.check("b", "a")
    throttle.check("b")
    now[0] = 901
    throttle.check("a")
    for number in range(20_000):
        throttle.fail(str(number))
    assert len(throttle._failed) == 10_000


def test_an_account_needs_a_name_a_role_and_a_long_password(store: Store) -> None:
    for name, password, role in (
        ("", PASSWORD, "reader"),
        ("a", "short", "reader"),
        ("a\n", "x" * 11, "reader"),
        ("a", PASSWORD, "king"),
    ):
        with pytest.raises(UsageError):
            add_account(store, name, password, role, who="t")  # type: ignore[arg-type]
    add_account(store, "a", PASSWORD, "reader", who="t")
    assert check_password(store, "a", PASSWORD).role == "reader"


def test_another_host_name_is_refused(client: Browser) -> None:
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", ""):
        assert client.get("/api/v1/claims", headers={"Host": host}).status_code == 400
    for host in ("localhost:8000", "127.0.0.1:1", "[::1]:8000", "[::1]"):
        assert client.get("/api/v1/claims", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/v1/claims", "/nowhere", "/static/0/page.js", "/static/0/none.js", "/login", "/api/v1/claims?limit=0"]
)
def test_every_answer_has_safe_headers(client: Browser, path: str) -> None:
    headers = client.get(path, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    ["/static/../api.py", "/static/0/..%2fapi.py", "/static/0/%2e%2e/api.py", "/static/0/leaflet/../../x",
     "/static//etc/passwd", "/static/0/leaflet/..%2f..%2f__init__.py", "/static/0/page.js%00.png",
     "/static/0/leaflet//etc/passwd", "/static/0//etc/passwd", "/places/..%2f..%2fetc/passwd",
     "/api/v1/documents/..%2f..%2fetc%2fpasswd", "/api/v1/documents/x/original/..%2f..%2fpasswd"],
)  # fmt: skip
def test_no_path_leads_out(client: Browser, path: str) -> None:
    assert client.get(path).status_code in {400, 404}


def test_uploads_have_names_of_ours(client: Browser, tmp_path: Path) -> None:
    for name in ("../../x.txt", "/etc/x.txt", "..\\x.txt", "a\x00b.txt", ".", "..", "", "x" * 5000 + ".txt", "نص.txt"):
        answer = client.post("/api/v1/jobs/files", files=[("data", (name, b"x"))])
        assert answer.status_code in {202, 400}, name
    assert not (tmp_path / "x.txt").exists()
    assert not (tmp_path.parent / "x.txt").exists()


def test_a_zip_bomb_is_not_unpacked(client: Browser) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 20_000_000)
    job = client.post("/api/v1/jobs/files", files=[("data", ("a.zip", packed.getvalue()))]).json()
    import time

    for _ in range(400):
        now = client.get(f"/api/v1/jobs/{job['id']}").json()
        if now["state"] == "done":
            break
        time.sleep(0.05)
    assert [one["code"] for one in now["rejections"]] == ["unsupported-file"]


def test_too_much_is_refused(store: Store, tmp_path: Path) -> None:
    small = workbench(store, Settings(max_upload=50_000), processes=1, folder=tmp_path / "u")
    with TestClient(make_app(small), base_url=HOME) as browser:
        browser.headers["X-CSRF-Token"] = browser.get("/api/v1/session").json()["csrf"]
        files = [("data", ("a.txt", b"x" * 60_000))]
        answer = browser.post("/api/v1/jobs/files", files=files)
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
        body = msgspec.json.encode({"verb": "note", "kind": "actor", "subject": "a", "value": "x" * 1_100_000})
        answer = browser.post("/api/v1/judgements", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def test_a_slow_sender_is_told(store: Store, tmp_path: Path) -> None:
    import asyncio

    async def ask() -> list[Any]:
        slow = workbench(store, Settings(), processes=1, folder=tmp_path / "u", body_seconds=0.2)
        sent: list[Any] = []

        async def receive() -> Any:
            await asyncio.sleep(30)

        async def send(message: Any) -> None:
            sent.append(message)

        headers = [(b"host", b"localhost"), (b"content-type", b"application/json"), (b"content-length", b"10")]
        from khabar.web.gate import csrf_of

        headers.append((b"x-csrf-token", csrf_of(slow.secret).encode()))
        scope = {"type": "http", "method": "POST", "path": "/api/v1/judgements", "raw_path": b"/api/v1/judgements",
                 "query_string": b"", "headers": headers, "http_version": "1.1", "scheme": "http", "root_path": "",
                 "server": ("localhost", 80), "client": ("127.0.0.1", 1), "asgi": {"version": "3.0"}, "state": {}}  # fmt: skip
        await make_app(slow)(scope, receive, send)
        return sent

    # In a thread of its own: tests with a browser that ran before leave a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(lambda: asyncio.run(ask())).result()
    assert sent[0]["status"] == 408


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1",
    "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_fetched(address: str) -> None:
    for found in ([address], ["93.184.216.34", address]):
        with pytest.raises(AddressRefused):
            check_address("http://news.example/a", resolve=lambda *_, found=found: found)  # type: ignore[misc]
    allowed = check_address("http://news.example:81/a", allow=frozenset({"news.example"}), resolve=lambda *_: [address])
    assert allowed == ("news.example", address)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.example/", "http:///x", "http://user:pw@a.example/", "http://a.example:22/", "javascript:x",
     "http://[::1", "http://a.example:99999/", "", "http://a b/", "gopher://a.example/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(url, resolve=lambda *_: ["93.184.216.34"])


def test_a_number_as_a_host_is_an_address() -> None:
    for url in ("http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://localhost/"):
        with pytest.raises((AddressRefused, FetchFailed)):
            check_address(url)


class Site:
    """A server on loopback that answers with what it is told."""

    def __init__(self, answers: dict[str, tuple[int, dict[str, str], bytes]]) -> None:
        import http.server
        import threading

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = answers[self.path]
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def test_redirects_are_checked_and_limits_hold() -> None:
    html = {"Content-Type": "text/html"}
    site = Site({
        "/ok": (200, html, b"<p>x"), "/in": (302, {"Location": "http://inside.example/"}, b""),
        "/again": (302, {"Location": "/again"}, b""), "/zip": (200, {**html, "Content-Encoding": "gzip"}, b"x"),
        "/big": (200, html, b"x" * 8_100_000), "/gone": (404, html, b""), "/pic": (200, {"Content-Type": "image/png"}, b""),
    })  # fmt: skip

    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "site.example" else ["10.0.0.1"]

    def fetch(path: str) -> Any:
        url = f"http://site.example:{site.port}{path}"
        return fetch_page(url, allow=frozenset({"site.example"}), resolve=resolve)

    try:
        assert fetch("/ok").body == b"<p>x"
        for path, kind in (("/in", AddressRefused), ("/again", FetchFailed), ("/zip", FetchFailed), ("/big", TooLarge),
                           ("/gone", FetchFailed), ("/pic", FetchFailed)):  # fmt: skip
            with pytest.raises(kind):
                fetch(path)
    finally:
        site.close()
