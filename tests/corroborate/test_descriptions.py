"""Who is meant by less than a name, on texts of our own: a title, a noun, an office, a name cut short."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from factories import document
from khabar.config import Settings
from khabar.corroborate.copies.credits import build_credits
from khabar.corroborate.cues import build_cues
from khabar.corroborate.profiles import Voice
from khabar.corroborate.voices import Speakers
from khabar.corroborate.voices.bodies import Bodies
from khabar.corroborate.voices.names import Names
from khabar.records import Reading, Source
from khabar.resources import load_resources
from khabar.workers import read_one

Voices = Callable[[str], list[Voice]]


@pytest.fixture(scope="module")
def voices() -> Voices:
    """The voices of a text's claims, read by rules."""
    resources = load_resources(Settings(reader="rules"))

    def found(text: str) -> list[Voice]:
        reading = read_one(document(text, publisher="صحيفة الغدير"), resources)
        assert isinstance(reading, Reading)
        outlets = resources.compiled(build_credits).outlets
        ends = [at for at, letter in enumerate(text) if letter == "."]
        speakers = Speakers(reading, resources.compiled(build_cues), outlets, ends)
        return [voice for claim in reading.claims if (voice := speakers.voice(claim)) is not None]

    return found


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("قال الشيخ حمود الراشد إن القافلة وصلت. وأضاف الشيخ أن الطريق مغلق.", "حمود الراشد"),
        ("أكد عمدة قرية النعيم حسن أبو زيد أن الترعة جفت. وقال العمدة إن الأهالي ينتظرون.", "حسن أبو زيد"),
        ("قال النائب عن المدينة فراس الديري إن الماء مقطوع. وأكد النائب أن الخزان فارغ.", "فراس الديري"),
        ("قالت الطبيبة ريم الصالح إن الجرحى عشرة. وأضافت الطبيبة أن اثنين في خطر.", "ريم الصالح"),
        ("قال خالد عساف، والد الطفل، إن ابنه غرق. وأضاف الوالد أن الإسعاف تأخر.", "خالد عساف"),
        ("قال أحد المزارعين ويدعى خالد عساف إن النهر فاض. وقال عساف إن المحصول تلف.", "خالد عساف"),
        ("ذكر تقرير لمنظمة «سلام» أن القرية أحرقت. وأكد التقرير أن السكان فروا.", "سلام"),
        ("قالت مراسلة قناة الشاطئ في صور إن الجسر انهار. وأضافت المراسلة أن السيارات عالقة.", "قناة الشاطئ"),
        ("قال المكتب الصحفي لحركة الفجر إن العملية نجحت. وأكدت الحركة أن الأسرى بخير.", "حركة الفجر"),
        ("قال المركز الإعلامي للواء الساحل إن الزورق غرق. وقال اللواء إن الطاقم نجا.", "لواء الساحل"),
        (
            "أكدت المكلفة بالاتصال في الولاية الشرقية نسيمة الهمامي أن الطريق سالكة. وأضافت الهمامي أن الحافلات عادت.",
            "الولاية الشرقية",
        ),
        ("قالت إدارة مصفاة حماة إن العمل مستمر. وأوضح المكتب الإعلامي للمصفاة أن الأجور صرفت.", "إدارة مصفاة حماة"),
    ],
)
def test_a_description_is_who_was_named_beside_it(voices: Voices, text: str, label: str) -> None:
    first, second = voices(text)
    assert first.key == second.key
    assert second.label == label


def test_a_human_being_whom_nobody_named_has_no_name(voices: Voices) -> None:
    text = "قالت البلدية إن الجسر سقط. ونجا ثلاثة من ركاب الحافلة. وروى الشاب أنه قفز إلى النهر."
    assert voices(text)[-1].kind == "witness"


def test_any_one_of_several_has_no_name(voices: Voices) -> None:
    (voice,) = voices("قال مدير إحدى المدارس إن السقف انهار.")
    assert voice.kind == "witness"


@pytest.mark.parametrize(
    ("text", "label", "of"),
    [
        ("قال متصرف الأغوار الجنوبية باسل الراشد إن السيل انحسر.", "باسل الراشد", "الأغوار الجنوبية"),
        ("قال عميد بلدية زحلة المكلف سامر النجار إن الجسر سقط.", "سامر النجار", "بلدية زحلة المكلف"),
        (
            "قالت نقابة الصيادين إن المرفأ مغلق. وأكد أمين سرها كمال الحاج أن القوارب عادت.",
            "كمال الحاج",
            "نقابة الصيادين",
        ),
        ("قال حسان البيطار، الذي يرأس لجنة الحي، إن الماء مقطوع.", "حسان البيطار", "لجنة الحي"),
    ],
)
def test_a_name_is_told_from_its_office(voices: Voices, text: str, label: str, of: str) -> None:
    voice = voices(text)[-1]
    assert (voice.label, voice.of) == (label, of)


