"""Errors, one tree. Each class has a `code` that docs/errors.md explains.

KhabarError
├── InputError                 a document that cannot be read: becomes a Rejection, the batch goes on
│   ├── EmptyText              empty-text
│   ├── InvalidUnicode         invalid-unicode
│   ├── UndecodableBytes       undecodable-bytes
│   ├── TooLarge               too-large
│   ├── BadJSON                bad-json
│   ├── MissingField           missing-field
│   ├── BadField               bad-field
│   ├── NoArticle              no-article
│   ├── Redacted               redacted
│   ├── FetchFailed            fetch-failed
│   ├── AddressRefused         address-refused
│   ├── UnreadableFile         unreadable-file
│   └── UnsupportedFile        unsupported-file
├── ReaderError                reader-failed: a fault of ours while reading or comparing one document
├── StoreError                 store: the database refused, or is not what it should be
│   ├── StoreMissing           store-missing
│   ├── StoreOutdated          store-outdated
│   ├── StoreTooNew            store-too-new
│   ├── StoreBusy              store-busy
│   ├── StoreConflict          store-conflict
│   ├── StoreUnavailable       store-unavailable
│   └── StoreDamaged           store-damaged
├── AccessError                access: a request that the workbench does not take
│   ├── NotSignedIn            not-signed-in
│   ├── NotAllowed             not-allowed
│   ├── BadToken               bad-token
│   ├── NotFound               not-found
│   ├── Stale                  stale
│   ├── VersionMissing         version-missing
│   ├── TooSlow                too-slow
│   └── TooMany                too-many
└── UsageError                 usage: the command or the call was wrong
    └── SettingsError          bad-settings
"""

from __future__ import annotations

from khabar.records import Rejection

__all__ = [
    "AccessError",
    "AddressRefused",
    "BadField",
    "BadJSON",
    "BadToken",
    "EmptyText",
    "FetchFailed",
    "InputError",
    "InvalidUnicode",
    "KhabarError",
    "MissingField",
    "NoArticle",
    "NotAllowed",
    "NotFound",
    "NotSignedIn",
    "ReaderError",
    "Redacted",
    "SettingsError",
    "Stale",
    "StoreBusy",
    "StoreConflict",
    "StoreDamaged",
    "StoreError",
    "StoreMissing",
    "StoreOutdated",
    "StoreTooNew",
    "StoreUnavailable",
    "TooLarge",
    "TooMany",
    "TooSlow",
    "UndecodableBytes",
    "UnreadableFile",
    "UnsupportedFile",
    "UsageError",
    "VersionMissing",
]


class KhabarError(Exception):
    """Base of all. `document` names the input, `stage` the step of the path that failed."""

    code = "error"

    def __init__(self, detail: str, *, document: str = "", stage: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.document = document
        self.stage = stage

    def rejection(self, *, document: str = "", stage: str = "") -> Rejection:
        """The record of this failure; arguments fill what the error does not know itself."""
        return Rejection(self.document or document, self.stage or stage, self.code, self.detail)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword-only arguments do not survive the way back from a worker process otherwise.
        return (_rebuild, (type(self), self.detail, self.document, self.stage))


def _rebuild(kind: type[KhabarError], detail: str, document: str, stage: str) -> KhabarError:
    return kind(detail, document=document, stage=stage)


class InputError(KhabarError):
    """A document that cannot be read."""

    code = "input"


class EmptyText(InputError):
    """Nothing but white space."""

    code = "empty-text"


class InvalidUnicode(InputError):
    """Lone surrogates: the text is not Unicode scalar values."""

    code = "invalid-unicode"


class UndecodableBytes(InputError):
    """Bytes that are in no character set that could be told."""

    code = "undecodable-bytes"


class TooLarge(InputError):
    """Over a limit of the settings."""

    code = "too-large"


class BadJSON(InputError):
    """Not JSON, or not an object."""

    code = "bad-json"


class MissingField(InputError):
    """A JSON object lacks a required field."""

    code = "missing-field"


class BadField(InputError):
    """A field holds the wrong type, or a date that is none."""

    code = "bad-field"


class NoArticle(InputError):
    """HTML in which no article was found."""

    code = "no-article"


class Redacted(InputError):
    """A document that was redacted from this store comes in again."""

    code = "redacted"


class UnreadableFile(InputError):
    """The file is missing or may not be read."""

    code = "unreadable-file"


class UnsupportedFile(InputError):
    """A kind of file that Khabar does not read."""

    code = "unsupported-file"


class FetchFailed(InputError):
    """An address that did not answer with a page."""

    code = "fetch-failed"


class AddressRefused(InputError):
    """An address that is not fetched: not of the web, or of a private network."""

    code = "address-refused"


class ReaderError(KhabarError):
    """A fault of ours: the reader, or what compares its readings, failed on one document."""

    code = "reader-failed"


class StoreError(KhabarError):
    """The database refused, or is not what it should be."""

    code = "store"


class StoreMissing(StoreError):
    """There is no database at the address; `khabar ingest` makes one."""

    code = "store-missing"


class StoreOutdated(StoreError):
    """An older schema: `khabar db upgrade` brings it up to date."""

    code = "store-outdated"


class StoreTooNew(StoreError):
    """A schema of a later version of Khabar."""

    code = "store-too-new"


class StoreBusy(StoreError):
    """Another writer held the database for too long."""

    code = "store-busy"


class StoreConflict(StoreError):
    """Somebody else changed the same thing meanwhile: look again, then judge; or run the command again."""

    code = "store-conflict"


class StoreUnavailable(StoreError):
    """No connection, no space, or no permission."""

    code = "store-unavailable"


class StoreDamaged(StoreError):
    """Bytes that do not match their hash."""

    code = "store-damaged"


class AccessError(KhabarError):
    """A request that the workbench does not take."""

    code = "access"


class NotSignedIn(AccessError):
    """Nobody is signed in, or the name and password do not match."""

    code = "not-signed-in"


class NotAllowed(AccessError):
    """The account's role does not allow this."""

    code = "not-allowed"


class BadToken(AccessError):
    """A write without the page's own token: it may come from another site."""

    code = "bad-token"


class NotFound(AccessError):
    """Nothing is at this address."""

    code = "not-found"


class Stale(AccessError):
    """`If-Match` names another state of the document than the present one."""

    code = "stale"


class VersionMissing(AccessError):
    """A judgement has to say which state of the document it judges."""

    code = "version-missing"


class TooSlow(AccessError):
    """The request's body did not come in time."""

    code = "too-slow"


class TooMany(AccessError):
    """Too many attempts, or too many jobs that wait."""

    code = "too-many"


class UsageError(KhabarError):
    """A command or call that makes no sense."""

    code = "usage"


class SettingsError(UsageError):
    """A settings file or variable that cannot be used."""

    code = "bad-settings"
