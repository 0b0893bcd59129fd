"""Periods of the calendar: `الأسبوع الماضي`, `مطلع عام 2014`, `النصف الأول من 2015`, `صيف 2014`, vague ones."""

from __future__ import annotations

import msgspec

from khabar.mentions.time_dates import read_date, read_year, year_tail
from khabar.mentions.time_days import read_day, read_weekday
from khabar.mentions.time_nodes import Date, Day, Decade, Found, Node, Period, Reference, Season, Subyear
from khabar.mentions.time_scan import Scan
from khabar.numerals.cardinals import read_ordinal

__all__ = ["read_edge", "read_period", "read_reference", "read_subyear", "read_vague", "read_year_period"]

_QUANTIFIERS = frozenset({"القليله", "العديده", "المعدوده", "الطويله", "القريبه", "المعاصره"})
_NOUNS = frozenset({"فتره", "مرحله", "اونه"})


def read_period(s: Scan, at: int) -> Found | None:
    """A unit of the calendar from now: `الشهر الجاري`, `هذا العام`, `الأسبوع بعد القادم`, `العام نفسه`."""
    shown = s.norm(at) == "هذا" or s.norm(at) == "هذه"
    here = at + shown
    unit = s.lex.units.get(s.base(here))
    if unit is None or unit.count != 1 or not s.definite(here) or (shown and not s.plain(here)):
        return None
    if unit.unit == "D":
        return _day_period(s, at, here, shown=shown)
    if unit.unit not in {"W", "MO", "Y", "DE", "CE"}:
        return None
    shift = s.direction(here + 1, weak=False)
    if shift:
        return _with_weekday(s, Found(Period(unit=unit.unit, shift=shift[0]), at, shift[1]))
    if s.norm(here + 1) in {"نفسه", "نفسها", "ذاته", "ذاتها"}:
        return Found(Period(unit=unit.unit, shift=0), at, here + 2)
    if shown:
        return _with_weekday(s, Found(Period(unit=unit.unit, shift=0), at, here + 1))
    return None


def _day_period(s: Scan, at: int, here: int, *, shown: bool) -> Found | None:
    if shown:
        return None
    if s.norm(here + 1) in {"نفسه", "ذاته"}:
        return Found(Day(context=0), at, here + 2)
    shift = s.direction(here + 1, weak=True)
    if shift and shift[0] in {-1, 1}:
        return Found(Day(context=shift[0]), at, shift[1])
    if shift:
        return Found(Day(offset=0), at, shift[1])
    return None


def _with_weekday(s: Scan, found: Found) -> Found:
    """`الأسبوع القادم يوم الجمعة`."""
    if not isinstance(found.node, Period) or found.node.unit != "W":
        return found
    here = s.skip_base(found.end, "يوم") if not s.definite(found.end) else found.end
    weekday = read_weekday(s, here, bare=False) if s.plain(here) else None
    return Found(Day(weekday=weekday[0], week_shift=found.node.shift), found.start, weekday[1]) if weekday else found


def read_year_period(s: Scan, at: int) -> Found | None:
    """`عام 2003`, `1436هـ`, or a bare year where what stands before it lets nothing else be meant."""
    bare = s.is_number(at, 4) and _year_framed(s, at)
    found = read_year(s, at, bare=bare)
    if found is None:
        return None
    return Found(Date(year=found[0], hijri=found[1]), at, found[2])


def _year_framed(s: Scan, at: int) -> bool:
    year = int(s.norm(at))
    if not 1900 <= year <= 2060:
        return False
    if s.lead(at) or s.norm(at - 1) in {"و", "-", "او"}:
        # `بين 1800 و2000 نازح` counts people.
        return s.is_number(at - 2, 4) and 1900 <= int(s.norm(at - 2)) <= 2060
    before = s.before(at)
    if before == "بين" and not _another_year(s, at + 1):
        return False  # `بين 2000 و3000 ميغاواط`
    after = s.words[at + 1] if at + 1 < len(s.words) else None
    if before in {"مواليد", "عام", "سنه", "عامين", "عامي", "سنتي", "اعوام", "بين", "منذ"} or before in s.lex.edges:
        return True
    quiet = after is None or after.kind == "punct" or after.known or bool(after.lead)
    return before in {"في", "حتي", "الي", "من", "بعد", "قبل", "خلال", "وفي"} and (quiet or year % 100 != 0)


def _another_year(s: Scan, at: int) -> bool:
    here = at + (s.norm(at) == "و")
    return s.is_number(here, 4) and 1900 <= int(s.norm(here)) <= 2060


