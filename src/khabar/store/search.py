"""What a user types, as a full-text query of either engine."""

from __future__ import annotations

import re

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    TextClause,
    column,
    literal,
    select,
    table,
    text,
)

from khabar.errors import UsageError
from khabar.store.keys import DOCUMENTS
from khabar.store.paging import in_days
from khabar.store.words import KEY, words_of
from khabar.text import fold
from khabar.text.names import word_keys

__all__ = ["claims_matching", "documents_matching", "name_patterns"]

_PART = re.compile(r'"([^"]*)"?|(\S+)')
_MOST_WORDS = 32


def claims_matching(connection: Connection, typed: str) -> Select[tuple[int]]:
    """The keys of the claims, of the days asked for, in which everything typed is found (see `documents_matching`)."""
    return _matching(connection, "claim_words", _parts(typed), typed)


def documents_matching(connection: Connection, typed: str, *, names: bool = False) -> Select[tuple[int]]:
    """The documents, of the days asked for (`in_days`), in which everything typed is found, as a query for their keys.

    Words stand together in any order; a phrase in quotation marks stands as it is; `*` at the end makes a prefix; a
    word in Latin letters also finds the names that may be spelt so, and with `names` so does one in Arabic letters.
    Raises UsageError where no word is left.
    """
    return _matching(connection, "document_words", _parts(typed, names=names), typed)


_Part = tuple[list[str], bool, tuple[str, ...]]


def _matching(connection: Connection, name: str, parts: list[_Part], typed: str) -> Select[tuple[int]]:
    if not parts:
        raise UsageError(f"no word to search for in {typed[:40]!r}", stage="query")
    words = table(name, column("rowid", BigInteger), column("pk", BigInteger), column("words"))
    condition: ColumnElement[bool] | TextClause
    if connection.dialect.name == "sqlite":
        key = words.c.rowid
        match = " AND ".join(_sqlite_part(*part) for part in parts)
        condition = text(f"{name} MATCH :words_{name}").bindparams(**{f"words_{name}": match})
    else:
        key = words.c.pk
        query = literal(" & ".join(_postgresql_part(*part) for part in parts)).op("::")(text("tsquery"))
        condition = words.c.words.op("@@")(query)
    if name == "claim_words":
        return select(key).where(condition, in_days(key, "item"))
    return select(key.bitwise_and(DOCUMENTS - 1)).where(condition, in_days(key, "document"))


def name_patterns(typed: str) -> list[list[str]]:
    """For each word typed, the LIKE patterns that find it in the key of a name."""
    return [[f"%{key}%" for key in keys] for _, _, keys in _parts(typed, names=True) if keys]


def _parts(typed: str, *, names: bool = False) -> list[_Part]:
    """Words of each part, whether it is a prefix, and keys that may stand for it."""
    parts: list[_Part] = []
    for match in _PART.finditer(fold(typed)):
        phrase, word = match.groups()
        words = words_of(phrase if phrase is not None else word).split()[:_MOST_WORDS]
        if phrase is not None or (word.endswith("*") and words):
            parts += [(words, phrase is None, ())] if words else []
        elif len(words) > 1 and word.isascii():
            # `al-Jolani`: a name whose parts are written together, the article one of them.
            parts += [([one], False, word_keys(one)) for one in words if word_keys(one)]
        elif words:
            keyed = len(words) == 1 and words[0].isalpha() and (names or words[0].isascii())
            parts.append((words, False, word_keys(words[0]) if keyed else ()))
    return parts[:_MOST_WORDS]


def _sqlite_part(words: list[str], prefix: bool, keys: tuple[str, ...]) -> str:
    phrase = '"' + " ".join(words) + '"' + ("*" if prefix else "")
    return "(" + " OR ".join([phrase, *(f'"{KEY}{key}"' for key in keys)]) + ")"


def _postgresql_part(words: list[str], prefix: bool, keys: tuple[str, ...]) -> str:
    quoted = [f"'{word}'" for word in words]  # words_of leaves letters and digits alone
    if prefix:
        quoted[-1] += ":*"
    return "(" + " | ".join([" <-> ".join(quoted), *(f"'{KEY}{key}'" for key in keys)]) + ")"
