"""Where the name of a person begins and ends, in sentences made for the tests."""

from __future__ import annotations

import pytest

from khabar.mentions.names import find_names
from khabar.records import document_from
from khabar.resources import Resources, load_resources
from khabar.text import normalise, segment


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources()


def persons(text: str, resources: Resources) -> list[str]:
    document, normal = document_from(text, external_id="t", language="ar"), normalise(text)
    names = find_names(document, normal, segment(normal), resources)
    return [mention.text for mention in names if mention.type == "PERSON"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال المحامي رضا نصار، وكيل الأسرة، إن الجلسة أجلت", ["رضا نصار"]),
        ("وقالت الطبيبة زهرة جبر إن المرضى بخير", ["زهرة جبر"]),
        ("وأوضح النقيب سيف الجمال أن الطريق آمن", ["سيف الجمال"]),
        ("وذكر الناطق باسم الهيئة وليد القصير أن الماء عاد", ["وليد القصير"]),
        ("وقال العقيد نبيل السائح، إن القافلة وصلت", ["نبيل السائح"]),
        ("وقال الخبير الاقتصادي طارق الكفوري لميناء برس إن الأسعار ترتفع", ["طارق الكفوري"]),
        ("وصرح الناشط كمال السعوديين بأن الوقفة سلمية", ["كمال السعوديين"]),
        ("وقالت النائبة رجاء الطويل إن القانون أقر", ["رجاء الطويل"]),
        ("قال الملازم أول صقر درع، إن الموقوفين ثلاثة", ["صقر درع"]),
        ("وقال المتحدث باسم الدائرة حسين عبد الله ظافر إن الأسر عادت", ["حسين عبد الله ظافر"]),
        ("وكرم رئيس البلدية أحمد الفائزين", ["أحمد"]),
        ("افتتح الوزير خالد المعرض، وألقى كلمة", ["خالد"]),
        ("استقبل المدير محمود العمال في مكتبه", ["محمود"]),
        ("وقال الشيخ أحمد الخميس إن الصلح تم", ["أحمد"]),
        ("وقال أحمد اليوم إن الصلح تم", ["أحمد"]),
    ],
)
def test_the_last_word_of_a_name(text: str, expected: list[str], resources: Resources) -> None:
    """What follows a name closes it: a pause, what is said, who is told; a thing that is done something to does not."""
    assert persons(text, resources) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال المدير التنفيذي للهيئة، تيراب أوشيك نمر، إن السجلات كاملة", ["تيراب أوشيك نمر"]),
        ("نفى وكيل الوزارة، الطاهر عبد الجليل، أن تكون المواد تالفة", ["الطاهر عبد الجليل"]),
        ("وأوضح الناطق باسم القافلة، شيخنا ولد سيدي محمود، أن الطريق مغلق", ["شيخنا ولد سيدي محمود"]),
        ("قال وزير الداخلية، مضيفا تفاصيل جديدة، إن الأمن مستتب", []),
        ("قال رئيس البلدية، نافيا وجود أزمة، إن الخبز متوفر", []),
        ("وأفاد مدير الدائرة، حسب بيان رسمي، بأن الماء عاد", []),
    ],
)
def test_a_name_between_commas(text: str, expected: list[str], resources: Resources) -> None:
    """An office, then its holder between commas; but not what the holder did."""
    assert persons(text, resources) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل أحمدو ولد اعل سالم إلى النعمة", ["أحمدو ولد اعل سالم"]),
        ("وقالت النائبة خديجتو منت البكاي إن السوق مغلق", ["خديجتو منت البكاي"]),
        ("وقال عز الدين البارودي إن الباب مفتوح", ["عز الدين البارودي"]),
        ("وقال تاج الدين مرعي إن الباب مفتوح", ["تاج الدين مرعي"]),
    ],
)
def test_fathers_and_names_of_two_words(text: str, expected: list[str], resources: Resources) -> None:
    """ولد, منت, أغ; عز الدين."""
    assert persons(text, resources) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وأيد رئيس بلدية كفرزيت سامر الحلبي القرار", ["سامر الحلبي"]),
        ("وقال مدير ناحية أبي غرق ياسين الجبوري إن المدرسة فتحت", ["ياسين الجبوري"]),
        ("وذكر معتمد حزوة لطفي السبوعي أن السوق مغلق", ["لطفي السبوعي"]),
        ("وقال والي تطاوين حافظ الفيتوري إن الطريق سالك", ["حافظ الفيتوري"]),
        ("وقال عمدة بيت لاهيا صلاح زقوت إن الماء مقطوع", ["صلاح زقوت"]),
        ("وقال محافظ ديالى مثنى التميمي إن الوضع هادئ", ["مثنى التميمي"]),
        ("وقال الناطق باسم تنسيقية الخبازين بعين دراهم منى الجلاصي إن الوقفة انتهت", ["منى الجلاصي"]),
        ("وقال ممثل نقابة بحارة الساحل مراد العوني إن المراكب راسية", ["مراد العوني"]),
        ("قال رئيس لجنة الصيادين عادل النجار إن المراكب راسية", ["عادل النجار"]),
        ("قال مدير شركة «أفق النيل» شريف قنديل إن المصنع يعمل", ["شريف قنديل"]),
        ("قال الناطق باسم «نسور الوادي» أبو ليث العراقي إن الاتهام باطل", ["أبو ليث العراقي"]),
        ("وقال الناطق باسمها سامي الحداد إن الاتهام باطل", ["سامي الحداد"]),
        ("وصل الوفد بين سامراء وتكريت أمس", []),
        ("وقال مدير المخزن بين رفوفه", []),
        ("عقد الاجتماع في صلاح الدين صباح الأربعاء", []),
        ("زار القرية قبل عيد الفصح", []),
        ("وأكد سالم الحمصي لساحل برس أن المرفأ مغلق", ["سالم الحمصي"]),
        ("وقال الناطق سعد الدوري لإذاعة المرفأ إن المرفأ مغلق", ["سعد الدوري"]),
    ],
)
def test_names_after_places_and_bodies(text: str, expected: list[str], resources: Resources) -> None:
    """Where an office is and which body it leads are not of the name that follows."""
    assert persons(text, resources) == expected
