"""The vocabulary of time: months, weekdays, parts of day, units, directions, vague references, holidays."""

from __future__ import annotations

from datetime import time

import msgspec

from khabar.mentions.phrases import Phrases
from khabar.numerals.cardinals import NumberWords, build_number_words
from khabar.numerals.words import Vocabulary
from khabar.resources import Tables
from khabar.text import fold

__all__ = ["DayPart", "Holiday", "Month", "TimeUnit", "TimeWords", "build_time_words"]


class Month(msgspec.Struct, frozen=True):
    """A month of the year, 1 to 12, of the Gregorian or the Hijri calendar."""

    number: int
    hijri: bool
    sure: bool


class DayPart(msgspec.Struct, frozen=True):
    """A part of the day: its TIMEX3 code, the half of the day for the clock, and the hours that bound it."""

    code: str
    half: str
    start: str
    end: str

    @property
    def hours(self) -> tuple[time, time]:
        """First and last moment of the part."""
        return time.fromisoformat(self.start), time.fromisoformat(self.end)


class TimeUnit(msgspec.Struct, frozen=True):
    """A form of a unit of time; `count` is 1, 2, or None for a plural."""

    unit: str
    count: int | None


class Holiday(msgspec.Struct, frozen=True):
    """A row of holidays.tsv."""

    rule: str
    date: str
    days: int
    forms: str


class _Forms(msgspec.Struct, frozen=True):
    forms: str


class _MonthRow(msgspec.Struct, frozen=True):
    system: str
    month: int
    forms: str
    sure: str = "yes"


class _WeekdayRow(msgspec.Struct, frozen=True):
    day: int
    forms: str


class _PartRow(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    code: str
    half: str
    start: str
    end: str
    forms: str


class _UnitRow(msgspec.Struct, frozen=True):
    unit: str
    days: int
    singular: str
    dual: str
    plural: str


class _DirectionRow(msgspec.Struct, frozen=True):
    shift: int
    forms: str
    weak: str = ""


class _EdgeRow(msgspec.Struct, frozen=True):
    edge: str
    forms: str


class _ReferenceRow(msgspec.Struct, frozen=True):
    value: str
    forms: str


class _AnniversaryRow(msgspec.Struct, frozen=True):
    month: int
    year: int
    heads: str
    day: int | None = None


class _FrameRow(msgspec.Struct, frozen=True):
    kind: str
    forms: str


class _SeasonRow(msgspec.Struct, frozen=True):
    code: str
    first: int
    forms: str


class _DecadeRow(msgspec.Struct, frozen=True):
    tens: int
    forms: str
    first: int | None = None


class TimeWords(msgspec.Struct, frozen=True):
    """What each word may mean; keys are folded."""

    numbers: NumberWords
    months: Phrases[Month]
    weekdays: dict[str, int]
    parts: Phrases[DayPart]
    units: dict[str, TimeUnit]
    directions: Phrases[tuple[int, bool]]
    edges: dict[str, str]
    references: Phrases[str]
    holidays: Phrases[Holiday]
    anniversaries: dict[tuple[str, int, int | None], int]
    events: frozenset[str]
    seasons: dict[str, str]
    decades: dict[str, tuple[int, int | None]]
    frames: dict[str, frozenset[str]]
    approximations: Phrases[bool]
    vocabulary: Vocabulary


# Words that the grammar names itself: demonstratives, relative days, prepositions and approximations.
_GRAMMAR = frozenset((
    "يوم غره اخر امس غد غدا بارحه نهار ساعه دقيقه ثانيه هذا هذه ذلك تلك نفسه ذاته نفس ذات كل من في الي "
    "حتي قبل بعد منذ خلال بين شهر عام سنه نصف ربع ثلث الا وقت متاخر متاخره مبكر مبكره سابق لاحق "
    "منتصف اول ثاني فصل تاريخ تقريبا علي اقل او توقيت بتوقيت بالتوقيت ايام عيد اجازه عطله م ه هجري "
    "هجريه ميلادي ميلاديه"
).split())  # fmt: skip


def build_time_words(tables: Tables) -> TimeWords:
    """The vocabulary of time from data/values."""
    numbers = build_number_words(tables)
    months = Phrases.of([
        (form, Month(row.month, row.system == "hijri", row.sure != "no"))
        for row in tables.rows("values/months.tsv", _MonthRow)
        for form in row.forms.split()
    ])  # fmt: skip
    weekdays = {fold(f): row.day for row in tables.rows("values/weekdays.tsv", _WeekdayRow) for f in row.forms.split()}
    parts = Phrases.of([
        (form, DayPart(row.code, row.half, row.start, row.end))
        for row in tables.rows("values/dayparts.tsv", _PartRow)
        for form in row.forms.split()
    ])  # fmt: skip
    units = _units(tables)
    directions = Phrases.of([
        (form, (row.shift, row.weak == "yes"))
        for row in tables.rows("values/directions.tsv", _DirectionRow)
        for form in row.forms.split()
    ])  # fmt: skip
    edges = {fold(f): row.edge for row in tables.rows("values/edges.tsv", _EdgeRow) for f in row.forms.split()}
    references = Phrases.of([
        (form, row.value)
        for row in tables.rows("values/references.tsv", _ReferenceRow)
        for form in row.forms.split()
    ])  # fmt: skip
    holidays = Phrases.of([(f, row) for row in tables.rows("values/holidays.tsv", Holiday) for f in row.forms.split()])
    anniversaries = {
        (fold(head), row.month, row.day): row.year
        for row in tables.rows("values/anniversaries.tsv", _AnniversaryRow)
        for head in row.heads.split()
    }
    seasons = {fold(f): row.code for row in tables.rows("values/seasons.tsv", _SeasonRow) for f in row.forms.split()}
    decades = {
        fold(form): (row.tens, row.first)
        for row in tables.rows("values/decades.tsv", _DecadeRow)
        for form in row.forms.split()
    }
    kinds: dict[str, list[str]] = {}
    for frame in tables.rows("values/timeframes.tsv", _FrameRow):
        kinds.setdefault(frame.kind, []).extend(frame.forms.split())
    approximations = Phrases.of([(form, True) for form in kinds.pop("approx")])
    frames = {kind: frozenset(map(fold, forms)) for kind, forms in kinds.items()}
    heads = months.words() | set(weekdays) | parts.words() | set(units) | set(edges) | set(seasons) | set(decades)
    heads |= references.words() | holidays.words()
    vocabulary = heads | directions.words() | _GRAMMAR | numbers.vocabulary | approximations.words()
    vocabulary |= frames["tail"] | frames["few"] | frames["length"]
    return TimeWords(
        numbers=numbers, months=months, weekdays=weekdays, parts=parts, units=units, directions=directions,
        edges=edges, references=references, holidays=holidays, anniversaries=anniversaries,
        events=frozenset(head for head, _, _ in anniversaries), seasons=seasons,
        decades=decades, frames=frames, approximations=approximations, vocabulary=Vocabulary(vocabulary),
    )  # fmt: skip


def _units(tables: Tables) -> dict[str, TimeUnit]:
    units: dict[str, TimeUnit] = {}
    for row in tables.rows("values/timeunits.tsv", _UnitRow):
        for forms, count in ((row.singular, 1), (row.dual, 2), (row.plural, None)):
            for form in forms.split():
                units[fold(form)] = TimeUnit(row.unit, count)
    return units
