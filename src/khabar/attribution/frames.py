"""From a cue to its complement: who is its subject, what stands between, and where the content starts.

The reader walks from the cue to the right: the subject's noun phrase, circumstances (في بيان, أمس), who is told
(لوكالة …), until a complementiser, a colon, a quotation, the cue's preposition or, for cues that take one, a bare
noun phrase opens the content.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from khabar.attribution.cues import Cue, forms_of, is_finite
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.view import View

__all__ = ["Frame", "Link", "read_frame"]

Link = Literal["clause", "quote", "preposition", "noun", "before", "none"]
_MAX_WALK = 70
_MAX_STRAY = {"sure": 25, "frame": 14, "clause": 3}


class Frame(msgspec.Struct):
    """What was read right of a cue. `start` is the content's first token, with `skip` letters before it left out;
    `told` are phrases with ل; `stray` counts words that fit nowhere."""

    cue: Cue
    link: Link = "none"
    start: int = 0
    skip: int = 0
    subject: Phrase | None = None
    told: list[Phrase] = []
    carrier: Phrase | None = None
    addressee: Phrase | None = None
    written: list[Phrase] = []
    stray: int = 0
    impersonal: bool = False


class _Walk:
    """The walk's state: where it is, and what it may still meet."""

    def __init__(self, view: View, cue: Cue, *, subject_before: bool) -> None:
        self.view = view
        self.cue = cue
        self.verb = cue.form.verb
        self.at = cue.at + 1
        self.frame = Frame(cue)
        # Participles and verbs after their subject have no subject to their right.
        # A verb in the plural has its subject in itself or before it (أضافوا).
        self.wants_subject = (
            cue.form.kind not in {"participle", "noun"} and cue.form.agrees != "p" and not subject_before
        )
        self.wants_object = self.verb.object in {"content", "addressee"} and not cue.pronoun
        self.in_circumstance = False
        self.subject_grows = False
        self.nominal = "noun" in self.verb.takes or self.verb.object in {"content", "addressee"}
        self.takes_ba = "ب" in self.verb.takes

    def content(self, link: Link, start: int, skip: int = 0) -> bool:
        self.frame.link, self.frame.start, self.frame.skip = link, start, skip
        return True


def read_frame(view: View, cue: Cue, *, subject_before: bool) -> Frame:
    """The frame of a cue; `link` is `none` where no complement was found."""
    walk = _Walk(view, cue, subject_before=subject_before)
    steps = 0
    while walk.at < len(view) and steps < _MAX_WALK:
        steps += 1
        before = walk.at
        done = _step(walk)
        if done is not None:
            if not done:
                walk.frame.link = "none"
            break
        if walk.at == before:
            break
    return _trimmed(walk)


def _trimmed(walk: _Walk) -> Frame:
    """Skip what stands between the link and the content: marks, a second complementiser."""
    view, frame = walk.view, walk.frame
    if frame.link == "none":
        return frame
    start = frame.start
    while start < len(view) and (
        view.norm[start] in {'"', ":", "-", "،", ",", "(", "–", ".", "..", "…"} or view.is_complementiser(start)
    ):
        if frame.skip and start == frame.start:
            break
        start += 1
    if start >= len(view):
        frame.link = "none"
    if start != frame.start:
        frame.skip = 0
    frame.start = start
    return frame


def _step(walk: _Walk) -> bool | None:
    """One step: True where the content was found, False where the walk fails, None to go on."""
    view, at = walk.view, walk.at
    if view.tokens[at].kind == "punct":
        return _mark(walk)
    if view.is_complementiser(at):
        return walk.content("clause", at + 1)
    word = view.norm[at]
    if word in view.lexicon.words["saying"] or word in view.lexicon.words["pronoun"]:
        walk.at += 1
        return None
    if word == "نقلا" and at + 2 < len(view) and view.norm[at + 1] == "عن":
        return _linked_source(walk, at + 2)
    linked = _link(walk)
    if linked is not None:
        return linked
    if walk.at != at:
        return None
    if _is_told(walk):
        return None
    if _circumstance(walk):
        return None
    return _phrase(walk)


def _mark(walk: _Walk) -> bool | None:
    view, at, verb = walk.view, walk.at, walk.verb
    word = view.norm[at]
    if word == ":":
        return walk.content("quote", at + 1) if "quote" in verb.takes or verb.trust != "clause" else False
    if word == '"':
        return _quotation(walk)
    if word in {"(", "-", "–", "—"}:
        close = {"(": ")", "-": "-", "–": "–", "—": "—"}[word]
        for end in range(at + 1, min(at + 30, len(view))):
            if view.norm[end] == close:
                walk.at = end + 1
                return None
        return False
    if view.is_comma(at):
        return _comma(walk)
    if word in {")", "/", "*", "[", "]"}:
        walk.at += 1
        return None
    return False


