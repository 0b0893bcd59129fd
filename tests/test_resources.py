from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from khabar.errors import SettingsError
from khabar.resources import Resources, read_table


class Row(msgspec.Struct, frozen=True):
    name: str
    count: int = 0


def test_a_table_is_typed_rows_with_comments_and_defaults(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("# what\nname\tcount\n# group\na\t3\nb\t\n", "utf-8")
    assert list(read_table(path, Row)) == [Row("a", 3), Row("b", 0)]


def test_a_bad_row_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("name\tcount\na\tx\n", "utf-8")
    with pytest.raises(SettingsError, match="line 2"):
        list(read_table(path, Row))


def test_the_fingerprint_is_stable_and_carries_the_version(resources: Resources) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\+[0-9a-f]{12}", resources.fingerprint)
    assert resources.fingerprint == Resources(resources.settings).fingerprint
