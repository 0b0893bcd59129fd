"""Origins: the furthest upstream source of each telling, counted once however many outlets carry it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import msgspec

from khabar.corroborate.naming import name_tokens, unbound
from khabar.corroborate.outlets import UNNAMED_AGENCIES, outlet_words, same_outlet
from khabar.corroborate.people import bodies_of_people
from khabar.corroborate.profiles import Profile, Telling, Voice
from khabar.corroborate.records import Independent, Origin
from khabar.records import SourceKind

__all__ = ["UNNAMED", "Source", "Verdicts", "find_origins", "independent", "outlet_at", "telling_name"]

_LONGEST_NAME = 8  # words of an outlet's name


def _without_gender(token: str) -> str:
    """An adjective without its feminine ending: of وزير الزراعة السوري is named what others call الوزارة السورية."""
    return token.removesuffix("ه") if token.endswith("يه") else token


_NOUNS = (
    "داير مديريه لجنه سرايا كتيبه لواء هييه وزاره قياده شرطه بلديه مجلس اداره منظمه حركه جماعه حزب جيش حكومه قوات قوي "
    "دايره صحه امن جهاز مركز مكتب شركه سلطات سلطه عام عامه مصدر وكاله موسسه جمعيه مجموعه شبكه تنظيم".split()
)
_GENERIC = frozenset([*_NOUNS, *map(_without_gender, _NOUNS)])
_ALIKE = {"مشفي": "مستشفي", "خفر": "حرس", "سلطات": "سلطه"}
"""Nouns that one country or report says for another."""
_SERVICES = frozenset("مصلحه هييه هيي دايره مديريه مكتب اداره".split())
_GROUPS = frozenset("جماعه مجموعه حركه تنظيم فصيل ميليشيا مليشيا".split())
_ARMED = frozenset({"مسلح", "مسلحه"})
_QUOTED = re.compile(r"[«\"“]([^»\"”]+)[»\"”]")
_LEAST = 2  # words of a name that tells one body from all others
_HEADING = frozenset({"قياده", "فرع"})
UNNAMED: frozenset[SourceKind] = frozenset({"unnamed_official", "unnamed_source", "witness"})
"""Kinds of sources that have no name."""

_JOINED = re.compile(r"^(?:بال|[بل])(?=[^\W\d_]{4})")
_EDITED = 60  # characters

CopiedFrom = Mapping[int, Sequence[tuple[int, Sequence[tuple[int, int]]]]]
"""For each document that copies, by index: its originals, with the stretches that it has of them (all, if empty)."""


class Source(msgspec.Struct, frozen=True):
    """An origin on its way: a key that is equal for one source, and how it is shown."""

    key: str
    label: str
    kind: SourceKind
    entity: str | None


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
    sources = _as_quoted(tellings, _as_bodies(tellings, sources))
    # One that a person chose among those of the story is that one, whatever its key.
    shown = {(one.label, one.kind, one.entity): one for one in sources}
    given = {name: shown.get((one.label, one.kind, one.entity), one) for name, one in verdicts.given}
    sources = [given.get(name, source) for name, source in zip(names, sources, strict=True)]
    sources = _as_original(tellings, sources, copied, fixed=[name in given for name in names])
    sources = _set_apart(names, sources, verdicts)
    at = dict(zip(names, sources, strict=True))
    merged = _merge(sources, _pairs(verdicts.same, at), _pairs(verdicts.apart, at))
    stand = [merged[source] for source in sources]
    told = [telling for _, telling in tellings]
    asserting = {s for t, s in zip(told, stand, strict=True) if t.sure and t.tells and t.denial == "none"}
    flat = {s for t, s in zip(told, stand, strict=True) if t.denial == "full" and t.flat}
    deniers = {s for t, s in zip(told, stand, strict=True) if t.denial == "full"} - asserting | flat
    # Who is only said by another to have spoken is an origin where another report has their words.
    heard = {s for t, s in zip(told, stand, strict=True) if not t.inner}
    return [
        None if (t.denial == "full" or s in deniers or s not in heard) and name not in given else s
        for name, t, s in zip(names, told, stand, strict=True)
    ]


def _as_bodies(tellings: Sequence[tuple[int, Telling]], sources: Sequence[Source]) -> list[Source]:
    """With those who speak for a body of the story as that body."""
    voices = [telling.voice for _, telling in tellings]
    bodies = bodies_of_people(voices, _is_name_of)
    by_key: dict[str, Source] = {}
    for voice, source in zip(voices, sources, strict=True):
        if voice and voice.kind in {"organization", "named_person"}:
            by_key.setdefault(source.key, source)
    return [
        by_key.get(bodies.get(v.key, ""), s) if v and v.kind == "named_person" else s
        for v, s in zip(voices, sources, strict=True)
    ]


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
        alike = any(_same(one, source) for one in theirs)
        made.append(theirs[0] if len(theirs) == 1 and not alike else source)
    return made


def _outlet_of(unnamed: Source) -> str:
    return unnamed.key.partition("@")[2]


def _is_name_of(name: str, body: str) -> bool:
    one, other = (Source(f"name:{label}", label, "organization", None) for label in (name, body))
    if _same(one, other) or _is_run_by(name_tokens(name), name_tokens(body)):
        return True
    # (منسق) هيئة كذا في الساحل is of هيئة كذا للإغاثة; not so where both say where they are.
    short, _, there = name.partition(" في ")
    return bool(there) and " في " not in body and len(name_tokens(short)) > 1 and _is_name_of(short, body)


def _is_run_by(office: Sequence[str], body: Sequence[str]) -> bool:
    """Whether who is of `مخيم كذا شمالي المدينة` speaks for `إدارة مخيم كذا`."""
    run = body[1:] if body[0] in _GENERIC else body
    return len(run) > 1 and tuple(office[: len(run)]) == tuple(run)


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
    return Source(voice.key, voice.label, voice.kind, voice.key if voice.key.startswith("actor:") else None)


def _merge(
    sources: Sequence[Source], same: Sequence[tuple[Source, Source]], apart: Sequence[tuple[Source, Source]]
) -> dict[Source, Source]:
    """Each source with the one that stands for it: one body or person goes by longer and shorter names.

    Pairs of `apart` do not meet, and those of `same` do, under the name of the second.
    """
    chosen: dict[Source, Source] = {}
    groups: dict[Source, list[Source]] = {}
    foes = {*apart, *((other, one) for one, other in apart)}
    ordered = sorted(set(sources), key=lambda s: (s.entity is None, -len(_tokens(s)), s.key, s.label))
    near = _Near(ordered)
    for source in ordered:
        match = next(
            (kept for kept in near.of(source)
             if _same(source, kept) and not any((source, other) in foes for other in groups[kept])), None,
        )  # fmt: skip
        match = match or _only_one(
            source, [kept for kept in groups if not any((source, o) in foes for o in groups[kept])]
        )
        chosen[source] = match or source
        groups.setdefault(chosen[source], []).append(source)
        if match is None:
            near.add(source)
    for one, other in same:
        gone, kept = chosen[one], chosen[other]
        chosen = {source: kept if end == gone else end for source, end in chosen.items()}
    return chosen


def _only_one(source: Source, kept: Sequence[Source]) -> Source | None:
    """The one body of the story that a bare head noun can mean, الشرطة, or the one person who goes by a first name."""
    tokens = _tokens(source)
    if source.kind == "named_person" and len(tokens) == 1 and not source.entity:
        named = [one for one in kept if one.kind == "named_person" and _tokens(one)[:1] == tokens]
        return named[0] if len(named) == 1 else None
    if source.kind != "organization" or len(tokens) != 1 or tokens[0] not in _GENERIC:
        return None
    found = [one for one in kept if one.kind == "organization" and _tokens(one)[:1] == tokens]
    return found[0] if len(found) == 1 and not (source.entity and found[0].entity) else None


class _Near:
    """Sources that may be one with another, so that a story of many sources does not compare every two.

    Of two names that are one, the longer holds all words of the shorter, and so that which is rarest in the story.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._counts = Counter(token for source in sources for token in set(_tokens(source)))
        self._order: dict[Source, int] = {}
        self._by_word: dict[str, list[Source]] = {}
        self._by_rarest: dict[str, list[Source]] = {}
        self._by_key: dict[str, list[Source]] = {}
        self._by_beginning: dict[str, list[Source]] = {}

    def add(self, source: Source) -> None:
        self._order[source] = len(self._order)
        for token in set(_tokens(source)):
            self._by_word.setdefault(token, []).append(source)
        self._by_rarest.setdefault(self._rarest(source), []).append(source)
        self._by_key.setdefault(source.key, []).append(source)
        for key in _beginnings(source.key):
            self._by_beginning.setdefault(key, []).append(source)

    def of(self, source: Source) -> list[Source]:
        """Those added that may be the same, in the order in which they were."""
        found = {*self._by_key.get(source.key, ()), *self._by_beginning.get(source.key, ())}
        for key in _beginnings(source.key):
            found.update(self._by_key.get(key, ()))
        if source.kind not in UNNAMED:
            found.update(self._by_word.get(self._rarest(source), ()))
            for token in _tokens(source):
                found.update(self._by_rarest.get(token, ()))
        return sorted(found, key=self._order.__getitem__)

    def _rarest(self, source: Source) -> str:
        return min(_core(source), key=lambda token: (self._counts[token], token), default="")


