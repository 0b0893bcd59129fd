"""Amounts: a number or a multitude with its bounds and what it counts, read at one place of a sentence."""

from __future__ import annotations

import re
from fractions import Fraction

import msgspec

from khabar.mentions.amount import Amount
from khabar.mentions.count_scan import CountScan
from khabar.mentions.noun_amounts import read_noun_first, read_several
from khabar.mentions.things import noun_thing, read_thing
from khabar.numerals.cardinals import Exact, read_fraction
from khabar.numerals.words import Word

__all__ = ["Amount", "read_amount"]

_NUMBER, _OF = frozenset({"العدد", "الرقم"}), "من"  # إن العدد 700 لاجئ; but العدد 700 من المجلة
_NOT = frozenset({"لا", "الا", "لم", "لن"})
_RANGE = frozenset({"او", "الي", "-", "–", "حتي"})
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_MAX_BOUNDS = 2  # bounds before one number: أكثر من نحو
_LIMIT = 10**15  # beyond it nothing in news is counted: the digits are a code


class _Core(msgspec.Struct, frozen=True):
    low: Exact
    high: Exact
    end: int
    vague: bool = False
    digits: bool = False


def read_amount(s: CountScan, at: int) -> Amount | None:
    """The amount that starts at word `at`."""
    bound, here = _bounds_before(s, at)
    between = _between(s, here)
    if between:
        return msgspec.structs.replace(between, start=at)
    found = read_noun_first(s, here) or _counted(s, here, bound=bound) or read_several(s, here)
    if found is None and bound == "over" and s.norm(here - 1) == "من":
        found = _more_than_one(s, here)
    if found is None:
        return None
    return _bounded(s, msgspec.structs.replace(found, start=at), bound)


def _bounds_before(s: CountScan, at: int) -> tuple[str, int]:
    """The bound in words before a number, `أكثر من نحو` taken together."""
    name, here = "", at
    while (found := s.phrase(here, s.lex.before, first=here == at)) and found[1] < len(s.words) and here - at < 6:
        if not name or found[0].name != "about":
            name = found[0].name
        here = found[1]
    return name or _bound_by_verb(s, at), here


def _bound_by_verb(s: CountScan, at: int) -> str:
    """`ألا تقل الرواتب عن 200`, `لا يزيد عددهم على 30`: the verb stands apart from its preposition."""
    if s.norm(at - 1) not in {"عن", "علي"}:
        return ""
    for here in range(at - 2, max(-1, at - 6), -1):
        verb = s.norm(here)
        if verb in {"تقل", "يقل"}:
            return "least" if s.norm(here - 1) in _NOT else "under"
        if verb in {"تزيد", "يزيد"}:
            return "most" if s.norm(here - 1) in _NOT else "over"
    return ""


def _bounded(s: CountScan, amount: Amount, bound: str) -> Amount:
    low, high, end = amount.low, amount.high, amount.end
    after = s.phrase(end + (s.norm(end) in {"،", ","} and s.norm(end + 1) == "علي"), s.lex.after, first=False)
    if after and after[1] <= len(s.words):
        bound, end = bound or after[0].name, after[1]
    if bound == "over":
        low, high = (low + 1 if low is not None and low == high else low), None
    elif bound == "under":
        low, high = None, (high - 1 if high is not None and low == amount.high else high)
    elif bound == "least":
        high = None
    elif bound == "most":
        low = None
    return msgspec.structs.replace(
        amount, low=low, high=high, end=end, approximate=amount.approximate or bound == "about"
    )


def _core(s: CountScan, at: int) -> _Core | None:
    """A number, a multitude (`عشرات الآلاف`), a fraction of a scale (`نصف مليار`)."""
    if not s.free(at):
        return None
    bracket = s.norm(at) in {"(", '"'} and s.free(at + 1) and s.words[at + 1].kind == "number"
    here = at + bracket
    vague = _vague(s, here)
    if vague:
        return vague
    number = s.number(here)
    if number and bracket and s.norm(number.end) not in {")", '"'}:
        return None  # the bracket holds more than the number: the amount starts inside it
    if number:
        return _Core(number.value, number.value, number.end, digits=number.digits)
    fraction = read_fraction(s.words, here, s.lex.numbers)
    if fraction and fraction.scale > 1:
        return _Core(_whole(fraction.value), _whole(fraction.value), fraction.end)
    return None


def _whole(value: Exact) -> Exact:
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def _vague(s: CountScan, at: int) -> _Core | None:
    word = s.words[at]
    base = word.base[:-1] if word.base.endswith("اتا") or word.base == "الافا" else word.base
    bounds = s.lex.numbers.vague.get(base)
    if bounds is None:
        return None
    low, high = bounds
    end = at + 1
    if s.plain(end) and s.words[end].base in s.lex.numbers.scale:
        scale = s.lex.numbers.scale[s.words[end].base]
        return _Core(low * scale, high * scale + (999 if scale == 1000 else 0), end + 1, vague=True)
    return _Core(low, high, end, vague=True)


