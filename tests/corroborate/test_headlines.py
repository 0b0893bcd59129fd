from __future__ import annotations

import csv
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from khabar.corroborate.links.headlines import build_headline_stance
from khabar.resources import Resources, load_resources


def test_agreement_and_contradiction(resources: Resources) -> None:
    stance = resources.compiled(build_headline_stance)
    assert stance.compare("الجيش يعلن السيطرة على المدينة", "الجيش يعلن سيطرته على المدينة") == "agree"
    assert stance.compare("ارتفاع أسعار النفط اليوم", "انخفاض أسعار النفط اليوم") == "disagree"


STANCE = build_headline_stance(load_resources().tables)


@given(st.text(max_size=200), st.text(max_size=200))
def test_order_does_not_matter(left: str, right: str) -> None:
    stance = STANCE
    assert abs(stance.agreement(left, right) - stance.agreement(right, left)) < 1e-9


def test_macro_f1_on_arabic_news_stance(shared: Path, resources: Resources) -> None:
    stance = resources.compiled(build_headline_stance)
    with (shared / "external/ans/stance-dev.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    guesses = [(row["stance"], stance.compare(row["s1"], row["s2"])) for row in rows]
    scores = []
    for label in ("agree", "disagree"):
        right = sum(a == b == label for a, b in guesses)
        named = sum(b == label for _, b in guesses)
        there = sum(a == label for a, _ in guesses)
        scores.append(200 * right / (named + there))
    assert sum(scores) / 2 >= 74, scores
