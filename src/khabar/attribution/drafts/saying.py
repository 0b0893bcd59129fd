"""Whether a cue with its frame says something of somebody: verbs that only look like citing, and nobody who cites."""

from __future__ import annotations

from khabar.attribution.cues import Cue
from khabar.attribution.frames import Frame, is_told_at
from khabar.attribution.modifiers import has_article
from khabar.attribution.phrases import Phrase
from khabar.attribution.stance import RENEWING
from khabar.attribution.view import View

__all__ = ["is_claim", "is_relative", "score_of", "speaks_of"]

_LEARNT = frozenset({"علم", "تبين", "اتضح"})
_WRITTEN = frozenset({"نص", "قضى", "أظهر"})
_NEAR_COPULA = 5  # tokens from كان to what it says


def is_claim(view: View, cue: Cue, frame: Frame, phrase: Phrase | None) -> bool:
    """Leaves out cues that cite nobody: يذكر أن, verbal nouns without a speaker, relays without a source."""
    form = cue.form
    if form.kind in {"masdar", "noun"}:
        return _is_said(view, cue, frame, phrase)
    if _is_no_saying(view, cue, frame, phrase):
        return False
    is_called = form.verb.lemma == "ادعى" and form.kind == "present" and view.original(cue.at)[-1:] == "ى"
    if is_called and (frame.link == "noun" or frame.start > cue.at + 2):
        return False  # رجل يدعى محمد
    if frame.link == "noun" and phrase is not None and not phrase.known:
        return False  # تعتبر الزيارة الأولى, أعلنت الحرية قيمتها: too little to tell subject from object
    if form.verb.lemma == "رأى" and phrase is not None and not phrase.known and frame.start > phrase.end + 2:
        return False  # رأى جثة
    if _cites_nobody(view, cue, frame, phrase):
        return False
    if form.verb.lemma == "قدر" and frame.link == "preposition" and frame.subject is None:
        return False  # عدد يقدر بمئة: nobody counts
    if form.verb.lemma == "نسب" and not frame.relayed and is_told_at(view, min(cue.at + 1, len(view) - 1)):
        return False  # حساب نسب للوزير
    if form.verb.object == "document" or form.verb.lemma in _LEARNT:
        # علمت مصادر كذا أن: they know it, and are the ones to say it.
        knows = form.kind == "past" and phrase is not None and phrase.head is not None
        knows = knows and frame.subject is not None and phrase.head.kind == "unnamed_source"  # type: ignore[union-attr]
        return frame.relayed or (knows and form.verb.lemma == "علم")
    if form.verb.object != "relay" or frame.relayed or frame.link == "noun" or cue.pronoun:
        return True
    # ونقلت وكالة كذا أن: nobody is named behind the agency.
    return frame.link == "clause" and phrase is not None and phrase.known


def _is_said(view: View, cue: Cue, frame: Frame, phrase: Phrase | None) -> bool:
    """Whether a noun of saying cites who stands by it: إعلان الحكومة أن, رغم نفي الشرطة وقوع هجوم."""
    form = cue.form
    links = {"clause", "quote", "preposition"}
    passing = form.kind == "masdar" and view.has_joined(cue.at - 1, "despite")
    if form.verb.lemma == "أعلن" or passing:
        links.add("noun")  # رغم نفي الشرطة | وقوع هجوم
    near = phrase is not None and frame.start <= phrase.end + 2
    if form.kind == "masdar" and frame.link == "quote" and ":" not in view.norm[cue.at : frame.start]:
        return False  # اللذين شملهما إعلان الإدارة «كانا في إجازة»
    if form.kind == "noun" and phrase is not None:
        near = near and form.verb.stance == "demands" and phrase.start == cue.at + 1
        near = near and not any(view.has(at, "relative") for at in range(phrase.start, phrase.end))
    known = phrase is not None and (phrase.known or (passing and has_article(view.norm[phrase.start])))
    return known and near and frame.link in links


