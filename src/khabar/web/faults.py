"""Errors as answers: one shape, `{code, detail, document, stage}`, and the status that goes with each code."""

from __future__ import annotations

import logging

import msgspec
from litestar.exceptions import HTTPException
from litestar.openapi import ResponseSpec

from khabar.errors import (
    AccessError,
    BadToken,
    InputError,
    KhabarError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Stale,
    StoreBusy,
    StoreConflict,
    StoreUnavailable,
    TooLarge,
    TooMany,
    TooSlow,
    UsageError,
    VersionMissing,
)

__all__ = ["FAULTS", "Fault", "fault_of", "status_of"]

# The first that fits: subclasses stand before what they are derived from.
_STATUS: tuple[tuple[type[KhabarError], int], ...] = (
    (NotSignedIn, 401), (NotAllowed, 403), (BadToken, 403), (NotFound, 404), (TooSlow, 408), (StoreConflict, 409),
    (Stale, 412), (TooLarge, 413), (VersionMissing, 428), (TooMany, 429), (StoreBusy, 503), (StoreUnavailable, 503),
    (AccessError, 400), (UsageError, 400), (InputError, 400),
)  # fmt: skip


class Fault(msgspec.Struct, frozen=True):
    """What went wrong; `code` is explained in docs/errors.md."""

    code: str
    detail: str
    document: str = ""
    stage: str = ""


def status_of(error: KhabarError) -> int:
    """The HTTP status of an error; 500 for faults of ours."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def fault_of(error: Exception) -> tuple[Fault, int]:
    """What to answer: a known error as it is, anything else as a fault of ours without its inside."""
    if isinstance(error, KhabarError):
        return Fault(error.code, error.detail, error.document, error.stage), status_of(error)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return Fault(*_from_http(error), stage="request"), error.status_code
    if isinstance(error, RecursionError):
        return Fault(AccessError.code, "the body is nested too deeply", stage="request"), 400
    logging.getLogger("khabar.web").error("a request failed", exc_info=error)
    return Fault("error", "a fault of the program; its log says more"), 500


def _from_http(error: HTTPException) -> tuple[str, str]:
    codes = {401: NotSignedIn.code, 403: NotAllowed.code, 404: NotFound.code, 413: TooLarge.code}
    extra = error.extra if isinstance(error.extra, list) else []
    fields = [f"{one.get('key', '?')}: {one.get('message', '')}" for one in extra if isinstance(one, dict)]
    return codes.get(error.status_code, AccessError.code), "; ".join(fields) or error.detail


_MEANINGS = {
    400: "the request makes no sense", 401: "not signed in", 403: "not allowed, or the token is missing",
    404: "nothing there", 405: "no such method here", 408: "too slow", 409: "judged meanwhile",
    412: "judged meanwhile", 413: "too large", 415: "no such kind of body", 428: "a version is wanted",
    429: "too many", 503: "the database is busy",
}  # fmt: skip
FAULTS = {status: ResponseSpec(Fault, description=text) for status, text in _MEANINGS.items()}
"""What every route may answer besides, for its description."""
