"""Numbers as Arabic writes them: digits of three scripts, words in every case and gender, mixed, fractions, ordinals.

The grammar is that of written Arabic: units before tens (`خمسة وعشرون`), larger scales before smaller, joined by و.
Values are exact: int, or Fraction where they are not whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from khabar.numerals.digits import read_digits
from khabar.numerals.words import PlainWord
from khabar.resources import Tables
from khabar.text import fold

__all__ = ["Exact", "NumberWords", "Reading", "build_number_words", "read_fraction", "read_number", "read_ordinal"]

Exact = int | Fraction
_MAX_SCALES = 4  # `مائة ألف مليون مليار`: more scales in a row count nothing
TEN = frozenset({"عشر", "عشره"})
_STARTS = ("unit", "teen", "ten", "hundred", "scale", "dual", "dozen")  # kinds of words that a cardinal begins with


class NumberRow(msgspec.Struct, frozen=True):
    """A row of numbers.tsv."""

    kind: str
    value: int
    forms: str
    top: int | None = None


class NumberWords(msgspec.Struct, frozen=True):
    """Number words by kind: folded form to value."""

    unit: dict[str, int]
    teen: dict[str, int]
    ten: dict[str, int]
    hundred: dict[str, int]
    scale: dict[str, int]
    dual: dict[str, int]
    dozen: dict[str, int]
    fraction: dict[str, int]
    fractions: dict[str, int]
    twothirds: dict[str, int]
    ordinal: dict[str, int]
    vague: dict[str, tuple[int, int]]
    sign: dict[str, int]
    starts: frozenset[str]  # what a cardinal in words begins with
    vocabulary: frozenset[str]


class Reading(msgspec.Struct, frozen=True):
    """A number that ends before word `end`; `scale` is that of its last part."""

    value: Exact
    end: int
    scale: int = 1
    digits: bool = False


def build_number_words(tables: Tables) -> NumberWords:
    """Number words from data/values/numbers.tsv."""
    kinds: dict[str, dict[str, int]] = {}
    vague: dict[str, tuple[int, int]] = {}
    for row in tables.rows("values/numbers.tsv", NumberRow):
        for form in row.forms.split():
            if row.top is not None:
                vague[fold(form)] = (row.value, row.top)
            else:
                kinds.setdefault(row.kind, {})[fold(form)] = row.value
    words = {form for forms in kinds.values() for form in forms} | set(vague) | {"و", "ال", "فاصله"}
    starts = {form for kind in _STARTS for form in kinds[kind]}
    return NumberWords(**kinds, vague=vague, starts=frozenset(starts), vocabulary=frozenset(words))


def read_number(words: Sequence[PlainWord], at: int, lexicon: NumberWords) -> Reading | None:
    """The longest cardinal that starts at word `at`, or None."""
    word = words[at]
    may_start = word.kind == "number" or (word.known and word.base in lexicon.starts)
    first = _scaled(words, at, lexicon) if may_start else None
    if first is None:
        return None
    total, last = first.value, first
    while last.scale > 1:
        following = _after_and(words, last.end)
        part = _scaled(words, following, lexicon) if following is not None else None
        if part is None or not _follows(part, last):
            break
        total, last = total + part.value, part
    return Reading(total, last.end, last.scale, first.digits)


def _follows(part: Reading, last: Reading) -> bool:
    """Whether `part` may be added after `last`: a smaller scale, or the same one below whole hundreds of it
    (`مائة ألف وألفان`, `ثلاثمائة ألف وخمسون ألفا`)."""
    if part.scale < last.scale:
        return part.value < last.scale
    hundreds = last.value % (100 * last.scale) == 0
    return part.scale == last.scale and hundreds and part.value < 100 * part.scale


def read_fraction(words: Sequence[PlainWord], at: int, lexicon: NumberWords) -> Reading | None:
    """A fraction word that starts at word `at`: `نصف`, `ثلثي`, `ثلاثة أرباع`, `نصف مليون`."""
    base = words[at].base if at < len(words) else ""
    if base in lexicon.twothirds:
        return Reading(Fraction(2, lexicon.twothirds[base]), at + 1)
    if (
        base in lexicon.unit
        and at + 1 < len(words)
        and words[at + 1].base in lexicon.fractions
        and not words[at + 1].lead
    ):
        return Reading(Fraction(lexicon.unit[base], lexicon.fractions[words[at + 1].base]), at + 2)
    if base in lexicon.fraction and base not in lexicon.unit:
        value, end = Fraction(1, lexicon.fraction[base]), at + 1
        scale = _scale_word(words, end, lexicon)
        return Reading(value * scale, end + 1, scale) if scale else Reading(value, end)
    return None


def read_ordinal(words: Sequence[PlainWord], at: int, lexicon: NumberWords) -> Reading | None:
    """An ordinal that starts at word `at`: `الثالث`, `الحادية عشرة`, `الخامس والعشرون`, `العشرين`."""
    if at >= len(words):
        return None
    word = words[at]
    if word.base in lexicon.ten and word.definite:
        return Reading(lexicon.ten[word.base], at + 1)
    value = lexicon.ordinal.get(word.base)
    if value is None and word.definite and word.base in {"واحد", "واحده", "اثنان", "اثنين"}:
        value = lexicon.unit[word.base]
        tens = _ordinal_tens(words, at + 1, lexicon)
        return Reading(value + tens.value, tens.end) if tens else None
    if value is None:
        return None
    if at + 1 < len(words) and words[at + 1].base in TEN and not words[at + 1].lead and value < 10:
        return Reading(value + 10, at + 2)
    tens = _ordinal_tens(words, at + 1, lexicon) if value < 10 else None
    return Reading(value + tens.value, tens.end) if tens else Reading(value, at + 1)


def _ordinal_tens(words: Sequence[PlainWord], at: int, lexicon: NumberWords) -> Reading | None:
    following = _after_and(words, at)
    if following is None or words[following].base not in lexicon.ten:
        return None
    return Reading(lexicon.ten[words[following].base], following + 1)


def _after_and(words: Sequence[PlainWord], at: int) -> int | None:
    """The index of the word that و joins on: `at` where it is written onto it, `at + 1` where it stands alone."""
    if at >= len(words):
        return None
    if words[at].lead == "و" or _is_eleven(words, at):
        return at
    if words[at].norm == "و" and at + 1 < len(words) and not words[at + 1].lead:
        return at + 1
    return None


def _is_eleven(words: Sequence[PlainWord], at: int) -> bool:
    """`وأحد عشر` is spelled as `واحد عشر` is once hamza is folded, and only the first is a number."""
    return words[at].norm == "واحد" and at + 1 < len(words) and words[at + 1].base in TEN


def _scale_word(words: Sequence[PlainWord], at: int, lexicon: NumberWords) -> int:
    """The value of a bare scale word at `at`, else 0."""
    if at >= len(words) or words[at].lead:
        return 0
    return lexicon.scale.get(words[at].base, 0)


def _scaled(words: Sequence[PlainWord], at: int, lexicon: NumberWords) -> Reading | None:
    """A number under a thousand times its scales: `ثلاثة آلاف`, `مائة ألف`, `1.5 مليون`, `ألفي`, `مليون`."""
    if at >= len(words):
        return None
    base = words[at].base
    if base in lexicon.dual and (base not in lexicon.scale or _is_construct_dual(words, at)):
        double = lexicon.dual[base]
        return Reading(double, at + 1, double // 2)
    if base in lexicon.scale and base not in {"الاف", "ملايين", "مليارات", "بلايين", "تريليونات", "ترليونات"}:
        # Taken here and not by the loop below, which refuses a word with a proclitic: `مليار ومليون`.
        factor = lexicon.scale[base]
        part = Reading(factor, at + 1, factor)
    else:
        below = _below_thousand(words, at, lexicon)
        if below is None:
            return None
        part = below
    value: Exact = part.value
    end, scale = part.end, part.scale
    if value != 1 and end < len(words) and words[end].base in lexicon.dozen and not words[end].lead:
        value, end = value * 12, end + 1
    for _ in range(_MAX_SCALES):
        factor = _scale_word(words, end, lexicon)
        if not factor:
            break
        value, scale, end = value * factor, scale * factor, end + 1
    return Reading(value, end, scale, part.digits)


def _is_construct_dual(words: Sequence[PlainWord], at: int) -> bool:
    """`ألفا جندي` is two thousand, `ألفاً` and `50 ألفا` one: a tanwin or a number before it tells."""
    return not words[at].raw.endswith(("ً", "ًا", "اً")) and words[at].base.endswith("ا") and at + 1 < len(words)


def _below_thousand(words: Sequence[PlainWord], at: int, lexicon: NumberWords) -> Reading | None:
    word = words[at]
    if word.kind == "number":
        return _digits(words, at, lexicon)
    hundred = _hundreds(words, at, lexicon)
    if hundred is None:
        return _below_hundred(words, at, lexicon)
    following = _after_and(words, hundred.end)
    rest = _below_hundred(words, following, lexicon) if following is not None else None
    return Reading(hundred.value + rest.value, rest.end) if rest else hundred


def _digits(words: Sequence[PlainWord], at: int, lexicon: NumberWords) -> Reading | None:
    read = read_digits([word.norm for word in words[at : at + 3]], [word.glued for word in words[at : at + 3]])
    if read is None:
        return None
    value, used = read
    end = at + used
    if end < len(words) and words[end].base in {"مايه", "ميه"} and not words[end].lead:
        return Reading(value * 100, end + 1, digits=True)
    return Reading(value, end, digits=True)


def _hundreds(words: Sequence[PlainWord], at: int, lexicon: NumberWords) -> Reading | None:
    base = words[at].base
    if base in lexicon.hundred:
        return Reading(lexicon.hundred[base], at + 1)
    unit = lexicon.unit.get(base, 0)
    if (
        3 <= unit <= 9
        and at + 1 < len(words)
        and words[at + 1].base in {"مايه", "ميه", "ميات"}
        and not words[at + 1].lead
    ):
        return Reading(unit * 100, at + 2)
    return None


def _below_hundred(words: Sequence[PlainWord], at: int, lexicon: NumberWords) -> Reading | None:
    word = words[at]
    if word.kind == "number":
        return _digits(words, at, lexicon) if len(word.norm) <= 2 else None
    if word.base in lexicon.ten:
        return Reading(lexicon.ten[word.base], at + 1)
    following = words[at + 1] if at + 1 < len(words) else None
    ten_follows = following is not None and following.base in TEN and not following.lead
    if word.base in lexicon.teen and ten_follows:
        return Reading(10 + lexicon.teen[word.base], at + 2)
    joined = _after_and(words, at + 1)
    tens = lexicon.ten.get(words[joined].base) if joined is not None else None
    if word.base in lexicon.teen:  # إحدى وعشرون
        return Reading(1 + tens, joined + 1) if joined is not None and tens and lexicon.teen[word.base] == 1 else None
    unit = lexicon.unit.get(word.base)
    if unit is None:
        return Reading(lexicon.dozen[word.base], at + 1) if word.base in lexicon.dozen else None
    if ten_follows and (3 <= unit <= 9 or _is_eleven(words, at)):
        return Reading(10 + unit, at + 2)
    if joined is not None and tens and 1 <= unit <= 9:
        return Reading(unit + tens, joined + 1)
    return Reading(unit, at + 1)
