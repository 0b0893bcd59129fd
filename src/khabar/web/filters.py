"""What an address asks for (`?words=…&since=…`), as the filter that the command line has too, and back again."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from khabar.dates import parse_published
from khabar.errors import UsageError
from khabar.records import EventType, Factuality, SourceKind, Stance
from khabar.store.areas import area_from
from khabar.store.queries import Filter

__all__ = ["Asked", "AskedFor", "PageAsked", "Paging", "provide_asked", "provide_paging"]

Sort = Literal["newest", "oldest", "score", "-score"]
Judged = Literal["accepted", "rejected", "corrected", "none"]
_Text = Annotated[str | None, QueryParameter(max_length=500)]


class Asked(msgspec.Struct, frozen=True):
    """The filter of a request, and the parameters it was made of, for links to the next page."""

    filter: Filter
    given: dict[str, str]


class Paging(msgspec.Struct, frozen=True):
    """Which page of a list."""

    sort: Sort
    after: str | None
    limit: int
    count: bool


AskedFor = NamedDependency[Asked]
PageAsked = NamedDependency[Paging]


def provide_asked(
    words: Annotated[str | None, QueryParameter(max_length=500, description='Words, "phrases", prefix*.')] = None,
    actor: _Text = None,
    box: Annotated[str | None, QueryParameter(max_length=200, description="south,west,north,east in degrees")] = None,
    near: Annotated[str | None, QueryParameter(max_length=200, description="lat,lon,km")] = None,
    within: Annotated[str | None, QueryParameter(max_length=200, description="a place's id, or a country")] = None,
    since: Annotated[str | None, QueryParameter(max_length=40, description="published then or later")] = None,
    until: Annotated[str | None, QueryParameter(max_length=40)] = None,
    happened_since: Annotated[str | None, QueryParameter(max_length=40)] = None,
    happened_until: Annotated[str | None, QueryParameter(max_length=40)] = None,
    event_type: Annotated[EventType | None, QueryParameter(name="type")] = None,
    kind: FromQuery[SourceKind | None] = None,
    stance: FromQuery[Stance | None] = None,
    factuality: FromQuery[Factuality | None] = None,
    publisher: _Text = None,
    judgement: FromQuery[Judged | None] = None,
    document_id: Annotated[str | None, QueryParameter(name="document", max_length=100)] = None,
) -> Asked:
    """The filter of a request; an empty field of a form asks for nothing. Raises UsageError."""
    given: dict[str, str | None] = {
        "words": words, "actor": actor, "box": box, "near": near, "within": within, "since": since, "until": until,
        "happened_since": happened_since, "happened_until": happened_until, "type": event_type, "kind": kind,
        "stance": stance, "factuality": factuality, "publisher": publisher, "judgement": judgement,
        "document": document_id,
    }  # fmt: skip
    kept = {name: value for name, value in given.items() if value}
    for name in ("since", "until", "happened_since", "happened_until"):
        if name in kept and parse_published(kept[name]) is None:
            raise UsageError(f"{name}: no date: {kept[name][:40]!r}", stage="query")
    if any("\x00" in value for value in kept.values()):
        raise UsageError("no text holds the character NUL", stage="query")
    area = area_from(kept.get("box"), kept.get("near"), kept.get("within"))
    plain = {name: value for name, value in kept.items() if name not in {"box", "near", "within"}}
    return Asked(msgspec.convert({**plain, "area": area}, Filter), kept)


def provide_paging(
    sort: FromQuery[Sort] = "newest",
    after: Annotated[str | None, QueryParameter(max_length=500, description="`next` of the page before")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=1000)] = 50,
    count: FromQuery[bool] = False,
) -> Paging:
    """Which page."""
    return Paging(sort, after or None, limit, count)
