from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from khabar.text import fold, normalise, segment

ARABIC = st.text(alphabet=st.sampled_from("ابةتىيئؤإأآءلاًَّـ ٠١٢۳«»\u200f\u00a0.،!؟\n\"'ﷲﻻﻼABc1"), max_size=80)


@given(st.one_of(st.text(max_size=80), ARABIC))
def test_every_normal_span_is_an_exact_original_span(original: str) -> None:
    text = normalise(original)
    last = 0
    for i in range(len(text.text)):
        start, end = text.start_of(i), text.end_of(i + 1)
        assert 0 <= start < end <= len(original)
        assert start >= last or start == text.start_of(i - 1)
        last = start
        assert text.text[i] in fold(original[start:end])
    assert text.text == fold(original)


@given(st.one_of(st.text(max_size=80), ARABIC))
def test_tokens_are_in_order_and_cover_all_letters(original: str) -> None:
    text = normalise(original)
    tokens = [token for sentence in segment(text) for token in sentence.tokens]
    assert all(a.end <= b.start or a.start == b.start for a, b in itertools.pairwise(tokens))
    for token in tokens:
        assert fold(original[token.start : token.end]).find(token.norm) >= 0
    covered = {i for t in tokens for i in range(t.norm_start, t.norm_start + len(t.norm))}
    assert all(i in covered for i, char in enumerate(text.text) if char.isalpha())


def test_folds() -> None:
    assert fold("فى الإرهابىّ") == "في الارهابي"
    assert fold("مدرسةٌ ـــ ١٢٣ ۴۵") == "مدرسه  123 45"
    assert fold("«ﻻ»\u200f") == '"لا"'
    assert fold("SDF") == "sdf"


def test_a_span_keeps_the_marks_of_its_last_letter() -> None:
    original = "قتلَ مسلحًا."
    text = normalise(original)
    start = text.text.index("مسلحا")
    assert text.span(start, start + 5).text == "مسلحًا"


def sentences(original: str) -> list[str]:
    return [original[s.start : s.end] for s in segment(normalise(original))]


def test_sentences() -> None:
    assert sentences("قال د. محمد إن العدد 3.5 مليون. وأضاف: لا!") == ["قال د. محمد إن العدد 3.5 مليون.", "وأضاف: لا!"]
    assert sentences("عدن (أ ف ب) قتل أربعة.وأصيب ثلاثة") == ["عدن (أ ف ب) قتل أربعة.", "وأصيب ثلاثة"]
    assert sentences("«لن نقبل. نحن هنا.» ثم غادر") == ["«لن نقبل.", "نحن هنا.»", "ثم غادر"]
    assert sentences("سطر أول\nسطر ثان") == ["سطر أول", "سطر ثان"]
    assert sentences("1. بند أول.\n2. بند ثان وصل في 7. انتهى") == ["1. بند أول.", "2. بند ثان وصل في 7.", "انتهى"]
