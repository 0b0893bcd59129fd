"""The data tables that reading needs: found once, fingerprinted, and compiled by each stage on first use.

A stage asks `resources.compiled(build_cues)`; `build_cues(tables)` makes its lookup structure from the tables of
`data/`. So no stage loads what another needs, and an article that needs no gazetteer pays for none.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from khabar.config import Settings
from khabar.errors import SettingsError
from khabar.version import __version__

__all__ = ["Resources", "Tables", "load_resources"]

T = TypeVar("T")
_PACKAGE = Path(__file__).parent
# What a reading depends on: the packages of the path, and every data file and weight.
_CODE = (
    "records.py",
    "dates.py",
    "pipeline.py",
    "resources.py",
    "text",
    "numerals",
    "mentions",
    "attribution",
    "events",
    "model",
)


class Tables:
    """The files of `data/`, and of the user's data folder, as typed rows.

    A table is UTF-8 TSV: lines that start with `#` are comments, the first other line names the columns.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.root = _PACKAGE / "data"
        self.user_root = Path(settings.data_dir) if settings.data_dir else _user_data_dir()
        self._compiled: dict[Callable[[Tables], Any], Any] = {}
        self._lock = threading.RLock()

    def compiled(self, build: Callable[[Tables], T]) -> T:
        """What `build` makes of these tables, made once; it may ask for what others make."""
        found = self._compiled.get(build)
        if found is None:
            with self._lock:
                found = self._compiled.get(build)
                if found is None:
                    found = self._compiled[build] = build(self)
        result: T = found
        return result

    def rows(self, name: str, row: type[T]) -> Iterator[T]:
        """The rows of `data/<name>` as `row` structs; empty cells take the field's default."""
        return read_table(self.root / name, row)

    def user_files(self, folder: str, suffix: str) -> list[Path]:
        """Files that the user added under `folder`, by name."""
        return sorted((self.user_root / folder).glob("*" + suffix))


def read_table(path: Path, row: type[T]) -> Iterator[T]:
    """Rows of one TSV table. Raises SettingsError with the line's number for a row that does not fit."""
    columns: list[str] | None = None
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, raw in enumerate(lines, 1):
            line = raw.rstrip("\n")
            if not line.strip() or line.startswith("#"):
                continue
            cells = line.split("\t")
            if columns is None:
                columns = cells
                continue
            if len(cells) != len(columns):
                raise SettingsError(f"{path.name}, line {number}: {len(cells)} cells, {len(columns)} columns")
            try:
                values = {k: v for k, v in zip(columns, cells, strict=True) if v != ""}
                yield msgspec.convert(values, row, strict=False)
            except msgspec.ValidationError as error:
                raise SettingsError(f"{path.name}, line {number}: {error}") from error


class Resources:
    """Tables and what the stages compiled from them; share one among all documents of a process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tables = Tables(settings)

    def compiled(self, build: Callable[[Tables], T]) -> T:
        """What `build` makes of the tables, made once."""
        return self.tables.compiled(build)

    @cached_property
    def fingerprint(self) -> str:
        """`<version>+<12 hex digits>` over the code of the path, the data and the weights."""
        digest = hashlib.sha256()
        for path in _fingerprinted(self.tables):
            digest.update(path.name.encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return f"{__version__}+{digest.hexdigest()[:12]}"


def load_resources(settings: Settings | None = None) -> Resources:
    """Resources under the given settings; nothing is read before it is asked for."""
    return Resources(settings or Settings())


def _fingerprinted(tables: Tables) -> Iterator[Path]:
    for name in _CODE:
        path = _PACKAGE / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]
    settings = tables.settings
    weights = Path(settings.weights) if settings.weights else _PACKAGE / "model" / "weights"
    for root in (tables.root, *(() if settings.reader == "rules" else (weights,)), tables.user_root / "gazetteer"):
        yield from sorted(path for path in root.rglob("*") if path.is_file() and _counts(path.relative_to(root)))


def _counts(path: Path) -> bool:
    """Whether a reading can depend on this data file: not on notes, the sample, or what compares readings."""
    return path.suffix not in {".md", ".py"} and path.parts[0] not in {"corroborate", "sample"}


def _user_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "khabar"
