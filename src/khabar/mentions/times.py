"""Time expressions, and their values anchored on the date of publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

import msgspec

from khabar.dates import parse_published
from khabar.mentions.time_ages import is_age
from khabar.mentions.time_clock import read_clock, read_midnight, read_part
from khabar.mentions.time_days import read_day, read_feast
from khabar.mentions.time_lengths import read_ago, read_length, read_whole
from khabar.mentions.time_names import is_name, with_event
from khabar.mentions.time_nodes import Clock, Date, Day, Every, Found, Length, Node, Part, Range, Reference
from khabar.mentions.time_outcome import Anchor, Outcome, failed
from khabar.mentions.time_periods import (
    read_edge,
    read_period,
    read_reference,
    read_subyear,
    read_vague,
    read_year_period,
)  # fmt: skip
from khabar.mentions.time_ranges import read_every, read_range, with_day, with_hours
from khabar.mentions.time_scan import Scan
from khabar.mentions.time_values import evaluate
from khabar.mentions.time_words import build_time_words
from khabar.numerals.words import read_words
from khabar.records import Document, Mention, Time, Unresolved
from khabar.resources import Resources
from khabar.text import NormalText, Sentence

__all__ = ["find_times", "scan_times"]

Reader = Callable[[Scan, int], Found | None]
# In order of preference among readings of the same length.
_READERS: tuple[Reader, ...] = (
    read_range, read_every, read_whole, read_ago, read_midnight, read_clock, read_feast, read_part, read_day, read_edge,
    read_subyear, read_period, read_vague, read_length, read_reference, read_year_period,
)  # fmt: skip
_DATELINE_WORDS = 6
_DATELINE_DAYS = 10
# A verb of the future within reach makes a bare weekday or month the coming one.
_FUTURE = re.compile(r"[وف]?(?:س[يتن](?!ار|اس|اد|د|ن|ط|ر|ه$|ين$|و)\w{2,})")
_REACH = 8
# Words of the grammar that stand inside expressions or before them, and begin none.
_NO_START = frozenset({"في", "علي", "او", "و", "حتي", "خلال", "منذ", "الا", "م", "ه"})
# Words that begin an expression only together with a word of time, a number or a mark behind them.
_OPENERS = frozenset({"من", "الي", "ما", "عن", "لا", "ذي", "ذلك", "تلك", "هذا", "هذه", "بين"})
# Where another clause begins, whose verb says nothing of what stands before it.
_CLAUSE = frozenset({".", "؛", "التي", "الذي", "الذين", "منذ", "بعد"})
_RECENT = 7  # days: an evening without its day belongs to a day spoken of that lies this near


def find_times(
    document: Document, text: NormalText, sentences: tuple[Sentence, ...], resources: Resources
) -> tuple[Mention, ...]:
    """TIME mentions with their values, or `unresolved` with the reason, in order."""
    lexicon = resources.compiled(build_time_words)
    scans = [Scan(read_words(text, sentence.tokens, lexicon.vocabulary), lexicon) for sentence in sentences]
    found = [(scan, expression) for scan in scans for expression in scan_times(scan)]
    anchor = _anchor(document, found)
    mentions = []
    for scan, expression in found:
        outcome = _outcome(expression.node, _in_context(scan, expression, anchor))
        mentions.append(_mention(text, scan, expression, outcome))
        anchor = _after(anchor, expression.node, outcome)
    return tuple(mentions)


def _after(anchor: Anchor, node: Node, outcome: Outcome) -> Anchor:
    """The anchor for what follows: which day and value the text spoke of last."""
    if isinstance(node, Reference | Every) or outcome.value is None:
        return anchor
    previous = outcome if outcome.type in {"DATE", "TIME"} else anchor.previous
    if outcome.day is None or isinstance(node, Length):
        return msgspec.structs.replace(anchor, previous=previous)
    near = anchor.day is not None and abs((anchor.day - outcome.day).days) <= _RECENT
    recent = outcome.day if near else anchor.recent
    return msgspec.structs.replace(anchor, last=outcome.day, recent=recent, previous=previous)


def _outcome(node: Node, anchor: Anchor) -> Outcome:
    try:
        return evaluate(node, anchor)
    except (OverflowError, ValueError):  # beyond the years 1 to 9999
        return failed("invalid")


def scan_times(s: Scan) -> Iterator[Found]:
    """The time expressions of one sentence, longest first at each place; linear in its length."""
    at = 0
    while at < len(s.words):
        found = _longest(s, at) if _may_start(s, at) else None
        if found is None:
            at += 1
            continue
        if not is_age(s, found) and not is_name(s, found):
            yield with_event(s, found)
        at = max(found.end, at + 1)


def _may_start(s: Scan, at: int) -> bool:
    word = s.words[at]
    if not word.known:
        return word.kind == "number"
    if word.base in _OPENERS:
        return at + 1 < len(s.words) and (s.words[at + 1].known or s.words[at + 1].kind != "word")
    return word.base not in _NO_START


def _longest(s: Scan, at: int) -> Found | None:
    best: Found | None = None
    for reader in _READERS:
        found = reader(s, at)
        if found is None:
            continue
        if _is_day(found.node):
            found = with_hours(s, found)
        elif isinstance(found.node, Clock | Range):
            found = with_day(s, found)
        if best is None or found.end > best.end:
            best = found
    return best


def _is_day(node: Node) -> bool:
    """A day that hours may follow; a part of the day only with its day."""
    if isinstance(node, Part):
        return node.part.code != "NI" or node.day is not None
    return isinstance(node, Day) or (isinstance(node, Date) and node.day is not None)


def _anchor(document: Document, found: Sequence[tuple[Scan, Found]]) -> Anchor:
    """The day that `اليوم` means: that of publication, unless the text itself fixes another."""
    moment = parse_published(document.published) if document.published else None
    day = moment.date() if moment else None
    if document.published and ":" not in document.published:
        moment = None  # a date alone is a day, not its midnight
    dateline = _dateline(found)
    if dateline and (day is None or 0 <= (day - dateline).days <= _DATELINE_DAYS):
        return Anchor(day=dateline, moment=_same_moment(moment, dateline))
    named = _named_today(found, day) if day else None
    if named and named != day:
        return Anchor(day=named, moment=_same_moment(moment, named))
    return Anchor(day=day, moment=moment)


def _same_moment(moment: datetime | None, day: date) -> datetime | None:
    return moment if moment and moment.date() == day else None


def _dateline(found: Sequence[tuple[Scan, Found]]) -> date | None:
    """The full date that stands in a text's head behind the place, with no preposition (`عدن 5 مايو 2014 /`)."""
    if not found:
        return None
    s, head = found[0]
    node = head.node
    if head.start > _DATELINE_WORDS or s.words[head.start].lead or s.base(head.start - 1) in s.lex.vocabulary:
        return None
    if isinstance(node, Date) and node.year and node.month and node.day and not node.other:
        return _outcome(node, Anchor()).day
    return None


