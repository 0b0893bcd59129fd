"""What is claimed: where contents begin and end, and how the source stands to them."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute, line


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("دعا الأمين العام [سامر النجار|P] الأطراف إلى وقف القتال.", "وقف القتال"),
        ("دعت الحكومة إلى وقف القتال.", "وقف القتال"),
        ("طالبت النقابة الحكومة برفع الأجور.", "رفع الأجور"),
        ("حث مجلس المدينة السكان على ترشيد المياه.", "ترشيد المياه"),
        ("حذر الناشط [سامر النجار|P] الأحزاب من تجاهل المطالب.", "تجاهل المطالب"),
        # who is accused is part of what is claimed
        ("اتهم رئيس البلدية الشركة بتأخير الأعمال.", "الشركة بتأخير الأعمال"),
        ("كشف مصدر أمني النقاب عن هروب سجينين.", "هروب سجينين"),
        ("أعلن الوزير أنه سيزور المدينة.", "سيزور المدينة"),
        ("أعرب المدير عن أمله في عودة الطلاب.", "عودة الطلاب"),
        ("أكد الوزير في مستهل محادثاته مع نظيره في المدينة أن العلاقات جيدة.", "العلاقات جيدة"),
        ("وكان المسؤولون أعلنوا أكثر من مرة للصحف أن الجسر آمن.", "الجسر آمن"),
        # the remark of the publisher after the comma
        ("قال الوزير إن الطريق مغلق منذ الصباح، في إشارة إلى الطريق الساحلي.", "الطريق مغلق منذ الصباح"),
        ("قال الوزير إن الطريق مغلق منذ الصباح، على حد قوله.", "الطريق مغلق منذ الصباح"),
        ("قال الوزير إن الطريق مغلق منذ الصباح، بحسب تعبيره.", "الطريق مغلق منذ الصباح"),
    ],
)
def test_content(read: Attribute, text: str, content: str) -> None:
    [claim] = read(text)
    assert claim.content.text == content


def test_a_second_claim_ends_the_first(read: Attribute) -> None:
    claims = read("أكد الوزير أن الطريق مفتوح، وأضاف أن الجسر آمن، فيما قالت النقابة إن العمال متعبون.")
    assert [claim.content.text for claim in claims] == ["الطريق مفتوح", "الجسر آمن", "العمال متعبون"]


def test_a_negated_cue_ends_the_content_before_it(read: Attribute) -> None:
    [claim] = read("أكد الوزير أن الطريق مفتوح، لكنه لم يذكر أن الجسر أغلق.")
    assert claim.content.text == "الطريق مفتوح"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("أكد الوزير أن الجسر آمن.", "asserts"),
        ("نفى الوزير أن يكون الجسر أغلق.", "denies"),
        ("ونفت وزارة الصحة وجود إصابات.", "denies"),
        ("رجح خبير أن ترتفع الأسعار.", "suggests"),
        ("لم يستبعد الوزير إغلاق الجسر.", "suggests"),
        ("أعرب المدير عن أمله في عودة الطلاب.", "suggests"),
        ("دعت الحكومة إلى وقف القتال.", "demands"),
        ("طالب السكان بإصلاح الطريق.", "demands"),
    ],
)
def test_stance(read: Attribute, text: str, stance: str) -> None:
    [claim] = read(text)
    assert claim.stance == stance


@pytest.mark.parametrize(
    "text",
    [
        "يذكر أن الجسر بني قبل عامين.",
        "وتجدر الإشارة إلى أن الجسر جديد.",
        "ذُكر أن الجسر أغلق.",
        "لم يؤكد الوزير أن الجسر أغلق.",
        "عقد الاجتماع بين الطرفين في المدينة.",
        "قرأ الطالب الكتاب ثم أعاده إلى المكتبة.",
        "تعتبر المدينة مركزا للتجارة.",
        # a noun that looks like a verb
        "أوقفت السلطات صدور وتداول صحيفة [الأفق|O] أمس.",
    ],
)
def test_no_claim(read: Attribute, text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أعلن الوزير، أمس، توقف القتال.", "الوزير | توقف القتال"),
        ("أكد الوزير، في تصريحات صحافية، أهمية الاتفاق.", "الوزير | أهمية الاتفاق"),
        (
            "نفى [سامر النجار|P]، المتحدث باسم الشرطة، ما يتردد عن الهدنة.",
            "سامر النجار، المتحدث باسم الشرطة | ما يتردد عن الهدنة",
        ),
        # a noun phrase ends where a clause of another subject begins
        ("أعلن الوزير توقف القتال فيما واصلت القوات تقدمها.", "الوزير | توقف القتال"),
        ("نفى الوزير وجود أي صفقة، إلا أن القوات غادرت.", "الوزير | وجود أي صفقة"),
    ],
)
def test_noun_phrases_as_contents(read: Attribute, text: str, expected: str) -> None:
    [claim] = read(text.replace("أمس", "[أمس|T]"))
    assert line(claim) == expected
