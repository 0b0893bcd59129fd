"""Fit `data/corroborate/ownvoice.tsv` on dossiers: which outlets tell a happening in their own voice.

    python scripts/fit_ownvoice.py [--check] FOLDER [FOLDER …]

Each folder holds dossiers by one hand (`NAME/articles.jsonl`, `NAME/truth.json`); the truth says in which documents an
outlet is an origin itself. With `--check` nothing is written: figures by weights fitted without each folder in turn.

Needs scikit-learn (the `train` extra). Deterministic.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from khabar.corroborate.digest import Digester, build_digester
from khabar.corroborate.naming import name_tokens
from khabar.corroborate.tellings import Teller
from khabar.corroborate.words import words_of
from khabar.ingest import read_inputs
from khabar.records import Document, Reading
from khabar.resources import Resources, load_resources
from khabar.workers import read_one

OUT = Path(__file__).parent.parent / "src/khabar/data/corroborate/ownvoice.tsv"
HEADER = """\
# Weights of features (log-odds) of a report that tells the happening in the outlet's own voice, against one that only
# has it from others: fitted by scripts/fit_ownvoice.py on {rows} reports of invented dossiers. Features:
# khabar.corroborate.tellings.ownvoice. Source: compiled for Khabar. Licence: as the project.
feature\tweight
"""
SAME_NAME = 0.5
STRENGTH = 10.0  # of regularisation, inverse


class Row(msgspec.Struct):
    """One report."""

    folder: int
    counts: bool
    features: dict[str, float]


def main(arguments: list[str]) -> None:
    folders = [Path(one) for one in arguments if one != "--check"]
    resources = load_resources()
    rows = [
        row
        for number, folder in enumerate(folders)
        for path in sorted(folder.glob("*/truth.json"))
        for row in Dossier(path.parent, number, resources).rows()
    ]
    if "--check" in arguments:
        print(figures(rows, len(folders)))
    else:
        write(rows)


class Dossier:
    """Reports of one dossier with what its truth says of them."""

    def __init__(self, folder: Path, number: int, resources: Resources) -> None:
        self.number, self.digester = number, resources.compiled(build_digester)
        self.truth = json.loads((folder / "truth.json").read_text("utf-8"))
        inputs = read_inputs([str(folder / "articles.jsonl")], settings=resources.settings)
        readings: list[Any] = [read_one(one, resources) for one in inputs if isinstance(one, Document)]
        self.tellers = dict(_tellers(self.digester, readings))

    def _reports(self) -> Iterator[tuple[dict[str, Any], str, Teller]]:
        for story in self.truth["stories"]:
            for report in story["reports"]:
                if report["main"] and report["document"] in self.tellers:
                    yield story, report["document"], self.tellers[report["document"]]

    def rows(self) -> Iterator[Row]:
        whole = (group["documents"] for group in self.truth["copies"] if group["kind"] == "whole")
        copies = {one for documents in whole for one in documents[1:]}
        for story, document, teller in self._reports():
            if document in copies or self.digester.cues.any("correction", words_of(teller.focus.unit.title)):
                continue
            if teller.voice.telling() is None and not teller.voice.told and teller.voice.sight is None:
                continue  # nothing is told there that could be its own
            publisher = teller.reading.document.publisher or ""
            counts = any(
                document in one["documents"]
                and one.get("kind") == "media"
                and _alike(publisher, one["label"]) >= SAME_NAME
                for one in story["origins"]
            )
            answers = any(telling.denial != "none" for telling in teller.tellings())
            yield Row(self.number, counts, dict(teller.voice.features(answers=answers)))


def _tellers(digester: Digester, readings: list[Reading]) -> Iterator[tuple[str, Teller]]:
    for reading in readings:
        teller = digester.teller(reading)
        if teller is not None:
            yield reading.document.external_id, teller


def _alike(name: str, label: str) -> float:
    """How alike two names are: by words, of the shorter and of both."""
    one, other = set(name_tokens(name)), set(name_tokens(label))
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return (shared / min(len(one), len(other)) + shared / len(one | other)) / 2


def fitted(rows: list[Row]) -> tuple[Any, Any]:
    """A model and its vectorizer."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([row.features for row in rows])
    return LogisticRegression(C=STRENGTH, max_iter=5000).fit(matrix, [row.counts for row in rows]), vectorizer


def figures(rows: list[Row], folders: int) -> str:
    """How many reports are told right, each by weights that were fitted without its folder."""
    right = wrong = missed = 0
    for number in range(folders):
        mine = [row for row in rows if row.folder == number]
        if not mine:
            continue
        model, vectorizer = fitted([row for row in rows if row.folder != number])
        found = model.predict(vectorizer.transform([row.features for row in mine]))
        right += sum(bool(one and row.counts) for row, one in zip(mine, found, strict=True))
        wrong += sum(bool(one and not row.counts) for row, one in zip(mine, found, strict=True))
        missed += sum(bool(row.counts and not one) for row, one in zip(mine, found, strict=True))
    return f"right {right} wrong {wrong} missed {missed} F1 {200 * right / max(1, 2 * right + wrong + missed):.1f}"


def write(rows: list[Row]) -> None:
    model, vectorizer = fitted(rows)
    weights = sorted(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    lines = [f"intercept\t{model.intercept_[0]:.4f}", *(f"{name}\t{one:.4f}" for name, one in weights)]
    OUT.write_text(HEADER.format(rows=len(rows)) + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} weights to {OUT.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
