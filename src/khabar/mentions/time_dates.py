"""Dates in words and digits: `14 يوليو الجاري`, `الثالث من أغسطس (آب) العام الماضي`, `24/7/2015`, `10/شوال/1436هـ`."""

from __future__ import annotations

import re

import msgspec

from khabar.mentions.time_nodes import Date, Found
from khabar.mentions.time_scan import Scan
from khabar.mentions.time_words import Month
from khabar.numerals.cardinals import read_ordinal

__all__ = ["read_date", "read_day_number", "read_month", "read_year", "year_tail"]

_NUMERIC = re.compile(r"(\d{1,4})([/.-])(\d{1,4})(?:\2(\d{1,4}))?")
_YEAR_WORDS = frozenset({"عام", "سنه"})
_HIJRI_MARKS = frozenset({"هـ", "ه", "هجري", "هجريه"})
_ERA_MARKS = frozenset({"م", "ميلادي", "ميلاديه"})


def read_date(s: Scan, at: int, *, framed: bool = False) -> Found | None:
    """A date with a day, a month, or both; not a bare year. `framed` says that a month is expected."""
    found = _numeric(s, at) or _spaced_numeric(s, at) or _numbered_month(s, at) or _day_first(s, at)
    return found or _month_first(s, at, framed=framed)


def read_year(s: Scan, at: int, *, bare: bool = False) -> tuple[int, bool, int] | None:
    """(year, hijri, end) of `عام 2015`, `1436هـ`, `2015م`; a bare number of four digits where `bare` is set."""
    start = at
    while s.base(at) in _YEAR_WORDS and (at == start or s.plain(at)) and at - start < 2:
        at += 1
    named = at > start
    bracket, opened = s.inside(at)
    if s.is_number(bracket, 4) or (named and s.norm(bracket) == "0"):  # the year 0 is kept, as invalid
        year, end = int(s.norm(bracket)), bracket + 1
    elif named or bare:
        return _year_in_words(s, at)
    else:
        return None
    hijri = s.norm(end) in _HIJRI_MARKS
    marked = hijri or (s.norm(end) in _ERA_MARKS and (s.words[end].glued or s.norm(end) != "م" or not named))
    if marked and not hijri and not named and not (1600 <= year <= 2100 and not s.is_number(end + 1)):
        return None  # `1500م2` is an area
    end += marked
    closed = s.closed(end, opened=opened)
    if closed is None or not (named or marked or bare) or not (0 if named else 1) <= year <= 2999:
        return None
    # Papers of the Gulf write a Hijri year without its mark; earlier ones are the historian's, and Gregorian.
    gregorian = s.norm(end) in {"للميلاد", "ميلادي", "ميلاديه"} or (marked and not hijri)
    return year, hijri or (1300 <= year < 1500 and not gregorian), closed


def _year_in_words(s: Scan, at: int) -> tuple[int, bool, int] | None:
    """`ألفين وأربعة عشر`, or century and rest (`تسعة عشر تسعة وتسعون`)."""
    number = s.number(at)
    if number is None or not isinstance(number.value, int) or number.digits:
        return None
    if 1000 <= number.value <= 2999:
        return number.value, False, number.end
    rest = s.number(number.end) if 10 <= number.value <= 20 and s.plain(number.end) else None
    if rest is None or not isinstance(rest.value, int) or rest.digits or not 10 <= rest.value <= 99:
        return None
    return number.value * 100 + rest.value, False, rest.end


def year_tail(s: Scan, at: int) -> tuple[int | None, int | None, int] | None:
    """(year, year shift, end) of what follows a month: `2015`, `من عام 2014`, `العام الماضي`, `، 2016`."""
    here = at
    here = s.skip(here, "،", ",", ".")
    if here > at and not s.is_number(here, 4) and s.base(here) not in _YEAR_WORDS:
        return None
    here = s.skip_base(here, "من", "في")
    if s.base(here) in _YEAR_WORDS and s.lead(here) in {"", "ل", "لل"}:
        shifted = _year_shift(s, here)
        if shifted:
            named = read_year(s, shifted[1], bare=True) if s.is_number(shifted[1], 4) else None
            return (named[0], None, named[2]) if named else (None, shifted[0], shifted[1])
    if s.norm(here) == "هذا" and s.base(here + 1) in _YEAR_WORDS:
        return None, 0, here + 2
    year = read_year(s, here, bare=True)
    if year is None or s.lead(here) not in {"", "ل", "لل"}:
        return None
    return year[0], None, year[2]


