"""The tables, the same on SQLite and PostgreSQL.

Evidence (blob, document, sighting, reading, rejection, judgement, ledger) is only ever added to; redaction alone
empties bytes, and leaves their hashes. The tables of accounts hold who may use the workbench; they
change, and are in no backup. The other tables (mention, claim, event, role, place, words, difference) are made from the
readings, for searching (across documents: profile, likeness, link, story, copy_group and theirs), and can be made again
from them at any time.

Text columns hold no NUL (PostgreSQL takes none): `searchable` puts U+FFFD in its place; the exact text is in the bytes.
Moments are ISO 8601 text in UTC with microseconds, so that they sort, and compare equal on both engines.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

__all__ = [
    "account", "actor", "api_token", "blob", "claim", "claim_about", "copy_document", "copy_group", "difference",
    "document", "event", "ingest", "judgement", "ledger", "likeness", "link", "mention", "metadata", "outlet_copy",
    "place", "profile", "reading", "rejection", "role", "searchable", "sighting", "story", "story_document",
    "story_place", "web_session",
]  # fmt: skip

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


_Wide = BigInteger().with_variant(Integer, "sqlite")  # SQLite's integers are wide enough, and alone name its rows


def _review(table: str, *queues: tuple[str, ...]) -> Iterator[Index]:
    """Indexes of what was judged, by what it is judged to be, and of what waits, in the order of each queue: a queue
    costs the same however many are done."""
    judged, waits = text("judgement IS NOT NULL"), text("judgement IS NULL")
    yield Index(None, "judgement", "published_at", "pk", sqlite_where=judged, postgresql_where=judged)
    yield Index(None, "judgement", "score", "pk", sqlite_where=judged, postgresql_where=judged)
    for queue in queues:
        yield Index(f"ix_{table}_waiting_{'_'.join(queue)}", *queue, sqlite_where=waits, postgresql_where=waits)


def searchable(value: str | None) -> str | None:
    """A text that every engine's text column takes."""
    return value.replace("\x00", "\ufffd") if value else value


# --- evidence -------------------------------------------------------------------------------------------------------

blob = Table(
    "blob", metadata,
    Column("sha256", Text, primary_key=True),  # of the original bytes
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary),  # zlib; NULL once redacted
    Column("packed_sha256", Text, nullable=False),  # of `data`: two streams of zlib can hold the same bytes
)  # fmt: skip

