"""Files, folders, globs and standard input as a stream of documents and rejections, in order, one at a time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from khabar.config import Settings
from khabar.errors import EmptyText, InputError, TooLarge, UnreadableFile, UnsupportedFile
from khabar.ingest.charsets import BOMS, decode
from khabar.ingest.html import read_page
from khabar.ingest.lines import blocks_of, limited_lines
from khabar.ingest.objects import Defaults, document_from_object, make_document, parse_json
from khabar.ingest.walk import Found, find_files
from khabar.records import Document, Rejection

__all__ = ["read_inputs"]

STAGE = "ingest"
_PEEK = 1 << 20  # bytes of standard input in which its first non-blank character is looked for
Item = Document | Rejection


class _Context(msgspec.Struct, frozen=True):
    settings: Settings
    defaults: Defaults
    on_bytes: Callable[[int], None]


def read_inputs(
    paths: Sequence[str],
    *,
    settings: Settings,
    publisher: str | None = None,
    published: str | None = None,
    stdin: io.BufferedReader | None = None,
    skip: frozenset[Path] = frozenset(),
    on_bytes: Callable[[int], None] = lambda count: None,
) -> Iterator[Item]:
    """Every document in `paths` (files, folders, globs, `-`), and a rejection for each that cannot be read.

    `publisher` and `published` fill what an input does not say itself. `skip` holds resolved paths that are being
    written. `on_bytes` is told how many bytes were taken in. Lazy: memory holds one file or one line.
    """
    context = _Context(settings, Defaults(publisher or None, published or None), on_bytes)
    for found in find_files(paths, skip=skip):
        if isinstance(found, Rejection):
            yield found
        elif found.path is None:
            yield from _read_stream(stdin, context)
        else:
            yield from _read_file(found, context)


def _read_file(found: Found, context: _Context) -> Iterator[Item]:
    assert found.path is not None
    suffix = found.path.suffix.lower()
    try:
        if suffix == ".jsonl":
            with found.path.open("rb") as stream:
                yield from _read_lines(found.name, blocks_of(stream, context.on_bytes), context)
            return
        if suffix not in _WHOLE:
            raise UnsupportedFile(f"{suffix or 'no'} suffix; Khabar reads .txt .html .htm .jsonl .json")
        data = _content(found.path, context)
    except OSError as error:
        yield UnreadableFile(error.strerror or str(error)).rejection(document=found.name, stage=STAGE)
        return
    except InputError as error:
        yield error.rejection(document=found.name, stage=STAGE)
        return
    yield from _WHOLE[suffix](found.name, data, context)


def _content(path: Path, context: _Context) -> bytes:
    limit = context.settings.max_bytes
    if not path.is_file():
        # A pipe or a device may never end.
        raise UnsupportedFile("not a regular file") if path.exists() else UnreadableFile("no such file")
    with path.open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(f"more than {limit} bytes")
    context.on_bytes(len(data))
    return data


def _read_text(name: str, data: bytes, context: _Context) -> Iterator[Item]:
    try:
        yield make_document(decode(data), name, {}, context.settings, context.defaults)
    except InputError as error:
        yield error.rejection(document=name, stage=STAGE)


def _read_html(name: str, data: bytes, context: _Context) -> Iterator[Item]:
    try:
        if not data.strip():
            raise EmptyText("nothing but white space")
        page = read_page(data)
        given = {"title": page.title, "url": page.url, "publisher": page.publisher, "published": page.published}
        stated = {field: value for field, value in given.items() if value is not None}
        yield make_document(page.text, name, stated, context.settings, context.defaults)
    except InputError as error:
        yield error.rejection(document=name, stage=STAGE)


def _read_json(name: str, data: bytes, context: _Context) -> Iterator[Item]:
    try:
        value = parse_json(data)
    except InputError as error:
        yield error.rejection(document=name, stage=STAGE)
        return
    values = value if isinstance(value, list) else [value]
    for number, item in enumerate(values, 1):
        where = f"{name}, item {number}" if isinstance(value, list) else name
        yield _from_object(item, where, context)


def _read_lines(name: str, blocks: Iterator[bytes], context: _Context) -> Iterator[Item]:
    limit = context.settings.max_bytes
    for number, line in enumerate(limited_lines(blocks, limit), 1):
        where = f"{name}, line {number}"
        if line is None:
            yield TooLarge(f"more than {limit} bytes").rejection(document=where, stage=STAGE)
        elif line.strip():
            yield _from_line(line, where, context)


def _from_line(line: bytes, where: str, context: _Context) -> Item:
    try:
        value = parse_json(line)
    except InputError as error:
        return error.rejection(document=where, stage=STAGE)
    return _from_object(value, where, context)


def _from_object(value: Any, where: str, context: _Context) -> Item:
    try:
        return document_from_object(value, context.settings, context.defaults)
    except InputError as error:
        # The id names the document; where it stood is in the detail.
        detail = f"{where}: {error.detail}" if error.document else error.detail
        return Rejection(error.document or where, STAGE, error.code, detail)


def _read_stream(stdin: io.BufferedReader | None, context: _Context) -> Iterator[Item]:
    """Standard input: JSON lines if its first non-blank character is `{`, else one text."""
    if stdin is None:
        yield UnreadableFile("no standard input").rejection(document="-", stage=STAGE)
        return
    limit = context.settings.max_bytes
    blocks = blocks_of(stdin, context.on_bytes)
    head = bytearray()
    try:
        for block in blocks:
            head += block
            if _first_mark(head) or len(head) > min(limit, _PEEK):
                break
        if _first_mark(head) == b"{":
            yield from _read_lines("-", _chained(bytes(head), blocks), context)
            return
        for block in blocks:
            if len(head) > limit:
                break
            head += block
    except OSError as error:
        yield UnreadableFile(error.strerror or str(error)).rejection(document="-", stage=STAGE)
        return
    if len(head) > limit:
        yield TooLarge(f"more than {limit} bytes").rejection(document="-", stage=STAGE)
        return
    yield from _read_text("-", bytes(head), context)


def _first_mark(head: bytearray) -> bytes:
    """The first non-blank byte, past a byte order mark; in UTF-16 the zero bytes are passed over too."""
    marks = [len(mark) for mark, _ in BOMS if head.startswith(mark)]
    return bytes(head[sum(marks) : _PEEK].replace(b"\0", b"").lstrip()[:1])


def _chained(head: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from blocks


_WHOLE: dict[str, Callable[[str, bytes, _Context], Iterator[Item]]] = {
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".json": _read_json,
}
