"""Drafts: what the cues and particles of one sentence promise, before contents are cut and speakers found."""

from __future__ import annotations

from typing import Literal

import msgspec

from khabar.attribution.cues import Cue, ParticleCue, find_cues, find_particles
from khabar.attribution.frames import Frame, read_frame
from khabar.attribution.modifiers import is_outlet
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.speakers import subject_before
from khabar.attribution.stance import stance_of, suggested_start
from khabar.attribution.view import View
from khabar.records import Span, Stance

__all__ = ["Draft", "DraftKind", "collect_drafts"]

DraftKind = Literal["finite", "participle", "noun", "particle", "closing", "outer"]
_KINDS: dict[str, DraftKind] = {"participle": "participle", "noun": "noun", "masdar": "noun"}
# Homographs that cite after كما, حسبما: there the place makes them verbs.
_AFTER_PARTICLE = frozenset({"جاء", "ورد", "أورد", "تناقل", "تداول", "رأى", "علم", "نقل", "بين", "كتب"})


class Draft(msgspec.Struct, eq=False):
    """A claim in the making, in token positions.

    `at` is the cue, `segment` where the claim's own text begins (its subject, connective or particle), `start` and
    `end` the content with `skip` letters left out; `phrase` the source as read, None where it is carried over.
    """

    at: int
    segment: int
    kind: DraftKind
    start: int = 0
    end: int = 0
    skip: int = 0
    cue: Span | None = None
    stance: Stance = "asserts"
    joined: bool = False
    relative: bool = False
    fresh: bool = False  # the verb comes first, with its subject right of it: a clause of its own
    agrees: str = ""
    phrase: Phrase | None = None
    told: list[Phrase] = []
    carriers: list[Phrase] = []
    parent: Draft | None = None
    leads: bool = False  # a particle before its content: وبحسب مصدر فإن
    score: float = 0.8

    @property
    def backward(self) -> bool:
        """Whether the content stands before the cue."""
        return self.kind == "particle"


def collect_drafts(view: View) -> list[Draft]:
    """All drafts of a sentence, by the place of their cues."""
    cues = {cue.at: cue for cue in find_cues(view)}
    drafts = [draft for found in find_particles(view) if (draft := _from_particle(view, found, cues)) is not None]
    claimed = -1
    for at in sorted(cues):
        if at <= claimed:
            continue
        draft = _from_cue(view, cues[at])
        if draft is None:
            continue
        # Particles and verbs inside a frame have said all they have to say.
        inside = range(draft.at + 1, draft.start)
        drafts = [other for other in drafts if other.at not in inside]
        drafts.append(draft)
        if draft.carriers:
            claimed = draft.start - 1
    drafts.sort(key=lambda draft: draft.at)
    return drafts


def _from_cue(view: View, cue: Cue) -> Draft | None:
    if cue.form.kind == "passive":
        return None
    is_finite_cue = cue.form.kind in {"past", "present", "jussive"}
    before = subject_before(view, cue) if is_finite_cue else None
    frame = _frame(view, cue, before)
    if frame.link == "none":
        return None
    relative = cue.at > 0 and view.has(cue.at - 1, "relative")
    phrase = frame.subject or before
    if before is not None and phrase is before and _speaks_of(view, frame, before):
        phrase = None
    if not _is_claim(view, cue, frame, phrase):
        return None
    stance = stance_of(cue)
    if stance is None:
        return _negated(view, cue)
    segment = before.start if before is not None and phrase is before and not relative else cue.at
    if relative and phrase is None:
        segment = cue.at - 1
    draft = Draft(
        at=cue.at, segment=segment_start(view, segment), kind=_KINDS.get(cue.form.kind, "finite"), start=frame.start,
        skip=frame.skip, cue=view.span(cue.at, cue.at + 1, skip=cue.skip), stance=stance, joined=cue.joined,
        relative=relative, fresh=is_finite_cue and frame.subject is not None and frame.subject.known,
        agrees="" if frame.relayed else cue.form.agrees, phrase=phrase, told=frame.told,
        carriers=_carriers(view, frame, before), score=_score(cue, frame, phrase),
    )  # fmt: skip
    if frame.link == "preposition":
        hoped = suggested_start(view, draft.start)
        if hoped is not None:
            draft.stance, draft.start, draft.skip = "suggests", *hoped
    return draft


