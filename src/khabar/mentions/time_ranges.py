"""Ranges (`بين 12 و15 تشرين الأول`, `من 2014 إلى 2018`) and sets (`كل يوم جمعة`)."""

from __future__ import annotations

import re

import msgspec

from khabar.mentions.time_clock import read_clock, with_part_or_clock
from khabar.mentions.time_dates import read_date, read_day_number, read_month, read_year
from khabar.mentions.time_days import read_day, read_weekday
from khabar.mentions.time_lengths import read_length
from khabar.mentions.time_nodes import Clock, Date, Day, Every, Found, Length, Node, Part, Period, Range
from khabar.mentions.time_periods import read_period
from khabar.mentions.time_scan import Scan

__all__ = ["read_every", "read_range", "with_day", "with_hours"]

_TO = frozenset({"الي", "حتي", "-", "–", "لغايه", "ولغايه", "وحتي", "والي"})
_PAIR = re.compile(r"(\d{1,4})-(\d{1,4})")


def read_range(s: Scan, at: int) -> Found | None:
    """A range that is one expression: its first end lacks what the second names, or both are full and joined."""
    start = at
    if s.norm(at) == "الفتره" and s.norm(at + 1) in {"من", "بين"}:
        at += 1
    if s.norm(at) == "ما" and s.norm(at + 1) == "بين":
        at += 1
    opener = s.norm(at) if s.norm(at) in {"من", "بين"} else ""
    here = at + bool(opener)
    if here >= len(s.words) or (opener and not s.plain(here)):
        return None
    return (
        _glued(s, start, here) or _years(s, start, here, opener) or _days_of_month(s, start, here, opener)
        or _months(s, start, here, opener) or _clocks(s, start, here, opener) or _full(s, start, here, opener)
        or _week_days(s, start, here, opener)
    )  # fmt: skip


def _joined(s: Scan, at: int, opener: str) -> int | None:
    """The index of the range's second end after `إلى`, `حتى`, or و after `بين`."""
    if s.norm(at) in {"،", ","}:
        at += 1
    if s.norm(at) in _TO:
        return at + 1
    if opener == "بين" and s.norm(at) == "و":
        return at + 1
    if opener == "بين" and s.lead(at).startswith("و"):
        return at
    if opener == "بين" and s.norm(at).startswith("و") and at < len(s.words) and not s.words[at].known:
        return None
    return None


def _glued(s: Scan, start: int, at: int) -> Found | None:
    """`4-22 يناير 2017`, `2014-2018`, `4-23 في الشهر المقبل`."""
    match = _PAIR.fullmatch(s.norm(at))
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if len(match[1]) == 4 and len(match[2]) == 4:
        if 1900 <= first < second <= 2100:
            return Found(Range(first=Date(year=first), last=Date(year=second)), start, at + 1)
        return None
    if not 1 <= first < second <= 31:
        return None
    last = _date_with_day(s, at + 1, second)
    if last is None or not isinstance(last.node, Date):
        return None
    return Found(Range(first=msgspec.structs.replace(last.node, day=first), last=last.node), start, last.end)


def _date_with_day(s: Scan, at: int, day: int) -> Found | None:
    """What follows a day's number, as the date of that day."""
    here = s.skip_base(at, "من", "في")
    month = read_date(s, here, framed=True) if read_month(s, here) else None
    if month and isinstance(month.node, Date) and month.node.day is None:
        return Found(msgspec.structs.replace(month.node, day=day), at, month.end)
    period = read_period(s, here)
    if period and isinstance(period.node, Period) and period.node.unit == "MO":
        return Found(Date(day=day, month_shift=period.node.shift), at, period.end)
    return None


def _years(s: Scan, start: int, at: int, opener: str) -> Found | None:
    """`من 2014 إلى 2018`, `من ألفين إلى ألفين وأربعة عشر`; `بين 2006 و2010` is two years."""
    if opener != "من":
        return None
    first = _year(s, at)
    joined = _joined(s, first[1], opener) if first else None
    second = _year(s, joined) if joined is not None else None
    if first is None or second is None or first[0] >= second[0]:
        return None
    after = s.words[second[1]] if second[1] < len(s.words) else None
    if after is not None and after.kind == "word" and not after.known and not after.lead:
        return None
    return Found(Range(first=Date(year=first[0]), last=Date(year=second[0])), start, second[1])


def _year(s: Scan, at: int) -> tuple[int, int] | None:
    year = read_year(s, at, bare=True)
    return (year[0], year[2]) if year and 1900 <= year[0] <= 2100 else None


