"""Reading short texts of our own: names are marked in the text, so that no other stage is needed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from factories import document
from khabar.attribution import attribute
from khabar.records import Claim, Entity, Mention, MentionType, Place
from khabar.resources import Resources
from khabar.text import normalise, segment

Attribute = Callable[..., tuple[Claim, ...]]
_MARKED = re.compile(r"\[(?P<name>[^\]|]+)\|(?P<type>P|O|L|T)\]")
_TYPES: dict[str, MentionType] = {"P": "PERSON", "O": "ORG", "L": "PLACE", "T": "TIME"}


def marked(text: str) -> tuple[str, tuple[Mention, ...]]:
    """Text without the marks of `[اسم|P]` (person, O organisation, L place, T time), and the mentions they make."""
    plain, mentions, at = "", [], 0
    for match in _MARKED.finditer(text):
        plain += text[at : match.start()]
        mentions.append(_mention(len(mentions), len(plain), match["name"], _TYPES[match["type"]]))
        plain += match["name"]
        at = match.end()
    return plain + text[at:], tuple(mentions)


def _mention(number: int, start: int, name: str, kind: MentionType) -> Mention:
    entity = Entity(f"actor:{name}", None, None, name) if kind in {"PERSON", "ORG"} else None
    place = Place("geonames:1", None, name, "SY", None, 35.0, 38.0, None, "country") if kind == "PLACE" else None
    return Mention(f"m{number}", start, start + len(name), name, kind, entity=entity, place=place)


@pytest.fixture
def read(resources: Resources) -> Attribute:
    """Claims of a marked text."""

    def read_marked(text: str, *, publisher: str | None = None) -> tuple[Claim, ...]:
        plain, mentions = marked(text)
        made = document(plain, publisher=publisher)
        normal = normalise(plain)
        return attribute(made, normal, segment(normal), mentions, resources)

    return read_marked


def line(claim: Claim) -> str:
    """`source | content`, for tests that ask for no more."""
    return f"{claim.source.text if claim.source else ''} | {claim.content.text}"
