"""Fit `data/corroborate/links.tsv`, the weights that say whether two reports are of one happening.

    python scripts/fit_links.py DB PAIRS.jsonl [PAIRS.jsonl ...]

DB holds the documents of the pairs (`khabar ingest`); a pair has `left.url`, `right.url` and `same_story`. Prints
cross-validated precision, recall and F1. Needs scikit-learn (the `train` extra). Deterministic.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sqlalchemy import select

from khabar.corroborate.compare import build_affinities, compare
from khabar.corroborate.copies import shared_share
from khabar.corroborate.digest import build_digester
from khabar.resources import load_resources
from khabar.store import Store, schema
from khabar.store.judgements import current_reading

OUT = Path(__file__).parent.parent / "src/khabar/data/corroborate/links.tsv"
HEADER = """\
# Weights of the link model: log-odds that two main happenings are one (features: khabar.corroborate.compare).
# Written by scripts/fit_links.py from labelled pairs of news articles; the row `intercept` is the constant.
"""
STRENGTH = 0.3  # inverse of the regularisation, on standardised features
FOLDS = 10


def load(db: str, paths: list[str]) -> tuple[list[dict[str, float]], list[bool], list[dict]]:  # type: ignore[type-arg]
    """Features and labels of all pairs whose documents are in the database."""
    resources = load_resources()
    digester, affinities = resources.compiled(build_digester), resources.compiled(build_affinities)
    rows = [json.loads(line) for path in paths for line in Path(path).read_text("utf-8").splitlines() if line.strip()]
    store = Store.open(db)
    made = {}
    with store.engine.connect() as connection:
        d = schema.document
        ids = {row.url: row.id for row in connection.execute(select(d.c.url, d.c.id))}
        for url in sorted({row[side]["url"] for row in rows for side in ("left", "right")} & ids.keys()):
            reading = current_reading(connection, ids[url])
            made[url] = (digester.profile(reading), digester.signer.sign(reading.document.text))
    features, labels, kept = [], [], []
    for row in rows:
        pair = [made.get(row[side]["url"]) for side in ("left", "right")]
        if None in pair or not all(one[0].happenings for one in pair):  # type: ignore[index]
            continue
        (left, one), (right, other) = pair  # type: ignore[misc]
        shared = shared_share(one, other)
        features.append(compare(left, right, left.happenings[0], right.happenings[0], affinities, shared))
        labels.append(bool(row["same_story"]))
        kept.append(row)
    return features, labels, kept


def main(db: str, *paths: str) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    features, labels, _ = load(db, list(paths))
    names = sorted({name for one in features for name in one})
    matrix = np.array([[one.get(name, 0.0) for name in names] for one in features])
    wanted = np.array(labels)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3000))
    scores = []
    for seed in range(10):
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
        found = cross_val_predict(model, matrix, wanted, cv=folds)
        right = int((found & wanted).sum())
        scores.append((right / max(1, found.sum()), right / wanted.sum()))
    precision, recall = np.mean(scores, axis=0)
    f1 = 2 * precision * recall / (precision + recall)
    figures = f"P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}"
    print(f"{len(wanted)} pairs, {FOLDS}-fold, 10 times: {figures}")
    model.fit(matrix, wanted)
    scaler, logistic = model[0], model[-1]
    weights = logistic.coef_[0] / scaler.scale_
    intercept = float(logistic.intercept_[0] - (weights * scaler.mean_).sum())
    rows = [
        f"intercept\t{intercept:.4f}",
        *(f"{name}\t{weight:.4f}" for name, weight in zip(names, weights, strict=True)),
    ]
    OUT.write_text(HEADER + "feature\tweight\n" + "\n".join(rows) + "\n", "utf-8")
    print(f"{len(names)} weights to {OUT.name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
