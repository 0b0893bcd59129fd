"""Who tells in the present what he lived through, and who only says how things stand, on texts of our own."""

from __future__ import annotations

import pytest

from khabar import read
from khabar.corroborate.digest import build_digester
from khabar.resources import load_resources

DIGESTER = load_resources().compiled(build_digester)
TITLE = "مسلحون يقتحمون مخزن حبوب في الرقة"
LEAD = "قالت البلدية إن مسلحين اقتحموا مخزن حبوب في الرقة مساء الأحد. "


def tellers(text: str) -> list[str]:
    """Those other than the municipality who surely tell of the main happening."""
    reading = read(LEAD + text, title=TITLE, published="2021-05-03T10:00:00+03:00", publisher="صحيفة الغدير")
    found = DIGESTER.profile(reading).happenings[0].tellings
    labels = dict.fromkeys(one.voice.label for one in found if one.voice and one.sure)
    return [label for label in labels if label != "البلدية"]


@pytest.mark.parametrize(
    "said",
    [
        "ويقول حارس إن سبعة رجال قيدوه ثم حملوا الأكياس في شاحنة.",
        "ويروي خباز من الحي أن الباب كسر.",
        "ويقول مسؤول في البلدية، اشترط عدم ذكر اسمه، إن مسلحين اقتحموا المخزن من بابه الخلفي.",
        "ويؤكد عاملان آخران أن المسلحين نهبوا الأكياس.",
        "ويحكي سامر النجار، وهو حارس، أن الباب كسر.",
    ],
)
def test_one_who_was_there_tells_in_the_present(said: str) -> None:
    assert len(tellers(said)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "ويقول صاحب مطعم إن الخبز صار غاليا وإن الناس متعبون.",
        "ويقول السكان إن المسلحين نهبوا الأكياس.",
        "ويقول مدرس متقاعد إن الجيران اعتادوا سماع الشجار وإنهم رفعوا شكويين.",
        "ويقول خبراء في الاقتصاد إن المدينة تستهلك من الحبوب ضعف ما تنتجه.",
        "ويقول كبار السن إن المدينة عرفت أياما أهدأ.",
    ],
)
def test_what_people_say_at_large_does_not(said: str) -> None:
    assert tellers(said) == []
