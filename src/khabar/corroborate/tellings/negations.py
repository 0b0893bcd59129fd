"""How much a stretch of text denies: that there was any of it, or only how many, who or in which way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal

from khabar.corroborate.cues import Cues
from khabar.corroborate.figures import Number
from khabar.corroborate.focus.eventwords import EventWords
from khabar.corroborate.links.compare import Affinities
from khabar.corroborate.offsets import starting_in
from khabar.corroborate.tellings.clauses import PREPOSITIONS, Clause, behind, clause_of, is_known, without_aside
from khabar.corroborate.words import root_of, words_of
from khabar.records import Event, Reading
from khabar.text import fold

__all__ = ["DISOWN", "Denial", "Negations"]

Denial = Literal["none", "full", "part"]
DISOWN = re.compile(r"(?:^|\s)[وف]?[يت]?(?:تبر[أاؤئ]|تنصل)[تو]?(?:ا)?\b")
"""`تبرأت`: who disowns a deed denies to have done it."""
_COMMA = re.compile(r"\s*[،,؛.]|\s+(?:وذلك|معتبر|مؤكد|مشير|مضيف)")
_NAMED = re.compile(
    r"[^،,\n]{1,60}[،,](?:[^،,\n]{1,60}[،,])?\s*(?=(?:أن|خبر|صحة|وجود|وقوع|حدوث|الأنباء)\b)"
)  # (نفى الناطق)، فلان، أن
_BETWEEN = frozenset({"بين", "بينه", "بينها", "بينهما", "بينهم"})
_TO_BE = frozenset({"يكون", "تكون", "يكونوا"})
_IS_THERE = frozenset({"قد", "هناك", "ثمه", "له", "لها", "لهم", "لنا", "لديه", "لديها"})
# أن تكون هي التي; ليست هي من; لسنا من
_CLEFT = re.compile(r"(?:ان )?(?:[يت]كون(?:وا)? )?(?:هو|هي|هم) (?:من|ما|الذي|التي|الذين)\b")
_NOT_WHO = re.compile(
    r"(?:\w+ ){0,4}?(?:ليست?|ليسوا|لسنا) (?:(?:هو|هي|هم|نحن) (?:من|الذي|التي|الذين)|وراء|طرفا|الجهه|مسوول\w*) "
)
# لا صلة لها به; ليس لقواته أي دور في الهجوم
_NO_TIE = re.compile(
    r"(?:\w+ ){0,2}?(?:لا|ليست?) (?:ل\w+ )?(?:اي |ايه )?(?:صله|علاقه|يد|دخل|دور|شان|مسووليه)(?P<of>(?: \w+){1,4})"
)
_OF_IT = frozenset({"به", "بها", "بهم", "بهذا", "بهذه", "بذلك", "بما", "فيه", "فيها", "فيما", "عنه", "عنها"})
_NO_TRUTH = re.compile(r"(?:^| )(?:لا|عدم|بعدم) صحه(?: |$)|(?:^| )لا اساس ")
_UNTRUE = re.compile(r"(?:غير|ليس|ليست) صحيح\w*|لم (?:يحدث|يحصل|يقع)\b|نسج ال?خيال|\bخيال\b|لا يمت")
# ليس صحيحا أن في المصنع مئة عامل; لا صحة لأن; غير صحيح إطلاقا أننا
_NOT_SO = re.compile(
    r"[«\"“]?(?:من\s+)?(?:ليس(?:ت)?\s+(?:من\s+ال)?صحيح\w*|غير\s+(?:ال)?صحيح\w*|(?:لا|بعدم|عدم)\s+صح[ةه])\s+(?:[^\W\d_]+\s+)?(?P<what>ل?[أا]نّ?(?:نا|ه|ها|هم)?\s)"
)
_TOLD = frozenset("ما كل خبر الخبر انباء الانباء الحديث الكلام الروايه المعلومات معلومات الشايعات الاخبار".split())
_WAS_NOT = re.compile(
    r" لم (?:[يت]حدث|[يت]حصل|[يت]قع|[يت]تم|[يت]جر|[يت]عقد)(?: (?:قط|اصلا|ابدا|مطلقا|اطلاقا|من الاساس|علي الاطلاق))?$"
)
_NO_SUCH = re.compile(r"(?:^| )لا وجود ل")
_NOT_HAPPENED = re.compile(r"\bلم\s+[يت](?:شهد|تعرض|قع|حدث|حصل|جر|سجل|رصد|تم)\b")
_NONE_OF = re.compile(r"\bلا\s+([^\W\d_]{3,})")
_NOTHING = re.compile(r"\b(?:احدا?|شييا?)(?: من)? (?:\w+ ){0,3}ل[من] ")
_NOT_OURS = re.compile(r"\b(?:لم|لن|ما) ")
_GENERIC = frozenset({"شيء", "شييا", "حادث", "حادثه", "واقعه", "امر"})
_HARM = frozenset({"اذي", "لاذي", "الاذي", "باذي", "سوء", "لسوء", "بسوء", "ضرر", "لضرر", "بضرر", "اضرار", "خدش"})
_TOLL = frozenset("وفيات وفاه اصابات اصابه خساير ضحايا قتلي جرحي يصب تصب يقتل تقتل".split())
# What nobody else can have done: `أن تكون قواته قد انسحبت`.
_ONES_OWN = frozenset({"RETREAT", "MOVE", "CONCEDE", "AGREE", "CONTROL", "MOBILIZE", "PROTEST"})
_DONE_TO = frozenset({"ASSAULT"})  # deeds that are seen by what they leave, whoever did them
_NO_SUBJECT = frozenset({"في", "علي", "من", "له", "لها", "هو", "هي", "هناك", "ثمه"})
_WHO = frozenset({"من", "ما", "الذي", "الذين", "التي", "ممن"})
_THEY = frozenset({"هو", "هي", "هم"})
_THEIRS = ("ه", "ها", "هم", "نا")
_WHERE = frozenset({"داخل", "خارج"})
_BESIDE = frozenset({"قبل", "بعد", "اثناء", "خلال", "عند", "لدي", "قبيل", "عقب"})
_LIGHT = 2  # words of a deed
_TO = frozenset({"الي", "علي", "في", "عن", "من"})
_SUBJECT = 14  # words from `أن يكون` to `قد`
_LIKE = 0.5  # least affinity of types of one happening
_SHORT = 40  # characters with which a denial of all of it opens
_HIS = re.compile(r"\b[^\W\d_]{4,}ه\b")
_NAMES = frozenset({"PERSON", "PLACE", "ORG"})
_NONE = frozenset({"اي", "ايه", "لاي", "لايه", "باي", "احد", "احدا", "ايا", "نفيا", "قاطعا", "تاما"})
_EXCEPT = frozenset({"سوي", "الا", "غير"})
_OPENS = 5  # words with which a clause opens
_BEFORE = 6  # characters in which أن stands before a content
_STOP = re.compile(r"[.؛؟!\n]|،\s*(?:فيما|بينما|في\s+حين)\s")
_GOES_ON = 160  # characters in which a sentence goes on behind a denied clause
_MEASURED = 7  # words in which a clause comes to its number


class Negations:
    """Asks the words of one unit; `roots` are those of its main event's word.

    Denied is the whole where it is the happening itself that is denied: that there was any, or the news of it. Who
    denies how many, who, how, or anything else of it, leaves standing that it happened.
    """

    def __init__(
        self, reading: Reading, numbers: Sequence[Number], main: Event, cues: Cues, event_words: EventWords,
        affinities: Affinities,
    ) -> None:  # fmt: skip
        self.text, self.numbers, self.cues = reading.document.text, numbers, cues
        self._mentions = reading.mentions
        self.kinds, self.befallen = event_words.of, event_words.of_title
        self.type, self.affinities = main.type, affinities
        self.roots = {root_of(word) for word in words_of(main.trigger.text)}

    # --- of what is denied ---

    def extent(self, start: int, end: int, *, said: bool = False) -> Denial:
        """What the denial of this stretch denies; none where it is that one happening has to do with another, or that
        somebody means to do something else. `said`: the stretch is no clause that is denied, but says that news is
        false."""
        named = _NAMED.match(self.text, start, end)
        start = without_aside(self.text, named.end() if named else start, end)
        words = words_of(self.text[start:end])
        if self.cues.any("relation", words) and not _BETWEEN.isdisjoint(words):
            return "none"
        end = self.clause_end(start, end)
        clause = words_of(self.text[start:end])
        parts = clause_of(clause)
        if parts.meant is not None:  # نيته الاندماج, but نيته الانسحاب where that is what the report is about
            return "full" if any(map(self.is_it, parts.meant[:_LIGHT])) else "none"
        part = self._counts(clause) or self._is_number(clause, start, end) or self._measures(clause, start, end)
        part = part or self._is_of_doer(clause, parts) or (not said and self._is_granted(parts, clause))
        if not part and not said and self._is_whole(parts):
            return "full"
        part = part or self._is_known(clause) or self._is_otherwise(clause) or self._is_beside(clause)
        return "part" if part or self._counts_anew(start, end) else "full"

    def _counts_anew(self, start: int, end: int) -> bool:
        """Whether the sentence goes on with another number of the things that the denied clause counts: `نفت تسليم 75
        بندقية، وأكدت أن العدد 30 بندقية`."""
        denied = [n.figure for n in starting_in(self.numbers, start, end) if not n.figure.people]
        stop = _STOP.search(self.text, end)
        last = min(stop.start() if stop else len(self.text), end + _GOES_ON)
        after = [n.figure for n in starting_in(self.numbers, end, last) if not n.part]
        return any(one.unit == other.unit and one.min != other.min for one in denied for other in after)

    def _is_granted(self, parts: Clause, clause: Sequence[str]) -> bool:
        """Whether the clause takes the happening for granted, and denies something of it: how it was, who had a hand,
        what it led to."""
        if parts.news:
            return False
        if self.cues.any("hand", [*parts.deed[:1], *parts.subject[: parts.attribute]]):
            return _NONE.isdisjoint(parts.beside)
        if parts.attribute and not _WHO.isdisjoint(parts.subject):
            return self._names(parts.beside[:_LIGHT])  # أن يكون من هاجم القرية من الرعاة
        if parts.attribute:  # أن يكون الإضراب مفتوحا, أن الفارين من الحي
            granted = self._names(parts.subject) and self._is_known_here([*parts.subject, *parts.beside[:3]])
            return granted and not self._names(parts.beside[:1])
        if self._is_known_here(parts.subject) and self._names(parts.subject[:1]):
            return parts.how is None or parts.has_manner
        none_of_it = any(before in _NONE and self._names([word]) for before, word in pairwise(clause))
        if none_of_it or self._names(parts.deed):
            return False
        known = [word for word in parts.beside if word.startswith("ال")]
        return self._names(list(behind(known if self.is_like(parts.deed) else parts.beside)))

    def _is_whole(self, parts: Clause) -> bool:
        """Whether it is said of somebody known that he did it, or that it befell him: `أن تكون السفينة محتجزة`."""
        if not parts.attribute or not parts.subject:
            return False
        if any(word in _THEY and after in _WHO for word, after in pairwise(parts.beside)):
            return False  # أن تكون السوق هي ما استهدف
        before = next((at for at, word in enumerate(parts.beside) if word in PREPOSITIONS), len(parts.beside))
        said = [*parts.subject, *parts.beside[:before]]
        return (self._names([word for word in said if not word.startswith("ال")]) and not self._names(said[:1])) or (
            self._names(said[:1]) and not self._is_known_here(said)
        )

    def _is_known_here(self, words: Sequence[str]) -> bool:
        """Whether these words open with a noun that is definite in this text."""
        return is_known(words, self._definite)

    @cached_property
    def _definite(self) -> frozenset[str]:
        """The words of the text's names, and those that end with a pronoun and not with a ة, which are folded alike."""
        named = frozenset(word for m in self._mentions if m.type in _NAMES for word in words_of(m.text))
        return named | frozenset(map(fold, _HIS.findall(self.text)))

    def _names(self, words: Sequence[str]) -> bool:
        """Whether one of these words names the happening, or those whom it befell."""
        return self.is_about(words) or any(self.type in self.befallen(word) for word in words)

    def granted(self, start: int, end: int) -> tuple[str, ...]:
        """Types of what the denial of this stretch takes for granted: `توقيف أي من المضربين` denies no strike."""
        start = without_aside(self.text, start, end)
        parts = clause_of(words_of(self.text[start : self.clause_end(start, end)]))
        if parts.news:
            return ()
        known = parts.subject[:1] if self._is_known_here(parts.subject) else ()  # أن يكون لقاؤهم قد تناول الحرب
        beside = () if parts.attribute else behind(parts.beside)
        granted, denied = (
            {kind for word in some for kind in self.befallen(word)} for some in ([*known, *beside], parts.deed)
        )
        return tuple(sorted(granted - denied))

    def counts_people(self, start: int, end: int) -> bool:
        """Whether a stretch gives a number of human beings."""
        return any(number.figure.people for number in starting_in(self.numbers, start, end))

    def clause_end(self, start: int, end: int) -> int:
        """Where the first clause of a denial ends: what follows a comma tells of something else."""
        comma = _COMMA.search(self.text, start, end)
        return comma.start() if comma else end

    def _counts(self, clause: list[str]) -> bool:
        """Whether numbers, losses, means or force are what is denied."""
        opens = clause[: 2 * _OPENS]
        number = self.cues.any("number", clause) and any(word.isdecimal() for word in clause)
        return number or self.cues.any("loss", opens) or self.cues.any("figure", opens[:_OPENS])

    def _is_number(self, clause: list[str], start: int, end: int) -> bool:
        """Whether it is how many: the dead and the hurt, or a number that the clause is about (`أن تكون 190 أسرة قد
        غادرت`); but `خطف 14 سائقا` is all of it."""
        numbers = [n for n in starting_in(self.numbers, start, end) if n.figure.people]
        if any(n.figure.role != "count" for n in numbers):
            return True
        opens = clause[1 : _OPENS - 1] if clause[:1] == ["ان"] else clause[: _OPENS - 2]
        subject = bool(numbers) and any(word in _TO_BE for word in opens[:1])
        counts = self.cues.any("number", clause) and bool(numbers)
        first = next((len(words_of(self.text[start : n.start])) for n in numbers), len(clause))
        return counts or (subject and (first <= _OPENS - 3 or any(word.isdecimal() for word in opens)))

    def _measures(self, clause: list[str], start: int, end: int) -> bool:
        """Whether a number is all that the clause says: `أن القافلة تألفت من 39 شاحنة`, `من أن المبلغ 200 ألف`, `أن في
        النقطة 44 قاطرة`; but `أن تكون القوات أوقفت 30 شخصا` says that it was done."""
        reach = len(clause) if clause[:1] == ["ما"] else _OPENS - 2  # نفى ما نقلته الصحيفة عن مصدر من أن كذا
        first = clause.index("ان") + 1 if "ان" in clause[:reach] else 0
        said = clause[first:][:_MEASURED]
        spelt = [len(words_of(self.text[start : n.start])) - first for n in starting_in(self.numbers, start, end)]
        at = min([at for at, word in enumerate(said) if word.isdecimal() or at in spelt], default=0)
        verbs = [word for word in said[1:at] if word not in _TO and word[:2] != "ال"]
        measured = all(self.cues.has("measure", word) or not self.kinds(word) for word in verbs)
        told = first or words_of(self.text[max(0, start - _BEFORE) : start])[-1:] == ["ان"]
        if at <= 0 or not measured or not (told or self.cues.any("measure", verbs)):
            return False
        return said[0] not in _TO_BE and not self.is_about([*verbs, *clause[first + at + 1 :][:_OPENS]])

    def _is_of_doer(self, clause: list[str], parts: Clause) -> bool:
        """Whether what is denied is who did it: `مسؤوليتها عن`, `أن تكون هي التي`, or that one's own men did."""
        opens = clause[: 2 * _OPENS] if clause[:1] in (["ان"], ["يكون"], ["تكون"]) else clause[:_OPENS]
        own = self.type not in _ONES_OWN and self.cues.any("forces", opens)
        own = own or (self.type == "COERCE" and self.cues.any("units", list(parts.subject[:1])))
        if own and self.type not in _DONE_TO and parts.subject and not parts.attribute:
            own = _NONE.isdisjoint(parts.deed) and self._is_known_here(parts.done[1:])
        return own or self.cues.any("doer", clause) or _CLEFT.match(" ".join(clause)) is not None

    def _is_known(self, clause: list[str]) -> bool:
        """Whether what it is said of is not denied: `أن تكون الزيارة قد قطعت`, `أن يكون الحريق متعمدا`; but `أن يكون
        هجوم قد وقع`, `أن يكون الخبر صحيحا`."""
        clause = clause[1:] if clause[:1] == ["ان"] else clause
        if clause[:1] == [] or clause[0] not in _TO_BE or self.cues.any("anaphor", clause[1:3]):
            return False
        if any(word.startswith("ال") for word in clause[1:3]) and root_of(clause[1]) in self.roots:
            return True
        if self.type in _ONES_OWN and any(self.is_about([word]) for word in clause[2:_OPENS] if word[:2] != "ال"):
            return False  # أن تكون قواته انسحبت
        return _NONE.isdisjoint(clause) and _IS_THERE.isdisjoint(clause) and not self.cues.any("false", clause)

    def _is_otherwise(self, clause: list[str]) -> bool:
        """Whether some known ones are denied to have done it, or any to have done something else: `أن تكون مدفعيتهم قد
        قصفت السوق`, `أن تكون القافلة قد ضمت 12 شاحنة`, `أن يكون الصيادون قد تلقوا أي نداء`, `أن تكون أي أسرة قد أجبرت
        على الرحيل`."""
        clause = clause[1:] if clause[:1] == ["ان"] else clause
        if not clause or clause[0] not in _TO_BE:
            return False
        if not _WHO.isdisjoint(clause[1:2]):
            return True  # أن يكون من هاجم القرية من الرعاة
        if "قد" not in clause[1:_SUBJECT]:
            return False
        verb = clause.index("قد", 1) + 1
        subject, deed = clause[1 : verb - 1], clause[verb : verb + 1]
        # ألقت القبض, توصلت إلى أي اتفاق: the word of the deed may stand after a verb that means little.
        deeds = [word for word in clause[verb : verb + _OPENS] if word not in _NONE | _TO][:_LIGHT]
        or_else = [word for before, word in pairwise(clause[verb:]) if before == "او"]
        if not subject:  # أن تكون قد دفعت أي فدية
            return not self.is_about(deeds) and not self.is_like(deeds)
        if not _NONE.isdisjoint(subject[:2]):
            return any(self.kinds(word) for word in deed) and not self.is_about([*subject, *deed, *or_else])
        known = any(word.startswith("ال") or word.endswith(_THEIRS) for word in subject[:2])
        if not known or subject[0] in _NO_SUBJECT:
            return False
        if not self.is_about([*deeds, *or_else]):
            return not self.is_like(deeds)
        where = not _WHERE.isdisjoint(clause[verb:])  # قد أوقفت داخل المياه الإقليمية
        return where or (self.type in _DONE_TO and not self.is_about(subject[:1]))

    def _is_beside(self, clause: list[str]) -> bool:
        """Whether the happening is what something else is denied to have been beside: `تلقي أي إنذار قبل احتجازهم`."""
        return any(
            before in _BESIDE and word.startswith("ال") | word.endswith(_THEIRS) and self.is_about([word])
            for before, word in pairwise(clause[1:])
        )

    def is_about(self, words: Iterable[str]) -> bool:
        """Whether one of these words names the main happening, by its root or its type."""
        return any(root_of(word) in self.roots or self.type in self.kinds(word) for word in words)

    def is_it(self, word: str) -> bool:
        """Whether a word has the root of the main happening's."""
        return root_of(word) in self.roots

    def is_like_it(self, words: Iterable[str]) -> bool:
        """Whether one of these words has its root, or is of a type that goes with it."""
        return any(map(self.is_it, words := list(words))) or self.is_like(words)

    def is_like(self, words: Iterable[str]) -> bool:
        """Whether one of these words may name the main happening, as of a type that goes with its."""
        return any(self.affinities.of(kind, self.type) >= _LIKE for word in words for kind in self.kinds(word))

    # --- of what is said ---

    def said(self, content: str, start: int, end: int, same: Iterable[Event], *, quoted: bool) -> Denial:
        """What somebody denies who only says something: `لا صحة للأنباء`, `لم يتعرض الميناء لأي هجوم`.

        `same` are the events of it that are the main one, `quoted` says that a cue opens it.
        """
        words = words_of(content)
        if quoted and self._says_not(start, end):
            return "full"
        not_so = _NOT_SO.match(self.text, start, end)
        if not_so:
            return self.extent(not_so.start("what"), end)
        if self.calls_false(words) or _NO_SUCH.search(" ".join(words)):
            return self.extent(start, end, said=True)
        if self._says_none(content, words, same, quoted=quoted):
            return "full"
        return "part" if quoted and self._disowns(words, same) else "none"

    def _says_not(self, start: int, end: int) -> bool:
        """Whether it says of the happening in so many words that it was not: `لقاء الوزير بالوفد لم يحدث`."""
        words = words_of(self.text[start : self.clause_end(start, end)])
        return any(map(self.is_it, words[:_LIGHT])) and _WAS_NOT.search(" ".join(words)) is not None

    def calls_false(self, words: list[str]) -> bool:
        """Whether somebody says of the news that it is not so: `الأنباء عن الهجوم عارية عن الصحة`, `لا صحة لما نشر`."""
        if _NO_TRUTH.search(" ".join(words)):
            return True
        if not _TOLD.isdisjoint(words[:_LIGHT]) and "رغم" not in words and _UNTRUE.search(" ".join(words)):
            return True
        # هذه الادعاءات الكاذبة condemns, and says of no news that it is false; إشاعة التوتر spreads it.
        false = [one for one, after in pairwise([*words, ""]) if "ال" not in one[:3] and after[:2] != "ال"]
        return self.cues.any("false", false) and self.cues.any("anaphor", words[:_OPENS])

    def is_harm(self, words: list[str]) -> bool:
        """Whether it is that nobody was hurt, which says nothing of what happened: `لم يتعرض أحد لأذى`, `لم تسجل أي
        وفيات`."""
        return not _HARM.isdisjoint(words) or not _TOLL.isdisjoint(words)

    def is_flat(self, words: list[str]) -> bool:
        """Whether a denial opens with none of it: `أي هجوم`, `أحدا`, `نفيا قاطعا`."""
        opens = words[: 2 * _OPENS]
        return not _NONE.isdisjoint(opens) or _NOTHING.search(" ".join(opens) + " ") is not None

    def holds_none(self, words: list[str]) -> bool:
        """Whether it says anywhere that nothing was, or nobody: `العمال عادوا وإن أحدا لم يتعرض لهم`."""
        return self.is_flat(words) or _NOTHING.search(" ".join(words) + " ") is not None

    def _says_none(self, content: str, words: list[str], same: Iterable[Event], *, quoted: bool) -> bool:
        """Whether a body says that there was none of it: `لم يتعرض الميناء لأي هجوم`."""
        if not quoted:
            return False
        if self.is_harm(words):
            return False
        none = _NONE_OF.findall(content[:_SHORT])
        if not self.roots.isdisjoint(map(root_of, map(fold, none))):
            return True  # لا خطف ولا مسلحين
        of_it = self.is_about(words) or self.cues.any("anaphor", words) or not _GENERIC.isdisjoint(words)
        happened = any(event.factuality == "denied" for event in same) or (of_it and _NOT_HAPPENED.search(content))
        return bool(happened) and self.is_flat(words) and _EXCEPT.isdisjoint(words)  # لم يدخل سوى مبنيين

    def _disowns(self, words: list[str], same: Iterable[Event]) -> bool:
        """Whether somebody says not to have done it: `لا صلة لها به`, `ليست هي من قصف`, `مدفعيته لم تطلق`."""
        if words[:1] and words[0].startswith("ال") and (self.kinds(words[0]) or words[0][2:] in _GENERIC):
            return False  # الحادث لا صلة له بما جرى أمس: of two happenings, and of nobody who did one
        opens = " ".join(words[: 3 * _OPENS])
        tie = _NO_TIE.match(opens)
        of = tie["of"].split() if tie else []
        if _NOT_WHO.match(opens) or not (_OF_IT.isdisjoint(of) and self.roots.isdisjoint(map(root_of, of))):
            return True
        denied = any(event.factuality == "denied" and event.type == "ASSAULT" for event in same)
        return denied and self.cues.any("forces", words[:_OPENS]) and _NOT_OURS.search(opens) is not None
