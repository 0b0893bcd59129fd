"""Denials of all of it that, by what else the denier says in the same text, deny a part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures import Number
from khabar.corroborate.focus import Focus
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.profiles import Figure, Telling
from khabar.corroborate.tellings.clauses import WAS, clause_of
from khabar.corroborate.tellings.negations import Negations
from khabar.corroborate.words import words_of
from khabar.records import Claim

__all__ = ["Partial"]

_NOT = frozenset(
    "لا لم لن ليس ليست ليسوا غير عدم دون بدون اي ايه احد احدا شيء شييا كان ما لو اذا اما سوف نفي مزعوم مزعومه".split()
)
_WHO = frozenset({"من", "الذي", "التي", "الذين", "الذى", "التى"})
_THEY = frozenset({"هو", "هي", "هم"})
_NEWS = frozenset(
    "خبر الخبر انباء الانباء الحديث حديث مزاعم المزاعم شايعات الشايعات اشاعات روايه الروايه كلام الكلام".split()
)
_OWN_UP = frozenset({"اعلن", "اعلنت", "تبني", "تبنت"})
_CLAUSE = frozenset({"وان", "وانه", "وانها", "وانهم", "و"})


class Partial:
    """Asks the tellings of one unit, with the numbers and the claims of its text."""

    def __init__(
        self, numbers: Sequence[Number], claims: Mapping[str, Claim], focus: Focus, negations: Negations, cues: Cues
    ) -> None:
        self.numbers, self.claims, self.focus, self.negations, self.cues = numbers, claims, focus, negations, cues

    def of(self, tellings: Sequence[Telling]) -> list[Telling]:
        """The tellings, with such denials as what they are.

        Who denies in so many words to have done it, and then that there was any of it, denies the same part. Who denies
        what others count, and then counts it, denies the number: `نفت اعتقال 14 شخصا وقالت إنهم تسعة`. Who then speaks
        of it as something that was, denies some other part: `نفت قصف السوق واتهمت الجيش بالهجوم`.
        """
        part = {one.voice.key for one in tellings if one.voice and one.stance == "denies" and one.denial == "part"}
        given: dict[tuple[str, str], list[tuple[int, Figure]]] = {}
        granting: set[tuple[str, str]] = set()
        for one in tellings:
            if one.denial == "none":
                given.setdefault(_who(one), []).extend((one.start, figure) for figure in one.figures)
                granting.update({_who(one)} if self._grants(one) else ())
        return [
            replace(one, denial="part", flat=False)
            if one.denial == "full"
            and (
                (one.stance == "asserts" and one.voice and one.voice.key in part)
                or self._counts_anew(one, given.get(_who(one), ()))
                or (not one.flat and one.voice and _who(one) in granting)
            )
            else one
            for one in tellings
        ]

    def _grants(self, telling: Telling) -> bool:
        """Whether somebody speaks of the happening as of something that was: `الإفراج تم بقرار`, `عصابة هي التي خطفته`,
        `اتهم الجيش بالهجوم`."""
        claim = self.claims.get(telling.claim or "")
        if claim is None or claim.cue is None:
            return False
        words = words_of(claim.content.text)
        if self.cues.any("false", words) or (words[:1] and (words[0] in _NEWS or words[0] == "ما")):
            return False
        cue = words_of(claim.cue.text)
        if self.cues.any("blame", cue) and _OWN_UP.isdisjoint(cue):
            return self.negations.is_about(words) or self.cues.any("doer", words) or self.cues.any("hand", words)
        return any(map(self._is_granted, _clauses(words)))

    def _is_granted(self, words: Sequence[str]) -> bool:
        if not _NOT.isdisjoint(words) or not _NEWS.isdisjoint(words):
            return False
        at = next(
            (at for at, word in enumerate(words) if word in _THEY and words[at + 1 : at + 2] and words[at + 1] in _WHO),
            None,
        )
        if at is not None and self.negations.is_like_it(words[at + 2 : at + 4]):
            return True
        return any(
            self.negations.is_it(word)
            or (after in WAS and not word.endswith(("ين", "ون")) and self.negations.is_about([word]))
            for word, after in pairwise([*words, ""])
            if word.startswith("ال")
        )

    def _counts_anew(self, telling: Telling, given: Sequence[tuple[int, Figure]]) -> bool:
        """Whether what a denier says afterwards gives a number for what is denied."""
        if telling.claim is None:
            return False
        content = self.claims[telling.claim].content
        denied = [n.figure for n in starting_in(self.numbers, content.start, content.end)]
        words = words_of(content.text)
        if not denied and self.cues.any("anaphor", words[:1]) and clause_of(words).news:  # نفت ذلك وقالت إنهم 19
            last = self.focus.sentence_of(content.start)[1]
            return any(figure.people and figure.max != 1 for start, figure in given if telling.start < start <= last)
        after = [figure for start, figure in given if start > telling.start and figure.max != 0]
        return any(one.role == other.role and _differ(one, other) for one in denied for other in after)


def _clauses(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """What is said, cut before each further `وأن`."""
    first = 0
    for at, word in enumerate(words):
        if word in _CLAUSE:
            yield words[first:at]
            first = at + 1
    yield words[first:]


def _who(telling: Telling) -> tuple[str, str]:
    """Whose a telling is in its text."""
    return (telling.voice.key, telling.voice.label) if telling.voice else ("", "")


def _differ(one: Figure, other: Figure) -> bool:
    """Whether two figures give different numbers for the same thing."""
    same = one.unit == other.unit or (one.people and other.people)
    return same and (one.min, one.max) != (other.min, other.max)
