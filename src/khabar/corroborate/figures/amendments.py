"""Corrections that a report makes in words: `تسعة لا سبعة`, `26 جريحا وليسوا 31`, `48 أسيرا، والصحيح 38`, `18 بعد أن
كانت أعلنت 22`, `من 31 إلى 26`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures.counting import Counting
from khabar.corroborate.profiles import Amendment
from khabar.corroborate.words import stem_of
from khabar.records import RoleName
from khabar.text import fold

__all__ = ["corrects_at", "find_amendments"]

_WORD = re.compile(r"\d+(?:[.,٫]\d+)*|[^\W\d_]+|[.؛؟!\n]")
_TO_RIGHT = 14  # words from `الصحيح` to the right number
_TO_INSTEAD, _TO_OLD = 12, 4  # words from the right number to `لا`, and from there to the wrong one
_TO_SAID = 8  # words from `بعد أن كانت` to the wrong number
_TO_WRONG = 12  # words from `الصحيح` back to the wrong number
_BOTH = 18  # words on either side of `الصحيح` in which several numbers are given
_STOPS = frozenset(".؛؟!\n")
_ONE = frozenset({"واحد", "واحدا", "واحده"})
_NUMBER_NOUN = frozenset({"رقم", "الرقم", "عدد", "العدد", "ورقم"})
_WRONG = frozenset({"خطا", "الخطا", "خاطيا", "خاطي", "سهوا"})
# الرقم الذي أذيع خطأ: who says so of what others gave takes back nothing.
_ANOTHERS = re.compile(
    r"(?:رقم|عدد|حصيله|ما) (?:الذي |التي )?(?:اذيع|نشر|تداول|يتداول|المتداول|نقل|تناقل)\w* (?:\w+ ){0,6}?"
    r"(?:كان |كانت )?(?:خطا|خاطي\w*)"
)
# عادت البلدية وقالت, عاد المكتب ليعلن; في بيان ثان: who speaks again takes back what was said at first.
_SPEAKS_AGAIN = re.compile(
    r"\bو?عادت? (?:\w+ ){1,4}?(?:ل[تي](?:علن|قول|وكد|وضح|ذكر)|و(?:قال|اعلن|ذكر|اوضح|اكد)ت?)\b"
    r"|\b(?:بيان|البيان|بيانا|توضيح|توضيحا|تحديث) (?:ثان|ثانيا|لاحق|لاحقا|جديد|جديدا|الثاني|اللاحق)\b"
)
_FORMER = frozenset({"السابق", "السابقه", "الاول", "الاولي", "سابقا"})
_TO_FIGURE = 7  # words from `عدلت` to the number that it is of
_EARLIER = frozenset({"كان", "كانت", "كانوا", "تحدث", "تحدثت", "اعلن", "اعلنت", "ذكر", "ذكرت"})
_DEFINITE = re.compile("[وفبك]?ال|[وف]?لل")
_CLAUSE = ("وان", "وقال", ".", "\n")
_ANYBODY = frozenset({"شخص", "شخصا", "اشخاص", "فردا", "افراد"})
_AROUND = 6  # words on either side in which the dead and the hurt are named


def find_amendments(texts: Iterable[str], cues: Cues, counting: Counting) -> tuple[Amendment, ...]:
    """What is taken back in those of these stretches (title with the passage of interest, and sentences) that say that
    something is."""
    found: dict[tuple[RoleName, float], Amendment] = {}
    for text in texts:
        words = _WORD.findall(fold(text))  # folded first: a mark above a letter would part the word
        if _takes_back(words, cues):
            for amendment in _pairs(words, cues, counting):
                found.setdefault((amendment.role, amendment.new), amendment)
    return tuple(found.values())


def _takes_back(words: list[str], cues: Cues) -> bool:
    """Whether something is taken back there: who goes over lists (`راجعت قوائم الدفن`) corrects nothing, nor does who
    denies, and calls another's number wrong."""
    running = " ".join(words)
    if _ANOTHERS.search(running):
        return False
    denies, former = cues.any("deny", words), not _FORMER.isdisjoint(words)
    if not denies and _SPEAKS_AGAIN.search(running):
        return True
    if any(word in _FORMER and before.endswith("ها") for before, word in pairwise(words)) and cues.any(
        "instead", words
    ):
        return True  # 13 وليس 18 كما ذكر في بيانها السابق
    return any(
        not (denies and word in _WRONG) and (corrects_at(words, at, cues) or (former and cues.has("correction", word)))
        for at, word in enumerate(words)
    )


def corrects_at(words: list[str], at: int, cues: Cues) -> bool:
    """Whether a word says that something is taken back; of a verb of any change, where that is of a figure: `خفضت
    حصيلة الجرحى`, not `خفضت سعر الوقود`, nor `وزارة العدل`."""
    word = words[at]
    if not cues.has("correction", word) or not cues.has("revision", word):
        return cues.has("correction", word)
    return not _DEFINITE.match(word) and cues.any("figure", _object(words, at + 1))


def _object(words: list[str], start: int) -> list[str]:
    """What a verb is of, as far as the next clause."""
    within = words[start : start + _TO_FIGURE]
    return within[: next((at for at, word in enumerate(within) if word.startswith(_CLAUSE)), len(within))]