def _days_of_month(s: Scan, start: int, at: int, opener: str) -> Found | None:
    """`من 4 إلى 22 يناير`, `بين الخامس عشر والتاسع عشر من نوفمبر`, `من 4 إلى 22 هذا الشهر`."""
    if not opener:
        return None
    first = read_day_number(s, at)
    joined = _joined(s, first[1], opener) if first else None
    if first is None or joined is None or joined >= len(s.words):
        return None
    second = read_day_number(s, joined)
    if second is None or not 1 <= first[0] <= 31 or not 1 <= second[0] <= 31:
        return None
    last = _date_with_day(s, second[1], second[0])
    if last is None or not isinstance(last.node, Date):
        return None
    return Found(Range(first=msgspec.structs.replace(last.node, day=first[0]), last=last.node), start, last.end)


def _months(s: Scan, start: int, at: int, opener: str) -> Found | None:
    """`بين سبتمبر ويناير الماضيين`, `شهر نوفمبر بين 19 و 20`."""
    month = read_month(s, at)
    if month is None:
        return None
    name, end, _ = month
    if not opener and s.norm(end) in {"بين", "من"}:
        days = _two_days(s, end)
        if days:
            first, second, stop = days
            base = Date(month=name.number, hijri=name.hijri)
            return Found(
                Range(first=msgspec.structs.replace(base, day=first), last=msgspec.structs.replace(base, day=second)),
                start, stop,
            )  # fmt: skip
    if opener != "بين":
        return None
    joined = _joined(s, end, opener)
    last = read_date(s, joined) if joined is not None and read_month(s, joined) else None
    if last is None or not isinstance(last.node, Date) or last.node.day or last.node.shift is None:
        return None
    return Found(
        Range(first=Date(month=name.number, hijri=name.hijri, shift=last.node.shift), last=last.node), start, last.end
    )


def _two_days(s: Scan, at: int) -> tuple[int, int, int] | None:
    opener = s.norm(at)
    first = read_day_number(s, at + 1) if at + 1 < len(s.words) else None
    joined = _joined(s, first[1], opener) if first else None
    second = read_day_number(s, joined) if joined is not None and joined < len(s.words) else None
    return (first[0], second[0], second[1]) if first and second else None


def _clocks(s: Scan, start: int, at: int, opener: str) -> Found | None:
    """`من 5 إلى 6 مساء من 22 أبريل`, `بين الساعة 8 صباحا و 2 مساء`, `1-3 مساء`."""
    match = _PAIR.fullmatch(s.norm(at))
    if match and int(match[1]) <= 24 and int(match[2]) <= 24:
        half = s.phrase(at + 1, s.lex.parts, first=False)
        if half:
            first, last = Clock(hour=int(match[1]), half=half[0].half), Clock(hour=int(match[2]), half=half[0].half)
            return Found(Range(first=first, last=last), start, half[1])
    if not opener:
        return None
    first_found = _hour_or_clock(s, at)
    joined = _joined(s, first_found.end, opener) if first_found else None
    if first_found is None or joined is None:
        return None
    last_found = read_clock(s, joined)
    if last_found is None or not isinstance(last_found.node, Clock) or not isinstance(first_found.node, Clock):
        return None
    first, last = first_found.node, last_found.node
    first = msgspec.structs.replace(first, half=first.half or last.half, day=first.day or last.day)
    return Found(
        Range(first=first, last=msgspec.structs.replace(last, day=last.day or first.day)), start, last_found.end
    )


def _hour_or_clock(s: Scan, at: int) -> Found | None:
    clock = read_clock(s, at)
    if clock:
        return clock
    day = read_day_number(s, at)
    return Found(Clock(hour=day[0]), at, day[1]) if day and day[0] <= 24 else None


def _full(s: Scan, start: int, at: int, opener: str) -> Found | None:
    """`2 أكتوبر إلى 22 أكتوبر`, `اليوم حتى الأحد المقبل`, `بين 4 سبتمبر و 8 سبتمبر`."""
    first = read_day(s, at)
    if first is None:
        return None
    joined = _joined(s, first.end, opener)
    if joined is None or joined >= len(s.words) or (s.norm(joined - 1) == "-" and not _names_day(first.node)):
        return None
    last = read_day(s, joined)
    if last is None or not _names_day(first.node) or not _names_day(last.node):
        return None
    node = first.node
    if opener == "بين" and not (isinstance(node, Date) and isinstance(last.node, Date)):
        return None
    if isinstance(node, Date) and isinstance(last.node, Date) and node.year is None and last.node.year:
        node = msgspec.structs.replace(node, year=last.node.year)
    elif isinstance(node, Date) and isinstance(last.node, Date) and node.shift is None:
        node = msgspec.structs.replace(node, shift=last.node.shift)
    return Found(Range(first=node, last=last.node), start if opener else at, last.end)


