from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.text.latin import name_keys


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
    common = set(name_keys(spellings[0]))
    for spelling in spellings[1:]:
        assert common & set(name_keys(spelling)), spelling


def test_different_names_do_not() -> None:
    assert not set(name_keys("محمد")) & set(name_keys("محمود بن"))
    assert not set(name_keys("خالد")) & set(name_keys("وليد"))
    assert name_keys("ال") == ()


@given(st.text(max_size=100))
def test_any_word_has_few_keys(word: str) -> None:
    assert len(name_keys(word)) <= 4
