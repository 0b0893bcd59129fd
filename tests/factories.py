"""Small records for tests: spans are named by their text, and found in the document."""

from __future__ import annotations

from typing import Any

from khabar.records import (
    Claim,
    Document,
    Entity,
    Event,
    Mention,
    Place,
    Reading,
    Role,
    Source,
    Span,
    Time,
    document_from,
)

# One sentence with one of each record, and a report with a carrier, a denial and a toll.
TEXT = "قال محمد سالم إن القوات غادرت مدينة الرقة يوم الخميس."
REPORT = (
    "قال زيد العامر، المتحدث باسم مجلس البلدة، لوكالة الضفة إن ثلاثة أشخاص «قتلوا» في السدرة أمس.\nونفى المجلس ذلك."
)


def document(text: str = TEXT, **fields: Any) -> Document:
    """A document with defaults for all that a test does not care about."""
    fields = {"external_id": "a1", "language": "ar", "publisher": "النهار الجديد", "published": "2017-10-12"} | fields
    return document_from(text, **fields)


def span(text: str, part: str) -> Span:
    """The first place where `part` stands in `text`."""
    start = text.index(part)
    return Span(start, start + len(part), part)


def mention(text: str, part: str, kind: Any, **fields: Any) -> Mention:
    found = span(text, part)
    return Mention(fields.pop("id", "m0"), found.start, found.end, found.text, kind, **fields)


def claim(text: str, source: str | None, cue: str | None, content: str, **fields: Any) -> Claim:
    """A claim; `kind` and `entity` are its source's."""
    fields = {"id": "c0", "via": (), "stance": "asserts", "quote": "indirect", "score": 0.9} | fields
    kind, entity = fields.pop("kind", "named_person"), fields.pop("entity", None)
    found = span(text, source) if source else None
    return Claim(
        source=Source(found.start, found.end, found.text, kind, entity) if found else None,
        cue=span(text, cue) if cue else None, content=span(text, content), **fields,
    )  # fmt: skip


def role(text: str, name: Any, part: str, mention: str | None = None) -> Role:
    found = span(text, part)
    return Role(name, found.start, found.end, found.text, mention)


def event(text: str, kind: Any, trigger: str, roles: tuple[Role, ...] = (), **fields: Any) -> Event:
    fields = {"id": "e0", "claim": None, "factuality": "certain", "score": 0.8} | fields
    return Event(type=kind, trigger=span(text, trigger), roles=roles, **fields)


def empty_reading(text: str = TEXT, *, reader: str = "test", **fields: Any) -> Reading:
    """A reading of `text` with the given mentions, claims and events, if any; other fields are the document's."""
    parts = {name: tuple(fields.pop(name, ())) for name in ("mentions", "claims", "events")}
    return Reading(document(text, **fields), reader=reader, **parts)


def reading(text: str = TEXT, **fields: Any) -> Reading:
    """A reading of `TEXT` with one of each record, or an empty one of another text."""
    if text != TEXT:
        return empty_reading(text, **fields)
    place = Place("geonames:172955", "Raqqa", "الرقة", "SY", "geonames:172957", 35.95, 39.01, None, "exact")
    time = Time("2017-10-12", "DATE", "2017-10-12", "2017-10-12")
    return empty_reading(
        mentions=[
            mention(TEXT, "محمد سالم", "PERSON", id="m0", entity=Entity("doc:0", None, None, "محمد سالم")),
            mention(TEXT, "الرقة", "PLACE", id="m1", place=place),
            mention(TEXT, "الخميس", "TIME", id="m2", time=time),
        ],
        claims=[claim(TEXT, "محمد سالم", "قال", "القوات غادرت مدينة الرقة يوم الخميس")],
        events=[
            event(TEXT, "MOVE", "غادرت", (role(TEXT, "origin", "الرقة", "m1"), role(TEXT, "time", "الخميس", "m2")), claim="c0")
        ],
        **fields,
    )  # fmt: skip


def full_reading(**fields: Any) -> Reading:
    """A reading of `REPORT`, with all that a page shows."""
    return empty_reading(
        REPORT,
        mentions=[
            mention(REPORT, "زيد العامر", "PERSON", id="m0"), mention(REPORT, "السدرة", "PLACE", id="m1"),
            mention(REPORT, "أمس", "TIME", id="m2"), mention(REPORT, "ثلاثة أشخاص", "QUANTITY", id="m3"),
        ],
        claims=[
            claim(REPORT, "زيد العامر، المتحدث باسم مجلس البلدة", "قال", "ثلاثة أشخاص «قتلوا» في السدرة أمس",
                  via=(span(REPORT, "وكالة الضفة"),), quote="mixed"),
            claim(REPORT, "المجلس", "نفى", "ذلك", id="c1", stance="denies", kind="organization"),
        ],
        events=[
            event(REPORT, "ASSAULT", "قتلوا",
                  (role(REPORT, "killed", "ثلاثة أشخاص"), role(REPORT, "place", "السدرة")), claim="c0")
        ],
        **{"publisher": "صحيفة النهر", "published": "2019-03-02", "title": "قتلى في السدرة", **fields},
    )  # fmt: skip
