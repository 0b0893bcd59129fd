"""Profiles, links, stories and copies"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile",
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("shingles", sa.LargeBinary(), nullable=False),
        sa.Column("telling", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name=op.f("fk_profile_document_pk")),
        sa.PrimaryKeyConstraint("document_pk", name=op.f("pk_profile")),
    )
    op.create_table(
        "link",
        sa.Column("left_pk", sa.Integer(), nullable=False),
        sa.Column("right_pk", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["left_pk"], ["document.pk"], name=op.f("fk_link_left_pk")),
        sa.ForeignKeyConstraint(["right_pk"], ["document.pk"], name=op.f("fk_link_right_pk")),
        sa.PrimaryKeyConstraint("left_pk", "right_pk", name=op.f("pk_link")),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("reported_at", sa.Text(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_table(
        "story_document",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_document_story_id")),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name=op.f("fk_story_document_document_pk")),
        sa.PrimaryKeyConstraint("story_id", "document_pk", name=op.f("pk_story_document")),
    )
    op.create_table(
        "copy_group",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_group")),
    )
    op.create_table(
        "copy_document",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["copy_group.id"], name=op.f("fk_copy_document_group_id")),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name=op.f("fk_copy_document_document_pk")),
        sa.PrimaryKeyConstraint("group_id", "document_pk", name=op.f("pk_copy_document")),
    )
    indices = {
        "link": ("right_pk",), "story": ("type", "earliest", "reported_at", "documents"),
        "story_document": ("document_pk",), "copy_document": ("document_pk",),
    }  # fmt: skip
    for table, columns in indices.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)


def downgrade() -> None:
    """A database goes forward only; a backup is the way back."""
    raise NotImplementedError("a schema is not taken back: restore a backup")
