"""Fit `data/corroborate/headlines.tsv` on Arabic News Stance.

    python scripts/fit_headlines.py STANCE_TRAIN.csv

Needs scikit-learn (the `train` extra). Features seen twice or more are kept; classes are weighted equally, since
macro F1 is what counts. Deterministic.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from khabar.corroborate.links.headlines import headline_features

OUT = Path(__file__).parent.parent / "src/khabar/data/corroborate/headlines.tsv"
HEADER = """\
# Weights of the headline stance model (log-odds of agree against disagree), fitted by scripts/fit_headlines.py.
# Source: Arabic News Stance, train set (Jude Khouja, 2020), Apache-2.0; the weights carry the same licence.
"""


def main(path: str) -> None:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["stance"] in {"agree", "disagree"}]
    features = [dict(headline_features(row["s1"], row["s2"])) for row in rows]
    seen = Counter(name for one in features for name in one)
    features = [{name: value for name, value in one.items() if seen[name] >= 2} for one in features]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(features)
    labels = [row["stance"] == "agree" for row in rows]
    model = LogisticRegression(C=0.3, class_weight="balanced", max_iter=3000).fit(matrix, labels)
    weights = sorted(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    lines = [f"intercept\t{model.intercept_[0]:.4f}", *(f"{name}\t{w:.4f}" for name, w in weights if abs(w) >= 0.005)]
    OUT.write_text(HEADER + "feature\tweight\n" + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} weights to {OUT.name}")


if __name__ == "__main__":
    main(sys.argv[1])
