"""Days: `أمس الأول`, `الخميس الماضي`, `اليوم (الاثنين)`, `السبت 25 يوليو`, holidays and anniversaries."""

from __future__ import annotations

import msgspec

from khabar.mentions.calendars import make_date
from khabar.mentions.time_dates import read_date, read_day_number, read_year
from khabar.mentions.time_nodes import Date, Day, Feast, Found, Node, Reference
from khabar.mentions.time_scan import Scan
from khabar.numerals.cardinals import read_ordinal

__all__ = ["read_day", "read_feast", "read_weekday"]

_COMMAS = frozenset({"،", ",", "-", "–"})


def read_day(s: Scan, at: int) -> Found | None:
    """A day, with `يوم` before it or not; several readers come by the same place."""
    if at not in s.days:
        s.steps += 1
        s.days[at] = _relative(s, at) or _weekday_day(s, at) or _context_day(s, at) or _dated_day(s, at) or _gone(s, at)
    return s.days[at]


def _dated_day(s: Scan, at: int) -> Found | None:
    """A date after `يوم` or `بتاريخ`."""
    start = at
    if s.base(at) in {"يوم", "تاريخ", "بتاريخ"} and not s.definite(at):
        at += 1
    if at >= len(s.words) or (at > start and not s.plain(at) and s.lead(at) != "ال"):
        return None
    found = read_date(s, at)
    if found and isinstance(found.node, Date) and (found.node.day or at == start):
        return Found(found.node, start, found.end)
    return None


def _gone(s: Scan, at: int) -> Found | None:
    """`سأعود في 22`, `عدت للثاني والعشرين`: after a first person's coming or going, a bare number is a day."""
    here = s.skip_base(at, "يوم", "الي", "في")
    verb = at - 1 if s.norm(at - 1) not in {"في", "الي"} else at - 2
    if s.norm(verb) not in s.lex.frames["went"] or here >= len(s.words):
        return None
    if s.norm(here) == "يوم":
        here += 1
    day = read_day_number(s, here)
    if day is None or not 1 <= day[0] <= 31 or (s.base(here).endswith("ه") and day[0] <= 12):
        return None  # a feminine ordinal is an hour
    after = s.words[day[1]] if day[1] < len(s.words) else None
    if after is not None and after.norm not in {".", "!", "،"} and after.base not in {"في", "ساعه"}:
        return None
    start = here if s.norm(at) == "في" else at
    return Found(Date(day=day[0], month_shift=0), start, day[1])


def _relative(s: Scan, at: int) -> Found | None:
    """`اليوم`, `أمس`, `أول من أمس`, `يوم أمس`, `غدا`, with a weekday and a date after it."""
    start = at
    if s.base(at) == "يوم" and not s.definite(at) and s.plain(at + 1):
        at += 1
    found = _offset(s, at)
    if found is None or _is_name(s, at, found[1]):
        return None
    offset, end = found
    if s.before(at) == "حتي" and offset == 0 and not _weekday_in_apposition(s, end):
        return Found(Reference(value="PRESENT_REF"), start, end)
    day = Day(offset=offset)
    follow = _weekday_in_apposition(s, end)
    if follow:
        glossed = s.norm(end) == "("
        weekday, end = follow
        day = Day(offset=offset, weekday=weekday, glossed=glossed)
        dated = _date_in_apposition(s, end)
        if dated:
            return Found(dated.node, start, dated.end)
    return Found(day, start, end)


def _is_name(s: Scan, at: int, end: int) -> bool:
    """Newspapers (`عين اليوم`, `"اليوم السابع"`, `«اليوم»`) and idioms (`أعداء الأمس`, `بأمس الحاجة`) are no day."""
    before, after = s.norm(at - 1), s.norm(end)
    if after in {"الحاجه", "العالمي", "الوطني", "الدولي", "الذي"}:
        return True
    if s.surface(at) == "اليوم" and s.definite(end) and s.base(end) in s.lex.numbers.ordinal:
        return True  # `اليوم السابع`: a newspaper, or the seventh day of something
    if s.norm(at) == "الامس":
        return before not in {"في", "حتي", "منذ", "من", "مساء", "ليله", "صباح"}
    if s.surface(at) != "اليوم":
        return False
    quoted = s.words[at].glued and before in {'"', "("} and after in {'"', ")"} and s.words[end].glued
    return quoted or before in s.lex.frames["nottoday"]


def _offset(s: Scan, at: int) -> tuple[int, int] | None:
    base, second, third = s.base(at), s.norm(at + 1), s.norm(at + 2)
    if base == "يوم":
        if not s.definite(at) or s.surface(at) != "اليوم" or s.lead(at) == "لل":
            return None
        return 0, at + 1
    if base in {"امس", "بارحه"}:
        if second in {"الاول", "اول", "الاولي"} and not (second == "اول" and third == "من"):
            return -2, at + 2
        return -1, at + 1
    if base in {"اول", "اولي"} and second in {"امس", "البارحه", "الامس"}:
        return -2, at + 2
    if base == "اول" and second == "من" and third in {"امس", "البارحه"}:
        return -2, at + 3
    if base == "قبل" and second in {"امس", "يوم"} and (second == "امس" or third == "امس"):
        return -2, at + 2 + (second == "يوم")
    if base == "بعد" and second in {"غد", "الغد"}:
        return 2, at + 2
    if base in {"غد", "غدا"}:
        return 1, at + 1
    return None


