"""What stands beside the words of a speaker's phrase: relative clauses, descriptions, circumstances, professions."""

from __future__ import annotations

from khabar.attribution.modifiers import is_title, relative_end
from khabar.attribution.phrases.reading import Reading
from khabar.attribution.view import View

__all__ = ["is_circumstance", "is_kin", "is_profession", "owns_within", "relative_after", "who_is"]

_TANWEEN = "\u064b"
_THERE = frozenset({"به", "بها", "فيه", "فيها", "لديه", "لديها"})
_MAX_RELATIVE = 22


def is_circumstance(reading: Reading, at: int) -> bool:
    """Whether a word with tanween stands beside the phrase, not in it: قال زوجها | متحفظاً, أبدى اللاعب | تفاؤلاً."""
    view = reading.view
    many = reading.head is not None and reading.head.agrees == "p"  # مسؤولين أتراكاً
    return not many and _TANWEEN in view.original(at) and _TANWEEN not in view.original(reading.start)


def owns_within(reading: Reading, at: int) -> bool:
    """مدير الطوارئ بها، الدكتور فلان, الطبيب المناوب فيها فلان: a place of before between a title and its name."""
    view = reading.view
    named = reading.named or not (reading.titled or reading.governed_by("witness"))
    if named or view.norm[at] not in _THERE or at + 1 >= len(view):
        return False
    following = at + 2 if view.is_comma(at + 1) else at + 1
    is_person = following in view.names and view.names[following].mention.type == "PERSON"
    return is_person or is_title(view, following)


def is_profession(view: View, at: int) -> bool:
    """المسؤول عن النقطة، الممرض | فلان: what a person does, right before the name."""
    found = view.noun(at)
    is_definite = found is not None and found[2] and found[0].kind == "witness"
    return is_definite and at + 1 in view.names and view.names[at + 1].mention.type == "PERSON"


def is_kin(view: View, at: int) -> bool:
    """والد فلان, شقيق فلان."""
    found = view.noun(at)
    return found is not None and found[1] == 0 and found[0].kind == "witness" and found[0].takes == "idafa"


def relative_after(reading: Reading, at: int) -> int | None:
    """A relative clause belongs to who is not named otherwise, or says what a named person does."""
    if reading.has_person and reading.nominal and not reading.view.has(at + 1, "describing"):
        return None
    closing = _closed_relative(reading.view, at)
    return closing if closing is not None else relative_end(reading.view, at)


def _closed_relative(view: View, at: int) -> int | None:
    """The comma that closes a relative clause set off by commas where what was said follows: ، الذي تحدث إلى كذا، أن"""
    if not view.is_comma(at - 1):
        return None
    for end in range(at + 1, min(at + _MAX_RELATIVE, len(view) - 1)):
        if view.is_complementiser(end) or view.norm[end] in {":", ".", "؛"}:
            return None
        if view.is_comma(end):
            return end if view.is_complementiser(end + 1) else None
    return None


def who_is(reading: Reading, at: int) -> int | None:
    """محمد سالم وهو قائد ميداني: a description, not وهو يقف, a circumstance."""
    following = reading.view.norm[at + 1] if at + 1 < len(reading.view) else "ي"
    if not (reading.named or reading.hides) or following[0] in {"ي", "ت"}:
        return None
    return relative_end(reading.view, at)
