"""Names of persons by their words (`بن`, `أبو`, `عبد`) and by what stands before them: titles, offices, verbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from khabar.mentions.lexicon import lexicon_word, readings
from khabar.mentions.vocabulary import Vocabulary
from khabar.text import Sentence

__all__ = ["PersonName", "find_persons", "folded_words", "name_parts"]

_BIN = frozenset({"بن", "ابن", "بنت", "ولد"})
_KUNYA = frozenset({"ابو", "ابي", "ابا", "ام"})
_FAMILY = "ال"  # آل, folded
_SECOND = frozenset({"الدين", "الله", "الزمان", "الاسلام", "الحق", "ربه", "اللهيان"})
_SERVANT = frozenset({"عبد", "عبيد"})
_GLUE = _BIN | _KUNYA | _SERVANT | {_FAMILY}
_ELDERS = frozenset({"الشيخ", "شيخ", "الحاج", "الملك", "الامير", "سيدي", "السيد"})  # ولد الشيخ أحمد
_ORDINALS = frozenset({"الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"})
_TITLES = frozenset({"honorific", "office", "modifier"})
_FUNCTION = frozenset("في من الي على عن مع بعد قبل بين حول ضد منذ خلال امس اليوم ان قد كان قال الذي التي".split())
_LONGEST = 9  # words of a name
_REACH = 8  # words between the head of an office phrase and the name
_OPENERS = frozenset({'"', "(", "'", "["})
_STRONG = frozenset({"given", "name"})
_POSSIBLE = frozenset({"given", "name", "perhaps", "rare"})


class PersonName(msgspec.Struct, frozen=True, gc=False):
    """A name in a sentence: tokens `[first, last)`, `cut` letters of clitics before it, its folded words, and how it
    was told: by what stands before it (`title`, `office`, `saying`, `naming`, `kin`, `rule`) or by its own `words`."""

    first: int
    last: int
    cut: int
    words: tuple[str, ...]
    evidence: str


def folded_words(original: str, sentence: Sentence) -> list[str]:
    """The words of a sentence, folded; but `على` keeps its last letter, so that it stays apart from علي."""
    return [
        "على" if token.norm == "علي" and original[token.end - 1] == "ى" else lexicon_word(token.norm)
        for token in sentence.tokens
    ]


def find_persons(words: Sequence[str], vocabulary: Vocabulary) -> list[PersonName]:
    """Names of persons in one sentence of folded words, left to right, without overlaps."""
    found: list[PersonName] = []
    at = 0
    while at < len(words):
        name = _name_at(words, at, vocabulary, after=bool(found) and found[-1].last == at)
        if name is None:
            at += 1
        else:
            found.append(name)
            at = name.last
    return found


def name_parts(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name that can stand for it alone; `بن`, `أبو`, `آل`, `عبد` go with the word after them."""
    parts: list[str] = []
    glue: list[str] = []
    for word in words:
        if word in _BIN:
            continue
        if word in _GLUE:
            glue.append(word)
        elif word in _SECOND and parts and not glue:
            parts[-1] = f"{parts[-1]} {word}"
        else:
            parts.append(" ".join((*glue, word)))
            glue = []
    return tuple(parts)


def _name_at(words: Sequence[str], at: int, vocabulary: Vocabulary, *, after: bool) -> PersonName | None:
    if not words[at][:1].isalpha() or words[at].isascii() or _preposition(words, at, vocabulary):
        return None
    evidence = "and" if after and words[at][0] == "و" else _evidence(words, at, vocabulary)
    for cut, head in _heads(words[at], vocabulary, after=after):
        last = _chain(words, at, head, vocabulary, evidence)
        if last > at and _accepted(words, at, last, head, vocabulary, evidence):
            return PersonName(at, last, cut, (head, *words[at + 1 : last]), evidence)
    return None


def _preposition(words: Sequence[str], at: int, vocabulary: Vocabulary) -> bool:
    """`لصالح` is `in favour of` unless what stands before it asks for a person."""
    return words[at] == "لصالح" and not (at and vocabulary.context(words[at - 1]))


def _heads(word: str, vocabulary: Vocabulary, *, after: bool) -> Iterator[tuple[int, str]]:
    """Readings of the first word of a name, the likeliest first."""
    ways = list(readings(word, vocabulary.whole))
    kinds = [vocabulary.kinds.get(rest) for _, rest in ways]
    if kinds[0] in _STRONG or word[:3] == "عبد":
        yield ways[0]
        return
    if after and word[0] == "و":
        yield 1, word[1:]
        return
    for way, kind in zip(ways[1:], kinds[1:], strict=True):
        if kind in _STRONG or way[1] in _GLUE or way[1][:5] == "عبدال":
            yield way
    yield ways[0]


