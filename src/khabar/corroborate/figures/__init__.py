"""The numbers of a report: how many were killed, injured, moved or held, as its words say.

The reader ties numbers to events; here every quantity of a text is taken, since reports name the dead and the hurt
without naming what hurt them (`وأصيب 31 آخرون`), and a number that is a part of another is told apart from the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures.bare import find_bare, find_millions, find_single
from khabar.corroborate.figures.counting import Counting
from khabar.corroborate.figures.negated import is_set_aside
from khabar.corroborate.figures.subjects import CASUALTIES, CLOSING, STOPS, casualty_in, subject_of
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.profiles import MEANS, Figure
from khabar.corroborate.words import root_of, stem_of
from khabar.dates import publication_day
from khabar.records import Event, Mention, Quantity, Reading, RoleName
from khabar.text import fold

__all__ = ["Number", "find_numbers", "old_times"]

# Marks above and below letters part no word.
_WORD = re.compile(r"\d+|[^\W\d_](?:[^\W\d_]|[\u064b-\u0652\u0670])*|[.،؛:؟!\n«»\"()]")
# `تسعة أشخاص، بينهم امرأتان، لقوا مصرعهم`: what stands aside between a number and its verb.
_ASIDE = re.compile(r"^\s*[،,]\s*(?:من\s+)?(?:بين|ضمن|أحد|إحدا|جميع|معظم|أغلب)(?:هم|هن|ها|هما)\b[^،,.\n]{1,50}[،,]")
_ANY_ASIDE = re.compile(r"^\s*[،,][^،,.\n]{1,60}[،,]")  # إن شخصين، هما من الدرك، أصيبا
_THAT = frozenset({"ان", "وان", "بان", "فان"})
_OLD = 20  # days before publication; what began earlier is no part of the news
_YEARS = re.compile(r"(?:الأعوام|الاعوام|السنوات|العقود|السنين)\b")  # some years, of no known date
_FIRST = date.min + timedelta(days=_OLD)
_SUBJECT = 160  # characters before a number in which its clause opens
_NEAR = 70  # characters between a number and the time that it is of
_LONGEST = 300  # characters of a time
_BREAK = re.compile(r"[.؛:؟!\n]|،(?!\s*(?:حين|عندما|إذ|حيث)\b)")
_COUNT_OF = frozenset({"عدد", "وعدد", "حصيله", "الحصيله", "وحصيله"})
_TO_FATE = 9  # words from `ستة من أهالي` to what became of them
_BEFORE, _AFTER = 4, 4  # words on either side that say what a number counts
_THEIRS = ("وا", "ا")  # verbs of more than one: قتلوا, قتلا
_CLAUSE = 110  # characters
_OF_ITS_OWN = re.compile(r"\bمن\s+[^\W\d_]+(?:ها|هم|نا|ه)$")
_OF_A_TRADE = re.compile(r"\bمن\s+[^\W\d_]{3,}ي$")  # a plural in the construct: من بائعي | الخضار
_DUAL = re.compile(r"(?:ت?ين|ت?ان)$")
_CITED_WITHIN = 110  # characters
_CITED_BEFORE = re.compile(
    r"(?:الرقم|العدد|الحصيلة)\s+(?:الذي|التي|الذى|التى)\s[^.،\n]{1,70}[،,]?\s*(?:وهو|وهي|البالغة?)\s*$"
)
_CITED_AFTER = re.compile(r"\s*[،,]\s*و(?:هو|هي)\s+(?:ال)?(?:رقم|عدد|حصيلة|تقدير)\b")
_CARRIERS = frozenset({"car", "truck", "bus", "motorcycle", "boat", "vehicle", "aircraft", "train", "tanker"})
_MEANS = frozenset({"في", "ركاب", "بواسطه"})
_STANDS_FOR = {"استقال": "person"}
"""Deeds that are counted for those who do them: `تسع استقالات`."""
_WHOLE = frozenset({"person", "people", "individual", "fatality", "injured person", "victim", "body", "martyr", None})
_COUNTING: tuple[RoleName, ...] = ("count", "target", "agent")
_DONE_TO = frozenset({"COERCE", "CONTROL", "AID", "ASSAULT"})  # who does these is not whom they count
_COUNTED = frozenset({"MOVE", "COERCE", "CONCEDE", "MOBILIZE", "CONTROL", "RETREAT", "AID", "AGREE"})


class Number(msgspec.Struct, frozen=True):
    """A figure with where it stands. `part`: it counts some of those whom another number counts. `aside`: the text does
    not give it for its own, but as what another gave, or as the whole of which its own is a part."""

    start: int
    end: int
    figure: Figure
    part: bool
    aside: bool = False


def find_numbers(reading: Reading, cues: Cues, counting: Counting) -> list[Number]:
    """All figures of a text, in order, without those of a time long before: `قتل 42 شخصا منذ مطلع العام`."""
    counted = list(_quantities(reading, cues, counting))
    numbers = [*counted, *_bare(reading, counted, cues, counting)]
    old = old_times(reading)
    text = reading.document.text
    return sorted(
        (replace(one, aside=is_set_aside(text, one.start)) for one in numbers if not _is_old(one, old, text)),
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
            or ("killed" if _OF_ITS_OWN.search(mention.text) and cues.any("lost", before[-_BEFORE:]) else None)
        )
        unit = _counted_as(mention.text, quantity, counting)
        if unit in counting.measures or (casualty is None and unit is None):
            continue
        if casualty is not None and unit in counting.things and casualty_in(own, cues) is None:
            casualty = None  # `صاروخين` beside the hurt are none of them
        if casualty is None and (unit in _WHOLE or "من" in own):  # قتلى الاشتباك خمسة من الطرفين
            said = subject_of(_words(text[max(0, mention.start - _SUBJECT) : mention.start]), None, cues, counting)
            casualty = said[0] if said and said[0] in CASUALTIES else None
            unit = "person" if casualty else unit
        role: RoleName = casualty or "count"
        counted = "" if casualty else next((of[name] for name in _COUNTING if name in of), "")
        if casualty is not None and (casualty_in(own, cues) is not None or _is_bare(own, counting)):
            unit = "person"  # `القتلى أربعة` are all of them, whoever was counted before
        composes = unit in counting.things and cues.any("measure", before[-_BEFORE:])  # قافلة من عشر شاحنات
        figure = Figure(
            role, quantity.min, quantity.max, _unit(role, unit),
            casualty is not None or bool(counted) or unit in counting.amounts or composes, counted,
            casualty is not None or unit in counting.people,
        )  # fmt: skip
        ridden = unit in counting.things and cues.any("rides", before[-1:])
        if unit in _CARRIERS and casualty is None and _is_means(text, mention.start, before):
            figure = replace(figure, sure=False, of=MEANS)
        part = ridden or _is_part(own, before, after, cues) or _is_cited(text, mention)
        yield Number(mention.start, mention.end, figure, part)


def _counted_as(words: str, quantity: Quantity, counting: Counting) -> str | None:
    """What a quantity counts: people where it is some of those of a body or a trade, whatever they are called there
    (`24 من أعضائها`, `خمسة من جامعي الكمأ`); coins without their country."""
    unit = quantity.unit or (stem_of(fold(quantity.unit_ar)) if quantity.unit_ar else None)
    if quantity.unit is None and quantity.unit_ar:
        unit = counting.group(f"ال{fold(quantity.unit_ar)}") or unit  # 310 تشاديين
    if (unit in counting.people and _OF_ITS_OWN.search(words)) or (quantity.unit is None and _OF_A_TRADE.search(words)):
        return "person"
    return _STANDS_FOR.get(unit, counting.coins.get(unit, unit)) if unit else None


def _is_means(text: str, start: int, before: Sequence[str]) -> bool:
    """Whether what stands there is what somebody came or was carried in: `في خمس شاحنات`, `بثلاث سيارات`."""
    return text[start - 1 : start] == "ب" or not _MEANS.isdisjoint(before[-1:])


def _is_bare(words: list[str], counting: Counting) -> bool:
    """Whether these are a number and nothing else."""
    number = counting.at(words, 0) if words else None
    return number is not None and number.length == len(words)


def _is_cited(text: str, mention: Mention) -> bool:
    """Whether a number is said to be another's: `الرقم الذي أعلنته الشرطة، وهو 60 مسلحا`, `ستة، وهو رقم الوزارة`."""
    before = text[max(0, mention.start - _CITED_WITHIN) : mention.start]
    return _CITED_BEFORE.search(before) is not None or _CITED_AFTER.match(text, mention.end) is not None


