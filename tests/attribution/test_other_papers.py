"""Constructions of papers, agencies and radio pages of other lands: who speaks, who is told, who is spoken of."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute, line


def chain(read: Attribute, text: str, *, publisher: str | None = None) -> list[tuple[str, list[str], str]]:
    """Source, carriers and content of every claim."""
    claims = read(text, publisher=publisher)
    return [
        (claim.source.text, [via.text for via in claim.via], claim.content.text) for claim in claims if claim.source
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وجاء في بيان لإدارة المرفأ صدر أمس أن الرافعة تعطلت.", "بيان لإدارة المرفأ | الرافعة تعطلت"),
        ("وقال الناطق باسم اللجنة في بيته إن الماء انقطع.", "الناطق باسم اللجنة | الماء انقطع"),
        ("أعلنت إدارة السد فتح البوابات.", "إدارة السد | فتح البوابات"),
        ("أعلنت بلدية الساحل نقل عشرين أسرة إلى المدرسة.", "بلدية الساحل | نقل عشرين أسرة إلى المدرسة"),
        ("أنكرت الشرطة الرواية من أولها.", "الشرطة | الرواية من أولها"),
        ("ناشدت اللجنة المؤسسات الخيرية إرسال الحليب.", "اللجنة | إرسال الحليب"),
        ("نفى «تجمع أهالي الميناء» أن يكون الإضراب قد انتهى.", "تجمع أهالي الميناء | يكون الإضراب قد انتهى"),
        ("وكان «تجمع الميناء» قال إن الإضراب مستمر.", "تجمع الميناء | الإضراب مستمر"),
        (
            "قالت اللجنة النقابية بمعمل «نسيج الوادي» بالمدينة إن العمال أضربوا.",
            "اللجنة النقابية بمعمل «نسيج الوادي» بالمدينة | العمال أضربوا",
        ),
        ("نفى الوزير نفيا قاطعا أن يكون قد استقال.", "الوزير | يكون قد استقال"),
        ("نفت الإدارة جملة وتفصيلا إغلاق المعمل.", "الإدارة | إغلاق المعمل"),
        ("ويطالب متساكنو الحي بطريق جديدة.", "متساكنو الحي | طريق جديدة"),
        ("قال سائق إنه رأى «نارا فوق الجسر».", "سائق | رأى «نارا فوق الجسر"),
    ],
)
def test_who_speaks_ends_where_the_words_begin(read: Attribute, text: str, expected: str) -> None:
    assert [line(claim) for claim in read(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "واتهمت [القوات المشتركة|O]، الموالية للحكومة، [جماعة النور|O] بقصف الصوامع.",
            "القوات المشتركة، الموالية للحكومة | جماعة النور بقصف الصوامع",
        ),
        (
            "نفى المتحدث باسم الهيئة، صبري الكناني، في لقاء مع الصحفيين، أن يكون السد قد تصدع.",
            "المتحدث باسم الهيئة، صبري الكناني | يكون السد قد تصدع",
        ),
        ("كذبت قيادة الحرس، ومقرها العاصمة، خبر وقوع اشتباكات.", "قيادة الحرس | خبر وقوع اشتباكات"),
        (
            "قدرت جمعية التعمير، وهي جمعية أهلية، عدد الأسر بمائة.",
            "جمعية التعمير | عدد الأسر بمائة",
        ),
        ("وأوضح رئيس النادي، خلال برنامج «مساؤنا» المذاع أمس، أن الملعب مغلق.", "رئيس النادي | الملعب مغلق"),
        ("وتحدث ناج من الحريق، كان يرقد في الممر، عن دخان كثيف.", "ناج من الحريق | دخان كثيف"),
        ("روت المزارعة [هدى سالم|P]، 54 عاما، أنها هربت.", "المزارعة هدى سالم | هربت"),
        (
            "كرر المصدر الطبي، الذي كان قد تحدث إلى الصحيفة أمس، أن القتلى ثلاثة.",
            "المصدر الطبي، الذي كان قد تحدث إلى الصحيفة أمس | القتلى ثلاثة",
        ),
    ],
)
def test_what_is_set_off_by_commas_is_passed(read: Attribute, text: str, expected: str) -> None:
    assert [line(claim) for claim in read(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "وروى حارس، فضل حجب اسمه، قصة الليلة.",
        "وقف بائع، اشترط ألا ننشر اسمه، أمام المحل.",
        "طلب عدم الكشف عن هويته.",
    ],
)
def test_a_name_kept_back_is_no_claim(read: Attribute, text: str) -> None:
    assert not read(text)


@pytest.mark.parametrize(
    ("text", "source", "stance"),
    [
        ("نقلت قناة المرسى عن مصدر أمني لم تسمه أن السفينة غرقت.", "مصدر أمني لم تسمه", "asserts"),
        ("نقلت قناة المرسى عن مصدر أمني لم تفصح عنه أن السفينة غرقت.", "مصدر أمني لم تفصح عنه", "asserts"),
        ("نقلت قناة المرسى عن مصدر لم تذكر اسمه نفيه أن تكون السفينة غرقت.", "مصدر لم تذكر اسمه", "denies"),
        ("نقلت قناة المرسى عن مصدر أمني ترجيحه أن تكون السفينة غرقت.", "مصدر أمني", "suggests"),
    ],
)
def test_sources_that_a_carrier_does_not_name(read: Attribute, text: str, source: str, stance: str) -> None:
    (claim,) = read(text)

    assert claim.source is not None
    assert (claim.source.text, claim.stance) == (source, stance)
    assert [via.text for via in claim.via] == ["قناة المرسى"]


def test_whom_a_reporter_met_speaks(read: Attribute) -> None:
    text = "والتقت الإذاعة بنازحة من المدينة، فقالت إن الطريق مقطوع. وأضافت أن الخبز نفد."

    assert [line(claim) for claim in read(text)] == ["نازحة من المدينة | الطريق مقطوع", "نازحة من المدينة | الخبز نفد"]


@pytest.mark.parametrize(
    "text",
    [
        "قال [سالم حداد|P] إن الأمر انتهى. وعلق على الباب إعلان يفيد بأن القائمة مؤقتة.",
        "قال [سالم حداد|P] إن الأمر انتهى. وسبق للوزير الأول أن وعد بقروض للشبان.",
        "قال [سالم حداد|P] إن الأمر انتهى. وكانت المحطة أول من أشار إلى عدد الجرحى.",
    ],
)
def test_verbs_that_have_another_subject_are_not_carried_over(read: Attribute, text: str) -> None:
    assert [line(claim) for claim in read(text)] == ["سالم حداد | الأمر انتهى"]


def test_one_does_not_go_on_for_many(read: Attribute) -> None:
    text = "قال [سالم حداد|P] إن الأمر انتهى. ويحذرون من عودة السيول."

    assert [line(claim) for claim in read(text)] == ["سالم حداد | الأمر انتهى"]


def test_a_channel_told_without_a_preposition_carries(read: Attribute) -> None:
    assert chain(read, "أفاد مصدر أمني محلي قناة [المرسى|O] بأن السفينة غرقت.") == [
        ("مصدر أمني محلي", ["قناة المرسى"], "السفينة غرقت")
    ]


def test_the_publisher_is_no_carrier_by_its_generic_noun_or_its_own_name(read: Attribute) -> None:
    assert chain(read, "قال طبيب للإذاعة إن الجرحى أربعة.") == [("طبيب", [], "الجرحى أربعة")]
    told = "قال طبيب لقناة المرسى إن الجرحى أربعة."
    assert chain(read, told, publisher="قناة المرسى") == [("طبيب", [], "الجرحى أربعة")]
    assert chain(read, told, publisher="قناة الساحل") == [("طبيب", ["قناة المرسى"], "الجرحى أربعة")]


def test_the_press_office_of_a_body_is_no_outlet(read: Attribute) -> None:
    text = "وقال المقدم [رامي عيسى|P]، من إدارة الإعلام في الشرطة، إن الطريق سالك."

    assert chain(read, text) == [("المقدم رامي عيسى", [], "الطريق سالك")]


def test_who_carried_a_statement_is_named_after_it(read: Attribute) -> None:
    assert chain(read, "وجاء في بيان للمجلس أورده موقع «مرافئ» أن الهدوء عاد.") == [
        ("بيان للمجلس", ["موقع «مرافئ»"], "الهدوء عاد")
    ]
    assert chain(read, "فبحسب ما نشرته صحيفة «الميناء» نقلا عن مصدر طبي، قتل ثلاثة في القصف.") == [
        ("مصدر طبي", ["صحيفة «الميناء»"], "قتل ثلاثة في القصف")
    ]
    assert chain(read, "ووفق تقرير نشره موقع «مرافئ» المحلي: أعلنت لجنة الحي أن الماء عاد.") == [
        ("لجنة الحي", ["موقع «مرافئ»"], "الماء عاد")
    ]


def test_a_speaker_of_before_whom_a_channel_relays(read: Attribute) -> None:
    text = "وخالفه مدير المركز [نبيل فارس|P]، الذي نقلت عنه قناة المرسى أن سبعة قتلوا."

    assert chain(read, text) == [("مدير المركز نبيل فارس", ["قناة المرسى"], "سبعة قتلوا")]


def test_what_is_answered_is_no_source(read: Attribute) -> None:
    assert not read("وجاءت شهادته ردا على ما نقلته صحيفة الميناء عن الناطق.")


def test_one_voice_of_a_body_and_who_speaks_for_it(read: Attribute) -> None:
    text = "وقالت اللجنة على لسان أمينها [حسن عطا|P] إن الفاعل معروف."

    assert chain(read, text) == [("اللجنة", [], "الفاعل معروف")]


def test_a_denial_through_a_spokesman_stays_a_denial(read: Attribute) -> None:
    text = "أنكرت الشرطة الحكاية من أولها إلى آخرها على لسان المقدم [رامي عيسى|P]."

    assert [(line(claim), claim.stance) for claim in read(text)] == [("الشرطة | الحكاية من أولها إلى آخرها", "denies")]


def test_the_described_is_not_who_describes(read: Attribute) -> None:
    text = "وقالت اللجنة إن الأسرة ثمانية، ووصفت الوضع بالكارثي."

    assert next(line(claim) for claim in read(text)) == "اللجنة | الأسرة ثمانية"
    assert all(claim.source is not None and claim.source.text == "اللجنة" for claim in read(text))


def test_an_accuser_with_its_place(read: Attribute) -> None:
    text = "تتهم [لجنة الأحياء|O] بحي الزيتون [الدرك|O] بإطلاق الرصاص."

    assert [line(claim) for claim in read(text)] == ["لجنة الأحياء بحي الزيتون | الدرك بإطلاق الرصاص"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("قالت محافظة الساحل إن الطريق سالك.", "organization"),
        ("قالت النقطة الطبية إن الجرحى أربعة.", "organization"),
        ("قالت وكالة غوث اللاجئين إن المدارس مغلقة.", "organization"),
        ("قالت وكالة الأمواج إن المدارس مغلقة.", "media"),
        ("وقال ناشط من أبناء المنطقة إن القصف توقف.", "witness"),
    ],
)
def test_kinds(read: Attribute, text: str, kind: str) -> None:
    (claim,) = read(text)

    assert claim.source is not None
    assert claim.source.kind == kind


def test_a_second_verb_of_a_relative_clause_has_its_speaker(read: Attribute) -> None:
    text = "وقال الشيخ إن الأمر انتهى. وخالفه الناطق [سامي نصر|P] الذي أنكر وجود هدنة وقال إن أحدا لم يوقع."

    assert [line(claim).split(" | ")[0] for claim in read(text)][-1] == "الناطق سامي نصر"


def test_whom_an_occasion_was_given_to_carries(read: Attribute) -> None:
    assert chain(read, "وقال الشيخ [عمر بشير|P]، في تصريح لإذاعة صوت الجبل، إن الصلح تم.") == [
        ("الشيخ عمر بشير", ["إذاعة صوت الجبل"], "الصلح تم")
    ]


def test_others_are_spoken_of(read: Attribute) -> None:
    text = "قالت اللجنة إن الهدنة ثابتة. وكانت هدن مماثلة أعلنت في المدينة ثم انهارت بعد أيام."

    assert [line(claim) for claim in read(text)] == ["اللجنة | الهدنة ثابتة"]


def test_a_credit_in_brackets_does_not_speak(read: Attribute) -> None:
    text = "سقطت قذيفة على السوق. ([نوميديا|P]) وجدد، في حديث للصحيفة، القول إن المصابين عشرة."

    assert all(claim.source is None or claim.source.text != "نوميديا" for claim in read(text))


def test_what_is_said_anew_is_no_speaker(read: Attribute) -> None:
    found = chain(read, "قال الناطق باسم الميناء إن الرافعة تعطلت، وجدد التأكيد أن العمال تسعة.")
    assert [source for source, _, _ in found] == ["الناطق باسم الميناء"] * 2


def test_who_is_counted_does_not_speak(read: Attribute) -> None:
    assert not read("وقدر عدد المشاركين بنحو ألف، وجلسوا على الرصيف.")
