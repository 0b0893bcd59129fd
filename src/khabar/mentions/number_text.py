"""`khabar.parse_number`: the exact value of a number that stands alone in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from khabar.config import Settings
from khabar.numerals.cardinals import (
    Exact,
    NumberWords,
    build_number_words,
    read_fraction,
    read_number,
    read_ordinal,
)  # fmt: skip
from khabar.numerals.digits import digits_value
from khabar.numerals.words import Vocabulary, Word, read_words
from khabar.resources import Tables
from khabar.text import normalise, segment

__all__ = ["parse_number"]

_LONGEST = 500  # characters: no written number is longer, and nothing of a longer text is read
_SEPARATED = re.compile(r"\d{1,3}(?:([،, \u202f'])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_DIGITS = re.compile(r"\d*[.,\u066b]?\d+|\d+(?:[.,\u066c]\d{3})+(?:[.,\u066b]\d+)?")
_SLASHED = re.compile(r"(?:(\d+)\s+)?(\d+)/(\d+)(?:\s+(\d+))?")
_PERCENT = re.compile(r"\s*(?:%|\bبالم(?:اي|ي)ه|\bفي الم(?:اي|ي)ه)\s*")
_SHARE = re.compile(r"نسبه\s+")
_MINUS = re.compile(r"(?:[-−]\s*|(?:سالب|ناقص)\s+)")


def parse_number(text: str) -> int | Fraction | None:
    """The number that `text` is, exactly: an int where it is whole, else a Fraction; None where it is no number.

    Reads digits of three scripts with their separators (`١٬٢٣٤`, `0,5`, `2 1/4`), words in every case and gender
    (`مائتان وثلاثة وخمسون`), both mixed (`1.5 مليون`), fractions (`ثلاثة أرباع`, `واحد على ثلاثة`), negative numbers,
    ordinals as their rank (`الحادي عشر` is 11), percentages as their number of percent (`30 بالمئة` is 30), and dozens.
    `خمس` alone is the cardinal 5. The whole text must be the number; powers and exponents are not read.
    """
    if len(text) > _LONGEST:
        return None
    normal = normalise(text).text.replace("\u066a", "%").strip().strip(".؟?!").strip() or ""
    if text.strip().startswith((".", "٫")):
        normal = "." + normal
    percent = _PERCENT.sub(" ", _SHARE.sub("", normal)).strip()
    minus = _MINUS.match(percent)
    value = _value(percent[minus.end() :] if minus else percent)
    if value is None:
        return None
    value = -value if minus else value
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def _value(normal: str) -> Exact | None:
    return _digits(normal) if normal[:1].isdecimal() or normal[:1] == "." else _words(normal)


def _digits(normal: str) -> Exact | None:
    slashed = _SLASHED.fullmatch(normal)
    if slashed:
        whole = int(slashed[1] or slashed[4] or 0)
        return whole + Fraction(int(slashed[2]), int(slashed[3])) if int(slashed[3]) else None
    if _SEPARATED.fullmatch(normal) and not normal.startswith("0"):
        return _separated(normal)
    if _DIGITS.fullmatch(normal):
        value = digits_value(normal)
        return value if value is not None else Fraction(re.sub(r"[,\u066b]", ".", normal))
    return _words(normal)


def _separated(normal: str) -> Exact | None:
    """Groups of three set off by one mark; another mark after them is the decimal sign."""
    mark = normal[re.match(r"\d+", normal).end()] if re.match(r"\d+", normal) else ""  # type: ignore[union-attr]
    head, dot, tail = normal, "", ""
    for decimal in ".,":
        if decimal != mark and decimal in normal:
            head, dot, tail = normal.partition(decimal)
    whole = int(re.sub(r"\D", "", head))
    return whole + Fraction(int(tail), 10 ** len(tail)) if dot else whole


@lru_cache(maxsize=1)
def _lexicon() -> NumberWords:
    return build_number_words(Tables(Settings()))


_EXTRA = frozenset({"علي", "من", "جزء", "اجزاء", "فاصله"})


def _words(normal: str) -> Exact | None:
    text = normalise(normal)
    lexicon = _lexicon()
    tokens = [token for sentence in segment(text) for token in sentence.tokens]
    words = read_words(text, tokens, Vocabulary(lexicon.vocabulary | _EXTRA))
    if not words:
        return None
    if words[-1].norm.endswith(("ونات", "ينات")):
        return _plural_denominator(normal.removesuffix("ات"))
    return _expression(words, lexicon)


def _plural_denominator(normal: str) -> Exact | None:
    """`ثلاثة واحد وعشرونات`: three twenty-firsts."""
    above, _, below = normal.partition(" ")
    over, under = _words(above), _words(below) if below else None
    return Fraction(over) / Fraction(under) if over is not None and under else None


def _expression(words: Sequence[Word], lexicon: NumberWords) -> Exact | None:
    """A number, or two that `على`, `من` or `فاصلة` join."""
    bases = [word.base for word in words]
    if "فاصله" in bases:
        at = bases.index("فاصله")
        return _decimal(_simple(words[:at], lexicon), words[at + 1 :], lexicon)
    for joint in ("علي", "من"):
        if joint in bases:
            at = bases.index(joint)
            head = words[: at - 1] if at and bases[at - 1] in {"جزء", "اجزاء"} else words[:at]
            above: Exact | None = 1 if not head and at else _simple(head, lexicon)
            below = _simple(words[at + 1 :], lexicon)
            return Fraction(above) / Fraction(below) if above is not None and below else None
    return _simple(words, lexicon)


def _decimal(whole: Exact | None, words: Sequence[Word], lexicon: NumberWords) -> Exact | None:
    """`مائتين فاصلة ثلاثة من مائة`, `واحد فاصلة خمسة`."""
    part = _expression(words, lexicon) if words else None
    if whole is None or part is None:
        return None
    if isinstance(part, int):
        part = Fraction(part, 10 ** len(str(part)))
    return whole + part


def _simple(words: Sequence[Word], lexicon: NumberWords) -> Exact | None:
    if not words:
        return None
    end = len(words)
    value = _cardinal(words, end, lexicon)
    if value is not None:
        return value
    ordinal = read_ordinal(words, 0, lexicon)
    if ordinal and ordinal.end == end:
        return ordinal.value
    return _of_fraction(words, end, lexicon)


def _cardinal(words: Sequence[Word], end: int, lexicon: NumberWords) -> Exact | None:
    """A cardinal with a fraction or a half of its scale after it, or multiplied by a fraction's name."""
    number = read_number(words, 0, lexicon)
    if number is None:
        return None
    if number.end == end:
        return number.value
    if number.end + 1 == end and not words[number.end].lead:
        return _of_name(words, number.value, number.end, lexicon)
    joined = number.end + (words[number.end].norm == "و")
    if joined >= end or (joined == number.end and words[joined].lead != "و"):
        return None
    fraction = _fraction(words, joined, lexicon)
    if fraction is None:
        return None
    value, after = fraction
    if after + 1 == end and words[after].base in lexicon.scale:
        return number.value + value * lexicon.scale[words[after].base]
    if after != end:
        return None
    return number.value + value * (number.scale if number.scale > 1 else 1)