def _year_shift(s: Scan, at: int) -> tuple[int, int] | None:
    return s.direction(at + 1, weak=False) if s.definite(at) else None


def read_month(s: Scan, at: int) -> tuple[Month, int, bool] | None:
    """(month, end, framed) of a month's name, doubled or not: `يوليو/تموز`, `أغسطس (آب)`, `كانون الثاني - يناير`."""
    start = at
    if s.base(at) == "شهر" and not s.definite(at):
        at += 1
    found = s.phrase(at, s.lex.months, first=at == start)
    if found is None or (at == start and _is_spelled_otherwise(s, at)):
        return None
    month, end = found
    if not month.sure and s.definite(at) and s.norm(at) not in s.lex.months.by_first:
        return None  # `الصفر` is zero
    double = _second_name(s, end, month)
    framed = month.sure or at > start or double is not None
    return month, double or end, framed


def _is_spelled_otherwise(s: Scan, at: int) -> bool:
    """`آب` is August, `أب` a father, `باب` a door: the madda tells."""
    word = s.words[at]
    return word.base == "اب" and not word.raw.startswith("آ")


def _second_name(s: Scan, at: int, month: Month) -> int | None:
    bracket, opened = s.inside(at)
    here = bracket if opened else s.skip(at, "/", "-", "–", "ـ")
    second = s.phrase(here, s.lex.months, first=False)
    if second is None or second[0].number != month.number or second[0].hijri != month.hijri:
        return None
    return s.closed(second[1], opened=opened)


def read_day_number(s: Scan, at: int) -> tuple[int, int] | None:
    """(day, end): digits, `الـ 15`, a word (`الثالث`, `الخامس عشر`, `واحد وعشرين`)."""
    if s.norm(at) == "ال" and s.is_number(at + 1):
        return int(s.norm(at + 1)), at + 2
    if s.is_number(at) and len(s.norm(at)) <= 2:
        return int(s.norm(at)), at + 1
    if not s.known(at):
        return None
    if s.base(at) == "غره" and not s.definite(at):
        return 1, at + 1
    ordinal = read_ordinal(s.words, at, s.lex.numbers)
    if ordinal and isinstance(ordinal.value, int) and (s.definite(at) or s.base(at) in {"ثاني", "اول"}):
        return ordinal.value, ordinal.end
    number = s.number(at)
    if number and isinstance(number.value, int) and number.value <= 99 and not number.digits:
        return number.value, number.end
    return None


def _day_first(s: Scan, at: int) -> Found | None:
    day = read_day_number(s, at)
    if day is None:
        return None
    number, end = day
    here = s.skip(end, "/", "-", ".")
    here = s.skip_base(here, "من", "ل")
    month = read_month(s, here) if here < len(s.words) and s.lead(here) in {"", "ل"} else None
    if month is not None and (month[2] or s.norm(here - 1) not in {"-", "/"} or s.norm(month[1]) == "/"):
        return _finish(s, at, month[1], Date(month=month[0].number, day=number, hijri=month[0].hijri))
    return _day_of_relative_month(s, at, number, end)


def _day_of_relative_month(s: Scan, at: int, number: int, end: int) -> Found | None:
    """`14 من الشهر الجاري`, `الخامس من هذا الشهر`, `الـ 12 من الشهر نفسه`, `20 من الشهر القادم`."""
    here = s.skip_base(end, "من", "في")
    joined = here > end
    shown = s.norm(here) == "هذا"
    here += shown
    if s.base(here) != "شهر" or not s.definite(here) or not s.plain(here):
        return None
    if s.norm(here + 1) in {"نفسه", "ذاته"}:
        return Found(Date(day=number, same_month=True), at, here + 2)
    shift = s.direction(here + 1, weak=False)
    if shift:
        return Found(Date(day=number, month_shift=shift[0]), at, shift[1])
    return Found(Date(day=number, month_shift=0), at, here + 1) if shown or joined else None


