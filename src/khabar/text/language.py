"""Whether a text is Arabic: told by its letters, never guessed further."""

from __future__ import annotations

import re

__all__ = ["language_of"]

_ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
# Letters of Persian, Urdu, Kurdish and Pashto that Arabic prose does not use.
_OTHER = re.compile(r"[پچژگڤێۆڕڵەیکےٹڈڑںټډړږښڼۍ]")
_LETTER = re.compile(r"[^\W\d_]")
_SAMPLE = 20_000  # characters: enough to tell, bounded for huge texts


def language_of(text: str) -> str:
    """`ar` where at least half of the letters are Arabic and few are other languages' own; else `und`."""
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    arabic = len(_ARABIC.findall(sample))
    if not letters or arabic * 2 < letters:
        return "und"
    return "ar" if len(_OTHER.findall(sample)) * 20 < arabic else "und"
