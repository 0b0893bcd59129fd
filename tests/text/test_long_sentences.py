from __future__ import annotations

from khabar.text import normalise, segment


def test_text_without_a_full_stop_is_cut_at_a_comma() -> None:
    sentences = segment(normalise("قال زيد إن الطريق مفتوح، " * 1000))
    assert max(len(sentence.tokens) for sentence in sentences) <= 500
    assert all(sentence.tokens[-1].norm == "،" for sentence in sentences)
    assert sum(len(sentence.tokens) for sentence in sentences) == 6000


def test_and_where_there_is_none_anywhere() -> None:
    sentences = segment(normalise("خبر " * 1200))
    assert [len(sentence.tokens) for sentence in sentences] == [500, 500, 200]
