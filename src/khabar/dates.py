"""Publication dates: parsed here and nowhere else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

__all__ = ["parse_published", "publication_day", "published_utc"]

_RFC3339 = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s?([Zz]|[+-]\d\d:?\d\d)?)?")


def parse_published(value: str) -> datetime | None:
    """The moment that an RFC 3339 date or date-time names, or None.

    A date alone is its midnight, a time without an offset is UTC. The offset is kept, so the calendar day is the
    publisher's own.
    """
    match = _RFC3339.fullmatch(value.strip())
    if not match:
        return None
    day, clock, offset = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{(clock or '00:00')[:15]}" + _offset(offset))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def publication_day(value: str | None) -> date | None:
    """The publisher's calendar day, or None."""
    moment = parse_published(value) if value else None
    return moment.date() if moment else None


def published_utc(value: str | None) -> str:
    """The moment in UTC as `2017-12-17T09:00:00Z`, which sorts as text; empty where it is unknown."""
    moment = parse_published(value) if value else None
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20) if moment else ""
    except OverflowError:  # the first and last day that a calendar here can hold
        return ""


def _offset(offset: str | None) -> str:
    return "" if not offset else "+00:00" if offset in "Zz" else offset
