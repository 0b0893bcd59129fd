"""Marks between a cue and its content: the colon and the quotation that open it, commas and brackets to walk past."""

from __future__ import annotations

import msgspec

from khabar.attribution.cues import forms_of, is_finite, particle_at
from khabar.attribution.frames.hearers import is_told_at
from khabar.attribution.frames.links import opens_with_ba
from khabar.attribution.frames.told import past_told_first
from khabar.attribution.frames.walk import Walk
from khabar.attribution.phrases import Phrase
from khabar.attribution.stance import RENEWING, renewed_start
from khabar.attribution.view import View

__all__ = ["past_mark"]

_LOOK_AHEAD = 30
_MAX_QUOTED_NAME = 6
_LONGEST_ASIDE = 16
_BEFORE_VERB = frozenset({"وقد", "قد", "لم", "ولم"})
_ASKING = frozenset({"طالب", "رافض", "مشترط", "مفضل", "يشا", "تشا"})
_MAX_BLAMED = 6  # tokens from who is blamed to المسؤولية
_MAX_STRANGER = 5  # with its marks
_LONGEST_DESCRIPTION = 22
_DESCRIBING = frozenset({"وهو", "وهي", "وهم", "ومقره", "ومقرها", "ومقرهم", "كان", "كانت", "كانوا"})
_PEOPLE = frozenset({"office", "rank", "honorific", "unnamed_official", "witness"})
_BRACKETS = {"(": ")", "-": "-", "–": "–", "—": "—"}
_DASHES = frozenset({"-", "–", "—"})
_ABOVE_ALL = frozenset({"خاصه", "خصوصا", "لاسيما", "ولاسيما", "وخاصه", "وخصوصا"})
_IDLE = frozenset({")", "/", "*", "[", "]"})


def past_mark(walk: Walk) -> bool | None:
    """The content after a mark that opens it, or past a mark that does not."""
    view, at = walk.view, walk.at
    word = view.norm[at]
    if word == ":":
        speaks = "quote" in walk.takes or walk.verb.trust != "clause"
        return speaks and walk.content("quote", at + 1)
    if word == '"':
        return _quotation(walk)
    if word in _BRACKETS:
        return _bracketed(walk, _BRACKETS[word])
    if view.is_comma(at):
        return _comma(walk)
    if word in _IDLE:
        walk.at += 1
        return None
    return False


def _bracketed(walk: Walk, closing: str) -> bool | None:
    view = walk.view
    for end in range(walk.at + 1, min(walk.at + _LOOK_AHEAD, len(view))):
        if view.norm[end] == closing:
            walk.at = end + 1
            return None
    joins = closing in _DASHES and walk.frame.subject is not None and walk.frame.subject.end == walk.at
    if joins and walk.at + 2 < len(view) and walk.ends_telling(walk.at + 2):
        walk.at += 2  # فلان تشان - أوتشا إنه
        return None
    return False


def _quotation(walk: Walk) -> bool | None:
    view, at = walk.view, walk.at
    quotation = view.opened(at)
    if quotation is None:
        return _closing(walk)
    phrase = walk.phrase(at, nominal=walk.nominal)
    if past_told_first(walk):
        return None
    # تحدث إلى «الشاطئ», يقول عبر «سكايب»: a name after a preposition is no subject.
    governed = at > walk.cue.at + 1 and view.has(at - 1, "preposition")
    is_wanted = walk.wants_subject and walk.frame.subject is None and not governed
    if is_wanted and phrase is not None and (phrase.names or _is_stranger(walk, phrase)):
        walk.take_subject(msgspec.structs.replace(phrase, known=phrase.known or _opens_with_body(view, phrase.start)))
        return None
    if "quote" not in walk.takes and walk.verb.trust == "clause":
        return False
    close = view.close_of(quotation)
    if close is not None and _is_accused(walk, close):
        return walk.content("noun", at)
    if close is not None and (_is_told(walk, close) or _names_subject(walk, close)):
        return None
    if close is not None and walk.in_circumstance and not _is_last(walk, close):
        if phrase is not None and phrase.end > close and phrase.names:
            walk.at = phrase.end  # في اتصال مع «كذا»
            return None
        if close - at <= _MAX_QUOTED_NAME and _reaches_clause(walk, close + 1):
            # A name in quotation marks inside a circumstance: في ختام «الحوار الاستراتيجي»، إن
            walk.at = close + 1
            return None
    return walk.content("quote", at)


