"""Places of stories, and copies counted by outlet, so that lists need not unpack what is kept"""

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BATCH = 500


def upgrade() -> None:
    op.create_table(
        "story_place",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_place_story_id")),
        sa.PrimaryKeyConstraint("story_id", "place", name=op.f("pk_story_place")),
    )
    op.create_index(op.f("ix_story_place_place"), "story_place", ["place"])
    op.create_table(
        "outlet_copy",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=True),
        sa.Column("any_original", sa.Boolean(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_outlet_copy")),
    )
    op.drop_index(op.f("ix_document_publisher"), table_name="document")
    op.create_index(op.f("ix_document_publisher_redacted_at"), "document", ["publisher", "redacted_at"])
    _fill()


def _fill() -> None:
    """Places of the stories that are there. Copies are counted by the next corroboration."""
    connection = op.get_bind()
    kept = sa.table("story_place", sa.column("story_id"), sa.column("place"))
    last = ""
    while rows := connection.execute(
        sa.text("SELECT id, data FROM story WHERE id > :last ORDER BY id LIMIT :most"), {"last": last, "most": _BATCH}
    ).all():
        last = rows[-1].id
        places = [
            {"story_id": row.id, "place": place}
            for row in rows
            for place in sorted({one["id"] for one in json.loads(zlib.decompress(row.data))["places"]})
        ]
        if places:
            connection.execute(kept.insert(), places)


def downgrade() -> None:
    """A database goes forward only; a backup is the way back."""
    raise NotImplementedError("a schema is not taken back: restore a backup")
