"""Numbers behind those that they count: `عدد القتلى هو 12`, `المصابين تسعة`, `الشاحنات التي وصلت سبع`, `إنهم 19`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

import msgspec

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures.counting import Cardinal, Counting
from khabar.corroborate.figures.subjects import CASUALTIES, CLOSING, STOPS, subject_of
from khabar.corroborate.profiles import Figure
from khabar.records import RoleName

__all__ = ["Bare", "find_bare", "find_millions", "find_single"]

_BEHIND_IT = (["الي", "الان"], ["الي", "اليوم"], ["من", "اصل"], ["من", "مجموع"])
_ONE = frozenset({"واحد", "واحدا", "واحده"})
_THEIR_NUMBER = frozenset({"عددهم", "عددهن", "وعددهم", "وعددهن"})
# إنهم 19, تمسكت بأنهم أربعون: those who are spoken of.
_THEY = frozenset({"انهم", "بانهم", "وانهم", "انهن", "بانهن", "وانهن"})
_COUNT_OF = frozenset({"عدد", "وعدد", "حصيله", "الحصيله", "وحصيله"})
_TRUE = frozenset({"العدد", "عدد", "الحقيقي", "الصحيح", "الفعلي", "النهايي", "الرقم", "الحصيله"})
_BACK = 30  # words back from `العدد الحقيقي` to those who are counted
_TO_FATE = 9  # words from `ستة من أهالي` to what became of them
_OVER = frozenset({"اكثر", "باكثر", "يفوق", "تفوق", "يتجاوز", "تتجاوز", "يتخطي", "يزيد", "تزيد", "يفوقون", "يتجاوزون"})
_AT_LEAST = frozenset({"يقل", "تقل"})
_LESS = frozenset({"اقل", "باقل"})
_NOT = frozenset({"لا", "لم", "لن"})
_REACHES = frozenset({"بلغ", "بلغت", "يبلغ", "وصل", "يصل", "هو", "بلغوا", *_OVER, *_AT_LEAST})
_MILLION = 1_000_000
_LINKS = 6  # words between people and their number
_GOES_ON = ("وان", "وقال", "واضاف")  # تسعة وأن السائق: another clause
_THEY_DID = re.compile(r"[^\W\d_]{3,}وا")  # إن المفرج عنهم تسعة وصلوا
_BEHIND = frozenset({"بحسب", "حسب", "وفق", "وفقا"})  # وتسعة بحسب مصدر طبي


class Bare(msgspec.Struct, frozen=True):
    """A number without a noun of its own: words `at` to `end` of the text, and what it counts."""

    at: int
    end: int
    figure: Figure


def find_bare(
    words: list[str], free: Sequence[bool], before: Sequence[Figure | None], cues: Cues, counting: Counting
) -> Iterator[Bare]:
    """Those of the words of a text, in order, that are `free`: neither of a quantity nor of a time; `before` is the
    figure of the quantity that stands before each word in its sentence."""
    at = 0
    while at < len(words):
        number = counting.at(words, at, joined=True) if free[at] else None
        if number is None:
            at += 1
            continue
        figure = _behind(words, at, number, cues, counting) or _some_of(words, at, number, cues)
        figure = figure or _same_again(words, at, number, before[at])
        if figure is not None:
            yield Bare(at, at + number.length, figure)
        at += number.length


def find_millions(
    words: list[str], free: Sequence[bool], money: str | None, taken: Set[int], cues: Cues, counting: Counting
) -> Iterator[Bare]:
    """Millions of the coin that the text names elsewhere: `60 مليون ليرة`, and then `اتفقتا على 45 مليونا`."""
    at = 0
    while money is not None and at < len(words):
        number = counting.at(words, at) if free[at] and at not in taken else None
        if number is None:
            at += 1
            continue
        value, end = float(number.value), at + number.length
        if number.scale >= _MILLION and _closes(words, end, cues):
            yield Bare(at, end, Figure("count", value, value, money))
        at = end


def find_single(words: list[str], free: Sequence[bool], counting: Counting) -> Iterator[Bare]:
    """A thing of which the text says that there is one: `أوقفت مركبا واحدا`."""
    for at, word in enumerate(words[:-1]):
        unit = counting.single.get(word) if free[at] and words[at + 1] in _ONE else None
        if unit is not None:
            yield Bare(at, at + 2, Figure("count", 1.0, 1.0, unit, sure=False))


def _same_again(words: list[str], at: int, number: Cardinal, before: Figure | None) -> Figure | None:
    """What was counted before, by somebody else's number: `ستة قتلى بحسب الشرطة وتسعة بحسب مصدر طبي`."""
    end = at + number.length
    if before is None or not before.people or words[end : end + 1] == [] or words[end] not in _BEHIND:
        return None
    value = float(number.value)
    return Figure(before.role, value, value, before.unit, sure=before.sure, of=before.of, people=True)


