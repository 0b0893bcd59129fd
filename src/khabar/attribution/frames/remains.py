"""Words after a subject that no mention and no list knows: the rest of its name, not what it said.

A verb that takes a bare noun would take them for it (نفت رابطة مربي | كذا، أمس، توقيع اتفاق). What follows them tells:
a clause, or a circumstance set off by commas with the noun that was said after it.
"""

from __future__ import annotations

import msgspec

from khabar.attribution.cues import forms_of, is_finite
from khabar.attribution.frames.walk import Walk
from khabar.attribution.modifiers import has_article, is_definite_adjective
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.view import View

__all__ = ["clause_after", "past_rest", "requoted"]

_MAX_REST = 8
_MAX_OCCASION = 14
_LONGEST_NAME = 3  # words
_SHORT = 4  # tokens of a name in quotation marks, with one of these
_LONGEST_ASIDE = 14  # tokens of what is set off by commas
_THAT_NOUNS = frozenset(
    "ضروره اهميه وجوب امكانيه احتمال شرط حقيقه فكره حق رغبه ثقه يقين خشيه امل علم استعداد صحه رفض قبول".split()
)


def past_rest(walk: Walk) -> bool:
    """Past the rest of the subject's name, which becomes part of it; False where what follows is said."""
    subject = walk.frame.subject
    if subject is None or subject.end != walk.at or not subject.known:
        return False
    end = _region(walk.view, walk.at) or _place(walk) or _name(walk, subject)
    if end is None:
        return False
    walk.frame.subject = msgspec.structs.replace(subject, end=end)
    walk.at = end
    return True


def _region(view: View, at: int) -> int | None:
    """قيادة الدرك في كذا | شرقي تشاد."""
    place = at + 1 in view.names and view.names[at + 1].mention.type == "PLACE"
    return view.names[at + 1].end if place and view.has(at, "direction") else None


def _place(walk: Walk) -> int | None:
    """مديرية العمل | بالبحيرة: no noun that is said begins with the preposition and the article."""
    view, at = walk.view, walk.at
    known = view.noun(at)
    ends_name = at + 1 >= len(view) or view.is_comma(at + 1) or view.is_complementiser(at + 1)
    here = view.norm[at].startswith("بال") and "ب" not in walk.takes and (known is None or known[1] > 0)
    return at + 1 if here and ends_name and not view.has(at, "not_ba") else None


def _name(walk: Walk, subject: Phrase) -> int | None:
    view, at = walk.view, walk.at
    last = view.covered[at - 1]
    body = subject.head is not None and subject.head.kind == "organization" and not subject.has_person
    if last is None or last.end != at or not (body or last.mention.type in {"ORG", "PERSON"}):
        return None
    if not _may_go_on(view, at):
        return None
    end = at + 1
    while end < len(view) and end - at < _LONGEST_NAME and _describes(view, end):
        end += 1
    end = _region(view, end) or end
    if end >= len(view):
        return None
    if view.is_complementiser(end):
        return None if view.norm[at] in _THAT_NOUNS else end
    definite = has_article(view.norm[at])
    if last.mention.type == "PERSON" or not (definite or not has_article(view.norm[at - 1])):
        return None
    return end if view.is_comma(end) and _said_after_aside(walk, end) else None


def _describes(view: View, at: int) -> bool:
    return has_article(view.norm[at]) and (is_definite_adjective(view, at) or view.norm[at].endswith("ه"))


def _may_go_on(view: View, at: int) -> bool:
    """Whether a word may belong to a name: no verb or noun of saying, no number, no word that opens a clause."""
    word = view.norm[at]
    free = view.tokens[at].kind == "word" and at not in view.names and not view.timed[at] and not view.counted[at]
    small = ("clause", "adjunct", "preposition", "relative", "negation", "quantifier", "counting", "phrase_stop")
    free = free and view.lexicon.forms.get(word) is None and not any(view.has(at, words) for words in small)
    owned = word.endswith(("ها", "هم")) or view.original(at).endswith("ه")
    return free and not owned and not is_finite(view, at)


def _said_after_aside(walk: Walk, comma: int) -> bool:
    """Whether a circumstance or a person's name stands between this comma and another, and what is said after it."""
    view, first = walk.view, comma + 1
    if first >= len(view):
        return False
    person = first in view.names and view.names[first].mention.type == "PERSON"
    if view.is_complementiser(first):
        return True
    if not (person or view.timed[first] or view.has(first, "adjunct")):
        return False
    for end in range(first + 1, min(first + _LONGEST_ASIDE, len(view) - 1)):
        if view.is_comma(end):
            said = view.tokens[end + 1].kind == "word" and view.norm[end + 1][:1] not in {"و", "ف"}
            return said and (view.norm[end + 1] == "ما" or not view.has(end + 1, "clause"))
        if is_finite(view, end):
            return False
    return False


def clause_after(walk: Walk, at: int) -> int | None:
    """Where the clause starts, if the words here only end the subject (أوضح الأمين | الرابع للجنة أن) or the
    circumstance (أكد الوزير في مستهل | محادثاته مع نظيره أن)."""
    view, subject = walk.view, walk.frame.subject
    ends_subject = subject is not None and subject.end == at
    in_circumstance = walk.in_circumstance and view.norm[at] not in view.lexicon.forms
    in_circumstance = in_circumstance or (walk.after_subject and at == walk.cue.at + 1 and view.has(at, "quantity"))
    if "clause" not in walk.takes or not (ends_subject or in_circumstance):
        return None
    for end in range(at + 1, min(at + (_MAX_REST if ends_subject else _MAX_OCCASION), len(view) - 1)):
        if view.is_complementiser(end):
            ends_well = has_article(view.norm[end - 1]) or view.is_comma(end - 1) or view.covered[end - 1] is not None
            return end + 1 if ends_well else None
        is_break = view.tokens[end].kind == "punct" and not (view.is_comma(end) and view.is_complementiser(end + 1))
        if is_break or is_finite(view, end) or view.has(end, "clause"):
            return None
    return None


def requoted(walk: Walk) -> bool:
    """وقال المعهد | «نحن محايدون»: in a sentence that has no more, what is quoted at its end is said, and no name."""
    view, subject = walk.view, walk.frame.subject
    if subject is None or "quote" not in walk.takes or walk.frame.link != "none":
        return False
    close = next((at for at in range(len(view) - 1, subject.start, -1) if view.tokens[at].kind != "punct"), 0) + 1
    marks = range(walk.cue.at + 1, close)
    mark = next((at for at in marks if (opened := view.opened(at)) and view.close_of(opened) == close), None)
    if mark is None or any(forms_of(view, at) is not None for at in range(subject.end, mark)):
        return False  # علق فلان | قائلا: «كذا»
    if mark < subject.end:
        speaker = read_phrase(view, subject.start, nominal=True, until=mark) if mark > subject.start else None
        if speaker is None or not speaker.known:
            return False
        walk.frame.subject = speaker
    elif close - mark <= _SHORT:
        return False
    return walk.content("quote", mark)
