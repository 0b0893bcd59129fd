"""Queues of review: by score, by type, by what readers and reviewers differ in"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "difference",
        sa.Column("pk", wide, autoincrement=False, nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("other", sa.Text(), nullable=True),
        sa.Column("other_reading", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name=op.f("fk_difference_document_pk")),
        sa.ForeignKeyConstraint(["other_reading"], ["reading.pk"], name=op.f("fk_difference_other_reading")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_difference")),
    )
    for columns in (["document_pk"], ["settled", "pk"], ["settled", "what", "pk"]):
        op.create_index(op.f(f"ix_difference_{'_'.join(columns)}"), "difference", columns)
    for table in ("claim", "event"):
        op.drop_index(op.f(f"ix_{table}_judgement_pk"), table_name=table)
        op.create_index(op.f(f"ix_{table}_judgement_score_pk"), table, ["judgement", "score", "pk"])
    op.create_index(op.f("ix_event_judgement_type_score_pk"), "event", ["judgement", "type", "score", "pk"])


def downgrade() -> None:
    """A database goes forward only; a backup is the way back."""
    raise NotImplementedError("a schema is not taken back: restore a backup")
