"""Who stands behind the words of one document, on texts of our own: bodies behind parts, statements and short names."""

from __future__ import annotations

import pytest

from corroborate.conftest import Voices
from khabar.corroborate.profiles import Voice


def labels(found: list[Voice | None]) -> list[str]:
    return [voice.label if voice else "" for voice in found]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("قالت الشرطة إن الجسر أغلق. وقال مكتبها الإعلامي إن المرور توقف.", "الشرطة"),
        ("قالت نقابة الصيادين إن المرفأ أغلق. وذكر التعميم أن القوارب عادت.", "نقابة الصيادين"),
        ("قالت نقابة الصيادين إن المرفأ أغلق. وجاء في بيان للنقابة أن القوارب عادت.", "نقابة الصيادين"),
        (
            "أعلنت حكومة ولاية النيل الأزرق أن الطريق مغلق. وقالت حكومة الولاية إن المطر غزير.",
            "حكومة ولاية النيل الأزرق",
        ),
        ("قالت بلدية زحلة إن الطريق مغلق. وقال مسؤول الإعلام فيها سامر النجار إن المطر غزير.", "بلدية زحلة"),
        ("قالت نقابة الصيادين إن المرفأ أغلق. وقال الناطق باسم النقابة في صور إن القوارب عادت.", "نقابة الصيادين"),
        ("قالت السفارة المصرية إن المعبر مغلق. وأكد ملحقها الإعلامي سامر النجار أن الطريق آمن.", "السفارة المصرية"),
        ("قالت محافظة درعا إن الطريق مغلق. وقال المكتب الصحفي في المحافظة إن المطر غزير.", "محافظة درعا"),
        ("قالت وزارة الصحة إن الدواء نفد. وقال مدير الإعلام بالوزارة سامر النجار إن الشحنة وصلت.", "وزارة الصحة"),
        ("أعلنت بلدية زحلة أن الطريق مغلق. وقال الناطق باسم البلدية العقيد سامر النجار إن المطر غزير.", "بلدية زحلة"),
    ],
)
def test_a_part_and_a_short_name_are_the_body(voices: Voices, text: str, label: str) -> None:
    first, second = labels(voices(text))
    assert first == second == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("أعلنت خلية الإعلام الأمني أن الجسر أغلق. وقالت الخلية إن المرور توقف.", "خلية الإعلام الأمني"),
        ("قال الجيش الوطني الليبي إن الجسر أغلق. وقال الجيش إن المرور توقف.", "الجيش الوطني الليبي"),
        ("قال محافظ الحديدة إن الجسر أغلق. وقال المحافظ إن المرور توقف.", "محافظة الحديدة"),
    ],
)
def test_a_bare_head_noun_is_who_spoke_under_it(voices: Voices, text: str, label: str) -> None:
    first, second = labels(voices(text))
    assert first == second == label


def test_a_branch_is_what_it_is_a_branch_of(voices: Voices) -> None:
    [branch, volunteers] = voices(
        "قال فرع الهلال الأحمر السوداني إن المخيم امتلأ. وقال متطوعو الهلال الأحمر السوداني إن الماء نفد."
    )
    assert branch
    assert volunteers
    assert branch.key == volunteers.key == "actor:sudanese-red-crescent"


def test_the_body_of_an_owned_part(voices: Voices) -> None:
    assert labels(voices("قال الإعلام العسكري للقوات المشتركة إن القصف توقف.")) == ["القوات المشتركة"]


def test_a_committee_is_not_the_group_it_belongs_to(voices: Voices) -> None:
    [voice] = voices("أعلنت اللجنة الوطنية للأسرى التابعة للحوثيين أن الحافلات وصلت.")
    assert voice
    assert not voice.key.startswith("actor:")


