"""Readings as they were unpacked last: a page of the review asks for the same few documents again and again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from khabar.records import Reading, reading_from_json
from khabar.store.packing import unpack

__all__ = ["reading_of"]

_KEPT = 64
_MOST = 200_000  # packed bytes: what is longer is a book, and is unpacked each time


@dataclass(frozen=True)
class _Packed:
    """A reading in its bytes; others than these are another reading, whatever hash stands beside them."""

    digest: str
    data: bytes = field(hash=False)
    document: str


def reading_of(data: bytes, digest: str, *, document: str) -> Reading:
    """The reading that packed bytes hold. Raises StoreDamaged where they do not have the hash that they should."""
    packed = _Packed(digest, data, document)
    return _kept(packed) if len(data) < _MOST else _unpacked(packed)


def _unpacked(packed: _Packed) -> Reading:
    return reading_from_json(unpack(packed.data, packed.digest, subject=packed.document))


_kept = lru_cache(maxsize=_KEPT)(_unpacked)
