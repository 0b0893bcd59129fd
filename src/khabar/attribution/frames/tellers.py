"""Verbs that tell of a subject without the article, between it and what it said: مصدر تحدث إلى الصحيفة أن."""

from __future__ import annotations

import msgspec

from khabar.attribution.cues import forms_of
from khabar.attribution.frames.walk import Walk

__all__ = ["past_telling"]

_WAS = frozenset({"كان", "كانت", "كانا", "كانوا"})  # روى فتى | كان يسقي غنمه أن
_REACH = 14  # tokens from the verb to what is said


def past_telling(walk: Walk) -> bool:
    """Past رأى مصدر أمني | تحدث إلى الصحيفة أن, كشف عتال | يعمل في كذا أن; the subject takes in what is told of it."""
    view, at, subject = walk.view, walk.at, walk.frame.subject
    if subject is None or subject.end != at or subject.definite or "clause" not in walk.takes:
        return False
    talks = view.has(at, "talked")
    if not (talks or _was_busy(walk, at) or _works(walk, at)):
        return False
    for end in range(at + 1, min(at + _REACH, len(view))):
        if view.is_complementiser(end):
            told = next((i for i in range(at + 1, end) if view.norm[i].startswith("لل") and view.noun(i) is None), end)
            walk.frame.subject = msgspec.structs.replace(subject, end=end if talks else told)
            return walk.pass_to(end)
        if view.tokens[end].kind == "punct" and view.norm[end] != '"':
            return False
    return False


def _was_busy(walk: Walk, at: int) -> bool:
    """كان يسقي غنمه; not كان على الجسر, which is left out."""
    view = walk.view
    return view.norm[at] in _WAS and at + 1 < len(view) and view.norm[at + 1][:1] in {"ي", "ت"}


def _works(walk: Walk, at: int) -> bool:
    """Whether a verb in the present that says nothing stands here: يعمل في الميناء."""
    view = walk.view
    is_verb = view.norm[at][:1] == "ي" and view.tokens[at].kind == "word" and view.noun(at) is None
    return walk.takes_noun and is_verb and view.covered[at] is None and forms_of(view, at) is None
