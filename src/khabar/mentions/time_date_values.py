"""Which date a date without its year, or month, or in the Hijri calendar, is."""

from __future__ import annotations

from datetime import date, timedelta

from khabar.mentions.calendars import (
    add_months,
    hijri_day,
    hijri_month,
    hijri_today,
    hijri_year,
    make_date,
    month_bounds,
)  # fmt: skip
from khabar.mentions.time_nodes import Date
from khabar.mentions.time_outcome import Anchor, Outcome, failed, on_day, span_of

__all__ = ["date_value", "edge_bounds"]

# A bare month further ahead than this is the past one; further still where the text speaks of the future.
_AHEAD, _AHEAD_IN_FUTURE = 3, 6


def date_value(node: Date, anchor: Anchor) -> Outcome:
    """The value of a date or of a part of one."""
    if node.month is not None and not 1 <= node.month <= 12:
        return failed("invalid")
    if node.day is not None and not 1 <= node.day <= 31:
        return failed("invalid")
    if node.year is not None and node.year < 1:
        return failed("invalid")
    if node.hijri:
        return _hijri(node, anchor)
    if node.month is None:
        return _no_month(node, anchor)
    if node.day is None:
        return _month(node, node.month, anchor)
    return _full(node, node.month, node.day, anchor)


def _no_month(node: Date, anchor: Anchor) -> Outcome:
    if node.day is None and node.year is not None:
        return _year(node, node.year)
    if node.day is None and node.month_shift is None:
        return failed("invalid")
    base = anchor.last if node.same_month else anchor.day
    base = base or anchor.day
    if base is None:
        return failed("unanchored")
    month = add_months(base.replace(day=1), node.month_shift or 0)
    if month is None:
        return failed("invalid")
    if node.day is None:
        return span_of(f"{month:%Y-%m}", *month_bounds(month.year, month.month), day=month)
    day = make_date(month.year, month.month, node.day)
    return on_day(day) if day else failed("invalid")


def _year(node: Date, year: int) -> Outcome:
    first, last = edge_bounds(date(year, 1, 1), date(year, 12, 31), node.edge)
    return span_of(f"{year:04d}", first, last)


def _full(node: Date, month: int, day: int, anchor: Anchor) -> Outcome:
    year = node.year
    if year is None:
        found = _which_year(node, month, day, anchor)
        if isinstance(found, Outcome):
            return found
        year = found
    value = make_date(year, month, day)
    if value is None:
        return failed("invalid")
    if node.other is None:
        return on_day(value)
    other = make_date(year, node.other[0], node.other[1])
    if other is None:
        return on_day(value)
    if anchor.last in {value, other}:
        return on_day(anchor.last or value)  # the text has just named that day in another way
    first, last = sorted((value, other))
    return Outcome(
        value=value.isoformat(), earliest=first.isoformat(), latest=last.isoformat(), day=value, reason="ambiguous"
    )


def _which_year(node: Date, month: int, day: int, anchor: Anchor) -> int | Outcome:
    today = anchor.day
    if make_date(2000, month, day) is None:
        return failed("invalid")
    if today is None:
        return failed("unanchored")
    if node.year_shift is not None:
        return today.year + node.year_shift
    years = [
        year for year in range(max(1, today.year - 4), min(9999, today.year + 4) + 1) if make_date(year, month, day)
    ]
    days = [date(year, month, day) for year in years]
    if node.shift is not None and node.shift < 0:
        return max((d for d in days if d < today), default=today).year
    if node.shift is not None and node.shift > 0:
        return min((d for d in days if d > today), default=today).year
    # The nearest; of two alike the past one, which news is about.
    return min(days, key=lambda d: (abs((d - today).days), d > today)).year


def _month(node: Date, month: int, anchor: Anchor) -> Outcome:
    year = node.year
    if year is None:
        if anchor.day is None:
            return failed("unanchored")
        year = anchor.day.year + node.year_shift if node.year_shift is not None else _month_year(node, month, anchor)
    first, last = month_bounds(year, month)
    if node.edge_days:
        return _days_of(node.edge_days, first, last)
    start, end = edge_bounds(first, last, node.edge)
    return span_of(f"{year:04d}-{month:02d}", start, end, day=first)


def _days_of(days: tuple[int, int], first: date, last: date) -> Outcome:
    start = first + timedelta(days=days[0] - 1) if days[0] > 0 else last + timedelta(days=days[0] + 1)
    end = first + timedelta(days=days[1] - 1) if days[1] > 0 else last + timedelta(days=days[1] + 1)
    return span_of(f"{start}/{min(end, last)}", start, min(end, last), day=start)


