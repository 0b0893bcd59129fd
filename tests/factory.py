"""Small records for tests: spans are named by their text, and found in the document."""

from __future__ import annotations

from typing import Any

from khabar.records import Claim, Document, Event, Mention, Reading, Role, Source, Span, document_from

TEXT = "قال زيد العامر، المتحدث باسم مجلس البلدة، لوكالة الضفة إن ثلاثة أشخاص «قتلوا» في السدرة أمس.\nونفى المجلس ذلك."


def document(text: str = TEXT, **fields: Any) -> Document:
    fields = {"external_id": "a", "language": "ar", **fields}
    return document_from(text, **fields)


def span(text: str, of: str = TEXT) -> Span:
    start = of.index(text)
    return Span(start, start + len(text), text)


def claim(of: str, source: str | None, cue: str | None, content: str, **fields: Any) -> Claim:
    found = span(source, of) if source else None
    labels: dict[str, Any] = {
        "id": "c0", "via": (), "stance": "asserts", "quote": "indirect", "score": 0.9, "kind": "named_person", **fields,
    }  # fmt: skip
    kind = labels.pop("kind")
    return Claim(
        source=Source(found.start, found.end, found.text, kind, None) if found else None,
        cue=span(cue, of) if cue else None, content=span(content, of), **labels,
    )  # fmt: skip


def mention(of: str, text: str, kind: Any, **fields: Any) -> Mention:
    found = span(text, of)
    return Mention(fields.pop("id", "m0"), found.start, found.end, found.text, kind, **fields)


def event(of: str, kind: Any, trigger: str, roles: dict[Any, str], **fields: Any) -> Event:
    labels: dict[str, Any] = {"id": "e0", "claim": None, "factuality": "certain", "score": 0.8, **fields}
    parts = tuple(Role(role, s.start, s.end, s.text, None) for role, s in ((r, span(t, of)) for r, t in roles.items()))
    return Event(type=kind, trigger=span(trigger, of), roles=parts, **labels)


def reading(text: str = TEXT, **fields: Any) -> Reading:
    """A reading of `text` with the given mentions, claims and events; other fields are the document's."""
    parts = {name: tuple(fields.pop(name, ())) for name in ("mentions", "claims", "events")}
    return Reading(document(text, **fields), reader="0.0.0+test", **parts)


def full_reading(**fields: Any) -> Reading:
    """One of everything, nested."""
    return reading(
        mentions=[
            mention(TEXT, "زيد العامر", "PERSON", id="m0"), mention(TEXT, "السدرة", "PLACE", id="m1"),
            mention(TEXT, "أمس", "TIME", id="m2"), mention(TEXT, "ثلاثة أشخاص", "QUANTITY", id="m3"),
        ],
        claims=[
            claim(TEXT, "زيد العامر، المتحدث باسم مجلس البلدة", "قال", "ثلاثة أشخاص «قتلوا» في السدرة أمس",
                  via=(span("وكالة الضفة"),), quote="mixed"),
            claim(TEXT, "المجلس", "نفى", "ذلك", id="c1", stance="denies", kind="organization"),
        ],
        events=[event(TEXT, "ASSAULT", "قتلوا", {"killed": "ثلاثة أشخاص", "place": "السدرة"}, claim="c0")],
        **{"publisher": "صحيفة النهر", "published": "2019-03-02", "title": "قتلى في السدرة", **fields},
    )  # fmt: skip
