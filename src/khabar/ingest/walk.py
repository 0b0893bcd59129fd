"""Which files the user means: paths, folders, globs, and `-`, in a fixed order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from khabar.errors import UnreadableFile, UnsupportedFile
from khabar.records import Rejection

__all__ = ["Found", "find_files", "total_bytes"]

_STAGE = "ingest"


class Found(msgspec.Struct, frozen=True):
    """A file, and its name relative to what the user named; `path` is None for standard input."""

    path: Path | None
    name: str


def find_files(paths: Sequence[str], *, skip: frozenset[Path] = frozenset()) -> Iterator[Found | Rejection]:
    """The files that `paths` name; what cannot be looked into comes as a rejection.

    Hidden files of a folder are passed over, and so are those in `skip` (resolved paths).
    """
    for named in paths:
        for found in _expand(named):
            if isinstance(found, Rejection) or found.path is None or not skip or found.path.resolve() not in skip:
                yield found


def total_bytes(paths: Sequence[str], *, skip: frozenset[Path] = frozenset()) -> int | None:
    """Bytes to be read, for a progress bar; None where standard input is among them."""
    total = 0
    for found in find_files(paths, skip=skip):
        if isinstance(found, Rejection):
            continue
        if found.path is None:
            return None
        try:
            total += found.path.stat().st_size
        except OSError:
            continue
    return total


def _expand(named: str) -> Iterator[Found | Rejection]:
    path = Path(named)
    if named == "-":
        yield Found(None, "-")
    elif os.path.isdir(named):
        yield from _walk(path, path)
    elif os.path.lexists(named):
        yield Found(path, _printable(path.name))
    elif glob.has_magic(named):
        yield from _glob(named)
    else:
        yield UnreadableFile("no such file").rejection(document=_printable(named), stage=_STAGE)


def _glob(pattern: str) -> Iterator[Found | Rejection]:
    root = Path(*_plain_parts(Path(pattern)))
    matches = sorted(glob.iglob(pattern, recursive=True))
    if not matches:
        yield UnreadableFile("no file matches").rejection(document=_printable(pattern), stage=_STAGE)
    for match in matches:
        if not os.path.isdir(match):
            yield Found(Path(match), _relative(Path(match), root))
        elif "**" not in pattern:
            # `**` gives the files of its folders too; any other match that is a folder is read as one.
            yield from _walk(Path(match), root)


def _plain_parts(pattern: Path) -> Iterator[str]:
    for part in pattern.parts[:-1]:
        if glob.has_magic(part):
            return
        yield part


def _walk(folder: Path, root: Path) -> Iterator[Found | Rejection]:
    """Files under `folder` by name; a stack in place of recursion, because folders nest as deep as they like."""
    waiting: list[Path] = [folder]
    while waiting:
        path = waiting.pop()
        name = _relative(path, root)
        try:
            if path.is_symlink() and path.is_dir() and path != folder:
                # A link to a folder may lead back up.
                yield UnsupportedFile("link to a folder, not followed").rejection(document=name, stage=_STAGE)
            elif path.is_dir():
                children = sorted(child for child in path.iterdir() if not child.name.startswith("."))
                waiting.extend(reversed(children))
            else:
                yield Found(path, name)
        except OSError as error:
            yield UnreadableFile(error.strerror or str(error)).rejection(document=name, stage=_STAGE)


def _relative(path: Path, root: Path) -> str:
    return _printable(path.relative_to(root).as_posix())


def _printable(name: str) -> str:
    """A file name as valid Unicode: bytes that are none are shown as escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
