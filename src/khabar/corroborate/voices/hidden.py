"""Sources without a name: who of before they are, and which outlet brought their words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import name_tokens, plain
from khabar.corroborate.offsets import end_before
from khabar.corroborate.outlets import Outlets, outlet_words
from khabar.corroborate.profiles import Voice
from khabar.corroborate.words import words_of
from khabar.records import Claim, Reading, SourceKind, Span
from khabar.text import fold

__all__ = ["Hidden", "embedded"]

_HEADS = tuple("وكالة وكاله صحيفة صحيفه جريدة موقع قناة شبكة بوابة إذاعة راديو تلفزيون مجلة يومية".split())
_OUTLET_HEAD = re.compile(
    rf"(?P<head>{'|'.join(_HEADS)})"
    r"\s+«?\"?(?P<name>(?:[^\W\d_]+\s*){1,3})"
)
_IN_QUOTES = re.compile(r"[«\"]([^»\"\n]{2,40})[»\"]")
_AGENCY = ["وكاله"]
_SAME_SOURCE = re.compile(r"المص(?:در|ادر)(?:\s+(?:نفس|ذات|عين)(?:ه|ها))?")
# (مصدر) تحدث إلى موقع | «كذا», (مصدر) لصحيفة | كذا
_TOLD_TO = re.compile(rf"[^،,.\n]{{0,30}}?\s(?:إلى\s+|مع\s+|ل)(?:{'|'.join(_HEADS)})\s+(?P<whom>[^،,.\n]{{3,40}})")
# بحسب ما نقلته عنه قناة | «كذا»
_AS_CARRIED = re.compile(
    rf"ما\s+(?:نقل|أورد|ذكر|نشر|بث|كتب)ت?(?:ه|ها)?\s+(?:عنه|عنها|عنهم)?\s*(?:{'|'.join(_HEADS)})\s+(?P<whom>[^،,.\n]{{3,40}})"
)
_AFTER = 90  # characters
_FAR = 2000  # characters back to where a source is named first
_BEFORE = 25  # words of a sentence in which the outlet of an unnamed source is named


class Hidden:
    """The unnamed of one reading, by the kind of source: each kind's last is who the next `المصدر` is."""

    def __init__(self, reading: Reading, cues: Cues, outlets: Outlets, own: str, ends: Sequence[int]) -> None:
        self.text, self.cues, self.outlets, self.own, self.ends = reading.document.text, cues, outlets, own, ends
        self.publisher = reading.document.publisher or ""
        self._known: dict[SourceKind, Voice] = {}

    def voice(self, label: str, kind: SourceKind, claim: Claim, last: Voice | None) -> Voice:
        """The voice of an unnamed source; `last` is who spoke before, whom `المصدر ذاته` can mean."""
        earlier = self._known.get(kind)
        if earlier is not None and label.startswith("ال") and name_tokens(label)[:1] == name_tokens(earlier.label)[:1]:
            return earlier  # المصدر نفسه
        if earlier is None and last is not None and _SAME_SOURCE.fullmatch(label):
            return last  # البيان، then وأضاف المصدر ذاته
        carrier, name = self._carrier(claim)
        start = claim.source.start if claim.source else claim.content.start
        if not carrier and label.startswith("ال"):
            carrier, name = self._introduced(label, start)
        begin = end_before(self.ends, start)
        told = _TOLD_TO.search(self.text, claim.source.end, claim.source.end + _AFTER) if claim.source else None
        around = [*words_of(self.text[begin:start])[-_BEFORE:], *(words_of(told["whom"]) if told else ())]
        at = bisect_left(self.ends, start)
        carried = _AS_CARRIED.search(self.text, start, self.ends[at] if at < len(self.ends) else len(self.text))
        around += words_of(carried["whom"]) if carried else ()
        before = " ".join(map(plain, around))
        self._known[kind] = Voice(label, kind, "", carrier, name, before)
        return self._known[kind]

    def _introduced(self, label: str, start: int) -> tuple[str, str]:
        """Key and name of the outlet to which the source spoke where it was named first, in nobody's claim: `اتهام وجهه
        مصدر أمني في تصريح لصحيفة كذا`, then `المصدر الأمني`."""
        bare = " ".join(word.removeprefix("ال") for word in label.split())
        at = self.text.rfind(f" {bare} ", max(0, start - _FAR), start)
        match = _OUTLET_HEAD.search(self.text, at, min(start, at + _AFTER)) if at >= 0 else None
        if match is None:
            return "", ""
        quoted = _IN_QUOTES.match(self.text, match.start("name") - 1)
        name = quoted[1] if quoted is not None else match["name"].split()[0]
        key = self.outlets.key(name)
        return (key, name) if key != self.own and not self._is_own(name) else ("", "")

    def _carrier(self, claim: Claim) -> tuple[str, str]:
        """Key and name of the outlet that carries it, as the claim or a known name before it has it; empty for none."""
        for span in claim.via:
            opens = words_of(span.text)[:1]
            if self.cues.any("hidden", opens):
                continue  # المصدر ذاته
            if self.cues.any("body", opens) and opens != _AGENCY and not self.outlets.known(span.text):
                continue
            name = self._outlet_of_before(span)
            key = self.outlets.key(name)
            if key != self.own and not self._is_own(name) and len(words_of(name)) + (key in self.outlets.labels) > 1:
                return key, name
        start = claim.source.start if claim.source else claim.content.start
        begin = end_before(self.ends, start)
        # The nearest carries it: فشبكة كذا تتحدث عن رقم، فيما نقلت قناة كذا عن | مسؤول غيره.
        for match in reversed(list(_OUTLET_HEAD.finditer(self.text, begin, start))):
            quoted = _IN_QUOTES.match(self.text, match.start("name") - 1)
            if quoted is not None:  # إذاعة «عين دفنة», of which عين alone would be another
                key = self.outlets.key(quoted[1])
                if key != self.own and not self._is_own(quoted[1]):
                    return key, quoted[1]
                continue
            words = match["name"].split()
            for last in range(len(words), 0, -1):
                name = " ".join(words[:last])
                known = self.outlets.known(name)
                if known and known != self.own:
                    return known, name
        return "", ""

    def _is_own(self, name: str) -> bool:
        """Whether a name is the beginning of the publisher's: علم «عين | جنزور»."""
        words = outlet_words(name)
        return bool(words) and outlet_words(self.publisher)[: len(words)] == words

    def outlet_called(self, name: str) -> str:
        """The full name of the outlet that a quoted name means: «الغدير», of قناة «الغدير»; empty for none."""
        words = outlet_words(name)
        named = (full for found in self._outlets.values() for _, full in found)
        return next((full for full in named if words and outlet_words(full)[: len(words)] == words), "")

    def _outlet_of_before(self, span: Span) -> str:
        """The full name of the outlet that a single word points back to: إذاعة كذا, then الإذاعة; else the word."""
        words = words_of(span.text)
        named = self._outlets.get(plain(words[0]), []) if len(words) == 1 else []
        at = bisect_left(named, span.start, key=lambda match: match[0])
        return named[at - 1][1] if at else span.text

    @cached_property
    def _outlets(self) -> dict[str, list[tuple[int, str]]]:
        """Where outlets are named with their head nouns, in order, by these."""
        found: dict[str, list[tuple[int, str]]] = {}
        for match in _OUTLET_HEAD.finditer(self.text):
            found.setdefault(fold(match["head"]), []).append(
                (match.start(), f"{match['head']} {match['name'].strip()}")
            )
        return found


def embedded(claims: Sequence[Claim]) -> dict[str, Claim]:
    """By id those claims whose cue stands in another's content, each with that one."""
    found: dict[str, Claim] = {}
    around: Claim | None = None
    for claim in sorted(claims, key=lambda c: (c.content.start, -c.content.end)):
        if around and claim.cue is not None and around.content.start <= claim.cue.start < around.content.end:
            found[claim.id] = around
        if around is None or claim.content.end > around.content.end:
            around = claim
    speaking = {claim.source.start: claim for claim in claims if claim.source}
    for claim in claims:
        # Where the words around were cut down to these, the carrier still tells who spoke them.
        carriers = (speaking.get(span.start) for span in claim.via)
        carrier = next((one for one in carriers if one is not None and one.id != claim.id), None)
        if carrier is not None:
            found.setdefault(claim.id, carrier)
    return found
