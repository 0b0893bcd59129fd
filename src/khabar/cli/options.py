"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

import typer

__all__ = ["Reader", "ReaderOption"]


class Reader(StrEnum):
    """What reads."""

    rules = "rules"
    model = "model"


ReaderOption: TypeAlias = Annotated[
    Reader | None,
    typer.Option(help="Read by rules alone, or with the trained model. Default: the model, if its weights are there."),
]
