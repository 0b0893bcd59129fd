"""From bytes to text: UTF-8, UTF-16 with a byte order mark, windows-1256; anything else is refused, not guessed.

windows-1256 gives every byte a meaning, so decoding proves nothing. It is accepted only for what reads as Arabic:
nearly all bytes above ASCII are Arabic letters or Arabic news' own marks, and alef and lam have about their usual
share. UTF-8 read as windows-1256 fails this, as do Cyrillic, Greek, Hebrew and binary files.
"""

from __future__ import annotations

import codecs
import re

from khabar.errors import UndecodableBytes

__all__ = ["BOMS", "decode"]

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_SAMPLE = 64_000  # bytes or characters that the tests below look at
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LETTER = re.compile(r"[^\W\d_]")
_HIGH = re.compile(r"[^\x00-\x7f]")
# What windows-1256 text holds above ASCII: letters, Arabic marks and punctuation, quotes, dashes, no-break space.
_EXPECTED = re.compile(r"[\u0621-\u0652،؛؟«»“”‘’–—…•\u00a0\u200c-\u200f]")
_INSIDE_LATIN = re.compile(r"[A-Za-z][\u0621-\u0652]|[\u0621-\u0652][A-Za-z]")
_MANY_NULS = 0.02
_ODD_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")
# Alef and lam are about 28 % of the letters of Arabic news (alef 15, lam 13); other scripts read as windows-1256
# stay under half of that.
_MIN_ALEF_LAM = 0.14
_MIN_EXPECTED = 0.9


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text of `data`, a byte order mark taken off. `declared` is what a container says of itself.

    Raises UndecodableBytes with the offset of the first byte that is not UTF-8.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name)
    if _looks_like_utf16(data):
        return _utf16_without_mark(data)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if declared and (text := _declared(data, declared)) is not None:
            return text
        text = data.decode("windows-1256", errors="replace")
        if _reads_as_arabic(text[:_SAMPLE]):
            return text
        raise UndecodableBytes(_where(data, error)) from error


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UndecodableBytes(f"not {name.upper()}, as its byte order mark says: byte {error.start}") from error


def _declared(data: bytes, name: str) -> str | None:
    """What the page's own charset gives, for the two that old Arabic pages use."""
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if codec not in {"cp1256", "iso8859-6"}:
        return None
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _looks_like_utf16(data: bytes) -> bool:
    """Many NULs, or many bytes 6, which stand before every Arabic letter in UTF-16: two bytes a character without a
    mark, or no text at all. A stray NUL stays in the text."""
    head = data[:_SAMPLE]
    return head.count(0) > max(3, _MANY_NULS * len(head)) or head.count(6) * 4 > len(head)


def _utf16_without_mark(data: bytes) -> str:
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _ODD_CONTROLS.search(text[:_SAMPLE]) and _mostly_arabic(text[:_SAMPLE]):
            return text
    raise UndecodableBytes(f"{data[:_SAMPLE].count(0)} NUL bytes near the start: not a text")


def _mostly_arabic(text: str) -> bool:
    return 2 * len(_ARABIC.findall(text)) > len(_LETTER.findall(text)) > 0


def _reads_as_arabic(text: str) -> bool:
    high = len(_HIGH.findall(text))
    letters = len(_ARABIC.findall(text))
    if not letters or len(_ODD_CONTROLS.findall(text)) * 100 > len(text):
        return False
    alef_lam = sum(text.count(char) for char in "اأإآل")
    # Arabic letters inside Latin words are accents of a European charset.
    inside_latin = len(_INSIDE_LATIN.findall(text))
    return (
        len(_EXPECTED.findall(text)) >= _MIN_EXPECTED * high
        and alef_lam >= _MIN_ALEF_LAM * letters
        and inside_latin * 20 <= letters
    )


def _where(data: bytes, error: UnicodeDecodeError) -> str:
    return f"neither UTF-8 (byte 0x{data[error.start]:02x} at {error.start}) nor Arabic in windows-1256"
