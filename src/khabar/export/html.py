"""Readings as one self-contained page: the article with its spans in colours, and a card for each claim and event.

The page needs no network and runs no script but its own, which its security policy names by hash.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from html import escape
from pathlib import Path

from khabar.export.cards import both, claim_cards, event_cards, mention_table, mention_values
from khabar.export.drawing import draw_text
from khabar.export.labels import UI
from khabar.export.marks import marks_of
from khabar.records import Document, Reading

__all__ = ["HtmlWriter", "reading_fragment"]

_LEGEND = ("source", "carrier", "cue", "content", "actor", "place", "time", "number", "trigger")


class HtmlWriter:
    """One page with an index where there are several readings; `notice`, in Arabic and English, on top of all."""

    def __init__(self, *, notice: tuple[str, str] | None = None) -> None:
        self._notice = notice
        self._index: list[str] = []
        self._articles: list[str] = []

    def start(self) -> str:
        """Nothing: the index is known at the end."""
        return ""

    def add(self, reading: Reading) -> str:
        """Keeps the reading's part; nothing is written yet."""
        name = f"d{len(self._articles)}"
        self._index.append(_index_entry(reading, name))
        self._articles.append(_article(reading, name))
        return ""

    def finish(self) -> str:
        """The page."""
        index = ""
        if len(self._articles) > 1:
            index = f'<nav class="index"><h2>{both("articles")}</h2><ol>{"".join(self._index)}</ol></nav>'
        return _page(index, self._articles, self._notice)


def reading_fragment(reading: Reading) -> str:
    """The article with its claims marked, as an HTML fragment for a notebook; it brings its style and no script."""
    return (
        f'<div class="khabar" data-ui="en" dir="rtl"><style>{_static("report.css")}</style>{_legend()}'
        f"{_article(reading, 'd' + reading.document.content_hash[7:15])}</div>"
    )


def _page(index: str, articles: list[str], notice: tuple[str, str] | None) -> str:
    script = _static("report.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    banner = f'<p class="notice" role="note">{both("notice", {"notice": notice})}</p>' if notice else ""
    return f"""<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="khabar">
<title>خبر · Khabar</title>
<style>{_static("report.css")}</style>
</head>
<body class="khabar page" data-ui="ar">
<header class="top">
<strong class="logo">خبر <span lang="en">Khabar</span></strong>
{_legend()}
<span class="tools"><button type="button" id="language" lang="en">English</button>
<button type="button" id="theme">{both("theme")}</button></span>
</header>
{banner}
<div class="frame{" many" if index else ""}">
{index}
<main>
<p class="about">{both("about")}</p>
{"".join(articles)}</main>
</div>
<script>{script}</script>
</body>
</html>
"""


@lru_cache(maxsize=4)
def _static(name: str) -> str:
    return (Path(__file__).parent / "static" / name).read_text("utf-8")


def _legend() -> str:
    items = "".join(
        f'<li><button type="button" class="key" aria-pressed="true" data-hides="{kind}">'
        f'<span class="swatch {kind}">خبر</span> {both(kind)}</button></li>'
        for kind in _LEGEND
    )
    return f'<ul class="legend" aria-label="{UI["legend"][1]}">{items}</ul>'


def _index_entry(reading: Reading, name: str) -> str:
    document = reading.document
    about = " · ".join(_signed(document, days_only=True))
    return (
        f'<li><a href="#{name}"><bdi>{escape(_title(document))}</bdi></a><small>{about} '
        f"<span>{both('claims')} {len(reading.claims)} · {both('events')} {len(reading.events)}</span></small></li>"
    )


def _title(document: Document) -> str:
    return document.title or document.external_id


def _article(reading: Reading, name: str) -> str:
    values = mention_values(reading)
    marks = marks_of(reading)
    body = draw_text(reading.document.text, marks, values, name)
    return f"""<article class="document" id="{name}" data-reader="{escape(reading.reader)}">
<h2><bdi>{escape(_title(reading.document))}</bdi></h2>
{_byline(reading.document)}
<div class="columns">
<div class="text">{body}</div>
<div class="side" tabindex="-1">
<h3>{both("claims")} <span class="number-of">{len(reading.claims)}</span></h3>
{claim_cards(reading, name) or f'<p class="empty">{both("nothing")}</p>'}
<h3>{both("events")} <span class="number-of">{len(reading.events)}</span></h3>
{event_cards(reading, name)}
</div>
</div>
{mention_table(reading, values)}
</article>
"""


def _signed(document: Document, *, days_only: bool = False) -> list[str]:
    """Publisher and date; a date is written from left to right whatever stands around it."""
    published = (document.published or "")[: 10 if days_only else None]
    parts = [f"<bdi>{escape(document.publisher)}</bdi>"] if document.publisher else []
    return parts + ([f'<bdi dir="ltr">{escape(published)}</bdi>'] if published else [])


def _byline(document: Document) -> str:
    parts = _signed(document)
    if document.url:
        shown = f'<bdi dir="ltr">{escape(document.url)}</bdi>'
        # Only web addresses become links: a scheme like javascript: would run when clicked.
        web = document.url.startswith(("http://", "https://"))
        parts.append(f'<a href="{escape(document.url)}" rel="noreferrer noopener">{shown}</a>' if web else shown)
    return f'<p class="byline">{" · ".join(parts)}</p>' if parts else ""
