"""What the numbers in the weights stand for, and how the model's logits and the rules' are weighed together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from khabar.errors import SettingsError

__all__ = ["Blend", "Decision", "Names", "read_names"]

Decision: TypeAlias = Literal["trigger", "role", "factuality"]
Logits = TypeVar("Logits", float, NDArray[np.float64])


class Blend(msgspec.Struct, frozen=True):
    """`model * logit + rules * logit + bias`: a logit that is calibrated. Fitted on articles left out of both."""

    model: float
    rules: float
    bias: float

    def of(self, model: Logits, rules: Logits) -> Logits:
        return self.model * model + self.rules * rules + self.bias


class Names(msgspec.Struct, frozen=True):
    """Numbers of marks by column, of features by decision (0: seen too rarely), and of labels by their place."""

    marks: tuple[dict[str, int], ...]
    triggers: dict[str, int]
    pairs: dict[str, int]
    facts: dict[str, int]
    types: tuple[str, ...]
    roles: tuple[str, ...]
    values: tuple[str, ...]
    trigger: Blend = Blend(1.0, 1.0, 0.0)
    role: Blend = Blend(1.0, 1.0, 0.0)
    factuality: Blend = Blend(1.0, 1.0, 0.0)
    # Of a claim's score: the logit of its cue, and that of the rules' score; without a cue there is only the latter.
    claim: Blend = Blend(0.0, 1.0, 0.0)
    uncued: Blend = Blend(0.0, 1.0, 0.0)

    def features(self, decision: Decision) -> dict[str, int]:
        """The numbers of the features that a decision goes by."""
        return {"trigger": self.triggers, "role": self.pairs, "factuality": self.facts}[decision]

    def mark_numbers(self, marks: Sequence[Sequence[str]]) -> list[list[int]]:
        """By column, as the marks are given."""
        return [[known.get(mark, 0) for mark in column] for known, column in zip(self.marks, marks, strict=True)]


def read_names(path: Path) -> Names:
    """`names.json` beside the weights. Raises SettingsError for a file that does not fit."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Names)
    except (OSError, msgspec.DecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
