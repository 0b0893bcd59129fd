"""The cue lexicon: verbs with all their forms, citing nouns and particles, source nouns, closed word lists.

Everything is keyed by folded forms (see `khabar.text.fold`), so that one dictionary look-up a token finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from khabar.records import Stance
from khabar.resources import Tables
from khabar.text import fold, kept

__all__ = ["PRONOUNS", "CueForm", "CueLexicon", "Particle", "SourceNoun", "Verb", "build_cue_lexicon", "clitic_lengths"]

Agreement = Literal["m", "f", "p"]
FormKind = Literal["past", "present", "jussive", "passive", "participle", "masdar", "noun"]
NounKind = Literal[
    "organization", "unnamed_official", "unnamed_source", "witness", "media", "document", "office", "rank", "honorific"
]

_TELLING = frozenset({"أفاد", "أبلغ", "أخبر"})
PRONOUNS = ("هما", "ها", "هم", "ه")
_PEOPLE = frozenset({"unnamed_official", "unnamed_source", "witness", "honorific"})


class Verb(msgspec.Struct, frozen=True):
    """What a cue takes and means. `link` is the preposition before the source of a relayed or written claim."""

    lemma: str
    takes: frozenset[str]
    object: Literal["", "content", "addressee", "relay", "document"]
    link: str
    stance: Stance
    trust: Literal["sure", "frame", "clause"]


class CueForm(msgspec.Struct, frozen=True):
    """One form of a cue: how it is inflected and which subject it agrees with (m, f, p; empty for masdars)."""

    verb: Verb
    kind: FormKind
    agrees: Agreement | Literal[""]


class SourceNoun(msgspec.Struct, frozen=True):
    """A noun that names who speaks; `takes` says what may follow it inside its phrase."""

    kind: NounKind
    takes: Literal["idafa", "adjective"]
    agrees: Agreement


class Particle(msgspec.Struct, frozen=True):
    """A citing particle of one or more folded words; `clitic` where its source carries the preposition ل."""

    words: tuple[str, ...]
    use: Literal["source", "verb", "carrier", "closing"]
    clitic: bool


class CueLexicon:
    """All look-ups of attribution, keyed by folded forms.

    What is asked of a word as it is `spelled` goes by its folded form too, but with a ة at its end: قائمة, spelled so,
    is no قائم with a pronoun.
    """

    def __init__(
        self,
        forms: dict[str, tuple[CueForm, ...]],
        particles: dict[str, tuple[Particle, ...]],
        sources: dict[str, SourceNoun],
        words: dict[str, frozenset[str]],
    ) -> None:
        self.forms, self.particles, self.sources, self.words = forms, particles, sources, words
        self.cue_forms = kept(self._cue_forms)
        self.source_noun = kept(self._source_noun)

    def _cue_forms(self, spelled: str) -> tuple[tuple[CueForm, ...], int, bool] | None:
        """The cue forms of a token, with the letters of و, ف, س before them and whether an object pronoun follows."""
        word = _folded(spelled)
        for skip in _skips(word):
            rest = word[skip:]
            if rest in self.forms:
                return self.forms[rest], skip, False
            # أفادنا, أبلغتنا: who is told is the outlet; أكدنا would be we ourselves.
            told = rest.removesuffix("نا")
            known = self.forms.get(told, ()) if told != rest else ()
            if any(form.kind == "past" and form.verb.lemma in _TELLING for form in known):
                return tuple(form for form in known if form.kind == "past"), skip, False
            for pronoun in PRONOUNS if word == spelled else ():
                if rest.endswith(pronoun) and len(rest) - len(pronoun) >= 3:
                    stem = rest[: -len(pronoun)]
                    finite = self._with_object(stem)
                    if finite:
                        return finite, skip, True
        return None

    def _with_object(self, stem: str) -> tuple[CueForm, ...]:
        """The finite forms that a pronoun follows; before it نفى is written نفا."""
        spellings = (stem, stem[:-1] + "ي") if stem.endswith("ا") else (stem,)
        found = (form for word in spellings for form in self.forms.get(word, ()))
        return tuple(form for form in found if form.kind in {"past", "present"})

    def _source_noun(self, spelled: str) -> tuple[SourceNoun, int, bool] | None:
        """The source noun in a token, how many letters of clitics stand before it, and if it is definite."""
        word = _folded(spelled)
        for skip in clitic_lengths(word):
            rest = word[skip:]
            found = self.sources.get(rest)
            if found is None and rest.endswith("ا") and len(rest) > 4:
                found = self.sources.get(rest[:-1])  # the accusative: مصدرا
            found = found or self._governing(rest)
            if found is not None:
                # لل holds the article: للمصدر leaves مصدر, which is definite.
                return found, skip, skip >= 2 and word[skip - 2 : skip] == "لل"
            if rest.startswith("ال"):
                found = self.sources.get(rest[2:])
                if found is not None:
                    return found, skip, True
        for suffix in ("نا", "ها", "هم", "ه") if word == spelled else ():
            # مصادرنا, متحدثها: a pronoun makes the noun definite.
            if len(word) > len(suffix) + 3 and word.endswith(suffix):
                stem = word[: -len(suffix)]
                found = self.sources.get(stem)
                if found is None and stem.endswith("ت"):
                    found = self._owned(stem[:-1] + "ه")
                if found is not None:
                    return found, 0, True
        return None

    def _governing(self, word: str) -> SourceNoun | None:
        """A sound plural of people as it stands before what it governs: مزارعو | السهل, متظاهري | الساحة."""
        found = self.sources.get(f"{word}ن") if word[-1:] in {"و", "ي"} else None
        return msgspec.structs.replace(found, takes="idafa") if found is not None and found.agrees == "p" else None

    def _owned(self, word: str) -> SourceNoun | None:
        """إدارته, قيادتها, ناطقتها: what bodies and people may be another's."""
        found = self.sources.get(word)
        person = found is not None and found.kind in {"unnamed_official", "office"}
        return found if person or word in self.words["owned_body"] else None


