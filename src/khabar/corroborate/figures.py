"""The numbers of a report: how many were killed, injured, moved or held, as its words say.

The reader ties numbers to events; here every quantity of a text is taken, since reports name the dead and the hurt
without naming what hurt them (`وأصيب 31 آخرون`), and a number that is a part of another is told apart from the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from khabar.corroborate.counting import Counting
from khabar.corroborate.cues import Cues
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.profiles import Figure
from khabar.corroborate.subjects import CASUALTIES, CLOSING, STOPS, casualty_in, subject_of
from khabar.corroborate.words import stem_of
from khabar.dates import publication_day
from khabar.records import Event, Mention, Reading, RoleName
from khabar.text import fold

__all__ = ["Number", "find_numbers", "old_times"]

_WORD = re.compile(r"\d+|[^\W\d_]+|[.،؛:؟!\n«»\"()]")
# `تسعة أشخاص، بينهم امرأتان، لقوا مصرعهم`: what stands aside between a number and its verb.
_ASIDE = re.compile(r"^\s*[،,]\s*(?:من\s+)?(?:بين|ضمن|أحد|إحدا|جميع|معظم|أغلب)(?:هم|هن|ها|هما)\b[^،,.\n]{1,50}[،,]")
_ANY_ASIDE = re.compile(r"^\s*[،,][^،,.\n]{1,60}[،,]")  # إن شخصين، هما من الدرك، أصيبا
_THAT = frozenset({"ان", "وان", "بان", "فان"})
_UNTIL_NOW = (["الي", "الان"], ["الي", "اليوم"])
_THEIR_NUMBER = frozenset({"عددهم", "عددهن", "وعددهم", "وعددهن"})
_OLD = 20  # days before publication; what began earlier is no part of the news
_YEARS = re.compile(r"(?:الأعوام|الاعوام|السنوات|العقود|السنين)\b")  # some years, of no known date
_FIRST = date.min + timedelta(days=_OLD)
_SUBJECT = 160  # characters before a number in which its clause opens
_NEAR = 70  # characters between a number and the time that it is of
_LONGEST = 300  # characters of a time
_BREAK = re.compile(r"[.؛:؟!\n]|،(?!\s*(?:حين|عندما|إذ|حيث)\b)")
_COUNT_OF = frozenset({"عدد", "وعدد", "حصيله", "الحصيله", "وحصيله"})
_TRUE = frozenset({"العدد", "عدد", "الحقيقي", "الصحيح", "الفعلي", "النهايي", "الرقم", "الحصيله"})
_BACK = 30  # words back from `العدد الحقيقي` to those who are counted
_TO_FATE = 9  # words from `ستة من أهالي` to what became of them
_OVER = frozenset({"اكثر", "باكثر", "يفوق", "تفوق", "يتجاوز", "تتجاوز", "يتخطي", "يزيد", "تزيد", "يفوقون", "يتجاوزون"})
_AT_LEAST = frozenset({"يقل", "تقل"})
_NOT = frozenset({"لا", "لم", "لن"})
_REACHES = frozenset({"بلغ", "بلغت", "يبلغ", "وصل", "يصل", "هو", "بلغوا", *_OVER, *_AT_LEAST})
_LINKS = 6  # words between people and their number
_BEFORE, _AFTER = 4, 4  # words on either side that say what a number counts
_THEIRS = ("وا", "ا")  # verbs of more than one: قتلوا, قتلا
_CLAUSE = 110  # characters
_WHOLE = frozenset({"person", "people", "individual", "fatality", "injured person", "victim", "body", "martyr", None})
_COUNTING: tuple[RoleName, ...] = ("count", "target", "agent")
_DONE_TO = frozenset({"COERCE", "CONTROL", "AID", "ASSAULT"})  # who does these is not whom they count
_COUNTED = frozenset({"MOVE", "COERCE", "CONCEDE", "MOBILIZE", "CONTROL", "RETREAT", "AID", "AGREE"})


class Number(msgspec.Struct, frozen=True):
    """A figure with where it stands. `part`: it counts some of those whom another number counts."""

    start: int
    end: int
    figure: Figure
    part: bool


def find_numbers(reading: Reading, cues: Cues, counting: Counting) -> list[Number]:
    """All figures of a text, in order, without those of a time long before: `قتل 42 شخصا منذ مطلع العام`."""
    numbers = [*_quantities(reading, cues, counting), *_bare(reading, cues, counting)]
    old = old_times(reading)
    text = reading.document.text
    return sorted(
        (one for one in numbers if not _is_old(one, old, text)),
        key=lambda number: number.start,
    )


def old_times(reading: Reading) -> list[Mention]:
    """Times that began weeks before the text was published, in order."""
    day = publication_day(reading.document.published)
    if day is None:
        return []
    since = (max(day, _FIRST) - timedelta(days=_OLD)).isoformat()
    times = [m for m in reading.mentions if m.type == "TIME"]
    return [m for m in times if (m.time and m.time.earliest and m.time.earliest[:10] < since) or _YEARS.search(m.text)]


def _is_old(number: Number, old: Sequence[Mention], text: str) -> bool:
    """Whether such a time stands near a number, with no stop or comma between them."""
    for time in starting_in(old, number.start - _NEAR - _LONGEST, number.end + _NEAR + 1):
        first, last = min(number.end, time.end), max(number.start, time.start)
        if last - first <= _NEAR and not _BREAK.search(text, first, last):
            return True
    return False


def _quantities(reading: Reading, cues: Cues, counting: Counting) -> Iterator[Number]:
    text = reading.document.text
    roles = _roles(reading.events, text, cues)
    for mention in reading.mentions:
        quantity = mention.quantity
        if mention.type != "QUANTITY" or quantity is None or (quantity.min is None and quantity.max is None):
            continue
        before = _words(text[max(0, mention.start - 60) : mention.start])
        aside = _ANY_ASIDE if not _THAT.isdisjoint(before[-1:]) else _ASIDE
        own, after = _words(mention.text), _words(aside.sub(" ", text[mention.end : mention.end + 110])[:50])
        of = roles.get(mention.id, {})
        if before[-1:] and cues.has("link", before[-1]):
            before = _reached(_words(text[max(0, mention.start - 200) : mention.start])) or before
        casualty = (
            _casualty(own, before, after, cues)
            or _fate(before, text[mention.end :][:_CLAUSE], cues)
            or next((name for name in CASUALTIES if name in of), None)
        )
        unit = quantity.unit or (stem_of(fold(quantity.unit_ar)) if quantity.unit_ar else None)
        if unit in counting.measures or (casualty is None and unit is None):
            continue
        if casualty is not None and unit in counting.things and casualty_in(own, cues) is None:
            casualty = None  # `صاروخين` beside the hurt are none of them
        if casualty is None and unit in _WHOLE:
            said = subject_of(
                _words(text[max(0, mention.start - _SUBJECT) : mention.start]), None, cues, counting.groups
            )
            casualty = said[0] if said and said[0] in CASUALTIES else None
        role: RoleName = casualty or "count"
        counted = "" if casualty else next((of[name] for name in _COUNTING if name in of), "")
        figure = Figure(
            role, quantity.min, quantity.max, _unit(role, unit),
            casualty is not None or bool(counted) or unit in counting.amounts, counted,
            casualty is not None or unit in counting.people,
        )  # fmt: skip
        yield Number(mention.start, mention.end, figure, _is_part(own, before, after, cues))


def _bare(reading: Reading, cues: Cues, counting: Counting) -> Iterator[Number]:
    """Numbers behind those that they count: `عدد القتلى هو 12`, `المصابين تسعة`, `عددهم بما لا يقل عن اثني عشر`."""
    text = reading.document.text
    taken = [(m.start, m.end) for m in reading.mentions if m.type == "QUANTITY" or (m.type == "TIME" and m.time)]
    found = [(match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(text)]
    words, at = [word for _, _, word in found], 0
    starts = iter(sorted(taken))
    busy = next(starts, None)
    while at < len(found):
        start = found[at][0]
        while busy is not None and busy[1] <= start:
            busy = next(starts, None)
        number = counting.at(words, at)
        if number is None or (busy is not None and busy[0] < found[at][1]):
            at += 1
            continue
        figure = _behind(words, at, number, cues, counting) or _some_of(words, at, number, cues)
        if figure is not None:
            yield Number(start, found[at + number[1] - 1][1], figure, part=False)
        at += number[1]


def _behind(words: list[str], at: int, number: tuple[int, int], cues: Cues, counting: Counting) -> Figure | None:
    """The figure of a bare number, by the noun of people before it; None where it counts something after it."""
    value, length = float(number[0]), number[1]
    after = words[at + length] if at + length < len(words) else "."
    following = words[at + length : at + length + 2]
    if after not in CLOSING and not cues.has("closing", after) and following not in _UNTIL_NOW:
        return None
    noun = at - 1
    while noun >= 0 and at - noun <= _LINKS and cues.has("link", words[noun]):
        noun -= 1
    between = words[noun + 1 : at]
    if noun < 0 or (words[noun] in CLOSING and (words[noun] != "،" or _REACHES.isdisjoint(between))):
        return None  # `عدد الجرحى في الساحة، أمس، يفوق العشرين` goes on after a comma
    low, high = _bounds(value, between, words[at : at + 5])
    casualty = next((name for name in CASUALTIES if cues.has(name, words[noun])), None)
    if casualty is None and not _REACHES.isdisjoint(between):
        casualty = _counted_before(words[max(0, noun - _BACK) : noun + 1], cues)
    if casualty is None and words[noun] in _TRUE:
        casualty = _spoken_of(words[max(0, noun - _BACK) : noun], cues)  # نفت سقوط 14 جريحا وقالت إن العدد الحقيقي خمسة
    if casualty is not None:
        return Figure(casualty, low, high, "person", people=True)
    beside = counting.groups.get(words[noun].removeprefix("ال")) if words[noun].startswith("ال") else None
    said = subject_of(words, noun + 1, cues, counting.groups) or (("count", beside) if beside else None)
    if words[noun] in _THEIR_NUMBER:
        said = ("count", "person")
    if said is None:
        return None
    return Figure(said[0], low, high, said[1], sure=said[0] != "count", people=True)


def _bounds(value: float, between: list[str], after: list[str]) -> tuple[float | None, float | None]:
    """What the words between people and their number make of it: `يفوق`, `لا يتجاوز`, `لا يقل عن`, `على الأقل`."""
    if not _OVER.isdisjoint(between):
        return (None, value) if not _NOT.isdisjoint(between) else (value + 1, None)
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


def _some_of(words: list[str], at: int, number: tuple[int, int], cues: Cues) -> Figure | None:
    """The dead and the hurt of a place or a body: `ستة من أهالي القرية فقدوا حياتهم`."""
    value, end = float(number[0]), at + number[1]
    if words[end : end + 1] != ["من"] or not cues.any("folk", words[end + 1 : end + 2]):
        return None
    for word in words[end + 2 : end + 2 + _TO_FATE]:
        if word in CLOSING:
            break
        casualty = next((name for name in CASUALTIES if cues.has(name, word)), None)
        if casualty is not None:
            return Figure(casualty, value, value, "person", people=True)
    return None


def _reached(before: list[str]) -> list[str]:
    """Those whose number a verb reaches: of `عدد من أصيبوا في الهجوم على القرية بلغ` the words `من أصيبوا`."""
    at = max((i for i, word in enumerate(before) if word in _COUNT_OF), default=None)
    return before[at + 1 : at + 3] if at is not None and not STOPS & set(before[at:]) else []


def _doers(event: Event, text: str) -> set[str | None]:
    """Mentions of who does to others what an event counts these in; before `أوقفوه` no object of it stands."""
    if event.type not in _DONE_TO:
        return set()
    has_object = text[event.trigger.end : event.trigger.end + 1] == "ه"
    return {
        role.mention for role in event.roles
        if role.role == "agent" or (has_object and role.role == "target" and role.end <= event.trigger.start)
    }  # fmt: skip


def _roles(events: Sequence[Event], text: str, cues: Cues) -> dict[str, dict[str, str]]:
    """By mention, its roles with the type of the event; counting ones of events that count those they are about, and of
    the dead and the hurt where the event's own word says so. What did not happen counts nobody."""
    found: dict[str, dict[str, str]] = {}
    for event in (one for one in events if one.factuality != "denied"):
        doers = _doers(event, text)
        for role in event.roles:
            casualty = role.role in CASUALTIES and cues.any(role.role, _words(event.trigger.text))
            counts = event.type in _COUNTED and role.mention not in doers
            if role.mention and (casualty or (counts and role.role not in CASUALTIES)):
                found.setdefault(role.mention, {}).setdefault(role.role, event.type)
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _casualty(own: list[str], before: list[str], after: list[str], cues: Cues) -> RoleName | None:
    """killed or injured, by the number's own noun, else by the nearest word that says so."""
    for name in CASUALTIES:
        if cues.any(name, own):
            return name
    best: list[tuple[float, RoleName]] = []
    for name in CASUALTIES:
        best += [(distance, name) for distance, word in _near(reversed(before), _BEFORE) if cues.has(name, word)]
        # `مقتل ثلاثة وإصابة أربعة`: what a conjunction opens belongs to the next number.
        best += [
            (distance + 0.5, name)
            for distance, word in _near(iter(after), _AFTER)
            if cues.has(name, word) and not word.startswith("و")
        ]
    return min(best)[1] if best else None


