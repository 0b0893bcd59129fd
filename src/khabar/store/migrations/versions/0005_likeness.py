"""Pairs that were compared"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "likeness",
        sa.Column("left_pk", sa.Integer(), nullable=False),
        sa.Column("right_pk", sa.Integer(), nullable=False),
        sa.Column("happening", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["left_pk"], ["document.pk"], name=op.f("fk_likeness_left_pk")),
        sa.ForeignKeyConstraint(["right_pk"], ["document.pk"], name=op.f("fk_likeness_right_pk")),
        sa.PrimaryKeyConstraint("left_pk", "right_pk", "happening", name=op.f("pk_likeness")),
    )
    op.create_index(op.f("ix_likeness_right_pk"), "likeness", ["right_pk"])


def downgrade() -> None:
    """A database goes forward only; a backup is the way back."""
    raise NotImplementedError("a schema is not taken back: restore a backup")
