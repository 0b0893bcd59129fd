"""Accounts, sessions and API tokens in the database. Secrets are kept as hashes; the ledger tells of every change.

Passwords: argon2id with the library's defaults (RFC 9106, low-memory profile). Sessions and tokens are 256 random bits,
so a plain SHA-256 of them is enough.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from khabar.errors import NotSignedIn, UsageError
from khabar.store import Store, ledger, schema
from khabar.store.engine import write
from khabar.store.evidence import rows_hash
from khabar.store.packing import sha256

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = [
    "MIN_PASSWORD", "ROLES", "Account", "Role", "account_of_session", "account_of_token", "add_account", "add_token",
    "any_account", "begin_session", "check_password", "disable_account", "end_session", "list_accounts", "revoke_token",
]  # fmt: skip

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = ("reader", "reviewer", "admin")
MIN_PASSWORD = 12
_MAX_PASSWORD = 1024
_MAX_NAME = 80
_SESSION_HOURS = 12


class Account(msgspec.Struct, frozen=True):
    """Who may use the workbench, and as what."""

    name: str
    role: Role


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash to check against where there is no such account, so that both answers take as long."""
    return _hasher().hash(secrets.token_urlsafe())


def any_account(connection: Connection) -> bool:
    """Whether there is an account that may sign in."""
    a = schema.account
    return connection.execute(select(a.c.pk).where(a.c.disabled_at.is_(None)).limit(1)).first() is not None


def add_account(store: Store, name: str, password: str, role: Role, *, who: str) -> None:
    """Make an account, or give one that is there a new password and role; its sessions end then.

    Raises UsageError for a name, a password or a role that will not do.
    """
    name = name.strip()
    if not name or len(name) > _MAX_NAME or not name.isprintable():
        raise UsageError(f"a name has 1 to {_MAX_NAME} printable characters", stage="account")
    if role not in ROLES:
        raise UsageError(f"a role is one of {', '.join(ROLES)}", stage="account")
    if not MIN_PASSWORD <= len(password) <= _MAX_PASSWORD:
        raise UsageError(f"a password has at least {MIN_PASSWORD} characters", stage="account")
    hashed = _hasher().hash(password)
    a = schema.account
    with write(store.engine) as connection:
        known = connection.scalar(select(a.c.pk).where(a.c.name == name))
        if known is None:
            row = {"name": name, "role": role, "password": hashed, "created_at": store.now()}
            connection.execute(a.insert(), row)
        else:
            changed = {"role": role, "password": hashed, "disabled_at": None}
            connection.execute(update(a).where(a.c.pk == known).values(**changed))
            _end_all(connection, known)
        _tell(connection, store, name, who, "added" if known is None else "changed", role)


def disable_account(store: Store, name: str, *, who: str) -> None:
    """Let an account in no more; its judgements stay. Raises UsageError where there is none of that name."""
    a = schema.account
    with write(store.engine) as connection:
        known = connection.scalar(select(a.c.pk).where(a.c.name == name))
        if known is None:
            raise UsageError(f"no account {name}", stage="account")
        connection.execute(update(a).where(a.c.pk == known).values(disabled_at=store.now()))
        t = schema.api_token
        connection.execute(
            update(t).where(t.c.account_pk == known, t.c.revoked_at.is_(None)).values(revoked_at=store.now())
        )
        _end_all(connection, known)
        _tell(connection, store, name, who, "disabled", None)


def list_accounts(connection: Connection) -> list[tuple[Account, str, bool]]:
    """(account, when it was made, whether it may sign in), by name."""
    a = schema.account
    rows = connection.execute(select(a).order_by(a.c.name))
    return [(Account(row.name, row.role), row.created_at, row.disabled_at is None) for row in rows]


def check_password(store: Store, name: str, password: str) -> Account:
    """The account, if the password is its own. Raises NotSignedIn, in the same time whatever is wrong."""
    from argon2.exceptions import VerificationError

    a = schema.account
    with store.engine.connect() as connection:
        row = connection.execute(select(a).where(a.c.name == name.strip(), a.c.disabled_at.is_(None))).first()
    try:
        _hasher().verify(row.password if row else _nobody(), password[:_MAX_PASSWORD])
    except VerificationError as error:
        raise NotSignedIn("the name and the password do not match", stage="sign-in") from error
    if row is None:
        raise NotSignedIn("the name and the password do not match", stage="sign-in")
    return Account(row.name, row.role)


