"""What the model and the rules are worth apart, and together: single decisions on held-out articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from train.errors import TrainError
from train.held_out import Logits, fit_blends, read_logits

__all__ = ["decisions_table"]


def decisions_table(work: Path, folds: int) -> str:
    """F1 of single decisions, each at its best threshold, as a table in Markdown.

    Whether a word names an event of a type, and whether a phrase fills a role; for factuality the share that is right.
    """
    together = Logits([], [], [])
    for number in range(folds):
        path = work / f"fold-{number}.json"
        if not path.is_file():
            raise TrainError(f"{path}: not there; train the folds first")
        together.add(read_logits(path))
    blends = fit_blends(together)
    rows = []
    for name, decided, blend in (
        ("a word names an event", together.triggers, blends.trigger),
        ("a phrase fills a role", together.roles, blends.role),
    ):
        scores = [
            _best_f1([(choose(own, rule), truth) for own, rule, truth in decided])
            for choose in (lambda own, rule: rule, lambda own, rule: own, blend.of)
        ]
        rows.append((name, scores))
    of = blends.factuality.of
    shares = [
        _share_right(
            [([choose(o, r) for o, r in zip(own, rule, strict=True)], truth) for own, rule, truth in together.facts]
        )
        for choose in (lambda own, rule: rule, lambda own, rule: own, of)
    ]
    rows.append(("factuality (share right)", shares))
    head = "| decision | rules | model | both |\n|---|---|---|---|\n"
    return head + "\n".join(f"| {name} | {' | '.join(f'{score:.1f}' for score in scores)} |" for name, scores in rows)


def _best_f1(scored: Sequence[tuple[float, bool]]) -> float:
    """The highest F1, in percent, that one threshold gives."""
    gold = sum(truth for _, truth in scored)
    right, best = 0, 0.0
    for found, (_, truth) in enumerate(sorted(scored, key=lambda pair: -pair[0]), 1):
        right += truth
        best = max(best, 200 * right / (found + gold))
    return best


def _share_right(rows: Sequence[tuple[list[float], int]]) -> float:
    return 100 * sum(max(range(len(scores)), key=scores.__getitem__) == truth for scores, truth in rows) / len(rows)
