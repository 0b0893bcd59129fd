"""The inside of a person's name: which words are parts of it, and where it ends.

A name is a run of parts: a word that is usual in names or that no one uses otherwise, `عبد` with its second half, `بن`
`أبو` `أم` `آل` with the word after them. What stands before the name (`evidence`) decides how bold the reading is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from khabar.mentions.vocabulary import Vocabulary

__all__ = ["BIN", "GLUE", "KUNYA", "POSSIBLE", "STRONG", "NameReader", "name_parts"]

BIN = frozenset({"بن", "ابن", "بنت", "ولد", "منت", "اغ"})
_SONS_OF_THE_WEST = frozenset({"ولد", "منت", "اغ"})  # Mauritania and the Tuareg
_OPENS = _SONS_OF_THE_WEST | {"بن"}  # may begin what a person is called: قال ولد محمد
KUNYA = frozenset({"ابو", "ابي", "ابا", "ام"})
_FAMILY = "ال"  # آل, folded
_SECOND = frozenset({"الدين", "الله", "الزمان", "الاسلام", "الحق", "ربه", "اللهيان"})
_SERVANT = frozenset({"عبد", "عبيد"})
GLUE = BIN | KUNYA | _SERVANT | {_FAMILY}
_ELDERS = frozenset({"الشيخ", "شيخ", "الحاج", "الملك", "الامير", "سيدي", "السيد"})  # ولد الشيخ أحمد
_PARTICLES = frozenset({"فان", "دي", "دو", "لو", "ديل", "دا", "فون", "لا", "در"})  # فان دير لاين
_ORDINALS = frozenset({"الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"})
_FUNCTION = frozenset(
    "صلي عز وجل عليه في من الي على عن مع بعد قبل بين حول ضد منذ خلال امس اليوم ان قد كان قال قوله قولها الذي التي بني "
    "غير كيف متي لماذا اين".split()
)
_LONGEST = 9  # words of a name
STRONG = frozenset({"given", "name"})
POSSIBLE = frozenset({"given", "name", "perhaps", "rare"})
_TITLES = frozenset({"honorific", "office", "modifier"})
_BOLD = frozenset({"title", "naming", "saying", "kin", "office", "aside"})
# What is said, or its verb after أما, begins: no participle stands before it.
_SAYING = frozenset("ان انه انها بان ما فقال فقالت فيقول فتقول فقد فاكد فاكدت فاوضح فنفي فاعلن".split())
_CLITICS, _PRONOUNS = "بلكوفس", ("ها", "هم", "هما")
_PAUSES = frozenset({"،", ",", "(", '"', ":", "-", "–", ""})
_COMMAS = frozenset({"،", ",", ""})
_HEARER = 5  # words from a name to what was said, over who was told
# What tells when, after a name: صلاح | صباح الثلاثاء.
_DAY_PARTS = frozenset("صباح مساء ظهر عصر فجر ليل ليله عشيه غداه".split())
_DAYS = frozenset(
    "الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت اليوم امس الليله البارحه يوم الاسبوع الشهر العام السنه".split()
)
_FEASTS = frozenset("الفصح الفطر الاضحي الميلاد الاستقلال العمال الحب الام".split())  # عيد كذا
_SURNAME = 5  # letters; a shorter word with the article is hardly a nisba


class NameReader(msgspec.Struct, frozen=True):
    """Reads a name from a position of a sentence of folded words, after the given evidence."""

    words: Sequence[str]
    vocabulary: Vocabulary
    evidence: str

    def end(self, at: int, head: str) -> int:
        """Where the name ends that starts at `at` with the word `head` (its clitics off); `at` if none does."""
        end, previous = at, ""
        while end < len(self.words) and end - at < _LONGEST:
            word = head if end == at else self.words[end]
            if previous and (self._coordinated(word, previous) or self._told(end, word, previous, end - at)):
                break
            if self._dated(end, word) or (previous and self._after_nisba(end, word, previous)):
                break
            step = self._part(end, word, previous)
            if not step:
                break
            end += step
            previous = self.words[end - 1] if end - 1 > at else head
        return end

    def kind(self, word: str) -> str:
        """The kind of a word as part of a name: demonyms and titles count as ordinary unless they are given names."""
        if word == "علي" or word[:5] == "عبدال":
            return "given"
        kind = self.vocabulary.kind(word)
        if kind == "given" and not word.startswith("ال"):
            return kind
        if word in self.vocabulary.demonyms or self.vocabulary.contexts.get(word, frozenset()) & _TITLES:
            return "ordinary"
        return kind

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _coordinated(self, word: str, previous: str) -> bool:
        """Whether a word after a name is `و`, `ل` or `ب` and another name (`أردوغان وبوتين`), not a part of it."""
        if word[0] not in "ولب" or self.vocabulary.kinds.get(word) in STRONG or word in BIN:
            return False
        if word[:3] == "بال" and word[1:] in self.vocabulary.given and self.kind(previous) == "given":
            return False  # رشاد بالهادي, منجي بالحاج
        rest = word[1:]
        named = self.vocabulary.kinds.get(rest) in ("given", "name", "perhaps") or rest in GLUE
        strange = word[0] == "و" and self.kind(word) == self.kind(previous) == "rare"  # بين غوندام | وتونكا
        return named or strange or rest[:2] == "ال" or word[:2] == "وو"

    def _dated(self, at: int, word: str) -> bool:
        """Whether a word that may be a name tells when: صباح الثلاثاء, عيد الفطر."""
        following = self._word(at + 1)
        return (word in _DAY_PARTS and following in _DAYS) or (word == "عيد" and following in _FEASTS)

    def _after_nisba(self, at: int, word: str, previous: str) -> bool:
        """Whether a word follows a family name, which ends a name: علي الدمشقي | أورد, but محمد الفكي بشارة،."""
        if not _is_nisba(previous) or previous in self.vocabulary.given or word[:2] == "ال" or word in GLUE:
            return False
        following = self._word(at + 1)
        last = word in self.vocabulary.given and (following in _PAUSES or following in _SAYING)
        return self.kind(word) in ("rare", "perhaps", "derived") and not last

    def _told(self, at: int, word: str, previous: str, length: int) -> bool:
        """Whether a word is ل and who was told: محمود الشققي | للسنديان, الصيادي | لإذاعتنا إن."""
        if word[:2] == "لل":
            return True
        strange = word[0] == "ل" and self.kind(word) == "rare" and self._word(at + 1) not in BIN
        if not strange or self.kind(previous) == "given":
            return False
        return self._word(at + 1) in _SAYING or (self.evidence in _BOLD and (length > 1 or _is_nisba(previous)))

    def _part(self, at: int, word: str, previous: str) -> int:
        """How many words the part at `at` takes; 0 if it is none."""
        following = self._word(at + 1)
        if (word, following) in self.vocabulary.compounds:
            return 2  # عز الدين
        if word in BIN:
            return self._son(at, word, following, previous)
        if word in _SERVANT:
            if following == "رب" and self._word(at + 2) == "ه":
                return 3
            return 2 if following[:2] == "ال" or following in ("ربه", "رب", "مناف", "علي") else 0
        if word in KUNYA or (word == _FAMILY and previous):
            return self._kunya(at, word, following, previous)
        if word in _SECOND and previous:
            return 1
        return int(self._is_part(at, word, previous, following))

    def _son(self, at: int, word: str, following: str, previous: str) -> int:
        if not following or following in BIN or (not previous and word not in _OPENS):
            return 0
        if following in _ELDERS:
            return 2
        step = self._part(at + 1, following, word)
        if not step and previous and word in _SONS_OF_THE_WEST and following not in _FUNCTION | _SAYING:
            return 2  # المختار ولد | الطالب: what is so joined is a name, whatever else it means
        sure = previous or self.kind(following) in (POSSIBLE if self.evidence in _BOLD else STRONG)
        return 1 + step if step and sure else 0

    def _kunya(self, at: int, word: str, following: str, previous: str) -> int:
        if not following:
            return 0
        if following in _SERVANT:
            step = self._part(at + 1, following, word)
            return 1 + step if step else 0
        kind = self.vocabulary.kind(following)
        if kind in POSSIBLE:
            return 2
        sure = (word in ("ابو", "ابي") or bool(previous) or bool(self.evidence)) and word != "ام"
        ordinary = kind in ("ordinary", "derived") and following not in self.vocabulary.contexts
        return 2 if sure and ordinary and following not in _FUNCTION else 0

    def _is_part(self, at: int, word: str, previous: str, following: str) -> bool:
        if word in _FUNCTION:
            return False
        return self._is_later(at, word, previous, following) if previous else self._is_first(word, following)

    def _is_first(self, word: str, following: str) -> bool:
        kind = self.kind(word)
        if kind in STRONG:
            return True
        if word in _PARTICLES or word in _SECOND:
            return False
        if following in _OPENS and (
            kind == "rare" or (self.evidence in _BOLD and word not in self.vocabulary.contexts)
        ):
            return True  # الداه ولد كذا, قال المختار ولد كذا
        if word in self.vocabulary.also_given and self.evidence in _BOLD:
            if "office" in self.vocabulary.contexts.get(word, frozenset()) and following[:2] == "ال":
                return self.kind(following) == "name"  # قائد | الزورق
            return following in _SERVANT or (following != "" and self.kind(following) in ("name", "rare"))
        free = not self.vocabulary.contexts.get(word) and (self.evidence != "" or word in self.vocabulary.given)
        return kind in ("perhaps", "rare") and free

    def _is_later(self, at: int, word: str, previous: str, following: str) -> bool:
        kind = self.kind(word)
        if "office" in self.vocabulary.contexts.get(word, frozenset()) or not word[:1].isalpha():
            return False  # محمد ولي العهد
        if kind in STRONG or (following in _OPENS and word[0] not in _CLITICS):
            return True
        if word in _PARTICLES:
            return following != "" and self.kind(following) in POSSIBLE
        if kind in POSSIBLE:
            participle = kind == "rare" and word[:3] == "الم" and word[-1] != "ي"  # محمد المحتجز في, but فضل المتوكل أن
            told = following == "ما" or self._closed(at, word, following)
            return not participle or (self.evidence in _BOLD and told)
        return self._is_ordinary(at, word, previous, following)

    def _is_ordinary(self, at: int, word: str, previous: str, following: str) -> bool:
        """Whether an ordinary word is a part of the name before it."""
        kind, before, bold = self.kind(word), self.kind(previous), self.evidence in _BOLD
        if bold and word in self.vocabulary.surnames and (before == "given" or self._compound(at)):
            return True
        if word in self.vocabulary.given and word[:2] != "ال" and self.kind(following) in STRONG:
            return True  # محمود سيد أحمد
        if word in self.vocabulary.contexts:
            # زهية مقدم، but محمد الجريح
            return bold and word[:2] != "ال" and following in _PAUSES and self._is_name(at, previous, "")
        if _is_nisba(word) and kind in ("ordinary", "derived") and self._is_family(at, word, previous):
            return True
        if bold and self._is_name(at, previous, following) and self._closed(at, word, following):
            return True
        if bold and before == "given" and (self._bridge(word, following) or (kind == "derived" and word[:2] != "ال")):
            return True
        return word in _ORDINALS and self.evidence == "title"

    def _is_family(self, at: int, word: str, previous: str) -> bool:
        """Whether a nisba that is a word too (السعدي, الحديدي) is a family name after what stands before it."""
        if self.kind(previous) == "given" or self._compound(at) or self._word(at - 2) in KUNYA:
            return True
        bridged = previous[:2] == "ال" and self.kind(previous) == "ordinary"
        known = (
            self._word(at - 2) if bridged else previous
        ) in self.vocabulary.given  # رعد الحديدي, محمد الصغير الأخضري
        return known and self.evidence in _BOLD and word not in self.vocabulary.demonyms

    def _is_name(self, at: int, previous: str, following: str) -> bool:
        """Whether what stands before position `at` is a name beyond doubt: a given name, a compound, or what a title
        calls by name."""
        if self._compound(at):
            return True
        kind = self.kind(previous)
        if previous[:2] == "ال":
            return False
        if previous in self.vocabulary.given or kind in STRONG:
            # مندوب سهل | الشمال: a word that is a name too needs more before it than an office.
            return kind in STRONG or self.evidence not in ("office", "aside") or self._word(at)[:2] != "ال"
        later = following in _SAYING and self.kind(self._word(at - 2)) == "given"
        return kind == "rare" and self._word(at)[:2] != "ال" and (later or self.evidence == "title")

    def _closed(self, at: int, word: str, following: str) -> bool:
        """Whether a word of any kind is the last of a name because a pause, what was said or who was told follows it:
        قال سليم الطويل إن, رضا قتال، إن; but not what tells when or whose."""
        if word in _DAYS or word in _DAY_PARTS or word[-1] in "ا\u064b" or word in _SAYING or word[:4] == "قايل":
            return False
        if following in _PAUSES and word[:2] == "ال" and self.kind(word) == "derived":
            return True
        if following in _COMMAS and following and word[:2] == "ال" and self.evidence == "saying":
            return "saying" in self.vocabulary.context(
                self._word(at - 2)
            )  # قال | حسن الطويل، مدير كذا: no other noun goes between the two
        if following in _PAUSES and following != '"' and word[:2] != "ال":
            plain = following in _COMMAS or self._bare(word)
            return plain and (self.evidence != "saying" or following != "-")
        # زار الوزير أحمد المعرض، but قال أحمد السايح، إن
        after = following if following not in _COMMAS else self._word(at + 2)
        # The hearer may have a few words: قال جمال الأخضر لإذاعة محلية إن.
        told = after[:1] == "ل" and any(self._word(at + step) in _SAYING | {":"} for step in range(2, _HEARER + 1))
        verb = self._says(after) and (self.evidence != "title" or self.kind(self._word(at - 1)) == "given")
        verb = verb or (after[:2] == "لل" and word[:2] != "ال")
        said = (after in _SAYING and after != "ما") or verb
        return (said or told or following in ("(", ":")) and self._bare(word)

    def _bridge(self, word: str, following: str) -> bool:
        """Whether an ordinary word stands between a given and a family name: أحمد درع الجميلي, محمد الصغير الأخضري."""
        after = self.kind(following) if following else ""
        return after == "name" or (
            after in ("rare", "perhaps", "derived") and following[:2] == "ال" and following[-1] == "ي"
        )

    def _compound(self, at: int) -> bool:
        """Whether a given name of two words stands before: عبد القادر, عز الدين."""
        return self._word(at - 2) in _SERVANT or (self._word(at - 2), self._word(at - 1)) in self.vocabulary.compounds

    def _says(self, word: str) -> bool:
        return "saying" in self.vocabulary.contexts.get(word, frozenset())

    def _bare(self, word: str) -> bool:
        """Whether a word is no clitic and noun: قال أحمد باصرة إن, but أحمد لقناة إن, أحمد حينها إن."""
        rest = self.vocabulary.kinds.get(word[1:], "perhaps")
        clitic = len(word) < 3 or (word[0] in _CLITICS and (rest != "perhaps" or word[1:3] == "ال"))
        return not clitic and word not in _FUNCTION and not word.endswith(_PRONOUNS)


def _is_nisba(word: str) -> bool:
    """Whether a word has the shape of most family names: الدمشقي."""
    return word[:2] == "ال" and word[-1] == "ي" and len(word) >= _SURNAME


def name_parts(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name that can stand for it alone; `بن`, `أبو`, `آل`, `عبد` go with the word after them."""
    parts: list[str] = []
    glue: list[str] = []
    for word in words:
        if word in BIN:
            continue
        if word in GLUE:
            glue.append(word)
        elif word in _SECOND and parts and not glue:
            parts[-1] = f"{parts[-1]} {word}"
        else:
            parts.append(" ".join((*glue, word)))
            glue = []
    return tuple(parts)
