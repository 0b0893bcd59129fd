from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest

from khabar.config import Settings
from khabar.errors import SettingsError
from khabar.resources import Resources, _fingerprinted, read_table


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


def test_the_fingerprint_covers_every_module_that_reads_and_every_table(resources: Resources) -> None:
    program = (
        "import khabar, sys; khabar.read('قال زيد إن كذا'); print(*(m for m in sys.modules if m.startswith('khabar')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    # What decides which text is read and with which settings, not what is found in it.
    around = {"khabar", "khabar.config", "khabar.errors", "khabar.reader", "khabar.version"}
    covered = {path.resolve() for path in _fingerprinted(resources.tables)}
    for name in sorted(set(done.stdout.split()) - around):
        spec = find_spec(name)
        assert spec is not None
        assert Path(str(spec.origin)).resolve() in covered, name
    tables = {path for path in resources.tables.root.rglob("*.tsv") if path.parent.name != "corroborate"}
    assert {path.resolve() for path in tables} <= covered


def test_the_fingerprint_changes_with_a_table(tmp_path: Path) -> None:
    before = Resources(Settings(data_dir=str(tmp_path))).fingerprint
    (tmp_path / "gazetteer").mkdir()
    (tmp_path / "gazetteer" / "mine.tsv").write_text("id\n", "utf-8")
    assert Resources(Settings(data_dir=str(tmp_path))).fingerprint != before
