"""`khabar serve` and `khabar user`, with their arguments and help."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, NoReturn

import typer

from khabar.cli.guard import guarded
from khabar.cli.store_app import DEFAULT_DB, Db

__all__ = ["serve_app"]

serve_app = typer.Typer()
user_app = typer.Typer(help="Accounts of the workbench.", no_args_is_help=True)
serve_app.add_typer(user_app, name="user")


class RoleName(StrEnum):
    """What an account may do."""

    reader = "reader"
    reviewer = "reviewer"
    admin = "admin"


Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the account.", show_default=False)]
Label = Annotated[str, typer.Option(metavar="LABEL", help="What the token is for.")]


@serve_app.command()
def serve(
    db: Db = DEFAULT_DB,
    host: Annotated[str, typer.Option(metavar="HOST", help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="Port to listen at.")] = 8000,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes that read uploads.")] = 2,
) -> None:
    """Open the workbench: read, check and show claims in a browser.

    On this machine alone it needs no account; anywhere else it does not start without one (`khabar user add`).
    """
    from khabar.cli.serve import serve_command

    _leave(lambda: serve_command(db, host, port, jobs))


@user_app.command("add")
def user_add(
    name: Name,
    role: Annotated[RoleName, typer.Option(help="What the account may do.")] = RoleName.reviewer,
    db: Db = DEFAULT_DB,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input, do not ask.")
    ] = False,
) -> None:
    """Add an account, or give one a new password and role. The password is asked for."""
    from khabar.cli.serve import user_add_command

    _leave(lambda: user_add_command(db, name, role.value, from_stdin=password_stdin))


@user_app.command("list")
def user_list(db: Db = DEFAULT_DB) -> None:
    """List the accounts."""
    from khabar.cli.serve import user_list_command

    _leave(lambda: user_list_command(db))


@user_app.command("disable")
def user_disable(name: Name, db: Db = DEFAULT_DB) -> None:
    """Let an account in no more; its judgements stay."""
    from khabar.cli.serve import user_disable_command

    _leave(lambda: user_disable_command(db, name))


@user_app.command("token")
def user_token(
    name: Name,
    label: Label,
    db: Db = DEFAULT_DB,
    revoke: Annotated[bool, typer.Option("--revoke", help="Make the tokens of this label useless.")] = False,
) -> None:
    """Print a new API token of an account; it is not shown again."""
    from khabar.cli.serve import user_token_command

    _leave(lambda: user_token_command(db, name, label, revoke=revoke))


def _leave(command: Callable[[], int]) -> NoReturn:
    raise typer.Exit(guarded(command))
