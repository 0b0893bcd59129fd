"""What stands before is confirmed or denied by another, and who is cited in passing."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute, line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "أعلنت الكتيبة أنها أسقطت طائرة، وهو ما نفاه [سلاح الجو|O].",
            [("الكتيبة | أسقطت طائرة", "asserts"), ("سلاح الجو | أسقطت طائرة", "denies")],
        ),
        (
            "غادر آخر الجنود القاعدة فجر الأحد، الأمر الذي أكده ناطق باسم السفارة.",
            [("ناطق باسم السفارة | غادر آخر الجنود القاعدة فجر الأحد", "asserts")],
        ),
        (
            "اعتقل عشرة محتجين، وهو ما تؤكده لجنة المحامين وتنكره الوزارة.",
            [("لجنة المحامين | اعتقل عشرة محتجين", "asserts"), ("الوزارة | اعتقل عشرة محتجين", "denies")],
        ),
        (
            "وتردد أن القارب يحمل سلاحا، وهو ما سارعت البحرية إلى نفيه.",
            [("البحرية | تردد أن القارب يحمل سلاحا", "denies")],
        ),
        ("وصلت القافلة إلى المخيم، وهو ما لم يؤكده الجيش.", []),
        ("وسقطت الحكومة، وهو الأمر الذي انتقده الوزير.", []),
    ],
)
def test_who_confirms_or_denies_what_stands_before_says_it(
    read: Attribute, text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(line(claim), claim.stance) for claim in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected", "stance"),
    [
        ("أغلقت المدارس رغم نفي وزارة التربية إغلاقها.", "وزارة التربية | إغلاقها", "denies"),
        ("ورغم نفي الإدارة وقوع تمرد، سقط قتلى في السجن.", "الإدارة | وقوع تمرد", "denies"),
        ("وتوقفت المخابز بعد تأكيد اتحاد المطاحن نفاد القمح.", "اتحاد المطاحن | نفاد القمح", "asserts"),
        ("يطالب بعضهم بفتح الطريق.", "بعضهم | فتح الطريق", "demands"),
        ("ونشرت تنسيقية المدينة أن عدد الجرحى ارتفع.", "تنسيقية المدينة | عدد الجرحى ارتفع", "asserts"),
        ("ونقلت [وكالة السواحل|O] أن الجسر انهار.", "وكالة السواحل | الجسر انهار", "asserts"),
        ("ونقلت الإذاعة على لسان والد الضحية أن المسعفين تأخروا.", "والد الضحية | المسعفين تأخروا", "asserts"),
        ("في رواية أخرى لسكان الحي، بدأ الرصاص من السيارة.", "سكان الحي | بدأ الرصاص من السيارة", "asserts"),
        ("هرب السائق على حد قول شرطي.", "شرطي | هرب السائق", "asserts"),
        ("ووجهت عشيرة كذا نداء إلى الوزير تطالب فيه بكشف الحقيقة.", "عشيرة كذا | كشف الحقيقة", "demands"),
        ("وصرح ضابط بمديرية الأمن بأن الطفل حي.", "ضابط بمديرية الأمن | الطفل حي", "asserts"),
    ],
)
def test_who_is_cited_in_passing(read: Attribute, text: str, expected: str, stance: str) -> None:
    (claim,) = read(text)
    assert (line(claim), claim.stance) == (expected, stance)


@pytest.mark.parametrize(
    "text",
    [
        "تسلم الدية خلال عام، بحسب القانون.",
        "ويعاقب المهرب بالسجن خمس سنوات وفقا للمادة 12.",
        "وتقضي الأعراف بأن يخلى الحي.",
    ],
)
def test_laws_and_customs_say_nothing(read: Attribute, text: str) -> None:
    assert read(text) == ()
