"""From clusters of documents to stories: reports, origins, denials, conflicts, corrections, and why they are one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from khabar.corroborate.profiles import Happening, Profile, Spot, Telling
from khabar.corroborate.records import (
    CopyGroup,
    Denial,
    Link,
    Origin,
    Report,
    Story,
    StoryPlace,
    StoryTime,
)
from khabar.corroborate.stories.conflicts import Statement, find_conflicts, find_corrections
from khabar.corroborate.stories.origins import CopiedFrom, Source, Verdicts, find_origins, independent
from khabar.corroborate.words import root_of
from khabar.records import EventType

__all__ = ["Cluster", "build_story", "story_id"]

_SHARED_WORDS = 2  # words of other reports that a claim must hold to be of the story
_PLACES = 3
_HELD = 0.7  # share of a telling's words that stand in what copies it in part


class Cluster(msgspec.Struct, frozen=True):
    """The reports of one story, in order of time, with what ties them: (document, happening) by index.

    Happening 0 is the document's main one. `elsewhere` are happenings of the same documents that another story has.
    """

    members: tuple[tuple[int, int], ...]
    copies: tuple[CopyGroup, ...]
    links: tuple[Link, ...]
    elsewhere: tuple[tuple[int, int], ...] = ()


def story_id(profiles: Sequence[Profile], members: Iterable[int]) -> str:
    """A hash of the events that are its main reports."""
    events = sorted(event_name(profiles[index]) for index in members)
    return "story:" + hashlib.sha256("\n".join(events).encode()).hexdigest()[:24]


def event_name(profile: Profile) -> str:
    """`<document id>/<event id>` of a document's main event, as judgements name it."""
    return f"{profile.document}/{profile.happenings[0].event}"


def build_story(profiles: Sequence[Profile], cluster: Cluster, copied: CopiedFrom, verdicts: Verdicts) -> Story:
    """The story of one cluster."""
    members = [_Member(index, number, profiles[index]) for index, number in cluster.members]
    mains = [member.happening for member in members if member.number == 0]
    kind = _main_type(mains)
    told = _tellings(members, copied, _spans_elsewhere(profiles, cluster))
    sources = find_origins(told, profiles, copied, verdicts)
    names = _names(sources)
    carried = _carried(members, told, sources, copied)
    origins = tuple(_origin(source, key, carried[source], profiles) for source, key in names.items())
    corrections = find_corrections(
        (member.profile.external_id, member.profile.published, one)
        for member in members
        for one in member.happening.amendments
    )
    places, days = tuple(_places(mains)), _days(mains)
    return Story(
        schema="khabar.story/1", id=story_id(profiles, [index for index, number in cluster.members if number == 0]),
        label=_label(kind, places, days), type=kind,
        places=tuple(StoryPlace(place.id, place.name_en) for place in places), time=days,
        first_reported=_first([member.profile for member in members]),
        reports=tuple(_reports(members, told, sources, names)), copies=cluster.copies, origins=origins,
        independent=independent(origins), denials=tuple(_denials(told, profiles, kind)),
        conflicts=find_conflicts(_statements(told, sources, names, profiles, kind), corrections),
        corrections=corrections, why=cluster.links,
    )  # fmt: skip


# --- tellings ---


class _Member(msgspec.Struct, frozen=True):
    index: int
    number: int
    profile: Profile

    @property
    def happening(self) -> Happening:
        return self.profile.happenings[self.number]


_Told = tuple[int, Telling]


