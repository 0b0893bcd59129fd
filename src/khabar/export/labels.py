"""What the labels of records are called on a page, in Arabic and in English."""

from __future__ import annotations

__all__ = ["LABELS", "UI"]

# Every value of the records' label types.
LABELS: dict[str, tuple[str, str]] = {
    # mentions
    "PERSON": ("شخص", "person"),
    "ORG": ("جهة", "organisation"),
    "PLACE": ("مكان", "place"),
    "TIME": ("زمان", "time"),
    "QUANTITY": ("عدد", "number"),
    # kinds of source
    "named_person": ("شخص مسمّى", "named person"),
    "organization": ("جهة", "organisation"),
    "unnamed_official": ("مسؤول لم يُسمَّ", "unnamed official"),
    "unnamed_source": ("مصدر لم يُسمَّ", "unnamed source"),
    "witness": ("شهود", "witness"),
    "media": ("وسيلة إعلام", "media"),
    "document": ("وثيقة", "document"),
    # stance
    "asserts": ("يقول", "asserts"),
    "denies": ("ينفي", "denies"),
    "suggests": ("يرجّح", "suggests"),
    "demands": ("يطالب", "demands"),
    # quotation
    "direct": ("اقتباس", "direct quote"),
    "indirect": ("بالمعنى", "indirect"),
    "mixed": ("مختلط", "mixed quote"),
    # events
    "AGREE": ("اتفاق", "agree"),
    "CONSULT": ("تشاور", "consult"),
    "SUPPORT": ("تأييد", "support"),
    "COOPERATE": ("تعاون", "cooperate"),
    "AID": ("مساعدة", "aid"),
    "CONCEDE": ("تنازل", "concede"),
    "RETREAT": ("تراجع", "retreat"),
    "REQUEST": ("طلب", "request"),
    "ACCUSE": ("اتهام", "accuse"),
    "REJECT": ("رفض", "reject"),
    "THREATEN": ("تهديد", "threaten"),
    "PROTEST": ("احتجاج", "protest"),
    "SANCTION": ("عقوبة", "sanction"),
    "MOBILIZE": ("حشد", "mobilise"),
    "COERCE": ("إكراه", "coerce"),
    "ASSAULT": ("هجوم", "assault"),
    "MOVE": ("انتقال", "move"),
    "CONTROL": ("سيطرة", "control"),
    # factuality
    "certain": ("مؤكد", "certain"),
    "probable": ("مرجّح", "probable"),
    "possible": ("محتمل", "possible"),
    "planned": ("مزمع", "planned"),
    "demanded": ("مطلوب", "demanded"),
    "denied": ("منفي", "denied"),
    "conditional": ("مشروط", "conditional"),
    # roles
    "agent": ("الفاعل", "agent"),
    "target": ("المستهدَف", "target"),
    "place": ("المكان", "place"),
    "origin": ("من", "from"),
    "destination": ("إلى", "to"),
    "via": ("عبر", "via"),
    "time": ("الزمان", "time"),
    "means": ("الوسيلة", "means"),
    "killed": ("القتلى", "killed"),
    "injured": ("الجرحى", "injured"),
    "count": ("العدد", "count"),
}

# Words of the page itself.
UI: dict[str, tuple[str, str]] = {
    "articles": ("المقالات", "Articles"),
    "claims": ("الأقوال", "Claims"),
    "events": ("الأحداث", "Events"),
    "mentions": ("الأسماء والأزمنة والأعداد", "Mentions"),
    "source": ("المصدر", "source"),
    "carrier": ("الناقل", "carried by"),
    "cue": ("فعل القول", "cue"),
    "content": ("القول", "content"),
    "actor": ("شخص أو جهة", "actor"),
    "place": ("مكان", "place"),
    "time": ("زمان", "time"),
    "number": ("عدد", "number"),
    "trigger": ("حدث", "event"),
    "legend": ("دليل الألوان", "Legend"),
    "no_source": ("بلا مصدر ظاهر", "no source in reach"),
    "no_cue": ("تتمة الاقتباس", "quotation runs on"),
    "own_voice": ("بصوت الناشر", "in the publisher's own voice"),
    "in_claim": ("في القول", "in claim"),
    "nothing": ("لم يُعثر على أقوال", "no claims found"),
    "unresolved": ("غير محسوم", "unresolved"),
    "text": ("النص", "text"),
    "type": ("النوع", "type"),
    "value": ("القيمة", "value"),
    "theme": ("فاتح/داكن", "light/dark"),
    "about": (
        "كل لون يشير إلى الحروف نفسها في النص. مرّر على قول أو انقره ليضيء موضعه.",
        "Every colour points at the exact characters. Hover over a claim, or click it, to light them up.",
    ),
}
