"""Two stories over the sample's documents that have one of everything a page of stories can show."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select

from khabar.store import Store, schema
from khabar.store.engine import write
from khabar.store.judgements import current_reading
from khabar.store.packing import pack

__all__ = ["keep_stories"]


def keep_stories(store: Store) -> None:
    """Keep them in the place of what corroboration keeps; ids and places are taken from the store."""
    d = schema.document
    with store.engine.connect() as connection:
        rows = connection.execute(select(d.c.pk, d.c.external_id, d.c.id, d.c.published_at)).all()
        readings = {row.external_id: current_reading(connection, row.id) for row in rows}
    by_id = {row.id: row for row in rows}
    clash = [f"sample-{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 17)]
    left = [f"sample-{n:02}" for n in (13, 12)]
    with write(store.engine) as connection:
        for told in (_clash(readings, clash), _leaving(readings, left)):
            members = [by_id[report["document"]] for report in told["reports"]]
            connection.execute(schema.story.insert(), [{
                "id": told["id"], "basis": "test", "type": told["type"], "label": told["label"], **told["time"],
                "reported_at": min(row.published_at for row in members), "documents": len(members),
                "data": pack(msgspec.json.encode(told)),
            }])  # fmt: skip
            keys = [{"story_id": told["id"], "document_pk": row.pk, "main": True} for row in members]
            connection.execute(schema.story_document.insert(), keys)


def _report(reading: Any, kind: str, origin: str | None, stance: str = "asserts") -> dict[str, Any]:
    event = next((one for one in reading.events if one.type == kind), reading.events[0])
    d = reading.document
    return {"document": d.id, "external_id": d.external_id, "publisher": d.publisher, "event": event.id, "claim": event.claim,
            "main": True, "stance": stance, "factuality": event.factuality, "origin": origin}  # fmt: skip


def _places(readings: list[Any], most: int) -> list[dict[str, Any]]:
    places = {m.place.id: m.place for one in readings for m in one.mentions if m.place and m.place.lat is not None}
    return [{"id": one.id, "name_en": one.name_en} for one in list(places.values())[:most]]


def _clash(readings: dict[str, Any], names: list[str]) -> dict[str, Any]:
    told = [readings[name] for name in names]
    first = told[0].document.text
    copied = readings[names[1]].document.text
    return {
        "schema": "khabar.story/1", "id": "story:clash", "label": "ASSAULT · al-Qatn · 2019-03-02", "type": "ASSAULT",
        "places": _places(told, 2), "time": {"earliest": "2019-03-02", "latest": "2019-03-02"},
        "first_reported": told[0].document.published,
        "reports": [_report(one, "ASSAULT", f"o{n % 2 + 1}") for n, one in enumerate(told)],
        "copies": [{"documents": names[:2], "original_by": "credit", "kind": "whole", "similarity": 0.95,
                    "spans": {names[1]: [[0, min(len(copied), len(first)) - 5]]}}],
        "origins": [{"id": "o1", "label": "وكالة الضفة", "kind": "media", "entity": None, "documents": names[::2]},
                    {"id": "o2", "label": "مستشفى سيئون العام", "kind": "organization", "entity": None, "documents": names[1::2]}],
        "independent": {"named": 2, "unnamed": 1},
        "denials": [{"document": names[6], "claim": "c0", "by": "لواء الوادي", "full": False}],
        "conflicts": [{"role": "killed", "unit": "person", "low": 7, "high": 11, "values": [
            {"min": 7, "max": 7, "origins": ["o1"], "documents": [names[0]]},
            {"min": 9, "max": 11, "origins": ["o2"], "documents": [names[4], names[7]]}]}],
        "corrections": [{"document": names[7], "role": "killed", "from": {"min": 7, "max": 7}, "to": {"min": 9, "max": 9},
                         "at": "2019-03-07T09:00:00+03:00"}],
        "why": [{"left": f"{told[0].document.id}/e0", "right": f"{told[1].document.id}/e0", "score": 0.93,
                 "reasons": {"type": 1.0, "place": 0.9}}],
    }  # fmt: skip


def _leaving(readings: dict[str, Any], names: list[str]) -> dict[str, Any]:
    told = [readings[name] for name in names]
    return {
        "schema": "khabar.story/1", "id": "story:leaving", "label": "MOVE · Ataq · 2019-03-05", "type": "MOVE",
        "places": _places(told, 3), "time": {"earliest": "2019-03-05", "latest": "2019-03-06"},
        "first_reported": told[0].document.published, "reports": [_report(one, "MOVE", "o1") for one in told], "copies": [],
        "origins": [{"id": "o1", "label": "مصدر محلي", "kind": "unnamed_source", "entity": None, "documents": names}],
        "independent": {"named": 0, "unnamed": 1}, "denials": [], "conflicts": [], "corrections": [], "why": [],
    }  # fmt: skip
