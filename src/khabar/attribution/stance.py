"""The stance of a source to its content, from the cue, its negation and nouns of hope and belief."""

from __future__ import annotations

from khabar.attribution.cues import Cue
from khabar.attribution.lexicon import CueForm
from khabar.attribution.view import View
from khabar.records import Stance

RENEWING = frozenset({"جدد", "كرر", "أعاد", "تمسك"})
__all__ = ["RENEWING", "masdar_stance", "renewed_start", "stance_of", "suggested_start"]

_SHORTEST = 3  # letters of a noun of saying
_MAX_ADDRESSED = 10  # tokens of who is asked


def stance_of(cue: Cue) -> Stance | None:
    """The cue's stance; None for a negated cue, which claims nothing, but لم يستبعد suggests."""
    verb = cue.form.verb
    if not cue.negated:
        return verb.stance
    return "suggests" if verb.lemma == "استبعد" else None


def renewed_start(view: View, at: int) -> tuple[Stance, int, int] | None:
    """What is said anew after جدد, كرر, أعاد, تمسك ب: the stance of مطالبته, دعوته, نفيه, نفي كذا, القول إن, and where
    the content starts with how many letters left out; None for any other noun."""
    masdar, definite = _masdar_of(view, at)
    if masdar is None or at + 1 >= len(view):
        return None
    stance, takes = masdar.verb.stance, masdar.verb.takes
    if masdar.verb.object != "addressee":
        start = at + 2 if view.norm[at + 1] in takes and at + 2 < len(view) else at + 1
        that = view.is_complementiser(start) and start + 1 < len(view)
        if definite and not that:
            return None  # جدد التأكيد السابق
        return stance, start + 1 if that else at + 1, 0
    for start in range(at + 1, min(at + _MAX_ADDRESSED, len(view) - 1)):
        if view.norm[start] in takes:
            return stance, start + 1, 0
        if "ب" in takes and view.norm[start][:1] == "ب" and view.noun(start) is None and view.covered[start] is None:
            return stance, start, 1
    return None


def masdar_stance(view: View, at: int) -> Stance | None:
    """The stance of a noun of saying with its owner: نفيه, بتأكيدها; None for any other word."""
    masdar, definite = _masdar_of(view, at)
    return masdar.verb.stance if masdar is not None and not definite else None


def _masdar_of(view: View, at: int) -> tuple[CueForm | None, bool]:
    """The noun of saying in a token, and whether it has the article: نفيه, بنفيها, نفي كذا, القول."""
    forms = view.lexicon.forms
    if view.covered[at] is not None or view.original(at).endswith("ى"):
        return None, False
    word = view.norm[at]
    for bare in (word, word[1:] if word[:1] == "ب" else ""):
        stem = next((bare[: -len(end)] for end in ("هما", "ها", "هم", "ه") if bare.endswith(end)), "")
        owned = stem[:-1] + "ه" if stem.endswith("ت") and stem not in forms else stem
        for noun in (owned, bare.removeprefix("ال")):
            if len(noun) < _SHORTEST:
                continue
            masdar = next((form for form in forms.get(noun, ()) if form.kind == "masdar"), None)
            if masdar is not None:
                return masdar, noun not in {bare, owned}
    return None, False


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