def test_words_inside_anothers_do_not_change_who_speaks(voices: Voices) -> None:
    found = labels(
        voices(
            "نفت فرقة الحمزة توقيع الاتفاق، بعد إعلان لجنة الصلح أن الوثيقة جاهزة. وقال مكتبها الإعلامي إن الجلسة انتهت."
        )
    )
    assert found[-1] == "فرقة الحمزة"


def test_a_paper_is_of_the_body_that_issued_it(voices: Voices) -> None:
    first, second = voices("أظهرت حصيلة أعلنتها نقابة الصيادين أن القوارب عادت. وقالت نقابة الصيادين إن البحر هدأ.")
    assert first
    assert second
    assert first.key == second.key


def test_the_source_with_its_article_is_the_one_of_before(voices: Voices) -> None:
    first, second = voices("قال مصدر طبي لقناة الجزيرة إن المستشفى امتلأ. وأضاف المصدر نفسه أن الأدوية نفدت.")
    assert first
    assert first.carrier == "actor:al-jazeera"
    assert second == first


def test_a_source_is_of_the_outlet_it_was_said_to_speak_to(voices: Voices) -> None:
    text = "رد النادي على ما نسبه إليه مصدر أمني في حديث لصحيفة «الرملة» قبل يوم. وقال المصدر الأمني إن السد امتلأ."
    (voice,) = voices(text)
    assert voice
    assert voice.carrier_label == "الرملة"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("قالت الإدارة العامة للإعلام بوزارة الزراعة إن السد امتلأ.", "وزارة الزراعة"),
        ("أعلن المركز الإعلامي لوزارة الزراعة أن السد امتلأ.", "وزارة الزراعة"),
        ("قال المتحدث الرسمي لقوات خفر البحيرة النقيب سامر الحلو إن السد امتلأ.", "قوات خفر البحيرة"),
        ("أعلن مكتب الصحة العامة في محافظة جرش أن السد امتلأ.", "مكتب الصحة العامة في محافظة جرش"),
        ("قالت محافظة جرش إن السد امتلأ. وقالت المحافظة إن المطر غزير.", "محافظة جرش"),
        ("قالت نقابة الصيادين إن المرفأ أغلق. وقال الناطق الإعلامي باسمها في صور إن القوارب عادت.", "نقابة الصيادين"),
    ],
)
def test_the_press_of_a_body_is_the_body(voices: Voices, text: str, label: str) -> None:
    assert set(labels(voices(text))) == {label}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "أعلن مجلس جرش البلدي أن السوق أغلق. وقالت سعاد النمري، مسؤولة الحدائق في المجلس، إن المطر غزير.",
            "مجلس جرش البلدي",
        ),
        ("قال مدير مخيم الوادي شرقي جرش، سامر النجار، إن الخيام غرقت.", "مخيم الوادي"),
        ("قال مدير الإسعاف في المستشفى سامر النجار إن الأسرة امتلأت بعدما قالت نقابة الأطباء ذلك.", "المستشفى"),
    ],
)
def test_an_office_is_of_a_body(voices: Voices, text: str, body: str) -> None:
    [voice] = [voice for voice in voices(text) if voice and voice.kind == "named_person"][-1:]
    assert voice.of == body


def test_the_same_source_after_a_statement_is_its_body(voices: Voices) -> None:
    first, second = voices("قالت بلدية زحلة إن الطريق مغلق. وأضاف المصدر ذاته أن المطر غزير.")
    assert first
    assert first == second


def test_who_is_called_upon_has_said_nothing(voices: Voices) -> None:
    found = labels(
        voices("قالت نقابة الصيادين إن المرفأ أغلق. وطالبت وزارة الزراعة بالتدخل. وذكر البيان أن القوارب عادت.")
    )
    assert found[-1] == "نقابة الصيادين"


def test_a_single_word_is_the_outlet_named_before(voices: Voices) -> None:
    found = voices("كانت إذاعة نسيم البحر، من صور، أول من وصل. ونقلت الإذاعة عن مصدر طبي أن المستشفى امتلأ.")
    assert [voice.carrier_label for voice in found if voice and voice.kind == "unnamed_source"] == ["إذاعة نسيم البحر"]