class _VerbRow(msgspec.Struct, frozen=True):
    lemma: str
    root: str
    pattern: str
    takes: str
    stance: Stance
    trust: Literal["sure", "frame", "clause"]
    object: str = ""
    participle: str = ""
    masdar: str = ""
    comment: str = ""


class _FormRow(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """The third persons alone: nobody cites in the first or second."""

    lemma: str
    mood: Literal["past", "indicative", "subjunctive", "jussive", "imperative"]
    voice: Literal["active", "passive"]
    p3ms: str = ""
    p3fs: str = ""
    p3md: str = ""
    p3fd: str = ""
    p3mp: str = ""
    p3fp: str = ""


class _NounRow(msgspec.Struct, frozen=True):
    forms: str
    takes: str
    stance: Stance
    comment: str = ""


class _SourceRow(msgspec.Struct, frozen=True):
    forms: str
    kind: NounKind
    takes: Literal["idafa", "adjective"]
    agrees: Agreement
    comment: str = ""


class _ParticleRow(msgspec.Struct, frozen=True):
    words: str
    use: Literal["source", "verb", "carrier", "closing"]
    comment: str = ""


class _WordsRow(msgspec.Struct, frozen=True):
    list: str
    words: str


def build_cue_lexicon(tables: Tables) -> CueLexicon:
    """Read the tables of data/cues. Raises SettingsError for a row that does not fit."""
    verbs = {row.lemma: row for row in tables.rows("cues/verbs.tsv", _VerbRow)}
    forms: dict[str, list[CueForm]] = {}
    made = {lemma: _verb(row) for lemma, row in verbs.items()}
    for form_row in tables.rows("cues/verb_forms.tsv", _FormRow):
        _add_finite(forms, form_row, made[form_row.lemma])
    for lemma, row in verbs.items():
        _add_verbal_nouns(forms, row, made[lemma])
    for noun in tables.rows("cues/nouns.tsv", _NounRow):
        cue = CueForm(_noun_verb(noun), "noun", "")
        _add(forms, noun.forms.split(), cue)
    sources = {
        fold(form): SourceNoun(row.kind, row.takes, row.agrees)
        for row in tables.rows("cues/sources.tsv", _SourceRow)
        for form in row.forms.split()
    }
    sources = _duals(sources) | sources
    words = {row.list: frozenset(map(fold, row.words.split())) for row in tables.rows("cues/words.tsv", _WordsRow)}
    return CueLexicon({form: tuple(found) for form, found in forms.items()}, _particles(tables), sources, words)


def _duals(nouns: Mapping[str, SourceNoun]) -> dict[str, SourceNoun]:
    """Two of the people that a noun names: عاملان, ناشطتين."""
    found: dict[str, SourceNoun] = {}
    for word, noun in nouns.items():
        if noun.kind in _PEOPLE and noun.agrees != "p":
            stem = word[:-1] + "ت" if word.endswith("ه") else word
            kind: NounKind = "witness" if noun.kind == "honorific" else noun.kind
            for ending in ("ان", "ين"):
                found.setdefault(stem + ending, SourceNoun(kind, "adjective", "p"))
    return found


def _verb(row: _VerbRow) -> Verb:
    kind, _, link = row.object.partition(" ")
    return Verb(row.lemma, _takes(row.takes), kind, fold(link), row.stance, row.trust)  # type: ignore[arg-type]


def _noun_verb(row: _NounRow) -> Verb:
    return Verb(row.forms.split()[0], _takes(row.takes), "", "", row.stance, "frame")


def _takes(cell: str) -> frozenset[str]:
    return frozenset(map(fold, cell.split()))


def _add(forms: dict[str, list[CueForm]], words: Iterable[str], cue: CueForm) -> None:
    for word in words:
        found = forms.setdefault(fold(word), [])
        if cue not in found:
            found.append(cue)


def _add_finite(forms: dict[str, list[CueForm]], row: _FormRow, verb: Verb) -> None:
    if row.mood == "imperative":
        return
    kind: FormKind = "past" if row.mood == "past" else "present" if row.mood == "indicative" else "jussive"
    # The dual of the past looks like an adverb (نقلا, ردا): only verbs that are always cues have it.
    dual = row.p3md if row.mood != "past" or verb.trust == "sure" else ""
    slots: tuple[tuple[str, Agreement], ...] = (
        (row.p3ms, "m"), (row.p3fs, "f"), (dual, "p"), (row.p3fd, "p"), (row.p3mp, "p"), (row.p3fp, "p"),
    )  # fmt: skip
    for cell, agrees in slots:
        for word in filter(None, cell.split("/")):
            # Active rows come before passive ones: an undiacritised form that is both is read as active.
            known = {form.kind for form in forms.get(fold(word), ()) if form.verb is verb}
            if row.voice == "passive":
                if not known:
                    _add(forms, [word], CueForm(verb, "passive", agrees))
            elif not (kind == "jussive" and known):
                _add(forms, [word], CueForm(verb, kind, agrees))


def _add_verbal_nouns(forms: dict[str, list[CueForm]], row: _VerbRow, verb: Verb) -> None:
    """Participles in the accusative (مشيرا, مشيرة, مشيرين), as they open a second clause, and the masdar."""
    stem = row.participle
    if stem:
        short = stem[:-1] if stem.endswith("ي") else stem
        _add(forms, [stem + "ا"], CueForm(verb, "participle", "m"))
        _add(forms, [stem + "ة"], CueForm(verb, "participle", "f"))
        _add(forms, [short + "ين"], CueForm(verb, "participle", "p"))
    if row.masdar:
        _add(forms, [row.masdar], CueForm(verb, "masdar", ""))


def _particles(tables: Tables) -> dict[str, tuple[Particle, ...]]:
    """By their first word, the longest first."""
    found: dict[str, list[Particle]] = {}
    for row in tables.rows("cues/particles.tsv", _ParticleRow):
        words = tuple(map(fold, row.words.split()))
        clitic = words[-1] == "ل"
        particle = Particle(words[:-1] if clitic else words, row.use, clitic)
        found.setdefault(words[0], []).append(particle)
    return {first: tuple(sorted(group, key=lambda p: -len(p.words))) for first, group in found.items()}


def _folded(spelled: str) -> str:
    return spelled[:-1] + "ه" if spelled.endswith("ة") else spelled


def _skips(word: str) -> tuple[int, ...]:
    skips = [0]
    at = 0
    if word[:1] in {"و", "ف"}:
        at = 1
        skips.append(1)
    if word[at : at + 1] == "س":
        skips.append(at + 1)
    return tuple(skips)


def clitic_lengths(word: str) -> tuple[int, ...]:
    """Lengths of what may be a conjunction and a preposition before a noun, none first."""
    lengths = [0]
    at = 1 if word[:1] in {"و", "ف"} else 0
    if at:
        lengths.append(at)
    rest = word[at:]
    if rest.startswith("لل"):
        lengths.append(at + 2)
    elif rest[:1] in {"ب", "ل", "ك"}:
        lengths.append(at + 1)
    return tuple(lengths)
