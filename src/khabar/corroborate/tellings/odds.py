"""A logistic model over named features: that an outlet tells a report's main happening itself."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from khabar.resources import Tables

__all__ = ["Feature", "Odds", "build_own_odds"]

Feature = tuple[str, float]
"""A name, and a value of 0 to about 3; 1 for what is there or not."""


class Odds(msgspec.Struct, frozen=True):
    """Weights of features, in log-odds."""

    intercept: float
    weights: dict[str, float]

    def probability(self, features: Iterable[Feature]) -> float:
        """Of what the model is of; features that it does not know say nothing."""
        odds = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in features)
        return 1 / (1 + math.exp(-odds))


class _Row(msgspec.Struct, frozen=True):
    feature: str
    weight: float


def build_own_odds(tables: Tables) -> Odds:
    """That an outlet tells it in its own voice."""
    weights = {row.feature: row.weight for row in tables.rows("corroborate/ownvoice.tsv", _Row)}
    return Odds(weights.pop("intercept"), weights)
