"""What a number counts: the words after it, or before it."""

from __future__ import annotations

import msgspec

from khabar.mentions.count_scan import CountScan
from khabar.mentions.numbers import Exact

__all__ = ["Thing", "read_thing"]


class Thing(msgspec.Struct, frozen=True):
    """What is counted, ending before word `end`: kind noun, unit, back (what was counted before) or bare."""

    kind: str
    end: int
    en: str | None = None
    ar: str | None = None
    unit_kind: str = ""


_BACK = Thing("back", 0)


def read_thing(s: CountScan, at: int, value: Exact | None) -> Thing | None:
    """What stands after a number that ends before word `at`; `value` is None for a vague one."""
    quoted = s.norm(at) in {'"', ")"} and s.norm(at + 1) not in {"", ".", "،", ","}
    here = at + quoted
    return _unit(s, at) or _unit(s, here) or _partitive(s, here) or _back(s, here) or _noun(s, here, value)


def _unit(s: CountScan, at: int) -> Thing | None:
    found = s.phrase(at, s.lex.units, first=False)
    if found is None and s.norm(at) == "/":
        found = s.phrase(at + 1, s.lex.units, first=False)
    if found is None:
        return None
    unit, end = found
    if unit.kind == "age":
        return None
    return Thing("unit", end, unit.en, unit.lemma, unit.kind)


def _partitive(s: CountScan, at: int) -> Thing | None:
    """`102 من المسلحين`, `خمسة منهم`, `2 من طاقمه`, `مئات الملايين من الدولارات`."""
    if s.norm(at) in {"منهم", "منها", "منهن", "منهما"}:
        return Thing("back", at + 1)
    if s.norm(at) != "من" or not s.free(at + 1):
        return None
    word = s.words[at + 1]
    unit = s.lex.units.by_first.get(word.base)
    if unit and word.definite:
        meaning = next((m for words, m in unit if len(words) == 1), None)
        if meaning and meaning.kind != "age":
            return Thing("unit", at + 2, meaning.en, meaning.lemma, meaning.kind)
    noun = s.noun(at + 1)
    if noun is not None:
        return Thing("noun", at + 2, noun.en, noun.lemma)
    if word.kind == "word" and not word.lead and (word.norm.startswith("ال") or word.norm in {"هولاء", "هذه"}):
        return Thing("noun", at + 2, None, word.norm[2:] if word.norm.startswith("ال") else None)
    if word.norm == '"' and s.free(at + 2) and s.words[at + 2].kind == "word":
        return Thing("noun", at + 3, None, s.words[at + 2].norm)
    return None


def _back(s: CountScan, at: int) -> Thing | None:
    if s.plain(at) and s.words[at].base in s.lex.back:
        return Thing("back", at + 1)
    return None


def _noun(s: CountScan, at: int, value: Exact | None) -> Thing | None:
    if not s.plain(at) and not (s.free(at) and s.words[at].lead and s.words[at].lead == "و" and False):
        return None
    word = s.words[at]
    noun = s.lex.nouns.get(word.base)
    if noun is not None and (not word.definite or value is None):
        return Thing("noun", at + 1, noun.en, noun.lemma) if _agrees(value, noun.number) else None
    if word.kind != "word" or word.norm in s.lex.stop or word.known or len(word.norm) < 3:
        return None
    if value is None:
        return Thing("noun", at + 1, None, word.norm[2:]) if word.norm.startswith("ال") else None
    if word.definite or word.norm.startswith("ال") or not _looks_counted(word.norm, value):
        return None
    return Thing("noun", at + 1, None, _lemma(word.norm, value))


def _agrees(value: Exact | None, number: int | None) -> bool:
    """A dual is never counted by another number."""
    return value is None or number != 2


def _looks_counted(norm: str, value: Exact) -> bool:
    """Whether an unknown word has the form of what this number counts: after 11 to 99 an accusative singular, which
    ends in alef, ta marbuta or hamza; after 3 to 10 and after hundreds any noun, but no verb's prefix."""
    if not isinstance(value, int):
        return True
    rest = value % 100
    if 11 <= rest <= 99:
        return norm.endswith(("ا", "ه", "اء", "ي"))
    return not norm.startswith(("ي", "ست", "سي"))


def _lemma(norm: str, value: Exact) -> str:
    return norm[:-1] if isinstance(value, int) and 11 <= value % 100 <= 99 and norm.endswith("ا") else norm
