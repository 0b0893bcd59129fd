"""Fit `data/corroborate/links.tsv`, the weights that say whether two reports are of one happening.

    python scripts/fit_links.py DB PAIRS.jsonl

DB holds the documents (`khabar ingest`). The pairs of PAIRS.jsonl have `left.url`, `right.url` and `same_story`; those
of `scripts/link_pairs.tsv` come beside them. Prints cross-validated precision, recall and F1 of single links (stories
are clustered from them afterwards). Needs scikit-learn (the `train` extra). Deterministic.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import select

from khabar.corroborate.clusters import THRESHOLD
from khabar.corroborate.compare import FEATURES, build_affinities, compare
from khabar.corroborate.digest import build_digester
from khabar.resources import load_resources
from khabar.store import Store, schema
from khabar.store.judgements import current_reading

HERE = Path(__file__).parent
OUT = HERE.parent / "src/khabar/data/corroborate/links.tsv"
HEADER = """\
# Weights of the link model: log-odds that two main happenings are one (features: khabar.corroborate.compare).
# Written by scripts/fit_links.py from labelled pairs of news articles; the row `intercept` is the constant.
"""
STRENGTH = 0.2  # inverse of the regularisation, on standardised features
FOLDS = 10

Pair = tuple[str, str, bool]


def labelled(path: str) -> Iterator[Pair]:
    """(left, right, same) of both files; documents by a hash of their address."""
    for line in Path(path).read_text("utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield hashed(row["left"]["url"]), hashed(row["right"]["url"]), bool(row["same_story"])
    for line in (HERE / "link_pairs.tsv").read_text("utf-8").splitlines():
        if not line.startswith(("#", "left")):
            left, right, same = line.split("\t")
            yield left, right, same == "1"


def hashed(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def examples(db: str, pairs: list[Pair]) -> tuple[Any, Any]:
    """Feature matrix and labels of the pairs whose documents are in the database."""
    resources = load_resources()
    digester, affinities = resources.compiled(build_digester), resources.compiled(build_affinities)
    store = Store.open(db)
    d = schema.document
    with store.engine.connect() as connection:
        ids = {
            hashed(row.url): row.id for row in connection.execute(select(d.c.url, d.c.id).where(d.c.url.is_not(None)))
        }
        wanted = sorted({key for left, right, _ in pairs for key in (left, right)} & ids.keys())
        profiles = {key: digester.profile(current_reading(connection, ids[key])) for key in wanted}
    features, labels = [], []
    for left, right, same in pairs:
        one, other = profiles.get(left), profiles.get(right)
        if one and other and one.happenings and other.happenings:
            found = compare(one.happenings[0], other.happenings[0], one.at, other.at, affinities)
            features.append([found.get(name, 0.0) for name in FEATURES])
            labels.append(same)
    return np.array(features), np.array(labels)


def main(db: str, path: str) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    matrix, wanted = examples(db, list(labelled(path)))
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3000))
    scores = []
    for seed in range(10):
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
        found = cross_val_predict(model, matrix, wanted, cv=folds, method="predict_proba")[:, 1] >= THRESHOLD
        right = int((found & wanted).sum())
        scores.append((right / max(1, found.sum()), right / wanted.sum()))
    precision, recall = np.mean(scores, axis=0)
    f1 = 2 * precision * recall / (precision + recall)
    figures = f"P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}"
    print(f"{len(wanted)} pairs, {FOLDS}-fold, 10 times, at {THRESHOLD}: {figures}")
    model.fit(matrix, wanted)
    scaler, logistic = model[0], model[-1]
    weights = logistic.coef_[0] / scaler.scale_
    intercept = float(logistic.intercept_[0] - (weights * scaler.mean_).sum())
    rows = [f"intercept\t{intercept:.4f}", *(f"{n}\t{w:.4f}" for n, w in zip(FEATURES, weights, strict=True))]
    OUT.write_text(HEADER + "feature\tweight\n" + "\n".join(rows) + "\n", "utf-8")
    print(f"{len(FEATURES)} weights to {OUT.name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
