"""Amounts: a number or a multitude with its bounds and what it counts, read at one place of a sentence."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from khabar.mentions.count_scan import CountScan
from khabar.mentions.numbers import Exact, read_fraction
from khabar.mentions.things import Thing, read_thing

__all__ = ["Amount", "read_amount"]

_RANGE = frozenset({"او", "الي", "-", "–", "حتي"})
_LIMIT = 10**15  # beyond it nothing in news is counted: the digits are a code


class Amount(msgspec.Struct, frozen=True):
    """Bounds (None is open) over the words `[start, end)`, and what is counted; an absurd number is not `valid`."""

    low: Exact | None
    high: Exact | None
    start: int
    end: int
    thing: Thing | None
    approximate: bool = False
    valid: bool = True


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
    found = _postposed(s, here) or _dual(s, here) or _single(s, here) or _scattered(s, here)
    if found is None:
        found = _counted(s, here, bounded=bool(bound))
    if found is None and bound == "over":
        found = _more_than_one(s, here)
    if found is None:
        return None
    return _bounded(s, msgspec.structs.replace(found, start=at), bound)


def _bounds_before(s: CountScan, at: int) -> tuple[str, int]:
    """The bound in words before a number, `أكثر من نحو` taken together."""
    name, here = "", at
    while (found := s.phrase(here, s.lex.before, first=here == at)) and found[1] < len(s.words):
        if not name or found[0].name != "about":
            name = found[0].name
        here = found[1]
    return name, here


def _bounded(s: CountScan, amount: Amount, bound: str) -> Amount:
    low, high, end = amount.low, amount.high, amount.end
    after = s.phrase(s_skip(s, end), s.lex.after, first=False)
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


def s_skip(s: CountScan, at: int) -> int:
    """Past a comma before `على الأقل`."""
    return at + 1 if s.norm(at) in {"،", ","} and s.norm(at + 1) == "علي" else at


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


def _counted(s: CountScan, at: int, *, bounded: bool) -> Amount | None:
    """A number and what it counts, or a bare number where the frame says that people are counted."""
    core = _core(s, at)
    if core is None or _is_label(s, at, core):
        return None
    second = _second(s, core)
    end = second.end if second else core.end
    high = second.high if second else core.high
    value = None if core.vague else core.high
    thing = read_thing(s, end, value)
    if thing is None:
        if not _bare_counts(s, at, end, core, bounded=bounded):
            return None
        return Amount(core.low, high, at, _closed(s, at, end), None, approximate=core.vague)
    if core.vague and core.low == 3 and core.high == 9 and thing.kind != "noun":
        return None
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
    if s.norm(at) == "ما" and s.norm(at + 1) == "بين":
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


def _is_label(s: CountScan, at: int, core: _Core) -> bool:
    """Whether the number is a name's part: after `رقم`, `القرار`, a hyphen, or a name it stands behind."""
    before = s.norm(at - 1)
    if before in s.lex.label or s.base(at - 1) in s.lex.label:
        return True
    glued = s.words[at].glued
    if before in {"-", "/", "+", "#", ":"} and glued and core.digits:
        return True
    return s.norm(core.end) in {"/", "+", ":"} and core.digits and not s.phrase(core.end + 1, s.lex.units, first=False)


def _bare_counts(s: CountScan, at: int, end: int, core: _Core, *, bounded: bool) -> bool:
    """`قتل 13`, `إصابة 43،`, `أصيب عشرة بجروح`, `العشرات`."""
    following = s.words[end] if s.free(end) else None
    if core.vague:
        return core.low >= 20 and (s.words[at].definite or _after_toll(s, at))
    if _after_toll(s, at):
        return following is None or following.kind != "number"
    return following is not None and following.norm in {"اخرين", "اخرون", "قتلوا", "اصيبوا", "جرحوا"}


def _after_toll(s: CountScan, at: int) -> bool:
    here = at - 1
    while here >= 0 and s.phrase(here, s.lex.before) and at - here < 4:
        here -= 1
    before = s.words[here] if s.free(here) else None
    return before is not None and before.base in s.lex.toll


