"""Quotations: which tokens stand between quotation marks, over sentences, with marks missing or turned round.

News mixes «», “”, "" and turned marks (»كذا«), so what stands beside a mark decides before its shape does. A mark
that is never closed quotes to the end of its own sentence; a quotation that is closed late may run on, but not over
more than `MAX_SENTENCES` sentences.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from khabar.text import NormalText, Sentence

__all__ = ["MAX_SENTENCES", "Quotation", "find_quotations"]

MAX_SENTENCES = 10
_MAX_DEPTH = 3
_OPENING = frozenset("«“„‟‹")
_CLOSING = frozenset("»”›")
_BEFORE_OPENING = frozenset(" \n\r([{-:،,.؛–—…؟!/")


class Quotation(msgspec.Struct, frozen=True):
    """One quotation as (sentence, token) positions of its marks; `close` is None for one that is never closed."""

    open: tuple[int, int]
    close: tuple[int, int] | None
    depth: int


def find_quotations(
    text: NormalText, sentences: tuple[Sentence, ...], cites: Callable[[Sentence], bool]
) -> tuple[tuple[Quotation, ...], ...]:
    """For every sentence the quotations that touch it, outermost first; linear in the number of tokens.

    `cites` tells a sentence that opens with a cue (وأضاف): a quotation before it is over, closed or not.
    """
    found: list[Quotation] = []
    open_marks: list[tuple[int, int]] = []
    for number, sentence in enumerate(sentences):
        if open_marks and (number - open_marks[0][0] >= MAX_SENTENCES or cites(sentence)):
            found.extend(Quotation(mark, None, depth) for depth, mark in enumerate(open_marks))
            open_marks.clear()
        for at, token in enumerate(sentence.tokens):
            if token.norm != '"':
                continue
            opens = _opens(text, token.norm_start, token.start, depth=len(open_marks))
            if opens or (not open_marks and _misplaced(text, sentence, at)):
                if len(open_marks) == _MAX_DEPTH:
                    found.extend(Quotation(mark, None, depth) for depth, mark in enumerate(open_marks))
                    open_marks.clear()
                open_marks.append((number, at))
            elif open_marks:
                mark = open_marks.pop()
                found.append(Quotation(mark, (number, at), len(open_marks)))
    found.extend(Quotation(mark, None, depth) for depth, mark in enumerate(open_marks))
    return _by_sentence(found, len(sentences))


def _misplaced(text: NormalText, sentence: Sentence, at: int) -> bool:
    """وأضاف" كذا وكذا": a mark that would close nothing, with another that would after it, opens."""
    if text.original[sentence.tokens[at].start] in _CLOSING or at == 0:
        return False
    later = next((token for token in sentence.tokens[at + 1 :] if token.norm == '"'), None)
    return later is not None and not _opens(text, later.norm_start, later.start, depth=1)


def _opens(text: NormalText, at: int, original: int, *, depth: int) -> bool:
    """Whether the mark at normal offset `at` opens."""
    normal = text.text
    before = normal[at - 1] if at else " "
    after = normal[at + 1] if at + 1 < len(normal) else " "
    free_before, free_after = before in _BEFORE_OPENING, after.isspace() or after in ".،,:؛؟!)]"
    if free_before != free_after:
        # A clitic before the mark (لـ"رويترز", و"الجيش") leaves no space, but a letter follows the mark at once.
        return free_before
    char = text.original[original]
    if char in _OPENING or char in _CLOSING:
        return char in _OPENING
    if not free_before and before in "ولبفك" and (at < 2 or normal[at - 2] in _BEFORE_OPENING):
        return True
    return depth == 0


def _by_sentence(found: list[Quotation], count: int) -> tuple[tuple[Quotation, ...], ...]:
    touching: list[list[Quotation]] = [[] for _ in range(count)]
    for quotation in sorted(found, key=lambda q: (q.open, q.depth)):
        last = quotation.close[0] if quotation.close else quotation.open[0]
        for number in range(quotation.open[0], last + 1):
            touching[number].append(quotation)
    return tuple(tuple(group) for group in touching)
