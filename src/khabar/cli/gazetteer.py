"""`khabar gazetteer`: the places that reading knows, and more of them from GeoNames."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from khabar.cli.guard import guarded

__all__ = ["gazetteer_app"]

gazetteer_app = typer.Typer(name="gazetteer", help="The places that reading knows.", no_args_is_help=True)


@gazetteer_app.command("add")
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A GeoNames country dump: YE.txt, or the YE.zip of it.")],
) -> None:
    """Add the places of a GeoNames country dump that have Arabic names (villages too).

    They are used from the next reading on, and change the fingerprint of readings. Licence of GeoNames: CC BY 4.0.
    """
    raise typer.Exit(guarded(lambda: _add(file)))


@gazetteer_app.command("list")
def show() -> None:
    """List the gazetteers in use: places, whose, licence."""
    raise typer.Exit(guarded(_list))


def _add(file: Path) -> int:
    from khabar.config import load_settings
    from khabar.mentions.gazetteer_user import add_gazetteer
    from khabar.resources import load_resources

    added = add_gazetteer(file, load_resources(load_settings()).tables)
    print(f"{added.kept} places of {added.read} rows: {added.path}")
    print(f"left out: {added.without_arabic_name} without an Arabic name, {added.other_features} of other kinds")
    print("Licence: CC BY 4.0, GeoNames, https://www.geonames.org/")
    return 0


def _list() -> int:
    from khabar.config import load_settings
    from khabar.mentions.gazetteer_user import list_gazetteers
    from khabar.resources import load_resources

    for table in list_gazetteers(load_resources(load_settings()).tables):
        print(f"{table.places:7,}  {table.name}  {'bundled' if table.bundled else 'yours'}  {table.licence}")
    return 0
