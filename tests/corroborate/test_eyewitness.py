"""What an outlet's people saw, on sentences of our own."""

from __future__ import annotations

import pytest

from khabar import read
from khabar.corroborate.copies.credits import build_credits
from khabar.corroborate.cues import build_cues
from khabar.corroborate.digest import build_digester
from khabar.corroborate.voices.eyewitness import outlet_that_saw, saw_at
from khabar.corroborate.words import words_of
from khabar.resources import load_resources

RESOURCES = load_resources()
CUES = RESOURCES.compiled(build_cues)
DIGESTER = RESOURCES.compiled(build_digester)
OUTLETS = RESOURCES.compiled(build_credits).outlets


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("وشاهد مراسل الغدير حفرة في الشارع", True),
        ("وسمعت مراسلتنا دوي انفجار ثان", True),
        ("وهرع مراسل الشبكة إلى المكان فوجد سيارات تحترق", True),
        ("وعاين فريق الموقع المكان بعد ساعة", True),
        ("ورأينا دفاتر مبعثرة على الأرض", True),
        ("وقال مراسل الغدير إن الشارع أغلق", False),
        ("وشاهد الأهالي حفرة في الشارع", False),
        ("ووصل فريق الإنقاذ إلى المكان", False),
    ],
)
def test_who_saw_it(text: str, seen: bool) -> None:
    assert (saw_at(words_of(text), CUES) is not None) == seen


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("وشاهد مراسل «الغدير» حفرة", None),
        ("وشاهد مراسل الموقع حفرة", None),
        ("وشاهد مراسل «نسيم البحر» حفرة", "نسيم البحر"),
        ("وشاهد مصور متعاون مع الغدير حفرة", None),
    ],
)
def test_whose_reporter_it_is(text: str, label: str | None) -> None:
    at = saw_at(words_of(text), CUES)
    assert at is not None
    voice = outlet_that_saw(text, at, OUTLETS.key("صحيفة الغدير"), OUTLETS)
    assert (voice.label if voice else None) == label


def test_a_reporter_of_the_outlet_is_not_of_one_whose_name_begins_alike() -> None:
    text = "وشاهد مراسل رؤيا البحر حفرة"
    at = saw_at(words_of(text), CUES)
    assert at is not None
    assert outlet_that_saw(text, at, OUTLETS.key("وكالة رؤيا البحر"), OUTLETS) is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        # the outlet says that it was there
        ("ولدى وقوفنا أمام المعمل صباح أمس كان العمال جالسين", True),
        ("ولم نر أثرا للشرطة حول المعمل", True),
        ("وكنا على بعد أمتار عندما خرج العمال", True),
        ("ووجدنا الأبواب مغلقة بالسلاسل", True),
        # its own name does
        ("ورأت «الغدير» عشرات العمال أمام المعمل", True),
        ("وأحصت الغدير ست شاحنات متوقفة", True),
        ("ووفق ما عاينه مراسلنا بقيت الأبواب مغلقة", True),
        ("وفي جولة لـ«الغدير» بدت الورش فارغة", True),
        ("وعاينت الجريدة الورش الثلاث", True),
        ("وصورت كاميرا «الغدير» البوابة مغلقة", True),
        # its people do something there
        ("وكان صحفيونا هناك حين رشق المحتجون الحافلات بالحجارة", True),
        ("ورافق مصورنا العمال إلى الطريق العام حيث أشعلوا الإطارات", True),
        ("وتنقل فريقنا بين الورش فلم يجد فيها أحدا", True),
        # who is only spoken to, asked or named saw nothing
        ("وقال العامل لمراسلنا في المعمل إن الأجور تأخرت شهرين", False),
        ("وحاول مراسلنا الاتصال بمدير المعمل مرات عدة بلا جواب", False),
        ("الكاف – من مراسلنا", False),
        ("وعلمت «الغدير» أن الإدارة ستجتمع غدا", False),
        ("ورأت «المنارة» في القرار ظلما", False),
        ("ولو سألناه لوجدنا عنده الجواب", False),
        ("وقدم فريقنا أفضل مباراة له هذا الموسم أمام الضيوف", False),
    ],
)
def test_where_the_outlet_itself_was(text: str, seen: bool) -> None:
    assert (saw_at(words_of(text), CUES, ("غدير",)) is not None) == seen


def test_what_is_seen_beside_the_matter_is_not_told_of_it() -> None:
    lead = "قالت النقابة إن العمال أضربوا في معمل الإسمنت صباح الأحد.\n\n"
    for seen, there in (("ارتفع سعر الخبز في السوق", False), ("بقيت أبواب المعمل مغلقة", True)):
        text = f"{lead}و{seen}، وفق ما عاينه مراسلنا منذ الصباح."
        reading = read(text, title="إضراب في معمل الإسمنت", published="2021-05-03", publisher="صحيفة الغدير")
        tellings = DIGESTER.profile(reading).happenings[0].tellings
        assert any(one.voice is None for one in tellings) == there
