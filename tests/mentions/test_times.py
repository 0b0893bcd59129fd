from __future__ import annotations

from datetime import date

import pytest
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from khabar.mentions.times import find_times
from khabar.records import Mention, document_from
from khabar.resources import Resources
from khabar.text import normalise, segment

THURSDAY = "2016-03-10"


def times(text: str, resources: Resources, published: str | None = THURSDAY) -> tuple[Mention, ...]:
    """TIME mentions of one text published on a Thursday."""
    document = document_from(text, external_id="t", language="ar", published=published)
    normal = normalise(text)
    return find_times(document, normal, segment(normal), resources)


def values(text: str, resources: Resources, published: str | None = THURSDAY) -> list[tuple[str, str | None]]:
    return [(m.text, m.time.value if m.time else None) for m in times(text, resources, published)]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        # days
        ("وصل الوفد أمس", "أمس", "2016-03-09"),
        ("وصل الوفد أول من أمس", "أول من أمس", "2016-03-08"),
        ("وصل الوفد أمس الأول", "أمس الأول", "2016-03-08"),
        ("يصل الوفد بعد غد", "بعد غد", "2016-03-12"),
        ("وصل الوفد يوم الاثنين", "يوم الاثنين", "2016-03-07"),
        ("وصل الوفد الأحد الماضي", "الأحد الماضي", "2016-03-06"),
        ("سيصل الوفد السبت", "السبت", "2016-03-12"),
        ("تستمر الهدنة حتى السبت", "السبت", "2016-03-12"),
        ("يصل الوفد الثلاثاء المقبل", "الثلاثاء المقبل", "2016-03-15"),
        ("قال الناطق أمس (الأربعاء)", "أمس (الأربعاء)", "2016-03-09"),
        # parts of the day
        ("وصل الوفد فجر اليوم", "فجر اليوم", "2016-03-10TMO"),
        ("وصل الوفد مساء الاثنين", "مساء الاثنين", "2016-03-07TEV"),
        ("قصفت الليلة الماضية", "الليلة الماضية", "2016-03-09TNI"),
        ("قصفت ليلة الاثنين", "ليلة الاثنين", "2016-03-06TNI"),
        ("قصفت ليل الأحد الاثنين", "ليل الأحد الاثنين", "2016-03-06TNI"),
        ("في ساعة متأخرة من مساء أمس قصفت", "ساعة متأخرة من مساء أمس", "2016-03-09TNI"),
        ("بعد ظهر يوم الأحد وصل", "بعد ظهر يوم الأحد", "2016-03-06TAF"),
        # months in four systems, doubled
        ("وصل في شباط/فبراير الماضي", "شباط/فبراير الماضي", "2016-02"),
        ("وصل في أغسطس (آب) الماضي", "أغسطس (آب) الماضي", "2015-08"),
        ("وصل في 3 آذار (مارس) الجاري", "3 آذار (مارس) الجاري", "2016-03-03"),
        ("اجتمعوا في جانفي 2015", "جانفي 2015", "2015-01"),
        ("وقع في الرابع من كانون الثاني - يناير 2014", "الرابع من كانون الثاني - يناير 2014", "2014-01-04"),
        ("نشر في 20 جمادى الأولى 1437هـ", "20 جمادى الأولى 1437هـ", "2016-02-29"),
        ("وقع في شعبان الماضي", "شعبان الماضي", "2015-05-19/2015-06-17"),
        ("وصل في 14 من الشهر الجاري", "14 من الشهر الجاري", "2016-03-14"),
        # digits
        ("بتاريخ 25/7/2015 صدر القرار", "تاريخ 25/7/2015", "2015-07-25"),
        ("صدر في 2015/7/25", "2015/7/25", "2015-07-25"),
        ("صدر في 1437/5/20هـ", "1437/5/20هـ", "2016-02-29"),
        ("صدر في ٦/ ٨/ ٢٠١٥", "٦/ ٨/ ٢٠١٥", "2015-08-06"),
        # periods
        ("سيعود الأسبوع المقبل", "الأسبوع المقبل", "2016-W11"),
        ("عاد العام الماضي", "العام الماضي", "2015"),
        ("عاد مطلع عام 2014", "مطلع عام 2014", "2014"),
        ("غادر في 1999", "1999", "1999"),
        ("غادر عام 1436هـ", "عام 1436هـ", "2015"),
        ("غادر في التسعينات", "التسعينات", "199"),
        ("غادر في ثمانينيات القرن الماضي", "ثمانينيات القرن الماضي", "198"),
        ("ارتفع في النصف الأول من العام 2015", "النصف الأول من العام 2015", "2015-H1"),
        ("ارتفع في الربع الثالث من 2015", "الربع الثالث من 2015", "2015-Q3"),
        ("ارتفع في صيف 2014", "صيف 2014", "2014-SU"),
        ("ارتفع في النصف الثاني من شهر أيار الماضي", "النصف الثاني من شهر أيار الماضي", "2015-05"),
        ("بني في القرن التاسع عشر", "القرن التاسع عشر", "18"),
        ("يعود في عطلة نهاية الأسبوع المقبل", "عطلة نهاية الأسبوع المقبل", "2016-W11-WE"),
        # lengths
        ("قاتل منذ ثلاثة أيام", "ثلاثة أيام", "P3D"),
        ("قاتل لمدة 60 يوما", "60 يوما", "P60D"),
        ("قاتل خلال اليومين الماضيين", "اليومين الماضيين", "P2D"),
        ("قاتل خلال الـ 24 ساعة الماضية", "الـ 24 ساعة الماضية", "PT24H"),
        ("قاتل منذ عام ونصف", "عام ونصف", "P18M"),
        ("دام أربع ساعات ونصف الساعة", "أربع ساعات ونصف الساعة", "PT4H30M"),
        ("قاتل منذ أشهر", "أشهر", "PXM"),
        ("هدأت منذ عقد من الزمن", "عقد من الزمن", "P10Y"),
        ("وصل قبل ثلاثة أيام", "قبل ثلاثة أيام", "2016-03-07"),
        ("وصل قبل شهرين", "قبل شهرين", "2016-01"),
        ("وصل قبل 3 ساعات", "قبل 3 ساعات", "PT3H"),
        # ranges and sets
        ("يغيب خلال الفترة من 12 إلى 15 مارس", "الفترة من 12 إلى 15 مارس", "2016-03-12/2016-03-15"),
        ("يعملون من 7 مساء وحتى 2 صباحا", "من 7 مساء وحتى 2 صباحا", "2016-03-10T19/2016-03-11T02"),
        ("يغيب بين 12 و15 تشرين الأول 2015", "بين 12 و15 تشرين الأول 2015", "2015-10-12/2015-10-15"),
        ("يغيب من 4 إلى 22 يناير 2016", "من 4 إلى 22 يناير 2016", "2016-01-04/2016-01-22"),
        ("يتظاهرون كل يوم جمعة", "كل يوم جمعة", "XXXX-WXX-5"),
        ("يجتمعون كل أسبوعين", "كل أسبوعين", "P2W"),
        # vague
        ("عاد مؤخرا", "مؤخرا", "PAST_REF"),
        ("قال في وقت سابق", "وقت سابق", "PAST_REF"),
        ("خلال الأسابيع القليلة الماضية تراجع", "الأسابيع القليلة الماضية", "PAST_REF"),
        ("يقاتل حاليا", "حاليا", "PRESENT_REF"),
        ("سيعود قريبا", "قريبا", "FUTURE_REF"),
        # the clock
        ("بدأ في الساعة 4:30 فجر الجمعة", "الساعة 4:30 فجر الجمعة", "2016-03-04T04:30"),
        ("بدأ الساعة الحادية عشرة والنصف مساء أمس", "الساعة الحادية عشرة والنصف مساء أمس", "2016-03-09T23:30"),
        ("بدأت منتصف ليل الأحد الاثنين", "منتصف ليل الأحد الاثنين", "2016-03-07T00:00"),
        ("بدأ عند 20:59 بتوقيت غرينتش", "20:59 بتوقيت غرينتش", "2016-03-10T20:59Z"),
        ("بدأ الساعة 12 مساء أمس", "الساعة 12 مساء أمس", "2016-03-10T00"),
        # holidays and days that are names
        ("التقيا في ثاني أيام عيد الفطر 2015", "ثاني أيام عيد الفطر 2015", "2015-07-18"),
        ("منذ ثورة 25 يناير تغير كل شيء", "25 يناير", "2011-01-25"),
        ("بعد هجمات 11 سبتمبر تغير كل شيء", "11 سبتمبر", "2001-09-11"),
    ],
)
def test_values(text: str, span: str, value: str, resources: Resources) -> None:
    assert values(text, resources) == [(span, value)]


