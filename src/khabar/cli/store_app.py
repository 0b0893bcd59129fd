"""The commands that have a database, with their arguments and help; each one's work is in its own module."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from khabar.cli.guard import guarded
from khabar.cli.options import ReaderOption
from khabar.errors import UsageError

__all__ = ["store_app"]

store_app = typer.Typer()
db_app = typer.Typer(help="The database itself: its schema.", no_args_is_help=True)
ledger_app = typer.Typer(help="The ledger, which shows that nothing was changed.", no_args_is_help=True)
gold_app = typer.Typer(help="Gold: a team's own judgements as data to measure and train with.", no_args_is_help=True)
store_app.add_typer(db_app, name="db")
store_app.add_typer(gold_app, name="gold")
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
    reader: ReaderOption = None,
) -> None:
    """Read articles and keep them: original bytes, documents, readings.

    An ingest that was cut short goes on where it was when it is given the same paths. Exit status as for `read`.
    """
    from khabar.cli.ingest import IngestOptions, ingest_command

    _leave(lambda: ingest_command(IngestOptions(paths, db, published, publisher, jobs, reader)))


class ListFormat(StrEnum):
    """How lists are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


class Sort(StrEnum):
    """The order of a list."""

    newest = "newest"
    oldest = "oldest"
    score = "score"
    best = "-score"


