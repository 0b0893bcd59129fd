"""Whom a number counts that stands behind them, as what their clause says of them: `عدد القتلى هو 12`, `من فقدوا حياتهم
في الهجوم تسعة`, `الأسر المغادرة ثمان وثلاثون`."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures.counting import Counting
from khabar.records import RoleName

__all__ = ["CASUALTIES", "CLOSING", "STOPS", "casualty_in", "subject_of"]

CASUALTIES: tuple[RoleName, ...] = ("killed", "injured")
STOPS = frozenset(".؛:؟!\n")
CLOSING = STOPS | frozenset('،«»"()')
_QUOTES = frozenset('«»"()')
_COUNT_OF = frozenset({"عدد", "وعدد", "العدد", "حصيله", "الحصيله", "وحصيله"})
_WHO = frozenset({"من", "الذين", "اللواتي"})
_OPENS = frozenset({"ان", "وان", "بان", "فان", "لان", "اما", "كان", "وكان", "فيما", "بينما", "حين", "حيث", "اذ", "لكن"})
_BEFORE = frozenset(
    {"في", "الي", "علي", "عن", "مع", "منذ", "بعد", "قبل", "خلال", "رقم", "الساعه", "ساعه", "قرب", "حتي"}
)
_ON_THEM = frozenset({"عنهم", "عليهم", "بهم", "عنهن", "عليهن"})
_CLAUSE = 14  # words from the head of a clause to its number
_FATE = 3  # words after `من` that say what became of them


def casualty_in(words: Sequence[str], cues: Cues) -> RoleName | None:
    """The first of the roles of the dead and the hurt that one of these words is of."""
    return next((name for name in CASUALTIES if any(cues.has(name, word) for word in words)), None)


def subject_of(words: Sequence[str], at: int | None, cues: Cues, counting: Counting) -> tuple[RoleName, str] | None:
    """Role and unit of those with whom the clause opens whose number stands at `at`, or after all words; None where it
    opens otherwise, or the number belongs to a word beside it."""
    at = len(words) if at is None else at
    if at and words[at - 1] in _BEFORE:
        return None
    first = at
    while first and at - first < _CLAUSE and words[first - 1] not in _OPENS:
        if words[first - 1] in STOPS or words[first - 1] == "،" or words[first - 1].isdecimal():
            break
        first -= 1
    clause = [word for word in words[first:at] if word not in _QUOTES]
    counts = bool(clause) and clause[0] in _COUNT_OF
    clause = clause[1:] if counts else clause
    if not clause or any(word in _COUNT_OF for word in clause[1:]):
        return None
    who = clause[0] in _WHO
    casualty = casualty_in(clause[1 : 1 + _FATE] if who else clause[:1], cues)
    if casualty is not None:
        return casualty, "person"
    opened = bool(first) and words[first - 1] in _OPENS  # else `من` may be a preposition
    if who and (counts or opened or clause[0] != "من"):  # `عدد من اعتقلوا`, `أن من اعتقلوا`
        return "count", "person"
    if clause[0].startswith("ال") and not _ON_THEM.isdisjoint(clause[1:2]):  # المفرج عنهم, المقبوض عليهم
        return "count", "person"
    unit = counting.group(clause[0]) if counts or clause[0].startswith("ال") else None
    return ("count", unit) if unit is not None else None
