"""The store: documents, readings and judgements on SQLite or PostgreSQL, with a ledger that shows tampering."""

from khabar.store.database import Store

__all__ = ["Store"]
