"""A denied clause taken apart: the deed that is denied, those it is said of, and what the clause takes for granted.

`نفت الشرطة تواطؤ الحراس في هروب السجناء` denies that the guards had a hand, and grants that the prisoners fled: what
stands behind a preposition, in a relative clause or as a known subject is not what a denial is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

import msgspec

__all__ = ["PREPOSITIONS", "WAS", "Clause", "behind", "clause_of", "is_known", "without_aside"]

_NONE = frozenset({"اي", "ايه", "لاي", "لايه", "باي", "احد", "احدا", "ايا", "نفيا", "قاطعا", "تاما"})
_TO_BE = frozenset({"يكون", "تكون", "يكونوا", "يكونا", "تكونا", "يكن"})
# What is denied as news: `ما أعلنته`, `خبر`, `صحة الأنباء التي تحدثت عن`.
_NEWS = frozenset(
    "ما كل صحه خبر الخبر نبا النبا انباء الانباء اخبار الاخبار معلومات المعلومات تقارير التقارير مزاعم المزاعم شايعات "
    "الشايعات اشاعات الاشاعات روايه الروايه اتهامات الاتهامات اتهام الاتهام ادعاءات الادعاءات حديث الحديث كلام الكلام "
    "تصريحات التصريحات جميع".split()
)
_UNTRUE = frozenset({"لا", "عدم", "بعدم"})
_OF = re.compile(r"^(?:لل|ل|ب)(?=[^\W\d_])")
_GLUED = re.compile(r"ما(?:[يت]تردد|تردد|[يت]شاع|اشيع|تم$|نشر|ورد|ذكر|قيل|[يت]تداول|تداول|اثير|[يت]ثار|نسب|جاء)")
_ABOUT = frozenset({"بشان", "حول", "بخصوص", "عن"})
_SPOKEN = frozenset(
    {"مصدر", "مصادر", "شهود", "لسان", "مسوول", "ناشطين", "وساءل", "وسايل", "الوكاله", "الصحيفه", "القناه"}
)
_TO_NEWS = 22  # words from what was said to what it is of
_LIGHT = frozenset(
    "وجود وقوع حدوث حصول قيام اجراء عقد تنفيذ تقديم توقيع ابرام تسجيل رصد صدور عمليه حادث حادثه واقعه محاوله "
    "وجودها وقوعها القاء القت القي القوا شن شنت شنوا وقع وقعت وقعوا ابرم ابرمت عقد عقدت قدم قدمت اجري اجرت نفذ "
    "نفذت".split()
)
"""Words that say only that something was, or was done, before the word for what."""
_REACHED = {
    **dict.fromkeys(("توصل", "التوصل", "توصله", "توصلها", "توصلهم", "توصلت"), ("الي",)),
    **dict.fromkeys(("تعرض", "تعرضه", "تعرضها", "تعرضهم", "تعرضت"), ("ل", "الي")),
    **dict.fromkeys(("دخول", "دخوله", "دخولها", "دخولهم", "شروع", "شروعهم", "بدء", "خوض"), ("في",)),
}
"""Words whose deed stands behind a preposition: `التوصل إلى اتفاق`, `تعرض السفينة لهجوم`, `دخول العمال في إضراب`."""
_TO_DEED = 9
PREPOSITIONS = frozenset(
    "في علي من عن الي مع بين خلال اثناء قبل بعد منذ عند لدي عقب اثر بسبب نتيجه جراء مقابل بموجب ضد تحت فوق قرب عبر حتي "
    "علي خلفيه ضمن لصالح تجاه نحو داخل خارج لدي بقصد بهدف بغيه احتجاجا ردا كما رغم التي الذي الذين الذى التى اللذين "
    "ممن حين عندما بينما حيث مما".split()
)
_TOWARDS = frozenset("علي الي حتي بقصد بهدف بغيه احتجاجا ردا لصالح تجاه نحو".split())
"""Prepositions before what is meant to be, and not before what was: `اتفاق على عودة النازحين`."""
_THEIRS = ("ها", "هم", "هما", "هن", "نا", "ته")  # a bare ه may be a feminine ending, folded
_SUBJECT = 14  # words from `أن يكون` to `قد`
_DEED = 4  # words of a deed behind its verb
WAS = frozenset("تم تمت جاء جاءت جري جرت حصل حصلت وقع وقعت حدث حدثت نفذ نفذت كان كانت".split())
"""Verbs that say of a deed only that it was: `أن يكون الهجوم قد وقع`."""
_INTENT = frozenset(
    "نيه نيته نيتها نيتهم النيه عزم عزمه عزمها عزمهم اعتزام اعتزامه اعتزامها اعتزامهم خطه خطط خططا خططها تخطيط تخطيطها "
    "رغبه رغبته رغبتها نوايا تفكيره تفكيرها".split()
)
_TO_INTENT = 3
_ASIDE = re.compile(r"[^،,.\n]{0,160}[،,][^،,.\n]{1,60}[،,]\s*(?=(?:عن|بشأن|حول|بخصوص|من\s+أن)\s)")


class Clause(msgspec.Struct, frozen=True):
    """Folded words of what is denied. `subject` are those it is said of, where it is said of somebody (`أن يكون …`);
    `deed` the words that name what is denied, `beside` all others. `how`: what stands behind a verb that says only that
    it was; `done`: the verb after `قد`, with all behind it. `news`: what
    is denied is what was said, of nothing that is named. `attribute`: it is said what they are, and not what they did.
    """

    subject: Sequence[str]
    deed: Sequence[str]
    beside: Sequence[str]
    how: Sequence[str] | None = None
    done: Sequence[str] = ()
    news: bool = False
    attribute: bool = False

    @property
    def meant(self) -> Sequence[str] | None:
        """What somebody is said to mean to do: `نيته الانسحاب`, `عزمها تعليق العمل`."""
        at = next((at for at, word in enumerate(self.deed[:_TO_INTENT]) if word in _INTENT), None)
        return None if at is None else [*self.deed[at + 1 :], *self.beside]

    @property
    def has_manner(self) -> bool:
        """Whether the clause says where, when or how it was."""
        return bool(self.how)


def _is_manner(word: str) -> bool:
    return word in PREPOSITIONS or word[0] in "بل"


def behind(words: Sequence[str]) -> Iterator[str]:
    """Words that stand behind a preposition or a relative pronoun, as what was; none after `أي`."""
    opened: bool | None = None
    for before, word in pairwise(["", *words]):
        if word in PREPOSITIONS:
            opened = word not in _TOWARDS
        elif (opened or (opened is None and word.startswith("ال"))) and before not in _NONE and word[:1] != "ل":
            yield word


def is_known(words: Sequence[str], names: AbstractSet[str]) -> bool:
    """Whether a noun with which these open is definite: `الخطف`, `استقالته`, `خطف الطبيب`; not so `هجوم على القرية`.
    `names` are words of names, and such with a pronoun."""
    end = next((at for at, word in enumerate(words[:4]) if at and word in PREPOSITIONS), min(len(words), 4))
    if not words or words[0] in _NONE:
        return False
    return words[0].endswith(_THEIRS) or any(word.startswith("ال") or word in names for word in words[:end])


def without_aside(text: str, start: int, end: int) -> int:
    """Where what is denied goes on behind whose word it was: `ما ذكرته الصحيفة، نقلا عن مصدر، | عن تسليم البنادق`."""
    aside = _ASIDE.match(text, start, end)
    return aside.end() if aside else start


def clause_of(words: Sequence[str]) -> Clause:
    """The clause of these words, which end where it ends."""
    core = _core(words)
    if not core:
        return Clause((), (), words, news=True)
    that = core[0] == "ان"
    core = core[1:] if that else core
    if core[:1] and core[0] in _TO_BE:
        return _said_of(core[1:])
    if that and core and core[0].startswith("ال"):
        return Clause(core[:1], (), core[1:], attribute=True)
    deed, beside = _deed(core)
    return Clause((), deed, beside)


def _core(words: Sequence[str]) -> Sequence[str]:
    """What the news that is denied was of; all words where no news is denied."""
    if words[:1] and words[0] in _UNTRUE:
        words = words[1:]
    if words[:2] and words[0] == "صحه":
        words = [_OF.sub("", words[1]) if _OF.sub("", words[1]) in _NEWS else words[1], *words[2:]]
    if words[:1] and _GLUED.match(words[0]):
        words = ["ما", *words]  # مايتردد
    if not words or words[0] not in _NEWS:
        return words
    window = words[1 : 1 + _TO_NEWS]
    for at, word in enumerate(window):
        if word in {"ان", "بان", "انه", "انها", "انهم"}:
            return ["ان", *words[2 + at :]]
    found = [
        at for at, word in enumerate(window[:-1])
        if word in _ABOUT and window[at + 1] not in _SPOKEN and (not at or window[at - 1] not in {"نقلا", "صادر"})
    ]  # fmt: skip
    if found:
        return words[2 + found[0] :]
    return [] if words[0] in {"ما", "كل", "جميع"} or words[0].startswith("ال") else words[1:]


def _said_of(words: Sequence[str]) -> Clause:
    """`أن يكون … قد …`, or what somebody is."""
    at = next((at for at, word in enumerate(words[:_SUBJECT]) if word == "قد"), None)
    if at is None:
        return Clause(words[:1], (), words[1:], attribute=True)
    subject, verb = words[:at], words[at + 1 :]
    if verb[:1] and verb[0] in WAS and subject and (len(verb) == 1 or _is_manner(verb[1])):
        deed, beside = _deed(subject)
        return Clause(subject, deed, [*beside, *verb[1:]], how=verb[1:])
    deed, beside = _deed(verb)
    return Clause(subject, deed, [*beside, *subject], done=verb)


def _deed(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The words with which a deed is named, and the others: as far as a preposition, what is known left out."""
    at = 0
    while at < len(words) and (words[at] in _LIGHT or words[at] in _NONE):
        at += 1
    if at < len(words) and words[at] in _REACHED:
        ties, reach = _REACHED[words[at]], range(at + 1, min(len(words), at + 1 + _TO_DEED))
        to = next((i for i in reach if words[i] in ties or ("ل" in ties and words[i].startswith("ل"))), None)
        if to is not None:
            first = to + 1 if words[to] in ties else to
            return words[first : first + _DEED], [*words[at + 1 : to], *words[first + _DEED :]]
    end = next((i for i in range(at, len(words)) if i > 0 and words[i] in PREPOSITIONS), len(words))
    end = min(end, at + 1 + _DEED)
    deed = [word for i, word in enumerate(words[:end]) if i <= at or not word.startswith("ال")]
    known = [word for i, word in enumerate(words[:end]) if i > at and word.startswith("ال")]
    other = [word for before, word in pairwise(words[at:]) if before == "او"]  # قد دخلت البلدة أو أوقفت أحدا
    return [*deed, *other], [*known, *words[end:]]
