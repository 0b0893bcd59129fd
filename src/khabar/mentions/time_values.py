"""The value of a time expression: anchored on the day of publication, with bounds that hold it.

Values are TIMEX3, as the annotation guidelines have them. Bounds are ISO dates or date-times, both included.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import singledispatch
from typing import Literal

import msgspec

from khabar.mentions.calendars import holiday_day, nth_weekday, week_bounds
from khabar.mentions.time_date_values import date_value
from khabar.mentions.time_length_values import length_code, length_value
from khabar.mentions.time_nodes import (
    Clock,
    Date,
    Day,
    Decade,
    Every,
    Feast,
    Length,
    Midnight,
    Node,
    Part,
    Period,
    Range,
    Reference,
    Season,
    Subyear,
)  # fmt: skip
from khabar.mentions.time_outcome import Anchor, Outcome, failed, on_day, span_of
from khabar.mentions.time_period_values import decade_value, period_value, season_value, subyear_value

__all__ = ["evaluate"]

_EVENING_LATE: dict[str, str] = {"EV": "NI"}
TimeKind = Literal["DATE", "TIME", "DURATION", "SET"]


@singledispatch
def evaluate(node: Node, anchor: Anchor) -> Outcome:
    """The value of `node` under `anchor`."""
    raise TypeError(type(node).__name__)


@evaluate.register
def _(node: Reference, anchor: Anchor) -> Outcome:
    if node.back and anchor.previous is not None:
        return anchor.previous
    day = anchor.day
    if day is None or node.value == "PRESENT_REF":
        bound = day.isoformat() if day else None
        return Outcome(value=node.value, type="DATE", earliest=bound, latest=bound)
    if node.value == "PAST_REF":
        return Outcome(value=node.value, type="DATE", latest=day.isoformat())
    return Outcome(value=node.value, type="DATE", earliest=day.isoformat())


@evaluate.register
def _(node: Date, anchor: Anchor) -> Outcome:
    return date_value(node, anchor)


@evaluate.register
def _(node: Day, anchor: Anchor) -> Outcome:
    day = _day(node, anchor)
    if isinstance(day, Outcome):
        return day
    if node.edge == "late":
        last = datetime.combine(day, time(23, 59))
        return Outcome(value=f"{day}T23:59", type="TIME", earliest=last.isoformat(), latest=last.isoformat(), day=day)
    if node.edge == "rest":
        start = datetime.combine(day, time(0))
        if anchor.moment and anchor.moment.date() == day:
            start = anchor.moment.replace(tzinfo=None)
        return Outcome(
            value=day.isoformat(), type="DATE", earliest=start.isoformat(), latest=f"{day}T23:59:59", day=day
        )
    return on_day(day)


def _day(node: Day, anchor: Anchor) -> date | Outcome:
    if node.month is not None:
        return _weekday_of_month(node, anchor)
    if node.context is not None:
        base = anchor.last or anchor.day
        return base + timedelta(days=node.context) if base else failed("unanchored")
    if anchor.day is None:
        return failed("unanchored")
    if node.weekday is None:
        return anchor.day + timedelta(days=node.offset or 0)
    return _weekday(node, node.weekday, anchor.day, future=anchor.future)


def _weekday(node: Day, weekday: int, today: date, *, future: bool) -> date | Outcome:
    back = (today.isoweekday() - weekday) % 7
    if node.offset is not None:
        # The text names the day itself: it wins over the publication date.
        return today - timedelta(days=back) if node.offset <= 0 else today + timedelta(days=-back % 7)
    if node.nth is not None:
        day = nth_weekday(today.year, today.month, weekday, node.nth)
        return day or failed("invalid")
    if node.week_shift is not None or node.shift == 0:
        monday, _ = week_bounds(today)
        return monday + timedelta(days=weekday - 1 + 7 * (node.week_shift or 0))
    if node.shift is not None and node.shift < 0:
        return today - timedelta(days=back or 7) + timedelta(days=7 * (node.shift + 1))
    if node.shift is not None:
        return today + timedelta(days=(-back % 7 or 7) + 7 * (node.shift - 1))
    return today + timedelta(days=-back % 7) if future else today - timedelta(days=back)


def _weekday_of_month(node: Day, anchor: Anchor) -> date | Outcome:
    month = date_value(node.month or Date(), anchor)
    if month.day is None or node.weekday is None:
        return month if month.reason else failed("unanchored")
    day = nth_weekday(month.day.year, month.day.month, node.weekday, node.nth or 1)
    return day or failed("invalid")


@evaluate.register
def _(node: Feast, anchor: Anchor) -> Outcome:
    day = _feast_day(node, anchor)
    if day is None:
        return failed("unanchored" if anchor.day is None and node.year is None else "invalid")
    if node.whole and node.holiday.days > 1:
        last = day + timedelta(days=node.holiday.days - 1)
        return span_of(f"{day}/{last}", day, last)
    return on_day(day + timedelta(days=(node.nth or 1) - 1))


def _feast_day(node: Feast, anchor: Anchor) -> date | None:
    if node.year is not None:
        return holiday_day(node.holiday, node.year, hijri=node.hijri)
    today = anchor.day
    if today is None:
        return None
    if node.shift is not None:
        return holiday_day(node.holiday, today.year + node.shift)
    days = [holiday_day(node.holiday, year) for year in (today.year - 1, today.year, today.year + 1)]
    return min((day for day in days if day), key=lambda day: abs((day - today).days), default=None)


@evaluate.register
def _(node: Part, anchor: Anchor) -> Outcome:
    base = evaluate(node.day, anchor) if node.day is not None else None
    if base is not None and base.reason and base.day is None:
        return base
    day = base.day if base is not None else anchor.recent or anchor.day
    if day is None:
        return failed("unanchored")
    if node.before:
        day -= timedelta(days=1)
    code = _EVENING_LATE.get(node.part.code, node.part.code) if node.edge == "late" else node.part.code
    first, last = node.part.hours
    if node.edge and node.part.code != "MI":
        middle = time((first.hour + last.hour + 1) // 2)
        first, last = (first, middle) if node.edge == "early" else (middle, last)
    start, end = datetime.combine(day, first), datetime.combine(day, last)
    return Outcome(
        value=f"{day}T{code}", type="TIME", earliest=start.isoformat(), latest=end.isoformat(), day=day,
        reason=base.reason if base else None,
    )  # fmt: skip


@evaluate.register
def _(node: Clock, anchor: Anchor) -> Outcome:
    if node.invalid:
        return failed("invalid")
    base = evaluate(node.day, anchor) if node.day is not None else None
    if base is not None and base.reason and base.day is None:
        return base
    day = base.day if base is not None else anchor.day if node.stamp else anchor.recent or anchor.day
    if day is None:
        return failed("unanchored")
    hour = clock_hour(node)
    extra, hour = divmod(hour, 24)
    start = datetime.combine(day, time(hour, node.minute or 0, node.second or 0)) + timedelta(days=extra)
    seconds = f":{node.second:02d}" if node.second is not None else ""
    minutes = "" if node.whole and node.minute is None else f":{start.minute:02d}"
    zone = "Z" if node.utc else ""
    value = f"{start.date()}T{start.hour:02d}{minutes}{seconds}{zone}"
    bound = start.isoformat() + zone
    vague = node.half is None and not node.utc and 1 <= node.hour < 12 and node.minute is None
    latest = (start + timedelta(hours=12)).isoformat() if vague else bound
    return Outcome(
        value=value, type="TIME", earliest=bound, latest=latest, day=start.date(),
        reason="ambiguous" if vague else base.reason if base else None,
    )  # fmt: skip


def clock_hour(node: Clock) -> int:
    """The hour of 24, as the part of day has it; past 24 it is the next day's (`الثانية ليلا`)."""
    if node.half == "night" and node.hour <= 4:
        return node.hour + 24
    if node.half in {"eve", "night"} and node.hour == 12:
        return 24
    if node.half in {"pm", "eve", "night"} and node.hour < 12:
        return node.hour + 12
    return 0 if node.half == "am" and node.hour == 12 else node.hour


