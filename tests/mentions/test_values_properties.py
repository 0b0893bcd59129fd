"""What holds for any text: spans are exact, bounds are in order, and the readers take steps in proportion to length."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.mentions.count_scan import CountScan
from khabar.mentions.counted import build_counted_words
from khabar.mentions.quantities import find_quantities, scan_quantities
from khabar.mentions.time_scan import Scan
from khabar.mentions.time_words import build_time_words
from khabar.mentions.times import find_times, scan_times
from khabar.numerals.words import read_words
from khabar.records import document_from
from khabar.resources import Resources, load_resources
from khabar.text import normalise, segment

STEPS_A_WORD = 120  # the most that one place of a sentence may cost; measured: 46

_TABLES = load_resources()
_WORDS = sorted(
    _TABLES.compiled(build_time_words).vocabulary.words | _TABLES.compiled(build_counted_words).vocabulary.words
)
_MARKS = [
    "(",
    ")",
    "،",
    "-",
    "/",
    "%",
    '"',
    ".",
    "12",
    "2015",
    "1436",
    "3.5",
    "12:30",
    "25/7/2015",
    "10-7",
    "9" * 30,
    "كلمة",
]
TEXTS = st.lists(
    st.tuples(st.sampled_from(["", "", "", "و", "ب", "ل", "ال"]), st.sampled_from(_WORDS + _MARKS)), max_size=30
).map(lambda parts: " ".join(lead + word for lead, word in parts))
PUBLISHED = st.sampled_from([None, "2016-03-10", "0001-01-01", "9999-12-31", "2016-02-29T10:00:00+03:00"])


@settings(max_examples=300)
@given(text=st.one_of(TEXTS, st.text(max_size=60)), published=PUBLISHED)
def test_spans_are_exact_and_in_order_and_bounds_too(text: str, published: str | None, resources: Resources) -> None:
    document = document_from(text, external_id="t", language="ar", published=published)
    normal = normalise(text)
    sentences = segment(normal)
    times = find_times(document, normal, sentences, resources)
    quantities = find_quantities(normal, sentences, times, resources)
    for mentions in (times, quantities):
        assert all(m.text and text[m.start : m.end] == m.text for m in mentions)
        assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert not any(t.start < q.end and q.start < t.end for t in times for q in quantities)
    for mention in times:
        time = mention.time
        assert time is not None or mention.unresolved is not None
        if time is not None and time.earliest and time.latest:
            assert time.earliest[:10] <= time.latest[:10]


def _steps(text: str, resources: Resources) -> tuple[int, int]:
    """(steps of both readers, words) over a text as one sentence."""
    normal = normalise(text)
    tokens = [token for sentence in segment(normal) for token in sentence.tokens]
    times, counts = resources.compiled(build_time_words), resources.compiled(build_counted_words)
    scan = Scan(read_words(normal, tokens, times.vocabulary), times)
    count_scan = CountScan(read_words(normal, tokens, counts.vocabulary), counts)
    list(scan_times(scan))
    list(scan_quantities(count_scan))
    return scan.steps + count_scan.steps, len(tokens)


@settings(max_examples=150, deadline=None)
@given(TEXTS.filter(lambda text: bool(text.strip())))
def test_no_text_takes_more_steps_than_its_length_allows(text: str) -> None:
    for times in (1, 30):
        steps, words = _steps((text + " ") * times, _TABLES)
        assert steps <= STEPS_A_WORD * (words + 1)


@pytest.mark.parametrize(
    "unit",
    [
        "مليون ",
        "عام ",
        "نحو ",
        "تمام الساعة ",
        "يوم وساعة و",
        "قليلة ",
        "أكثر من ",
        "عيد ",
        "الساعة ",
        "بين 3 و",
        "9" * 50 + " ",
    ],
)
def test_repetition_is_linear(unit: str, resources: Resources) -> None:
    short, words = _steps(unit * 50, resources)
    long, more_words = _steps(unit * 400, resources)
    assert long / more_words <= short / words + 2
