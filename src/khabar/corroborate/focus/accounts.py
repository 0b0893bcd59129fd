"""Whether somebody whom a reporter met tells what he lived through: in features that is told in the present as well,
`يقول حارس إن مسلحين قيدوه`, where `يقول السكان` is what people say at large."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import plain
from khabar.corroborate.profiles import Voice
from khabar.corroborate.words import words_of
from khabar.records import Claim, Event
from khabar.text import fold

__all__ = ["is_one", "is_withheld", "recounts"]

_OF = frozenset({"احد", "احدي", "احدهم", "احداهن", "اثنان", "اثنين", "اثنتان", "اثنتين"})
_PLURAL = ("ون", "ين", "و", "ات")
_SHORTEST = 4  # letters of such a plural: not لون
# اقتحموا, قيدوه, أنزلوهم: what others did, of whatever verb; not يقتحموا
_THEY_DID = re.compile(r"[وف]?(?!ي)[^\W\d_]{3,}(?:وا|وه|وها|وهم|ونا|وني)$")
_NOT_A_VERB = re.compile(r"[^\W_]*ؤ[^\W_]*")
_USED_TO = re.compile(r"[وف]?(?:[يت]?عتاد|اعتاد|تعود|داب)")
_NOT_YET = ("ي", "ت", "س", "ال")
_NAME = re.compile(r"\s(?:ال)?(?:اسم|هوي[ةت]|أسماء?)(?:ه|ها|هم|هما|يهما)?(?![^\W\d_])")


def is_one(claim: Claim, cues: Cues) -> bool:
    """Whether a source is one person, or two, whom the reporter met: no people at large, and nobody who explains."""
    words = words_of(claim.source.text) if claim.source else []
    if not words or cues.any("expert", words[:2]):
        return False
    first = words[0]
    if first in _OF:
        return True
    if first.startswith("ال"):
        return cues.has("human", plain(first)) or cues.has("kin", plain(first))
    if first.endswith("ان") and cues.has("several", first):
        return True  # عاملان آخران
    several = first.endswith(_PLURAL) and len(first) >= _SHORTEST
    return not (several or any(cues.has(name, first) for name in ("many", "folk", "several")))


def is_withheld(claim: Claim, text: str) -> bool:
    """Whether a source is one that keeps its name back, `اشترط عدم ذكر اسمه`: it was asked for this report."""
    source = claim.source
    return source is not None and _NAME.search(text, source.start, max(source.end, claim.content.start)) is not None


def recounts(claim: Claim, voice: Voice | None, inside: Sequence[Event], cues: Cues) -> bool:
    """Whether one person tells by a word for it, `يروي`, or says what was done to him or before his eyes; `inside` are
    the events of the claim."""
    if (
        claim.cue is None
        or claim.stance != "asserts"
        or voice is None
        or voice.kind in {"media", "document", "organization"}
    ):
        return False
    named = voice.kind == "named_person"
    if not (named or is_one(claim, cues)):
        return False
    if cues.has("recount", fold(claim.cue.text)):
        return True
    return not named and _narrates(claim, inside)


def _narrates(claim: Claim, inside: Sequence[Event]) -> bool:
    """Whether a content tells of deeds that were done once."""
    words = words_of(claim.content.text)
    if any(map(_USED_TO.match, words)):
        return False
    # أبناؤها is no verb, though folded it is spelled like one
    words = words_of(_NOT_A_VERB.sub(" ", claim.content.text))
    certain = (fold(event.trigger.text) for event in inside if event.factuality == "certain")
    return any(map(_THEY_DID.match, words)) or any(not word.startswith(_NOT_YET) for word in certain)
