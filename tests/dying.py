"""A reader whose process dies at some documents; a module of its own, so that a fresh process can import it."""

from __future__ import annotations

import os
import signal

from khabar.records import Document, Reading, Rejection
from khabar.resources import Resources
from khabar.workers import read_one


def die_at_some(item: Document, resources: Resources) -> Reading | Rejection:
    """As a crash in compiled code, or the kernel short of memory, would end it."""
    if item.external_id in {"d30", "d41"}:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_one(item, resources)