def test_a_noun_is_the_body_whose_head_was_named(voices: Voices) -> None:
    text = "قال رئيس خلية الاتصال بأمن ولاية زحلة سامر النجار إن الطريق مغلق. وقالت الشرطة إن المرور توقف."
    first, second = voices(text)
    assert first.of == second.label == "أمن ولاية زحلة"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("قال المستشفى العام بالمدينة إن الجرحى عشرة.", "المستشفى العام"),
        ("قالت اللجنة التنسيقية لعمال الميناء إن الإضراب مستمر.", "اللجنة التنسيقية لعمال الميناء"),
        ("قالت شركة النور المالكة للسفينة إن الطاقم بخير.", "شركة النور"),
    ],
)
def test_what_is_said_of_a_body_is_no_part_of_its_name(voices: Voices, text: str, label: str) -> None:
    assert [voice.label for voice in voices(text)] == [label]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("قال فريد الحاج إن الجسر سقط.", "named_person"), ("قال بائع خضار إن الجسر سقط.", "unnamed_source")],
)
def test_a_given_name_makes_a_source_named(text: str, kind: str) -> None:
    resources = load_resources(Settings(reader="rules"))
    reading = read_one(document(text, publisher="صحيفة الغدير"), resources)
    assert isinstance(reading, Reading)
    (claim,) = reading.claims
    assert claim.source is not None
    claim = replace(claim, source=replace(claim.source, kind="unnamed_source"))
    unseen = replace(reading, claims=(claim,), mentions=())  # as where the name was not found
    outlets = resources.compiled(build_credits).outlets
    voice = Speakers(unseen, resources.compiled(build_cues), outlets, [len(text) - 1]).voice(claim)
    assert voice is not None
    assert voice.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "أكد مأمور قسم شرطة العرب العميد طارق فهمي أن المتهم ضبط. وقال المأمور إن التحقيق بدأ.",
        "قال باشا مدينة العرائش حميد الصبار إن السوق أغلق. وأضاف الباشا أن التجار نقلوا.",
        "قال معتمد محلية كاس إبراهيم آدم إن القافلة وصلت. وأكد المعتمد أن الطريق آمن.",
        "قال الكاتب العام لنقابة النقل يوسف علاكوش إن الإضراب نجح. وقال علاكوش إن الحوار متوقف.",
    ],
)
def test_offices_of_many_countries(voices: Voices, text: str) -> None:
    first, second = voices(text)
    assert first == second
    assert first.kind == "named_person"


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("النائب عن كتلة الإصلاح محمد الكربولي", "named_person"),
        ("مسؤول في مستشفى محمد الكربولي", "unnamed_official"),
    ],
)
def test_a_name_that_ends_an_office_is_of_who_holds_it(phrase: str, kind: str) -> None:
    text = f"قال {phrase} إن الجسر سقط."
    resources = load_resources(Settings(reader="rules"))
    reading = read_one(document(text), resources)
    assert isinstance(reading, Reading)
    cues = resources.compiled(build_cues)
    names = Names(reading, cues, Bodies(reading, cues))
    source = Source(4, 4 + len(phrase), phrase, "unnamed_official", None)
    assert names.completed(source).kind == kind


def test_a_source_without_a_word_is_compared_like_any_other() -> None:
    text = "قالت “الشبكة” إن الجسر سقط."
    resources = load_resources(Settings(reader="rules"))
    reading = read_one(document(text, publisher="صحيفة الغدير"), resources)
    assert isinstance(reading, Reading)
    (claim,) = reading.claims
    assert claim.source is not None
    claim = replace(claim, source=replace(claim.source, start=5, end=6, text="“"))
    unseen = replace(reading, claims=(claim,), mentions=())
    outlets = resources.compiled(build_credits).outlets
    voice = Speakers(unseen, resources.compiled(build_cues), outlets, [len(text) - 1]).voice(claim)
    assert voice is None or not (voice.of or voice.speaker)  # it leads to nobody
