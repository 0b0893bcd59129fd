"""The stance of a source to its content, from the cue, its negation and nouns of hope and belief."""

from __future__ import annotations

from khabar.attribution.cues import Cue
from khabar.attribution.view import View
from khabar.records import Stance

__all__ = ["renewed_start", "stance_of", "suggested_start"]

_SHORTEST = 3  # letters of a noun of saying
_MAX_ADDRESSED = 10  # tokens of who is asked


def stance_of(cue: Cue) -> Stance | None:
    """The cue's stance; None for a negated cue, which claims nothing, but لم يستبعد suggests."""
    verb = cue.form.verb
    if not cue.negated:
        return verb.stance
    return "suggests" if verb.lemma == "استبعد" else None


def renewed_start(view: View, at: int) -> tuple[Stance, int, int] | None:
    """What is said anew after جدد: the stance of مطالبته, دعوته, نفيه, and where the content starts with how many
    letters left out; None for any other noun."""
    word = view.norm[at]
    stem = next((word[: -len(end)] for end in ("هما", "ها", "هم", "ه") if word.endswith(end)), "")
    if len(stem) < _SHORTEST:
        return None
    forms = view.lexicon.forms.get(stem) or view.lexicon.forms.get(stem[:-1] + "ه" if stem.endswith("ت") else stem)
    masdar = next((form for form in forms or () if form.kind == "masdar"), None)
    if masdar is None or at + 1 >= len(view):
        return None
    stance, takes = masdar.verb.stance, masdar.verb.takes
    if masdar.verb.object != "addressee":
        return stance, at + 2 if view.is_complementiser(at + 1) and at + 2 < len(view) else at + 1, 0
    for start in range(at + 1, min(at + _MAX_ADDRESSED, len(view) - 1)):
        if view.norm[start] in takes:
            return stance, start + 1, 0
        if "ب" in takes and view.norm[start][:1] == "ب" and view.noun(start) is None and view.covered[start] is None:
            return stance, start, 1
    return None


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
