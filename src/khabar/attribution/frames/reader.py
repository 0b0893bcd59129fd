"""Reading the frame of a cue.

The reader walks from the cue to the right: the subject's noun phrase, circumstances (في بيان, أمس), who is told
(لوكالة …), until a complementiser, a colon, a quotation, the cue's preposition or, for cues that take one, a bare
noun phrase opens the content.
"""

from __future__ import annotations

import msgspec

from khabar.attribution.cues import Cue, forms_of, is_finite
from khabar.attribution.frames.hearers import past_hearer, past_own
from khabar.attribution.frames.links import is_measured, past_link, past_particle
from khabar.attribution.frames.marks import past_mark
from khabar.attribution.frames.occasions import end_of_occasion, past_delivery, past_received
from khabar.attribution.frames.remains import clause_after, past_rest, requoted
from khabar.attribution.frames.subjects import has_clitic, subject_at
from khabar.attribution.frames.tellers import past_telling
from khabar.attribution.frames.told import past_told_first
from khabar.attribution.frames.walk import Frame, Walk
from khabar.attribution.modifiers import TITLES, has_article, has_wa
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.speakers import is_candidate
from khabar.attribution.stance import RENEWING, renewed_start
from khabar.attribution.view import COMPLEMENTISERS, View

__all__ = ["read_frame"]

_MAX_STEPS = 70
_MAX_STRAY = {"sure": 25, "frame": 14, "clause": 3}
_MAX_OBJECT = 40
_NO_TITLES = frozenset({"organization", "media", "document"})  # no name of a person follows
_MAX_CUES = 2
_MAX_REST = 8
_MAX_PLACE = 5
_DESPITE = frozenset({"مع", "رغم", "برغم", "بعد", "قبل"})
_SOON = 6
_LONG = 8
_IT_IS_SAID = frozenset({"قيل", "يقال", "وقيل", "ويقال"})
_ABOUT = frozenset({"قرابه", "نحو", "حوالي", "زهاء"})
_TANWEEN = "\u064b"
_NO_NAME = frozenset("وفبلكيت")  # letters that a conjunction, a preposition or a verb begins with


def read_frame(view: View, cue: Cue, *, subject_before: bool) -> Frame:
    """The frame of a cue; `link` is `none` where no complement was found.

    `subject_before` says that the subject stands left of the cue, so that a phrase right of it is an object.
    """
    walk = Walk(view, cue, subject_before=subject_before)
    for _ in range(_MAX_STEPS):
        if walk.at >= len(view):
            break
        before = walk.at
        found = _step(walk)
        if found is not None:
            return _trimmed(walk) if found or requoted(walk) else walk.fail()
        if walk.at == before:
            break
    return _trimmed(walk) if requoted(walk) else walk.fail()


def _trimmed(walk: Walk) -> Frame:
    """Skip what stands between the link and the content: marks, a second complementiser."""
    view, frame = walk.view, walk.frame
    start = frame.start
    while start < len(view) and not (frame.skip and start == frame.start):
        if view.tokens[start].kind != "punct" and not view.is_complementiser(start):
            break
        start += 1
    if start != frame.start:
        frame.skip = 0
    frame.start = start
    return frame if start < len(view) else walk.fail()


def _step(walk: Walk) -> bool | None:
    view, at = walk.view, walk.at
    if at < walk.aside:
        if view.tokens[at].kind == "punct" or not past_hearer(walk):
            walk.at = at + 1
        return None
    if view.tokens[at].kind == "punct" and at not in view.told:
        return past_mark(walk)
    if walk.verb.lemma in RENEWING and _renews(walk):
        return True
    if past_told_first(walk) or past_own(walk) or past_telling(walk) or past_received(walk) or _past_naming(walk):
        return None
    if view.is_complementiser(at):
        return _takes_clause(walk) and walk.content("clause", at + 1)
    if view.norm[at] == "كيف" and "how" in walk.takes:
        return walk.content("clause", at)  # روى كيف وجد الدار
    if at > walk.cue.at + 1 and _is_anothers(walk, at):
        return False  # another verb of saying: the complement is its own
    if view.has(at, "saying") or view.has(at, "pronoun"):
        return _past_pronoun(walk)
    if past_particle(walk) or _past_carrier(walk):
        return None
    linked = past_link(walk)
    if linked is not None or walk.at != at:
        return linked
    if past_hearer(walk) or _past_circumstance(walk):
        return None
    return _phrase(walk)


def _past_naming(walk: Walk) -> bool:
    """قالت الوالدة | وتدعى فلانة."""
    named = walk.view.norm[walk.at].removeprefix("و") in {"يدعي", "تدعي"} and walk.frame.subject is not None
    return named and walk.pass_to(walk.at + 1)


