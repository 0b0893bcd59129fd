"""What single words say about names: usual parts of names, ordinary words, and what stands before a name."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from khabar.mentions.lexicon import names_forms, readings, whole_words
from khabar.mentions.name_words import GLUE, POSSIBLE
from khabar.resources import Tables
from khabar.text import kept

__all__ = ["OF_PLACES", "Vocabulary", "build_vocabulary"]

# The first words of places' names: بيت فوريك, أبي صيدا; after what rules a place, the word after them is the place's.
OF_PLACES = frozenset("بن ابو ابي ام بيت بني عين تل دير راس كفر خان سيدي بير باب قصر حد داخلت جبل وادي نهر".split())
# Endings that an ordinary word may carry: pronouns, plurals, duals, verb endings.
_ENDINGS = (
    "هما",
    "كما",
    "كم",
    "ني",
    "تها",
    "تهم",
    "وها",
    "وهم",
    "ها",
    "هم",
    "نا",
    "ات",
    "ين",
    "ون",
    "ان",
    "وا",
    "تم",
    "ته",
    "ه",
    "ي",
    "ت",
    "ا",
    "ن",
)
_VERB_STARTS = ("سي", "ست", "ي", "ت", "ن", "ا")
_UPON = ("على", "وعلى", "فعلى")  # the preposition, see `folded_words`
_TITLES = frozenset({"rank", "honorific"})  # source nouns that a name follows at once
_AGENT = 4  # letters of an agent: مهرب
_STEM = 3  # letters a word must keep when an ending is taken off


class _Row(msgspec.Struct, frozen=True):
    kind: str
    words: str


class _Title(msgspec.Struct, frozen=True):
    title: str
    kind: str = msgspec.field(name="class")


class _SourceNoun(msgspec.Struct, frozen=True):
    forms: str
    kind: str


class _Name(msgspec.Struct, frozen=True):
    name: str
    also_word: str = ""


class _Country(msgspec.Struct, frozen=True):
    iso2: str
    demonyms_ar: str = ""


class Vocabulary:
    """Words by kind, in normal form.

    `kinds` maps a word to given, name, perhaps, place or ordinary (data/names/words.tsv); `contexts` a word before a
    name to its kinds (data/names/contexts.tsv); `demonyms` every demonym, bare and with the article, to its country;
    `given` and `surnames` hold the listed names, `compounds` the given names of two words.
    """

    def __init__(
        self,
        kinds: dict[str, str],
        contexts: dict[str, frozenset[str]],
        demonyms: dict[str, str],
        given: frozenset[str],
        also_given: frozenset[str],
        surnames: frozenset[str],
        compounds: frozenset[tuple[str, str]],
        whole: frozenset[str],
    ) -> None:
        self.kinds = kinds
        self.contexts = contexts
        self.demonyms = demonyms
        self.given = given
        self.also_given = also_given
        self.surnames = surnames
        self.compounds = compounds
        self.compound_starts = frozenset(first for first, _ in compounds)
        self.whole = whole
        self.kind = kept(self._kind)
        self.context = kept(self._context)
        self.country = kept(self._country)
        self.readings = kept(self._readings)
        self.may_start_name = kept(self._may_start_name)

    def _readings(self, word: str) -> tuple[tuple[int, str], ...]:
        """The readings of a word (see `lexicon.readings`)."""
        return tuple(readings(word, self.whole))

    def _may_start_name(self, word: str) -> bool:
        """Whether any reading of a word can be the first of a person's name: the quick test that most words fail."""
        return (
            word[:1].isalpha()
            and not word.isascii()
            and any(
                rest in GLUE
                or rest == "علي"
                or rest[:5] == "عبدال"
                or rest in self.also_given
                or rest in self.compound_starts
                or self.kind(rest) in POSSIBLE
                for _, rest in self.readings(word)
            )
        )

    def _kind(self, word: str) -> str:
        """The kind of a word as it stands; `derived` for a listed one with an ending, `rare` for any
        other."""
        found = self.kinds.get(word)
        if found is not None:
            return found
        if word in self.demonyms:
            return "ordinary"
        if not word.isalpha() or len(word) < 2:
            return "mark"
        if self._with_clitics(word):
            return "ordinary"
        if any(self.kinds.get(stem) == "ordinary" for stem in _stems(word)) or self._governs(word):
            return "derived"
        return "rare"

    def _governs(self, word: str) -> bool:
        """Whether a word is the plural of an agent as it stands before what it governs: مزارعو السهل."""
        stem = word[:-1]
        if word[:1] != "م" or word[-1] != "و" or len(stem) < _AGENT:
            return False
        return any(self.kinds.get(form) == "ordinary" for form in (stem, f"{stem}ين", f"{stem}ون", f"ال{stem}ين"))

    def _with_clitics(self, word: str) -> bool:
        """Whether a word is a listed one with clitics or the article before it."""
        for cut, rest in self.readings(word):
            if cut and self.kinds.get(rest) in ("ordinary", "place"):
                return True
            if cut and any(self.kinds.get(stem) == "ordinary" for stem in _stems(rest)):
                return True
            if rest.startswith("ال") and self.kinds.get(rest[2:]) == "ordinary":
                return True
        return False

    def _context(self, word: str) -> frozenset[str]:
        """The kinds of context that a word makes for a name after it, its clitics taken off."""
        for _, rest in self.readings(word):
            found = self.contexts.get(rest)
            if found:
                return found
        return frozenset()

    def _country(self, word: str) -> str | None:
        """The country of a demonym, clitics and article allowed."""
        return next((self.demonyms[rest] for _, rest in readings(word) if rest in self.demonyms), None)


