"""Numbers of a report: whom they count, whose they are, and which exclude each other."""

from __future__ import annotations

import pytest

import khabar
from khabar.corroborate.digest import build_digester
from khabar.corroborate.figures import find_numbers
from khabar.corroborate.profiles import MEANS, Figure, Happening
from khabar.corroborate.stories.conflicts import Statement, find_conflicts
from khabar.resources import load_resources
from khabar.text import fold

RESOURCES = load_resources()
DIGESTER = RESOURCES.compiled(build_digester)


def figures(text: str) -> list[tuple[str, float | None, float | None, str | None]]:
    """Figures that are no part of another."""
    reading = khabar.read(text, published="2020-05-20T10:00:00+03:00")
    numbers = [one.figure for one in find_numbers(reading, DIGESTER.cues, DIGESTER.counting) if not one.part]
    return [(one.role, one.min, one.max, one.unit) for one in numbers]


def happening(text: str, title: str) -> Happening:
    return DIGESTER.profile(khabar.read(text, title=title, published="2020-05-20T10:00:00+03:00")).happenings[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قالت اللجنة إن الذين اعتقلوا في السوق أمس تسعة، وإنهم نقلوا إلى العاصمة.", ("count", 9, 9, "person")),
        ("قال رئيس النقابة إن من أوقفوا سبعة لا أكثر.", ("count", 7, 7, "person")),
        ("وتمسك المجلس بأنهم 42 كما قال.", ("count", 42, 42, "person")),
        ("قالت إدارة المصنع إن المضربين 120، وإن العمل مستمر.", ("count", 120, 120, "striker")),
        ("قال المدير إن المتجمهرين أربعون حتى الآن.", ("count", 40, 40, "person")),
        ("قالت الشركة إن القوارب التي سحبت من المرفأ ثمانية، أحدها غرق.", ("count", 8, 8, "boat")),
        ("قال شاهد إن الشاحنات سبع وإن السائقين بخير.", ("count", 7, 7, "truck")),
        ("ذكرت المصلحة أن الحافلات التي لم تغادر المرآب لا تزيد على ثلاثين.", ("count", None, 30, "bus")),
        ("قال الوزير إن الأسر التي عادت تسعون.", ("count", 90, 90, "family")),
        ("ارتفع عدد القتلى إلى سبعة بعدما توفي شاب متأثرا بجروحه.", ("killed", 7, 7, "person")),
        ("قال المدير إن عدد القتلى صار عشرة.", ("killed", 10, 10, "person")),
        ("قال القائد إن اللواء فقد سبعة من رجاله في الهجوم.", ("killed", 7, 7, "person")),
        ("قال رئيس المقاطعة إن السلطات رحلت 310 تشاديين من البلدة.", ("count", 310, 310, "person")),
        ("خطف مسلحون خمسة من جامعي الفطر في الغابة.", ("count", 5, 5, "person")),
        ("قالت الجمعية إن 24 من أعضائها محتجزون في الميناء.", ("count", 24, 24, "person")),
        ("تتراوح التقديرات بين ستة قتلى بحسب الشرطة وتسعة بحسب مصدر طبي.", ("killed", 9, 9, "person")),
        ("كانت الدية 60 مليون ليرة سورية، ثم اتفق الطرفان على 45 مليونا.", ("count", 45e6, 45e6, "lira")),
        ("كانت الدية 60 مليون ليرة سورية، ثم اتفق الطرفان على 45 مليونا.", ("count", 60e6, 60e6, "lira")),
    ],
)
def test_a_number_counts_what_its_clause_speaks_of(
    text: str, wanted: tuple[str, float | None, float | None, str]
) -> None:
    assert wanted in figures(text)


