"""Full-text search, folded for Arabic: FTS5 on SQLite, a `tsvector` with a GIN index on PostgreSQL.

Both index words that `khabar.text.fold` has made alike already, so both engines find the same. A document's row holds
its title and text, a claim's its source and content.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, bindparam, select, text

from khabar.records import Reading
from khabar.store import schema
from khabar.text import fold

__all__ = ["index_words", "remove_words", "words_of"]

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 200  # characters of one word; PostgreSQL refuses lexemes over 2 KB
_MOST = 200_000  # words of one document that are searched; a tsvector may hold 1 MB


def words_of(content: str) -> str:
    """Folded words with single spaces: what is indexed and what is searched for."""
    words = (word[:_LONGEST] for word in _WORD.findall(fold(content)))
    return " ".join(word for _, word in zip(range(_MOST), words, strict=False))


def index_words(connection: Connection, document: int, reading: Reading) -> None:
    """Index a document's own words and its claims'."""
    d = reading.document
    _put(connection, "document_words", [(document, words_of(f"{d.title or ''} {d.text}"))])
    c = schema.claim
    rows = connection.execute(select(c.c.pk, c.c.source, c.c.content).where(c.c.document_pk == document))
    _put(connection, "claim_words", [(row.pk, words_of(f"{row.source or ''} {row.content}")) for row in rows])


def remove_words(connection: Connection, document: int) -> None:
    """Take a document's words out; call it while its claims' rows are still there."""
    key = "rowid" if connection.dialect.name == "sqlite" else "pk"
    connection.execute(text(f"DELETE FROM document_words WHERE {key} = :pk"), {"pk": document})
    c = schema.claim
    keys = list(connection.scalars(select(c.c.pk).where(c.c.document_pk == document)))
    if keys:
        statement = text(f"DELETE FROM claim_words WHERE {key} IN :keys").bindparams(
            bindparam("keys", keys, expanding=True)
        )
        connection.execute(statement)


def _put(connection: Connection, table: str, rows: list[tuple[int, str]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        statement = text(f"INSERT INTO {table} (rowid, words) VALUES (:pk, :words)")
    else:
        statement = text(f"INSERT INTO {table} (pk, words) VALUES (:pk, to_tsvector('simple', :words))")
    connection.execute(statement, [{"pk": pk, "words": words} for pk, words in rows])