def _frame(view: View, cue: Cue, before: Phrase | None) -> Frame:
    """The frame, read again without a subject where the phrase before the verb is the better one."""
    relative = cue.at > 0 and view.has(cue.at - 1, "relative")
    adjacent = before is not None and (relative or not _comma_between(view, before.end, cue.at))
    takes_object = bool(cue.form.verb.object) or "noun" in cue.form.verb.takes
    frame = read_frame(view, cue, subject_before=adjacent and takes_object and not cue.pronoun)
    if frame.subject is not None and before is not None and not frame.subject.known:
        return read_frame(view, cue, subject_before=True)
    return frame


def _comma_between(view: View, start: int, end: int) -> bool:
    return any(view.is_comma(at) for at in range(start, end))


def _negated(view: View, cue: Cue) -> Draft | None:
    """لكنه لم يذكر: no claim, but what stands before it ends."""
    segment = segment_start(view, cue.at - 1)
    if segment < cue.at - 1 and view.has(segment, "breaking"):
        return Draft(at=cue.at, segment=segment, kind="closing")
    return None


def _carriers(view: View, frame: Frame, before: Phrase | None) -> list[Phrase]:
    """Who relays, who carried it by the particles, and outlets in the circumstances (في مقابلة مع قناة كذا)."""
    carriers = list(frame.carriers)
    if frame.relayed and before is not None and not carriers:
        carriers.append(before)
    taken = [*frame.told, *carriers, *([frame.subject] if frame.subject is not None else [])]
    at = frame.cue.at + 1
    while at < frame.start:
        phrase = _outlet_at(view, at, frame.start)
        if phrase is not None and not any(other.start < phrase.end and phrase.start < other.end for other in taken):
            carriers.append(phrase)
            at = phrase.end
        else:
            at += 1
    return carriers


def _outlet_at(view: View, at: int, end: int) -> Phrase | None:
    """An agency, channel or paper that starts at the token."""
    name = view.names.get(at)
    found = view.lexicon.source_noun(view.norm[at]) if name is None else None
    if name is None and (found is None or found[0].kind != "media"):
        return None
    if name is not None and not is_outlet(view, name):
        return None
    phrase = read_phrase(view, at, nominal=True, until=end)
    if phrase is None or any(view.has(i, "own_channel") for i in range(phrase.start, min(phrase.end + 2, len(view)))):
        return None
    return phrase if phrase.names or view.has(at, "press") or view.norm[phrase.end - 1] == '"' else None


def _speaks_of(view: View, frame: Frame, before: Phrase) -> bool:
    """الاتفاق الذي قال إنه يضر, شريط تؤكد فيه: the phrase before the verb is spoken of, it does not speak."""
    at = frame.cue.at
    if at + 1 < len(view) and view.norm[at + 1] in {"فيه", "فيها", "عنه", "عنها"}:
        return True
    if frame.cue.pronoun and frame.cue.form.verb.object == "content" and view.has(at - 1, "relative"):
        return True  # التنظيم الذي اتهمته بكذا
    is_paper = before.head is not None and before.head.kind == "document"
    return is_paper and frame.start == at + 2 and view.holds_pronoun(at + 1)


def _from_particle(view: View, found: ParticleCue, cues: dict[int, Cue]) -> Draft | None:
    use, at = found.particle.use, found.end
    segment = segment_start(view, found.at)
    if use == "closing":
        for inside in range(found.at, found.end):
            cues.pop(inside, None)
        return Draft(at=found.at, segment=segment, kind="closing")
    if use == "source" and at < len(view) and view.norm[at] in {"ما", "لما", "بما"}:
        at, use = at + 1, "verb"
    if use == "verb":
        return _from_particle_verb(view, found, at, cues)
    phrase = read_phrase(view, at, nominal=False)
    if phrase is None or not (phrase.known or view.outlet(phrase.start, phrase.end)):
        return None
    cue = view.span(found.at, at, skip=found.skip)
    leads = view.norm[found.at][:1] == "و" and phrase.end < len(view) and view.has(phrase.end, "so_that")
    return Draft(
        at=found.at, segment=segment, kind="particle", end=phrase.end, phrase=phrase, cue=cue,
        leads=leads,
    )  # fmt: skip