@pytest.mark.parametrize(
    "text",
    [
        "شارك جده في حرب أكتوبر",
        "نشرت صحيفة 26 سبتمبر الخبر",
        "سقطت القذيفة قرب قصر 22 مايو",
        "فاز الفريق بنتيجة 3-1 على ضيفه",
        "أغلق طريق 95 أمام السير",
        "للاتصال على الهاتف 0501234567",
        "قال الرئيس رجب طيب اردوغان إنه يرفض",
        "استقبل الوزير رمضان العمامرة ضيفه",
        "قالت صحيفة اليوم السابع إن الأمر انتهى",
        "ارتفع السهم 4.22 في المائة",
        "مارس المدير ضغوطا على الموظفين",
        "خرج المصلون بعد صلاة الجمعة",
        "منذ اندلاع الربيع العربي تغير كل شيء",
        "أضف 1/2 كوب من الماء",
        "بمساحة 1500م2 تقريبا",
        "تقع القرية قرب باب البيت",
        "انظر http://example.org/2015/07/25/story للتفاصيل",
        "فجرا نفسيهما وسط الحشد",
    ],
)
def test_what_is_no_time(text: str, resources: Resources) -> None:
    assert values(text, resources) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("وصل في 32 يناير", "32 يناير"),
        ("وصل في 30 فبراير 2015", "30 فبراير 2015"),
        ("وصل في 30 فبراير", "30 فبراير"),
        ("صدر في 13/13/2015", "13/13/2015"),
        ("صدر في 2015/13/01", "2015/13/01"),
        ("صدر في 1/1/0000", "1/1/0000"),
        ("وقع ذلك في عام 0", "عام 0"),
        ("بدأ الساعة 25:99 مساء", "الساعة 25:99 مساء"),
    ],
)
def test_an_impossible_date_keeps_its_mention(text: str, span: str, resources: Resources) -> None:
    (mention,) = times(text, resources)
    assert (mention.text, mention.time) == (span, None)
    assert mention.unresolved is not None
    assert mention.unresolved.reason == "invalid"