@pytest.mark.parametrize(
    ("text", "own", "aside"),
    [
        ("قالت البلدية إن عدد المخطوفين سبعة لا تسعة.", [7], [9]),
        ("أكدت الجمعية أن القوارب المفقودة أربعة وليست ستة.", [4], [6]),
        ("قال المحافظ إن من أوقفوا ثلاثة بدلا من خمسة.", [3], [5]),
        ("قال المفتش إن المدارس التي أغلقت تسع من أصل عشرين.", [9], [20]),
        ("قال المفتش إن دورية أوقفت مركبا واحدا قرب الجزيرة.", [1], []),
        ("قالت الشرطة إن عدد المعتصمين لم يتجاوز المئة.", [100], []),
        ("قال الناطق إن عدد الآليات بأقل من ثلاثين.", [29], []),
    ],
)
def test_what_a_text_sets_aside_is_not_its_own_number(text: str, own: list[float], aside: list[float]) -> None:
    numbers = find_numbers(khabar.read(text), DIGESTER.cues, DIGESTER.counting)
    assert [one.figure.max for one in numbers if not one.aside] == own
    assert [one.figure.max for one in numbers if one.aside] == aside


@pytest.mark.parametrize(
    "text",
    [
        "قالت الوزارة إن القوانين 12 وإن المجلس سيناقشها.",
        "قال الوزير إن البساتين تسعة، وكلها للبلدية.",
    ],
)
def test_a_broken_plural_is_no_people(text: str) -> None:
    assert not [one for one in figures(text) if one[3] == "person"]


@pytest.mark.parametrize(
    "text",
    [
        "وصل المسلحون على متن سيارتين وخطفوا العمال.",
        "كان المهاجمون يستقلون ثلاث سيارات.",
        "ونهب المسلحون حمولة شاحنتين قبل أن يفروا.",
        "قال المختار إن الرقم الذي أعلنته الشرطة، وهو 60 مسلحا، مبالغ فيه.",
        "وتحدثت الصحف عن ستة قتلى، وهو رقم الوزارة.",
        "وشغلت الإدارة رافعتين من ست رافعات في المرفأ.",
    ],
)
def test_what_somebody_came_in_and_what_is_anothers_number_is_not_counted(text: str) -> None:
    assert figures(text) == []


def test_all_the_dead_are_counted_whoever_was_counted_before() -> None:
    found = figures("قال القائد إن القوة فقدت ثلاثة من رجالها وإن مدنيا قضى معهم، ليبلغ عدد القتلى أربعة.")
    assert ("killed", 4, 4, "person") in found


def test_who_counts_things_says_it_though_no_claim_was_read() -> None:
    text = "وصل رتل من لواء الصقور إلى مدينة تدمر صباح الأحد. وأحصى شهود تحدثوا إلى إذاعتنا 25 آلية في الرتل."
    told = [one for one in happening(text, "رتل يصل إلى تدمر").tellings if any(f.min == 25 for f in one.figures)]
    assert [one.voice.kind for one in told if one.voice] == ["witness"]


@pytest.mark.parametrize(
    ("words", "value", "length"),
    [
        ("12 شاحنة", 12, 1),
        ("خمسا وعشرين اليه", 25, 2),
        ("السبعين", 70, 1),
        ("احد عشر عاملا", 11, 2),
        ("ثلاث مئه وخمسين", 350, 3),
        ("تسعميه وتسعه وتسعين", 999, 3),
        ("ثلاثه الاف ومئتين", 3200, 3),
        ("45 مليونا بعدما", 45_000_000, 2),
    ],
)
def test_numbers_in_running_words_are_read_by_the_one_grammar(words: str, value: int, length: int) -> None:
    found = DIGESTER.counting.at(fold(words).split(), 0)
    assert found is not None
    assert (found.value, found.length) == (value, length)


