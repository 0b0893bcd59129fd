"""The queue of review: claims in their context, how far it is, and how far reviewers agree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from markupsafe import Markup
from sqlalchemy import Connection, func, select

from khabar.export.drawing import draw_text
from khabar.export.marks import Mark
from khabar.records import Claim, Event
from khabar.store import schema
from khabar.web.reads import Current, current_document, current_with_rejected

__all__ = ["Card", "Progress", "progress_of", "queue_cards"]


class Card(msgspec.Struct, frozen=True):
    """An item as a card: what was said of it, and, in the queue, the lines of the text that it stands in."""

    item: Claim | Event
    document: str
    status: str | None
    events: tuple[Event, ...] = ()
    etag: str = ""
    excerpt: Markup | None = None
    byline: tuple[str, ...] = ()


class Progress(msgspec.Struct, frozen=True):
    """How many claims there are and how many were judged; of those that two people judged, how often they agree."""

    all: int
    done: int
    both: int
    agreed: int

    @property
    def percent(self) -> int:
        """Of a hundred."""
        return round(100 * self.done / self.all) if self.all else 0


def queue_cards(connection: Connection, rows: Iterable[dict[str, Any]]) -> list[Card]:
    """A card for each row of a list of claims; each document is looked at once."""
    seen: dict[str, Current] = {}
    cards = []
    for row in rows:
        key = row["document"]
        now = seen.setdefault(key, seen.get(key) or current_document(connection, key))
        reading = current_with_rejected(connection, now)
        claim = next((one for one in reading.claims if one.id == row["id"]), None)
        if claim is None:
            continue
        d = reading.document
        byline = tuple(part for part in (d.publisher, (d.published or "")[:10], d.title) if part)
        excerpt = _excerpt(d.text, claim)
        cards.append(Card(claim, key, now.view.status.get(claim.id), (), now.etag, excerpt, byline))
    return cards


def _excerpt(text: str, claim: Claim) -> Markup:
    marks = [Mark(claim.content.start, claim.content.end, "content", claim.id)]
    parts = [("source", claim.source), ("cue", claim.cue), *(("carrier", via) for via in claim.via)]
    marks += [Mark(span.start, span.end, kind, claim.id) for kind, span in parts if span]
    start, end = min(mark.start for mark in marks), max(mark.end for mark in marks)
    # The drawing escapes all that comes from the text.
    return Markup(draw_text(text, marks, {}, "d", start=start, end=end))


def progress_of(connection: Connection) -> Progress:
    """Counts over all claims. Agreement: items that several people accepted or rejected, and all of them alike."""
    c, j = schema.claim, schema.judgement
    everything = connection.scalar(select(func.count()).select_from(c)) or 0
    done = connection.scalar(select(func.count()).select_from(c).where(c.c.judgement.is_not(None))) or 0
    withdrawn = select(j.c.subject).where(j.c.verb == "withdraw")
    last = (
        select(func.max(j.c.pk).label("pk"))
        .where(j.c.verb.in_(("accept", "reject")), j.c.document_pk.is_not(None), j.c.id.not_in(withdrawn))
        .group_by(j.c.document_pk, j.c.subject, j.c.who)
        .subquery()
    )
    shared = (
        select(func.count(func.distinct(j.c.verb)).label("verbs"))
        .join(last, last.c.pk == j.c.pk)
        .group_by(j.c.document_pk, j.c.subject)
        .having(func.count() > 1)
        .subquery()
    )
    both = connection.scalar(select(func.count()).select_from(shared)) or 0
    agreed = connection.scalar(select(func.count()).select_from(shared).where(shared.c.verbs == 1)) or 0
    return Progress(everything, done, both, agreed)
