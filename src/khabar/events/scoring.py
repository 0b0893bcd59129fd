"""Sums of weights: how sure the rules are, in the open.

A table of weights (`data/events/*_weights.tsv`) names features in words and says how much each speaks for a label. A
score is their sum, a logit: 0 is even. The tables were fitted once on annotated articles by `python -m train rules`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

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
        at = {label: index for index, label in enumerate(self.labels)}
        self._weights: dict[str, list[tuple[int, float]]] = {}
        for row in rows:
            self._weights.setdefault(row.feature, []).append((at[row.label], row.weight))

    def scores(self, features: Iterable[str]) -> list[float]:
        """One logit a label, in the order of `labels`."""
        total = [0.0] * len(self.labels)
        for found in filter(None, map(self._weights.get, features)):
            for index, weight in found:
                total[index] += weight
        return total


def build_scorer(tables: Tables, name: str) -> Scorer:
    """The scorer of `data/events/<name>_weights.tsv`."""
    return Scorer(tables.rows(f"events/{name}_weights.tsv", WeightRow))


def probability(logit: float) -> float:
    """A logit as a probability, to two digits."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 2)