def _stems(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            stem = word[: -len(ending)]
            yield stem
            yield stem + "ه"
    for start in _VERB_STARTS:
        if word.startswith(start) and len(word) - len(start) >= _STEM:
            yield word[len(start) :]


def build_vocabulary(tables: Tables) -> Vocabulary:
    """The vocabulary of data/names, of data/cues (nouns for speakers) and of data/countries.tsv (demonyms)."""
    kinds = dict.fromkeys(_UPON, "ordinary")
    for row in tables.rows("names/words.tsv", _Row):
        kinds.update(dict.fromkeys(row.words.split(" "), row.kind))
    for source in tables.rows("cues/sources.tsv", _SourceNoun):
        if source.kind not in _TITLES:
            for word in names_forms(source.forms.split()):
                kinds.setdefault(word, "ordinary")
    given, also_given, surnames = _add_names(tables, kinds)
    compounds = [row.name for row in tables.rows("names/given.tsv", _Name) if row.name.count(" ") == 1]
    pairs_of = [name.partition(" ") for name in names_forms(compounds)]
    contexts = _titles(tables)
    for row in tables.rows("names/contexts.tsv", _Row):
        for word in names_forms(row.words.split()):
            contexts[word] = contexts.get(word, frozenset()) | {row.kind}
    pairs = [
        (form.strip(), country.iso2)
        for country in tables.rows("countries.tsv", _Country)
        for form in country.demonyms_ar.split("|")
        if form.strip()
    ]
    demonyms: dict[str, str] = {}
    for form, (_, iso2) in zip(names_forms([form for form, _ in pairs]), pairs, strict=True):
        demonyms.setdefault(form, iso2)
        demonyms.setdefault("ال" + form, iso2)
    two_words = frozenset((first, second) for first, _, second in pairs_of)
    return Vocabulary(kinds, contexts, demonyms, given, also_given, surnames, two_words, tables.compiled(whole_words))


def _titles(tables: Tables) -> dict[str, frozenset[str]]:
    """Titles of one word (data/titles.tsv): an office may go on before the name follows, the others are honorific.

    A definite office (`الرئيس`, `الوزير`) is both: the name may follow at once. A scholar is told by his field too
    (`الباحث في شؤون كذا`).
    """
    rows = [row for row in tables.rows("titles.tsv", _Title) if " " not in row.title]
    kinds: dict[str, frozenset[str]] = {}
    for word, row in zip(names_forms([row.title for row in rows]), rows, strict=True):
        office = row.kind in ("office", "spokesperson")
        found = {"office"} if office else {"honorific"}
        if office and word.startswith("ال"):
            found.add("honorific")
        if row.kind == "academic":
            found.add("scholar")
        kinds[word] = kinds.get(word, frozenset()) | found
    return kinds


def _add_names(tables: Tables, kinds: dict[str, str]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Given and family names of one word. What the news hardly ever uses as a name stays the word that it is there.

    Returns the given names that are no ordinary words, those that are, and all family names.
    """
    given: list[str] = []
    also_given: list[str] = []
    surnames: list[str] = []
    for table, sure in (("names/given.tsv", "given"), ("names/surnames.tsv", "name")):
        rows = [row for row in tables.rows(table, _Name) if " " not in row.name]
        for word, row in zip(names_forms([row.name for row in rows]), rows, strict=True):
            counted = kinds.get(word)
            if sure == "name":
                surnames.append(word)
            else:
                (also_given if counted == "ordinary" else given).append(word)
            if counted is None or (counted == "perhaps" and not row.also_word):
                kinds[word] = "perhaps" if row.also_word else sure
    return frozenset(given), frozenset(also_given), frozenset(surnames)