def _behind(words: list[str], at: int, number: Cardinal, cues: Cues, counting: Counting) -> Figure | None:
    """The figure of a bare number, by the noun before it; None where it counts something after it."""
    value, length = float(number.value), number.length
    if not _closes(words, at + length, cues):
        return None
    noun = at - 1
    while noun >= 0 and at - noun <= _LINKS and (words[noun] in _NOT or cues.has("link", words[noun])):
        noun -= 1
    between = words[noun + 1 : at]
    if noun < 0 or (words[noun] in CLOSING and (words[noun] != "،" or _REACHES.isdisjoint(between))):
        return None  # `عدد الجرحى في الساحة، أمس، يفوق العشرين` goes on after a comma
    low, high = _bounds(value, between, words[at : at + 5])
    before = words[max(0, noun - _BACK) : noun]
    casualty = next((name for name in CASUALTIES if cues.has(name, words[noun])), None)
    if casualty is None and not _REACHES.isdisjoint(between):
        casualty = _counted_before([*before, words[noun]], cues)
    if casualty is None and (words[noun] in _TRUE or words[noun] in _THEY):
        casualty = _spoken_of(before, cues)  # نفت سقوط 14 جريحا وقالت إن العدد الحقيقي خمسة
    if casualty is not None:
        return Figure(casualty, low, high, "person", people=True)
    beside = counting.group(words[noun]) if words[noun].startswith("ال") else None
    said = subject_of(words, noun + 1, cues, counting) or (("count", beside) if beside else None)
    if words[noun] in _THEIR_NUMBER or words[noun] in _THEY:
        said = ("count", "person")
    if said is None:
        return None
    role, unit = said
    return Figure(role, low, high, unit, sure=role != "count", people=role != "count" or unit in counting.people)


def _closes(words: list[str], end: int, cues: Cues) -> bool:
    """Whether what stands after a number is nothing that it counts."""
    after = words[end] if end < len(words) else "."
    return (
        after in CLOSING
        or cues.has("closing", after)
        or after.startswith(_GOES_ON)
        or _THEY_DID.fullmatch(after) is not None
        or words[end : end + 2] in _BEHIND_IT
    )


def _bounds(value: float, between: list[str], after: list[str]) -> tuple[float | None, float | None]:
    """What the words between people and their number make of it: `يفوق`, `لا يتجاوز`, `لا يقل عن`, `على الأقل`."""
    if not _OVER.isdisjoint(between):
        return (None, value) if not _NOT.isdisjoint(between) else (value + 1, None)
    if not _LESS.isdisjoint(between) and _NOT.isdisjoint(between):
        return None, value - 1
    if not _AT_LEAST.isdisjoint(between) or {"الاقل", "اقل"} & set(after):
        return value, None
    return value, value


def _counted_before(before: list[str], cues: Cues) -> RoleName | None:
    """Those whose number a verb reaches: of `عدد الجرحى الذين سقطوا في الساحة يفوق` the hurt."""
    at = max((i for i, word in enumerate(before) if word in _COUNT_OF), default=None)
    if at is None or STOPS & set(before[at:]):
        return None
    return next((name for name in CASUALTIES if cues.any(name, before[at + 1 : at + 2])), None)


def _spoken_of(before: list[str], cues: Cues) -> RoleName | None:
    """Whether the dead or the hurt were spoken of last."""
    for word in reversed(before):
        for name in CASUALTIES:
            if cues.has(name, word):
                return name
    return None


def _some_of(words: list[str], at: int, number: Cardinal, cues: Cues) -> Figure | None:
    """The dead and the hurt of a place or a body: `ستة من أهالي القرية فقدوا حياتهم`."""
    value, end = float(number.value), at + number.length
    if words[end : end + 1] != ["من"] or not cues.any("folk", words[end + 1 : end + 2]):
        return None
    for word in words[end + 2 : end + 2 + _TO_FATE]:
        if word in CLOSING:
            break
        casualty = next((name for name in CASUALTIES if cues.has(name, word)), None)
        if casualty is not None:
            return Figure(casualty, value, value, "person", people=True)
    return None
