"""One party is heard once, by however many words it is called: on texts of our own, read by rules."""

from __future__ import annotations

import pytest

from corroborate.conftest import Voices
from khabar.corroborate.profiles import Voice


def parties(voices: list[Voice | None]) -> set[tuple[str, str, str]]:
    """Voices as origins tell them apart: by key, the unnamed by their kind and by who carried them."""
    return {(voice.key, "" if voice.key else voice.kind, voice.carrier) for voice in voices if voice is not None}


@pytest.mark.parametrize(
    "text",
    [
        "قال وكيل شحن في المرفأ، طلب عدم ذكر اسمه، إن السفن تنتظر. وأضاف الوكيل أن الأجور تأخرت.",
        "روى عدد من سائقي الشاحنات أن المسلحين أوقفوهم. وقال السائقون إن أحدا لم يصب.",
        "قال ثلاثة من سكان الحي إن القذائف سقطت ليلا. وأضاف آخر أن الإسعاف تأخر.",
        "قال أحد سكان القرية إن المهاجمين كثر. وأكد ثالث أن البيوت أحرقت.",
        "نقلت قناة الشاطئ عن مصدر طبي أن خمسة قتلوا. وبحسب القناة نفسها فإن الجرحى تسعة.",
        "قالت وكالة الشاطئ، نقلا عن مسؤول في المطار، إن الطائرة انزلقت. وذكرت الوكالة أن المدرج أغلق.",
        "قال ضابط في الحرس إن الدورية تعرضت للنار. وبحسب الضابط نفسه فر المهاجمون.",
        "قالت شاهدة عيان إن السيارة انفجرت. وأضافت المرأة أن الزجاج تحطم.",
        "قالت والدة أحد المعتقلين إن الجنود دخلوا البيت. وأضافت الأم أن الباب كسر.",
        "قال فاعل جمعوي إن الطريق مغلق. وأضاف نفس المتحدث أن العطش هو السبب.",
        "نقلت صحيفة الشاطئ عن مسؤول محلي أن المعلم خطف. ووفق ذات الصحيفة فإن الخاطفين أربعة.",
        "قال شيخ من وجهاء القبيلة إن الهدنة بدأت. وذكر الوجيه القبلي أنها شهر.",
        "قال مصدر قضائي إن الموقوفين اثنان. وحسب المصدر ذاته، اعترف أحد المتهمين بأنه تسلم الأكياس.",
    ],
)
def test_who_has_no_name_is_one_source(voices: Voices, text: str) -> None:
    assert len(parties(voices(text))) == 1
    assert not any(voice.key for voice in voices(text) if voice)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("قال مدير الناحية سعد الراشد إن الرعاة خطفوا. وأوضح الأخير أن البحث مستمر.", "سعد الراشد"),
        ("نفى مزيد الصافي ذلك وقال إنهم رعاة. وقال الصافي إن خمسة قتلوا.", "مزيد الصافي"),
        ("قال مجلس عشائر زحلة إن الهدنة بدأت. وامتنع المجلس عن الشرح، واكتفى أحد أعضائه بالقول إنها مؤقتة.", "مجلس عشائر زحلة"),
        ("أوقف خفر السواحل القارب. وقال الناطق باسم القوة الملازم فهد الحاج إن الركاب بخير.", "خفر السواحل"),
        ("قالت جمعية المرسى إن المهاجرين رحلوا. وطالبت الهيئة الحقوقية بالتحقيق.", "جمعية المرسى"),
        ("قالت شركة النور إن العمل مستمر. ويعمل فيها مئة، بحسب الموقع الإلكتروني للشركة.", "شركة النور"),
        ("قال النائب سامر الخوري إن المكتب أحرق. وقال مكتب الخوري إن الحارس جرح.", "سامر الخوري"),
        ("قال خالد عساف، وهو صاحب محل قريب، إن السيارة انفجرت. وقال صاحب المحل إن الإسعاف تأخر.", "خالد عساف"),
        ("قال الدكتور خالد عساف إن القتلى خمسة. وقال الطبيب إن الجرحى ثمانية.", "خالد عساف"),
        ("قال اتحاد قبائل زحلة إن ثلاثة خطفوا. وأوضح الاتحاد القبلي أن الخاطفين معروفون.", "اتحاد قبائل زحلة"),
        ("قالت بلدية زحلة إن الحريق أخمد. وذكرت الصفحة الرسمية للبلدية أن أحدا لم يصب.", "بلدية زحلة"),
        ("قالت مجموعة تسمي نفسها حراس الساحل إنها أوقفت السفينة. وقالت المجموعة إن البحارة بخير.", "حراس الساحل"),
    ],
)  # fmt: skip
def test_who_has_a_name_is_one_party(voices: Voices, text: str, label: str) -> None:
    heard = [voice for voice in voices(text) if voice is not None]
    assert heard[-1].label == label


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("قال مركز عدالة إن المعتقلين كثر. وقالت محامية المركز، رنا الورد، إن بينهم قاصرا.", "مركز عدالة"),
        ("قالت مندوبية الصيد بزحلة إن المركب غرق. وقال المندوب الإقليمي، حميد الحاج، إن البحث مستمر.", "مندوبية الصيد بزحلة"),
        ("قالت لجنة الحي إن الماء مقطوع. وقال أحد أعضاء اللجنة، أبو سامر الورد، إن الخزان فارغ.", "لجنة الحي"),
        ("قالت نقابة الكهرباء إن الإضراب بدأ. وأوضح المستشار القانوني للنقابة، فتحي الغربي، أنه قانوني.", "نقابة الكهرباء"),
    ],
)  # fmt: skip
def test_who_works_for_a_body_speaks_for_it(voices: Voices, text: str, of: str) -> None:
    voice = voices(text)[-1]
    assert voice is not None
    assert voice.label == of or voice.of == of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "نقل مئة شخص، بحسب بيان المفوضية السامية للأمم المتحدة لشؤون اللاجئين.",
            "المفوضية السامية للأمم المتحدة لشؤون اللاجئين",
        ),
        ("جاء في بيان صحفي لشركة النور أن العمل مستمر.", "شركة النور"),
        ("قال الناطق باسم لواء «فجر الجبل» أبو ليث إن الأسرى بخير.", "لواء «فجر الجبل»"),
    ],
)
def test_a_body_is_named_as_far_as_its_name_goes(voices: Voices, text: str, label: str) -> None:
    (voice,) = voices(text)
    assert voice is not None
    assert voice.label == label


