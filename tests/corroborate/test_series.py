"""Series and neighbouring happenings are other stories, on texts of our own and on the sample."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pytest

from khabar import read
from khabar.corroborate.corpus import corroborate
from khabar.corroborate.digest import build_digester
from khabar.corroborate.links import build_link_model
from khabar.corroborate.memory import Forgetful
from khabar.ingest import read_inputs
from khabar.pipeline import read_document
from khabar.records import Document
from khabar.resources import load_resources

RESOURCES = load_resources()
DIGESTER, MODEL = RESOURCES.compiled(build_digester), RESOURCES.compiled(build_link_model)
Report = tuple[str, str, str]
"""Day of May 2021, title and text."""

TELEGRAM = (
    "بعث رئيس المجلس {who} برقية تهنئة إلى رئيس {where} بمناسبة ذكرى اليوم الوطني لبلاده. وأعرب الرئيس عن أصدق التهاني "
    "وأطيب التمنيات بالصحة والسعادة له، ولشعب {where} الصديق اطراد التقدم والازدهار."
)
FIRE = (
    "أخمدت فرق الدفاع المدني في {town} {when} حريقا اندلع في شقة سكنية بحي {part}، وأوضح المتحدث باسم الدفاع المدني {who} "
    "أن الحريق أدى إلى إصابة {hurt} باختناق، وأن التحقيق في أسباب الحريق بدأ."
)
BULLETIN = (
    "أعلنت غرفة العمليات في تقريرها عن خروق الهدنة ليوم {day} قصف قرى في {first} بقذائف المدفعية، "
    "وتحليق طائرات استطلاع فوق {second}، وإطلاق نار متقطعا في المناطق الساحلية."
)


def compared(one: Report, other: Report) -> dict[str, float]:
    """The features of a link between two reports, and its `score`."""
    left, right = (
        DIGESTER.profile(read(text, title=title, published=f"2021-05-{day}T10:00:00+03:00", publisher=f"صحيفة {n}"))
        for n, (day, title, text) in enumerate((one, other))
    )
    features = MODEL.features(left, right)
    assert features == MODEL.features(right, left)
    return {**features, "score": MODEL.score(features)}


def telegrams() -> tuple[dict[str, float], dict[str, float]]:
    """A telegram against one to another country, and against its own text under another title."""
    one = TELEGRAM.format(who="سالم الدوسري", where="بوليفيا")
    other = TELEGRAM.format(who="سالم الدوسري", where="أيسلندا")
    found = compared(("06", "برقية إلى رئيس بوليفيا", one), ("07", "برقية إلى رئيس أيسلندا", other))
    return found, compared(("06", "برقية إلى رئيس بوليفيا", one), ("07", "الرئيس يهنئ بوليفيا", one))


def test_a_telegram_to_another_names_another() -> None:
    found, again = telegrams()
    assert found["names untold"] > 0.5
    assert found["title's names untold"] == 1.0
    assert again["names untold"] == 0.0
    assert 1 - found["score"] > 50 * (1 - again["score"])


def test_a_telegram_to_another_is_half_as_likely_at_the_most() -> None:
    found, again = telegrams()
    assert again["score"] > 2 * found["score"]


def test_a_fire_in_another_town_names_another() -> None:
    one = FIRE.format(town="عرعر", when="الأربعاء", part="بدنة", who="عبدالعزيز المطيري", hurt="سبعة أشخاص")
    other = FIRE.format(town="تبوك", when="الأربعاء", part="النهضة", who="ممدوح العنزي", hurt="مواطن وزوجته")
    found = compared(("06", "حريق شقة في عرعر", one), ("06", "حريق شقة في تبوك", other))
    assert found["names untold"] > 0.5
    assert found["title's matter untold"] == 0.0


def test_the_bulletin_of_another_day_says_so() -> None:
    one = BULLETIN.format(day="الثلاثاء", first="حلب وإدلب", second="حمص وحماة")
    other = BULLETIN.format(day="الخميس", first="حلب وإدلب واللاذقية", second="حمص وحماة ودرعا")
    same = ("04", "خروق الهدنة في حلب", one)
    assert compared(same, ("06", "خروق الهدنة في حلب", other))["words on other days"] > 0.8
    assert compared(same, ("04", "خروق الهدنة في حلب", one))["words on other days"] == 0.0


def test_other_matter_of_the_same_names_says_so() -> None:
    clash = "قتل ثلاثة جنود في اشتباكات قرب مطار سبها فجر الأحد، بحسب ما أعلن مجلس سبها العسكري."
    talks = "اجتمع مجلس سبها العسكري بوفد من الأعيان في مطار سبها مساء الثلاثاء وبحث فتح الطريق."
    found = compared(("02", "مقتل ثلاثة جنود قرب مطار سبها", clash), ("05", "مجلس سبها يجتمع بوفد من الأعيان", talks))
    assert found["title's matter untold"] > 0.5


@cache
def sample() -> list[set[str]]:
    """The main reports of each story of the sample, by the ends of their names."""
    path = str(files("khabar") / "data/sample/articles.jsonl")
    documents = [one for one in read_inputs([path], settings=RESOURCES.settings) if isinstance(one, Document)]
    readings = [read_document(document, RESOURCES) for document in documents]
    texts = {document.id: document.text for document in documents}
    found = corroborate(
        [DIGESTER.profile(reading) for reading in readings], [DIGESTER.signer.sign(d.text) for d in documents],
        Forgetful(texts.__getitem__), MODEL,
    )  # fmt: skip
    stories = (one.story for one in found.stories if one.story)
    return [{report.external_id[-2:] for report in story.reports if report.main} for story in stories]


@pytest.mark.parametrize("story", ["01 02 03 04", "09 10", "11 12", "21 22 23 24 25 26 27", "29 30", "31 32 33"])
def test_happenings_of_the_sample_are_whole(story: str) -> None:
    assert any(set(story.split()) <= members for members in sample()), sample()


@pytest.mark.parametrize("apart", ["01 09", "01 11", "01 13", "09 11", "13 14", "13 18", "13 19", "21 28", "21 29"])
def test_what_follows_is_another_story(apart: str) -> None:
    assert not any(set(apart.split()) <= members for members in sample()), sample()


def test_the_market_of_another_day_gives_other_numbers() -> None:
    text = "قال مدير بورصة {where} إن المؤشر أغلق اليوم {how} عند {points} نقطة، وإن الشركات اتفقت على صفقات بلغت {sum} مليون."
    one = ("03", "مؤشر البورصة يغلق", text.format(where="الخرطوم", how="مرتفعا", points="4312", sum="815"))
    other = ("04", "مؤشر البورصة يغلق", text.format(where="الخرطوم", how="منخفضا", points="4287", sum="622"))
    again = ("03", "بورصة الخرطوم ترتفع", text.format(where="الخرطوم", how="على ارتفاع", points="4312", sum="815"))
    assert compared(one, other)["exact numbers apart"] == 1.0
    assert compared(one, again)["exact numbers apart"] == 0.0
    assert compared(one, other)["score"] < 0.3 < compared(one, again)["score"]


@pytest.mark.parametrize(
    ("title", "answers"),
    [
        ("الجوازات تبدأ تصحيح أوضاع المخالفين", False),
        ("حملة لتصحيح مسار الأندية", False),
        ("تصحيح: قتلى الانهيار ثلاثة", True),
    ],
)
def test_who_puts_things_right_corrects_no_report(title: str, answers: bool) -> None:
    text = "قالت الدائرة إن ثلاثة عمال قتلوا في الانهيار يوم الأحد، وأعلنت أن فرقها تعمل في المكان منذ الصباح."
    left = DIGESTER.profile(read(text, title=title, published="2021-05-04T10:00:00+03:00", publisher="صحيفة"))
    assert left.happenings[0].answers is answers
