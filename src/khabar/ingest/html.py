"""The article of a saved web page, with what the page says of it: title, date, address, publisher."""

from __future__ import annotations

import logging
import re
from functools import lru_cache

import msgspec

from khabar.dates import parse_published
from khabar.errors import NoArticle, TooLarge
from khabar.ingest.charsets import decode

__all__ = ["Page", "extractor", "read_page"]

# A menu, a login form or a notice has no line of this many words; the shortest news item has.
_MIN_WORDS = 8
# The largest news pages are two or three megabytes; past this the extractor's time is no longer in proportion.
_MAX_BYTES = 8_000_000
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page declares its character set, four times what the HTML standard scans
# The upper bound is fixed because the extractor's own is the clock's day, and reading must not depend on it.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "outputformat": "%Y-%m-%dT%H:%M:%S%z",
    "min_date": "1995-01-01",
    "max_date": "2100-01-01",
}


class Page(msgspec.Struct, frozen=True):
    """An article as its page gives it; `published` is RFC 3339 or None."""

    text: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None


@lru_cache(maxsize=1)
def extractor() -> str:
    """What cuts articles out of pages, with its version."""
    from importlib.metadata import version

    return f"trafilatura/{version('trafilatura')}"


def read_page(data: bytes) -> Page:
    """The article of an HTML page. Raises NoArticle, TooLarge or UndecodableBytes."""
    if len(data) > _MAX_BYTES:
        raise TooLarge(f"a page of {len(data)} bytes, at most {_MAX_BYTES}")
    declared = _CHARSET.search(data[:_HEAD])
    source = decode(data, declared=declared.group(1).decode("ascii") if declared else None)
    found = _extract(source)
    text = (found.text or "").strip() if found else ""
    if not found or max((len(line.split()) for line in text.splitlines()), default=0) < _MIN_WORDS:
        raise NoArticle("no running text of an article in this page")
    return Page(
        text=text, title=_clean(found.title), url=_clean(found.url), publisher=_clean(found.sitename),
        published=_published(found.date),
    )  # fmt: skip


class _Found(msgspec.Struct, frozen=True):
    text: str | None
    title: str | None
    url: str | None
    sitename: str | None
    date: str | None


def _extract(source: str) -> _Found | None:
    # The extractor takes a third of a second to import, which a text file need not pay.
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports what we reject ourselves
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            source.replace("\0", ""), with_metadata=True, include_comments=False, include_tables=False,
            favor_precision=True, date_extraction_params=_DATES,
        )  # fmt: skip
    except Exception as error:
        # The extractor meets any page there is; what breaks it has no article that we can give.
        raise NoArticle(f"the page cannot be taken apart: {type(error).__name__}: {error}") from error
    if found is None or isinstance(found, dict):
        return None
    return _Found(found.text, found.title, found.url, found.sitename, found.date)


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _published(value: str | None) -> str | None:
    """`2019-03-02T10:15:00+0300` as RFC 3339; midnight without an offset is a date alone."""
    if not value:
        return None
    value = value.removesuffix("T00:00:00")
    value = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", value) if "T" in value else value
    return value if parse_published(value) else None
