"""Scores are sums in the order of their features, whatever is scored at once and whoever numbered the features."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khabar.events.scoring import Scorer, WeightRow

FEATURES = [f"f{number}" for number in range(40)]
WEIGHTS = {feature: (-1) ** number / (number + 3) * 10 ** (number % 5) for number, feature in enumerate(FEATURES)}
ROWS = [WeightRow(feature, "only", weight) for feature, weight in WEIGHTS.items()]
SOME = st.lists(st.sampled_from([*FEATURES, "nobody's"]), max_size=60)


def in_order(features: list[str]) -> float:
    total = 0.0
    for feature in features:
        total += WEIGHTS.get(feature, 0.0)
    return total


@given(st.lists(SOME, min_size=1, max_size=4), st.lists(st.sampled_from([*FEATURES, "model's"]), unique=True))
def test_weights_are_added_one_by_one_in_their_order(rows: list[list[str]], known: list[str]) -> None:
    scorer = Scorer(ROWS, {feature: number for number, feature in enumerate(known, 1)})
    assert scorer.scores(scorer.numbers(rows))[:, 0].tolist() == [in_order(row) for row in rows]


def test_features_that_the_model_knows_keep_its_numbers() -> None:
    scorer = Scorer(ROWS, {"model's": 1, "f3": 2})
    assert scorer.numbers([["f3", "nobody's", "model's"]])[:, 0].tolist() == [0, 2, 1]
    assert scorer.numbers([["f0"]]).max() > 2


def test_a_feature_may_speak_for_several_labels() -> None:
    scorer = Scorer([WeightRow("a", "x", 1.0), WeightRow("b", "y", 2.0), WeightRow("a", "y", 0.5)], {})
    assert scorer.labels == ("x", "y")
    assert scorer.scores(scorer.numbers([["a", "b"], []])).tolist() == [[1.0, 2.5], [0.0, 0.0]]
