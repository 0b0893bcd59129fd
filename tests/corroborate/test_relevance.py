"""Which of those who speak in a report tell of what it is about, on texts of our own."""

from __future__ import annotations

import pytest

from khabar import read
from khabar.corroborate.digest import build_digester
from khabar.corroborate.profiles import Telling
from khabar.corroborate.words import words_of
from khabar.resources import load_resources

DIGESTER = load_resources().compiled(build_digester)
TITLE = "انهيار مبنى سكني في حلب"
LEAD = "حلب (سوريا) 3 مايو - انهار مبنى سكني من خمس طبقات في حي الشعار شرقي حلب فجر الاثنين وقتل ثلاثة من سكانه. "


def tellings(text: str, title: str = TITLE) -> tuple[Telling, ...]:
    """Of the main happening of a report."""
    reading = read(text, title=title, published="2021-05-03T10:00:00+03:00", publisher="صحيفة الغدير")
    return DIGESTER.profile(reading).happenings[0].tellings


def surely(text: str, title: str = TITLE) -> list[str]:
    """The names of those who surely tell of it."""
    return [one.voice.label for one in tellings(text, title) if one.voice and one.sure and one.denial == "none"]


def test_who_speaks_of_what_title_and_lead_speak_of_tells() -> None:
    assert surely(LEAD + "وقالت البلدية إن المبنى السكني كان مهجورا قبل الحرب.") == ["البلدية"]


def test_who_judges_promises_or_complains_tells_nothing() -> None:
    for said in (
        "وأدانت النقابة انهيار المبنى السكني.",
        "ووعد المجلس المحلي بترميم المباني السكنية.",
        "واشتكى الجيران من إهمال المبنى السكني.",
    ):
        assert surely(LEAD + said) == []


def test_who_wants_something_tells_of_nothing() -> None:
    assert surely(LEAD + "وقال أحد السكان إنه لا يريد سوى سقف ونافذة.") == []


def test_who_plays_it_down_denies_nothing() -> None:
    found = tellings(LEAD + "وقلل المحافظ من حجم انهيار المبنى السكني.")
    assert {one.denial for one in found} == {"none"}


def test_news_that_nobody_stands_behind_is_no_source() -> None:
    assert surely(LEAD + "وتحدثت الأنباء عن انهيار مبنى آخر في الحي.") == []


def test_another_matter_is_not_surely_told() -> None:
    assert surely(LEAD + "وأعلنت مديرية التعليم تأجيل الامتحانات أسبوعا.") == []


def test_who_saw_it_tells() -> None:
    [label] = surely(LEAD + "وقالت بائعة في السوق إنها سمعت دويا ورأت الغبار يتصاعد.")
    assert label.startswith("بائعة")


def test_a_paragraph_that_turns_to_something_else_only_tells_what_it_surely_tells() -> None:
    text = (
        LEAD + "وقالت البلدية إن المبنى كان متصدعا.\nوفي شأن آخر، قالت نقابة الأطباء إن كل مبنى سكني يحتاج إلى مستوصف."
    )
    assert surely(text) == ["البلدية"]


def test_who_denies_that_it_went_so_does_not_deny_that_it_was() -> None:
    text = "نفت وزارة الصحة أن تكون زيارة الوزير للمستشفى قد ألغيت. وقالت إن الوفد عاد مساء."
    [denied] = [one.denial for one in tellings(text, "زيارة الوزير للمستشفى") if one.denial != "none"]
    assert denied == "part"


def test_a_paragraph_of_another_matter_tells_nothing() -> None:
    text = LEAD + "وقالت البلدية إن المبنى كان متصدعا.\nوفي شأن آخر، قالت نقابة الأطباء إن ثلاثة قتلوا في حادث سير."
    assert surely(text) == ["البلدية"]


