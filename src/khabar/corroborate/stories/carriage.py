"""Who carried what from whom: origins, the documents that have it from them, and the copies of those."""

from __future__ import annotations

from typing import Literal

from khabar.corroborate.records import Story
from khabar.records import Record

__all__ = ["Carriage", "Carried", "carriage_of"]


class Carried(Record, frozen=True):
    """One step: from an origin (its id) or a document to a document (by `external_id`)."""

    source: str
    target: str
    how: Literal["told", "copied"]


class Carriage(Record, frozen=True):
    """The graph of a story: ids of its origins, its documents in order of report, and the steps between them."""

    origins: tuple[str, ...]
    documents: tuple[str, ...]
    steps: tuple[Carried, ...]


def carriage_of(story: Story) -> Carriage:
    """A copy has what it tells from its original; other documents from the origins that they give."""
    documents = tuple(dict.fromkeys(report.external_id for report in story.reports))
    there = set(documents)
    copied = {
        (group.documents[0], copy): None
        for group in story.copies
        for copy in group.documents[1:]
        if copy in there and group.documents[0] in there
    }
    copies = {copy for _, copy in copied}
    told = [
        Carried(origin.id, name, "told") for origin in story.origins for name in origin.documents if name not in copies
    ]
    return Carriage(
        tuple(origin.id for origin in story.origins), documents,
        (*told, *(Carried(original, copy, "copied") for original, copy in copied)),
    )  # fmt: skip
