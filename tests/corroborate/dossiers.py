"""The figures of a dossier: what was found against its truth file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from khabar.corroborate.corpus import corroborate
from khabar.corroborate.digest import build_digester
from khabar.corroborate.links import build_link_model
from khabar.corroborate.memory import Forgetful
from khabar.corroborate.records import CopyGroup, Story
from khabar.ingest import read_inputs
from khabar.records import Document
from khabar.resources import Resources
from khabar.workers import read_one

FOLDER = Path(__file__).parent.parent / "dossiers"
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/truth.json"))


@dataclass
class Counts:
    """True and false positives, and misses."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, found: set[Any], wanted: set[Any], note: str = "") -> None:
        self.right += len(found & wanted)
        self.wrong += len(found - wanted)
        self.missed += len(wanted - found)
        self.notes += [f"{note} + {one}" for one in sorted(found - wanted, key=str)]
        self.notes += [f"{note} - {one}" for one in sorted(wanted - found, key=str)]

    @property
    def f1(self) -> float:
        whole = 2 * self.right + self.wrong + self.missed
        return 100 * 2 * self.right / whole if whole else 100.0


@dataclass
class Figures:
    """What a dossier came to; B³ over its main reports."""

    b3: float
    copies: Counts
    denials: Counts
    conflicts: Counts
    corrections: Counts
    exact: int
    stories: int
    notes: list[str]


def found_in(name: str, resources: Resources) -> tuple[list[Story], list[CopyGroup]]:
    """Stories and copies of a dossier, through the reader."""
    inputs = read_inputs([str(FOLDER / name / "articles.jsonl")], settings=resources.settings)
    readings = [read_one(document, resources) for document in inputs if isinstance(document, Document)]
    digester = resources.compiled(build_digester)
    texts = {reading.document.id: reading.document.text for reading in readings}  # type: ignore[union-attr]
    found = corroborate(
        [digester.profile(reading) for reading in readings],  # type: ignore[arg-type]
        [digester.signer.sign(text) for text in texts.values()],
        Forgetful(texts.__getitem__),
        resources.compiled(build_link_model),
    )
    return [one.story for one in found.stories if one.story], [one.group for one in found.copies]


def figures_of(name: str, resources: Resources) -> Figures:
    """All figures of a dossier."""
    truth = json.loads((FOLDER / name / "truth.json").read_text("utf-8"))
    stories, copies = found_in(name, resources)
    home = {
        report["document"]: story["id"] for story in truth["stories"] for report in story["reports"] if report["main"]
    }
    figures = Figures(_b3(stories, home), Counts(), Counts(), Counts(), Counts(), 0, len(truth["stories"]), [])
    wanted = {pair for group in truth["copies"] for pair in _from_original(group["documents"])}
    found = {pair for group in copies for pair in combinations(sorted(group.documents), 2)}
    # Two copies of one original share text, whether truth says so or not.
    by_original: dict[str, set[str]] = {}
    for group in truth["copies"]:
        by_original.setdefault(group["documents"][0], set()).update(group["documents"])
    allowed = {pair for documents in by_original.values() for pair in combinations(sorted(documents), 2)}
    figures.copies.add(found - (allowed - wanted), wanted, "copy")
    for true in truth["stories"]:
        story = _nearest(stories, true)
        named = (story.independent.named, story.independent.unnamed) if story else (0, 0)
        want = (true["independent"]["named"], true["independent"]["unnamed"])
        figures.exact += named == want
        figures.notes.append(f"{true['id']}: {named} of {want}: " + ", ".join(_origins(story, true)))
        figures.denials.add(
            {(d.document, d.full) for d in story.denials} if story else set(),
            {(d["document"], d["full"]) for d in true["denials"]},
            f"denial {true['id']}",
        )
        figures.conflicts.add(set(_found_values(story)), set(_values(true["conflicts"])), f"conflict {true['id']}")
        figures.corrections.add(
            {(c.document, c.role, c.old and c.old.min, c.new and c.new.min) for c in story.corrections}
            if story else set(),
            {(c["document"], c["role"], c["from"]["min"], c["to"]["min"]) for c in true["corrections"]},
            f"correction {true['id']}",
        )  # fmt: skip
    return figures


def _b3(stories: list[Story], home: dict[str, str]) -> float:
    given: dict[str, str] = {}
    for story in stories:
        given |= {report.external_id: story.id for report in story.reports if report.main}
    precision = recall = 0.0
    for document, wanted in home.items():
        same = {d for d in home if home[d] == wanted}
        together = {d for d in home if d == document or (d in given and given[d] == given.get(document))}
        precision += len(same & together) / len(together)
        recall += len(same & together) / len(same)
    precision, recall = precision / len(home), recall / len(home)
    return 200 * precision * recall / (precision + recall)


def _from_original(documents: list[str]) -> Iterator[tuple[str, str]]:
    for copy in documents[1:]:
        yield tuple(sorted((documents[0], copy)))  # type: ignore[misc]


def _nearest(stories: list[Story], true: dict[str, Any]) -> Story | None:
    """The story that shares most main reports."""
    wanted = {report["document"] for report in true["reports"] if report["main"]}

    def shared(story: Story) -> int:
        return len({report.external_id for report in story.reports if report.main} & wanted)

    best = max(stories, key=shared, default=None)
    return best if best is not None and shared(best) else None


def _origins(story: Story | None, true: dict[str, Any]) -> Iterator[str]:
    found = {one.label: one.documents for one in story.origins} if story else {}
    wanted = {one["label"]: tuple(one["documents"]) for one in true["origins"]}
    yield "found " + "; ".join(f"{label} {_short(documents)}" for label, documents in found.items())
    yield "wanted " + "; ".join(f"{label} {_short(documents)}" for label, documents in wanted.items())


def _short(documents: Iterable[str]) -> str:
    return " ".join(document.rsplit("-", 1)[-1] for document in documents)


def _found_values(story: Story | None) -> Iterator[tuple[Any, ...]]:
    for conflict in story.conflicts if story else ():
        yield from ((conflict.role, value.min, value.max) for value in conflict.values)


def _values(conflicts: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for conflict in conflicts:
        yield from ((conflict["role"], value["min"], value["max"]) for value in conflict["values"])
