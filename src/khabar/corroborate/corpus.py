"""All documents at once: copies, links and stories out of profiles and signatures. A pure function of what is there.

Documents are put in canonical order first (time of publication, then id), so that the order in which they arrived
cannot show.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from khabar.corroborate.copies import CopyPair, find_overlaps
from khabar.corroborate.copies.groups import Group, find_groups, public_group
from khabar.corroborate.copies.shingles import Shingler, Signature, shared_spans
from khabar.corroborate.links import Candidate, LinkModel, candidate_links
from khabar.corroborate.links.clusters import ANSWERED, THRESHOLD, cluster, spread
from khabar.corroborate.memory import Memory
from khabar.corroborate.profiles import Profile
from khabar.corroborate.records import CopyGroup, Link, Story
from khabar.corroborate.stories import Cluster, build_story, event_name, story_id
from khabar.corroborate.stories.origins import CopiedFrom, Verdicts, outlet_at

__all__ = ["Corpus", "FoundCopies", "FoundStory", "Ties", "canonical", "corroborate"]

_ASIDE = 0.22  # least support of an item or a paragraph in a story: it has fewer words than a report
_SUPPORT = 3  # members of a story whose likeness counts
_ELECTED = 24  # members of a story that an item is compared with

Pair = tuple[int, int]
Compared = tuple[str, str, int]
"""A document by its main happening, another, and which of its happenings."""


class Ties(msgspec.Struct, frozen=True):
    """What people said: pairs of events, named `<document id>/<event id>`, that are one happening, or two, and whose
    reports are whose. An event stands for what its document reports: a later reading may number events otherwise.

    Pairs of two items of bulletins are not heeded: neither has a story of its own.
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
    """Everything that was found; `links` by pair of ids of documents.

    `scores` are all that were asked for, links or not, by ids and number of happening; `compared` how many of them no
    memory had.
    """

    stories: tuple[FoundStory, ...]
    copies: tuple[FoundCopies, ...]
    links: dict[tuple[str, str], Link]
    scores: dict[Compared, float]
    compared: int


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
    begins: Callable[[str], None] = lambda _step: None,
) -> Corpus:
    """Copies, links and stories of documents in any order; `begins` is told of each of these steps."""
    order = sorted(range(len(profiles)), key=lambda index: canonical(profiles[index]))
    run = _Run([profiles[i] for i in order], [signatures[i] for i in order], memory, model)
    return run.corpus(ties or Ties(), begins)


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
        self._scores: dict[tuple[int, int, int], float] = {}
        self._reasons: dict[Pair, dict[str, float]] = {}
        self._vain: Counter[int] = Counter()
        self._compared = 0

    def corpus(self, ties: Ties, begins: Callable[[str], None]) -> Corpus:
        begins("copies")
        pairs = find_overlaps(self.signatures)
        groups = find_groups(self.profiles, pairs)
        copies = [self._copies(group) for group in groups]
        begins("links")
        candidates = candidate_links(self.profiles)
        links = self._links(pairs, candidates)
        begins("stories")
        said = _Said(ties, self.profiles)
        clusters = self._clusters({pair: link.score for pair, link in links.items()}, said)
        asides = self._asides(candidates, clusters, said)
        stories = tuple(self._stories(clusters, asides, groups, copies, links, ties.origins))
        ids = [profile.document for profile in self.profiles]
        return Corpus(
            stories, tuple(copies), {(ids[left], ids[right]): link for (left, right), link in links.items()},
            {(ids[left], ids[right], number): score for (left, right, number), score in self._scores.items()},
            self._compared,
        )  # fmt: skip

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
        candidates = {(pair.left, pair.right) for pair in pairs}
        candidates |= {(one.left, one.right) for one in found if not one.happening}
        links: dict[Pair, Link] = {}
        for left, right in sorted(candidates):
            one, other = self.profiles[left], self.profiles[right]
            if not (one.happenings and other.happenings):
                continue
            score = self._score(left, right)
            if score < THRESHOLD:
                self._vain.update((left, right))
            if score >= (ANSWERED if _answers(one) or _answers(other) else THRESHOLD):
                links[left, right] = Link(event_name(one), event_name(other), score, self._reasons_of(left, right))
        return links

    def _score(self, left: int, right: int, happening: int = 0) -> float:
        """How alike the main happening of one document and one of another's are; compared once, whoever asks."""
        key = (left, right, happening)
        score = self._scores.get(key)
        if score is None:
            score = self.memory.score(self.profiles[left].document, self.profiles[right].document, happening)
            self._scores[key] = score = self._compare(*key) if score is None else score
        return score

    def _compare(self, left: int, right: int, happening: int) -> float:
        self._compared += 1
        features = self.model.features(self.profiles[left], self.profiles[right], happening)
        score = round(self.model.score(features), 4)
        if score >= ANSWERED and not happening:
            self._reasons[left, right] = _reasons(features)
        return score

    def _reasons_of(self, left: int, right: int) -> dict[str, float]:
        found = self._reasons.get((left, right))
        found = found or self.memory.reasons(self.profiles[left].document, self.profiles[right].document)
        return found or _reasons(self.model.features(self.profiles[left], self.profiles[right]))

    # --- stories ---

    def _clusters(self, scores: Mapping[Pair, float], said: _Said) -> list[list[int]]:
        """Clusters of documents with a main happening."""
        found = cluster(
            len(self.profiles), scores, self._score, vain=self._vain,
            answers=[index for index, profile in enumerate(self.profiles) if _answers(profile)],
            together=said.together, apart=said.apart,
        )  # fmt: skip
        return [members for members in found if self.profiles[members[0]].happenings]

    def _asides(
        self, candidates: Sequence[Candidate], clusters: Sequence[list[int]], said: _Said
    ) -> dict[int, list[Pair]]:
        """For each cluster the items of bulletins that tell its story too: (document, happening)."""
        home = {index: number for number, members in enumerate(clusters) for index in members}
        near: dict[Pair, set[int]] = {item: set() for item in said.joined}
        for one in candidates:
            if one.happening and home[one.left] != home.get(one.right):
                near.setdefault((one.right, one.happening), set()).add(home[one.left])
        asides: dict[int, list[Pair]] = {}
        alike: dict[Pair, list[tuple[float, int]]] = {}
        for item, numbers in sorted(near.items()):
            wanted = {home[index] for index in said.joined.get(item, ())} - {home.get(item[0])}
            asked = wanted or numbers - {home[index] for index in said.barred.get(item, ())}
            support = {number: self._support(clusters[number], *item) for number in sorted(asked)}
            best = max(support, key=lambda number: (support[number], -number), default=-1)
            if wanted:
                asides.setdefault(best, []).append(item)
            elif support and support[best] >= _ASIDE:
                alike.setdefault((best, item[0]), []).append((-support[best], item[1]))
        # Of the items of one document that are like a story one tells it: `صلح آخر بين عائلتين` is another.
        for (best, index), items in sorted(alike.items()):
            if not any(index == other for other, _ in asides.get(best, ())):
                asides.setdefault(best, []).append((index, min(items)[1]))
        return {number: sorted(items) for number, items in asides.items()}

    def _support(self, members: list[int], index: int, happening: int) -> float:
        """How much an item belongs to a cluster: the mean likeness of those of its members that are most like it."""
        asked = spread(members, _ELECTED)
        scores = sorted((self._score(one, index, happening) for one in asked), reverse=True)[:_SUPPORT]
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
                [(self.profiles[i].document, spans) for index in indices for i, spans in copied.get(index, ())],
                [outlet_at(*place, self.profiles, copied) for place in _told(told, self.profiles)],
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