def _quotation(walk: _Walk) -> bool | None:
    view, at = walk.view, walk.at
    quotation = view.opened(at)
    if quotation is None:
        if (
            view.quote[walk.cue.at] is not None
            and view.quote[walk.cue.at] is not view.quote[min(at + 1, len(view) - 1)]
        ):
            return False
        walk.at += 1
        return None
    phrase = read_phrase(view, at, nominal=walk.nominal, takes_ba=walk.takes_ba)
    if walk.wants_subject and walk.frame.subject is None and phrase is not None and phrase.names:
        walk.frame.subject = phrase
        walk.at = phrase.end
        return None
    close = view.close_of(quotation)
    if walk.in_circumstance and close is not None and close - at <= 6 and _reaches_clause(view, close + 1):
        # A name in quotation marks inside a circumstance: في ختام «الحوار الاستراتيجي»، إن
        walk.at = close + 1
        return None
    return walk.content("quote", at)


def _comma(walk: _Walk) -> bool | None:
    """Past a comma where more of the frame follows it."""
    view, at = walk.view, walk.at
    following = at + 1
    if following >= len(view):
        return False
    word = view.norm[following]
    if (
        view.is_complementiser(following)
        or view.opened(following) is not None
        or view.has(following, "adjunct")
        or view.timed[following]
        or word in {"بان", "لوكاله", "وفق", "بحسب", "وفقا", "حسب", "نقلا", "كما", "ووفقا"}
        or (walk.frame.subject is None and walk.wants_subject and "noun" not in walk.verb.takes)
        or _reaches_clause(view, following)
    ):
        walk.at = following
        walk.in_circumstance = True
        return None
    return False


def _reaches_clause(view: View, at: int) -> bool:
    """Whether a comma and a complementiser after it close what this comma opened (، الذي …، إن)."""
    for end in range(at, min(at + 30, len(view))):
        if view.is_complementiser(end):
            return view.is_comma(end - 1) or end == at
        if view.norm[end] in {":"}:
            return True
        if end > at and view.norm[end][:1] == "و" and forms_of(view, end) and is_finite(view, end):
            return False
    return False


def _link(walk: _Walk) -> bool | None:
    """The cue's preposition, the relay's or the document's."""
    view, at, verb = walk.view, walk.at, walk.verb
    word = view.norm[at]
    if verb.object in {"relay", "document"} and word == verb.link and walk.frame.carrier is None:
        return _linked_source(walk, at + 1)
    if verb.object == "document" and walk.frame.carrier is None:
        return False
    if word in verb.takes and at + 1 < len(view):
        if view.has(at + 1, "platform") or (word in {"في", "علي"} and view.has(at + 1, "occasion")):
            walk.in_circumstance = True
            walk.at += 1
            return None
        if view.is_complementiser(at + 1) or view.norm[at + 1] in {"ان", "انه", "انها", "انهم"}:
            return walk.content("clause", at + 2)
        return walk.content("preposition", at + 1)
    if "ب" in verb.takes and word[:1] == "ب" and word not in view.lexicon.words["not_ba"] and len(word) != 2:
        return _with_ba(walk)
    if "ل" in verb.takes and word[:1] == "ل" and len(word) > 3:
        return walk.content("preposition", at, 1)
    return None


def _with_ba(walk: _Walk) -> bool | None:
    view, at = walk.view, walk.at
    word = view.norm[at]
    if view.tokens[at].kind != "word":
        return None
    if word == "ب":
        return walk.content("preposition", at + 1)
    name = view.covered[at]
    if name is not None and (name.start != at or view.tokens[at].start == name.mention.start):
        return None  # a name's own letter
    return walk.content("preposition", at, 1)


def _linked_source(walk: _Walk, start: int) -> bool | None:
    """نقلت رويترز | عن مصدر: the subject read so far carries, the source follows."""
    view = walk.view
    phrase = read_phrase(view, start, nominal=True)
    if phrase is None:
        return False
    if walk.verb.object == "document" and (phrase.head is None or phrase.head.kind not in {"document", "media"}):
        return False
    if walk.verb.object == "relay" and not phrase.known and walk.verb.lemma != "نقل":
        return False
    walk.frame.carrier, walk.frame.subject = walk.frame.subject or _NOBODY, phrase
    walk.wants_subject = False
    walk.at = phrase.end
    return None


_NOBODY = Phrase(0, 0, 0, None, False, (), False, False)


def _is_told(walk: _Walk) -> bool:
    """لوكالة فرانس برس, لـ«الشرق الأوسط», للصحفيين: kept aside."""
    view, at = walk.view, walk.at
    word = view.norm[at]
    if word == "ل" and at + 1 < len(view):
        start = at + 1
        if view.norm[start] in {'"', "("}:
            for end in range(start + 1, min(start + 8, len(view))):
                if view.norm[end] in {'"', ")"}:
                    walk.frame.told.append(_phrase_over(view, start + 1, end))
                    walk.at = end + 1
                    return True
        phrase = read_phrase(view, start, nominal=True)
        if phrase is not None:
            walk.frame.told.append(phrase)
            walk.at = phrase.end
            return True
        return False
    if word[:1] != "ل" or len(word) < 3:
        return False
    name = view.names.get(at)
    if name is not None and view.tokens[at].start == name.mention.start:
        return False
    found = view.lexicon.source_noun(word)
    is_noun = found is not None and found[1] > 0
    if name is None and not is_noun:
        if word.startswith("لل"):
            walk.at += 1
            walk.in_circumstance = True
            return True
        return False
    phrase = read_phrase(view, at, nominal=True)
    if phrase is None:
        return False
    walk.frame.told.append(phrase)
    walk.at = phrase.end
    walk.in_circumstance = True
    return True