@evaluate.register
def _(node: Midnight, anchor: Anchor) -> Outcome:
    base = evaluate(node.day, anchor) if node.day is not None else None
    if base is not None and base.day is None:
        return base
    day = base.day if base is not None else anchor.day
    if day is None:
        return failed("unanchored")
    day += timedelta(days=node.ends)
    bound = f"{day}T00:00:00"
    return Outcome(value=f"{day}T00:00", type="TIME", earliest=bound, latest=bound, day=day)


@evaluate.register
def _(node: Period, anchor: Anchor) -> Outcome:
    return period_value(node, anchor)


@evaluate.register
def _(node: Season, anchor: Anchor) -> Outcome:
    return season_value(node, anchor)


@evaluate.register
def _(node: Subyear, anchor: Anchor) -> Outcome:
    return subyear_value(node, anchor)


@evaluate.register
def _(node: Decade, anchor: Anchor) -> Outcome:
    return decade_value(node, anchor)


@evaluate.register
def _(node: Length, anchor: Anchor) -> Outcome:
    return length_value(node, anchor)


@evaluate.register
def _(node: Range, anchor: Anchor) -> Outcome:
    first = evaluate(node.first, anchor)
    after = msgspec.structs.replace(anchor, last=first.day or anchor.last)
    last = evaluate(node.last, after)
    if first.value is None or last.value is None:
        return first if first.value is None else last
    if isinstance(node.last, Clock) and first.earliest and last.latest and first.earliest > last.latest:
        last = _next_day(last)
    if first.earliest and last.latest and first.earliest[:10] > last.latest[:10]:
        first = evaluate(_earlier(node.first), anchor)
        if first.value is None:
            return first
    return Outcome(
        value=f"{first.value}/{last.value}", type=first.type, earliest=first.earliest, latest=last.latest,
        day=last.day, reason=first.reason or last.reason,
    )  # fmt: skip


def _next_day(clock: Outcome) -> Outcome:
    """The end of hours that run past midnight (`من الثامنة مساء إلى الثالثة فجرا`)."""
    if clock.day is None or clock.value is None or clock.latest is None:
        return clock
    day = clock.day + timedelta(days=1)
    return msgspec.structs.replace(
        clock, day=day, value=f"{day}{clock.value[10:]}", earliest=f"{day}{clock.latest[10:]}",
        latest=f"{day}{clock.latest[10:]}",
    )  # fmt: skip


def _earlier(node: Node) -> Node:
    """The last occurrence of a day or month that would else come after the range's end."""
    return msgspec.structs.replace(node, shift=-1) if isinstance(node, Date | Day) else node


@evaluate.register
def _(node: Every, anchor: Anchor) -> Outcome:
    clock = ""
    if node.clock is not None:
        clock = f"T{clock_hour(node.clock):02d}"
        clock += f":{node.clock.minute:02d}" if node.clock.minute is not None else ""
    if node.weekday is not None:
        return Outcome(value=f"XXXX-WXX-{node.weekday}{clock}", type="SET")
    if node.length is not None:
        return Outcome(value=length_code(node.length), type="SET")
    return Outcome(value=clock, type="SET")
