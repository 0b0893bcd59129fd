"""The tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("packed_sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "document",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_at", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("version_of", sa.Integer(), nullable=True),
        sa.Column("ingested_at", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=True),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.Column("packed_sha256", sa.Text(), nullable=False),
        sa.Column("redacted_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["version_of"], ["document.pk"], name=op.f("fk_document_version_of")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_document")),
        sa.UniqueConstraint("id", name=op.f("uq_document_id")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_content_hash"), ["content_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_external_id"), ["external_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_ingested_at"), ["ingested_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_published_at"), ["published_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_publisher"), ["publisher"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_url"), ["url"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_version_of"), ["version_of"], unique=False)

    op.create_table(
        "ingest",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_ingest")),
    )
    op.create_table(
        "ledger",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("name_ar", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_country"), ["country"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_lat"), ["lat"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_parent"), ["parent"], unique=False)

    op.create_table(
        "claim",
        sa.Column("pk", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("published_at", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("judgement", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name=op.f("fk_claim_document_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_document_pk"), ["document_pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_entity"), ["entity"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_judgement_pk"), ["judgement", "pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_kind_published_at_pk"), ["kind", "published_at", "pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_published_at_pk"), ["published_at", "pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_score_pk"), ["score", "pk"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_claim_stance_published_at_pk"), ["stance", "published_at", "pk"], unique=False
        )

    op.create_table(
        "event",
        sa.Column("pk", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("published_at", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("factuality", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("judgement", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name=op.f("fk_event_document_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_document_pk"), ["document_pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_earliest_pk"), ["earliest", "pk"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_event_factuality_published_at_pk"), ["factuality", "published_at", "pk"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_event_judgement_pk"), ["judgement", "pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_published_at_pk"), ["published_at", "pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_score_pk"), ["score", "pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_type_published_at_pk"), ["type", "published_at", "pk"], unique=False)

    op.create_table(
        "judgement",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=True),
        sa.Column("reader", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=True),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.Column("packed_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name=op.f("fk_judgement_document_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_judgement")),
        sa.UniqueConstraint("id", name=op.f("uq_judgement_id")),
    )
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judgement_document_pk"), ["document_pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_judgement_subject"), ["subject"], unique=False)
        batch_op.create_index(batch_op.f("ix_judgement_verb"), ["verb"], unique=False)
        batch_op.create_index(batch_op.f("ix_judgement_who"), ["who"], unique=False)

    op.create_table(
        "mention",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("name_ar", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("unresolved", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name=op.f("fk_mention_document_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_mention")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mention_document_pk"), ["document_pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_mention_entity"), ["entity"], unique=False)
        batch_op.create_index(batch_op.f("ix_mention_place"), ["place"], unique=False)

    op.create_table(
        "reading",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("packed_sha256", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name=op.f("fk_reading_document_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_reading")),
        sa.UniqueConstraint("document_pk", "reader", name=op.f("uq_reading_document_pk_reader")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_document_pk"), ["document_pk"], unique=False)

    op.create_table(
        "rejection",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ingest_pk", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("blob_sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["blob_sha256"], ["blob.sha256"], name=op.f("fk_rejection_blob_sha256")),
        sa.ForeignKeyConstraint(["ingest_pk"], ["ingest.pk"], name=op.f("fk_rejection_ingest_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_rejection")),
        sa.UniqueConstraint(
            "ingest_pk", "document", "stage", "code", name=op.f("uq_rejection_ingest_pk_document_stage_code")
        ),
    )
    with op.batch_alter_table("rejection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rejection_ingest_pk"), ["ingest_pk"], unique=False)

    op.create_table(
        "sighting",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("ingest_pk", sa.Integer(), nullable=False),
        sa.Column("blob_sha256", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("extraction", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["blob_sha256"], ["blob.sha256"], name=op.f("fk_sighting_blob_sha256")),
        sa.ForeignKeyConstraint(["document_pk"], ["document.pk"], name=op.f("fk_sighting_document_pk")),
        sa.ForeignKeyConstraint(["ingest_pk"], ["ingest.pk"], name=op.f("fk_sighting_ingest_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_sighting")),
        sa.UniqueConstraint(
            "ingest_pk", "document_pk", "location", name=op.f("uq_sighting_ingest_pk_document_pk_location")
        ),
    )
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_document_pk"), ["document_pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_sighting_ingest_pk"), ["ingest_pk"], unique=False)

    op.create_table(
        "claim_about",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("claim_pk", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_claim_about_claim_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_claim_about")),
    )
    with op.batch_alter_table("claim_about", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_about_claim_pk"), ["claim_pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_about_entity"), ["entity"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_about_place"), ["place"], unique=False)

    op.create_table(
        "role",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("event_pk", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("min", sa.Float(), nullable=True),
        sa.Column("max", sa.Float(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event_pk"], ["event.pk"], name=op.f("fk_role_event_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_role")),
    )
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_entity"), ["entity"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_event_pk"), ["event_pk"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_place"), ["place"], unique=False)
    _create_words()


def _create_words() -> None:
    """Full-text tables, which each engine has in its own way (khabar.store.words)."""
    names = ("document_words", "claim_words")
    if op.get_bind().dialect.name == "sqlite":
        for name in names:
            op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(words, tokenize='unicode61 remove_diacritics 0')")
        return
    for name in names:
        op.execute(f"CREATE TABLE {name} (pk bigint PRIMARY KEY, words tsvector NOT NULL)")
        op.execute(f"CREATE INDEX ix_{name}_words ON {name} USING gin (words)")


def downgrade() -> None:
    """There is nothing below the first schema."""
    raise NotImplementedError("the first schema has nothing before it")