def begin_session(store: Store, name: str) -> str:
    """A new session's secret, for the cookie. Sessions that are over are cleared away."""
    secret = secrets.token_urlsafe(32)
    s, a = schema.web_session, schema.account
    with write(store.engine) as connection:
        connection.execute(delete(s).where(s.c.expires_at <= store.now()))
        account = connection.scalar(select(a.c.pk).where(a.c.name == name))
        row = {"secret_sha256": sha256(secret.encode()), "account_pk": account, "expires_at": _later(store.now())}
        connection.execute(s.insert(), row)
    return secret


def end_session(store: Store, secret: str) -> None:
    """Sign out."""
    s = schema.web_session
    with write(store.engine) as connection:
        connection.execute(delete(s).where(s.c.secret_sha256 == sha256(secret.encode())))


def account_of_session(store: Store, secret: str) -> Account | None:
    """Who a session belongs to, while it lasts."""
    s, a = schema.web_session, schema.account
    query = select(a.c.name, a.c.role).join(s, s.c.account_pk == a.c.pk)
    where = (s.c.secret_sha256 == sha256(secret.encode()), s.c.expires_at > store.now(), a.c.disabled_at.is_(None))
    with store.engine.connect() as connection:
        row = connection.execute(query.where(*where)).first()
    return Account(row.name, row.role) if row else None


def add_token(store: Store, name: str, label: str, *, who: str) -> str:
    """A new API token of an account: shown once, kept as a hash. Raises UsageError for an unknown account."""
    secret = "khabar_" + secrets.token_urlsafe(32)
    a, t = schema.account, schema.api_token
    with write(store.engine) as connection:
        account = connection.scalar(select(a.c.pk).where(a.c.name == name, a.c.disabled_at.is_(None)))
        if account is None:
            raise UsageError(f"no account {name}", stage="account")
        row = {"account_pk": account, "label": label[:_MAX_NAME], "created_at": store.now()}
        connection.execute(t.insert(), {**row, "secret_sha256": sha256(secret.encode())})
        _tell(connection, store, name, who, "token added", None)
    return secret


def revoke_token(store: Store, name: str, label: str, *, who: str) -> int:
    """Make an account's tokens of that label useless; returns how many there were."""
    a, t = schema.account, schema.api_token
    with write(store.engine) as connection:
        owner = select(a.c.pk).where(a.c.name == name).scalar_subquery()
        where = (t.c.account_pk == owner, t.c.label == label, t.c.revoked_at.is_(None))
        count = connection.scalar(select(func.count()).select_from(t).where(*where)) or 0
        connection.execute(update(t).where(*where).values(revoked_at=store.now()))
        if count:
            _tell(connection, store, name, who, "token revoked", None)
    return count


def account_of_token(store: Store, secret: str) -> Account | None:
    """Who an API token belongs to, while it holds."""
    t, a = schema.api_token, schema.account
    query = select(a.c.name, a.c.role).join(t, t.c.account_pk == a.c.pk)
    where = (t.c.secret_sha256 == sha256(secret.encode()), t.c.revoked_at.is_(None), a.c.disabled_at.is_(None))
    with store.engine.connect() as connection:
        row = connection.execute(query.where(*where)).first()
    return Account(row.name, row.role) if row else None


def _end_all(connection: Connection, account: int) -> None:
    connection.execute(delete(schema.web_session).where(schema.web_session.c.account_pk == account))


def _tell(connection: Connection, store: Store, name: str, who: str, what: str, role: str | None) -> None:
    # No row's hash: accounts are no evidence, and change. That they changed is kept, never a secret.
    detail = {"who": who, "what": what, "role": role}
    ledger.append(connection, store.now(), [("account", name, rows_hash([]), detail)])


def _later(now: str) -> str:
    moment = datetime.fromisoformat(now.replace("Z", "+00:00")) + timedelta(hours=_SESSION_HOURS)
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
