"""The queues of review: what waits, as cards in their context; and the two sides of a difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from markupsafe import Markup
from sqlalchemy import Connection

from khabar.export.drawing import draw_text
from khabar.export.marks import marks_of
from khabar.records import Event, Mention, Reading
from khabar.store.corrections import Item, anchor_of, item_of, items_of
from khabar.store.judgements import STATUS, Judgement, reading_by
from khabar.web.reads import Current, current_documents

__all__ = ["Card", "Pair", "card_of", "cards_of", "pair_cards", "queue_cards"]


_NEAR = 200  # characters


class Card(msgspec.Struct, frozen=True):
    """An item as a card: what was said of it, and, in a queue, the lines of the text that it stands in.

    `holds` are the numbers of events and of mentions that stand in it, `inside` their cards, where they are asked for;
    `reader` is set for an item of an earlier reading.
    """

    kind: str
    item: Item
    document: str
    status: str | None
    events: tuple[Event, ...] = ()
    etag: str = ""
    excerpt: Markup | None = None
    byline: tuple[str, ...] = ()
    holds: tuple[int, int] = (0, 0)
    inside: tuple[Card, ...] = ()
    reader: str | None = None

    @property
    def spans(self) -> dict[str, Any]:
        """Start and end of each span that a reviewer can correct, by field; lists for carriers and roles."""
        item = self.item
        if isinstance(item, Mention):
            return {"span": [item.start, item.end]}
        if isinstance(item, Event):
            roles = [[role.start, role.end] for role in item.roles]
            return {"trigger": [item.trigger.start, item.trigger.end], "roles": roles}
        named = {"content": item.content, "source": item.source, "cue": item.cue}
        spans: dict[str, Any] = {name: [span.start, span.end] if span else None for name, span in named.items()}
        return spans | {"via": [[span.start, span.end] for span in item.via]}


class Pair(msgspec.Struct, frozen=True):
    """A difference side by side: the item in the current reading and in the earlier one, or what each reviewer said."""

    document: str
    etag: str
    what: tuple[str, ...]
    here: Card | None
    there: Card | None
    said: tuple[Judgement, ...]
    excerpt: Markup
    byline: tuple[str, ...]


def cards_of(reading: Reading, status: Mapping[str, str], kind: str) -> list[Card]:
    """A card for every item of a kind, as a document's page shows them."""
    inside: dict[str, list[Event]] = {}
    for event in reading.events if kind == "claim" else ():
        if event.claim:
            inside.setdefault(event.claim, []).append(event)
    key = reading.document.id
    return [
        Card(kind, item, key, status.get(item.id), tuple(inside.get(item.id, ())))
        for name, item in items_of(reading)
        if name == kind
    ]


def card_of(reading: Reading, now: Current, kind: str, key: str, *, queued: bool) -> Card:
    """One card as it stands: alone, or with its lines and what stands in it. Raises UsageError for an unknown item."""
    item = item_of(reading, kind, key)
    if queued:
        return _queued(reading, now, kind, item, whole=True)
    return next(card for card in cards_of(reading, now.view.status, kind) if card.item.id == key)


def queue_cards(connection: Connection, rows: Iterable[dict[str, Any]], kind: str) -> list[Card]:
    """A card for each row of a list of claims or events; each document is looked at once."""
    rows = list(rows)
    documents = current_documents(connection, sorted({row["document"] for row in rows}))
    cards = []
    for row in rows:
        now = documents.get(row["document"])
        if now is not None:
            reading = now.view.whole
            cards.append(_queued(reading, now, kind, item_of(reading, kind, row["id"]), whole=False))
    return cards


def pair_cards(connection: Connection, rows: Iterable[dict[str, Any]]) -> list[Pair]:
    """The two sides of each row of the differences."""
    rows = list(rows)
    documents = current_documents(connection, sorted({row["document"] for row in rows}))
    earlier: dict[tuple[str, str], Reading] = {}
    pairs = []
    for row in rows:
        key, reader = row["document"], row["reader"]
        if key not in documents:
            continue
        if reader and (key, reader) not in earlier:
            earlier[key, reader] = reading_by(connection, key, reader)
        pairs.append(_pair(row, documents[key], earlier.get((key, reader))))
    return pairs


def _pair(row: dict[str, Any], now: Current, earlier: Reading | None) -> Pair:
    kind, key, status, reading = row["kind"], row["document"], now.view.status, now.view.whole
    here = there = None
    shown: list[Item] = []
    if row["item"]:
        item = item_of(reading, kind, row["item"])
        here = Card(kind, item, key, status.get(item.id))
        shown.append(item)
    if row["other"] and earlier:
        other = item_of(earlier, kind, row["other"])
        verdicts = {tuple(one.anchor or ()): STATUS.get(one.verb) for one in now.judgements if one.kind == kind}
        there = Card(kind, other, key, verdicts.get(anchor_of(other)), reader=earlier.reader)
        shown.append(other)
    said = tuple(one for one in now.judgements if here and one.kind == kind and one.subject == here.item.id)
    start, end = _around(reading, *_lines([span for item in shown for span in _reach(item)]))
    excerpt = _drawn(reading, start, end)
    return Pair(key, now.etag, tuple(row["what"].split()), here, there, said, excerpt, _byline(reading))


def _queued(reading: Reading, now: Current, kind: str, item: Item, *, whole: bool) -> Card:
    start, end = _around(reading, *_lines(_reach(item)))
    key, status = reading.document.id, now.view.status
    events = tuple(one for one in reading.events if kind == "claim" and one.claim == item.id)
    mentions = [one for one in reading.mentions if one.start < end and one.end > start and one is not item]
    inside: list[Card] = []
    if whole:
        inside += [Card("event", one, key, status.get(one.id)) for one in events]
        inside += [Card("mention", one, key, status.get(one.id)) for one in mentions]
    return Card(
        kind, item, key, status.get(item.id), events, now.etag, _drawn(reading, start, end), _byline(reading),
        (len(events), len(mentions)), tuple(inside),
    )  # fmt: skip


def _byline(reading: Reading) -> tuple[str, ...]:
    d = reading.document
    return tuple(part for part in (d.publisher, (d.published or "")[:10], d.title) if part)


def _reach(item: Item) -> list[tuple[int, int]]:
    """The spans of an item."""
    if isinstance(item, Mention):
        return [(item.start, item.end)]
    if isinstance(item, Event):
        return [(item.trigger.start, item.trigger.end), *((role.start, role.end) for role in item.roles)]
    return [(span.start, span.end) for span in (item.content, item.source, item.cue, *item.via) if span]


def _lines(spans: list[tuple[int, int]]) -> tuple[int, int]:
    return min(start for start, _ in spans), max(end for _, end in spans)


def _around(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """What stands around an item in its lines, not too far: names that may be its arguments."""
    text = reading.document.text
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return max(first, start - _NEAR), min(len(text) if last < 0 else last, end + _NEAR)


def _drawn(reading: Reading, start: int, end: int) -> Markup:
    marks = [mark for mark in marks_of(reading) if mark.start < end and mark.end > start]
    # The drawing escapes all that comes from the text.
    return Markup(draw_text(reading.document.text, marks, {}, "d", start=start, end=end))
