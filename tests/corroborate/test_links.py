"""What tells that two reports are of one happening, or of two, on texts of our own."""

from __future__ import annotations

import pytest

from khabar import read
from khabar.corroborate.digest import build_digester
from khabar.corroborate.focus import units_of
from khabar.corroborate.links import build_link_model, candidate_links
from khabar.corroborate.links.clusters import cluster
from khabar.corroborate.profiles import Profile
from khabar.records import Document
from khabar.resources import load_resources

RESOURCES = load_resources()
DIGESTER, MODEL = RESOURCES.compiled(build_digester), RESOURCES.compiled(build_link_model)


def profile(title: str, text: str, day: str = "02", paper: str = "صحيفة المنارة") -> Profile:
    return DIGESTER.profile(read(text, title=title, published=f"2021-03-{day}T18:00:00+03:00", publisher=paper))


STRIKE = profile(
    "إضراب في مصنع نسيج حلوان",
    "أضرب 420 عاملا في مصنع نسيج حلوان عن العمل صباح الاثنين، وقالت لجنة العمال إنهم يطالبون بأجور متأخرة.",
)
DENIAL = profile(
    "إدارة مصنع حلوان تنفي الإضراب",
    "نفت إدارة مصنع نسيج حلوان إضراب العمال في المصنع يوم الاثنين، وقالت إن الورديات عملت كالمعتاد.",
    paper="راديو النيل",
)
PORT = profile(
    "عمال ميناء بنزرت يوقفون التفريغ",
    "أضرب عمال الشحن في ميناء بنزرت عن العمل صباح الخميس وتوقفت الرافعات، وقالت نقابتهم إنهم يطلبون أحذية وقفازات.",
    day="04",
    paper="جريدة المرسى",
)


def test_an_answer_is_to_who_tells_what_it_denies() -> None:
    assert MODEL.features(STRIKE, DENIAL)["answers"] > 0.6
    assert MODEL.features(PORT, DENIAL)["answers"] < 0.3
    assert MODEL.features(PORT, DENIAL)["answers on other days"] == 1.0
    assert MODEL.score(MODEL.features(STRIKE, DENIAL)) > 2 * MODEL.score(MODEL.features(PORT, DENIAL))


@pytest.mark.parametrize(
    ("taken", "title", "freed"),
    [
        (
            "خطف مسلحون أربعة مهندسين على طريق سبها ظهر الأحد، وقالت الشرطة إنها تبحث عنهم.",
            "الإفراج عن مهندسي سبها",
            "أفرج الخاطفون عن المهندسين الأربعة فجر الأربعاء ووصلوا إلى سبها بعد أيام من خطفهم.",
        ),
        (
            "قتل ثلاثة صيادين برصاص زورق مسلح قرب طرطوس مساء الأحد، وقال أقاربهم إنهم كانوا في مركبهم.",
            "تشييع صيادي طرطوس",
            "شيع المئات في طرطوس جثامين الصيادين الثلاثة الذين قتلوا مساء الأحد.",
        ),
    ],
)
def test_what_comes_after_is_another_happening(taken: str, title: str, freed: str) -> None:
    before = profile("مسلحون على الطريق", taken)
    after = profile(title, freed, day="04", paper="موقع الواحة")
    again = profile(title, freed, day="04", paper="راديو الساحل")
    assert MODEL.features(before, after)["next step"] == 1.0
    assert MODEL.features(after, again)["next step"] == 0.0


def test_a_large_number_is_alike_by_no_chance() -> None:
    def counted(number: str) -> float:
        text = f"اعتقلت الشرطة {number} أشخاص في مدينة تعز مساء الأحد."
        other = f"قالت رابطة الأهالي إن {number} أشخاص اعتقلوا في تعز."
        return MODEL.features(profile("اعتقالات", text), profile("اعتقالات في تعز", other, paper="الرافد"))[
            "numbers same"
        ]

    assert counted("103") == 1.0
    assert 0.0 < counted("3") < 0.5


def test_an_outlet_names_itself_in_all_that_it_prints() -> None:
    texts = (
        "قتل راع بلغم في قرية الشيخ حسن، وقال مختارها لـ«الهدهد» إنه كان وحده.",
        "اعتقلت الشرطة سائقا في الميناء، وقالت لـ«الهدهد» إنه كان مسرعا.",
    )
    one, other = (profile("خبر", text, paper="شبكة الهدهد") for text in texts)
    assert not any("هدهد" in found.happenings[0].lead_words for found in (one, other))
    assert "هدهد" in profile("خبر", texts[0], paper="صحيفة أخرى").happenings[0].lead_words


def document(text: str, title: str = "الأسبوع") -> Document:
    return read(text, title=title, published="2021-03-02").document


def test_paragraphs_with_a_place_before_each_are_a_bulletin() -> None:
    text = (
        "الضالع: قطع محتجون الطريق العام ساعتين.\n\nلودر: وصلت قافلة دقيق إلى المدينة.\n\n"
        "سيئون: افتتح المحافظ مدرسة للبنات.\n\nوارتفعت الأسعار."
    )
    assert [unit.title.split(":")[0] for unit in units_of(document(text))[:3]] == ["الضالع", "لودر", "سيئون"]


def test_an_interview_is_no_bulletin() -> None:
    text = "السائل: متى وصلتم؟\n\nالقائد: وصلنا فجرا.\n\nالسائل: ومن معكم؟\n\nالقائد: كتيبة كاملة."
    assert len(units_of(document(text))) == 1


def test_reports_are_compared_that_share_words_after_their_leads() -> None:
    common = " وكان المجلس البلدي في تل زيوان قد حذر من انهيار جسر الزرنوقية بسبب الحفريات."
    filler = " ".join(f"{word} وصل أحد التجار إلى السوق ظهرا." for word in ("وبعد ذلك", "ثم", "وقبل المساء") * 6)
    first = profile("بعد الحادث", "أصيب سائق في الوادي صباح الأحد." + filler + common)
    second = profile("ليلة في الحي", "اعتقلت دورية شابا من منزله مساء السبت." + filler + common, paper="الرافد")
    assert [(one.left, one.right) for one in candidate_links([first, second])] == [(0, 1)]


def joined(scores: dict[tuple[int, int], float], count: int) -> list[list[int]]:
    return cluster(count, scores, lambda left, right: scores.get((left, right), 0.0))


STORY = dict.fromkeys([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], 0.9)


def test_who_is_like_a_story_brings_no_stranger_with_him() -> None:
    scores = {**STORY, (4, 5): 0.95, (0, 4): 0.8, (1, 4): 0.8, (2, 4): 0.8, (3, 4): 0.8}
    assert joined(scores, 6) == [[0, 1, 2, 3], [4, 5]]


def test_among_very_many_one_is_alike_by_chance() -> None:
    links = {(0, 1): 0.45, (2, 3): 0.7}

    def clusters(vain: int) -> list[list[int]]:
        return cluster(4, links, lambda _left, _right: 0.0, vain=dict.fromkeys(range(4), vain))

    assert clusters(10) == [[0, 1], [2, 3]]
    assert clusters(60) == [[0], [1], [2, 3]]