def _is_last(walk: Walk, close: int) -> bool:
    """Whether a sentence has nothing after a quotation, which then is what was said."""
    plain = "quote" in walk.takes and walk.frame.subject is not None
    return plain and all(token.kind == "punct" for token in walk.view.tokens[close:])


def _is_accused(walk: Walk, close: int) -> bool:
    """اتهم الجيش «جماعة كذا» | بتنفيذ: who is accused, by a name in quotation marks."""
    view, after = walk.view, close + 1
    accuses = walk.wants_object and walk.verb.object == "content" and close - walk.at <= _MAX_QUOTED_NAME
    return accuses and after < len(view) and (view.norm[after] in walk.takes or opens_with_ba(walk, after))


def _is_told(walk: Walk, close: int) -> bool:
    """أبلغ مصدر طبي «كذا» | أن: past a name in quotation marks that is told."""
    view, at = walk.view, walk.at
    tells = walk.verb.object == "addressee" or walk.verb.lemma == "أفاد"
    addresses = tells and walk.frame.subject is not None and close - at <= _MAX_QUOTED_NAME
    if not addresses or close + 1 >= len(view) or not view.is_complementiser(close + 1):
        return False
    names = tuple(view.names[inside] for inside in range(at + 1, close) if inside in view.names)
    walk.frame.told.append(Phrase(at + 1, close, 0, None, True, names, bool(names), False))
    return walk.pass_to(close + 1)


def _names_subject(walk: Walk, close: int) -> bool:
    """قالت اللجنة النقابية بمصنع «كذا» بالسويس | إن: a name in quotation marks at the end of the subject."""
    view, subject = walk.view, walk.frame.subject
    if subject is None or "clause" not in walk.takes or close - walk.at > _MAX_QUOTED_NAME:
        return False
    for end in range(close + 1, min(close + _MAX_STRANGER, len(view))):
        if view.is_complementiser(end):
            if subject.end >= walk.at - 1:
                walk.frame.subject = msgspec.structs.replace(subject, end=end)
            return walk.pass_to(end)
        if view.tokens[end].kind != "word" or is_finite(view, end):
            break
    return False


def _is_stranger(walk: Walk, phrase: Phrase) -> bool:
    """أكد «الحاج» أن, أكد «الحاج» في رد: a name that the mentions miss."""
    view, at = walk.view, phrase.end
    if at - phrase.start > _MAX_STRANGER or at >= len(view):
        return False
    if walk.ends_telling(at):
        return True
    if (view.is_comma(at) or "quote" not in walk.takes) and _opens_with_body(view, phrase.start):
        return True  # نفت «كتائب كذا»، المنتشرة في كذا، أي علاقة; يحصي «مكتب كذا» عشرة قتلى
    if walk.verb.trust == "clause" or not (view.has(at, "adjunct") or view.has(at, "preposition")):
        return False
    return any(walk.ends_telling(end) for end in range(at, min(at + _LOOK_AHEAD, len(view))))


def _opens_with_body(view: View, mark: int) -> bool:
    found = view.noun(mark + 1) if mark + 1 < len(view) else None
    return found is not None and found[0].kind == "organization"


def _closing(walk: Walk) -> bool | None:
    """Past a closing mark, but not out of the quotation that the cue stands in."""
    view, around = walk.view, walk.view.quote[walk.cue.at]
    if around is not None and around is not view.quote[min(walk.at + 1, len(view) - 1)]:
        return False
    walk.at += 1
    return None


def _comma(walk: Walk) -> bool | None:
    """Past a comma where more of the frame follows it."""
    following = walk.at + 1
    if following >= len(walk.view):
        return False
    closing = _withheld_until(walk, following)
    if closing is None:
        closing = _described_until(walk, following)
    if closing is not None:
        return walk.pass_to(closing) and None
    named = _addressed_until(walk, following)
    if named is not None:
        return walk.pass_to(named) and None
    walk.aside = _occasion_until(walk, following)
    if not (_circumstance_follows(walk, following) or _complement_follows(walk, following)):
        return False
    walk.pass_to(following)
    return None


