"""The pages of review: the queues, a card as it is after a judgement, and the form of its values."""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec
from litestar import Controller, Response, get
from litestar.params import FromPath, FromQuery
from markupsafe import Markup

from khabar.errors import NotFound, UsageError
from khabar.export.cards import mention_values
from khabar.export.drawing import draw_text
from khabar.export.marks import marks_of
from khabar.records import (
    Event,
    EventType,
    Factuality,
    Mention,
    MentionType,
    Quote,
    Reading,
    RoleName,
    SourceKind,
    Stance,
    TimeType,
)
from khabar.store.corrections import item_of
from khabar.store.queues import list_differences
from khabar.web.filters import Asked, AskedFor, PageAsked, Paging
from khabar.web.lookup import candidate_places
from khabar.web.reads import Current, current_document, page_of
from khabar.web.render import language_of, render
from khabar.web.reviewing import card_of, pair_cards, queue_cards
from khabar.web.words import page_words
from khabar.web.workbench import Ask, Bench

__all__ = ["ReviewPages", "drawn"]

Queue = Literal["claims", "events", "readers", "reviewers"]
Kind = Literal["claim", "event", "mention"]
_ON_A_PAGE = 10
_CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "claims": {
        "type": get_args(EventType), "kind": get_args(SourceKind), "stance": get_args(Stance),
        "judgement": ("none", "accepted", "rejected", "corrected"),
    },
    "events": {
        "type": get_args(EventType), "factuality": get_args(Factuality),
        "judgement": ("none", "accepted", "rejected", "corrected"),
    },
}  # fmt: skip
_FIELDS = ("publisher", "actor", "within", "document")
_VALUES: dict[str, tuple[str, ...]] = {
    "stance": get_args(Stance), "quote": get_args(Quote), "kind": get_args(SourceKind), "type": get_args(EventType),
    "factuality": get_args(Factuality), "role": get_args(RoleName), "mention": get_args(MentionType),
    "time": get_args(TimeType),
}  # fmt: skip
_NEAR = 400  # characters around an event in which its arguments are looked for


class Fragment(msgspec.Struct, frozen=True):
    """What of a page is drawn anew after a judgement; `text` only where the page has the whole of it."""

    card: str
    text: str | None
    etag: str


class ReviewPages(Controller):
    """What reviewers see."""

    include_in_schema = False

    @get("/review", sync_to_thread=True)
    def review(
        self, request: Ask, bench: Bench, asked: AskedFor, paging: PageAsked, queue: FromQuery[Queue] = "claims"
    ) -> Response[Any]:
        """What waits for a judgement: claims or events, the least sure first; what readers or reviewers differ in."""
        kind = "event" if queue == "events" else "claim"
        limit = min(paging.limit, _ON_A_PAGE)
        with bench.store.engine.connect() as connection:
            progress = bench.tally.of(connection, kind)
            if queue in {"readers", "reviewers"}:
                page = list_differences(connection, what=queue, after=paging.after, limit=limit)
                cards, pairs = [], pair_cards(connection, page.rows)
            else:
                asked, paging = _queued(request, asked, paging)
                what: Literal["claims", "events"] = "events" if queue == "events" else "claims"
                page = page_of(connection, what, asked, paging)
                cards, pairs = queue_cards(connection, page.rows, kind), []
        return render(
            request, "review.html", queue=queue, page=page, cards=cards, pairs=pairs, progress=progress,
            given=asked.given, choices=_CHOICES.get(queue, {}), fields=_FIELDS,
            sorts=("score", "-score", "newest", "oldest"), sort=paging.sort, after=paging.after, queues=get_args(Queue),
            may=request.user.may("reviewer"), page_words=page_words(language_of(request)),
        )  # fmt: skip

    @get("/documents/{key:str}/items/{kind:str}/{item:str}", sync_to_thread=True)
    def item(
        self, request: Ask, bench: Bench, key: FromPath[str], kind: FromPath[str], item: FromPath[str],
        queued: FromQuery[bool] = False,
    ) -> Fragment:  # fmt: skip
        """A card as it stands now, and the text that it stands in."""
        now, reading = _reading(bench, key)
        try:
            card = card_of(reading, now, kind, item, queued=queued)
        except UsageError as error:
            raise NotFound(error.detail, document=key, stage="review") from error
        shown = render(request, "card.html", card=card, may=request.user.may("reviewer")).content
        return Fragment(shown, None if queued else str(drawn(reading)), now.etag)

    @get("/documents/{key:str}/items/{kind:str}/{item:str}/values", sync_to_thread=True)
    def values(
        self, request: Ask, bench: Bench, key: FromPath[str], kind: FromPath[str], item: FromPath[str]
    ) -> Response[Any]:
        """The form with every value of an item that a reviewer can correct."""
        _, reading = _reading(bench, key)
        try:
            found = item_of(reading, kind, item)
        except UsageError as error:
            raise NotFound(error.detail, document=key, stage="review") from error
        places = (
            candidate_places(bench.resources, found) if isinstance(found, Mention) and found.type == "PLACE" else []
        )
        return render(
            request, "values.html", kind=kind, item=found, values=_VALUES, claims=reading.claims,
            mentions=_mentions_near(reading, found), places=places, entities=_entities(reading),
        )  # fmt: skip


def drawn(reading: Reading) -> Markup:
    """The whole text with its spans in colours."""
    # The drawing escapes all that comes from the text.
    return Markup(draw_text(reading.document.text, marks_of(reading), mention_values(reading), "d"))


def _reading(bench: Any, key: str) -> tuple[Current, Reading]:
    with bench.store.engine.connect() as connection:
        now = current_document(connection, key)
        return now, now.view.whole


def _mentions_near(reading: Reading, item: Any) -> list[Mention]:
    """What an event can have as an argument: the names, times and numbers around it."""
    if not isinstance(item, Event):
        return []
    start, end = item.trigger.start - _NEAR, item.trigger.end + _NEAR
    held = {role.mention for role in item.roles}
    return [one for one in reading.mentions if one.id in held or (one.start < end and one.end > start)]


def _entities(reading: Reading) -> list[Any]:
    """The actors that the document names, each once: the likeliest that another mention of it stands for."""
    found = {one.entity.id: one.entity for one in reading.mentions if one.entity}
    return sorted(found.values(), key=lambda one: (one.id.startswith("doc:"), one.name_ar or one.id))


def _queued(request: Ask, asked: Asked, paging: Paging) -> tuple[Asked, Paging]:
    """What the queue asks for where its address does not say: what nobody judged, the least sure first."""
    if "judgement" not in request.query_params:
        filter_ = msgspec.structs.replace(asked.filter, judgement="none")
        asked = msgspec.structs.replace(asked, filter=filter_)
    sort = paging.sort if "sort" in request.query_params else "score"
    return asked, msgspec.structs.replace(paging, sort=sort, limit=min(paging.limit, _ON_A_PAGE))
