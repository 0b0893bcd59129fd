"""The matcher of names: word boundaries, clitics, and nothing invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.mentions.lexicon import Lexicon, longest, names_form, readings, whole_words
from khabar.resources import load_resources
from khabar.text import normalise, segment

FORMS = ("الرقة", "الأردن", "داعش", "اللجنة العليا", "ليد", "قوات سوريا الديمقراطية", "د.ب.أ", "CNN", "الفرقة 30")


def found(text: str, *forms: str, whole: frozenset[str] = frozenset()) -> list[str]:
    lexicon = Lexicon([(form, form) for form in forms or FORMS], whole=whole)
    normal = normalise(text)
    hits = longest(lexicon.find(normal, segment(normal)))
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("في الرقة", ["الرقة"]),
        ("وبالرقة مطر", ["الرقة"]),
        ("فالرقة", ["الرقة"]),
        ("وصل للرقة", ["رقة"]),
        ("عاد للأردن", ["أردن"]),
        ("وللاردن حدود", ["اردن"]),
        ("قدم للجنة العليا", ["لجنة العليا"]),
        ("قال لداعش ولداعش", ["داعش", "داعش"]),
        ("كَداعِش", ["داعِش"]),
        ("الداعشي", []),
        ("أرقة", []),
        ("قوات  سوريا\u00a0الديمقراطية", ["قوات  سوريا\u00a0الديمقراطية"]),
        ("قوات سوريا. الديمقراطية", []),
        ("وكالة (د.ب.أ) قالت", ["د.ب.أ"]),
        ("قناة cnn أمس", ["cnn"]),
        ("من الفرقة 30 فقط", ["الفرقة 30"]),
        ("من الفرقة ٣٠ فقط", ["الفرقة ٣٠"]),
        ("", []),
    ],
)
def test_clitics_and_boundaries(text: str, spans: list[str]) -> None:
    assert found(text) == spans


def test_a_whole_word_is_never_cut() -> None:
    whole = frozenset({names_form("وليد")})
    assert found("جاء وليد", "ليد") == ["ليد"]
    assert found("جاء وليد", "ليد", whole=whole) == []
    assert found("جاء لوليد ووليد", "ليد", whole=whole) == []
    assert found("جاء ووليد", "وليد", whole=whole) == ["وليد"]


def test_foreign_letters_match_what_papers_write() -> None:
    assert found("قوات الپيشمرگة", "البيشمركة") == ["الپيشمرگة"]


def test_all_values_of_a_form_are_kept_in_order() -> None:
    lexicon = Lexicon([("القاعدة", 1), ("القاعده", 2), ("القاعدة", 1)])
    assert lexicon.get(names_form("القاعدة")) == (1, 2)
    assert len(lexicon) == 1


def test_overlapping_hits_are_all_given_and_the_longest_chosen() -> None:
    text = normalise("حزب الله اللبناني")
    lexicon = Lexicon([("حزب الله", 1), ("حزب الله اللبناني", 2), ("الله", 3)])
    hits = lexicon.find(text, segment(text))
    assert [hit.values for hit in hits] == [(2,), (1,), (3,)]
    assert [hit.values for hit in longest(hits)] == [(2,)]


def test_whole_words_are_there() -> None:
    words = whole_words(load_resources().tables)
    assert {"وليد", "وزير", "بيان", "لبنان", "فلسطين"} <= words


@given(st.text(alphabet='وفبلكا لرقةأنعش."30\u0640\u064e\n', max_size=80))
def test_spans_hold_the_form(text: str) -> None:
    normal = normalise(text)
    lexicon = Lexicon([(form, form) for form in ("الرقة", "رقة", "بل", "كل ما", "داعش", "لا")])
    hits = lexicon.find(normal, segment(normal))
    assert hits == lexicon.find(normal, segment(normal))
    for hit in hits:
        inside = names_form(text[hit.start : hit.end])
        assert inside == hit.form or (hit.prefix.endswith("ل") and hit.form.endswith(inside))


@given(st.text(alphabet="وفبلكاه", min_size=1, max_size=30))
def test_readings_are_few_and_end_the_word(word: str) -> None:
    ways = list(readings(word))
    assert len(ways) <= 7
    assert all(word[cut:].endswith(rest[2:]) and rest for cut, rest in ways)
