"""Rules of the house that a program can hold: public names, sizes, what the pages must mention."""

from __future__ import annotations

import ast
import typing
from pathlib import Path

import pytest

import khabar
from khabar import records

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "src" / "khabar").rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "src").as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 420


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    if path.name != "__main__.py":
        assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_the_names_of_the_package_are_there() -> None:
    assert all(getattr(khabar, name) is not None for name in khabar.__all__)
    with pytest.raises(AttributeError):
        _ = khabar.nothing


def test_the_page_of_the_public_json_names_every_label_and_key() -> None:
    page = (ROOT / "docs" / "reading.md").read_text("utf-8")
    types = (
        "MentionType",
        "Precision",
        "TimeType",
        "Reason",
        "SourceKind",
        "Stance",
        "Quote",
        "EventType",
        "Factuality",
        "RoleName",
    )
    labels = {value for name in types for value in typing.get_args(getattr(records, name))}
    keys = {field for kind in (records.PublicReading, records.Mention, records.Claim, records.Event, records.Place,
                               records.Time, records.Quantity, records.Entity, records.Unresolved, records.Candidate)
            for field in kind.__struct_fields__}  # fmt: skip
    for word in sorted(labels | keys):
        assert f"`{word}`" in page or f'"{word}"' in page, word
