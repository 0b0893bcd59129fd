"""Whether two headlines about one thing agree or contradict each other.

A linear model over how the words of the two differ: shares of words in common, numbers, negation on one side, words
and word pairs that stand on one side only. Weights are in `data/corroborate/headlines.tsv`, fitted by
`scripts/fit_headlines.py` on Arabic News Stance (Khouja 2020, Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from khabar.corroborate.odds import Odds, odds_of
from khabar.corroborate.words import root_of, stem_of, words_of
from khabar.resources import Tables

__all__ = ["HeadlineStance", "build_headline_stance", "headline_features"]

_FUNCTION = frozenset("في من علي عن الي ان ب ل و هذا بعد قبل مع بين او ثم قد".split())
_NEGATIVE = frozenset("لا لم لن ليس ليست غير دون عدم بدون ينفي نفي تنفي نافي ما ولا يرفض ترفض رفض".split())
_MAX_WORDS = 40  # a headline; what is longer is cut, so that pairs of words stay few


class HeadlineStance(msgspec.Struct, frozen=True):
    """The fitted model: log-odds of `agree` against `disagree`."""

    odds: Odds

    def agreement(self, left: str, right: str) -> float:
        """Probability from 0 (contradict) to 1 (agree), given that both headlines speak of one thing."""
        return self.odds.probability(headline_features(left, right))

    def compare(self, left: str, right: str) -> Literal["agree", "disagree"]:
        """The more probable of the two."""
        return "agree" if self.agreement(left, right) >= 0.5 else "disagree"


def build_headline_stance(tables: Tables) -> HeadlineStance:
    """The model from its table."""
    return HeadlineStance(odds_of(tables, "headlines"))


def headline_features(left: str, right: str) -> Iterator[tuple[str, float]]:
    """Named features of a pair, the same in either order."""
    words = (_words(left), _words(right))
    roots = tuple({root_of(word) for word in side} for side in words)
    stems = tuple({stem_of(word) for word in side} for side in words)
    alone = tuple(sorted(stem for stem in stems[i] - stems[1 - i] if root_of(stem) not in roots[1 - i]) for i in (0, 1))
    shared = len(roots[0] & roots[1])
    union = shared / max(1, len(roots[0] | roots[1]))
    yield from ((f"alone={min(len(side), 6)}", 1.0) for side in alone)
    yield f"shared={min(len(stems[0] & stems[1]), 7)}", 1.0
    yield f"overlap={int(union * 6)}", 1.0
    yield from (("overlap", union), ("overlap²", union * union))
    yield "containment", shared / max(1, min(len(roots[0]), len(roots[1])))
    yield f"numbers={_numbers(left, right)}", 1.0
    yield f"negated={_negated(left) != _negated(right)}", 1.0
    if len(alone[0]) == len(alone[1]) == 1:
        yield "one word changed", 1.0
    yield from _difference(alone[0], alone[1])


def _difference(left: list[str], right: list[str]) -> Iterator[tuple[str, float]]:
    for stem in sorted({*left, *right}):
        yield f"word:{stem}", 1.0
    one, other = ({root_of(stem) for stem in side} for side in (left, right))
    for root in sorted(one | other):
        yield f"root:{root}", 1.0
    for pair in sorted({"|".join(sorted((a, b))) for a in one for b in other}):
        yield f"pair:{pair}", 1.0


def _tokens(headline: str) -> list[str]:
    return words_of(headline)[:_MAX_WORDS]


def _words(headline: str) -> list[str]:
    return [word for word in _tokens(headline) if word not in _FUNCTION]


def _negated(headline: str) -> bool:
    return not _NEGATIVE.isdisjoint(_tokens(headline))


def _numbers(left: str, right: str) -> str:
    one, other = ({word for word in _tokens(side) if word.isdigit()} for side in (left, right))
    if not one and not other:
        return "none"
    if not one or not other:
        return "one side"
    return "same" if one == other else "within" if one <= other or other <= one else "differ"
