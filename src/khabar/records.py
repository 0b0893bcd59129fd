"""Every record that Khabar passes on, keeps or prints. All are frozen.

Offsets are Unicode code points into `Document.text`, half-open. The public JSON of a reading is `PublicReading`:
the document's fields and the reading's, flat, in a fixed order, every key always there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

__all__ = [
    "Arrival",
    "Candidate",
    "Claim",
    "Document",
    "Entity",
    "Event",
    "Mention",
    "Place",
    "PublicReading",
    "Quantity",
    "Reading",
    "Rejection",
    "Role",
    "Source",
    "Span",
    "Time",
    "Unresolved",
    "document_from",
    "reading_from_json",
]

MentionType = Literal["PERSON", "ORG", "PLACE", "TIME", "QUANTITY"]
Precision = Literal["exact", "near", "region", "country"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Reason = Literal["ambiguous", "unknown", "unanchored", "invalid"]
SourceKind = Literal[
    "named_person", "organization", "unnamed_official", "unnamed_source", "witness", "media", "document"
]
Stance = Literal["asserts", "denies", "suggests", "demands"]
Quote = Literal["direct", "indirect", "mixed"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "MOVE", "CONTROL",
]  # fmt: skip
Factuality = Literal["certain", "probable", "possible", "planned", "demanded", "denied", "conditional"]
RoleName = Literal[
    "agent", "target", "place", "origin", "destination", "via", "time", "means", "killed", "injured", "count"
]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all records: immutable, compared by value, strict about unknown fields."""


class Document(Record, frozen=True):
    """One publication of one text, as it was read.

    `id` hashes publisher, url (or external_id), published, title and text; `content_hash` hashes the text alone.
    `published` is an RFC 3339 date or date-time kept as given, or None. `extra` holds the input's fields that
    Khabar has no use for, so that nothing is lost.
    """

    id: str
    content_hash: str
    external_id: str
    publisher: str | None
    url: str | None
    title: str | None
    published: str | None
    language: str
    text: str
    extra: dict[str, Any] = {}


class Span(Record, frozen=True):
    """A stretch of `Document.text`: `text == document.text[start:end]`."""

    start: int
    end: int
    text: str


class Entity(Record, frozen=True):
    """The actor or person behind a mention; `wikidata` only where it was looked up."""

    id: str
    wikidata: str | None
    name_en: str | None
    name_ar: str | None


class Place(Record, frozen=True):
    """A resolved place. `lat`/`lon` in degrees (WGS 84), `radius_km` for what is an area, `parent` a place id."""

    id: str
    name_en: str | None
    name_ar: str | None
    country: str | None
    parent: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: Precision


class Time(Record, frozen=True):
    """A TIMEX3 `value` with its bounds as ISO 8601 dates or date-times, inclusive; a bound may be open (None)."""

    value: str
    type: TimeType
    earliest: str | None
    latest: str | None


class Quantity(Record, frozen=True):
    """A number with what it counts; an open bound is None, `unit` is an English singular."""

    min: float | None
    max: float | None
    unit: str | None
    unit_ar: str | None
    approximate: bool


class Candidate(Record, frozen=True):
    """One reading of an unresolved mention, with a score from 0 to 1."""

    id: str
    name_en: str | None
    lat: float | None
    lon: float | None
    score: float


class Unresolved(Record, frozen=True):
    """Why a mention has no value; `within` is the id of a place known to contain it."""

    reason: Reason
    within: str | None = None
    candidates: tuple[Candidate, ...] = ()


class Mention(Record, frozen=True):
    """A named thing, time or quantity: the value object of its type, or none and `unresolved`.

    An ambiguous time carries both: the value by convention, bounds that cover every reading, and the reason.
    """

    id: str
    start: int
    end: int
    text: str
    type: MentionType
    entity: Entity | None = None
    place: Place | None = None
    time: Time | None = None
    quantity: Quantity | None = None
    unresolved: Unresolved | None = None


class Source(Record, frozen=True):
    """Who is cited: a span, what kind of source it is, and the id of its actor where that is known."""

    start: int
    end: int
    text: str
    kind: SourceKind
    entity: str | None


class Claim(Record, frozen=True):
    """One source, one cue, one stretch of content. `source` is None where nobody is named in reach;
    `cue` is None in a quotation that runs on. `via` lists carriers, outermost last."""

    id: str
    source: Source | None
    via: tuple[Span, ...]
    cue: Span | None
    content: Span
    stance: Stance
    quote: Quote
    score: float


class Role(Record, frozen=True):
    """A participant of an event; `mention` is the id of the mention that it holds, if any."""

    role: RoleName
    start: int
    end: int
    text: str
    mention: str | None