def _cites_nobody(view: View, cue: Cue, frame: Frame, phrase: Phrase | None) -> bool:
    """يذكر أن, الذي يعتقد أنه قتل, البيان قبل جلسة | يفترض أن تناقش كذا: nobody says it."""
    form = cue.form
    if view.norm[cue.at].removeprefix("و") not in view.lexicon.words["impersonal"]:
        return False
    relative = is_relative(view, cue)
    if form.kind == "present" and relative and view.holds_pronoun(min(cue.at + 1, len(view) - 1)):
        return True
    nobody = phrase is None or (not phrase.known and frame.link in {"noun", "preposition"})
    far = phrase is not None and frame.subject is None and phrase.end < cue.at and not relative
    if form.kind == "present":
        return nobody or far
    return nobody and form.kind == "past" and not cue.joined


def _is_no_saying(view: View, cue: Cue, frame: Frame, phrase: Phrase | None) -> bool:
    """Verbs and participles that only look like citing: أضاف إلى, نص of nothing written, كان متوقعا, 18 طالبا."""
    lemma, start = cue.form.verb.lemma, frame.start
    if lemma in RENEWING - {"جدد"} and frame.link in {"noun", "preposition"} and frame.renewed is None:
        return True  # أعاد فتح الطريق, تمسك بمقعده
    if lemma in _WRITTEN and (phrase is None or (not phrase.known and view.has(phrase.start, "law"))):
        return True  # تقضي الأعراف بكذا
    for at in (cue.at + 1, frame.subject.end if frame.subject is not None else 0):
        if lemma == "أضاف" and view.norm[at : at + 1] == ["الي"] and view.norm[at + 1] not in {"ذلك", "هذا"}:
            return True
    if lemma == "سجل" and frame.link == "noun" and phrase is not None and phrase.has_person:
        return True  # سجل اللاعب عشرة أهداف
    if lemma == "استشهد" and cue.form.kind != "participle" and not view.has_noun(start, "quotable"):
        return True  # استشهد شابان برصاص
    if cue.form.kind == "participle" and frame.link in {"noun", "preposition"}:
        return _is_predicate(view, cue)
    # وتكشف الأزمة، …: one definite word before a comma is who does it, not what is said.
    alone = start == cue.at + 1 and start + 1 < len(view) and view.is_comma(start + 1)
    return frame.link == "noun" and phrase is None and alone and has_article(view.norm[start])


def _is_predicate(view: View, cue: Cue) -> bool:
    """Whether a participle says what something is (كان متوقعا, ليكون مرجعا, أسماؤهم معلنة) or is what is counted."""
    at = cue.at
    if at + 1 < len(view) and view.has(at + 1, "pronoun") and view.norm[at + 1] != "بذلك":
        return True  # وثيقة موضحا بها كذا
    if at and view.tokens[at - 1].kind == "number":
        return True
    if cue.form.agrees == "f" and at > 1 and view.is_complementiser(at - 2):
        return True
    for before in range(at - 1, max(-1, at - _NEAR_COPULA), -1):
        if view.tokens[before].kind == "punct":
            return False
        if view.has_joined(before, "copula"):
            return True
    return False


def score_of(cue: Cue, frame: Frame, phrase: Phrase | None) -> float:
    """0.95 for a verb with a known source and a clause or quotation; less for every weaker sign."""
    score = 0.95
    if phrase is None:
        score -= 0.15
    elif not phrase.known:
        score -= 0.2
    score -= 0.1 * (frame.link == "noun") + 0.1 * (cue.form.verb.trust == "clause")
    score -= 0.15 * (cue.form.kind in {"masdar", "noun"})
    return max(0.1, round(score - 0.02 * min(frame.stray, 10), 2))


def speaks_of(view: View, frame: Frame, before: Phrase) -> bool:
    """الاتفاق الذي قال إنه يضر, شريط تؤكد فيه: the phrase before the verb is spoken of, it does not speak."""
    at = frame.cue.at
    if at + 1 < len(view) and view.norm[at + 1] in {"فيه", "فيها", "عنه", "عنها"}:
        return True
    if frame.cue.pronoun and frame.cue.form.verb.object == "content" and view.has(at - 1, "relative"):
        return True  # التنظيم الذي اتهمته بكذا
    is_paper = before.head is not None and before.head.kind == "document"
    return is_paper and frame.start == at + 2 and view.holds_pronoun(at + 1)


def is_relative(view: View, cue: Cue) -> bool:
    return cue.at > 0 and view.has(cue.at - 1, "relative")
