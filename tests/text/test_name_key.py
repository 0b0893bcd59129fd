"""One key for the spellings of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.text.names import name_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("محمد", "Mohammed", "Muhammad", "Mohamad", "MOHAMED"),
        ("عبد الله", "عبدالله", "Abdullah", "Abdallah", "Abd Allah"),
        ("عبد الرحمن", "عبدالرحمن", "Abdul Rahman", "Abdulrahman", "Abd al-Rahman", "Abdel-Rahman"),
        ("محمد بن سلمان", "Mohammed bin Salman", "Muhammad Salman"),
        ("الزياني", "al-Zayani", "Zayani"),
        ("عثمان", "Othman", "Uthman"),
        ("خامنئي", "خامنئى", "Khamenei"),
        ("قاسم", "Qassem", "Kassem"),
        ("يوسف", "Yousef", "Yusuf", "Youssef"),
        ("وليد", "Walid", "Waleed"),
        ("شريف", "Sharif", "Chérif"),
        ("نصر الله", "Nasr Allah"),
        ("جبريل", "Jibril", "Djibril"),
    ],
)
def test_one_key_for_all_spellings(spellings: tuple[str, ...]) -> None:
    assert len({name_key(spelling) for spelling in spellings}) == 1


def test_names_apart_stay_apart() -> None:
    keys = [name_key(name) for name in ("محمد", "محمود", "حامد", "سالم", "سليم الحص", "خالد", "كمال")]
    assert len({key for key in keys if key}) >= 5
    assert name_key("اليمن") != name_key("عمان")


def test_nothing_gives_nothing() -> None:
    assert name_key("") == name_key("—!») ") == ""


@given(st.text(max_size=60))
def test_any_text_has_a_key_of_its_own_folding(text: str) -> None:
    assert name_key(text) == name_key(text.strip())
