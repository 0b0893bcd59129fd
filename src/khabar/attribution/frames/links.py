"""What links a cue to its content or to its source: prepositions and citing particles inside the frame."""

from __future__ import annotations

import msgspec

from khabar.attribution.cues import forms_of, particle_at
from khabar.attribution.frames.walk import Walk
from khabar.attribution.modifiers import has_article
from khabar.attribution.phrases import Phrase

__all__ = ["is_measured", "opens_with_ba", "past_link", "past_particle"]

_MAX_STRAY = 2
_MAX_HOLDER = 10  # tokens from where an office is to what its holder says
_MEASURED = 8  # tokens of what is estimated
_MAX_APART = 6  # tokens between a homograph with its subject and its preposition
_MIN_WITH_LAM = 3
_THAT = frozenset({"ان", "انه", "انها", "انهم"})


def past_particle(walk: Walk) -> bool:
    """وفقا لموقع كذا inside the frame: who carried it."""
    view = walk.view
    found = particle_at(view, walk.at)
    if found is not None and found.particle.words == ("كما",):
        return _past_teller(walk, found.end)
    if found is None or found.particle.use not in {"source", "carrier"}:
        return False
    end = found.end
    if end + 1 < len(view) and view.norm[end] in {"ما", "لما"} and forms_of(view, end + 1) is not None:
        end += 2
        if view.has(end, "pronoun"):
            end += 1
    phrase = walk.phrase(end)
    if phrase is None or not (phrase.known or view.outlet(phrase.start, phrase.end) is not None):
        return False
    through = found.particle.words == ("علي", "لسان") and walk.verb.object == "relay" and not walk.frame.relayed
    if found.particle.words[0] == "نقلا" or through:
        walk.relay(phrase)
    elif found.particle.words == ("علي", "لسان"):
        walk.at = phrase.end  # قالت اللجنة على لسان أمينها: one voice
    else:
        walk.frame.carriers.append(phrase)
        walk.at = phrase.end
    walk.in_circumstance = True
    return True


def _past_teller(walk: Walk, at: int) -> bool:
    """يطالب المحتجون، كما شرح لنا فلان، | برحيل المدير: between commas who says what others say."""
    view, subject = walk.view, walk.frame.subject
    if subject is None or not view.is_comma(walk.at - 1) or at + 1 >= len(view):
        return False
    forms = forms_of(view, at)
    if forms is None or not any(form.kind in {"past", "present"} for form in forms[0]):
        return False
    phrase = walk.phrase(at + 2 if view.has(at + 1, "pronoun") else at + 1, nominal=False)
    if phrase is None or not phrase.known or phrase.end >= len(view) or not view.is_comma(phrase.end):
        return False
    walk.frame.carriers.append(phrase)
    return walk.pass_to(phrase.end + 1)


def past_link(walk: Walk) -> bool | None:
    """The cue's preposition, the relay's or the document's; None where the word is none of these."""
    view, at, verb, takes = walk.view, walk.at, walk.verb, walk.takes
    word = view.norm[at]
    if verb.object in {"relay", "document"} and not walk.frame.relayed:
        if word == verb.link:
            return _linked_source(walk)
        if verb.object == "document":
            return False
    if word == "عن" and _past_issuer(walk):
        return None
    is_preposition = view.covered[at] is None  # شدد | علي العامري, who bears a name that is spelled so
    if ((word in takes and is_preposition) or _tells_of(walk, word)) and at + 1 < len(view):
        return _after_preposition(walk, at + 1)
    counts_place = "count" in takes and at in view.names and view.names[at].mention.type == "PLACE"
    if "ب" in takes and _past_place(walk):
        return None
    if "ب" in takes and opens_with_ba(walk, at) and not counts_place:
        if walk.wants_object and verb.object == "content" and walk.cue.form.kind == "participle":
            return False  # متهمين بكذا are accused, they do not accuse
        return _prepositional(walk, at + 1) if word == "ب" else _prepositional(walk, at, 1)
    if "ل" in takes and word[:1] == "ل" and len(word) > _MIN_WITH_LAM and not view.has(at, "not_lam"):
        return walk.content("preposition", at, 1)
    return None


def _past_issuer(walk: Walk) -> bool:
    """كشف تقرير صادر | عن الوزارة أن: who put out the paper that speaks."""
    view, at, subject = walk.view, walk.at, walk.frame.subject
    if subject is None or not subject.is_paper or subject.end != at or not view.has(at - 1, "issued"):
        return False
    phrase = walk.phrase(at + 1) if at + 1 < len(view) else None
    if phrase is None:
        return False
    walk.frame.subject = msgspec.structs.replace(subject, end=phrase.end, names=(*subject.names, *phrase.names))
    return walk.pass_to(phrase.end)