def _told(told: Told, profiles: Sequence[Profile]) -> Iterator[Pair]:
    """Document and offset of each telling. Whose words stand there, documents outside the story can change."""
    for index, number in sorted([*((index, 0) for index in told.members), *told.asides]):
        yield from ((index, telling.start) for telling in profiles[index].happenings[number].tellings)


def _reasons(features: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in features.items() if value}


def _answers(profile: Profile) -> bool:
    return bool(profile.happenings) and profile.happenings[0].answers


def _hash(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()


class _Said:
    """Judgements by index: of main happenings, and of items of bulletins with a main happening.

    `joined` and `barred` hold, for an item, documents whose story it is or is not of.
    """

    def __init__(self, ties: Ties, profiles: Sequence[Profile]) -> None:
        by_id = {profile.document: (index, profile) for index, profile in enumerate(profiles)}
        self.joined: dict[Pair, set[int]] = {}
        self.barred: dict[Pair, set[int]] = {}
        self.together = list(self._mains(ties.together, by_id, self.joined))
        self.apart = list(self._mains(ties.apart, by_id, self.barred))

    def _mains(
        self,
        pairs: Iterable[tuple[str, str]],
        by_id: Mapping[str, tuple[int, Profile]],
        items: dict[Pair, set[int]],
    ) -> Iterator[Pair]:
        for left, right in pairs:
            one, other = _named(left, by_id), _named(right, by_id)
            if one is None or other is None or one[0] == other[0]:
                continue
            if one[1] == other[1] == 0:
                yield min(one[0], other[0]), max(one[0], other[0])
            elif not (one[1] and other[1]):
                item, main = (one, other) if one[1] else (other, one)
                items.setdefault(item, set()).add(main[0])


def _named(name: str, profiles: Mapping[str, tuple[int, Profile]]) -> Pair | None:
    """Document and happening that a judgement means by `<document id>/<event id>`.

    An event that is of no happening means the main one: a later reading may number its events otherwise.
    """
    document, _, event = name.rpartition("/")
    if document not in profiles or not profiles[document][1].happenings:
        return None
    index, profile = profiles[document]
    events = [happening.event for happening in profile.happenings]
    return index, events.index(event) if event in events else 0
