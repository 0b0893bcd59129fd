"""Fit `data/corroborate/links.tsv`, the weights that say whether two reports are of one happening.

    python scripts/fit_links.py DB PAIRS.jsonl [DOSSIERS...]

DB holds the documents (`khabar ingest`). The pairs of PAIRS.jsonl have `left.url`, `right.url` and `same_story`; those
of `scripts/link_pairs.tsv` come beside them, and every two main reports of a dossier (`NAME/articles.jsonl` and
`NAME/truth.json`), since the others come from large papers, which hardly ever answer each other in three paragraphs:
those of `tests/dossiers`, those of further folders DOSSIERS, and the stories of the sample. Prints precision, recall
and F1 of the pairs of PAIRS.jsonl being in one story, with weights that were fitted without the held-out pairs: by
folds over groups of pairs that share documents, and with none of PAIRS.jsonl at all; and B³ of the dossiers of each
folder, with weights that were fitted without that folder. Needs scikit-learn (the `train` extra). Deterministic.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import select

from khabar.corroborate.copies.shingles import Signature
from khabar.corroborate.corpus import corroborate
from khabar.corroborate.digest import build_digester
from khabar.corroborate.links import LinkModel
from khabar.corroborate.links.compare import FEATURES, Affinities, build_affinities, compare
from khabar.corroborate.memory import Forgetful
from khabar.corroborate.odds import Odds
from khabar.corroborate.profiles import Profile
from khabar.ingest import read_inputs
from khabar.records import Document, Reading
from khabar.resources import load_resources
from khabar.store import Store, schema
from khabar.store.judgements import current_reading
from khabar.workers import read_one

HERE = Path(__file__).parent
DOSSIERS = HERE.parent / "tests/dossiers"
SAMPLE_AT = HERE.parent / "src/khabar/data/sample"
OUT = HERE.parent / "src/khabar/data/corroborate/links.tsv"
HEADER = """\
# Weights of the link model: log-odds that two main happenings are one (features: khabar.corroborate.links.compare).
# Written by scripts/fit_links.py from labelled pairs of articles and of dossiers; the row `intercept` is the constant.
"""
STRENGTH = 0.2  # inverse of the regularisation, on standardised features
INVENTED = 0.1  # weight of a pair of a dossier: there are five times as many as of the others, and all of few scenes
# Main reports of the sample by story; what follows a happening there is another story.
SAMPLE = ("01 02 03 04", "09 10", "11 12", "13", "18", "19", "21 22 23 24 25 26 27", "28", "29 30", "31 32 33")
FOLDS, ROUNDS = 5, 4

Pair = tuple[str, str, bool]


def hashed(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def pairs_of(path: str) -> Iterator[Pair]:
    """(left, right, same) of a file of pairs; documents by a hash of their address."""
    for line in Path(path).read_text("utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield hashed(row["left"]["url"]), hashed(row["right"]["url"]), bool(row["same_story"])


def own_pairs() -> Iterator[Pair]:
    for line in (HERE / "link_pairs.tsv").read_text("utf-8").splitlines():
        if not line.startswith(("#", "left")):
            left, right, same = line.split("\t")
            yield left, right, same == "1"


def key_of(dossier: Path, name: str) -> str:
    """Of an invented article: dossiers of two folders may be called alike."""
    return f"{dossier}/{name}"


def homes_of(folder: Path) -> dict[Path, dict[str, str]]:
    """By dossier, the story of each document that is its main report."""
    homes: dict[Path, dict[str, str]] = {}
    for path in sorted(folder.glob("*/truth.json")):
        stories, at = json.loads(path.read_text("utf-8"))["stories"], path.parent
        homes[at] = {key_of(at, r["document"]): s["id"] for s in stories for r in s["reports"] if r["main"]}
    return homes


def pairs_in(homes: Iterable[dict[str, str]]) -> Iterator[Pair]:
    """Every two main reports of a dossier, by id; same where they are of one story."""
    for home in homes:
        for left, right in itertools.combinations(sorted(home), 2):
            yield left, right, home[left] == home[right]


class Documents:
    """Profiles, signatures and texts: of a database by the hash of the address, of the dossiers by `key_of`."""

    def __init__(self, db: str, dossiers: list[Path]) -> None:
        resources = load_resources()
        self._digester = resources.compiled(build_digester)
        self.affinities: Affinities = resources.compiled(build_affinities)
        self.profiles: dict[str, Profile] = {}
        self.signatures: dict[str, Signature] = {}
        self.texts: dict[str, str] = {}
        self.invented: set[str] = set()
        d = schema.document
        with Store.open(db).engine.connect() as connection:
            for row in connection.execute(select(d.c.url, d.c.id).where(d.c.url.is_not(None))):
                self._add(hashed(row.url), current_reading(connection, row.id))
        for dossier in dossiers:
            for document in read_inputs([str(dossier / "articles.jsonl")], settings=resources.settings):
                if isinstance(document, Document):
                    key = key_of(dossier, document.external_id)
                    self._add(key, read_one(document, resources))
                    self.invented.add(key)

    def _add(self, key: str, reading: Reading) -> None:
        self.profiles[key] = self._digester.profile(reading)
        self.signatures[key] = self._digester.signer.sign(reading.document.text)
        self.texts[reading.document.id] = reading.document.text

    def features(self, left: str, right: str) -> list[float] | None:
        """Those of two main happenings; None where a document is not there or tells nothing."""
        one, other = self.profiles.get(left), self.profiles.get(right)
        if not (one and other and one.happenings and other.happenings):
            return None
        found = compare(one.happenings[0], other.happenings[0], one.at, other.at, self.affinities)
        return [found.get(name, 0.0) for name in FEATURES]

    def stories(self, keys: list[str], model: LinkModel) -> list[set[str]]:
        """The main reports of each story of these documents."""
        by_id = {self.profiles[key].document: key for key in keys}
        memory = Forgetful(self.texts.__getitem__)
        found = corroborate([self.profiles[k] for k in keys], [self.signatures[k] for k in keys], memory, model)
        stories = (one.story for one in found.stories if one.story)
        return [{by_id[report.document] for report in story.reports if report.main} for story in stories]

    def together(self, keys: list[str], model: LinkModel) -> set[frozenset[str]]:
        """Pairs of documents that one story reports as their main happening."""
        mains = self.stories(keys, model)
        return {frozenset(pair) for main in mains for pair in itertools.combinations(sorted(main), 2)}


def fitted(pairs: list[Pair], documents: Documents) -> LinkModel:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    rows = [(found, pair) for pair in pairs if (found := documents.features(*pair[:2])) is not None]
    matrix, wanted = np.array([found for found, _ in rows]), np.array([same for _, (_, _, same) in rows])
    counted = np.array([INVENTED if left in documents.invented else 1.0 for _, (left, _, _) in rows])
    scaler = StandardScaler().fit(matrix)
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(scaler.transform(matrix), wanted, sample_weight=counted)
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return LinkModel(Odds(intercept, dict(zip(FEATURES, map(float, weights), strict=True))), documents.affinities)


def counts(pairs: list[Pair], found: set[frozenset[str]]) -> Any:
    """True positives, false positives, misses."""
    said = [(frozenset((left, right)) in found, same) for left, right, same in pairs]
    return np.array([said.count((True, True)), said.count((True, False)), said.count((False, True))])


def figures(right: int, wrong: int, missed: int) -> str:
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}"


def groups(pairs: list[Pair]) -> list[list[Pair]]:
    """Pairs that share documents, directly or over others: a fold holds all of a group."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for left, right, _ in pairs:
        parent[root(left)] = root(right)
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(root(pair[0]), []).append(pair)
    return [found[key] for key in sorted(found)]