def read_edge(s: Scan, at: int) -> Found | None:
    """`مطلع يوليو`, `نهاية الأسبوع`, `بداية العام الجاري`, `منتصف عام 2014`, `أوائل ثمانينيات القرن الماضي`."""
    edge = s.lex.edges.get(s.base(at))
    if edge is None:
        return _weekend(s, at)
    here = at + 1
    if s.norm(here) == "هذا" or s.norm(here) == "هذه":
        pass
    elif not s.plain(here):
        return None
    inner = (
        read_period(s, here) or _edge_month(s, here) or read_year_period(s, here) or _season(s, here)
        or _decade(s, here) or _this(s, here)
    )  # fmt: skip
    if inner is None:
        return _edge_day(s, at, here, edge)
    return Found(_edged(inner.node, edge), at, inner.end)


def _edge_day(s: Scan, at: int, here: int, edge: str) -> Found | None:
    """`نهاية اليوم`, `نهاية يوم الأحد`."""
    day = read_day(s, here) if edge in {"late", "rest"} else None
    if day and isinstance(day.node, Day):
        return Found(msgspec.structs.replace(day.node, edge=edge), at, day.end)
    return None


def _edge_month(s: Scan, at: int) -> Found | None:
    found = read_date(s, at, framed=True)
    if found and isinstance(found.node, Date) and found.node.day is None and found.node.month:
        return found
    return None


def _this(s: Scan, at: int) -> Found | None:
    """The current week, month or year after an edge: `نهاية الأسبوع`, `مطلع العام`, `بقية أسبوعي`."""
    mine = s.norm(at).endswith("ي") and s.lex.edges.get(s.base(at - 1)) == "rest"
    unit = s.lex.units.get(s.norm(at)[:-1] if mine else s.base(at))
    if unit and unit.count == 1 and unit.unit in {"W", "MO", "Y"} and (s.definite(at) or mine):
        return Found(Period(unit=unit.unit, shift=0), at, at + 1)
    return None


def _weekend(s: Scan, at: int) -> Found | None:
    """`عطلة نهاية الأسبوع المقبل`."""
    if s.base(at) not in {"عطله", "اجازه"} or s.norm(at + 1) != "نهايه" or s.norm(at + 2) != "الاسبوع":
        return None
    shift = s.direction(at + 3, weak=False)
    return Found(Period(unit="W", shift=shift[0] if shift else 0, edge="weekend"), at, shift[1] if shift else at + 3)


def _edged(node: Node, edge: str) -> Node:
    if isinstance(node, Date | Period | Season | Decade | Day):
        return msgspec.structs.replace(node, edge=edge)
    return node


def read_subyear(s: Scan, at: int) -> Found | None:
    """`النصف الأول من العام 2015`, `الربع الثالث 2016`, `الأسبوع الأخير من عام 2015`, seasons and decades."""
    kinds = {"نصف": "H", "ربع": "Q", "اسبوع": "W"}
    kind = kinds.get(s.base(at))
    if kind and s.definite(at) and s.plain(at + 1):
        last = s.norm(at + 1) in {"الاخير", "الاخيره"}
        ordinal = read_ordinal(s.words, at + 1, s.lex.numbers) if s.definite(at + 1) else None
        if last or (ordinal and isinstance(ordinal.value, int)):
            number = -1 if last or ordinal is None else int(ordinal.value)
            end = at + 2 if last or ordinal is None else ordinal.end
            return _subyear_of(s, at, end, kind, number)
    return _season(s, at) or _decade(s, at)


def _subyear_of(s: Scan, at: int, end: int, kind: str, number: int) -> Found | None:
    here = s.skip_base(end, "من", "ل", "في")
    if s.base(here) in {"عام", "سنه"} or s.is_number(here, 4) or s.norm(here) == "هذا" or here > end:
        tail = year_tail(s, here)
        if tail is None and s.lead(here) == "ل":
            year = read_year(s, here)
            tail = (year[0], None, year[2]) if year else None
        if tail:
            return Found(Subyear(kind=kind, number=number, year=tail[0], shift=tail[1]), at, tail[2])
    if s.lead(here) == "لل" and s.base(here) in {"عام", "سنه"}:
        year = read_year(s, here)
        if year:
            return Found(Subyear(kind=kind, number=number, year=year[0]), at, year[2])
    if kind == "W":
        return _week_of_month(s, at, here, number)
    return _half_of_month(s, at, here, number) if kind == "H" and number in {1, 2, -1} else None


def _half_of_month(s: Scan, at: int, here: int, number: int) -> Found | None:
    """`النصف الثاني من أيار`, `النصف الأول من الشهر الجاري`: the month, with the half as its bounds."""
    month = _edge_month(s, here) or read_period(s, here)
    if month is None or (isinstance(month.node, Period) and month.node.unit != "MO"):
        return None
    return Found(_edged(month.node, "early" if number == 1 else "late"), at, month.end)


def _week_of_month(s: Scan, at: int, here: int, number: int) -> Found | None:
    """`الأسبوع الأخير من حزيران`: the seven days at that place of the month."""
    month = read_date(s, here)
    if month and isinstance(month.node, Date) and month.node.month and not month.node.day:
        first = {1: (1, 7), 2: (8, 14), 3: (15, 21), 4: (22, 28), -1: (-7, -1)}.get(number)
        if first:
            return Found(msgspec.structs.replace(month.node, edge_days=first), at, month.end)
    return None


