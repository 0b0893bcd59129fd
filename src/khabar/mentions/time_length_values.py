"""The value of a length of time, and of a point that lies a length before or after now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from khabar.mentions.calendars import add_months, month_bounds, week_bounds, week_value
from khabar.mentions.time_nodes import Length
from khabar.mentions.time_outcome import Anchor, Outcome, failed, on_day, span_of
from khabar.numerals.cardinals import Exact

__all__ = ["length_code", "length_value"]

_ORDER = ("Y", "MO", "W", "D", "H", "M", "S")
_YEARS = {"DE": 10, "CE": 100}
_SMALLER = {"Y": ("MO", 12), "MO": ("D", 30), "W": ("D", 7), "D": ("H", 24), "H": ("M", 60), "M": ("S", 60)}
_ABSURD = 10**12
_LIMIT = 10_000  # years: a longer length has no bounds in the calendar


def length_code(node: Length) -> str:
    """The ISO 8601 duration: `P18M`, `PT4H30M`, `PXD` where the count is vague."""
    vague = [unit for count, unit in node.parts if count is None]
    if vague:
        unit = vague[0]
        return f"PTX{unit}" if unit in {"H", "M", "S"} else f"PX{'M' if unit == 'MO' else unit}"
    counts = _spread(node)
    days = "".join(f"{_plain(counts[u])}{'M' if u == 'MO' else u}" for u in _ORDER[:4] if counts.get(u))
    hours = "".join(f"{_plain(counts[u])}{u}" for u in _ORDER[4:] if counts.get(u))
    if not days and not hours:
        unit = node.parts[-1][1]
        return f"PT0{unit}" if unit in {"H", "M", "S"} else "P0D"
    return f"P{days}" + (f"T{hours}" if hours else "")


def _plain(value: Exact) -> str:
    return str(value) if isinstance(value, int) or value.denominator == 1 else f"{float(value):g}"


def _spread(node: Length) -> dict[str, Exact]:
    """Counts by unit, whole ones: a year and a half is 18 months, a month and a half 45 days, as the gold has it."""
    counts: dict[str, Exact] = {}
    for count, unit in node.parts:
        amount: Exact = (count or 0) * _YEARS.get(unit, 1)
        for part, name in _whole(amount, "Y" if unit in _YEARS else unit):
            counts[name] = counts.get(name, 0) + part
    return counts


def _whole(amount: Exact, unit: str) -> list[tuple[Exact, str]]:
    if isinstance(amount, int) or amount.denominator == 1 or unit == "S":
        return [(amount if isinstance(amount, int) else _reduce(amount), unit)]
    smaller, factor = _SMALLER[unit]
    if unit in {"H", "M", "D"}:
        whole = amount.numerator // amount.denominator
        rest = (amount - whole) * factor
        return [(whole, unit), *_whole(rest, smaller)] if whole else _whole(rest, smaller)
    return _whole(amount * factor, smaller) if (amount * factor).denominator == 1 else [(amount, unit)]


def _reduce(value: Fraction) -> Exact:
    return int(value) if value.denominator == 1 else value


def length_value(node: Length, anchor: Anchor) -> Outcome:
    """A length with the bounds that its direction gives, or the point that it leads to."""
    if any(count is not None and count >= _ABSURD for count, _ in node.parts):
        return failed("invalid")
    if node.ago:
        return _point(node, anchor)
    code = length_code(node)
    earliest, latest = _bounds(node, anchor)
    return Outcome(value=code, type="DURATION", earliest=earliest, latest=latest)


def _bounds(node: Length, anchor: Anchor) -> tuple[str | None, str | None]:
    if node.direction == 0 or anchor.day is None or any(count is None for count, _ in node.parts):
        return None, None
    if node.direction < 0:
        start = _moved(node, anchor, -1)
        return start, _now(node, anchor) if start else None
    if _in_hours(node):
        return _now(node, anchor), _moved(node, anchor, 1)
    tomorrow = Anchor(day=anchor.day + timedelta(days=1))
    end = _moved(node, tomorrow, 1)
    return (anchor.day + timedelta(days=1)).isoformat(), end


def _in_hours(node: Length) -> bool:
    return any(unit in {"H", "M", "S"} for _, unit in node.parts)


def _now(node: Length, anchor: Anchor) -> str | None:
    if _in_hours(node) and anchor.moment:
        return anchor.moment.replace(tzinfo=None).isoformat()
    return anchor.day.isoformat() if anchor.day else None


def _moved(node: Length, anchor: Anchor, sign: int) -> str | None:
    """The anchor moved by the length, as a day, or a moment where hours are counted."""
    counts = _spread(node)
    if anchor.day is None or any(Fraction(value) > _LIMIT * 366 * 86400 for value in counts.values()):
        return None
    months = sign * (12 * Fraction(counts.get("Y", 0)) + Fraction(counts.get("MO", 0)))
    if months.denominator != 1 or abs(months) > _LIMIT * 12:
        return None
    day = add_months(anchor.day, int(months))
    if day is None:
        return None
    seconds = sum(float(counts.get(u, 0)) * f for u, f in (("H", 3600), ("M", 60), ("S", 1)))
    days = float(7 * counts.get("W", 0) + counts.get("D", 0))
    try:
        if seconds and anchor.moment:
            clock = anchor.moment.replace(tzinfo=None).time()
            return (datetime.combine(day, clock) + timedelta(days=sign * days, seconds=sign * seconds)).isoformat()
        # A publication day without a time: whole days, so that the bounds still hold the moment.
        hours_in_days = -(-seconds // 86400)
        return (day + timedelta(days=sign * (days + hours_in_days))).isoformat()
    except OverflowError:
        return None


def _point(node: Length, anchor: Anchor) -> Outcome:
    unit = node.parts[0][1]
    past = node.ago > 0
    if any(count is None for count, _ in node.parts):
        return _vague_point(node, unit, anchor, past=past)
    if anchor.day is None:
        return Outcome(reason="unanchored")
    target = _moved(node, anchor, -1 if past else 1)
    if target is None:
        return Outcome(value=length_code(node), type="DURATION")
    day = date.fromisoformat(target[:10])
    counts = _spread(node)
    if set(counts) <= {"D"} or not past or len(counts) > 1:
        return _day_or_moment(node, day, target, anchor)
    if set(counts) == {"W"}:
        return span_of(week_value(day), *week_bounds(day), day=day)
    if set(counts) == {"MO"} or counts == {"Y": 1}:
        return span_of(f"{day:%Y-%m}", *month_bounds(day.year, day.month))
    if _in_hours(node):
        return _day_or_moment(node, day, target, anchor)
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    return Outcome(value=length_code(node), type="DURATION", earliest=first.isoformat(), latest=last.isoformat())


def _day_or_moment(node: Length, day: date, target: str, anchor: Anchor) -> Outcome:
    if not _in_hours(node):
        return on_day(day)
    hours = _spread(node)
    if set(hours) == {"H"} and hours["H"] % 24 == 0:
        return on_day(day)
    # Without the hour of publication the moment is only known to lie between that day and the publication's.
    now = target if len(target) > 10 or anchor.day is None else anchor.day.isoformat()
    first, last = sorted((target, now))
    return Outcome(value=length_code(node), type="DURATION", earliest=first, latest=last)


def _vague_point(node: Length, unit: str, anchor: Anchor, *, past: bool) -> Outcome:
    today = anchor.day.isoformat() if anchor.day else None
    earliest, latest = (None, today) if past else (today, None)
    if unit in {"H", "M", "S", "Y", "DE", "CE"}:
        return Outcome(value=length_code(node), type="DURATION", earliest=earliest, latest=latest)
    return Outcome(value="PAST_REF" if past else "FUTURE_REF", type="DATE", earliest=earliest, latest=latest)
