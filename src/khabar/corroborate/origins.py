"""Origins: the furthest upstream source of each telling, counted once however many outlets carry it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from khabar.corroborate.outlets import UNNAMED_AGENCIES
from khabar.corroborate.profiles import Profile, Telling, Voice
from khabar.corroborate.records import Independent, Origin
from khabar.corroborate.voices import name_tokens
from khabar.records import SourceKind

__all__ = ["Source", "find_origins", "independent", "outlet_at"]

_GENERIC = frozenset(
    "داير مديريه لجنه سرايا كتيبه لواء هييه وزاره قياده شرطه بلديه مجلس اداره منظمه حركه جماعه حزب جيش حكومه قوات قوي "
    "دايره صحه امن جهاز مركز مكتب شركه سلطات سلطه عام عامه مصدر".split()
)
_UNNAMED: frozenset[SourceKind] = frozenset({"unnamed_official", "unnamed_source", "witness"})

CopiedFrom = Mapping[int, Sequence[tuple[int, Sequence[tuple[int, int]]]]]
"""For each document that copies, by index: its originals, with the stretches that it has of them (all, if empty)."""


class Source(msgspec.Struct, frozen=True):
    """An origin on its way: a key that is equal for one source, and how it is shown."""

    key: str
    label: str
    kind: SourceKind
    entity: str | None


def outlet_at(index: int, offset: int, profiles: Sequence[Profile], copied: CopiedFrom) -> tuple[str, str]:
    """Key and label of the outlet whose words stand at an offset: the original's in what is copied, else the credited
    agency's, else the publisher's."""
    seen = {index}
    while True:
        for original, spans in copied.get(index, ()):
            if original not in seen and (not spans or any(start <= offset < end for start, end in spans)):
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
    tellings: Sequence[tuple[int, Telling]], profiles: Sequence[Profile], copied: CopiedFrom
) -> list[Source | None]:
    """The source of each telling, None for whoever denies the whole; equal sources are the same object's value."""
    sources = [_source(index, telling, profiles, copied) for index, telling in tellings]
    merged = _merge([source for source in sources if source is not None])
    return [merged[source] if source is not None else None for source in sources]


def _source(index: int, telling: Telling, profiles: Sequence[Profile], copied: CopiedFrom) -> Source | None:
    if telling.denial == "full":
        return None
    voice = telling.voice
    outlet, label = outlet_at(index, telling.start, profiles, copied)
    if voice is None:
        return _outlet(outlet, label)
    if voice.key:
        return _outlet(voice.key, voice.label) if voice.kind == "media" else _named(voice)
    carrier, carrier_label = (voice.carrier, voice.carrier_label) if voice.carrier else (outlet, label)
    return Source(f"{voice.kind}@{carrier}", f"{voice.label} ({carrier_label})", voice.kind, None)


def _outlet(key: str, label: str) -> Source:
    if key == UNNAMED_AGENCIES:
        return Source(f"unnamed_source@{key}", label, "unnamed_source", None)
    return Source(key, label, "media", key if key.startswith("actor:") else None)


def _named(voice: Voice) -> Source:
    return Source(voice.key, voice.label, voice.kind, voice.key if voice.key.startswith("actor:") else None)


def _merge(sources: Sequence[Source]) -> dict[Source, Source]:
    """Each source with the one that stands for it: one body or person goes by longer and shorter names."""
    chosen: dict[Source, Source] = {}
    kept: list[Source] = []
    for source in sorted(set(sources), key=lambda s: (s.entity is None, -len(_tokens(s)), s.key, s.label)):
        match = next((other for other in kept if _same(source, other)), None)
        if match is None:
            kept.append(source)
        chosen[source] = match or source
    return chosen


def _tokens(source: Source) -> tuple[str, ...]:
    return name_tokens(source.label)


def _same(one: Source, other: Source) -> bool:
    if one.key == other.key:
        return True
    if one.kind in _UNNAMED or other.kind in _UNNAMED:
        kind, _, outlet = one.key.partition("@")
        other_kind, _, other_outlet = other.key.partition("@")
        return kind == other_kind and _same_outlet(outlet, other_outlet)
    if one.kind == other.kind == "media":
        return _same_outlet(one.key, other.key)
    if one.entity and other.entity:
        return False
    short, long = sorted((_tokens(one), _tokens(other)), key=len)
    if not short or not set(short) <= set(long):
        return False
    if "named_person" in (one.kind, other.kind):
        return one.kind == other.kind and short[-1] == long[-1]
    return len(short) > 1 or short[0] not in _GENERIC


def _same_outlet(one: str, other: str) -> bool:
    """An outlet's name and the same with an adjective: `الرملة`, `الرملة الليبية`."""
    if one == other:
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    return one.startswith("outlet:") and other.startswith("outlet:") and long[: len(short)] == short


def independent(origins: Sequence[Origin]) -> Independent:
    """Counts by whether an origin is named."""
    unnamed = sum(origin.kind in _UNNAMED for origin in origins)
    return Independent(len(origins) - unnamed, unnamed)