@pytest.mark.parametrize(
    "text",
    [
        "نقل المهاجرون في خمس شاحنات إلى الحدود يوم الأحد.",
        "خطف مسلحون مهندسا واقتادوه بثلاث سيارات إلى جهة مجهولة.",
        "أحصى متطوعون ركاب سبع حافلات خرجت من البلدة.",
    ],
)
def test_what_carried_them_counts_nothing_of_what_happened(text: str) -> None:
    reading = khabar.read(text, published="2020-05-20T10:00:00+03:00")
    vehicles = [
        one.figure for one in find_numbers(reading, DIGESTER.cues, DIGESTER.counting)
        if one.figure.unit in {"truck", "car", "bus"}
    ]  # fmt: skip
    assert [one.of for one in vehicles] == [MEANS]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قالت اللجنة إن المفرج عنهم تسعة وصلوا إلى بيوتهم أمس.", ("count", 9, 9, "person")),
        ("تلقت الولاية تسع استقالات من أعضاء المجلس يوم الأحد.", ("count", 9, 9, "person")),
        ("قال الطبيب إن قتلى الاشتباك خمسة من الطرفين.", ("killed", 5, 5, "person")),
    ],
)
def test_those_that_a_deed_or_a_participle_stands_for_are_counted(
    text: str, wanted: tuple[str, float, float, str]
) -> None:
    assert wanted in figures(text)


@pytest.mark.parametrize("word", ["الاف", "بعشرين", "وعشرين", "شاحنه", "٣" * 40])
def test_what_is_no_number_by_itself(word: str) -> None:
    assert DIGESTER.counting.at([word], 0) is None


# --- which exclude each other ---


def statement(origin: str, *given: Figure) -> Statement:
    return Statement(origin, f"d-{origin}", "", given)


def count(value: float, unit: str, *, sure: bool = False, of: str = "", people: bool = False) -> Figure:
    return Figure("count", value, value, unit, sure=sure, of=of, people=people)


def values(*statements: Statement) -> list[tuple[str | None, list[float | None]]]:
    return [(one.unit, [value.min for value in one.values]) for one in find_conflicts(statements, ())]


def test_people_that_two_origins_count_are_in_conflict_though_no_event_was_found_for_them() -> None:
    one, other = (count(value, "guard", people=True) for value in (12, 9))
    assert values(statement("o1", one), statement("o2", other)) == [("guard", [9, 12])]


def test_things_are_counted_where_one_of_those_who_count_them_says_that_they_are_what_it_is_about() -> None:
    assert values(statement("o1", count(12, "truck")), statement("o2", count(9, "truck"))) == []
    assert values(statement("o1", count(12, "truck", sure=True)), statement("o2", count(9, "truck"))) == [
        ("truck", [9, 12])
    ]


def test_numbers_far_apart_are_of_different_things() -> None:
    assert (
        values(statement("o1", count(5, "person", sure=True)), statement("o2", count(3000, "person", sure=True))) == []
    )


def test_one_origin_alone_is_in_no_conflict() -> None:
    assert values(statement("o1", count(12, "truck")), statement("o1", count(9, "truck"))) == []


def test_kinds_of_people_are_one_unit_where_somebody_leaves_open_what_they_are() -> None:
    found = values(
        statement("o1", count(34, "fisherman", people=True)), statement("o2", count(39, "fisherman", people=True)),
        statement("o3", count(21, "man", people=True)),
    )  # fmt: skip
    assert found == [("person", [21, 34, 39])]


def test_who_is_named_for_the_deed_is_counted_with_all_whom_it_befell() -> None:
    one = statement("border", count(4, "person", sure=True, people=True))
    other = statement("sheikh", count(2, "detainee", people=True))
    assert values(one, other) == [("person", [2, 4])]


def test_who_came_is_not_counted_with_those_who_were_taken() -> None:
    found = values(
        statement("o1", count(14, "worker", sure=True, people=True)),
        statement("o2", count(9, "worker", sure=True, people=True)),
        statement("o3", count(6, "man", sure=True, of="MOVE", people=True)),
    )
    assert found == [("person", [9, 14])]


def test_what_one_event_counts_another_may_count_in_the_same_unit() -> None:
    found = values(
        statement("o1", count(420, "family", sure=True, people=True)),
        statement("o2", count(510, "family", sure=True, of="COERCE", people=True)),
    )
    assert found == [("family", [420, 510])]
