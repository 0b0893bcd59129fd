"""Names of persons by their words (`بن`, `أبو`, `عبد`) and by what stands before them: titles, offices, verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from khabar.mentions.lexicon import lexicon_word
from khabar.mentions.name_words import GLUE, KUNYA, POSSIBLE, STRONG, NameReader, name_parts
from khabar.mentions.vocabulary import OF_PLACES, Vocabulary
from khabar.text import Sentence

__all__ = [
    "PersonName",
    "evidence_before",
    "find_persons",
    "find_short_forms",
    "folded_words",
    "known_parts",
    "trimmed",
]

_UPON = frozenset({"علي", "وعلي", "فعلي"})
_MAQSURA = frozenset("ىﻯﻰ")
_TANWIN = "\u064b"
_CLAUSE = frozenset({"ان", "انه", "انها", "بان", "قد", "كان", "كانت", "الذي", "التي", "الذين", "لكن", "ثم"})
_REACH = 8  # words between the head of an office phrase and the name
_CLITIC_AND_NOUN = 5  # letters; a shorter word may be a name that begins so
_VERB = 4  # letters; a shorter word is no verb of doing with its prefix
_SHORT_TITLE = 2  # letters: د
_COMPLEMENT = 4  # words between the head of a body and the name of who speaks for it
# Given names with the article: الطيب عبد الباقي; other words with it before a given name are of what stands before.
_DEFINITE = frozenset(
    "السر الريح العبيد الخير الطيب الفاضل الزين العاقب النذير التوم الاسعد المنصف الحبيب المعز المعتصم الخليل السالك "
    "الامين الناجي الباقر الصديق الصادق الهادي الطاهر المهدي البشير المنذر الحسن الحسين الفاتح النعمان "
    "الشفيع الضو التجاني الزبير السنوسي العباس المختار الصالح النور الرشيد المكي الشاذلي الباجي "
    "الجيلاني الداه".split()
)
_OPENERS = frozenset({'"', "(", "'", "["})
_DASHES = frozenset({"-", "–", "—", "ـ"})
_COMMAS = frozenset({"،", ","})
_SAID = frozenset({"ان", "انه", "انها", "بان", "بانه", "بانها", ":"})
_THAT, _KI = "بان", "كي"
_ITSELF = frozenset({"باسمه", "باسمها", "باسمهم"})
# How much a name needs to be believed, by what stands before it: parts that are usual in names, or parts in all.
_SINGLE = {
    "title": POSSIBLE,
    "naming": POSSIBLE,
    "saying": STRONG | {"rare"},
    "kin": STRONG | {"rare"},
    "office": STRONG,
    "aside": STRONG,
    "and": STRONG,
    "rule": STRONG,
}


class PersonName(msgspec.Struct, frozen=True, gc=False):
    """A name in a sentence: tokens `[first, last)`, `cut` letters of clitics before it, its folded words, and how it
    was told: by what stands before it (`title`, `office`, `saying`, `naming`, `kin`, `rule`, `and`; `aside` where a
    comma parts it from its office), by its own `words`, or as the `short` form of a name in the same document."""

    first: int
    last: int
    cut: int
    words: tuple[str, ...]
    evidence: str


def folded_words(original: str, sentence: Sentence) -> list[str]:
    """The words of a sentence, folded; but `على` keeps its last letter, so that it stays apart from علي, and a word
    with tanwin keeps the mark: such a word is no part of a name."""
    return [_folded(original, token.start, token.end, token.norm) for token in sentence.tokens]


def _folded(original: str, start: int, end: int, norm: str) -> str:
    if end - start != len(norm) and _TANWIN in original[start:end]:
        return lexicon_word(norm) + _TANWIN
    if norm in _UPON and original[end - 1] in _MAQSURA:
        return norm[:-1] + "ى"
    return lexicon_word(norm)


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


def _name_at(words: Sequence[str], at: int, vocabulary: Vocabulary, *, after: bool) -> PersonName | None:
    """The name that starts at `at`; `after` says that another name ends there."""
    word = words[at]
    if not vocabulary.may_start_name(word) or _preposition(words, at, vocabulary):
        return None
    if word[:2] == "لل" and not any(vocabulary.kind(rest) in STRONG for _, rest in vocabulary.readings(word)):
        return None  # قال للساحل: who is told
    if _ends_a_body(words, at, vocabulary):
        return None
    if _names_a_place(words, at, vocabulary) or _completes_a_body(words, at, vocabulary):
        return None
    evidence = "and" if after and word[0] == "و" else evidence_before(words, at, vocabulary)
    reader = NameReader(words, vocabulary, evidence)
    following = words[at + 1] if at + 1 < len(words) else ""
    for cut, head in _heads(word, following, vocabulary, after=after):
        last = reader.end(at, head)
        if last > at and _accepted(reader, at, last, head):
            return PersonName(at, last, cut, (head, *words[at + 1 : last]), evidence)
    return None


def _ends_a_body(words: Sequence[str], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a strange word is the last of a body's name or says where it is, and the name follows it: حركة نسور
    الجبل | أحمد العلي, مدير المستشفى ببنقردان | حبيب العلي."""
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    joined = word[:2] == "ال" or (word[0] == "ب" and len(word) > _CLITIC_AND_NOUN)
    given = following[:2] != "ال" and (following in vocabulary.given or following in vocabulary.also_given)
    given = given or tuple(words[at + 1 : at + 3]) in vocabulary.compounds
    if not given and at + 2 < len(words) and word[:2] == "ال" and word[-1] == "ي" and following[:2] != "ال":
        given = all(vocabulary.kind(other) == "rare" for other in words[at + 1 : at + 3])  # المخرج الطلياني سيلفانو كذا
    strange = vocabulary.kind(word) not in STRONG and word not in _DEFINITE
    return at > 0 and joined and given and strange


