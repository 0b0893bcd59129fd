"""`khabar corroborate`, `stories`, `story` and `copies`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection

from khabar.cli.guard import SOME_REJECTED
from khabar.cli.progress import steps
from khabar.config import load_settings
from khabar.corroborate.keep import corroborate_store
from khabar.corroborate.records import (
    Bounds,
    Conflict,
    ConflictValue,
    Copies,
    CopyGroup,
    Correction,
    Link,
    Moment,
    Story,
)
from khabar.corroborate.stories.numbers import Given, Policy, numbers_of
from khabar.corroborate.stories.timeline import timeline
from khabar.export.rows import rows_as
from khabar.resources import load_resources
from khabar.store import Store
from khabar.store.stories import StoryFilter, captured_of, copies_json, coverage, published_of, stories_json, story_json

__all__ = ["copies_command", "corroborate_command", "stories_command", "story_command"]

_STORY_COLUMNS = (
    "label", "first_reported", "documents", "named", "unnamed", "denials", "conflicts", "copies", "places", "earliest",
    "latest", "id",
)  # fmt: skip
_COPY_COLUMNS = ("kind", "documents", "original", "original_by", "similarity", "copies")
_TABLE_ROWS = 50  # stories of a table without a limit
_LINKS, _REASONS = 20, 4  # links of a story that a page shows, and reasons of each


def corroborate_command(db: str) -> int:
    """Bring the database's stories up to date; say on standard error what was done, and what could not be compared."""
    started = time.perf_counter()
    with steps() as progress:
        done = corroborate_store(Store.open(db), load_resources(load_settings()), progress=progress)
    seconds = time.perf_counter() - started
    for rejection in done.rejections:
        sys.stderr.write(rejection.to_json().decode() + "\n")
    sys.stderr.write(
        f"{done.documents} documents ({done.profiled} new or changed), {done.copies} groups of copies, {done.links} "
        f"links ({done.compared} pairs compared), {done.stories} stories ({done.changed} new or changed); "
        f"{seconds:.1f} seconds\n"
    )
    if not done.documents:
        sys.stderr.write(_say_empty(db))
    return SOME_REJECTED if done.rejections else 0


def stories_command(db: str, wanted: StoryFilter, limit: int | None, form: str | None) -> int:
    """Print stories, streamed."""
    form = _form(form)
    with Store.open(db).engine.connect() as connection:
        _say_coverage(connection, db)
        found = stories_json(connection, wanted, limit=limit or (_TABLE_ROWS if form == "table" else None))
        if form == "jsonl":
            _write_lines(found)
            return 0
        rows = (_story_row(msgspec.json.decode(data, type=Story)) for data in found)
        sys.stdout.write(rows_as(form, _STORY_COLUMNS, rows, terminal=sys.stdout.isatty()))
    return 0


def story_command(db: str, key: str, policy: Policy, form: str | None) -> int:
    """Print one story."""
    form = _form(form)
    with Store.open(db).engine.connect() as connection:
        _say_coverage(connection, db)
        data = story_json(connection, key)
        if form == "jsonl":
            _write_lines([data])
            return 0
        found = msgspec.json.decode(data, type=Story)
        documents = sorted({report.document for report in found.reports})
        moments = timeline(found, published_of(connection, documents), captured_of(connection, documents))
    if form == "csv":
        rows = [msgspec.to_builtins(report) for report in found.reports]
        sys.stdout.write(rows_as("csv", tuple(rows[0]), rows))
        return 0
    sys.stdout.write("\n".join(_page(found, moments, policy)))
    return 0


def copies_command(db: str, kind: str | None, document: str | None, form: str | None) -> int:
    """Print groups of copies, streamed."""
    form = _form(form)
    with Store.open(db).engine.connect() as connection:
        _say_coverage(connection, db)
        found = (
            msgspec.json.decode(data, type=CopyGroup)
            for data in copies_json(connection, kind=kind, document=document)
        )  # fmt: skip
        if form == "jsonl":
            _write_lines(msgspec.json.encode(Copies("khabar.copies/1", *msgspec.structs.astuple(one))) for one in found)
            return 0
        sys.stdout.write(rows_as(form, _COPY_COLUMNS, map(_copy_row, found), terminal=sys.stdout.isatty()))
    return 0


def _say_coverage(connection: Connection, db: str) -> None:
    """Say on standard error what to do where stories do not take in all that there is."""
    there, taken = coverage(connection)
    if not there:
        sys.stderr.write(_say_empty(db))
    elif taken < there:
        missing = "no" if not taken else f"{there - taken} of {there}"
        what = "documents are corroborated yet" if not taken else "documents are in no story or group of copies yet"
        sys.stderr.write(f"khabar: {missing} {what}: run `khabar corroborate --db {db}`\n")


