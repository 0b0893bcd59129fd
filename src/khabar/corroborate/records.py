"""The public JSON of stories and copies: `khabar.story/1` and `khabar.copies/1`.

Documents are named by `external_id`, except in `reports` and `why`, which name them by id so that a judgement can.
"""

from __future__ import annotations

from khabar.records import EventType, Factuality, Record, SourceKind, Stance

__all__ = [
    "Bounds", "Conflict", "ConflictValue", "Copies", "CopyGroup", "Correction", "Denial", "Independent", "Link",
    "Moment", "Origin", "Report", "Story", "StoryPlace", "StoryTime",
]  # fmt: skip


class StoryPlace(Record, frozen=True):
    """A place of the story."""

    id: str
    name_en: str | None


class StoryTime(Record, frozen=True):
    """The first and last day that the happening can have been on, as its reports say; None where they do not."""

    earliest: str | None
    latest: str | None


class Report(Record, frozen=True):
    """One document's telling of the happening: one row a (document, event, claim).

    `event` is None where the reading has no event for it: `الموقوفون اثنان` tells of arrests, and of no deed.
    `main`: the happening is what the document is about. `origin` is the id of the origin behind it, None for a denial
    of the whole.
    """

    document: str
    external_id: str
    publisher: str | None
    event: str | None
    claim: str | None
    main: bool
    stance: Stance
    factuality: Factuality
    origin: str | None


class CopyGroup(Record, frozen=True):
    """Documents that share a text, the original first. `spans` are the shared stretches of each copy.

    `original_by` says how the original was told: a copy credits it (`credit`), it was first (`time`), or, where times
    are not known, the others hold it (`containment`); the last two are suggestions. `similarity` is the share of
    shingles in common of the least alike copy: of both texts for `whole`, of the shorter for `part`.
    """

    documents: tuple[str, ...]
    original_by: str
    kind: str
    similarity: float
    spans: dict[str, tuple[tuple[int, int], ...]]


class Copies(Record, frozen=True):
    """A group of copies as `khabar copies` prints it, `khabar.copies/1`."""

    schema: str
    documents: tuple[str, ...]
    original_by: str
    kind: str
    similarity: float
    spans: dict[str, tuple[tuple[int, int], ...]]


class Origin(Record, frozen=True):
    """The furthest upstream source that the texts show."""

    id: str
    label: str
    kind: SourceKind
    entity: str | None
    documents: tuple[str, ...]


class Independent(Record, frozen=True):
    """How many origins there are, by whether they are named."""

    named: int
    unnamed: int


class Denial(Record, frozen=True):
    """Who denies it: the whole (`full`), or a number, an actor or a part of it."""

    document: str
    claim: str | None
    by: str
    full: bool


class Bounds(Record, frozen=True):
    """A number; an open bound is None."""

    min: float | None
    max: float | None


class ConflictValue(Record, frozen=True):
    """One of the numbers in conflict, with who says it."""

    min: float | None
    max: float | None
    origins: tuple[str, ...]
    documents: tuple[str, ...]


class Conflict(Record, frozen=True):
    """Different numbers for one role; `low` and `high` are the least and the greatest of them."""

    role: str
    unit: str | None
    values: tuple[ConflictValue, ...]
    low: float | None
    high: float | None


class Correction(Record, frozen=True, rename={"old": "from", "new": "to"}):
    """A number that a document takes back, and what it puts in its place."""

    document: str
    role: str
    old: Bounds | None
    new: Bounds | None
    at: str | None


class Link(Record, frozen=True):
    """Why two events are one happening; events are named `<document id>/<event id>`."""

    left: str
    right: str
    score: float
    reasons: dict[str, float]


class Moment(Record, frozen=True):
    """One step of a story: a report, a denial or a correction.

    `at` is when its document says that it was published, `captured` when its bytes were first fetched, in UTC; None
    where that is not known.
    """

    at: str | None
    what: str
    document: str
    detail: str | None
    captured: str | None = None


class Story(Record, frozen=True):
    """One happening with all that is told of it; the order of the fields is the order of the keys."""

    schema: str
    id: str
    label: str
    type: EventType
    places: tuple[StoryPlace, ...]
    time: StoryTime
    first_reported: str | None
    reports: tuple[Report, ...]
    copies: tuple[CopyGroup, ...]
    origins: tuple[Origin, ...]
    independent: Independent
    denials: tuple[Denial, ...]
    conflicts: tuple[Conflict, ...]
    corrections: tuple[Correction, ...]
    why: tuple[Link, ...]
