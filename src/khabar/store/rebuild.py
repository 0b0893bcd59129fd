"""The search tables made again from the current readings: after a restore, and when the schema changed them."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, table, update

from khabar.records import reading_from_json
from khabar.store import schema
from khabar.store.index import index_readings
from khabar.store.judging import mark_document
from khabar.store.packing import unpack

__all__ = ["rebuild_index"]

_BATCH = 500


def rebuild_index(connection: Connection) -> None:
    """Empty the search tables of documents, and fill them; stories and copies stay as they are."""
    for name in ("role", "event", "claim_about", "claim", "mention", "document_words", "claim_words", "actor"):
        connection.execute(delete(table(name)))
    connection.execute(update(schema.place).values(documents=0))
    d, r = schema.document, schema.reading
    query = select(r.c.pk, r.c.document_pk, r.c.data, r.c.sha256, d.c.id).join(d, d.c.pk == r.c.document_pk)
    query = query.where(r.c.current, r.c.data.is_not(None)).order_by(r.c.pk).limit(_BATCH)
    last = 0
    while rows := connection.execute(query.where(r.c.pk > last)).all():
        made = [(row.document_pk, reading_from_json(unpack(row.data, row.sha256, subject=row.id))) for row in rows]
        index_readings(connection, made, newest=True)  # in the order in which they were made
        for row in rows:
            mark_document(connection, row.id)
        last = rows[-1].pk
