"""Speakers whose names no mention knows, and those whose names are kept back."""

from __future__ import annotations

from khabar.attribution.modifiers import has_article
from khabar.attribution.phrases.reading import Reading
from khabar.attribution.view import View

__all__ = ["NEGATIONS", "apposed_stranger", "unnamed_end"]

NEGATIONS = frozenset({"لم", "لا", "لن"})
_MAX_UNNAMED = 7  # tokens from لم to اسمه
_MAX_STRANGER = 4  # words of a person's name


def unnamed_end(view: View, at: int) -> int | None:
    """The end of what says that nobody is named: مصدر | لم تسمه, لم يكشف عن هويته, لم تفصح عنه."""
    for end in range(at + 2, min(at + _MAX_UNNAMED, len(view))):
        if view.has(end, "identity") or (end == at + 2 and view.norm[end] in {"عنه", "عنها", "عنهم"}):
            return end + 1
        if view.tokens[end].kind != "word" or view.is_complementiser(end) or view.has(end, "saying"):
            break
    verb = view.norm[at + 1] if at + 1 < len(view) else ""
    return at + 2 if verb[:1] in {"ي", "ت", "ن"} and verb.endswith(("ه", "ها", "هم")) else None


def apposed_stranger(reading: Reading, at: int) -> int | None:
    """المتحدث باسم الولاية، فلان الفلاني، …: between commas a name that no mention knows."""
    view, head = reading.view, reading.head
    if head is None or head.kind not in {"office", "unnamed_official"} or reading.has_person or not reading.closed:
        return None
    end = at
    while end < len(view) and end - at < _MAX_STRANGER and _may_be_name(view, end):
        end += 1
    if end - at < 2 or not view.is_comma(end) or end + 1 >= len(view) or not _goes_on(view, end + 1):
        return None
    reading.called = reading.named = True
    return end


def _may_be_name(view: View, at: int) -> bool:
    word = view.norm[at]
    small = ("adjunct", "clause", "connective", "preposition", "relative", "negation", "withholding", "quantifier")
    if view.tokens[at].kind != "word" or view.timed[at] or view.is_complementiser(at) or view.noun(at) is not None:
        return False
    if view.has(at, "name_part"):
        return True
    clitic = word[:2] in {"لل", "وا", "با"} or word.endswith(("ات", "ا"))
    return not clitic and view.lexicon.forms.get(word) is None and not any(view.has(at, words) for words in small)


def _goes_on(view: View, at: int) -> bool:
    """Whether what a speaker says or where they say it follows the comma that closes an apposition."""
    opens = view.is_complementiser(at) or view.opened(at) is not None or view.timed[at] or has_article(view.norm[at])
    return opens or view.has(at, "adjunct") or view.has(at, "preposition") or view.norm[at][:1] == "ل"
