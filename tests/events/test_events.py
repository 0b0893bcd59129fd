"""What the events stage finds in sentences of our own."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import claim
from khabar.events import find_events, stage_scenes
from khabar.records import Claim, Event, Mention
from khabar.resources import load_resources
from khabar.text import normalise, segment

RESOURCES = load_resources()


def events_of(text: str, names: dict[str, str] | None = None, claims: tuple[Claim, ...] = ()) -> tuple[Event, ...]:
    """Read one text; `names` gives mentions as text to type."""
    normal = normalise(text)
    spans = sorted((text.index(name), name, kind) for name, kind in (names or {}).items())
    mentions = tuple(
        Mention(f"m{number}", start, start + len(name), name, kind)  # type: ignore[arg-type]
        for number, (start, name, kind) in enumerate(spans)
    )
    scenes = stage_scenes(normal, segment(normal), mentions, claims, RESOURCES)
    return find_events(normal, mentions, scenes, [None] * len(scenes), RESOURCES)


def roles_of(event: Event) -> set[tuple[str, str]]:
    return {(role.role, role.text) for role in event.roles}


def claim_on(text: str, content: str, cue: str, stance: str) -> Claim:
    return claim(text, text[:1], cue, content, kind="organization", stance=stance)


@pytest.mark.parametrize(
    ("text", "kind", "trigger"),
    [
        ("هاجم مسلحون حاجزا للجيش فجر اليوم.", "ASSAULT", "هاجم"),
        ("اعتقلت الشرطة ثلاثة مشتبه بهم في المدينة.", "COERCE", "اعتقلت"),
        ("سيطرت القوات على البلدة بعد يومين.", "CONTROL", "سيطرت"),
        ("التقى الوزير نظيره في العاصمة.", "CONSULT", "التقى"),
        ("وصل الوفد إلى العاصمة مساء أمس.", "MOVE", "وصل"),
        ("أفرجت السلطات عن عشرين سجينا.", "CONCEDE", "أفرجت"),
        ("انسحبت القوات من التلال المطلة على الطريق.", "RETREAT", "انسحبت"),
        ("وانسحبت القوات من التلال المطلة على الطريق.", "RETREAT", "انسحبت"),
    ],
)
def test_a_trigger_has_its_type_and_no_clitics(text: str, kind: str, trigger: str) -> None:
    assert (kind, trigger) in {(event.type, event.trigger.text) for event in events_of(text)}


def test_when_it_was_may_stand_between_a_verb_and_what_it_needs() -> None:
    names = {"ليل الثلاثاء": "TIME"}
    (freed,) = events_of("أطلق الخاطفون، ليل الثلاثاء، سراح المهندسين.", names)
    assert (freed.type, freed.trigger.text) == ("CONCEDE", "أطلق")


def test_a_light_verb_leaves_the_trigger_to_its_noun() -> None:
    (event,) = events_of("شن الطيران هجوما على مخزن للذخيرة.")
    assert event.trigger.text == "هجوما"


def test_deaths_are_roles_of_the_attack() -> None:
    events = events_of("قالت الشرطة إن تفجيرا استهدف سوقا أسفر عن مقتل 5 مدنيين.", {"5 مدنيين": "QUANTITY"})
    assert "مقتل" not in {event.trigger.text for event in events}


def test_the_way_from_and_to() -> None:
    (event,) = events_of("غادرت القافلة حلب متجهة إلى إدلب.", {"حلب": "PLACE", "إدلب": "PLACE"})[:1]
    assert event.type == "MOVE"
    assert ("origin", "حلب") in roles_of(event)


def test_a_role_names_its_mention() -> None:
    (event,) = events_of("قصفت الطائرات الرقة أمس.", {"الرقة": "PLACE", "أمس": "TIME"})
    assert {(role.role, role.mention) for role in event.roles} >= {("place", "m0"), ("time", "m1")}


def test_what_will_be_is_planned() -> None:
    (event,) = events_of("سيلتقي الرئيس رئيس الوزراء غدا.")
    assert event.factuality == "planned"


def test_an_event_knows_the_claim_it_stands_in() -> None:
    text = "نفت الوزارة وقوع هجوم على المطار."
    (event,) = events_of(text, claims=(claim_on(text, "وقوع هجوم على المطار", "نفت", "denies"),))
    assert (event.claim, event.factuality) == ("c0", "denied")


ALPHABET = st.sampled_from([*'هجوم قصف قتلوا، من إلى .\n"5ـ\u0651لله بالوفسأ', "قتل ", "الجيش ", "سيطر ", "على ", "🙂"])


@given(st.lists(ALPHABET, max_size=120).map("".join))
def test_any_text_gives_valid_spans_and_the_same_again(text: str) -> None:
    events = events_of(text)
    for event in events:
        for span in (event.trigger, *event.roles):
            assert text[span.start : span.end] == span.text
            assert span.start < span.end
    assert events == events_of(text)


def test_an_empty_text_has_no_events() -> None:
    assert events_of("") == ()


@pytest.mark.parametrize(
    ("text", "trigger", "factuality"),
    [
        ("سيلتقي الرئيس رئيس الوزراء غدا.", "يلتقي", "planned"),
        ("لم تقصف الطائرات أي مستشفى.", "تقصف", "denied"),
        ("قصفت الطائرات مستشفى أمس.", "قصفت", "certain"),
        ("طالب النائب بوقف القتال فورا.", "وقف", "demanded"),
        ("تعتزم القوات شن هجوم على البلدة.", "هجوم", "planned"),
    ],
)
def test_factuality(text: str, trigger: str, factuality: str) -> None:
    assert factuality in {event.factuality for event in events_of(text) if event.trigger.text == trigger}


def test_who_speaks_the_deed_is_its_agent() -> None:
    text = "وأضافت أن الطريق مغلق. واتهمت الشركة بالإهمال."
    spoken = claim_on(text, "الشركة بالإهمال", "اتهمت", "asserts")
    events = events_of(text, claims=(spoken,))
    accusation = next(event for event in events if event.type == "ACCUSE")
    assert [role.text for role in accusation.roles if role.role == "agent"] == [text[:1]]


def test_a_phrase_is_not_both_sides_of_one_deed() -> None:
    for event in events_of("هدد القائد بقصف المدينة إذا لم تنسحب القوات من مواقعها."):
        sides = {role.role: (role.start, role.end) for role in event.roles if role.role in ("agent", "target")}
        assert len(set(sides.values())) == len(sides)


def test_generic_talk_names_no_event() -> None:
    assert events_of("الحرب شر والسلام خير.") == ()
    assert events_of("يحب الأطفال اللعب في الحدائق.") == ()


def steps(text: str) -> int:
    """Calls of Python functions in the reading of one text."""
    count = 0

    def trace(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(trace)
    try:
        events_of(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit", ["قتل ", "قتل الجيش ", "هجوم على المدينة، ", "قالت إن ", "من الجنود ", '"', "5 ", "كل من "]
)
def test_steps_grow_with_the_length_of_one_sentence(unit: str) -> None:
    steps(unit * 10)
    # Lengths at which the number of events per sentence has settled: below, one sentence more may double it.
    assert steps(unit * 8000) < 2.4 * steps(unit * 4000)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("أعلن الجيش إسقاط طائرة مسيرة قرب الميناء.", "مسيرة"),
        ("أسقط الجيش طائرات مسيرة فوق الميناء.", "مسيرة"),
        ("وصلت إلى الميناء شحنة من قطع الغيار.", "قطع"),
        ("اتفق الطرفان على وقف إطلاق النار في المدينة.", "إطلاق"),
        ("دعا الوزير الجميع إلى ضبط النفس.", "ضبط"),
        ("شن النائب هجوما لاذعا على الوزير.", "هجوما"),
        ("بحث الوفدان العمل الوزاري المشترك.", "وزار"),
    ],
)
def test_words_of_an_expression_that_names_no_such_event(text: str, word: str) -> None:
    assert word not in {event.trigger.text for event in events_of(text)}


@pytest.mark.parametrize(
    ("text", "kind", "trigger"),
    [
        ("شارك الآلاف في مسيرة في بيروت صباح اليوم.", "PROTEST", "مسيرة"),
        ("أسفر إطلاق النار عن مقتل شرطي.", "ASSAULT", "إطلاق"),
        ("دخل وقف إطلاق النار حيز التنفيذ صباح اليوم.", "RETREAT", "وقف"),
        ("تجمع مئات المتظاهرين أمام مقر البرلمان.", "PROTEST", "تجمع"),
    ],
)
def test_the_same_words_elsewhere(text: str, kind: str, trigger: str) -> None:
    names = {name: of for name, of in {"بيروت": "PLACE", "صباح اليوم": "TIME"}.items() if name in text}
    assert (kind, trigger) in {(event.type, event.trigger.text) for event in events_of(text, names)}


def test_an_unsure_word_without_roles_is_no_event() -> None:
    (sure, *_) = events_of("هاجم مسلحون حاجزا للجيش.")
    assert sure.roles
    for event in (event for text in ("القتل أسهل من الحوار.", "الحوار سبيل.") for event in events_of(text)):
        assert event.roles or event.score > 0.5


def test_the_way_goes_through_every_place_it_names() -> None:
    names = {"دمشق": "PLACE", "إدلب": "PLACE", "حمص": "PLACE", "حماة": "PLACE"}
    (event,) = events_of("انتقلت القافلة من دمشق إلى إدلب عبر حمص مرورا بحماة.", names)
    assert {text for role, text in roles_of(event) if role == "via"} == {"حمص", "حماة"}


def test_the_dead_are_counted_with_their_bound() -> None:
    names = {"ما لا يقل عن 17 شخصا": "QUANTITY", "أكثر من 30": "QUANTITY"}
    events = events_of("أسفر الانفجار عن مقتل ما لا يقل عن 17 شخصا وإصابة أكثر من 30.", names)
    found = {role for event in events for role in roles_of(event)}
    assert ("killed", "ما لا يقل عن 17 شخصا") in found
    assert ("injured", "أكثر من 30") in found


def test_one_phrase_has_one_part() -> None:
    (event,) = events_of("أسقطت الدفاعات الجوية طائرة معادية فوق تعز أمس.", {"تعز": "PLACE", "أمس": "TIME"})[:1]
    parts = [role.text for role in event.roles if role.role in {"agent", "target", "place", "means"}]
    assert len(parts) == len(set(parts))


def test_counted_members_of_a_named_group() -> None:
    names = {"6 من عناصر": "QUANTITY", "الهلال": "ORG"}
    (event,) = events_of("اعتقلت الشرطة 6 من عناصر تنظيم الهلال في المدينة.", names)
    assert ("target", "6 من عناصر تنظيم الهلال") in roles_of(event)
