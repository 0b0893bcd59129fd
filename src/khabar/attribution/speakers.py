"""Who speaks where the cue does not say it to its right: the phrase before the verb, or a speaker of before."""

from __future__ import annotations

from khabar.attribution.cues import Cue, forms_of, is_finite
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.view import View

__all__ = ["clause_start", "is_candidate", "sentence_subject", "subject_before"]

_LOOK_BACK = 45


def subject_before(view: View, cue: Cue) -> Phrase | None:
    """The phrase left of a verb that is its subject: X قال, X الذي قال, وكان X قال."""
    if cue.joined and view.norm[cue.at - 1 : cue.at] and not view.is_comma(cue.at - 1):
        return None
    if cue.joined:
        return None
    at = cue.at
    if at and view.norm[at - 1] in {"قد", "كان", "كانت", "لم", "لا", "لن", "ما", "كانوا"}:
        at -= 1
    if not at:
        return None
    if view.has(at - 1, "relative"):
        return _antecedent(view, at - 1)
    start = clause_start(view, at)
    for first in range(start, at):
        if not is_candidate(view, first):
            continue
        phrase = read_phrase(view, first, nominal=False)
        if phrase is None or not phrase.known:
            continue
        if phrase.end >= at or _is_gap(view, phrase.end, at):
            return phrase if phrase.end <= cue.at else _cut(phrase, at)
    return None


def _cut(phrase: Phrase, end: int) -> Phrase:
    return Phrase(phrase.start, end, phrase.skip, phrase.head, phrase.definite,
                  tuple(name for name in phrase.names if name.end <= end), phrase.known, phrase.quantified)  # fmt: skip


def _antecedent(view: View, relative: int) -> Phrase | None:
    """The phrase that a relative pronoun stands for: the longest that ends right before it."""
    end = relative - 1 if view.is_comma(relative - 1) else relative
    for first in range(max(0, end - 16), end):
        if not is_candidate(view, first):
            continue
        phrase = read_phrase(view, first, nominal=False)
        if phrase is not None and phrase.known and phrase.end >= end:
            return _cut(phrase, end) if phrase.end > end else phrase
    return None


def clause_start(view: View, at: int) -> int:
    """Where the clause that holds token `at` starts, at most `_LOOK_BACK` tokens back."""
    first = max(0, at - _LOOK_BACK)
    for i in range(at - 1, first - 1, -1):
        word = view.norm[i]
        if word in {"؛", ";", ":", ".", "..", "...", "…", "!", "؟"} or view.is_complementiser(i):
            return i + 1
        if view.has(i, "clause") and word not in {"ما", "لا", "لم", "قد", "هذا"}:
            return i + 1
        if is_finite(view, i) and forms_of(view, i) and i < at - 1:
            return i + 1
    return first


def is_candidate(view: View, at: int) -> bool:
    """Whether a phrase that names a speaker may start here, free of prepositions."""
    word = view.norm[at]
    name = view.names.get(at)
    found = None if name is not None else view.lexicon.source_noun(word)
    if name is None and (found is None or view.covered[at] is not None):
        return False
    if name is not None:
        clitic = view.tokens[at].start != name.mention.start
        if clitic and word[:1] not in {"و", "ف"}:
            return False
    elif found is not None and found[1] and word[:1] not in {"و", "ف"}:
        return False
    previous = at - 1
    while previous >= 0 and view.norm[previous] in {'"', "("}:
        previous -= 1
    if previous >= 0 and view.has(previous, "governing"):
        return False
    # A noun that stands in an idafa to the noun before it starts no phrase of its own.
    return not (previous >= 0 and found is not None and found[1] == 0 and _governs(view, previous))


def _governs(view: View, at: int) -> bool:
    found = view.lexicon.source_noun(view.norm[at])
    return found is not None and not found[2] and found[0].takes == "idafa" and view.covered[at] is None


def _is_gap(view: View, start: int, end: int) -> bool:
    """Whether only circumstances and marks stand between a subject and its verb."""
    depth = 0
    in_circumstance = False
    for i in range(start, end):
        word = view.norm[i]
        if word in {"(", "-", "–"}:
            depth = 1 - depth if word != "(" else depth + 1
        elif word == ")":
            depth -= 1
        elif depth > 0:
            continue
        elif view.is_comma(i) or word == '"':
            in_circumstance = False
        elif view.timed[i] or view.has(i, "adjunct") or word in {"من", "وفق", "وفقا", "بحسب", "حسب"}:
            in_circumstance = True
        elif word in view.lexicon.words["gap"] or in_circumstance:
            if i - start > 14:
                return False
        else:
            return False
    return True


def sentence_subject(view: View, before: int) -> Phrase | None:
    """The first phrase of the sentence that can speak, left of token `before`: its likely subject."""
    for first in range(min(before, _LOOK_BACK)):
        if is_candidate(view, first):
            phrase = read_phrase(view, first, nominal=True)
            if phrase is not None and phrase.known and phrase.end <= before and not _place_only(phrase):
                return phrase
    return None


def _place_only(phrase: Phrase) -> bool:
    return phrase.head is None and all(name.mention.type == "PLACE" for name in phrase.names)
