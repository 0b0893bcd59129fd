"""The path of one document. Read this page first."""

from __future__ import annotations

from khabar.attribution import attribute
from khabar.errors import InvalidUnicode, KhabarError, ReaderError
from khabar.events import find_events
from khabar.mentions import find_mentions
from khabar.records import Document, Reading
from khabar.resources import Resources
from khabar.text import normalise, segment

__all__ = ["read_document"]


def read_document(document: Document, resources: Resources) -> Reading:
    """Read one document: a pure function of the document and the resources.

    Raises InvalidUnicode for lone surrogates, and ReaderError for a fault of ours, naming the document.
    """
    _check_unicode(document)
    try:
        text = normalise(document.text)
        sentences = segment(text)
        mentions = find_mentions(document, text, sentences, resources)
        claims = attribute(document, text, sentences, mentions, resources)
        events = find_events(document, text, sentences, mentions, claims, resources)
    except KhabarError:
        raise
    except Exception as error:
        raise ReaderError(f"{type(error).__name__}: {error}", document=document.external_id, stage="read") from error
    return Reading(document, mentions, claims, events, resources.fingerprint)


def _check_unicode(document: Document) -> None:
    try:
        document.text.encode()
    except UnicodeEncodeError as error:
        raise InvalidUnicode(f"lone surrogate at {error.start}", document=document.external_id, stage="read") from error
