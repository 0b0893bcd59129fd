"""`khabar.read`: text in, reading out, for a notebook or a script."""

from __future__ import annotations

import re
from functools import lru_cache

from khabar.config import load_settings
from khabar.dates import parse_published
from khabar.errors import BadField, EmptyText, InvalidUnicode
from khabar.pipeline import read_document
from khabar.records import Reading, document_from
from khabar.resources import Resources, load_resources
from khabar.text import language_of

__all__ = ["read"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def read(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    external_id: str = "text",
    resources: Resources | None = None,
) -> Reading:
    """Read one text. `published` is an RFC 3339 date or date-time, which anchors `yesterday` and its like.

    Raises EmptyText, InvalidUnicode, or BadField for a date that is none.
    """
    if not text.strip():
        raise EmptyText("nothing but white space", document=external_id, stage="read")
    for value in (text, publisher, title, url, external_id):
        if value and _SURROGATE.search(value):
            raise InvalidUnicode(
                "lone surrogate", document=external_id.encode("utf-8", "backslashreplace").decode(), stage="read"
            )
    if published and parse_published(published) is None:
        raise BadField(f"published is no RFC 3339 date: {published!r}", document=external_id, stage="read")
    document = document_from(
        text, external_id=external_id, language=language_of(text), publisher=publisher, url=url, title=title,
        published=published,
    )  # fmt: skip
    return read_document(document, resources or _default_resources())


@lru_cache(maxsize=1)
def _default_resources() -> Resources:
    return load_resources(load_settings())
