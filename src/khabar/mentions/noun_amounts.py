"""Amounts that a noun's own form gives, or that stand behind it: duals, `قتيل واحد`, `الدول الست`, `قتلى بالعشرات`."""

from __future__ import annotations

from khabar.mentions.amount import Amount
from khabar.mentions.count_scan import CountScan
from khabar.mentions.counted import Counted
from khabar.mentions.things import Thing, noun_thing, possessed, read_thing
from khabar.numerals.cardinals import Exact

__all__ = ["read_noun_first", "read_several"]

_TWO = frozenset({"اثنين", "اثنان", "اثنتين", "اثنتان"})
_ONE = frozenset({"واحد", "واحده", "واحدا"})
_ADJECTIVE = ("ين", "ان")


def read_noun_first(s: CountScan, at: int) -> Amount | None:
    """The amount that begins with a noun at `at`."""
    noun = s.noun(at)
    if noun is None:
        return _owned(s, at)
    if noun.number == 1:
        return _alternative(s, at, noun) or _single(s, at, noun)
    return _postposed(s, at, noun) or _two(s, at, noun) or _scattered(s, at, noun)


def _alternative(s: CountScan, at: int, noun: Counted) -> Amount | None:
    """`سيارة أو سيارتين`, `شرطي أو اثنين`."""
    if s.norm(at + 1) != "او" or s.words[at].definite:
        return None
    second = s.noun(at + 2)
    if s.norm(at + 2) in _TWO or (second and second.number == 2 and second.lemma == noun.lemma):
        return Amount(1, 2, at, at + 3, noun_thing(noun, at + 3))
    return None


def _single(s: CountScan, at: int, noun: Counted) -> Amount | None:
    """`قتيل واحد`, `مدنيا واحدا`: of people; `جانب واحد` is no count."""
    if not noun.person or s.words[at].definite or s.norm(at + 1) not in _ONE:
        return None
    return Amount(1, 1, at, at + 2, noun_thing(noun, at + 2))


def _two(s: CountScan, at: int, noun: Counted) -> Amount | None:
    """`جنديان`, `غارتين جويتين`, `عسكريين تركيين اثنين`; a definite dual is named before, so it counts nothing."""
    if s.words[at].definite:
        return None
    for here in (at + 1, at + 2):
        if s.norm(here) in _TWO:
            return Amount(2, 2, at, here + 1, noun_thing(noun, here + 1))
        if not s.plain(here) or not s.norm(here).endswith(_ADJECTIVE):
            break
    if noun.number != 2 or not noun.sure or (noun.construct and not _names_things(s, at + 1)):
        return None
    return Amount(2, 2, at, at + 1, noun_thing(noun, at + 1))


def _names_things(s: CountScan, at: int) -> bool:
    """Whether a construct dual goes on with a common noun (`ضابطي شرطة`), not with two names (`محافظتي لحج وأبين`)."""
    word = s.words[at] if s.plain(at) else None
    if word is None or word.kind != "word" or word.norm.startswith("ال") or word.norm in s.lex.stop:
        return False
    return not s.norm(at + 1).startswith("و")


def _postposed(s: CountScan, at: int, noun: Counted) -> Amount | None:
    """`الدول الست`, `المبادئ الثلاثة`, `الدول الـ12`, `ركائز ثلاث`, `القوى العالمية الست`."""
    if noun.number is not None:
        return None
    for here in (at + 1, at + 2):
        number = _number_behind(s, here, definite=s.words[at].definite)
        if number:
            return Amount(number[0], number[0], at, number[1], noun_thing(noun, number[1]))
        adjective = s.words[here] if s.plain(here) else None
        if adjective is None or adjective.norm.startswith("ال") != s.words[at].definite:
            return None
    return None


def _owned(s: CountScan, at: int) -> Amount | None:
    """`أبنائها الثلاثة`: a noun with a pronoun's suffix, which makes it definite; `الشيوخ المائة`."""
    if not s.free(at):
        return None
    noun = possessed(s, at)
    unknown = not s.words[at].known and s.words[at].norm.startswith("ال") and s.plain(at)
    if noun is None and not unknown:
        return None
    number = _number_behind(s, at + 1, definite=True)
    if number is None or (unknown and not (3 <= number[0] <= 10 or number[0] == 100)):
        return None
    thing = noun_thing(noun, number[1]) if noun else Thing("noun", number[1], None, s.words[at].norm[2:])
    return Amount(number[0], number[0], at, number[1], thing)


def _number_behind(s: CountScan, at: int, *, definite: bool) -> tuple[Exact, int] | None:
    if s.norm(at) == "ال" and s.free(at + 1) and definite:
        here = at + 1 + (s.norm(at + 1) in {'"', "("})
        number = s.number(here)
        if number is None:
            return None
        return number.value, number.end + (s.norm(number.end) in {'"', ")"} and here > at + 1)
    if not s.plain(at) or s.words[at].definite != definite or s.words[at].kind != "word":
        return None
    number = s.number(at)
    if number is None or not isinstance(number.value, int) or number.value < 3 or number.digits:
        return None
    if not definite and read_thing(s, number.end, number.value) is not None:
        return None
    return number.value, number.end


def _scattered(s: CountScan, at: int, noun: Counted) -> Amount | None:
    """`قتلى بالعشرات`."""
    if noun.number is not None or not s.free(at + 1) or s.words[at + 1].lead != "ب":
        return None
    bounds = s.lex.numbers.vague.get(s.words[at + 1].base)
    if bounds is None or not s.words[at + 1].definite:
        return None
    return Amount(bounds[0], bounds[1], at, at + 2, noun_thing(noun, at + 2), approximate=True)


def read_several(s: CountScan, at: int) -> Amount | None:
    """`أطنان من الأسلحة`: the bare plural of a unit is three or more of it."""
    word = s.words[at] if s.free(at) else None
    if word is None or word.definite or s.norm(at + 1) != "من":
        return None
    for words, unit in s.lex.units.by_first.get(word.base, ()):
        if len(words) == 1 and unit.kind not in {"age", "percent"} and word.base in s.lex.several:
            return Amount(3, None, at, at + 1, Thing("unit", at + 1, unit.en, unit.lemma, unit.kind), approximate=True)
    return None
