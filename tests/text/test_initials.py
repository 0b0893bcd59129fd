from __future__ import annotations

import pytest

from khabar.text import normalise, segment


@pytest.mark.parametrize("name", ["بي.بي.سي", "إيه.تي.في", "د.ب.أ", "أ.ف.ب"])
def test_initials_do_not_end_a_sentence(name: str) -> None:
    assert len(segment(normalise(f"قال الوزير لقناة {name} إن الطريق مفتوح."))) == 1


def test_a_full_stop_without_a_space_does() -> None:
    assert len(segment(normalise("أغلق الطريق أمس.وفتح الجسر اليوم."))) == 2