def _addressed_until(walk: Walk, at: int) -> int | None:
    """دعا الوزير المجتمع الدولي، لا سيما كذا وكذا، | إلى: past more of those who are asked."""
    view = walk.view
    if walk.verb.object != "addressee" or walk.frame.subject is None:
        return None
    if view.norm[at] not in _ABOVE_ALL and view.norm[at : at + 2] != ["لا", "سيما"]:
        return None
    for end in range(at + 1, min(at + _LOOK_AHEAD, len(view) - 1)):
        if view.is_comma(end) and (view.norm[end + 1] in walk.takes or opens_with_ba(walk, end + 1)):
            return end + 1
        if view.is_complementiser(end) or view.norm[end] in {":", ".", "؛"}:
            return None
    return None


def _withheld_until(walk: Walk, at: int) -> int | None:
    """The comma that closes what a source is said to ask for: ، وقد رفض ذكر اسمه خوفا على سلامته، للإذاعة أنه."""
    view = walk.view
    speaks = walk.frame.subject is not None or walk.after_subject or view.has(at, "keeping")
    if not speaks or at + 1 >= len(view):
        return None
    first = at + 1 if view.norm[at] in _BEFORE_VERB else at
    words = view.lexicon.words["withholding"]
    if view.norm[first] not in words and view.norm[first].rstrip("اه") not in _ASKING:
        return None
    for end in range(first + 1, min(first + _LONGEST_ASIDE, len(view))):
        if view.is_comma(end):
            return end
        if view.is_complementiser(end) and view.norm[end - 1] not in {"طلب", "طلبت", "فضل", "فضلت"}:
            return None
    return None


def _described_until(walk: Walk, at: int) -> int | None:
    """The comma that closes what is said of the subject: ، وهي جمعية أهلية، … and ، كان يرقد في الممر، …"""
    view, subject = walk.view, walk.frame.subject
    if subject is None or subject.end != at - 1:
        return None
    is_age = view.tokens[at].kind == "number" and view.norm[at + 1 : at + 2] in (["عاما"], ["سنه"])
    who = _is_who(walk, at)
    if view.norm[at] not in _DESCRIBING and not is_age and not who:
        return None
    for end in range(at + 1, min(at + _LONGEST_DESCRIPTION, len(view) - 1)):
        if view.is_complementiser(end) or view.norm[end] in {":", ".", "؛"}:
            return None
        if not view.is_comma(end):
            continue
        how = view.norm[end + 1] == "كيف" and "how" in walk.takes
        if (
            is_age
            or how
            or view.is_complementiser(end + 1)
            or view.norm[end + 1] in walk.takes
            or view.opened(end + 1) is not None
        ):
            return end
        said = who and (view.has(end + 1, "emphatic") or (view.norm[end + 1] == "ما" and walk.takes_noun))
        if said or ((who or view.norm[at][:1] == "و") and _noun_after(walk, end + 1)):
            return end
    return None


def _is_who(walk: Walk, at: int) -> bool:
    """نفى فلان، | كبير العائلة في القرية، نفيا قاطعا ما: who a named person is, by an office or as kin."""
    view, subject = walk.view, walk.frame.subject
    found = view.noun(at)
    person = subject is not None and (subject.has_person or subject.called)
    return person and found is not None and found[1] == 0 and found[0].kind in _PEOPLE and at not in view.names


def _noun_after(walk: Walk, at: int) -> bool:
    """Whether a noun phrase that the cue takes, or the one accused or addressed, stands after an aside."""
    view = walk.view
    if view.tokens[at].kind != "word" or view.norm[at][:1] in {"و", "ف"} or view.has(at, "preposition"):
        return False
    if at in view.names and view.names[at].mention.type == "PERSON" and not walk.wants_object:
        return False  # المتحدث، وهو كذا، فلان
    return (walk.takes_noun or walk.wants_object) and not view.has(at, "clause") and forms_of(view, at) is None


def _occasion_until(walk: Walk, at: int) -> int:
    """The comma that closes an occasion set off by commas (، في بيان صدر أمس، …), -1 where there is none."""
    view = walk.view
    opens = view.norm[at] in {"في", "خلال", "اثناء", "عبر"} and view.has_noun(at + 1, "occasion")
    if not opens or walk.verb.object == "relay":
        return -1
    for end in range(at + 2, min(at + _LONGEST_ASIDE, len(view) - 1)):
        if view.is_complementiser(end) or view.norm[end] in {":", ".", "؛"} or is_finite(view, end):
            return -1
        if view.is_comma(end):
            return end
    return -1


