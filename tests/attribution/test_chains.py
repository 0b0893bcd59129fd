"""Who carried the words: agencies, papers and speakers who report others."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute
from khabar.records import Claim


def via(claim: object) -> list[str]:
    return [span.text for span in claim.via]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "source", "carriers"),
    [
        ("قال مصدر أمني ل[رويترز|O] إن الطريق مغلق.", "مصدر أمني", ["رويترز"]),
        ("قال مصدر أمني لصحيفة «[الأفق|O]» إن الطريق مغلق.", "مصدر أمني", ["صحيفة «الأفق»"]),
        ("قال [سامر النجار|P] في مقابلة مع قناة [الجزيرة|O] إن الطريق مغلق.", "سامر النجار", ["قناة الجزيرة"]),
        ("وردا على سؤال ل[رويترز|O] قال [سامر النجار|P] إن الطريق مغلق.", "سامر النجار", ["رويترز"]),
        ("نقلت [رويترز|O] عن مصدر أمني قوله إن الطريق مغلق.", "مصدر أمني", ["رويترز"]),
        ("ونقلت صحيفة «[الأفق|O]» عن مسؤول محلي أن الطريق مغلق.", "مسؤول محلي", ["صحيفة «الأفق»"]),
        ("وبحسب [رويترز|O]، قال الوزير إن الطريق مغلق.", "الوزير", ["رويترز"]),
        ("قال الوزير إن الطريق مغلق منذ الصباح، بحسب [رويترز|O].", "الوزير", ["رويترز"]),
        ("قال الوزير إن الطريق مغلق منذ الصباح. وفقا ل[رويترز|O].", "الوزير", ["رويترز"]),
        ("قال الوزير إن الطريق مغلق منذ الصباح، في بيان نشرته [رويترز|O].", "الوزير", ["رويترز"]),
        # a broadcaster whose name is also a canal's; a name in quotation marks after a description
        ("قال [سامر النجار|P] في مقابلة مع [قناة الجزيرة|L] إن الطريق مغلق.", "سامر النجار", ["قناة الجزيرة"]),
        (
            "قال [سامر النجار|P] في تصريح إلى المحطة العامة السويدية «[نور|O]» إن الطريق مغلق.",
            "سامر النجار",
            ["نور"],
        ),
        ("أغلق الطريق بعد انهيار الجسر، بحسب ما أفاد مسؤول محلي [وكالة الأفق|O].", "مسؤول محلي", ["وكالة الأفق"]),
        # bodies that look like an agency or a paper
        ("قال [سامر النجار|P] خلال اجتماع [لجنة السياسة العامة|O] إن الطريق مغلق.", "سامر النجار", []),
        ("قال [سامر النجار|P] في لقاء مع [الوكالة الدولية للطاقة|O] إن الطريق مغلق.", "سامر النجار", []),
        # nobody stands behind the agency
        ("ذكرت [رويترز|O] أن الطريق مغلق.", "رويترز", []),
        # journalists are told, they carry nothing by name
        ("قال الوزير للصحفيين إن الطريق مغلق.", "الوزير", []),
        ("ونُقل عن الوزير قوله إن الطريق مغلق.", "الوزير", []),
    ],
)
def test_carriers(read: Attribute, text: str, source: str, carriers: list[str]) -> None:
    [claim] = read(text)
    assert claim.source is not None
    assert (claim.source.text, via(claim)) == (source, carriers)


@pytest.mark.parametrize("publisher", ["رويترز", "reuters"])
def test_the_publisher_is_no_carrier(read: Attribute, publisher: str) -> None:
    [claim] = read("قال مصدر أمني ل[رويترز|O] إن الطريق مغلق.", publisher=publisher)
    assert claim.via == ()


def test_who_reports_another_carries(read: Attribute) -> None:
    outer, inner = read("أوضحت مصادر أمنية ل[رويترز|O] أن الوزير قال إن الطريق مغلق.")
    assert outer.source is not None
    assert inner.source is not None
    assert (outer.source.text, via(outer)) == ("مصادر أمنية", ["رويترز"])
    assert (inner.source.text, via(inner)) == ("الوزير", ["مصادر أمنية", "رويترز"])  # outermost last


def test_carried_on_with_the_speaker(read: Attribute) -> None:
    claims = read("نقلت [رويترز|O] عن مصدر أمني قوله إن الطريق مغلق. وأضاف أن الجسر آمن.")
    assert [via(claim) for claim in claims] == [["رويترز"], ["رويترز"]]


def test_a_carrier_is_no_speaker(read: Attribute) -> None:
    claims = read("قال [سامر النجار|P] إن الجسر بعيد. وأضاف في تصريحات نقلتها [رويترز|O] أن الطريق مغلق.")
    assert [(claim.source.text, via(claim)) for claim in claims if claim.source] == [
        ("سامر النجار", []),
        ("سامر النجار", ["رويترز"]),
    ]


@pytest.mark.parametrize(
    ("text", "source", "carriers"),
    [
        ("انهارت الهدنة في المدينة، بحسب ما أوردت قناة [الأفق|O] نقلا عن شهود.", "شهود", ["قناة الأفق"]),
        ("انهارت الهدنة في المدينة، وفق تصريحات نقلتها [رويترز|O] عن مسؤول محلي.", "مسؤول محلي", ["رويترز"]),
        ("انهارت الهدنة في المدينة، بحسب بيان نشرته [رويترز|O].", "بيان", ["رويترز"]),
        ("وفق تصريحات نقلتها [رويترز|O]، انهارت الهدنة في المدينة.", "رويترز", []),
    ],
)
def test_carried_words_cited_by_a_particle(read: Attribute, text: str, source: str, carriers: list[str]) -> None:
    [claim] = read(text)
    assert claim.source is not None
    assert (claim.source.text, via(claim)) == (source, carriers)
    assert claim.content.text == "انهارت الهدنة في المدينة"


def carried(claims: tuple[Claim, ...]) -> list[tuple[str, list[str]]]:
    return [(claim.source.text, via(claim)) for claim in claims if claim.source]


def test_whom_a_speaker_told_stays_in_the_paragraph(read: Attribute) -> None:
    told = "قال [سامر النجار|P] ل[رويترز|O] إن الطريق مغلق. وأضاف أن الجسر آمن.\nوتابع أن العمل بدأ."
    assert [names for _, names in carried(read(told))] == [["رويترز"], ["رويترز"], []]
    relayed = "نقلت [رويترز|O] عن [سامر النجار|P] قوله إن الطريق مغلق.\nوأضاف أن الجسر آمن."
    assert [names for _, names in carried(read(relayed))] == [["رويترز"], ["رويترز"]]


def test_who_relayed_a_source_relayed_what_a_relative_clause_says_of_it(read: Attribute) -> None:
    text = "أغلق الطريق الساحلي أمس، بحسب ما نقلت صحيفة «[الأفق|O]» عن متحدث باسم البلدية الذي أكد أن الجسر آمن."
    assert carried(read(text))[-1] == ("متحدث باسم البلدية", ["صحيفة «الأفق»"])


def test_who_passes_on_what_others_said_carries(read: Attribute) -> None:
    [claim] = read("أشار [سامر النجار|P] إلى أن الطريق مغلق منذ الصباح، نقلا عن مصادر محلية.")
    assert carried((claim,)) == [("مصادر محلية", ["سامر النجار"])]


@pytest.mark.parametrize("ground", ["وفقا للقانون", "حسب المادة الخامسة", "بحسب البيان"])
def test_what_a_speaker_goes_by_is_no_source(read: Attribute, ground: str) -> None:
    [claim] = read(f"قال [سامر النجار|P] إن المخالفين سيدفعون غرامة كبيرة {ground}.")
    assert carried((claim,)) == [("سامر النجار", [])]


def test_a_study_is_a_source(read: Attribute) -> None:
    claims = read("قال [سامر النجار|P] إن الأسعار سترتفع كثيرا، بحسب دراسة جديدة.")
    assert carried(claims) == [("سامر النجار", []), ("دراسة جديدة", ["سامر النجار"])]


class TestDatelines:
    ROUND_UP = "إغلاق الطريق الساحلي\n[عدن|L] - {}: قال مسؤول محلي إن الطريق مغلق. وأضاف أن الجسر آمن."

    def test_a_report_of_a_round_up(self, read: Attribute) -> None:
        claims = read(self.ROUND_UP.format("د.ب.أ"))
        assert [names for _, names in carried(claims)] == [["د.ب.أ"], []]

    def test_the_publisher_s_own(self, read: Attribute) -> None:
        claims = read(self.ROUND_UP.format("[رويترز|O]"), publisher="reuters")
        assert [names for _, names in carried(claims)] == [[], []]

    def test_a_document_s_own_dateline_credits_nobody(self, read: Attribute) -> None:
        [claim] = read("[عدن|L] - [رويترز|O]: قال مسؤول محلي إن الطريق مغلق.")
        assert claim.via == ()

    @pytest.mark.parametrize("lead", ["[عدن|L] - خاص:", "[عدن|L] -:", "في [عدن|L] أمس:", "[عدن|L] - رويترز"])
    def test_no_dateline(self, read: Attribute, lead: str) -> None:
        claims = read(f"إغلاق الطريق الساحلي\n{lead} قال مسؤول محلي إن الطريق مغلق.")
        assert all(claim.via == () for claim in claims)