def test_a_body_of_those_concerned_tells() -> None:
    text = (
        "بدأ معلمو حلب الأحد إضرابا لثلاثة أيام احتجاجا على تأخر الأجور. وقالت نقابة المعلمين إن النسبة بلغت التسعين."
    )
    assert surely(text, "إضراب المعلمين في حلب") == ["نقابة المعلمين"]


def test_the_outlet_tells_what_it_only_calls_to_mind_of_nobody() -> None:
    def own(text: str) -> list[Telling]:
        return [one for one in tellings(text, "نزوح جديد من الريف") if one.voice is None]

    assert own("شهد ريف حلب الأحد نزوحا كبيرا للسكان نحو الحدود. وقال شهود إن الطريق طويل.")
    assert not own("بقيت في ريف حلب الأحد ذكرى نزوح السكان حاضرة. وقال شهود إن الطريق طويل.")


def test_what_is_known_at_large_is_no_telling() -> None:
    assert surely(LEAD + "وبحسب إحصاءات الأمم المتحدة، قتل تسعون من سكان المباني السكنية منذ عام 2015.") == []


def test_who_it_befell_and_their_kin_tell() -> None:
    said = "وقال خالد الزين، والد إحدى الضحايا، إن أحدا لم يطرق بابه. وقال النازح سمير عبود إن الخيمة أرحم."
    assert surely(LEAD + "ونزح الباقون. " + said, TITLE + " ونازحون بلا مأوى") == ["خالد الزين", "سمير عبود"]


def test_who_answers_tells_of_it_in_passing() -> None:
    text = "نفت الشرطة وقوع هجوم على سوق حلب. وسقط في الهجوم على سوق حلب ثلاثة جرحى يوم الأحد."
    assert all(one.inner for one in tellings(text, "هجوم على سوق حلب") if one.voice is None)


def test_what_an_outlet_recalls_of_other_years_is_not_told() -> None:
    text = "قال شهود إن مسلحين هاجموا سوق حلب. وشهدت حلب خلال الأعوام الماضية هجمات على السوق المسقوف."
    assert [one for one in tellings(text, "هجوم على سوق حلب") if one.voice is None] == []


def test_words_that_somebody_else_reports_are_marked() -> None:
    text = LEAD + "وقال محافظ حلب إن نقابة المهندسين أعلنت أن المبنى السكني كان متصدعا."
    assert {one.voice.label: one.inner for one in tellings(text) if one.voice} == {
        "محافظة حلب": False, "نقابة المهندسين": True,
    }  # fmt: skip


def test_one_who_was_there_tells_and_what_people_say_does_not() -> None:
    assert surely(LEAD + "وقال صاحب مخبز مجاور إن الشارع امتلأ بالغبار.") == ["صاحب مخبز مجاور"]
    assert surely(LEAD + "ويقول سكان الحي إن البلدية لا تسمع.") == []


def test_an_expert_explains_and_tells_nothing() -> None:
    said = "ويرى الخبير سمير عبود أن مواد البناء رخيصة. وقال عبود إن المباني السكنية في حلب قديمة."
    assert surely(LEAD + said) == []


def own(text: str, title: str) -> list[Telling]:
    return [one for one in tellings(text, title) if one.voice is None and not one.inner]


def test_an_outlet_tells_what_its_lead_states() -> None:
    said = " وقالت شركة المطاحن إن القصف أصاب الصوامع."
    assert own("شب حريق كبير في صوامع الغلال شرقي حلب مساء السبت." + said, "حريق في صوامع الغلال")
    assert not own("رفعت لجنة الأطباء حصيلة حريق صوامع الغلال شرقي حلب إلى ستة." + said, "حريق في صوامع الغلال")
    assert not own("اختلفت الروايات بشأن حريق صوامع الغلال شرقي حلب مساء السبت." + said, "حريق في صوامع الغلال")


