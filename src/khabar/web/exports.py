"""What is filtered, as a file: lines of JSON, CSV, GeoJSON, a page with a table, or a page of whole articles."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from litestar.response import Stream
from sqlalchemy import Engine

from khabar.errors import TooLarge, UsageError
from khabar.export import writer_for
from khabar.export.listing import as_csv, as_geojson, as_json_lines, as_table_page
from khabar.store.outlets import outlets_of
from khabar.web.features import features_of
from khabar.web.filters import Asked
from khabar.web.reads import ListName, readings_of, rows_of
from khabar.web.shelf import Told, all_stories

__all__ = ["ExportForm", "ExportName", "export"]

ExportName = Literal["stories", "outlets", "documents", "claims", "events", "actors", "places", "readings"]
ExportForm = Literal["jsonl", "csv", "html", "geojson"]
_TYPES = {
    "jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8",
    "geojson": "application/geo+json",
}  # fmt: skip
_WITH_POINTS = ("events", "places")
_MOST_ARTICLES = 500  # of one page: more is more than a browser shows
_PIECE = 64_000  # characters sent at once: a line alone is too little
_DOCUMENT = ("document", "external_id", "publisher", "published")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "stories": ("id", "type", "label", "places", "earliest", "latest", "first_reported", "documents", "outlets",
                "named", "unnamed", "denials", "conflicts", "corrections"),
    "outlets": ("publisher", "documents", "copies", "taken", "copied_by"),
    "documents": (*_DOCUMENT, "title", "language", "ingested_at"),
    "claims": (*_DOCUMENT, "id", "source", "kind", "entity", "stance", "quote", "cue", "content", "score", "judgement"),
    "events": (*_DOCUMENT, "id", "claim", "type", "trigger", "factuality", "earliest", "latest", "score", "judgement"),
    "actors": ("id", "name_en", "name_ar", "type", "documents", "claims"),
    "places": ("id", "name_en", "name_ar", "country", "parent", "lat", "lon", "radius_km", "documents"),
}  # fmt: skip


def export(engine: Engine, asked: Asked, what: ExportName, form: ExportForm) -> Stream:
    """A file to save, streamed. Raises UsageError for a form that this has not, TooLarge for too many articles."""
    lines = _readings(engine, asked, form) if what == "readings" else _listed(engine, asked, what, form)
    # The first piece now: a filter that makes no sense is told as an error, not as a file that breaks off.
    pieces = _pieces(lines)
    first = next(pieces, "")
    headers = {
        "Content-Type": _TYPES[form], "Content-Disposition": f'attachment; filename="khabar-{what}.{form}"',
        "Content-Security-Policy": "sandbox",
    }  # fmt: skip
    return Stream(itertools.chain([first], pieces), media_type=_TYPES[form], headers=headers)


def _listed(engine: Engine, asked: Asked, what: Any, form: str) -> Iterator[str]:
    if form == "geojson":
        if what not in _WITH_POINTS:
            raise UsageError("GeoJSON is made of events and places", stage="export")
        return as_geojson(features_of(engine, asked, what))
    if form == "jsonl":
        return as_json_lines(_whole(engine, asked, what))
    rows = map(_flat, _whole(engine, asked, what))
    return as_csv(rows, _COLUMNS[what]) if form == "csv" else as_table_page(rows, _COLUMNS[what], f"Khabar: {what}")


def _whole(engine: Engine, asked: Asked, what: ListName | Literal["stories", "outlets"]) -> Iterator[Any]:
    if what == "stories":
        return all_stories(engine, asked.filter)
    if what == "outlets":
        with engine.connect() as connection:
            return iter(outlets_of(connection))
    return rows_of(engine, what, asked)


def _flat(one: Any) -> dict[str, Any]:
    """A row of values that a cell can show."""
    if isinstance(one, Told):
        places = "; ".join(place.name_en or place.id for place in one.places)
        return {
            "id": one.id, "type": one.type, "label": one.label, "places": places, "earliest": one.time.earliest,
            "latest": one.time.latest, "first_reported": one.first_reported, "documents": len(one.documents),
            "outlets": one.outlets, "named": one.independent.named, "unnamed": one.independent.unnamed,
            "denials": len(one.denials), "conflicts": len(one.conflicts), "corrections": len(one.corrections),
        }  # fmt: skip
    if isinstance(one, dict):
        return one
    row = msgspec.structs.asdict(one)
    pairs = {name: row[name] for name in ("taken", "copied_by")}
    return row | {name: "; ".join(f"{p.publisher or '?'} {p.documents}" for p in of) for name, of in pairs.items()}


def _readings(engine: Engine, asked: Asked, form: str) -> Iterator[str]:
    if form == "geojson":
        raise UsageError("GeoJSON is made of events and places", stage="export")
    writer = writer_for(form)
    yield writer.start()
    for number, reading in enumerate(readings_of(engine, asked)):
        if form == "html" and number == _MOST_ARTICLES:
            raise TooLarge(f"more than {_MOST_ARTICLES} articles for one page: narrow the filter", stage="export")
        yield writer.add(reading)
    yield writer.finish()


def _pieces(lines: Iterator[str]) -> Iterator[str]:
    kept: list[str] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size >= _PIECE:
            yield "".join(kept)
            kept, size = [], 0
    yield "".join(kept)
