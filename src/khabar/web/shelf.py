"""Stories as the pages and the API show them: read from `khabar.story/1`, filtered, a page at a time.

A story is what `khabar.corroborate` says of several documents. Here its JSON is read as it is printed (DESIGN of the
public form); what a later version adds is passed over.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from khabar.errors import NotFound, UsageError
from khabar.store import schema
from khabar.store.queries import decode_cursor, encode_cursor
from khabar.text import fold
from khabar.web.filters import Asked

__all__ = ["Shelf", "Story", "points_of"]


class StoryPlace(msgspec.Struct, frozen=True):
    """A place of the story."""

    id: str
    name_en: str | None = None


class Days(msgspec.Struct, frozen=True):
    """When it happened, as told."""

    earliest: str | None = None
    latest: str | None = None


class Report(msgspec.Struct, frozen=True):
    """One document's telling."""

    document: str
    external_id: str
    event: str
    publisher: str | None = None
    claim: str | None = None
    main: bool = False
    stance: str = "asserts"
    factuality: str = "certain"
    origin: str | None = None


class Copies(msgspec.Struct, frozen=True):
    """Documents that share a text, the original first."""

    documents: tuple[str, ...]
    original_by: str
    kind: str
    similarity: float
    spans: dict[str, tuple[tuple[int, int], ...]] = {}


class Origin(msgspec.Struct, frozen=True):
    """The furthest upstream source that the texts show."""

    id: str
    label: str
    kind: str
    entity: str | None = None
    documents: tuple[str, ...] = ()


class Independent(msgspec.Struct, frozen=True):
    """How many origins there are, by whether they are named."""

    named: int = 0
    unnamed: int = 0


class Denial(msgspec.Struct, frozen=True):
    """Who denies it, or a part of it."""

    document: str
    by: str
    claim: str | None = None
    full: bool = False


class Bounds(msgspec.Struct, frozen=True):
    """A number."""

    min: float | None = None
    max: float | None = None


class Value(msgspec.Struct, frozen=True):
    """One of the numbers in conflict."""

    min: float | None = None
    max: float | None = None
    origins: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class Conflict(msgspec.Struct, frozen=True):
    """Different numbers for one role."""

    role: str
    values: tuple[Value, ...]
    unit: str | None = None
    low: float | None = None
    high: float | None = None


class Correction(msgspec.Struct, frozen=True, rename={"old": "from", "new": "to"}):
    """A number that is taken back, and what stands in its place."""

    document: str
    role: str
    old: Bounds | None = None
    new: Bounds | None = None
    at: str | None = None


class Why(msgspec.Struct, frozen=True):
    """Why two events are one happening."""

    left: str
    right: str
    score: float
    reasons: dict[str, float] = {}