def _past_place(walk: Walk) -> bool:
    """صرح مصدر مسؤول | بوزارة كذا أن: where who speaks belongs is no content, when the clause follows."""
    view, at, subject = walk.view, walk.at, walk.frame.subject
    if subject is None or subject.end != at or not opens_with_ba(walk, at):
        return False
    found, name = view.noun(at), view.covered[at]
    if name is None and (found is None or found[0].kind != "organization"):
        return False
    phrase = walk.phrase(at)
    if phrase is None:
        return False
    end = phrase.end
    while end < min(at + _MAX_HOLDER, len(view)) and not walk.ends_telling(end):
        if (
            view.tokens[end].kind != "word"
            or forms_of(view, end) is not None
            or view.has(end, "clause")
            or view.has(end, "preposition")
        ):
            return False
        end += 1  # مدير الأمن بالمدينة | العقيد فلان بأن
    if end >= len(view) or not walk.ends_telling(end):
        return False
    names = tuple(view.names[inside] for inside in range(at, end) if inside in view.names)
    walk.frame.subject = msgspec.structs.replace(subject, end=end, names=(*subject.names, *names))
    return walk.pass_to(end)


def _tells_of(walk: Walk, word: str) -> bool:
    """أكد الوزير | عن وصول كذا: papers write عن after verbs that take a bare noun, right after the subject."""
    subject = walk.frame.subject
    is_plain = "noun" in walk.takes and walk.verb.trust == "sure" and walk.verb.stance == "asserts"
    return word == "عن" and is_plain and subject is not None and subject.known and subject.end == walk.at


def opens_with_ba(walk: Walk, at: int) -> bool:
    """Whether the preposition ب opens the token."""
    view = walk.view
    word = view.norm[at]
    if word[:1] != "ب" or len(word) == 2 or view.has(at, "not_ba"):
        return False
    found = view.noun(at)
    if (found is not None and found[1] == 0) or (at == walk.cue.at + 1 and word in view.surnames):
        return False  # رحبت | بلدية كذا بالقرار
    name = view.covered[at]
    # A name's own letter is no preposition.
    return name is None or (name.start == at and view.tokens[at].start < name.mention.start)


def _after_preposition(walk: Walk, at: int) -> bool | None:
    view = walk.view
    on_occasion = view.norm[at - 1] in {"في", "علي"} and view.has_noun(at, "occasion")
    if on_occasion or view.has(at, "platform"):
        phrase = walk.phrase(at)
        walk.pass_to(phrase.end if phrase is not None else at + 1)
        return None
    if view.is_complementiser(at) or view.norm[at] in _THAT:
        return walk.content("clause", at + 1)
    return _prepositional(walk, at)


def _prepositional(walk: Walk, start: int, skip: int = 0) -> bool:
    """Content after the cue's preposition; stray words before it mean that the preposition is another's."""
    subject = walk.frame.subject
    near = subject.end if subject is not None else walk.cue.at + 1
    if walk.verb.trust == "clause" and start - near > _MAX_APART:
        return False
    return walk.frame.stray <= _MAX_STRAY and walk.content("preposition", start, skip)


def _linked_source(walk: Walk) -> bool | None:
    """نقلت رويترز | عن مصدر, جاء | في البيان."""
    phrase = walk.phrase(walk.at + 1)
    if phrase is None:
        return False
    is_document = walk.verb.object == "document"
    if is_document and not (phrase.is_paper or phrase.is_media):
        return False
    if not phrase.known and walk.verb.lemma != "نقل":
        return False
    if is_document:
        walk.frame.subject = None
    elif not _is_relayed(walk, phrase):
        # نسبته الحكومة إلى كذا blames, it does not relay.
        return walk.cue.pronoun and walk.content("preposition", walk.at + 1)
    walk.relay(phrase)
    return None


def _is_relayed(walk: Walk, phrase: Phrase) -> bool:
    view, at = walk.view, phrase.end
    if walk.verb.lemma != "نسب":
        return True
    return at < len(view) and (walk.ends_telling(at) or view.has(at, "saying"))


def is_measured(walk: Walk) -> bool:
    """قدر الاتحاد | المساحة المزروعة بألف فدان: right after the subject what is estimated, then how much it is."""
    view, at, subject = walk.view, walk.at, walk.frame.subject
    if walk.verb.lemma != "قدر" or subject is None or subject.end != at or not has_article(view.norm[at]):
        return False
    return any(opens_with_ba(walk, end) for end in range(at + 1, min(at + _MEASURED, len(view))))