def _season(s: Scan, at: int) -> Found | None:
    start = at
    shown = s.norm(at) == "هذا"
    at += shown
    if s.base(at) == "فصل" and s.plain(at + 1):
        at += 1
    code = s.lex.seasons.get(s.base(at))
    if code is None or (at > start and not s.plain(at)):
        return None
    if s.norm(at + 1) == "العربي":
        return None  # the Arab Spring
    shift = s.direction(at + 1, weak=False)
    if shift:
        return Found(Season(code=code, shift=shift[0]), start, shift[1])
    tail = year_tail(s, at + 1)
    if tail:
        return Found(Season(code=code, year=tail[0], shift=tail[1]), start, tail[2])
    if shown:
        return Found(Season(code=code, shift=0), start, at + 1)
    if s.definite(at) and (s.norm(at - 1) in {"في", "خلال"} or s.base(at - 1) in s.lex.edges):
        return Found(Season(code=code), start, at + 1)
    return None


def _decade(s: Scan, at: int) -> Found | None:
    decade = s.lex.decades.get(s.base(at)) or _two_thousands(s, at)
    if decade is None:
        return _century(s, at)
    tens, first = decade
    century, end = 19, at + 1
    if s.norm(end) == "القرن":
        ordinal = read_ordinal(s.words, end + 1, s.lex.numbers) if end + 1 < len(s.words) else None
        shift = s.direction(end + 1, weak=False)
        if shift:
            century, end = 20 + shift[0], shift[1]
        elif ordinal and isinstance(ordinal.value, int):
            century, end = ordinal.value - 1, ordinal.end
    elif at and s.before(at) not in {"في", "منذ", "خلال", "حتي", "من", "الي"} and s.base(at - 1) not in s.lex.edges:
        return None
    return Found(Decade(start=first or century * 100 + tens * 10), at, end)


def _century(s: Scan, at: int) -> Found | None:
    """`القرن التاسع عشر`."""
    if s.surface(at) != "القرن" or not s.definite(at + 1) or not s.plain(at + 1):
        return None
    ordinal = read_ordinal(s.words, at + 1, s.lex.numbers)
    if ordinal is None or not isinstance(ordinal.value, int) or not 2 <= ordinal.value <= 30:
        return None
    return Found(Decade(start=(ordinal.value - 1) * 100, years=100), at, ordinal.end)


def _two_thousands(s: Scan, at: int) -> tuple[int, int] | None:
    """`في الألفين`: the number alone, with its article."""
    after = s.words[at + 1] if at + 1 < len(s.words) else None
    alone = after is None or after.kind == "punct"
    return (0, 2000) if s.norm(at) == "الالفين" and alone and s.norm(at - 1) in {"في", "منذ"} else None


def read_reference(s: Scan, at: int) -> Found | None:
    """A vague past, present or future from the table; `وقت سابق من اليوم` takes the value of what follows."""
    found = s.phrase(at, s.lex.references)
    if found is None:
        return None
    value, end = found
    if s.norm(at) == "ذلك" and s.norm(at + 1) == "الوقت":
        return Found(Reference(value=value, back=True), at, end)
    if end == at + 1 and not _stands_alone(s, at):
        return None
    if s.base(at) in {"وقت", "ساعه"}:
        here = s.skip_base(end, "من", "في")
        inner = None
        if here > end or s.norm(end) == "هذا":
            inner = read_period(s, here) or read_day(s, here) or _this(s, here)
        if inner:
            return Found(inner.node, at, inner.end)
    return Found(Reference(value=value), at, end)


def _stands_alone(s: Scan, at: int) -> bool:
    """Whether a one-word reference is one here: `في الماضي`, but `تيار المستقبل`, `وأخيرا`, `آلان`."""
    surface = s.surface(at)
    if surface in {"الماضي", "السابق", "اللحظه", "الحاضر", "المستقبل"}:
        return s.before(at) in {"في", "حتي", "الي"} or s.lead(at).endswith("ب")
    if surface == "اخيرا":
        return not s.lead(at)
    return not (surface == "الان" and s.words[at].raw.startswith("آل"))


def read_vague(s: Scan, at: int) -> Found | None:
    """`الأسابيع القليلة الماضية`, `الساعات المقبلة`, `الأيام الماضية`: no number, so no date."""
    unit = s.lex.units.get(s.base(at))
    if not s.definite(at) or not ((unit and unit.count is None) or s.base(at) in _NOUNS):
        return None
    here = at + 1
    quantified = s.norm(here) in _QUANTIFIERS and s.direction(here + 1, weak=True) is not None
    here += quantified
    shift = s.direction(here, weak=True)
    if shift is None:
        return None
    end = shift[1]
    if not quantified and s.norm(end) in _QUANTIFIERS:
        end += 1
    value = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[max(-1, min(1, shift[0]))]
    return Found(Reference(value=value), at, end)
