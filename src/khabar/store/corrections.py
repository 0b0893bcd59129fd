"""What can be judged in a reading, and the items with a field corrected: every value is checked against its record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from khabar.errors import UsageError
from khabar.records import Claim, Event, Mention, Reading, Span

__all__ = ["CORRECTABLE", "Item", "anchor_of", "check_references", "corrected", "item_of", "items_of"]

Item = Mention | Claim | Event

CORRECTABLE: dict[str, frozenset[str]] = {
    "mention": frozenset({"span", "start", "end", "type", "entity", "place", "time", "quantity"}),
    "claim": frozenset({"source", "via", "cue", "content", "stance", "quote"}),
    "event": frozenset({"claim", "type", "trigger", "factuality", "roles"}),
}
"""Fields that a correction may set, by kind; the value has the field's own type in the public JSON. A mention's `span`
is its `start`, `end` and `text` at once."""

_VALUES = {"PERSON": "entity", "ORG": "entity", "PLACE": "place", "TIME": "time", "QUANTITY": "quantity"}
_UNKNOWN: dict[str, Any] = {"reason": "unknown", "within": None, "candidates": []}


def anchor_of(item: Item) -> tuple[Any, ...]:
    """The spans that make an item what it is, in every reading of the document."""
    if isinstance(item, Mention):
        return ("mention", item.type, item.start, item.end)
    if isinstance(item, Event):
        return ("event", item.type, item.trigger.start, item.trigger.end)
    source = (item.source.start, item.source.end) if item.source else (None, None)
    return ("claim", item.content.start, item.content.end, *source)


def items_of(reading: Reading) -> Iterator[tuple[str, Item]]:
    """(kind, item) of all that can be judged in a reading."""
    yield from (("mention", mention) for mention in reading.mentions)
    yield from (("claim", claim) for claim in reading.claims)
    yield from (("event", event) for event in reading.events)


def item_of(reading: Reading, kind: str, key: str) -> Item:
    """One item by its id. Raises UsageError where there is none."""
    found = next((one for name, one in items_of(reading) if name == kind and one.id == key), None)
    if found is None:
        raise UsageError(f"no {kind} {key[:80]} in {reading.document.id}", stage="judge")
    return found


def corrected(item: Item, field: str | None, value: Any, text: str) -> Item:
    """The item with one field set. Raises UsageError for a field, a type or a span that does not fit."""
    kind = type(item).__name__.lower()
    if field not in CORRECTABLE[kind]:
        raise UsageError(f"{field!r} of a {kind} cannot be corrected", stage="judge")
    fields = msgspec.to_builtins(item)
    if field == "span":
        fields |= _span(value)
    else:
        fields[field] = value
    if kind == "mention":
        fields["text"] = text[fields["start"] : fields["end"]] if _is_span(fields, text) else None
        _settle(fields, field)
    try:
        made = msgspec.convert(fields, type(item))
    except msgspec.ValidationError as error:
        raise UsageError(f"{field}: {error}", stage="judge") from error
    for span in _spans(fields):
        if text[span["start"] : span["end"]] != span["text"] or not _is_span(span, text):
            raise UsageError(f"{field}: {span} is not in the text", stage="judge")
    return made


def check_references(item: Item, reading: Reading) -> None:
    """Raise UsageError where a corrected event names a claim or a mention that its reading does not have."""
    if not isinstance(item, Event):
        return
    if item.claim is not None:
        item_of(reading, "claim", item.claim)
    mentions = {mention.id for mention in reading.mentions}
    for role in item.roles:
        if role.mention is not None and role.mention not in mentions:
            raise UsageError(f"no mention {role.mention[:80]} in {reading.document.id}", stage="judge")


def _span(value: Any) -> dict[str, Any]:
    try:
        span = msgspec.convert(value, Span)
    except msgspec.ValidationError as error:
        raise UsageError(f"span: {error}", stage="judge") from error
    return {"start": span.start, "end": span.end}


def _settle(fields: dict[str, Any], field: str) -> None:
    """A mention has the value of its type and no other; one without a value is unresolved."""
    wanted = _VALUES.get(fields["type"]) if isinstance(fields["type"], str) else None
    if field in _VALUES.values():
        if field != wanted and fields[field] is not None:
            raise UsageError(f"a {fields['type']} has no {field}", stage="judge")
        fields["unresolved"] = _UNKNOWN if fields[field] is None else None
    elif field == "type" and wanted is not None:
        for name in dict.fromkeys(_VALUES.values()):
            if name != wanted:
                fields[name] = None
        if fields[wanted] is None and fields["unresolved"] is None:
            fields["unresolved"] = _UNKNOWN


def _is_span(span: dict[str, Any], text: str) -> bool:
    start, end = span.get("start"), span.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _spans(inner)
