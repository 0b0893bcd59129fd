"""Calendar arithmetic that the standard library lacks: Hijri dates (Umm al-Qura), months, weeks and holidays."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from khabar.mentions.time_words import Holiday

__all__ = [
    "add_months", "hijri_day", "hijri_month", "hijri_today", "hijri_year", "holiday_day", "make_date", "month_bounds",
    "nth_weekday", "week_bounds", "week_value",
]  # fmt: skip

# What the hijridate tables cover; beyond it no value is given.
_FIRST_HIJRI, _LAST_HIJRI = 1343, 1500


def make_date(year: int, month: int, day: int) -> date | None:
    """A Gregorian date, or None where there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The same day so many months later, or the month's last; None out of the calendar's reach."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def week_bounds(day: date) -> tuple[date, date]:
    """Monday and Sunday of the ISO week of `day`."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def week_value(day: date) -> str:
    """The ISO week of `day`, as `2015-W30`."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday (1 is Monday) of a month, the last for -1; None where the month has fewer."""
    first, last = month_bounds(year, month)
    if nth == -1:
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return day if day <= last else None


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri date."""
    if not _FIRST_HIJRI <= year <= _LAST_HIJRI:
        return None
    try:
        return Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None


def hijri_month(year: int, month: int) -> tuple[date, date] | None:
    """First and last Gregorian day of a Hijri month."""
    first = hijri_day(year, month, 1)
    if first is None:
        return None
    return first, first + timedelta(days=Hijri(year, month, 1).month_length() - 1)


def hijri_year(year: int) -> tuple[date, date] | None:
    """First and last Gregorian day of a Hijri year."""
    first, last = hijri_month(year, 1), hijri_month(year, 12)
    return (first[0], last[1]) if first and last else None


def hijri_today(day: date) -> tuple[int, int, int] | None:
    """(year, month, day) of a Gregorian day in the Hijri calendar."""
    try:
        hijri = Gregorian.fromdate(day).to_hijri()
    except (ValueError, OverflowError):
        return None
    return hijri.year, hijri.month, hijri.day


def holiday_day(holiday: Holiday, year: int, *, hijri: bool = False) -> date | None:
    """The first day of a holiday that falls in the Gregorian `year`, or in the Hijri one."""
    month, rest = holiday.date.split("-")
    if hijri:
        return hijri_day(year, int(month), int(rest)) if holiday.rule == "hijri" else None
    if holiday.rule == "fixed":
        return make_date(year, int(month), int(rest))
    if holiday.rule == "weekday":
        weekday, nth = rest.split("#")
        return nth_weekday(year, int(month), int(weekday), int(nth))
    start = hijri_today(date(year, 1, 1)) if 1 <= year <= 9999 else None
    if start is None:
        return None
    for hijri_number in (start[0], start[0] + 1):
        day = hijri_day(hijri_number, int(month), int(rest))
        if day and day.year == year:
            return day
    return None
