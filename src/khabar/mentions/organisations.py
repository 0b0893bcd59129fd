"""Names of organisations that no table has: by their head (`وزارة`, `حزب`) or by what stands before them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from khabar.mentions.lexicon import names_forms, readings, whole_words
from khabar.mentions.vocabulary import Vocabulary
from khabar.resources import Tables
from khabar.text import kept

__all__ = ["Heads", "OrganisationName", "build_heads", "find_organisations"]

_JOINED = 3  # nouns that `و` may join to a name
_FUNCTION = frozenset(
    "في من الي على علي عن مع بعد قبل بين حول ضد منذ خلال امس اليوم ان قد كان قال الذي التي الا غير كل بلاد".split()
)


class OrganisationName(msgspec.Struct, frozen=True, gc=False):
    """An unknown organisation in a sentence: tokens `[first, last)` and the letters of clitics before it."""

    first: int
    last: int
    cut: int


class _Row(msgspec.Struct, frozen=True):
    kind: str
    words: str


class Heads:
    """The words of data/names/heads.tsv by kind, in normal form."""

    def __init__(self, kinds: dict[str, frozenset[str]], whole: frozenset[str]) -> None:
        """`whole` are words that no clitic is taken off (see `lexicon.readings`)."""
        self._kinds, self._whole = kinds, whole
        self.readings = kept(self._readings)

    def has(self, word: str, kind: str) -> bool:
        return kind in self._kinds.get(word, frozenset())

    def _readings(self, word: str) -> tuple[tuple[int, frozenset[str]], ...]:
        """The readings of a word that are heads: how many letters are clitics, and the kinds."""
        ways = readings(word, self._whole)
        return tuple((cut, self._kinds[head]) for cut, head in ways if head in self._kinds)


def build_heads(tables: Tables) -> Heads:
    """The heads of data/names/heads.tsv."""
    kinds: dict[str, frozenset[str]] = {}
    for row in tables.rows("names/heads.tsv", _Row):
        for word in names_forms(row.words.split()):
            kinds[word] = kinds.get(word, frozenset()) | {row.kind}
    return Heads(kinds, tables.compiled(whole_words))


def find_organisations(words: Sequence[str], heads: Heads, vocabulary: Vocabulary) -> list[OrganisationName]:
    """Organisations in one sentence of folded words that their head tells, left to right."""
    found: list[OrganisationName] = []
    at = 0
    while at < len(words):
        name = _name_at(words, at, heads, vocabulary)
        if name is None:
            at += 1
        else:
            found.append(name)
            at = name.last
    return found


def _name_at(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary) -> OrganisationName | None:
    for cut, kinds in heads.readings(words[at]):
        if "before" in kinds:
            quoted = _quoted(words, at + 1, heads)
            if quoted is not None:
                return quoted
        last = at
        if "unit" in kinds:
            last = _unit(words, at + 1, heads, vocabulary)
        if last > at + 1:
            return OrganisationName(at, last, cut)
        if kinds & {"head", "named"}:
            last = _complement(words, at + 1, heads, vocabulary, strict="head" not in kinds)
        elif "definite" in kinds:
            last = _adjectives(words, at + 1, heads, vocabulary)
            if "weak" in kinds and last == at + 2 and words[at + 1] in vocabulary.demonyms:
                continue  # الشركة الفرنسية: which one, the article has said
            if last > at + 1:
                last = _purpose(words, last, heads, vocabulary)
        if last > at + 1:
            return OrganisationName(at, last, cut)
    return None


def _quoted(words: Sequence[str], at: int, heads: Heads) -> OrganisationName | None:
    """A name in quotation marks at `at`, of at most four words."""
    if at >= len(words) or words[at] != '"':
        return None
    for end in range(at + 2, min(at + 6, len(words))):
        if words[end] == '"':
            return OrganisationName(at + 1, end, 0)
        if not words[end - 1][:1].isalnum():
            return None
    return None


def _unit(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary) -> int:
    """A numbered military unit: `اللواء 15 مشاة`, `الفرقة الرابعة`, `المنطقة العسكرية الثالثة`."""
    military = at < len(words) and words[at] in ("العسكريه", "العسكري")
    number = at + 1 if military else at
    if not military and words[at - 1].endswith("منطقه"):
        return at
    if number >= len(words) or not (words[number].isdigit() or heads.has(words[number], "ordinal")):
        return at
    end = number + 1
    while end < len(words) and end <= number + 2 and heads.has(words[end], "arm"):
        end += 1
    return _adjectives(words, end, heads, vocabulary)


def _complement(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary, *, strict: bool) -> int:
    """Where a name with a bare head ends whose complement starts at `at`; `at` if none does.

    A strict head (`مركز`, `كتيبة`) takes a complement of ordinary words only with a purpose after it.
    """
    end = _noun(words, at, heads, vocabulary, strict=strict)
    if end == at:
        return at
    plain = _adjectives(
        words, _joined(words, _adjectives(words, end, heads, vocabulary), heads, vocabulary), heads, vocabulary
    )
    last = _purpose(words, plain, heads, vocabulary)
    if strict and last == plain and vocabulary.kind(words[at]) == "ordinary":
        return at
    return last


def _noun(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary, *, strict: bool) -> int:
    """The end of the noun, or chain of nouns, that complements a head."""
    if at >= len(words) or not words[at][:1].isalpha():
        return at
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if vocabulary.contexts.get(word, frozenset()) & {"honorific", "office"} or word in vocabulary.demonyms:
        return at
    kind = vocabulary.kind(word)
    if (word[:2] == "ال" and len(word) > 2) or kind == "rare" or (kind == "place" and not strict):
        return at + 1
    if kind in ("given", "name"):
        return at
    verbal = word[-2:] in ("يه", "وا") or len(word) < 3 or word in _FUNCTION or word[:1] == "ل"
    if verbal or following in vocabulary.demonyms or following[:2] != "ال":
        return at
    return at + 2


def _adjectives(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary) -> int:
    """The end of the definite adjectives that start at `at`."""
    while at < len(words) and _is_adjective(words[at], heads, vocabulary):
        at += 1
    return at


def _is_adjective(word: str, heads: Heads, vocabulary: Vocabulary) -> bool:
    if word[:2] != "ال" or len(word) < 4:
        return False
    return word in vocabulary.demonyms or heads.has(word, "adjective")


def _joined(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary) -> int:
    for _ in range(_JOINED):
        if at >= len(words) or words[at][:1] != "و" or not heads.has(words[at][1:], "joined"):
            break
        at = _adjectives(words, at + 1, heads, vocabulary)
    return at


def _purpose(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary) -> int:
    """A complement with ل: `للأنباء`, `لحقوق الإنسان`."""
    if at >= len(words) or words[at][:1] != "ل":
        return at
    word = words[at]
    if word[:2] == "لل" and heads.has("ال" + word[2:], "purpose"):
        return _joined(words, _adjectives(words, at + 1, heads, vocabulary), heads, vocabulary)
    if heads.has(word[1:], "purpose") and at + 1 < len(words) and words[at + 1][:2] == "ال":
        return _joined(words, _adjectives(words, at + 2, heads, vocabulary), heads, vocabulary)
    return at
