"""Drafts of citing particles: بحسب مصدر, وفقا لرويترز, حسبما أفاد شهود, على حد قوله."""

from __future__ import annotations

import msgspec

from khabar.attribution.cues import Cue, ParticleCue, forms_of, particle_at
from khabar.attribution.drafts.draft import Draft, segment_start
from khabar.attribution.drafts.relays import carriers_of, hearers_of, outlet_at
from khabar.attribution.frames import read_frame
from khabar.attribution.lexicon import SourceNoun, Verb
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.view import View

__all__ = ["carried_in", "from_particle"]

_NEAR = 8  # tokens
_OUTLET = SourceNoun("media", "idafa", "f")
_MAX_STRANGER = 5  # tokens of who speaks between commas

# Homographs that cite after كما, حسبما: there the place makes them verbs.
_ANSWERING = frozenset(
    {
        "ردا",
        "رد",
        "ردت",
        "يرد",
        "ترد",
        "تعليقا",
        "علق",
        "علقت",
        "عقب",
        "بناء",
        "احتجاجا",
        "اعترض",
        "علاوه",
        "الرد",
        "التعليق",
        "تعليق",
        "تعليقه",
        "اطلع",
        "الاطلاع",
        "ردها",
        "رده",
    }
)
_ANSWERED = 8  # tokens from رد to على ما
_MAX_TO_SUBJECT = 5  # tokens between the verb after a particle and who speaks
_CITING = frozenset({"بحسب", "حسب", "وفق", "وفقا", "علي", "وبحسب", "وحسب", "ووفق", "نحو"})
_RELAYED = 8  # tokens from ما نشرته to نقلا عن

_AFTER_PARTICLE = frozenset("جاء ورد أورد تناقل تداول رأى علم نقل بين كتب شرح روى حكى لاحظ".split())


def from_particle(view: View, found: ParticleCue, cues: dict[int, Cue]) -> Draft | None:
    use, at = found.particle.use, found.end
    if _cites_nobody(view, found):
        return None
    segment = segment_start(view, found.at)
    if use == "closing" or (use == "source" and view.has(at, "own_words")):
        for inside in range(found.at, found.end):
            cues.pop(inside, None)
        if use == "closing" and _inside_words(view, found):
            return None
        return Draft(at=found.at, segment=segment, kind="closing")
    if use == "source" and at < len(view) and view.norm[at] in {"ما", "لما", "بما"}:
        at, use = at + 1, "verb"
    if use == "verb" and view.has(at, "carried"):
        return _from_published(view, found, at)
    if use == "verb":
        return _from_verb(view, found, at, cues)
    carried = _from_carried(view, found, at, cues)
    if carried is not None:
        return carried
    if view.has(at, "account") and at + 2 < len(view) and (view.noun(at + 1) or view.has(at + 1, "quantifier")):
        at += 1  # وفقا لرواية | شاهد
    phrase = read_phrase(view, at, nominal=False)
    if phrase is not None and not phrase.known and view.outlet(phrase.start, phrase.end) is None:
        phrase = _set_off(view, found, phrase)
    if phrase is None:
        return None
    cue = view.span(found.at, at, skip=found.skip)
    leads = view.norm[found.at][:1] == "و" and phrase.end < len(view) and view.has(phrase.end, "so_that")
    return Draft(
        at=found.at, segment=segment, kind="particle", end=phrase.end, phrase=phrase, cue=cue,
        leads=leads,
    )  # fmt: skip


def _cites_nobody(view: View, found: ParticleCue) -> bool:
    """Whether what looks like a particle is answered, spoken of, or an inquiry's: موقوفون على ذمة التحقيق."""
    words = found.particle.words
    if words == ("علي", "ذمه"):
        return view.has_noun(found.end, "inquiry")
    if found.particle.use == "source" and _is_law(view, found.end):
        return True
    return (words == ("علي", "ما") and _answers(view, found.at)) or (words[0] == "نقلا" and _spoken_of(view, found.at))


def _is_law(view: View, at: int) -> bool:
    """بحسب القانون, وفقا للمادة التاسعة."""
    word = view.norm[at]
    bare = "ال" + word[2:] if word[:2] == "لل" else word.removeprefix("ل")
    return view.covered[at] is None and bare in view.lexicon.words["law"]


