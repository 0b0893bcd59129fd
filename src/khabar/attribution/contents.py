"""Where a content ends: at its closing mark, before the cue of the next claim, or with the sentence."""

from __future__ import annotations

from khabar.attribution.lexicon import clitic_lengths
from khabar.attribution.modifiers import has_article
from khabar.attribution.quotations import Quotation
from khabar.attribution.view import View
from khabar.records import Quote

__all__ = ["LONG_QUOTATION", "content_end", "quotation_at_start", "quote_of", "trim"]

_MIN_BEFORE_TAIL = 3
LONG_QUOTATION = 6  # words: a quotation of this length is the whole content, a shorter one is quoted inside it
_LONGEST_NAME = 4  # words of a name in quotation marks, numbers and short words among them
_MARKS = frozenset({"،", ",", "؛", ";", ".", "..", "...", "…", ":", "-", "–", "!", "؟", '"', "(", "*", "/", "_"})


def quotation_at_start(view: View, start: int, cue: int) -> Quotation | None:
    """The quotation whose mark opens right before the content."""
    at = start - 1
    while at > cue and (view.norm[at] == "(" or view.is_complementiser(at) or view.norm[at] == ":"):
        at -= 1
    return view.opened(at) if at >= 0 and view.norm[at] == '"' else None


def content_end(view: View, start: int, cue: int, limit: int) -> int:
    """The token after the content that starts at `start`; `limit` is where the next claim or the sentence's end is."""
    quotation = quotation_at_start(view, start, cue)
    if quotation is None:
        outer = view.quote[cue] if view.quote[cue] is view.quote[start] else None
        close = view.close_of(outer) if outer is not None else None
        end = min(limit, close) if close is not None else limit
        return trim(view, start, _without_tail(view, start, end))
    close = view.close_of(quotation)
    if close is None:
        return trim(view, start, limit if quotation.close is None else len(view))
    if close < start:
        return trim(view, start, limit)
    after = close + 1
    ends = after >= len(view) or view.tokens[after].kind == "punct" or after >= limit
    if ends or close - start >= LONG_QUOTATION:
        return trim(view, start, close)
    return trim(view, start, limit)


def _without_tail(view: View, start: int, end: int) -> int:
    """Before a comma and words that leave the source: وذلك, في إشارة إلى."""
    for at in range(start + _MIN_BEFORE_TAIL - has_article(view.norm[start]), end - 1):
        if not view.is_comma(at) or view.quote[at] is not view.quote[start]:
            continue
        first = at + 2 if view.norm[at + 1] == "وذلك" else at + 1
        is_remark = first + 1 < end and view.norm[first] == "في" and view.has(first + 1, "remark")
        if is_remark or (first + 1 < end and view.norm[first : first + 2] == ["وهو", "ما"]):
            return at
    return end


def trim(view: View, start: int, end: int) -> int:
    """Leave out marks and connectives at the end."""
    while end > start:
        word = view.norm[end - 1]
        if word == ")":
            if any(view.norm[i] == "(" for i in range(start, end - 1)):
                break
        elif word in {"ب", "ل"} and view.tokens[end - 1].kind == "word":
            pass
        elif word not in _MARKS:
            break
        end -= 1
    return end


def trim_connectives(view: View, start: int, end: int) -> int:
    """Leave out connectives that open the claim after this content."""
    end = trim(view, start, end)
    while end > start + 1 and view.has(end - 1, "trailing"):
        end = trim(view, start, end - 1)
    return end


def quote_of(view: View, start: int, end: int) -> Quote:
    """direct: all of it in quotation marks; mixed: some of it, other than names; else indirect."""
    words = [i for i in range(start, end) if view.tokens[i].kind != "punct"]
    if not words:
        return "indirect"
    inside = [i for i in words if view.quote[i] is not None]
    if len(inside) == len(words) and view.quote[words[0]] is not None:
        outer = _outermost(view, words[0])
        if all(_holds(view, outer, i) for i in (words[0], words[-1])):
            return "direct"
    quoted = [i for i in inside if view.covered[i] is None and not view.norm[i].isdigit()]
    return "mixed" if any(not _is_named(view, i) for i in quoted) else "indirect"


def _is_named(view: View, at: int) -> bool:
    """Whether the quotation around a word holds what something is called: عملية «السهم الذهبي», فيلم «كذا».

    Marks around a name, as around a number, say nothing of whose words they are.
    """
    quotation = view.quote[at]
    close = view.close_of(quotation) if quotation is not None else None
    if quotation is None or close is None or quotation.open[0] != view.number:
        return False
    first = quotation.open[1]
    if close - first - 1 > _LONGEST_NAME or first == 0:
        return False
    before = first - 2 if view.norm[first - 1] == "ب" else first - 1  # يلقب بـ«أبي البراء»
    word, naming = view.norm[max(before, 0)], view.lexicon.words["naming"]
    bare = [word[skip:] for skip in clitic_lengths(word)]
    return any(one in naming or one.removeprefix("ال") in naming for one in bare)


def _outermost(view: View, at: int) -> Quotation:
    for quotation in view.quotations:
        if _holds(view, quotation, at):
            return quotation
    raise AssertionError("a quoted token has a quotation")


def _holds(view: View, quotation: Quotation, at: int) -> bool:
    here = (view.number, at)
    if here <= quotation.open:
        return False
    return (quotation.close is None and quotation.open[0] == view.number) or (
        quotation.close is not None and here < quotation.close
    )