def _spans_elsewhere(profiles: Sequence[Profile], cluster: Cluster) -> dict[int, list[tuple[int, int]]]:
    """For each document the stretches that tell another story."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for index, number in cluster.elsewhere:
        happening = profiles[index].happenings[number]
        spans.setdefault(index, []).append((happening.start, happening.end))
    return spans


def _tellings(
    members: Sequence[_Member], copied: CopiedFrom, elsewhere: Mapping[int, Sequence[tuple[int, int]]]
) -> list[_Told]:
    """Tellings that are of the story: the sure ones, and those that speak of what other documents of it speak of."""
    spoken: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    indices = {member.index for member in members}
    copies = {m.index for m in members if any(original in indices for original, _ in copied.get(m.index, ()))}
    for member in members:
        if member.index in copies:
            continue  # a copy speaks of what its original speaks of
        happening = member.happening
        counted.update({figure.unit for telling in happening.tellings for figure in telling.figures if figure.unit})
        spoken.update(set(happening.words).union(*(telling.words for telling in happening.tellings)))
    return [
        (member.index, telling)
        for member in members
        for telling in member.happening.tellings
        if (telling.voice is not None or _is_own_matter(member, telling, members))
        and (
            telling.sure
            or _is_shared(telling, spoken, counted, member.index not in copies)
            or _is_denied(telling, member, members)
        )
        and (member.number or not any(start <= telling.start < end for start, end in elsewhere.get(member.index, ())))
    ]


def _is_own_matter(member: _Member, telling: Telling, members: Sequence[_Member]) -> bool:
    """Whether an outlet tells of the story's matter in its own voice: an item of a bulletin tells in passing what is
    not, and a feature opens with what it makes of it, in other words than all other reports."""
    mains = [one for one in members if not one.number]
    if member.number:
        return any(telling.type == one.happening.type for one in mains)
    others = [one.happening for one in mains if one.index != member.index]
    types = {telling.type, *member.happening.types}
    alike = any(not types.isdisjoint(one.types) for one in others)
    return alike or not others or any(len(set(telling.words).intersection(one.words)) > _SHARED_WORDS for one in others)


def _is_shared(telling: Telling, spoken: Counter[str], counted: Counter[str], own: bool) -> bool:
    """Whether a telling shares words with other reports; `own` says that its own is among those counted."""
    # Who counts people, or what others count too, needs to share less: `عدد العائلات أكثر من 120` has few words.
    counts = any(figure.people or (figure.unit and counted[figure.unit] > own) for figure in telling.figures)
    least = 1 if counts else _SHARED_WORDS
    return sum(spoken[word] > 1 for word in telling.words) >= least


def _is_denied(telling: Telling, member: _Member, members: Sequence[_Member]) -> bool:
    """Whether what a report denies is what another is about: by its type, or by a word of that one's title or lead."""
    if telling.denial == "none":
        return False
    roots = set(map(root_of, telling.words))
    others = (other.happening for other in members if other.index != member.index)
    return any(telling.type == other.type or not roots.isdisjoint(other.lead_roots) for other in others)


def _names(sources: Iterable[Source | None]) -> dict[Source, str]:
    """Ids of origins, in order of first telling."""
    names: dict[Source, str] = {}
    for source in sources:
        if source is not None:
            names.setdefault(source, f"o{len(names) + 1}")
    return names


def _carried(
    members: Sequence[_Member], told: Sequence[_Told], sources: Sequence[Source | None], copied: CopiedFrom
) -> dict[Source, list[int]]:
    """The documents of each origin, by index in order: those that give it, and their copies, whatever a copy is read
    as; of what is copied in part those that hold the words of a telling."""
    copies: dict[int, list[tuple[_Member, bool]]] = {}
    for member in members:
        for original, spans in copied.get(member.index, ()):
            copies.setdefault(original, []).append((member, not spans))
    documents: dict[Source, dict[int, None]] = {}
    for (index, telling), source in zip(told, sources, strict=True):
        if source is None:
            continue
        found = documents.setdefault(source, {})
        found[index] = None
        found.update((copy.index, None) for copy, whole in copies.get(index, ()) if whole or _holds(copy, telling))
    return {source: sorted(found) for source, found in documents.items()}


def _holds(copy: _Member, telling: Telling) -> bool:
    """Whether most of a telling's words are among a document's."""
    happening = copy.happening
    words = set(happening.words).union(*(one.words for one in happening.tellings))
    return len(words.intersection(telling.words)) >= max(1.0, _HELD * len(telling.words))


def _origin(source: Source, key: str, documents: Sequence[int], profiles: Sequence[Profile]) -> Origin:
    names = tuple(dict.fromkeys(profiles[index].external_id for index in documents))
    return Origin(key, source.label, source.kind, source.entity, names)


def _reports(
    members: Sequence[_Member], told: Sequence[_Told], sources: Sequence[Source | None], names: Mapping[Source, str]
) -> Iterable[Report]:
    """One row a (document, event, claim); a document without tellings has the row of its main event."""
    by_index = {member.index: member for member in members}
    rows: dict[int, list[Report]] = {index: [] for index in by_index}
    for (index, telling), source in zip(told, sources, strict=True):
        origin = names[source] if source is not None else None
        rows[index].append(_report(by_index[index], telling, origin))
    for index, member in by_index.items():
        yield from rows[index] or [_report(member, None, None)]


