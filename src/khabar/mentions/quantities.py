"""Numbers with what they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.mentions.ages import read_age
from khabar.mentions.amount import Amount
from khabar.mentions.amounts import read_amount
from khabar.mentions.count_scan import CountScan
from khabar.mentions.counted import build_counted_words
from khabar.mentions.things import Thing
from khabar.numerals.words import Word, read_words
from khabar.records import Mention, Quantity, Unresolved
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_quantities", "scan_quantities"]

# Words of the grammar that stand inside amounts or before them, and begin none.
_NO_START = frozenset({"في", "الي", "عن", "و"})
_OPENING = frozenset({"(", '"'})


def find_quantities(
    text: NormalText, sentences: tuple[Sentence, ...], times: tuple[Mention, ...], resources: Resources
) -> tuple[Mention, ...]:
    """QUANTITY mentions with their values, in order; none inside a time."""
    lexicon = resources.compiled(build_counted_words)
    mentions: list[Mention] = []
    counted = _Counted()
    next_time = 0
    for sentence in sentences:
        while next_time < len(times) and times[next_time].end <= sentence.start:
            next_time += 1
        words = read_words(text, sentence.tokens, lexicon.vocabulary)
        scan = CountScan(words, lexicon, _taken(words, times, next_time))
        mentions.extend(_mention(text, scan, amount, counted.resolve(amount.thing)) for amount in scan_quantities(scan))
    return tuple(mentions)


def _may_start(s: CountScan, at: int) -> bool:
    """Whether an amount may start at word `at`: a word of counting, or a noun that its number stands behind."""
    word = s.words[at]
    if word.known:
        return word.base not in _NO_START
    if word.kind == "number":
        return True
    following = s.words[at + 1] if s.free(at + 1) else None
    return following is not None and (following.kind == "number" if word.norm in _OPENING else following.definite)


class _Counted:
    """What was counted last, which a later `منهم`, `آخرون` or bare number means."""

    def __init__(self) -> None:
        self.last: Thing | None = None
        self.person = Thing("noun", 0, "person", "شخص", person=True)

    def resolve(self, thing: Thing | None) -> Thing | None:
        """The thing itself, or what it refers back to; a bare number after `قتل` counts people."""
        if thing is None or thing.kind == "back":
            return self.person if thing is None or thing.person else self.last
        if thing.kind == "noun":
            self.last = thing
            self.person = thing if thing.person else self.person
        return thing


def scan_quantities(s: CountScan) -> Iterator[Amount]:
    """The amounts of one sentence from left to right; linear in its length."""
    at, last_end = 0, -1
    while at < len(s.words):
        found = None
        if s.free(at) and _may_start(s, at):
            found = read_age(s, at) or read_amount(s, at)
        if found is None:
            at += 1
            continue
        if not _describes(s, found, last_end):
            yield found
            s.counted = True
        last_end = at = max(found.end, at + 1)


def _describes(s: CountScan, amount: Amount, last_end: int) -> bool:
    """Whether a dual right behind another amount is its adjective (`سعوديان معتقلان`)."""
    return amount.start == last_end and amount.low == 2 and s.noun(amount.start) is not None and s.plain(amount.start)


def _taken(words: Sequence[Word], times: tuple[Mention, ...], first: int) -> frozenset[int]:
    """The indices of words that times cover; both are in order, so one pass does."""
    taken: set[int] = set()
    at = first
    for index, word in enumerate(words):
        while at < len(times) and times[at].end <= word.start:
            at += 1
        if at == len(times):
            break
        if times[at].start < word.end:
            taken.add(index)
    return frozenset(taken)


def _mention(text: NormalText, s: CountScan, amount: Amount, thing: Thing | None) -> Mention:
    start, end = s.words[amount.start].start, s.words[amount.end - 1].end
    span = text.original[start:end]
    if not amount.valid:
        return Mention("", start, end, span, "QUANTITY", unresolved=Unresolved("invalid"))
    quantity = Quantity(
        min=None if amount.low is None else float(amount.low), max=None if amount.high is None else float(amount.high),
        unit=thing.en if thing else None, unit_ar=thing.ar if thing else None, approximate=amount.approximate,
    )  # fmt: skip
    return Mention("", start, end, span, "QUANTITY", quantity=quantity)