def _month_first(s: Scan, at: int, *, framed: bool) -> Found | None:
    """A month, with a day after it (`أكتوبر 14`, `مايو الحادي عشر`) or without."""
    shown = s.norm(at) in {"هذا", "نفس"}
    month = read_month(s, at + shown)
    if month is None:
        return None
    name, end, named = month
    framed = framed or named
    day = _day_after(s, end)
    if day:
        return _finish(s, at, day[1], Date(month=name.number, day=day[0], hijri=name.hijri))
    found = _finish(s, at, end, Date(month=name.number, hijri=name.hijri, shift=0 if shown else None))
    if not (
        framed or shown or found.end > end or s.base(at - 1) in s.lex.frames["month"] or s.lead(at).endswith(("ب", "ل"))
    ):
        return None
    return found


def _numbered_month(s: Scan, at: int) -> Found | None:
    """`شهر 5 من عام 2015`; a number that no month has is kept, as invalid."""
    if s.base(at) != "شهر" or s.definite(at) or not s.is_number(at + 1) or len(s.norm(at + 1)) > 2:
        return None
    tail = year_tail(s, at + 2)
    return Found(Date(month=int(s.norm(at + 1)), year=tail[0], year_shift=tail[1]), at, tail[2]) if tail else None


def _day_after(s: Scan, at: int) -> tuple[int, int] | None:
    if at >= len(s.words) or not s.plain(at):
        return None
    ordinal = s.words[at].kind == "word" and s.definite(at)
    day = read_day_number(s, at)
    if day is None or not 1 <= day[0] <= 31:
        return None
    after = s.words[day[1]] if day[1] < len(s.words) else None
    closed = after is None or after.kind != "word" or after.known
    return (
        day if closed and (ordinal or s.is_number(at) or after is None) and s.base(day[1]) not in s.lex.units else None
    )


def _finish(s: Scan, at: int, end: int, date: Date) -> Found:
    """Add what follows a month: which one, its year."""
    tail = year_tail(s, end)
    if tail:
        year, shift, end = tail
        return Found(msgspec.structs.replace(date, year=year, year_shift=shift), at, end)
    shift_found = s.direction(end, weak=False)
    if shift_found:
        shift, end = shift_found
        date = msgspec.structs.replace(date, shift=shift)
        tail = year_tail(s, end)
        if tail and tail[0]:
            return Found(msgspec.structs.replace(date, year=tail[0]), at, tail[2])
    if s.norm(end) in {"/", "-"} and s.is_number(end + 1, 4):
        year_found = read_year(s, end + 1, bare=True)
        if year_found:
            return Found(msgspec.structs.replace(date, year=year_found[0]), at, year_found[2])
    return Found(date, at, end)


def _numeric(s: Scan, at: int) -> Found | None:
    """One token of digits and separators: `24/7/2015`, `2015-07-25`, `10-7`, `2015.3`."""
    match = _NUMERIC.fullmatch(s.norm(at))
    if match is None:
        return None
    first, mark, second, third = match[1], match[2], match[3], match[4]
    if third is None and not _pair_is_date(s, at, mark):
        return None
    date = numeric_date([first, second] + ([third] if third else []), mark)
    if date is None:
        return None
    end = at + 1
    if (
        third is None
        and s.norm(end) in {",", "،"}
        and (s.is_number(end + 1, 4) or s.is_number(end + 1, 2))
        and mark == "/"
    ):
        year = int(s.norm(end + 1))
        return Found(msgspec.structs.replace(date, year=year if year > 99 else 2000 + year), at, end + 2)
    if s.norm(end) in _HIJRI_MARKS:
        return Found(msgspec.structs.replace(date, hijri=True), at, end + 1)
    return Found(date, at, end + (s.norm(end) == "م" and s.words[end].glued))