def _renews(walk: Walk) -> bool:
    """جدد الناطق باسم كذا، العقيد فلان، | نفي كذا: the noun of saying, past names that no mention knows."""
    view = walk.view
    for at in range(walk.at, min(walk.at + _MAX_REST, len(view))):
        renewed = renewed_start(view, at)
        if renewed is not None and not (at > walk.at and view.has(at - 1, "preposition")):
            walk.frame.renewed, start, skip = renewed
            return walk.content("noun", start, skip)
        set_off = walk.frame.subject is not None or walk.after_subject
        if not set_off or view.is_complementiser(at) or is_finite(view, at) or view.has(at, "clause"):
            return False
    return False


def _takes_clause(walk: Walk) -> bool:
    if "ب" in walk.takes and walk.view.norm[walk.at][:1] == "ب":
        return True
    return "clause" in walk.takes or walk.verb.object in {"content", "addressee"} or len(walk.takes) == 1


def _is_anothers(walk: Walk, at: int) -> bool:
    view = walk.view
    if view.norm[at] in _IT_IS_SAID:
        return True
    if not is_finite(view, at) or view.has(at, "withholding") or view.has(at, "called"):
        return False
    walk.cues_passed += 1
    joined = view.norm[at][:1] in {"و", "ف"} or view.has(at - 1, "connective")
    return joined or walk.verb.trust == "clause" or walk.cues_passed > _MAX_CUES


def _past_pronoun(walk: Walk) -> bool | None:
    """Past قوله or عنه; نقلت عنه makes the source one of before."""
    word = walk.view.norm[walk.at]
    if walk.view.has(walk.at, "saying"):
        walk.frame.said = walk.at
    walk.at += 1
    if walk.verb.object == "document" and word in {"فيه", "فيها"} and walk.after_subject:
        walk.frame.relayed = True
        return None
    if walk.verb.object == "relay" and word[:-1] == walk.verb.link:
        walk.frame.relayed = walk.frame.of_before = True
        return None
    # تحدث عنهم, أعلن عنها: the preposition has its object, nothing follows.
    return False if word.startswith(tuple(walk.takes)) else None


def _past_circumstance(walk: Walk) -> bool:
    """Past a word of circumstance and the noun phrase that it governs."""
    view, at = walk.view, walk.at
    is_occasion = view.has_noun(at, "occasion") and (walk.in_circumstance or walk.frame.subject is not None)
    is_occasion = is_occasion and not walk.takes_noun  # دان أمس تصريحات المدير
    if view.timed[at] or is_occasion:
        return walk.pass_to(past_delivery(walk, at + 1) if is_occasion else at + 1)
    word = view.norm[at]
    if word in _ABOUT and at + 1 < len(view) and view.timed[at + 1] and not walk.takes_noun:
        return walk.pass_to(at + 2)  # قرابة منتصف الليل
    if word in _DESPITE and view.norm[at + 1 : at + 2] == ["ذلك"]:
        return walk.pass_to(at + 2)  # نفت اللجنة مع ذلك | أن
    if _is_emphatic(view, at):
        follows = at + 1 < len(view) and view.tokens[at + 1].kind == "word" and view.norm[at + 1].endswith("ا")
        return walk.pass_to(at + 2 if follows else at + 1)
    is_adjunct = view.has(at, "adjunct") or (word[:1] == "و" and word[1:] in view.lexicon.words["adjunct"])
    if not is_adjunct and not view.has(at, "preposition"):
        return False
    walk.pass_to(at + 2 if word in {"بشكل", "بصوره"} else at + 1)
    governs = view.has(at, "before_phrase") or view.has(at, "preposition")
    if governs and walk.at < len(view) and not view.has(walk.at, "adjunct") and not walk.ends_telling(walk.at):
        phrase = walk.phrase(walk.at)
        if phrase is not None and view.has_noun(phrase.start, "occasion"):
            walk.at = past_delivery(walk, end_of_occasion(walk, phrase))
        elif phrase is not None:
            walk.at = phrase.end
    return True


def _is_emphatic(view: View, at: int) -> bool:
    """نفى نفيا قاطعا, جملة وتفصيلا."""
    whole = view.norm[at] != "جمله" or view.norm[at + 1 : at + 2] == ["وتفصيلا"]
    return whole and view.has(at, "emphatic")


def _past_carrier(walk: Walk) -> bool:
    """Past the outlet that carried a statement: أوضح بيان للهيئة | نقلته وكالة كذا."""
    view, at, subject = walk.view, walk.at, walk.frame.subject
    if subject is None or subject.end != at or not view.has(at, "carried") or at + 1 >= len(view):
        return False
    phrase = walk.phrase(at + 1)
    if phrase is None or not (phrase.is_media or view.outlet(phrase.start, phrase.end) is not None):
        return False
    walk.frame.carriers.append(phrase)
    return walk.pass_to(phrase.end)


