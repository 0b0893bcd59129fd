"""Where a body is by its name, and which names of bodies that say so are of one."""

from __future__ import annotations

import pytest

from corroborate.test_origins import count
from khabar.config import Settings
from khabar.corroborate.profiles import Voice
from khabar.corroborate.voices.where import Gazette, build_gazette, located, where_of
from khabar.resources import load_resources


@pytest.fixture(scope="module")
def gazette() -> Gazette:
    return load_resources(Settings(reader="rules")).compiled(build_gazette)


@pytest.mark.parametrize(
    ("name", "places", "nation"),
    [
        ("شرطة ولاية سنار", ("سنار",), ""),
        ("خفر السواحل بالمنطقة الغربية", ("غربيه",), ""),
        ("الجمارك الأردنية", (), "JO"),
        ("دائرة صحة ديالى", ("ديالي",), ""),
        ("وزارة الداخلية في مملكة البحرين", (), "BH"),
        ("شرطة بغداد", ("بغداد",), ""),
        ("أنقرة", (), "TR"),
    ],
)
def test_where_a_body_is(gazette: Gazette, name: str, places: tuple[str, ...], nation: str) -> None:
    where = where_of(name, gazette)
    assert where is not None
    assert (where.places, where.nation) == (places, nation)


@pytest.mark.parametrize("name", ["مستشفى السلام", "هيئة تنظيم النقل البري", "البلدية", "منظمة العفو الدولية"])
def test_a_name_of_no_place(gazette: Gazette, name: str) -> None:
    assert where_of(name, gazette) is None


def origins(gazette: Gazette, *names: str) -> int:
    voices = (located(Voice(name, "organization", f"name:{name}"), gazette) for name in names)
    return count(*((f"منبر {at}", voice) for at, voice in enumerate(voices)))


@pytest.mark.parametrize(
    "names",
    [
        ("شرطة ولاية سنار", "رئاسة شرطة الولاية", "الشرطة"),
        ("قيادة شرطة محافظة ذي قار", "مديرية شرطة ذي قار"),
        ("المديرية العامة للجمارك", "الجمارك اللبنانية", "الجمارك"),
        ("المديرية العامة لأمن الدولة", "أمن الدولة"),
        ("خفر السواحل الليبي", "جهاز حرس السواحل", "خفر السواحل بالمنطقة الشرقية"),
        ("إدارة ميناء عدن", "سلطات الميناء"),
        ("دائرة صحة ديالى", "السلطات الصحية"),
        ("شرطة البصرة", "السلطات"),
        ("القيادة العامة للقوات المسلحة الأردنية", "الجيش الأردني", "القوات المسلحة"),
        ("أنقرة", "الحكومة التركية", "السلطات التركية", "تركيا"),
        ("وزارة الداخلية الكويتية", "الداخلية"),
        ("مصالح الحماية المدنية لولاية سطيف", "الحماية المدنية"),
        ("فرع جهاز الإسعاف بسبها", "الفرع"),
        ("مستشفى الحديدة العام", "إدارة المستشفى"),
        ("حكومة ولاية جنوب كردفان", "ولاية جنوب كردفان", "حكومة جنوب كردفان"),
        ("ولاية سطيف", "مصالح ولاية سطيف", "مصالح الولاية"),
        ("بنك الكويت المركزي", "المركزي الكويتي", "البنك المركزي"),
        ("وزارة الموارد المائية والري", "وزارة الري المصرية"),
        ("الدرك الوطني", "المجموعة الإقليمية للدرك الوطني بتلمسان"),
    ],
)
def test_names_of_one_body(gazette: Gazette, names: tuple[str, ...]) -> None:
    assert origins(gazette, *names) == 1


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (("شرطة الخرطوم", "شرطة بورتسودان"), 2),
        (("وزارة الداخلية العراقية", "وزارة الداخلية الأردنية"), 2),
        (("وزارة الصحة", "دائرة صحة ديالى"), 2),
        (("حرس السواحل اليوناني", "حرس السواحل التركي"), 2),
        (("الحكومة اللبنانية", "الجيش اللبناني", "الجمارك اللبنانية"), 3),
        (("محافظة حمص", "شرطة حمص", "السلطات"), 3),
        (("السلطات السودانية", "السلطات المصرية"), 2),
        (("نقابة الصيادين في صيدا", "نقابة الصيادين في صور"), 2),
        (("إدارة السجن", "إدارة المستشفى"), 2),
        (("السلطات الصحية", "شرطة البصرة"), 2),
        (("ولاية سطيف", "الحماية المدنية لولاية سطيف"), 2),
        (("إدارة معبر باب الهوى", "إدارة معبر باب السلامة"), 2),
        (("شرطة جنوب كردفان", "شرطة شمال كردفان"), 2),
        (("إدارة موانئ البصرة", "نقابة عمال الموانئ في البصرة"), 2),
        (("وزارة التربية والتعليم", "نقابة معلمي التربية والتعليم"), 2),
        (("قيادة قوات التحالف", "قيادة قوات البيشمركة"), 2),
    ],
)
def test_names_of_several_bodies(gazette: Gazette, names: tuple[str, ...], wanted: int) -> None:
    assert origins(gazette, *names) == wanted