def _pair_is_date(s: Scan, at: int, mark: str) -> bool:
    """Whether two numbers are a date: not hours (`8-9 صباحا`), a score (`3-1`), or a decimal (`3.31 في المائة`)."""
    if len(s.norm(at)) > 5 or s.phrase(at + 1, s.lex.parts, first=False):
        return len(s.norm(at)) > 5
    before, after = s.before(at), s.words[at + 1] if at + 1 < len(s.words) else None
    ends = after is None or after.norm in {".", "،", ",", ")", "؟", "!"} or after.base in {"ساعه", "في"}
    if mark == ".":
        return ends and (after is None or before in s.lex.frames["went"])
    framed = before in s.lex.frames["date"] or before in s.lex.weekdays or before in s.lex.frames["went"]
    return framed and (ends or mark == "/" or before in {"يوم", "تاريخ", "بتاريخ"})


def _spaced_numeric(s: Scan, at: int) -> Found | None:
    """`6/ 8/ 2015`, `7 / يوليو /2015م`: slashes with spaces, or a month's name between them."""
    if not (s.is_number(at) and len(s.norm(at)) <= 2 and s.norm(at + 1) == "/") or not s.is_number(at + 2):
        return None
    if s.norm(at + 3) != "/" or not s.is_number(at + 4, 4):
        return None
    date = numeric_date([s.norm(at), s.norm(at + 2), s.norm(at + 4)], "/")
    if date is None:
        return None
    end = at + 5
    hijri = s.norm(end) in _HIJRI_MARKS
    return Found(msgspec.structs.replace(date, hijri=hijri or (date.year or 9999) < 1500), at, end + hijri)


def numeric_date(parts: list[str], mark: str) -> Date | None:
    """A date of two or three numbers. Day first, as Arabic news has it; the other reading is kept where both can be."""
    numbers = [int(part) for part in parts]
    if len(parts) == 3:
        return _three(parts, numbers)
    first, second = numbers
    if len(parts[0]) == 4 and len(parts[1]) <= 2:
        return Date(year=first, month=second) if 1 <= second <= 12 and 1800 <= first <= 2200 else None
    if len(parts[1]) == 4 and len(parts[0]) <= 2:
        return Date(year=second, month=first) if 1 <= first <= 12 and 1800 <= second <= 2200 else None
    if max(len(part) for part in parts) > 2 or mark == ".":
        return _month_dot_day(parts, numbers) if mark == "." else None
    return _two(first, second)


def _two(first: int, second: int) -> Date | None:
    if first <= 12 and 12 < second <= 31:
        return Date(month=first, day=second)
    if not (1 <= first <= 31 and 1 <= second <= 12):
        return None
    return Date(month=second, day=first, other=(first, second) if first <= 12 and first != second else None)


def _month_dot_day(parts: list[str], numbers: list[int]) -> Date | None:
    """`4.22`: a decimal in news, so only where it can't be day.month and the month comes first."""
    if len(parts[1]) == 2 and len(parts[0]) <= 2 and 1 <= numbers[0] <= 12 and 12 < numbers[1] <= 31:
        return Date(month=numbers[0], day=numbers[1])
    return None


def _three(parts: list[str], numbers: list[int]) -> Date | None:
    if len(parts[0]) == 4:
        year, month, day = numbers
        return (
            Date(year=year, month=month, day=day, hijri=year < 1500)
            if len(parts[1]) <= 2 and len(parts[2]) <= 2
            else None
        )
    first, second, year = numbers
    if len(parts[0]) > 2 or len(parts[1]) > 2 or len(parts[2]) not in {2, 4}:
        return None
    if len(parts[2]) == 2:
        year += 2000 if year < 70 else 1900
    hijri = 1300 <= year < 1500
    if second > 12 >= first:
        return Date(year=year, month=first, day=second, hijri=hijri)
    other = (first, second) if first <= 12 and first != second else None
    return Date(year=year, month=second, day=first, hijri=hijri, other=other)