def _from_particle_verb(view: View, found: ParticleCue, at: int, cues: dict[int, Cue]) -> Draft | None:
    """حسبما أفاد مصدر, بحسب ما نقلت رويترز عن مصدر; كما قال إن … is an ordinary cue."""
    cue = cues.get(at)
    if cue is None or cue.form.kind not in {"past", "present"}:
        return None
    if cue.form.verb.trust == "clause" and cue.form.verb.lemma not in _AFTER_PARTICLE:
        return None
    frame = read_frame(view, cue, subject_before=False)
    phrase = frame.subject
    if found.particle.words[0] == "كما" and (frame.link != "none" or phrase is None):
        return None
    is_relay = cue.form.verb.object == "relay" and not frame.relayed
    if phrase is None:
        return None
    cues.pop(at, None)
    draft = Draft(
        at=found.at, segment=segment_start(view, found.at), kind="particle", end=phrase.end, phrase=phrase,
        cue=view.span(found.at, at + 1, skip=found.skip), told=frame.told,
    )  # fmt: skip
    draft.carriers = [phrase] if is_relay else _carriers(view, frame, None)
    return draft


def segment_start(view: View, at: int) -> int:
    """Back over the connectives that open a claim's own text."""
    while at > 0:
        if view.has(at - 1, "connective"):
            at -= 1
        elif at > 1 and view.norm[at - 1] == "ان" and view.has(at - 2, "except"):
            at -= 2
        elif view.norm[at - 1] == "في" and view.norm[at] in {"حين", "وقت"}:
            at -= 1
        else:
            break
    return at


def _is_claim(view: View, cue: Cue, frame: Frame, phrase: Phrase | None) -> bool:
    """Leaves out cues that cite nobody: يذكر أن, verbal nouns without a speaker, relays without a source."""
    form = cue.form
    if form.kind in {"masdar", "noun"}:
        links = (
            {"clause", "quote", "preposition", "noun"}
            if form.verb.lemma == "أعلن"
            else {"clause", "quote", "preposition"}
        )
        near = phrase is not None and frame.start <= phrase.end + 2
        return phrase is not None and phrase.known and near and frame.link in links
    if form.verb.lemma == "ادعى" and frame.link == "noun" and view.original(cue.at)[-1:] == "ى":
        return False  # رجل يدعى محمد
    told_by_none = phrase is None and (form.kind == "present" or (form.kind == "past" and not cue.joined))
    if told_by_none and view.norm[cue.at].removeprefix("و") in view.lexicon.words["impersonal"]:
        return False
    if form.verb.object == "document" or form.verb.lemma == "علم":
        return frame.relayed
    if form.verb.object != "relay" or frame.relayed or frame.link == "noun" or cue.pronoun:
        return True
    # ونقلت وكالة كذا أن: nobody is named behind the agency.
    is_outlet = phrase is not None and (view.outlet(phrase.start, phrase.end) is not None or _is_media(phrase))
    return frame.link == "clause" and is_outlet


def _is_media(phrase: Phrase) -> bool:
    return phrase.head is not None and phrase.head.kind == "media"


def _score(cue: Cue, frame: Frame, phrase: Phrase | None) -> float:
    """0.95 for a verb with a known source and a clause or quotation; less for every weaker sign."""
    score = 0.95
    if phrase is None:
        score -= 0.15
    elif not phrase.known:
        score -= 0.2
    score -= 0.1 * (frame.link == "noun") + 0.1 * (cue.form.verb.trust == "clause")
    score -= 0.15 * (cue.form.kind in {"masdar", "noun"})
    return max(0.1, round(score - 0.02 * min(frame.stray, 10), 2))
