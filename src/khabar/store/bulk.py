"""Many rows of one table, by one statement that is made ready once.

SQLAlchemy binds the values of each row by name, in Python, which takes longer than the database takes to write them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Insert, Table

__all__ = ["insert_rows", "run_many"]


def insert_rows(connection: Connection, rows: Sequence[Mapping[str, Any]], into: Table | Insert) -> None:
    """Insert rows, which all have the columns of the first; none is nothing to do.

    Values go to the driver as they are: the columns' types must be those that both drivers know (text, numbers, bytes).
    """
    if not rows:
        return
    statement = into.insert() if isinstance(into, Table) else into
    names = list(rows[0])
    compiled = statement.compile(dialect=connection.dialect, column_keys=names)
    order = compiled.positiontup
    values = [dict(row) for row in rows] if order is None else list(map(itemgetter(*order), rows))
    connection.exec_driver_sql(str(compiled), values)


def run_many(connection: Connection, statement: str, values: Sequence[tuple[Any, ...]]) -> None:
    """Run a statement once for each tuple of values; `?` stands for a value on every engine."""
    if values:
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        connection.exec_driver_sql(statement.replace("?", mark), list(values))
