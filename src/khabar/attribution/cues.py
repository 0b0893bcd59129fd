"""Finding cues: the verbs, participles, verbal nouns and particles in a sentence that may cite somebody."""

from __future__ import annotations

import msgspec

from khabar.attribution.lexicon import PRONOUNS, CueForm, CueLexicon, Particle
from khabar.attribution.view import View
from khabar.text import Sentence

__all__ = [
    "TELLING",
    "Cue",
    "ParticleCue",
    "find_cues",
    "find_particles",
    "forms_of",
    "is_asking",
    "is_finite",
    "is_telling",
    "is_withheld",
    "opens_with_cue",
    "particle_at",
]

_COMMANDER = "امر"  # آمر السرية: he commands it, and orders nothing here
_TANWEEN = "ً"
_IDENTITY = ("اسم", "اسمه", "اسمها", "اسمهم", "هويته", "هويتها")
_HIDING = frozenset({"عدم", "حجب", "اخفاء", "اغفال", "الا", "كشف", "الكشف", "نشر", "ذكر", "بعدم", "كتمان"})
_MAX_WITHHELD = 8  # tokens from طلب to اسمه
TELLING = frozenset({"أفاد", "أبلغ", "أخبر"})
_TELLING_NEAR = 4  # tokens from a verb to its subject, past a day
_ANEW = frozenset({"مجددا", "مجدده"})
_WITH_PRONOUN = frozenset({"طالبه"})


class Cue(msgspec.Struct, frozen=True):
    """A cue word at token `at`: its form, letters of clitics before it, and whether it is negated or joined by و."""

    at: int
    form: CueForm
    skip: int
    negated: bool
    joined: bool
    pronoun: bool


class ParticleCue(msgspec.Struct, frozen=True):
    """A citing particle over tokens `[at, end)`."""

    at: int
    end: int
    particle: Particle
    skip: int


def find_cues(view: View) -> list[Cue]:
    """Cues in order; one a token at most."""
    cues = []
    for at, token in enumerate(view.tokens):
        if token.kind != "word" or view.covered[at] is not None:
            continue
        found = forms_of(view, at)
        if found is None or _is_never(view, at) or is_withheld(view, at):
            continue
        forms, skip, pronoun = found
        form = _choose(view, at, forms, skip, pronoun=pronoun)
        if form is not None:
            joined = token.norm[:1] in {"و", "ف"} and skip > 0
            negated = at > 0 and view.has(at - 1, "negation")
            cues.append(Cue(at, form, skip, negated, joined, pronoun))
    return cues


def is_withheld(view: View, at: int) -> bool:
    """رفض ذكر اسمه, دون كشف هويته, اشترط ألا ينشر اسمه: a name that is not given is nothing said."""
    word = view.norm[at]
    bare = word in {"ذكر", "كشف", "اعلان", "الكشف"} and at > 0
    if bare and at + 1 < len(view) and view.norm[at + 1] in _IDENTITY:
        return True
    if not (view.has_joined(at, "withholding") or view.has_joined(at, "keeping")):
        return False
    hides = False
    for end in range(at + 1, min(at + _MAX_WITHHELD, len(view))):
        if view.tokens[end].kind == "punct":
            return False
        if view.has(end, "identity"):
            return hides
        hides = hides or view.norm[end] in _HIDING
    return False


def _is_never(view: View, at: int) -> bool:
    word, never = view.norm[at], view.lexicon.words["never"]
    if word[-1:] == "ه" and view.original(at)[-1:] == "ه" and word.removeprefix("و") in _WITH_PRONOUN:
        return False  # طالبه بكذا, not طالبة
    if word in _ANEW and at + 1 < len(view):
        return not _says_anew(view, at + 1)
    return word in never or (word[:1] in {"و", "ف"} and word[1:] in never)


def _says_anew(view: View, at: int) -> bool:
    """مجددا | القول إن, مجددة | نفيها: elsewhere the word is an adverb."""
    word = view.norm[at]
    stem = next((word[: -len(end)] for end in PRONOUNS if word.endswith(end)), word.removeprefix("ال"))
    nouns = view.lexicon.forms.get(stem) or view.lexicon.forms.get(stem[:-1] + "ه") or ()
    return stem != word and any(form.kind == "masdar" for form in nouns)


def forms_of(view: View, at: int) -> tuple[tuple[CueForm, ...], int, bool] | None:
    """The cue forms of a token, with the letters of و, ف, س before them and whether an object pronoun follows."""
    if at not in view.forms:
        commands = view.norm[at] == _COMMANDER and "آ" in view.original(at)
        view.forms[at] = None if commands else view.lexicon.cue_forms(view.spelled(at))
    return view.forms[at]


def is_finite(view: View, at: int) -> bool:
    """Whether the token is a finite form of a cue verb that is no homograph."""
    if at >= len(view):
        return False
    found = forms_of(view, at)
    return (
        found is not None
        and any(form.kind in {"past", "present"} and form.verb.trust != "clause" for form in found[0])
        and not _is_never(view, at)
    )


def _choose(view: View, at: int, forms: tuple[CueForm, ...], skip: int, *, pronoun: bool) -> CueForm | None:
    """The reading of a form that its place and spelling allow."""
    for form in forms:
        if form.kind in {"past", "present", "jussive"}:
            if _is_finite_here(view, at, form, skip, pronoun=pronoun):
                return form
        elif view.has(at, "with_tanween") and _TANWEEN not in view.original(at):
            continue
        elif form.agrees != "f" or view.original(at)[-1:] != "ه":
            return form  # مطالبه is a noun with its pronoun, مطالبة a participle
    return None


