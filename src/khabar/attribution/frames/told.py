"""Who is told before who tells: أبلغ «كذا» | مصدر طبي أن, أفاد «كذا» | سائق رأى الحادث بأن."""

from __future__ import annotations

from khabar.attribution.agreement import can_be_subject
from khabar.attribution.cues import TELLING
from khabar.attribution.frames.walk import Walk
from khabar.attribution.phrases import Phrase
from khabar.attribution.speakers import NAMELESS

__all__ = ["past_told_first"]

_MAX_QUOTED_NAME = 6


def past_told_first(walk: Walk) -> bool:
    """Walk past an outlet right after a verb that tells somebody, where who tells follows: somebody without a name;
    not أبلغت «جماعة كذا» | الوسطاء أن."""
    if walk.verb.lemma not in TELLING or not walk.wants_subject or walk.at != walk.cue.at + 1:
        return False
    told = _quoted(walk) or _outlet(walk)
    if told is None or not _tells(walk, told.end + int(walk.view.norm[walk.at] == '"')):
        return False
    walk.frame.told.append(told)
    return walk.pass_to(told.end + int(walk.view.norm[walk.at] == '"'))


def _quoted(walk: Walk) -> Phrase | None:
    view, at = walk.view, walk.at
    quotation = view.opened(at)
    close = view.close_of(quotation) if quotation is not None else None
    if close is None or close + 1 >= len(view) or close - at > _MAX_QUOTED_NAME:
        return None
    names = tuple(view.names[inside] for inside in range(at + 1, close) if inside in view.names)
    return Phrase(at + 1, close, 0, None, True, names, bool(names), False)


def _outlet(walk: Walk) -> Phrase | None:
    """موقع «كذا», وكالة كذا."""
    phrase = walk.phrase(walk.at) if walk.view.norm[walk.at] != '"' else None
    if phrase is None or not phrase.is_media or phrase.end >= len(walk.view):
        return None
    return phrase


def _tells(walk: Walk, at: int) -> bool:
    """Whether somebody without a name stands here, who can be the verb's subject."""
    view = walk.view
    found = view.noun(at) if at < len(view) else None
    if found is None or found[1] or found[2] or found[0].kind not in NAMELESS or view.norm[at].endswith("ا"):
        return False
    teller = walk.phrase(at)
    return teller is not None and can_be_subject(teller, walk.cue.form.agrees, after=True)
