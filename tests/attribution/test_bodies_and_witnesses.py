"""Bodies that count, blame and answer; people of a trade; names withheld: who speaks in each."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute, _mention, line
from factories import document
from khabar.attribution import attribute
from khabar.records import Mention
from khabar.resources import Resources
from khabar.text import normalise, segment


def _counted(text: str, *numbers: str) -> tuple[Mention, ...]:
    """Mentions of numbers with what they count."""
    made = [_mention(at, text.index(number), number, "QUANTITY") for at, number in enumerate(numbers)]
    return tuple(sorted(made, key=lambda mention: mention.start))


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("أحصت نقابة الصيادين 12 قاربا غارقا.", "12 قاربا", "نقابة الصيادين | 12 قاربا غارقا"),
        ("سجل المستشفى عشر حالات تسمم.", "عشر حالات", "المستشفى | عشر حالات تسمم"),
        ("وثق مركز الرافد مقتل خمسة رعاة.", "خمسة رعاة", "مركز الرافد | مقتل خمسة رعاة"),
        ("قدر المكتب عدد العائدين بألف شخص.", "ألف شخص", "المكتب | عدد العائدين بألف شخص"),
    ],
)
def test_a_body_that_counts_is_cited(resources: Resources, text: str, number: str, expected: str) -> None:
    normal = normalise(text)
    [claim] = attribute(document(text), normal, segment(normal), _counted(text, number), resources)
    assert line(claim) == expected


def test_what_is_no_count_is_no_claim(read: Attribute) -> None:
    assert read("سجل الفريق هدفا في الدقيقة الأخيرة.") == ()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # who blames is no name of the lists, who is blamed follows
        ("اتهم صقور السهل الحكومة بإغلاق الجسر.", "صقور السهل"),
        ("حمل محور الساحل الغربي الجيش مسؤولية إغلاق الجسر.", "محور الساحل الغربي"),
        # the cue after the words
        ("أغلق الجسر بعد العاصفة، على ما أفادت مديرية الطرق.", "مديرية الطرق"),
        # who is told is no part of who tells
        ("أبلغ مصدر طبي الصحيفة بأن الجسر أغلق.", "مصدر طبي"),
        ("تلفت وكالة الغدير عناية القراء إلى أن الجسر أغلق.", "وكالة الغدير"),
        # of a trade, of a place
        ("قال سائق شاحنة كان على الجسر إن الماء ارتفع.", "سائق شاحنة"),
        ("قالت ممرضة في المركز إن الدواء نفد.", "ممرضة في المركز"),
        ("قال صاحب مقهى إن الجسر أغلق.", "صاحب مقهى"),
        ("أعلن [مستشفى الياسمين|L] ليل السبت إغلاق أبوابه.", "مستشفى الياسمين"),
        ("وفقا لرواية شاهد عيان، وصل القارب ليلا إلى المرفأ.", "شاهد عيان"),
        ("وحسب ما أوردته شرطة المدينة، فإن القارب وصل ليلا.", "شرطة المدينة"),
        ("وفق ما صرح به نقيب الصيادين، فإن القارب وصل ليلا.", "نقيب الصيادين"),
        ("القارب وصل إلى المرفأ ليلا، يقول أحد الصيادين.", "أحد الصيادين"),
        # who blames, and who is blamed by his office
        ("حملت تنسيقية الصيادين المحافظ مسؤولية إغلاق المرفأ.", "تنسيقية الصيادين"),
        # what stands with who speaks
        ("وأظهرت حصيلة أعلنتها وزارة النقل أن القوارب عادت.", "حصيلة أعلنتها وزارة النقل"),
        ("قال أحد سكان الحي، ويدعى أبو سمير، إن القارب غرق.", "أحد سكان الحي، ويدعى أبو سمير"),
        ("قال ناج من الحادث، وهو صاحب قارب، إن الريح اشتدت.", "ناج من الحادث، وهو صاحب قارب"),
        ("تبنت جماعة تطلق على نفسها «سرايا الموج» إغلاق المرفأ.", "جماعة تطلق على نفسها «سرايا الموج»"),
        # names withheld
        ("أكد طبيب مناوب في المستشفى، طلب ألا يذكر اسمه، أن الدواء نفد.", "طبيب مناوب في المستشفى، طلب ألا يذكر اسمه"),
    ],
)
def test_source(read: Attribute, text: str, source: str) -> None:
    [claim] = read(text)
    assert claim.source is not None
    assert claim.source.text == source


def test_these_are_the_people_of_before(read: Attribute) -> None:
    claims = read("قال شهود عيان إن النهر فاض. وقالت البلدية إن الجسر سليم. وأضاف هؤلاء أن القوارب غرقت.")
    assert line(claims[-1]) == "شهود عيان | القوارب غرقت"


def test_a_dual_verb_is_no_participle(read: Attribute) -> None:
    [claim] = read("أكدت البلدية أن الصيادين عادا سالمين.")
    assert line(claim) == "البلدية | الصيادين عادا سالمين"