def test_a_statement_is_of_whom_it_came_from(voices: Voices) -> None:
    assert labels(voices("وذكر بيان صدر عن بلدية زحلة أن الطريق مغلق.")) == ["بلدية زحلة"]


def test_a_reporter_is_of_the_outlet_as_it_is_written(voices: Voices) -> None:
    (voice,) = voices("وذكر مراسل وكالة «الرملة» أن الأهالي نقلوا الجرحى.")
    assert voice
    assert (voice.kind, voice.label) == ("media", "وكالة الرملة")


def keys(found: list[Voice | None]) -> list[str]:
    return [voice.key if voice else "" for voice in found]


@pytest.mark.parametrize(
    "text",
    [
        "قال رئيس بلدية زحلة سامر النجار إن الطريق مغلق. وأضاف النجار أن المطر غزير.",
        "نفت الشرطة ذلك على لسان العقيد سامر النجار. وقال النجار إن الطريق مفتوح.",
        "قال وكيل وزارة الزراعة سامر النجار إن السد امتلأ. وأعلن الوكيل أن القناة فتحت.",
        "قال رئيس بلدية زحلة سامر النجار إن الطريق مغلق. وأضاف النجار، الذي كان يتحدث من مكتبه، أن المطر غزير.",
    ],
)
def test_who_was_named_in_full_goes_by_less(voices: Voices, text: str) -> None:
    first, *_, last = keys(voices(text))
    assert first == last != ""


def test_a_name_that_follows_makes_a_source_named(voices: Voices) -> None:
    [voice] = voices("قال المسؤول عن النقطة الطبية، الممرض سامر النجار، إن الأدوية نفدت.")
    assert voice
    assert voice.kind in {"named_person", "organization"}
    assert "النجار" in voice.label or "النقطة" in voice.label


def test_whose_head_somebody_is_said_to_be(voices: Voices) -> None:
    found = voices("قالت نقابة الصيادين إن المرفأ أغلق. وقال مديرها سامر النجار إن القوارب عادت.")
    assert found[1] is not None
    assert found[1].of == "نقابة الصيادين" or found[1].key == found[0].key  # type: ignore[union-attr]


def test_a_photographed_statement_is_no_photographer(voices: Voices) -> None:
    [voice] = voices("وجاء في بيان مصور بثته نقابة الصيادين على صفحتها أن المرفأ أغلق.")
    assert voice
    assert voice.label == "نقابة الصيادين"


def test_whom_an_unnamed_source_told_it(voices: Voices) -> None:
    [voice] = [one for one in voices("المستشفى امتلأ، بحسب مصدر طبي تحدث إلى موقع «نسيم» المحلي.") if one]
    assert voice.kind == "unnamed_source"
    assert "نسيم" in voice.before


def test_who_is_met_and_then_speaks_has_a_name(voices: Voices) -> None:
    [voice] = [one for one in voices("والتقينا بالنازحة سلمى النجار، وهي معلمة، فقالت إن الخيمة بلا أرضية.") if one]
    assert voice.kind == "named_person"


def test_a_quoted_outlet_is_not_another_of_its_first_word(voices: Voices) -> None:
    found = voices("وكانت إذاعة «الجزيرة الخضراء» المحلية أذاعت الخبر، وقال مصدر طبي إن المستشفى امتلأ.")
    assert [voice.carrier for voice in found if voice and voice.kind == "unnamed_source"] == ["outlet:جزيره خضراء"]


def test_a_statement_is_of_the_body_after_it(voices: Voices) -> None:
    found = labels(voices("قالت نقابة الصيادين إن المرفأ أغلق. وأفاد بلاغ لبلدية زحلة بأن القوارب عادت."))
    assert found == ["نقابة الصيادين", "بلدية زحلة"]