def _phrase(walk: Walk) -> bool | None:
    """A noun phrase: subject, object, content, or a stray word."""
    view, at = walk.view, walk.at
    found = forms_of(view, at)
    is_participle = found is not None and any(form.kind == "participle" for form in found[0])
    if is_participle and (view.noun(at) is None or walk.frame.subject is not None or view.norm[at].endswith("ا")):
        return False  # متحدثة باسم كذا is a noun too
    subject = subject_at(walk, at)
    if subject is not None:
        walk.take_subject(subject)
        return None
    if walk.in_circumstance and _past_within(walk):
        return None
    if walk.wants_object:
        return _object(walk)
    if walk.in_circumstance and ((view.norm[at][:1] in {"ل", "ك"} and at not in view.names) or _quotes_soon(walk)):
        walk.at += 1
        return None
    if walk.takes_noun:
        if _is_considered(walk, at):
            return False
        if past_rest(walk):
            return None
        if _is_bare_content(walk):
            clause = clause_after(walk, at)
            return walk.content("noun", at) if clause is None else walk.content("clause", clause)
    return _stray(walk)


def _past_within(walk: Walk) -> bool:
    """Past what a circumstance is made of: any word where no noun can be the content, else a phrase with a clitic."""
    view, at = walk.view, walk.at
    if not walk.takes_noun and not walk.wants_object:
        return walk.pass_to(at + 1)
    if view.norm[at][:1] in {"ب", "ل", "ك"} and has_clitic(view, at):
        inner = walk.phrase(at)
        return walk.pass_to(inner.end if inner is not None else at + 1)
    return False


def _quotes_soon(walk: Walk) -> bool:
    """Whether a long quotation opens a few words on: what stands before it is circumstance."""
    view = walk.view
    if "quote" not in walk.takes:
        return False
    for mark in range(walk.at, min(walk.at + _SOON, len(view))):
        if view.tokens[mark].kind == "punct":
            quotation = view.opened(mark)
            close = view.close_of(quotation) if quotation is not None else None
            return quotation is not None and (close is None or close - mark > _LONG)
    return False


def _object(walk: Walk) -> bool | None:
    """Who is accused stands in the content, who is asked does not."""
    view, at = walk.view, walk.at
    if walk.verb.object == "content":
        for end in range(at + 1, min(at + _MAX_OBJECT, len(view))):
            word = view.norm[end]
            with_ba = "ب" in walk.takes and word[:1] == "ب" and not view.has(end, "not_ba")
            if with_ba or word in walk.takes:
                return walk.content("noun", _past_placed(walk, at, end) or _past_accuser(walk, at, end))
        return False
    phrase = walk.phrase(at)
    if phrase is None:
        return _stray(walk)
    subject = walk.frame.subject
    is_asked = subject is not None and subject.end == at and not phrase.known and has_article(view.norm[at])
    if walk.takes_noun and is_asked:
        return walk.content("noun", at)  # ناشد الأهالي | التوجه إلى كذا
    walk.at = phrase.end
    walk.wants_object = False
    while walk.takes_noun and walk.at + 1 < len(view) and all(has_article(view.norm[walk.at + i]) for i in (0, 1)):
        walk.at += 1  # ناشد أصحاب الآليات | الثقيلة التوجه إلى كذا
    return None


def _past_placed(walk: Walk, at: int, end: int) -> int | None:
    """Past an accuser with its place, where who is accused and another ب follow: اتهمت لجنة بالمدينة | الدرك بكذا."""
    view = walk.view
    accuser = walk.phrase(at)
    if not walk.wants_subject or walk.frame.subject is not None or accuser is None or not accuser.known:
        return None
    if accuser.end != end or "ب" not in walk.takes:
        return None
    for second in range(end + 1, min(end + _MAX_PLACE, len(view))):
        if view.tokens[second].kind != "word":
            break
        accused = walk.phrase(second) if is_candidate(view, second) and not has_wa(view, second) else None
        if accused is not None and accused.known and accused.end < len(view) and view.norm[accused.end][:1] == "ب":
            walk.take_subject(msgspec.structs.replace(accuser, end=second))
            return second
    return None


