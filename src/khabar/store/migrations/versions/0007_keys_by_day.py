"""Search rows keyed by day of publication, so that the newest are found first; they are made again after this"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OLD: dict[str, tuple[tuple[str, ...], ...]] = {
    "document": (("published_at",),),
    "mention": (("entity",), ("place",)),
    "claim": (("entity",), ("judgement", "score", "pk")),
    "claim_about": (("entity",), ("place",)),
    "event": (("judgement", "score", "pk"), ("judgement", "type", "score", "pk")),
    "role": (("entity",), ("place",)),
}
_NEW: dict[str, tuple[tuple[str, ...], ...]] = {
    "document": (("published_at", "pk"), ("publisher", "published_at", "pk")),
    "mention": (("entity", "pk"), ("place", "pk")),
    "claim": (("entity", "pk"),),
    "claim_about": (("entity", "claim_pk"), ("place", "claim_pk")),
    "role": (("entity", "event_pk"), ("place", "event_pk")),
}


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("role", "event", "claim_about", "claim", "mention"):
        op.execute(f"DELETE FROM {table}")
    for table, indexes in _OLD.items():
        for columns in indexes:
            op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table)
    for table, indexes in _NEW.items():
        for columns in indexes:
            op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    judged, waits = sa.text("judgement IS NOT NULL"), sa.text("judgement IS NULL")
    for table in ("claim", "event"):
        index = op.f(f"ix_{table}_judgement_published_at_pk")
        by = ["judgement", "published_at", "pk"]
        op.create_index(index, table, by, sqlite_where=judged, postgresql_where=judged)
    for table, queue in (("claim", ["score", "pk"]), ("event", ["score", "pk"]), ("event", ["type", "score", "pk"])):
        index = op.f(f"ix_{table}_waiting_{'_'.join(queue)}")
        op.create_index(index, table, queue, sqlite_where=waits, postgresql_where=waits)
    for name in ("document_words", "claim_words"):
        op.execute(f"DROP TABLE {name}")
        if sqlite:
            # Words are folded before they get here; `ascii` parts them at the blanks and leaves all else alone.
            op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(words, tokenize='ascii')")
        else:
            op.execute(f"CREATE TABLE {name} (pk bigint PRIMARY KEY, words tsvector NOT NULL)")
            op.execute(f"CREATE INDEX ix_{name}_words ON {name} USING gin (words)")
    if not sqlite:
        _on_postgresql()


def _on_postgresql() -> None:
    op.execute("ALTER TABLE mention ALTER pk DROP DEFAULT, ALTER pk TYPE bigint")
    op.execute("DROP SEQUENCE IF EXISTS mention_pk_seq")
    # Moments and ids are compared as SQLite does it, by their characters, whatever language the database was made for.
    for table in sa.inspect(op.get_bind()).get_table_names():
        texts = [c["name"] for c in sa.inspect(op.get_bind()).get_columns(table) if isinstance(c["type"], sa.Text)]
        if texts and table != "alembic_version":
            op.execute(f"ALTER TABLE {table} " + ", ".join(f'ALTER "{c}" TYPE text COLLATE "C"' for c in texts))


def downgrade() -> None:
    """A database goes forward only; a backup is the way back."""
    raise NotImplementedError("a schema is not taken back: restore a backup")
