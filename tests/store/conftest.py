"""Every test of the store runs on SQLite and on PostgreSQL.

`KHABAR_POSTGRES` is the URL of a server where databases may be made (`.ci/run` sets it); without it the PostgreSQL
half is skipped, except in CI (`CI=true`), where it fails.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from khabar.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of either engine."""
    if request.param == "sqlite":
        yield str(tmp_path / "khabar.db")
        return
    server = os.environ.get("KHABAR_POSTGRES")
    if not server:
        if os.environ.get("CI"):
            pytest.fail("KHABAR_POSTGRES is not set")
        pytest.skip("no PostgreSQL: set KHABAR_POSTGRES to the URL of a server where databases may be made")
    name = f"khabar_{uuid.uuid4().hex}"
    admin = create_engine("postgresql+psycopg://" + server.split("://", 1)[1], isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.rsplit("/", 1)[0] + "/" + name
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store."""
    opened = Store.open(address, create=True)
    yield opened
    opened.engine.dispose()