def test_an_outlet_does_not_tell_what_it_points_at() -> None:
    text = "قال شهود إن مسلحين هاجموا سوق حلب الأحد. وأثار الهجوم على سوق حلب الأحد قلق التجار."
    assert own(text, "هجوم على سوق حلب") == []


def test_who_is_named_and_saw_it_tells() -> None:
    assert surely(LEAD + "وتقول فاطمة الحلو إنها سمعت دويا ثم رأت الغبار.") == ["فاطمة الحلو"]


def test_who_says_who_did_it_tells() -> None:
    said = "وحملت نقابة المهندسين شركة البناء المسؤولية الكاملة عما جرى."
    assert surely(LEAD + said) == ["نقابة المهندسين"]


def test_bodies_in_the_plural_are_nobody_in_particular() -> None:
    assert surely(LEAD + "وتقول منظمات حقوقية إن آلاف السكان يقيمون في مبان متصدعة.") == []


def test_a_verb_that_looks_like_the_present_is_none() -> None:
    [label] = surely(LEAD + "وتحدث ناج من سكان الحي عن وميض سبق الدوي.")
    assert label.startswith("ناج")


def test_a_number_of_what_is_known_is_not_told_by_the_outlet() -> None:
    text = "أعاد مستشفى حلب النظر في عدد المصابين في انفجار سوق حلب يوم الأحد. وقال المستشفى إنهم ستة جرحى."
    assert own(text, "ستة جرحى في انفجار سوق حلب") == []


def test_beside_a_denial_who_speaks_of_the_place_tells_nothing() -> None:
    title, lead = "الشرطة تنفي وقوع هجوم على سوق الحميدية", "نفت الشرطة وقوع أي هجوم على سوق الحميدية الأحد."
    assert surely(lead + " وذكرت غرفة التجارة أن سوق الحميدية مفتوح كالمعتاد.", title) == []


def test_a_lead_that_says_behind_it_whose_word_it_is_is_not_the_outlets() -> None:
    lead = "انهار مبنى سكني في حي الشعار شرقي حلب فجر الاثنين وقتل ثلاثة من سكانه، وفق "
    assert own(lead + "جار للمبنى وموظف في البلدية.", TITLE) == []
    assert own(lead + "ما عاينه مراسلنا في الحي.", TITLE) != []


def test_what_happens_again_and_again_is_not_told_by_the_outlet() -> None:
    said = "قالت البلدية إن مبنى انهار في حي الشعار شرقي حلب فجر الاثنين. ولم يعلق المجلس. وقالت إنه كان خاليا. "
    assert own(said + "وتشهد أحياء حلب القديمة منذ سنوات انهيار مبان متكررا.", TITLE) == []


def test_what_will_be_tells_of_nothing_that_was() -> None:
    assert surely(LEAD + "وقالت شركة البناء إن المبنى السكني سيرمم.") == []
    assert surely(LEAD + "وقالت شركة البناء إن المبنى السكني سيرمم وإن الجدران كانت متشققة.") == ["شركة البناء"]


def test_one_of_those_concerned_is_a_witness_and_no_name() -> None:
    text = "غادرت قافلة تقل مهاجرين مدينة سبها. وقال مهاجر من النيجر إنه كان في إحدى الحافلتين."
    found = [one.voice for one in tellings(text, "قافلة مهاجرين تغادر سبها") if one.voice and one.sure]
    assert [(voice.label, voice.kind) for voice in found] == [("مهاجر من النيجر", "witness")]


def test_who_is_named_with_an_age_is_a_person() -> None:
    text = "أفرجت السلطات عن دفعة من الموقوفين. وقال سامر الحلو (31 سنة)، وهو أحد المفرج عنهم، إنه نقل صباحا من حمص."
    found = [one.voice for one in tellings(text, "دفعة جديدة من المفرج عنهم") if one.voice and one.sure]
    assert [(voice.label, voice.kind) for voice in found] == [("سامر الحلو", "named_person")]


