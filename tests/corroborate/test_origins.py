"""Which names across reports are one origin: on voices alone, no text is read."""

from __future__ import annotations

import pytest

from khabar.corroborate.profiles import Profile, Telling, Voice
from khabar.corroborate.stories.origins import Verdicts, find_origins


def count(*told: tuple[str, Voice]) -> int:
    """How many origins voices have, each told by the outlet before it."""
    profiles = [
        Profile(f"d{at}", f"d{at}", outlet, f"outlet:{outlet}", None, None, "", 100, ())
        for at, (outlet, _) in enumerate(told)
    ]
    tellings = [
        (at, Telling("e0", "c0", "ASSAULT", 0, "asserts", "certain", voice, (), "none", True, (), True))
        for at, (_, voice) in enumerate(told)
    ]
    return len({source for source in find_origins(tellings, profiles, {}, Verdicts()) if source is not None})


def body(label: str) -> Voice:
    return Voice(label, "organization", f"name:{label}")


def person(label: str) -> Voice:
    return Voice(label, "named_person", f"name:{label}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مجموعة «صقور الوادي» المسلحة", "جماعة صقور الوادي"),
        ("حركة الفجر الجديد", "تنظيم الفجر الجديد"),
        ("شركة «نور البحر» للنقل", "شركة نور البحر المحدودة"),
        ("دائرة صحة زحلة", "مديرية صحة زحلة"),
        ("مستشفى الأمل", "مشفى الأمل"),
        ("حرس السواحل", "خفر السواحل"),
        ("السلطة المحلية", "السلطات المحلية"),
        ("لجنة العاملين في المصنع", "لجنة العاملين بالمصنع"),
        ("اللجنة النقابية للعاملين بشركة وادي النور للأسمنت", "اللجنة النقابية لعمال الأسمنت"),
        ("اللجنة النقابية للعاملين بالشركة", "اللجنة النقابية بشركة النور للغزل والنسيج"),
    ],
)
def test_bodies_that_are_one(one: str, other: str) -> None:
    assert count(("النهر", body(one)), ("الوادي", body(other))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("بلدية زحلة", "بلدية صيدا"),
        ("كتيبة الرعد", "سرية الرعد"),
        ("نقابة المعلمين", "نقابة المحامين"),
        ("دائرة صحة زحلة", "دائرة تربية زحلة"),
        ("حركة الفجر الجديد", "حركة العهد الجديد"),
        ("لجنة الحي الشرقي", "لجنة الحي الغربي"),
        ("اللجنة النقابية للعاملين بشركة وادي النور للأسمنت", "شركة وادي النور للأسمنت"),
    ],
)
def test_bodies_that_are_two(one: str, other: str) -> None:
    assert count(("النهر", body(one)), ("الوادي", body(other))) == 2


def test_a_surname_taken_for_a_body_is_who_another_report_names() -> None:
    assert count(("النهر", person("عمار الحمد")), ("الوادي", body("الحمد"))) == 1
    assert count(("النهر", person("عمار الحمد")), ("الوادي", body("الشرطة"))) == 2


@pytest.mark.parametrize(
    ("names", "origins"),
    [
        (("باسل", "باسل الراشد"), 1),
        (("باسل", "باسل الراشد", "باسل العلي"), 3),
        (("عبد الله الراشد", "عبدالله الراشد"), 1),
        (("سامر النجار", "سامي النجار"), 2),
    ],
)
def test_persons_by_longer_and_shorter_names(names: tuple[str, ...], origins: int) -> None:
    assert count(*((f"منبر {at}", person(name)) for at, name in enumerate(names))) == origins


@pytest.mark.parametrize(
    ("one", "other", "origins"),
    [
        ("أوهورو كينياتا", "أوهورو كيناتا", 1),
        ("اقليدس تساكالاتوس", "اقليدس تساكالوتوس", 1),
        ("سامر النجار", "سمير النجار", 2),
        ("أوهورو كينياتا", "جومو كيناتا", 2),
    ],
)
def test_names_of_another_script(one: str, other: str, origins: int) -> None:
    assert count(("النهر", person(one)), ("الوادي", person(other))) == origins


def test_what_another_outlet_says_is_of_its_only_source() -> None:
    theirs = ("النهر", Voice("مصدر طبي", "unnamed_source", ""))
    quoted = ("الوادي", Voice("صحيفة النهر", "media", "outlet:النهر"))
    assert count(theirs, quoted) == 1
    # Where it has two, it is one of them, and no third.
    assert count(theirs, ("النهر", body("شرطة زحلة")), quoted) == 2


def test_a_post_alone_is_who_is_named_with_it() -> None:
    named = ("النهر", Voice("عبده الراشد", "named_person", "name:عبده راشد", posts=("صاحب مركب",)))
    other = ("الغدير", Voice("سالم علي", "named_person", "name:سالم علي", posts=("صاحب مركب",)))
    alone = ("الوادي", Voice("صاحب المركب", "witness", ""))
    anybody = ("الوادي", Voice("صاحب مركب", "witness", ""))
    assert count(named, alone) == 1
    assert count(named, other, alone) == 3
    assert count(named, anybody) == 2


def test_who_is_quoted_without_a_name_is_the_only_one_of_the_outlet() -> None:
    own = ("النهر", Voice("سكان", "witness", ""))
    quoted = ("الوادي", Voice("شيخ قبلي", "unnamed_official", "", "outlet:النهر", "النهر"))
    assert count(own, quoted) == 1


def test_who_is_quoted_without_a_name_may_be_either_of_two() -> None:
    own = [("النهر", Voice("سكان", "witness", "")), ("النهر", Voice("مصدر طبي", "unnamed_source", ""))]
    quoted = ("الوادي", Voice("شيخ قبلي", "unnamed_official", "", "outlet:النهر", "النهر"))
    assert count(*own, quoted) == 3


def test_a_paper_is_no_party_where_somebody_speaks() -> None:
    paper = Voice("كشوف الأجور", "document", "name:كشوف اجور")
    profiles = [Profile("d0", "d0", "النهر", "outlet:نهر", None, None, "", 100, ())]
    told = [
        (0, Telling("e0", f"c{at}", "PROTEST", at, "asserts", "certain", voice, (), "none", True, (), True))
        for at, voice in enumerate((body("شركة النور"), paper))
    ]
    first, second = find_origins(told, profiles, {}, Verdicts())
    assert first is not None
    assert first.label == "شركة النور"
    assert second is None
    (alone,) = find_origins(told[1:], profiles, {}, Verdicts())
    assert alone is not None
    assert alone.label == "النهر"


@pytest.mark.parametrize(("carrier", "origins"), [("صحيفة محلية", 1), ("إحدى القنوات", 1), ("قناة الوادي", 2)])
def test_whom_an_outlet_without_a_name_cites(carrier: str, origins: int) -> None:
    own = Voice("مصدر جمركي", "unnamed_source", "")
    cited = Voice("مصدر جمركي", "unnamed_source", "", f"outlet:{carrier}", carrier)
    assert count(("النهر", own), ("السهل", cited)) == origins
