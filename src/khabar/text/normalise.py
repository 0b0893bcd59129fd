"""Normal text: one spelling for what readers take as the same, with the way back to the original.

Folds alef and hamza forms, ya and alef maqsura, ta marbuta, presentation forms, Persian letter forms, digits of
three scripts, quotation marks, spaces and Latin case; drops diacritics, tatweel and bidi controls. What is shown and
kept is always the original: `NormalText.span` gives the exact characters.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from functools import lru_cache

from khabar.records import Span

__all__ = ["NormalText", "fold", "normalise"]

_LETTERS = {"ا": "أإآٱٲٳٵ", "ي": "ىیےئۓ", "ه": "ةۀہھ", "و": "ؤٶ", "ك": "کگ"}
_QUOTES = '«»“”„‟‹›″"'
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
# Combining marks of Arabic, tatweel, and the superscript alef: they belong to the letter before them.
_MARKS = (
    {chr(c) for c in range(0x064B, 0x0660)}
    | {chr(c) for c in range(0x0610, 0x061B)}
    | {chr(c) for c in range(0x06D6, 0x06DD)}
    | {chr(c) for c in range(0x06DF, 0x06E5)}
    | {chr(c) for c in (0x06E7, 0x06E8, 0x06EA, 0x06EB, 0x06EC, 0x06ED, 0x0670, 0x0640)}
)
# Controls that show nothing: dropped, and never inside a span's end.
_CONTROLS = {chr(c) for c in (0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF, 0x2060)} | {
    chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}

_FIXED = (
    {char: normal for normal, chars in _LETTERS.items() for char in chars}
    | dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys((*_MARKS, *_CONTROLS), "")
)


class NormalText:
    """A document's text in normal form, with a map to the original.

    `text` is the normal form. `start_of(i)` is the original offset of normal character i; `end_of(i)` the original
    offset after the last mark that belongs to the character before normal offset i.
    """

    __slots__ = ("_ends", "_starts", "original", "text")

    def __init__(self, original: str, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        self.original = original
        self.text = text
        self._starts = starts
        self._ends = ends

    def start_of(self, index: int) -> int:
        """Original offset where normal character `index` starts; `len(text)` gives the original's length."""
        return self._starts[index] if index < len(self.text) else len(self.original)

    def end_of(self, index: int) -> int:
        """Original offset where the normal text up to `index` (exclusive) ends."""
        return self._ends[index - 1] if index else 0

    def span(self, start: int, end: int) -> Span:
        """The original span of normal `[start, end)`; end > start."""
        return self.original_span(self._starts[start], self._ends[end - 1])

    def original_span(self, start: int, end: int) -> Span:
        """A span from original offsets."""
        return Span(start, end, self.original[start:end])


@lru_cache(maxsize=4096)
def _normal_char(char: str) -> str:
    """The normal form of one character: none, one or several characters."""
    if char in _FIXED:
        return _FIXED[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if "\ufb50" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufeff":
        return "".join(_normal_char(c) for c in unicodedata.normalize("NFKC", char) if c != char)
    lower = char.lower()
    return lower if len(lower) == 1 else char


def normalise(text: str) -> NormalText:
    """Normal form of any Unicode string with the map back; linear in its length."""
    forms = {char: _normal_char(char) for char in sorted(set(text))}
    # What stays one character is copied in stretches; what is dropped or becomes several stands between them.
    odd = [char for char, form in forms.items() if len(form) != 1]
    plain = "".join(map({**forms, **dict.fromkeys(odd, " ")}.__getitem__, text))
    if not odd:
        return NormalText(text, plain, range(len(text) + 1), range(1, len(text) + 1))
    out: list[str] = []
    starts, ends = array("I"), array("I")
    done = 0
    for offset in (*(match.start() for match in re.finditer(f"[{re.escape(''.join(odd))}]", text)), len(text)):
        out.append(plain[done:offset])
        starts.extend(range(done, offset))
        ends.extend(range(done + 1, offset + 1))
        done = offset + 1
        char = text[offset:done]
        form = forms.get(char, "")
        if form:
            out.append(form)
            starts.extend([offset] * len(form))
            ends.extend([done] * len(form))
        elif char in _MARKS and ends and ends[-1] == offset:
            # A mark belongs to the letter before it, and to every part of a ligature.
            last = starts[-1]
            i = len(ends) - 1
            while i >= 0 and starts[i] == last:
                ends[i] = done
                i -= 1
    return NormalText(text, "".join(out), starts, ends)


class _FoldTable(dict[int, str]):
    """Normal forms by code point, for `str.translate`; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = form = _normal_char(chr(code))
        return form


_FOLD_TABLE = _FoldTable()


def fold(text: str) -> str:
    """The normal form alone, for lexicon entries and search."""
    return text.translate(_FOLD_TABLE)
