"""Sums of weights: how sure the rules are, in the open.

A table of weights (`data/events/*_weights.tsv`) names features in words and says how much each speaks for a label. A
score is their sum, a logit: 0 is even. The tables were fitted once on annotated articles by `python -m train rules`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec
import numpy as np

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
        # Features are numbered from 1: with row 0, of noughts, every sum begins.
        self._numbers = {
            feature: number for number, feature in enumerate(dict.fromkeys(row.feature for row in rows), 1)
        }
        self._weights = np.zeros((len(self._numbers) + 1, len(self.labels)))
        for row in rows:
            self._weights[self._numbers[row.feature], self.labels.index(row.label)] += row.weight

    def scores(self, features: Iterable[str]) -> list[float]:
        """One logit a label, in the order of `labels`."""
        found = [0, *filter(None, map(self._numbers.get, features))]
        # Added one by one in their order: `sum` may add in another, and a score be at a threshold or a hair below it.
        scores: list[float] = self._weights.take(found, 0).cumsum(0)[-1].tolist()
        return scores


def build_scorer(tables: Tables, name: str) -> Scorer:
    """The scorer of `data/events/<name>_weights.tsv`."""
    return Scorer(tables.rows(f"events/{name}_weights.tsv", WeightRow))


def probability(logit: float) -> float:
    """A logit as a probability, to two digits."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 2)
