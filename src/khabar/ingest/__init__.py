"""From files and streams to documents: character sets, containers, limits."""

from khabar.ingest.files import read_arrivals, read_inputs
from khabar.ingest.walk import total_bytes

__all__ = ["read_arrivals", "read_inputs", "total_bytes"]
