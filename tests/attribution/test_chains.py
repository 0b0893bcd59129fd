"""Who carried the words: agencies, papers and speakers who report others."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute


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
