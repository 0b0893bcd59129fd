"""Tiny makers of records for tests."""

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

TEXT = "قال محمد سالم إن القوات غادرت مدينة الرقة يوم الخميس."


def document(text: str = TEXT, **fields: Any) -> Document:
    """A document with defaults for all that a test does not care about."""
    fields = {"external_id": "a1", "language": "ar", "publisher": "النهار الجديد", "published": "2017-10-12"} | fields
    return document_from(text, **fields)


def span(text: str, part: str) -> Span:
    """The first place where `part` stands in `text`."""
    start = text.index(part)
    return Span(start, start + len(part), part)


def reading(text: str = TEXT, *, reader: str = "test", **fields: Any) -> Reading:
    """A reading of `TEXT` with one of each record, or an empty one of another text."""
    made = document(text, **fields)
    if text != TEXT:
        return Reading(made, (), (), (), reader)
    person, place, time = span(text, "محمد سالم"), span(text, "الرقة"), span(text, "الخميس")
    mentions = (
        Mention("m0", person.start, person.end, person.text, "PERSON", entity=Entity("doc:0", None, None, person.text)),
        Mention(
            "m1", place.start, place.end, place.text, "PLACE",
            place=Place("geonames:172955", "Raqqa", "الرقة", "SY", "geonames:172957", 35.95, 39.01, None, "exact"),
        ),
        Mention("m2", time.start, time.end, time.text, "TIME", time=Time("2017-10-12", "DATE", "2017-10-12", "2017-10-12")),
    )  # fmt: skip
    content = span(text, "القوات غادرت مدينة الرقة يوم الخميس")
    claim = Claim(
        "c0", Source(person.start, person.end, person.text, "named_person", None), (), span(text, "قال"), content,
        "asserts", "indirect", 0.9,
    )  # fmt: skip
    roles = (
        Role("origin", place.start, place.end, place.text, "m1"),
        Role("time", time.start, time.end, time.text, "m2"),
    )
    event = Event("e0", "c0", "MOVE", span(text, "غادرت"), "certain", roles, 0.8)
    return Reading(made, mentions, (claim,), (event,), reader)
