"""Ages as quantities: what the times left (`البالغ 61 عاما`, `(15 عاما)`, `في العشرين من العمر`)."""

from __future__ import annotations

from khabar.mentions.amount import Amount
from khabar.mentions.count_scan import CountScan
from khabar.mentions.things import Thing

__all__ = ["read_age"]


def read_age(s: CountScan, at: int) -> Amount | None:
    """A number with a year or month that no time took: the guidelines make it a quantity."""
    here = at + (s.norm(at) == "ال")
    number = s.number(here)
    if number is None or not isinstance(number.value, int):
        return None
    unit = s.phrase(number.end, s.lex.units, first=False)
    if unit and unit[0].kind == "age":
        return Amount(
            number.value, number.value, here, unit[1], Thing("unit", unit[1], unit[0].en, unit[0].lemma, "age")
        )
    return _first_of_two(s, here, number.end, number.value) or _in_words(s, here, number.end, number.value)


def _first_of_two(s: CountScan, at: int, end: int, value: int) -> Amount | None:
    """`(26 و27 عاما)`: the unit stands once."""
    second = s.number(end + 1) if s.norm(end) == "و" and s.norm(at - 1) == "(" else None
    unit = s.phrase(second.end, s.lex.units, first=False) if second else None
    if unit is None or unit[0].kind != "age":
        return None
    return Amount(value, value, at, end, Thing("unit", end, unit[0].en, unit[0].lemma, "age"))


def _in_words(s: CountScan, at: int, end: int, value: int) -> Amount | None:
    """`في العشرين من العمر`, `تناهز العشرين من عمره`."""
    if s.norm(end) == "من" and s.norm(end + 1) in {"العمر", "عمره", "عمرها"} and s.words[at].definite:
        return Amount(value, value, at, end + 2, Thing("unit", end + 2, "year", "عام", "age"))
    return None
