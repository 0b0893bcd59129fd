"""How far the review is, and how far reviewers agree: counted once for each state of the store."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, func, select

from khabar.store import schema

__all__ = ["Progress", "Tally"]


class Progress(msgspec.Struct, frozen=True):
    """How many items there are and how many were judged; of those that two people judged, how often they agree."""

    all: int
    done: int
    both: int
    agreed: int

    @property
    def percent(self) -> int:
        """Of a hundred."""
        return round(100 * self.done / self.all) if self.all else 0


class Tally:
    """Progress as it was counted last. Every write is in the ledger, so its last entry says whether to count again;
    how many items there are is counted again only after an entry that is no judgement."""

    def __init__(self) -> None:
        self._progress: dict[str, tuple[int, Progress]] = {}
        self._all: dict[str, tuple[int, int]] = {}

    def of(self, connection: Connection, kind: str) -> Progress:
        """The progress of claims, or of events."""
        seq = schema.ledger.c.seq
        now = connection.scalar(select(func.max(seq))) or 0
        kept = self._progress.get(kind)
        if kept is not None and kept[0] == now:
            return kept[1]
        others = select(seq).where(schema.ledger.c.action != "judge").order_by(seq.desc()).limit(1)
        last = connection.scalar(others) or 0
        table = schema.event if kind == "event" else schema.claim
        if self._all.get(kind, (-1, 0))[0] != last:
            self._all[kind] = (last, connection.scalar(select(func.count()).select_from(table)) or 0)
        judged = select(func.count()).select_from(table).where(table.c.judgement.is_not(None))
        progress = Progress(self._all[kind][1], connection.scalar(judged) or 0, *_agreement(connection))
        self._progress[kind] = (now, progress)
        return progress


def _agreement(connection: Connection) -> tuple[int, int]:
    """How many items several people accepted or rejected, and of how many all said the same."""
    j = schema.judgement
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
    return both, agreed