def _of_name(words: Sequence[Word], value: Exact, at: int, lexicon: NumberWords) -> Exact | None:
    """`ثلاث وعشرون خمس` is 23/5; a plural is the last unit's alone: `مائتين وثلاثة أخماس` is 200 3/5."""
    base = words[at].base
    if base in lexicon.fraction:
        return value * Fraction(1, lexicon.fraction[base])
    if base not in lexicon.fractions:
        return None
    unit = lexicon.unit.get(words[at - 1].base, value)
    whole = value - unit if value > 10 and unit <= 10 and value % 100 == unit else 0
    return whole + (value - whole) * Fraction(1, lexicon.fractions[base])


def _fraction(words: Sequence[Word], at: int, lexicon: NumberWords) -> tuple[Fraction, int] | None:
    found = read_fraction(words, at, lexicon)
    if found and found.scale == 1:
        return Fraction(found.value), found.end
    if words[at].base in lexicon.fraction:
        return Fraction(1, lexicon.fraction[words[at].base]), at + 1
    return None


def _of_fraction(words: Sequence[Word], end: int, lexicon: NumberWords) -> Exact | None:
    """`ثلاثة أرباع`, `نصف مليون`, `نصف دزينة`, `خمس العشرين`."""
    fraction = read_fraction(words, 0, lexicon)
    if fraction and fraction.end == end:
        return fraction.value
    found = _fraction(words, 0, lexicon)
    if found is None:
        return None
    value, after = found
    of = read_number(words, after, lexicon) if after < end else None
    return value * of.value if of and of.end == end else None
