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

BIN = frozenset({"بن", "ابن", "بنت", "ولد"})
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
    "غير".split()
)
_LONGEST = 9  # words of a name
STRONG = frozenset({"given", "name"})
POSSIBLE = frozenset({"given", "name", "perhaps", "rare"})
_TITLES = frozenset({"honorific", "office", "modifier"})
_BOLD = frozenset({"title", "naming", "saying", "kin", "office"})
_FIRM = frozenset({"title", "naming", "office", "saying", "kin"})
# What is said, or its verb after أما, begins: no participle stands before it.
_SAYING = frozenset("ان انه انها بان ما فقال فقالت فيقول فتقول فقد فاكد فاكدت فاوضح فنفي فاعلن".split())
_CLITICS, _PRONOUNS = "بلكوفس", ("ها", "هم", "هما")
_PAUSES = frozenset({"،", ",", "(", '"', ":", "-", "–", ""})


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
            if previous and (self._coordinated(word) or self._told(end, word, previous)):
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

    def _coordinated(self, word: str) -> bool:
        """Whether a word after a name is `و`, `ل` or `ب` and another name (`أردوغان وبوتين`), not a part of it."""
        if word[0] not in "ولب" or self.vocabulary.kinds.get(word) in STRONG or word in BIN:
            return False
        rest = word[1:]
        named = self.vocabulary.kinds.get(rest) in ("given", "name", "perhaps") or rest in GLUE
        return named or rest[:2] == "ال" or word[:2] == "وو"

    def _told(self, at: int, word: str, previous: str) -> bool:
        """Whether a word is ل and who was told: محمود الشققي | للسنديان, الصيادي | لإذاعتنا إن."""
        if word[:2] == "لل":
            return True
        strange = word[0] == "ل" and self.kind(word) == "rare"
        return strange and self.kind(previous) != "given" and self._word(at + 1) in _SAYING

    def _part(self, at: int, word: str, previous: str) -> int:
        """How many words the part at `at` takes; 0 if it is none."""
        following = self._word(at + 1)
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
        if not following or following in BIN or (not previous and word not in ("بن", "ولد")):
            return 0
        if following in _ELDERS:
            return 2
        step = self._part(at + 1, following, word)
        return 1 + step if step and (previous or self.kind(following) in STRONG) else 0

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
        if word in _PARTICLES:
            return False
        if word in self.vocabulary.also_given and self.evidence in _FIRM:
            return following != "" and self.kind(following) in ("name", "rare")
        free = not self.vocabulary.contexts.get(word) and (self.evidence != "" or word in self.vocabulary.given)
        return kind in ("perhaps", "rare") and free

    def _is_later(self, at: int, word: str, previous: str, following: str) -> bool:
        kind, before = self.kind(word), self.kind(previous)
        if "office" in self.vocabulary.contexts.get(word, frozenset()):
            return False  # محمد ولي العهد
        if kind in STRONG:
            return True
        if word in _PARTICLES:
            return following != "" and self.kind(following) in POSSIBLE
        bold = self.evidence in _BOLD
        if kind in POSSIBLE:
            participle = kind == "rare" and word[:3] == "الم" and word[-1] != "ي"  # محمد المحتجز في, but فضل المتوكل أن
            return not participle or (bold and following in _SAYING)
        nisba = word[:2] == "ال" and word[-1:] == "ي" and len(word) > 4
        if nisba and kind in ("ordinary", "derived") and (before == "given" or self._word(at - 2) in _SERVANT | KUNYA):
            return not self.vocabulary.contexts.get(word)
        if bold and kind in ("derived", "ordinary") and previous in self.vocabulary.given:
            # قال عمار البردان إن; a word that is none of its own only before a verb: إدريس الفضيل قال
            by_verb = self.evidence == "office" and self._says(following)
            ends = by_verb if kind == "ordinary" else self._ends(word, following)
            if ends and word[:2] == "ال":
                return not self.vocabulary.contexts.get(word)
        if bold and word in self.vocabulary.surnames and (before == "given" or self._compound(at)):
            return True
        if bold and before == "given" and word[:2] != "ال":
            return self._surname(word, kind, following)
        return word in _ORDINALS and self.evidence == "title"

    def _compound(self, at: int) -> bool:
        """Whether `عبد` and its second half stand before."""
        return self._word(at - 2) in _SERVANT

    def _surname(self, word: str, kind: str, following: str) -> bool:
        """Whether an ordinary word after a given name is a name: `أحمد درع الجميلي`, `علي مطر،`."""
        if self.vocabulary.contexts.get(word) or kind not in ("ordinary", "derived"):
            return False
        after = self.kind(following) if following else ""
        bridge = after == "name" or (after in ("rare", "perhaps") and following[:2] == "ال" and following[-1] == "ي")
        return bridge or kind == "derived" or self._ends(word, following)

    def _ends(self, word: str, following: str) -> bool:
        """Whether a pause, who was told or what was said follows a word that can be the last of a name."""
        said = (following in _SAYING and following != "ما") or self._says(following) or following[:2] == "لل"
        return (following in _PAUSES or (said and self._bare(word))) and word[-1] != "ا"

    def _says(self, word: str) -> bool:
        return "saying" in self.vocabulary.contexts.get(word, frozenset())

    def _bare(self, word: str) -> bool:
        """Whether a word is no clitic and noun: قال أحمد باصرة إن, but أحمد لقناة إن, أحمد حينها إن."""
        clitic = word[0] in _CLITICS and self.vocabulary.kind(word[1:]) not in ("rare", "derived")
        return not clitic and word not in _FUNCTION and not word.endswith(_PRONOUNS)


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