def test_a_mother_is_kin_though_her_word_looks_like_one_with_an_article() -> None:
    said = "وقالت والدة أحد المصابين، وتدعى رنا الحلو، إن الغبار غطى السماء."
    assert surely(LEAD + said) == ["رنا الحلو"]


def test_who_speaks_of_his_own_cares_tells_nothing() -> None:
    strike = (
        "عدن 3 مايو - بدأ عمال النظافة في عدن إضرابا عن العمل صباح الاثنين. وقالت نقابة عمال النظافة إن الإضراب مستمر. "
    )
    title = "إضراب عمال النظافة في عدن"
    for said in (
        "وتقول الخبازة مريم باسل إنها مع العمال لكن من يدفع لها.",
        "ويقول الحلاق سالم نعمان إن الرائحة لا تحتمل منذ أن ترك عمال النظافة الشوارع.",
    ):
        assert surely(strike + said, title) == ["نقابة عمال النظافة"], said


def test_who_lives_with_it_and_saw_it_or_lost_somebody_tells() -> None:
    for said, who in (
        ("وتقول الخبازة مريم باسل إنها سمعت دويا ثم رأت المبنى يميل.", "مريم باسل"),
        ("ويقول أحد أقرباء القتيل إن الرجل كان نائما.", "أحد أقرباء القتيل"),
        ("ويقول سالم نعمان إن شقيقه الأصغر بقي تحت الركام ساعات.", "سالم نعمان"),
    ):
        assert surely(LEAD + said) == [who]


def test_what_somebody_is_quoted_for_at_the_head_is_not_the_outlets() -> None:
    title = "رئيس النادي: استقلت ولن أعود"
    text = "«نعم، كتبت استقالتي يوم الأحد ولن أعود عنها أبدا». بهذه الكلمات رد رئيس النادي في عدن على الصحفيين."
    assert own(text, title) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("عدن: يواصل عمال البلدية إضرابهم لليوم الثالث.", True),
        ("تعز: شيع الأهالي جثامين قتلى الحافلة التي انفجرت يوم الأحد.", False),
        ("تعز: دفن الأهالي قتلى الحافلة التي انفجرت يوم الأحد.", False),
        ("لحج: قتلى في انفجار حافلة على طريق المدينة يوم الأحد.", True),
    ],
)
def test_an_item_of_a_bulletin_tells_and_its_aftermath_does_not(text: str, told: bool) -> None:
    others = "\nمأرب: افتتح المحافظ مدرسة جديدة.\nشبوة: هطلت أمطار غزيرة على المدينة.\nأبين: ارتفعت أسعار الوقود."
    reading = read(text + others, title="نشرة الظهيرة", published="2021-05-03T10:00:00+03:00", publisher="راديو السهل")
    happenings = DIGESTER.profile(reading).happenings
    first = [one for one in happenings if one.start == 0]
    assert [t.voice for one in first for t in one.tellings if t.claim is None] == ([None] if told else [])


def test_a_byline_is_no_sentence_of_the_lead() -> None:
    title = "تجار يعدون خسائرهم"
    text = (
        "عدن – من وليد الغساني\nلم يكن صباح الاثنين في عدن كغيره. فقد بدت الرافعات ساكنة في اليوم الثاني من إضراب عمال "
        "الميناء الذي شل نصفها.\nوقالت نقابة الميناء إن الإضراب مستمر."
    )
    assert [one.voice for one in own(text, title)] == [None]


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        (
            "أكد الأمين العام لنقابة المناجم سالم نعمان، في لقاء مع «الغدير»، أن العمال أضربوا في منجم الصخر يوم الأحد.",
            "نقابة المناجم: لن نعود",
            "PROTEST",
        ),
        (
            "نفى المتصرف أن يكون عدد الأسر التي أجليت من الوادي 45 أسرة، وقال إن 30 أسرة نقلت إلى المدرسة.",
            "المتصرف: نقلنا 30 أسرة",
            "MOVE",
        ),
        (
            "اتهم مسؤول أمني حركة فجر الصحراء بخطف أربعة ممرضين في البلدة يوم الأحد.",
            "اتهام «فجر الصحراء» بخطف ممرضين",
            "COERCE",
        ),
        (
            "رد أمن المحافظة على ما قيل، وجاء ذلك على لسان مديره الذي نزل ضيفا على برنامجنا. وقال إن الشرطة حبست تسعة "
            "أشخاص في البلدة.",
            "أمن المحافظة: تسعة لا أكثر",
            "COERCE",
        ),
    ],
)
def test_names_families_and_occasions_are_not_what_a_report_is_about(text: str, title: str, kind: str) -> None:
    reading = read(text, title=title, published="2021-05-03T10:00:00+03:00")
    assert DIGESTER.profile(reading).happenings[0].type == kind