def _chain(words: Sequence[str], at: int, head: str, vocabulary: Vocabulary, evidence: str) -> int:
    """Where the name that starts at `at` ends; `at` if none does."""
    end = at
    previous = ""
    while end < len(words) and end - at < _LONGEST:
        word = head if end == at else words[end]
        step = (
            0
            if previous and _coordinated(word, vocabulary)
            else _part(words, end, word, previous, vocabulary, evidence)
        )
        if not step:
            break
        end += step
        previous = words[end - 1] if end - 1 > at else head
    return end


def _coordinated(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word after a name is `و` or `ل` or `ب` and another name (`أردوغان وبوتين`), not a part of the first."""
    if word[0] not in "ولب" or vocabulary.kinds.get(word) in _STRONG or word in _BIN:
        return False
    rest = word[1:]
    return vocabulary.kinds.get(rest) in ("given", "name", "perhaps") or rest[:2] == "ال" or rest in _GLUE


def _part(words: Sequence[str], at: int, word: str, previous: str, vocabulary: Vocabulary, evidence: str) -> int:
    """How many words the part of a name at `at` takes; 0 if it is none."""
    following = words[at + 1] if at + 1 < len(words) else ""
    first = not previous
    if word in _BIN:
        return _son(words, at, word, following, previous, vocabulary, evidence)
    if word in _SERVANT:
        if following == "رب" and words[at + 2 : at + 3] == ["ه"]:
            return 3
        return 2 if following[:2] == "ال" or following in ("ربه", "رب", "مناف", "علي") else 0
    if word in _KUNYA or (word == _FAMILY and not first):
        return _kunya(words, at, word, following, previous, vocabulary, evidence)
    if word in _SECOND and not first:
        return 1
    kunya = at > 1 and words[at - 2] in _KUNYA
    return int(_is_part(word, previous, following, vocabulary, evidence, kunya=kunya))


def _son(
    words: Sequence[str], at: int, word: str, following: str, previous: str, vocabulary: Vocabulary, evidence: str
) -> int:
    if not following or (not previous and word not in ("بن", "ولد")):
        return 0
    if following in _ELDERS:
        return 2
    step = _part(words, at + 1, following, word, vocabulary, evidence)
    return 1 + step if step and (previous or _kind(following, vocabulary) in _STRONG) else 0


def _kunya(
    words: Sequence[str], at: int, word: str, following: str, previous: str, vocabulary: Vocabulary, evidence: str
) -> int:
    if following in _SERVANT:
        step = _part(words, at + 1, following, word, vocabulary, evidence)
        return 1 + step if step else 0
    kind = vocabulary.kind(following)
    if kind in _POSSIBLE:
        return 2
    sure = word in ("ابو", "ابي") or bool(previous) or bool(evidence)
    return 2 if sure and kind == "ordinary" and following not in vocabulary.contexts and word != "ام" else 0


def _bridge(word: str, following: str, vocabulary: Vocabulary) -> bool:
    """Whether an ordinary word stands between two parts of a name: `أحمد درع الجميلي`."""
    if vocabulary.contexts.get(word) or word in _FUNCTION:
        return False
    kind = _kind(following, vocabulary)
    return kind == "name" or (kind in ("rare", "perhaps") and following[:2] == "ال" and following[-1] == "ي")


def _is_part(word: str, previous: str, following: str, vocabulary: Vocabulary, evidence: str, *, kunya: bool) -> bool:
    kind = _kind(word, vocabulary)
    if kind in _STRONG:
        return True
    if not previous:
        return kind in ("perhaps", "rare") and evidence != ""
    if kind in ("perhaps", "rare"):
        return kind == "perhaps" or word[:3] != "الم" or word[-1] == "ي"  # المحتجز: a participle, not a surname
    before = _kind(previous, vocabulary)
    nisba = word[:2] == "ال" and word[-1:] == "ي" and len(word) > 4
    if kind == "ordinary" and nisba and (before == "given" or kunya):
        return not vocabulary.contexts.get(word)
    if kind == "ordinary" and before == "given" and evidence not in ("", "and") and word[:2] != "ال":
        return _bridge(word, following, vocabulary)
    return word in _ORDINALS and evidence == "title"


def _kind(word: str, vocabulary: Vocabulary) -> str:
    """The kind of a word as part of a name: demonyms and titles count as ordinary unless they are given names."""
    if word == "علي" or word[:5] == "عبدال":
        return "given"
    kind = vocabulary.kind(word)
    if kind == "given" and not word.startswith("ال"):
        return kind
    if word in vocabulary.demonyms or vocabulary.contexts.get(word, frozenset()) & _TITLES:
        return "ordinary"
    return kind


def _evidence(words: Sequence[str], at: int, vocabulary: Vocabulary) -> str:
    """What stands before position `at` and lets a name follow; empty if nothing does."""
    left = at - 1
    if left >= 0 and words[left] in _OPENERS:
        left -= 1
    if left < 0:
        return ""
    kinds = vocabulary.context(words[left])
    if "honorific" in kinds and left and "site" in vocabulary.context(words[left - 1]):
        return "site"
    for kind, evidence in (("naming", "naming"), ("saying", "saying"), ("kin", "kin"), ("honorific", "title")):
        if kind in kinds:
            return evidence
    at_modifier = left
    while left >= 0 and ("modifier" in vocabulary.context(words[left]) or vocabulary.country(words[left])):
        left -= 1
    if left >= 0 and left < at_modifier and vocabulary.context(words[left]) & {"honorific", "office"}:
        return "title"
    for back in range(left, max(-1, left - _REACH), -1):
        word = words[back]
        if not word[:1].isalpha() and not word.isdigit():
            break
        if "office" in vocabulary.context(word):
            return "office"
    return "rule" if "rule" in kinds else ""


def _accepted(words: Sequence[str], at: int, last: int, head: str, vocabulary: Vocabulary, evidence: str) -> bool:
    run = (head, *words[at + 1 : last])
    kinds = [_kind(word, vocabulary) for word in run]
    strong = sum(kind in _STRONG for kind in kinds)
    if run[0] == "علي" and len(name_parts(run)) == 1:
        return evidence in ("title", "naming", "kin")
    parts = len(name_parts(run))
    quoted = at > 0 and words[at - 1] in _OPENERS
    if evidence == "site" or (evidence == "saying" and quoted and words[last : last + 1] != ['"']):
        return False
    if evidence in ("title", "naming"):
        return strong > 0 or parts > 1 or kinds[0] in ("rare", "perhaps")
    if evidence in ("saying", "kin"):
        return strong > 0 or parts > 1 or (kinds[0] == "rare" and not _common_shape(head))
    if evidence in ("office", "and"):
        return strong > 0 or parts > 1
    if evidence == "rule":
        return strong > 0
    if at == 0 and parts > 1 and words[last : last + 1] in (["-"], ["–"], ["—"], ["ـ"]):
        return True  # a byline
    if run[0] in _GLUE or run[0][:5] == "عبدال":
        return parts > 1 or run[0] in _KUNYA
    return kinds[0] in _STRONG and parts > 1


def known_parts(names: Iterable[PersonName]) -> dict[tuple[str, ...], PersonName]:
    """Short forms that later mentions may use, each to the first full name that it comes from: the last part, the parts
    after the first, and the first of a foreign or royal name."""
    known: dict[tuple[str, ...], PersonName] = {}
    for name in names:
        parts = name_parts(name.words)
        if len(parts) == 1:
            known.setdefault(tuple(parts[0].split(" ")), name)
            continue
        for start in range(1, len(parts)):
            known.setdefault(tuple(" ".join(parts[start:]).split(" ")), name)
            known.setdefault(tuple(parts[start].split(" ")), name)
        known.setdefault(tuple(parts[0].split(" ")), name)
    return known


def find_short_forms(
    words: Sequence[str], taken: Sequence[PersonName], known: dict[tuple[str, ...], PersonName], vocabulary: Vocabulary
) -> list[PersonName]:
    """Later short forms of the names that the document has in full, outside the names already found."""
    used = {at for name in taken for at in range(name.first, name.last)}
    found: list[PersonName] = []
    at = 0
    while at < len(words):
        name = None if at in used or _preposition(words, at, vocabulary) else _short_at(words, at, known, vocabulary)
        if name is not None and not used.intersection(range(name.first, name.last)):
            found.append(name)
            at = name.last
        else:
            at += 1
    return found


def _short_at(
    words: Sequence[str], at: int, known: dict[tuple[str, ...], PersonName], vocabulary: Vocabulary
) -> PersonName | None:
    for cut, head in readings(words[at], vocabulary.whole):
        for length in (4, 3, 2, 1):
            run = (head, *words[at + 1 : at + length])
            if run not in known or at + length > len(words):
                continue
            kind = _kind(head, vocabulary)
            if (
                length > 1
                or kind in ("given", "name", "rare", "perhaps")
                or _evidence(words, at, vocabulary) in ("title", "saying")
            ):
                return PersonName(at, at + length, cut, run, "short")
    return None


def _common_shape(word: str) -> bool:
    """Whether a rare word looks like a participle or an abstract noun rather than a name: مشرعون, المنسقية."""
    return (
        (word[0] == "م" and word[-2:] in ("ون", "ين", "وا"))
        or (word[:2] == "ال" and word[-1] == "ه")
        or word[-2:] == "ات"
    )