Words = Annotated[
    str | None,
    typer.Argument(
        metavar="[WORDS]",
        help='Words, "phrases", prefix*; folded for Arabic; Latin spellings of names.',
        show_default=False,
    ),
]
Actor = Annotated[str | None, typer.Option(metavar="ID", help="Id of an actor, such as actor:sdf.")]
Box = Annotated[str | None, typer.Option(metavar="S,W,N,E", help="Places in a box, in degrees.")]
Near = Annotated[str | None, typer.Option(metavar="LAT,LON,KM", help="Places within a distance.")]
Within = Annotated[str | None, typer.Option(metavar="ID", help="Places in a place (id) or a country (two letters).")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Published then or later.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Published then or earlier.")]
HappenedSince = Annotated[str | None, typer.Option(metavar="DATE", help="Happened then or later, as told.")]
HappenedUntil = Annotated[str | None, typer.Option(metavar="DATE", help="Happened then or earlier, as told.")]
EventType = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Event type, such as ASSAULT.")]
Kind = Annotated[str | None, typer.Option(metavar="KIND", help="Kind of source, such as unnamed_official.")]
Stance = Annotated[str | None, typer.Option(metavar="STANCE", help="asserts, denies, suggests or demands.")]
Factuality = Annotated[str | None, typer.Option(metavar="VALUE", help="Factuality, such as possible.")]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Publisher, as given.")]
Judged = Annotated[str | None, typer.Option("--judgement", metavar="J", help="accepted, rejected, corrected or none.")]
DocumentId = Annotated[str | None, typer.Option("--document", metavar="ID", help="Id of a document.")]
Form = Annotated[
    ListFormat | None,
    typer.Option("--format", "-f", help="Form of the output. Default: table on a terminal, else jsonl."),
]
Order = Annotated[Sort, typer.Option(help="Order of the list.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="Rows of a page.")]
After = Annotated[str | None, typer.Option(metavar="CURSOR", help="The page after this cursor.")]
Count = Annotated[bool, typer.Option("--count", help="Also count all rows.")]


@store_app.command()
def claims(
    words: Words = None, db: Db = DEFAULT_DB, actor: Actor = None, box: Box = None, near: Near = None,
    within: Within = None, since: Since = None, until: Until = None, happened_since: HappenedSince = None,
    happened_until: HappenedUntil = None, event_type: EventType = None, kind: Kind = None, stance: Stance = None,
    factuality: Factuality = None, publisher: Publisher = None, judgement: Judged = None, document: DocumentId = None,
    form: Form = None, sort: Order = Sort.newest, limit: Limit = 50, after: After = None, count: Count = False,
) -> None:  # fmt: skip
    """List claims: who said what."""
    _list("claims", locals())


@store_app.command()
def events(
    words: Words = None, db: Db = DEFAULT_DB, actor: Actor = None, box: Box = None, near: Near = None,
    within: Within = None, since: Since = None, until: Until = None, happened_since: HappenedSince = None,
    happened_until: HappenedUntil = None, event_type: EventType = None, kind: Kind = None, stance: Stance = None,
    factuality: Factuality = None, publisher: Publisher = None, judgement: Judged = None, document: DocumentId = None,
    form: Form = None, sort: Order = Sort.newest, limit: Limit = 50, after: After = None, count: Count = False,
) -> None:  # fmt: skip
    """List events: what is said to have happened."""
    _list("events", locals())


@store_app.command()
def documents(
    words: Words = None, db: Db = DEFAULT_DB, actor: Actor = None, box: Box = None, near: Near = None,
    within: Within = None, since: Since = None, until: Until = None, event_type: EventType = None, kind: Kind = None,
    stance: Stance = None, factuality: Factuality = None, publisher: Publisher = None, judgement: Judged = None,
    form: Form = None, sort: Order = Sort.newest, limit: Limit = 50, after: After = None, count: Count = False,
) -> None:  # fmt: skip
    """List documents."""
    _list("documents", locals())


@store_app.command()
def actors(
    words: Words = None, db: Db = DEFAULT_DB, actor: Actor = None, since: Since = None, until: Until = None,
    publisher: Publisher = None, form: Form = None, limit: Limit = 50, after: After = None, count: Count = False,
) -> None:  # fmt: skip
    """List actors that are named, with how many documents name them and how many claims cite them."""
    _list("actors", locals())


Who = Annotated[str | None, typer.Option(metavar="NAME", help="Who judges. Default: the name of the system's user.")]
Why = Annotated[str, typer.Option(metavar="REASON", help="The reason; it is kept in the ledger.")]


@store_app.command("judge")
def judge_item(
    verb: Annotated[str, typer.Argument(help="accept, reject, correct, merge, split, note or withdraw.")],
    kind: Annotated[str, typer.Argument(help="mention, claim, event, origin, document, actor, story or judgement.")],
    subject: Annotated[
        str,
        typer.Argument(help="Id of what is judged: c0, actor:sdf, DOCUMENT/e0 of a story, e0/c1 of a report's origin."),
    ],
    db: Db = DEFAULT_DB,
    document: DocumentId = None,
    field: Annotated[str | None, typer.Option(metavar="NAME", help="Field to correct, such as stance.")] = None,
    value: Annotated[
        str | None,
        typer.Option(
            metavar="JSON", help="What it should be; or the other id (DOCUMENT/e0/c1 of a report); or a note."
        ),
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="REASON", help="Why.")] = None,
    reader: Annotated[
        str | None, typer.Option(metavar="NAME", help="The reader whose reading is judged. Default: the current one.")
    ] = None,
    who: Who = None,
) -> None:
    """Judge something that the reader found. Readings stay as they were; judgements can be withdrawn.

    The origin of a report is judged in its document: `merge` says that it is that of another report, `split` that it is
    not, `correct --field origin` whose it is: `{"label": "…", "kind": "organization", "entity": "actor:…"}`. What is
    said of stories, origins and actors holds from the next `khabar corroborate`.
    """
    from khabar.cli.judge import judge_command

    given = {"document": document, "field": field, "value": value, "why": why, "reader": reader, "who": who}
    _leave(lambda: judge_command(db, verb, kind, subject, given))


@store_app.command()
def judgements(
    db: Db = DEFAULT_DB,
    document: DocumentId = None,
    standing: Annotated[bool, typer.Option("--standing", help="Leave out what was withdrawn.")] = False,
) -> None:
    """Print judgements as JSON lines, in the order they were made."""
    from khabar.cli.judge import judgements_command

    _leave(lambda: judgements_command(db, document, standing))


@store_app.command()
def redact(
    why: Why,
    documents: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Documents.", show_default=False)
    ] = None,
    db: Db = DEFAULT_DB,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Mask this name everywhere.")] = None,
    who: Who = None,
) -> None:
    """Take documents, or a person's name, out of all that is shown and exported; hashes and the reason stay."""
    from khabar.cli.judge import redact_command

    _leave(lambda: redact_command(db, documents or [], person, who, why))


@store_app.command()
def undo(
    ingest: Annotated[int, typer.Argument(metavar="INGEST", help="Number of the ingest.")],
    why: Why,
    db: Db = DEFAULT_DB,
    who: Who = None,
) -> None:
    """Withdraw a mistaken ingest: redact the documents that no other ingest saw."""
    from khabar.cli.judge import undo_command

    _leave(lambda: undo_command(db, ingest, who, why))


@gold_app.command("export")
def gold_export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where articles/ and compiled/ go.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Write every document that was accepted as a whole, with its corrections, as gold."""
    from khabar.cli.judge import gold_command

    _leave(lambda: gold_command(db, folder))


@store_app.command()
def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="File to write.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Write all evidence to one file, which either engine restores. Others may read and write meanwhile."""
    from khabar.cli.archive import backup_command

    _leave(lambda: backup_command(db, path))


@store_app.command()
def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="File to read.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Fill an empty database from a backup."""
    from khabar.cli.archive import restore_command

    _leave(lambda: restore_command(db, path))


@store_app.command()
def reread(
    db: Db = DEFAULT_DB,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes that read.")] = 1,
    reader: ReaderOption = None,
) -> None:
    """Read everything again with the present version, and report what changed. It can be stopped and goes on."""
    from khabar.cli.archive import reread_command

    _leave(lambda: reread_command(db, jobs, reader))


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
def rebuild(db: Db = DEFAULT_DB) -> None:
    """Make the search tables, and all that is counted in them, again from the readings; stories stay."""
    from khabar.cli.upkeep import rebuild_command

    _leave(lambda: rebuild_command(db))


@db_app.command()
def check(db: Db = DEFAULT_DB) -> None:
    """Say whether the schema is this version's, and what to do if not."""
    from khabar.cli.upkeep import check_command

    _leave(lambda: check_command(db))


def _list(what: str, given: dict[str, Any]) -> NoReturn:
    """Hand a list command's arguments over: what is not about the page is the filter."""

    def run() -> int:
        import msgspec

        from khabar.cli.lists import ListOptions, list_command
        from khabar.store.areas import area_from
        from khabar.store.queries import Filter

        form, sort = given.pop("form"), given.pop("sort", Sort.newest)
        area = area_from(given.pop("box", None), given.pop("near", None), given.pop("within", None))
        page = {name: given.pop(name) for name in ("db", "limit", "after", "count")}
        options = ListOptions(what, form=form.value if form else None, sort=sort.value, **page)
        if "event_type" in given:
            given["type"] = given.pop("event_type")
        try:
            wanted = msgspec.convert({**given, "area": area}, Filter)
        except msgspec.ValidationError as error:
            raise UsageError(str(error)) from error
        return list_command(options, wanted)

    _leave(run)


def _leave(command: Callable[[], int]) -> NoReturn:
    raise typer.Exit(guarded(command))
