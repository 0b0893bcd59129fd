"""Keys of search rows, in the order of the days of publication.

A key is a day, a document and a number within it: the rows of some days stand together in every index that ends in the
key, the index of words too, so a list that is sorted by date looks at the days that it shows and no others.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

__all__ = ["DOCUMENTS", "ITEMS", "LAST_DAY", "NUMBER_BITS", "Days", "day_of", "document_key", "item_key"]

NUMBER_BITS = 18
_DOCUMENT_BITS = 28
_DAY_BITS = 17  # 63 bits in all: what both engines' integers hold

ITEMS = 1 << NUMBER_BITS
"""Mentions, claims or events of one document that are searched; as many as words are."""
DOCUMENTS = 1 << _DOCUMENT_BITS
"""Documents that a store holds at most."""
LAST_DAY = (1 << _DAY_BITS) - 1

_START = date(1900, 1, 1).toordinal() - 1  # day 0 holds what is older, and what has no date


def day_of(published_at: str) -> int:
    """The day of a moment in UTC, or of the start of one; 0 where it is unknown."""
    try:
        ordinal = date.fromisoformat(published_at[:10]).toordinal()
    except ValueError:
        return 0
    return min(max(ordinal - _START, 0), LAST_DAY)


def document_key(published_at: str, document: int) -> int:
    """The key of a document's own row in the index of words."""
    return day_of(published_at) << _DOCUMENT_BITS | document


def item_key(document: int, number: int) -> int:
    """The key of a mention, a claim or an event: its number in the document of this document key."""
    return document << NUMBER_BITS | number


class Days(msgspec.Struct, frozen=True):
    """Days from `first` to `last`, both in it, with the bounds of what was published in them."""

    first: int = 0
    last: int = LAST_DAY

    @property
    def bounds(self) -> dict[str, int | str]:
        """Values of the parameters by which a query is bound to these days: of item keys, of document keys, and of
        `published_at`."""
        low, high = self.first << _DOCUMENT_BITS, (self.last + 1 << _DOCUMENT_BITS) - 1
        return {
            "low_item": low << NUMBER_BITS, "high_item": (high + 1 << NUMBER_BITS) - 1,
            "low_document": low, "high_document": high,
            "low_at": _text(self.first) if self.first else "",
            "high_at": _text(self.last) + "~" if self.last < LAST_DAY else "~",
        }  # fmt: skip


def _text(day: int) -> str:
    return (date.fromordinal(_START) + timedelta(day)).isoformat()
