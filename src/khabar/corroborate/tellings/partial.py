"""Denials of all of it that, by what else the denier says in the same text, deny a part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures import Number
from khabar.corroborate.focus import Focus
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.profiles import Figure, Telling
from khabar.corroborate.words import words_of
from khabar.records import Claim

__all__ = ["Partial"]


class Partial:
    """Asks the tellings of one unit, with the numbers and the claims of its text."""

    def __init__(self, numbers: Sequence[Number], claims: Mapping[str, Claim], focus: Focus, cues: Cues) -> None:
        self.numbers, self.claims, self.focus, self.cues = numbers, claims, focus, cues

    def of(self, tellings: Sequence[Telling]) -> list[Telling]:
        """The tellings, with such denials as what they are.

        Who denies in so many words to have done it, and then that there was any of it, denies the same part. Who denies
        what others count, and then counts it, denies the number: `نفت اعتقال 14 شخصا وقالت إنهم تسعة`.
        """
        part = {one.voice.key for one in tellings if one.voice and one.stance == "denies" and one.denial == "part"}
        given: dict[tuple[str, str], list[tuple[int, Figure]]] = {}
        for one in tellings:
            if one.denial == "none":
                given.setdefault(_who(one), []).extend((one.start, figure) for figure in one.figures)
        return [
            replace(one, denial="part", flat=False)
            if one.denial == "full"
            and (
                (one.stance == "asserts" and one.voice and one.voice.key in part)
                or self._counts_anew(one, given.get(_who(one), ()))
            )
            else one
            for one in tellings
        ]

    def _counts_anew(self, telling: Telling, given: Sequence[tuple[int, Figure]]) -> bool:
        """Whether what a denier says afterwards gives a number for what is denied."""
        if telling.claim is None:
            return False
        content = self.claims[telling.claim].content
        denied = [n.figure for n in starting_in(self.numbers, content.start, content.end)]
        if not denied and self.cues.any("anaphor", words_of(content.text)[:1]):  # نفت ذلك وقالت إنهم 19
            last = self.focus.sentence_of(content.start)[1]
            return any(figure.people for start, figure in given if telling.start < start <= last)
        after = [figure for start, figure in given if start > telling.start and figure.max != 0]
        return any(one.role == other.role and _differ(one, other) for one in denied for other in after)


def _who(telling: Telling) -> tuple[str, str]:
    """Whose a telling is in its text."""
    return (telling.voice.key, telling.voice.label) if telling.voice else ("", "")


def _differ(one: Figure, other: Figure) -> bool:
    """Whether two figures give different numbers for the same thing."""
    same = one.unit == other.unit or (one.people and other.people)
    return same and (one.min, one.max) != (other.min, other.max)
