"""Whether a verb form and a noun phrase agree, as subject and verb do in Arabic."""

from __future__ import annotations

from khabar.attribution.lexicon import Agreement
from khabar.attribution.modifiers import TITLES
from khabar.attribution.phrases import Phrase

__all__ = ["agreement_of", "can_be_subject"]


def agreement_of(phrase: Phrase, verb: Agreement | str) -> Agreement | str:
    """m, f or p: by the head noun, a place is feminine, else by the verb that it was the subject of."""
    if phrase.quantified:
        return verb
    if phrase.head is not None:
        return phrase.head.agrees
    if phrase.is_place and phrase.names:
        return "" if phrase.masculine else "f"
    return verb


def can_be_subject(phrase: Phrase, verb: Agreement | str, *, after: bool) -> bool:
    """Whether the phrase can be the subject; a verb before it (`after`) stays singular for people."""
    known = "" if phrase.quantified else agreement_of(phrase, "")
    if not known or not verb:
        return True
    if not after:
        return known == verb
    if verb == "p":
        return False
    # رجحت عضو اللجنة: a title may be a woman's; والده and والدة look alike once folded.
    may_be_woman = phrase.head is not None and (phrase.head.kind in TITLES or phrase.head.kind == "witness")
    return may_be_woman or {known, verb} != {"m", "f"}
