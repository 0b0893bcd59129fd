"""Datelines inside a document: in a round-up each report names its agency (مدينة - رويترز: قال …)."""

from __future__ import annotations

from khabar.attribution.view import View
from khabar.records import Span

__all__ = ["credited_in"]

_MAX_PLACE = 5  # tokens before the dash
_MAX_NAME = 8  # tokens between the dash and the colon
_DASHES = frozenset({"-", "–", "—", "/"})


def credited_in(view: View, publisher: str | None) -> Span | None:
    """The agency that a sentence's dateline credits, but not in the first sentence: a document's own dateline says
    where its publisher had it from, a later one that another carried what this report tells."""
    if view.number == 0:
        return None
    dash = next((at for at in range(1, min(_MAX_PLACE, len(view))) if view.norm[at] in _DASHES), None)
    if dash is None:
        return None
    colon = next((at for at in range(dash + 1, min(dash + _MAX_NAME, len(view))) if view.norm[at] == ":"), None)
    if colon is None or colon == dash + 1:
        return None
    codes = view.outlet(dash + 1, colon)
    if codes is None or view.outlets.is_publisher(codes, publisher):
        return None
    return view.span(dash + 1, colon)
