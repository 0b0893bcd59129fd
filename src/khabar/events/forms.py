"""Every form that a trigger word takes, made from the tables of `data/events`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from khabar.records import EventType
from khabar.resources import Tables
from khabar.text import fold

__all__ = ["Form", "FormTable", "NounRow", "Sense", "build_forms", "common_nouns", "noun_forms"]

Pos = Literal["verb", "noun", "participle"]
Passive = Literal["no", "maybe", "yes"]
_PERSONS = ("p3ms", "p3fs", "p3md", "p3fd", "p3mp", "p3fp", "p1s", "p1p")


class TriggerRow(msgspec.Struct, frozen=True):
    """One line of triggers.tsv."""

    word: str
    pos: Literal["verb", "noun"]
    type: EventType
    frame: str
    sure: str = ""
    needs: str = ""
    root: str = ""
    pattern: str = ""
    plural: str = ""


class FormRow(msgspec.Struct, frozen=True):
    """One line of trigger_forms.tsv: the persons of one mood and voice of one verb."""

    word: str
    pattern: str
    mood: str
    voice: str
    p3ms: str = ""
    p3fs: str = ""
    p3md: str = ""
    p3fd: str = ""
    p3mp: str = ""
    p3fp: str = ""
    p1s: str = ""
    p1p: str = ""


class NounRow(msgspec.Struct, frozen=True, rename={"cls": "class"}):
    """One line of nouns.tsv."""

    cls: str
    word: str
    forms: str = ""


class Sense(msgspec.Struct, frozen=True):
    """One meaning of a trigger word: the type of event, its frame (who does what to whom), what must stand beside it.

    `sure` marks a word that means little else in the news. `key` names the sense in the tables of weights.
    """

    key: str
    pos: Pos
    type: EventType
    frame: str
    need: str
    need_words: frozenset[str]
    sure: bool


class Form(msgspec.Struct, frozen=True):
    """One form of a trigger word; `mood` is empty for nouns and participles."""

    senses: tuple[Sense, ...]
    pos: Pos
    mood: str = ""
    passive: Passive = "no"
    plural: bool = False
    first_person: bool = False
    feminine: bool = False


class FormTable(msgspec.Struct, frozen=True):
    """Forms by their normal spelling: verbs and nouns as they stand, `bound` as they stand before a pronoun."""

    verbs: dict[str, tuple[Form, ...]]
    nouns: dict[str, tuple[Form, ...]]
    bound_verbs: dict[str, tuple[Form, ...]]
    bound_nouns: dict[str, tuple[Form, ...]]


class _Builder:
    """Collects forms; the same spelling of one verb in several moods or voices is one form."""

    def __init__(self) -> None:
        self._forms: dict[str, dict[tuple[object, ...], Form]] = {}

    def add(self, spelling: str, form: Form) -> None:
        here = self._forms.setdefault(spelling, {})
        key = (form.pos, form.senses)
        before = here.get(key)
        if before is None:
            here[key] = form
        elif before.mood == form.mood and before.passive != form.passive:
            here[key] = msgspec.structs.replace(before, passive="maybe")

    def final(self) -> dict[str, tuple[Form, ...]]:
        """`مواجهات` is the plural of a noun first, and only else of a participle."""
        found: dict[str, tuple[Form, ...]] = {}
        for spelling, forms in self._forms.items():
            nouns = tuple(form for form in forms.values() if form.pos != "participle")
            found[spelling] = nouns or tuple(forms.values())
        return found


def build_forms(tables: Tables) -> FormTable:
    """All forms of all trigger words."""
    verbs, nouns, bound_verbs, bound_nouns = _Builder(), _Builder(), _Builder(), _Builder()
    of_verb: dict[tuple[str, str], list[TriggerRow]] = {}
    of_noun: dict[str, list[TriggerRow]] = {}
    for row in tables.rows("events/triggers.tsv", TriggerRow):
        if row.pos == "verb":
            of_verb.setdefault((row.word, row.pattern), []).append(row)
        else:
            of_noun.setdefault(row.word, []).append(row)
    senses = {key: tuple(_sense(row, "verb") for row in rows) for key, rows in of_verb.items()}
    for line in tables.rows("events/trigger_forms.tsv", FormRow):
        key = (line.word, line.pattern)
        if line.mood == "participle":
            participles = tuple(_sense(row, "participle") for row in of_verb.get(key, ()))
            _add_participle(fold(line.p3ms), line.voice == "passive", participles, nouns)
        elif key in senses:
            _add_verb(line, senses[key], verbs, bound_verbs)
    for word, rows in of_noun.items():
        plurals = [plural for row in rows for plural in row.plural.split()]
        named = tuple(_sense(row, "noun") for row in rows)
        _add_noun(fold(word), dict.fromkeys(fold(plural) for plural in plurals), named, nouns, bound_nouns)
    return FormTable(verbs.final(), nouns.final(), bound_verbs.final(), bound_nouns.final())


def _sense(row: TriggerRow, pos: Pos) -> Sense:
    need, _, words = row.needs.partition(":")
    wanted = frozenset(fold(word) for word in words.split("|") if word)
    return Sense(f"{fold(row.word)}/{pos[0]}/{row.type}", pos, row.type, row.frame, need, wanted, row.sure == "yes")


def _add_verb(line: FormRow, senses: tuple[Sense, ...], verbs: _Builder, bound: _Builder) -> None:
    passive: Passive = "yes" if line.voice == "passive" else "no"
    mood = "past" if line.mood == "past" else "present"
    cells = fold("|".join(getattr(line, person) for person in _PERSONS)).split("|")
    for person, cell in zip(_PERSONS, cells, strict=True):
        if not cell:
            continue
        form = Form(senses, "verb", mood, passive, person.endswith(("p", "d")), person.startswith("p1"), "f" in person)
        for spelling in cell.split("/"):
            verbs.add(spelling, form)
            if passive == "no":
                bound.add(_before_pronoun(spelling), form)


def _before_pronoun(spelling: str) -> str:
    """`قتلوا` is `قتلو` before a pronoun, a final ya may be written alef."""
    if spelling.endswith("وا"):
        return spelling[:-1]
    return spelling[:-1] + "ا" if spelling.endswith("ي") else spelling


def _add_participle(base: str, passive: bool, senses: tuple[Sense, ...], nouns: _Builder) -> None:
    form = Form(senses, "participle", "", "yes" if passive else "no")
    many = msgspec.structs.replace(form, plural=True)
    stem = base[:-1] if base.endswith("ي") else base
    for ending in ("", "ا", "ه"):
        nouns.add(base + ending, form)
    # A defective participle (`داع`) keeps its ya before endings.
    for ending in ("ي", "يا", "يه") if _is_defective(base) else ():
        nouns.add(base + ending, form)
    for ending in ("ين", "ون", "ات", "ان", "تين", "تان"):
        nouns.add(stem + ending, many)


def _is_defective(base: str) -> bool:
    return len(base) == 3 and base[1] == "ا"


def _add_noun(word: str, plurals: dict[str, None], senses: tuple[Sense, ...], nouns: _Builder, bound: _Builder) -> None:
    one, many = Form(senses, "noun"), Form(senses, "noun", plural=True)
    for spelling, is_plural, is_bound in noun_forms(word, tuple(plurals)):
        (bound if is_bound else nouns).add(spelling, many if is_plural else one)


def noun_forms(word: str, plurals: tuple[str, ...]) -> Iterator[tuple[str, bool, bool]]:
    """Spelling, whether plural, whether it stands before a pronoun; all in normal form."""
    stem = word[:-1] + "ت" if word.endswith("ه") else word
    yield word, False, False
    yield from ((spelling, False, True) for spelling in _bound(stem))
    if not word.endswith(("ه", "ا", "ء", "ات")):
        yield word + "ا", False, False
    for ending in ("ان", "ين"):
        yield stem + ending, True, False
    for plural in plurals:
        yield plural, True, False
        yield from ((spelling, True, True) for spelling in _bound(plural))
        if not plural.endswith(("ات", "ين", "ون", "ا")):
            yield plural + "ا", True, False


def _bound(stem: str) -> tuple[str, ...]:
    """A final hamza takes a seat before a pronoun: `استيلاء` gives `استيلائه`, `استيلاؤه`."""
    return (stem, stem[:-1] + "ي", stem[:-1] + "و") if stem.endswith("ء") else (stem,)


def common_nouns(tables: Tables) -> tuple[dict[str, str], dict[str, str]]:
    """Classes of common nouns by their normal spelling: as they stand, and before a pronoun; the first line wins."""
    free: dict[str, str] = {}
    bound: dict[str, str] = {}
    for row in tables.rows("events/nouns.tsv", NounRow):
        for spelling, _, is_bound in noun_forms(fold(row.word), tuple(fold(form) for form in row.forms.split())):
            (bound if is_bound else free).setdefault(spelling, row.cls)
    return free, bound
