"""What a correction can choose from: actors and persons of the lists, and places of the gazetteer, by their names."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter

from khabar.mentions.actors import build_actors
from khabar.mentions.gazetteer import Entry, Gazetteer
from khabar.mentions.gazetteer_build import build_gazetteer
from khabar.mentions.leaders import build_leaders
from khabar.mentions.lexicon import names_form
from khabar.mentions.places_resolve import place_of
from khabar.records import Entity, Mention, Place
from khabar.resources import Resources
from khabar.web.faults import FAULTS
from khabar.web.workbench import Bench

__all__ = ["Lookup", "candidate_places", "find_entities", "find_places"]

Words = Annotated[str, QueryParameter(min_length=1, max_length=200, description="a name, in either script")]
Most = Annotated[int, QueryParameter(ge=1, le=50)]


class Lookup(Controller):
    """Names, for who corrects an entity or a place."""

    path = "/api/v1/lookup"
    tags = ["read"]

    @get("/actors", sync_to_thread=True, responses=FAULTS)
    def actors(self, bench: Bench, words: Words, limit: Most = 12) -> list[Entity]:
        """Actors and persons of the lists that have such a name, as a mention's `entity`."""
        return find_entities(bench.resources, words, limit)

    @get("/places", sync_to_thread=True, responses=FAULTS)
    def places(self, bench: Bench, words: Words, limit: Most = 12) -> list[Place]:
        """Places of the gazetteer that have such a name, as a mention's `place`; the better known first."""
        return find_places(bench.resources, words, limit)


def find_entities(resources: Resources, words: str, limit: int) -> list[Entity]:
    """Actors first, then persons, each by how well the name fits."""
    actors = [one.entity() for one in resources.compiled(build_actors).search(words, limit=limit)]
    wanted = set(names_form(words).split())
    persons = [
        one.entity()
        for one in resources.compiled(build_leaders).leaders.values()
        if any(wanted <= set(names_form(name).split()) for name in (one.name_en, *one.aliases_en, *dict(one.names)))
    ]
    return (actors + persons)[:limit] if wanted else []


def find_places(resources: Resources, words: str, limit: int) -> list[Place]:
    """Places of exactly this name in either script, then those whose English name begins so; by population."""
    gazetteer = resources.compiled(build_gazetteer)
    form, latin = names_form(words), words.strip().lower()
    found: dict[str, Entry] = {entry.id: entry for entry in _known_first(list(gazetteer.lexicon.get(form)))}
    if latin.isascii() and latin:
        named = [entry for entry in gazetteer.by_id.values() if entry.name_en.lower().startswith(latin)]
        found |= {entry.id: entry for entry in _known_first(named) if entry.id not in found}
    return _places(list(found.values())[:limit], gazetteer)


def candidate_places(resources: Resources, mention: Mention) -> list[Place]:
    """The places that a reader could not choose among, else all of the mention's own name."""
    gazetteer = resources.compiled(build_gazetteer)
    given = mention.unresolved.candidates if mention.unresolved else ()
    entries = [gazetteer.by_id[one.id] for one in given if one.id in gazetteer.by_id]
    return _places(entries, gazetteer) or find_places(resources, mention.text, 6)


def _known_first(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (-entry.population, entry.id))


def _places(entries: list[Entry], gazetteer: Gazetteer) -> list[Place]:
    return [place_of(entry, gazetteer) for entry in entries]
