"""Clusters of documents out of scored links, so that one wrong link does not merge two stories.

Links are taken from the strongest down. Two clusters merge when the members of one belong to the other on average,
each by the half of it that is most like it, and most are no strangers to it: a short answer is like the reports that it
answers, and not like all. What is alike to a few at the edge, as the weather of each day is to that of the next, does
not chain them. The larger they are, the more is asked; the more, too, of documents that were each compared with very
many others in vain: among so many, one is alike by chance. What denies or corrects and stands alone then joins the
story it is nearest to, on weaker evidence, since it must answer something. The result depends on the links and the
order of the documents alone, never on how they arrived.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

__all__ = ["ANSWERED", "THRESHOLD", "cluster", "spread"]

THRESHOLD = 0.3
"""Least score of a link that is followed, and least support of two documents that merge."""
ANSWERED = 0.05
"""Least support with which a denial or a correction joins what it answers."""
_FEW, _MANY = 30, 40  # others that both were compared with in vain: from the first on more is asked, up to the second
_CROWDED = 0.55  # what is then asked in place of THRESHOLD
_GROWTH = 0.3  # more support asked for each doubling: what goes on for days grows by neighbours
_PAIR, _SMALL = (
    1.0,
    2.0,
)  # doublings of the smaller and the larger one that ask for nothing more: two and four documents
_MOST_ASKED = 0.8
_STRANGER = 0.1  # least support with which a member is no stranger; most of them must be none
_CLEAR = 2.0  # how much more support for it there must be than for the next story
_ANSWERED_BY = 2  # members of a story that it is held against
_LEAST_HALF = 2  # members of the larger one that each of the smaller is held against at least
_VOTERS = 8  # members of the smaller cluster that are asked, evenly spread over it
_ELECTED = 24  # members of the larger one that they are compared with

Pair = tuple[int, int]


def cluster(
    count: int,
    links: Mapping[Pair, float],
    score: Callable[[int, int], float],
    *,
    vain: Mapping[int, int] | None = None,
    answers: Collection[int] = (),
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[int]]:
    """Clusters of `range(count)`, each sorted, in the order of their first members.

    `score` tells what a pair without a link would score; `vain` with how many others each was compared that are not
    alike. `answers` deny or correct what others told. Pairs of
    `together` are merged first and unasked; a merge that would join a pair of `apart` is refused. All pairs are (left,
    right) with left < right.
    """
    forest = _Forest(count, apart)
    for left, right in sorted(together):
        forest.merge(left, right)
    for (left, right), value in sorted(links.items(), key=lambda item: (-item[1], item[0])):
        if value < THRESHOLD:
            break
        one, other = forest.root(left), forest.root(right)
        least = _least(min(vain.get(left, 0), vain.get(right, 0))) if vain else THRESHOLD
        if one != other and value >= least and _belong(forest, one, other, links, score, least):
            forest.merge(left, right)
    for index, root in _answered(forest, links, score, sorted(answers)):
        forest.merge(index, root)
    return forest.clusters()


def _least(vain: int) -> float:
    """Least score at which a link is followed of two that were each compared with so many others in vain."""
    crowd = (vain - _FEW) / (_MANY - _FEW)
    return THRESHOLD + (_CROWDED - THRESHOLD) * max(0.0, min(1.0, crowd))


def _answered(
    forest: _Forest, links: Mapping[Pair, float], score: Callable[[int, int], float], answers: Sequence[int]
) -> list[Pair]:
    """For what denies or corrects and stands alone: the story that it answers, by its root, where that is clear."""
    alone = [index for index in answers if forest.size(forest.root(index)) == 1]
    near: dict[int, set[int]] = {index: set() for index in alone}
    for (left, right), value in links.items():
        if value >= ANSWERED:
            for one, other in ((left, right), (right, left)):
                if one in near and other not in near:
                    near[one].add(forest.root(other))
    found: list[Pair] = []
    for index in alone:
        support = {root: _held(forest, links, score, index, root, _ANSWERED_BY) for root in near[index]}
        ranked = sorted(support, key=lambda root: (-support[root], root))
        if not ranked or support[ranked[0]] < ANSWERED:
            continue
        if len(ranked) == 1 or support[ranked[0]] >= _CLEAR * support[ranked[1]]:
            found.append((index, ranked[0]))
    return found


def _belong(
    forest: _Forest,
    one: int,
    other: int,
    links: Mapping[Pair, float],
    score: Callable[[int, int], float],
    least: float,
) -> bool:
    if forest.size(one) > forest.size(other):
        one, other = other, one
    voters = forest.spread(one, _VOTERS)
    sizes = math.log2(forest.size(one)), math.log2(forest.size(other))
    doublings = max(0.0, sizes[0] - _PAIR) + max(0.0, sizes[1] - _SMALL)
    asked = min(_MOST_ASKED, least + _GROWTH * doublings)
    half = max(_LEAST_HALF, (min(forest.size(other), _ELECTED) + 1) // 2)
    support = [_held(forest, links, score, a, other, half) for a in voters]
    strangers = sum(value < _STRANGER for value in support)
    return sum(support) >= asked * len(voters) and strangers * 2 < len(voters)


def _held(
    forest: _Forest, links: Mapping[Pair, float], score: Callable[[int, int], float], one: int, root: int, most: int
) -> float:
    """Mean score of a document with those members of a cluster that it is most alike, so many at most."""
    pairs = [(one, b) if one < b else (b, one) for b in forest.spread(root, _ELECTED)]
    values = sorted((links[pair] if pair in links else score(*pair) for pair in pairs), reverse=True)[:most]
    return sum(values) / len(values)


def spread(members: Sequence[int], most: int) -> Sequence[int]:
    """Up to so many of them, evenly spread."""
    if len(members) <= most:
        return members
    return [members[at * (len(members) - 1) // (most - 1)] for at in range(most)]


class _Forest:
    """Disjoint sets with their members, and which of them must not meet."""

    def __init__(self, count: int, apart: Iterable[Pair]) -> None:
        self._parent = list(range(count))
        self._members = [[index] for index in range(count)]
        self._apart: dict[int, set[int]] = {}
        for left, right in apart:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def size(self, root: int) -> int:
        return len(self._members[root])

    def spread(self, root: int, most: int) -> Sequence[int]:
        """Up to so many members, evenly spread in the order of the documents."""
        return spread(self._members[root], most)

    def merge(self, left: int, right: int) -> None:
        one, other = self.root(left), self.root(right)
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        if one == other or self._forbidden(one, other):
            return
        self._parent[other] = one
        for index in self._members[other]:
            insort(self._members[one], index)
        self._members[other] = []

    def _forbidden(self, one: int, other: int) -> bool:
        """Whether two clusters, the larger first, hold a pair that must not meet."""
        if not self._apart:
            return False
        return any(self.root(foe) == one for index in self._members[other] for foe in self._apart.get(index, ()))

    def clusters(self) -> list[list[int]]:
        return sorted(members for members in self._members if members)
