"""The weights of the rules of the events stage: data/events/{trigger,role,factuality}_weights.tsv.

Each article is read twice: with the gold mentions and claims, and with those that the program finds, so that the
weights hold for both. Logistic regression (scikit-learn), features seen in few places left out, weights of two digits:
what is left is a table that a person can read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias, get_args

import khabar
from khabar.records import Factuality, RoleName
from khabar.text import fold
from train.examples import Example

__all__ = ["Tables", "fit_rules", "write_rules"]

# Weights by table, label and feature.
Tables: TypeAlias = dict[str, dict[str, dict[str, float]]]

DATA = Path(khabar.__file__).parent / "data"
HEAD = """\
# What speaks for and against {what}: features in words, and the weight (a logit) that each has for a label.
# Fitted by `python -m train rules` on annotated news articles; do not edit by hand.
# Source: this project; licence as the project.
feature\tlabel\tweight
"""
WHAT = {"trigger": "words that name events", "role": "roles of phrases", "factuality": "the factuality of events"}
SEEN = {"trigger": 6, "role": 10, "factuality": 8}  # occurrences below which a feature is left out (two readings each)
ARTICLES = 3  # articles below which a feature is left out: what one article says is no rule
# Penalty of each table: L2 or L1 (scikit-learn's `l1_ratio`), its inverse strength, and the weight below which a
# feature says nothing. Chosen by the F1 on articles left out. L2 keeps more weights: too many where labels are many.
PENALTY = {"trigger": (0, 0.3, 0.15), "role": (1, 0.5, 0.05), "factuality": (1, 0.25, 0.05)}

# A word in a feature, without the article.
_WORDS = re.compile("(?:ال)?([\u0621-\u064a]+)")

Row: TypeAlias = tuple[list[str], Any, str]


def fit_rules(examples: Sequence[Example]) -> Tables:
    """Weights of all three tables."""
    triggers: list[Row] = [(row.features, row.is_event, e.article) for e in examples for row in e.triggers]
    roles: list[Row] = [(row.features, row.roles, e.article) for e in examples for row in e.pairs]
    facts: list[Row] = [(row.features, row.value, e.article) for e in examples for row in e.facts]
    return {
        "trigger": _fit(triggers, "trigger", {"event": [bool(truth) for _, truth, _ in triggers]}),
        "role": _fit(roles, "role", {name: [name in truth for _, truth, _ in roles] for name in get_args(RoleName)}),
        "factuality": _fit(
            facts, "factuality", {value: [value == truth for _, truth, _ in facts] for value in get_args(Factuality)}
        ),
    }


def write_rules(tables: Tables, folder: Path = DATA / "events") -> None:
    """The three tables, as the reader takes them."""
    for name, labels in tables.items():
        lines = [
            f"{feature}\t{label}\t{labels[label][feature]}\n" for label in labels for feature in sorted(labels[label])
        ]
        (folder / f"{name}_weights.tsv").write_text(
            HEAD.format(what=WHAT[name]) + "".join(lines), "utf-8", newline="\n"
        )


def nations() -> set[str]:
    """Words for peoples: who someone is says nothing of what he does, and no weight may say so."""
    lines = (DATA / "countries.tsv").read_text("utf-8").splitlines()
    cells = [line.split("\t")[3] for line in lines if not line.startswith("#") and line.count("\t") >= 3][1:]
    return {fold(form.strip(" *")) for cell in cells for form in cell.split("|")} - {""}


def names_a_people(feature: str, peoples: set[str]) -> bool:
    """Whether a feature holds a word for a people."""
    return bool(peoples.intersection(_WORDS.findall(feature)))


def logits(tables: Mapping[str, Mapping[str, float]], features: Iterable[str]) -> list[float]:
    """The sum of weights of each label of a table."""
    features = list(features)
    return [sum(weights.get(feature, 0.0) for feature in features) for weights in tables.values()]


def _fit(rows: Sequence[Row], table: str, labels: dict[str, list[bool]]) -> dict[str, dict[str, float]]:
    """One logistic regression a label."""
    import numpy
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    l1_ratio, strength, smallest = PENALTY[table]
    names = _names(rows, SEEN[table])
    at = {name: index for index, name in enumerate(names)}
    indices: list[int] = []
    ends = [0]
    for features, _, _ in rows:
        indices += sorted(at[feature] for feature in features if feature in at)
        ends.append(len(indices))
    matrix = csr_matrix((numpy.ones(len(indices)), indices, ends), shape=(len(rows), len(names)))
    tables: dict[str, dict[str, float]] = {}
    for label, truth in labels.items():
        if len(set(truth)) < 2:
            tables[label] = {}  # nothing to tell apart
            continue
        model = LogisticRegression(
            C=strength, l1_ratio=l1_ratio, solver="liblinear", max_iter=1000, fit_intercept=False, random_state=0
        ).fit(matrix, truth)
        weights = zip(names, model.coef_[0], strict=True)
        tables[label] = {name: round(float(weight), 2) for name, weight in weights if abs(weight) >= smallest}
    return tables


def _names(rows: Sequence[Row], seen: int) -> list[str]:
    count = Counter(feature for features, _, _ in rows for feature in features)
    articles: dict[str, set[str]] = {}
    for features, _, article in rows:
        for feature in features:
            articles.setdefault(feature, set()).add(article)
    peoples = nations()
    return sorted(
        feature
        for feature in count
        if count[feature] >= seen and len(articles[feature]) >= ARTICLES and not names_a_people(feature, peoples)
    )
