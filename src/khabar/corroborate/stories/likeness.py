"""Which names are of one origin: a body or a person goes by longer and shorter names, and by other nouns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from functools import lru_cache

import msgspec

from khabar.corroborate.naming import OFFICES, name_tokens, without_gender
from khabar.corroborate.outlets import same_outlet
from khabar.corroborate.profiles import Where
from khabar.corroborate.stories.bodynames import (
    BodyName,
    are_apart,
    body_name,
    can_be,
    is_one_by_name,
    normal,
)
from khabar.records import SourceKind

__all__ = ["UNNAMED", "Source", "is_name_of", "is_same", "merged"]

_LONGEST_NAME = 8  # words of an outlet's name


_NOUNS = (
    "داير مديريه لجنه سرايا كتيبه لواء هييه وزاره قياده شرطه بلديه مجلس اداره منظمه حركه جماعه حزب جيش حكومه قوات قوي "
    "دايره صحه امن جهاز مركز مكتب شركه سلطات سلطه عام عامه مصدر وكاله موسسه جمعيه مجموعه شبكه تنظيم".split()
)
_GENERIC = OFFICES.union(_NOUNS, map(without_gender, _NOUNS))
_SERVICES = frozenset(map(without_gender, "مصلحه هييه دايره مديريه مكتب اداره".split()))
_GROUPS = frozenset("جماعه مجموعه حركه تنظيم فصيل ميليشيا مليشيا".split())
_ARMED = frozenset({"مسلح", "مسلحه"})
_QUOTED = re.compile(r"[«\"“]([^»\"”]+)[»\"”]")
_LEAST = 2  # words of a name that tells one body from all others
_ANYWHERE = "*"
_LONG = 6  # letters
_VOWELS = re.compile("[اويه]")
_HEADING = frozenset({"قياده", "فرع"})
UNNAMED: frozenset[SourceKind] = frozenset({"unnamed_official", "unnamed_source", "witness"})
"""Kinds of sources that have no name."""


class Source(msgspec.Struct, frozen=True):
    """An origin on its way: a key that is equal for one source, and how it is shown."""

    key: str
    label: str
    kind: SourceKind
    entity: str | None
    where: Where | None = None


def is_name_of(name: str, body: str) -> bool:
    """Whether what an office says that it is of is this body."""
    one, other = (Source(f"name:{label}", label, "organization", None) for label in (name, body))
    if is_same(one, other) or _is_run_by(name_tokens(name), name_tokens(body)):
        return True
    # (منسق) هيئة كذا في الساحل is of هيئة كذا للإغاثة; not so where both say where they are.
    short, _, there = name.partition(" في ")
    return bool(there) and " في " not in body and len(name_tokens(short)) > 1 and is_name_of(short, body)


def _is_run_by(office: Sequence[str], body: Sequence[str]) -> bool:
    """Whether who is of `مخيم كذا شمالي المدينة` speaks for `إدارة مخيم كذا`."""
    run = body[1:] if body[0] in _GENERIC else body
    return len(run) > 1 and tuple(office[: len(run)]) == tuple(run)


def merged(
    sources: Sequence[Source],
    same: Sequence[tuple[Source, Source]],
    apart: Sequence[tuple[Source, Source]],
    reports: Sequence[int],
) -> dict[Source, Source]:
    """Each source with the one that stands for it: one body or person goes by longer and shorter names.

    Pairs of `apart` do not meet, and those of `same` do, under the name of the second. `reports` are those in which
    the sources speak.
    """
    chosen: dict[Source, Source] = {}
    groups: dict[Source, list[Source]] = {}
    foes = {*apart, *((other, one) for one, other in apart)}
    ordered = sorted(set(sources), key=lambda s: (s.entity is None, -len(_tokens(s)), s.key, s.label))
    near = _Near(ordered)
    for source in ordered:
        match = next(
            (kept for kept in near.of(source)
             if is_same(source, kept) and not any(_are_two(source, other, foes) for other in groups[kept])), None,
        )  # fmt: skip
        if match is None:
            match = next(
                (one for one in _only_one(source, groups) if not any(_are_two(source, o, foes) for o in groups[one])),
                None,
            )
        chosen[source] = match or source
        groups.setdefault(chosen[source], []).append(source)
        if match is None:
            near.add(source)
    speak: dict[Source, set[int]] = {}
    for source, report in zip(sources, reports, strict=True):
        speak.setdefault(chosen[source], set()).add(report)
    for vague in [kept for kept in groups if _name(kept).kind == "authorities" and kept.kind == "organization"]:
        match = _meant(vague, [kept for kept in groups if not _is_foe(vague, groups[kept], foes)], speak)
        if match is not None:
            chosen = {source: match if end == vague else end for source, end in chosen.items()}
    for one, other in same:
        gone, kept = chosen[one], chosen[other]
        chosen = {source: kept if end == gone else end for source, end in chosen.items()}
    return chosen


def _is_foe(source: Source, group: Sequence[Source], foes: Collection[tuple[Source, Source]]) -> bool:
    return any((source, other) in foes for other in group)


def _meant(vague: Source, kept: Sequence[Source], speak: Mapping[Source, Set[int]]) -> Source | None:
    """The one public body of the story that السلطات can mean, or the one of those that speak beside it."""
    found = [
        one for one in kept
        if one is not vague and one.kind == "organization" and can_be(_name(vague), _name(one))
    ]  # fmt: skip
    beside = [one for one in found if not speak[vague].isdisjoint(speak[one])]
    return next((some[0] for some in (found, beside) if len(some) == 1), None)


def _are_two(one: Source, other: Source, foes: Collection[tuple[Source, Source]]) -> bool:
    if (one, other) in foes:
        return True
    return one.key != other.key and one.kind == other.kind == "organization" and are_apart(_name(one), _name(other))


def _name(source: Source) -> BodyName:
    return body_name(source.label, source.where)


def _only_one(source: Source, kept: Collection[Source]) -> list[Source]:
    """The one body of the story that a bare head noun can mean, الشرطة, or the one person who goes by a first name."""
    tokens = _tokens(source)
    if source.kind == "named_person" and len(tokens) == 1 and not source.entity:
        named = [one for one in kept if one.kind == "named_person" and _tokens(one)[:1] == tokens]
        return named if len(named) == 1 else []
    if source.kind != "organization":
        return []
    name = _name(source)
    if name.offices and not (name.places or name.nation):
        tokens = name.own  # إدارة المستشفى
    if len(tokens) != 1 or not (tokens[0] in _GENERIC or name.offices):
        return []
    found = [one for one in kept if one.kind == "organization" and tokens[0] in _name(one).heads]
    return found if len(found) == 1 and not (source.entity and found[0].entity) else []


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
        self._by_name: dict[tuple[Collection[str] | str, str], list[Source]] = {}

    def add(self, source: Source) -> None:
        self._order[source] = len(self._order)
        for token in set(_tokens(source)):
            self._by_word.setdefault(token, []).append(source)
        for token in self._rarest(source):
            self._by_rarest.setdefault(token, []).append(source)
        self._by_key.setdefault(source.key, []).append(source)
        for key in _beginnings(source.key):
            self._by_beginning.setdefault(key, []).append(source)
        own, places = _own(source), _places(source)
        for place in (*(places or [""]), _ANYWHERE):
            self._by_name.setdefault((own, place), []).append(source)

    def of(self, source: Source) -> list[Source]:
        """Those added that may be the same, in the order in which they were."""
        found = {*self._by_key.get(source.key, ()), *self._by_beginning.get(source.key, ())}
        for key in _beginnings(source.key):
            found.update(self._by_key.get(key, ()))
        if source.kind not in UNNAMED:
            own, places = _own(source), _places(source)
            for place in (*places, "") if places else (_ANYWHERE,):
                found.update(self._by_name.get((own, place), ()))
            for token in self._rarest(source):
                found.update(self._by_word.get(token, ()))
            for token in _tokens(source):
                found.update(self._by_rarest.get(token, ()))
        return sorted(found, key=self._order.__getitem__)

    def _rarest(self, source: Source) -> list[str]:
        """Of the words that tell it, and of those that are its own."""
        own = _name(source).own if source.kind == "organization" else ()
        words = (min(some, key=lambda token: (self._counts[token], token), default="") for some in (_core(source), own))
        return list(dict.fromkeys(word for word in words if word))


def _own(source: Source) -> Collection[str] | str:
    """What two sources share that are one by their own words."""
    if source.kind != "organization":
        return " ".join(map(_sounds, _tokens(source)))
    name = _name(source)
    return name.nation if name.kind == "state" else frozenset(name.own)


def _places(source: Source) -> list[str]:
    """Bodies of two places need not be compared."""
    return sorted(_name(source).places) if source.kind == "organization" else []


def _beginnings(key: str) -> list[str]:
    """What an outlet may be called for short: its key without the last words."""
    words = key.split()[:_LONGEST_NAME]
    return [" ".join(words[:count]) for count in range(1, len(words))]


def _tokens(source: Source) -> tuple[str, ...]:
    """The words of a name, bare of prepositions (لجنة العاملين | بالمصنع, | للمصنع); a command, a branch or an
    administration is not told from what it heads."""
    return _tokens_of(source.label, source.kind == "named_person")


@lru_cache(maxsize=1 << 14)
def _tokens_of(label: str, person: bool) -> tuple[str, ...]:
    tokens = name_tokens(label) if person else normal(name_tokens(label))
    return tokens[1:] if len(tokens) > 1 and tokens[0] in _HEADING else tokens


def _quoted(source: Source) -> tuple[str, ...]:
    """The words of a body's name in quotation marks, where these are enough to tell it."""
    quoted = _QUOTED.search(source.label) if source.kind == "organization" else None
    inside = normal(name_tokens(quoted[1])) if quoted is not None else ()
    return inside if len(inside) >= _LEAST else ()


