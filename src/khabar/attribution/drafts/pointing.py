"""Drafts of who confirms or denies what stands before: وهو ما أكده الوزير, الأمر الذي تنفيه الشركة."""

from __future__ import annotations

import msgspec

from khabar.attribution.cues import forms_of
from khabar.attribution.drafts.draft import Draft, segment_start
from khabar.attribution.lexicon import Verb
from khabar.attribution.modifiers import has_article
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.stance import masdar_stance
from khabar.attribution.view import View
from khabar.records import Stance

__all__ = ["pointing_in"]

_IT_IS = frozenset({"وهو", "وهي", "هو", "هي", "وهذا", "هذا", "وذلك"})
_WHICH = frozenset({"الذي", "التي"})
_JUDGING = frozenset({"استنكر", "استهجن", "استغرب", "اعتبر", "خشي", "توقع", "اعتقد"})
_MAX_NAME = 8  # tokens
_MAX_HASTENING = 8  # tokens from سارع to إلى نفيه


def pointing_in(view: View) -> list[Draft]:
    """Clauses that point back at what was said, with a verb of saying that has it for its object."""
    found = []
    for at in range(1, len(view) - 2):
        head = _head(view, at)
        draft = _from_verb(view, head, at + 1) or _from_masdar(view, head, at + 1) if head is not None else None
        while draft is not None:
            found.append(draft)
            draft = _joined(view, draft.end)
    return found


def _joined(view: View, at: int) -> Draft | None:
    """A second verb with the same object: … وتنفيه الوزارة, بينما نفته الشركة."""
    head = at + 1 if view.is_comma(at) else at
    verb = head + 1 if view.has(head, "connective") else head
    is_joined = verb > head or (head < len(view) and view.norm[head][:1] in {"و", "ف"})
    return _from_verb(view, head, verb) if is_joined and verb < len(view) else None


def _head(view: View, at: int) -> int | None:
    """Where what ends at a token points back: وهو ما, الأمر الذي, وهو اتهام; None where nothing does."""
    before = at - 1
    if view.norm[at] == "ما":
        return before if view.norm[before] in _IT_IS else None
    if view.norm[at] in _WHICH and view.has(before, "pointer") and view.norm[before].startswith("ال"):
        if before and view.norm[before - 1] in _IT_IS:
            return before - 1
        # In الأرقام التي أعلنتها الوزارة they stand for themselves.
        return before if view.norm[before] == "الامر" or view.is_comma(before - 1) else None
    if view.has(at, "pointer") and not view.norm[at].startswith("ال") and view.norm[before] in {"وهو", "وهي"}:
        return before
    return None


def _from_verb(view: View, head: int, at: int) -> Draft | None:
    """A finite verb with the pronoun of what is pointed at (نفاه, أشار إليه), and its subject."""
    found = forms_of(view, at)
    forms = [form for form in found[0] if form.kind in {"past", "present"}] if found is not None else []
    if found is None or not forms or not _says(forms[0].verb):
        return None
    owned = found[2]
    start = at + 1 if owned else at + 2
    if start >= len(view) or not (owned or view.has(at + 1, "pronoun")):
        return None
    phrase = _speaker(view, start)
    return _draft(view, head, at, start, phrase, forms[0].verb.stance) if phrase is not None else None


def _from_masdar(view: View, head: int, at: int) -> Draft | None:
    """A verb of doing at once with its subject, then the noun of saying: سارعت الشركة إلى نفيه."""
    phrase = _speaker(view, at + 1) if view.has(at, "hastening") else None
    if phrase is None:
        return None
    for end in range(phrase.end, min(phrase.end + _MAX_HASTENING, len(view))):
        if view.tokens[end].kind == "punct":
            return None
        stance = masdar_stance(view, end) if view.norm[end - 1] in {"الي", "علي"} or view.norm[end][:1] == "ب" else None
        if stance is not None:
            return _draft(view, head, end, end + 1, phrase, stance)
    return None


def _says(verb: Verb) -> bool:
    """Whether a verb says yes or no to what it points at; انتقده judges it."""
    tells = verb.stance == "denies" or "clause" in verb.takes
    plain = verb.object not in {"content", "addressee"} and verb.trust != "clause" and verb.lemma not in _JUDGING
    return tells and plain and verb.stance != "demands"


def _speaker(view: View, at: int) -> Phrase | None:
    """Who speaks: right after a verb that has its object a definite noun is its subject, known or not."""
    near = range(at + 1, min(at + _MAX_NAME, len(view)))
    until = next((end for end in near if view.has(end, "emphatic")), None)
    phrase = read_phrase(view, at, nominal=False, until=until)
    word = view.norm[at]
    owned = word.endswith(("ها", "هم")) or view.original(at).endswith("ه")
    if phrase is None or not (phrase.known or has_article(word) or owned):
        return None
    return msgspec.structs.replace(phrase, known=True)


def _draft(view: View, head: int, at: int, end: int, phrase: Phrase, stance: Stance) -> Draft:
    return Draft(
        at=at, segment=segment_start(view, head), kind="particle", end=max(end, phrase.end), phrase=phrase,
        cue=view.span(at, end), stance=stance, points=True, score=0.7,
    )  # fmt: skip
