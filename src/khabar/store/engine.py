"""Opening a database: one address for both engines, the schema checked before anything is touched."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from khabar.errors import (
    StoreBusy,
    StoreError,
    StoreMissing,
    StoreOutdated,
    StoreTooNew,
    StoreUnavailable,
)

__all__ = ["alembic_config", "check_schema", "connect", "storage_errors", "upgrade_schema", "write"]

_BUSY_SECONDS: float = 30
_CACHE_KB = 32_000  # of one connection to SQLite; its own 2 MB do not hold the upper pages of all indexes
_SEARCH_SINCE = "0007"  # the last migration that empties the search tables


def connect(address: str, *, create: bool = False) -> Engine:
    """An engine for a path (SQLite) or a `postgresql://` URL.

    Raises StoreMissing for a path without a file unless `create`, StoreUnavailable where there is no connection.
    """
    if address.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + address.split("://", 1)[1]
        engine = create_engine(url, pool_pre_ping=True)
    else:
        path = Path(address.removeprefix("sqlite:///"))
        if not create and not path.is_file():
            raise StoreMissing(f"no database at {path}; `khabar ingest PATH --db {path}` makes one", stage="store")
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _BUSY_SECONDS})
        _prepare_sqlite(engine)
    with storage_errors(), engine.connect():
        pass
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        # The driver's own transaction handling begins too late and commits too early; ours is the "begin" event.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={int(_BUSY_SECONDS * 1000)}",
            f"cache_size=-{_CACHE_KB}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        # Distances need them, and not every build of SQLite has them.
        for function in (math.radians, math.sin, math.cos):
            connection.create_function(function.__name__, 1, function, deterministic=True)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A writer takes its lock at once: two that read first and write later would deadlock.
        writes = connection.get_execution_options().get("khabar_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: committed whole at the end of the block, or not at all."""
    with (
        storage_errors(),
        engine.connect().execution_options(khabar_write=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn the drivers' errors into ours."""
    try:
        yield
    except OperationalError as error:
        detail = str(error.orig).strip() or str(error)
        kind = StoreBusy if "locked" in detail or "lock timeout" in detail else StoreUnavailable
        raise kind(detail, stage="store") from error
    except DBAPIError as error:
        raise StoreError(str(error.orig), stage="store") from error


def alembic_config(connection: Connection | None = None) -> Config:
    """Where the migrations are, and what they run over."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def check_schema(engine: Engine) -> None:
    """Raise StoreMissing, StoreOutdated or StoreTooNew unless the schema is this version's."""
    script = ScriptDirectory.from_config(alembic_config())
    with storage_errors(), engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found == script.get_current_head():
        return
    if found is None:
        raise StoreMissing("the database holds no Khabar tables; `khabar db upgrade` makes them", stage="store")
    known = {revision.revision for revision in script.walk_revisions()}
    if found in known:
        raise StoreOutdated(f"schema {found}: run `khabar db upgrade` (back up first)", stage="store")
    raise StoreTooNew(f"schema {found} is of a later version of Khabar: upgrade the program", stage="store")


def upgrade_schema(engine: Engine) -> None:
    """Bring the schema up to date, in one transaction; search tables that a migration emptied are made again."""
    from khabar.store.rebuild import rebuild_index  # which needs this module

    with write(engine) as connection:
        before = MigrationContext.configure(connection).get_current_revision()
        command.upgrade(alembic_config(connection), "head")
        if before is not None and before < _SEARCH_SINCE:
            rebuild_index(connection)
