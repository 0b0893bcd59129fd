"""People and the bodies that they speak for: offices beside a name, and one body under both across reports."""

from __future__ import annotations

import pytest

import khabar
from khabar.corroborate.cues import build_cues
from khabar.corroborate.digest import build_digester
from khabar.corroborate.naming import without_asides
from khabar.corroborate.profiles import Voice
from khabar.corroborate.stories.people import bodies_of_people
from khabar.corroborate.voices.offices import Office, office_of
from khabar.resources import load_resources

RESOURCES = load_resources()
CUES = RESOURCES.compiled(build_cues)
DIGESTER = RESOURCES.compiled(build_digester)


def body(label: str, speaker: str = "") -> Voice:
    return Voice(label, "organization", f"name:{label}", speaker=speaker)


def person(label: str, of: str = "", *, heads: bool = False) -> Voice:
    return Voice(label, "named_person", f"name:{label}", of=of, heads=heads)


def alike(name: str, label: str) -> bool:
    return set(name.split()) <= set(label.split())


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("رئيس بلدية زحلة", Office("بلدية زحلة", True)),
        ("مدير فرع الوزارة في حماة", Office("الوزارة في حماة", True)),
        ("رئيسة فرع صيدا لرابطة المحامين", Office("رابطة المحامين", True)),
        ("المنسق المحلي للجنة الدفاع", Office("لجنة الدفاع", True)),
        ("عضو اللجنة", Office("اللجنة", False)),
        ("المسؤول في إدارة المخيم", Office("المخيم", False)),
        ("الأمين العام لاتحاد البحارة", Office("اتحاد البحارة", True)),
        ("أمين سر اللجنة", Office("اللجنة", True)),
        ("رئيس لجنة الصلح بين زحلة وشتورا", Office("لجنة الصلح بين زحلة وشتورا", True)),
        ("وزير الزراعة", Office("وزارة الزراعة", True)),
        ("مدير الطوارئ في الهلال الأحمر بزحلة", Office("الهلال الأحمر", True)),
        ("منسقة «رابطة الصيادين» في صور", Office("رابطة الصيادين في صور", True)),
        ("رئيس خلية الاتصال بشرطة حماة", Office("شرطة حماة", True)),
        ("من إدارة الإعلام في شرطة حماة", Office("شرطة حماة", True)),
        ("وهو المتحدّث باسم المجموعة", Office("المجموعة", True)),
        ("مديرة إدارة الأسواق في البلدية", Office("البلدية", True)),
        ("ناظر المستشفى", Office("المستشفى", True)),
        ("مستشار قائد قوة الحدود", Office("قوة الحدود", False)),
        ("الكاتب العام لنقابة البحارة", Office("نقابة البحارة", True)),
        ("متصرف لواء زحلة", Office("لواء زحلة", True)),
        ("شاعر من حماة", None),
        ("رئيس", None),
        ("", None),
        ("، «الغدير»", None),
    ],
)
def test_an_office_names_its_body(text: str, office: Office | None) -> None:
    assert office_of(text, CUES) == office


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("المصدر الأمني الذي تحدث إلى الصحيفة", "المصدر الأمني"),
        ("بيان للنقابة نشرته صحيفة الغدير", "بيان للنقابة"),
        ("عامل في الميناء، طلب ألا يذكر اسمه", "عامل في الميناء"),
        ("عامل فضل عدم ذكر اسمه", "عامل"),
        ("عضو اللجنة فضل النجار", "عضو اللجنة فضل النجار"),
        ("سلمى النجار، مديرة المدرسة", "سلمى النجار، مديرة المدرسة"),
    ],
)
def test_what_is_said_of_a_source_is_no_part_of_its_name(text: str, name: str) -> None:
    assert without_asides(text) == name