def test_without_a_publication_date_only_absolute_times_have_a_value(resources: Resources) -> None:
    relative, absolute, length = times("وصل أمس، وكان غادر في 3 مايو 2014، وبقي ثلاثة أيام", resources, published=None)
    assert relative.time is None
    assert relative.unresolved is not None
    assert relative.unresolved.reason == "unanchored"
    assert absolute.time is not None
    assert absolute.time.value == "2014-05-03"
    assert length.time is not None
    assert length.time.value == "P3D"


def test_a_dateline_anchors_what_follows(resources: Resources) -> None:
    text = "عدن 5 مايو 2014 / وكالات / قال الناطق أمس إن القتال توقف"
    assert values(text, resources, published=None)[1] == ("أمس", "2014-05-04")


def test_the_day_that_the_text_names_is_its_today(resources: Resources) -> None:
    text = "قال الوزير اليوم الثلاثاء إن الوفد وصل. وكان غادر أمس."
    assert [value for _, value in values(text, resources)] == ["2016-03-08", "2016-03-07"]


def test_an_evening_belongs_to_the_day_spoken_of(resources: Resources) -> None:
    text = "وصل الوفد يوم الاثنين، وغادر مساء"
    assert values(text, resources)[1] == ("مساء", "2016-03-07TEV")


def test_another_name_of_the_day_decides_an_ambiguous_date(resources: Resources) -> None:
    for text in ("يوم الجمعة 10/7/2015 صدر القرار", "صدر في 23/9/1436هـ الموافق 10/7/2015"):
        mention = times(text, resources)[-1]
        assert mention.time is not None
        assert (mention.time.value, mention.unresolved) == ("2015-07-10", None)


def test_an_ambiguous_date_is_day_first_and_says_so(resources: Resources) -> None:
    (mention,) = times("صدر القرار في 10/7/2015", resources)
    assert mention.time is not None
    assert (mention.time.value, mention.time.earliest, mention.time.latest) == (
        "2015-07-10",
        "2015-07-10",
        "2015-10-07",
    )
    assert mention.unresolved is not None
    assert mention.unresolved.reason == "ambiguous"


