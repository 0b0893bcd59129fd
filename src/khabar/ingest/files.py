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
from khabar.ingest.html import extractor, read_page
from khabar.ingest.lines import blocks_of, limited_lines
from khabar.ingest.objects import Defaults, document_from_object, make_document, parse_json
from khabar.ingest.walk import Found, find_files
from khabar.records import Arrival, Document, Reading, Rejection

__all__ = ["read_arrivals", "read_inputs"]

STAGE = "ingest"
_PEEK = 1 << 20  # bytes of standard input in which its first non-blank character is looked for


class _Context(msgspec.Struct, frozen=True):
    settings: Settings
    defaults: Defaults
    on_bytes: Callable[[int], None]


def read_inputs(paths: Sequence[str], **options: Any) -> Iterator[Document | Rejection]:
    """What `read_arrivals` finds, without the bytes it came in; the same options."""
    for arrival in read_arrivals(paths, **options):
        assert not isinstance(arrival.result, Reading)
        yield arrival.result


def read_arrivals(
    paths: Sequence[str],
    *,
    settings: Settings,
    publisher: str | None = None,
    published: str | None = None,
    stdin: io.BufferedReader | None = None,
    skip: frozenset[Path] = frozenset(),
    on_bytes: Callable[[int], None] = lambda count: None,
) -> Iterator[Arrival]:
    """Every document in `paths` (files, folders, globs, `-`) with its bytes; a rejection for each that cannot be read.

    `publisher` and `published` fill what an input does not say itself. `skip` holds resolved paths that are being
    written. `on_bytes` is told how many bytes were taken in. Lazy: memory holds one file or one line.
    """
    context = _Context(settings, Defaults(publisher or None, published or None), on_bytes)
    for found in find_files(paths, skip=skip):
        if isinstance(found, Rejection):
            yield Arrival(None, found.document, "none", found)
        elif found.path is None:
            yield from _read_stream(stdin, context)
        else:
            yield from _read_file(found, context)


def _read_file(found: Found, context: _Context) -> Iterator[Arrival]:
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
        yield _refused(found.name, None, UnreadableFile(error.strerror or str(error)))
        return
    except InputError as error:
        yield _refused(found.name, None, error)
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


def _read_text(name: str, data: bytes, context: _Context) -> Iterator[Arrival]:
    try:
        document = make_document(decode(data), name, {}, context.settings, context.defaults)
    except InputError as error:
        yield _refused(name, data, error, "text")
    else:
        yield Arrival(data, name, "text", document)


def _read_html(name: str, data: bytes, context: _Context) -> Iterator[Arrival]:
    try:
        if not data.strip():
            raise EmptyText("nothing but white space")
        page = read_page(data)
        given = {"title": page.title, "url": page.url, "publisher": page.publisher, "published": page.published}
        stated = {field: value for field, value in given.items() if value is not None}
        document = make_document(page.text, name, stated, context.settings, context.defaults)
    except InputError as error:
        yield _refused(name, data, error, extractor())
    else:
        yield Arrival(data, name, extractor(), document)


def _read_json(name: str, data: bytes, context: _Context) -> Iterator[Arrival]:
    try:
        value = parse_json(data)
    except InputError as error:
        yield _refused(name, data, error, "json")
        return
    values = value if isinstance(value, list) else [value]
    for number, item in enumerate(values, 1):
        where = f"{name}, item {number}" if isinstance(value, list) else name
        yield _from_object(item, where, data, "json", context)


def _read_lines(name: str, blocks: Iterator[bytes], context: _Context) -> Iterator[Arrival]:
    limit = context.settings.max_bytes
    for number, line in enumerate(limited_lines(blocks, limit), 1):
        where = f"{name}, line {number}"
        if line is None:
            yield _refused(where, None, TooLarge(f"more than {limit} bytes"))
        elif line.strip():
            yield _from_line(line, where, context)


def _from_line(line: bytes, where: str, context: _Context) -> Arrival:
    try:
        value = parse_json(line)
    except InputError as error:
        return _refused(where, line, error, "jsonl")
    return _from_object(value, where, line, "jsonl", context)


def _from_object(value: Any, where: str, raw: bytes, extraction: str, context: _Context) -> Arrival:
    try:
        return Arrival(raw, where, extraction, document_from_object(value, context.settings, context.defaults))
    except InputError as error:
        # The id names the document; where it stood is in the detail.
        detail = f"{where}: {error.detail}" if error.document else error.detail
        return Arrival(raw, where, extraction, Rejection(error.document or where, STAGE, error.code, detail))


def _refused(where: str, raw: bytes | None, error: InputError, extraction: str = "none") -> Arrival:
    return Arrival(raw, where, extraction, error.rejection(document=where, stage=STAGE))


def _read_stream(stdin: io.BufferedReader | None, context: _Context) -> Iterator[Arrival]:
    """Standard input: JSON lines if its first non-blank character is `{`, else one text."""
    if stdin is None:
        yield _refused("-", None, UnreadableFile("no standard input"))
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
        yield _refused("-", None, UnreadableFile(error.strerror or str(error)))
        return
    if len(head) > limit:
        yield _refused("-", None, TooLarge(f"more than {limit} bytes"))
        return
    yield from _read_text("-", bytes(head), context)


def _first_mark(head: bytearray) -> bytes:
    """The first non-blank byte, past a byte order mark; in UTF-16 the zero bytes are passed over too."""
    marks = [len(mark) for mark, _ in BOMS if head.startswith(mark)]
    return bytes(head[sum(marks) : _PEEK].replace(b"\0", b"").lstrip()[:1])


def _chained(head: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from blocks


_WHOLE: dict[str, Callable[[str, bytes, _Context], Iterator[Arrival]]] = {
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".json": _read_json,
}
