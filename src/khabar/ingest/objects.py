"""Articles as JSON objects: fields checked one by one, unknown ones kept aside."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from khabar.config import Settings
from khabar.dates import parse_published
from khabar.errors import BadField, BadJSON, EmptyText, InvalidUnicode, MissingField, TooLarge
from khabar.ingest.charsets import decode
from khabar.records import Document, document_from
from khabar.text import language_of

__all__ = ["Defaults", "document_from_object", "make_document", "parse_json"]

_OPTIONAL = ("publisher", "url", "title", "published")
_KNOWN = frozenset({"id", "text", *_OPTIONAL})
_SURROGATE = re.compile("[\ud800-\udfff]")


class Defaults(msgspec.Struct, frozen=True):
    """What the command line says of texts that do not say it themselves."""

    publisher: str | None = None
    published: str | None = None


def parse_json(data: bytes) -> Any:
    """The JSON value in `data`. Raises BadJSON, InvalidUnicode for lone surrogates, or UndecodableBytes."""
    text = decode(data)
    try:
        return msgspec.json.decode(text)
    except RecursionError as error:
        raise BadJSON("nested too deeply") from error
    except (msgspec.MsgspecError, UnicodeError) as error:
        if _has_lone_surrogate(text):
            raise InvalidUnicode("lone surrogate in a JSON string") from error
        raise BadJSON(str(error)) from error


def _has_lone_surrogate(text: str) -> bool:
    """Whether a JSON text is only refused for its lone surrogates, which other JSON readers let pass."""
    if "\\u" not in text:
        return False
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    except (ValueError, RecursionError):
        return False
    return False


def document_from_object(value: Any, settings: Settings, defaults: Defaults) -> Document:
    """A document from one JSON object. Raises an InputError that names the field, and the id where it is known."""
    if not isinstance(value, dict):
        raise BadJSON(f"an object is wanted, not {_kind(value)}")
    external_id = _external_id(value)
    if "text" not in value or value["text"] is None:
        raise MissingField("text", document=external_id)
    text = _string(value, "text", external_id)
    given = {name: _string(value, name, external_id) for name in _OPTIONAL if value.get(name) is not None}
    extra = {name: content for name, content in value.items() if name not in _KNOWN}
    return make_document(text, external_id, given, settings, defaults, extra)


def make_document(
    text: str,
    external_id: str,
    given: dict[str, str],
    settings: Settings,
    defaults: Defaults,
    extra: dict[str, Any] | None = None,
) -> Document:
    """A checked document: not empty, not too long, valid Unicode, a date that is one.

    `given` holds the optional fields that the input states; `defaults` fill what it does not.
    """
    if len(text) > settings.max_characters:
        raise TooLarge(f"{len(text)} characters, at most {settings.max_characters}", document=external_id)
    if not text.strip():
        raise EmptyText("nothing but white space", document=external_id)
    for name, content in (("text", text), ("id", external_id), *given.items()):
        if found := _SURROGATE.search(content):
            raise InvalidUnicode(f"{name}: lone surrogate at {found.start()}", document=_printable(external_id))
    published = given.get("published") or defaults.published
    if published and parse_published(published) is None:
        raise BadField(f"published: no RFC 3339 date: {published[:40]!r}", document=external_id)
    return document_from(
        text, external_id=external_id, language=language_of(text),
        publisher=given.get("publisher") or defaults.publisher, url=given.get("url"), title=given.get("title"),
        published=published, extra=extra,
    )  # fmt: skip


def _external_id(value: dict[str, Any]) -> str:
    """The object's `id`; a number is taken as it is written."""
    given = value.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    if given is None or given == "":
        raise MissingField("id")
    if not isinstance(given, str):
        raise BadField(f"id: a string is wanted, not {_kind(given)}")
    return given


def _string(value: dict[str, Any], name: str, external_id: str) -> str:
    content = value[name]
    if not isinstance(content, str):
        raise BadField(f"{name}: a string is wanted, not {_kind(content)}", document=external_id)
    return content


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
