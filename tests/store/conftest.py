"""Every test of the store runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from khabar.store import Store


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store."""
    opened = Store.open(address, create=True)
    yield opened
    opened.engine.dispose()
