"""Where the name of a body begins and ends, in sentences made for the tests."""

from __future__ import annotations

import pytest

from khabar.mentions.names import find_names
from khabar.records import document_from
from khabar.resources import Resources, load_resources
from khabar.text import normalise, segment


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources()


def bodies(text: str, resources: Resources) -> list[str]:
    document, normal = document_from(text, external_id="t", language="ar"), normalise(text)
    names = find_names(document, normal, segment(normal), resources)
    return [mention.text for mention in names if mention.type == "ORG"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قالت مديرية أمن قابس إن الطريق فتحت", ["مديرية أمن قابس"]),
        ("وأفادت مديرية الصحة في واسط بأن الإصابات طفيفة", ["مديرية الصحة"]),
        ("ونفت مندوبية الصيد البحري بطنجة ذلك", ["مندوبية الصيد البحري"]),
        ("وقال مدير مكتب التربية في المدينة", ["مكتب التربية"]),
        ("وقالت غرفة طوارئ الدمازين إن الأسر عادت", ["غرفة طوارئ الدمازين"]),
        ("هذه إدارة الأزمة التي نعرفها", []),
        ("زار مديرية المخادر أمس", []),
    ],
)
def test_departments_by_their_field(text: str, expected: list[str], resources: Resources) -> None:
    """A department is a body by what it is for; a bare one is management, or a district."""
    assert bodies(text, resources) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقالت لجنة أعيان ترهونة إن الصلح تم", ["لجنة أعيان ترهونة"]),
        ("وأضربت نقابة عمال المرافئ", ["نقابة عمال المرافئ"]),
        ("وقال مجلس عشائر ولاية سنار إن الطريق آمن", ["مجلس عشائر ولاية سنار"]),
        ("ونظمت رابطة أسر المفقودين وقفة", ["رابطة أسر المفقودين"]),
        ("وقال مجلس رأس العين المدني إن القافلة وصلت", ["مجلس رأس العين المدني"]),
        ("هاجمت قوات درع الساحل الموقع", ["قوات درع الساحل"]),
        ("ونفت حركة فجر الهضاب الاتهام", ["حركة فجر الهضاب"]),
        ("واتهم جماعة فرسان السهل بالهجوم", ["فرسان السهل"]),
        ("وقال فوج أسود الحدود إن الموقع سقط", ["فوج أسود الحدود"]),
        ("توقفت حركة المرور في الشارع", []),
        ("وتوقفت حركة الطيران أمس", []),
    ],
)
def test_bodies_by_whose_they_are_and_groups_by_their_emblem(
    text: str, expected: list[str], resources: Resources
) -> None:
    """The noun that governs the next one goes on to a place or a definite noun; traffic is no movement."""
    assert bodies(text, resources) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقالت جمعية عون الجبل الخيرية إن السلال وزعت", ["جمعية عون الجبل الخيرية"]),
        ("وقال مرصد الوادي الأوسط للتوثيق إن العدد كبير", ["مرصد الوادي الأوسط للتوثيق"]),
        ("وقالت شركة الموج للمناولة إن الرافعات متوقفة", ["شركة الموج للمناولة"]),
        ("وقالت مفوضية العون الإنساني إن القافلة وصلت", ["مفوضية العون الإنساني"]),
        ("وقال جهاز الشرطة القضائية إن النزلاء فروا", ["جهاز الشرطة القضائية"]),
        ("وعادت المنظمة الدولية إلى المدينة", []),
        ("وقالت المنظمة الدولية للهجرة إن القارب غرق", ["المنظمة الدولية للهجرة"]),
        ("وقالت المديرية العامة للدفاع المدني إن الحريق أخمد", ["المديرية العامة للدفاع المدني"]),
        ("وقالت اللجنة النقابية لعمال النسيج إن الاعتصام مستمر", ["اللجنة النقابية لعمال النسيج"]),
        ("وأضاف وكيل وزارة الصحة لشؤون الطوارئ أن الدواء متوفر", ["وزارة الصحة"]),
    ],
)
def test_adjectives_and_purposes(text: str, expected: list[str], resources: Resources) -> None:
    """What agrees with a name and what a body is for belong to it; a ministry takes no purpose, which is its deputy's."""
    assert bodies(text, resources) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ونفت «كتائب رايات الفرات» الاتهام", ["كتائب رايات الفرات"]),
        ("وهاجم فصيل يعرف باسم «حراس الوادي» القرية", ["حراس الوادي"]),
        ("وتبنته مجموعة تطلق على نفسها «سهام الليل»", ["سهام الليل"]),
        ("اعتبرتها أنقرة «منظمة إرهابية»", []),
        ("وسلم جهازه إلى «صندوق أسود» صغير", []),
        ("ونقل الطريق المعروف باسم «الجسر» المسافرين", []),
        ("وقال فريق «أمان» لنزع الألغام إن الحقل نظف", ["أمان"]),
    ],
)
def test_marks(text: str, expected: list[str], resources: Resources) -> None:
    """A name in quotation marks by its own head, or by what the group is called; a description is none."""
    assert bodies(text, resources) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقالت إذاعة السمارة في نشرتها إن الطريق مغلق", ["السمارة"]),
        ("وقالت صحيفة محلية إن الطريق مغلق", []),
        ("وقال سالم لهضبة برس إن الطريق مغلق", ["هضبة برس"]),
        ("ونقلت وكالة رمال برس عن شاهد أن الطريق مغلق", ["وكالة رمال برس"]),
        ("وقال المقدم شرطة ياسر الطيب إن الطريق مغلق", []),
        ("هذه مؤسسة مختلطة كبيرة", []),
        ("وأعلنت محكمة سرت الأسبوع الماضي قرارها", []),
    ],
)
def test_outlets_and_what_is_no_body(text: str, expected: list[str], resources: Resources) -> None:
    """A paper or station is named after its kind or before برس; adjectives and times are no names."""
    assert bodies(text, resources) == expected
