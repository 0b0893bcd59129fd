"""Training of one network on some examples; goes on where it was stopped."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from train.bert import MarkedEncoder
from train.examples import Example
from train.folder import load_encoder
from train.naming import Naming
from train.network import Decisions, Network
from train.recipe import Recipe
from train.tensors import UNKNOWN, Prepared

__all__ = ["fit", "new_network"]

# What each decision's loss counts for: about as much as its mistakes cost in F1.
_TRIGGERS, _PAIRS, _FACTS, _CUES, _SPEECH = 2.0, 11.0, 0.5, 1.0, 1.0
_RARE = 2.0  # factualities other than the usual one count for more
_CLIP = 1.0


def new_network(base: Path, naming: Naming, recipe: Recipe) -> Network:
    """A network over the lowest `fixed + layers` layers of the encoder in the folder `base`."""
    torch.manual_seed(recipe.seed)
    encoder = load_encoder(base, layers=recipe.fixed + recipe.layers)
    return Network(MarkedEncoder(encoder, recipe.fixed, [len(names) + 1 for names in naming.marks]), naming)


def fit(
    network: Network, examples: Sequence[Example], prepared: Sequence[Prepared], recipe: Recipe, checkpoint: Path,
    say: Callable[[str], None] = print,
) -> None:  # fmt: skip
    """Train in place. After each epoch all that the next one needs is written to `checkpoint`, and read from it."""
    units = _units(examples)
    steps = recipe.epochs * math.ceil(len(units) / recipe.batch)
    optimizer = _optimizer(network, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (recipe.warm_up * steps)) * max(0.0, (steps - step) / steps)
    )
    done = 0
    if checkpoint.is_file():
        kept = torch.load(checkpoint, weights_only=True)
        done = kept["epoch"]
        network.load_state_dict(kept["network"], strict=False)
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
    network.train()
    for epoch in range(done, recipe.epochs):
        # Seeded anew each epoch, so that a training that was stopped goes on as it would have.
        torch.manual_seed(recipe.seed * 1000 + epoch)
        total, batches = 0.0, _batches(units, prepared, recipe, random.Random(recipe.seed * 1000 + epoch))
        for batch in batches:
            loss = _loss(Decisions(network, [prepared[index] for index in batch]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
            optimizer.step()
            schedule.step()
            total += loss.item()
        say(f"epoch {epoch + 1} of {recipe.epochs}: loss {total / len(batches):.3f}")
        _keep(checkpoint, epoch + 1, network, optimizer, schedule)
    network.eval()


def _keep(
    checkpoint: Path, epoch: int, network: Network, optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
) -> None:  # fmt: skip
    learned = {name: value for name, value in network.state_dict().items() if not name.startswith("encoder.below.")}
    state = {
        "epoch": epoch, "network": learned, "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
    }  # fmt: skip
    half = checkpoint.with_suffix(".part")
    torch.save(state, half)
    half.replace(checkpoint)


def _units(examples: Sequence[Example]) -> list[list[int]]:
    """Numbers of the readings of each sentence: that on gold inputs first, the program's own last."""
    found: dict[tuple[str, int], list[int]] = {}
    for index, example in enumerate(examples):
        found.setdefault((example.article, example.place), []).append(index)
    return list(found.values())


def _batches(
    units: Sequence[Sequence[int]], prepared: Sequence[Prepared], recipe: Recipe, dice: random.Random
) -> list[list[int]]:
    """One reading of each sentence; sentences of about one length together."""
    chosen = [unit[0] if dice.random() < recipe.gold_share else unit[-1] for unit in units]
    lengths = {index: len(prepared[index].below) + dice.random() * 10 for index in chosen}
    chosen.sort(key=lengths.__getitem__)
    batches = [chosen[start : start + recipe.batch] for start in range(0, len(chosen), recipe.batch)]
    dice.shuffle(batches)
    return batches


def _optimizer(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    encoder: list[nn.Parameter] = list(network.encoder.layers.parameters())
    bags = [value for name, value in network.heads.named_parameters() if "_bag." in name]
    rest = [value for name, value in network.heads.named_parameters() if "_bag." not in name]
    rest += list(network.encoder.marks.parameters())
    return torch.optim.AdamW(
        [
            {"params": encoder, "lr": recipe.rate, "weight_decay": 0.01},
            {"params": rest, "lr": recipe.rate_of_heads, "weight_decay": 0.01},
            {"params": bags, "lr": recipe.rate_of_heads, "weight_decay": 0.05},
        ]
    )


def _loss(decisions: Decisions) -> Tensor:
    logistic, cross = nn.functional.binary_cross_entropy_with_logits, nn.functional.cross_entropy
    truth = torch.tensor(decisions.cue_truth)
    said = truth != UNKNOWN
    loss = _CUES * (logistic(decisions.cues[said], truth[said]) if said.any() else decisions.cues.sum() * 0)
    if decisions.triggers is not None:
        truth = torch.tensor([float(row[-1]) for row in decisions.trigger_rows])
        loss = loss + _TRIGGERS * logistic(decisions.triggers, truth)
    if decisions.pairs is not None:
        truth = torch.zeros_like(decisions.pairs)
        for number, row in enumerate(decisions.pair_rows):
            truth[number, row[-1]] = 1
        loss = loss + _PAIRS * logistic(decisions.pairs, truth)
    if decisions.facts is not None:
        weights = torch.full((decisions.facts.shape[1],), _RARE)
        weights[0] = 1.0
        truth = torch.tensor([row[-1] for row in decisions.fact_rows])
        loss = loss + _FACTS * cross(decisions.facts, truth, weight=weights)
    if decisions.speech:
        losses = [cross(logits, torch.tensor(truth)) for logits, truth in decisions.speech]
        loss = loss + _SPEECH * torch.stack(losses).mean()
    return loss
