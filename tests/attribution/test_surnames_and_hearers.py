"""Who is known by a surname, who was told, and whose own outlet is no carrier."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute, line


def test_a_surname_that_is_no_name_by_itself_speaks_again(read: Attribute) -> None:
    claims = read("قال مدير المستشفى [نوري بوستة|P] إن الجرحى ستة. وناشد بوستة المواطنين التبرع بالدم.")
    assert [line(claim) for claim in claims] == ["مدير المستشفى نوري بوستة | الجرحى ستة", "بوستة | التبرع بالدم"]
    assert claims[1].source is not None
    assert claims[1].source.kind == "named_person"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقدر [اتحاد المزارعين|O] المساحة المزروعة بألف فدان.", "اتحاد المزارعين | المساحة المزروعة بألف فدان"),
        ("وأبدت منظمة إغاثية استعدادها لعلاج الجرحى.", "منظمة إغاثية | استعدادها لعلاج الجرحى"),
        (
            "ورأى مصدر أمني تحدث إلى الصحيفة أن القوة أخطأت الدار.",
            "مصدر أمني تحدث إلى الصحيفة | القوة أخطأت الدار",
        ),
        ("وزعم التنظيم في بيان تناقلته حسابات مقربة منه أن القتلى عشرون.", "التنظيم | القتلى عشرون"),
        ("وتطالب جمعيات حقوقية السلطات بفتح السجن.", "جمعيات حقوقية | فتح السجن"),
        ("وأعلنت القيادة في بيان منفصل عن مقتل عشرة مسلحين.", "القيادة | مقتل عشرة مسلحين"),
        ("ويعزو الوكلاء الزيادة إلى انقطاع الطريق.", "الوكلاء | الزيادة إلى انقطاع الطريق"),
        ("وبين عدد منهم أن المحلات تضررت.", "عدد منهم | المحلات تضررت"),
        ("وشرح المدير كيف وقع الحادث.", "المدير | كيف وقع الحادث"),
        (
            "أدانت [منظمة الوئام|O] في بيان صادر مساء أمس، بأشد العبارات، الجريمة في القرية.",
            "منظمة الوئام | الجريمة في القرية",
        ),
        (
            "ودعا الوزير المجتمع الدولي، لا سيما الدول المانحة، إلى تحمل مسؤولياته.",
            "الوزير | تحمل مسؤولياته",
        ),
        ("وناشد الناطق أصحاب الآليات الثقيلة التوجه إلى الحي.", "الناطق | التوجه إلى الحي"),
    ],
)
def test_source_and_content(read: Attribute, text: str, expected: str) -> None:
    assert [line(claim) for claim in read(text)] == [expected]


def test_a_second_participle_ends_the_first_content(read: Attribute) -> None:
    claims = read("قالت البلدية إن الماء عاد، مرجعة الخطأ إلى العداد.")
    assert [line(claim) for claim in claims] == ["البلدية | الماء عاد", "البلدية | الخطأ إلى العداد"]


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("قال المسؤول لـ«الوادي اليوم» إن العدد اثنان.", "جريدة الوادي اليوم"),
        ('وصرح العقيد لمراسل "زهر الرمان" في [نيروبي|L] بأن القوات عادت.', "بوابة زهر الرمان"),
        ("وقال المدير في اتصال مع الإذاعة إن الأهالي خرجوا.", "إذاعة الوادي"),
    ],
)
def test_the_publisher_is_no_carrier_by_any_of_its_names(read: Attribute, text: str, publisher: str) -> None:
    (claim,) = read(text, publisher=publisher)
    assert claim.via == ()


def test_who_says_what_others_demand_carries_it(read: Attribute) -> None:
    (claim,) = read("ويطالب السكان، كما شرح لنا [سالم مرعي|P]، الناطق باسم اللجنة، برحيل المدير.")
    assert line(claim) == "السكان | رحيل المدير"
    assert [via.text for via in claim.via] == ["سالم مرعي، الناطق باسم اللجنة"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أفاد «الغدير» مصدر طبي في المشفى بأن خمسة قتلوا.", "مصدر طبي في المشفى | خمسة قتلوا"),
        ("أبلغ مسؤول محلي صحيفة الغدير بأن الطريق مغلق.", "مسؤول محلي | الطريق مغلق"),
        ("وأخبرت ممرضة «الغدير» أن الجرحى سبعة.", "ممرضة | الجرحى سبعة"),
        ("وأفاد مراسل الغدير بأن الطريق مغلق.", "مراسل الغدير | الطريق مغلق"),
    ],
)
def test_the_publisher_is_the_object_of_who_tells_it(read: Attribute, text: str, expected: str) -> None:
    assert [line(claim) for claim in read(text, publisher="صحيفة الغدير")] == [expected]
