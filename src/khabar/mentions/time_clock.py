"""Parts of the day and times of the clock: `مساء أمس`, `فجر اليوم`, `الساعة 4:30 فجر الجمعة`, `منتصف ليل الأحد`."""

from __future__ import annotations

import re

import msgspec

from khabar.mentions.time_days import read_day, read_feast, read_weekday
from khabar.mentions.time_nodes import Clock, Date, Day, Found, Midnight, Node, Part
from khabar.mentions.time_scan import Scan
from khabar.mentions.time_words import DayPart
from khabar.numerals.cardinals import read_ordinal

__all__ = ["read_clock", "read_midnight", "read_part", "with_part_or_clock"]

_TIME = re.compile(r"(\d{1,2})[:.,](\d{2})(?:[:.](\d{2}))?")
_ALONE = frozenset({"صباحا", "مساء", "ليلا", "ظهرا", "فجرا", "عصرا"})
_LATE, _EARLY = frozenset({"متاخر", "متاخره"}), frozenset({"مبكر", "مبكره"})


def read_part(s: Scan, at: int) -> Found | None:
    """A part of a day, with an hour's lateness before it (`وقت متأخر من مساء أمس`)."""
    start = at
    edge, at = _lateness(s, at)
    if s.norm(at) in {"هذا", "هذه"}:
        at += 1
        return _shown_part(s, start, at, edge)
    found = s.phrase(at, s.lex.parts, first=at == start)
    if found is None:
        return _late_day(s, start, at, edge) if edge else None
    if s.norm(at) == "فجرا" and s.norm(at + 1).startswith("نفس"):
        return None  # the verb: two blew themselves up
    part, end = found
    if s.norm(end) == "الباكر":
        edge, end = "early", end + 1
    night = _relative_night(s, start, at, end, part)
    if night:
        return night
    here = s.skip_base(end, "من")
    day = read_day(s, here) or read_feast(s, here) if s.plain(here) and here < len(s.words) else None
    if day:
        return _part_of(s, start, at, part, day, edge)
    if edge or s.norm(at) in _ALONE or _framed(s, at):
        past = part.code == "NI" and s.before(at) == "خلال"
        return Found(Part(part=part, edge=edge, day=Day(offset=-1) if past else None), start, end)
    return None


def _framed(s: Scan, at: int) -> bool:
    """A definite part of the day after a preposition: `في المساء`, `خلال الليل`, `طوال الليل`."""
    if s.norm(at - 1) in s.lex.frames["went"] and s.definite(at):
        return True
    return s.definite(at) and (
        s.norm(at - 1) in {"في", "خلال", "طوال", "مع", "حتي", "طيله", "منذ"} or s.norm(at) == "الليله"
    )


def _lateness(s: Scan, at: int) -> tuple[str | None, int]:
    """`وقت متأخر من`, `ساعة مبكرة من`, `الساعات الأولى من`."""
    if s.base(at) in {"وقت", "ساعه"} and s.norm(at + 1) in _LATE | _EARLY:
        edge = "late" if s.norm(at + 1) in _LATE else "early"
        return edge, s.skip_base(at + 2, "من")
    if s.base(at) == "ساعات" and s.definite(at) and s.norm(at + 1) in {"الاولي", "المتاخره", "المبكره"}:
        return ("late" if s.norm(at + 1) == "المتاخره" else "early"), s.skip_base(at + 2, "من")
    return None, at


def _late_day(s: Scan, start: int, at: int, edge: str) -> Found | None:
    """`وقت متأخر من أول من أمس` is that night, `وقت مبكر من أمس` its morning."""
    day = read_day(s, at) if s.plain(at) else None
    if day is None or not isinstance(day.node, Day | Date) or (isinstance(day.node, Date) and day.node.day is None):
        return None
    code = "ليل" if edge == "late" else "صباح"
    part = s.lex.parts.by_first[code][-1][1]
    return Found(Part(part=part, day=day.node), start, day.end)


def _shown_part(s: Scan, start: int, at: int, edge: str | None) -> Found | None:
    found = s.phrase(at, s.lex.parts, first=False)
    if found is None or not s.definite(at):
        return None
    return Found(Part(part=found[0], day=Day(offset=0), edge=edge), start, found[1])


def _relative_night(s: Scan, start: int, at: int, end: int, part: DayPart) -> Found | None:
    """`الليلة الماضية`, `الليلة قبل الماضية`, `الليلة`."""
    if part.code != "NI" or s.surface(at) != "الليله":
        return None
    shift = s.direction(end, weak=False)
    if shift:
        return Found(Part(part=part, day=Day(offset=shift[0])), start, shift[1])
    return Found(Part(part=part, day=Day(offset=0)), start, end)