def _report(member: _Member, telling: Telling | None, origin: str | None) -> Report:
    profile = member.profile
    return Report(
        document=profile.document, external_id=profile.external_id, publisher=profile.publisher,
        event=(telling.event if telling else member.happening.event) or None, claim=telling.claim if telling else None,
        main=member.number == 0, stance=telling.stance if telling else "asserts",
        factuality=telling.factuality if telling else "certain", origin=origin,
    )  # fmt: skip


def _denials(told: Sequence[_Told], profiles: Sequence[Profile], kind: EventType) -> Iterable[Denial]:
    """One a document and denier; who denies a part too, or then tells how it was, has denied a part."""
    asserted = {
        (index, _speaker(telling))
        for index, telling in told
        if telling.denial == "none" and telling.sure and telling.tells
    }
    asserted |= {
        (index, _speaker(telling)) for index, telling in told if telling.denial == "part" and telling.stance == "denies"
    }
    flat = {(index, _speaker(telling)) for index, telling in told if telling.denial == "full" and telling.flat}
    seen: set[tuple[int, str]] = set()
    for index, telling in told:
        speaker = _speaker(telling)
        if telling.denial == "none" or (index, speaker) in seen:
            continue
        seen.add((index, speaker))
        full = (index, speaker) in flat or (telling.denial == "full" and (index, speaker) not in asserted)
        # نفى توقيف أي من المضربين: of the strike that is no denial of the whole.
        full = full and (telling.type == kind or kind not in telling.granted)
        label = telling.voice.label if telling.voice else profiles[index].publisher or ""
        yield Denial(document=profiles[index].external_id, claim=telling.claim, by=label, full=full)


def _speaker(telling: Telling) -> str:
    voice = telling.voice
    return "" if voice is None else voice.key or f"{voice.kind}@{voice.carrier}"


def _statements(
    told: Sequence[_Told],
    sources: Sequence[Source | None],
    names: Mapping[Source, str],
    profiles: Sequence[Profile],
    kind: EventType,
) -> list[Statement]:
    return [
        Statement(
            names[source],
            profiles[index].external_id,
            profiles[index].at,
            # What the story's own event counts is what the story counts, whatever its report is about.
            tuple(msgspec.structs.replace(one, of="") if one.of == kind else one for one in telling.figures),
        )
        for (index, telling), source in zip(told, sources, strict=True)
        if source is not None and telling.figures
    ]


# --- what the story is ---


def _main_type(happenings: Sequence[Happening]) -> EventType:
    counts = Counter(happening.type for happening in happenings)
    return min(counts, key=lambda kind: (-counts[kind], next(i for i, h in enumerate(happenings) if h.type == kind)))


def _places(happenings: Sequence[Happening]) -> list[Spot]:
    """Places of most reports, the nearer before the larger; a country only where there is nothing else."""
    spots: dict[str, Spot] = {}
    votes: Counter[str] = Counter()
    for happening in happenings:
        for rank, spot in enumerate(happening.spots):
            spots.setdefault(spot.id, spot)
            votes[spot.id] += 2 if rank == 0 else 1
    ranked = sorted(spots.values(), key=lambda s: (s.precision == "country", -votes[s.id], s.radius_km or 0.0, s.id))
    most = max(votes.values(), default=0)
    return [spot for spot in ranked if votes[spot.id] * 2 >= most][:_PLACES]


def _days(happenings: Sequence[Happening]) -> StoryTime:
    """The days that most dated reports agree on."""
    votes: Counter[int] = Counter()
    for happening in happenings:
        if happening.dated and happening.days and happening.days[1] - happening.days[0] <= 3:
            votes.update(range(happening.days[0], happening.days[1] + 1))
    if not votes:
        return StoryTime(None, None)
    most = max(votes.values())
    days = [day for day, count in votes.items() if count == most]
    return StoryTime(date.fromordinal(min(days)).isoformat(), date.fromordinal(max(days)).isoformat())


def _label(kind: str, places: Sequence[Spot], days: StoryTime) -> str:
    place = next((spot.name_en for spot in places if spot.name_en), None)
    return " · ".join(part for part in (kind, place, days.earliest) if part)


def _first(profiles: Sequence[Profile]) -> str | None:
    dated = [profile for profile in profiles if profile.at]
    return min(dated, key=lambda profile: profile.at).published if dated else None
