"""Origins: the furthest upstream source of each telling, counted once however many outlets carry it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from khabar.corroborate.outlets import UNNAMED_AGENCIES, is_vague, outlet_words, same_outlet
from khabar.corroborate.profiles import Profile, Telling, Voice
from khabar.corroborate.records import Independent, Origin
from khabar.corroborate.stories.likeness import UNNAMED, Source, is_name_of, is_same, merged
from khabar.corroborate.stories.people import bodies_of_people, in_post, with_surnames

__all__ = ["UNNAMED", "Source", "Verdicts", "find_origins", "independent", "outlet_at", "telling_name"]

_EDITED = 60  # characters

CopiedFrom = Mapping[int, Sequence[tuple[int, Sequence[tuple[int, int]]]]]
"""For each document that copies, by index: its originals, with the stretches that it has of them (all, if empty)."""


class Verdicts(msgspec.Struct, frozen=True):
    """What people said of origins; a telling is named `<document id>/<event>/<claim>`, without a claim `…/`.

    `same` and `apart` are pairs of tellings whose origins are one, or two; of a pair of `same` the second's name stays.
    `given` says whose a telling is.
    """

    same: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, Source], ...] = ()

    def of(self, documents: Collection[str]) -> Verdicts:
        """Those that speak of tellings in these documents alone."""

        def inside(*names: str) -> bool:
            return all(name.split("/", 1)[0] in documents for name in names)

        return Verdicts(
            tuple(pair for pair in self.same if inside(*pair)), tuple(pair for pair in self.apart if inside(*pair)),
            tuple(one for one in self.given if inside(one[0])),
        )  # fmt: skip


def telling_name(document: str, telling: Telling) -> str:
    """A telling as verdicts name it."""
    return f"{document}/{telling.event}/{telling.claim or ''}"


def outlet_at(index: int, offset: int, profiles: Sequence[Profile], copied: CopiedFrom) -> tuple[str, str]:
    """Key and label of the outlet whose words stand at an offset: the original's in what is copied, else the credited
    agency's, else the publisher's."""
    seen = {index}
    while True:
        for original, spans in copied.get(index, ()):
            # What was changed at the head of a copied passage is of it.
            if original not in seen and (not spans or any(start - _EDITED <= offset < end for start, end in spans)):
                break
        else:
            break
        # Where the words stand in the original is not asked: what it copied itself it mostly copied whole.
        index, offset = original, 0
        seen.add(index)
    profile = profiles[index]
    if profile.credit is not None:
        return profile.credit.key, profile.credit.label
    return profile.publisher_key or f"document:{profile.document}", profile.publisher or profile.external_id


def find_origins(
    tellings: Sequence[tuple[int, Telling]], profiles: Sequence[Profile], copied: CopiedFrom, verdicts: Verdicts
) -> list[Source | None]:
    """The source of each telling, None for all of whoever denies the whole. What people said wins."""
    outlets = {profiles[index].publisher_key: profiles[index].publisher or "" for index, _ in tellings}
    outlets.pop("", None)
    names = [telling_name(profiles[index].document, telling) for index, telling in tellings]
    sources = [_source(index, telling, profiles, copied, outlets) for index, telling in tellings]
    people = [voice for index in sorted({index for index, _ in tellings}) for voice in profiles[index].people]
    sources = _as_quoted(tellings, _as_bodies(tellings, _as_in_post(tellings, sources), people))
    # One that a person chose among those of the story is that one, whatever its key.
    shown = {(one.label, one.kind, one.entity): one for one in sources}
    given = {name: shown.get((one.label, one.kind, one.entity), one) for name, one in verdicts.given}
    sources = [given.get(name, source) for name, source in zip(names, sources, strict=True)]
    papers = _only_papers(tellings, sources)
    sources = [
        _outlet(*outlet_at(index, telling.start, profiles, copied)) if index in papers else source
        for (index, telling), source in zip(tellings, sources, strict=True)
    ]
    sources = _as_original(tellings, sources, copied, fixed=[name in given for name in names])
    sources = _as_upstream(tellings, sources, profiles, fixed=[name in given for name in names])
    sources = _set_apart(names, sources, verdicts)
    at = dict(zip(names, sources, strict=True))
    reports = [index for index, _ in tellings]
    chosen = merged(sources, _pairs(verdicts.same, at), _pairs(verdicts.apart, at), reports)
    stand = [chosen[source] for source in sources]
    told = [telling for _, telling in tellings]
    asserting = {s for t, s in zip(told, stand, strict=True) if t.sure and t.tells and t.denial == "none"}
    flat = {s for t, s in zip(told, stand, strict=True) if t.denial == "full" and t.flat}
    deniers = {s for t, s in zip(told, stand, strict=True) if t.denial == "full"} - asserting | flat
    # Who is only said by another to have spoken is an origin where another report has their words.
    heard = {s for t, s in zip(told, stand, strict=True) if not t.inner}
    heard -= _carriers(tellings, stand, profiles)
    heard = {source for source in heard if source.kind != "document"}
    return [
        None if (t.denial == "full" or s in deniers or s not in heard) and name not in given else s
        for name, t, s in zip(names, told, stand, strict=True)
    ]


def _only_papers(tellings: Sequence[tuple[int, Telling]], sources: Sequence[Source]) -> set[int]:
    """Reports that have it all from papers that nobody issued, وثائق, كشوف: who found them tells it. Where somebody
    speaks beside it, a paper is no party."""
    reports = {index for index, _ in tellings}
    return reports - {index for (index, _), source in zip(tellings, sources, strict=True) if source.kind != "document"}


def _carriers(
    tellings: Sequence[tuple[int, Telling]], sources: Sequence[Source], profiles: Sequence[Profile]
) -> set[Source]:
    """Outlets that others cite, and whose own reports in the story have it from somebody else."""
    own = {
        source for (_, telling), source in zip(tellings, sources, strict=True)
        if telling.voice is None or telling.voice.kind == "document"
    }  # fmt: skip
    there = sorted({profiles[index].publisher_key for index, _ in tellings} - {""})
    cited = {source for source in sources if source.kind == "media"} - own
    return {source for source in cited if any(same_outlet(source.key, key) for key in there)}


def _as_bodies(
    tellings: Sequence[tuple[int, Telling]], sources: Sequence[Source], people: Sequence[Voice]
) -> list[Source]:
    """With those who speak for a body of the story as that body."""
    voices = with_surnames([telling.voice for _, telling in tellings], people)
    sources = [
        msgspec.structs.replace(s, kind="named_person") if v and v.kind == "named_person" and v.key == s.key else s
        for v, s in zip(voices, sources, strict=True)
    ]
    bodies = bodies_of_people(voices, is_name_of, people)
    by_key: dict[str, Source] = {}
    for voice, source in zip(voices, sources, strict=True):
        if voice and voice.kind in {"organization", "named_person"}:
            by_key.setdefault(source.key, source)
    return [
        by_key.get(bodies.get(v.key, ""), s) if v and v.kind == "named_person" else s
        for v, s in zip(voices, sources, strict=True)
    ]


def _as_in_post(tellings: Sequence[tuple[int, Telling]], sources: Sequence[Source]) -> list[Source]:
    """With an unnamed source that goes by its post alone as who is named with it in the story."""
    voices = [telling.voice for _, telling in tellings]
    named = {v.key: s for v, s in zip(voices, sources, strict=True) if v and v.kind == "named_person" and v.posts}
    people = [voice for voice in voices if voice and voice.key in named and voice.posts]
    made: list[Source] = []
    for voice, source in zip(voices, sources, strict=True):
        alone = voice is not None and voice.label and (source.kind in UNNAMED or source.kind == "named_person")
        found = in_post(voice.label, people) if voice and alone else None
        made.append(named[found.key] if found else source)
    return made


def _as_quoted(tellings: Sequence[tuple[int, Telling]], sources: Sequence[Source]) -> list[Source]:
    """With an unnamed source that one outlet has from another as that one's only unnamed source, whatever its name."""
    own = {
        source.key: source for (_, t), source in zip(tellings, sources, strict=True)
        if t.voice and source.kind in UNNAMED and not t.voice.carrier
    }  # fmt: skip
    made: list[Source] = []
    for (_, telling), source in zip(tellings, sources, strict=True):
        quoted = telling.voice is not None and telling.voice.carrier and source.kind in UNNAMED
        theirs = [one for one in own.values() if same_outlet(_outlet_of(one), _outlet_of(source))] if quoted else []
        if quoted and telling.voice is not None and is_vague(telling.voice.carrier_label):
            theirs = [one for one in own.values() if one.kind == source.kind]  # نقلت قناة محلية عن مصدر
        alike = any(is_same(one, source) for one in theirs)
        made.append(theirs[0] if len(theirs) == 1 and not alike else source)
    return made


