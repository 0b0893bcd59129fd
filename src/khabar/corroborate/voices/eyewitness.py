"""What an outlet's own people saw at the place: وشاهد مراسل الوكالة حفرة, وهرع موفدنا إلى المكان فرأى النار."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khabar.corroborate.cues import Cues
from khabar.corroborate.focus import Focus
from khabar.corroborate.outlets import Outlets, outlet_words, same_outlet
from khabar.corroborate.profiles import Voice
from khabar.corroborate.words import words_of
from khabar.records import Reading

__all__ = ["first_seen", "outlet_that_saw", "saw_at"]

_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”")
_THEN = 8  # words from a reporter to what was seen: هرع مراسل الشبكة إلى المكان | فوجد
_OURS = "نا"
_HELPS = frozenset({"متعاون", "متعاونه", "مع", "في", "لدي"})


def first_seen(reading: Reading, focus: Focus, cues: Cues) -> tuple[int, int, int | None] | None:
    """The first sentence of the unit's own matter in which a reporter saw something: its start and end, and which word
    the reporter is, None where it is the outlet that says `رأينا`."""
    at = focus.unit.start
    while at < focus.unit.end:
        start, end = focus.sentence_of(at)
        at = end + 1
        sentence = reading.document.text[start:end]
        words = words_of(sentence)
        found = None if focus.has_turned(start + 1) else saw_at(words, cues)
        if found is None:
            continue
        if not cues.has("witnessed", words[found]):
            return start, end, found
        told = any(claim.content.start < end and start < claim.content.end for claim in reading.claims)
        if not told and words[found] in words_of(_QUOTED.sub(" ", sentence)):
            return start, end, None
    return None


def saw_at(words: Sequence[str], cues: Cues) -> int | None:
    """Where in a sentence's folded words the reporter stands who saw something; None for none."""
    for at, word in enumerate(words):
        if cues.has("witnessed", word):
            return at
        if not _is_of_crew(words, at, cues):
            continue
        if at and cues.has("perception", words[at - 1]):
            return at
        if any(later.startswith("ف") and cues.has("perception", later) for later in words[at + 1 : at + 1 + _THEN]):
            return at
    return None


def _is_of_crew(words: Sequence[str], at: int, cues: Cues) -> bool:
    if cues.has("reporter", words[at]):
        return True
    following = words[at + 1] if at + 1 < len(words) else ""
    return cues.has("crew", words[at]) and cues.has("newsroom", following)


def outlet_that_saw(text: str, at: int, own: str, outlets: Outlets) -> Voice | None:
    """Whose the reporter is who stands at this word of a sentence; None for the outlet's own."""
    parts = [part for part in text.split() if words_of(part)]
    if words_of(text)[at].endswith(_OURS):
        return None  # مراسلنا, whatever follows
    rest = parts[at + 1 :]
    for name, quoted in _names(rest):
        words = outlet_words(name)
        its_own = (
            own.removeprefix("outlet:").split()[: len(words)] == words
        )  # مراسل رؤيا | المشرق, though there is a رؤيا
        if its_own or same_outlet(outlets.key(name), own) or not (quoted or outlets.known(name)):
            return None
        return Voice(name, "media", outlets.key(name))
    return None


def _names(parts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The name that follows a reporter: as far as it is quoted, else a word."""
    kept = [part for part in parts[:4] if not _HELPS.intersection(words_of(part))]
    whole = " ".join(kept)
    opened = whole.find("«")
    if 0 <= opened <= len(kept[0]) + 1 and "»" in whole:
        yield whole[opened + 1 : whole.index("»")], True
    elif kept and outlet_words(kept[0]):
        yield kept[0], False