class Event(Record, frozen=True):
    """One happening named by one trigger; `claim` is None in the publisher's own voice."""

    id: str
    claim: str | None
    type: EventType
    trigger: Span
    factuality: Factuality
    roles: tuple[Role, ...]
    score: float


class PublicReading(Record, frozen=True):
    """The public JSON of one reading, `khabar.reading/1`; the order of the fields is the order of the keys."""

    schema: str
    reader: str
    external_id: str
    id: str
    content_hash: str
    publisher: str | None
    url: str | None
    title: str | None
    published: str | None
    language: str
    text: str
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    extra: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET


class Reading(Record, frozen=True):
    """What one reader found in one document; `reader` is the fingerprint of code, lexicons and weights."""

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    reader: str

    def public(self) -> PublicReading:
        """The record that is printed and kept; `extra` is there only when the input had unknown fields."""
        d = self.document
        return PublicReading(
            schema="khabar.reading/1", reader=self.reader, external_id=d.external_id, id=d.id,
            content_hash=d.content_hash, publisher=d.publisher, url=d.url, title=d.title, published=d.published,
            language=d.language, text=d.text, mentions=self.mentions, claims=self.claims, events=self.events,
            extra=d.extra or msgspec.UNSET,
        )  # fmt: skip

    def to_json(self) -> bytes:
        """The public JSON as UTF-8 bytes on one line."""
        return msgspec.json.encode(self.public())

    def to_dicts(self) -> list[dict[str, Any]]:
        """One flat dictionary a claim, ready for a data frame."""
        return [_flat_claim(self.document, claim) for claim in self.claims]

    def _repr_html_(self) -> str:
        # Lazy: notebooks alone need it, and export is above records.
        from khabar.export.html import reading_fragment

        return reading_fragment(self)


class Rejection(Record, frozen=True):
    """A document that could not be read: which, where, the code that docs/errors.md explains, and the detail."""

    document: str
    stage: str
    code: str
    detail: str

    def to_json(self) -> bytes:
        """`khabar.rejection/1` as one line of UTF-8 bytes."""
        return msgspec.json.encode({"schema": "khabar.rejection/1", **msgspec.structs.asdict(self)})


class Arrival(Record, frozen=True):
    """One input as it came in: its bytes, where they lay, what took a text out of them, and what was made of it.

    `raw` is None for what was over a limit and not kept. `extraction` names the container and, for what has to be cut
    out of it, the extractor with its version. `captured_at` is when the bytes were fetched, where that is known.
    """

    raw: bytes | None
    location: str
    extraction: str
    result: Document | Reading | Rejection
    captured_at: str | None = None


def document_from(
    text: str,
    *,
    external_id: str,
    language: str,
    publisher: str | None = None,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    extra: dict[str, Any] | None = None,
) -> Document:
    """Build a document with its hashes; an empty string is None for every optional field."""
    publisher, url, title, published = publisher or None, url or None, title or None, published or None
    parts = [publisher, url or external_id, published, title, text]
    return Document(
        id=_sha256(msgspec.json.encode(parts)), content_hash=_sha256(text.encode()), external_id=external_id,
        publisher=publisher, url=url, title=title, published=published, language=language, text=text,
        extra=extra or {},
    )  # fmt: skip


def reading_from_json(data: bytes | str) -> Reading:
    """The inverse of `Reading.to_json`. Raises msgspec.ValidationError on anything else."""
    p = msgspec.json.decode(data, type=PublicReading)
    document = Document(
        id=p.id, content_hash=p.content_hash, external_id=p.external_id, publisher=p.publisher, url=p.url,
        title=p.title, published=p.published, language=p.language, text=p.text,
        extra={} if isinstance(p.extra, msgspec.UnsetType) else p.extra,
    )  # fmt: skip
    return Reading(document, p.mentions, p.claims, p.events, p.reader)


def _sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _flat_claim(document: Document, claim: Claim) -> dict[str, Any]:
    source, cue = claim.source, claim.cue
    via: Sequence[Span] = claim.via
    return {
        "document": document.id, "external_id": document.external_id, "publisher": document.publisher,
        "published": document.published, "claim": claim.id, "source": source.text if source else None,
        "kind": source.kind if source else None, "entity": source.entity if source else None,
        "via": " | ".join(span.text for span in via), "cue": cue.text if cue else None,
        "content": claim.content.text, "start": claim.content.start, "end": claim.content.end,
        "stance": claim.stance, "quote": claim.quote, "score": claim.score,
    }  # fmt: skip