@pytest.mark.parametrize(
    ("text", "kind", "earliest", "latest"),
    [
        ("عاد أمس", "DATE", "2016-03-09", "2016-03-09"),
        ("عاد الأسبوع الماضي", "DATE", "2016-02-29", "2016-03-06"),
        ("عاد الشهر الماضي", "DATE", "2016-02-01", "2016-02-29"),
        ("عاد أواخر الشهر الماضي", "DATE", "2016-02-15", "2016-02-29"),
        ("عاد أوائل العام الماضي", "DATE", "2015-01-01", "2015-06-30"),
        ("وصل قبل 3 ساعات", "DURATION", "2016-03-09", "2016-03-10"),
        ("عاد في التسعينات", "DATE", "1990-01-01", "1999-12-31"),
        ("عاد خلال الأيام الثلاثة الماضية", "DURATION", "2016-03-07", "2016-03-10"),
        ("عاد مساء أمس", "TIME", "2016-03-09T16:00:00", "2016-03-09T20:00:00"),
        ("عاد مؤخرا", "DATE", None, "2016-03-10"),
        ("سيعود قريبا", "DATE", "2016-03-10", None),
        ("بقي ثلاثة أيام", "DURATION", None, None),
        ("يتظاهرون كل يوم جمعة", "SET", None, None),
    ],
)
def test_bounds(text: str, kind: str, earliest: str | None, latest: str | None, resources: Resources) -> None:
    (mention,) = times(text, resources)
    assert mention.time is not None
    assert (mention.time.type, mention.time.earliest, mention.time.latest) == (kind, earliest, latest)


def test_clitics_stay_outside_and_the_article_inside(resources: Resources) -> None:
    assert [text for text, _ in values("استعدوا للأيام القادمة، وبالأمس قاتلوا", resources)] == [
        "أيام القادمة",
        "الأمس",
    ]


DAYS = st.dates(date(1940, 1, 1), date(2070, 12, 31))
EGYPTIAN = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
LEVANTINE = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول".split(",")
MAGHREB = "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split()
HIJRI = (
    "محرم,صفر,ربيع الأول,ربيع الآخر,جمادى الأولى,جمادى الآخرة,رجب,شعبان,رمضان,شوال,ذي القعدة,ذي الحجة".split(",")
)  # fmt: skip


@given(
    day=DAYS,
    names=st.sampled_from([EGYPTIAN, LEVANTINE, MAGHREB]),
    form=st.sampled_from(["{d} {m} {y}", "{d} من {m} عام {y}", "{d} من شهر {m} {y}"]),
)
def test_every_date_parses_back_in_each_system(day: date, names: list[str], form: str, resources: Resources) -> None:
    written = form.format(d=day.day, m=names[day.month - 1], y=day.year)
    assert values(f"صدر في {written}", resources) == [(written, day.isoformat())]


@given(day=DAYS)
def test_every_hijri_date_parses_back(day: date, resources: Resources) -> None:
    hijri = Gregorian.fromdate(day).to_hijri()
    written = f"{hijri.day} {HIJRI[hijri.month - 1]} {hijri.year}هـ"
    assert values(f"صدر في {written}", resources) == [(written, day.isoformat())]


@given(day=DAYS, form=st.sampled_from(["{y}/{m}/{d}", "{y}-{m:02d}-{d:02d}", "{d:02d}/{m:02d}/{y}", "{d}-{m}-{y}"]))
def test_every_date_in_digits_parses_back(day: date, form: str, resources: Resources) -> None:
    written = form.format(d=day.day, m=day.month, y=day.year)
    (mention,) = times(f"صدر في {written}", resources)
    assert mention.text == written
    assert mention.time is not None
    assert mention.time.value == day.isoformat()
    assert mention.time.earliest is not None
    assert mention.time.latest is not None
    assert mention.time.earliest <= day.isoformat() <= mention.time.latest


def test_a_text_may_end_anywhere_in_an_expression(resources: Resources) -> None:
    for text in (
        "صدر في الأسبوع الأول من",
        "بين الأسبوع الثاني من شهر",
        "خلال النصف الأول من عام",
        "في 12 من",
        "بين 3 و",
    ):
        times(text, resources)


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("وقع الحادث في شهر 5 من عام 2015", "شهر 5 من عام 2015", "2015-05"),
        ("وقع الحادث في شهر 13 من عام 2015", "شهر 13 من عام 2015", None),
    ],
)
def test_months_by_their_number(text: str, span: str, value: str | None, resources: Resources) -> None:
    assert values(text, resources) == [(span, value)]
