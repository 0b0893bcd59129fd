"""How well articles are read that neither the rules' weights nor the model has seen: fold by fold, then together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean, stdev
from typing import Protocol, TypeVar

import msgspec

from khabar.config import Settings
from khabar.evaluate import Metric, evaluate
from khabar.events.scoring import WeightRow
from khabar.gold import Gold, GoldClaim, GoldEvent, load_gold
from khabar.ingest import read_inputs
from khabar.pipeline import read_document
from khabar.records import Claim, Document, Event, Reading
from khabar.resources import Resources
from khabar.resources import Tables as DataTables
from train.held_out import calibration, fold_of
from train.rules import Tables

__all__ = ["FoldReader", "HeldOut", "is_claim", "read_held_out", "report", "scores_table"]

T = TypeVar("T")


class Spanned(Protocol):
    """What has offsets."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class _FoldTables(DataTables):
    """The tables of the package, but for the rules' weights, which are a fold's."""

    def __init__(self, settings: Settings, rules: Tables) -> None:
        super().__init__(settings)
        self._rules = rules

    def rows(self, name: str, row: type[T]) -> Iterator[T]:
        labels = self._rules.get(name.removeprefix("events/").removesuffix("_weights.tsv"))
        if labels is None or not name.endswith("_weights.tsv"):
            yield from super().rows(name, row)
            return
        for label, weights in labels.items():
            yield from (
                msgspec.convert(WeightRow(feature, label, weight), row, from_attributes=True)
                for feature, weight in weights.items()
            )


class FoldReader:
    """Reads with the rules of one fold, and with its model where `model` is true."""

    def __init__(self, work: Path, name: str, *, model: bool) -> None:
        settings = Settings(reader="model", weights=str(work / name)) if model else Settings(reader="rules")
        rules = msgspec.json.decode((work / f"{name}.rules.json").read_bytes(), type=Tables)
        self.resources = Resources(settings)
        self.resources.tables = _FoldTables(settings, rules)

    def read(self, document: Document) -> Reading:
        return read_document(document, self.resources)


class HeldOut(msgspec.Struct):
    """Gold and readings of all articles, each read by the fold that has not seen it."""

    gold: dict[str, Gold]
    readings: list[Reading]
    folds: dict[str, int]


def read_held_out(
    folders: Sequence[Path], work: Path, folds: int, *, model: bool, say: Callable[[str], None]
) -> HeldOut:
    """Read all articles of the gold folders."""
    found = HeldOut({}, [], {})
    inputs: dict[int, list[str]] = {}
    for folder in folders:
        gold, articles = load_gold(folder)
        found.gold |= gold
        for name in gold:
            found.folds[name] = fold_of(name, folds)
            inputs.setdefault(found.folds[name], []).append(str(articles / f"{name}.json"))
    for number in sorted(inputs):
        reader = FoldReader(work, f"fold-{number}", model=model)
        documents = read_inputs(inputs[number], settings=reader.resources.settings)
        found.readings += [reader.read(document) for document in documents if isinstance(document, Document)]
        say(f"fold {number}: {len(inputs[number])} articles read {'with the model' if model else 'by rules'}")
    return found


def scores_table(rules: HeldOut, model: HeldOut, only: Sequence[str] | None = None) -> str:
    """F1 of both readers as lines of Markdown: all together, and mean and spread of the folds with the model.

    `only` names articles to score, such as those of one folder.
    """
    both = [_metrics(held, only) for held in (rules, model)]
    by_fold = [_metrics(model, [n for n, f in model.folds.items() if f == k and (only is None or n in only)])
               for k in sorted(set(model.folds.values()))]  # fmt: skip
    lines = ["| metric | rules | with the model | 95 % | mean and spread of folds | n |", "|---|---|---|---|---|---|"]
    for name, metric in both[1].items():
        folds = [metrics[name].f1 for metrics in by_fold if name in metrics]
        spread = f"{mean(folds):.1f} ± {stdev(folds):.1f}" if len(folds) > 1 else ""
        before = both[0][name].f1 if name in both[0] else 0.0
        lines.append(
            f"| {name} | {before:.1f} | {metric.f1:.1f} | {metric.low:.1f}-{metric.high:.1f} | {spread} | {metric.n} |"
        )
    return "\n".join(lines)


def report(folders: Sequence[Path], work: Path, folds: int, say: Callable[[str], None]) -> str:
    """Tables of all folders together and of each, and how far the scores of events and claims can be trusted."""
    rules, model = (read_held_out(folders, work, folds, model=model, say=say) for model in (False, True))
    parts = [f"All {len(model.gold)} articles:\n\n{scores_table(rules, model)}"]
    if len(folders) > 1:
        for folder in folders:
            names = list(load_gold(folder)[0])
            parts.append(f"{folder.name}, {len(names)} articles:\n\n{scores_table(rules, model, names)}")
    for what, judged in (("events", judged_events(model)), ("claims", judged_claims(model))):
        error, bins = calibration(judged)
        rows = "\n".join(f"| {mean:.2f} | {right:.2f} | {number} |" for mean, right, number in bins)
        head = f"| score | right | {what} |\n|---|---|---|\n"
        parts.append(f"Scores of {what}: expected calibration error {error:.3f}\n\n{head}{rows}")
    return "\n\n".join(parts)


def overlap(left: Spanned, right: Spanned) -> float:
    """Intersection over union."""
    shared = min(left.end, right.end) - max(left.start, right.start)
    return shared / (max(left.end, right.end) - min(left.start, right.start)) if shared > 0 else 0.0


def judged_events(held: HeldOut) -> list[tuple[float, bool]]:
    """Score of each event, and whether gold has one of its type at its trigger."""
    return [
        (event.score, any(is_event(event, wanted) for wanted in held.gold[reading.document.external_id].events))
        for reading in held.readings
        for event in reading.events
    ]


def is_event(event: Event, gold: GoldEvent) -> bool:
    """Whether type and trigger are those of gold."""
    return event.type == gold.type and overlap(event.trigger, gold.trigger) >= 0.5


def judged_claims(held: HeldOut) -> list[tuple[float, bool]]:
    """Score of each claim, and whether gold has one with its content and its source."""
    found = []
    for reading in held.readings:
        gold = held.gold[reading.document.external_id]
        found += [(claim.score, any(is_claim(claim, wanted) for wanted in gold.claims)) for claim in reading.claims]
    return found


def is_claim(claim: Claim, gold: GoldClaim) -> bool:
    """Whether content and source are those of gold, loosely."""
    if overlap(claim.content, gold.content) < 0.5:
        return False
    if claim.source is None or gold.source is None:
        return claim.source is None and gold.source is None
    return overlap(claim.source, gold.source) >= 0.5


def _metrics(held: HeldOut, only: Sequence[str] | None) -> dict[str, Metric]:
    wanted = set(held.gold if only is None else only)
    gold = {name: gold for name, gold in held.gold.items() if name in wanted}
    readings = [reading for reading in held.readings if reading.document.external_id in wanted]
    return {metric.name: metric for metric in evaluate(gold, readings).metrics}