def _part_of(s: Scan, start: int, at: int, part: DayPart, day: Found, edge: str | None) -> Found:
    end = day.end
    before = False
    if part.code == "NI" and isinstance(day.node, Day) and day.node.weekday and day.node.offset is None:
        here = s.skip(end, "-", "/", "–")
        second = read_weekday(s, here, bare=False) if s.plain(here) else None
        if second:
            end = second[1]
        else:
            before = s.base(at) == "ليله"  # the night that leads to the day
    return Found(Part(part=part, day=day.node, edge=edge, before=before), start, end)


def read_midnight(s: Scan, at: int) -> Found | None:
    """`منتصف الليل`, `منتصف ليل الأحد الاثنين`, `منتصف النهار`."""
    if s.base(at) != "منتصف":
        return None
    if s.norm(at + 1) == "النهار":
        return Found(Clock(hour=12, minute=0), at, at + 2)
    if s.base(at + 1) not in {"ليل", "ليله"} or s.lead(at + 1):
        return None
    end = at + 2
    if not s.plain(end):
        return Found(Midnight(), at, end)
    first = read_day(s, end)
    if first is None:
        return Found(Midnight(), at, end)
    here = s.skip(first.end, "-", "/", "–")
    second = read_weekday(s, here, bare=False) if s.plain(here) else None
    if second:
        return Found(Midnight(day=Day(weekday=second[0])), at, second[1])
    ends = isinstance(first.node, Day) and first.node.offset is None
    return Found(Midnight(day=first.node, ends=ends), at, first.end)


def read_clock(s: Scan, at: int) -> Found | None:
    """A time of the clock, with its part of day, its day and its zone."""
    start = at
    while s.base(at) in {"نحو", "حوالي", "تمام", "قرابه"} and s.base(at + 1) in {"ساعه", "تمام"} and at - start < 2:
        at += 1
    named = s.base(at) == "ساعه" and s.definite(at)
    at += named
    if named:
        at = s.skip_base(at, "ال")
    elif s.norm(at - 1) == "ال":
        return None
    read = _hour(s, at, named=named)
    if read is None:
        return None
    clock, end, sure = read
    end, half, day, marked = _half_and_day(s, end)
    zone = _zone(s, end)
    if zone:
        clock = msgspec.structs.replace(clock, utc=zone[1], stamp=s.norm(end) == "ت" and not zone[1])
        end = zone[0]
        if day is None:
            end2, half2, day, _ = _half_and_day(s, end)
            half, end = half or half2, end2 if half2 or day else end
    gone = s.norm(start - 1) in s.lex.frames["went"] and s.definite(at) and s.base(at).endswith("ه")
    if not gone and (not (named or marked or zone) or (not sure and not (named or half))):
        return None
    return Found(msgspec.structs.replace(clock, half=half, day=day), start, end)


def _hour(s: Scan, at: int, *, named: bool) -> tuple[Clock, int, bool] | None:
    """(clock, end, whether its minutes are written)."""
    bracket, opened = s.inside(at)
    match = _TIME.fullmatch(s.norm(bracket))
    if match and (named or ":" in s.norm(bracket) or _zone(s, bracket + 1)):
        closed = s.closed(bracket + 1, opened=opened)
        if closed is None:
            return None
        hour, minute = int(match[1]), int(match[2])
        second = int(match[3]) if match[3] else None
        valid = hour <= 24 and minute < 60 and (second or 0) < 60
        return Clock(hour=hour, minute=minute, second=second, invalid=not valid), closed, True
    if s.is_number(at) and s.norm(at + 1) == ":" and s.is_number(at + 2):
        # Typed from the right, the hour comes last: `59: 11` is 11:59.
        first, last = int(s.norm(at)), int(s.norm(at + 2))
        hour, minute = (last, first) if first > 24 else (first, last)
        return Clock(hour=hour, minute=minute, invalid=hour > 24 or minute > 59), at + 3, True
    if s.is_number(at, 4) and (named or _has_part(s, at + 1)):
        hour, minute = divmod(int(s.norm(at)), 100)
        return (Clock(hour=hour, minute=minute), at + 1, True) if hour <= 24 and minute < 60 else None
    return _hour_in_words(s, at, named=named)


def _has_part(s: Scan, at: int) -> bool:
    return s.phrase(at, s.lex.parts, first=False) is not None


def _hour_in_words(s: Scan, at: int, *, named: bool) -> tuple[Clock, int, bool] | None:
    if at >= len(s.words):
        return None
    digits = s.is_number(at)
    if digits:
        hour, end = int(s.norm(at)), at + 1
    else:
        ordinal = read_ordinal(s.words, at, s.lex.numbers) if s.definite(at) else None
        if ordinal is None and s.definite(at) and s.base(at) == "واحده":
            hour, end = 1, at + 1
        elif ordinal and isinstance(ordinal.value, int) and (s.base(at).endswith("ه") or s.base(at) == "اولي"):
            # `الثامنة وعشرين دقيقة` is eight and twenty minutes, no twenty-eighth.
            minutes = ordinal.value > 20
            hour, end = (ordinal.value % 10, at + 1) if minutes else (ordinal.value, ordinal.end)
        else:
            number = s.number(at) if named else None
            if number is None or not isinstance(number.value, int):
                return None
            hour, end = number.value, number.end
    if hour > 24:
        return None
    minute, end = _minutes(s, end)
    return Clock(hour=hour, minute=minute, whole=digits and minute is None), end, minute is not None


