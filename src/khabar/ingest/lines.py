"""Lines of a byte stream with a limit, so that a file of any size needs the memory of one line."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterable, Iterator

from khabar.ingest.charsets import BOMS

__all__ = ["blocks_of", "limited_lines"]

_BLOCK = 1 << 20


def blocks_of(stream: io.BufferedReader, on_bytes: Callable[[int], None]) -> Iterator[bytes]:
    """What the stream holds, as it comes: a slow pipe is not waited for until a block is full."""
    while block := stream.read1(_BLOCK):
        on_bytes(len(block))
        yield block


def limited_lines(blocks: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
    """Each line without its line feed; None stands for a line of more than `limit` bytes.

    Lines end at a line feed alone: U+2028, U+0085 and carriage returns are content. A UTF-8 byte order mark is
    taken off, UTF-16 with one becomes UTF-8.
    """
    pending, too_long = bytearray(), False
    for block in _as_utf8(iter(blocks)):
        first, *rest = block.split(b"\n")
        if not too_long:
            pending += first
            too_long = len(pending) > limit
        if rest:
            yield None if too_long else bytes(pending)
            *complete, last = rest
            for line in complete:
                yield None if len(line) > limit else line
            pending, too_long = bytearray(last), len(last) > limit
        if too_long:
            pending.clear()
    if pending or too_long:
        yield None if too_long else bytes(pending)


def _as_utf8(blocks: Iterator[bytes]) -> Iterator[bytes]:
    head = next(blocks, b"")
    while 0 < len(head) < 3 and (more := next(blocks, b"")):
        head += more
    for mark, name in BOMS:
        if head.startswith(mark):
            rest = _chained(head[len(mark) :], blocks)
            yield from rest if name == "utf-8" else _recoded(rest, name)
            return
    yield from _chained(head, blocks)


def _chained(head: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from blocks


def _recoded(blocks: Iterator[bytes], name: str) -> Iterator[bytes]:
    # A lone surrogate passes as bytes that are no UTF-8, so that its line alone is refused.
    decoder = codecs.getincrementaldecoder(name)(errors="surrogatepass")
    for block in blocks:
        yield decoder.decode(block).encode("utf-8", "surrogatepass")
    left, _ = decoder.getstate()
    yield b"\xff" * bool(left)  # half a character at the end: the last line is refused
