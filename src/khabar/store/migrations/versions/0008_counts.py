"""Documents and claims counted by actor and by place, so that lists need not count them"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SAID = """
UPDATE claim_about SET said = EXISTS (
  SELECT 1 FROM claim c JOIN mention m ON m.document_pk = c.document_pk
  WHERE c.pk = claim_about.claim_pk AND m.{key} = claim_about.{key} AND {held} > 0
  AND (claim_about.entity IS NULL OR c.entity IS NULL OR c.entity != claim_about.entity)
) WHERE {key} IS NOT NULL
"""
_PLACES = """
UPDATE place SET documents =
  (SELECT count(DISTINCT m.document_pk) FROM mention m WHERE m.place = place.id)
"""
_ACTORS = """
INSERT INTO actor (id, documents, claims, about) SELECT entity, sum(documents), sum(claims), sum(about) FROM (
  SELECT entity, count(DISTINCT document_pk) AS documents, 0 AS claims, 0 AS about
  FROM mention WHERE entity IS NOT NULL GROUP BY entity
  UNION ALL
  SELECT entity, 0, count(*), 0 FROM claim WHERE entity IS NOT NULL GROUP BY entity
  UNION ALL
  SELECT entity, 0, 0, count(DISTINCT claim_pk) FROM claim_about WHERE entity IS NOT NULL AND said GROUP BY entity
) AS parts GROUP BY entity
"""


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "actor",
        sa.Column("id", sa.Text(collation=None if sqlite else "C"), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("about", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
    )
    op.add_column("place", sa.Column("documents", sa.Integer(), server_default="0", nullable=False))
    op.add_column("claim_about", sa.Column("said", sa.Boolean(), server_default=sa.false(), nullable=False))
    # What a claim names was kept, not whether another says something of it: that is looked up once, by the texts.
    held = "instr(c.content, m.text)" if sqlite else "strpos(c.content, m.text)"
    for key in ("entity", "place"):
        op.execute(_SAID.format(key=key, held=held))
    op.execute(_PLACES)
    op.execute(_ACTORS)
    where = sa.text("said = 1" if sqlite else "said")
    by = ["entity", "claim_pk"]
    op.create_index("ix_claim_about_said", "claim_about", by, sqlite_where=where, postgresql_where=where)
    judged = sa.text("judgement IS NOT NULL")
    for table in ("claim", "event"):
        name, by = op.f(f"ix_{table}_judgement_score_pk"), ["judgement", "score", "pk"]
        op.create_index(name, table, by, sqlite_where=judged, postgresql_where=judged)
    for table in ("place", "actor"):
        op.create_index(op.f(f"ix_{table}_documents_id"), table, ["documents", "id"])


def downgrade() -> None:
    """A database goes forward only; a backup is the way back."""
    raise NotImplementedError("a schema is not taken back: restore a backup")
