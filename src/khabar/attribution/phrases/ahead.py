"""What stands ahead in a speaker's phrase: the name to which an office, a rank and its adjectives lead; the name of
who was told."""

from __future__ import annotations

from khabar.attribution.cues import is_asking, is_telling
from khabar.attribution.modifiers import TITLES, has_article, is_definite_adjective, name_skip
from khabar.attribution.phrases.beside import is_profession
from khabar.attribution.phrases.reading import Reading
from khabar.attribution.view import View

__all__ = ["is_told_by_name", "name_ahead"]

_FARTHEST = 5  # tokens from the first word of a rank to the name
_OF_RANKS = frozenset({"اول", "ثان", "ركن", "طيار", "بحري", "دكتور", "مهندس", "حقوقي"})
_RANKS = frozenset({"الفريق", "الطيار", "الركن", "الاسبق", "الاداري", "المهندس"})


def name_ahead(reading: Reading, at: int) -> bool:
    """Whether a word with the article after an office leads on to the name of who holds it: رئيس الهيئة | الفريق فلان,
    وزير الري | الأسبق فلان, الكابتن | الطيار فلان."""
    view = reading.view
    if reading.head is None or reading.head.kind not in TITLES or reading.has_person or not reading.closed:
        return False
    for end in range(at, min(at + _FARTHEST, reading.until)):
        name = view.names.get(end)
        if name is not None:
            return end > at and name.mention.type == "PERSON" and not name_skip(view, name)
        if not _leads(view, end, asking=is_asking(view, reading.start)):
            return False
    return False


def _leads(view: View, at: int, *, asking: bool) -> bool:
    """Whether a word may stand between an office and a name: a rank, an honorific, an adjective; an office too, unless
    its holder is asked: ناشد رئيس الحزب | الوزير فلانا."""
    word = view.norm[at]
    if word in _OF_RANKS or word in _RANKS:
        return True
    if not has_article(word):
        return False
    if is_profession(view, at) and not asking:
        return True  # عضو المجلس | المحامي فلان
    found = view.noun(at)
    if found is None:
        return is_definite_adjective(view, at)
    kinds = {"rank", "honorific"} if asking else TITLES
    return found[0].kind in kinds and found[0].agrees != "p"


def is_told_by_name(reading: Reading, at: int) -> bool:
    """أبلغ مصدر في المستشفى | «كذا» أن: after a verb that tells somebody, a quoted name right before what is said
    is who was told, unless it is the name of what stands before it: كتيبة «كذا», السفينة «كذا»."""
    view = reading.view
    quotation = view.opened(at)
    close = view.close_of(quotation) if quotation is not None else None
    if close is None or close + 1 >= len(view) or not view.is_complementiser(close + 1):
        return False
    return is_telling(view, reading.start) and not _is_named_by(view, at - 1)


def _is_named_by(view: View, at: int) -> bool:
    """Whether a quoted name after this word is the name of what it says: a bare generic noun, or a vessel."""
    found = view.noun(at) if view.covered[at] is None else None
    bare = found is not None and not found[2] and not view.has(at, "adjective")
    return bare or view.has(at, "naming") or view.has_noun(at, "vessel")
