"""Judgements by the API: made with the state of the document that was judged, never over another's."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get, post
from litestar.params import FromQuery, HeaderParameter, JSONBody, QueryParameter
from sqlalchemy import select

from khabar.errors import Stale, StoreConflict, VersionMissing
from khabar.store import schema
from khabar.store.judgements import Judgement, Kind, Verb
from khabar.store.judging import judge
from khabar.store.queues import Between, list_differences
from khabar.web.api import Rows
from khabar.web.faults import FAULTS
from khabar.web.reads import across_documents, current_document, judgement_page
from khabar.web.workbench import Ask, Bench

__all__ = ["Judging"]

Short = Annotated[str, msgspec.Meta(max_length=400)]
Cursor = Annotated[str | None, QueryParameter(max_length=500)]
Limit = Annotated[int, QueryParameter(ge=1, le=1000)]


class JudgementIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A judgement to be made. Of an item in a document, it goes with `If-Match` or with `seen`, the version judged; of
    actors and stories it may, with the state that a preview tells. `reader` names an earlier reading that has the item.
    """

    verb: Verb
    kind: Kind
    subject: Short
    document: Short | None = None
    field: Short | None = None
    value: Any = None
    why: Annotated[str, msgspec.Meta(max_length=4000)] | None = None
    seen: int | None = None
    reader: Short | None = None


class JudgementOut(msgspec.Struct, frozen=True):
    """The judgement as it was kept, and the state after it: of its document, or across documents."""

    judgement: Judgement
    version: int
    etag: str


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
                field=data.field, value=data.value, why=data.why, seen=seen, reader=data.reader,
            )  # fmt: skip
        except StoreConflict as error:
            if if_match is None:
                raise
            raise Stale(error.detail, document=error.document, stage=error.stage) from error
        version, etag = _state(bench, data.document)
        return Response(JudgementOut(made, version, etag), headers={"ETag": etag})

    @get("/differences", sync_to_thread=True, responses=FAULTS)
    def differences(
        self, bench: Bench, between: FromQuery[Between | None] = None, settled: FromQuery[bool] = False,
        after: Cursor = None, limit: Limit = 50,
    ) -> Rows:  # fmt: skip
        """What two readings of one document, or two reviewers, differ in, and nobody has settled."""
        with bench.store.engine.connect() as connection:
            page = list_differences(connection, what=between, settled=settled, after=after, limit=limit)
        return Rows(page.rows, page.next, page.total)


def _seen(bench: Bench, data: JudgementIn, if_match: str | None) -> int | None:
    """The version that the judge saw. Raises VersionMissing, Stale, NotFound."""
    if data.document is None and not _is_across(bench, data):
        raise VersionMissing("a judgement of an item names its document", stage="judge")
    if data.document is not None and if_match is None and data.seen is None:
        raise VersionMissing("send If-Match with the document's ETag, or `seen`", document=data.document, stage="judge")
    version, etag = _state(bench, data.document)
    if if_match is None:
        return data.seen
    if if_match != etag:
        raise Stale("it is not as it was: look again, then judge", document=data.document or "", stage="judge")
    return version


def _is_across(bench: Bench, data: JudgementIn) -> bool:
    """Whether a judgement belongs to no document: of actors and stories, and what withdraws such a one."""
    if data.kind != "judgement":
        return data.kind in {"actor", "story"}
    j = schema.judgement
    query = select(j.c.pk).where(j.c.id == data.subject, j.c.document_pk.is_not(None))
    with bench.store.engine.connect() as connection:
        return connection.execute(query).first() is None


def _state(bench: Bench, document: str | None) -> tuple[int, str]:
    """Version and tag of a document, or of what was judged across documents."""
    with bench.store.engine.connect() as connection:
        if document is None:
            return across_documents(connection)
        now = current_document(connection, document)
    return now.version, now.etag
