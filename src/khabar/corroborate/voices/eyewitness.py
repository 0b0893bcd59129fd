"""What an outlet's own people saw at the place: وشاهد مراسل الوكالة حفرة, وهرع موفدنا إلى المكان فرأى النار."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khabar.corroborate.cues import Cues
from khabar.corroborate.focus import Focus
from khabar.corroborate.naming import plain
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.outlets import Outlets, outlet_words, same_outlet
from khabar.corroborate.profiles import Voice
from khabar.corroborate.words import stem_of, words_of
from khabar.records import Reading

__all__ = ["first_seen", "outlet_that_saw", "saw_at"]

_SPEECH = re.compile(r"«(?:[^\s»]+\s+){3,}[^»]*»|\"(?:[^\s\"]+\s+){3,}[^\"]*\"|“(?:[^\s”]+\s+){3,}[^”]*”")
_THEN = 8  # words from a reporter to what was seen: هرع مراسل الشبكة إلى المكان | فوجد
_NEAR = 5  # words from a tour to whose it was: جولة أجرتها | «كذا»
_OURS = "نا"
_HELPS = frozenset({"متعاون", "متعاونه", "مع", "في", "لدي"})
_TO = frozenset({"من", "مع", "الي", "عبر", "لدي", "علي"})
_NOT = frozenset({"لم", "ولم", "فلم"})
_LOOK_BACK = 3
_LONG = 4  # letters of a word that can say what a report is about
_SENTENCE = 7  # words; less is a byline: من مراسلنا في البصرة
_HEADS = frozenset("وكاله صحيفه جريده قناه موقع اذاعه راديو شبكه بوابه منصه مجله يوميه تلفزيون".split())
_CAMERA = frozenset({"كاميرا", "عدسه", "مصور", "مصوره", "مراسل", "مراسله", "مندوب", "موفد", "فريق", "طاقم"})


def first_seen(reading: Reading, focus: Focus, cues: Cues) -> tuple[int, int, int | None] | None:
    """The first sentence of the unit's own matter in which a reporter saw something: its start and end, and which word
    the reporter is, None where it is the outlet that says `رأينا`."""
    own = tuple(outlet_words(reading.document.publisher or ""))
    matter = _matter(reading, focus)
    at = focus.unit.start
    while at < focus.unit.end:
        start, end = focus.sentence_of(at)
        at = end + 1
        words = words_of(reading.document.text[start:end])
        found = None if focus.has_turned(start + 1) else saw_at(words, cues, own)
        if found is None:
            continue
        crew = _is_crew(words, found, cues, own)
        cited = crew and found > 0 and cues.has("perceived", words[found - 1])
        if cited and matter.isdisjoint(map(stem_of, words)):
            continue  # the price of bread, and what else was seen beside the matter
        if crew:
            return start, end, found
        there = sum(_saw_itself(word, cues) or cues.has("unseen", word) for word in words) > 1  # لم نر عند وصولنا
        there = there or cues.any("witnessed", words) or _acts(words[found], cues)
        if not (there or _is_set(reading, start, end, matter)):
            continue  # لاحظنا, in a column
        if words[found] in words_of(_outside(reading, start, end)):
            return start, end, None
    return None


def _is_set(reading: Reading, start: int, end: int, matter: set[str]) -> bool:
    """Whether a sentence says where or when it was, or speaks of what title and lead speak of."""
    placed = any(m.type in {"PLACE", "TIME"} for m in starting_in(reading.mentions, start, end))
    return placed or not matter.isdisjoint(map(stem_of, words_of(reading.document.text[start:end])))


def _acts(word: str, cues: Cues) -> bool:
    """Whether the word is what the outlet, by its name, did."""
    return cues.has("perception", word) or cues.has("tour", word)


def _matter(reading: Reading, focus: Focus) -> set[str]:
    """The words of the title and the first sentence, without those of places and times."""
    start, end = focus.sentence_of(focus.dateline + (focus.dateline > focus.unit.start))
    lead = reading.document.text[start:end]
    named = (mention for mention in reading.mentions if mention.type in {"PLACE", "TIME"})
    common = {stem_of(word) for mention in named for word in words_of(mention.text)}
    words = (word for word in [*words_of(lead), *words_of(focus.unit.title)] if len(word) >= _LONG)
    return {stem_of(word) for word in words} - common


def _perceives(words: Sequence[str], at: int, cues: Cues) -> bool:
    """Whether a word of seeing stands right before who is of a crew, or follows with ف."""
    later = words[at + 1 : at + 1 + _THEN]
    before = at > 0 and cues.has("perception", words[at - 1])
    return before or any(word.startswith("ف") and cues.has("perception", word) for word in later)


def _outside(reading: Reading, start: int, end: int) -> str:
    """A sentence without what others are cited for."""
    kept: list[str] = []
    for claim in sorted(reading.claims, key=lambda claim: claim.content.start):
        if claim.content.start < end and start < claim.content.end:
            kept.append(reading.document.text[start : claim.content.start])
            start = max(start, claim.content.end)
    kept.append(reading.document.text[start:end])
    return _SPEECH.sub(" ", " ".join(kept))


def saw_at(words: Sequence[str], cues: Cues, own: Sequence[str] = ()) -> int | None:
    """Where in a sentence's folded words the reporter stands who saw something, or the word for what the outlet itself
    saw or did there; None for none. `own` are the words of the outlet's name."""
    contacts = cues.any("contact", list(words))
    for at, word in enumerate(words):
        if _saw_itself(word, cues) or (cues.has("unseen", word) and at and words[at - 1] in _NOT):
            return at
        if cues.has("presence", word) and _is_scene(words, at, cues):
            return at
        if not contacts and _is_of_outlet(words, at, cues, own):
            return at
        if not _is_crew(words, at, cues, own):
            continue
        if _perceives(words, at, cues) or (at and cues.has("perceived", words[at - 1])):
            return at
        if not contacts and _is_ours(words, at, own) and _is_there(words, at, cues):
            return at
    return None


