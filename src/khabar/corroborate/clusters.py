"""Clusters of documents out of scored links, so that one wrong link does not merge two stories.

Links are taken from the strongest down; two clusters merge when, on average over a few members of each, they belong
together. The result depends on the links and the order of the documents alone, never on how they arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

__all__ = ["THRESHOLD", "cluster"]

THRESHOLD = 0.5
"""Least score of a link that is followed, and least average between two clusters that merge."""
_VOTERS = 5  # members of each cluster that are asked, evenly spread over it

Pair = tuple[int, int]


def cluster(
    count: int,
    links: Mapping[Pair, float],
    score: Callable[[int, int], float],
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[int]]:
    """Clusters of `range(count)`, each sorted, in the order of their first members.

    `score` tells what a pair without a link would score. Pairs of `together` are merged first and unasked; a merge that
    would join a pair of `apart` is refused. All pairs are (left, right) with left < right.
    """
    forest = _Forest(count, apart)
    for left, right in sorted(together):
        forest.merge(left, right)
    for (left, right), value in sorted(links.items(), key=lambda item: (-item[1], item[0])):
        if value < THRESHOLD:
            break
        one, other = forest.root(left), forest.root(right)
        if one != other and _agree(forest.voters(one), forest.voters(other), links, score):
            forest.merge(left, right)
    return forest.clusters()


def _agree(one: list[int], other: list[int], links: Mapping[Pair, float], score: Callable[[int, int], float]) -> bool:
    total = 0.0
    for a in one:
        for b in other:
            pair = (a, b) if a < b else (b, a)
            value = links.get(pair)
            total += score(*pair) if value is None else value
    return total >= THRESHOLD * len(one) * len(other)


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

    def voters(self, root: int) -> list[int]:
        """A few members, evenly spread in the order of the documents."""
        members = self._members[root]
        if len(members) <= _VOTERS:
            return members
        return [members[at * (len(members) - 1) // (_VOTERS - 1)] for at in range(_VOTERS)]

    def merge(self, left: int, right: int) -> None:
        one, other = self.root(left), self.root(right)
        if one == other or self._forbidden(one, other):
            return
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        self._parent[other] = one
        self._members[one] = sorted(self._members[one] + self._members[other])
        self._members[other] = []

    def _forbidden(self, one: int, other: int) -> bool:
        if not self._apart:
            return False
        members = set(self._members[other])
        return any(not members.isdisjoint(self._apart.get(index, ())) for index in self._members[one])

    def clusters(self) -> list[list[int]]:
        return sorted(members for members in self._members if members)
