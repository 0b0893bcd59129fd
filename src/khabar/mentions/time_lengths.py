"""Lengths of time: `ثلاثة أيام`, `أكثر من عام ونصف`, `اليومين الماضيين`, `الـ 24 ساعة الماضية`, `قبل شهرين`."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from khabar.mentions.time_nodes import Found, Length
from khabar.mentions.time_scan import Scan
from khabar.numerals.cardinals import Exact

__all__ = ["read_ago", "read_length", "read_whole"]

_MAX_PARTS = 6  # years to seconds


def read_length(s: Scan, at: int, *, framed: bool = False) -> Found | None:
    """A length, with the approximation before and after it, and its direction."""
    start = at
    at = _approximation(s, at)
    if at > start and not s.plain(at):
        return None
    found = _definite(s, at) or _counted(s, at, framed=framed or at > start) or (_the_one(s, at) if framed else None)
    if found is None or not isinstance(found.node, Length):
        return None
    node, end = found.node, found.end
    if s.norm(end) == "من" and s.norm(end + 1) in {"الان", "اليوم"}:
        past = s.norm(start - 1) in {"منذ", "قبل"}
        return Found(msgspec.structs.replace(node, ago=1 if past else -1), start, end + 2)
    shift = s.direction(end, weak=True)
    if shift and node.direction == 0 and shift[0] in {-1, 1}:
        node, end = msgspec.structs.replace(node, direction=shift[0]), shift[1]
    return Found(node, start, _tail(s, end))


def read_whole(s: Scan, at: int) -> Found | None:
    """`طوال العام`, `طوال الشهر`, `آخر 3 دقائق`, `هذين اليومين`."""
    word = s.base(at)
    if word in {"طوال", "طيله"} and s.plain(at + 1):
        unit = s.lex.units.get(s.base(at + 1))
        if unit and unit.count == 1 and not s.direction(at + 2, weak=True):
            return Found(Length(parts=((1, unit.unit),)), at, at + 2)
    if word in {"اخر", "هذين", "هاتين"} and s.plain(at + 1):
        found = read_length(s, at + 1)
        if found and isinstance(found.node, Length) and found.node.parts[0][0] is not None:
            direction = -1 if word == "اخر" else found.node.direction
            return Found(msgspec.structs.replace(found.node, direction=direction), at, found.end)
    return None


def _approximation(s: Scan, at: int) -> int:
    found = s.phrase(at, s.lex.approximations)
    return found[1] if found else at


def _tail(s: Scan, at: int) -> int:
    """`تقريبا`, `على الأقل`, `من الزمن`, `متواصلة`."""
    if s.norm(at) == "تقريبا":
        return at + 1
    if s.norm(at) == "علي" and s.norm(at + 1) in {"الاقل", "الاكثر"}:
        return at + 2
    if s.norm(at) == "من" and s.norm(at + 1) in {"الزمن", "الزمان"}:
        return at + 2
    return at


def _unit(s: Scan, at: int, *, first: bool) -> tuple[str, int | None] | None:
    """(unit, count of its form) of an indefinite unit of time."""
    if at >= len(s.words) or (not first and not s.plain(at)):
        return None
    unit = s.lex.units.get(s.base(at))
    return (unit.unit, unit.count) if unit else None


def _counted(s: Scan, at: int, *, framed: bool) -> Found | None:
    first = _one(s, at, framed=framed or s.before(at) in s.lex.frames["length"] or s.lead(at).endswith("ل"))
    if first is None:
        return None
    parts, end = [first[0]], first[1]
    while len(parts) < _MAX_PARTS:
        joined = end if s.lead(end) == "و" else end + 1 if s.norm(end) == "و" else None
        if joined is None:
            break
        half = _half(s, joined, parts[-1])
        if half:
            parts[-1:] = half[0]
            end = half[1]
            continue
        more = _one(s, joined, framed=True)
        if more is None or more[0][1] == parts[-1][1] or more[0][0] is None:
            break
        parts.append(more[0])
        end = more[1]
    alternative = _or(s, end, parts[-1])
    return Found(Length(parts=tuple(parts)), at, alternative or end)


def _one(s: Scan, at: int, *, framed: bool) -> tuple[tuple[Exact | None, str], int] | None:
    """((count, unit), end) of `ثلاثة أيام`, `يومين`, `أيام`, `عدة ساعات`, `نصف ساعة`, `شهر واحد`."""
    if at >= len(s.words):
        return None
    if s.base(at) in s.lex.frames["few"] and not s.definite(at):
        unit = _unit(s, at + 1, first=False)
        return ((None, unit[0]), at + 2) if unit and unit[1] is None else None
    if s.base(at) in {"نصف", "ربع", "ثلث"} and not s.definite(at):
        unit = _unit(s, at + 1, first=False)
        value = Fraction(1, s.lex.numbers.fraction[s.base(at)])
        return ((value, unit[0]), at + 2) if unit and unit[1] == 1 and not s.definite(at + 1) else None
    bracket = s.norm(at) == "(" and not s.definite(at)
    number = s.number(at + bracket) if not s.definite(at) else None
    if number and bracket:
        return _number_unit(s, at, number.value, number.end + 1) if s.norm(number.end) == ")" else None
    if number:
        return _number_unit(s, at, number.value, number.end)
    unit = _unit(s, at, first=True)
    if unit is None or s.definite(at):
        return None
    return _bare_unit(s, at, unit, framed=framed)


def _number_unit(s: Scan, at: int, value: Exact, end: int) -> tuple[tuple[Exact | None, str], int] | None:
    here = end
    if s.norm(here) in {"او", "الي", "-"} and s.number(here + 1):
        second = s.number(here + 1)
        here = second.end if second else here
    bracket = s.norm(here) == ")"
    unit = _unit(s, here, first=False)
    if unit is None or bracket or unit[1] == 2 or s.definite(here):
        return None
    if unit[0] == "Y" and s.is_number(here + 1, 4):
        return None  # `584 ألفا عام 2013`
    end = here + 1
    return (value, unit[0]), _adjectives(s, end)


def _adjectives(s: Scan, at: int) -> int:
    """The end of the adjectives of a length: `أيام قليلة`, `شهر واحد`."""
    start = at
    while s.plain(at) and s.base(at) in s.lex.frames["tail"] and not s.definite(at) and at - start < 2:
        at += 1
    return at


def _bare_unit(
    s: Scan, at: int, unit: tuple[str, int | None], *, framed: bool
) -> tuple[tuple[Exact | None, str], int] | None:
    end = at + 1
    end = _adjectives(s, end)
    tailed = end > at + 1
    if unit[0] == "MO" and s.phrase(end, s.lex.months, first=False):
        return None
    if unit[0] in {"DE", "CE"} and unit[1] == 1 and s.before(at) not in s.lex.frames["decade"]:
        framed = tailed = s.norm(end) == "من" and s.norm(end + 1) in {"الزمن", "الزمان"}
    counted = unit[1] == 1 and s.norm(end) == "و" and s.words[end - 1].kind == "word" and s.is_number(end + 1)
    if unit[1] == 2 or framed or tailed or counted:
        return (unit[1], unit[0]), end
    return None


def _half(s: Scan, at: int, last: tuple[Exact | None, str]) -> tuple[list[tuple[Exact | None, str]], int] | None:
    """`عام ونصف`, `ثلاث سنوات ونصف`, `عامين ونصف العام`."""
    if s.base(at) not in {"نصف", "ربع"} or last[0] is None:
        return None
    end = at + 1
    named = s.base(end) in s.lex.units and s.lex.units[s.base(end)].unit == last[1] and s.plain(end)
    value = Fraction(1, s.lex.numbers.fraction[s.base(at)])
    total = last[0] + value
    if named and total > 2 and last[1] == "Y":
        return [last, (value, "Y")], end + 1
    return [(total, last[1])], end + named


def _or(s: Scan, at: int, last: tuple[Exact | None, str]) -> int | None:
    """`شهرين أو ثلاثة`: the first number counts."""
    if s.norm(at) != "او" or last[0] is None:
        return None
    number = s.number(at + 1)
    return number.end if number and s.base(number.end) not in s.lex.units and not number.digits else None


def _definite(s: Scan, at: int) -> Found | None:
    """`اليومين الماضيين`, `الأيام الثلاثة الماضية`, `الـ 24 ساعة الماضية`, `الساعات الـ24 الماضية`."""
    here = at + (s.norm(at) == "ال")
    if here > at or s.definite(at):
        number = s.number(here)
        if number:
            unit = _unit(s, number.end, first=False)
            if unit and unit[1] != 2:
                return _directed(s, at, number.end + 1, number.value, unit[0])
    unit = _unit(s, at, first=True)
    if unit is None or not s.definite(at):
        return None
    if unit[1] == 2:
        return _directed(s, at, at + 1, 2, unit[0])
    if unit[1] is None:
        here = s.skip_base(at + 1, "ال")
        number = s.number(here) if (here > at + 1 or s.definite(at + 1)) and s.plain(at + 1) else None
        if number:
            end = number.end
            if s.norm(end) == "او":
                second = s.number(s.skip_base(end + 1, "ال"))
                end = second.end if second else end
            return _directed(s, at, end, number.value, unit[0])
    return None


def _the_one(s: Scan, at: int) -> Found | None:
    """`قبل قرابة الشهر`: a definite singular after an approximation."""
    unit = s.lex.units.get(s.base(at))
    if unit is None or unit.count != 1 or not s.definite(at) or not s.phrase(at - 1, s.lex.approximations):
        return None
    return Found(Length(parts=((1, unit.unit),)), at, at + 1)


def _directed(s: Scan, at: int, end: int, value: Exact, unit: str) -> Found | None:
    shift = s.direction(end, weak=True)
    if shift is None:
        return Found(Length(parts=((value, unit),)), at, end) if s.norm(at - 1) in {"هذين", "هاتين", "خلال"} else None
    return Found(Length(parts=((value, unit),), direction=-1 if shift[0] < 0 else 1), at, shift[1])


def read_ago(s: Scan, at: int) -> Found | None:
    """`قبل ثلاثة أيام`, `قبل أيام`, `بعد أسبوعين من الآن`, `3 أيام مضت`."""
    word = s.base(at)
    if word not in {"قبل", "بعد"} or not s.plain(at + 1) or s.definite(at + 1):
        return None
    found = read_length(s, at + 1, framed=True)
    if found is None or not isinstance(found.node, Length):
        return None
    end = found.end
    now = s.norm(end) == "من" and s.norm(end + 1) in {"الان", "اليوم"}
    end += 2 * now
    end = s.skip(end, "مضي", "مضت", "خلت")
    if word == "قبل":
        if s.norm(end) in {"من", "علي"} and not now:
            return None
        return Found(msgspec.structs.replace(found.node, ago=1, direction=0), at, end)
    if now or found.node.ago:
        return Found(msgspec.structs.replace(found.node, ago=-1, direction=0), at, end)
    counted = all(count is not None for count, _ in found.node.parts)
    if counted and found.node.direction == 0 and s.norm(end) not in {"من", "علي"} and _comes(s, at):
        return Found(msgspec.structs.replace(found.node, direction=1), at, end)
    return None


def _comes(s: Scan, at: int) -> bool:
    """Whether a first person is about to come or go: `سأعود بعد 5 ساعات`."""
    return s.norm(at - 1) in s.lex.frames["went"]