def _names_day(node: Node) -> bool:
    return isinstance(node, Day) or (isinstance(node, Date) and node.day is not None)


def _week_days(s: Scan, start: int, at: int, opener: str) -> Found | None:
    """`الأسبوع المقبل بين الأربعاء والجمعة`."""
    if opener:
        return None
    period = read_period(s, at)
    if period is None or not isinstance(period.node, Period) or period.node.unit != "W":
        return None
    if s.norm(period.end) not in {"بين", "من"}:
        return None
    first = read_weekday(s, period.end + 1, bare=False)
    joined = _joined(s, first[1], s.norm(period.end)) if first else None
    second = read_weekday(s, joined, bare=False) if joined is not None else None
    if first is None or second is None:
        return None
    shift = period.node.shift
    return Found(
        Range(first=Day(weekday=first[0], week_shift=shift), last=Day(weekday=second[0], week_shift=shift)),
        start, second[1],
    )  # fmt: skip


def with_hours(s: Scan, found: Found) -> Found:
    """A day with the hours that follow it: a time, a part, or a range (`غدا بين الساعة 8 صباحا و 2 مساء`)."""
    single = with_part_or_clock(s, found)
    here = s.skip(found.end, "،", ",")
    hours = read_range(s, here) if s.plain(here) else None
    if hours is None or hours.end <= single.end or not isinstance(hours.node, Range):
        return single
    day = found.node.day if isinstance(found.node, Part) else found.node
    node = _hours_on(hours.node, day)
    return Found(node, found.start, hours.end) if node else single


def _hours_on(hours: Range, day: Node | None) -> Range | None:
    first, last = hours.first, hours.last
    if not isinstance(first, Clock) or not isinstance(last, Clock) or first.day or last.day or day is None:
        return None
    return Range(first=msgspec.structs.replace(first, day=day), last=msgspec.structs.replace(last, day=day))


def with_day(s: Scan, found: Found) -> Found:
    """Hours with the day that follows them: `من 4 إلى 5 مساء في 6 يونيو`, `الساعة 9 صباحا كل يوم أحد`."""
    every = read_every(s, found.end) if isinstance(found.node, Clock) and s.plain(found.end) else None
    if every and isinstance(every.node, Every) and isinstance(found.node, Clock) and found.node.day is None:
        return Found(msgspec.structs.replace(every.node, clock=found.node), found.start, every.end)
    if not isinstance(found.node, Range):
        return found
    here = s.skip_base(found.end, "في", "من")
    day = read_day(s, here) if s.plain(here) else None
    node = _hours_on(found.node, day.node) if day else None
    return Found(node, found.start, day.end) if day and node else found


def read_every(s: Scan, at: int) -> Found | None:
    """`كل يوم جمعة`, `كل أسبوعين`, `أيام الاثنين`, with a clock time."""
    if s.norm(at) == "ايام":
        weekday = read_weekday(s, at + 1, bare=False) if s.plain(at + 1) else None
        return _at_hour(s, Found(Every(weekday=weekday[0]), at, weekday[1])) if weekday else None
    if s.base(at) != "كل" or not s.plain(at + 1):
        return None
    night = s.base(at + 1) in {"ليله", "صباح", "مساء"} and not s.definite(at + 1)
    clock = read_clock(s, s.skip_base(at + 2, "في")) if night else None
    if clock and isinstance(clock.node, Clock):
        return Found(Every(clock=clock.node), at, clock.end)
    here = s.skip_base(at + 1, "يوم")
    sure = here > at + 1 or s.base(here) not in {"احد", "اثنين"}  # `كل أحد` is everyone
    weekday = read_weekday(s, here, bare=True) if s.plain(here) and sure else None
    if weekday:
        return _at_hour(s, Found(Every(weekday=weekday[0]), at, weekday[1]))
    length = read_length(s, at + 1, framed=True)
    if (
        length
        and isinstance(length.node, Length)
        and length.node.parts[0][0] not in {1, None}
        and not length.node.direction
    ):
        return Found(Every(length=length.node), at, length.end)
    return None


def _at_hour(s: Scan, found: Found) -> Found:
    here = s.skip_base(found.end, "في")
    clock = read_clock(s, here)
    if clock and isinstance(clock.node, Clock) and isinstance(found.node, Every) and clock.node.day is None:
        return Found(msgspec.structs.replace(found.node, clock=clock.node), found.start, clock.end)
    return found