def _inside_words(view: View, found: ParticleCue) -> bool:
    """«المستشفى على حد قوله لم يسمح»: between a subject and its verb, where what is said does not end."""
    return found.end < len(view) and view.has(found.end, "negation") and view.quote[found.at] is not None


def _set_off(view: View, found: ParticleCue, phrase: Phrase) -> Phrase | None:
    """، بحسب خدمة كذا للإسعاف، : whom no list knows, between commas."""
    opens = found.at == 0 or view.is_comma(found.at - 1)
    cites = found.particle.words[0] in {"بحسب", "حسب"}  # وفق خطة كذا names what is gone by
    if not (opens and cites) or view.original(phrase.start).endswith("ه"):
        return None
    for end in range(phrase.start + 1, min(phrase.start + _MAX_STRANGER + 1, len(view))):
        if view.is_comma(end):
            return msgspec.structs.replace(phrase, end=end) if end > phrase.start + 1 else None
        if view.tokens[end].kind != "word" or view.is_complementiser(end) or view.has(end, "clause"):
            break
    return None


def _spoken_of(view: View, at: int) -> bool:
    """لا صحة لما نشرته الشبكة نقلا عن مصدر: who is relayed there is spoken of."""
    first = max(1, at - _RELAYED)
    for i in range(first, at):
        what = view.norm[i - 1]
        cited = what == "ما" and i > 1 and view.norm[i - 2] in _CITING
        if view.has(i, "carried") and (what in {"لما", "مما", "عما"} or (what == "ما" and not cited)):
            return True
    return False


def _answers(view: View, at: int) -> bool:
    """ردا على ما نقلته الصحيفة, رد الوزير على ما قالته اللجنة بأن: what is answered, no source."""
    for before in range(at - 1, max(-1, at - _ANSWERED), -1):
        word = view.norm[before]
        if view.tokens[before].kind == "punct" and word != '"':
            return False
        if word in _ANSWERING or word[1:] in _ANSWERING:
            return True
    return False


def _from_verb(view: View, found: ParticleCue, at: int, cues: dict[int, Cue]) -> Draft | None:
    """حسبما أفاد مصدر, بحسب ما نقلت رويترز عن مصدر; كما قال إن … is an ordinary cue."""
    cue = cues.get(at)
    alone = at + 1 < len(view) and view.is_comma(at + 1)
    alone = alone and not any(view.is_complementiser(i) for i in range(at + 2, min(at + _NEAR, len(view))))
    if found.particle.words[0] == "كما" and alone:
        cues.pop(at, None)
        return None  # ، كما قال، is of who spoke before, and so is what stands around it
    if cue is None or view.has(at + 1, "pronoun"):
        return _from_pronoun(view, found, at, cues)
    if cue.form.kind not in {"past", "present"}:
        return None
    if not _cites(cue.form.verb):
        return None
    frame = read_frame(view, cue, subject_before=False)
    phrase = frame.subject
    if found.particle.words[0] == "كما" and (found.at == 0 or frame.link != "none" or phrase is None):
        return None
    is_relay = cue.form.verb.object == "relay" and not frame.relayed
    if phrase is None:
        return None
    far = phrase.start - at > _MAX_TO_SUBJECT or any(view.is_comma(i) for i in range(at, phrase.start))
    if far and not frame.relayed:
        cues.pop(at, None)
        return None  # كما صرحت يوم أمس، …: of who spoke before
    cues.pop(at, None)
    draft = Draft(
        at=found.at, segment=segment_start(view, found.at), kind="particle", end=phrase.end, phrase=phrase,
        cue=view.span(found.at, at + 1, skip=found.skip), told=frame.told,
    )  # fmt: skip
    if is_relay or frame.of_before:
        draft.carriers = [phrase]
        return draft
    draft.carriers = carriers_of(frame, None)
    draft.told = hearers_of(view, frame, None, draft.carriers)
    told = outlet_at(view, phrase.end, len(view)) if phrase.end < len(view) else None
    if told is not None:
        draft.told, draft.end = [*draft.told, told], told.end  # أفاد مسؤول | وكالة كذا
    return draft


