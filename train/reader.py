"""The whole training: folds, blend, the network on all articles, weights. Every step that is done is not done again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

import msgspec

from khabar.config import Settings
from khabar.records import EventType, Factuality, RoleName
from khabar.resources import load_resources
from train.claims import ClaimBlends, fit_claims
from train.errors import TrainError
from train.examples import Example, examples_of
from train.fit import fit, new_network
from train.folder import load_encoder, load_tokenizer
from train.held_out import (
    Blends,
    Logits,
    fit_blends,
    fold_of,
    held_out_logits,
    read_logits,
    write_logits,
)
from train.judged import judged_examples
from train.naming import Naming, naming_of
from train.network import Network
from train.recipe import Recipe
from train.rules import Tables, fit_rules
from train.tensors import Fixed, Prepared, prepare
from train.weights import write_weights

__all__ = ["Training"]

Say = Callable[[str], None]


class Training:
    """One training of a reader in the folder `work`; `gold` are folders, `base` is the encoder to start from.

    `corpus` holds the documents of the judged words (`train.judged`); without it they are left out.
    """

    def __init__(
        self, gold: Sequence[Path], base: Path, work: Path, recipe: Recipe, say: Say = print, corpus: Path | None = None
    ) -> None:
        self.gold, self.base, self.work, self.recipe, self.say, self.corpus = gold, base, work, recipe, say, corpus
        work.mkdir(parents=True, exist_ok=True)

    def examples(self) -> list[Example]:
        """All sentences of the gold. Raises TrainError where a folder holds none."""
        resources = load_resources(Settings(reader="rules"))
        found: list[Example] = []
        for folder in self.gold:
            here = [example for example in examples_of(folder, resources) if example.words]
            if not here:
                raise TrainError(f"{folder}: no gold in it (articles/ID.json and compiled/ID.json)")
            found += here
        if self.corpus is not None:
            found += judged_examples(self.corpus, resources)
        return found

    def fold(self, number: int, examples: Sequence[Example], share: float = 1.0) -> Logits:
        """Fit without one fold, on a share of the other articles, and the logits on it."""
        name = fold_name(number, share)
        kept = self.work / f"{name}.json"
        if kept.is_file():
            return read_logits(kept)
        inside = [
            example
            for example in examples
            if fold_of(example.article, self.recipe.folds) != number and is_in_share(example.article, share)
        ]
        # Weights of the blend and scores are those of whole articles: judged words are doubtful ones.
        outside = [
            example for example in examples if fold_of(example.article, self.recipe.folds) == number and example.whole
        ]
        rules = self._rules(name, inside)
        network, naming, fixed = self._network(name, inside)
        logits = held_out_logits(network, rules, outside, [prepare(example, fixed, naming) for example in outside])
        even = fit_blends(logits)
        write_weights(network, naming, even, self.base, self.work / name)
        write_logits(logits, kept)
        return logits

    def blends(self, examples: Sequence[Example]) -> tuple[Blends, ClaimBlends]:
        """From all folds together; the weights of each fold get them too, so that held-out articles can be read."""
        together = Logits([], [], [])
        for number in range(self.recipe.folds):
            together.add(self.fold(number, examples))
        found = fit_blends(together)
        self._reblend(found)
        claims = fit_claims(self.gold, self.work, self.recipe.folds)
        self._reblend(claims)
        return found, claims

    def run(self, out: Path) -> None:
        """All steps; the weights go to `out`."""
        examples = self.examples()
        blends, claims = self.blends(examples)
        self.say(f"{blends}\n{claims}")
        network, naming, _ = self._network("all", examples)
        write_weights(network, naming, blends, self.base, out)
        reblend(out / "names.json", claims)

    def _reblend(self, blends: Blends | ClaimBlends) -> None:
        for number in range(self.recipe.folds):
            reblend(self.work / f"fold-{number}" / "names.json", blends)

    def _rules(self, name: str, examples: Sequence[Example]) -> Tables:
        kept = self.work / f"{name}.rules.json"
        if not kept.is_file():
            self.say(f"{name}: fitting the rules' weights")
            # Not on judged words: most are of a doubtful kind, and a table of weights then doubts the plain ones too.
            kept.write_bytes(msgspec.json.encode(fit_rules([example for example in examples if example.whole])))
        return msgspec.json.decode(kept.read_bytes(), type=Tables)

    def _network(self, name: str, examples: Sequence[Example]) -> tuple[Network, Naming, Fixed]:
        naming = naming_of(examples, get_args(EventType), get_args(RoleName), get_args(Factuality))
        network = new_network(self.base, naming, self.recipe)
        fixed = Fixed(load_encoder(self.base, layers=self.recipe.fixed), load_tokenizer(self.base))
        prepared: list[Prepared] = [prepare(example, fixed, naming) for example in examples]
        self.say(f"{name}: {len(examples)} readings of sentences")
        fit(
            network, examples, prepared, self.recipe, self.work / f"{name}.pt", lambda line: self.say(f"{name}: {line}")
        )
        return network, naming, fixed


def fold_name(number: int, share: float) -> str:
    """Name of what is kept of a fold."""
    return f"fold-{number}" if share == 1 else f"fold-{number}-of-{round(100 * share)}"


def is_in_share(article: str, share: float) -> bool:
    """Whether an article is in a share of all, by a hash of its name; smaller shares lie in larger ones."""
    return hashlib.sha256(article.encode()).digest()[2] < 256 * share


def reblend(path: Path, blends: Blends | ClaimBlends) -> None:
    """Put blends into a file of names."""
    names = msgspec.json.decode(path.read_bytes())
    for field in msgspec.structs.fields(blends):
        names[field.name] = msgspec.to_builtins(getattr(blends, field.name))
    path.write_bytes(msgspec.json.encode(names) + b"\n")
