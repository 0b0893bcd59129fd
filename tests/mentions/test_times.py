from __future__ import annotations

import pytest

from khabar.mentions.times import find_times
from khabar.records import Mention, document_from
from khabar.resources import Resources
from khabar.text import normalise, segment


def times(text: str, resources: Resources, published: str | None = "2016-03-10") -> tuple[Mention, ...]:
    """TIME mentions of one text published on a Thursday."""
    document = document_from(text, external_id="t", language="ar", published=published)
    normal = normalise(text)
    return find_times(document, normal, segment(normal), resources)


def values(text: str, resources: Resources, published: str | None = "2016-03-10") -> list[tuple[str, str | None]]:
    return [(m.text, m.time.value if m.time else None) for m in times(text, resources, published)]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("وصل الوفد أمس", "أمس", "2016-03-09"),
        ("وصل الوفد أول من أمس", "أول من أمس", "2016-03-08"),
        ("وصل الوفد فجر اليوم", "فجر اليوم", "2016-03-10TMO"),
        ("وصل الوفد مساء الاثنين", "مساء الاثنين", "2016-03-07TEV"),
        ("وصل الوفد الأحد الماضي", "الأحد الماضي", "2016-03-06"),
        ("وصل الوفد في شباط/فبراير الماضي", "شباط/فبراير الماضي", "2016-02"),
        ("وصل الوفد في 3 آذار (مارس) الجاري", "3 آذار (مارس) الجاري", "2016-03-03"),
        ("قاتل منذ ثلاثة أيام", "ثلاثة أيام", "P3D"),
        ("قاتل لمدة 60 يوما", "60 يوما", "P60D"),
        ("قاتل خلال الأسابيع القليلة الماضية", "الأسابيع القليلة الماضية", "PAST_REF"),
        ("نشر في 1437/5/20هـ", "1437/5/20هـ", "2016-02-29"),
        ("سيعود الأسبوع المقبل", "الأسبوع المقبل", "2016-W11"),
    ],
)
def test_values(text: str, span: str, value: str, resources: Resources) -> None:
    assert values(text, resources) == [(span, value)]


def test_a_text_may_end_anywhere_in_an_expression(resources: Resources) -> None:
    for text in ("صدر في الأسبوع الأول من", "بين الأسبوع الثاني من شهر", "خلال النصف الأول من عام", "في 12 من", "بين 3 و"):
        times(text, resources)