def _saw_itself(word: str, cues: Cues) -> bool:
    """رأينا, وقوفنا; not لوجدنا, what would be."""
    first = any(cues.has(name, word) for name in ("witnessed", "there"))
    return first and not (word[:1] == "ل" and any(cues.has(name, word[1:]) for name in ("witnessed", "there")))


def _is_scene(words: Sequence[str], at: int, cues: Cues) -> bool:
    """كنا على بعد أمتار | عندما, وصلنا إليها ظهرا، | كان: whether who was there goes on to what there was."""
    return cues.any("scene", list(words[at + 1 : at + 1 + 2 * _THEN]))


def _is_of_outlet(words: Sequence[str], at: int, cues: Cues, own: Sequence[str]) -> bool:
    """رأت | «كذا», أحصت | الجريدة, جولة أجرتها | «كذا»: whether the outlet itself saw, counted or toured."""
    if cues.has("tour", words[at]):
        return any(_names_own(words, near, cues, own) for near in range(at + 1, min(at + _NEAR, len(words))))
    return cues.has("perception", words[at]) and _names_own(words, at + 1, cues, own)


def _names_own(words: Sequence[str], at: int, cues: Cues, own: Sequence[str]) -> bool:
    """Whether the outlet's name, or a noun for it, stands at a word, behind ل or a noun for what it is or not."""
    for first in (at, at + 1):
        if first < len(words) and (
            _is_name(words, first, own) or cues.has("newsroom", words[first].removeprefix("لل"))
        ):
            between = words[at:first]
            return all(word.removeprefix("ل") in _HEADS or word in _CAMERA for word in between)
    return False


def _is_name(words: Sequence[str], at: int, own: Sequence[str]) -> bool:
    said = [plain(word) for word in words[at : at + len(own)]]
    first = {said[0], said[0].removeprefix("ل"), plain(words[at].removeprefix("لل"))} if said else set()
    return bool(own) and own[0] in first and said[1:] == list(own[1:])


def _is_ours(words: Sequence[str], at: int, own: Sequence[str]) -> bool:
    """مراسلنا, مراسل «كذا»: whether who is of a crew is of this outlet's."""
    return words[at].endswith(_OURS) or _is_name(words, at + 1, own)


def _is_there(words: Sequence[str], at: int, cues: Cues) -> bool:
    """Whether who is of the crew does something at the place, and nobody speaks to them or asks them."""
    if words[at].startswith(("ل", "ول", "ب")) or (at and words[at - 1] in _TO) or len(words) < _SENTENCE:
        return False
    if not cues.has("reporter", words[at]):
        after = words[at + 1 : at + 1 + _THEN]  # فريقنا is a team as well
        return any(cues.has(name, word.removeprefix("ف")) for word in after for name in ("perception", "scene", "sees"))
    return not any(cues.has("cue", word) for word in words[max(0, at - _LOOK_BACK) : at])


def _is_crew(words: Sequence[str], at: int, cues: Cues, own: Sequence[str] = ()) -> bool:
    if cues.has("reporter", words[at]):
        return True
    following = words[at + 1] if at + 1 < len(words) else ""
    crew = cues.has("crew", words[at])
    return crew and (cues.has("newsroom", following) or words[at].endswith(_OURS) or _is_name(words, at + 1, own))


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