def cross_validate(given: list[Pair], own: list[Pair], invented: list[Pair], documents: Documents) -> None:
    """Folds are over `given` and `own`; `invented` pairs are of other documents, and in each."""
    keys = sorted({key for left, right, _ in given for key in (left, right) if key in documents.profiles})
    alone = counts(given, documents.together(keys, fitted(own + invented, documents)))
    print(f"{len(given)} pairs, weights without any of them: {figures(*alone)}")
    total = np.zeros(3, int)
    for seed in range(ROUNDS):
        shuffled = groups(given + own)
        random.Random(seed).shuffle(shuffled)
        for fold in range(FOLDS):
            held = {pair for group in shuffled[fold::FOLDS] for pair in group}
            model = fitted([pair for pair in given + own + invented if pair not in held], documents)
            total += counts([pair for pair in given if pair in held], documents.together(keys, model))
    print(f"{len(given)} pairs, {FOLDS} folds, {ROUNDS} times: {figures(*total)}")


def b_cubed(home: dict[str, str], stories: list[set[str]]) -> float:
    """B³ F1 of main reports."""
    precision = recall = 0.0
    for document, wanted in home.items():
        same = {one for one in home if home[one] == wanted}
        given: set[str] = next((story for story in stories if document in story), {document})
        together = given & home.keys()
        precision += len(same & together) / len(together) / len(home)
        recall += len(same & together) / len(same) / len(home)
    return 200 * precision * recall / (precision + recall)


def leave_out(
    real: list[Pair], sample: list[Pair], folders: dict[Path, dict[Path, dict[str, str]]], documents: Documents
) -> None:
    """B³ of each folder's dossiers with weights that were fitted on the others."""
    for folder, homes in folders.items():
        others = [home for other, found in folders.items() if other != folder for home in found.values()]
        model = fitted([*real, *sample, *pairs_in(others)], documents)
        scores = []
        for dossier, home in homes.items():
            keys = sorted(key for key in documents.invented if Path(key).parent == dossier)
            scores.append(b_cubed(home, documents.stories(keys, model)))
        print(f"{folder.name}: B3 {sum(scores) / len(scores):.1f} of {len(scores)} dossiers, weights without them")


def main(db: str, path: str, *further: str) -> None:
    folders = {folder: homes_of(folder) for folder in (DOSSIERS, *map(Path, further))}
    documents = Documents(db, [*(dossier for homes in folders.values() for dossier in homes), SAMPLE_AT])
    home = {key_of(SAMPLE_AT, f"sample-{end}"): story for story in SAMPLE for end in story.split()}
    given, own, sample = list(pairs_of(path)), list(own_pairs()), list(pairs_in([home]))
    invented = sample + [pair for homes in folders.values() for pair in pairs_in(homes.values())]
    cross_validate(given, own, invented, documents)
    leave_out(given + own, sample, folders, documents)
    odds = fitted(given + own + invented, documents).odds
    rows = [f"intercept\t{odds.intercept:.4f}", *(f"{name}\t{weight:.4f}" for name, weight in odds.weights.items())]
    OUT.write_text(HEADER + "feature\tweight\n" + "\n".join(rows) + "\n", "utf-8")
    print(f"{len(FEATURES)} weights of {len(given) + len(own)} pairs and {len(invented)} of dossiers to {OUT.name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
