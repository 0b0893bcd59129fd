"""Reports of one happening in a small place are one story, though each has its own speakers."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from khabar import read
from khabar.corroborate.digest import build_digester
from khabar.corroborate.links import build_link_model, candidate_links
from khabar.corroborate.links.clusters import cluster
from khabar.corroborate.profiles import Profile
from khabar.resources import load_resources

RESOURCES = load_resources()
DIGESTER, MODEL = RESOURCES.compiled(build_digester), RESOURCES.compiled(build_link_model)
FIRST = (
    "حسكة (سوريا) - قتل أربعة مزارعين في هجوم شنه مسلحون مجهولون على قرية تل سنجار صباح الثلاثاء، وقالت قوى الأمن "
    "الداخلي إنها طوقت المنطقة وفتحت تحقيقا."
)
ANSWER = (
    "قالت رابطة أهالي الخابور، في بيان تسلمت صحيفة الرافد نسخة منه، إن خمسة من أبناء قرية تل سنجار قتلوا في الهجوم الذي "
    "وقع فيها، وإن سادسا ما زال يتلقى العلاج لدى أقاربه."
)
ELSEWHERE = (
    "قتل ثلاثة عناصر من الشرطة في هجوم شنه مسلحون مجهولون على حاجز في قرية رأس الفهد مساء الأربعاء، وقالت قيادة الشرطة "
    "إنها طوقت المنطقة."
)


def profile(title: str, text: str, day: str = "02", paper: str = "صحيفة") -> Profile:
    return DIGESTER.profile(read(text, title=title, published=f"2021-03-{day}T18:00:00+03:00", publisher=paper))


def test_who_says_it_is_no_matter_of_a_title() -> None:
    told = profile("رابطة أهالي الخابور: خمسة قتلى في هجوم تل سنجار", ANSWER).happenings[0]
    assert "خابور" not in told.title_words
    assert "سنجار" in told.title_words
    assert "خابور" in told.lead_words


@pytest.mark.parametrize("title", ["سوريا: خمسة قتلى في هجوم تل سنجار", "خمسة قتلى في هجوم تل سنجار:"])
def test_a_place_before_a_colon_is_and_a_colon_may_end_a_title(title: str) -> None:
    told = profile(title, ANSWER).happenings[0]
    assert {"قتل", "سنجار"} <= set(told.title_words)
    assert ("سوري" in told.title_words) == title.startswith("سوريا")


def test_one_village_and_kind_outweigh_who_is_named() -> None:
    first = profile("مقتل أربعة مزارعين في هجوم على قرية تل سنجار", FIRST)
    answer = profile("رابطة أهالي الخابور: خمسة قتلى في هجوم تل سنجار", ANSWER, paper="الرافد")
    other = profile("مقتل ثلاثة شرطيين في هجوم على قرية رأس الفهد", ELSEWHERE, day="04")
    same, apart = MODEL.features(first, answer), MODEL.features(first, other)
    assert same["names untold"] < 0.2
    assert apart["names untold"] > 0.8
    assert MODEL.score(same) > 2 * MODEL.score(apart)


def test_a_name_under_a_type_is_enough_to_be_compared() -> None:
    found = profile("مقتل أربعة مزارعين في هجوم على قرية تل سنجار", FIRST)

    def with_words(name: str) -> Profile:
        words = {f"{name}{number}": 6.0 for number in range(30)} | {"سنجار": 7.0}
        happening = replace(found.happenings[0], lead_words=words, words=words, lead_names={"سنجار": 7.0})
        return replace(found, document=name, happenings=(happening,))

    first, second = with_words("ألف"), with_words("باء")
    other = replace(second, happenings=(replace(second.happenings[0], type="AID"),))
    assert [(one.left, one.right) for one in candidate_links([first, second])] == [(0, 1)]
    assert candidate_links([first, other]) == []


def test_an_answer_is_held_against_what_it_is_like() -> None:
    scores = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9, (0, 3): 0.5, (1, 3): 0.1, (2, 3): 0.01, (0, 4): 0.3}
    found = cluster(5, scores, lambda left, right: scores.get((left, right), 0.0))
    assert found == [[0, 1, 2, 3], [4]]


def test_who_only_speaks_is_no_name_of_the_matter() -> None:
    told = profile("خمسة قتلى في هجوم تل سنجار", ANSWER).happenings[0]
    assert "سنجار" in told.lead_names
    assert "خابور" in told.names
    assert "خابور" not in told.lead_names


def test_an_hour_says_no_day() -> None:
    hour, named = (
        profile("هجوم على سوق تل سنجار", f"قتل أربعة مزارعين في هجوم على سوق تل سنجار {when}.").happenings[0]
        for when in ("ليلا", "مساء أمس")
    )
    assert not hour.dated
    assert named.dated
    assert named.days == (date(2021, 3, 1).toordinal(),) * 2


def test_a_later_report_that_names_the_day_recalls_it() -> None:
    first = profile("مقتل أربعة مزارعين في هجوم على قرية تل سنجار", FIRST)
    later = "قال مدير مستشفى الخابور إن الجرحى الذين أصيبوا في هجوم يوم الثلاثاء على قرية تل سنجار غادروا المستشفى."
    assert MODEL.features(first, profile("جرحى تل سنجار يغادرون المستشفى", later, day="05"))["day recalled"] == 1.0
    assert MODEL.features(first, profile("جرحى تل سنجار يغادرون المستشفى", later))["day recalled"] == 0.0


NEWS = (
    "أعلنت بلدية تل سنجار إغلاق سوق الماشية أسبوعا بعد الهجوم الذي قتل فيه أربعة مزارعين.\n\n"
    "تظاهر عشرات المعلمين أمام مديرية التربية في الحسكة للمطالبة برواتبهم.\n\n"
    "احتجزت شرطة المرور في رأس الفهد سبع حافلات بلا رخص."
)


@pytest.mark.parametrize("title", ["موجز الظهيرة", "أبرز أخبار اليوم", "نشرة السادسة من إذاعة الخابور"])
def test_paragraphs_of_a_bulletin_stand_alone(title: str) -> None:
    assert len(profile(title, NEWS).happenings) == 3


@pytest.mark.parametrize("title", ["أنباء عن هجوم في تل سنجار", "بلدية تل سنجار تغلق السوق"])
def test_other_texts_are_one(title: str) -> None:
    assert len(profile(title, NEWS).happenings) == 1


def test_what_goes_on_with_the_matter_is_no_bulletin() -> None:
    text = NEWS.replace("تظاهر", "وتظاهر").replace("احتجزت", "واحتجزت")
    assert len(profile("موجز الظهيرة", text).happenings) == 1
