"""Who speaks: the span of a source, speakers carried over, agreement of verb and speaker."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute, line


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("قال وزير النقل [سامر النجار|P] إن الجسر أغلق.", "وزير النقل سامر النجار"),
        ("قال [سامر النجار|P]، وزير النقل، إن الجسر أغلق.", "سامر النجار، وزير النقل"),
        (
            "قال [سامر النجار|P]، عضو [الهيئة العليا|O] ل[حزب الأمل|O]، إن الجسر أغلق.",
            "سامر النجار، عضو الهيئة العليا لحزب الأمل",
        ),
        (
            "وأعلن المحافظ [سامر النجار|P]، المقرب من رئيس الوزراء، إغلاق الجسر.",
            "المحافظ سامر النجار، المقرب من رئيس الوزراء",
        ),
        (
            "قال مسؤول كبير في وزارة النقل طلب عدم ذكر اسمه إن الجسر أغلق.",
            "مسؤول كبير في وزارة النقل طلب عدم ذكر اسمه",
        ),
        ("أفاد المتحدث باسم البلدية أن الجسر أغلق.", "المتحدث باسم البلدية"),
        ("قال بيان صادر عن وزارة النقل إن الجسر أغلق.", "بيان صادر عن وزارة النقل"),
        ("وقالت إحدى الأمهات إن المدرسة أغلقت.", "إحدى الأمهات"),
        ("وأكد الخلف المدير العام لأسواق المدينة أن السوق جديد.", "الخلف المدير العام لأسواق المدينة"),
        ("إلا أن مسؤولا محليا قال إن الجسر أغلق.", "مسؤولا محليا"),
        # without the clitics before it
        ("ووفقا للوزارة، فإن الجسر أغلق.", "الوزارة"),
        ("وبحسب مصدر أمني، فإن الجسر أغلق.", "مصدر أمني"),
        # what a source asks for is set off by commas
        ("كشف مصدر أمني للصحيفة، اشترط حجب اسمه، عن أن الجسر أغلق.", "مصدر أمني"),
        ("وروى أحد رعاة التل، وقد رفض ذكر اسمه خوفا على قطيعه، للصحيفة أنه سمع دويا.", "أحد رعاة التل"),
        ("وروت نازحة للصحيفة، رافضة ذكر اسمها، أنها مشت ليلا.", "نازحة"),
        # a body that no list knows, before the occasion
        ("وأوضحت سفينجة الوادي في بيان أن الجسر أغلق.", "سفينجة الوادي"),
        # past the spokesman's own name
        (
            "ونقلت قناة محلية عن الناطق باسم البلدية، العقيد [سامر النجار|P]، قوله إن الجسر أغلق.",
            "الناطق باسم البلدية، العقيد سامر النجار",
        ),
        # who is told is the outlet
        ("وأفادنا المحافظ [سامر النجار|P] بأن الجسر أغلق.", "المحافظ سامر النجار"),
        # names that the mentions miss
        ("وأكد بيسكوف أن المباحثات ستستمر.", "بيسكوف"),
        ("وأوضح «الحاج» أن المباحثات ستستمر.", "الحاج"),
        # علي looks like a preposition
        ("أكد [رامي علي|P] أن المباحثات ستستمر.", "رامي علي"),
    ],
)
def test_span(read: Attribute, text: str, source: str) -> None:
    [claim] = read(text)
    assert claim.source is not None
    assert claim.source.text.replace("«", "").replace("»", "").removeprefix("ال") == source.removeprefix("ال")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # in the accusative
        ("قال الوزير إن الماء نفد. ودعا الصحفيين إلى جولة في المحطة.", "الوزير"),
        # after a preposition
        ("قال الشاهد [سامر النجار|P] إن الماء نفد. ويقول عبر «واتساب» إن البئر جفت.", "الشاهد سامر النجار"),
        # a name that is not given is nothing said
        ("قال الوزير إن الماء نفد. ورفض ذكر اسمه مسؤول آخر. وأضاف أن البئر جفت.", "الوزير"),
    ],
)
def test_who_is_no_speaker(read: Attribute, text: str, source: str) -> None:
    claim = read(text)[-1]
    assert claim.source is not None
    assert claim.source.text == source


def test_what_is_set_off_between_a_speaker_and_the_verb(read: Attribute) -> None:
    [claim] = read("أما المحامية [سلمى النجار|P]، المتطوعة للدفاع عنهم، فتقول إن الباب مغلق.")
    assert claim.source is not None
    assert claim.source.text.startswith("سلمى النجار")


def test_a_parenthesis_without_a_speaker_cites_nobody_beside_it(read: Attribute) -> None:
    assert read("فالمصاب، كما قال، عامل واحد، أما زميلاه فعادا.") == ()


class TestCarriedOver:
    def test_to_the_next_verb(self, read: Attribute) -> None:
        claims = read("قالت [سعاد حمدان|P] إن المدرسة مغلقة. وأضافت أن المعلمين عادوا. وتابعت أن الكتب وصلت.")
        assert [claim.source.text for claim in claims if claim.source] == ["سعاد حمدان"] * 3
        assert len({claim.source for claim in claims}) == 1

    def test_not_to_a_verb_with_its_own_subject(self, read: Attribute) -> None:
        claims = read("قالت [سعاد حمدان|P] إن المدرسة مغلقة. وأضاف الوزير أن الكتب وصلت.")
        assert [line(claim) for claim in claims] == ["سعاد حمدان | المدرسة مغلقة", "الوزير | الكتب وصلت"]

    def test_by_agreement(self, read: Attribute) -> None:
        claims = read("قالت الوزارة إن الجسر أغلق. وقال الخبير إن الجسر قديم. وأضافت أن العمل بدأ.")
        assert line(claims[-1]) == "الوزارة | العمل بدأ"

    def test_to_a_participle(self, read: Attribute) -> None:
        claims = read("أكد الوزير أن الجسر مفتوح، مشيرا إلى أن الأعمال انتهت، ومضيفا أن الطريق آمن.")
        assert [line(claim) for claim in claims] == [
            "الوزير | الجسر مفتوح",
            "الوزير | الأعمال انتهت",
            "الوزير | الطريق آمن",
        ]

    def test_never_out_of_thin_air(self, read: Attribute) -> None:
        assert read("وأضاف أن الجسر أغلق.") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "تخرج في المدينة تظاهرات كبيرة تطالب بخفض الأسعار، بعد أن قال [سامر النجار|P] إن الخبز متوفر.",
            ["سامر النجار"],
        ),
        # who delivered the speech that is cited stands in a clause of its own
        (
            "قال [رامي سالم|P] إن الجسر قديم. وأضاف في كلمة ألقاها [سامر النجار|P] نيابة عنه أن العمل بدأ.",
            ["رامي سالم"] * 2,
        ),
        (
            "قال [رامي سالم|P] إن الجسر قديم. وخلال زيارة [سامر النجار|P] للمدينة أعلن [رامي سالم|P] بدء العمل.",
            ["رامي سالم"] * 2,
        ),
        ("جماعات تقول إنها مستقلة تعمل في المدينة.", ["جماعات"]),
    ],
)
def test_others_do_not_speak(read: Attribute, text: str, expected: list[str]) -> None:
    assert [claim.source.text for claim in read(text) if claim.source] == expected


def test_a_spokeswoman_is_no_participle(read: Attribute) -> None:
    [claim] = read("قالت متحدثة باسم [الهلال|O] إن القافلة وصلت.")
    assert line(claim) == "متحدثة باسم الهلال | القافلة وصلت"


def test_a_spokesman_goes_on_to_his_name(read: Attribute) -> None:
    [claim] = read("قال المتحدث باسم [الهلال|O] [سامر النجار|P] إن القافلة وصلت.")
    assert line(claim) == "المتحدث باسم الهلال سامر النجار | القافلة وصلت"


def test_whom_a_reporter_met_is_who_speaks_then(read: Attribute) -> None:
    claims = read("قالت البلدية إن الجسر أغلق. والتقت القناة ببائعة في السوق، فقالت إن الماء مقطوع.")
    assert [claim.source.text for claim in claims if claim.source] == ["البلدية", "بائعة في السوق"]


def test_who_would_not_be_named_has_cited_nothing(read: Attribute) -> None:
    claims = read("قالت البلدية إن الجسر أغلق. وأكد ممرض، اشترط ألا ننشر اسمه، أن الأدوية نفدت.")
    assert len(claims) == 2
