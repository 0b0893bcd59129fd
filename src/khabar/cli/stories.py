"""`khabar corroborate`, `stories`, `story` and `copies`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from khabar.config import load_settings
from khabar.corroborate.conflicts import Policy, chosen
from khabar.corroborate.keep import corroborate_store
from khabar.corroborate.records import Conflict, Copies, CopyGroup, Moment, Story
from khabar.corroborate.timeline import timeline
from khabar.export.rows import rows_as
from khabar.resources import load_resources
from khabar.store import Store
from khabar.store.stories import StoryFilter, copies_json, published_of, stories_json, story_json

__all__ = ["copies_command", "corroborate_command", "stories_command", "story_command"]

_STORY_COLUMNS = (
    "label", "first_reported", "documents", "named", "unnamed", "denials", "conflicts", "copies", "places", "earliest",
    "latest", "id",
)  # fmt: skip
_COPY_COLUMNS = ("kind", "documents", "original", "original_by", "similarity", "copies")
_TABLE_ROWS = 50  # stories of a table without a limit


def corroborate_command(db: str) -> int:
    """Bring the database's stories up to date; say on standard error what was done."""
    started = time.perf_counter()
    done = corroborate_store(Store.open(db), load_resources(load_settings()))
    seconds = time.perf_counter() - started
    sys.stderr.write(
        f"{done.documents} documents ({done.profiled} new or changed), {done.copies} groups of copies, {done.links} "
        f"links, {done.stories} stories ({done.changed} new or changed); {seconds:.1f} seconds\n"
    )
    return 0


def stories_command(db: str, wanted: StoryFilter, limit: int | None, form: str | None) -> int:
    """Print stories, streamed."""
    form = _form(form)
    with Store.open(db).engine.connect() as connection:
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
        data = story_json(connection, key)
        if form == "jsonl":
            _write_lines([data])
            return 0
        found = msgspec.json.decode(data, type=Story)
        published = published_of(connection, [report.document for report in found.reports])
    if form == "csv":
        rows = [msgspec.to_builtins(report) for report in found.reports]
        sys.stdout.write(rows_as("csv", tuple(rows[0]), rows))
        return 0
    sys.stdout.write("\n".join(_page(found, timeline(found, published), policy)))
    return 0


def copies_command(db: str, kind: str | None, document: str | None, form: str | None) -> int:
    """Print groups of copies, streamed."""
    form = _form(form)
    with Store.open(db).engine.connect() as connection:
        found = (
            msgspec.json.decode(data, type=CopyGroup)
            for data in copies_json(connection, kind=kind, document=document)
        )  # fmt: skip
        if form == "jsonl":
            _write_lines(msgspec.json.encode(Copies("khabar.copies/1", *msgspec.structs.astuple(one))) for one in found)
            return 0
        sys.stdout.write(rows_as(form, _COPY_COLUMNS, map(_copy_row, found), terminal=sys.stdout.isatty()))
    return 0


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
    yield _table(("at", "what", "document", "detail"), [msgspec.to_builtins(moment) for moment in moments])
    if story.conflicts:
        rows = [_conflict_row(one, story, policy) for one in story.conflicts]
        yield f"numbers in conflict (policy: {policy})\n" + _table(("role", "unit", "values", "given"), rows)
    if story.copies:
        yield _table(_COPY_COLUMNS, [_copy_row(group) for group in story.copies])
    yield ""


def _conflict_row(conflict: Conflict, story: Story, policy: Policy) -> dict[str, Any]:
    values = "; ".join(
        f"{_number(value.min)}{'' if value.max == value.min else '–' + _number(value.max)} ({', '.join(value.origins)})"
        for value in conflict.values
    )
    low, best, high = chosen(conflict, story, policy)
    given = _number(best) if low == best == high else f"{_number(low)} – {_number(best)} – {_number(high)}"
    return {"role": conflict.role, "unit": conflict.unit, "values": values, "given": given}


def _number(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"


def _table(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> str:
    return rows_as("table", columns, rows, terminal=sys.stdout.isatty())
