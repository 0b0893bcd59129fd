"""Known actors: state bodies, armed groups, parties, media; and the bare bodies (`الجيش`) that any country has.

    table = resources.compiled(build_actors)
    table.actors["actor:sdf"].aliases      # ("قسد", "قوات سوريا الديمقراطية", …), as the tables have them
    table.search("ISIS")                   # actors of that name in either script, the best first
    table.members("actor:arab-coalition")  # actors that are part of it

An alias may carry a mark: `*` an ordinary word as well, accepted only in context; `~` a capital that stands for its
government, no mention of a body.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

import msgspec

from khabar.mentions.lexicon import Lexicon, names_form, names_forms, whole_words
from khabar.mentions.organisations import Heads, build_heads
from khabar.records import Entity
from khabar.resources import Tables
from khabar.text.names import name_key

__all__ = ["Actor", "ActorName", "ActorTable", "Body", "Mark", "build_actors", "is_acronym", "marked", "split_cell"]

_TABLES = ("actors/states.tsv", "actors/groups.tsv")
_SHORTEST_KEY = 3  # a shorter skeleton (`as` for ISIS and US) says too little
Mark = Literal["", "*", "~"]


class _Row(msgspec.Struct, frozen=True):
    id: str
    kind: str
    name_en: str
    name_ar: str
    aliases_ar: str = ""
    aliases_en: str = ""
    country: str | None = None
    part_of: str | None = None
    wikidata: str | None = None
    body: str | None = None


class _Usual(msgspec.Struct, frozen=True):
    body: str
    country: str
    actor: str


class Actor(msgspec.Struct, frozen=True):
    """One actor of the tables. `names` are its Arabic names with their marks, the usual one first."""

    id: str
    kind: str
    name_en: str
    name_ar: str
    names: tuple[tuple[str, Mark], ...]
    aliases_en: tuple[str, ...]
    country: str | None
    part_of: str | None
    wikidata: str | None
    body: str | None

    @property
    def aliases(self) -> tuple[str, ...]:
        """The Arabic names without marks."""
        return tuple(name for name, _ in self.names)

    def entity(self) -> Entity:
        """What a mention of this actor carries."""
        return Entity(self.id, self.wikidata, self.name_en, self.name_ar)


class Body(msgspec.Struct, frozen=True):
    """A body named without its country (data/actors/bodies.tsv); `body` is the key that states.tsv shares."""

    alias_ar: str
    kind: str
    name_en: str
    body: str


class ActorName(msgspec.Struct, frozen=True):
    """What a form in the lexicon stands for: an actor, or a bare body."""

    actor: Actor | None
    body: Body | None
    mark: Mark


class ActorTable:
    """The actors by id, the lexicon of their names, and the body that each country has of a kind."""

    def __init__(
        self,
        actors: dict[str, Actor],
        bodies: tuple[Body, ...],
        usual: dict[tuple[str, str], str],
        heads: Heads,
        whole: frozenset[str],
    ) -> None:
        self.actors = actors
        self.bodies = bodies
        self.lexicon: Lexicon[ActorName] = Lexicon(_usable(actors, bodies, heads), whole=whole, folded=True)
        self._by_country: dict[tuple[str, str], Actor] = {}
        for actor in actors.values():
            if actor.body and actor.country:
                self._by_country.setdefault((actor.body, actor.country), actor)
        self._by_country.update({key: actors[actor] for key, actor in usual.items() if actor in actors})

    def body_of(self, body: str, country: str) -> Actor | None:
        """The actor that is the `body` (`army`, `interior-ministry`) of a country (ISO 3166-1 alpha-2)."""
        return self._by_country.get((body, country))

    def members(self, actor_id: str) -> tuple[Actor, ...]:
        """The actors whose `part_of` is the given one, in the order of the tables."""
        return tuple(actor for actor in self.actors.values() if actor.part_of == actor_id)

    def search(self, query: str, *, limit: int = 20) -> tuple[Actor, ...]:
        """Actors of that name in Arabic or Latin letters: equal names, equal keys, then names that hold its words."""
        folded, key = names_form(query), name_key(query)
        if not folded:
            return ()
        words, sounds = frozenset(folded.split()), frozenset(key.split())
        fuzzy = len(key) >= _SHORTEST_KEY and not (query.isascii() and query.strip().isupper())
        ranked: list[tuple[int, int, Actor]] = []
        for number, (actor, names, keys) in enumerate(self._keys):
            if folded in names:
                ranked.append((0, number, actor))
            elif fuzzy and key in keys:
                ranked.append((1, number, actor))
            elif any(words <= frozenset(name.split()) for name in names):
                ranked.append((2, number, actor))
            elif fuzzy and any(sounds <= frozenset(other.split()) for other in keys):
                ranked.append((3, number, actor))
        return tuple(actor for _, _, actor in sorted(ranked, key=lambda item: item[:2])[:limit])

    def called(self, name: str) -> tuple[Actor, ...]:
        """Actors that have exactly this name or alias, in either script, folded."""
        folded = names_form(name)
        return tuple(actor for actor, names, _ in self._keys if folded in names)

    @cached_property
    def _keys(self) -> tuple[tuple[Actor, frozenset[str], frozenset[str]], ...]:
        """Each actor with its names, folded, and their keys: made on the first search, which reading never needs."""
        out = []
        for actor in self.actors.values():
            names = (actor.name_en, *actor.aliases_en, *actor.aliases)
            out.append((actor, frozenset(names_forms(names)), frozenset(map(name_key, names))))
        return tuple(out)


def build_actors(tables: Tables) -> ActorTable:
    """The actor table of data/actors."""
    actors = {row.id: _actor(row) for name in _TABLES for row in tables.rows(name, _Row)}
    bodies = tuple(tables.rows("actors/bodies.tsv", Body))
    usual = {(row.body, row.country): row.actor for row in tables.rows("actors/usual.tsv", _Usual)}
    return ActorTable(actors, bodies, usual, tables.compiled(build_heads), tables.compiled(whole_words))


def _actor(row: _Row) -> Actor:
    names: dict[str, Mark] = {}
    for cell in (row.name_ar, *split_cell(row.aliases_ar)):
        name, mark = marked(cell)
        names[name] = mark or names.get(name, "")
    return Actor(
        row.id, row.kind, row.name_en, marked(row.name_ar)[0], tuple(names.items()), split_cell(row.aliases_en),
        row.country, row.part_of, row.wikidata, row.body,
    )  # fmt: skip


def split_cell(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by `|`."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def marked(alias: str) -> tuple[str, Mark]:
    """An alias and its mark apart."""
    if alias.endswith("*"):
        return alias[:-1].strip(), "*"
    if alias.endswith("~"):
        return alias[:-1].strip(), "~"
    return alias, ""


def is_acronym(name: str) -> bool:
    """`SDF`: Latin capitals, which Arabic news writes as they are; two letters alone say too little."""
    return len(name) > 2 and name.isascii() and name.isalpha() and name.isupper()


def _usable(actors: dict[str, Actor], bodies: tuple[Body, ...], heads: Heads) -> Iterator[tuple[str, ActorName]]:
    """The folded forms to look for: all but those that only add a word to another which stays outside the mention."""
    names = [(name, ActorName(actor, None, mark)) for actor in actors.values() for name, mark in actor.names]
    names += [
        (name, ActorName(actor, None, ""))
        for actor in actors.values()
        for name in actor.aliases_en
        if is_acronym(name) and name not in actor.aliases
    ]
    names += [(marked(body.alias_ar)[0], ActorName(None, body, marked(body.alias_ar)[1])) for body in bodies]
    folded = names_forms([name for name, _ in names])
    known = {form for form, (_, name) in zip(folded, names, strict=True) if _is_core(name)}
    for form, (_, name) in zip(folded, names, strict=True):
        head, _, rest = form.partition(" ")
        start, _, last = form.rpartition(" ")
        if (
            heads.has(head, "never")
            or (heads.has(head, "outer") and rest in known)
            or (heads.has(last, "after") and start in known)
        ):
            continue
        yield form, name


def _is_core(name: ActorName) -> bool:
    """Whether a name can be the core of a longer form: it needs no context, and is no country."""
    return not name.mark and (name.actor is None or name.actor.kind != "state")
