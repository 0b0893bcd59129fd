"""Where two readings of one document differ, and where two reviewers do: what the queue of disagreement is made of.

The current reading is held against the one before it. Claims are paired by the characters that they have in common,
events by their triggers; a pair differs in fields, and what has no partner stands in one reading alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, TypeVar

import msgspec
from sqlalchemy import Connection, delete, select

from khabar.records import Claim, Event, Reading, reading_from_json
from khabar.store import schema
from khabar.store.corrections import anchor_of, item_of, items_of
from khabar.store.keys import item_key
from khabar.store.packing import unpack

__all__ = ["Difference", "differences", "index_differences"]

Said = Sequence[tuple[tuple[Any, ...], str, str]]
"""Standing judgements of a document's claims and events, in order: anchor, who, verb."""

T = TypeVar("T", Claim, Event)
_VERDICTS = frozenset({"accept", "reject", "correct"})
_OVERLAP = 0.3  # least share of both contents in common of two claims that are one


class Difference(msgspec.Struct, frozen=True):
    """One difference: ids of the item in the current reading and in the other, either None where it has none.

    `what`: the fields that differ (`kind`, `stance`, `quote`, `span`; `type`, `factuality`, `roles` of an event), or
    `here` or `there` alone, or `reviewers` where two people judged one item differently.
    """

    kind: Literal["claim", "event"]
    item: str | None
    other: str | None
    what: tuple[str, ...]


def differences(current: Reading, other: Reading) -> Iterator[Difference]:
    """What differs between two readings of one text, in the order of the current one, then what only the other has."""
    yield from _compared("claim", current.claims, other.claims, _content, _claim_fields)
    yield from _compared("event", current.events, other.events, _trigger, _event_fields)


def index_differences(connection: Connection, document: int, said: Said) -> None:
    """Make a document's rows in the table of differences again. A difference is settled by a verdict on its item."""
    t = schema.difference
    connection.execute(delete(t).where(t.c.document_pk == document))
    found, settled = list(_of_readings(connection, document, said)), {anchor for anchor, _, v in said if v in _VERDICTS}
    found += _of_reviewers(connection, document, said)
    rows = [
        {"pk": item_key(document, number), "document_pk": document, "kind": one.kind, "item": one.item,
         "other": one.other, "other_reading": reading, "what": " ".join(one.what),
         "settled": "reviewers" not in one.what and anchor in settled}
        for number, (one, reading, anchor) in enumerate(found)
    ]  # fmt: skip
    if rows:
        connection.execute(t.insert(), rows)


_Row = tuple[Difference, int | None, tuple[Any, ...]]


def _of_readings(connection: Connection, document: int, said: Said) -> Iterator[_Row]:
    r = schema.reading
    held = (r.c.document_pk == document, r.c.data.is_not(None))
    others = connection.execute(select(r.c.pk).where(*held, r.c.current.is_(False)).order_by(r.c.pk.desc()).limit(1))
    before = others.scalar()
    if before is None:
        return
    rows = connection.execute(select(r.c.pk, r.c.data, r.c.sha256).where(*held, r.c.current | (r.c.pk == before)))
    readings = {row.pk: reading_from_json(unpack(row.data, row.sha256)) for row in rows}
    other = readings.pop(before)
    for current in readings.values():
        for one in differences(current, other):
            item = item_of(current, one.kind, one.item) if one.item else item_of(other, one.kind, str(one.other))
            yield one, before, anchor_of(item)


def _of_reviewers(connection: Connection, document: int, said: Said) -> Iterator[_Row]:
    """Items on which the last verdicts of two people differ: one accepts what the other rejects or corrects."""
    last: dict[tuple[Any, ...], dict[str, str]] = {}
    for anchor, who, verb in said:
        if verb in _VERDICTS:
            last.setdefault(anchor, {})[who] = verb
    split = [anchor for anchor, verdicts in last.items() if len(set(verdicts.values())) > 1]
    if not split:
        return
    r = schema.reading
    where = (r.c.document_pk == document, r.c.current, r.c.data.is_not(None))
    row = connection.execute(select(r.c.data, r.c.sha256).where(*where)).first()
    if row is None:
        return
    reading = reading_from_json(unpack(row.data, row.sha256))
    ids = {anchor_of(item): item.id for _, item in items_of(reading)}
    for anchor in split:
        if anchor in ids:
            yield Difference(anchor[0], ids[anchor], None, ("reviewers",)), None, anchor


def _compared(
    kind: Literal["claim", "event"],
    here: Sequence[T],
    there: Sequence[T],
    span_of: Callable[[T], tuple[int, int]],
    fields_of: Callable[[T, T], Iterator[str]],
) -> Iterator[Difference]:
    partners = _paired(here, there, span_of)
    for number, one in enumerate(here):
        at = partners.get(number)
        if at is None:
            yield Difference(kind, one.id, None, ("here",))
        elif fields := tuple(fields_of(one, there[at])):
            yield Difference(kind, one.id, there[at].id, fields)
    met = set(partners.values())
    yield from (Difference(kind, None, one.id, ("there",)) for n, one in enumerate(there) if n not in met)


def _paired(here: Sequence[T], there: Sequence[T], span_of: Callable[[T], tuple[int, int]]) -> dict[int, int]:
    """Partners by number: those with the same span first, then those that share most of theirs."""
    free: dict[tuple[int, int], list[int]] = {}
    for number, one in enumerate(there):
        free.setdefault(span_of(one), []).append(number)
    partners: dict[int, int] = {}
    for number, one in enumerate(here):
        if same := free.get(span_of(one)):
            partners[number] = same.pop(0)
    left = sorted((span, number) for span, numbers in free.items() for number in numbers)
    for number, one in enumerate(here):
        if number not in partners and left:
            start, end = span_of(one)
            shares = []
            for at, (span, _) in enumerate(left):
                if span[0] >= end:
                    break
                shares.append((_share((start, end), span), -at))
            share, at = max(shares, default=(0.0, 0))
            if share >= _OVERLAP:
                partners[number] = left.pop(-at)[1]
    return partners


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(common, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def _content(claim: Claim) -> tuple[int, int]:
    return claim.content.start, claim.content.end


def _trigger(event: Event) -> tuple[int, int]:
    return event.trigger.start, event.trigger.end


def _claim_fields(one: Claim, other: Claim) -> Iterator[str]:
    if (one.source and one.source.kind) != (other.source and other.source.kind):
        yield "kind"
    if one.stance != other.stance:
        yield "stance"
    if one.quote != other.quote:
        yield "quote"
    spans = [
        [(span.start, span.end) if span else None for span in (claim.source, claim.cue, claim.content)]
        for claim in (one, other)
    ]
    if spans[0] != spans[1]:
        yield "span"


def _event_fields(one: Event, other: Event) -> Iterator[str]:
    for name in ("type", "factuality"):
        if getattr(one, name) != getattr(other, name):
            yield name
    if _trigger(one) != _trigger(other):
        yield "span"
    roles = [{(role.role, role.start, role.end) for role in event.roles} for event in (one, other)]
    if roles[0] != roles[1]:
        yield "roles"
