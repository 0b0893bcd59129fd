"""Whether an outlet tells a happening in its own voice, or its lead only sums up what others say below."""

from __future__ import annotations

import pytest

from corroborate.test_origins import body, count
from corroborate.test_tellings import main
from khabar.corroborate.profiles import Voice


def own(text: str, title: str) -> bool:
    """Whether the outlet is one of those who tell it."""
    return any(one.voice is None for one in main(text, title).tellings)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "زحلة - انفجرت عبوة في سوق الخضار بزحلة فجر الأحد. وقال الدفاع المدني إن سبعة جرحوا.",
            "انفجار في سوق زحلة",
        ),
        (
            "قطع محتجون الطريق الساحلي قرب صيدا صباح الاثنين. وقالت البلدية إن الطريق فتح ظهرا.",
            "محتجون يقطعون الطريق الساحلي",
        ),
        (
            "الموصل 3 آذار (السنا) - غرقت عبارة تقل مصلين في نهر دجلة عند جزيرة أم الربيعين، عصر الخميس، بعد انقطاع حبل السحب."
            "\n\nوذكر الدفاع المدني في بيان أنه انتشل تسعة ركاب أحياء.",
            "غرق عبارة في نهر دجلة",
        ),
        (
            "البصرة - وكالة الشط - تظاهر مئات الخريجين أمام مبنى المحافظة في البصرة صباح الثلاثاء مطالبين بفرص عمل."
            "\n\nوقال منظم التظاهرة علي الساعدي إن عدد المشاركين خمسمئة. ولم تعلق المحافظة.",
            "تظاهرة في البصرة",
        ),
    ],
)
def test_a_lead_that_tells_is_the_outlets(text: str, title: str) -> None:
    assert own(text, title)


@pytest.mark.parametrize(
    "lead",
    [
        "تضاربت الأرقام حول قتلى الهجوم على سوق زحلة الأحد.",
        "تباينت الروايات بشأن الهجوم على سوق زحلة يوم الأحد.",
        "قالت مصادر عدة إن الهجوم على سوق زحلة الأحد أوقع قتلى.",
    ],
)
def test_a_lead_that_sums_up_what_others_say_is_nobodys(lead: str) -> None:
    text = f"{lead} وقالت شرطة زحلة إن عدد القتلى أربعة. وقال مرصد البقاع إن القتلى سبعة."
    assert not own(text, "تضارب في حصيلة الهجوم على سوق زحلة")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "يجلس عبد الستار على كرسيه أمام محله المغلق منذ أيام ويعد المارة. لا سمك في السوق ولا زبائن.\n\nوقالت نقابة "
            "الصيادين إن مئتي صياد أضربوا عن العمل في ميناء الحمامات يوم الأحد. وقال مدير الميناء إن المضربين خمسون.",
            "سوق الحمامات بلا سمك: حكاية أسبوع",
        ),
        (
            "منذ اعتقال ابنها في نابلس يوم الاثنين وأم محمد لا تغادر باب البيت. تمسك صورته وتحدق في الطريق.\n\nوقال نادي "
            "الأسير إن الجيش اعتقل عشرة شبان من المدينة. وقال الجيش إن عددهم سبعة.",
            "أم محمد تنتظر ابنها",
        ),
        (
            "روى سائق شاحنة أن مسلحين أوقفوا قافلة تجارية قرب غات مساء الأربعاء وأخذوا الهواتف.\n\nوقال السائق لوكالتنا إن "
            "المسلحين أطلقوا سراح الجميع بعد ساعة.",
            "سائق: مسلحون أوقفوا القافلة قرب غات",
        ),
    ],
)
def test_a_feature_looks_around_and_leaves_the_telling_to_others(text: str, title: str) -> None:
    assert not own(text, title)


def test_an_outlet_that_has_it_from_others_is_no_origin_where_it_is_cited() -> None:
    told = ("النهر", body("شرطة زحلة")), ("النهر", body("بلدية زحلة"))
    cited = ("الوادي", Voice("صحيفة النهر", "media", "outlet:النهر"))
    assert count(*told, cited) == 2
    assert count(("الوادي", Voice("صحيفة النهر", "media", "outlet:النهر"))) == 1
