"""From a cue to its complement: who is its subject, what stands between, and where the content starts.

The reader walks from the cue to the right: the subject's noun phrase, circumstances (في بيان, أمس), who is told
(لوكالة …), until a complementiser, a colon, a quotation, the cue's preposition or, for cues that take one, a bare
noun phrase opens the content.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from khabar.attribution.agreement import can_be_subject
from khabar.attribution.cues import Cue, forms_of, is_finite, particle_at
from khabar.attribution.modifiers import has_article, name_skip
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.view import View

__all__ = ["Frame", "Link", "read_frame"]

Link = Literal["clause", "quote", "preposition", "noun", "none"]
_MAX_WALK = 70
_MAX_STRAY = {"sure": 25, "frame": 14, "clause": 3}
_MAX_OBJECT = 40
_MAX_STRAY_BEFORE = 2
_LOOK_AHEAD = 30
_BRACKETS = {"(": ")", "-": "-", "–": "–", "—": "—"}


class Frame(msgspec.Struct):
    """What was read right of a cue. `start` is the content's first token, with `skip` letters before it left out;
    `told` are phrases with ل, `carriers` those who carried it; `stray` counts words that fit nowhere."""

    cue: Cue
    link: Link = "none"
    start: int = 0
    skip: int = 0
    subject: Phrase | None = None
    told: list[Phrase] = []
    carriers: list[Phrase] = []
    relayed: bool = False
    stray: int = 0


def read_frame(view: View, cue: Cue, *, subject_before: bool) -> Frame:
    """The frame of a cue; `link` is `none` where no complement was found.

    `subject_before` says that the subject stands left of the cue, so that a phrase right of it is an object.
    """
    walk = _Walk(view, cue, subject_before=subject_before)
    for _ in range(_MAX_WALK):
        if walk.at >= len(view):
            break
        before = walk.at
        found = walk.step()
        if found is not None:
            return _trimmed(walk) if found else walk.fail()
        if walk.at == before:
            break
    return walk.fail()


def _trimmed(walk: _Walk) -> Frame:
    """Skip what stands between the link and the content: marks, a second complementiser."""
    view, frame = walk.view, walk.frame
    start = frame.start
    while start < len(view) and not (frame.skip and start == frame.start):
        if view.tokens[start].kind != "punct" and not view.is_complementiser(start):
            break
        start += 1
    if start != frame.start:
        frame.skip = 0
    frame.start = start
    return frame if start < len(view) else walk.fail()


class _Walk:
    """The walk's state: where it is, and what it may still meet. Steps give True where the content was found,
    False where the walk fails, None to go on."""

    def __init__(self, view: View, cue: Cue, *, subject_before: bool) -> None:
        self.view = view
        self.cue = cue
        self.verb = cue.form.verb
        self.takes = cue.form.verb.takes
        self.at = cue.at + 1
        self.frame = Frame(cue, told=[], carriers=[])
        # Participles have no subject to their right, nor has a verb in the plural (أضافوا).
        self.wants_subject = (
            cue.form.kind not in {"participle", "noun"} and cue.form.agrees != "p" and not subject_before
        )
        self.wants_object = self.verb.object in {"content", "addressee"} and not cue.pronoun
        self.in_circumstance = False
        self.of_before = False  # نقلت عنه وكالة: the source is a speaker of before
        self.takes_noun = "noun" in self.takes and not cue.pronoun
        self.nominal = self.takes_noun or self.verb.object in {"content", "addressee"}

    def fail(self) -> Frame:
        self.frame.link = "none"
        return self.frame

    def content(self, link: Link, start: int, skip: int = 0) -> bool:
        if self.cue.pronoun and not self.verb.object and link != "quote":
            return False  # الهدنة التي أعلنتها: the pronoun is the complement
        self.frame.link, self.frame.start, self.frame.skip = link, start, skip
        if self.of_before and self.frame.subject is not None:
            self.frame.carriers.append(self.frame.subject)
            self.frame.subject = None
        return True

    def phrase(self, at: int, *, nominal: bool = True) -> Phrase | None:
        return read_phrase(self.view, at, nominal=nominal, takes=self.takes)

    def step(self) -> bool | None:
        view, at = self.view, self.at
        if view.tokens[at].kind == "punct":
            return self._mark()
        if view.is_complementiser(at):
            return self.content("clause", at + 1) if self._takes_clause() else False
        if view.has(at, "saying") or view.has(at, "pronoun"):
            self.at += 1
            if self.verb.object == "relay" and view.norm[at][:-1] == self.verb.link:
                self.frame.relayed = self.of_before = True
                return None
            # تحدث عنهم: the preposition has its object, nothing follows.
            return False if self._complemented(at) else None
        if self._particle():
            return None
        linked = self._link()
        if linked is not None or self.at != at:
            return linked
        if self._told() or self._circumstance():
            return None
        return self._phrase()

    def _takes_clause(self) -> bool:
        return "clause" in self.takes or self.verb.object in {"content", "addressee"} or len(self.takes) == 1

    def _complemented(self, at: int) -> bool:
        if self.takes_noun or "quote" in self.takes or self.verb.object:
            return False
        return any(self.view.norm[at].startswith(word) for word in self.takes)

    # Marks

    def _mark(self) -> bool | None:
        view, at = self.view, self.at
        word = view.norm[at]
        if word == ":":
            return self._colon()
        if word == '"':
            return self._quotation()
        if word in _BRACKETS:
            for end in range(at + 1, min(at + _LOOK_AHEAD, len(view))):
                if view.norm[end] == _BRACKETS[word]:
                    self.at = end + 1
                    return None
            return False
        if view.is_comma(at):
            return self._comma()
        if word in {")", "/", "*", "[", "]"}:
            self.at += 1
            return None
        return False

    def _colon(self) -> bool:
        if "quote" in self.takes or self.verb.trust != "clause":
            return self.content("quote", self.at + 1)
        return False

    def _quotation(self) -> bool | None:
        view, at = self.view, self.at
        quotation = view.opened(at)
        if quotation is None:
            if (
                view.quote[self.cue.at] is not None
                and view.quote[self.cue.at] is not view.quote[min(at + 1, len(view) - 1)]
            ):
                return False
            self.at += 1
            return None
        phrase = self.phrase(at, nominal=self.nominal)
        if self.wants_subject and self.frame.subject is None and phrase is not None and phrase.names:
            self._take_subject(phrase)
            return None
        if "quote" not in self.takes and self.verb.trust == "clause":
            return False
        close = view.close_of(quotation)
        if close is not None and close - at <= 6 and self.in_circumstance and self._reaches_clause(close + 1):
            # A name in quotation marks inside a circumstance: في ختام «الحوار الاستراتيجي»، إن
            self.at = close + 1
            return None
        return self.content("quote", at)

    def _comma(self) -> bool | None:
        """Past a comma where more of the frame follows it."""
        view, following = self.view, self.at + 1
        if following >= len(view):
            return False
        goes_on = (
            view.is_complementiser(following)
            or view.opened(following) is not None
            or view.has(following, "adjunct")
            or view.timed[following]
            or view.norm[following] in self.takes
            or particle_at(view, following) is not None
            or (view.norm[following][:1] == "ل" and self._is_told_at(following))
            or (self.frame.subject is None and self.wants_subject and not self.takes_noun)
            or (self.wants_object and self.frame.subject is not None and following in view.names)
            or (self.takes_noun and self._object_follows(following))
            or self._reaches_clause(following)
        )
        if not goes_on:
            return False
        self.at = following
        self.in_circumstance = True
        return None

    def _object_follows(self, at: int) -> bool:
        """نفى السفير، توقف الاتفاق: a bare noun after the comma that ends the subject."""
        view, subject = self.view, self.frame.subject
        if subject is None or not subject.known or view.tokens[at].kind != "word" or subject.end != at - 1:
            return False
        is_clause = view.has(at, "clause") or view.has(at, "connective") or view.has(at, "relative")
        return not is_clause and view.norm[at][:1] not in {"و", "ف"} and forms_of(view, at) is None

    def _reaches_clause(self, at: int) -> bool:
        """Whether a comma and a complementiser after it close what this comma opened (، الذي …، إن)."""
        view = self.view
        for end in range(at, min(at + _LOOK_AHEAD, len(view))):
            if view.is_complementiser(end):
                return view.is_comma(end - 1) or end == at
            if view.norm[end] == '"' and end > at and view.is_comma(end - 1) and view.opened(end) is not None:
                return "quote" in self.takes
            if view.norm[end] == ":":
                return True
            if end > at and view.norm[end][:1] == "و" and is_finite(view, end):
                return False
        return False

    # Words that link

    def _particle(self) -> bool:
        """وفقا لموقع كذا inside the frame: who carried it."""
        found = particle_at(self.view, self.at)
        if found is None or found.particle.use not in {"source", "carrier"}:
            return False
        end = found.end
        if end < len(self.view) and self.view.norm[end] in {"ما", "لما"} and is_finite(self.view, end + 1):
            end += 2
            if self.view.has(end, "pronoun"):
                end += 1
        phrase = self.phrase(end)
        if phrase is None or not phrase.known:
            return False
        if found.particle.words[0] == "نقلا":
            self._relay(phrase)
        else:
            self.frame.carriers.append(phrase)
            self.at = phrase.end
        self.in_circumstance = True
        return True

    def _relay(self, phrase: Phrase) -> None:
        """The subject read so far carries, the source follows."""
        if self.frame.subject is not None:
            self.frame.carriers.append(self.frame.subject)
        self.frame.subject, self.frame.relayed = phrase, True
        self.wants_subject = False
        self.at = phrase.end

    def _link(self) -> bool | None:
        """The cue's preposition, the relay's or the document's."""
        view, at, verb = self.view, self.at, self.verb
        word = view.norm[at]
        if verb.object in {"relay", "document"} and not self.frame.relayed:
            if word == verb.link:
                return self._linked_source()
            if verb.object == "document":
                return False
        if word in self.takes and at + 1 < len(view):
            on_occasion = view.has(at + 1, "platform") or (word in {"في", "علي"} and view.has_noun(at + 1, "occasion"))
            if on_occasion:
                phrase = self.phrase(at + 1)
                self._pass(phrase.end if phrase is not None else at + 2)
                return None
            if view.is_complementiser(at + 1) or view.norm[at + 1] in {"ان", "انه", "انها", "انهم"}:
                return self.content("clause", at + 2)
            return self._prepositional(at + 1)
        if "ب" in self.takes and self._opens_with_ba():
            if self.wants_object and self.verb.object == "content" and self.cue.form.kind == "participle":
                return False  # متهمين بكذا are accused, they do not accuse
            return self._prepositional(at + 1) if word == "ب" else self._prepositional(at, 1)
        if "ل" in self.takes and word[:1] == "ل" and len(word) > 3 and not view.has(at, "not_lam"):
            return self.content("preposition", at, 1)
        return None

    def _prepositional(self, start: int, skip: int = 0) -> bool:
        """Content after the cue's preposition; stray words before it mean that the preposition is another's."""
        return self.content("preposition", start, skip) if self.frame.stray <= _MAX_STRAY_BEFORE else False

    def _opens_with_ba(self) -> bool:
        view, at = self.view, self.at
        word = view.norm[at]
        if word[:1] != "ب" or len(word) == 2 or view.has(at, "not_ba"):
            return False
        name = view.covered[at]
        # A name's own letter is no preposition.
        return name is None or (name.start == at and view.tokens[at].start < name.mention.start)

    def _linked_source(self) -> bool | None:
        """نقلت رويترز | عن مصدر, جاء | في البيان."""
        phrase = self.phrase(self.at + 1)
        if phrase is None:
            return False
        is_paper = phrase.head is not None and phrase.head.kind in {"document", "media"}
        if self.verb.object == "document" and not is_paper:
            return False
        if not phrase.known and self.verb.lemma != "نقل":
            return False
        if self.verb.object == "document":
            self.frame.subject = None
        elif not self._is_relayed(phrase):
            # نسبته الحكومة إلى كذا blames, it does not relay.
            return self.content("preposition", self.at + 1) if self.cue.pronoun else False
        self._relay(phrase)
        return None

    def _is_relayed(self, phrase: Phrase) -> bool:
        view, at = self.view, phrase.end
        if self.verb.lemma != "نسب":
            return True
        return at < len(view) and (self._ends_telling(at) or view.has(at, "saying"))

    # Who is told

    def _is_told_at(self, at: int) -> bool:
        view = self.view
        word = view.norm[at]
        if word == "ل":
            return True
        name = view.names.get(at)
        if name is not None:
            return name_skip(view, name) > 0
        found = view.lexicon.source_noun(word)
        return (found is not None and found[1] > 0) or word.startswith("لل")

    def _told(self) -> bool:
        """لوكالة فرانس برس, لـ«الشرق الأوسط», للصحفيين: kept aside."""
        view, at = self.view, self.at
        word = view.norm[at]
        if word[:1] != "ل" or word in {"لم", "لن", "لا"} or view.has(at, "not_lam"):
            return False
        if word == "ل":
            return self._told_after(at + 1)
        name = view.names.get(at)
        if name is not None and not name_skip(view, name):
            return False
        if name is None and view.lexicon.sources.get(word) is not None:
            return False
        if name is None and not self._is_told_at(at):
            return self._told_stranger(at)
        phrase = self.phrase(at)
        if phrase is None or not phrase.known:
            return self._pass(at + 1)
        self.frame.told.append(phrase)
        return self._pass(phrase.end)

    def _told_stranger(self, at: int) -> bool:
        """لوالديها إنها: a hearer that no list knows, told by what follows."""
        view = self.view
        found = view.lexicon.source_noun(view.norm[at])
        follows = at + 1 < len(view) and (self._ends_telling(at + 1) or view.has(at, "hearer"))
        rest = view.norm[at][1:]
        if (found is None and follows) or rest in view.lexicon.words["hearer"]:
            return self._pass(at + 1)
        return False

    def _told_after(self, start: int) -> bool:
        view = self.view
        if start >= len(view):
            return False
        if view.norm[start] in {'"', "("}:
            for end in range(start + 1, min(start + 8, len(view))):
                if view.norm[end] in {'"', ")"} and end > start + 1:
                    names = tuple(view.names[i] for i in range(start + 1, end) if i in view.names)
                    self.frame.told.append(Phrase(start + 1, end, 0, None, True, names, bool(names), False))
                    return self._pass(end + 1)
        phrase = self.phrase(start)
        if phrase is None:
            return False
        self.frame.told.append(phrase)
        return self._pass(phrase.end)

    def _pass(self, at: int) -> bool:
        self.at = at
        self.in_circumstance = True
        return True

    def _ends_telling(self, at: int) -> bool:
        view = self.view
        return view.is_complementiser(at) or view.norm[at] == ":" or view.opened(at) is not None

    # Circumstances

    def _circumstance(self) -> bool:
        """Past a word of circumstance and the noun phrase that it governs."""
        view, at = self.view, self.at
        if view.timed[at] or (
            view.has_noun(at, "occasion") and (self.in_circumstance or self.frame.subject is not None)
        ):
            return self._pass(at + 1)
        word = view.norm[at]
        is_adjunct = view.has(at, "adjunct") or (word[:1] == "و" and word[1:] in view.lexicon.words["adjunct"])
        if not is_adjunct and not view.has(at, "preposition"):
            return False
        self._pass(at + 1)
        governs = view.has(at, "before_phrase") or view.has(at, "preposition")
        if governs and self.at < len(view) and not view.has(self.at, "adjunct") and not self._ends_telling(self.at):
            phrase = self.phrase(self.at)
            if phrase is not None:
                self.at = phrase.end
        return True

    # Noun phrases

    def _phrase(self) -> bool | None:
        """A noun phrase: subject, object, content, or a stray word."""
        view, at = self.view, self.at
        found = forms_of(view, at)
        if found is not None and any(form.kind == "participle" for form in found[0]):
            return False
        phrase = self._subject_at(at)
        if phrase is not None:
            self._take_subject(phrase)
            return None
        if self.in_circumstance and not self.takes_noun and not self.wants_object:
            self.at += 1
            return None
        if self.in_circumstance and view.norm[at][:1] in {"ب", "ل", "ك"} and self._has_clitic(at):
            inner = self.phrase(at)
            self._pass(inner.end if inner is not None else at + 1)
            return None
        if self.wants_object:
            return self._object()
        if self.in_circumstance and view.norm[at][:1] in {"ل", "ك"} and at not in view.names:
            self.at += 1
            return None
        if self.takes_noun and self._is_bare_content():
            return self.content("noun", at)
        return self._stray()

    def _has_clitic(self, at: int) -> bool:
        view = self.view
        name, noun = view.names.get(at), view.lexicon.source_noun(view.norm[at])
        return (name is not None and name_skip(view, name) > 0) or (name is None and noun is not None and noun[1] > 0)

    def _take_subject(self, phrase: Phrase) -> None:
        self.frame.subject = phrase
        self.at = phrase.end
        self.in_circumstance = False

    def _subject_at(self, at: int) -> Phrase | None:
        """A phrase right of a cue that is its subject rather than its object."""
        if not self.wants_subject or self.frame.subject is not None or self._has_clitic(at):
            return None
        phrase = self.phrase(at, nominal=self.nominal)
        if phrase is None or not can_be_subject(phrase, self.cue.form.agrees, after=True):
            return None
        if phrase.known:
            return phrase if self._known_speaks(phrase) else None
        if not self.nominal:
            starts_well = has_article(self.view.norm[at]) or not self.view.norm[at].endswith("ا")
            return phrase if starts_well and not self.in_circumstance and self._leads_on(phrase) else None
        has_more = phrase.end < len(self.view) and self.view.tokens[phrase.end].kind == "word"
        return phrase if has_article(self.view.norm[at]) and has_more and not self.in_circumstance else None

    def _known_speaks(self, phrase: Phrase) -> bool:
        view, kind = self.view, self.verb.object
        after = view.norm[phrase.end] if phrase.end < len(view) else ""
        if kind == "content" and not self.cue.pronoun:
            # One phrase before the preposition is the accused, two are accuser and accused.
            return not (after.startswith("ب") and phrase.end not in view.names)
        if kind == "addressee":
            return self._addresses(phrase)
        is_paper = phrase.head is not None and phrase.head.kind == "document"
        return not (is_paper and not phrase.definite and self.takes_noun)

    def _addresses(self, phrase: Phrase) -> bool:
        """دعا الرئيس إلى: the one phrase is the speaker; دعا جميع الأطراف إلى: it is who is addressed."""
        is_outlet = phrase.head is None and view_outlet(self.view, phrase)
        if not is_outlet and not phrase.quantified:
            return True
        second = self.phrase(phrase.end) if phrase.end < len(self.view) else None
        return (second is not None and second.known) != is_outlet

    def _leads_on(self, phrase: Phrase) -> bool:
        """Whether the frame goes on right after an unknown phrase, so that it can only be the subject."""
        view, at = self.view, phrase.end
        if at >= len(view):
            return False
        return (
            self._ends_telling(at)
            or view.timed[at]
            or view.is_comma(at)
            or view.has(at, "adjunct")
            or view.has(at, "preposition")
            or view.norm[at][:1] in {"ل", "ب", "("}
        )

    def _object(self) -> bool | None:
        view, at = self.view, self.at
        if self.verb.object == "content":
            for end in range(at + 1, min(at + _MAX_OBJECT, len(view))):
                word = view.norm[end]
                with_ba = "ب" in self.takes and word[:1] == "ب" and not view.has(end, "not_ba")
                if with_ba or word in self.takes:
                    return self.content("noun", at)
            return False
        phrase = self.phrase(at)
        if phrase is None:
            return self._stray()
        self.at = phrase.end
        self.wants_object = False
        return None

    def _is_bare_content(self) -> bool:
        view, at = self.view, self.at
        if self.verb.trust == "clause" and self.frame.subject is None and self.cue.form.kind != "participle":
            return False
        if self.verb.lemma == "نقل" and not self.frame.relayed:
            return False
        if self.verb.lemma == "اعتبر" and self.cue.form.kind == "present" and self.frame.subject is None:
            # تعتبر أولوية is passive, تعتبر الاتفاق خطأ is not.
            return at in view.names or has_article(view.norm[at]) or view.norm[at].endswith(("ها", "هم", "نا"))
        if view.has(at, "clause") or view.has(at, "relative"):
            return view.norm[at] == "ما"
        return not is_finite(view, at)

    def _stray(self) -> bool | None:
        view, at = self.view, self.at
        if view.has(at, "address"):
            self.at += 1
            return None
        self.frame.stray += 1
        if self.frame.stray > _MAX_STRAY[self.verb.trust]:
            return False
        if self.cue.at + 1 < at and view.norm[at][:1] == "و" and is_finite(view, at):
            return False
        subject = self.frame.subject
        if subject is not None and subject.end == at and self._grows(at):
            self.frame.subject = msgspec.structs.replace(subject, end=at + 1)
        self.at += 1
        return None

    def _grows(self, at: int) -> bool:
        """Whether a stray word right after the subject is likely a part of its name."""
        view = self.view
        return view.norm[at][:1] not in {"و", "ف", "ب", "ل", "ك", "ي", "ت"} and not view.has(at, "clause")


def view_outlet(view: View, phrase: Phrase) -> bool:
    """Whether a phrase names an agency or a paper."""
    return view.outlet(phrase.start, phrase.end) is not None