def _is_finite_here(view: View, at: int, form: CueForm, skip: int, *, pronoun: bool) -> bool:
    """Whether a finite form can stand here: no hypothesis (أن يعلن), no noun after a preposition, no homograph."""
    previous = view.norm[at - 1] if at else ""
    if form.kind == "jussive" and not view.has(at - 1, "negation"):
        return False
    ends_in_alef = form.verb.lemma.endswith("ى") and form.kind == "past" and form.agrees == "m" and not pronoun
    if ends_in_alef and view.original(at)[-1:] == "ي":
        return False  # نفي, تبني are nouns
    if form.kind == "present" and skip == 0 and previous in {"ان", "الا", "لن", "لكي", "كي", "حتي", "بان"}:
        return False
    if form.kind == "past" and skip == 0 and previous == "ان" and view.quote[at] is not None:
        return False  # أن أعرب لكم: the first person looks like the past
    after_name = at > 0 and view.covered[at - 1] is not None  # علي
    governed = view.has_joined(at - 1, "preposition") or view.has_joined(at - 1, "governing")
    if skip == 0 and not after_name and governed and form.verb.trust != "sure":
        return False
    if form.verb.trust != "clause":
        return True
    if pronoun:
        return False
    if form.agrees != "m" or form.kind != "past":
        return True
    # A bare homograph (أمر, طلب, بين) is a verb only where a clause begins, a joined one not after a bare noun
    # (صدور وتداول الصحيفة).
    return not _joins_noun(view, at) if skip > 0 else _begins_clause(view, at)


def _joins_noun(view: View, at: int) -> bool:
    """Whether two bare nouns stand before a name that both govern, as far as one can tell."""
    previous = at - 1
    if previous < 0 or at + 1 >= len(view) or view.tokens[previous].kind != "word" or view.timed[previous]:
        return False
    word = view.norm[previous]
    is_bare = not word.startswith("ال") and not word.endswith(("ا", "ه", "ي")) and word not in view.lexicon.forms
    return is_bare and view.covered[previous] is None and view.covered[at + 1] is not None


def _begins_clause(view: View, at: int) -> bool:
    previous = at - 1
    if previous < 0 or view.tokens[previous].kind == "punct" or view.timed[previous]:
        return True
    if view.has(previous, "connective") or view.has(previous, "relative") or view.has(previous, "auxiliary"):
        return True
    if view.has(previous, "trailing") or view.has(previous, "adjunct") or view.has_noun(previous, "occasion"):
        return True
    name = view.covered[previous]
    if view.norm[previous] == "بل":
        return True
    return (name is not None and name.mention.type != "PLACE") or view.has(previous, "negation")


def is_telling(view: View, start: int) -> bool:
    """Whether a verb right before a phrase tells somebody, who may be named after who speaks: أبلغ | مصدر «كذا» أن."""
    found = _verb_before(view, start)
    return any(form.verb.lemma in TELLING and form.kind in {"past", "present"} for form in found)


def is_asking(view: View, start: int) -> bool:
    """Whether a verb right before a phrase is said to somebody, whom a name after it may be of: ناشد | النقيب كذا."""
    return any(form.verb.object == "addressee" for form in _verb_before(view, start))


def _verb_before(view: View, start: int) -> tuple[CueForm, ...]:
    """The forms of the cue right before a phrase."""
    for at in range(start - 1, max(-1, start - _TELLING_NEAR), -1):
        found = forms_of(view, at) if view.covered[at] is None else None
        if found is not None:
            return found[0]
    return ()


def opens_with_cue(sentence: Sentence, lexicon: CueLexicon) -> bool:
    """Whether a sentence opens with a verb of saying, joined or not: a new voice, no quotation that runs on."""
    for token in sentence.tokens[:3]:
        if token.kind == "punct":
            continue
        word = token.norm
        forms = lexicon.forms.get(word) or (lexicon.forms.get(word[1:]) if word[:1] in {"و", "ف"} else None) or ()
        return any(form.kind in {"past", "present"} and form.verb.trust == "sure" for form in forms)
    return False


def find_particles(view: View) -> list[ParticleCue]:
    """Citing particles in order, the longest at each place."""
    found = []
    at = 0
    while at < len(view):
        cue = particle_at(view, at)
        if cue is not None:
            found.append(cue)
            at = cue.end
        else:
            at += 1
    return found


def particle_at(view: View, at: int) -> ParticleCue | None:
    """The longest citing particle that starts at token `at`."""
    word = view.norm[at]
    particles = view.lexicon.particles
    group = particles.get(word) or (particles.get(word[1:]) if word[:1] in {"و", "ف"} else None)
    if group is None:
        return None
    for particle in group:
        rest = particle.words[1:]
        end = at + len(particle.words)
        if end >= len(view) and particle.use != "closing":
            continue
        if tuple(view.norm[at + 1 : end]) != rest:
            continue
        if particle.clitic and view.norm[end][:1] != "ل":
            continue
        joined = word[:1] in {"و", "ف"} and word[1:] in particles  # not وفقا
        return ParticleCue(at, end, particle, int(joined))
    return None
