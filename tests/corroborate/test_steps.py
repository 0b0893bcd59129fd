"""What comes after captivity and death, told as done or only wished for."""

from __future__ import annotations

import pytest

from khabar.corroborate.cues import build_cues
from khabar.corroborate.focus.steps import steps_told
from khabar.corroborate.words import words_of
from khabar.resources import load_resources

CUES = load_resources().compiled(build_cues)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("أفرج المسلحون عن السائقين بعد يومين من خطفهم", ("release",)),
        ("أكدت النقابة أن إطلاق سراح البحارة تم دون فدية", ("release",)),
        ("الطبيبان المخطوفان حران", ("release",)),
        ("ووري الضحايا الثرى في مقبرة القرية", ("burial",)),
        ("بلدة تشيع أبناءها بعد إخلاء سبيل قاتليهم", ("release", "burial")),
        ("حررت القوات المدينة بعد معارك", ()),
        ("طالبت الأسرة الخاطفين بالإفراج عنه فورا", ()),
        ("طلب الخاطفون فدية مقابل إطلاق سراح الرهينة", ()),
        ("اتفق الوجهاء مع الكتيبة على إخلاء سبيل المحتجزين", ()),
        ("لم يفرج عن أحد منهم حتى الآن", ()),
        ("سيفرج عنهم خلال أيام", ()),
        ("مطالبة بعرضهم على القضاء أو إطلاق سراحهم", ()),
    ],
)
def test_a_step_is_told_where_it_is_done(text: str, steps: tuple[str, ...]) -> None:
    assert steps_told(words_of(text), CUES) == steps


def test_what_something_came_after_is_not_told_first_hand() -> None:
    words = words_of("خطف مسلحون مهندسا بعد الإفراج عن زميله بيوم")
    assert steps_told(words, CUES) == ("release",)
    assert steps_told(words, CUES, first_hand=True) == ()
