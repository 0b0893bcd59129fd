"""Whether a noun phrase right of a cue is its subject, rather than its object or its content."""

from __future__ import annotations

import msgspec

from khabar.attribution.agreement import can_be_subject
from khabar.attribution.cues import is_finite
from khabar.attribution.frames.walk import Walk
from khabar.attribution.lexicon import SourceNoun
from khabar.attribution.modifiers import has_article, name_skip
from khabar.attribution.phrases import Phrase
from khabar.attribution.view import View

__all__ = ["has_clitic", "subject_at"]

_SOME_OF_THEM = SourceNoun("unnamed_source", "adjective", "p")
_MAX_BODY = 5
_MIN_NAME = 4
_LONG = 7  # letters: الصحفيين, not الأمين
_PLURAL = 4  # letters: معدو
_MIN_OWNED = 4  # letters
_WOMENS = ("ات", "ه")
_FAMILIES = frozenset({"اسر"})
_OF_THEM = frozenset({"من", "منهم", "منهن", "منها"})
_NOUN_ENDINGS = ("ه", "ات", "ا", "هم", "ها")


def has_clitic(view: View, at: int) -> bool:
    """Whether a clitic stands before the name or the source noun in a token."""
    name = view.names.get(at)
    if name is not None:
        return name_skip(view, name) > 0
    found = view.noun(at)
    return found is not None and found[1] > 0


def subject_at(walk: Walk, at: int) -> Phrase | None:
    """The subject that starts here, if the cue still wants one."""
    view = walk.view
    if not walk.wants_subject or walk.frame.subject is not None or has_clitic(view, at):
        return None
    if view.has(at, "address") or _is_count(view, at) or view.norm[at] == "هولاء":
        return None  # وقال | هؤلاء، كل على حدة، إن: those of before; جدد | التأكيد أن; قدر | عدد المعتصمين بكذا
    if at == walk.cue.at + 1 and view.covered[at] is None and view.norm[at] in view.surnames:
        return Phrase(at, at + 1, 0, None, True, (), known=True, quantified=False, called=True)
    if view.has(at, "quantifier") and view.norm[at + 1 : at + 2] == ["منهم"] and at == walk.cue.at + 1:
        return Phrase(at, at + 2, 0, _SOME_OF_THEM, False, (), known=True, quantified=False)  # بيّن عدد منهم أن
    phrase = walk.phrase(at, nominal=walk.nominal)
    if phrase is None or phrase.skip:
        return None
    if not can_be_subject(phrase, walk.cue.form.agrees, after=True) and not _must_speak(walk, phrase):
        return None
    if walk.cue.form.kind in {"past", "present", "jussive"} and _is_accusative(view, phrase):
        return None
    if walk.verb.object == "addressee" and _is_asked(walk, phrase):
        walk.wants_subject = False
        return None
    if phrase.known:
        return phrase if _known_speaks(walk, phrase) else None
    if at == walk.cue.at + 1 and _is_nominative(view, at):
        return msgspec.structs.replace(phrase, known=True)
    until = _occasion_after(view, at)
    if until is not None and not walk.in_circumstance and at == walk.cue.at + 1:
        return msgspec.structs.replace(phrase, end=until, known=True)
    is_joined = view.norm[at][0] in {"و", "ف"} and at > walk.cue.at + 1  # قال كذا ونحن
    accuses = walk.verb.object == "content" and not walk.cue.pronoun  # ووصفت الوضع بكذا: what is described
    if walk.in_circumstance or is_joined or accuses:
        return None
    return phrase if _stranger_speaks(walk, phrase) else None


def _is_count(view: View, at: int) -> bool:
    """The number of some, who do not speak by it; but عدد من السكان and عدد كبير منهم do."""
    return view.norm[at] in {"عدد", "اعداد"} and _OF_THEM.isdisjoint(view.norm[at + 1 : at + 3])


def _must_speak(walk: Walk, phrase: Phrase) -> bool:
    """أوضح المصادر، أن: between its verb and what is said a phrase is the subject, whatever form the verb has."""
    view, end = walk.view, phrase.end + int(walk.view.is_comma(phrase.end))
    follows = phrase.start == walk.cue.at + 1 and end < len(view) and view.is_complementiser(end)
    return follows and phrase.known and walk.cue.form.agrees != "p"


def _is_nominative(view: View, at: int) -> bool:
    """يطالب | متساكنو الأحياء: right after its verb a sound plural, known or not, is the subject by its ending."""
    word = view.norm[at]
    is_plural = word.endswith(("ون", "و")) and len(word) >= _PLURAL and not word.startswith("ال")
    is_plural = is_plural or (word.startswith("ال") and word.endswith("ون") and not view.has(at, "no_plural"))
    return is_plural and at not in view.names and view.noun(at) is None and word not in view.lexicon.forms


def _occasion_after(view: View, at: int) -> int | None:
    """Where the occasion of speaking follows a body that no list knows: أوضحت محلية كذا | في بيان."""
    for end in range(at + 1, min(at + _MAX_BODY, len(view) - 1)):
        if view.norm[end] == "في":
            return end if view.has_noun(end + 1, "occasion") else None
        is_name = view.tokens[end].kind == "word" and not view.has(end, "clause") and not view.has(end, "preposition")
        if not is_name or is_finite(view, end) or view.timed[end]:
            return None
    return None