def _outlet_of(unnamed: Source) -> str:
    return unnamed.key.partition("@")[2]


def _pairs(pairs: Sequence[tuple[str, str]], at: Mapping[str, Source]) -> list[tuple[Source, Source]]:
    return [(at[one], at[other]) for one, other in pairs if one in at and other in at]


def _set_apart(names: Sequence[str], sources: Sequence[Source], verdicts: Verdicts) -> list[Source]:
    """Where two tellings of one source are said to be of two, the first has one of its own."""
    made = list(sources)
    at = {name: number for number, name in enumerate(names)}
    for one, other in verdicts.apart:
        if one in at and other in at and made[at[one]].key == made[at[other]].key:
            source = made[at[one]]
            made[at[one]] = msgspec.structs.replace(source, key=f"{source.key}#{one}")
    return made


def _as_original(
    tellings: Sequence[tuple[int, Telling]], sources: Sequence[Source], copied: CopiedFrom, *, fixed: Sequence[bool]
) -> list[Source]:
    """A copied telling has the source that the original has for the same words, however the copy was read; not so one
    that is `fixed`."""
    known: dict[int, list[tuple[Telling, Source]]] = {}
    made: list[Source] = []
    # Originals come before their copies: tellings are in the order of time.
    for (index, telling), source, stays in zip(tellings, sources, fixed, strict=True):
        chosen = source
        for original, spans in () if stays else copied.get(index, ()):
            if spans and not any(start - _EDITED <= telling.start < end for start, end in spans):
                continue
            match = next((s for other, s in known.get(original, ()) if _same_words(telling, other)), None)
            if match is not None:
                chosen = match
                break
        known.setdefault(index, []).append((telling, chosen))
        made.append(chosen)
    return made


