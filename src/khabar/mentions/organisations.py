"""Names of organisations that no table has: by their head (`وزارة`, `حزب`) or by what stands before them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from khabar.mentions.lexicon import names_forms, readings, whole_words
from khabar.mentions.name_words import KUNYA
from khabar.mentions.vocabulary import OF_PLACES, Vocabulary
from khabar.resources import Tables
from khabar.text import kept

__all__ = ["Heads", "OrganisationName", "build_heads", "find_organisations"]

_JOINED = 3  # nouns that `و` may join to a name
_QUOTED = 5  # words of a name in quotation marks
_CALLED = 6  # words between a group and what it is called
_FUNCTION = frozenset(
    "في من الي على علي عن مع بعد قبل بين حول ضد منذ خلال امس اليوم ان قد كان قال الذي التي الا غير كل بلاد".split()
)
_TIMES = frozenset(
    "الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت اليوم امس الاسبوع الشهر العام السنه الماضي".split()
)
_CALLS = frozenset(
    "يعرف تعرف المعروف المعروفه يطلق تطلق اطلقت يسمي تسمي المسمي المسماه يدعي تدعي وتسمي ويسمي وتطلق ويطلق".split()
)
_AFFAIRS = frozenset({"لشوون", "للشوون"})
_BY_NAME = frozenset({"باسم", "اسم", "نفسها", "نفسه", "تسمي", "يسمي", "المسماه", "المسمي", "تدعي", "يدعي"})
_NOUNS = frozenset(
    "الباديه الناحيه القريه الضاحيه الحريه الجاليه الهويه المدينه المنطقه المحافظه الساحه الطاقه".split()
)
_BIG = 4  # letters


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
        return kind in self.of(word)

    def of(self, word: str) -> frozenset[str]:
        """The kinds of a word as it stands."""
        return self._kinds.get(word, frozenset())

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
    if words[at] == '"':
        return _in_marks(words, at, heads, vocabulary)
    if at + 1 < len(words) and heads.has(words[at + 1], "suffix"):
        return _outlet(words, at, heads, vocabulary)
    for cut, kinds in heads.readings(words[at]):
        if "before" in kinds:
            quoted = _quoted(words, at + 1)
            if quoted is not None:
                return quoted
        if "press" in kinds:
            last = _press(words, at + 1, heads, vocabulary)
            if last > at + 1:
                return OrganisationName(at + 1, last, 0)
        if kinds & {"fighters", "outer_fighters"} and at + 1 < len(words) and heads.has(words[at + 1], "emblem"):
            last = _members(words, at + 1, heads, vocabulary)
            if last > at + 2:
                inside = "fighters" in kinds
                return OrganisationName(at if inside else at + 1, last, cut if inside else 0)
        if "head" in kinds and "press" not in kinds and at + 2 < len(words) and heads.has(words[at + 2], "suffix"):
            return OrganisationName(at, at + 3, cut)  # وكالة كذا برس
        last = _body(words, at, kinds, heads, vocabulary)
        if last > at + 1:
            return OrganisationName(at, last, cut)
    return None


def _body(words: Sequence[str], at: int, kinds: frozenset[str], heads: Heads, vocabulary: Vocabulary) -> int:
    """Where the name of a body ends whose head, of these kinds, stands at `at`; at most `at + 1` if it is none."""
    if "unit" in kinds:
        last = _unit(words, at + 1, heads, vocabulary)
        if last > at + 1:
            return last
    if "department" in kinds and at + 1 < len(words) and heads.has(words[at + 1], "field"):
        return _complement(words, at + 1, heads, vocabulary, strict=False)
    if "command" in kinds and at + 1 < len(words) and heads.has(words[at + 1], "operations"):
        return _complement(words, at + 1, heads, vocabulary, strict=False)
    if kinds & {"head", "named", "society"}:
        if at and words[at] == "شرطه" and "honorific" in vocabulary.context(words[at - 1]):
            return at  # المقدم شرطة فلان
        strict = kinds.isdisjoint({"head", "society"})
        end = _complement(words, at + 1, heads, vocabulary, strict=strict)
        if "society" in kinds and end == at + 2 and vocabulary.kind(words[at + 1]) == "ordinary":
            return at  # جمعية المدينة
        # وكيل وزارة كذا | لشؤون كذا, رئيس مجلس كذا | لشؤون كذا: what it is for is the office.
        return next(
            (to for to in range(at + 2, end) if words[to] in _AFFAIRS or ("ministry" in kinds and words[to][0] == "ل")),
            end,
        )
    last = at
    if kinds & {"definite", "qualified"}:
        last = plain = _adjectives(words, at + 1, heads, vocabulary)
        if "weak" in kinds and last == at + 2 and (words[at + 1] in vocabulary.demonyms or words[at + 1] == "العامله"):
            return at  # الشركة الفرنسية: which one, the article has said
        if last > at + 1 and "government" not in kinds:
            last = _purpose(words, last, heads, vocabulary)
        if "qualified" in kinds and last == plain and last < at + 3:
            return at  # المنظمة الدولية
    return last


def _in_marks(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary) -> OrganisationName | None:
    """A name in quotation marks that begins with the head of a body, «كتائب كذا», or by which a group is called: فصيل
    يعرف باسم «كذا»."""
    quoted = _quoted(words, at)
    if quoted is None:
        return None
    kinds = heads.of(words[at + 1])
    if kinds & {"head", "named", "society"} and quoted.last > at + 2:
        return quoted if _is_proper(words[at + 2 : quoted.last], vocabulary) else None
    if words[at + 1] in KUNYA:
        return None  # المدعو «أبو فلان»
    before = words[max(0, at - _CALLED) : at]
    if not before or before[-1] not in _BY_NAME or _CALLS.isdisjoint(before):
        return None
    groups = (rest for word in before for _, rest in vocabulary.readings(word))
    return quoted if any(heads.has(rest, "before") for rest in groups) else None


def _is_proper(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether words after a head in quotation marks make a name of it: not «منظمة إرهابية», «صندوق أسود»."""
    word = words[0]
    if word[-2:] == "يه" or word in vocabulary.demonyms:
        return False
    return len(words) > 1 or word[:2] == "ال" or vocabulary.kind(word) not in ("ordinary", "derived")