class Story(msgspec.Struct, frozen=True):
    """One happening with all that is told of it."""

    schema: str
    id: str
    label: str
    type: str
    places: tuple[StoryPlace, ...] = ()
    time: Days = Days()
    first_reported: str | None = None
    reports: tuple[Report, ...] = ()
    copies: tuple[Copies, ...] = ()
    origins: tuple[Origin, ...] = ()
    independent: Independent = Independent()
    denials: tuple[Denial, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    corrections: tuple[Correction, ...] = ()
    why: tuple[Why, ...] = ()

    @property
    def outlets(self) -> int:
        """How many outlets tell it."""
        return len({one.publisher for one in self.reports if one.publisher})

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that tell it, in order of report."""
        return tuple(dict.fromkeys(one.document for one in self.reports))


class Shelf:
    """The stories of a workbench: a file that `khabar stories --format jsonl` printed, read again when it changes."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._read: tuple[int, tuple[Story, ...]] = (-1, ())

    def all(self) -> tuple[Story, ...]:
        """Every story, the last reported first. Raises UsageError for a file that is none of stories."""
        if self._path is None or not self._path.is_file():
            return ()
        with self._lock:
            changed = self._path.stat().st_mtime_ns
            if changed != self._read[0]:
                self._read = (changed, _stories(self._path))
            return self._read[1]

    def get(self, key: str) -> Story:
        """One story. Raises NotFound."""
        found = next((one for one in self.all() if one.id == key), None)
        if found is None:
            raise NotFound(f"no story {key[:80]}", stage="stories")
        return found

    def page(
        self, connection: Connection, asked: Asked, after: str | None, limit: int
    ) -> tuple[list[Story], str | None, int]:
        """Stories that answer the filter: a page of them, the cursor of the next, and how many there are."""
        found = [one for one in self.all() if _answers(one, asked)]
        wanted = asked.filter
        if wanted.publisher:
            found = [one for one in found if any(r.publisher == wanted.publisher for r in one.reports)]
        if wanted.area:
            from khabar.store.areas import places_in

            inside: set[str] = set(connection.scalars(places_in(wanted.area)))
            found = [one for one in found if any(place.id in inside for place in one.places)]
        start = 0
        if after:
            last = decode_cursor(after)[0]
            start = next((n + 1 for n, one in enumerate(found) if one.id == last), 0)
        page = found[start : start + limit]
        more = start + limit < len(found)
        return page, encode_cursor([page[-1].id]) if more else None, len(found)


def _stories(path: Path) -> tuple[Story, ...]:
    try:
        stories = [msgspec.json.decode(line, type=Story) for line in path.read_bytes().splitlines() if line.strip()]
    except msgspec.MsgspecError as error:
        raise UsageError(f"{path}: {error}", stage="stories") from error
    return tuple(sorted(stories, key=lambda one: (one.first_reported or "", one.id), reverse=True))


def _answers(story: Story, asked: Asked) -> bool:
    wanted = asked.filter
    first = (story.first_reported or "")[: len("2000-01-01")]
    checks = (
        wanted.type is None or story.type == wanted.type,
        wanted.since is None or first >= wanted.since[:10],
        wanted.until is None or (first != "" and first <= wanted.until[:10]),
        wanted.happened_since is None or (story.time.latest or "") >= wanted.happened_since,
        wanted.happened_until is None or (story.time.earliest or "~") <= wanted.happened_until + "~",
        wanted.document is None or wanted.document in story.documents,
        wanted.stance is None or any(one.stance == wanted.stance for one in story.reports),
        wanted.words is None or all(word in _words(story) for word in fold(wanted.words).split()),
    )
    return all(checks)


def _words(story: Story) -> str:
    parts = [story.label, *(one.label for one in story.origins), *(one.publisher or "" for one in story.reports),
             *(one.name_en or "" for one in story.places)]  # fmt: skip
    return fold(" ".join(parts))


def points_of(connection: Connection, stories: list[Story]) -> list[dict[str, Any]]:
    """What a map draws: each story at its places, and the ways of its movements."""
    p, e, r, d = schema.place, schema.event, schema.role, schema.document
    ids = sorted({place.id for story in stories for place in story.places})
    rows = {row.id: row for row in connection.execute(select(p).where(p.c.id.in_(ids)))}
    points: list[dict[str, Any]] = []
    for story in stories:
        for place in story.places:
            row = rows.get(place.id)
            if row is not None and row.lat is not None and row.lon is not None:
                points.append({"story": story.id, "kind": "place", "lat": row.lat, "lon": row.lon, "km": row.radius_km,
                               "name_en": row.name_en, "name_ar": row.name_ar})  # fmt: skip
    keys = sorted({one for story in stories for one in story.documents})
    query = (
        select(d.c.id, e.c.id.label("event"), e.c.factuality, r.c.role, p.c.lat, p.c.lon)
        .join(e, e.c.document_pk == d.c.pk).join(r, r.c.event_pk == e.c.pk).join(p, p.c.id == r.c.place)
        .where(d.c.id.in_(keys), e.c.type.in_(("MOVE", "RETREAT")), r.c.role.in_(("origin", "via", "destination")))
        .order_by(e.c.pk, r.c.pk)
    )  # fmt: skip
    moves: dict[tuple[str, str], dict[str, Any]] = {}
    for row in connection.execute(query):
        if row.lat is not None and row.lon is not None:
            empty: dict[str, Any] = {"factuality": row.factuality, "origin": [], "via": [], "destination": []}
            move = moves.setdefault((row.id, row.event), empty)
            move[row.role].append([row.lat, row.lon])
    for story in stories:
        for report in story.reports:
            found = moves.get((report.document, report.event))
            if found and found["origin"] and found["destination"]:
                way = [found["origin"][0], *found["via"], found["destination"][0]]
                points.append({"story": story.id, "kind": "way", "way": way, "sure": found["factuality"] == "certain"})
    return points
