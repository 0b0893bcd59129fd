"""Drafts of citing particles: بحسب مصدر, وفقا لرويترز, حسبما أفاد شهود, على حد قوله."""

from __future__ import annotations

from khabar.attribution.cues import Cue, ParticleCue
from khabar.attribution.drafts.draft import Draft, segment_start
from khabar.attribution.drafts.relays import carriers_of, outlet_at
from khabar.attribution.frames import read_frame
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.view import View

__all__ = ["carried_in", "from_particle"]

# Homographs that cite after كما, حسبما: there the place makes them verbs.
_AFTER_PARTICLE = frozenset({"جاء", "ورد", "أورد", "تناقل", "تداول", "رأى", "علم", "نقل", "بين", "كتب"})


def from_particle(view: View, found: ParticleCue, cues: dict[int, Cue]) -> Draft | None:
    use, at = found.particle.use, found.end
    segment = segment_start(view, found.at)
    if use == "closing" or (use == "source" and view.has(at, "own_words")):
        for inside in range(found.at, found.end):
            cues.pop(inside, None)
        return Draft(at=found.at, segment=segment, kind="closing")
    if use == "source" and at < len(view) and view.norm[at] in {"ما", "لما", "بما"}:
        at, use = at + 1, "verb"
    if use == "verb":
        return _from_verb(view, found, at, cues)
    carried = _from_carried(view, found, at, cues)
    if carried is not None:
        return carried
    phrase = read_phrase(view, at, nominal=False)
    if phrase is None or not (phrase.known or view.outlet(phrase.start, phrase.end)):
        return None
    cue = view.span(found.at, at, skip=found.skip)
    leads = view.norm[found.at][:1] == "و" and phrase.end < len(view) and view.has(phrase.end, "so_that")
    return Draft(
        at=found.at, segment=segment, kind="particle", end=phrase.end, phrase=phrase, cue=cue,
        leads=leads,
    )  # fmt: skip


def _from_verb(view: View, found: ParticleCue, at: int, cues: dict[int, Cue]) -> Draft | None:
    """حسبما أفاد مصدر, بحسب ما نقلت رويترز عن مصدر; كما قال إن … is an ordinary cue."""
    cue = cues.get(at)
    if cue is None or cue.form.kind not in {"past", "present"}:
        return None
    if cue.form.verb.trust == "clause" and cue.form.verb.lemma not in _AFTER_PARTICLE:
        return None
    if cue.form.verb.stance == "demands":
        return None
    frame = read_frame(view, cue, subject_before=False)
    phrase = frame.subject
    if found.particle.words[0] == "كما" and (found.at == 0 or frame.link != "none" or phrase is None):
        return None
    is_relay = cue.form.verb.object == "relay" and not frame.relayed
    if phrase is None:
        return None
    cues.pop(at, None)
    draft = Draft(
        at=found.at, segment=segment_start(view, found.at), kind="particle", end=phrase.end, phrase=phrase,
        cue=view.span(found.at, at + 1, skip=found.skip), told=frame.told,
    )  # fmt: skip
    draft.carriers = [phrase] if is_relay or frame.of_before else carriers_of(view, frame, None)
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