def _beginnings(key: str) -> list[str]:
    """What an outlet may be called for short: its key without the last words."""
    words = key.split()[:_LONGEST_NAME]
    return [" ".join(words[:count]) for count in range(1, len(words))]


def _tokens(source: Source) -> tuple[str, ...]:
    """The words of a name, bare of prepositions (لجنة العاملين | بالمصنع, | للمصنع); a command, a branch or an
    administration is not told from what it heads."""
    tokens = name_tokens(source.label)
    if source.kind != "named_person":
        tokens = _normal(tokens)
    return tokens[1:] if len(tokens) > 1 and tokens[0] in _HEADING else tokens


def _normal(tokens: tuple[str, ...]) -> tuple[str, ...]:
    bare = (*tokens[:1], *(_JOINED.sub("", token) for token in tokens[1:]))
    return tuple(_ALIKE.get(token, unbound(_without_gender(token))) for token in bare)


def _core(source: Source) -> tuple[str, ...]:
    """The words of a body's name that are its own: in quotation marks, or after `جماعة`, `مديرية` and their like, which
    one report says for another; all of the words where these are too few."""
    tokens = _tokens(source)
    quoted = _QUOTED.search(source.label) if source.kind == "organization" else None
    inside = _normal(name_tokens(quoted[1])) if quoted is not None else ()
    if len(inside) >= _LEAST:
        return inside
    if tokens[:1] and tokens[0] in _SERVICES and len(tokens) > 1:
        return tokens[1:]
    own = tuple(token for token in tokens[1:] if token not in _ARMED) if tokens[:1] and tokens[0] in _GROUPS else ()
    return own if len(own) >= _LEAST else tokens


