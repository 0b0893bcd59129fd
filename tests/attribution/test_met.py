"""Those whom a reporter met and names by what they are: who was told stands before them, asides between them and their
verb, their words before their verb, or what they said in a clause that tells of them."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute, line


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # who was told, before who tells
        ("وأبلغ «الشاطئ» مصدر طبي أن الجسر أغلق.", "مصدر طبي"),
        ("وأفاد «الضفة» سائق حافلة بأن الجسر أغلق.", "سائق حافلة"),
        ("وأبلغت جماعة «الضفة» الوسطاء أن الجسر أغلق.", "جماعة «الضفة"),
        ("وأبلغ موقع «الشاطئ» شيخ من إحدى القبيلتين أن الجسر أغلق.", "شيخ من إحدى القبيلتين"),
        ("ووفق ما رواه للموقع صاحب دكان قريب، أغلق الجسر.", "صاحب دكان قريب"),
        # what is said of the subject between commas
        ("غير أن أحد الشيوخ الذين حضروا، وقد طلب عدم ذكر اسمه، قال إن الجسر أغلق.", "أحد الشيوخ الذين حضروا"),
        ("إلا أن موظفا في المرفأ، لم يشأ كشف هويته، أكد أن الجسر أغلق.", "موظفا في المرفأ"),
        ("ويؤكد عاملان آخران، طلبا عدم ذكر اسميهما، أن الجسر أغلق.", "عاملان آخران، طلبا عدم ذكر اسميهما"),
        # a clause that tells of somebody without a name
        ("وبث البرنامج مقابلة مع ممرضة في المستوصف قالت إنها رأت الجسر.", "ممرضة في المستوصف"),
        ("وعرضت القناة شهادة لسائق إسعاف قال إن الجسر أغلق.", "سائق إسعاف"),
        # the words first
        ("«رأينا الجسر يهتز ثم يسقط في الماء»، تقول بائعة من القرية لشبكة الوادي.", "بائعة"),
        ("«رأينا الجسر يهتز ثم يسقط في الماء»، يروي سائق حافلة علق هناك.", "سائق حافلة"),
        # what somebody does for a living
        ("وقال حلاق في الحي إن الجسر أغلق.", "حلاق في الحي"),
        ("وروى فتى كان يسقي غنم أهله قرب البئر أن الجسر أغلق.", "فتى كان يسقي غنم أهله قرب البئر"),
        # verbs of who calls it to mind
        ("وتستذكر نازحة من القرية كيف أغلق الجسر.", "نازحة من القرية"),
    ],
)
def test_who_was_met_speaks(read: Attribute, text: str, source: str) -> None:
    [claim] = read(text)
    assert claim.source is not None
    assert claim.source.text.startswith(source)


def test_those_whom_a_paper_reached_go_on_as_many(read: Attribute) -> None:
    for aside in ("", "، كل على حدة،"):
        claims = read(f"وتواصلت الصحيفة مع ثلاثة من سكان البلدة. وقال هؤلاء{aside} إن الجسر أغلق.")
        assert [line(claim) for claim in claims] == ["سكان البلدة | الجسر أغلق"]


def test_another_is_a_witness_without_a_name(read: Attribute) -> None:
    claims = read("وقالت نازحة إن الجسر أغلق. وأضاف آخر أن الدورية انسحبت.")
    assert claims[-1].source is not None
    assert (claims[-1].source.text, claims[-1].source.kind) == ("آخر", "witness")


def test_words_after_the_speaker_of_a_quotation_that_say_more_are_no_tail(read: Attribute) -> None:
    claims = read("«رأينا الجسر يهتز ثم يسقط في الماء»، يقول حارس ويضيف أن الدورية انسحبت.")
    assert "رأينا الجسر" not in "".join(
        claim.content.text for claim in claims if claim.cue and claim.cue.text != "يقول"
    )


def test_who_is_counted_beside_others_does_not_speak(read: Attribute) -> None:
    claims = read("نشر المركز قائمة بأسماء ستة عشر شابا وفتى قال إن الجنود أخذوهم ليلا.")
    assert not any(claim.source and claim.source.text.endswith("فتى") for claim in claims)