def _outlet(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary) -> OrganisationName | None:
    """The name of an outlet by its last word: هضبة برس, لملوية بريس."""
    word = words[at]
    if not word[:1].isalpha() or word.isascii() or word in _FUNCTION or heads.has(word, "before"):
        return None
    if vocabulary.contexts.get(word):
        return None
    cut = next((cut for cut, _ in reversed(vocabulary.readings(word)) if cut and vocabulary.kind(word) == "rare"), 0)
    return OrganisationName(at, at + 2, cut)


def _press(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary) -> int:
    """The end of the name of a paper or a radio station after its kind: إذاعة | السمامة, صحيفة | صوت الشمال."""
    end = _noun(words, at, heads, vocabulary, strict=True)
    if end == at or words[at][-2:] == "يه" or words[at] in vocabulary.demonyms or heads.has(words[at], "lead"):
        return at
    if end == at + 2 and not _is_governed(words[at + 1], heads, vocabulary):
        end = at + 1  # صحيفة صباح | الموالية لكذا
    return end + 1 if end < len(words) and heads.has(words[end], "suffix") else end


def _quoted(words: Sequence[str], at: int) -> OrganisationName | None:
    """A name in quotation marks at `at`, of at most five words."""
    if at + 1 >= len(words) or words[at] != '"' or len(words[at + 1]) == 1:
        return None
    for end in range(at + 2, min(at + 2 + _QUOTED, len(words))):
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
    contexts = vocabulary.contexts.get(word, frozenset())
    if contexts & {"honorific", "office"} or word in vocabulary.demonyms or word in _TIMES or word in _FUNCTION:
        return at
    if "area" in contexts and word != "محليه":  # صحيفة محلية
        end = _place(words, at + 1, vocabulary)
        return end if end > at + 1 else at
    if heads.has(word, "members") or heads.has(word, "field"):
        return _members(words, at, heads, vocabulary)
    if not strict and word in OF_PLACES - KUNYA and following not in _FUNCTION:
        return _place(words, at, vocabulary)  # مجلس دير الزور
    kind = vocabulary.kind(word)
    if (word[:2] == "ال" and len(word) > 2) or (kind == "place" and not strict):
        return at + 1
    if kind == "rare":
        return _strange(words, at, heads, vocabulary, strict=strict)
    if kind in ("given", "name"):
        return at
    verbal = word[-2:] in ("يه", "وا") or len(word) < 3 or word in _FUNCTION or word[:1] == "ل"
    if verbal or following in vocabulary.demonyms or following[:2] != "ال" or following in _TIMES:
        return at
    return at + 2