def _same(one: Source, other: Source) -> bool:
    if one.key == other.key:
        return True
    if one.kind in UNNAMED or other.kind in UNNAMED:
        kind, _, outlet = one.key.partition("@")
        other_kind, _, other_outlet = other.key.partition("@")
        return kind == other_kind and same_outlet(outlet, other_outlet)
    if one.kind == other.kind == "media":
        return same_outlet(one.key, other.key)
    if one.kind == other.kind == "organization" and set(_core(one)) == set(_core(other)):
        return not (one.entity and other.entity)
    short, long = sorted((_tokens(one), _tokens(other)), key=len)
    if not short or not set(short) <= set(long):
        return False
    if set(short) == set(long):
        return (one.kind == "named_person") == (other.kind == "named_person")
    if "named_person" in (one.kind, other.kind):
        return one.kind == other.kind and short[-1] == long[-1] and not (one.entity and other.entity)
    if len(short) == 1 and not _GENERIC.issuperset(long[: long.index(short[0])]):
        return False  # المؤسسة is not الفرع النقابي للمؤسسة
    # One body may be taken for two: وزارة الداخلية for the one of another country.
    return len(short) > 1 or (short[0] not in _GENERIC and not (one.entity and other.entity))


def independent(origins: Sequence[Origin]) -> Independent:
    """Counts by whether an origin is named."""
    unnamed = sum(origin.kind in UNNAMED for origin in origins)
    return Independent(len(origins) - unnamed, unnamed)
