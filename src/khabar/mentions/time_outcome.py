"""What evaluation starts from and what it gives: the anchor and the outcome."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from khabar.records import Reason, TimeType

__all__ = ["Anchor", "Outcome", "failed", "on_day", "span_of"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A TIMEX3 value with inclusive bounds, or the reason why there is none. `day` is what later expressions follow."""

    value: str | None = None
    type: TimeType = "DATE"
    earliest: str | None = None
    latest: str | None = None
    day: date | None = None
    reason: Reason | None = None


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """What an expression is told from: the day and moment of publication, the day that the text spoke of last, and
    whether what stands before it speaks of the future.

    `recent` is the last day spoken of within a week of `day`: what a bare `مساء` belongs to. `previous` is the value
    before this one.
    """

    day: date | None = None
    moment: datetime | None = None
    last: date | None = None
    recent: date | None = None
    previous: Outcome | None = None
    future: bool = False


def failed(reason: Literal["unanchored", "invalid"]) -> Outcome:
    """No value."""
    return Outcome(reason=reason)


def on_day(day: date) -> Outcome:
    """One day."""
    return Outcome(value=day.isoformat(), type="DATE", earliest=day.isoformat(), latest=day.isoformat(), day=day)


def span_of(value: str, first: date, last: date, day: date | None = None) -> Outcome:
    """A stretch of days; `day` where the text may follow on from it."""
    return Outcome(value=value, type="DATE", earliest=first.isoformat(), latest=last.isoformat(), day=day)