def _from_carried(view: View, found: ParticleCue, at: int, cues: dict[int, Cue]) -> Draft | None:
    """وفق تصريحات نقلتها وكالة كذا عن الوزير, بحسب بيان نشره موقع كذا: the outlet carried what another said."""
    if not view.has_noun(at, "occasion") or not view.has(at + 1, "carried"):
        return None
    outlet = outlet_at(view, at + 2, len(view))
    if outlet is None:
        return None
    phrase: Phrase | None = None
    if outlet.end + 1 < len(view) and view.norm[outlet.end] == "عن":
        phrase = read_phrase(view, outlet.end + 1, nominal=False)
    if phrase is None or not phrase.known:
        phrase = read_phrase(view, at, nominal=False, until=at + 1)
    if phrase is None or not phrase.known:
        phrase = outlet
    cues.pop(at + 1, None)
    return Draft(
        at=found.at, segment=segment_start(view, found.at), kind="particle", end=max(phrase.end, outlet.end),
        phrase=phrase, cue=view.span(found.at, at, skip=found.skip), carriers=[] if phrase is outlet else [outlet],
    )  # fmt: skip


def _from_published(view: View, found: ParticleCue, at: int) -> Draft | None:
    """بحسب ما نشرته صحيفة كذا نقلا عن مصدر: the outlet carried what another said; without one it speaks itself."""
    outlet = read_phrase(view, at + 1, nominal=True) if at + 1 < len(view) else None
    if outlet is None or not (outlet.known or view.norm[at + 1] == '"'):
        return None
    end = outlet.end
    passes_on = particle_at(view, end) if end < len(view) else None
    start = passes_on.end if passes_on is not None and passes_on.particle.words[0] == "نقلا" else end + 1
    relays = start != end + 1 or (end < len(view) and view.norm[end] == "عن")
    phrase = read_phrase(view, start, nominal=False) if relays and start < len(view) else None
    if phrase is not None and not phrase.known:
        phrase = None
    return Draft(
        at=found.at, segment=segment_start(view, found.at), kind="particle", end=(phrase or outlet).end,
        phrase=phrase or _as_outlet(outlet), cue=view.span(found.at, at + 1, skip=found.skip),
        carriers=[outlet] if phrase else [],
    )  # fmt: skip


def _as_outlet(phrase: Phrase) -> Phrase:
    """ما بثته «كذا»: who broadcasts or prints is an outlet."""
    if phrase.head is not None or phrase.has_person or any(name.mention.type == "PLACE" for name in phrase.names):
        return phrase
    return msgspec.structs.replace(phrase, head=_OUTLET, names=())


def _cites(verb: Verb) -> bool:
    """Whether a verb after a particle says who spoke."""
    return verb.stance != "demands" and (verb.trust != "clause" or verb.lemma in _AFTER_PARTICLE)


def _from_pronoun(view: View, found: ParticleCue, at: int, cues: dict[int, Cue]) -> Draft | None:
    """بحسب ما أورده الموقع, وفق ما صرح به النقيب: a verb whose complement is a pronoun, then who speaks."""
    forms = forms_of(view, at) if at < len(view) else None
    if forms is None or not any(form.kind in {"past", "present"} and _cites(form.verb) for form in forms[0]):
        return None
    start = at + 2 if view.has(at + 1, "pronoun") else at + 1
    if start == at + 1 and not forms[2]:
        return None
    phrase = read_phrase(view, start, nominal=False) if start < len(view) else None
    told: list[Phrase] = []
    if phrase is not None and phrase.known and phrase.skip and phrase.end < len(view):
        # ما رواه للموقع | صاحب دكان: who was told stands before who told it
        hearer, phrase = phrase, read_phrase(view, phrase.end, nominal=False)
        told = [hearer]
    if phrase is None or not phrase.known:
        return None
    for inside in range(at, phrase.end):
        cues.pop(inside, None)
    return Draft(
        at=found.at, segment=segment_start(view, found.at), kind="particle", end=phrase.end, phrase=phrase,
        cue=view.span(found.at, start, skip=found.skip), told=told,
    )  # fmt: skip


def carried_in(view: View) -> list[Draft]:
    """في تصريحات نقلتها وكالة كذا, في بيان نشره موقع كذا: who carried what stands before."""
    drafts = []
    for at in range(1, len(view) - 2):
        if view.norm[at - 1] != "في" or not view.has_noun(at, "occasion") or not view.has(at + 1, "carried"):
            continue
        phrase = outlet_at(view, at + 2, len(view))
        if phrase is not None:
            start = segment_start(view, at - 1)
            cue = view.span(at - 1, at + 2)
            drafts.append(Draft(at=at - 1, segment=start, kind="particle", end=phrase.end, phrase=phrase, cue=cue))
    return drafts
