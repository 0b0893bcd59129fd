"""Who is told, after ل: لوكالة فرانس برس, لـ«الشرق الأوسط», للصحفيين. An outlet that was told carries the words."""

from __future__ import annotations

from khabar.attribution.cues import is_finite
from khabar.attribution.frames.walk import Walk
from khabar.attribution.modifiers import name_skip
from khabar.attribution.phrases import Phrase
from khabar.attribution.view import View

__all__ = ["is_told_at", "past_hearer", "past_own"]

_MAX_QUOTED = 8
_MAX_STRANGER = 5  # words of a name that no list knows, with what follows it
_NEGATIONS = frozenset({"لم", "لن", "لا"})


def is_told_at(view: View, at: int) -> bool:
    """Whether ل stands before a name or a source noun here."""
    word = view.norm[at]
    if word == "ل":
        return True
    name = view.names.get(at)
    if name is not None:
        return word[:1] == "ل" and name_skip(view, name) > 0
    found = view.noun(at)
    return word[:1] == "ل" and ((found is not None and found[1] > 0) or word.startswith("لل"))


def past_own(walk: Walk) -> bool:
    """Past the publisher's own name where it is who was told: it begins no content and is no carrier."""
    end = walk.view.told.get(walk.at)
    return end is not None and walk.pass_to(end)


def past_hearer(walk: Walk) -> bool:
    """Walk past who is told, and keep them; False where nobody is told here."""
    view, at = walk.view, walk.at
    word = view.norm[at]
    if word[:1] != "ل" or word in _NEGATIONS or view.has(at, "not_lam"):
        return False
    if word == "ل":
        return _past_after_mark(walk, at + 1)
    if word == "للانباء":
        return walk.pass_to(at + 1)  # the rest of an agency's name
    name = view.names.get(at)
    if name is not None and not name_skip(view, name):
        return False
    if name is None and word in view.lexicon.sources:
        return False
    if name is None and not is_told_at(view, at):
        return _past_stranger(walk, at)
    phrase = walk.phrase(at)
    if phrase is None or not phrase.known:
        return walk.pass_to(at + 1)
    return _keep(walk, phrase, phrase.end)


def _keep(walk: Walk, phrase: Phrase, end: int) -> bool:
    walk.frame.told.append(phrase)
    return walk.pass_to(end)


def _past_stranger(walk: Walk, at: int) -> bool:
    """لوالديها إنها, لأخبار الشمال إن: a hearer that no list knows, told by what follows."""
    view = walk.view
    end = _end_of_stranger(walk, at)
    is_hearer = view.norm[at][1:] in view.lexicon.words["hearer"]
    if not is_hearer and not (view.noun(at) is None and end is not None):
        return False
    if end is not None and end > at + 1:
        return walk.pass_to(end)
    quotation = view.opened(at + 1)
    close = view.close_of(quotation) if quotation is not None else None
    if (
        close is not None
        and close - at < _MAX_QUOTED
        and close + 1 < len(view)
        and view.tokens[close + 1].kind == "word"
    ):
        return walk.pass_to(close + 1)  # لبرنامج «كذا» على قناة كذا
    return walk.pass_to(at + 1)


def _end_of_stranger(walk: Walk, at: int) -> int | None:
    """Where what is said begins after a few words of a hearer's name."""
    view = walk.view
    for end in range(at + 1, min(at + _MAX_STRANGER, len(view))):
        if walk.ends_telling(end):
            return end
        if view.tokens[end].kind != "word" or view.has(end, "preposition") or is_finite(view, end):
            return None
    return None


def _past_after_mark(walk: Walk, start: int) -> bool:
    """ل by itself: before a quotation mark or a bracket."""
    view = walk.view
    if start >= len(view):
        return False
    if view.norm[start] in {'"', "("}:
        for end in range(start + 2, min(start + _MAX_QUOTED, len(view))):
            if view.norm[end] in {'"', ")"}:
                names = tuple(view.names[i] for i in range(start + 1, end) if i in view.names)
                return _keep(walk, Phrase(start + 1, end, 0, None, True, names, bool(names), False), end + 1)
    phrase = walk.phrase(start)
    return False if phrase is None else _keep(walk, phrase, phrase.end)
