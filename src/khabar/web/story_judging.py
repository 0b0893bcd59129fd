"""What can be said of a story's origins, and what was said of the story."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from khabar.corroborate.records import Origin, Report
from khabar.store.judgements import Judgement, judgements_of, standing
from khabar.web.reads import Current
from khabar.web.shelf import Told

__all__ = ["OriginRow", "ReportRow", "origin_rows", "story_judgements"]


class ReportRow(msgspec.Struct, frozen=True):
    """A report of an origin: how a judgement names it, and the words of its claim."""

    report: Report
    subject: str
    etag: str
    said: str
    other: str | None

    @property
    def name(self) -> str:
        """The report as other reports' judgements name it."""
        return f"{self.report.document}/{self.subject}"


class OriginRow(msgspec.Struct, frozen=True):
    """An origin with its reports; the first stands for it in judgements."""

    origin: Origin
    reports: tuple[ReportRow, ...]


def origin_rows(story: Told, states: Sequence[Current]) -> list[OriginRow]:
    """The origins of a story with the reports that can be judged: those of documents that are still there, by an event
    that was read."""
    by_document = {one.view.reading.document.id: one for one in states}
    rows = []
    for origin in story.origins:
        own = (one for one in story.reports if one.origin == origin.id and one.event is not None)
        reports = [one for one in own if one.document in by_document]
        made = [_row(one, reports, by_document[one.document]) for one in reports]
        rows += [OriginRow(origin, tuple(made))] if made else []
    return rows


def _row(report: Report, reports: Sequence[Report], now: Current) -> ReportRow:
    other = next((one for one in reports if one.document != report.document), None)
    claims = {claim.id: claim.content.text for claim in now.view.reading.claims}
    return ReportRow(
        report, _inside(report), now.etag, claims.get(report.claim or "", ""),
        f"{other.document}/{_inside(other)}" if other else None,
    )  # fmt: skip


def _inside(report: Report) -> str:
    return "/".join(filter(None, (report.event, report.claim)))


def story_judgements(connection: Connection, story: Told, states: Sequence[Current]) -> list[Judgement]:
    """What stands of all that was said of a story's events and origins, in order."""
    documents = set(story.documents)
    of_stories = [
        one for one in standing(judgements_of(connection, kind="story"))
        if one.kind == "story" and {one.subject.split("/")[0], str(one.value).split("/")[0]} & documents
    ]  # fmt: skip
    of_origins = [one for state in states for one in state.judgements if one.kind == "origin"]
    return sorted(of_stories + of_origins, key=lambda one: one.at)