def _phrase_over(view: View, start: int, end: int) -> Phrase:
    names = tuple(view.names[i] for i in range(start, end) if i in view.names)
    return Phrase(start, end, 0, None, True, names, bool(names), False)


def _circumstance(walk: _Walk) -> bool:
    """Past a word of circumstance, and its noun phrase where a bare content may follow."""
    view, at = walk.view, walk.at
    if view.timed[at]:
        walk.at += 1
        walk.in_circumstance = True
        return True
    word = view.norm[at]
    if not view.has(at, "adjunct") and not (word[:1] == "و" and word[1:] in view.lexicon.words["adjunct"]):
        return False
    walk.in_circumstance = True
    walk.at += 1
    if word in view.lexicon.words["before_phrase"] and walk.at < len(view) and not view.has(walk.at, "adjunct"):
        phrase = read_phrase(view, walk.at, nominal=True, takes_ba=walk.takes_ba)
        if phrase is not None:
            walk.at = phrase.end
    return True


def _phrase(walk: _Walk) -> bool | None:
    """A noun phrase: subject, object, content, or a stray word."""
    view, at, verb, frame = walk.view, walk.at, walk.verb, walk.frame
    found = forms_of(view, at)
    if found is not None and any(form.kind == "participle" for form in found[0]):
        return False
    if walk.wants_subject and frame.subject is None:
        phrase = read_phrase(view, at, nominal=walk.nominal, takes_ba=walk.takes_ba)
        if phrase is not None and _can_speak(walk, phrase):
            frame.subject = phrase
            walk.at = phrase.end
            walk.in_circumstance = False
            walk.subject_grows = True
            return None
    if walk.in_circumstance and "noun" not in verb.takes and not walk.wants_object:
        walk.at += 1
        return None
    if walk.wants_object:
        return _object(walk)
    if "noun" in verb.takes and _is_bare_content(walk):
        return walk.content("noun", at)
    return _stray(walk)


def _can_speak(walk: _Walk, phrase: Phrase) -> bool:
    """Whether a phrase right of a cue is its subject rather than its object."""
    view, verb = walk.view, walk.verb
    if verb.object == "content":
        # One phrase before the preposition is the accused, two are accuser and accused.
        second = read_phrase(view, phrase.end, nominal=True) if phrase.end < len(view) else None
        return phrase.known and second is not None and not view.norm[phrase.end].startswith("ب")
    if not walk.nominal:
        return phrase.known or not walk.in_circumstance
    if phrase.known:
        return not (
            phrase.head is not None
            and phrase.head.kind == "document"
            and not phrase.definite
            and verb.lemma not in {"ذكر"}
        )
    return (
        phrase.definite
        and phrase.end < len(view)
        and view.tokens[phrase.end].kind == "word"
        and not walk.in_circumstance
    )


def _object(walk: _Walk) -> bool | None:
    view, at, verb = walk.view, walk.at, walk.verb
    if verb.object == "content":
        limit = min(at + 40, len(view))
        for end in range(at + 1, limit):
            word = view.norm[end]
            if word in verb.takes or (walk.takes_ba and word[:1] == "ب" and word not in view.lexicon.words["not_ba"]):
                return walk.content("noun", at)
        return False
    phrase = read_phrase(view, at, nominal=True)
    if phrase is None:
        return _stray(walk)
    walk.frame.addressee = phrase
    walk.at = phrase.end
    walk.wants_object = False
    return None


def _is_bare_content(walk: _Walk) -> bool:
    view, at, verb = walk.view, walk.at, walk.verb
    if verb.trust == "clause" and walk.frame.subject is None and walk.cue.form.kind != "participle":
        return False
    if view.has(at, "clause") or view.has(at, "relative"):
        return view.norm[at] == "ما"
    return forms_of(view, at) is None or not is_finite(view, at)


def _stray(walk: _Walk) -> bool | None:
    view, at = walk.view, walk.at
    if view.norm[at] in view.lexicon.words["address"]:
        walk.at += 1
        return None
    walk.frame.stray += 1
    if walk.frame.stray > _MAX_STRAY[walk.verb.trust]:
        return False
    if walk.cue.at + 1 < at and view.norm[at][:1] == "و" and is_finite(view, at):
        return False
    subject = walk.frame.subject
    if subject is not None and walk.subject_grows and subject.end == at and not view.has(at, "clause"):
        walk.frame.subject = msgspec.structs.replace(subject, end=at + 1)
    walk.at += 1
    return None
