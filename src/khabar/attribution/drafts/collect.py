"""Drafts of cues, and all drafts of a sentence in order."""

from __future__ import annotations

import msgspec

from khabar.attribution.agreement import agreement_of, can_be_subject
from khabar.attribution.cues import Cue, find_cues, find_particles, forms_of, is_finite
from khabar.attribution.drafts.draft import Draft, DraftKind, segment_start
from khabar.attribution.drafts.particles import carried_in, from_particle
from khabar.attribution.drafts.pointing import pointing_in
from khabar.attribution.drafts.relays import carriers_of, hearers_of
from khabar.attribution.drafts.saying import is_claim, is_relative, score_of, speaks_of
from khabar.attribution.frames import Frame, read_frame
from khabar.attribution.lexicon import Agreement
from khabar.attribution.meetings import met_beside
from khabar.attribution.modifiers import has_article
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.speakers import antecedent, issuer_before, subject_before
from khabar.attribution.stance import stance_of, suggested_start
from khabar.attribution.view import View
from khabar.records import Stance

__all__ = ["collect_drafts"]

_MAX_OTHERS = 5
_SOME = frozenset({"احد", "احدهم", "احدي", "احداهن", "بعضهم"})
_ASKING = frozenset({"دعا", "ناشد", "نصح", "حث", "حض", "أوصى"})
_TOLD_NOT = frozenset({"أشار", "ذكر", "كشف", "أوضح", "بين", "حدد"})
_WAS = frozenset({"كان", "كانت", "كانوا"})
_MIN_SAID = 4  # tokens of what is said before its verb
_LONGEST_NAME = 6  # tokens of a name in quotation marks, with these
_FINITE = frozenset({"past", "present", "jussive"})
_KINDS: dict[str, DraftKind] = {"participle": "participle", "noun": "noun", "masdar": "noun"}


def collect_drafts(view: View) -> list[Draft]:
    """All drafts of a sentence, by the place of their cues."""
    cues = {cue.at: cue for cue in find_cues(view)}
    drafts: list[Draft] = []
    for found in find_particles(view):
        if drafts and drafts[-1].kind == "particle" and found.at < drafts[-1].end:
            continue  # بحسب ما أوردت قناة | نقلا عن مصادر: the second is a part of the first
        draft = from_particle(view, found, cues)
        if draft is not None:
            drafts.append(draft)
    drafts.extend(carried_in(view))
    pointing = pointing_in(view)
    claimed = -1
    for at in sorted(cues):
        if at <= claimed or any(draft.segment <= at < draft.end for draft in pointing):
            continue
        draft = _from_cue(view, cues[at])
        if draft is None:
            continue
        # Particles and verbs inside a frame have said all they have to say.
        inside = range(draft.at + 1, draft.start)
        drafts = [other for other in drafts if other.at not in inside]
        drafts.append(draft)
        if draft.kind == "finite":
            claimed = draft.start - 1
    drafts.extend(pointing)
    drafts.sort(key=lambda draft: draft.at)
    return _once(drafts)


def _once(drafts: list[Draft]) -> list[Draft]:
    """Of cues with one content the first (وأضاف يقول إن)."""
    starts: set[int] = set()
    kept = []
    for draft in drafts:
        if draft.kind not in {"closing", "particle"}:
            if draft.start in starts:
                continue
            starts.add(draft.start)
        kept.append(draft)
    return kept


