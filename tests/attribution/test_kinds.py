"""What kind of source speaks, and which entity it is."""

from __future__ import annotations

import pytest

from attribution.conftest import Attribute


@pytest.mark.parametrize(
    ("text", "kind", "entity"),
    [
        ("قال [سامر النجار|P] إن الجسر أغلق.", "named_person", "actor:سامر النجار"),
        ("قال العميد [سامر النجار|P] إن الجسر أغلق.", "named_person", "actor:سامر النجار"),
        ("قال وزير النقل إن الجسر أغلق.", "named_person", None),
        ("قال وزير سابق إن الجسر أغلق.", "unnamed_official", None),
        ("قال مستشار في الوزارة إن الجسر أغلق.", "unnamed_official", None),
        ("قال وكيل ملاحي في [الحديدة|L] إن الجسر أغلق.", "unnamed_official", None),
        ("قال رئيس وردية بالمصنع إن الجسر أغلق.", "unnamed_official", None),
        ("قال مسؤول محلي إن الجسر أغلق.", "unnamed_official", None),
        ("قال مصدر أمني إن الجسر أغلق.", "unnamed_source", None),
        ("قال شهود عيان إن الجسر أغلق.", "witness", None),
        ("قال عدد من السكان إن المياه مقطوعة.", "witness", None),
        ("قالت وزارة النقل إن الجسر أغلق.", "organization", None),
        ("قالت محافظة جرش إن الجسر أغلق.", "organization", None),
        ("قالت النقطة الطبية إن الجسر أغلق.", "organization", None),
        ("قال البعض إن الجسر أغلق.", "unnamed_source", None),
        ("قال [مستمع اتصل|P] إن الجسر أغلق.", "witness", "actor:مستمع اتصل"),
        ("قال [حزب الأمل|O] إن الانتخابات تأجلت.", "organization", "actor:حزب الأمل"),
        ("أعلنت [سوريا|L] أن الجسر أغلق.", "organization", "actor:state-sy"),
        ("ذكرت وكالة [سانا|O] أن الجسر أغلق.", "media", "actor:سانا"),
        ("ذكرت وسائل إعلام محلية أن الجسر أغلق.", "media", None),
        ("وأضاف التقرير أن الأسعار ارتفعت.", "document", None),
        ("وجاء في بيان للوزارة أن الجسر أغلق.", "document", None),
    ],
)
def test_kind(read: Attribute, text: str, kind: str, entity: str | None) -> None:
    [claim] = read(text)
    assert claim.source is not None
    assert (claim.source.kind, claim.source.entity) == (kind, entity)


def test_a_title_stands_for_who_was_named_with_it(read: Attribute) -> None:
    claims = read("قال الناطق [سامر النجار|P] إن الجسر أغلق. وأضاف الناطق أن الطريق آمن.")
    assert [claim.source.kind for claim in claims if claim.source] == ["named_person", "named_person"]


def test_weaker_evidence_scores_lower(read: Attribute) -> None:
    [sure] = read("قال [سامر النجار|P] إن الجسر أغلق.")
    [stranger] = read("وأكد بيسكوف أن المباحثات ستستمر.")
    [headline] = read("[سامر النجار|P]: الجسر مغلق أمام الشاحنات منذ الصباح")
    assert sure.score > stranger.score > headline.score