def _counted(s: CountScan, at: int, *, bound: str) -> Amount | None:
    """A number and what it counts, or a bare number where the frame says that people are counted."""
    core = _core(s, at)
    if core is None:
        return None
    second = _second(s, core)
    end, high = (second.end, second.high) if second else (core.end, core.high)
    thing = read_thing(s, end, None if core.vague else core.high)
    measured = thing is not None and thing.kind == "unit"
    if not measured and _is_label(s, at, core, counts=thing is not None and thing.kind == "noun"):
        return None
    if thing is None:
        if not _bare_counts(s, at, end, core):
            return None
        return Amount(core.low, high, at, _closed(s, at, end), None, approximate=core.vague)
    if core.high == 1 and not measured:
        return None  # `واحدة من القضايا` is no count
    if thing.kind == "noun" and isinstance(core.high, Fraction) and _THOUSANDS.fullmatch(s.words[core.end - 1].norm):
        core = msgspec.structs.replace(core, low=int(core.low * 1000), high=int(core.high * 1000))
        high = core.high  # nobody counts thousandths of a person: the full stop sets off thousands
    valid = isinstance(core.high, Fraction) or abs(core.high) < _LIMIT
    return Amount(core.low, high, at, thing.end, thing, approximate=core.vague, valid=valid)


def _closed(s: CountScan, at: int, end: int) -> int:
    return end + 1 if s.norm(at) in {"(", '"'} and s.norm(end) in {")", '"'} else end


def _second(s: CountScan, core: _Core) -> _Core | None:
    """`أربع أو خمس رصاصات`, `10 إلى 17`, `300 أو 400 ميل`."""
    if s.norm(core.end) not in _RANGE or core.vague:
        return None
    second = _core(s, core.end + 1)
    return second if second and not second.vague and second.high > core.high else None


def _between(s: CountScan, at: int) -> Amount | None:
    """`بين 10 إلى 17`, `بين 3.6 و 3.7 مليار دولار`, `ما بين مئة ومئتي شخص`."""
    start = at
    if s.norm(at) in {"ما", "بما"} and s.norm(at + 1) == "بين":
        at += 1
    if s.base(at) != "بين" or not s.free(at + 1):
        return None
    first = _core(s, at + 1)
    if first is None or first.vague:
        return None
    joint = first.end
    if s.norm(joint) in {"و", *_RANGE}:
        joint += 1
    elif s.lead(joint) != "و":
        return None
    second = _core(s, joint)
    if second is None or second.vague or second.high <= 0:
        return None
    low = first.low
    if (
        second.high >= 1000
        and low < 1000
        and isinstance(second.high, int | Fraction)
        and _scale_of(s, joint, second.end) > 1
    ):
        low = low * _scale_of(s, joint, second.end)
    thing = read_thing(s, second.end, second.high)
    if low > second.high or (thing is None and s.before(at) not in {"اعدادهم", "عددهم", "تتراوح", "يتراوح"}):
        return None
    return Amount(_whole(low), second.high, start, thing.end if thing else second.end, thing)


def _scale_of(s: CountScan, at: int, end: int) -> int:
    scale = 1
    for here in range(at, end):
        scale *= s.lex.numbers.scale.get(s.base(here), 1)
    return scale


def _is_label(s: CountScan, at: int, core: _Core, *, counts: bool) -> bool:
    """Whether the number is a name's part: after `رقم`, `القرار`, a hyphen, a definite noun, or a plus.

    Behind a definite noun it may as well open the object, if it `counts` something: `أوقع الهجوم 34 جريحا`.
    """
    before = s.words[at - 1] if s.free(at - 1) else None
    if s.norm(core.end) in {"/", "+", ":"} and core.digits:
        return True
    if before is None:
        return False
    if {before.norm, before.surface, before.base} & s.lex.label:
        return not (counts and before.norm in _NUMBER and s.norm(core.end) != _OF)
    if before.norm in {"+", "ال"}:
        return True
    if s.words[at].glued and core.digits and (before.norm in {"-", "/", "#", ":"} or _part_of_word(before)):
        return True
    if s.words[at].definite and before.base in s.lex.numbers.ordinal:
        return True  # `التاسع والعشرين`
    noun = s.noun(at - 1)
    return noun is not None and noun.number == 1 and before.definite and core.digits and not counts


def _part_of_word(before: Word) -> bool:
    """`أم1`: digits written onto a word that is no proclitic."""
    return before.kind == "word" and len(before.norm) > 1 and before.norm not in {"ال", "لل", "وال", "بال"}


def _bare_counts(s: CountScan, at: int, end: int, core: _Core) -> bool:
    """`قتل 13`, `إصابة 43،`, `أصيب عشرة بجروح`, `العشرات`, `9 نازحين في السدرة و4 في القطن`."""
    if core.vague:
        return core.low >= 20 and (s.words[core.end - 1].definite or _after_toll(s, at))
    following = s.words[end] if s.free(end) else None
    if _after_toll(s, at) and core.high != 1:
        return following is None or following.kind != "number"
    joined = s.norm(at - 1) == "و" and s.words[at].glued
    return joined and s.counted and core.digits and following is not None and following.norm == "في"


def _after_toll(s: CountScan, at: int) -> bool:
    here = at
    for _ in range(_MAX_BOUNDS):
        here = next((first for first in range(max(0, here - 4), here) if _ends_bound(s, first, here)), here)
    before = s.words[here - 1] if here and s.free(here - 1) else None
    return before is not None and before.base in s.lex.toll


def _ends_bound(s: CountScan, first: int, end: int) -> bool:
    found = s.phrase(first, s.lex.before)
    return found is not None and found[1] == end


def _more_than_one(s: CountScan, at: int) -> Amount | None:
    """`أكثر من منطقة` is two or more."""
    noun = s.noun(at)
    if noun is None or noun.number != 1 or s.words[at].definite or not s.plain(at):
        return None
    return Amount(1, 1, at, at + 1, noun_thing(noun, at + 1))