def _minutes(s: Scan, at: int) -> tuple[int | None, int]:
    """`والنصف`, `وعشر دقائق`, `وتسع وخمسين دقيقة`."""
    joined = at if s.lead(at) == "و" else at + 1 if s.norm(at) == "و" else None
    if joined is None:
        return None, at
    fraction = s.lex.numbers.fraction.get(s.base(joined))
    if fraction in {2, 3, 4} and (s.definite(joined) or s.base(joined + 1) not in s.lex.units):
        return 60 // fraction, joined + 1
    number = s.number(joined)
    if number and isinstance(number.value, int) and s.base(number.end) in {"دقيقه", "دقايق"}:
        return number.value, number.end + 1
    return None, at


def _half_and_day(s: Scan, at: int) -> tuple[int, str | None, Node | None, bool]:
    """(end, am or pm, day, whether anything was there) after an hour."""
    here = s.skip(at, "،", ",")
    here = s.skip_base(here, "من", "في")
    if not s.plain(here):
        return at, None, None, False
    if s.norm(here) in {"ص", "صباحا"}:
        return _day_after_half(s, here + 1, "am")
    part = read_part(s, here)
    if part and isinstance(part.node, Part):
        if part.node.day is None:
            return _day_after_half(s, part.end, part.node.part.half)
        return part.end, part.node.part.half, part.node.day, True
    day = read_day(s, here)
    if day and (not isinstance(day.node, Date) or day.node.day):
        later = s.phrase(s.skip_base(day.end, "في"), s.lex.parts, first=False)
        return (later[1], later[0].half, day.node, True) if later else (day.end, None, day.node, True)
    plain_part = s.phrase(here, s.lex.parts, first=False)
    if plain_part:
        return _day_after_half(s, plain_part[1], plain_part[0].half)
    return at, None, None, False


def _day_after_half(s: Scan, at: int, half: str) -> tuple[int, str | None, Node | None, bool]:
    here = s.skip(at, "،", ",")
    here = s.skip_base(here, "من", "في")
    day = read_day(s, here) if s.plain(here) else None
    return (day.end, half, day.node, True) if day else (at, half, None, True)


def _zone(s: Scan, at: int) -> tuple[int, bool] | None:
    """(end, whether it is UTC) of `بتوقيت غرينتش`, `ت غ`, `ت م`; a local zone ends before its name."""
    if s.norm(at) == "ت" and s.norm(at + 1) in {"غ", "ج"}:
        return at + 2, True
    if s.norm(at) == "تغ":
        return at + 1, True
    if s.norm(at) == "ت" and s.norm(at + 1) == "م":
        return at, False
    if s.norm(at) == "بتوقيت":
        utc = s.norm(at + 1) in {"غرينتش", "جرينتش", "جرينيتش", "غرينيتش", "غرينيش"}
        return (at + 2, True) if utc else (at, False)
    if s.norm(at) == "بالتوقيت":
        return at, False
    return None


def with_part_or_clock(s: Scan, found: Found) -> Found:
    """A day with the part or the hour that follows it: `الثلاثاء في الصباح`, `غدا الساعة 8`, `14 أكتوبر 8:00 صباحا`."""
    here = s.skip(found.end, "،", ",", "-")
    here = s.skip_base(here, "في", "عند", "حوالي")
    if here >= len(s.words) or not s.plain(here):
        return found
    clock = read_clock(s, here)
    if clock and isinstance(clock.node, Clock) and clock.node.day is None:
        return Found(_on(clock.node, found.node), found.start, clock.end)
    if isinstance(found.node, Part):
        return _part_at_hour(s, found, here)
    part = read_part(s, here)
    if part and isinstance(part.node, Part) and part.node.day is None:
        return Found(msgspec.structs.replace(part.node, day=found.node), found.start, part.end)
    return found


def _on(clock: Clock, day: Node) -> Clock:
    """The clock on a day, or in a part of one."""
    if isinstance(day, Part):
        return msgspec.structs.replace(clock, day=day.day, half=clock.half or day.part.half)
    return msgspec.structs.replace(clock, day=day)


def _part_at_hour(s: Scan, found: Found, here: int) -> Found:
    """`هذا الصباح في السابعة`."""
    hour = _hour(s, here, named=False) if s.definite(here) else None
    return Found(_on(hour[0], found.node), found.start, hour[1]) if hour else found
