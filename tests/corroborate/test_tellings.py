"""What a report says of its happening: numbers, denials, corrections, and paragraphs that turn to something else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

import khabar
from khabar.corroborate.digest import build_digester
from khabar.corroborate.figures import find_numbers
from khabar.corroborate.profiles import Happening, Profile
from khabar.records import Reading
from khabar.resources import load_resources

RESOURCES = load_resources()
DIGESTER = RESOURCES.compiled(build_digester)


def read(text: str, title: str = "", published: str = "2020-05-20T10:00:00+03:00") -> Reading:
    return khabar.read(text, title=title or None, published=published)


def profile(text: str, title: str = "") -> Profile:
    return DIGESTER.profile(read(text, title))


def main(text: str, title: str = "") -> Happening:
    return profile(text, title).happenings[0]


def numbers(text: str) -> list[tuple[str, float | None, float | None, bool]]:
    found = find_numbers(read(text), DIGESTER.cues, DIGESTER.counting)
    return [(one.figure.role, one.figure.min, one.figure.max, one.part) for one in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("نقل المسعفون جثث ستة أشخاص، بينهم طفلان.", ("killed", 6, 6, False)),
        ("وصل إلى المستشفى تسعة عشر جريحا أربعة منهم في حال خطرة.", ("injured", 19, 19, False)),
        ("وصل إلى المستشفى تسعة عشر جريحا أربعة منهم في حال خطرة.", ("injured", 4, 4, True)),
        ("قالت البلدية إن سبعة عمال، بينهم سائق، لقوا مصرعهم.", ("killed", 7, 7, False)),
        ("انهار المبنى وأودى بحياة أحد عشر.", ("killed", 11, 11, False)),
        ("خلّف الحريق 26 جريحا.", ("injured", 26, 26, False)),
        ("قالت اللجنة إن عدد المصابين بلغ أربعين.", ("injured", 40, 40, False)),
        ("قالت اللجنة إن عدد الجرحى الذين سقطوا أمام المبنى يفوق العشرين.", ("injured", 21, None, False)),
        ("قالت اللجنة إن عدد الجرحى الذين سقطوا في الساحة، أمس، يفوق العشرين.", ("injured", 21, None, False)),
        ("أكد المدير أن المصابين تسعة لا أكثر.", ("injured", 9, 9, False)),
        ("طالبت النقابة بالإفراج عنهم، مقدرة عددهم بما لا يقل عن 15.", ("count", 15, None, False)),
        ("قالت البلدية إن خمسة عمال من شركة النظافة التابعة لها قتلوا في الحادث.", ("killed", 5, 5, False)),
        ("قال المختار إن اثنين لقيا مصرعهما في الهجوم.", ("killed", 2, 2, False)),
        ("قال المختار إن ستة من أهالي القرية فقدوا حياتهم في الهجوم.", ("killed", 6, 6, False)),
        ("نفت الوزارة سقوط أربعة عشر جريحا وأكدت أن العدد الحقيقي خمسة.", ("injured", 5, 5, False)),
        ("وقال المدير إن ضحايا الانهيار 16، دفنوا جميعا في القرية.", ("killed", 16, 16, False)),
        ("قال المدير إن من فقدوا حياتهم في الانهيار سبعة.", ("killed", 7, 7, False)),
        ("أكد المجلس أن عدد العائلات العائدة ست وأربعون، وأن القوائم جاهزة.", ("count", 46, 46, False)),
        ("قالت الشرطة إن ثلاثة أشخاص، هم من عمال البلدية، أصيبوا بحروق.", ("injured", 3, 3, False)),
        ("أسفر الحريق عن مقتل ثمانية أشخاص معظمهم من العمال.", ("killed", 8, 8, False)),
        ("قدّر المكتب عدد الواصلين بما بين 1500 و2000 نازح.", ("count", 1500, 2000, False)),
        ("قالت الإدارة إن عدد العمال المضربين لا يتجاوز 250، وإن الميناء يعمل.", ("count", None, 250, False)),
        ("قالت الإدارة إن المضربين 80 عاملا على أبعد تقدير.", ("count", None, 80, False)),
        ("قالت الشركة إن حمولة الصهاريج 300 ألف لتر.", ("count", 300_000, 300_000, False)),
        ("ينص الاتفاق على زيادة لا تتعدى 250 دينارا.", ("count", None, 250, False)),
    ],
)
def test_numbers_of_people(text: str, wanted: tuple[str, float, float | None, bool]) -> None:
    assert wanted in numbers(text)


def test_ages_and_things_beside_the_hurt_are_none_of_them() -> None:
    text = "توفي السائق سالم العلي (41 عاما) متأثرا بجروحه. وقال شاهد إن قذيفتين سقطتا وإن المصابين نقلوا بسيارة."
    assert [one for one in numbers(text) if one[0] != "count"] == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("رفعت لجنة أطباء حلب، وهي جسم مستقل، حصيلة قصف سوق حلب إلى تسعة قتلى.", "لجنة أطباء حلب"),
        ("وما زالت وزارة الصحة تتحدث عن تسعة قتلى في قصف سوق حلب.", "وزارة الصحة"),
        ("قدر مصدر طبي عدد القتلى في قصف سوق حلب بتسعة قتلى.", "مصدر طبي"),
    ],
)
def test_who_gives_a_number_says_it_though_no_claim_was_read(text: str, who: str) -> None:
    text = "قصفت طائرات سوق مدينة حلب يوم الأحد.\n" + text
    said = [t for t in main(text, "قصف سوق حلب").tellings if any(figure.min == 9 for figure in t.figures)]
    assert [telling.voice.label for telling in said if telling.voice] == [who]


def test_the_first_sentence_after_a_dateline_is_the_lead() -> None:
    text = "طرابلس 20 أيار (الساحل) - أفرجت السلطات يوم الثلاثاء عن 24 محتجزا من أهالي غريان في ليبيا."
    told = [figure.min for telling in main(text, "الإفراج عن محتجزين").tellings for figure in telling.figures]
    assert told == [24]


@pytest.mark.parametrize(
    "text",
    [
        "قتل 52 شخصا منذ مطلع العام في حوادث سير.",
        "في آذار من العام الماضي، حين أوقف أربعة صيادين ثم أطلقوا.",
    ],
)
def test_numbers_of_long_ago_are_not_of_the_news(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("نفى جيش البادية أن تكون قواته قصفت سوق مدينة الرقة يوم الأحد.", "part"),
        ("نفى جيش البادية مسؤوليته عن قصف سوق مدينة الرقة يوم الأحد.", "part"),
        ("نفى جيش البادية وقوع أي قصف على سوق مدينة الرقة يوم الأحد، وقال إن ثلاث فرق زارت المكان.", "full"),
        ("نفت وزارة الصحة صحة الأرقام المتداولة عن ضحايا قصف سوق مدينة الرقة.", "part"),
        ("نفت جماعة «أهل الجبل»، يوم الثلاثاء، أن يكون مقاتلوها وراء قصف سوق مدينة الرقة.", "part"),
        ("قال رئيس البلدية إنه لا صحة لوقوع قصف على سوق مدينة الرقة يوم الأحد.", "full"),
        ("أكدت وزارة الداخلية أن الأنباء عن هجوم على مطار حلب عارية عن الصحة.", "full"),
        ("نفى جيش البادية أن يكون هو الذي قصف سوق مدينة الرقة يوم الأحد.", "part"),
        ("قال جيش البادية إن قواته ليست هي من قصف سوق مدينة الرقة يوم الأحد.", "part"),
        ("قال جيش البادية إن لا صلة له بقصف سوق مدينة الرقة يوم الأحد.", "part"),
        ("تبرأ جيش البادية من قصف سوق مدينة الرقة يوم الأحد.", "part"),
        ("نفت وزارة الصحة سقوط قتلى في قصف سوق مدينة الرقة يوم الأحد.", "part"),
        ("نفت بلدية الرقة أن يكون عدد القتلى في قصف السوق قد بلغ مئة وعشرين.", "part"),
        ("نفى رئيس البلدية أن يكون القصف متعمدا.", "part"),
        ("نفى مسؤول في جيش البادية أن تكون مدفعية الجيش قد قصفت سوق مدينة الرقة يوم الأحد.", "part"),
        ("نفت شرطة الرقة اعتقال 14 عاملا في سوق المدينة يوم الأحد.", "full"),
        ("نفت شرطة الرقة أن يكون 14 عاملا قد اعتقلوا في سوق المدينة يوم الأحد.", "part"),
    ],
)
def test_what_is_denied_is_all_of_it_or_a_part(text: str, wanted: str) -> None:
    assert {telling.denial for telling in main(text).tellings} - {"none"} == {wanted}


@pytest.mark.parametrize(
    "said",
    [
        "ونفى مدير الشرطة أن يكون أي موقوف قد ضرب أو أهين.",
        "وقالت نقابة العمال إن عدد الموقوفين سبعة عمال لا تسعة كما تقول الشرطة.",
    ],
)
def test_what_is_denied_of_a_happening_that_stands_is_a_part(said: str) -> None:
    text = "اعتقلت شرطة الرقة تسعة عمال في سوق المدينة يوم الأحد، بحسب ما قال شهود. " + said
    assert {one.denial for one in main(text, "اعتقال تسعة عمال في سوق الرقة").tellings} == {"none", "part"}


@pytest.mark.parametrize(
    "said",
    [
        "وتمسك شاهد بروايته رغم نفي قيادة شرطة الموصل وقوع أي هجوم.",
        "أما مجلس الموصل فقد جدد على لسان ناطقه نفي حصول أي هجوم.",
        "وجددت شرطة الموصل نفيها وقوع هجوم.",
        "وقد نفت شرطة الموصل، عبر قناة محلية، أن يكون هجوم قد وقع.",
        "وخرج الناطق باسم شرطة الموصل لينفي حصوله من الأساس.",
        "وأنكرت شرطة الموصل الحكاية من أولها إلى آخرها.",
        "ولا يتفق ذلك مع ما صرحت به شرطة الموصل من أن أحدا لم يهاجم السوق.",
        "أما شرطة الموصل فتنفي، وفق ما نشره موقع محلي، أن يكون هجوم قد وقع.",
        "وأكد الشاهد ما رآه رغم صدور بلاغ عن شرطة الموصل يجزم بأن شيئا من ذلك لم يقع.",
        "وتحدث شاهد ثان عن هجوم على السوق، وهو ما تنفيه شرطة الموصل.",
        "ويشار إلى أن شرطة الموصل نفت في بيانها يوم الاثنين حصول أي هجوم على السوق.",
    ],
)
def test_a_denial_told_in_passing_is_one(said: str) -> None:
    text = "هاجم مسلحون سوق مدينة الموصل صباح الأحد، بحسب ما قال شاهد لصحيفة الغدير. " + said
    [denied] = [one for one in main(text, "هجوم على سوق الموصل").tellings if one.denial != "none"]
    assert denied.denial == "full"
    assert denied.voice
    assert "الموصل" in denied.voice.label


def test_who_denies_to_have_done_it_denies_no_more_by_saying_that_there_was_none() -> None:
    text = "نفى جيش البادية أن تكون قواته قصفت سوق مدينة الرقة يوم الأحد، مؤكدا أن طيرانه لم يشن أي غارة."
    assert {one.denial for one in main(text, "جيش البادية ينفي قصف سوق الرقة").tellings} - {"none"} == {"part"}


@pytest.mark.parametrize(
    "text",
    [
        "هاجم مسلحون سوق الموصل. ولم تنف الشرطة وقوع الهجوم.",
        "هاجم مسلحون سوق الموصل. وجاء النفي الأول بعد الهجوم بساعة، كما ذكرت الشرطة.",
        "هاجم مسلحون سوق الموصل. وقالت لجنة التجار إنها لا علاقة لها بأي حزب.",
        "هاجم مسلحون سوق الموصل. وأكدت الشرطة أن أحدا من الباعة لم يتعرض لأذى.",
        "هاجم مسلحون سوق الموصل صباح الأحد. واستبعد مصدر أمني ضلوع تنظيم كبير في الهجوم.",
    ],
)
def test_what_is_no_denial(text: str) -> None:
    assert {one.denial for one in main(text, "هجوم على سوق الموصل").tellings} == {"none"}


def test_who_says_that_nobody_touched_them_tells_of_no_attack() -> None:
    text = (
        "خطف مسلحون عمال الطريق في ولاية دارفور يوم السبت، بحسب ما قال مصدر أمني. وأنكرت الشرطة الحكاية من أولها إلى "
        "آخرها، وقالت الشرطة إن العمال عادوا إلى قراهم غاضبين، وإن أحدا لم يتعرض لهم."
    )
    denying = [one for one in main(text, "خطف عمال الطريق").tellings if one.voice and "شرطة" in one.voice.label]
    assert "full" in {one.denial for one in denying}
    assert not any(one.tells for one in denying if one.denial == "none")


def test_an_exception_is_no_denial() -> None:
    text = "زار وزير الصحة مستشفى مدينة الرقة يوم الأحد. وقالت النقابة إن الوزير لم يدخل سوى قسمين وإن أحدا لم يرافقه."
    assert {one.denial for one in main(text, "زيارة وزير الصحة للمستشفى").tellings} == {"none"}


def test_denying_a_link_to_another_happening_denies_neither() -> None:
    text = "قتل مسلحون تاجرين في سوق كركوك يوم الاثنين. ونفت الشرطة أي صلة بينه وبين الهجوم الذي شهدته الموصل."
    assert {telling.denial for telling in main(text).tellings} <= {"none"}


@pytest.mark.parametrize(
    "text",
    [
        "تصحيح: أصيب في هجوم الموصل 21 شخصا وليس 12 كما ذكرنا.",
        "تصحيح: يصبح عدد الجرحى الذين سقطوا يوم الاثنين الماضي في هجوم الموصل 21 بدلا من 12.",
        "تصويب: أصاب هجوم الموصل 12 شخصا. والصحيح، كما عاد المصدر نفسه ليوضح صباح اليوم، أن عدد المصابين 21.",
        "تصحيح: ذكرنا أن عدد المصابين في هجوم الموصل 12 شخصا، والصواب 21 مصابا.",
        "صحّحت البلديّة بيانها عن هجوم الموصل، وقالت إنّ المصابين 21 شخصاً وليسوا 12.",
        "قالت الشرطة إن عدد المصابين في هجوم الموصل هو 21 شخصا وليس 12 كما ذُكر في بيانها السابق.",
    ],
)
def test_a_correction_names_the_wrong_and_the_right_number(text: str) -> None:
    assert [(one.role, one.old, one.new) for one in main(text).amendments] == [("injured", 12, 21)]


def test_a_correction_may_stand_further_down() -> None:
    text = (
        "نفت بلدية الموصل أن يكون حريق السوق متعمدا، وقالت إن التحقيق مستمر، وإن أصحاب المحال سيعوضون قبل نهاية الشهر "
        "الجاري عما لحق بهم من خسائر في البضائع والأثاث، وإن اللجنة التي شكلت لهذا الغرض بدأت عملها أمس وستعلن نتائجه.\n"
        "وصححت البلدية عدد المصابين في الحريق، موضحة أنه سبعة وليس تسعة."
    )
    assert [(one.role, one.old, one.new) for one in main(text, "حريق سوق الموصل").amendments] == [("injured", 9, 7)]


def test_two_people_in_one_word_are_a_number_that_corrects() -> None:
    text = "ورد في خبر الوكالة عن هجوم الموصل أن ثلاثة من الحراس قتلوا. والصحيح أن قتيلين سقطا في الهجوم."
    found = main(text, "الوكالة تصحح: قتيلان لا ثلاثة في هجوم الموصل").amendments
    assert [(one.role, one.old, one.new) for one in found] == [("killed", 3, 2)]


def test_one_is_a_number_that_corrects() -> None:
    text = "صوب المتحدث ما جاء في بيان أمس عن هجوم الموصل، مبينا أن جنديا واحدا أصيب في الهجوم لا جنديين."
    found = main(text, "المتحدث يصوب خبر هجوم الموصل").amendments
    assert [(one.role, one.old, one.new) for one in found] == [("injured", 2, 1)]


def test_several_numbers_are_corrected_at_once_each_for_its_own() -> None:
    text = "جاء في خبر عن هجوم الموصل أن أربعة جنود قتلوا وأن اثنين أصيبا، والصحيح أن القتلى اثنان والجرحى أربعة."
    found = main(text, "الوكالة تصحح خبر هجوم الموصل").amendments
    assert {(one.role, one.old, one.new) for one in found} == {("killed", 4, 2), ("injured", 2, 4)}


def test_that_nobody_was_hurt_denies_nothing_that_happened() -> None:
    text = "أعلن الدفاع المدني إجلاء 40 أسرة من الموصل فجر السبت. وأضاف في بيان أن الفرق لم تسجل أي وفيات."
    assert {telling.denial for telling in main(text, "إجلاء 40 أسرة من الموصل").tellings} == {"none"}


def test_who_holds_others_is_not_whom_they_count() -> None:
    text = "قال السائق إن تسعة ملثمين خطفوا أربعة عمال على طريق تكريت يوم الأحد."
    figures = [one.figure for one in find_numbers(read(text), DIGESTER.cues, DIGESTER.counting)]
    assert [(one.min, bool(one.of)) for one in figures] == [(9, False), (4, True)]


def test_a_paragraph_that_sets_another_happening_beside_it_is_of_that() -> None:
    text = (
        "أعلنت البلدية يوم الأحد إضراب عمال النظافة في تكريت.\n"
        "ويتزامن الإضراب مع هجوم على حاجز في بيجي. وقالت الشرطة إن المهاجمين قتلوا حارسين.\n"
    )
    found = profile(text, "إضراب عمال النظافة").happenings
    assert [one.type for one in found] == ["PROTEST", "ASSAULT"]


def test_a_paragraph_that_turns_to_something_else_is_a_happening_of_its_own() -> None:
    text = (
        "قصفت طائرات حربية سوق مدينة أريحا صباح الأحد وقتلت خمسة أشخاص.\n"
        "وأغلقت المدارس أبوابها.\n"
        "وفي شأن آخر، أعلنت الشرطة في حلب اعتقال تسعة متظاهرين يوم السبت.\n"
    )
    found = profile(text, "قصف سوق أريحا").happenings
    assert [one.type for one in found] == ["ASSAULT", "COERCE"]
    assert text[found[1].start : found[1].end].startswith("وفي شأن آخر")


def test_who_was_named_in_full_goes_by_less_in_a_paragraph_that_turns_to_something_else() -> None:
    text = (
        "قال الناطق باسم شرطة الموصل سامر النجار إن مسلحين هاجموا سوق المدينة صباح الأحد.\n"
        "وفي شأن أمني آخر، قال النجار إن تسعة متظاهرين اعتقلوا في أربيل يوم السبت.\n"
    )
    found = profile(text, "هجوم على سوق الموصل").happenings
    assert {one.voice.label for one in found[1].tellings if one.voice} == {"شرطة الموصل"}
    assert len(found[0].tellings) == 1


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("نشر نادي الأسير في الخليل قائمة بأسماء تسعة شبان اعتقلهم الجيش في حلحول يوم الأحد.", "اعتقلهم"),
        ("تحدث شاهد إلى صحيفة الغدير عن هجوم على سوق الموصل صباح الأحد.", "هجوم"),
    ],
)
def test_no_report_is_about_who_spoke_or_published(text: str, trigger: str) -> None:
    reading = read(text)
    [event] = [one for one in reading.events if one.id == DIGESTER.profile(reading).happenings[0].event]
    assert trigger.startswith(event.trigger.text)


def lines_run(reading: Reading) -> int:
    """Lines of Python that the profile of a reading takes, rounds of comprehensions included."""
    count = 0

    def trace(_: FrameType, event: str, __: object) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        DIGESTER.profile(reading)
    finally:
        sys.settrace(None)
    return count


def test_the_profile_of_a_long_text_costs_by_its_length() -> None:
    sentence = (
        "قالت شرطة الموصل يوم الأحد إن مسلحين هاجموا سوق المدينة وقتلوا ثلاثة أشخاص. "
        "ونفى مجلس كركوك في آذار 2018 وقوع أي هجوم على الحويجة، وقال إن 12 عاملا وصلوا إلى أربيل. "
    )
    short, long = (lines_run(read(sentence * count, "هجوم على سوق الموصل")) for count in (100, 200))
    assert long < 2.2 * short


@pytest.mark.parametrize("before", ["بعد أيام من نهاية", "بعد أقل من أسبوع على", "قبل شهرين من", "بعد"])
def test_what_the_happening_came_after_is_told_by_nobody(before: str) -> None:
    text = f"قالت نقابة الصيادين إن إضرابا بدأ في مرفأ صور صباح الأحد. ويأتي التوقف {before} إضراب خاضه بحارة المرفأ في صيدا."
    assert all(one.voice for one in main(text, "إضراب في مرفأ صور").tellings)


def test_who_was_hurt_elsewhere_is_told_of_elsewhere() -> None:
    text = (
        "قالت شرطة الموصل إنها اعتقلت تسعة أشخاص في سوق المدينة صباح الأحد.\n"
        "وفي شأن متصل، أفاد الدفاع المدني بأن شخصين قتلا في انفجار لغم في أربيل يوم السبت.\n"
    )
    found = main(text, "اعتقال تسعة أشخاص في الموصل")
    assert not [one for one in found.tellings if one.sure and one.voice and "المدني" in one.voice.label]


def test_who_tells_of_an_attack_and_denies_that_anything_was_looted_denies_a_part() -> None:
    text = (
        "أكدت نقابة السائقين أن مسلحين هاجموا ثلاث حافلات قرب الموصل صباح الأحد. "
        "ونفت النقابة مع ذلك أن تكون أمتعة أي حافلة قد سرقت.\n"
    )
    found = main(text, "هجوم على حافلات قرب الموصل")
    assert [one.denial for one in found.tellings if one.stance == "denies"] == ["part"]


def test_who_says_that_it_was_held_indeed_tells_of_it() -> None:
    text = (
        "نفت وزارة الدفاع عقد أي اجتماع مع الوفد في الموصل يوم الأحد.\n"
        "لكن مصدرا أمنيا قال إن الاجتماع عقد بالفعل ظهر الأحد.\n"
    )
    found = main(text, "نفي عقد اجتماع في الموصل")
    assert [one.tells for one in found.tellings if one.voice and one.voice.kind == "unnamed_source"] == [True]