def _from_cue(view: View, cue: Cue) -> Draft | None:
    if cue.form.kind == "passive":
        return None
    before = _subject_before(view, cue) if cue.form.kind in _FINITE else None
    frame = _frame(view, cue, before)
    if _says_too(view, cue, frame):
        span = view.span(cue.at, cue.at + 1, skip=cue.skip)
        return Draft(
            at=cue.at, segment=segment_start(view, cue.at), kind="participle", start=frame.start, cue=span,
            stance=cue.form.verb.stance, joined=True, score=0.8,
        )  # fmt: skip
    if frame.link == "none":
        return _postposed(view, cue)
    phrase = frame.subject or before
    is_quoted = frame.relayed and cue.form.verb.object == "document"  # بيان … جاء فيه أن
    if before is not None and phrase is before and not is_quoted and speaks_of(view, frame, before):
        phrase = None
    if phrase is None and frame.link == "clause" and _tells_of_others(view, cue.at):
        phrase = before = _stranger_was(view, cue.at)
    if before is not None and phrase is before and before.is_paper and not before.definite:
        phrase = _sender(view, before, cue.at) or phrase
    if frame.of_before and is_relative(view, cue):
        phrase = before = antecedent(view, cue.at - 1) or before  # الذي نقلت عنه قناة كذا أن
    stance = stance_of(cue)
    if stance is None:
        return _negated(view, cue)
    if not is_claim(view, cue, frame, phrase):
        return None
    relative = is_relative(view, cue)
    is_tied = frame.link == "clause" and frame.start <= cue.at + 2
    if phrase is None and relative and not is_tied and not cue.pronoun:
        return None  # العمليات التي أعلنت أمس are announced, nobody announces
    if phrase is None and not relative and _follows_stranger(view, cue):
        if not is_tied:
            return None
        phrase, relative = read_phrase(view, cue.at - 1, nominal=True, until=cue.at), True  # جماعات تقول إنها
    draft = _draft(view, cue, frame, phrase, stance)
    draft.relative = relative
    draft.carriers = carriers_of(frame, None if frame.of_before or is_quoted else before)
    draft.told = hearers_of(view, frame, before, draft.carriers)
    is_before = before is not None and phrase is before and not relative
    segment = phrase.start if is_before and phrase is not None else cue.at
    draft.segment = segment_start(view, segment - 1 if relative and phrase is None else segment)
    return draft


def _subject_before(view: View, cue: Cue) -> Phrase | None:
    """X قال, and who put out the statement in which something is said: وجهت عشيرة كذا نداء تطالب فيه بكذا."""
    in_it = view.norm[cue.at + 1 : cue.at + 2] in (["فيه"], ["فيها"])
    issuer = issuer_before(view, cue.at, cue.form.agrees) if in_it and not cue.joined else None
    return issuer or subject_before(view, cue) or (None if cue.joined else met_beside(view, cue.at, cue.form.agrees))


def _says_too(view: View, cue: Cue, frame: Frame) -> bool:
    """نقلت القناة عن المصدر نفيه أن كذا، وقوله إن: a second noun of saying of the one who is relayed."""
    if cue.form.kind != "noun" or not cue.joined or frame.link != "clause" or frame.subject is not None:
        return False
    return view.is_comma(cue.at - 1) and any(view.has(before, "saying") for before in range(cue.at - 1))


def _postposed(view: View, cue: Cue) -> Draft | None:
    """The words first, then who said them: …، يقول أحد الركاب. Only where nothing follows the speaker."""
    at = cue.at
    says = "quote" in cue.form.verb.takes and cue.form.kind in {"past", "present"}
    says = says and (cue.form.verb.trust == "sure" or (at > _MIN_SAID and _is_quoted(view, at)))
    if not says or cue.joined or cue.negated or cue.pronoun or at < _MIN_SAID or at + 1 >= len(view):
        return None
    if not view.is_comma(at - 1):
        return None
    phrase = read_phrase(view, at + 1, nominal=True)
    ends = phrase is not None and (
        all(view.tokens[rest].kind == "punct" for rest in range(phrase.end, len(view)))
        or (view.has(phrase.end, "relative") and not any(map(view.is_comma, range(phrase.end, len(view)))))
        or (_is_quoted(view, at) and _says_no_more(view, phrase.end))
    )  # يقول الرجل | الذي رفض ذكر اسمه
    if phrase is None or not phrase.known or not ends or not can_be_subject(phrase, cue.form.agrees, after=True):
        return None
    span = view.span(at, at + 1)
    return Draft(at=at, segment=at, kind="particle", end=phrase.end, phrase=phrase, cue=span, score=0.7)


def _is_quoted(view: View, at: int) -> bool:
    """Whether all that stands before a verb, and the comma before it, is a quotation."""
    quotation = view.quote[at - 3]
    return at > _MIN_SAID and view.norm[at - 2] == '"' and quotation is not None and view.close_of(quotation) == at - 2


