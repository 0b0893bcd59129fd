"""The value of weeks, months, years, seasons, halves, quarters and decades."""

from __future__ import annotations

from datetime import date, timedelta

from khabar.mentions.calendars import add_months, month_bounds, week_bounds, week_value
from khabar.mentions.time_date_values import edge_bounds
from khabar.mentions.time_nodes import Decade, Period, Season, Subyear
from khabar.mentions.time_outcome import Anchor, Outcome, failed, span_of

__all__ = ["decade_value", "period_value", "season_value", "subyear_value"]

_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def period_value(node: Period, anchor: Anchor) -> Outcome:
    """`الأسبوع الماضي`, `الشهر الجاري`, `العام المقبل`, `العقد المقبل`."""
    today = anchor.day
    if today is None:
        return failed("unanchored")
    if node.unit == "W":
        return _week(node, today)
    if node.unit == "MO":
        return _month(node, today)
    if node.unit == "Y":
        return _year(node, today)
    return _long(node, today)


def _week(node: Period, today: date) -> Outcome:
    monday, sunday = week_bounds(today + timedelta(days=7 * node.shift))
    first, last = monday, sunday
    if node.edge == "early":
        last = monday + timedelta(days=3)
    elif node.edge == "mid":
        first, last = monday + timedelta(days=1), monday + timedelta(days=4)
    elif node.edge == "late":
        first = monday + timedelta(days=3) if node.shift else max(monday, today)
    elif node.edge == "rest":
        first = max(monday, today)
    elif node.edge == "weekend":
        # Friday and Saturday in most of the region, Saturday and Sunday elsewhere: the bounds hold both.
        return span_of(week_value(monday) + "-WE", monday + timedelta(days=4), sunday)
    return span_of(week_value(monday), first, last)


def _month(node: Period, today: date) -> Outcome:
    month = add_months(today.replace(day=1), node.shift)
    if month is None:
        return failed("invalid")
    bounds = month_bounds(month.year, month.month)
    first, last = edge_bounds(*bounds, node.edge)
    first = max(first, today) if node.edge == "rest" else first
    return span_of(f"{month:%Y-%m}", first, last)


def _year(node: Period, today: date) -> Outcome:
    year = today.year + node.shift
    if not 1 <= year <= 9999:
        return failed("invalid")
    first, last = edge_bounds(date(year, 1, 1), date(year, 12, 31), node.edge)
    first = max(first, today) if node.edge == "rest" else first
    return span_of(f"{year:04d}", first, last)


def _long(node: Period, today: date) -> Outcome:
    """A decade from now is a length; a century is its own."""
    if node.unit == "DE":
        start = (today.year // 10 + node.shift) * 10
        return Outcome(value="P10Y", type="DURATION", earliest=f"{start:04d}-01-01", latest=f"{start + 9:04d}-12-31")
    century = today.year // 100 + node.shift
    first, last = edge_bounds(date(century * 100, 1, 1), date(century * 100 + 99, 12, 31), node.edge)
    return span_of(f"{century:02d}", first, last)


def season_value(node: Season, anchor: Anchor) -> Outcome:
    """`صيف 2014`, `الصيف الماضي`."""
    year = node.year
    if year is None:
        if anchor.day is None:
            return failed("unanchored")
        year = anchor.day.year
        if node.shift is not None and node.shift < 0:
            year = _last_season(node.code, anchor.day)
        elif node.shift is not None and node.shift > 0:
            year += _bounds(node.code, year)[0] <= anchor.day
    first, last = _bounds(node.code, year)
    first, last = edge_bounds(first, last, node.edge)
    return span_of(f"{year:04d}-{node.code}", first, last)


def _last_season(code: str, today: date) -> int:
    """The year of the last such season that is over."""
    return today.year if _bounds(code, today.year)[1] < today else today.year - 1


def _bounds(code: str, year: int) -> tuple[date, date]:
    first = date(year, _SEASON_MONTH[code], 1)
    last = add_months(first, 3)
    return first, (last or first) - timedelta(days=1)


def subyear_value(node: Subyear, anchor: Anchor) -> Outcome:
    """`النصف الأول من 2015`, `الربع الثالث`, `الأسبوع الأخير من العام`."""
    year = node.year
    if year is None:
        if anchor.day is None:
            return failed("unanchored")
        year = anchor.day.year + (node.shift or 0)
    if node.kind == "W":
        return _week_of_year(year, node.number)
    months = 6 if node.kind == "H" else 3
    number = 12 // months if node.number == -1 else node.number
    if not 1 <= number <= 12 // months or not 1 <= year <= 9999:
        return failed("invalid")
    first = date(year, months * (number - 1) + 1, 1)
    last = month_bounds(year, months * number)[1]
    return span_of(f"{year:04d}-{node.kind}{number}", first, last)


def _week_of_year(year: int, number: int) -> Outcome:
    last_week = date(year, 12, 28).isocalendar().week
    number = last_week if number == -1 else number
    if not 1 <= number <= last_week:
        return failed("invalid")
    monday = date.fromisocalendar(year, number, 1)
    return span_of(week_value(monday), monday, monday + timedelta(days=6))


def decade_value(node: Decade, anchor: Anchor) -> Outcome:
    """`التسعينات`: the first three digits of its years; `القرن التاسع عشر`: the first two."""
    start = node.start
    first, last = edge_bounds(date(start, 1, 1), date(start + node.years - 1, 12, 31), node.edge)
    return span_of(f"{start // 10:03d}" if node.years == 10 else f"{start // 100:02d}", first, last)