def read_weekday(s: Scan, at: int, *, bare: bool) -> tuple[int, int] | None:
    """(weekday, end); `bare` admits it without the article."""
    weekday = s.lex.weekdays.get(s.base(at))
    if weekday is None or not (s.definite(at) or bare):
        return None
    if s.base(at) == "احد" and s.base(at + 1) in s.lex.numbers.ordinal and s.definite(at) is False:
        return None
    return weekday, at + 1


def _weekday_in_apposition(s: Scan, at: int) -> tuple[int, int] | None:
    bracket, opened = s.inside(at)
    here = bracket if opened else s.skip(at, "،", ",")
    here = s.skip_base(here, "يوم") if s.base(here) == "يوم" and not s.definite(here) else here
    if not s.plain(here):
        return None
    found = read_weekday(s, here, bare=False)
    if found is None:
        return None
    closed = s.closed(found[1], opened=opened)
    return (found[0], closed) if closed is not None else None


def _weekday_day(s: Scan, at: int) -> Found | None:
    start = at
    shown = s.norm(at) == "هذا"
    at += shown
    named = s.base(at) == "يوم" and not s.definite(at)
    at += named
    if (named or shown) and not s.plain(at):
        return None
    found = read_weekday(s, at, bare=named)
    if found is None or (not named and s.norm(at - 1) in s.lex.frames["notday"] and not shown):
        return None
    weekday, end = found
    shift = s.direction(end, weak=False)
    if shift:
        return Found(Day(weekday=weekday, shift=shift[0]), start, shift[1])
    dated = _date_in_apposition(s, end)
    if dated:
        return Found(_on_weekday(dated.node, weekday), start, dated.end)
    week = _week_of(s, end)
    if week:
        return Found(Day(weekday=weekday, week_shift=week[0]), start, week[1])
    nth = _nth_of_month(s, end)
    if nth:
        return Found(Day(weekday=weekday, nth=nth[0]), start, nth[1])
    return Found(Day(weekday=weekday, shift=0 if shown else None), start, end)


def _on_weekday(node: Node, weekday: int) -> Node:
    """An ambiguous date beside its weekday is the reading that falls on it."""
    if not isinstance(node, Date) or node.other is None or not node.year or not node.month or not node.day:
        return node
    plain = msgspec.structs.replace(node, other=None)
    swapped = msgspec.structs.replace(plain, month=node.other[0], day=node.other[1])
    fits = [_falls_on(date, weekday) for date in (plain, swapped)]
    return node if fits[0] == fits[1] else plain if fits[0] else swapped


def _falls_on(date: Date, weekday: int) -> bool:
    day = make_date(date.year or 0, date.month or 0, date.day or 0)
    return day is not None and day.isoweekday() == weekday


def _date_in_apposition(s: Scan, at: int) -> Found | None:
    """A full date after a weekday, in brackets, after a comma, or bare; it must name its day."""
    bracket, opened = s.inside(at)
    here = bracket
    if not opened and s.norm(at) in _COMMAS:
        here = at + 1
    here = s.skip_base(here, "في", "الموافق")
    if here >= len(s.words) or s.lead(here):
        return None
    found = read_date(s, here)
    if found is None:
        return _bare_day(s, at, here) if not opened else None
    if not isinstance(found.node, Date) or found.node.day is None or (opened and found.node.year):
        return None
    closed = s.closed(found.end, opened=opened)
    return Found(found.node, at, closed) if closed is not None else None


def _bare_day(s: Scan, at: int, here: int) -> Found | None:
    """`الأربعاء 27`, `السبت في 23`, `الخميس في السابع`: a day of the month and nothing that it could count."""
    number = here + (s.norm(here) == "ال")
    if s.is_number(number) and 1 <= int(s.norm(number)) <= 31:
        day, end = int(s.norm(number)), number + 1
    elif here > at and s.words[here].known:
        ordinal = read_ordinal(s.words, here, s.lex.numbers) or s.number(here)
        if ordinal is None or not isinstance(ordinal.value, int) or not 1 <= ordinal.value <= 31:
            return None
        day, end = ordinal.value, ordinal.end
    else:
        return None
    after = s.words[end] if end < len(s.words) else None
    if after is not None and after.kind != "punct" and after.base not in {"مع", "حتي", "الي"}:
        return None
    if after is not None and after.norm in {"%", "-", "/", ":", "٪"}:
        return None
    return Found(Date(day=day), at, end)


