"""Who speaks because a reporter met them: the sentence names them, and tells what they said in a clause of its own."""

from __future__ import annotations

from khabar.attribution.agreement import can_be_subject
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.speakers import NAMELESS, antecedent
from khabar.attribution.view import View

__all__ = ["met_before", "met_beside", "met_in"]

_OPENING = 6  # tokens in which a sentence says that somebody was met
_NEAREST = 8  # tokens from somebody without a name to the verb that tells of them


def met_before(view: View, at: int, agrees: str) -> Phrase | None:
    """Whom a reporter met, who then speaks: التقت القناة | نازحة من القرية، فقالت; تواصلنا مع | ناشط، فذكر."""
    return met_in(view, at, agrees) if view.norm[at].startswith("ف") else None


def met_in(view: View, at: int, agrees: str = "") -> Phrase | None:
    """Whom a reporter met, by what stands before token `at`: تواصلت الصحيفة مع ثلاثة من | سكان البلدة."""
    if not any(view.has_joined(i, "meeting") for i in range(min(at, _OPENING))):
        return None
    for first in range(1, at):
        noun = view.noun(first)
        person = first in view.names and view.names[first].mention.type == "PERSON"
        if not person and (noun is None or noun[0].kind not in NAMELESS):
            continue
        phrase = read_phrase(view, first, nominal=True, until=at)
        if phrase is not None and phrase.known and can_be_subject(phrase, agrees, after=False):
            return phrase
    return None


def met_beside(view: View, at: int, agrees: str) -> Phrase | None:
    """مقابلة مع | طالبة في كلية كذا | قالت إنها: somebody without a name right before a verb of saying, of whom it
    tells what was said, whatever governs them."""
    if at + 1 >= len(view) or not (
        view.is_complementiser(at + 1) or view.is_complementiser(min(at + 2, len(view) - 1))
    ):
        return None
    for first in range(at - 1, max(0, at - _NEAREST), -1):
        noun = view.noun(first)
        joined = noun is not None and noun[1] > 0 and view.norm[first][:1] in {"و", "ف"}
        if noun is None or joined or noun[2] or noun[0].kind not in NAMELESS:
            continue  # أسماء ستة عشر شابا | وفتى | قال إنهم
        phrase = antecedent(view, at, agrees)
        return phrase if phrase is not None and phrase.end == at and phrase.start <= first else None
    return None
