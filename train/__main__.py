"""`python -m train COMMAND`: the steps from an encoder's weights to a reader's."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from train.errors import TrainError
from train.recipe import Recipe

if TYPE_CHECKING:
    from train.reader import Training

WEIGHTS = Path(__file__).parent.parent / "src/khabar/model/weights"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 1 and a line on standard error if it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    base = commands.add_parser("base", help="make the encoder to start from")
    base.add_argument("out", type=Path, metavar="FOLDER", help="where it is written")
    base.add_argument("--corpus", type=Path, required=True, help="JSON lines or a folder; only its words are counted")
    base.set_defaults(run=_base)
    reader = commands.add_parser("reader", help="train the reader's network and write its weights")
    _add_training(reader)
    reader.add_argument("--out", type=Path, default=WEIGHTS, help="folder of the weights; default: the package's")
    reader.set_defaults(run=_reader)
    fold = commands.add_parser("fold", help="one fold of the cross-validation, so that folds can run side by side")
    fold.add_argument("number", type=int)
    fold.add_argument("--share", type=float, default=1.0, help="train on a share of the other folds' articles")
    _add_training(fold)
    fold.set_defaults(run=_fold)
    scores = commands.add_parser("scores", help="read every article by the fold that has not seen it, and score that")
    scores.add_argument("gold", type=Path, nargs="+", metavar="GOLD")
    scores.add_argument("--work", type=Path, required=True, help="the folder of a training")
    scores.add_argument("--folds", type=int, default=Recipe().folds)
    scores.set_defaults(run=_scores)
    curve = commands.add_parser("curve", help="scores of fold 0 by the share of articles that was trained on")
    curve.add_argument("gold", type=Path, nargs="+", metavar="GOLD")
    curve.add_argument("--work", type=Path, required=True, help="the folder of a training, with `fold 0 --share` done")
    curve.set_defaults(run=_curve)
    decisions = commands.add_parser("decisions", help="what model and rules are worth apart and together")
    decisions.add_argument("--work", type=Path, required=True, help="the folder of a training")
    decisions.add_argument("--folds", type=int, default=Recipe().folds)
    decisions.set_defaults(run=_decisions)
    rules = commands.add_parser("rules", help="fit the weights of the rules: data/events/*_weights.tsv")
    rules.add_argument("gold", type=Path, nargs="+", metavar="GOLD")
    rules.set_defaults(run=_rules)
    chosen = parser.parse_args(arguments)
    try:
        chosen.run(chosen)
    except TrainError as error:
        print(f"train: {error}", file=sys.stderr)
        return 1
    return 0


def _base(chosen: argparse.Namespace) -> None:
    from train.base import make_base
    from train.e5 import packaged_encoder, tokenizer_file

    print(make_base(chosen.out, packaged_encoder(), tokenizer_file(), chosen.corpus))


def _add_training(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", type=Path, nargs="+", metavar="GOLD", help="folder with articles/ and compiled/")
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder to start from")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is kept between steps")
    parser.add_argument(
        "--corpus", type=Path, help="JSON lines with the documents of event_words.tsv, to learn from them too"
    )
    parser.add_argument("--threads", type=int, default=1)
    for field in msgspec.structs.fields(Recipe):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=field.type, default=field.default)


def _training(chosen: argparse.Namespace) -> Training:
    import torch

    from train.reader import Training

    torch.set_num_threads(chosen.threads)
    recipe = Recipe(**{field.name: getattr(chosen, field.name) for field in msgspec.structs.fields(Recipe)})
    return Training(chosen.gold, chosen.base, chosen.work, recipe, lambda line: print(line, flush=True), chosen.corpus)


def _reader(chosen: argparse.Namespace) -> None:
    _training(chosen).run(chosen.out)


def _fold(chosen: argparse.Namespace) -> None:
    training = _training(chosen)
    training.fold(chosen.number, training.examples(), chosen.share)


def _scores(chosen: argparse.Namespace) -> None:
    from train.scores import report

    print(report(chosen.gold, chosen.work, chosen.folds, lambda line: print(line, file=sys.stderr, flush=True)))


def _curve(chosen: argparse.Namespace) -> None:
    from train.curve import learning_curve

    print(learning_curve(chosen.gold, chosen.work))


def _decisions(chosen: argparse.Namespace) -> None:
    from train.decisions import decisions_table

    print(decisions_table(chosen.work, chosen.folds))


def _rules(chosen: argparse.Namespace) -> None:
    from khabar.resources import load_resources
    from train.examples import examples_of
    from train.rules import fit_rules, write_rules

    resources = load_resources()
    write_rules(fit_rules([example for folder in chosen.gold for example in examples_of(folder, resources)]))


if __name__ == "__main__":
    sys.exit(main())
