"""Gazetteers that users add: GeoNames country dumps (villages), turned into tables of the same form as ours.

A dump (`YE.txt`, or `YE.zip` that holds it; download.geonames.org/export/dump, CC BY 4.0) has 19 columns. Kept are
places with an Arabic name: populated places, divisions, waters, mountains and sites. They lie in the user's data
folder, and the fingerprint of every reading covers them.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from khabar.errors import UnreadableFile, UnsupportedFile
from khabar.resources import Tables

__all__ = ["Added", "Loaded", "add_gazetteer", "arabic_names", "list_gazetteers"]

_COLUMNS = 19
_MAX_LINE = 100_000
_NAMES = 8
_LICENCE = "CC BY 4.0, GeoNames, https://www.geonames.org/"
_HEADER = "id name_en names_ar country feature within lat lon radius_km population source".split()
# Feature classes of GeoNames that news names; of spots (S) only these codes.
_CLASSES = frozenset("PAHTL")
_SPOTS = frozenset("AIRP AIRB AIRF INSM DAM PRN MSQE HSP MNMT CSTL PAL OILR PS RSTN CMP NUC PRT BDG HSTS".split())
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a \-]+")
_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")
_PERSIAN = str.maketrans({"ی": "ي", "ک": "ك", "ھ": "ه", "ە": "ه", "ہ": "ه", "ۀ": "ه", "\u200c": " "})


class Added(msgspec.Struct, frozen=True):
    """What came of adding a file: where the table lies, rows read and kept, and why rows were left out."""

    path: str
    read: int
    kept: int
    without_arabic_name: int
    other_features: int


class Loaded(msgspec.Struct, frozen=True):
    """One gazetteer that reading uses: its name, whose it is, how many places, and its licence line."""

    name: str
    bundled: bool
    places: int
    licence: str


def arabic_names(names: Iterable[str], limit: int = _NAMES) -> list[str]:
    """The names an Arabic paper would write: Arabic letters only; Persian spellings only if there is nothing else."""
    own: dict[str, None] = {}
    foreign: dict[str, None] = {}
    for name in names:
        bare = " ".join(_MARKS.sub("", unicodedata.normalize("NFKC", name)).strip(" -").split())
        turned = bare.translate(_PERSIAN).strip()
        if _ARABIC.fullmatch(bare) and len(bare.replace(" ", "")) > 1:
            own[bare] = None
        elif _ARABIC.fullmatch(turned) and len(turned.replace(" ", "")) > 1:
            foreign[turned] = None
    return list(own or foreign)[:limit]


def add_gazetteer(path: Path, tables: Tables) -> Added:
    """Turn a GeoNames dump into a table of the user's folder; an older one from a file of the same name is replaced.

    Raises UnreadableFile or UnsupportedFile for what is no such dump; then nothing is written.
    """
    divisions: dict[str, str] = {}
    kept: list[list[str]] = []
    counts: Counter[str] = Counter()
    for number, line in enumerate(_lines(path), 1):
        cells = line.rstrip("\n").split("\t")
        if len(cells) != _COLUMNS or not cells[0].isdigit():
            raise UnsupportedFile(f"{path.name}, line {number}: not a row of a GeoNames dump")
        counts["read"] += 1
        if cells[7] == "ADM1":
            divisions[f"{cells[8]}.{cells[10]}"] = f"geonames:{cells[0]}"
        if (cells[6] not in _CLASSES and cells[7] not in _SPOTS) or not cells[7]:
            counts["other"] += 1
        elif names := arabic_names([cells[1], *cells[3].split(",")]):
            kept.append(_row(cells, names))
        else:
            counts["nameless"] += 1
    if not counts["read"]:
        raise UnsupportedFile(f"{path.name}: empty")
    for row in kept:
        row[5] = divisions.get(row[5], "") if row[4] != "ADM1" else ""
    target = tables.user_root / "gazetteer" / f"{path.stem.lower()}.tsv"
    _write(target, path.name, kept)
    return Added(str(target), counts["read"], len(kept), counts["nameless"], counts["other"])


def list_gazetteers(tables: Tables) -> tuple[Loaded, ...]:
    """Every gazetteer that reading uses: the bundled tables first, then the user's, by name."""
    bundled = sorted((tables.root / "gazetteer").glob("*.tsv"))
    paths = [(path, True) for path in bundled] + [(path, False) for path in tables.user_files("gazetteer", ".tsv")]
    loaded = [_describe(path, ours) for path, ours in paths]
    return tuple(table for table in loaded if table.places)


def _row(cells: list[str], names: list[str]) -> list[str]:
    try:
        lat, lon = float(cells[4]), float(cells[5])
    except ValueError:
        lat = lon = float("nan")
    point = [f"{lat:.4f}", f"{lon:.4f}"] if abs(lat) <= 90 and abs(lon) <= 180 else ["", ""]
    country = cells[8] if re.fullmatch("[A-Z]{2}", cells[8]) else ""
    population = cells[14] if cells[14].isdigit() else "0"
    return [
        f"geonames:{cells[0]}", cells[1], "|".join(names), country, cells[7], f"{cells[8]}.{cells[10]}", *point, "",
        population, "",
    ]  # fmt: skip


def _lines(path: Path) -> Iterator[str]:
    try:
        if path.suffix.lower() == ".zip":
            yield from _zipped(path)
        else:
            with path.open(encoding="utf-8", newline="\n") as stream:
                yield from _bounded(stream, path.name)
    except UnicodeDecodeError as error:
        raise UnsupportedFile(f"{path.name}: not UTF-8") from error
    except zipfile.BadZipFile as error:
        raise UnsupportedFile(f"{path.name}: not a zip archive") from error
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error


def _zipped(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        inner = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
        if len(inner) != 1:
            raise UnsupportedFile(f"{path.name}: holds {len(inner)} tables, not one")
        with archive.open(inner[0]) as raw:
            yield from _bounded(io.TextIOWrapper(raw, encoding="utf-8", newline="\n"), path.name)


def _bounded(stream: Iterable[str], name: str) -> Iterator[str]:
    for line in stream:
        if len(line) > _MAX_LINE:
            raise UnsupportedFile(f"{name}: a line of {len(line)} characters")
        if line.strip():
            yield line


def _write(target: Path, source: str, rows: list[list[str]]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"# Added from {source}.", f"# Licence: {_LICENCE}", "\t".join(_HEADER)]
    lines += ["\t".join(row) for row in sorted(rows)]
    # Written beside and moved, so that a reader never sees half a table.
    beside = target.with_suffix(".part")
    beside.write_text("\n".join(lines) + "\n", "utf-8")
    beside.replace(target)


def _describe(path: Path, bundled: bool) -> Loaded:
    places = 0
    licence = ""
    is_places = False
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                licence = line.partition("Licence:")[2].strip() or licence
            elif line.startswith("id\t"):
                is_places = True
            elif is_places and line.split("\t", 5)[4]:
                places += 1
    return Loaded(path.stem, bundled, places, licence or "see LICENCE.md")
