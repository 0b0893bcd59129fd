"""Direct, indirect and mixed quotation; quotations over sentences; marks that are missing or turned round."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute, line
from khabar.attribution.quotations import MAX_SENTENCES


@pytest.mark.parametrize(
    ("text", "content", "quote"),
    [
        ("قال [سامر النجار|P] إن الجسر أغلق.", "الجسر أغلق", "indirect"),
        ("قال [سامر النجار|P]: «الجسر أغلق أمس».", "الجسر أغلق أمس", "direct"),
        ('قال [سامر النجار|P] إن "الجسر أغلق أمس".', "الجسر أغلق أمس", "direct"),
        ("قال [سامر النجار|P] إن السدود «ممتلئة تماما» هذا العام.", "السدود «ممتلئة تماما» هذا العام", "mixed"),
        # a name in quotation marks quotes nobody
        ("قال [سامر النجار|P] إن صحيفة «[الأفق|O]» توقفت.", "صحيفة «الأفق» توقفت", "indirect"),
        # turned marks
        ("قال [سامر النجار|P]: »الجسر أغلق أمس«.", "الجسر أغلق أمس", "direct"),
    ],
)
def test_quote(read: Attribute, text: str, content: str, quote: str) -> None:
    [claim] = read(text)
    assert (claim.content.text, claim.quote) == (content, quote)


def test_a_claim_for_every_sentence_of_a_quotation(read: Attribute) -> None:
    text = "قالت [سعاد حمدان|P]: «سنفتح الأبواب غدا. ولن نغلقها بعد اليوم. كل شيء جاهز». وأضافت أن المعلمين عادوا."
    claims = read(text)
    assert [claim.cue.text if claim.cue else None for claim in claims] == ["قالت", None, None, "أضافت"]
    assert [claim.content.text for claim in claims] == [
        "سنفتح الأبواب غدا",
        "ولن نغلقها بعد اليوم",
        "كل شيء جاهز",
        "المعلمين عادوا",
    ]
    assert {claim.source.text for claim in claims if claim.source} == {"سعاد حمدان"}
    assert [claim.quote for claim in claims] == ["direct", "direct", "direct", "indirect"]


def test_a_cue_inside_quoted_words_does_not_end_them(read: Attribute) -> None:
    [claim, *inner] = read("قال [سامر النجار|P]: «أعلنت الوزارة إغلاق الجسر وأكدت أنه قديم وسنصلحه معا».")
    assert claim.content.text == "أعلنت الوزارة إغلاق الجسر وأكدت أنه قديم وسنصلحه معا"
    assert all("سامر النجار" in [via.text for via in other.via] for other in inner)


class TestMissingMarks:
    def test_an_unclosed_quotation_ends_with_its_sentence(self, read: Attribute) -> None:
        claims = read("قال [سامر النجار|P]: «الجسر أغلق أمس. وصل القطار إلى المحطة. نزل الركاب.")
        assert [line(claim) for claim in claims] == ["سامر النجار | الجسر أغلق أمس"]

    def test_a_new_voice_ends_a_quotation(self, read: Attribute) -> None:
        claims = read("قال [سامر النجار|P]: «الجسر أغلق. وأعلن [رامي سالم|P] أن «الطريق مفتوح».")
        assert [line(claim) for claim in claims] == ["سامر النجار | الجسر أغلق", "رامي سالم | الطريق مفتوح"]

    def test_a_quotation_runs_on_for_a_few_sentences_at_most(self, read: Attribute) -> None:
        sentences = "وصل القطار الصغير. " * (3 * MAX_SENTENCES)
        claims = read(f"قال [سامر النجار|P]: «الجسر أغلق أمس. {sentences}وانتهى اليوم».")
        assert len(claims) <= MAX_SENTENCES

    @pytest.mark.parametrize("text", ["»", '"', "قال «", "«»", 'قال: "', "قال الوزير إن «", "«قال الوزير» «", "( «)»"])
    def test_marks_alone(self, read: Attribute, text: str) -> None:
        assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        # what something is called: nobody's words
        ("قال المتحدث إن القوات بدأت عملية «الفجر الجديد» شرق المدينة.", "indirect"),
        ("قال المتحدث إن السفينة «نجمة البحر» رست في الميناء.", "indirect"),
        ("قال الشرطي إن المتهم يلقب بـ«الصقر» وإنه هرب.", "indirect"),
        ("قالت الوزارة إنها نظمت «120» ندوة هذا العام.", "indirect"),
        # what somebody called it
        ("قال المتحدث إن الهدنة «فرصة أخيرة» للطرفين.", "mixed"),
        ("قال المتحدث إن الرد سيكون «قاسيا» هذه المرة.", "mixed"),
        ("قال المتحدث إن العملية «لن تتوقف قبل عودة النازحين» إلى المدينة.", "mixed"),
    ],
)
def test_marks_around_a_name_quote_nobody(read: Attribute, text: str, quote: str) -> None:
    assert {claim.quote for claim in read(text)} == {quote}


@pytest.mark.parametrize("text", ["قال الوزير في ختام «الحوار»", "أكد المدير، في لقاء مع «الغد»", "نفى في «بيان»"])
def test_a_quotation_in_a_circumstance_may_end_the_text(read: Attribute, text: str) -> None:
    assert len(read(text)) <= 1