def _pairs(words: list[str], cues: Cues, counting: Counting) -> Iterator[Amendment]:
    by_role = list(_by_role(words, cues, counting))
    if by_role:
        yield from by_role
        return
    index = 0
    while index < len(words):
        new = _number(words, index, counting) or ((1, 1) if words[index] in _ONE else None)
        if new is None:
            index += 1
            continue
        after = index + new[1]
        instead = _instead(words, after, cues, counting)
        if instead is None and _number(words, index, counting) is None:
            index = after  # واحد من, واحدا بعد آخر
            continue
        old = (
            _next_number(words, instead + 1, _TO_SAID if _is_earlier(words, instead) else _TO_OLD, counting)
            if instead is not None
            else _lowered_from(words, index, counting)
            or _before_right(words, index, cues, counting)
            or _called_wrong(words, after, counting)
        )
        if old is not None and old != new[0]:
            yield Amendment(_role(words, index, after, cues, counting), _unit(words, after), float(old), float(new[0]))
        index = after


def _instead(words: list[str], after: int, cues: Cues, counting: Counting) -> int | None:
    """Where `لا`, `وليس` stands after the right number, in its sentence and with no other number before it."""
    for at in range(after, min(len(words), after + _TO_INSTEAD)):
        if words[at] in _STOPS or _number(words, at, counting) is not None:
            return None
        if cues.has("instead", words[at]) or _is_earlier(words, at):
            return at
    return None


def _is_earlier(words: list[str], at: int) -> bool:
    """Whether what was said before follows: بعدما كانت ذكرت, بعد أن تحدثت عن."""
    start = at + (1 if words[at] == "بعدما" else 2 if words[at : at + 2] == ["بعد", "ان"] else 0)
    return start > at and not _EARLIER.isdisjoint(words[start : start + 1])


def _lowered_from(words: list[str], index: int, counting: Counting) -> int | None:
    """The number from which one goes to the number at `index`: خفضت الحصيلة من 31 جريحا إلى | 26."""
    if not index or words[index - 1] != "الي":
        return None
    for at in range(index - 2, max(0, index - 1 - _TO_OLD), -1):
        found = _number(words, at, counting) if words[at - 1] == "من" else None
        if found is not None:
            return found[0]
    return None


def _called_wrong(words: list[str], after: int, counting: Counting) -> int | None:
    """The number that is called wrong after the right one: `هو 750 سلة، وإن رقم 900 الوارد في البيان كان خطأ`."""
    for at in range(after, min(len(words), after + _TO_RIGHT)):
        if words[at] in _STOPS:
            return None
        found = _number(words, at + 1, counting) if words[at] in _NUMBER_NOUN and at + 1 < len(words) else None
        if found is not None:
            rest = words[at + 1 : at + 1 + _TO_WRONG]
            rest = rest[: next((i for i, word in enumerate(rest) if word in _STOPS), len(rest))]
            return None if _WRONG.isdisjoint(rest) else found[0]
    return None


def _by_role(words: list[str], cues: Cues, counting: Counting) -> Iterator[Amendment]:
    """Several at once, each for its own: `ورد أن ثلاثة قتلوا واثنين أصيبا، والصحيح أن القتلى اثنان والجرحى ثلاثة`."""
    right = next((at for at, word in enumerate(words) if cues.has("right", word)), None)
    if right is None:
        return
    ends = (at for at in range(right + 1, min(len(words), right + _BOTH)) if words[at] in _STOPS)
    after = range(right + 1, next(ends, min(len(words), right + _BOTH)))
    sides = [
        {
            _role(words, at, at + value[1], cues, counting): (at, value[0])
            for at in span
            if (value := _number(words, at, counting))
        }
        for span in (range(max(0, right - _BOTH), right), after)
    ]
    both = sorted(sides[0].keys() & sides[1].keys())
    if len(both) > 1:
        for role in both:
            (_, old), (at, new) = sides[0][role], sides[1][role]
            if old != new:
                yield Amendment(role, _unit(words, at + 1), float(old), float(new))


def _number(words: list[str], index: int, counting: Counting) -> tuple[int, int] | None:
    """The number there, and how many words it takes; two people are one word: `قتيلين`."""
    number = counting.at(words, index)
    if number is not None:
        return number.value, number.length
    return (2, 1) if words[index] in counting.duals else None


def _before_right(words: list[str], index: int, cues: Cues, counting: Counting) -> int | None:
    """`جاء فيه أنهم 48. والصحيح أن عددهم 38`: the number before the word that says what is right."""
    right = next((i for i in range(index - 1, max(-1, index - _TO_RIGHT), -1) if cues.has("right", words[i])), None)
    if right is None or any(_number(words, at, counting) for at in range(right + 1, index)):
        return None  # the number next to the word is the right one
    for at in range(right - 1, max(-1, right - _TO_WRONG), -1):
        found = _number(words, at, counting)
        if found is not None:
            return found[0]
    return None


def _next_number(words: list[str], start: int, most: int, counting: Counting) -> int | None:
    for index in range(start, min(len(words), start + most)):
        found = _number(words, index, counting)
        if found is not None:
            return found[0]
    return None


def _role(words: list[str], index: int, after: int, cues: Cues, counting: Counting) -> RoleName:
    """Whom the number counts that stands from `index` to `after`."""
    best: list[tuple[int, RoleName]] = []
    names: tuple[RoleName, ...] = ("killed", "injured")
    for at in range(max(0, index - _AROUND), min(len(words), index + _AROUND)):
        if at > index and words[at].startswith("و"):
            continue  # والجرحى: of the next number
        best += [(abs(at - index), name) for name in names if cues.has(name, words[at])]
    if best:
        return min(best)[1]
    noun = words[after] if after < len(words) else ""
    if noun not in _ANYBODY and noun in counting.nouns:
        return "count"  # 50 شابا says whom it counts
    # تصحح عدد الجرحى الذي ورد في برقيتها: what the text opens with.
    first = next((name for word in words[:index] for name in names if cues.has(name, word)), None)
    return first or "count"


def _unit(words: list[str], index: int) -> str | None:
    return stem_of(words[index]) if index < len(words) and words[index].isalpha() else None
