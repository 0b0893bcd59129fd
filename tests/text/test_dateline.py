from __future__ import annotations

import pytest

from khabar.text import normalise, segment


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("السدرة (ليبيا) 14 آذار/مارس (الضفة) - ", "قال متحدث إن الطريق مفتوح"),
        ("عدن (رويترز) – ", "أعلن مجلس البلدة بدء الهدنة"),
        ("عدن - واس: ", "وصلت سفينة إلى الميناء"),
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(dateline: str, rest: str) -> None:
    text = dateline + rest + ". وانتهى الأمر."
    sentences = segment(normalise(text))
    assert [text[s.start : s.end] for s in sentences] == [dateline.strip(), rest + ".", "وانتهى الأمر."]


def test_a_dash_or_a_colon_of_the_text_is_none() -> None:
    for text in ("قال زيد (وهو متحدث) إن الطريق - وهو طويل - مفتوح", "وقال: الطريق مفتوح"):
        assert len(segment(normalise(text))) == 1