def _core(source: Source) -> tuple[str, ...]:
    """The words of a body's name that are its own: in quotation marks, or after `جماعة`, `مديرية` and their like, which
    one report says for another; all of the words where these are too few."""
    tokens = _tokens(source)
    inside = _quoted(source)
    if inside:
        return inside
    if tokens[:1] and tokens[0] in _SERVICES and len(tokens) > 1:
        return tokens[1:]
    own = tuple(token for token in tokens[1:] if token not in _ARMED) if tokens[:1] and tokens[0] in _GROUPS else ()
    return own if len(own) >= _LEAST else tokens


def is_same(one: Source, other: Source) -> bool:
    """Whether two sources of one story are one."""
    if one.key == other.key:
        return True
    if one.kind in UNNAMED or other.kind in UNNAMED:
        kind, _, outlet = one.key.partition("@")
        other_kind, _, other_outlet = other.key.partition("@")
        return kind == other_kind and same_outlet(outlet, other_outlet)
    if one.kind == other.kind == "media":
        return same_outlet(one.key, other.key)
    if one.kind == other.kind == "organization":
        found = _is_one_body(one, other)
        if found is not None:
            return found
    short, long = sorted((_tokens(one), _tokens(other)), key=len)
    if one.kind == other.kind == "named_person" and _are_spellings(short, long):
        return True
    if not short or not set(short) <= set(long):
        return False
    if set(short) == set(long):
        return (one.kind == "named_person") == (other.kind == "named_person")
    if "named_person" in (one.kind, other.kind):
        return one.kind == other.kind and short[-1] == long[-1] and not (one.entity and other.entity)
    if not _GENERIC.issuperset(long[: long.index(short[0])]):
        return False  # المؤسسة is not الفرع النقابي للمؤسسة, شركة كذا not لجنة العاملين بشركة كذا
    # One body may be taken for two: وزارة الداخلية for the one of another country.
    return len(short) > 1 or (short[0] not in _GENERIC and not (one.entity and other.entity))