def _month_year(node: Date, month: int, anchor: Anchor) -> int:
    today = anchor.day or date.min
    ahead = (month - today.month) % 12
    if node.shift is not None and node.shift < 0:
        return today.year + (today.month + ahead > 12) - 1 if ahead else today.year - 1
    if node.shift is not None and node.shift > 0:
        return today.year + (today.month + ahead > 12) if ahead else today.year + 1
    past = ahead > (_AHEAD_IN_FUTURE if anchor.future else _AHEAD) or ahead == 0
    year = today.year + (today.month + ahead > 12)
    return year - 1 if past and ahead else year


def edge_bounds(first: date, last: date, edge: str | None) -> tuple[date, date]:
    """The early or late half, or the middle third or so, of a stretch of days; whole years are halved in months."""
    days = (last - first).days + 1
    half = first + timedelta(days=days // 2)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = last.year - first.year + 1
        half = date(first.year + years // 2, 7 if years % 2 else 1, 1)
    if edge == "early":
        return first, half - timedelta(days=1)
    if edge == "late":
        return half, last
    if edge == "mid":
        third = days // 3
        return first + timedelta(days=third - 1), last - timedelta(days=third)
    return first, last


def _hijri(node: Date, anchor: Anchor) -> Outcome:
    year = node.year
    if year is not None and year > 1500:
        return _mixed(node, year)
    if node.month is None:
        return _hijri_whole_year(node, year)
    if year is None:
        found = _hijri_which_year(node, node.month, anchor)
        if isinstance(found, Outcome):
            return found
        year = found
    if node.day is not None:
        day = hijri_day(year, node.month, node.day)
        return on_day(day) if day else failed("invalid")
    bounds = hijri_month(year, node.month)
    if bounds is None:
        return failed("invalid")
    start, end = edge_bounds(*bounds, node.edge)
    return span_of(f"{bounds[0]}/{bounds[1]}", start, end, day=bounds[0])


def _mixed(node: Date, year: int) -> Outcome:
    """A Hijri month of a Gregorian year (`رمضان 2015`): the one that begins in it."""
    today = hijri_today(date(year, 1, 1)) if year <= 2077 and year >= 1925 else None
    if today is None or node.month is None:
        return failed("invalid")
    for candidate in (today[0], today[0] + 1):
        bounds = hijri_month(candidate, node.month)
        if bounds and bounds[0].year == year:
            if node.day is None:
                return span_of(f"{bounds[0]}/{bounds[1]}", *bounds, day=bounds[0])
            day = hijri_day(candidate, node.month, node.day)
            return on_day(day) if day else failed("invalid")
    return failed("invalid")


def _hijri_whole_year(node: Date, year: int | None) -> Outcome:
    bounds = hijri_year(year) if year is not None else None
    if bounds is None:
        return failed("invalid")
    start, end = edge_bounds(*bounds, node.edge)
    if node.edge == "early":
        return span_of(f"{bounds[0]:%Y-%m}", start, end)
    # The Gregorian year that holds most of it.
    in_first = (date(bounds[0].year, 12, 31) - bounds[0]).days + 1
    total = (bounds[1] - bounds[0]).days + 1
    value = bounds[0].year if in_first * 2 > total else bounds[0].year + 1
    return span_of(f"{value:04d}", start, end)


def _hijri_which_year(node: Date, month: int, anchor: Anchor) -> int | Outcome:
    today = hijri_today(anchor.day) if anchor.day else None
    if anchor.day is None or today is None:
        return failed("unanchored")
    candidates = []
    for year in (today[0] - 1, today[0], today[0] + 1):
        bounds = hijri_month(year, month)
        if bounds:
            candidates.append((year, bounds))
    if node.year_shift is not None:
        return today[0] + node.year_shift
    if node.shift is not None and node.shift < 0:
        past = [year for year, bounds in candidates if bounds[1] < anchor.day]
        return max(past) + node.shift + 1 if past else failed("invalid")
    if node.shift is not None and node.shift > 0:
        later = [year for year, bounds in candidates if bounds[0] > anchor.day]
        return min(later) if later else failed("invalid")
    today_day = anchor.day

    def distance(item: tuple[int, tuple[date, date]]) -> int:
        first, last = item[1]
        return max((first - today_day).days, (today_day - last).days, 0)

    return min(candidates, key=distance)[0] if candidates else failed("invalid")
