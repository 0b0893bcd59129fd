"""What the ledger vouches for: one canonical hash for each row of evidence, made when it is written and by `verify`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from khabar.store.packing import sha256

__all__ = ["EVIDENCE", "row_hash", "rows_hash"]

# The columns of each table that are evidence. Left out: what may change (`current`, `redacted_at`, `finished_at`), and
# the bytes themselves, which their own hash column vouches for, so that a redaction leaves the chain whole. Columns
# that repeat what the bytes say (`title`, `who`) are compared with them instead, and go with them.
EVIDENCE: dict[str, tuple[str, ...]] = {
    "blob": ("sha256", "size", "packed_sha256"),
    "document": ("pk", "id", "content_hash", "version_of", "ingested_at", "record_sha256", "packed_sha256"),
    "sighting": (
        "pk", "document_pk", "ingest_pk", "blob_sha256", "location", "extraction", "captured_at", "seen_at",
    ),
    "reading": ("pk", "document_pk", "reader", "sha256", "packed_sha256", "made_at"),
    "rejection": ("pk", "ingest_pk", "document", "stage", "code", "detail", "blob_sha256"),
    "judgement": ("pk", "id", "made_at", "document_pk", "reader", "record_sha256", "packed_sha256"),
    "ingest": ("pk", "started_at", "sources", "reader"),
}  # fmt: skip


def row_hash(table: str, row: Mapping[str, Any]) -> str:
    """The hash of one row's evidence."""
    return sha256(msgspec.json.encode([table, *(row[column] for column in EVIDENCE[table])]))


def rows_hash(hashes: list[str]) -> str:
    """The hash of an entry's rows, in the order of its detail."""
    return sha256("\n".join(hashes).encode())