def _strange(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary, *, strict: bool) -> int:
    """The end of a complement that begins with a word of no list: a proper name (تاس), or a noun that governs the next
    one (غوث الجبل, ملاحات الساحل); an adjective without the article is none (مؤسسة مختلطة)."""
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    long = len(word) > _BIG
    indefinite = long and (word[-2:] == "يه" or (word[0] == "م" and word[-1] == "ه"))
    if indefinite or (long and word[0] == "ب" and vocabulary.kind(word[1:]) in ("place", "rare")):
        return at
    if not _is_governed(following, heads, vocabulary):
        return at + 1
    return at + 2 if strict or vocabulary.kind(following) in ("ordinary", "rare", "place") else at + 1


def _is_governed(word: str, heads: Heads, vocabulary: Vocabulary) -> bool:
    """Whether a word may be the definite noun that the noun before it governs: no adjective, no time, no title."""
    if word[:2] != "ال" or word in _TIMES or word in _FUNCTION or word in vocabulary.demonyms:
        return False
    shape = word[-2:] == "يه" or (word[:3] == "الم" and word[-1] == "ه") or (word[3:4] == "ا" and word[-1] == "ه")
    adjective = shape and word not in _NOUNS
    return not adjective and word not in vocabulary.contexts and not heads.of(word)


def _members(words: Sequence[str], at: int, heads: Heads, vocabulary: Vocabulary) -> int:
    """The end of the noun that says whose or for what a body is: عمال المناجم, أعيان صبراتة, أمن ولاية كذا, الصحة."""
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word[:2] == "ال":
        return at + 1
    if heads.has(following, "members") or heads.has(following, "field"):
        end = _members(words, at + 1, heads, vocabulary)
        return end if end > at + 1 else at
    if "area" in vocabulary.contexts.get(following, frozenset()):
        end = _place(words, at + 2, vocabulary)
        return end if end > at + 2 else at
    if following[:2] == "ال" and following not in _TIMES and following not in vocabulary.demonyms:
        return at + 2
    if following[:1] == "و" and heads.has(following[1:], "members"):
        return at  # مجلس شيوخ ووجهاء كذا
    third = words[at + 2] if at + 2 < len(words) else ""
    if (
        vocabulary.kind(following) in ("ordinary", "rare", "derived", "perhaps")
        and third[:2] == "ال"
        and following not in _FUNCTION | vocabulary.demonyms.keys()
    ):
        return at + 3 if _is_governed(third, heads, vocabulary) else at  # أرباب مراكب الصيد
    end = _place(words, at + 1, vocabulary)
    return end if end > at + 1 else at


def _place(words: Sequence[str], at: int, vocabulary: Vocabulary) -> int:
    """The end of what is, after a noun that asks for one, the name of a place; `at` if nothing is."""
    word, following = (words[at + step] if at + step < len(words) else "" for step in (0, 1))
    if "area" in vocabulary.contexts.get(word, frozenset()) or word in OF_PLACES:
        end = at + 3 if following in OF_PLACES else at + 2  # خان بني سعد
        return end if end <= len(words) and following[:1].isalpha() else at
    if (word, following) in vocabulary.compounds:
        return at + 2
    named = word[:2] == "ال" or vocabulary.kinds.get(word, "place") in ("place", "perhaps")
    odd = word in _TIMES or word in _FUNCTION or word in vocabulary.contexts or word in vocabulary.demonyms
    return at + 1 if word[:1].isalpha() and named and not odd else at


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
    of_whom = heads.has(word[1:], "members")
    if (of_whom or heads.has(word[1:], "purpose")) and at + 1 < len(words) and words[at + 1][:2] == "ال":
        return _joined(words, _adjectives(words, at + 2, heads, vocabulary), heads, vocabulary)
    end = _place(words, at + 1, vocabulary) if of_whom else at  # لبحارة آسفي
    return end if end > at + 1 else at
