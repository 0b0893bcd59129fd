"""The state of a walk from a cue to its complement, and what the walk found."""

from __future__ import annotations

from typing import Literal

import msgspec

from khabar.attribution.cues import Cue, is_finite
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.view import View
from khabar.records import Stance

__all__ = ["Frame", "Link", "Walk"]

_MAX_STRAYS = 2
_FAR = 25  # tokens from a verb to بأن

Link = Literal["clause", "quote", "preposition", "noun", "none"]


class Frame(msgspec.Struct):
    """What was read right of a cue. `start` is the content's first token, with `skip` letters before it left out;
    `told` are phrases with ل, `carriers` those who carried it; `relayed` says that the cue names its source after a
    preposition, `of_before` that this is a speaker of before (نقلت عنه وكالة); `stray` counts words that fit nowhere;
    `said` is where a noun repeats the saying (نقلت عن مصدر نفيه أن), -1 where none does, `renewed` the stance of the
    noun of saying that is the complement (جدد نفيه كذا).
    """

    cue: Cue
    link: Link = "none"
    start: int = 0
    skip: int = 0
    subject: Phrase | None = None
    told: list[Phrase] = []
    carriers: list[Phrase] = []
    relayed: bool = False
    of_before: bool = False
    stray: int = 0
    said: int = -1
    renewed: Stance | None = None


class Walk:
    """Where a walk is, and what it may still meet.

    `wants_subject` and `wants_object` say what the verb still needs; `in_circumstance` that words which name nobody
    may stand here; `aside` is the comma that closes a circumstance set off by commas; `cues_passed` counts the verbs
    of saying that were taken for stray words. Steps give True where the content was found, False where the walk fails,
    None to go on.
    """

    def __init__(self, view: View, cue: Cue, *, subject_before: bool) -> None:
        self.view = view
        self.cue = cue
        self.verb = cue.form.verb
        self.takes = cue.form.verb.takes
        self.at = cue.at + 1
        self.frame = Frame(cue, told=[], carriers=[])
        # Participles have no subject to their right, nor has a verb in the plural (أضافوا).
        owned = cue.form.kind == "noun" and cue.form.verb.lemma.endswith(("ه", "ها", "هم", "هما"))
        has_subject_after = cue.form.kind != "participle" and not owned and cue.form.agrees != "p"
        self.wants_subject = has_subject_after and not subject_before
        self.after_subject = subject_before
        self.wants_object = self.verb.object in {"content", "addressee"} and not cue.pronoun
        self.in_circumstance = False
        self.aside = -1
        self.cues_passed = 0
        self.takes_noun = not self.takes.isdisjoint({"noun", "count"}) and not cue.pronoun
        self.nominal = self.takes_noun or self.verb.object in {"content", "addressee"}

    def fail(self) -> Frame:
        self.frame.link = "none"
        return self.frame

    def content(self, link: Link, start: int, skip: int = 0) -> bool:
        """The content starts at a token; False where the cue's pronoun is its complement already (أعلنتها)."""
        if self.cue.pronoun and not self.verb.object:
            return False
        self.frame.link, self.frame.start, self.frame.skip = link, start, skip
        if self.frame.of_before and self.frame.subject is not None:
            self.frame.carriers.append(self.frame.subject)
            self.frame.subject = None
        return True

    def phrase(self, at: int, *, nominal: bool = True) -> Phrase | None:
        return read_phrase(self.view, at, nominal=nominal, takes=self._opening)

    @property
    def _opening(self) -> frozenset[str]:
        """The prepositions that open the content here: not ب where بأن does, further on: أفاد المدير بالفرع | بأن."""
        if "ب" not in self.takes:
            return self.takes
        for at in range(self.cue.at + 1, min(self.cue.at + _FAR, len(self.view))):
            if self.view.norm[at][:1] == "ب" and self.view.is_complementiser(at):
                return self.takes - {"ب"}
            if self.view.is_comma(at) or self.view.norm[at] in {":", "."} or is_finite(self.view, at):
                break
        return self.takes

    def pass_to(self, at: int) -> bool:
        """Past a circumstance or a hearer; True, for the steps that say whether they took a word."""
        self.at = at
        self.in_circumstance = True
        return True

    def take_subject(self, phrase: Phrase) -> None:
        strays = range(self.cue.at + 1, phrase.start)
        if 0 < len(strays) == self.frame.stray <= _MAX_STRAYS and all(self._may_head(at) for at in strays):
            phrase = msgspec.structs.replace(phrase, start=self.cue.at + 1, skip=0)  # the head of its name
        self.frame.subject = phrase
        self.at = phrase.end
        self.in_circumstance = False

    def _may_head(self, at: int) -> bool:
        """Whether a word that no list knows may be the first of a body's name."""
        view = self.view
        is_small = any(view.has(at, words) for words in ("clause", "phrase_stop", "quantifier", "not_lam"))
        return not self.nominal and view.tokens[at].kind == "word" and not is_small and not view.norm[at].endswith("ا")

    def relay(self, phrase: Phrase) -> None:
        """The subject read so far carries, the source follows."""
        if self.frame.subject is not None:
            self.frame.carriers.append(self.frame.subject)
        self.frame.subject, self.frame.relayed = phrase, True
        self.wants_subject = False
        self.at = phrase.end

    def ends_telling(self, at: int) -> bool:
        """Whether a complementiser, a colon or a quotation stands here."""
        view = self.view
        return view.is_complementiser(at) or view.norm[at] == ":" or view.opened(at) is not None
