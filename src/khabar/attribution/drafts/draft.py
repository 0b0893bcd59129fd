"""A claim in the making."""

from __future__ import annotations

from typing import Literal

import msgspec

from khabar.attribution.phrases import Phrase
from khabar.attribution.view import COMPLEMENTISERS, View
from khabar.records import Span, Stance

__all__ = ["Draft", "DraftKind", "segment_start"]

DraftKind = Literal["finite", "participle", "noun", "particle", "closing", "outer"]


class Draft(msgspec.Struct, eq=False):
    """A claim in the making, in token positions.

    `at` is the cue, `segment` where the claim's own text begins (its subject, connective or particle), `start` and
    `end` the content with `skip` letters left out; `phrase` the source as read, None where it is carried over.
    """

    at: int
    segment: int
    kind: DraftKind
    start: int = 0
    end: int = 0
    skip: int = 0
    cue: Span | None = None
    stance: Stance = "asserts"
    joined: bool = False
    relative: bool = False
    weak: bool = False  # only a noun or a preposition links the content to its cue
    bound: bool = False  # the verb is tied to what stands before it: إعلان يفيد بأن, سبق أن وعد
    asks: bool = False  # a verb that may be followed by who is asked as well as by who asks
    fresh: bool = False  # the verb comes first, with its subject right of it: a clause of its own
    agrees: str = ""
    phrase: Phrase | None = None
    told: list[Phrase] = []
    carriers: list[Phrase] = []
    parent: Draft | None = None
    silent: bool = False  # its speaker only carries what another draft cites: no claim of its own
    points: bool = False  # its speaker confirms or denies what stands before: وهو ما نفته الشركة
    leads: bool = False  # a particle before its content: وبحسب مصدر فإن
    score: float = 0.8

    @property
    def backward(self) -> bool:
        """Whether the content stands before the cue."""
        return self.kind == "particle"

    @property
    def cites(self) -> bool:
        """Whether it names a source by the way (بحسب مصدر), and tells of nobody who goes on to speak."""
        return self.backward and not self.points


def segment_start(view: View, at: int) -> int:
    """Back over the connectives that open a claim's own text."""
    while at > 0:
        if view.has(at - 1, "connective"):
            at -= 1
        elif at > 1 and view.norm[at - 1] in {"ذلك", "هذا"} and view.norm[at - 2] in {"جاء", "وجاء"}:
            at -= 2  # وجاء ذلك على لسان
        elif at > 1 and view.norm[at - 1] in COMPLEMENTISERS and view.has(at - 2, "except"):
            at -= 2
        elif view.norm[at - 1] == "في" and view.norm[at] in {"حين", "وقت"}:
            at -= 1
        else:
            break
    return at
