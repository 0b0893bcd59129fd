"""Sums of weights: how sure the rules are, in the open.

A table of weights (`data/events/*_weights.tsv`) names features in words and says how much each speaks for a label. A
score is their sum, a logit: 0 is even. The tables were fitted once on annotated articles by `python -m train rules`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import zip_longest

import msgspec
import numpy as np
from numpy.typing import NDArray

from khabar.resources import Tables

__all__ = ["Scorer", "build_scorer", "probability"]


class WeightRow(msgspec.Struct, frozen=True):
    """One feature and what it says for one label."""

    feature: str
    label: str
    weight: float


class Scorer:
    """Weights of one table, by feature."""

    def __init__(self, rows: Iterable[WeightRow]) -> None:
        rows = list(rows)
        self.labels = tuple(dict.fromkeys(row.label for row in rows))
        # Features are numbered from 1: row 0 has no weight.
        self._numbers = {
            feature: number for number, feature in enumerate(dict.fromkeys(row.feature for row in rows), 1)
        }
        self._weights = np.zeros((len(self._numbers) + 1, len(self.labels)))
        for row in rows:
            self._weights[self._numbers[row.feature], self.labels.index(row.label)] += row.weight

    def scores(self, rows: Iterable[Iterable[str]]) -> NDArray[np.float64]:
        """(rows, labels), one row at least: the logits of what has these features, in the order of `labels`."""
        numbers = ([0, *filter(None, map(self._numbers.get, features))] for features in rows)
        padded = np.array(list(zip_longest(*numbers, fillvalue=0)))  # (features, rows)
        # Added one by one in their order: `sum` may add in another, and a score be at a threshold or a hair below it.
        found: NDArray[np.float64] = self._weights.take(padded, 0).cumsum(0)[-1]
        return found


def build_scorer(tables: Tables, name: str) -> Scorer:
    """The scorer of `data/events/<name>_weights.tsv`."""
    return Scorer(tables.rows(f"events/{name}_weights.tsv", WeightRow))


def probability(logit: float) -> float:
    """A logit as a probability, to two digits."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 2)
