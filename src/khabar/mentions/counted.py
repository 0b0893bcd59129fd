"""What numbers count: nouns in every form, units, and the words that bound a number."""

from __future__ import annotations

import msgspec

from khabar.mentions.phrases import Phrases
from khabar.numerals.cardinals import NumberWords, build_number_words
from khabar.numerals.words import Vocabulary
from khabar.resources import Tables
from khabar.text import fold

__all__ = ["Bound", "Counted", "CountedWords", "Unit", "build_counted_words"]


class Counted(msgspec.Struct, frozen=True):
    """A noun that is counted, and the number of this form: 1, 2, or None for the plural.

    `sure` is False for the one form in which dual and plural of a noun are spelled alike (`مسلحين`). `construct` is a
    dual that another noun must follow (`حقيبتي ظهر`).
    """

    lemma: str
    en: str
    person: bool
    number: int | None
    sure: bool = True
    construct: bool = False


class Unit(msgspec.Struct, frozen=True):
    """A unit of measure or money."""

    kind: str
    en: str
    lemma: str


class Bound(msgspec.Struct, frozen=True):
    """How a word bounds a number: about, over, under, least, most."""

    name: str


class CountedWords(msgspec.Struct, frozen=True):
    """Forms by what they mean; keys are folded."""

    numbers: NumberWords
    nouns: dict[str, Counted]
    units: Phrases[Unit]
    several: frozenset[str]
    before: Phrases[Bound]
    after: Phrases[Bound]
    toll: frozenset[str]
    stop: frozenset[str]
    label: frozenset[str]
    back: frozenset[str]
    whole: frozenset[str]
    name: frozenset[str]
    times: frozenset[str]
    vocabulary: Vocabulary


class _NounRow(msgspec.Struct, frozen=True):
    lemma: str
    plural: str
    en: str
    person: str = ""


class _UnitRow(msgspec.Struct, frozen=True):
    kind: str
    en: str
    forms: str
    several: str = ""


class _BoundRow(msgspec.Struct, frozen=True):
    place: str
    bound: str
    forms: str


class _CountingRow(msgspec.Struct, frozen=True):
    kind: str
    forms: str


_GRAMMAR = frozenset((
    "من منهم منها منهن منهما بين او الي ما و ال واحد واحده واحدا اثنين اثنان اثنتين اثنتان تقريبا عشرات ميات الاف"
).split())  # fmt: skip


def build_counted_words(tables: Tables) -> CountedWords:
    """The vocabulary of counting from data/values."""
    numbers = build_number_words(tables)
    nouns: dict[str, Counted] = {}
    for row in tables.rows("values/nouns.tsv", _NounRow):
        for form, counted in _forms(row):
            nouns.setdefault(fold(form), counted)
    rows = list(tables.rows("values/units.tsv", _UnitRow))
    units = Phrases.of([
        (form, Unit(row.kind, row.en, row.forms.split()[0].replace("_", " ")))
        for row in rows
        for form in row.forms.split()
    ])  # fmt: skip
    several = frozenset(fold(form) for row in rows for form in row.several.split())
    bounds: dict[str, list[tuple[str, Bound]]] = {"before": [], "after": []}
    for bound in tables.rows("values/bounds.tsv", _BoundRow):
        bounds[bound.place] += [(form, Bound(bound.bound)) for form in bound.forms.split()]
    before, after = Phrases.of(bounds["before"]), Phrases.of(bounds["after"])
    forms: dict[str, list[str]] = {}
    for frame in tables.rows("values/counting.tsv", _CountingRow):
        forms.setdefault(frame.kind, []).extend(map(fold, frame.forms.split()))
    kinds = {kind: frozenset(words) for kind, words in forms.items()}
    vocabulary = numbers.vocabulary | set(nouns) | units.words() | before.words() | after.words() | _GRAMMAR
    vocabulary |= kinds["toll"] | kinds["back"] | kinds["whole"]
    return CountedWords(
        numbers=numbers,
        nouns=nouns,
        units=units,
        several=several,
        before=before,
        after=after,
        vocabulary=Vocabulary(vocabulary),
        **kinds,
    )


def _forms(row: _NounRow) -> list[tuple[str, Counted]]:
    """Singular, dual and plural forms; the accusative and the construct are written without tanwin and nun."""
    lemma, person = row.lemma, row.person == "yes"
    plurals = row.plural.split()
    sound = "+ون" in plurals

    def counted(number: int | None, *, sure: bool = True, construct: bool = False) -> Counted:
        return Counted(lemma, row.en, person, number, sure, construct)

    forms = [(lemma, counted(1))]
    if not lemma.endswith(("ة", "اء", "ى")):
        forms.append((lemma + "ا", counted(1)))
    stem = _dual_stem(lemma)
    for plural in plurals:
        forms += [(form, counted(None)) for form in _plural_forms(plural, lemma)]
    forms += [(stem + "ان", counted(2)), (stem + "ين", counted(2, sure=not sound))]
    if lemma.endswith("ة") or (person and not sound):
        # Of things, the construct of a masculine dual is spelled as an adjective is (`إقليمي`).
        forms += [(stem + "ا", counted(2, construct=True)), (stem + "ي", counted(2, construct=True))]
    return forms


def _dual_stem(lemma: str) -> str:
    if lemma.endswith("ة"):
        return lemma[:-1] + "ت"
    return lemma[:-1] + "ي" if lemma.endswith("ى") else lemma


def _plural_forms(plural: str, lemma: str) -> list[str]:
    stem = lemma[:-1] if lemma.endswith("ة") else lemma
    if plural == "+":
        return []
    if plural == "+ون":
        return [lemma + "ون", lemma + "ين", lemma + "و", lemma + "ي"]
    if plural == "+ات":
        return [stem + "ات"]
    if plural == "+وات":
        return [stem + "وات"]
    return [plural] if plural.endswith(("اء", "ى", "ة")) else [plural, plural + "ا"]
