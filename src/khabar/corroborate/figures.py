"""The numbers of a report: how many were killed, injured, moved or held, as its words say.

The reader ties numbers to events; here every quantity of a text is taken, since reports name the dead and the hurt
without naming what hurt them (`وأصيب 31 آخرون`), and a number that is a part of another is told apart from the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from khabar.corroborate.counting import Counting
from khabar.corroborate.cues import Cues
from khabar.corroborate.profiles import Figure
from khabar.corroborate.words import stem_of
from khabar.records import Event, Reading, RoleName
from khabar.text import fold

__all__ = ["Number", "find_numbers"]

_WORD = re.compile(r"\d+|[^\W\d_]+|[.،؛:؟!\n«»\"()]")
# `تسعة أشخاص، بينهم امرأتان، لقوا مصرعهم`: what stands aside between a number and its verb.
_ASIDE = re.compile(r"^\s*[،,]\s*(?:من\s+)?(?:بين|ضمن|أحد|إحدا|جميع|معظم|أغلب)(?:هم|هن|ها|هما)\b[^،,.\n]{1,50}[،,]")
_DIGITS = re.compile(r"(?<![\d.,/:])\d{1,6}(?![\d.,/:%])")
_BEFORE, _AFTER = 4, 3  # words on either side that say what a number counts
_STOPS = frozenset(".؛:؟!\n")
_WHOLE = frozenset({"person", "people", "individual", "fatality", "injured person", "victim", "body", "martyr", None})
_CASUALTIES: tuple[RoleName, ...] = ("killed", "injured")
_COUNTING: tuple[RoleName, ...] = ("count", "target", "agent")
_COUNTED = frozenset({"MOVE", "COERCE", "CONCEDE", "MOBILIZE", "CONTROL", "RETREAT", "AID", "AGREE"})


class Number(msgspec.Struct, frozen=True):
    """A figure with where it stands. `part`: it counts some of those whom another number counts."""

    start: int
    end: int
    figure: Figure
    part: bool


def find_numbers(reading: Reading, cues: Cues, counting: Counting) -> list[Number]:
    """All figures of a text, in order."""
    return sorted([*_quantities(reading, cues, counting), *_bare(reading, cues)], key=lambda number: number.start)


def _quantities(reading: Reading, cues: Cues, counting: Counting) -> Iterator[Number]:
    text = reading.document.text
    roles = _roles(reading.events)
    for mention in reading.mentions:
        quantity = mention.quantity
        if mention.type != "QUANTITY" or quantity is None or (quantity.min is None and quantity.max is None):
            continue
        before = _words(text[max(0, mention.start - 60) : mention.start])
        own, after = _words(mention.text), _words(_ASIDE.sub(" ", text[mention.end : mention.end + 110])[:50])
        of = roles.get(mention.id, {})
        casualty = _casualty(own, before, after, cues) or next((name for name in _CASUALTIES if name in of), None)
        unit = quantity.unit or (stem_of(fold(quantity.unit_ar)) if quantity.unit_ar else None)
        if casualty is None and (unit is None or unit in counting.measures):
            continue
        role: RoleName = casualty or "count"
        counted = "" if casualty else next((of[name] for name in _COUNTING if name in of), "")
        figure = Figure(
            role, quantity.min, quantity.max, _unit(role, unit), casualty is not None or bool(counted), counted,
            casualty is not None or unit in counting.people,
        )  # fmt: skip
        yield Number(mention.start, mention.end, figure, _is_part(own, before, after, cues))


def _bare(reading: Reading, cues: Cues) -> Iterator[Number]:
    """Numbers without a noun after words of the dead and the hurt: `عدد القتلى هو 12`."""
    text = reading.document.text
    taken = [(mention.start, mention.end) for mention in reading.mentions if mention.type in {"QUANTITY", "TIME"}]
    for match in _DIGITS.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        before = _words(text[max(0, match.start() - 40) : match.start()])
        role = _casualty([], before, [], cues)
        if role is not None and {"هو", "هي", "بلغ", "الي"} & set(before[-2:]):
            value = float(match.group())
            yield Number(match.start(), match.end(), Figure(role, value, value, "person", True), part=False)


def _roles(events: Sequence[Event]) -> dict[str, dict[str, str]]:
    """By mention, its roles with the type of the event; counting ones of events that count those they are about."""
    found: dict[str, dict[str, str]] = {}
    for event in events:
        for role in event.roles:
            if role.mention and (event.type in _COUNTED or role.role in _CASUALTIES):
                found.setdefault(role.mention, {}).setdefault(role.role, event.type)
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _casualty(own: list[str], before: list[str], after: list[str], cues: Cues) -> RoleName | None:
    """killed or injured, by the number's own noun, else by the nearest word that says so."""
    for name in _CASUALTIES:
        if cues.any(name, own):
            return name
    best: list[tuple[float, RoleName]] = []
    for name in _CASUALTIES:
        best += [(distance, name) for distance, word in _near(reversed(before), _BEFORE) if cues.has(name, word)]
        # `مقتل ثلاثة وإصابة أربعة`: what a conjunction opens belongs to the next number.
        best += [
            (distance + 0.5, name)
            for distance, word in _near(iter(after), _AFTER)
            if cues.has(name, word) and not word.startswith("و")
        ]
    return min(best)[1] if best else None


def _near(words: Iterator[str], most: int) -> Iterator[tuple[int, str]]:
    distance = 0
    for word in words:
        if word in _STOPS or distance >= most:
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
    # `بينهم طفلان`, `أربعة منهم`, `ثلاثة ممن قضوا`; but not `خمسة، بينهم طفلان`, nor `17 جريحا أربعة منهم`.
    if any(cues.any("part", words) for words in (before[-2:], own, after[:1])):
        return True
    # `خمسة من المصابين`: some of those who were counted.
    joined = own + after[:2]
    at = joined.index("من") if "من" in joined else len(joined)
    return any(cues.has(name, word) for word in joined[at + 1 : at + 2] for name in ("killed", "injured"))