def _are_spellings(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names are one that comes from another script: كينياتا and كيناتا. A short word tells two persons
    apart by its vowels alone, سامر and سمير, a long one does not."""
    if len(one) != len(other) or len(one) < _LEAST:
        return False
    differ = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differ) == 1 and min(map(len, differ[0])) >= _LONG and _sounds(differ[0][0]) == _sounds(differ[0][1])


def _sounds(word: str) -> str:
    return _VOWELS.sub("", word)


def _share_nothing(one: BodyName, other: BodyName) -> bool:
    return bool(one.own and other.own) and {*one.own, *one.offices}.isdisjoint((*other.own, *other.offices))


def _is_one_body(one: Source, other: Source) -> bool | None:
    """Whether two bodies are one, as far as the parts of their names tell it; else None."""
    names = _name(one), _name(other)
    if are_apart(*names):
        return False
    known = one.entity is not None and other.entity is not None
    if is_one_by_name(*names) and (names[0].kind == "state" or not known):
        return True
    if _share_nothing(*names):
        return False  # ولاية كذا is not الحماية المدنية لولاية كذا
    if known:
        return None
    held = any(_quoted(a) and set(_quoted(a)) <= set(_tokens(b)) for a, b in ((one, other), (other, one)))
    return True if held or set(_core(one)) == set(_core(other)) else None
