"""The commands with their arguments and help; what they do is in the module of each, imported when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from khabar.cli.gazetteer import gazetteer_app
from khabar.cli.guard import guarded
from khabar.cli.options import ReaderOption
from khabar.cli.serve_app import serve_app
from khabar.cli.store_app import store_app
from khabar.cli.stories_app import stories_app

__all__ = ["app"]

app = typer.Typer(
    name="khabar",
    help="Khabar reads Arabic news and keeps who said what.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(store_app)
app.add_typer(stories_app)
app.add_typer(gazetteer_app)
app.add_typer(serve_app)


class Format(StrEnum):
    """How readings are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"


class ReportFormat(StrEnum):
    """How scores are printed."""

    table = "table"
    json = "json"


def _version(value: bool) -> None:
    if value:
        from khabar.cli.doctor import version_line

        typer.echo(version_line())
        raise typer.Exit


@app.callback()
def khabar(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Print the version and the fingerprint of code, lexicons and weights, and exit.",
        ),
    ] = False,
) -> None:
    """Khabar reads Arabic news and keeps who said what."""


@app.command()
def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files (.txt .html .htm .jsonl .json), folders, globs, or - for standard input.",
            show_default=False,
        ),
    ],
    form: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="Form of the output. Default: table on a terminal, else jsonl."),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="RFC 3339 date or date-time of texts that do not give one."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Publisher of texts that do not give one.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes that read.")] = 1,
    rejections: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write rejections here, JSON a line, not to standard error."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write readings here, not to standard output.")
    ] = None,
    reader: ReaderOption = None,
) -> None:
    """Read articles: print who said what, how sure, and what happened.

    Readings go to standard output and nothing else does. Exit status: 0 all read, 3 some rejected, 2 misuse,
    1 failure, 130 interrupted.
    """
    from khabar.cli.read import ReadOptions, read_command

    options = ReadOptions(paths, form.value if form else None, published, publisher, jobs, rejections, output, reader)
    _leave(guarded(lambda: read_command(options)))


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the report and the database go.")] = Path(
        "demo"
    ),
) -> None:
    """Read the bundled sample of invented articles: print its claims, write a report, and a database to serve."""
    from khabar.cli.demo import demo_command

    _leave(guarded(lambda: demo_command(folder)))


@app.command()
def evaluate(
    gold_dir: Annotated[
        Path,
        typer.Argument(metavar="GOLD_DIR", help="Folder with compiled/ and articles/, or the compiled folder itself."),
    ],
    form: Annotated[ReportFormat, typer.Option("--format", "-f", help="Form of the output.")] = ReportFormat.table,
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="Print up to N misses of each kind.")] = 0,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes that read.")] = 1,
    reader: ReaderOption = None,
) -> None:
    """Read the articles of a gold folder and score the readings against it."""
    from khabar.cli.evaluate import evaluate_command

    _leave(guarded(lambda: evaluate_command(gold_dir, form.value, errors, jobs, reader)))


@app.command()
def doctor() -> None:
    """Say what is installed and what is missing."""
    from khabar.cli.doctor import doctor_command

    _leave(guarded(doctor_command))


def _leave(status: int) -> NoReturn:
    raise typer.Exit(status)
