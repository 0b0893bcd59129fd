from __future__ import annotations

import pytest

from khabar.mentions.quantities import find_quantities
from khabar.mentions.times import find_times
from khabar.records import Mention, document_from
from khabar.resources import Resources
from khabar.text import normalise, segment


def quantities(text: str, resources: Resources) -> tuple[Mention, ...]:
    document = document_from(text, external_id="t", language="ar", published="2016-03-10")
    normal = normalise(text)
    sentences = segment(normal)
    return find_quantities(normal, sentences, find_times(document, normal, sentences, resources), resources)


def values(text: str, resources: Resources) -> list[tuple[str, float | None, float | None, str | None]]:
    return [
        (m.text, m.quantity.min, m.quantity.max, m.quantity.unit)
        for m in quantities(text, resources)
        if m.quantity is not None
    ]


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "unit"),
    [
        # numbers of every form
        ("وصل 700 مقاتل", "700 مقاتل", 700, 700, "fighter"),
        ("قال إن العدد 700 لاجئ", "700 لاجئ", 700, 700, "refugee"),
        ("وصل ٧٠٠ مقاتل", "٧٠٠ مقاتل", 700, 700, "fighter"),
        ("وصل ثلاثة آلاف لاجئ", "ثلاثة آلاف لاجئ", 3000, 3000, "refugee"),
        ("وصل ألف و500 نازح", "ألف و500 نازح", 1500, 1500, "displaced person"),
        ("وصل ألفا جندي", "ألفا جندي", 2000, 2000, "soldier"),
        ("نزح 5ر1 مليون شخص", "5ر1 مليون شخص", 1_500_000, 1_500_000, "person"),
        ("وصل (431) شخصا", "(431) شخصا", 431, 431, "person"),
        ("سافر 403.740 شخصا", "403.740 شخصا", 403_740, 403_740, "person"),
        ("وصل 120نازحا", "120نازحا", 120, 120, "displaced person"),
        # bounds
        ("وصل أكثر من 300 مقاتل", "أكثر من 300 مقاتل", 301, None, "fighter"),
        ("وصل أقل من 300 مقاتل", "أقل من 300 مقاتل", None, 299, "fighter"),
        ("وصل ما لا يقل عن 17 مسلحا", "ما لا يقل عن 17 مسلحا", 17, None, "gunman"),
        ("وصل 17 مسلحا على الأقل", "17 مسلحا على الأقل", 17, None, "gunman"),
        ("وصل نحو 40 مسلحا", "نحو 40 مسلحا", 40, 40, "gunman"),
        ("بمبلغ لا يتجاوز 50 ألف ريال", "لا يتجاوز 50 ألف ريال", None, 50_000, "riyal"),
        ("وصل بين 10 و17 طالبا", "بين 10 و17 طالبا", 10, 17, "student"),
        ("أطلق أربع أو خمس رصاصات", "أربع أو خمس رصاصات", 4, 5, "bullet"),
        ("تدخلت في أكثر من منطقة", "أكثر من منطقة", 2, None, "area"),
        # multitudes
        ("قتل عشرات الدواعش", "عشرات الدواعش", 20, 99, "Islamic State member"),
        ("زرعوا مئات الألغام", "مئات الألغام", 200, 999, "mine"),
        ("نزح عشرات الآلاف", "عشرات الآلاف", 20_000, 99_999, "person"),
        ("زار بضع بلدات", "بضع بلدات", 3, 9, "town"),
        ("عثروا على أطنان من الأسلحة", "أطنان", 3, None, "ton"),
        ("سقط قتلى بالعشرات", "قتلى بالعشرات", 20, 99, "fatality"),
        # the noun's own number
        ("قتل جنديان", "جنديان", 2, 2, "soldier"),
        ("شنت غارتين", "غارتين", 2, 2, "air strike"),
        ("قتل عسكريين تركيين اثنين", "عسكريين تركيين اثنين", 2, 2, "soldier"),
        ("عثروا على ضابطي شرطة", "ضابطي", 2, 2, "officer"),
        ("قتل مدني واحد", "مدني واحد", 1, 1, "civilian"),
        ("تتكون من سيارة أو سيارتين", "سيارة أو سيارتين", 1, 2, "car"),
        ("اتفقت الدول الست", "الدول الست", 6, 6, "country"),
        ("اتفقت الدول الـ12", "الدول الـ12", 12, 12, "country"),
        ("غادرت مع أبنائها الثلاثة", "أبنائها الثلاثة", 3, 3, "son"),
        # parts of a whole
        ("قتل 102 من المسلحين", "102 من المسلحين", 102, 102, "gunman"),
        ("قتل 41 من ميليشيات الشمال", "41 من ميليشيات", 41, 41, None),
        # money, measures, ages
        ("بقيمة 1.3 مليار دولار", "1.3 مليار دولار", 1_300_000_000, 1_300_000_000, "dollar"),
        ("نهب نصف مليار ريال يمني", "نصف مليار ريال يمني", 500_000_000, 500_000_000, "Yemeni rial"),
        ("تبعد ستين كيلومترا", "ستين كيلومترا", 60, 60, "kilometre"),
        ("تبعد 120كم", "120كم", 120, 120, "kilometre"),
        ("بنسبة 17.5 في المئة", "17.5 في المئة", 17.5, 17.5, "percent"),
        ("ساق أحمد (25 عاما) السيارة", "25 عاما", 25, 25, "year"),
        ("كان يبلغ من العمر 61 عاما", "61 عاما", 61, 61, "year"),
    ],
)
def test_values(
    text: str, span: str, low: float | None, high: float | None, unit: str | None, resources: Resources
) -> None:
    assert values(text, resources) == [(span, low, high, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "صدر القرار 2216 بالإجماع",
        "صدر العدد 700 من المجلة",
        "تقدمت الفرقة 30 شمالا",
        "طائرات من طراز إف 16",
        "دبابات أم1 في الشمال",
        "مجموعة (5+1) اجتمعت",
        "زار البلدين والتقى الطرفين",
        "سيطر على محافظتي لحج وأبين",
        "قاتلت حركة طالبان",
        "ضبطت كمية كبيرة",
        "انسحب من جانب واحد",
        "اتصل ثلاث مرات",
        "رقم الهاتف 0501234567",
        "كان التاسع والعشرين في الترتيب",
        "انظر www.example.org/20/30%20",
        "لمدة 60 يوما",
    ],
)
def test_what_is_no_quantity(text: str, resources: Resources) -> None:
    assert values(text, resources) == []


