"""Hashes of words: the quick way says what the slow one says, for any text."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from khabar.corroborate.copies import wordhash
from khabar.corroborate.copies.wordhash import WordHasher, words_in

HASHER = WordHasher()
ARABIC = st.text(st.sampled_from("ابتثأإآةىيؤئءَُِّْـ ٠١٢3،.«»\n\u200f_-ﻻﷺ"), max_size=80)


def spelt(text: str) -> list[int]:
    return [int(value) for value in wordhash._spelt(text)]


@given(st.one_of(ARABIC, st.text(max_size=60)))
@example("")
@example("ﷺ صلى ﻻ 😀 كلمة")
@example("ا" * 1000)
@example("\ud800 كلمة")
def test_both_ways_agree(text: str) -> None:
    found = HASHER.hashes(text).tolist()
    assert found == spelt(text)
    assert len(found) == len(words_in(text))


@given(st.one_of(ARABIC, st.text(max_size=60)))
def test_words_have_equal_hashes_where_they_are_equal(text: str) -> None:
    words, found = words_in(text), HASHER.hashes(text).tolist()
    assert len(set(words)) == len(set(found))
    assert len(set(zip(words, found, strict=True))) == len(set(words))


def test_no_two_of_many_words_share_a_hash() -> None:
    short = ["".join(word) for size in range(1, 7) for word in itertools.product("ابتثجح", repeat=size)]
    words = short + ["م" * size for size in range(1, 300)]
    assert len(np.unique(HASHER.hashes(" ".join(words)))) == len(words)