def test_an_activist_of_the_media_is_no_part_of_whom_he_told(voices: Voices) -> None:
    (voice,) = voices("أفاد ناشط إعلامي من زحلة لموقع الشاطئ الآن بأن الجسر سقط.")
    assert voice is not None
    assert voice.kind == "witness"


def test_another_who_follows_no_unnamed_source_is_nobody_by_name(voices: Voices) -> None:
    last = voices("قالت بلدية زحلة إن الجسر سقط. وأضاف آخر أن الطريق مغلق.")[-1]
    assert last is not None
    assert not last.key


def test_who_is_only_said_to_speak_is_who_spoke(voices: Voices) -> None:
    first, second = voices("قال رئيس البلدية سامر النجار إن السيل هدم بيتين. وأوضح المتحدث أن السيل هدم المدرسة.")
    assert first is not None
    assert first == second


def test_a_person_is_not_the_source_that_only_has_his_noun(voices: Voices) -> None:
    first, second = voices("قال مسؤول في المحافظة إن الطريق مغلق. وقال المحافظ سامر النجار إنه فتح.")
    assert first is not None
    assert second is not None
    assert second.key
    assert not first.key


@pytest.mark.parametrize(
    "text",
    [
        "أفاد «الغدير» مصدر طبي في المشفى بأن خمسة قتلوا.",
        "أبلغ مسؤول محلي صحيفة الغدير بأن الطريق مغلق.",
        "قال مصدر دبلوماسي للغدير إن الصيادين بخير.",
    ],
)
def test_the_outlet_that_was_told_is_of_no_name(voices: Voices, text: str) -> None:
    (voice,) = voices(text)
    assert voice is not None
    assert not voice.key
    assert "غدير" not in voice.label


def test_a_reporter_who_tells_is_the_outlets_own(voices: Voices) -> None:
    assert voices("وأفاد مراسل الغدير بأن الطريق مغلق.") == [None]


def test_of_two_outlets_the_nearest_carried_the_source(voices: Voices) -> None:
    text = "تتحدث شبكة «النخيل» عن رقم، فيما نقلت قناة الشاطئ عن مسؤول في المعبر أن العائلات أربعون."
    last = voices(text)[-1]
    assert last is not None
    assert "شاطي" in last.carrier
