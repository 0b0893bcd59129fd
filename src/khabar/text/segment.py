"""Sentences and tokens of Arabic news text, as a reader sees them.

A sentence ends at a line end, or at a full stop, question or exclamation mark that is not part of an abbreviation
(`د.`, `أ. ف. ب.`), a decimal, an ellipsis or a web address. News is often typed without a space after the full stop:
a stop between two Arabic words of two letters or more ends a sentence too.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from khabar.text.normalise import NormalText

__all__ = ["Sentence", "Token", "segment"]

# Letters that news writes with a full stop as an abbreviation: doctor, engineer, professor, agencies' initials.
_LETTER = "\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff"
_TOKEN = re.compile(
    rf"""(?P<number>\d+(?:[.,/:\u066b\u066c-]\d+)*)
    |(?P<word>[{_LETTER}]+|[^\W\d_]+)
    |(?P<line>[\n\r\u2028\u2029\u0085\x0b\x0c]+)
    |(?P<punct>\.{{2,}}|…|[^\s\w]|_)""",
    re.VERBOSE,
)
_STOPS = frozenset({".", "!", "?", "؟", "...", "…", ".."})
_COMMAS = frozenset({"،", ",", "؛", ";"})
# Text without any full stop is cut here, so that what looks at a whole sentence has a bound. One sentence of news in
# ten thousand is longer, all of them tables.
_MAX_TOKENS = 500
_DATELINE = 24  # tokens in which a dateline ends
# The longest name of a letter in initials that are spelt out (إيه.تي.في).
_INITIAL_LETTERS = 3
_CLOSERS = frozenset({'"', ")", "]", "'"})


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, number or mark: original offsets, its normal form, and where that starts in the normal text."""

    start: int
    end: int
    norm: str
    norm_start: int
    kind: Literal["word", "number", "punct"]


class Sentence(msgspec.Struct, frozen=True):
    """A stretch of the document in original offsets, with its tokens."""

    start: int
    end: int
    tokens: tuple[Token, ...]


def segment(text: NormalText) -> tuple[Sentence, ...]:
    """Cut the text into sentences. Every token is in exactly one sentence, in order."""
    sentences: list[Sentence] = []
    current: list[Token] = []
    matches = list(_TOKEN.finditer(text.text))
    for index, match in enumerate(matches):
        if match.lastgroup == "line":
            _close(sentences, current)
            current = []
            continue
        current.append(_token(text, match))
        is_mark = match.lastgroup == "punct"
        if is_mark and (_ends_sentence(text.text, matches, index) or _ends_dateline(matches, index)):
            _close(sentences, current)
            current = []
        elif len(current) >= _MAX_TOKENS:
            cut = _last_comma(current)
            _close(sentences, current[:cut])
            current = current[cut:]
    _close(sentences, current)
    return tuple(sentences)


def _last_comma(tokens: list[Token]) -> int:
    """Where to cut what has no end: after the last comma of its second half, else here."""
    for at in range(len(tokens), len(tokens) // 2, -1):
        if tokens[at - 1].norm in _COMMAS:
            return at
    return len(tokens)


def _token(text: NormalText, match: re.Match[str]) -> Token:
    kind: Literal["word", "number", "punct"] = match.lastgroup  # type: ignore[assignment]
    start, end = text.start_of(match.start()), text.end_of(match.end())
    return Token(start, end, match.group(), match.start(), kind)


def _close(sentences: list[Sentence], tokens: list[Token]) -> None:
    if tokens:
        sentences.append(Sentence(tokens[0].start, tokens[-1].end, tuple(tokens)))


def _ends_sentence(normal: str, matches: list[re.Match[str]], index: int) -> bool:
    """Whether the sentence ends after the mark `index`: at a stop, or at the closing mark after one."""
    at = index
    while matches[at].group() in _CLOSERS and at > 0 and matches[at - 1].end() == matches[at].start():
        at -= 1
        if index - at > 3:
            return False
    if matches[at].group() not in _STOPS or (at == 0 and index == 0):
        return False
    following = matches[index + 1] if index + 1 < len(matches) else None
    if following is None:
        return True
    touching = following.start() == matches[index].end()
    if touching and following.group() in _CLOSERS and _quote_closes(normal, following):
        return False
    if matches[at].group() == ".":
        return _stop_ends(matches, at, touching and at == index)
    return not touching


def _ends_dateline(matches: list[re.Match[str]], index: int) -> bool:
    """Whether a dateline ends here: the dash of `بيروت 10 آب/أغسطس (رويترز) - قال`, the colon of `عدن - واس: قال`.

    What follows is a sentence of its own: its subject is not looked for among the place, the day and the agency.
    """
    mark = matches[index].group()
    if index >= _DATELINE or mark not in {"-", "–", "—", ":"} or index < 2:
        return False
    before = [match.group() for match in matches[:index]]
    if mark == ":":
        return index <= _DATELINE // 3 and not {"-", "–", "—"}.isdisjoint(before[1:]) and matches[0].lastgroup == "word"
    return before[-1] == ")" and "(" in before and "." not in before and not any(char in "\n\r" for char in before)


def _quote_closes(normal: str, mark: re.Match[str]) -> bool:
    """A quotation mark or bracket right after a stop closes when no letter follows it at once."""
    after = normal[mark.end() : mark.end() + 1]
    return not after.isalnum()


def _stop_ends(matches: list[re.Match[str]], at: int, touching: bool) -> bool:
    before = matches[at - 1] if at else None
    if before is None or before.end() != matches[at].start():
        return not touching
    if before.lastgroup == "word" and len(before.group()) == 1:
        return False  # an initial or an abbreviated title
    if before.lastgroup == "number" and len(before.group()) <= 2 and _opens_line(matches, at - 1):
        return False  # the number of a list's item
    if not touching:
        return True
    after = matches[at + 1]
    if max(len(before.group()), len(after.group())) <= _INITIAL_LETTERS:
        return False  # initials as they are spelt out: بي.بي.سي
    both_words = before.lastgroup == "word" == after.lastgroup
    return both_words and min(len(before.group()), len(after.group())) >= 2 and not before.group().isascii()


def _opens_line(matches: list[re.Match[str]], at: int) -> bool:
    return at == 0 or matches[at - 1].lastgroup == "line"
