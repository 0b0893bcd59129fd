"""Full-text search, folded for Arabic: FTS5 on SQLite, a `tsvector` with a GIN index on PostgreSQL.

Both index words that `khabar.text.fold` has made alike already, so both engines find the same. A document's row holds
its title and text, a claim's its source and content.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sqlalchemy import Connection, text

from khabar.records import Mention, Reading, Source, Span
from khabar.store.bulk import run_many
from khabar.store.keys import ITEMS, item_key
from khabar.text import fold
from khabar.text.names import word_keys

__all__ = ["KEY", "NAMES", "index_words", "remove_words", "words_of"]

NAMES = frozenset({"PERSON", "ORG", "PLACE"})
KEY = "0"  # before a name's key: no word of a text starts with this digit and goes on in letters
_WORD = re.compile(r"[^\W_]{1,200}")  # PostgreSQL refuses lexemes over 2 KB

_MOST = 200_000  # words of one document that are searched; a tsvector may hold 1 MB


def words_of(content: str) -> str:
    """Folded words with single spaces: what is indexed and what is searched for."""
    return " ".join(_WORD.findall(fold(content))[:_MOST])


def index_words(connection: Connection, readings: Sequence[tuple[int, Reading]]) -> None:
    """Index documents' own words and their claims', and every name in them by its keys and its English name; readings
    come under their documents' keys (`khabar.store.keys`)."""
    documents, claims = [], []
    for document, reading in readings:
        d = reading.document
        names = [(m.start, m.end, _name_words(m)) for m in reading.mentions if m.type in NAMES]
        own = words_of(" ".join((d.title or "", d.text)))
        documents.append((document, " ".join([own, *dict.fromkeys(words for _, _, words in names)])))
        for number, claim in enumerate(reading.claims[:ITEMS]):
            spans: list[Span | Source] = [claim.content, *([claim.source] if claim.source else [])]
            inside = [words for span in spans for words in _within(names, span)]
            plain = words_of(" ".join(span.text for span in reversed(spans)))
            claims.append((item_key(document, number), " ".join([plain, *dict.fromkeys(inside)])))
    _put(connection, "document_words", documents)
    _put(connection, "claim_words", claims)


def _within(names: list[tuple[int, int, str]], span: Span | Source) -> Iterator[str]:
    """Words of the names, which are in the order of the text, that a span holds."""
    for start, end, words in names[bisect_left(names, (span.start, 0, "")) :]:
        if start >= span.end:
            return
        if end <= span.end:
            yield words


def _name_words(mention: Mention) -> str:
    """What finds a name besides its own spelling: its keys, and the English name of what it stands for."""
    known = mention.entity or mention.place
    return _keys_and_english(mention.text, (known.name_en if known else None) or "")


@lru_cache(maxsize=50_000)
def _keys_and_english(name: str, english: str) -> str:
    keys = (KEY + key for word in words_of(name).split() for key in word_keys(word))
    return " ".join([*dict.fromkeys(keys), words_of(english)]).strip()


def remove_words(connection: Connection, document: int) -> None:
    """Take the words of a document, by its key, and of its claims out."""
    key = "rowid" if connection.dialect.name == "sqlite" else "pk"
    bounds = {"first": item_key(document, 0), "last": item_key(document, ITEMS - 1)}
    connection.execute(text(f"DELETE FROM document_words WHERE {key} = :pk"), {"pk": document})
    connection.execute(text(f"DELETE FROM claim_words WHERE {key} BETWEEN :first AND :last"), bounds)


def _put(connection: Connection, table: str, rows: list[tuple[int, str]]) -> None:
    if connection.dialect.name == "sqlite":
        run_many(connection, f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", rows)
    else:
        run_many(connection, f"INSERT INTO {table} (pk, words) VALUES (?, to_tsvector('simple', ?))", rows)
