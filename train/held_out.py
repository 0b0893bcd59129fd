"""Cross-validation: every article read by rules and a network that have not seen it.

One fold: the rules' weights and a network are fitted on the other folds' articles, and give their logits on the rest.
From these come the blend (how both are weighed together), the calibration and the scores in docs/model.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import torch

from khabar.model import Blend
from train.examples import Example
from train.network import Decisions, Network
from train.rules import Tables, logits
from train.tensors import Prepared

__all__ = [
    "Blends", "Logits", "calibration", "fit_blend", "fit_blends", "fold_of", "held_out_logits", "read_logits",
    "write_logits",
]  # fmt: skip

_BATCH = 16


class Logits(msgspec.Struct):
    """Pairs of logits (network, rules) with the truth, of every decision on the program's own inputs."""

    triggers: list[tuple[float, float, bool]]
    roles: list[tuple[float, float, bool]]
    facts: list[tuple[list[float], list[float], int]]

    def add(self, other: Logits) -> None:
        self.triggers += other.triggers
        self.roles += other.roles
        self.facts += other.facts


class Blends(msgspec.Struct, frozen=True):
    """One blend a decision."""

    trigger: Blend
    role: Blend
    factuality: Blend


def fold_of(article: str, folds: int) -> int:
    """The fold of an article, by a hash of its name."""
    return hashlib.sha256(article.encode()).digest()[1] % folds


def held_out_logits(
    network: Network, rules: Tables, examples: Sequence[Example], prepared: Sequence[Prepared]
) -> Logits:
    """Both logits on examples that neither was fitted on; only the program's own inputs count."""
    network.eval()
    found = Logits([], [], [])
    own = sorted((i for i, e in enumerate(examples) if e.own), key=lambda i: (len(prepared[i].below), i))
    with torch.no_grad():
        for start in range(0, len(own), _BATCH):
            batch = own[start : start + _BATCH]
            decisions = Decisions(network, [prepared[index] for index in batch])
            _collect(
                found, decisions, rules, [examples[index] for index in batch], [prepared[index] for index in batch]
            )
    return found


def _collect(
    found: Logits, decisions: Decisions, rules: Tables, examples: Sequence[Example], prepared: Sequence[Prepared]
) -> None:
    rows = list(_fitting(examples, prepared))
    if decisions.triggers is not None:
        features = [row.features for example, length in rows for row in example.triggers if row.at < length]
        for logit, row, names in zip(decisions.triggers.tolist(), decisions.trigger_rows, features, strict=True):
            found.triggers.append((logit, logits(rules["trigger"], names)[0], row[-1]))
    if decisions.pairs is not None:
        features = [
            row.features for example, length in rows for row in example.pairs if row.at < length and row.last < length
        ]
        for values, row, names in zip(decisions.pairs.tolist(), decisions.pair_rows, features, strict=True):
            by_rules = logits(rules["role"], names)
            found.roles += [
                (own, rule, n in row[-1]) for n, (own, rule) in enumerate(zip(values, by_rules, strict=True))
            ]
    if decisions.facts is not None:
        features = [row.features for example, length in rows for row in example.facts if row.at < length]
        for values, row, names in zip(decisions.facts.tolist(), decisions.fact_rows, features, strict=True):
            found.facts.append((values, logits(rules["factuality"], names), row[-1]))


def _fitting(examples: Sequence[Example], prepared: Sequence[Prepared]) -> Iterator[tuple[Example, int]]:
    """Each example with how many of its words the encoder took."""
    for example, numbers in zip(examples, prepared, strict=True):
        yield example, len(numbers.first)


def fit_blends(logits: Logits) -> Blends:
    """Logistic regressions over both logits, so that the sum is calibrated; that of factuality weighs whole rows."""
    return Blends(fit_blend(logits.triggers), fit_blend(logits.roles), _many(logits.facts))


def fit_blend(rows: Sequence[tuple[float, float, bool]], *, both: bool = True) -> Blend:
    """A logistic regression over the logits of model and rules; without `both`, over those of the rules alone.

    Where all are right, or none is, there is nothing to fit: both count alike.
    """
    import numpy
    from sklearn.linear_model import LogisticRegression

    if len({row[2] for row in rows}) < 2:
        return Blend(0.5 * both, 0.5, 0.0)
    columns = numpy.array([row[:2] if both else (0.0, row[1]) for row in rows])
    model = LogisticRegression(C=1.0, max_iter=1000).fit(columns, numpy.array([row[2] for row in rows]))
    own, rule = (round(float(weight), 3) for weight in model.coef_[0])
    return Blend(own, rule, round(float(model.intercept_[0]), 3))


def _many(rows: Sequence[tuple[list[float], list[float], int]]) -> Blend:
    """Two weights under a softmax over all values, by a plain descent; there is no bias to share among values."""
    own = torch.tensor([row[0] for row in rows]).log_softmax(-1)
    rule = torch.tensor([row[1] for row in rows])
    truth = torch.tensor([row[2] for row in rows])
    weights = torch.tensor([0.5, 0.5], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(weights[0] * own + weights[1] * rule, truth)
        loss.backward()
        return loss

    optimizer.step(closure)
    by_model, by_rules = (round(weight, 3) for weight in weights.detach().tolist())
    return Blend(by_model, by_rules, 0.0)


def calibration(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error (Guo et al. 2017) of probabilities, and (mean, share right, number) of each bin."""
    table: list[tuple[float, float, int]] = []
    error = 0.0
    for number in range(bins):
        here = [
            pair for pair in pairs if number <= pair[0] * bins < number + 1 or (number == bins - 1 and pair[0] == 1)
        ]
        if here:
            mean, right = sum(p for p, _ in here) / len(here), sum(truth for _, truth in here) / len(here)
            error += len(here) / len(pairs) * abs(mean - right)
            table.append((mean, right, len(here)))
    return error, table


def write_logits(logits: Logits, path: Path) -> None:
    """Kept, so that a cross-validation that was stopped goes on with the next fold."""
    path.write_bytes(msgspec.json.encode(logits))


def read_logits(path: Path) -> Logits:
    """What `write_logits` wrote."""
    return msgspec.json.decode(path.read_bytes(), type=Logits)
