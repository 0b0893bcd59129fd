"""Groups of copies: who copied whom, as far as credits, times and lengths tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from khabar.corroborate.copies import CopyPair
from khabar.corroborate.profiles import Profile
from khabar.corroborate.records import CopyGroup

__all__ = ["Group", "Spans", "find_groups", "public_group"]

Spans = Callable[[int, int], tuple[tuple[int, int], ...]]
"""The stretches of the first document's text that stand in the second's, by index."""


class Group(msgspec.Struct, frozen=True):
    """A group by index, the original first; `similarity` is that of the least alike copy to the original."""

    members: tuple[int, ...]
    original_by: str
    kind: str
    similarity: float


def find_groups(profiles: Sequence[Profile], pairs: Sequence[CopyPair]) -> list[Group]:
    """Groups of whole copies (connected ones), and groups that share a part (all pairs of them do), in order.

    Every pair of `pairs` is in some group. `profiles` are in canonical order, so that the first of equals is earliest.
    """
    whole = [pair for pair in pairs if pair.whole]
    parts = [pair for pair in pairs if not pair.whole]
    likeness = {(pair.left, pair.right): pair for pair in pairs}
    groups = [_group(profiles, members, "whole", likeness) for members in _connected(whole)]
    groups += [_group(profiles, members, "part", likeness) for members in _cliques(parts, likeness)]
    return sorted(groups, key=lambda group: (group.members, group.kind))


def public_group(profiles: Sequence[Profile], group: Group, spans: Spans) -> CopyGroup:
    """The group as it is printed, with the shared stretches of each copy."""
    original, *copies = group.members
    return CopyGroup(
        documents=tuple(profiles[index].external_id for index in group.members), original_by=group.original_by,
        kind=group.kind, similarity=group.similarity,
        spans={profiles[index].external_id: spans(index, original) for index in copies},
    )  # fmt: skip


def _connected(pairs: Sequence[CopyPair]) -> list[list[int]]:
    parent: dict[int, int] = {}

    def root(index: int) -> int:
        while parent.setdefault(index, index) != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for pair in pairs:
        one, other = sorted((root(pair.left), root(pair.right)))
        parent[other] = one
    members: dict[int, list[int]] = {}
    for index in sorted(parent):
        members.setdefault(root(index), []).append(index)
    return [members[key] for key in sorted(members)]


def _cliques(parts: Sequence[CopyPair], likeness: dict[tuple[int, int], CopyPair]) -> Iterator[list[int]]:
    """Sets in which every two share text, such that every part pair is in one; each starts from the earliest."""
    near: dict[int, set[int]] = {}
    for pair in parts:
        near.setdefault(pair.left, set()).add(pair.right)
        near.setdefault(pair.right, set()).add(pair.left)
    covered: set[tuple[int, int]] = set()
    for pair in parts:
        if (pair.left, pair.right) in covered:
            continue
        members = [pair.left, pair.right]
        for other in sorted(near[pair.left] & near[pair.right]):
            if other > pair.left and all(_share_part(other, member, likeness) for member in members[2:]):
                members.append(other)
        members.sort()
        covered.update((a, b) for at, a in enumerate(members) for b in members[at + 1 :])
        yield members


def _share_part(one: int, other: int, likeness: dict[tuple[int, int], CopyPair]) -> bool:
    pair = likeness.get((min(one, other), max(one, other)))
    return pair is not None and not pair.whole


def _group(
    profiles: Sequence[Profile], members: list[int], kind: str, likeness: dict[tuple[int, int], CopyPair]
) -> Group:
    original, by = _original(profiles, members)
    ordered = (original, *(index for index in members if index != original))
    found = [likeness.get((min(original, index), max(original, index))) for index in ordered[1:]]
    alike = [pair.jaccard if kind == "whole" else pair.containment for pair in found if pair]
    return Group(ordered, by, kind, round(min(alike, default=0.0), 3))


def _original(profiles: Sequence[Profile], members: list[int]) -> tuple[int, str]:
    """The original among members in order of time, and what told it."""
    credited = {credit.key for index in members if (credit := profiles[index].credit)}
    for index in members:
        if profiles[index].publisher_key in credited:
            return index, "credit"
    dated = [index for index in members if profiles[index].at]
    if len(dated) == len(members) and profiles[dated[0]].at != profiles[dated[1]].at:
        return dated[0], "time"
    # Where times do not tell, a text that is nothing but what the others hold is what they took.
    return min(members, key=lambda index: (profiles[index].length, profiles[index].document)), "containment"