def _past_accuser(walk: Walk, at: int, end: int) -> int:
    """Past an accuser that no list knows, where who is accused follows it: اتهم تجمع الضفة | الحكومة بكذا."""
    view = walk.view
    if not walk.wants_subject or walk.frame.subject is not None:
        return at
    for second in range(at + 1, end):
        if view.tokens[second].kind != "word" or view.has(second, "preposition") or view.has(second, "relative"):
            break
        if not is_candidate(view, second) or has_wa(view, second):
            continue
        accused = walk.phrase(second)
        if accused is not None and accused.known and accused.end == end:
            accuser = read_phrase(view, at, nominal=True, until=second)
            is_title = accuser is not None and accuser.head is not None and accuser.head.kind in TITLES
            if is_title and second in view.names and view.names[second].mention.type == "PERSON":
                continue  # رئيس المجلس | فلان is one
            if accuser is None or accuser.end < second:
                accuser = Phrase(at, second, 0, None, True, (), False, False)
            walk.take_subject(msgspec.structs.replace(accuser, known=True))
            return second
    return at


def _is_considered(walk: Walk, at: int) -> bool:
    """تعتبر أولوية is passive, تعتبر الاتفاق خطأ is not."""
    view = walk.view
    is_present = walk.verb.lemma == "اعتبر" and walk.cue.form.kind == "present"
    return is_present and at not in view.names and not has_article(view.norm[at])


def _is_bare_content(walk: Walk) -> bool:
    view, at, verb = walk.view, walk.at, walk.verb
    has_subject = walk.frame.subject is not None or walk.after_subject
    if verb.trust == "clause" and not has_subject and walk.cue.form.kind != "participle":
        return False
    if verb.lemma == "نقل" and not walk.frame.relayed:
        return False
    if "noun" not in walk.takes and not (view.counted[at] or view.has(at, "counting") or is_measured(walk)):
        return False  # سجل الفريق هدفا
    if view.has(at, "address"):
        return False
    if view.has(at, "clause") or view.has(at, "relative"):
        this = view.norm[at] == "هذا" and at + 1 < len(view) and has_article(view.norm[at + 1])
        return view.norm[at] == "ما" or this
    if view.norm[at] in COMPLEMENTISERS or (verb.lemma == "نسب" and walk.frame.subject is None):
        return False
    # أعلنت الوزارة | نقل كذا, أبدى الوزير | خشيته: right after the subject a form that looks like a verb is its masdar.
    subject = walk.frame.subject
    can_be = view.lexicon.forms.get(view.norm[at]) is not None or walk.takes == {"noun"}
    is_masdar = subject is not None and subject.end == at and can_be
    return not is_finite(view, at) or (is_masdar and not view.norm[at].startswith(("ت", "ي", "ا")))


def _is_whole_name(view: View, subject: Phrase) -> bool:
    """Whether a subject ends with two names of a person: توعد المتحدث فلان الفلاني | مرتكبي كذا."""
    name = view.covered[subject.end - 1]
    return name is not None and name.mention.type == "PERSON" and name.end - name.start > 1


def _is_over(view: View, subject: Phrase, at: int) -> bool:
    """Whether a word after a subject can be no part of its name: a verb of what people did, أكثر من مرة, the paper |
    الصادر, a bare word after a body or people that the article has made definite."""
    word = view.norm[at]
    manner = word[:1] == "ب" and view.spelled(at).endswith("ة") and view.noun(at) is None and view.covered[at] is None
    if (
        manner
        or view.has(at, "quantity")
        or view.has_noun(at, "issued")
        or (word.endswith("وا") and at not in view.names)
    ):
        return True
    many = subject.head is not None and (subject.head.agrees == "p" or subject.head.kind in _NO_TITLES)
    name = view.covered[subject.end - 1]
    in_place = name is not None and name.mention.type == "PLACE"  # شهود في الموصل | عاصمة كذا
    over = has_article(view.norm[subject.end - 1]) and not has_article(word) and not in_place
    return many and over and view.covered[at] is None


def _stray(walk: Walk) -> bool | None:
    """Past a word that fits nowhere, as long as there are few."""
    view, at, frame = walk.view, walk.at, walk.frame
    if view.has(at, "address"):
        walk.at += 1
        return None
    frame.stray += 1
    if frame.stray > _MAX_STRAY[walk.verb.trust]:
        return False
    if walk.cue.at + 1 < at and view.norm[at][:1] == "و" and is_finite(view, at):
        return False
    subject = frame.subject
    may_name = view.norm[at][0] not in _NO_NAME and not view.has(at, "clause") and _TANWEEN not in view.original(at)
    found = view.noun(at)
    is_outlet = found is not None and found[0].kind == "media"
    may_name = may_name and not (is_outlet or view.has_noun(at, "occasion") or view.has(at, "issued"))
    may_name = may_name and not (subject is not None and (_is_whole_name(view, subject) or _is_over(view, subject, at)))
    if subject is not None and subject.end == at and may_name:
        frame.subject = msgspec.structs.replace(subject, end=at + 1)  # likely a part of its name
    walk.at += 1
    return None
