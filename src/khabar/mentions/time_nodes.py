"""What a time expression says, before it is anchored: a small tree of frozen nodes."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from khabar.mentions.time_words import DayPart, Holiday

__all__ = [
    "Clock", "Date", "Day", "Decade", "Every", "Feast", "Found", "Length", "Midnight", "Node", "Part", "Period",
    "Range", "Reference", "Season", "Subyear",
]  # fmt: skip


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all nodes."""


class Reference(Node, frozen=True):
    """A vague past, present or future: `PAST_REF` and its like. `back` repeats the time spoken of last."""

    value: str
    back: bool = False


class Date(Node, frozen=True):
    """A date or a part of one. `shift` is -1, 0 or 1 for `الماضي`, `الجاري`, `المقبل`, `year_shift` that of the year.

    `month_shift` is set for a day of a month that is itself relative (`14 من الشهر الجاري`).
    `other` is the other reading of an all-digit date: (month, day).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hijri: bool = False
    shift: int | None = None
    year_shift: int | None = None
    month_shift: int | None = None
    edge: str | None = None
    edge_days: tuple[int, int] | None = None
    other: tuple[int, int] | None = None
    same_month: bool = False


class Day(Node, frozen=True):
    """A day named from now, by its weekday, or relative to the day that the text spoke of last (`context`).

    `glossed` says that the weekday stands in brackets: an editor's, not the speaker's, `اليوم`.
    """

    offset: int | None = None
    weekday: int | None = None
    shift: int | None = None
    week_shift: int | None = None
    context: int | None = None
    nth: int | None = None
    month: Date | None = None
    edge: str | None = None
    glossed: bool = False


class Feast(Node, frozen=True):
    """A holiday, its nth day, or the whole of it."""

    holiday: Holiday
    nth: int | None = None
    whole: bool = False
    year: int | None = None
    hijri: bool = False
    shift: int | None = None


class Part(Node, frozen=True):
    """A part of a day; `edge` is early or late; `before` says that the night is the one before the day."""

    part: DayPart
    day: Node | None = None
    edge: str | None = None
    before: bool = False


class Clock(Node, frozen=True):
    """A time of day; `half` is am, pm, eve or night where the text says so.

    `whole` is an hour in digits without minutes, `stamp` the time at which an agency sent the text.
    """

    hour: int
    minute: int | None = None
    second: int | None = None
    half: str | None = None
    utc: bool = False
    whole: bool = False
    stamp: bool = False
    day: Node | None = None
    invalid: bool = False


class Midnight(Node, frozen=True):
    """Midnight that begins `day`, or ends it where `ends` is set."""

    day: Node | None = None
    ends: bool = False


class Period(Node, frozen=True):
    """A calendar unit from now: week, month, year, or a decade; `edge` picks a part of it."""

    unit: str
    shift: int
    edge: str | None = None


class Season(Node, frozen=True):
    """A season of a year."""

    code: str
    year: int | None = None
    shift: int | None = None
    edge: str | None = None


class Subyear(Node, frozen=True):
    """A half (`H`), a quarter (`Q`) or a week (`W`, -1 the last) of a year."""

    kind: str
    number: int
    year: int | None = None
    shift: int | None = None


class Decade(Node, frozen=True):
    """A decade by its tens, of the 20th century unless said otherwise, or a century of 100 `years`."""

    start: int
    years: int = 10
    edge: str | None = None


class Length(Node, frozen=True):
    """A length of time: (count, unit) pairs, the count None where it is vague.

    `direction` is -1 or 1 for the length that ends or begins now, 0 for none; `ago` puts a point before now, or after
    now where it is negative.
    """

    parts: tuple[tuple[int | Fraction | None, str], ...]
    direction: int = 0
    ago: int = 0


class Range(Node, frozen=True):
    """From one time to another, both included."""

    first: Node
    last: Node


class Every(Node, frozen=True):
    """A set of times: each weekday, or each length."""

    weekday: int | None = None
    length: Length | None = None
    clock: Clock | None = None


class Found(msgspec.Struct, frozen=True):
    """A node over the words `[start, end)`."""

    node: Node
    start: int
    end: int
