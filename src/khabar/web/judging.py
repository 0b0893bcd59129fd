"""Judgements by the API: made with the state of the document that was judged, never over another's."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Response, get, post
from litestar.params import HeaderParameter, JSONBody, QueryParameter

from khabar.errors import Stale, StoreConflict, VersionMissing
from khabar.store.judgements import Judgement, judge
from khabar.web.api import Rows
from khabar.web.faults import FAULTS
from khabar.web.reads import current_document, judgement_page
from khabar.web.workbench import Ask, Bench

__all__ = ["Judging"]

Verb = Literal["accept", "reject", "correct", "merge", "split", "note", "withdraw"]
Kind = Literal["mention", "claim", "event", "document", "actor", "story", "judgement"]
Short = Annotated[str, msgspec.Meta(max_length=400)]
Cursor = Annotated[str | None, QueryParameter(max_length=500)]
Limit = Annotated[int, QueryParameter(ge=1, le=1000)]


class JudgementIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A judgement to be made. Of an item in a document, it goes with `If-Match` or with `seen`, the version judged."""

    verb: Verb
    kind: Kind
    subject: Short
    document: Short | None = None
    field: Short | None = None
    value: Any = None
    why: Annotated[str, msgspec.Meta(max_length=4000)] | None = None
    seen: int | None = None


class JudgementOut(msgspec.Struct, frozen=True):
    """The judgement as it was kept, and the state of the document after it."""

    judgement: Judgement
    version: int | None
    etag: str | None


class Judging(Controller):
    """What people say of what was found."""

    path = "/api/v1"
    tags = ["write"]

    @get("/judgements", sync_to_thread=True, responses=FAULTS)
    def judgements(
        self, bench: Bench,
        document_id: Annotated[str | None, QueryParameter(name="document", max_length=100)] = None,
        after: Cursor = None, limit: Limit = 50,
    ) -> Rows:  # fmt: skip
        """Judgements in the order they were made, withdrawn ones and withdrawals too."""
        with bench.store.engine.connect() as connection:
            page = judgement_page(connection, document_id, after, limit)
        return Rows(page.rows, page.next, page.total)

    @post("/judgements", sync_to_thread=True, responses=FAULTS)
    def add_judgement(
        self, request: Ask, bench: Bench, data: JSONBody[JudgementIn],
        if_match: Annotated[str | None, HeaderParameter(name="If-Match", max_length=100)] = None,
    ) -> Response[JudgementOut]:  # fmt: skip
        """Judge. 412 or 409 if the document was judged meanwhile: look again, then judge."""
        who = request.user.account.name
        seen = _seen(bench, data, if_match)
        try:
            made = judge(
                bench.store, who=who, verb=data.verb, kind=data.kind, subject=data.subject, document=data.document,
                field=data.field, value=data.value, why=data.why, seen=seen,
            )  # fmt: skip
        except StoreConflict as error:
            if if_match is None:
                raise
            raise Stale(error.detail, document=error.document, stage=error.stage) from error
        if data.document is None:
            return Response(JudgementOut(made, None, None))
        with bench.store.engine.connect() as connection:
            now = current_document(connection, data.document)
        return Response(JudgementOut(made, now.version, now.etag), headers={"ETag": now.etag})


def _seen(bench: Bench, data: JudgementIn, if_match: str | None) -> int | None:
    """The version that the judge saw. Raises VersionMissing, Stale, NotFound."""
    if data.document is None:
        if data.kind not in {"actor", "story"}:
            raise VersionMissing("a judgement of an item names its document", stage="judge")
        return None
    if if_match is None and data.seen is None:
        raise VersionMissing("send If-Match with the document's ETag, or `seen`", document=data.document, stage="judge")
    with bench.store.engine.connect() as connection:
        now = current_document(connection, data.document)
    if if_match is None:
        return data.seen
    if if_match != now.etag:
        raise Stale("the document is not as it was: look again, then judge", document=data.document, stage="judge")
    return now.version