def _says_no_more(view: View, start: int) -> bool:
    """«كذا»، تقول فتاة | من القرية لشبكة كذا: whether what follows who said it is where, when, how and to whom."""
    rest = range(start, len(view))
    said = any(view.is_complementiser(at) or view.norm[at] == ":" or is_finite(view, at) for at in rest)
    opened = (view.opened(at) for at in rest if view.norm[at] == '"')
    speech = any(q is not None and (view.close_of(q) or len(view)) - q.open[1] > _LONGEST_NAME for q in opened)
    return not (said or speech)


def _draft(view: View, cue: Cue, frame: Frame, phrase: Phrase | None, stance: Stance) -> Draft:
    draft = Draft(
        at=cue.at,
        segment=cue.at,
        kind=_KINDS.get(cue.form.kind, "finite"),
        start=frame.start,
        skip=frame.skip,
        cue=view.span(cue.at, cue.at + 1, skip=cue.skip),
        stance=stance,
        joined=cue.joined,
        weak=frame.link in {"noun", "preposition"},
        asks=cue.form.verb.lemma in _ASKING,
        fresh=cue.form.kind in _FINITE and frame.subject is not None and frame.subject.known,
        bound=_is_bound(view, cue),
        agrees=_agrees(view, cue, frame),
        phrase=phrase,
        score=score_of(cue, frame, phrase),
    )
    if frame.said >= 0 and draft.stance == "asserts":
        draft.stance = "denies" if view.has(frame.said, "denying") else draft.stance
        draft.stance = "suggests" if view.has(frame.said, "supposing") else draft.stance
    if frame.renewed is not None:
        draft.stance = frame.renewed
    hoped = suggested_start(view, draft.start) if frame.link == "preposition" else None
    if hoped is not None:
        draft.stance, draft.start, draft.skip = "suggests", *hoped
    return draft


def _agrees(view: View, cue: Cue, frame: Frame) -> Agreement | str:
    """Who may be carried over as the subject: of وأضاف هؤلاء people of before."""
    if frame.relayed:
        return ""
    of_these = cue.at + 1 < len(view) and view.norm[cue.at + 1] == "هولاء" and frame.subject is None
    return "p" if of_these else cue.form.agrees


def _is_bound(view: View, cue: Cue) -> bool:
    """Whether a verb without a subject of its own has one before it that was not read: of it no speaker of before says
    anything (أول من أشار إلى, سبق للوزير أن وعد, علق إعلان يفيد بأن)."""
    previous = cue.at - 1
    if cue.skip or previous < 0 or view.tokens[previous].kind != "word" or view.timed[previous]:
        return False
    if view.norm[previous] in {"من", "ممن"}:
        return True
    if cue.at + 1 < len(view) and view.norm[cue.at + 1] in _SOME:
        return True  # قال أحد هؤلاء
    if cue.form.kind == "past":
        return view.norm[previous] == "ان" or _tells_of_others(view, cue.at)
    lists = (
        "connective",
        "negation",
        "adjunct",
        "clause",
        "trailing",
        "gap",
        "pronoun",
        "quantity",
        "relative",
        "when",
    )
    free = any(view.has_joined(previous, words) for words in lists) or view.is_complementiser(previous)
    found = forms_of(view, previous)
    is_verb = found is not None and any(form.kind in _FINITE for form in found[0])
    return cue.form.kind == "present" and not free and not is_verb


def _tells_of_others(view: View, at: int) -> bool:
    """وكانت هدن مماثلة أعلنت ثم انهارت: between كان and the verb stands a subject that no list knows."""
    for before in range(at - 1, max(-1, at - _MAX_OTHERS), -1):
        if view.tokens[before].kind != "word":
            return False
        if view.norm[before].removeprefix("و") in _WAS:
            return before < at - 1 and not view.has(at - 1, "gap")
    return False


