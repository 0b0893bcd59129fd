"""Whatever the text and the mentions: spans in place, contents not empty, sources inside, the same again."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.conftest import marked
from factories import document
from khabar.attribution import attribute
from khabar.records import Claim
from khabar.resources import load_resources
from khabar.text import normalise, segment

# Compiles nothing until it is used; a fixture cannot be mixed with Hypothesis' own arguments.
RESOURCES = load_resources()
PIECES = st.sampled_from(
    ["قال", "وقالت", "وأضاف", "يقول", "مشيرا", "ومؤكدة", "إلى", "أن", "إن", "أنه", "لم", "يؤكد", "نقلت", "عن", "قوله", "دعا", "ب",
     "اتهم", "نفى", "بحسب", "وفقا", "ل", "لما", "حسبما", "كما", "أفاد", "مصدر", "أمني", "مصادر", "وزير", "المتحدث", "باسم", "بيان",
     "في", "من", "على", "الذي", "التي", "وهو", "وكالة", "[رويترز|O]", "ل[رويترز|O]", "[سامر النجار|P]", "و[رامي علي|P]", "[سوريا|L]",
     "[أمس|T]", "الجسر", "أغلق", "وتداول", "أمر", "بين", "«", "»", '"', "“", "(", ")", ":", "،", "؛", ".", "-", "…", "\n", "د."],
)  # fmt: skip


def claims_of(text: str, *, publisher: str | None = None) -> tuple[str, tuple[Claim, ...]]:
    plain, mentions = marked(text)
    normal = normalise(plain)
    return plain, attribute(document(plain, publisher=publisher), normal, segment(normal), mentions, RESOURCES)


@given(st.lists(PIECES, min_size=1, max_size=60).map(" ".join).filter(lambda text: text.strip()))
def test_claims_are_in_place(text: str) -> None:
    plain, claims = claims_of(text)
    for claim in claims:
        assert claim.source is not None
        for part in (claim.source, claim.content, *([claim.cue] if claim.cue else []), *claim.via):
            assert 0 <= part.start < part.end <= len(plain)
            assert plain[part.start : part.end] == part.text
        assert claim.content.text.strip()
        assert 0 < claim.score <= 1
        assert claim.cue is not None or claim.quote == "direct" or ":" in plain or "«" in plain
        overlaps = [via for via in claim.via if via.start < claim.source.end and claim.source.start < via.end]
        assert not overlaps
    assert [claim.id for claim in claims] == [f"c{number}" for number in range(len(claims))]
    assert claims_of(text)[1] == claims


@given(st.lists(PIECES, min_size=1, max_size=40).map(" ".join).filter(lambda text: text.strip()))
def test_the_publisher_never_carries(text: str) -> None:
    _, claims = claims_of(text, publisher="رويترز")
    assert all(via.text != "رويترز" for claim in claims for via in claim.via)


@pytest.mark.parametrize(
    "piece",
    ["قال محمد ", 'قال "', "قال الوزير، ", '"', "إن ", "قال الوزير إن الجسر أغلق وأكد ", "قال مصدر إن ذلك وقع. "],
)
def test_time_grows_with_the_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        normal = normalise(text)
        sentences = segment(normal)
        made = document(text)
        start = time.process_time()
        attribute(made, normal, sentences, (), RESOURCES)
        return time.process_time() - start

    seconds(1000)
    # The better of two: a collection of the garbage of other tests may fall into either.
    short, long = (min(seconds(length) for _ in range(2)) for length in (20_000, 100_000))
    assert long < 12 * short + 0.2