def _is_accusative(view: View, phrase: Phrase) -> bool:
    """دعا | الصحفيين: a sound plural that is no subject, by its ending."""
    word = view.norm[phrase.start]
    is_name = bool(phrase.names) or phrase.quantified
    return not is_name and len(word) >= _LONG and word.startswith("ال") and word.endswith("ين")


def _stranger_speaks(walk: Walk, phrase: Phrase) -> bool:
    view, at = walk.view, phrase.start
    if view.norm[at][:1] in {"ب", "ل", "ك"} and view.norm[at].endswith(_NOUN_ENDINGS):
        return False  # بصراحة
    if walk.verb.trust == "clause" and walk.cue.form.agrees == "m" and view.norm[at].endswith("ات"):
        return False  # كتب | روايات كثيرة
    if not walk.nominal:
        return (has_article(view.norm[at]) or not view.norm[at].endswith("ا")) and _leads_on(walk, phrase.end)
    set_off = view.is_comma(phrase.end) and view.is_complementiser(phrase.end + 1)
    if set_off or _reads_as_name(view, phrase):
        return True
    has_more = phrase.end < len(view) and view.tokens[phrase.end].kind == "word"
    return has_article(view.norm[at]) and has_more


def _reads_as_name(view: View, phrase: Phrase) -> bool:
    """أكد بيسكوف أن: one bare word right before the clause, which is no verbal noun."""
    word = view.norm[phrase.start]
    is_one = phrase.end == phrase.start + 1 and view.is_complementiser(phrase.end)
    return is_one and len(word) >= _MIN_NAME and not word.endswith(_NOUN_ENDINGS) and word not in view.lexicon.forms


def _known_speaks(walk: Walk, phrase: Phrase) -> bool:
    view, kind = walk.view, walk.verb.object
    if kind == "content" and not walk.cue.pronoun:
        # One phrase before the preposition is the accused, two are accuser and accused.
        after = view.norm[phrase.end] if phrase.end < len(view) else ""
        return after not in walk.takes and not (after.startswith("ب") and phrase.end not in view.names)
    if kind == "addressee" and phrase.is_media and not phrase.names and not phrase.quantified:
        second = walk.phrase(phrase.end) if phrase.end < len(view) else None
        return second is not None and second.known  # دعت | وسائل الإعلام إلى كذا
    if kind == "addressee":
        return _addresses(walk, phrase)
    return not (phrase.is_paper and not phrase.definite and walk.takes_noun) or _paper_speaks(walk, phrase)


def _paper_speaks(walk: Walk, phrase: Phrase) -> bool:
    """كشف | تقرير حديث أن, كشفت | وثائق نشرها موقع كذا أن: no object, which is تقريرا and has no clause after it."""
    view, at = walk.view, phrase.end
    masculine = phrase.head is not None and phrase.head.agrees == walk.cue.form.agrees == "m"
    if (masculine and not view.norm[phrase.start].endswith("ا")) or at >= len(view):
        return masculine
    while at + 1 < len(view) and view.timed[at]:
        at += 1
    told = any(view.has(at, words) for words in ("carried", "issued", "issued_by", "received"))
    return (
        told
        or walk.ends_telling(at)
        or (view.norm[at] in walk.takes and at + 1 < len(view) and view.is_complementiser(at + 1))
    )


def _addresses(walk: Walk, phrase: Phrase) -> bool:
    """دعا الرئيس إلى: the one phrase is the speaker; دعا جميع الأطراف إلى: it is who is addressed."""
    is_outlet = phrase.head is None and walk.view.outlet(phrase.start, phrase.end) is not None
    if not is_outlet and not phrase.quantified:
        return True
    second = walk.phrase(phrase.end) if phrase.end < len(walk.view) else None
    told = second is not None and walk.view.norm[phrase.end] == '"' and walk.ends_telling(second.end)
    return (second is not None and (second.known or told)) != is_outlet  # أخبر أحد الناجين | «كذا» أن


def _is_asked(walk: Walk, phrase: Phrase) -> bool:
    """ودعت | الأهالي إلى كذا, ودعا | أنصاره إلى كذا: men do not follow a feminine verb as its subject, nor does who
    belongs to the subject; they are asked."""
    view, word = walk.view, walk.view.norm[phrase.start]
    hers = walk.cue.form.agrees == "f"
    named = bool(phrase.names) and not (hers and word.endswith("ها") and phrase.end == phrase.start + 1)
    near = walk.cue.at + (2 if view.norm[walk.cue.at + 1] in {"فيه", "فيها"} else 1)
    if phrase.start != near or named or phrase.quantified or walk.cue.form.agrees == "p":
        return False
    some = phrase.head is not None and phrase.head.kind == "unnamed_source"  # يطالب | بعضهم بكذا
    owned = (
        word.endswith(("ها",) if hers else ("ه", "هم")) and not some and not view.original(phrase.start).endswith("ة")
    )
    men = phrase.head is not None and phrase.head.agrees == "p" and not word.endswith(_WOMENS)
    return (owned and not has_article(word) and len(word) > _MIN_OWNED) or (
        hers and men and word.removeprefix("ال") not in _FAMILIES
    )


def _leads_on(walk: Walk, at: int) -> bool:
    """Whether the frame goes on right after an unknown phrase, so that it can only be the subject."""
    view = walk.view
    if at >= len(view):
        return False
    if walk.ends_telling(at) or view.timed[at] or view.is_comma(at):
        return True
    return view.has(at, "adjunct") or view.has(at, "preposition") or view.norm[at][:1] in {"ل", "ب", "("}
