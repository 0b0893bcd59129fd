"""How a token is read: as a function word, as a form of a trigger word, as a common noun, with its clitics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeVar

import msgspec

from khabar.events.forms import Form, FormTable, build_forms, common_nouns
from khabar.resources import Tables
from khabar.text import fold, kept

__all__ = ["Analysis", "Lexicon", "build_lexicon"]

T = TypeVar("T")
Silent = Literal["first", "second", "both"]

_NOUN_PREFIXES = ("", "ال", "ب", "ل", "ك", "بال", "كال", "لل")
_VERB_PREFIXES = ("", "س", "ل")
_SUFFIXES = ("ه", "ها", "هم", "هما", "هن", "نا", "ي", "كم", "ك")
_LONGEST = 24  # letters of the longest word that is looked up


class ParticleRow(msgspec.Struct, frozen=True, rename={"cls": "class"}):
    """One line of particles.tsv."""

    word: str
    cls: str


class VerbRow(msgspec.Struct, frozen=True):
    """One line of verbs.tsv."""

    word: str


class CompoundRow(msgspec.Struct, frozen=True):
    """One line of compounds.tsv."""

    first: str
    second: str
    silent: Silent


class ModalRow(msgspec.Struct, frozen=True, rename={"cls": "class"}):
    """One line of modals.tsv."""

    cls: str
    forms: str


class Analysis(msgspec.Struct, frozen=True):
    """A token between its clitics, in offsets of its normal form.

    `kind` is a particle's class, a common noun's class, `trigger`, or empty for a word that no table holds.
    `forms` are the trigger readings (a trigger may be a common noun too). `verbal` says that it is a verb and nothing
    else, `modal` is the class of a word that takes what it governs out of the facts.
    """

    kind: str
    start: int
    end: int
    conjunction: str = ""
    prefix: str = ""
    suffix: str = ""
    forms: tuple[Form, ...] = ()
    particle: bool = False
    verbal: bool = False
    modal: str = ""


class Lexicon:
    """All tables of `data/events` that say what a word is."""

    def __init__(
        self,
        forms: FormTable,
        particles: dict[str, str],
        free: dict[str, str],
        bound: dict[str, str],
        compounds: dict[tuple[str, str], Silent],
        pairs: dict[tuple[str, str], str],
        modals: dict[str, str],
    ) -> None:
        self.forms = forms
        self._particles, self._free, self._bound = particles, free, bound
        self._compounds = compounds
        self._pairs = pairs
        self._modals = modals
        self.analyse = kept(self._read)

    def is_silent(self, word: str, before: str, after: str) -> bool:
        """Whether a word names nothing beside its neighbours, all between their clitics."""
        silent = self._compounds
        return silent.get((before, word)) in ("second", "both") or silent.get((word, after)) in ("first", "both")

    def pair(self, before: str, word: str) -> str | None:
        """The class of a function word of two words (`من قبل`), if the two make one."""
        return self._pairs.get((before, word))

    def _read(self, word: str) -> Analysis:
        """The reading of a word in normal form that leaves the fewest letters to clitics."""
        found = self._analyse(word)
        return msgspec.structs.replace(found, verbal=_is_verb(found, word), modal=self.modal(word))

    def modal(self, word: str) -> str:
        """The modal class of a word in normal form, with or without clitics; empty for other words."""
        found = self._modals.get(word)
        if found is None and len(word) > 3:
            found = self._modals.get(word[1:]) if word[0] in "وفلب" else None
            if found is None and word[0] in "وف" and len(word) > 4:
                found = self._modals.get(word[2:]) if word[1] in "لب" else None
        return found or ""

    def _analyse(self, word: str) -> Analysis:
        particle = self._particle(word)
        if particle is not None and particle.kind == "aux":
            # `وقع` carries a noun (`وقع هجوم`), or is a deed itself (`وقّع اتفاقا`).
            triggers = self._trigger(word)
            return msgspec.structs.replace(particle, forms=triggers.forms if triggers else ())
        if particle or not 2 <= len(word) <= _LONGEST:
            return particle or Analysis("", 0, len(word))
        noun, triggers = self._common_noun(word), self._trigger(word)
        if triggers and (noun is None or _cost(triggers, word) <= _cost(noun, word)):
            kind = noun.kind if noun and _cost(noun, word) == _cost(triggers, word) else "trigger"
            return msgspec.structs.replace(triggers, kind=kind)
        return noun or _by_look(word)

    def _particle(self, word: str) -> Analysis | None:
        for conjunction in ("", "و", "ف"):
            if word.startswith(conjunction) and (cls := self._particles.get(word[len(conjunction) :])):
                return Analysis(cls, len(conjunction), len(word), conjunction, particle=True)
        return None

    def _trigger(self, word: str) -> Analysis | None:
        best: Analysis | None = None
        for pos, prefixes in (("noun", _NOUN_PREFIXES), ("verb", _VERB_PREFIXES)):
            free = self.forms.nouns if pos == "noun" else self.forms.verbs
            bound = self.forms.bound_nouns if pos == "noun" else self.forms.bound_verbs
            for start, conjunction, prefix in _cuts(word, prefixes):
                for forms, suffix in _looked_up(word[start:], prefix, free, bound):
                    if pos == "verb" and suffix == "ي":
                        continue  # a verb takes ني: `وزاري` is no visit
                    here = Analysis("", start, len(word) - len(suffix), conjunction, prefix, suffix, forms)
                    if best is None or _cost(here, word) < _cost(best, word):
                        best = here
                    elif _cost(here, word) == _cost(best, word) and here.start == best.start:
                        best = msgspec.structs.replace(best, forms=_joined(best.forms, forms))
        return best

    def _common_noun(self, word: str) -> Analysis | None:
        best: Analysis | None = None
        for start, conjunction, prefix in _cuts(word, _NOUN_PREFIXES):
            for cls, suffix in _looked_up(word[start:], prefix, self._free, self._bound):
                here = Analysis(cls, start, len(word) - len(suffix), conjunction, prefix, suffix)
                if best is None or _cost(here, word) < _cost(best, word):
                    best = here
        return best


def _is_verb(reading: Analysis, norm: str) -> bool:
    """A verb by the tables, or, where they hold nothing, by its look: `يستخدم`, `وجدت`, `أعلنوا`."""
    if reading.kind in ("aux", "verb"):
        return True
    if reading.forms:
        return reading.kind == "trigger" and all(form.pos == "verb" for form in reading.forms)
    word = norm[reading.start :]
    if reading.kind or reading.prefix or len(word) < 4:
        return False
    if word[0] == "ي" or word.endswith("وا"):
        return True
    return word.endswith("ت") and not word.endswith("ات")


def _joined(left: tuple[Form, ...], right: tuple[Form, ...]) -> tuple[Form, ...]:
    return left + tuple(form for form in right if form not in left)


def _cost(reading: Analysis, word: str) -> int:
    return reading.start + len(word) - reading.end


def _cuts(word: str, prefixes: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """The ways to take a conjunction and a prefix off: how many letters they are, and both."""
    for conjunction in ("", "و", "ف"):
        if not word.startswith(conjunction):
            continue
        rest = word[len(conjunction) :]
        for prefix in prefixes:
            if rest.startswith(prefix) and len(rest) - len(prefix) >= 2:
                yield len(conjunction) + len(prefix), conjunction, prefix


def _looked_up(rest: str, prefix: str, free: dict[str, T], bound: dict[str, T]) -> Iterator[tuple[T, str]]:
    """What stands in the tables for the rest of a word, with the pronoun that was taken off."""
    if (found := free.get(rest)) is not None:
        yield found, ""
    if prefix.endswith("ال") or prefix == "لل" or not rest.endswith(_SUFFIXES):
        return
    for suffix in _SUFFIXES:
        if rest.endswith(suffix) and (found := bound.get(rest[: -len(suffix)])) is not None:
            yield found, suffix


def _by_look(word: str) -> Analysis:
    """An unknown word: only what its letters show beyond doubt is taken off."""
    conjunction = word[0] if word[:3] in ("وال", "فال", "وبا", "ولل") and len(word) > 5 else ""
    rest = word[len(conjunction) :]
    for prefix in ("بال", "كال", "لل", "ال"):
        if rest.startswith(prefix) and len(rest) - len(prefix) >= 2:
            return Analysis("", len(conjunction) + len(prefix), len(word), conjunction, prefix)
    return Analysis("", len(conjunction), len(word), conjunction)


def build_lexicon(tables: Tables) -> Lexicon:
    """The lexicon from `data/events`."""
    particles: dict[str, str] = {}
    pairs: dict[tuple[str, str], str] = {}
    for row in tables.rows("events/particles.tsv", ParticleRow):
        first, _, second = fold(row.word).partition(" ")
        if second:
            pairs.setdefault((first, second), row.cls)
        else:
            particles.setdefault(first, row.cls)
    for verb in tables.rows("events/verbs.tsv", VerbRow):
        particles.setdefault(fold(verb.word), "verb")
    free, bound = common_nouns(tables)
    return Lexicon(build_forms(tables), particles, free, bound, _compounds(tables), pairs, _modals(tables))


def _modals(tables: Tables) -> dict[str, str]:
    classes: dict[str, str] = {}
    for row in tables.rows("events/modals.tsv", ModalRow):
        for form in row.forms.split():
            classes.setdefault(fold(form), row.cls)
    return classes


def _compounds(tables: Tables) -> dict[tuple[str, str], Silent]:
    return {
        (fold(first), fold(second)): row.silent
        for row in tables.rows("events/compounds.tsv", CompoundRow)
        for first in row.first.split()
        for second in row.second.split()
    }