def _fate(before: list[str], after: str, cues: Cues) -> RoleName | None:
    """What became of those with whom a clause opens, further on: `إن خمسة جنود | من قوات حماية المنشآت قتلوا`."""
    if _THAT.isdisjoint(before[-1:]):
        return None
    for word in _words(after)[:_TO_FATE]:
        if word in CLOSING or word.isdigit():
            return None
        if word.endswith(_THEIRS):
            found = next((name for name in CASUALTIES if cues.has(name, word)), None)
            if found is not None or word.endswith(_THEIRS[0]):
                return found
    return None


def _near(words: Iterator[str], most: int) -> Iterator[tuple[int, str]]:
    distance = 0
    for word in words:
        if word in STOPS or distance >= most:
            return
        if word in '،«»"()':
            distance += 1
            continue
        if word.isdigit():
            return
        yield distance, word
        distance += 1


def _unit(role: str, unit: str | None) -> str | None:
    """What is counted: of the dead and hurt `person`, unless the number names a kind of them."""
    if role == "count":
        return unit
    return "person" if unit in _WHOLE else unit


def _is_part(own: list[str], before: list[str], after: list[str], cues: Cues) -> bool:
    # `بينهم طفلان`, `أربعة منهم`, `ثلاثة ممن قضوا`; but not `خمسة أشخاص بينهم طفلان`, nor `17 جريحا أربعة منهم`.
    if any(cues.any("part", words) for words in (before[-2:], own)):
        return True
    # `خمسة من المصابين`: some of those who were counted.
    joined = own + after[:2]
    at = joined.index("من") if "من" in joined else len(joined)
    return any(cues.has(name, word) for word in joined[at + 1 : at + 2] for name in ("killed", "injured"))
