"""The workbench's server, and its accounts."""

from __future__ import annotations

import getpass
import ipaddress
import sys

from khabar.cli.guard import MISUSE
from khabar.config import load_settings
from khabar.errors import UsageError
from khabar.store import Store
from khabar.web.accounts import (
    Role,
    add_account,
    add_token,
    any_account,
    disable_account,
    list_accounts,
    revoke_token,
)

__all__ = ["serve_command", "user_add_command", "user_disable_command", "user_list_command", "user_token_command"]

_MOST_CONNECTIONS = 200
_KEEP_ALIVE_SECONDS = 5
_MAX_HEADERS = 32_000  # bytes


def serve_command(db: str, host: str, port: int, jobs: int) -> int:
    """Serve until interrupted. Raises UsageError off loopback without accounts."""
    store = Store.open(db)
    loopback = _is_loopback(host)
    with store.engine.connect() as connection:
        accounts = any_account(connection)
    if not loopback and not accounts:
        store.engine.dispose()
        raise UsageError(f"at {host} others can reach it, and there is no account: `khabar user add NAME --db {db}`")
    import uvicorn

    from khabar.web.app import make_app
    from khabar.web.workbench import workbench

    app = make_app(workbench(store, load_settings(), loopback=loopback, processes=jobs))
    shown = f"[{host}]" if ":" in host else host
    sys.stderr.write(f"khabar: http://{shown}:{port}/ (stop with Ctrl+C)\n")
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", server_header=False, ws="none", http="h11",
        limit_concurrency=_MOST_CONNECTIONS, timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        h11_max_incomplete_event_size=_MAX_HEADERS, timeout_graceful_shutdown=_KEEP_ALIVE_SECONDS,
    )  # fmt: skip
    uvicorn.Server(config).run()
    return 0


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def user_add_command(db: str, name: str, role: Role, *, from_stdin: bool) -> int:
    """Add or change an account; the password is asked for twice, or read from standard input."""
    store = Store.open(db, create=True)
    if from_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != password:
            sys.stderr.write("khabar: the two are not alike\n")
            return MISUSE
    add_account(store, name, password, role, who=getpass.getuser())
    sys.stderr.write(f"account {name}: {role}\n")
    return 0


def user_list_command(db: str) -> int:
    """Print the accounts, one a line."""
    with Store.open(db).engine.connect() as connection:
        for account, made, enabled in list_accounts(connection):
            print(f"{account.name}\t{account.role}\t{made[:10]}\t{'' if enabled else 'disabled'}".rstrip())
    return 0


def user_disable_command(db: str, name: str) -> int:
    """Disable an account."""
    disable_account(Store.open(db), name, who=getpass.getuser())
    sys.stderr.write(f"account {name} disabled\n")
    return 0


def user_token_command(db: str, name: str, label: str, *, revoke: bool) -> int:
    """Print a new token, or revoke those of a label."""
    store = Store.open(db)
    if revoke:
        sys.stderr.write(f"{revoke_token(store, name, label, who=getpass.getuser())} tokens revoked\n")
    else:
        print(add_token(store, name, label, who=getpass.getuser()))
    return 0
