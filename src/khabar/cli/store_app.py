"""The commands that have a database, with their arguments and help; each one's work is in its own module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, NoReturn

import typer

from khabar.cli.guard import guarded

__all__ = ["store_app"]

store_app = typer.Typer()
db_app = typer.Typer(help="The database itself: its schema.", no_args_is_help=True)
ledger_app = typer.Typer(help="The ledger, which shows that nothing was changed.", no_args_is_help=True)
store_app.add_typer(db_app, name="db")
store_app.add_typer(ledger_app, name="ledger")

Db = Annotated[
    str,
    typer.Option("--db", metavar="DB", help="Database: a path (SQLite) or a postgresql:// URL.", envvar="KHABAR_DB"),
]
DEFAULT_DB = "khabar.db"


@store_app.command()
def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files (.txt .html .htm .jsonl .json), folders, globs, or - for standard input.",
            show_default=False,
        ),
    ],
    db: Db = DEFAULT_DB,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="RFC 3339 date or date-time of texts that do not give one."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Publisher of texts that do not give one.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes that read.")] = 1,
) -> None:
    """Read articles and keep them: original bytes, documents, readings.

    An ingest that was cut short goes on where it was when it is given the same paths. Exit status as for `read`.
    """
    from khabar.cli.ingest import IngestOptions, ingest_command

    _leave(lambda: ingest_command(IngestOptions(paths, db, published, publisher, jobs)))


@store_app.command()
def verify(db: Db = DEFAULT_DB) -> None:
    """Recompute every hash of the store; name the first ledger entry that fails, and every other fault."""
    from khabar.cli.upkeep import verify_command

    _leave(lambda: verify_command(db))


@ledger_app.command()
def head(db: Db = DEFAULT_DB) -> None:
    """Print the hash of the last entry, to be published or time-stamped elsewhere."""
    from khabar.cli.upkeep import head_command

    _leave(lambda: head_command(db))


@db_app.command()
def upgrade(db: Db = DEFAULT_DB) -> None:
    """Bring the schema up to this version's; makes the tables in an empty database."""
    from khabar.cli.upkeep import upgrade_command

    _leave(lambda: upgrade_command(db))


@db_app.command()
def check(db: Db = DEFAULT_DB) -> None:
    """Say whether the schema is this version's, and what to do if not."""
    from khabar.cli.upkeep import check_command

    _leave(lambda: check_command(db))


def _leave(command: Callable[[], int]) -> NoReturn:
    raise typer.Exit(guarded(command))
