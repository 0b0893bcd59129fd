"""Logistic models over named features, which a person can check: their weights are tables of `data/corroborate`."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from khabar.resources import Tables

__all__ = ["Feature", "Odds", "odds_of"]

Feature = tuple[str, float]
"""A name, and a value of 0 to about 3; 1 for what is there or not."""
_MOST = 30.0  # log-odds, beyond which a probability is 0 or 1


class Odds(msgspec.Struct, frozen=True):
    """Log-odds: an intercept, and a weight for each feature."""

    intercept: float
    weights: dict[str, float]

    def probability(self, features: Iterable[Feature]) -> float:
        """From 0 to 1; features that the model does not know say nothing."""
        odds = self.intercept
        for name, value in features:
            odds += self.weights.get(name, 0.0) * value
        return 1 / (1 + math.exp(-max(-_MOST, min(_MOST, odds))))


class _Row(msgspec.Struct, frozen=True):
    feature: str
    weight: float


def odds_of(tables: Tables, name: str) -> Odds:
    """The model of a table; its row `intercept` is the constant."""
    weights = {row.feature: row.weight for row in tables.rows(f"corroborate/{name}.tsv", _Row)}
    return Odds(weights.pop("intercept"), weights)