def _week_of(s: Scan, at: int) -> tuple[int, int] | None:
    """`من الأسبوع المقبل`, `هذا الأسبوع` after a weekday."""
    here = s.skip_base(at, "من", "في")
    if s.norm(here) == "هذا" and s.base(here + 1) == "اسبوع":
        return 0, here + 2
    if s.base(here) == "اسبوع" and s.definite(here) and s.plain(here):
        return s.direction(here + 1, weak=False)
    return None


def _nth_of_month(s: Scan, at: int) -> tuple[int, int] | None:
    """`الأحد الثاني`: the second Sunday of this month."""
    if not s.definite(at) or s.lead(at) or s.base(at) not in s.lex.numbers.ordinal:
        return None
    ordinal = read_ordinal(s.words, at, s.lex.numbers)
    if ordinal is None or not isinstance(ordinal.value, int) or not 1 <= ordinal.value <= 5 or ordinal.end != at + 1:
        return None
    after = s.words[ordinal.end] if ordinal.end < len(s.words) else None
    return (ordinal.value, ordinal.end) if after is None or after.kind == "punct" else None


def _context_day(s: Scan, at: int) -> Found | None:
    """`اليوم التالي`, `اليوم نفسه`, `نفس اليوم`, `ذلك اليوم`, `أول يوم جمعة من يوليو`."""
    if s.norm(at) in {"نفس", "ذات", "ذلك"} and s.surface(at + 1) == "اليوم":
        return Found(Day(context=0), at, at + 2)
    if s.base(at) in {"اول", "اخر"} and s.base(at + 1) == "يوم":
        return _first_weekday(s, at)
    return None


def _first_weekday(s: Scan, at: int) -> Found | None:
    found = read_weekday(s, at + 2, bare=True)
    if found is None:
        return None
    here = s.skip_base(found[1], "من", "في")
    if s.norm(here) == "هذا" and s.base(here + 1) == "شهر":
        month, end = Date(month_shift=0), here + 2
    else:
        dated = read_date(s, here)
        if dated is None or not isinstance(dated.node, Date) or dated.node.day:
            return None
        month, end = dated.node, dated.end
    return Found(Day(weekday=found[0], nth=1 if s.base(at) == "اول" else -1, month=month), at, end)


def read_feast(s: Scan, at: int) -> Found | None:
    """A holiday: `عيد الفطر`, `ثالث أيام عيد الفطر`, `أيام العيد`, `إجازة عيد الأضحى`, with a year or not."""
    start = at
    nth, whole = None, False
    direct = s.phrase(at, s.lex.holidays)
    if direct and s.norm(at - 1) not in s.lex.frames["notday"]:
        return _feast_year(s, start, direct[1], Feast(holiday=direct[0]))
    if s.base(at) in s.lex.numbers.ordinal and s.base(at + 1) in {"ايام", "يوم"}:
        nth, at = s.lex.numbers.ordinal[s.base(at)], at + 2
    elif s.base(at) in {"ايام", "اجازه", "عطله", "يوم"} and not s.definite(at) and s.plain(at + 1):
        whole, at = s.base(at) == "ايام", at + 1
    if at > start and not s.plain(at):
        return None
    found = s.phrase(at, s.lex.holidays)
    if s.norm(start - 1) in s.lex.frames["notday"]:
        return None
    if found is None:
        return _the_feast(s, start, at, nth, whole) if s.surface(at) == "العيد" else _pilgrimage(s, at)
    node = Feast(holiday=found[0], nth=nth, whole=whole)
    return _feast_year(s, start, found[1], node)


def _the_feast(s: Scan, start: int, at: int, nth: int | None, whole: bool) -> Found | None:
    """`العيد` alone: the feast nearest to publication, told when it is anchored."""
    fitr = s.lex.holidays.by_first["عيد"]
    holiday = next(meaning for words, meaning in fitr if words == ("عيد", "الفطر"))
    return Found(Feast(holiday=holiday, nth=nth, whole=whole), start, at + 1)


def _pilgrimage(s: Scan, at: int) -> Found | None:
    """`الحج` is a time only with its year."""
    if s.surface(at) != "الحج" or s.base(at + 1) not in {"عام", "سنه"}:
        return None
    holiday = s.lex.holidays.by_first["موسم"][0][1]
    found = _feast_year(s, at, at + 1, Feast(holiday=holiday))
    return found if found.end > at + 1 else None


def _feast_year(s: Scan, start: int, end: int, node: Feast) -> Found:
    here = end
    if s.norm(here) == "هذا" and s.base(here + 1) in {"عام", "سنه"}:
        return Found(msgspec.structs.replace(node, shift=0), start, here + 2)
    if s.base(here) in {"عام", "سنه"} and s.definite(here):
        shift = s.direction(here + 1, weak=False)
        if shift:
            return Found(msgspec.structs.replace(node, shift=shift[0]), start, shift[1])
    year = read_year(s, here, bare=True) if s.plain(here) or s.lead(here) == "ل" else None
    if year:
        return Found(msgspec.structs.replace(node, year=year[0], hijri=year[1]), start, year[2])
    return Found(node, start, end)