@pytest.mark.parametrize(
    ("office", "heads"),
    [
        ("رئيستها", True),
        ("عضوتها", False),
        ("أمينة سرها", True),
        ("عضو مكتبها التنفيذي", False),
        ("نائب رئيسها", True),
        ("منسقة برامجها", True),
    ],
)
def test_who_is_said_to_be_of_it_is_of_the_body_that_spoke(office: str, heads: bool) -> None:
    text = f"أعلنت نقابة عمال الميناء أن الإضراب بدأ صباح الأحد.\n\nوقالت {office} سلوى النجار إن الإضراب شمل 200 عامل."
    profile = DIGESTER.profile(khabar.read(text, title="إضراب في الميناء", published="2020-05-20T10:00:00+03:00"))
    voices = [telling.voice for telling in profile.happenings[0].tellings if telling.voice is not None]
    assert {("سلوى النجار", "نقابة عمال الميناء", heads)} == {
        (voice.label, voice.of, voice.heads) for voice in voices if voice.kind == "named_person"
    }


def test_a_spokesman_named_elsewhere_without_the_body_is_the_body() -> None:
    voices = [body("شرطة حماة", "سامر النجار"), person("سامر النجار"), person("ليلى النجار")]
    assert bodies_of_people(voices, alike) == {"name:سامر النجار": "name:شرطة حماة"}


def test_the_head_of_a_body_that_speaks_is_the_body() -> None:
    voices = [body("بلدية زحلة الكبرى"), person("سامر النجار", of="بلدية زحلة"), person("نادر الحلو", of="بلدية شتورا")]
    assert bodies_of_people(voices, alike) == {"name:سامر النجار": "name:بلدية زحلة الكبرى"}


def test_a_head_named_with_the_office_once_is_the_body_everywhere() -> None:
    voices = [body("بلدية زحلة"), person("سامر علي النجار", of="بلدية زحلة"), person("سامر النجار"), None]
    assert set(bodies_of_people(voices, alike).values()) == {"name:بلدية زحلة"}
    assert len(bodies_of_people(voices, alike)) == 2


def test_a_surname_alone_is_who_another_report_names_in_full() -> None:
    voices = [body("شرطة حماة", "سامر النجار"), person("النجار")]
    assert bodies_of_people(voices, alike) == {"name:النجار": "name:شرطة حماة"}
    assert bodies_of_people([*voices, body("بلدية زحلة", "نادر النجار")], alike) == {}


def test_those_who_head_one_body_are_one() -> None:
    first = person("سامر النجار", of="مكتب الصحة في حماة", heads=True)
    other = person("نادر الحلو", of="الصحة في حماة", heads=True)
    member = person("سعاد النمري", of="مكتب الصحة في حماة")
    assert bodies_of_people([first, other, member], alike) == {other.key: first.key}


def test_a_bare_office_is_of_many_bodies() -> None:
    first, other = person("سامر النجار", of="الخارجية", heads=True), person("نادر الحلو", of="الخارجية", heads=True)
    short = person("النجار", of="الخارجية", heads=True)
    assert bodies_of_people([first, other], alike) == {}
    assert bodies_of_people([first, other, short], alike) == {short.key: first.key}


def test_an_office_by_one_word_is_of_the_only_body_of_that_name() -> None:
    head = person("سامر النجار", of="النقطة")
    assert bodies_of_people([body("النقطة الطبية في حماة"), head], alike) == {head.key: "name:النقطة الطبية في حماة"}
    two = [body("النقطة الطبية في حماة"), body("النقطة الطبية في زحلة"), head]
    assert bodies_of_people(two, alike) == {}


def test_who_governs_a_district_is_not_its_police() -> None:
    police, district = body("شرطة محلية زحلة"), body("محلية زحلة")
    governor = person("سامر النجار", "محلية زحلة", heads=True)
    assert bodies_of_people([police, governor, person("", "")], alike) == {}
    assert bodies_of_people([police, district, governor], alike) == {governor.key: district.key}


def test_the_camp_is_who_runs_it() -> None:
    head = person("سامر النجار", of="المخيم")
    assert bodies_of_people([body("إدارة مخيم الوادي"), head], alike) == {head.key: "name:إدارة مخيم الوادي"}


def test_an_office_that_is_named_beside_other_matters_is_known() -> None:
    voices = [body("لجنة الحي"), person("النجار"), person("رامي عون")]
    elsewhere = [person("سامر النجار", of="لجنة الحي"), body("لجنة الحي", speaker="رامي عون")]
    assert bodies_of_people(voices, alike, elsewhere) == {
        "name:النجار": "name:لجنة الحي",
        "name:رامي عون": "name:لجنة الحي",
    }
