"""The table of docs/homonyms.md, run as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from khabar.mentions import find_mentions
from khabar.records import Mention, document_from
from khabar.resources import Resources
from khabar.text import normalise, segment

PAGE = Path(__file__).parent.parent.parent / "docs" / "homonyms.md"


def rows() -> Iterator[list[str]]:
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("| ") and not line.startswith(("| name ", "| --- ")):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def place_of(name: str, text: str, publisher: str, resources: Resources) -> Mention:
    document = document_from(text, external_id="t", language="ar", publisher=publisher, published="2020-01-01")
    normal = normalise(text)
    mentions = find_mentions(document, normal, segment(normal), resources)
    return next(m for m in mentions if m.type == "PLACE" and m.text == name)


def test_the_table_has_thirty_names() -> None:
    assert len({row[0] for row in rows()}) >= 30


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: f"{row[0]}-{row[4]}")
def test_each_row(row: list[str], resources: Resources) -> None:
    name, text, publisher, _, expected, precision = row
    mention = place_of(name, text, publisher, resources)
    if mention.place is None:
        assert mention.unresolved is not None
        assert mention.unresolved.reason == expected
        if expected == "ambiguous":
            assert len(mention.unresolved.candidates) > 1
            assert sum(c.score for c in mention.unresolved.candidates) <= 1.001
        else:
            assert mention.unresolved.within
    else:
        assert (mention.place.id, mention.place.precision) == (expected, precision)