def _dual(s: CountScan, at: int) -> Amount | None:
    """`جنديان`, `غارتين جويتين`, `عسكريين تركيين اثنين`, `سيارة أو سيارتين`."""
    noun = s.noun(at)
    if noun is None:
        return None
    if noun.number == 1 and s.norm(at + 1) == "او" and s.noun(at + 2) and not s.words[at].definite:
        second = s.noun(at + 2)
        if second and second.number == 2 and second.lemma == noun.lemma:
            return Amount(1, 2, at, at + 3, Thing("noun", at + 3, noun.en, noun.lemma))
        if second is None and s.base(at + 2) in {"اثنين", "اثنان"}:
            return Amount(1, 2, at, at + 3, Thing("noun", at + 3, noun.en, noun.lemma))
    end = at + 1
    for here in (at + 1, at + 2):
        if s.norm(here) in {"اثنين", "اثنان", "اثنتين", "اثنتان"}:
            return Amount(2, 2, at, here + 1, Thing("noun", here + 1, noun.en, noun.lemma))
    if noun.number != 2 or not noun.sure:
        return None
    return Amount(2, 2, at, end, Thing("noun", end, noun.en, noun.lemma))


def _single(s: CountScan, at: int) -> Amount | None:
    """`قتيل واحد`, `مدنيا واحدا`, `شرطي أو اثنين`."""
    noun = s.noun(at)
    if noun is None or noun.number != 1 or s.words[at].definite:
        return None
    if s.norm(at + 1) == "او" and s.norm(at + 2) in {"اثنين", "اثنان", "اثنتين"}:
        return Amount(1, 2, at, at + 3, Thing("noun", at + 3, noun.en, noun.lemma))
    if s.norm(at + 1) in {"واحد", "واحده", "واحدا"}:
        return Amount(1, 1, at, at + 2, Thing("noun", at + 2, noun.en, noun.lemma))
    return None


def _postposed(s: CountScan, at: int) -> Amount | None:
    """`الدول الست`, `المبادئ الثلاثة`, `الدول الـ12`, `ركائز ثلاث`, `القوى العالمية الست`."""
    noun = s.noun(at)
    if noun is None or noun.number is not None:
        return None
    for here in (at + 1, at + 2):
        number = _number_behind(s, here, definite=s.words[at].definite)
        if number:
            return Amount(number[0], number[0], at, number[1], Thing("noun", number[1], noun.en, noun.lemma))
        adjective = s.words[here] if s.plain(here) else None
        if adjective is None or adjective.norm.startswith("ال") != s.words[at].definite:
            return None
    return None


def _number_behind(s: CountScan, at: int, *, definite: bool) -> tuple[Exact, int] | None:
    if s.norm(at) == "ال" and s.free(at + 1) and definite:
        here = at + 1 + (s.norm(at + 1) in {'"', "("})
        number = s.number(here)
        if number is None:
            return None
        return number.value, number.end + (s.norm(number.end) in {'"', ")"} and here > at + 1)
    if not s.plain(at) or s.words[at].definite != definite or s.words[at].kind != "word":
        return None
    number = s.number(at)
    if number is None or not isinstance(number.value, int) or number.value < 3 or number.digits:
        return None
    if not definite and read_thing(s, number.end, number.value) is not None:
        return None
    return number.value, number.end


def _scattered(s: CountScan, at: int) -> Amount | None:
    """`قتلى بالعشرات`."""
    noun = s.noun(at)
    if noun is None or noun.number is not None or not s.free(at + 1) or s.words[at + 1].lead != "ب":
        return None
    bounds = s.lex.numbers.vague.get(s.words[at + 1].base)
    if bounds is None or not s.words[at + 1].definite:
        return None
    return Amount(bounds[0], bounds[1], at, at + 2, Thing("noun", at + 2, noun.en, noun.lemma), approximate=True)


def _more_than_one(s: CountScan, at: int) -> Amount | None:
    """`أكثر من منطقة` is two or more."""
    noun = s.noun(at)
    if noun is None or noun.number != 1 or s.words[at].definite or not s.plain(at):
        return None
    return Amount(1, 1, at, at + 1, Thing("noun", at + 1, noun.en, noun.lemma))