def _as_upstream(
    tellings: Sequence[tuple[int, Telling]],
    sources: Sequence[Source],
    profiles: Sequence[Profile],
    *,
    fixed: Sequence[bool],
) -> list[Source]:
    """Where one outlet tells what another says, and that one's report is in the story with a single source and nothing
    of its own, it is this source's word."""
    theirs: dict[str, dict[Source, None]] = {}
    for (index, telling), source in zip(tellings, sources, strict=True):
        if telling.denial == "none" and (key := profiles[index].publisher_key):
            theirs.setdefault(key, {})[source] = None
    made: list[Source] = []
    for (index, telling), source, stays in zip(tellings, sources, fixed, strict=True):
        quoted = not stays and telling.voice is not None and source.kind == "media"
        own = profiles[index].publisher_key
        keys = [key for key in theirs if quoted and key != own and same_outlet(key, source.key)]
        upstream = [one for key in keys for one in theirs[key]]
        alone = len(upstream) == 1 and upstream[0].kind != "media"
        made.append(upstream[0] if alone else source)
    return made


def _same_words(one: Telling, other: Telling) -> bool:
    if one.denial != other.denial or (one.voice is None) != (other.voice is None):
        return False
    words, others = set(one.words), set(other.words)
    return bool(words) and len(words & others) * 2 > len(words | others)


def _source(
    index: int, telling: Telling, profiles: Sequence[Profile], copied: CopiedFrom, outlets: Mapping[str, str]
) -> Source:
    voice = telling.voice
    outlet, label = outlet_at(index, telling.start, profiles, copied)
    if voice is None:
        return _outlet(outlet, label)
    if voice.key:
        return _outlet(voice.key, voice.label) if voice.kind == "media" else _named(voice)
    carrier, carrier_label = _carrier(voice, outlets, outlet) or (outlet, label)
    return Source(f"{voice.kind}@{carrier}", f"{voice.label} ({carrier_label})", voice.kind, None)


def _carrier(voice: Voice, outlets: Mapping[str, str], own: str) -> tuple[str, str] | None:
    """The outlet that an unnamed source is taken from: as the text says, or another of the story named before it."""
    if voice.carrier:
        return voice.carrier, voice.carrier_label
    for key, label in sorted(outlets.items()):
        words = " ".join(outlet_words(label))
        if key != own and words and f" {words} " in f" {voice.before} ":
            return key, label
    return None


def _outlet(key: str, label: str) -> Source:
    if key == UNNAMED_AGENCIES:
        return Source(f"unnamed_source@{key}", label, "unnamed_source", None)
    return Source(key, label, "media", key if key.startswith("actor:") else None)


def _named(voice: Voice) -> Source:
    entity = voice.key if voice.key.startswith("actor:") else None
    return Source(voice.key, voice.label, voice.kind, entity, voice.where)


def independent(origins: Sequence[Origin]) -> Independent:
    """Counts by whether an origin is named."""
    unnamed = sum(origin.kind in UNNAMED for origin in origins)
    return Independent(len(origins) - unnamed, unnamed)
