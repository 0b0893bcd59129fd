"""The stance of a source to its content, from the cue, its negation and nouns of hope and belief."""

from __future__ import annotations

from khabar.attribution.cues import Cue
from khabar.attribution.view import View
from khabar.records import Stance

__all__ = ["stance_of", "suggested_start"]


def stance_of(cue: Cue) -> Stance | None:
    """The cue's stance; None for a negated cue, which claims nothing, but لم يستبعد suggests."""
    verb = cue.form.verb
    if not cue.negated:
        return verb.stance
    return "suggests" if verb.lemma == "استبعد" else None


def suggested_start(view: View, at: int) -> tuple[int, int] | None:
    """Where the content starts after أعرب عن أمله في: token and letters left out; None without such a noun."""
    if not view.has(at, "hope") or at + 1 >= len(view):
        return None
    following = at + 1
    word = view.norm[following]
    if word in {"في", "من", "بان", "ان"} and following + 1 < len(view):
        start = following + 1
        return (start + 1, 0) if view.is_complementiser(start) and start + 1 < len(view) else (start, 0)
    if word[:1] == "ب" and len(word) > 2:
        return following, 1
    return at, 0