def _names_a_place(words: Sequence[str], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a word is the name of a place, or the second word of one, after what rules a place or lies in it: رئيس
    بلدية بيت فوريك | عواد العلي, شرق سامراء | صفاء العلي."""
    word, before = words[at], words[at - 1] if at else ""
    if word[:2] == "ال" and vocabulary.kind(word) == "name":
        return False
    if "area" in vocabulary.context(before) or (word[0] == "ب" and word[1:] in OF_PLACES - KUNYA):
        return True
    if before[:1] == "ب" and before[1:] in OF_PLACES - KUNYA:
        return True  # ببني خداش
    opens = any(rest in OF_PLACES for _, rest in vocabulary.readings(before))
    return opens and at > 1 and "area" in vocabulary.context(words[at - 2])


def _completes_a_body(words: Sequence[str], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a word completes the bare noun before it, as that of a body, before the name of who speaks for it:
    الناطق باسم رابطة صيادي الميناء | أحمد العلي."""
    before = words[at - 1] if at else ""
    bare = before[:2] != "ال" and before[-1:] == "ه" and len(before) >= _CLITIC_AND_NOUN
    if not bare or words[at] in vocabulary.given or vocabulary.kind(words[at]) in STRONG:
        return False
    if vocabulary.context(before) or before in vocabulary.given or vocabulary.kind(before) in STRONG:
        return False
    ahead = words[at + 1 : at + 1 + _COMPLEMENT]
    named = any(word in vocabulary.given and word[:2] != "ال" for word in ahead)
    return named and all(word[:1].isalpha() for word in ahead)


def _preposition(words: Sequence[str], at: int, vocabulary: Vocabulary) -> bool:
    """`لصالح` is `in favour of` unless what stands before it asks for a person; `باسم` is `in the name of` after who
    speaks so (`المتحدث باسم قسد`)."""
    if words[at] == _THAT and words[at + 1 : at + 2] != [_KI]:
        return True  # أفاد المدير | بأن كذا; but بان كي مون
    if words[at] in _ITSELF:
        kinds = vocabulary.context(words[at - 1]) if at else frozenset()
        return "voice" in kinds or kinds.isdisjoint(("honorific", "saying"))
    if words[at] not in ("لصالح", "باسم"):
        return False
    before = vocabulary.context(words[at - 1]) if at else frozenset()
    return not before if words[at] == "لصالح" else "voice" in before


def _heads(word: str, following: str, vocabulary: Vocabulary, *, after: bool) -> Iterator[tuple[int, str]]:
    """Readings of the first word of a name, the likeliest first."""
    ways = vocabulary.readings(word)
    kinds = [vocabulary.kinds.get(rest) for _, rest in ways]
    if kinds[0] in STRONG or word[:3] == "عبد":
        yield ways[0]
        return
    if after and word[0] == "و":
        yield 1, word[1:]
        return
    for way, kind in zip(ways[1:], kinds[1:], strict=True):
        if kind in STRONG or way[1] in GLUE or way[1][:5] == "عبدال" or (way[1], following) in vocabulary.compounds:
            yield way
    yield ways[0]


def evidence_before(words: Sequence[str], at: int, vocabulary: Vocabulary) -> str:
    """What stands before position `at` and lets a name follow; empty if nothing does."""
    left = at - 1
    if left >= 0 and words[left] in _OPENERS:
        left -= 1
    if left < 0:
        return ""
    opened = left < at - 1
    if words[left] in _COMMAS:
        return "aside" if left and _phrase(words, left - 1, vocabulary) else ""
    kinds = vocabulary.context(words[left])
    if opened and "site" in kinds:
        return "site"  # للناقلة «لينا ستار»
    named = left - 2 if left > 1 and words[left - 1] in _OPENERS else left - 1  # مركب «الحاج فلان»
    if "honorific" in kinds and left and "site" in vocabulary.context(words[named]):
        return "site"
    for kind, evidence in (("naming", "naming"), ("saying", "saying"), ("kin", "kin"), ("honorific", "title")):
        if kind in kinds:
            return evidence
    return _phrase(words, left, vocabulary) or ("rule" if "rule" in kinds else "")


def _phrase(words: Sequence[str], left: int, vocabulary: Vocabulary) -> str:
    """A title with adjectives (`الرئيس اليمني السابق`), or the phrase of an office (`وزير الخارجية في الحكومة`)."""
    end = left
    while left >= max(0, end - _REACH) and (
        "modifier" in vocabulary.context(words[left])
        or vocabulary.country(words[left])
        or (words[left][:2] == "ال" and words[left][-1] == "ي" and vocabulary.kind(words[left]) == "rare")
    ):
        left -= 1
    if 0 <= left < end and vocabulary.context(words[left]) & {"honorific", "office"}:
        return "title"
    for back in range(left, max(-1, left - _REACH), -1):
        if words[back] == '"':
            continue  # مدير شركة «كذا» فلان
        if words[back] in _CLAUSE or not (words[back][:1].isalpha() or words[back].isdigit()):
            break
        kinds = vocabulary.context(words[back])
        if "office" in kinds or ("scholar" in kinds and (words[back + 1] == "في" or words[back + 1][:2] == "ال")):
            return "office"
    return ""


def _accepted(reader: NameReader, at: int, last: int, head: str) -> bool:
    """Whether a run of words is a name, after what stands before it."""
    words, evidence = reader.words, reader.evidence
    run = (head, *words[at + 1 : last])
    parts = len(name_parts(run))
    after = words[last] if last < len(words) else ""
    quoted = at > 0 and words[at - 1] in _OPENERS
    if not parts or evidence == "site" or (evidence == "saying" and quoted and after != '"'):
        return False
    if evidence == "saying" and words[at - 1].endswith("بين") and parts == 1 and after not in _SAID | _COMMAS:
        return False  # بين غوندام وتونكا
    if evidence == "aside":
        return _in_aside(reader, run, after)
    if parts == 1 and (not _believed(reader, at, head) or _governs(reader, at, head)):
        return False
    if evidence == "title" and _is_doing(reader, at, head):
        return False
    if evidence in _SINGLE:
        single = head == "عبد" or any(reader.kind(word) in _SINGLE[evidence] for word in run)
        return single or (parts > 1 and evidence != "rule")
    byline = at == 0 and after in _DASHES
    compound = head in GLUE or head[:5] == "عبدال" or run[:2] in reader.vocabulary.compounds
    usual = reader.kind(head) in STRONG or head in reader.vocabulary.given
    return (parts > 1 and (byline or compound or usual)) or head in KUNYA


def _in_aside(reader: NameReader, run: tuple[str, ...], after: str) -> bool:
    """Whether a run of words between commas is the name of who has the office before it: قال مدير المحلية، همد أوهاج
    طاهر، إن."""
    if len(name_parts(run)) == 1:
        return run[0] in KUNYA
    usual = [word in GLUE or word in reader.vocabulary.given or reader.kind(word) in STRONG for word in run[:2]]
    # نافيا صحة كذا is what he did.
    return usual[0] or (after in _COMMAS and reader.kind(run[0]) in POSSIBLE and (run[0][-1] != "ا" or usual[1]))


def _believed(reader: NameReader, at: int, head: str) -> bool:
    """Whether a single word can be a name: no bare demonym after an indefinite noun, no common shape of a noun."""
    if head == "علي":
        return reader.evidence in ("title", "naming", "kin")
    if head in reader.vocabulary.demonyms and head[:2] != "ال":
        return at > 0 and reader.words[at - 1][:2] == "ال"  # مسؤول تركي
    return reader.kind(head) in STRONG or not _common_shape(head)


def _is_doing(reader: NameReader, at: int, head: str) -> bool:
    """Whether a rare word after a calling without the article is what he does: محام | يترافع, طبيبة | تتابع."""
    before = reader.words[at - 1]
    verbal = head[0] in "يت" and head[1:2] in "ت" and len(head) > _VERB
    return verbal and before[:2] != "ال" and len(before) > _SHORT_TITLE and reader.kind(head) == "rare"


def _governs(reader: NameReader, at: int, head: str) -> bool:
    """Whether a word is the plural of a trade before what it governs, where it could be a surname: نقيب | صيادي كفر
    الشيخ."""
    following = reader.words[at + 1] if at + 1 < len(reader.words) else ""
    trade = head[-1] == "ي" and head[:2] != "ال" and reader.vocabulary.kinds.get(f"{head}ن") == "ordinary"
    return trade and following[:1].isalpha() and following not in _SAID and reader.kind(head) not in STRONG


def _common_shape(word: str) -> bool:
    """Whether a rare word looks like a participle, a dual or an abstract noun rather than a name: مشرعون, عاملتان."""
    plural = word[-2:] in ("ون", "ين", "وا", "ات") and (word[0] == "م" or word[:2] == "ال")
    return plural or word[-2:] == "ات" or word[-3:] in ("تان", "تين") or (word[:2] == "ال" and word[-1] != "ي")


def known_parts(names: Iterable[PersonName]) -> dict[tuple[str, ...], PersonName]:
    """Short forms that later mentions may use, each to the first full name that it comes from: a run of last parts, a
    single part after the first, the first part."""
    known: dict[tuple[str, ...], PersonName] = {}
    for name in names:
        parts = [tuple(part.split(" ")) for part in name_parts(name.words)]
        for start in range(1, len(parts)):
            known.setdefault(tuple(word for part in parts[start:] for word in part), name)
            known.setdefault(parts[start], name)
        known.setdefault(parts[0], name)
    return known


def trimmed(
    name: PersonName,
    known: Mapping[tuple[str, ...], PersonName],
    of_table: Callable[[str], bool],
    vocabulary: Vocabulary,
) -> PersonName:
    """The name without rare words after a form that is a name by itself, in the document or in the table of leaders:
    in `السيسي انفتح` the second word is a verb."""
    reader = NameReader(name.words, vocabulary, "")
    for length in range(len(name.words) - 1, 0, -1):
        if name.words[length] in GLUE or reader.kind(name.words[length]) in STRONG:
            return name
        run = name.words[:length]
        full = known.get(run)
        ends = full is not None and full is not name and full.words[-length:] == run and len(full.words) > length
        if ends or of_table(" ".join(run)):
            return msgspec.structs.replace(name, last=name.first + length, words=run)
    return name


def find_short_forms(
    words: Sequence[str], taken: Sequence[PersonName], known: dict[tuple[str, ...], PersonName], vocabulary: Vocabulary
) -> list[PersonName]:
    """Later short forms of the names that the document has in full, outside the names already found."""
    if not known:
        return []
    used = {at for name in taken for at in range(name.first, name.last)}
    heads = {run[0] for run in known}
    found: list[PersonName] = []
    at = 0
    while at < len(words):
        name = None
        if at not in used and not _preposition(words, at, vocabulary):
            name = _short_at(words, at, known, heads, vocabulary)
        if name is not None and not used.intersection(range(name.first, name.last)):
            found.append(name)
            at = name.last
        else:
            at += 1
    return found


def _short_at(
    words: Sequence[str],
    at: int,
    known: dict[tuple[str, ...], PersonName],
    heads: set[str],
    vocabulary: Vocabulary,
) -> PersonName | None:
    for cut, head in vocabulary.readings(words[at]):
        for length in (4, 3, 2, 1) if head in heads else ():
            run = (head, *words[at + 1 : at + length])
            if run in known and at + length <= len(words) and _short_allowed(words, at, run, known[run], vocabulary):
                return PersonName(at, at + length, cut, run, "short")
    return None


def _short_allowed(
    words: Sequence[str], at: int, run: tuple[str, ...], name: PersonName, vocabulary: Vocabulary
) -> bool:
    """One word alone must be usual in names; a first name or a common word needs a title or a verb of speech."""
    if evidence_before(words, at, vocabulary) == "site":
        return False
    if len(run) > 1:
        return True
    kind = "" if run[0] == "علي" else NameReader(words, vocabulary, "").kind(run[0])
    if kind in STRONG or kind == "rare" or (kind == "perhaps" and run[0] not in name.words[:1]):
        before = words[at - 1] if at else ""
        adjective = run[0][:2] == "ال" == before[:2] and run[0][-1] == "ي" and not vocabulary.context(before)
        return not (adjective and before[-2:] not in ("ين", "ون"))
    return evidence_before(words, at, vocabulary) in ("title", "saying")
