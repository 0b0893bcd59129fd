"""Items of bulletins, answers and copies across reports of our own: which story they are of, and whose word they carry."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from khabar.corroborate.corpus import corroborate
from khabar.corroborate.digest import build_digester
from khabar.corroborate.focus import Focus, units_of
from khabar.corroborate.links import build_link_model
from khabar.corroborate.links.compare import build_affinities, compare
from khabar.corroborate.memory import Forgetful
from khabar.corroborate.records import Story
from khabar.pipeline import read_document
from khabar.records import EventType, Reading, document_from
from khabar.resources import load_resources

RESOURCES = load_resources()
DIGESTER = RESOURCES.compiled(build_digester)
DEAL = (
    "وقعت عشيرتا الزيود والنوافل في بلدة الرطبة غربي العراق صلحا ينهي نزاعا على المراعي يوم الأربعاء، بحسب ما أعلنت لجنة "
    "الصلح العشائري. وقالت اللجنة إن الدية في الصلح أربعون مليون دينار وإن الوثيقة وقعت بحضور وجهاء العشيرتين."
)


def readings(*reports: tuple[str, str, str, str]) -> list[Reading]:
    """Of (outlet, time, title, text)."""
    return [
        read_document(
            document_from(text, external_id=f"r{number}", publisher=outlet, published=at, title=title, language="ar"),
            RESOURCES,
        )
        for number, (outlet, at, title, text) in enumerate(reports, 1)
    ]


def stories(*reports: tuple[str, str, str, str]) -> list[Story]:
    read = readings(*reports)
    texts = {one.document.id: one.document.text for one in read}
    found = corroborate(
        [DIGESTER.profile(one) for one in read], [DIGESTER.signer.sign(text) for text in texts.values()],
        Forgetful(texts.__getitem__), RESOURCES.compiled(build_link_model),
    )  # fmt: skip
    return [one.story for one in found.stories if one.story]


def test_a_story_is_one_item_of_a_bulletin() -> None:
    bulletin = (
        "* سامراء: افتتح المحافظ جسرا جديدا على النهر.\n"
        "* الرطبة: قالت لجنة الصلح العشائري إن صلح الزيود والنوافل على المراعي وقع يوم الأربعاء في الرطبة.\n"
        "* عنه: صلح آخر بين عشيرتين على المراعي وقع يوم الأربعاء في بلدة قرب الرطبة.\n"
        "* الطقس: سماء صافية."
    )
    found = stories(
        ("وكالة الضفة", "2021-05-06T09:00:00+03:00", "صلح بين الزيود والنوافل في الرطبة", DEAL),
        ("راديو السهل", "2021-05-06T20:00:00+03:00", "نشرة المساء", bulletin),
    )
    [deal] = [one for one in found if any(report.external_id == "r1" for report in one.reports)]
    assert {origin.label for origin in deal.origins if "r2" in origin.documents} == {"لجنة الصلح العشائري"}


_LABELLED = (
    "عدن: حددت الجامعة موعد الامتحانات.\n\nلحج: بدأت حملة رش البعوض.\n\nعدن: أعلنت الشركة وصول السفينة.\n\n"
    "أبين: نبهت الأرصاد الصيادين.\n\nشبوة: وقعت قبيلتان صلحا."
)
_PLAIN = "حددت الجامعة موعد الامتحانات.\n\nبدأت حملة رش البعوض.\n\nنبهت الأرصاد الصيادين.\n\nوقعت قبيلتان صلحا."
_INTERVIEW = "الصحيفة: ماذا حدث؟\n\nالعمدة: هاجم مسلحون القرية.\n\nالصحيفة: وكم عددهم؟\n\nالعمدة: عشرون."


@pytest.mark.parametrize(
    ("title", "text", "items"),
    [
        ("صباح البلاد", _LABELLED, 5),
        ("المحافظات في سطور", _PLAIN, 4),
        ("جولة الصباح", _PLAIN, 4),
        ("الأسبوع باختصار", _PLAIN, 4),
        ("جولة مفاوضات جديدة بين الجانبين", _PLAIN, 1),
        ("حديث مع العمدة", _INTERVIEW, 1),
    ],
)
def test_bulletins_are_read_by_their_items(title: str, text: str, items: int) -> None:
    assert len(units_of(document_from(text, external_id="r1", title=title, language="ar"))) == items


def test_a_copy_carries_all_that_its_original_tells() -> None:
    wire = (
        "هز انفجار كبير سوق الخضار في مدينة الرمادي صباح الأحد وقتل خمسة من الباعة، وأغلقت الشرطة الطرق المؤدية إليه حتى "
        "المساء. وقالت دائرة صحة الأنبار إن ستة عشر جريحا نقلوا إلى مستشفى الرمادي العام وإن حال اثنين منهم خطرة. "
        "ويقع السوق قرب الجسر الحديدي وسط أحياء مكتظة بالسكان، ويقصده المزارعون من القرى المجاورة كل صباح."
    )
    copy = wire.replace("هز انفجار كبير", "أفادت أنباء بأن انفجارا كبيرا هز")
    [story] = stories(
        ("وكالة الضفة", "2021-05-02T11:00:00+03:00", "خمسة قتلى في انفجار بسوق الرمادي", wire),
        ("موقع الساحل", "2021-05-02T14:00:00+03:00", "انفجار في سوق الرمادي يقتل خمسة", copy),
    )
    assert all(origin.documents == ("r1", "r2") for origin in story.origins), story.origins
    assert "وكالة الضفة" in {origin.label for origin in story.origins}


def test_an_answer_in_words_of_a_related_type_is_a_little_of_one() -> None:
    [told] = readings(("أ", "2021-05-06T09:00:00+03:00", "صلح", DEAL))
    one = DIGESTER.profile(told).happenings[0]
    kinds: tuple[EventType, ...] = ("AGREE", "RETREAT", "ASSAULT")
    answers = [replace(one, type=kind, types=(kind,), answers=True, answered={"صلح": 4.0}) for kind in kinds]
    affinities = RESOURCES.compiled(build_affinities)
    told_of = replace(one, type="AGREE", types=("AGREE",), lead_roots={"صلح": 4.0})
    assert [compare(told_of, answer, "", "", affinities)["answers"] for answer in answers] == [1.0, 0.25, 0.0]


def test_a_text_without_a_stop_is_cut_so_that_no_loop_over_a_sentence_runs_away() -> None:
    text = "هاجم مسلحون القرية وقتلوا تسعة سكان " * 1000
    unit = units_of(document_from(text, external_id="r1", title="هجوم", language="ar"))[0]
    ends = Focus(text, unit, DIGESTER.rarity, DIGESTER.event_words).ends
    assert all(0 < end - before <= 3000 for before, end in pairwise([0, *ends, len(text)]))
    assert all(text[end] == " " for end in ends)