def _say_empty(db: str) -> str:
    return f"khabar: the database holds no readings: `khabar ingest PATH --db {db}` reads and stores articles\n"


def _form(form: str | None) -> str:
    return form or ("table" if sys.stdout.isatty() else "jsonl")


def _write_lines(lines: Iterable[bytes]) -> None:
    for line in lines:
        sys.stdout.write(line.decode() + "\n")


def _story_row(story: Story) -> dict[str, Any]:
    return {
        "label": story.label, "first_reported": story.first_reported,
        "documents": len({report.document for report in story.reports}), "named": story.independent.named,
        "unnamed": story.independent.unnamed, "denials": len(story.denials), "conflicts": len(story.conflicts),
        "copies": len(story.copies), "places": ", ".join(place.name_en or place.id for place in story.places),
        "earliest": story.time.earliest, "latest": story.time.latest, "id": story.id,
    }  # fmt: skip


def _copy_row(group: CopyGroup) -> dict[str, Any]:
    return {
        "kind": group.kind, "documents": len(group.documents), "original": group.documents[0],
        "original_by": group.original_by, "similarity": group.similarity, "copies": ", ".join(group.documents[1:]),
    }  # fmt: skip


def _page(story: Story, moments: tuple[Moment, ...], policy: Policy) -> Iterator[str]:
    """One story for a person to read."""
    yield f"{story.label}\n{story.id}\n"
    yield f"independent origins: {story.independent.named} named, {story.independent.unnamed} unnamed"
    rows: list[dict[str, Any]] = [
        {"origin": one.id, "who": one.label, "kind": one.kind.replace("_", " "), "documents": ", ".join(one.documents)}
        for one in story.origins
    ]
    yield _table(("origin", "who", "kind", "documents"), rows)
    columns = ("at", "what", "document", "detail", *(("captured",) if any(one.captured for one in moments) else ()))
    yield _table(columns, [msgspec.to_builtins(moment) for moment in moments])
    if story.conflicts:
        yield "numbers in conflict\n" + _table(("role", "unit", "values"), list(map(_conflict_row, story.conflicts)))
        given = list(map(_given_row, numbers_of(story, policy)))
        yield f"numbers by policy: {policy}\n" + _table(("role", "unit", "low", "best", "high", "origin"), given)
    if story.corrections:
        yield "corrections\n" + _table(
            ("document", "role", "from", "to", "at"), list(map(_correction_row, story.corrections))
        )
    if story.copies:
        yield "copies\n" + _table(_COPY_COLUMNS, [_copy_row(group) for group in story.copies])
    if story.why:
        names = {report.document: report.external_id for report in story.reports}
        links = sorted(story.why, key=lambda link: -link.score)
        more = f", the strongest {_LINKS} of {len(links)}" if len(links) > _LINKS else ""
        rows = [_why_row(link, names) for link in links[:_LINKS]]
        yield f"why they are one{more}\n" + _table(("left", "right", "score", "reasons"), rows)
    yield ""


def _conflict_row(conflict: Conflict) -> dict[str, Any]:
    values = "; ".join(f"{_bounds(value)} ({', '.join(value.origins)})" for value in conflict.values)
    return {"role": conflict.role, "unit": conflict.unit, "values": values}


def _given_row(one: Given) -> dict[str, Any]:
    shown = {name: _number(getattr(one, name)) for name in ("low", "best", "high")}
    return {"role": one.role, "unit": one.unit, **shown, "origin": one.origin}


def _why_row(link: Link, names: dict[str, str]) -> dict[str, Any]:
    """A link with its greatest features; all of them are in the JSON."""
    left, right = (names.get(event.split("/", 1)[0], event) for event in (link.left, link.right))
    greatest = sorted(link.reasons.items(), key=lambda item: -item[1])[:_REASONS]
    return {
        "left": left, "right": right, "score": link.score,
        "reasons": ", ".join(f"{name} {value:g}" for name, value in greatest),
    }  # fmt: skip


def _correction_row(one: Correction) -> dict[str, Any]:
    old, new = (_bounds(bounds) if bounds else None for bounds in (one.old, one.new))
    return {"document": one.document, "role": one.role, "from": old, "to": new, "at": one.at}


def _bounds(value: Bounds | ConflictValue) -> str:
    return _number(value.min) if value.min == value.max else f"{_number(value.min)}–{_number(value.max)}"


def _number(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"


def _table(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> str:
    return rows_as("table", columns, rows, terminal=sys.stdout.isatty())