def test_a_title_that_quotes_somebody_leaves_the_lead_what_the_report_is_about() -> None:
    text = (
        "أعلنت نقابة النسيج في أسيوط مساء الاثنين أن إضراب العمال في المصنع دخل يومه الثاني وأن المشاركين فيه أربعة آلاف "
        "من ورديات المصنع الثلاث، وأن الماكينات متوقفة منذ صباح الأحد في العنابر كلها.\n"
        "وقال رئيس النقابة سامي الدهان إن العمال رفضوا عرض الإدارة. «سمعنا الوعود نفسها ولن نعود إلى الماكينات بوعود شفوية»، "
        "أضاف الدهان."
    )
    reading = read(text, title="الدهان: لن نعود إلى الماكينات بوعود شفوية", published="2021-05-03T20:00:00+03:00")
    assert DIGESTER.profile(reading).happenings[0].type == "PROTEST"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("أمن المحافظة: الموقوفون تسعة والباقون شهود", "COERCE"),
        ("محامي مختطفي الواحة: لا نعلم عنهم شيئا", "COERCE"),
        ("المضربون في الميناء مئتان لا ألف", "PROTEST"),
        ("نازحو السهل بين روايتين", "MOVE"),
    ],
)
def test_a_title_names_a_happening_by_whom_it_befell(title: str, kind: str) -> None:
    assert any(kind in DIGESTER.event_words.of_title(word) for word in words_of(title))


@pytest.mark.parametrize(
    "said",
    [
        "وقال صاحب مقهى في المدينة إن دفتر الديون عنده امتلأ منذ الشتاء.",
        "وقالت خياطة في المدينة إن ماكينتها معطلة منذ الصيف.",
        "ويعاني المبنى السكني من التصدع، وفق ما يقول مختصون في البناء.",
        "وشيد المبنى السكني قبل ستين عاما، بحسب تقارير سابقة للبلدية.",
        "وكانت نقابة المهندسين قد اشتكت العام الماضي من المباني، وقالت إن المبنى السكني متصدع.",
        "وأكد وزير الإسكان، في مناسبة أخرى، أن كل مبنى سكني في حلب سيرمم.",
    ],
)
def test_a_bystander_tells_nothing(said: str) -> None:
    assert surely(LEAD + said) == []


@pytest.mark.parametrize(
    "said",
    [
        "وقال صاحب مقهى قبالة المكان إن الناس خرجوا بثياب النوم.",
        "وقال عامل في الحي إن الرافعات تأخرت.",
    ],
)
def test_one_who_was_near_or_whom_it_befell_is_no_bystander(said: str) -> None:
    assert len(surely(LEAD + said)) == 1


def test_who_is_called_on_does_not_speak() -> None:
    said = (
        "وقال الدفاع المدني إن المبنى السكني انهار كله. وناشدت المنظمات الدولية التدخل، مشيرة إلى أن المبنى بلا سكان."
    )
    assert surely(LEAD + said) == ["الدفاع المدني", "الدفاع المدني"]
