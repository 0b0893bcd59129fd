"""Spans from logits: whatever the logits, labels keep their order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from khabar.model import decode_telling
from khabar.model.speech import _in_order, _log_softmax, _viterbi


def logits(*labels: int) -> np.ndarray:
    found = np.full((len(labels), 7), -3.0, np.float32)
    for at, label in enumerate(labels):
        found[at, label] = 3.0
    return found


def test_source_and_content_are_told_apart_from_a_carrier() -> None:
    telling = decode_telling(logits(0, 1, 2, 0, 5, 0, 3, 4, 4))
    assert (telling.source.first, telling.source.last) == (1, 2)
    assert (telling.content.first, telling.content.last) == (6, 8)
    assert telling.content.probability > 0.9


def test_of_two_contents_the_longer_is_it_and_of_two_sources_the_first() -> None:
    telling = decode_telling(logits(1, 3, 0, 3, 4, 1))
    assert (telling.content.first, telling.content.last) == (3, 4)
    assert telling.source.first == 0


def test_nothing_is_told_where_nothing_is_likely() -> None:
    telling = decode_telling(logits(0, 0, 0))
    assert telling.source is None
    assert telling.content is None


@given(arrays(np.float32, st.tuples(st.integers(1, 40), st.just(7)), elements=st.floats(-20, 20, width=32)))
def test_parts_lie_in_the_sentence_and_do_not_overlap(values: np.ndarray) -> None:
    telling = decode_telling(values)
    parts = [part for part in (telling.source, telling.content) if part is not None]
    for part in parts:
        assert 0 <= part.first <= part.last < len(values)
        assert 0 <= part.probability <= 1.0001
    words = [at for part in parts for at in range(part.first, part.last + 1)]
    assert len(words) == len(set(words))


@given(arrays(np.float32, st.tuples(st.integers(1, 6), st.just(7)), elements=st.floats(-20, 20, width=32)))
def test_labels_are_the_likeliest_that_are_in_order(values: np.ndarray) -> None:
    """Where the likeliest labels of single words are in order, no others are sought."""
    scores = _log_softmax(values)
    labels = scores.argmax(1).tolist()
    if _in_order(labels):
        chosen = _viterbi(scores)
        assert _in_order(chosen)
        total, best = (sum(scores[at, label] for at, label in enumerate(row)) for row in (chosen, labels))
        assert abs(total - best) < 1e-3
