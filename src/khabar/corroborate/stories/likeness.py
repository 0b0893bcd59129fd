"""Which names are of one origin: a body or a person goes by longer and shorter names, and by other nouns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from khabar.corroborate.naming import name_tokens, unbound
from khabar.corroborate.outlets import same_outlet
from khabar.records import SourceKind

__all__ = ["UNNAMED", "Source", "is_name_of", "is_same", "merged"]

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
_SERVICES = frozenset(map(_without_gender, "مصلحه هييه دايره مديريه مكتب اداره".split()))
_GROUPS = frozenset("جماعه مجموعه حركه تنظيم فصيل ميليشيا مليشيا".split())
_ARMED = frozenset({"مسلح", "مسلحه"})
_QUOTED = re.compile(r"[«\"“]([^»\"”]+)[»\"”]")
_LEAST = 2  # words of a name that tells one body from all others
_HEADING = frozenset({"قياده", "فرع"})
UNNAMED: frozenset[SourceKind] = frozenset({"unnamed_official", "unnamed_source", "witness"})
"""Kinds of sources that have no name."""

_JOINED = re.compile(r"^(?:بال|[بل])(?=[^\W\d_]{4})")


class Source(msgspec.Struct, frozen=True):
    """An origin on its way: a key that is equal for one source, and how it is shown."""

    key: str
    label: str
    kind: SourceKind
    entity: str | None


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
             if is_same(source, kept) and not any((source, other) in foes for other in groups[kept])), None,
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


def _quoted(source: Source) -> tuple[str, ...]:
    """The words of a body's name in quotation marks, where these are enough to tell it."""
    quoted = _QUOTED.search(source.label) if source.kind == "organization" else None
    inside = _normal(name_tokens(quoted[1])) if quoted is not None else ()
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
    if one.kind == other.kind == "organization" and not (one.entity and other.entity):
        held = any(_quoted(a) and set(_quoted(a)) <= set(_tokens(b)) for a, b in ((one, other), (other, one)))
        if held or set(_core(one)) == set(_core(other)):
            return True
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
