"""Full-text search, folded for Arabic: FTS5 on SQLite, a `tsvector` with a GIN index on PostgreSQL.

Both index words that `khabar.text.fold` has made alike already, so both engines find the same. A document's row holds
its title and text, a claim's its source and content.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, bindparam, select, text

from khabar.records import Mention, Reading, Source, Span
from khabar.store import schema
from khabar.text import fold
from khabar.text.latin import name_keys

__all__ = ["KEY", "index_words", "remove_words", "words_of"]

KEY = "0"  # before a name's key: no word of a text starts with this digit and goes on in letters
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 200  # characters of one word; PostgreSQL refuses lexemes over 2 KB
_MOST = 200_000  # words of one document that are searched; a tsvector may hold 1 MB


def words_of(content: str) -> str:
    """Folded words with single spaces: what is indexed and what is searched for."""
    words = (word[:_LONGEST] for word in _WORD.findall(fold(content)))
    return " ".join(word for _, word in zip(range(_MOST), words, strict=False))


def index_words(connection: Connection, document: int, reading: Reading) -> None:
    """Index a document's own words and its claims', and every name in them by its keys and its English name."""
    d = reading.document
    names = [(m.start, m.end, _name_words(m)) for m in reading.mentions if m.type in {"PERSON", "ORG", "PLACE"}]
    all_names = " ".join(dict.fromkeys(words for _, _, words in names))
    own = words_of(" ".join((d.title or "", d.text)))
    _put(connection, "document_words", [(document, f"{own} {all_names}")])
    c = schema.claim
    keys = {row.id: row.pk for row in connection.execute(select(c.c.pk, c.c.id).where(c.c.document_pk == document))}
    rows = []
    for claim in reading.claims:
        spans: list[Span | Source] = [claim.content, *([claim.source] if claim.source else [])]
        inside = [words for start, end, words in names if any(s.start <= start and end <= s.end for s in spans)]
        plain = words_of(" ".join(span.text for span in reversed(spans)))
        rows.append((keys[claim.id], " ".join([plain, *dict.fromkeys(inside)])))
    _put(connection, "claim_words", rows)


def _name_words(mention: Mention) -> str:
    """What finds a name besides its own spelling: its keys, and the English name of what it stands for."""
    known = mention.entity or mention.place
    english = words_of(known.name_en) if known and known.name_en else ""
    keys = (KEY + key.lower() for word in words_of(mention.text).split() for key in name_keys(word))
    return " ".join([*dict.fromkeys(keys), english]).strip()


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