ingest = Table(
    "ingest", metadata,
    Column("pk", Integer, primary_key=True, autoincrement=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("sources", Text, nullable=False),  # JSON array of what was named
    Column("reader", Text, nullable=False),
    Column("undone_at", Text),
)  # fmt: skip

document = Table(
    "document", metadata,
    Column("pk", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("content_hash", Text, nullable=False, index=True),
    Column("external_id", Text, nullable=False, index=True),
    Column("publisher", Text),
    Column("url", Text, index=True),
    Column("title", Text),
    Column("published", Text),  # as given
    Column("published_at", Text, nullable=False),  # in UTC; "" where unknown
    Column("language", Text, nullable=False),
    Column("version_of", Integer, ForeignKey("document.pk"), index=True),  # same address, an earlier text
    Column("ingested_at", Text, nullable=False, index=True),
    Column("record", LargeBinary),  # zlib of the Document as JSON; NULL once redacted
    Column("record_sha256", Text, nullable=False),
    Column("packed_sha256", Text, nullable=False),
    Column("redacted_at", Text),
    Index(None, "publisher", "redacted_at"),
    Index(None, "published_at", "pk"),
    Index(None, "publisher", "published_at", "pk"),
)  # fmt: skip

sighting = Table(
    "sighting", metadata,
    Column("pk", Integer, primary_key=True, autoincrement=False),
    Column("document_pk", Integer, ForeignKey("document.pk"), nullable=False, index=True),
    Column("ingest_pk", Integer, ForeignKey("ingest.pk"), nullable=False, index=True),
    Column("blob_sha256", Text, ForeignKey("blob.sha256"), nullable=False),
    Column("location", Text, nullable=False),  # file and line, or address
    Column("extraction", Text, nullable=False),  # what made a text of the bytes, with its version
    Column("captured_at", Text),  # when the bytes were fetched, where that is known
    Column("seen_at", Text, nullable=False),
    UniqueConstraint("ingest_pk", "document_pk", "location"),
)  # fmt: skip

reading = Table(
    "reading", metadata,
    Column("pk", Integer, primary_key=True, autoincrement=False),
    Column("document_pk", Integer, ForeignKey("document.pk"), nullable=False, index=True),
    Column("reader", Text, nullable=False),
    Column("data", LargeBinary),  # zlib of the public JSON; NULL once redacted
    Column("sha256", Text, nullable=False),  # of the public JSON
    Column("packed_sha256", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    UniqueConstraint("document_pk", "reader"),
)  # fmt: skip

rejection = Table(
    "rejection", metadata,
    Column("pk", Integer, primary_key=True, autoincrement=False),
    Column("ingest_pk", Integer, ForeignKey("ingest.pk"), nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("blob_sha256", Text, ForeignKey("blob.sha256")),
    UniqueConstraint("ingest_pk", "document", "stage", "code"),
)  # fmt: skip

judgement = Table(
    "judgement", metadata,
    Column("pk", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("made_at", Text, nullable=False),
    Column("who", Text, nullable=False, index=True),
    Column("verb", Text, nullable=False, index=True),  # accept, reject, correct, merge, split, note, withdraw
    Column("document_pk", Integer, ForeignKey("document.pk"), index=True),
    Column("reader", Text),  # the reading that was judged
    Column("subject", Text, nullable=False, index=True),  # id of what is judged
    Column("record", LargeBinary),  # the whole judgement as JSON; NULL once redacted
    Column("record_sha256", Text, nullable=False),
    Column("packed_sha256", Text, nullable=False),
)  # fmt: skip

ledger = Table(
    "ledger", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("content", Text, nullable=False),  # hash of what the action added, or of the reason it gives
    Column("detail", Text, nullable=False),  # JSON
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)  # fmt: skip

# --- made from the current readings, for searching --------------------------------------------------------------------
# Keys of mentions, claims and events are in the order of days of publication (`khabar.store.keys`), and indexes that
# are searched for what is newest end in them.

place = Table(
    "place", metadata,
    Column("id", Text, primary_key=True),
    Column("name_en", Text),
    Column("name_ar", Text),
    Column("country", Text, index=True),
    Column("parent", Text, index=True),
    Column("lat", Float, index=True),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("documents", Integer, nullable=False, server_default="0"),  # that name it (`khabar.store.counts`)
    Index(None, "documents", "id"),
)  # fmt: skip

actor = Table(  # counts of the tables below (`khabar.store.counts`), of each id as readings have it
    "actor", metadata,
    Column("id", Text, primary_key=True),
    Column("documents", Integer, nullable=False),  # that name it
    Column("claims", Integer, nullable=False),  # by it
    Column("about", Integer, nullable=False),  # by others, and of it
    Index(None, "documents", "id"),
)  # fmt: skip

mention = Table(
    "mention", metadata,
    Column("pk", _Wide, primary_key=True, autoincrement=False),
    Column("document_pk", Integer, ForeignKey("document.pk"), nullable=False, index=True),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("key", Text),  # of a name, alike in Arabic and Latin spellings (khabar.text.names)
    Column("entity", Text),
    Column("name_en", Text),
    Column("name_ar", Text),
    Column("place", Text),
    Column("earliest", Text),
    Column("latest", Text),
    Column("unresolved", Text),
    Index(None, "entity", "pk"),
    Index(None, "place", "pk"),
)  # fmt: skip

claim = Table(
    "claim", metadata,
    Column("pk", _Wide, primary_key=True, autoincrement=False),
    Column("document_pk", Integer, ForeignKey("document.pk"), nullable=False, index=True),
    Column("id", Text, nullable=False),
    Column("published_at", Text, nullable=False),
    Column("source", Text),
    Column("kind", Text),
    Column("entity", Text),
    Column("stance", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("cue", Text),
    Column("content", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("judgement", Text),  # accepted, rejected or corrected, by the judgements that stand
    Index(None, "published_at", "pk"),
    Index(None, "kind", "published_at", "pk"),
    Index(None, "stance", "published_at", "pk"),
    Index(None, "score", "pk"),
    Index(None, "entity", "pk"),
    *_review("claim", ("score", "pk")),
)  # fmt: skip

claim_about = Table(
    "claim_about", metadata,
    Column("pk", Integer, primary_key=True),
    Column("claim_pk", _Wide, ForeignKey("claim.pk"), nullable=False, index=True),
    Column("entity", Text),
    Column("place", Text),
    Column("said", Boolean, nullable=False, server_default=false()),  # of it, by another; not only in who says it
    Index(None, "entity", "claim_pk"),
    Index("ix_claim_about_said", "entity", "claim_pk", sqlite_where=text("said = 1"), postgresql_where=text("said")),
    Index(None, "place", "claim_pk"),
)  # fmt: skip

event = Table(
    "event", metadata,
    Column("pk", _Wide, primary_key=True, autoincrement=False),
    Column("document_pk", Integer, ForeignKey("document.pk"), nullable=False, index=True),
    Column("id", Text, nullable=False),
    Column("claim", Text),
    Column("published_at", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("factuality", Text, nullable=False),
    Column("earliest", Text),
    Column("latest", Text),
    Column("score", Float, nullable=False),
    Column("judgement", Text),
    Index(None, "published_at", "pk"),
    Index(None, "type", "published_at", "pk"),
    Index(None, "factuality", "published_at", "pk"),
    Index(None, "earliest", "pk"),
    Index(None, "score", "pk"),
    *_review("event", ("score", "pk"), ("type", "score", "pk")),
)  # fmt: skip

role = Table(
    "role", metadata,
    Column("pk", Integer, primary_key=True),
    Column("event_pk", _Wide, ForeignKey("event.pk"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("entity", Text),
    Column("place", Text),
    Column("min", Float),
    Column("max", Float),
    Column("unit", Text),
    Index(None, "entity", "event_pk"),
    Index(None, "place", "event_pk"),
)  # fmt: skip

difference = Table(
    "difference", metadata,
    Column("pk", _Wide, primary_key=True, autoincrement=False),
    Column("document_pk", Integer, ForeignKey("document.pk"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # claim or event
    Column("item", Text),  # its id in the current reading
    Column("other", Text),  # its id in the reading that this one is held against
    Column("other_reading", Integer, ForeignKey("reading.pk")),
    Column("what", Text, nullable=False),  # fields that differ, or `here`, `there`, `reviewers`
    Column("settled", Boolean, nullable=False),  # whether the item was judged
    Index(None, "settled", "pk"),
    Index(None, "settled", "what", "pk"),
)  # fmt: skip

# --- who may use the workbench; the ledger tells of every change ------------------------------------------------------

account = Table(
    "account", metadata,
    Column("pk", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),  # reader, reviewer, admin
    Column("password", Text, nullable=False),  # argon2id, with its salt and parameters
    Column("created_at", Text, nullable=False),
    Column("disabled_at", Text),
)  # fmt: skip

web_session = Table(
    "web_session", metadata,
    Column("secret_sha256", Text, primary_key=True),  # of what the cookie holds
    Column("account_pk", Integer, ForeignKey("account.pk"), nullable=False, index=True),
    Column("expires_at", Text, nullable=False),
)  # fmt: skip

api_token = Table(
    "api_token", metadata,
    Column("pk", Integer, primary_key=True),
    Column("account_pk", Integer, ForeignKey("account.pk"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("secret_sha256", Text, nullable=False, unique=True),
    Column("created_at", Text, nullable=False),
    Column("revoked_at", Text),
)  # fmt: skip

# --- made from profiles of the current readings, by `khabar corroborate` ----------------------------------------------

profile = Table(
    "profile", metadata,
    Column("document_pk", Integer, ForeignKey("document.pk"), primary_key=True),
    Column("basis", Text, nullable=False),  # hash of the reading, its judgements, and what made the profile
    Column("data", LargeBinary, nullable=False),
    Column("shingles", LargeBinary, nullable=False),  # sorted 64-bit hashes, little-endian
    Column("telling", LargeBinary, nullable=False),  # a bit a shingle: whether it is no stock phrase
)  # fmt: skip

link = Table(
    "link", metadata,
    Column("left_pk", Integer, ForeignKey("document.pk"), primary_key=True),
    Column("right_pk", Integer, ForeignKey("document.pk"), primary_key=True, index=True),
    Column("score", Float, nullable=False),
    Column("reasons", Text, nullable=False),  # JSON
)  # fmt: skip

likeness = Table(  # every pair that was compared, so that it need not be again
    "likeness", metadata,
    Column("left_pk", Integer, ForeignKey("document.pk"), primary_key=True),
    Column("right_pk", Integer, ForeignKey("document.pk"), primary_key=True, index=True),
    Column("happening", Integer, primary_key=True),  # which of the right one's; 0 is its main one
    Column("score", Float, nullable=False),
)  # fmt: skip

story = Table(
    "story", metadata,
    Column("id", Text, primary_key=True),
    Column("basis", Text, nullable=False),  # hash of all that it was made from
    Column("type", Text, nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("earliest", Text, index=True),
    Column("latest", Text),
    Column("reported_at", Text, nullable=False, index=True),  # first report in UTC; "" where unknown
    Column("documents", Integer, nullable=False, index=True),
    Column("data", LargeBinary, nullable=False),  # zlib of the story as JSON
)  # fmt: skip

story_document = Table(
    "story_document", metadata,
    Column("story_id", Text, ForeignKey("story.id"), primary_key=True),
    Column("document_pk", Integer, ForeignKey("document.pk"), primary_key=True, index=True),
    Column("main", Boolean, nullable=False),
)  # fmt: skip

story_place = Table(
    "story_place", metadata,
    Column("story_id", Text, ForeignKey("story.id"), primary_key=True),
    Column("place", Text, primary_key=True, index=True),
)  # fmt: skip

copy_group = Table(
    "copy_group", metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),  # zlib of the group as JSON
)  # fmt: skip

copy_document = Table(
    "copy_document", metadata,
    Column("group_id", Text, ForeignKey("copy_group.id"), primary_key=True),
    Column("document_pk", Integer, ForeignKey("document.pk"), primary_key=True, index=True),
)  # fmt: skip

outlet_copy = Table(
    "outlet_copy", metadata,
    Column("pk", Integer, primary_key=True),
    Column("publisher", Text, nullable=False),  # whose documents are copies
    Column("original", Text),  # of whose documents; NULL: of one that is not named
    Column("any_original", Boolean, nullable=False),  # of whosever; a document that copies two counts once here
    Column("documents", Integer, nullable=False),
)  # fmt: skip
