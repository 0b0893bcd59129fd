"""Reviewed readings as gold: the stand-off form that `khabar evaluate` scores against and training reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from khabar.records import Claim, Event, Mention, Reading, Source, Span

__all__ = ["gold_name", "write_gold"]


def gold_name(reading: Reading) -> str:
    """A file name for a document: the start of its hash, which no two documents share in practice."""
    return reading.document.id.removeprefix("sha256:")[:16]


def write_gold(folder: Path, reading: Reading) -> None:
    """Write `articles/NAME.json` and `compiled/NAME.json`; the article's id is NAME, its own stays as `external_id`."""
    name = gold_name(reading)
    d = reading.document
    article = {
        "id": name, "publisher": d.publisher, "published": d.published, "url": d.url, "title": d.title, "text": d.text,
        "external_id": d.external_id,
    }  # fmt: skip
    compiled = {
        "id": name,
        "mentions": [_mention(mention) for mention in reading.mentions],
        "claims": [_claim(claim) for claim in reading.claims if claim.source],
        "events": [_event(event) for event in reading.events],
    }
    for kind, content in (("articles", article), ("compiled", compiled)):
        target = folder / kind / f"{name}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _span(span: Span | Source) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _mention(mention: Mention) -> dict[str, Any]:
    span = {"start": mention.start, "end": mention.end, "text": mention.text}
    return {**span, "type": mention.type, "norm": _norm(mention)}


def _norm(mention: Mention) -> str:
    """The guidelines' norm: a name, `Name, CC, lat, lon`, a TIMEX3 value, or `min..max unit`; `?` where unresolved."""
    if mention.place:
        place = mention.place
        point = [f"{value:.1f}" if value is not None else "?" for value in (place.lat, place.lon)]
        return ", ".join([place.name_en or place.name_ar or "?", place.country or "-", *point])
    if mention.time:
        return mention.time.value
    if mention.quantity:
        low, high = ("" if value is None else f"{value:g}" for value in (mention.quantity.min, mention.quantity.max))
        return f"{low}..{high} {mention.quantity.unit or '?'}"
    return (mention.entity.name_en or mention.entity.name_ar or "?") if mention.entity else "?"


def _claim(claim: Claim) -> dict[str, Any]:
    assert claim.source is not None
    return {
        "source": _span(claim.source), "kind": claim.source.kind, "via": [_span(via) for via in claim.via],
        "cue": _span(claim.cue) if claim.cue else None, "content": _span(claim.content), "stance": claim.stance,
        "quote": claim.quote,
    }  # fmt: skip


def _event(event: Event) -> dict[str, Any]:
    roles = [{"role": r.role, "start": r.start, "end": r.end, "text": r.text} for r in event.roles]
    return {
        "type": event.type, "trigger": _span(event.trigger), "factuality": event.factuality, "roles": roles,
    }  # fmt: skip
