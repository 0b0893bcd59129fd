"""Reports in which no event is read, and what they are of all the same, on texts of our own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from khabar import read
from khabar.corroborate.digest import build_digester
from khabar.corroborate.profiles import Happening
from khabar.resources import load_resources

DIGESTER = load_resources().compiled(build_digester)


def happenings(title: str, text: str) -> tuple[Happening, ...]:
    """Those of a text whose reading has lost its events."""
    reading = read(text, title=title, published="2021-05-03T10:00:00+03:00", publisher="صحيفة الغدير")
    return DIGESTER.profile(replace(reading, events=())).happenings


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("النيابة: الموقوفون اثنان", "قالت النيابة في صفاقس إن عدد النقابيين الموقوفين اثنان وليس ثلاثة.", "COERCE"),
        ("البلدية: المضربون مئة", "قالت بلدية باتنة إن المضربين من عمال النظافة مئة عامل.", "PROTEST"),
        ("شيخ القرية: ضحايا اللغم خمسة", "قال شيخ القرية إن خمسة أطفال قتلوا باللغم عصر الجمعة.", "ASSAULT"),
        ("الجمعية تصحح عدد السلال", "أوضحت الجمعية أن السلال الموزعة في البلدة 750 سلة لا 900 كما ذكر.", "AID"),
        ("صحف اليوم", "قال كاتب إن الطقس معتدل وإن الأسواق هادئة.", None),
    ],
)
def test_a_word_stands_for_the_event_that_was_not_read(title: str, text: str, kind: str | None) -> None:
    found = happenings(title, text)
    assert [(one.type, one.event) for one in found] == ([(kind, "")] if kind else [])


def test_what_no_word_names_is_of_no_story() -> None:
    assert happenings("أسعار السوق", "استقرت أسعار الخضار في السوق المركزية، وبقي الطلب على الليمون ضعيفا.") == ()


def test_who_asks_speaks_of_the_deed_that_was() -> None:
    reading = read(
        "طالب وجهاء البلدة بكشف مصير العمال المخطوفين قرب الحسكة، وقالوا إنهم سبعة.",
        title="وجهاء: العمال المخطوفون سبعة",
        published="2021-05-03T10:00:00+03:00",
    )
    assert DIGESTER.profile(reading).happenings[0].type == "COERCE"


def test_who_asks_in_the_title_asks_for_something_new() -> None:
    reading = read(
        "طلب وجهاء البلدة من المسلحين مغادرتها، بعد يوم من غارة دمرت بيوتا قرب الحسكة، وقالوا إنها لا تحتمل غارة أخرى.",
        title="وجهاء البلدة يطلبون من المسلحين الرحيل",
        published="2021-05-03T10:00:00+03:00",
    )
    assert DIGESTER.profile(reading).happenings[0].type == "REQUEST"