def test_a_bare_number_counts_people_after_a_toll(resources: Resources) -> None:
    assert values("قتل 13 وأصيب 85 في الهجوم", resources) == [("13", 13, 13, "person"), ("85", 85, 85, "person")]
    assert values("قتل ثلاثة جنود وجرح عشرة آخرون", resources)[1] == ("عشرة آخرون", 10, 10, "soldier")
    assert values("دمر ثلاث سيارات وقتل خمسة منهم", resources)[1] == ("خمسة منهم", 5, 5, "person")


def test_an_absurd_number_keeps_its_mention(resources: Resources) -> None:
    (mention,) = quantities("سقط 99999999999999999999 قتيل", resources)
    assert mention.text == "99999999999999999999 قتيل"
    assert mention.quantity is None
    assert mention.unresolved is not None
    assert mention.unresolved.reason == "invalid"


def test_lengths_of_time_are_no_quantities(resources: Resources) -> None:
    assert values("حكم عليه بالسجن خمس سنوات بعد ثلاثة أشهر", resources) == []


def test_what_is_counted_keeps_its_spelling(resources: Resources) -> None:
    (mention,) = quantities("استقبل المعرض 45 زائرًا", resources)
    assert mention.quantity is not None
    assert (mention.quantity.unit, mention.quantity.unit_ar) == (None, "زائر")


def test_a_toll_with_two_bounds_and_no_noun(resources: Resources) -> None:
    [mention] = quantities("أسفر الحادث عن إصابة أكثر من نحو 30.", resources)
    assert mention.text == "أكثر من نحو 30"


def test_above_a_town_is_no_number(resources: Resources) -> None:
    assert not quantities("حلقت الطائرة فوق مدينة صغيرة.", resources)
