from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.text.names import word_keys


@pytest.mark.parametrize(
    "spellings",
    [
        ("محمد", "Mohammed", "Muhammad", "Mohamed"),
        ("القذافي", "Gaddafi", "Qaddafi", "Kadhafi"),
        ("الرقة", "Raqqa", "Raqqah"),
        ("خالد", "Khalid", "Khaled"),
        ("حسين", "Hussein", "Husayn"),
        ("طرابلس", "Trablus"),
        ("داعش", "Daesh"),
    ],
)
def test_spellings_of_one_name_share_a_key(spellings: tuple[str, ...]) -> None:
    common = set(word_keys(spellings[0]))
    for spelling in spellings[1:]:
        assert common & set(word_keys(spelling)), spelling


def test_different_names_do_not() -> None:
    assert not set(word_keys("محمد")) & set(word_keys("أحمد"))
    assert not set(word_keys("خالد")) & set(word_keys("وليد"))
    assert word_keys("ال") == ()


@given(st.text(max_size=100))
def test_any_word_has_few_keys(word: str) -> None:
    assert len(word_keys(word)) <= 4
    assert all(key.isalnum() for key in word_keys(word))
