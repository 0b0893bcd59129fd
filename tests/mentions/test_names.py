"""Persons and organisations in sentences made for the tests."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.mentions.names import find_names
from khabar.records import Mention, document_from
from khabar.resources import Resources, load_resources
from khabar.text import normalise, segment


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources()


def names(text: str, resources: Resources) -> tuple[Mention, ...]:
    document = document_from(text, external_id="t", language="ar")
    normal = normalise(text)
    return find_names(document, normal, segment(normal), resources)


def found(text: str, kind: str, resources: Resources) -> list[str]:
    return [mention.text for mention in names(text, resources) if mention.type == kind]


def entity(text: str, span: str, resources: Resources) -> str | None:
    mention = next(mention for mention in names(text, resources) if mention.text == span)
    return mention.entity.id if mention.entity else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الدكتور سالم باوزير إلى المدينة", ["سالم باوزير"]),
        ("وقال الباحث في شؤون المياه هشام غربال إن السد امتلأ", ["هشام غربال"]),
        ("وأكد المتحدث باسم حركة نسور الشمال وضاح العلي أن الطريق مفتوحة", ["وضاح العلي"]),
        ("وقال هشام حينها إن السد امتلأ", ["هشام"]),
        ("قالت عاملتان إن الباب أغلق", []),
        ("وقالت مديرة المتحف البلدي بالرشيدية سعاد الزواري للساحل إن الباب أغلق", ["سعاد الزواري"]),
        ("وكرم النادي الفنان القدير ماجد العتيبي", ["ماجد العتيبي"]),
        ("وقال عمار الصفوان (40 سنة) إن الباب أغلق", ["عمار الصفوان"]),
        ("ألف الصادق المهدي كتابا", ["الصادق المهدي"]),
        ("وقال مدير المتحف الجهوي بالرشيدية حبيب الزواري للساحل إن الباب أغلق", ["حبيب الزواري"]),
        ("لكن المتحدث باسم المجلس البلدي سمير الجسور قال إن الباب أغلق", ["سمير الجسور"]),
        ("لكن سمير العلي قال للساحل إن الباب أغلق", ["سمير العلي"]),
        ("زار المدرب فينسنت لاكروا الملعب", ["فينسنت لاكروا"]),
        ("التقى وزير الخارجية الهولندي يان فان درنيك نظيره", ["يان فان درنيك"]),
        ("وقال العميد الركن حمود بن ناصر القحطاني إن الطريق مفتوح", ["حمود بن ناصر القحطاني"]),
        ("وأكد أبو خالد الشامي أن المعبر مغلق", ["أبو خالد الشامي"]),
        ("زار الرئيس السابق المدينة", []),
        ("وأوضح مدير المستشفى عبد الكريم الدمشقي أن المرضى بخير", ["عبد الكريم الدمشقي"]),
        ("قال ناصر العتيبي ومحمد الشهري في بيان", ["ناصر العتيبي", "محمد الشهري"]),
        ("شاب يدعى فيكتور لانسكي", ["فيكتور لانسكي"]),
        ("اعتمد على رأس المال", []),
        ("صلى الناس في جامع الملك فهد", []),
        ("وقال مسؤولون في المنطقة", []),
        ("وأضافت: سنعود غدا", []),
        ("صوت لصالح القرار", []),
        ("وقوات المخلوع صالح في صنعاء باليمن", ["صالح"]),
        ("الأمير سعود بن فيصل ولي العهد", ["سعود بن فيصل"]),
        ("قال مسؤول تركي", []),
        ("قالت متحدثة باسم قسد إن الطريق مغلق", []),
        ("وقال مدير الدائرة جابر المنقوش إن المياه عادت", ["جابر المنقوش"]),
        ("وقال رئيس اللجنة عبد الله الصبري إن المياه عادت", ["عبد الله الصبري"]),
    ],
)
def test_persons(text: str, expected: list[str], resources: Resources) -> None:
    assert found(text, "PERSON", resources) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أعلنت وزارة الدفاع الروسية أمس", ["وزارة الدفاع الروسية"]),
        ("عناصر تنظيم داعش الإرهابي", ["داعش"]),
        ("طيران التحالف قصف الموقع", ["التحالف"]),
        ("قوات البيشمركة تقدمت", ["البيشمركة"]),
        ("مصدر في الشرطة قال", ["الشرطة"]),
        ("وقال المرصد السوري لحقوق الإنسان إن المدينة هادئة", ["المرصد السوري لحقوق الإنسان"]),
        ("للأمم المتحدة دور", ["أمم المتحدة"]),
        ("نشرت صحيفة «نور الصباح» الخبر", ["نور الصباح"]),
        ("نشرت صحيفة الوطن الخبر", ["الوطن"]),
        ("عاد الجنود إلى أرض الوطن", []),
        ("هذا اليوم يوم جديد", []),
        ("وأعلن التنظيم مسؤوليته", []),
        ("ردت الوزارة والسلطات والمجلس", []),
        ("اجتمع وزير الخارجية مع نظيره", []),
        ("أعلنت الخارجية المصرية موقفها", ["الخارجية المصرية"]),
        ("حزب البناء والتنمية ينسحب", ["حزب البناء والتنمية"]),
        ("مجموعة (5+1) تجتمع", ["مجموعة (5+1)"]),
        ("السلطات التركية أغلقت الطريق", []),
        ("انسحب اللواء 27 مشاة من الموقع", ["اللواء 27 مشاة"]),
        ("قائد المنطقة العسكرية الثالثة", ["المنطقة العسكرية الثالثة"]),
        ("شن حزب الله اللبناني حملة", ["حزب الله"]),
        ("عرضت الشركة الفرنسية عرضا", []),
        ("قوات سوريا الديمقراطية تتقدم", ["قوات سوريا الديمقراطية"]),
        ("نظام الأسد سقط", []),
    ],
)
def test_organisations(text: str, expected: list[str], resources: Resources) -> None:
    assert found(text, "ORG", resources) == expected


def test_a_later_short_form_is_the_same_entity(resources: Resources) -> None:
    text = "قال المتحدث جوران بيتروف إن الجسر سليم. وأضاف بيتروف أن المرور عاد."
    first, second = (mention for mention in names(text, resources) if mention.type == "PERSON")
    assert (first.text, second.text) == ("جوران بيتروف", "بيتروف")
    assert first.entity == second.entity
    assert first.entity is not None
    assert first.entity.id.startswith("doc:")


def test_known_actors_by_any_alias_are_one_entity(resources: Resources) -> None:
    text = "سيطرت قوات سوريا الديمقراطية على القرية، وقالت قسد إن المعارك مستمرة."
    ids = {mention.entity.id for mention in names(text, resources) if mention.entity}
    assert len(ids) == 1
    assert next(iter(ids)).startswith("actor:")


def test_a_bare_body_belongs_to_the_country_of_the_article(resources: Resources) -> None:
    text = "في القاهرة قال مسؤول مصري إن الجيش أرسل قوات إلى سيناء في مصر."
    assert entity(text, "الجيش", resources) == "actor:egyptian-army"


def test_a_bare_body_without_a_country_stays_open(resources: Resources) -> None:
    (mention,) = names("قصف الجيش القرية.", resources)
    assert mention.entity is None
    assert mention.unresolved is not None
    assert mention.unresolved.reason == "unknown"


def test_an_unknown_organisation_keeps_one_id(resources: Resources) -> None:
    text = "قالت نقابة النحالين إن الموسم جيد. وطالبت نقابة النحالين بالدعم."
    ids = [mention.entity.id for mention in names(text, resources) if mention.entity]
    assert ids == ["doc:1", "doc:1"]


_WORDS = st.sampled_from(
    'قال الرئيس محمد بن عبد الله أبو سليم وزارة الدفاع قوات داعش صحيفة اليوم السابق علي على و لل حزب مجموعة ( ) " 5 + 1 '
    "الجيش السوري صالح لصالح وأكد عبد آل ال ، . - باريس الدكتور يدعى المتحدث باسم ولد الشيخ أم الله الدين".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_spans_are_valid_apart_and_the_same_again(text: str) -> None:
    resources = _shared()
    mentions = names(text, resources)
    assert mentions == names(text, resources)
    end = 0
    for mention in mentions:
        assert mention.text == text[mention.start : mention.end] != ""
        assert mention.start >= end
        end = mention.end


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_valid_spans(text: str) -> None:
    for mention in names(text.encode("utf-8", "ignore").decode(), _shared()):
        assert mention.text


@pytest.mark.parametrize(
    "unit",
    [
        "بن ",
        "أبو ",
        "عبد ",
        "السوري ",
        "الرئيس ",
        "الجيش السوري ",
        "محمد بن ",
        "وزارة ",
        '"',
        "قال محمد و",
        "لل",
        "آل أم ",
    ],
)
def test_work_grows_with_length_only(unit: str) -> None:
    def calls(times: int) -> int:
        count = 0

        def step(*_: object) -> None:
            nonlocal count
            count += 1

        text = unit * times
        names(text, _shared())  # the words are known: only the text's own work is counted
        sys.setprofile(step)
        try:
            names(text, _shared())
        finally:
            sys.setprofile(None)
        return count

    assert calls(800) <= 4.6 * calls(200) + 2000


_loaded: list[Resources] = []


def _shared() -> Resources:
    if not _loaded:
        _loaded.append(load_resources())
    return _loaded[0]


@pytest.mark.parametrize(
    ("text", "span", "actor"),
    [
        ("قال المتحدث باسم قسد إن الطريق مغلق", "قسد", "actor:sdf"),
        ("ذكرت SDF في بيان أن الطريق مغلق", "SDF", "actor:sdf"),
        ("وصلت قسد إلى القرية. وتقدمت القوات الكردية شرقا.", "القوات الكردية", "actor:sdf"),
        ("وتقدمت القوات الكردية شرقا.", "القوات الكردية", "actor:kurdish-forces"),
    ],
)
def test_one_actor_by_several_names(text: str, span: str, actor: str, resources: Resources) -> None:
    assert entity(text, span, resources) == actor


def test_a_latin_word_in_small_letters_is_no_acronym(resources: Resources) -> None:
    assert found("John, who said that, left.", "ORG", resources) == []
