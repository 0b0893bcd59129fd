"""Claims inside what another says: whose they are, where they end, and that the outer speaker carries them."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute
from khabar.records import Claim


def told(claim: Claim) -> tuple[str, str, list[str]]:
    """Source, content and carriers."""
    assert claim.source is not None
    return claim.source.text, claim.content.text, [span.text for span in claim.via]


@pytest.mark.parametrize(
    "rest",
    [
        "، فكان ذلك خبرا سارا للجميع",
        "، ولذلك ستفتح المدارس غدا",
        "، وأن المدارس ستفتح غدا",
        " أي أن المدارس ستفتح غدا",
        " إلا أن الناس ما زالوا خائفين",
        "، ولكنها لم تفتحه بعد",
        " بينما بقي الجسر مغلقا",
        " في مؤشر إلى تحسن الوضع",
    ],
)
def test_ends_where_the_outer_speaker_goes_on(read: Attribute, rest: str) -> None:
    claims = read(f"قال [سامر النجار|P] إن البلدية تعتقد أن الطريق آمن{rest}.")
    assert told(claims[-1]) == ("البلدية", "الطريق آمن", ["سامر النجار"])


def test_a_content_of_its_own_goes_on(read: Attribute) -> None:
    [claim] = read("قالت البلدية إن الطريق آمن، ولذلك ستفتح المدارس غدا.")
    assert claim.content.text == "الطريق آمن، ولذلك ستفتح المدارس غدا"


def test_a_noun_that_demands(read: Attribute) -> None:
    claims = read("تحدث [سامر النجار|P] عن مطالب سكان الحي بأن يفتح الطريق فورا.")
    assert told(claims[-1]) == ("سكان الحي", "يفتح الطريق فورا", ["سامر النجار"])
    assert claims[-1].stance == "demands"


def test_the_subject_of_the_clause_around(read: Attribute) -> None:
    claims = read("أكد [سامر النجار|P] أن البلدية كانت واضحة عندما قالت إن الطريق مغلق.")
    assert told(claims[-1]) == ("البلدية", "الطريق مغلق", ["سامر النجار"])


def test_one_of_them(read: Attribute) -> None:
    claims = read("قال [سامر النجار|P] إن أحدهم اعترف بحرق المخزن القديم.")
    assert told(claims[-1]) == ("أحدهم", "حرق المخزن القديم", ["سامر النجار"])


class TestParticiples:
    def test_without_a_comma_it_goes_on_with_the_inner_speaker(self, read: Attribute) -> None:
        claims = read("قال [سامر النجار|P] إن الوزير طالب البلدية بفتح الطريق مهددا بإجراءات قاسية.")
        assert told(claims[-1]) == ("الوزير", "إجراءات قاسية", ["سامر النجار"])

    def test_after_a_comma_with_the_outer(self, read: Attribute) -> None:
        claims = read("قال [سامر النجار|P] إن الوزير طالب البلدية بفتح الطريق، مؤكدا أن الجسر آمن.")
        assert told(claims[-1]) == ("سامر النجار", "الجسر آمن", [])

    def test_who_is_named_again_does_not_speak(self, read: Attribute) -> None:
        claims = read("قال [سامر النجار|P] إن الوزير طالب البلدية بفتح الطريق مؤكدا أن الوزير جاد.")
        assert told(claims[-1]) == ("سامر النجار", "الوزير جاد", [])


def test_whom_a_relative_clause_names_is_not_who_speaks(read: Attribute) -> None:
    text = "قالت الطبيبة التي عالجت [سامر النجار|P] إنها سألت [سامر النجار|P] الذي قال لها إن الطريق كان مغلقا."
    assert told(read(text)[-1]) == ("سامر النجار", "الطريق كان مغلقا", ["الطبيبة التي عالجت سامر النجار"])


class TestMarks:
    def test_a_clause_in_the_marks_of_who_reports_it(self, read: Attribute) -> None:
        claims = read("قال [سامر النجار|P]: «البلدية تعتقد أن الجسر القديم آمن للعبور».")
        assert [claim.quote for claim in claims] == ["direct", "indirect"]


def test_nobody_counts_what_is_put_at(read: Attribute) -> None:
    [claim] = read("أكد [سامر النجار|P] أن عدد سكان الحي يقدر بمئة شخص.")
    assert told(claim)[0] == "سامر النجار"


def test_ascribed_to_is_no_claim(read: Attribute) -> None:
    assert len(read("كتب [سامر النجار|P] أن الخبر ورد على حساب نسب للوزير في الشبكة.")) == 1


def test_of_right_after_the_subject(read: Attribute) -> None:
    [claim] = read("أكد محافظ المدينة عن وصول قافلة جديدة.")
    assert told(claim) == ("محافظ المدينة", "وصول قافلة جديدة", [])