def _sender(view: View, paper: Phrase, at: int) -> Phrase | None:
    """وصل بلاغ | من سكان القرية يفيد بأن: who sent the word that says it."""
    if paper.end + 1 >= at or view.norm[paper.end] != "من":
        return None
    sender = read_phrase(view, paper.end + 1, nominal=False, until=at)
    return sender if sender is not None and sender.known and sender.end == at else None


def _stranger_was(view: View, at: int) -> Phrase | None:
    """وكان | بيسكوف أكد أن: who stands between كان and the verb says it, known or not."""
    was = next(before for before in range(at - 1, -1, -1) if view.norm[before].removeprefix("و") in _WAS)
    phrase = read_phrase(view, was + 1, nominal=False, until=at)
    bare = phrase is not None and not has_article(view.norm[was + 1]) and phrase.end > was + 2
    if phrase is None or phrase.end < at or bare or not can_be_subject(phrase, "", after=False):
        return None
    return msgspec.structs.replace(phrase, known=True)


def _follows_stranger(view: View, cue: Cue) -> bool:
    """تظاهرات تطالب ب: a verb in the present right after a bare noun that no list knows; the noun is its subject."""
    at = cue.at - 1
    if cue.form.kind != "present" or cue.skip or at < 0 or view.tokens[at].kind != "word" or view.timed[at]:
        return False
    if view.has(cue.at + 1, "pronoun") or view.original(at).endswith("ه"):
        return False  # شريط يؤكد فيه, وكأنه يرى
    known = any(view.has(at, words) for words in ("connective", "negation", "adjunct", "clause", "trailing", "gap"))
    is_bare = view.covered[at] is None and not view.is_complementiser(at)
    if has_article(view.norm[at]) and cue.form.agrees != "p":
        return False
    return is_bare and not known and not view.has_joined(at, "preposition") and forms_of(view, at) is None


def _frame(view: View, cue: Cue, before: Phrase | None) -> Frame:
    """The frame, read again without a subject where the phrase before the verb is the better one."""
    relative = is_relative(view, cue)
    adjacent = before is not None and (relative or not _comma_between(view, before.end, cue.at))
    of_before = cue.form.verb.object == "relay" and cue.at + 1 < len(view) and view.has(cue.at + 1, "pronoun")
    adjacent = adjacent and not (relative and of_before)
    takes_object = bool(cue.form.verb.object) or "noun" in cue.form.verb.takes
    adjacent = adjacent and not _has_own_subject(view, cue)
    frame = read_frame(view, cue, subject_before=adjacent and takes_object and not cue.pronoun)
    if frame.subject is not None and before is not None and not frame.subject.known:
        return read_frame(view, cue, subject_before=True)
    if relative and before is not None and cue.form.verb.object != "content" and not agreement_of(before, ""):
        # الذي أعلنت الحكومة وفاته: the noun right of the verb is the subject where it can be.
        other = read_frame(view, cue, subject_before=False)
        if other.subject is not None and other.subject.known and other.link == frame.link == "noun":
            return other
    return frame


def _has_own_subject(view: View, cue: Cue) -> bool:
    """أما السفارة فأكد | ملحقها فلان أن: who speaks is of the one that the sentence opens with."""
    at = cue.at + 1
    if view.norm[0] not in {"اما", "واما"} or at >= len(view) or has_article(view.norm[at]):
        return False
    owned = view.norm[at].endswith(("ها", "هم")) or (view.norm[at].endswith("ه") and view.original(at)[-1:] == "ه")
    found = view.noun(at)
    return owned and found is not None and found[2]


def _comma_between(view: View, start: int, end: int) -> bool:
    return any(view.is_comma(at) for at in range(start, end))


def _negated(view: View, cue: Cue) -> Draft | None:
    """لكنه لم يذكر: no claim, but what stands before it ends."""
    segment = segment_start(view, cue.at - 1)
    if segment < cue.at - 1 and view.has(segment, "breaking"):
        return Draft(at=cue.at, segment=segment, kind="closing")
    if view.norm[cue.at - 1] == "ولم" and view.is_comma(cue.at - 2) and cue.form.verb.lemma in _TOLD_NOT:
        return Draft(at=cue.at, segment=cue.at - 1, kind="closing")  # ، ولم يشر إلى ضحايا
    return None
