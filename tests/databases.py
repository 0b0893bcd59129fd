"""Empty databases of either engine.

`KHABAR_POSTGRES` is the URL of a server where databases may be made (`.ci/run` sets it); without it the PostgreSQL
half of the tests is skipped, except in CI (`CI=true`), where it fails.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

__all__ = ["ENGINES", "empty_database"]

ENGINES = ("sqlite", "postgresql")


@contextmanager
def empty_database(engine: str, folder: Path) -> Iterator[str]:
    """The address of an empty database, which is gone afterwards."""
    if engine == "sqlite":
        yield str(folder / "khabar.db")
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
