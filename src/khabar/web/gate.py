"""What every request passes, pages and files and errors too: host, identity, role, token, time, and safe headers.

It closes by default: a path that is not listed here needs a reader to be read, and a reviewer to be written to.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any, Literal

import msgspec

from khabar.errors import AccessError, BadToken, KhabarError, NotAllowed, NotSignedIn, TooLarge, TooSlow
from khabar.web.accounts import ROLES, Account, Role, account_of_session, account_of_token, any_account
from khabar.web.faults import fault_of
from khabar.web.workbench import Workbench

__all__ = ["SESSION_COOKIE", "VISIT_COOKIE", "Gate", "Identity", "csrf_of"]

SESSION_COOKIE = "khabar_session"
VISIT_COOKIE = "khabar_visit"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_OPEN = ("/static/", "/login")
_ADMIN = ("/api/v1/accounts",)
UPLOAD_PATH = "/api/v1/jobs/files"
_MAX_BODY = 1_000_000  # bytes of what is no upload
_EVERYBODY = ("/login", "/logout")

# Leaflet draws its own shapes through the style of elements, which a policy without inline styles allows.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{tiles}; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Identity(msgspec.Struct, frozen=True):
    """Who asks: `account` is None before signing in. `csrf` is what a page of ours sends back with a write."""

    account: Account | None
    how: Literal["session", "token", "local", "none"]
    csrf: str
    visit: str | None = None

    def may(self, role: Role) -> bool:
        """Whether this is at least such an account."""
        return self.account is not None and ROLES.index(self.account.role) >= ROLES.index(role)


def csrf_of(secret: str) -> str:
    """The token that belongs to a secret cookie: who has not the cookie cannot make it."""
    return hashlib.sha256(b"csrf:" + secret.encode()).hexdigest()


class Gate:
    """An ASGI application around the workbench's own."""

    def __init__(self, app: Any, bench: Workbench) -> None:
        self._app, self._bench = app, bench
        tiles = bench.settings.tile_url
        origin = "/".join(tiles.split("/", 3)[:3]).replace("{s}", "*") if "://" in tiles else ""
        self._headers = [
            (b"content-security-policy", _POLICY.format(tiles=f" {origin}" if origin else "").encode()),
            (b"x-content-type-options", b"nosniff"), (b"x-frame-options", b"DENY"),
            (b"referrer-policy", b"same-origin"), (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]  # fmt: skip

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Let a request through, or answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        guarded = self._with_headers(send, scope["path"], headers)
        try:
            self._check_host(headers)
            identity = await asyncio.to_thread(self._identity, headers)
            scope["user"] = identity
            _check_role(identity, scope["method"], scope["path"])
            _check_token(identity, scope["method"], scope["path"], headers)
        except KhabarError as error:
            await self._refuse(error, scope, headers, guarded)
            return
        upload = scope["path"] == UPLOAD_PATH
        await self._app(
            scope, self._limited(receive, self._bench.settings.max_upload if upload else _MAX_BODY), guarded
        )

    def _check_host(self, headers: dict[str, str]) -> None:
        host = headers.get("host", "")
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        if self._bench.hosts and name.lower() not in self._bench.hosts:
            raise AccessError("this server is not asked under that name", stage="request")

    def _identity(self, headers: dict[str, str]) -> Identity:
        store = self._bench.store
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            account = account_of_token(store, token.strip())
            if account is None:
                raise NotSignedIn("the token is not one of ours, or no longer", stage="sign-in")
            return Identity(account, "token", "")
        cookies = _cookies(headers.get("cookie", ""))
        session = cookies.get(SESSION_COOKIE, "")
        if session and (account := account_of_session(store, session)):
            return Identity(account, "session", csrf_of(session))
        if self._bench.local_name is not None:
            with store.engine.connect() as connection:
                if not any_account(connection):
                    return Identity(Account(self._bench.local_name, "reviewer"), "local", csrf_of(self._bench.secret))
        visit = cookies.get(VISIT_COOKIE) or secrets.token_urlsafe(32)
        return Identity(None, "none", csrf_of(visit), visit)

    def _with_headers(self, send: Any, path: str, headers: dict[str, str]) -> Any:
        extra = list(self._headers)
        if not path.startswith("/static/"):
            extra.append((b"cache-control", b"no-cache, private"))

        async def wrapped(message: Any) -> None:
            if message["type"] == "http.response.start":
                present = {key.lower() for key, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in extra if one[0] not in present)]
            await send(message)

        return wrapped

    def _limited(self, receive: Any, most: int) -> Any:
        """A body of at most `most` bytes; a slow sender is told so, and does not keep a place for ever."""
        deadline = asyncio.get_running_loop().time() + self._bench.body_seconds
        ended, size = False, 0

        async def wrapped() -> Any:
            nonlocal ended, size
            if ended:
                return await receive()
            left = max(deadline - asyncio.get_running_loop().time(), 0.0)
            try:
                message = await asyncio.wait_for(receive(), left)
            except TimeoutError as error:
                raise TooSlow("the body did not come in time", stage="request") from error
            size += len(message.get("body", b""))
            if size > most:
                raise TooLarge(f"more than {most} bytes", stage="request")
            ended = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        return wrapped

    async def _refuse(self, error: KhabarError, scope: Any, headers: dict[str, str], send: Any) -> None:
        page = not scope["path"].startswith("/api/") and "text/html" in headers.get("accept", "")
        if isinstance(error, NotSignedIn) and page and scope["method"] == "GET":
            await _answer(send, 303, b"", [(b"location", b"/login")])
            return
        fault, status = fault_of(error)
        kind = [(b"content-type", b"application/json")]
        more = [(b"www-authenticate", b"Bearer")] if status == 401 else []
        await _answer(send, status, msgspec.json.encode(fault), [*kind, *more])


async def _answer(send: Any, status: int, body: bytes, headers: Iterable[tuple[bytes, bytes]]) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


def _check_role(identity: Identity, method: str, path: str) -> None:
    if path.startswith(_OPEN) or path in _EVERYBODY:
        return
    role: Role = "admin" if path.startswith(_ADMIN) else "reader" if method in _SAFE else "reviewer"
    if identity.may(role):
        return
    if identity.account is None:
        raise NotSignedIn("sign in first", stage="request")
    raise NotAllowed(f"this takes the role {role}", stage="request")


def _check_token(identity: Identity, method: str, path: str, headers: dict[str, str]) -> None:
    """A write from a browser has the page's token; a form (`/login`) has it as a field, which its handler checks."""
    if method in _SAFE or identity.how == "token":
        return
    site = headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"}:
        raise BadToken("a write from another site", stage="request")
    if path in _EVERYBODY:
        return
    if not hmac.compare_digest(headers.get("x-csrf-token", "").encode(), identity.csrf.encode()):
        raise BadToken("the page's token is missing or old: load the page again", stage="request")


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
