"""Rows of any list as they come, a line at a time: JSON lines, CSV, a page with one table, GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

import msgspec

from khabar.export.csv import csv_lines

__all__ = ["as_csv", "as_geojson", "as_json_lines", "as_table_page"]

Row = dict[str, Any]
_STYLE = (
    "body{font:16px/1.6 'Noto Sans','Noto Naskh Arabic',sans-serif;margin:1.5rem;color:#1d2126;background:#fff}"
    "table{border-collapse:collapse}th,td{border:1px solid #d8d3c8;padding:.2rem .6rem;vertical-align:top;"
    "text-align:start}th{background:#f4f1ea}"
)


def as_json_lines(rows: Iterable[Any]) -> Iterator[str]:
    """Each row with all that it has."""
    for row in rows:
        yield msgspec.json.encode(row).decode() + "\n"


def as_csv(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    """A header, then a line a row; a value that is a list or a record stands as JSON."""
    yield csv_lines([columns])
    for row in rows:
        yield csv_lines([[_flat(row.get(name)) for name in columns]])


def as_table_page(rows: Iterable[Row], columns: Sequence[str], title: str) -> Iterator[str]:
    """A page with one table, without scripts."""
    heads = "".join(f'<th scope="col">{escape(name.replace("_", " "))}</th>' for name in columns)
    yield (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
        f"<h1>{escape(title)}</h1><table><thead><tr>{heads}</tr></thead><tbody>\n"
    )
    for row in rows:
        cells = (escape("" if (value := _flat(row.get(name))) is None else str(value)) for name in columns)
        yield "<tr>" + "".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>\n"
    yield "</tbody></table></html>\n"


def as_geojson(features: Iterable[tuple[Row, Row | None]]) -> Iterator[str]:
    """Rows with their geometry (None where they have none) as a FeatureCollection (RFC 7946)."""
    yield '{"type":"FeatureCollection","features":[\n'
    before = ""
    for row, geometry in features:
        feature = {"type": "Feature", "geometry": geometry, "properties": row}
        yield before + msgspec.json.encode(feature).decode()
        before = ",\n"
    yield "\n]}\n"


def _flat(value: Any) -> Any:
    return msgspec.json.encode(value).decode() if isinstance(value, list | tuple | dict) else value
