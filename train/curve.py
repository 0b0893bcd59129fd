"""The learning curve: what more marked articles would bring."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from khabar.evaluate import evaluate
from khabar.gold import Gold, load_gold
from khabar.ingest import read_inputs
from khabar.records import Document
from train.errors import TrainError
from train.held_out import fold_of
from train.reader import fold_name, is_in_share
from train.recipe import Recipe
from train.scores import FoldReader

__all__ = ["learning_curve"]

_NUMBER = 0  # the fold whose articles are read


def learning_curve(folders: Sequence[Path], work: Path) -> str:
    """A table in Markdown: F1 on fold 0 by the number of articles that rules' weights and model were fitted on."""
    folds = Recipe().folds
    gold: dict[str, Gold] = {}
    paths: list[str] = []
    others: list[str] = []
    for folder in folders:
        here, articles = load_gold(folder)
        gold |= {name: item for name, item in here.items() if fold_of(name, folds) == _NUMBER}
        paths += [str(articles / f"{name}.json") for name in here if fold_of(name, folds) == _NUMBER]
        others += [name for name in here if fold_of(name, folds) != _NUMBER]
    columns: list[tuple[int, dict[str, float]]] = []
    for share in _shares(work):
        reader = FoldReader(work, fold_name(_NUMBER, share), model=True)
        documents = read_inputs(paths, settings=reader.resources.settings)
        readings = [reader.read(document) for document in documents if isinstance(document, Document)]
        scores = {metric.name: metric.f1 for metric in evaluate(gold, readings).metrics}
        columns.append((sum(is_in_share(name, share) for name in others), scores))
    if not columns:
        raise TrainError(f"{work}: no `fold {_NUMBER}` was trained there")
    head = "| metric | " + " | ".join(f"{count} articles" for count, _ in columns) + " |\n|---"
    lines = [head + "|---" * len(columns) + "|"]
    rows = {name: [f"{scores.get(name, 0.0):.1f}" for _, scores in columns] for name in columns[-1][1]}
    return "\n".join([*lines, *(f"| {name} | {' | '.join(row)} |" for name, row in rows.items())])


def _shares(work: Path) -> list[float]:
    """The shares that fold 0 was trained on, smallest first."""
    found = [int(match[1]) / 100 for path in work.iterdir() if (match := re.fullmatch(r"fold-0-of-(\d+)", path.name))]
    return [*sorted(found), *([1.0] if (work / "fold-0").is_dir() else [])]