def _circumstance_follows(walk: Walk, at: int) -> bool:
    view = walk.view
    emphatic = view.has(at, "emphatic") and view.norm[at].endswith("ا")  # ، نفيا قاطعا
    return (
        emphatic
        or view.has(at, "adjunct")
        or view.timed[at]
        or particle_at(view, at) is not None
        or is_told_at(view, at)
    )


def _complement_follows(walk: Walk, at: int) -> bool:
    view, subject = walk.view, walk.frame.subject
    if view.is_complementiser(at) or view.opened(at) is not None or view.norm[at] in walk.takes:
        return True
    if view.has(at, "saying") and (walk.frame.relayed or view.is_complementiser(at + 1)):
        return True  # نقلت القناة عن الناطق باسم كذا، العقيد فلان، قوله إن
    if subject is None and walk.wants_subject and not walk.takes_noun:
        return True
    if walk.verb.lemma in RENEWING and renewed_start(view, at) is not None:
        return True
    if subject is not None and (("ب" in walk.takes and opens_with_ba(walk, at)) or _person_follows(walk, at)):
        return True
    return _noun_follows(walk, at) or _reaches_clause(walk, at)


def _person_follows(walk: Walk, at: int) -> bool:
    """اتهم الوزير، الحكومة: who is accused or addressed after the comma that ends the subject."""
    found = walk.view.noun(at)
    known = at in walk.view.names or (found is not None and found[1] == 0)
    # حمّل المرصد، في تقرير، طيران التحالف المسؤولية
    blamed = walk.verb.object == "content" and walk.view.tokens[at].kind == "word" and not walk.view.has(at, "clause")
    named = blamed and any(word in walk.takes and len(word) > 1 for word in walk.view.norm[at + 1 : at + _MAX_BLAMED])
    return walk.wants_object and (known or named)


def _noun_follows(walk: Walk, at: int) -> bool:
    """نفى السفير، توقف الاتفاق; أعلن الوزير، أمس، توقفه: a bare noun after the comma that ends the subject or the
    circumstance set off from it."""
    view, subject = walk.view, walk.frame.subject
    if not walk.takes_noun or not (walk.after_subject if subject is None else subject.known):
        return False
    first = walk.cue.at + 1 if subject is None else subject.end
    set_off = any(view.is_comma(before) for before in range(first, at - 1))  # في بيان، بأشد العبارات، الجريمة
    if first != at - 1 and not (walk.in_circumstance and set_off):
        return False
    joined = view.norm[at][:1] in {"و", "ف"} and not view.has(at, "waw_noun")
    if view.tokens[at].kind != "word" or joined:
        return False
    is_clause = view.has(at, "clause") or view.has(at, "connective") or view.has(at, "relative")
    is_clause = is_clause and view.norm[at] != "ما"  # نفى السفير، ما يتردد عن كذا
    found = forms_of(view, at)
    owned = found is not None and found[2] and all(form.verb.trust == "clause" for form in found[0])  # تمسكه بكذا
    return not is_clause and (found is None or owned)


def _reaches_clause(walk: Walk, at: int) -> bool:
    """Whether a comma and a complementiser after it close what this comma opened (، الذي …، إن)."""
    view = walk.view
    if view.norm[at + 1 : at + 2] in (["ان"], ["انه"], ["انها"], ["انهم"]) and view.norm[at] in walk.takes:
        return True
    for end in range(at, min(at + _LOOK_AHEAD, len(view))):
        if view.is_complementiser(end):
            # ، اشترط حجب اسمه، عن أن: the cue's preposition may stand before it.
            before = end - 1 if view.norm[end - 1] in walk.takes else end
            return view.is_comma(before - 1) or end == at
        if view.norm[end] == '"' and end > at and view.is_comma(end - 1) and view.opened(end) is not None:
            return "quote" in walk.takes
        if view.norm[end] == ":":
            return True
        if end > at and view.norm[end][:1] == "و" and is_finite(view, end):
            return False
    return False
