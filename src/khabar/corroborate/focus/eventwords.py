"""What kinds of happening a word can name, for headlines, which no reader reads."""

from __future__ import annotations

import msgspec

from khabar.corroborate.words import stem_of
from khabar.resources import Tables
from khabar.text import fold

__all__ = ["EventWords", "build_event_words"]

_PERSONS = ("p3ms", "p3fs", "p3mp")


class _Trigger(msgspec.Struct, frozen=True):
    word: str
    pos: str
    type: str
    needs: str = ""
    plural: str = ""


class _Forms(msgspec.Struct, frozen=True):
    word: str
    p3ms: str = ""
    p3fs: str = ""
    p3mp: str = ""


class _Befallen(msgspec.Struct, frozen=True):
    words: str
    type: str


class EventWords(msgspec.Struct, frozen=True):
    """Event types by stem: of words for events, and of words for people whom something befell or who do it."""

    types: dict[str, frozenset[str]]
    people: dict[str, frozenset[str]]

    def of(self, word: str) -> frozenset[str]:
        """The types that a folded word can name, whatever clitics it has; empty for any other word."""
        return self.types.get(word) or self.types.get(stem_of(word), frozenset())

    def of_title(self, word: str) -> frozenset[str]:
        """Those, and of a word for people what befell them: `الموقوفون تسعة` is of arrests."""
        return self.of(word) | self.of_people(word)

    def of_people(self, word: str) -> frozenset[str]:
        """What befell the people whom a folded word names, or what they do."""
        return self.people.get(word) or self.people.get(stem_of(word), frozenset())


def build_event_words(tables: Tables) -> EventWords:
    """From the reader's trigger tables, where words that mean an event only beside another word are left out, and
    data/corroborate/befallen.tsv."""
    forms: dict[str, set[str]] = {}
    types: dict[str, set[str]] = {}
    for row in tables.rows("events/trigger_forms.tsv", _Forms):
        cells = (getattr(row, person) for person in _PERSONS)
        forms.setdefault(row.word, set()).update(form for cell in cells for form in cell.split("/") if form)
    for trigger in tables.rows("events/triggers.tsv", _Trigger):
        if trigger.needs:
            continue
        own = forms.get(trigger.word, set()) if trigger.pos == "verb" else {*trigger.plural.split(), trigger.word}
        for form in sorted(own | {trigger.word}):
            for key in {fold(form), stem_of(fold(form))}:
                types.setdefault(key, set()).add(trigger.type)
    people = {
        key: frozenset({whom.type})
        for whom in tables.rows("corroborate/befallen.tsv", _Befallen)
        for word in map(fold, whom.words.split())
        for key in (word, stem_of(word))
    }
    return EventWords({key: frozenset(found) for key, found in types.items()}, people)
