"""How far the review is, and how far reviewers agree: counted once for each state of the store."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

import msgspec
from sqlalchemy import Connection, case, func, select

from khabar.store import schema

__all__ = ["Progress", "Tally"]

_VERDICTS = ("accept", "reject")
_AT_ONCE = 500  # documents


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


class _Agreement(msgspec.Struct, frozen=True):
    """How reviewers agree by the judgements up to one of them."""

    upto: int
    both: int
    agreed: int


class Tally:
    """Progress as it was counted last. Every write is in the ledger, so its last entry says whether to count again;
    how many items there are is counted again only after an entry that is no judgement, and of judgements, which are
    only ever added, those of the documents that were judged since."""

    def __init__(self) -> None:
        self._progress: dict[str, tuple[int, Progress]] = {}
        self._all: dict[str, tuple[int, int]] = {}
        self._agreement: _Agreement | None = None
        self._lock = Lock()  # many pages may be asked for at once, and one count is enough

    def of(self, connection: Connection, kind: str) -> Progress:
        """The progress of claims, or of events."""
        with self._lock:
            return self._of(connection, kind)

    def _of(self, connection: Connection, kind: str) -> Progress:
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
        agreement = self._agreement = _agreement(connection, self._agreement)
        done = connection.scalar(judged) or 0
        progress = Progress(self._all[kind][1], done, agreement.both, agreement.agreed)
        self._progress[kind] = (now, progress)
        return progress


def _agreement(connection: Connection, before: _Agreement | None) -> _Agreement:
    """How many items several people accepted or rejected, and of how many all said the same."""
    j = schema.judgement
    upto = connection.scalar(select(func.max(j.c.pk))) or 0
    if before is None:
        return _counted(connection, upto)
    later = select(j.c.document_pk).where(j.c.pk > before.upto, j.c.pk <= upto, j.c.document_pk.is_not(None))
    documents = list(connection.scalars(later.distinct()))
    if len(documents) > _AT_ONCE:
        return _counted(connection, upto)
    columns = (j.c.pk, j.c.document_pk, j.c.id, j.c.verb, j.c.who, j.c.subject)
    query = select(*columns).where(j.c.document_pk.in_(documents), j.c.pk <= upto).order_by(j.c.pk)
    rows = connection.execute(query).all()
    was, now = _shared([row for row in rows if row.pk <= before.upto]), _shared(rows)
    return _Agreement(upto, before.both + now[0] - was[0], before.agreed + now[1] - was[1])


def _shared(rows: Sequence[Any]) -> tuple[int, int]:
    """Of all judgements of some documents: the items that several people judged, and those judged alike."""
    withdrawals = [row for row in rows if row.verb == "withdraw"]
    gone = {row.subject for row in withdrawals}
    gone = {row.subject for row in withdrawals if row.id not in gone}
    said: dict[tuple[int, str], dict[str, str]] = {}
    for row in rows:
        if row.verb in _VERDICTS and row.id not in gone:
            said.setdefault((row.document_pk, row.subject), {})[row.who] = row.verb
    shared = [set(verbs.values()) for verbs in said.values() if len(verbs) > 1]
    return len(shared), sum(len(verbs) == 1 for verbs in shared)


def _counted(connection: Connection, upto: int) -> _Agreement:
    """The same of all judgements, in the database."""
    j = schema.judgement
    again = schema.judgement.alias()
    undone = select(again.c.subject).where(again.c.verb == "withdraw", again.c.pk <= upto)
    withdrawn = select(j.c.subject).where(j.c.verb == "withdraw", j.c.pk <= upto, j.c.id.not_in(undone))
    last = (
        select(func.max(j.c.pk).label("pk"))
        .where(j.c.verb.in_(_VERDICTS), j.c.document_pk.is_not(None), j.c.id.not_in(withdrawn), j.c.pk <= upto)
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
    alike = func.sum(case((shared.c.verbs == 1, 1), else_=0))
    row = connection.execute(select(func.count(), alike).select_from(shared)).one()
    return _Agreement(upto, row[0], int(row[1] or 0))
