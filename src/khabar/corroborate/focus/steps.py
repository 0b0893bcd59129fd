"""What a report tells that comes after another happening: that captives were let go, that the dead were buried.

Whoever wrote of the kidnapping before it could only ask for the release: what is asked for, refused or still awaited is
not told.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.corroborate.cues import Cues

__all__ = ["steps_told"]

_STEPS = ("release", "burial")
_BEFORE = 6  # words before it in which it is said to be wished for
_NEAR = 12  # words on either side in which captives stand
_AFTER = frozenset({"بعد", "عقب", "اثر", "منذ", "غداه", "قبيل", "قبل"})
_LETTING = ("اطلاق", "اخلاء")  # of سراح and سبيل, with a clitic
_AIM = frozenset({"الي", "علي"})  # دعت إلى إطلاق سراحهم
_AHEAD = ("لل", "سي", "ست", "سن")  # للإفراج, سيفرج
_PRESENT = ("ي", "ت")
_UNREAL = frozenset({"ان", "لن", "لم"})  # before a verb in the present


def steps_told(words: Sequence[str], cues: Cues, *, first_hand: bool = False) -> tuple[str, ...]:
    """The steps that these folded words tell as done; `first_hand` leaves out those that something else came after
    (`بعد الإفراج عنه`)."""
    found = {step for at, word in enumerate(words) if (step := _step(words, at, cues)) and _is_done(words, at, cues)
             and not (first_hand and not _AFTER.isdisjoint(words[max(0, at - _BEFORE) : at]))}  # fmt: skip
    return tuple(step for step in _STEPS if step in found)


def _step(words: Sequence[str], at: int, cues: Cues) -> str | None:
    """What a word is of: of what follows captivity or death, or of being free where captives are spoken of."""
    step = next((step for step in _STEPS if cues.has(step, words[at])), None)
    if step is None and cues.has("freed", words[at]):
        near = words[max(0, at - _NEAR) : at + _NEAR]
        return "release" if cues.any("captive", list(near)) else None
    return step


def _is_done(words: Sequence[str], at: int, cues: Cues) -> bool:
    """Whether it is told as done, and not as what somebody wants, promises or waits for."""
    head = at - (at > 0 and words[at - 1].endswith(_LETTING))
    before = words[max(0, head - _BEFORE) : head]
    if words[head].startswith(_AHEAD) or not _AIM.isdisjoint(before[-1:]):
        return False
    if words[head].startswith(_PRESENT) and not _UNREAL.isdisjoint(before[-1:]):
        return False
    return not cues.any("wish", list(before))
