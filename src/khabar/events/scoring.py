"""Sums of weights: how sure the rules are, in the open.

A table of weights (`data/events/*_weights.tsv`) names features in words and says how much each speaks for a label. A
score is their sum, a logit: 0 is even. The tables were fitted once on annotated articles by `python -m train rules`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import count, zip_longest

import msgspec
import numpy as np
from numpy.typing import NDArray

from khabar.model import Decision, Numbers, build_model
from khabar.resources import Tables

__all__ = ["Scorer", "build_scorer", "probability"]


class WeightRow(msgspec.Struct, frozen=True):
    """One feature and what it says for one label."""

    feature: str
    label: str
    weight: float


class Scorer:
    """Weights of one table, by feature.

    `known` are the numbers that the model has for features: so, what both know is looked up once.
    """

    def __init__(self, rows: Iterable[WeightRow], known: Mapping[str, int]) -> None:
        rows = list(rows)
        self.labels = tuple(dict.fromkeys(row.label for row in rows))
        self._numbers = dict(known)
        others = dict.fromkeys(row.feature for row in rows if row.feature not in known)
        self._numbers.update(zip(others, count(max(known.values(), default=0) + 1)))
        # Row 0 has no weight. Nor has the last column: single numbers `reduce` would add in another order than rows.
        self._weights = np.zeros((max(self._numbers.values(), default=0) + 1, len(self.labels) + 1))
        for row in rows:
            self._weights[self._numbers[row.feature], self.labels.index(row.label)] += row.weight

    def numbers(self, rows: Iterable[Iterable[str]]) -> Numbers:
        """(features, rows), one row at least: 0 stands for a feature that nobody knows, and fills up."""
        known = ([0, *filter(None, map(self._numbers.get, features))] for features in rows)
        return np.array(list(zip_longest(*known, fillvalue=0)), np.intp)

    def scores(self, numbers: Numbers) -> NDArray[np.float64]:
        """(rows, labels): the logits of what has the features of these numbers, in the order of `labels`."""
        # Added one by one in their order: in another, a score may be at a threshold or a hair below it.
        found: NDArray[np.float64] = np.add.reduce(self._weights.take(numbers, 0), 0)[:, :-1]
        return found


def build_scorer(tables: Tables, name: Decision) -> Scorer:
    """The scorer of `data/events/<name>_weights.tsv`."""
    model = tables.compiled(build_model)
    known = model.names.features(name) if model is not None else {}
    return Scorer(tables.rows(f"events/{name}_weights.tsv", WeightRow), known)


def probability(logit: float) -> float:
    """A logit as a probability, to two digits."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 2)
