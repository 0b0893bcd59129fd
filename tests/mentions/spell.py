"""Arabic numbers written out by the rules of grammar, for round trips: independent of what reads them."""

from __future__ import annotations

from typing import NamedTuple

MASCULINE = "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
FEMININE = "صفر واحدة اثنتان ثلاث أربع خمس ست سبع ثماني تسع عشر".split()
TENS = "عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون".split()
SCALES = (
    (10**12, "تريليون", "تريليونان", "تريليونات"),
    (10**9, "مليار", "ملياران", "مليارات"),
    (10**6, "مليون", "مليونان", "ملايين"),
    (10**3, "ألف", "ألفان", "آلاف"),
)


class Style(NamedTuple):
    """Which of the spellings of standard Arabic a text uses."""

    feminine: bool  # of what is counted
    oblique: bool  # case: ـين for ـون, ـين for ـان
    hamza: bool  # مئة for مائة
    joined: bool  # خمسمئة for خمس مئة
    bare: bool  # without hamza on alef and with ه for ة, as careless copy has it


def spell(number: int, style: Style) -> str:
    """`number`, at most 10^12, in words."""
    words = " و".join(_groups(number, style)) or "صفر"
    return words.translate(str.maketrans("أإآة", "اااه")) if style.bare else words


def _groups(number: int, style: Style) -> list[str]:
    groups = []
    for scale, one, two, many in SCALES:
        count, number = divmod(number, scale)
        if count:
            groups.append(_scaled(count, one, _case(two, style), many, style))
    return groups + ([_below_thousand(number, style, feminine=style.feminine)] if number else [])


def _scaled(count: int, one: str, two: str, many: str, style: Style) -> str:
    if count == 1:
        return one
    if count == 2:
        return two
    rest = count % 100
    noun = many if 3 <= rest <= 10 else one + "ا" if 11 <= rest <= 99 and style.oblique else one
    return f"{_below_thousand(count, style, feminine=False)} {noun}"


def _below_thousand(number: int, style: Style, *, feminine: bool) -> str:
    hundreds, rest = divmod(number, 100)
    parts = []
    if hundreds:
        parts.append(_hundreds(hundreds, style))
    if rest:
        parts.append(_below_hundred(rest, style, feminine=feminine))
    return " و".join(parts)


def _hundreds(hundreds: int, style: Style) -> str:
    hundred = "مئة" if style.hamza else "مائة"
    if hundreds == 1:
        return hundred
    if hundreds == 2:
        return _case(hundred[:-1] + "تان", style)
    unit = FEMININE[hundreds].removesuffix("ي") if style.joined else FEMININE[hundreds]
    return unit + ("" if style.joined else " ") + hundred


def _below_hundred(number: int, style: Style, *, feminine: bool) -> str:
    units = FEMININE if feminine else MASCULINE
    if number <= 10:
        return _case(units[number], style) if number == 2 else units[number]
    tens, unit = divmod(number, 10)
    if tens == 1:
        return _teen(unit, style, feminine=feminine)
    ten = _case(TENS[tens - 2], style)
    return f"{_case(units[unit], style) if unit == 2 else units[unit]} و{ten}" if unit else ten


def _teen(unit: int, style: Style, *, feminine: bool) -> str:
    ten = "عشرة" if feminine else "عشر"
    if unit == 1:
        return ("إحدى " if feminine else "أحد ") + ten
    if unit == 2:
        two = "اثنت" if feminine else "اثن"
        return f"{two}{'ي' if style.oblique else 'ا'} {ten}"
    return f"{(FEMININE if feminine else MASCULINE)[unit]} {ten}"


def _case(word: str, style: Style) -> str:
    """The oblique of a dual or of a ten."""
    if not style.oblique:
        return word
    return word[:-2] + "ين" if word.endswith(("ون", "ان")) else word
