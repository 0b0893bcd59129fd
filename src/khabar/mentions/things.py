"""What a number counts: the words after it."""

from __future__ import annotations

import re

import msgspec

from khabar.mentions.count_scan import CountScan
from khabar.mentions.counted import Counted
from khabar.numerals.cardinals import Exact

__all__ = ["Thing", "noun_thing", "possessed", "read_thing"]

_MARKS = re.compile("[\u0640\u064b-\u0652]")
_OF_THEM = frozenset({"منهم", "منها", "منهن", "منهما"})
_SUFFIXES = ("هما", "هم", "هن", "ها", "ه")


class Thing(msgspec.Struct, frozen=True):
    """What is counted, ending before word `end`: kind noun, unit, or back (what was counted before)."""

    kind: str
    end: int
    en: str | None = None
    ar: str | None = None
    unit_kind: str = ""
    person: bool = False


def noun_thing(noun: Counted, end: int) -> Thing:
    """A noun of the table as what is counted."""
    return Thing("noun", end, noun.en, noun.lemma, person=noun.person)


def read_thing(s: CountScan, at: int, value: Exact | None) -> Thing | None:
    """What stands after a number that ends before word `at`; `value` is None for a vague one."""
    quoted = s.norm(at) in {'"', ")"} and s.norm(at + 1) not in {"", ".", "،", ","}
    here = at + quoted
    if s.norm(here) in s.lex.times:
        return None
    return (
        _unit(s, at, value) or _unit(s, here, value) or _partitive(s, here) or _back(s, here) or _noun(s, here, value)
    )


def _unit(s: CountScan, at: int, value: Exact | None) -> Thing | None:
    found = s.phrase(at + (s.norm(at) == "/"), s.lex.units, first=False)
    if found is None:
        return _definite_unit(s, at) if value is None else None
    unit, end = found
    return None if unit.kind == "age" else Thing("unit", end, unit.en, unit.lemma, unit.kind)


def _definite_unit(s: CountScan, at: int) -> Thing | None:
    """`آلاف الأطنان`, `مليارات من الدولارات`."""
    word = s.words[at] if s.plain(at) else None
    if word is None or not word.definite:
        return None
    for words, unit in s.lex.units.by_first.get(word.base, ()):
        if len(words) == 1 and unit.kind != "age":
            return Thing("unit", at + 1, unit.en, unit.lemma, unit.kind)
    return None


def _partitive(s: CountScan, at: int) -> Thing | None:
    """`102 من المسلحين`, `خمسة منهم`, `2 من طاقمه`, `41 من ميليشيات الحوثيين`, `مئات الملايين من الدولارات`."""
    if s.norm(at) in _OF_THEM:
        return Thing("back", at + 1, person=s.norm(at) in {"منهم", "منهن"})
    if s.norm(at) != "من" or not s.plain(at + 1):
        return None
    unit = _definite_unit(s, at + 1)
    if unit:
        return unit
    noun = s.noun(at + 1) or possessed(s, at + 1)
    if noun is not None:
        return noun_thing(noun, at + 2)
    return _partitive_unknown(s, at + 1)


def _partitive_unknown(s: CountScan, at: int) -> Thing | None:
    word = s.words[at]
    if word.norm == '"' and s.free(at + 1) and s.words[at + 1].kind == "word":
        return Thing("noun", at + 2, None, s.words[at + 1].raw)
    if word.kind != "word" or word.norm in s.lex.stop:
        return None
    if word.norm.startswith("ال"):
        return Thing("noun", at + 1, None, word.raw[2:])
    if word.norm in {"هولاء", "بين"}:
        return Thing("back", at + 1, person=True)
    construct = s.norm(at + 1).startswith("ال")
    return Thing("noun", at + 1, None, word.raw) if construct or word.norm.endswith(_SUFFIXES[:4]) else None


def possessed(s: CountScan, at: int) -> Counted | None:
    """The noun of the table under a pronoun's suffix: `أبنائها`, `طاقمه`."""
    if not s.plain(at) or s.words[at].known:
        return None
    norm = s.words[at].norm
    for suffix in _SUFFIXES:
        stem = norm.removesuffix(suffix)
        if stem != norm and len(stem) >= 3:
            # The hamza of a broken plural sits on ya before a suffix: `أبناء`, `أبنائها`.
            found = s.lex.nouns.get(stem) or s.lex.nouns.get(stem[:-1] + "ء" if stem.endswith("ي") else stem)
            if found is not None and found.number != 2:
                return found
    return None


def _back(s: CountScan, at: int) -> Thing | None:
    if s.plain(at) and s.words[at].base in s.lex.back:
        return Thing("back", at + 1, person=s.words[at].base.endswith(("ون", "ين", "ان")))
    return None


def _noun(s: CountScan, at: int, value: Exact | None) -> Thing | None:
    if not s.plain(at):
        return None
    word = s.words[at]
    noun = s.lex.nouns.get(word.base)
    if noun is not None and (not word.definite or value is None):
        return noun_thing(noun, at + 1) if value is None or noun.number != 2 else None
    if word.kind != "word" or word.norm in s.lex.stop or word.known or len(word.norm) < 3:
        return None
    if value is None:
        return Thing("noun", at + 1, None, word.raw[2:]) if word.norm.startswith("ال") else None
    if word.glued or word.norm.startswith("ال") or not _looks_counted(word.norm, value):
        return None
    return Thing("noun", at + 1, None, _lemma(word.raw, value))


def _looks_counted(norm: str, value: Exact) -> bool:
    """Whether an unknown word has the form of what this number counts.

    After 11 to 99 that is an accusative singular, which ends in alef, ta marbuta or ya; after 3 to 10 and after
    hundreds any noun, but neither a verb's prefix or plural nor a conjunction.
    """
    if norm.startswith("و") or norm.endswith("وا"):
        return False
    if not isinstance(value, int):
        return True
    rest = value % 100
    if 11 <= rest <= 99:
        return norm.endswith(("ا", "ه", "اء", "ي"))
    verb = norm.startswith(("ي", "ست", "سي")) or (norm.endswith("ت") and not norm.endswith("ات"))
    return not verb


def _lemma(raw: str, value: Exact) -> str:
    """The noun as it is written, without marks; the accusative's alef after 11 to 99 is taken off."""
    plain = _MARKS.sub("", raw)
    return plain[:-1] if isinstance(value, int) and 11 <= value % 100 <= 99 and plain.endswith("ا") else plain
