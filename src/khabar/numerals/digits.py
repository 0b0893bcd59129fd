"""Numbers written in digits: separators of thousands and decimals, as Arabic and Western papers set them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

__all__ = ["digits_value", "read_digits"]

_GROUPED = re.compile(r"\d{1,3}(?:([.,\u066c])\d{3})(?:\1\d{3})*")
_LONGEST = 1000  # digits: a longer run is data, and Python itself reads no more than a few thousand
_DECIMAL = re.compile(r"\d+[.,\u066b]\d+")


def digits_value(norm: str) -> int | Fraction | None:
    """The value of one token of digits with its separators, or None where it is no number (a date, a range).

    A comma or ٬ before groups of three sets off thousands, and so do two full stops; any other single comma, full
    stop or ٫ is the decimal sign.
    """
    if len(norm) > _LONGEST:
        return None
    if norm.isdecimal():
        return int(norm)
    grouped = _GROUPED.fullmatch(norm)
    if grouped and (grouped[1] != "." or norm.count(".") > 1) and not norm.startswith("0"):
        return int(re.sub(r"\D", "", norm))
    if _DECIMAL.fullmatch(norm):
        value = Fraction(re.sub(r"[,\u066b]", ".", norm))
        return int(value) if value.denominator == 1 else value
    return None


def read_digits(norms: Sequence[str], glued: Sequence[bool]) -> tuple[int | Fraction, int] | None:
    """The value at the head of `norms` and how many tokens it takes.

    `5ر1` is the agencies' decimal sign: typed from the right, the fraction comes first, and it is one and a half.
    """
    value = digits_value(norms[0])
    if value is None:
        return None
    if (
        len(norms) == 3
        and norms[1] == "ر"
        and glued[1]
        and glued[2]
        and norms[2].isdecimal()
        and isinstance(value, int)
    ):
        return Fraction(f"{norms[2]}.{norms[0]}"), 3
    return value, 1
