"""Bytes as they are kept: compressed, and named by the SHA-256 of what they were before."""

from __future__ import annotations

import hashlib
import zlib

from khabar.errors import StoreDamaged

__all__ = ["pack", "sha256", "unpack"]


def sha256(data: bytes) -> str:
    """`sha256:` and 64 hex digits."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def pack(data: bytes) -> bytes:
    """Compressed bytes; the same for the same input, since the level is fixed."""
    return zlib.compress(data, 6)


def unpack(data: bytes, expected: str, *, subject: str = "") -> bytes:
    """The original bytes. Raises StoreDamaged if they are not those that `expected` (a hash) names."""
    try:
        plain = zlib.decompress(data)
    except zlib.error as error:
        raise StoreDamaged(f"{expected}: {error}", document=subject, stage="store") from error
    if sha256(plain) != expected:
        raise StoreDamaged(f"the bytes do not match {expected}", document=subject, stage="store")
    return plain
