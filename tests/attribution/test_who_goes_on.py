"""Who goes on to speak, who is one of those spoken of, and where the words of a speaker end."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute, line


def test_one_does_not_go_on_as_many(read: Attribute) -> None:
    (claim,) = read("ذكر العامل أن ملثمين دخلوا القرية وأمروا الناس بترك بيوتهم، وأن بعضهم جاء حافيا.")
    assert claim.content.text.endswith("وأن بعضهم جاء حافيا")


def test_many_go_on_as_many(read: Attribute) -> None:
    claims = read("قال السكان إن الطريق مقطوعة وطالبوا بفتحها.")
    assert [line(claim) for claim in claims] == ["السكان | الطريق مقطوعة", "السكان | فتحها"]


def test_a_verb_that_tells_of_a_noun_does_not_end_the_content(read: Attribute) -> None:
    claims = read("وأكد المصدر أن الخلاف على أسير بارز يطالب [الفصيل|O] بإطلاقه.")
    assert [line(claim) for claim in claims] == [
        "المصدر | الخلاف على أسير بارز يطالب الفصيل بإطلاقه",
        "الفصيل | إطلاقه",
    ]
    assert [via.text for via in claims[1].via] == ["المصدر"]


def test_what_a_recording_holds_is_said_by_whose_it_is(read: Attribute) -> None:
    claims = read("قالت الشرطة إن الرجل كان مسلحا. وبثت القناة تسجيلا لشقيق أحد الضحايا، قال فيه إنه كان أعزل.")
    assert [line(claim) for claim in claims] == ["الشرطة | الرجل كان مسلحا", "شقيق أحد الضحايا | كان أعزل"]


def test_people_of_before_that_nobody_named_do_not_become_a_body(read: Attribute) -> None:
    claims = read("تنكر هيئة المرفأ وجود إضراب. ويروي هؤلاء أن الأجر كان يدفع نقدا.")
    assert [claim.source.text for claim in claims if claim.source] == ["هيئة المرفأ"]


def test_a_second_noun_of_saying_is_a_claim_of_its_own(read: Attribute) -> None:
    claims = read("نقلت إذاعة [الساحل|O] عن مصدر عسكري نفيه أن يكون الطيران قد قصف الحي، وقوله إن مستودعا انفجر.")
    assert [(claim.stance, claim.content.text) for claim in claims] == [
        ("denies", "يكون الطيران قد قصف الحي"),
        ("asserts", "مستودعا انفجر"),
    ]
    assert {via.text for claim in claims for via in claim.via} == {"إذاعة الساحل"}


@pytest.mark.parametrize(
    ("text", "stance", "content"),
    [
        ("وجددت الجمعية مطالبتها الحكومة بفتح المعبر.", "demands", "فتح المعبر"),
        ("جددت اللجنة دعوتها الأطراف إلى الهدوء.", "demands", "الهدوء"),
        ("جدد الوزير نفيه وجود صفقة.", "denies", "وجود صفقة"),
    ],
)
def test_what_is_renewed_keeps_its_stance(read: Attribute, text: str, stance: str, content: str) -> None:
    (claim,) = read(text)
    assert (claim.stance, claim.content.text) == (stance, content)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقال المصدر إن الاشتباك بدأ ليلا، ولم يشر إلى ضحايا.", "المصدر | الاشتباك بدأ ليلا"),
        ("وقد حث الرئيس الزعماء الدينيين على التهدئة.", "الرئيس | التهدئة"),
        ("أرجعت الشركة في بيان صحفي هذا التراجع إلى الحرب.", "الشركة | هذا التراجع إلى الحرب"),
        ("شدد الناطق باسم الجيش في حديث مع «المدار» على أن القتلى تسعة.", "الناطق باسم الجيش | القتلى تسعة"),
        ("أبلغ مصدر طبي في مستشفى البلدة «المدار» أن القتلى تسعة.", "مصدر طبي في مستشفى البلدة | القتلى تسعة"),
        (
            "أعلن عضو لجنة الصلح في الصرفند المحامي [فادي قاسم|P] أن الطريق مغلقة.",
            "عضو لجنة الصلح في الصرفند المحامي فادي قاسم | الطريق مغلقة",
        ),
        (
            "قال رئيس نقابة الصيادين في صور الأستاذ [علي حمود|P] إن الطريق مغلقة.",
            "رئيس نقابة الصيادين في صور الأستاذ علي حمود | الطريق مغلقة",
        ),
        ("وحمل المرصد، في تقرير من صفحتين، طيران الحلف المسؤولية كاملة.", "المرصد | طيران الحلف المسؤولية كاملة"),
    ],
)
def test_where_source_and_content_meet(read: Attribute, text: str, expected: str) -> None:
    assert [line(claim) for claim in read(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("قالت شبكة «رفاق الصحراء» المعنية بحقوق المهاجرين إن الطريق مغلقة.", "organization"),
        ('تتوقع "سندان" أن تزيد الأرباح.', "organization"),
        ("قال مسؤول في مكتب الرئيس [سمير غانم|P] إن الزيارة ألغيت.", "unnamed_official"),
        ("قال مسؤول في بلدية [الشدادي|P] إن الزيارة ألغيت.", "unnamed_official"),
        ("قال ضابط في الشرطة [محمد علي|P] إن الزيارة ألغيت.", "named_person"),
        ("وفق ما بثته «مدار»، فإن الطريق مغلقة.", "media"),
    ],
)
def test_kinds_of_who_is_named_otherwise(read: Attribute, text: str, kind: str) -> None:
    (claim,) = read(text)
    assert claim.source is not None
    assert claim.source.kind == kind


def test_who_wrote_the_report_does_not_speak_in_it(read: Attribute) -> None:
    assert read("[هدى ناصر|P] – متابعات\nوتابعت أن القرار صدر أمس.") == ()


def test_a_channel_named_before_the_verb_carries(read: Attribute) -> None:
    (claim,) = read("وفي تصريحات ل[لتلفزيون الحكومي|O] نشرتها الوزارة أمس تحدث [مازن عساف|P] عن هدنة قريبة.")
    assert [via.text for via in claim.via] == ["لتلفزيون الحكومي"]


def test_what_is_denied_thereby(read: Attribute) -> None:
    claims = read("قال الجيش إن جنوده لم يطلقوا النار، نافيا بذلك رواية المسعفين.")
    assert [(claim.stance, line(claim)) for claim in claims] == [
        ("asserts", "الجيش | جنوده لم يطلقوا النار"),
        ("denies", "الجيش | رواية المسعفين"),
    ]


def test_those_whom_a_relative_pronoun_stands_for_are_nobody_of_before(read: Attribute) -> None:
    claims = read("قالت الشرطة إن الطريق مغلقة. وجاء القرار بعد لقاء المارين الذين أكدوا أن الجسر سقط.")
    assert "الشرطة" not in {claim.source.text for claim in claims[1:] if claim.source}
