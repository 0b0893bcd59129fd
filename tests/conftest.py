"""Where shared material lies: real articles that tests use and the project does not ship."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from databases import ENGINES, empty_database
from khabar.resources import Resources, load_resources

ROOT = Path(__file__).parent.parent

# Time is measured in bench/; here a busy machine must not fail a test.
settings.register_profile("khabar", deadline=None)
settings.load_profile("khabar")


@pytest.fixture(scope="session")
def resources() -> Resources:
    """The bundled resources, compiled once for all tests."""
    return load_resources()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("KHABAR_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared material at {folder} (set KHABAR_SHARED)")
    return folder


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of either engine."""
    with empty_database(request.param, tmp_path) as made:
        yield made