def _named_today(found: Sequence[tuple[Scan, Found]], day: date) -> date | None:
    """The day that `اليوم` is by the first weekday named with it (`اليوم السبت`, `أمس الجمعة`)."""
    for _, expression in found:
        node = expression.node
        while isinstance(node, Part | Clock) and node.day is not None:
            node = node.day
        if isinstance(node, Day) and node.offset in {0, -1, -2} and node.weekday is not None and not node.glossed:
            named = evaluate(node, Anchor(day=day)).day
            if named is not None:
                return date.fromordinal(named.toordinal() - (node.offset or 0))
    return None


def _in_context(s: Scan, found: Found, anchor: Anchor) -> Anchor:
    return msgspec.structs.replace(anchor, future=_speaks_of_future(s, found)) if _is_open(found.node) else anchor


def _is_open(node: Node) -> bool:
    """Whether the future would change what it means: a weekday, month or day without direction."""
    while isinstance(node, Part | Clock) and node.day is not None:
        node = node.day
    return isinstance(node, Day | Date)


def _speaks_of_future(s: Scan, found: Found) -> bool:
    if s.before(found.start) in s.lex.frames["until"]:
        return True
    if s.norm(0) in s.lex.frames["meets"] or s.norm(1) in s.lex.frames["meets"]:
        return True
    for at in range(found.start - 1, max(-1, found.start - 1 - _REACH), -1):
        norm = s.norm(at)
        if norm in _CLAUSE:
            return False
        if norm in s.lex.frames["future"] or _FUTURE.fullmatch(norm):
            return True
    return False


def _mention(text: NormalText, s: Scan, found: Found, outcome: Outcome) -> Mention:
    start, end = s.words[found.start].start, s.words[found.end - 1].end
    value = Time(outcome.value, outcome.type, outcome.earliest, outcome.latest) if outcome.value is not None else None
    unresolved = Unresolved(outcome.reason) if outcome.reason else None
    return Mention("", start, end, text.original[start:end], "TIME", time=value, unresolved=unresolved)
