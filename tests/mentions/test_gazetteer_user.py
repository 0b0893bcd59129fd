"""Gazetteers that users add."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from khabar.config import Settings
from khabar.errors import UnreadableFile, UnsupportedFile
from khabar.mentions.gazetteer_build import build_gazetteer
from khabar.mentions.gazetteer_user import add_gazetteer, arabic_names, list_gazetteers
from khabar.resources import Resources, load_resources


def line(number: int, names: str, feature: str = "PPL", kind: str = "P", lat: str = "15.5") -> str:
    cells = [
        str(number),
        "Name",
        "Name",
        names,
        lat,
        "44.5",
        kind,
        feature,
        "YE",
        "",
        "16",
        "",
        "",
        "",
        "120",
        "",
        "",
        "",
        "",
    ]
    return "\t".join(cells) + "\n"


@pytest.fixture
def mine(tmp_path: Path) -> Resources:
    return load_resources(Settings(data_dir=str(tmp_path / "data")))


def test_a_dump_becomes_places_and_changes_the_fingerprint(tmp_path: Path, mine: Resources) -> None:
    dump = tmp_path / "YE.txt"
    dump.write_text(
        line(900000001, "محافظة الخيال,X", "ADM1", "A")
        + line(900000002, "قرية الخيال,Khayal")
        + line(900000003, "Nothing Arabic")
        + line(900000004, "بئر", "WLL", "S"),
        "utf-8",
    )
    before = mine.fingerprint
    added = add_gazetteer(dump, mine.tables)
    assert (added.read, added.kept, added.without_arabic_name, added.other_features) == (4, 2, 1, 1)
    again = load_resources(mine.settings)
    assert again.fingerprint != before
    entry = again.compiled(build_gazetteer).by_id["geonames:900000002"]
    assert entry.name_ar == "قرية الخيال"
    assert entry.within == "geonames:900000001"
    assert [table.name for table in list_gazetteers(again.tables) if not table.bundled] == ["ye"]


def test_a_zip_is_read_too(tmp_path: Path, mine: Resources) -> None:
    with zipfile.ZipFile(tmp_path / "YE.zip", "w") as archive:
        archive.writestr("readme.txt", "x")
        archive.writestr("YE.txt", line(900000002, "الخيال"))
    assert add_gazetteer(tmp_path / "YE.zip", mine.tables).kept == 1


@pytest.mark.parametrize(
    "content", [b"", b"a\tb\n", b"\xff\xfe\x00", ("x" * 200_000).encode(), line(1, "y")[:-3].encode() * 2]
)
def test_what_is_no_dump_is_refused_and_leaves_nothing(tmp_path: Path, mine: Resources, content: bytes) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    with pytest.raises(UnsupportedFile):
        add_gazetteer(tmp_path / "bad.txt", mine.tables)
    assert mine.tables.user_files("gazetteer", "") == []


def test_a_missing_file_and_a_bad_zip(tmp_path: Path, mine: Resources) -> None:
    with pytest.raises(UnreadableFile):
        add_gazetteer(tmp_path / "none.txt", mine.tables)
    (tmp_path / "bad.zip").write_bytes(b"not a zip")
    with pytest.raises(UnsupportedFile):
        add_gazetteer(tmp_path / "bad.zip", mine.tables)


def test_a_point_out_of_range_is_none(tmp_path: Path, mine: Resources) -> None:
    dump = tmp_path / "YE.txt"
    dump.write_text(line(900000002, "الخيال", lat="99") + line(900000005, "الحلم", lat="x"), "utf-8")
    add_gazetteer(dump, mine.tables)
    gazetteer = load_resources(mine.settings).compiled(build_gazetteer)
    assert gazetteer.by_id["geonames:900000002"].lat is None
    assert gazetteer.by_id["geonames:900000005"].lat is None


def test_arabic_names_take_persian_spellings_only_if_there_is_nothing_else() -> None:
    assert arabic_names(["Raqqa", "الرقة", "رقه‌", "الرَّقة"]) == ["الرقة"]
    assert arabic_names(["کرج", "Karaj"]) == ["كرج"]
    assert arabic_names(["پیرانشهر"]) == []
