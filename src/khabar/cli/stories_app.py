"""The commands across documents, with their arguments and help; the work is in `khabar.cli.stories`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from khabar.cli.guard import guarded
from khabar.cli.store_app import DEFAULT_DB, Db, DocumentId, EventType, Form, HappenedSince, HappenedUntil, Since, Until

__all__ = ["stories_app"]

stories_app = typer.Typer()


class CopyKind(StrEnum):
    """How much of a text was copied."""

    whole = "whole"
    part = "part"


class Policy(StrEnum):
    """Which of several numbers is given where one is asked for."""

    lowest = "lowest"
    best = "best"
    latest = "latest"
    source = "source"


Least = Annotated[
    int | None, typer.Option("--least", metavar="N", min=1, help="Stories of at least N documents.", show_default=False)
]


@stories_app.command()
def corroborate(db: Db = DEFAULT_DB) -> None:
    """Find copies, stories, origins, denials and conflicts; what was found before is not computed again."""
    from khabar.cli.stories import corroborate_command

    raise typer.Exit(guarded(lambda: corroborate_command(db)))


@stories_app.command()
def stories(
    db: Db = DEFAULT_DB, event_type: EventType = None, since: Since = None, until: Until = None,
    happened_since: HappenedSince = None, happened_until: HappenedUntil = None, least: Least = None,
    document: DocumentId = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Only so many.", show_default=False)] = None,
    form: Form = None,
) -> None:  # fmt: skip
    """List stories, those of most documents first: what happened, who reports it, how many origins there are."""
    from khabar.cli.stories import stories_command
    from khabar.store.stories import StoryFilter

    def run() -> int:
        wanted = StoryFilter(event_type, since, until, happened_since, happened_until, least, document)
        return stories_command(db, wanted, limit, form.value if form else None)

    raise typer.Exit(guarded(run))


@stories_app.command()
def story(
    key: Annotated[str, typer.Argument(metavar="ID", help="Id of the story, or the beginning of it.")],
    db: Db = DEFAULT_DB,
    policy: Annotated[
        Policy, typer.Option(help="Of numbers in conflict: the lowest, low-best-high, the latest, or each source's.")
    ] = Policy.best,
    form: Form = None,
) -> None:
    """Show one story: its origins, reports in time, denials, numbers in conflict, copies, and why they are one."""
    from khabar.cli.stories import story_command

    raise typer.Exit(guarded(lambda: story_command(db, key, policy.value, form.value if form else None)))


@stories_app.command()
def copies(
    db: Db = DEFAULT_DB,
    kind: Annotated[CopyKind | None, typer.Option(help="Only whole copies, or parts.", show_default=False)] = None,
    document: DocumentId = None,
    form: Form = None,
) -> None:
    """List groups of documents that share a text, the original first."""
    from khabar.cli.stories import copies_command

    raise typer.Exit(
        guarded(lambda: copies_command(db, kind.value if kind else None, document, form.value if form else None))
    )
