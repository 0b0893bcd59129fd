"""The path of one document. Read this page first."""

from __future__ import annotations

from khabar.attribution import attribute, revise
from khabar.errors import InvalidUnicode, KhabarError, ReaderError
from khabar.events import find_events, form_opinions, restage_scenes, stage_scenes
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
        told = attribute(document, text, sentences, mentions, resources)
        scenes = stage_scenes(text, sentences, mentions, told, resources)
        opinions = form_opinions(text, sentences, scenes, resources)
        claims = revise(text, sentences, mentions, told, opinions, resources, publisher=document.publisher)
        if claims is not told:
            scenes = restage_scenes(sentences, scenes, claims)
        events = find_events(text, mentions, scenes, opinions, resources)
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
