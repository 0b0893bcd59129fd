"""All documents at once: copies, links and stories out of profiles and signatures. A pure function of what is there.

Documents are put in canonical order first (time of publication, then id), so that the order in which they arrived
cannot show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from khabar.corroborate.clusters import ANSWERED, THRESHOLD, cluster
from khabar.corroborate.copies import CopyPair, find_overlaps
from khabar.corroborate.groups import Group, find_groups, public_group
from khabar.corroborate.links import Candidate, LinkModel, candidate_links
from khabar.corroborate.memory import Memory
from khabar.corroborate.origins import CopiedFrom, Verdicts
from khabar.corroborate.profiles import Profile
from khabar.corroborate.records import CopyGroup, Link, Story
from khabar.corroborate.shingles import Shingler, Signature, shared_spans
from khabar.corroborate.stories import Cluster, build_story, event_name, story_id

__all__ = ["Corpus", "FoundCopies", "FoundStory", "Ties", "canonical", "corroborate"]

_ASIDE = THRESHOLD  # least support of an item or a paragraph in a story

Pair = tuple[int, int]


class Ties(msgspec.Struct, frozen=True):
    """What people said: pairs of events, named `<document id>/<event id>`, that are one happening, or two, and whose
    reports are whose. An event stands for what its document reports: a later reading may number events otherwise.
    """

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    origins: Verdicts = Verdicts()


class FoundCopies(msgspec.Struct, frozen=True):
    """A group of copies as it is printed; `key` hashes what it was made from, `members` are ids of documents."""

    key: str
    members: tuple[str, ...]
    group: CopyGroup


class FoundStory(msgspec.Struct, frozen=True):
    """A story, or None where memory has it; `basis` hashes what it was made from, `members` are ids of documents."""

    basis: str
    id: str
    members: tuple[str, ...]
    story: Story | None


class Corpus(msgspec.Struct, frozen=True):
    """Everything that was found; `links` by pair of ids of documents."""

    stories: tuple[FoundStory, ...]
    copies: tuple[FoundCopies, ...]
    links: dict[tuple[str, str], Link]


def canonical(profile: Profile) -> tuple[bool, str, str]:
    """The order of documents: by time of publication, those without one last; then by id."""
    return (not profile.at, profile.at, profile.document)


def corroborate(
    profiles: Sequence[Profile],
    signatures: Sequence[Signature],
    memory: Memory,
    model: LinkModel,
    *,
    ties: Ties | None = None,
) -> Corpus:
    """Copies, links and stories of documents in any order."""
    order = sorted(range(len(profiles)), key=lambda index: canonical(profiles[index]))
    run = _Run([profiles[i] for i in order], [signatures[i] for i in order], memory, model)
    return run.corpus(ties or Ties())


class Told(msgspec.Struct, frozen=True):
    """What one story is built from; `elsewhere` are parts of its members that tell another story."""

    members: list[int]
    asides: list[Pair]
    copies: list[FoundCopies]
    links: list[Link]
    elsewhere: list[Pair]


class _Run:
    def __init__(self, profiles: list[Profile], signatures: list[Signature], memory: Memory, model: LinkModel) -> None:
        self.profiles, self.signatures, self.memory, self.model = profiles, signatures, memory, model
        self._shingler = Shingler()

    def corpus(self, ties: Ties) -> Corpus:
        pairs = find_overlaps(self.signatures)
        groups = find_groups(self.profiles, pairs)
        copies = [self._copies(group) for group in groups]
        candidates = candidate_links(self.profiles)
        links = self._links(pairs, candidates)
        clusters = self._clusters({pair: link.score for pair, link in links.items()}, ties)
        asides = self._asides(candidates, clusters)
        stories = self._stories(clusters, asides, groups, copies, links, ties.origins)
        ids = [profile.document for profile in self.profiles]
        return Corpus(
            tuple(stories), tuple(copies), {(ids[left], ids[right]): link for (left, right), link in links.items()}
        )

    # --- copies ---

    def _copies(self, group: Group) -> FoundCopies:
        members = tuple(self.profiles[index].document for index in group.members)
        names = tuple(self.profiles[index].external_id for index in group.members)
        key = _hash([*members, *names, group.kind, group.original_by, group.similarity])
        found = self.memory.copies(key) or public_group(self.profiles, group, self._spans)
        return FoundCopies(key, members, found)

    def _spans(self, index: int, other: int) -> tuple[tuple[int, int], ...]:
        """Stretches of one document's text that stand in another's."""
        text = self.memory.text(self.profiles[index].document)
        return tuple(shared_spans(text, self.signatures[other].shingles, self._shingler))

    # --- links ---

    def _links(self, pairs: Sequence[CopyPair], found: Sequence[Candidate]) -> dict[Pair, Link]:
        """Links of main happenings that hold."""
        candidates = {(pair.left, pair.right): False for pair in pairs}
        candidates |= {(one.left, one.right): one.lasting for one in found if not one.happening}
        settled = [self.memory.is_settled(profile.document) for profile in self.profiles]
        links: dict[Pair, Link] = {}
        for (left, right), lasting in sorted(candidates.items()):
            one, other = self.profiles[left], self.profiles[right]
            if not (one.happenings and other.happenings):
                continue
            known = self.memory.link(one.document, other.document) if settled[left] and settled[right] else None
            # A lasting candidate that was compared before and is not remembered did not hold.
            if known is None and lasting and settled[left] and settled[right]:
                continue
            score, reasons = known or self._compared(left, right)
            if score >= (ANSWERED if _answers(one) or _answers(other) else THRESHOLD):
                links[left, right] = Link(event_name(one), event_name(other), score, reasons)
        return links

    def _compared(self, left: int, right: int) -> tuple[float, dict[str, float]]:
        features = self._features(left, right)
        score = self.model.score(features)
        return round(score, 4), {name: round(value, 2) for name, value in features.items() if value}

    def _features(self, left: int, right: int, happening: int = 0) -> dict[str, float]:
        return self.model.features(self.profiles[left], self.profiles[right], happening)

    # --- stories ---

    def _clusters(self, scores: Mapping[Pair, float], ties: Ties) -> list[list[int]]:
        """Clusters of documents with a main happening."""
        names = {profile.document: i for i, profile in enumerate(self.profiles) if profile.happenings}
        found = cluster(
            len(self.profiles), scores, lambda left, right: self.model.score(self._features(left, right)),
            answers=[index for index, profile in enumerate(self.profiles) if _answers(profile)],
            together=_indexed(ties.together, names), apart=_indexed(ties.apart, names),
        )  # fmt: skip
        return [members for members in found if self.profiles[members[0]].happenings]

    def _asides(self, candidates: Sequence[Candidate], clusters: Sequence[list[int]]) -> dict[int, list[Pair]]:
        """For each cluster the items of bulletins that tell its story too: (document, happening)."""
        home = {index: number for number, members in enumerate(clusters) for index in members}
        near: dict[Pair, set[int]] = {}
        for one in candidates:
            if one.happening and home[one.left] != home.get(one.right):
                near.setdefault((one.right, one.happening), set()).add(home[one.left])
        asides: dict[int, list[Pair]] = {}
        for (index, happening), numbers in sorted(near.items()):
            support = {number: self._support(clusters[number], index, happening) for number in sorted(numbers)}
            best = max(support, key=lambda number: (support[number], -number))
            if support[best] >= _ASIDE:
                asides.setdefault(best, []).append((index, happening))
        return asides

    def _support(self, members: list[int], index: int, happening: int) -> float:
        """How much an item belongs to a cluster: the mean likeness of the three members most like it."""
        scores = sorted((self.model.score(self._features(one, index, happening)) for one in members), reverse=True)[:3]
        return sum(scores) / len(scores)

    def _stories(
        self,
        clusters: Sequence[list[int]],
        asides: Mapping[int, list[Pair]],
        groups: Sequence[Group],
        copies: Sequence[FoundCopies],
        links: Mapping[Pair, Link],
        verdicts: Verdicts,
    ) -> Iterator[FoundStory]:
        copied = _copied(groups, copies)
        home = {index: number for number, members in enumerate(clusters) for index in members}
        shared: dict[int, list[FoundCopies]] = {}
        for group, found in zip(groups, copies, strict=True):
            for number in sorted({home[index] for index in group.members if index in home}):
                shared.setdefault(number, []).append(found)
        elsewhere: dict[int, list[int]] = {}
        for index, happening in sorted(pair for pairs in asides.values() for pair in pairs):
            elsewhere.setdefault(index, []).append(happening)
        inside: dict[int, list[Link]] = {}
        for (left, right), link in links.items():
            if home[left] == home[right]:
                inside.setdefault(home[left], []).append(link)
        for number, members in enumerate(clusters):
            told = Told(
                members, asides.get(number, []), shared.get(number, []), inside.get(number, []),
                [(index, happening) for index in members for happening in elsewhere.get(index, [])],
            )  # fmt: skip
            yield self._story(told, copied, verdicts)

    def _story(self, told: Told, copied: CopiedFrom, verdicts: Verdicts) -> FoundStory:
        indices = sorted({*told.members, *(index for index, _ in told.asides)})
        profiles = [self.profiles[index] for index in indices]
        said = verdicts.of({profile.document for profile in profiles})
        basis = _hash(
            [
                profiles,
                [(self.profiles[i].document, k) for i, k in told.asides],
                [found.key for found in told.copies],
                told.links,
                [(self.profiles[i].document, k) for i, k in told.elsewhere],
                said,
            ]
        )
        made = None
        if not self.memory.has_story(basis):
            members = tuple(sorted([*((index, 0) for index in told.members), *told.asides]))
            shown = tuple(found.group for found in told.copies)
            whole = Cluster(members, shown, tuple(told.links), tuple(told.elsewhere))
            made = build_story(self.profiles, whole, copied, said)
        key = story_id(self.profiles, told.members)
        return FoundStory(basis, key, tuple(profile.document for profile in profiles), made)


def _copied(groups: Sequence[Group], copies: Sequence[FoundCopies]) -> CopiedFrom:
    """For each copy its originals, with the copied stretches of what is copied in part."""
    copied: dict[int, list[tuple[int, Sequence[tuple[int, int]]]]] = {}
    for group, found in zip(groups, copies, strict=True):
        original, *others = group.members
        names = found.group.documents[1:]
        for index, name in zip(others, names, strict=True):
            spans = found.group.spans[name]
            if group.kind == "whole" or spans:
                copied.setdefault(index, []).append((original, () if group.kind == "whole" else spans))
    return copied


def _answers(profile: Profile) -> bool:
    return bool(profile.happenings) and profile.happenings[0].answers


def _hash(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()


def _indexed(pairs: Iterable[tuple[str, str]], names: Mapping[str, int]) -> list[Pair]:
    found = ((names.get(left.split("/", 1)[0]), names.get(right.split("/", 1)[0])) for left, right in pairs)
    return [(min(a, b), max(a, b)) for a, b in found if a is not None and b is not None and a != b]