def _bare(reading: Reading, counted: Sequence[Number], cues: Cues, counting: Counting) -> Iterator[Number]:
    """Numbers without a noun of their own, where no quantity and no time stands."""
    taken = sorted((m.start, m.end) for m in reading.mentions if m.type == "QUANTITY" or (m.type == "TIME" and m.time))
    found = [(match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(reading.document.text)]
    free: list[bool] = []
    busy, number, last = iter(taken), iter(counted), None
    stretch, one = next(busy, None), next(number, None)
    before: list[Figure | None] = []
    for start, end, word in found:
        while stretch is not None and stretch[1] <= start:
            stretch = next(busy, None)
        free.append(stretch is None or stretch[0] >= end)
        while one is not None and one.end <= start:
            last, one = one.figure, next(number, None)
        last = None if word in STOPS else last
        before.append(last)
    words = [word for _, _, word in found]
    bare = list(find_bare(words, free, before, cues, counting))
    money = next((one.figure.unit for one in counted if one.figure.unit in counting.amounts), None)
    bare += find_single(words, free, counting)
    bare += find_millions(words, free, money, {one.at for one in bare}, cues, counting)
    for one_ in bare:
        yield Number(found[one_.at][0], found[one_.end - 1][1], one_.figure, part=False)


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
    if before[-1:] == ["من"] and {root_of(_DUAL.sub("", word)) for word in before[-2:-1]} & set(map(root_of, own)):
        return True  # `رافعتين من ست رافعات`: all that there are
    # `خمسة من المصابين`: some of those who were counted.
    joined = own + after[:2]
    at = joined.index("من") if "من" in joined else len(joined)
    return any(cues.has(name, word) for word in joined[at + 1 : at + 2] for name in ("killed", "injured"))
