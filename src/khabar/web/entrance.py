"""Signing in and out."""

from __future__ import annotations

import hmac
import threading
from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body

from khabar.errors import BadToken, KhabarError, NotSignedIn
from khabar.web.accounts import begin_session, check_password, end_session
from khabar.web.faults import status_of
from khabar.web.gate import SESSION_COOKIE, VISIT_COOKIE
from khabar.web.render import render
from khabar.web.workbench import Ask, Bench

__all__ = ["Entrance"]

# A check of a password takes 64 MB: few at a time.
_CHECKS = threading.Semaphore(2)

START = "/stories"


class SignIn(msgspec.Struct, frozen=True):
    """What the form holds."""

    name: str = ""
    password: str = ""
    csrf: str = ""


class SignOut(msgspec.Struct, frozen=True):
    """What the form holds."""

    csrf: str = ""


class Entrance(Controller):
    """The door."""

    include_in_schema = False

    @get("/", sync_to_thread=False)
    def start(self) -> Response[Any]:
        """Where work begins."""
        return _to(START)

    @get("/login", sync_to_thread=False)
    def show(self, request: Ask) -> Response[Any]:
        """The form."""
        if request.user.account is not None:
            return _to("/")
        return _form(request)

    @post("/login", sync_to_thread=True, status_code=200)
    def sign_in(
        self, request: Ask, bench: Bench,
        data: Annotated[SignIn, Body(media_type=RequestEncodingType.URL_ENCODED)],
    ) -> Response[Any]:  # fmt: skip
        """Begin a session, or show the form again with what was wrong."""
        # A name and an address wait each on their own: neither a guesser nor a victim can hide behind the other.
        keys = (f"name {data.name.strip()[:100]}", f"from {request.client.host if request.client else '?'}")
        try:
            if not _alike(data.csrf, request.user.csrf):
                raise BadToken("the form was too old: try again", stage="sign-in")
            bench.throttle.check(*keys)
            with _CHECKS:
                account = check_password(bench.store, data.name, data.password)
        except KhabarError as error:
            if isinstance(error, NotSignedIn):
                bench.throttle.fail(*keys)
            return _form(request, error=error.code, status=status_of(error), name=data.name[:100])
        bench.throttle.succeed(*keys)
        secure = request.url.scheme == "https"
        secret = begin_session(bench.store, account.name)
        session = Cookie(SESSION_COOKIE, value=secret, httponly=True, samesite="strict", secure=secure)
        return _to("/", session, Cookie(VISIT_COOKIE, value="", max_age=0))

    @post("/logout", sync_to_thread=True, status_code=200)
    def sign_out(
        self, request: Ask, bench: Bench,
        data: Annotated[SignOut, Body(media_type=RequestEncodingType.URL_ENCODED)],
    ) -> Response[Any]:  # fmt: skip
        """End the session."""
        if not _alike(data.csrf, request.user.csrf):
            raise BadToken("the page's token is old: load the page again", stage="sign-in")
        end_session(bench.store, request.cookies.get(SESSION_COOKIE, ""))
        return _to("/login", Cookie(SESSION_COOKIE, value="", max_age=0))


def _form(request: Ask, *, error: str | None = None, status: int = 200, name: str = "") -> Response[Any]:
    secure = request.url.scheme == "https"
    visit = Cookie(VISIT_COOKIE, value=request.user.visit, httponly=True, samesite="strict", secure=secure)
    return render(request, "login.html", status=status, cookies=[visit], error=error, name=name)


def _to(path: str, *cookies: Cookie) -> Response[Any]:
    return Response(None, status_code=303, headers={"Location": path}, cookies=list(cookies))


def _alike(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
