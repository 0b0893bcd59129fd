"""Backup and restore: all evidence in one file that either engine writes and either reads.

Gzip of JSON lines: a head with the schema's revision, every row of every evidence table, and a foot with the number of
rows and the ledger's head. Search tables are left out; a restore makes them again. A backup is one snapshot: others may
read and write meanwhile.
"""

from __future__ import annotations

import gzip
import itertools
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, LargeBinary, Table, func, select

from khabar.errors import StoreDamaged, UsageError
from khabar.store import ledger, schema
from khabar.store.database import Store
from khabar.store.engine import storage_errors, write
from khabar.store.rebuild import rebuild_index

__all__ = ["EVIDENCE_TABLES", "backup", "restore"]

EVIDENCE_TABLES = ("blob", "ingest", "document", "sighting", "reading", "rejection", "judgement", "ledger")
_FORM = "khabar.backup/1"
_BATCH = 500
_MAX_LINE = 256_000_000  # bytes of one row; a packed original is far smaller


def backup(store: Store, path: Path) -> int:
    """Write every row of evidence to `path`, whole or not at all; returns the number of rows."""
    partial = path.with_name(path.name + ".partial")
    with storage_errors(), store.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        # mtime=0 and no name: the same store gives the same bytes.
        with partial.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as out:
            out.write(msgspec.json.encode({"form": _FORM, "tables": EVIDENCE_TABLES}) + b"\n")
            count = 0
            for name, row in _rows(connection):
                out.write(msgspec.json.encode({"table": name, "row": row}) + b"\n")
                count += 1
            out.write(msgspec.json.encode({"rows": count, "head": ledger.head(connection)}) + b"\n")
        with partial.open("rb") as done:
            os.fsync(done.fileno())
    partial.replace(path)
    return count


def _rows(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in EVIDENCE_TABLES:
        table = schema.metadata.tables[name]
        key = next(iter(table.primary_key.columns))
        query = select(table).order_by(key)
        for row in connection.execution_options(yield_per=_BATCH).execute(query):
            yield name, dict(row._mapping)


def restore(store: Store, path: Path) -> int:
    """Fill an empty store from a backup, in one transaction; returns the number of rows.

    Raises UsageError for a store that is not empty, StoreDamaged for a file that is cut short or none of ours.
    """
    try:
        with gzip.open(path, "rb") as lines, write(store.engine) as connection:
            if connection.scalar(select(func.count()).select_from(schema.ledger)):
                raise UsageError("a backup is restored into an empty database", stage="restore")
            count = _fill(connection, _lines(lines))
            rebuild_index(connection)
    except (gzip.BadGzipFile, EOFError, zlib.error, msgspec.MsgspecError, KeyError, TypeError) as error:
        raise StoreDamaged(f"{path}: {error}", stage="restore") from error
    return count


def _lines(file: gzip.GzipFile) -> Iterator[dict[str, Any]]:
    while line := file.readline(_MAX_LINE):
        value = msgspec.json.decode(line)
        if not isinstance(value, dict):
            raise StoreDamaged("not a backup of ours", stage="restore")
        yield value


def _fill(connection: Connection, lines: Iterator[dict[str, Any]]) -> int:
    if next(lines, {}).get("form") != _FORM:
        raise StoreDamaged(f"not a {_FORM} file", stage="restore")
    count, foot = 0, {}
    for name, group in itertools.groupby(lines, key=lambda line: line.get("table")):
        if name is None:
            foot = next(group)
            break
        if name not in EVIDENCE_TABLES:
            raise StoreDamaged(f"no table {name!r}", stage="restore")
        table = schema.metadata.tables[name]
        while batch := [_typed(table, line["row"]) for line in itertools.islice(group, _BATCH)]:
            connection.execute(table.insert(), batch)
            count += len(batch)
    if foot.get("rows") != count or foot.get("head") != ledger.head(connection):
        raise StoreDamaged("the file is cut short, or rows are missing", stage="restore")
    return count


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row with its bytes, which JSON holds in base 64, as bytes again."""
    packed = [column.name for column in table.columns if isinstance(column.type, LargeBinary)]
    return row | {name: msgspec.convert(row[name], bytes) for name in packed if row[name] is not None}
