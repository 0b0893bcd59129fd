"""Places: what is named, where the span ends, and what a mention carries."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.mentions import find_mentions
from khabar.mentions.gazetteer_build import PlaceRow, build_gazetteer
from khabar.mentions.places import find_places, place_mentions
from khabar.records import Mention, document_from
from khabar.resources import Resources, load_resources
from khabar.text import normalise, segment

RESOURCES = load_resources()


def places(text: str, publisher: str | None = None) -> list[Mention]:
    document = document_from(text, external_id="t", language="ar", publisher=publisher, published="2020-01-01")
    normal = normalise(text)
    return [m for m in find_mentions(document, normal, segment(normal), RESOURCES) if m.type == "PLACE"]


def named(text: str) -> list[str]:
    return [m.text for m in places(text)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        # Clitics stay outside, the article inside; nothing is invented.
        ("عاد الوفد من الرقة وبالموصل قصف، ثم سافر للأردن.", ["الرقة", "الموصل", "أردن"]),
        ("قال وليد إن وزير الدفاع أصدر بيانا في إطار التحقيق.", []),
        # Generic heads stay outside, sites keep theirs with what belongs to them.
        ("دخل الجيش مدينة عدن ومحافظة لحج وبلدة الزبداني.", ["عدن", "لحج", "الزبداني"]),
        ("هبطت الطائرة في مطار عدن الدولي قبل أن تغلق قاعدة العند الجوية.", ["مطار عدن الدولي", "قاعدة العند الجوية"]),
        ("أغلق معبر نصيب وفتح منفذ الوديعة.", ["معبر نصيب", "منفذ الوديعة"]),
        ("وصلت العائلات إلى مخيم الزعتري في الأردن.", ["مخيم الزعتري", "الأردن"]),
        ("هاجم مسلحون معسكر الغدير غرب الموصل.", ["معسكر الغدير", "الموصل"]),
        # Adjectives of nationality are no countries.
        ("أعلنت القوات السورية والحكومة السعودية هدنة في السوق السعودية.", []),
        ("أعلنت السعودية وسوريا هدنة.", ["السعودية", "سوريا"]),
        # Words that are names of places elsewhere.
        ("حمل المتظاهرون العلم في ميدان التدريب وقال إن الشعب مع الوحدة.", []),
        ("دخلت القوات ناحية العلم شرق تكريت.", ["العلم", "تكريت"]),
        ("كان الأب يتحدث عن أب وأم.", []),
        ("سيطرت المقاومة على مدينة إب وسط اليمن.", ["إب", "اليمن"]),
        # Lists after a plural head, known or not.
        ("طهرت القوات قرى العكيرشي، والأسدية في ريف الرقة.", ["العكيرشي", "الأسدية", "الرقة"]),
        ("قصفت أحياء خور مكسر والمعلا وكريتر والتواهي.", ["خور مكسر", "المعلا", "كريتر", "التواهي"]),
        # Unknown villages by their head.
        ("سقطت قذائف على قرية الخضيراء شمال حلب.", ["الخضيراء", "حلب"]),
        # A directorate of a field is a body, that of a place a place.
        ("قالت مديرية أمن الوادي ومديرية التربية إن مديرية مودية هادئة.", ["مودية"]),
        # A person and a body named after places.
        ("قال الرئيس عبد الفتاح الحلبي إن جامعة القاهرة مغلقة.", []),
    ],
)
def test_spans(text: str, spans: list[str]) -> None:
    assert named(text) == spans


def test_a_country_a_region_a_town_and_a_part_of_a_town() -> None:
    found = {m.text: m.place for m in places("زار الوفد العراق ومحافظة الأنبار ومدينة الرمادي وحي الكرادة ببغداد.")}
    precision = {name: place.precision for name, place in found.items() if place}
    assert precision == {
        "العراق": "country",
        "الأنبار": "region",
        "الرمادي": "exact",
        "الكرادة": "near",
        "بغداد": "exact",
    }
    ramadi, anbar, iraq = found["الرمادي"], found["الأنبار"], found["العراق"]
    assert all((ramadi, anbar, iraq))
    assert ramadi.parent == anbar.id
    assert anbar.parent == iraq.id
    assert anbar.radius_km
    assert ramadi.radius_km is None


def test_north_of_a_town_is_near_it() -> None:
    (raqqa, *_) = [m for m in places("قصف الطيران مواقع شمال الرقة في سوريا.") if m.text == "الرقة"]
    assert raqqa.place
    assert raqqa.place.precision == "near"
    assert raqqa.place.radius_km


def test_a_site_without_a_point_has_that_of_its_container_and_says_so() -> None:
    (dam, *_) = places("انهار جزء من سد الموصل في العراق.")
    assert dam.place
    assert dam.place.precision in {"near", "region"}
    assert dam.place.radius_km
    assert dam.place.lat


def test_an_unknown_village_keeps_its_container() -> None:
    (village, *_) = places("اندلع حريق في قرية الزمهريرة في محافظة لحج جنوب اليمن.")
    assert village.place is None
    assert village.unresolved
    assert village.unresolved.reason == "unknown"
    assert village.unresolved.within == "geonames:6201197"


def test_one_sense_in_one_article() -> None:
    text = "دارت معارك في مدينة المنصورة بعدن.\nوقال سكان المنصورة إن كريتر هادئة.\nوأغلقت طرق المنصورة."
    ids = {m.place.id for m in places(text) if m.text == "المنصورة" and m.place}
    assert len(ids) == 1


def test_every_row_of_the_tables_has_a_container_that_is_there(resources: Resources) -> None:
    gazetteer = resources.compiled(build_gazetteer)
    missing = [e.id for e in gazetteer.by_id.values() if e.within and e.within not in gazetteer.by_id]
    assert missing == []
    bad = [e.id for e in gazetteer.by_id.values() if e.lat is not None and not (-90 <= e.lat <= 90)]
    assert bad == []


@given(st.text(alphabet='ابتدرقةلوفكم من في مدينة، .\n«»"', max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_spans_in_order_that_are_in_it(text: str) -> None:
    normal = normalise(text)
    end = 0
    for mention in place_mentions(normal, find_places(normal, segment(normal), RESOURCES)):
        assert mention.start >= end
        assert mention.text == text[mention.start : mention.end] != ""
        end = mention.end


def test_a_village_of_one_district_of_the_named_governorate_is_known() -> None:
    (village, *_) = places("اندلع حريق في قرية الخضيراء في محافظة لحج جنوب اليمن.")
    assert village.place
    assert village.place.country == "YE"
    assert village.place.precision == "region"
    assert village.place.parent in RESOURCES.compiled(build_gazetteer).by_id


def test_sites_have_a_point_with_its_source_or_what_contains_them() -> None:
    sites = list(RESOURCES.tables.rows("gazetteer/sites.tsv", PlaceRow))
    assert sum(bool(site.source) for site in sites) >= 150
    assert all(bool(site.source) if site.lat is not None else bool(site.within) for site in sites)


# As ISO 3166-2 counts them; Morocco's twelve regions, Iraq's governorates with those of the Kurdistan Region.
_FIRST_LEVEL = {
    "AE": 7, "BH": 4, "DZ": 58, "EG": 27, "IQ": 19, "IR": 31, "JO": 12, "KW": 6, "LB": 8, "LY": 22, "MA": 12, "MR": 15,
    "OM": 11, "PS": 16, "QA": 8, "SA": 13, "SD": 18, "SO": 18, "SS": 10, "SY": 14, "TN": 24, "TR": 81, "YE": 22,
}  # fmt: skip


@pytest.mark.parametrize("country", sorted(_FIRST_LEVEL))
def test_every_first_level_division_of_the_region_is_there(country: str) -> None:
    entries = RESOURCES.compiled(build_gazetteer).by_id.values()
    divisions = [entry for entry in entries if entry.country == country and entry.feature == "ADM1"]
    assert len(divisions) >= _FIRST_LEVEL[country]
    assert all(division.lat is not None for division in divisions)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        # After a preposition or a generic head the first letter is the name's.
        ("اندلع حريق في ببنين شمال لبنان.", ["ببنين", "لبنان"]),
        ("زار الوفد بلدة ببنين في عكار.", ["ببنين", "عكار"]),
        ("نزل الوفد ببنين في غرب أفريقيا.", ["ببنين"]),
    ],
)
def test_names_that_begin_like_a_preposition(text: str, spans: list[str]) -> None:
    assert named(text)[: len(spans)] == spans