def test_the_head_of_a_body_goes_by_an_office_of_two_words(voices: Voices) -> None:
    text = "قال المدير التنفيذي لبلدية زحلة، سامر النجار، إن الطريق مغلق. وأشار المدير التنفيذي إلى أن المطر غزير."
    first, second = voices(text)
    assert first is not None
    assert first == second


def test_the_members_of_a_body_are_named_with_and_without_what_they_are_of(voices: Voices) -> None:
    found = voices("قالت نقابة صيادي الساحل إن المرفأ أغلق. وقال نقيب الصيادين سامر النجار إن القوارب عادت.")
    assert found[1] is not None
    assert "نقابة صيادي الساحل" in {found[1].of, found[1].label}


def test_who_is_only_said_to_be_at_work_has_no_name(voices: Voices) -> None:
    [voice] = [one for one in voices("وكشف عتال يعمل في المرفأ أن السفينة راسية منذ الخميس.") if one]
    assert voice.kind == "witness"


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير الزراعة سامر النجار إن السد امتلأ. وأضاف معاليه أن المطر غزير.",
        "افتتح أمير منطقة حائل الأمير سامر النجار المعرض. وقال سموه إن الزوار كثر.",
        "قال سعادة السفير سامر النجار إن المعبر مفتوح. وأوضح سعادته أن الطريق آمن.",
    ],
)
def test_an_honour_is_the_person_of_before(voices: Voices, text: str) -> None:
    last = voices(text)[-1]
    assert last
    assert "النجار" in (last.speaker or last.label)


def test_what_honours_somebody_is_not_of_the_name(voices: Voices) -> None:
    first, second = voices("قال معالي وزير الزراعة إن السد امتلأ. وقال وزير الزراعة إن المطر غزير.")
    assert first
    assert second
    assert first.key == second.key


def test_the_head_of_what_the_sentence_names_first(voices: Voices) -> None:
    assert labels(voices("استقبل مستشفى الأمل عشرة جرحى، وقال مديره إن الدواء نفد.")) == ["مستشفى الأمل"]


def test_a_rank_is_of_the_name_after_it(voices: Voices) -> None:
    assert labels(voices("أكد الفريق الركن الشيخ سامر النجار أن السد امتلأ.")) == ["سامر النجار"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("وقال مدير الإعلام بالفرع سالم الهمالي إن القافلة وصلت.", "الفرع"),
        ("قال مدير إدارة الإعلام بمديرية أمن البحيرة العميد أشرف فهمي إن المقبوض عليهم تسعة.", "مديرية أمن البحيرة"),
        ("وأوضح الناطق الإعلامي للمهرجان أن التذاكر نفدت.", "المهرجان"),
        ("وقال المستشار الإعلامى للشركة إن الشحن مستمر.", "الشركة"),
        ("قال الجيش إنه صد الهجوم. وأكد مدير الإعلام العسكري، العميد سامر النجار، ذلك.", "الجيش"),
        ("ضبطت قيادة حرس الحدود ثلاثين كيلوغراما، بحسب بيان لها.", "قيادة حرس الحدود"),
        ("قالت رابطة الرعاة إن الماء نفد. وأكد الأمين العام للرابطة، سامر النجار، أن البئر جفت.", "رابطة الرعاة"),
        ("وذكرت وسائل إعلام محلية أن الجسر أغلق.", "وسائل إعلام محلية"),
        ("وذكرت صحيفة «الجفارة اليوم» أن الجسر أغلق.", "صحيفة «الجفارة اليوم»"),
        ("وقال مدير شرطة صور رئيس اللجنة الأمنية إن الطريق آمن.", "شرطة صور"),
    ],
)
def test_a_body_by_its_own_name_and_no_more(voices: Voices, text: str, label: str) -> None:
    assert {voice.of or voice.label for voice in voices(text) if voice} == {label}
