"""A text with its spans in colours, as HTML: everything that comes from the text is escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from khabar.export.marks import Mark, Segment, cut

__all__ = ["draw_text"]

_LINE = re.compile(r"[^\n]+")


def draw_text(
    text: str, marks: list[Mark], values: Mapping[str, str], name: str, *, start: int = 0, end: int | None = None
) -> str:
    """The text in paragraphs, one a line; spans that cross a line end are drawn in both.

    Each paragraph says where it starts (`data-start`), each span whose it is (`data-of`) and as what (`data-as`), by
    ids that start with `name`. `values` are shown over the mentions. With `start` and `end` only the lines that they
    touch are drawn.
    """
    ordered = sorted(marks, key=lambda mark: mark.start)
    last = len(text) if end is None else end
    lines = [line for line in _LINE.finditer(text) if line.end() > start and line.start() < last]
    parts: list[str] = []
    following = 0
    open_marks: list[Mark] = []
    for line in lines:
        open_marks = [mark for mark in open_marks if mark.end > line.start()]
        while following < len(ordered) and ordered[following].start < line.end():
            open_marks.append(ordered[following])
            following += 1
        drawn = "".join(_segment(text, part, values, name) for part in cut(line.start(), line.end(), open_marks))
        parts.append(f'<p dir="auto" data-start="{line.start()}">{drawn}</p>')
    return "".join(parts)


def _segment(text: str, segment: Segment, values: Mapping[str, str], name: str) -> str:
    shown = escape(text[segment.start : segment.end])
    if not segment.marks:
        return shown
    classes = list(dict.fromkeys(mark.kind for mark in segment.marks))
    if sum(mark.kind == "content" for mark in segment.marks) > 1:
        classes.append("nested")
    owners = " ".join(dict.fromkeys(f"{name}-{mark.owner}" for mark in segment.marks))
    titles = [values[mark.owner] for mark in segment.marks if mark.owner in values]
    title = f' title="{escape(" | ".join(dict.fromkeys(titles)))}"' if titles else ""
    parts = " ".join(dict.fromkeys(f"{name}-{mark.owner}:{mark.kind}" for mark in segment.marks))
    return f'<span class="{" ".join(classes)}" data-of="{owners}" data-as="{parts}"{title}>{shown}</span>'
