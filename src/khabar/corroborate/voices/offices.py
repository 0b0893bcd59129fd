"""What body somebody speaks for by office: a head for the whole of it, a member or a part of it where it is the one
that has spoken."""

from __future__ import annotations

import re

import msgspec

from khabar.corroborate.cues import Cues
from khabar.corroborate.naming import PLACE_HEADS, plain
from khabar.corroborate.words import words_of
from khabar.text import fold

__all__ = ["EMIR", "Office", "first_title", "is_its_head", "last_office", "office_of", "owned_name", "owner_of_part"]

_OWNED = re.compile(r"(?:^|\s)(?:التابعة?\s+)?ل(?P<article>ل)?(?=[^\W\d_]{3})")
_ADJECTIVE = re.compile(r"ال[^\W\d_]+(?:ي|ية|ى|ام|امة)\s")  # الأمين العام للاتحاد
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_ONE_OF = re.compile(r"^(?:أحد|إحدى|احد)\s+(?:أعضاء|مسؤولي|مسئولي|قيادي[يّ]?ي?|ممثلي|مندوبي)\s+(?=\S)")
_WHO_IS = re.compile(r"^(?:وهو|وهي|وهى|وهو أيضا)\s+")
_PRESS = re.compile(
    r"(?:الإعلام|إعلام|الاتصال|العلاقات العامة|الصحافة|الإعلامي|الإعلامية|الناطق|المتحدث)\s+"
    r"(?:في|لدى|باسم|بلسان|ب(?=[^\W\d_]{3})|ل(?=[^\W\d_]{3}))\s*(?P<body>(?:ال)?[^،,()]+)"
)
_UNITS = ("من ", "إدارة ", "قسم ", "مكتب ")  # of a body
_SECRETARY = re.compile(r"^(?:سر|السر|عام|العام)\s+")  # أمين سر اللجنة
_SECRETARY_GENERAL = re.compile(r"(?:ال)?كاتبة?\s+(?:ال)?عامة?\s")
_IN = re.compile(r"^(?:في|لدى|عن|ب)\s+")
_INSIDE = re.compile(r"\s(?:(?:في|لدى)\s+|(?P<joined>لل|ل|ب)(?=[^\W\d_]{3}))")
_MEDIA = frozenset("اعلامي اعلاميه صحفي صحفيه اعلام اتصال تواصل صحافه علاقات".split())
_REGIONS = frozenset({"ولايه", "محافظه", "اقليم", "مقاطعه", "عماله", "منطقه"})
EMIR = "امير"
_OF_REGIONS = {EMIR: "إمارة", "امين": "أمانة"}
_FOR = ("ل", "لل")
_UNION = frozenset({"النقابي", "النقابيه", "نقابي", "نقابيه"})  # speaks for those whom a body employs
_THERE = re.compile(r"(?<=\S)\s+ب(?!ال)[^\W\d_]{3,}(?:\s.*)?$")  # (الإسعاف في) الهلال الأحمر | بزحلة
_COMMA = re.compile(r"[،,(]")
_QUOTES = str.maketrans("", "", '«»"“”')
_HEADS = frozenset({"رئيس", "قايد", "مدير", "وزير", "امين", "نقيب", "محافظ", "رييس"})
_ITS_BODY = {
    "وزير": "وزارة", "وزيره": "وزارة", "محافظ": "محافظة", "مفوض": "مفوضية", "مفوضه": "مفوضية", "نقيب": "نقابة",
    "والي": "ولاية", "مندوب": "مندوبية", "مندوبه": "مندوبية",
}  # fmt: skip
"""Offices that name their body: of وزير الصحة it is وزارة الصحة."""


_DELEGATES = frozenset({"مندوب", "مندوبه"})
_ALSO_OF_BODIES = frozenset({"محافظ", "مفوض", "مفوضه"})  # محافظ | البنك المركزي


class Office(msgspec.Struct, frozen=True):
    """The body of an office, as the text names it; `heads` for who is at its head, and speaks for it alone."""

    body: str
    heads: bool


def last_office(words: str, cues: Cues) -> Office | None:
    """The office that stands last in what goes before a name: قال للصحيفة | المسؤول عن النقطة، (فلان)."""
    parts = words.split()
    for at, part in enumerate(parts):
        opens = [plain(word) for word in words_of(part)]
        if any(cues.any(name, opens) for name in ("head", "member", "press")):
            return office_of(" ".join(parts[at:]), cues)
    return None


def _within(body: str, cues: Cues) -> str | None:
    """The body in which an office is, where it is of a part: (مدير) الطوارئ في | المستشفى, (مديرة) إدارة العلاقات في |
    الهيئة; None where it is of none."""
    if cues.any("body", [plain(word) for word in words_of(body)[:1]]) and not body.startswith(_UNITS):
        return None
    for match in _INSIDE.finditer(body):
        name = body[match.end() :]
        name = f"ال{name}" if match["joined"] == "لل" else name
        if name.startswith("ال") and cues.any("body", [plain(word) for word in words_of(name)[:1]]):
            return name
    return None


def owner_of_part(text: str, cues: Cues) -> str | None:
    """The body whose part speaks for it: المركز الإعلامي ل | وزارة كذا, إدارة العلاقات ب | وزارة كذا; else None."""
    words = words_of(text)
    media = not _MEDIA.isdisjoint(plain(word) for word in words[1:2])
    pressing = media or cues.any("spokesman", [plain(word) for word in words[1:2]])
    if not (cues.any("branch", words[:1]) or pressing) or not _UNION.isdisjoint(words[1:2]):
        return None
    for match in _INSIDE.finditer(text):
        name = owned_name(text[match.end() :], match["joined"] == "لل", cues)
        opens = [plain(word) for word in words_of(name)[:1]]
        if media and (match["joined"] in _FOR or not _REGIONS.isdisjoint(opens)):
            return name  # المكتب الإعلامي | للمصفاة, خلية الاتصال | بالولاية: for the press, whatever it is of
        # What is in a محافظة is there, and what is for it speaks for it.
        if match["joined"] == "ب" and not _REGIONS.isdisjoint(opens):
            continue  # قيادة الدرك | بولاية كذا
        if cues.any("body", opens) and not (match["joined"] is None and cues.any("generic", opens)):
            return name
    return None


def is_its_head(office: str, body: str) -> bool:
    """Whether somebody's office is that of the head of a body, by its noun alone: المندوب الإقليمي and مندوبية الصحة,
    المدير الجهوي and المديرية الجهوية, الوالي and ولاية كذا."""
    words, names = ([plain(word) for word in words_of(text)[:1]] for text in (office, body))
    return bool(words and names) and names[0] in {f"{words[0]}يه", fold(_ITS_BODY.get(words[0], ""))}


def owned_name(rest: str, article: bool, cues: Cues) -> str:
    """The name after ل or لل: of `للنقابة` it is `النقابة`, of `للجنة الدفاع` it is `لجنة الدفاع`."""
    own = f"ل{rest}"
    if article and cues.any("body", words_of(own)[:1]) and not cues.any("body", words_of(rest)[:1]):
        return own
    return f"ال{rest}" if article else rest


def first_title(parts: list[str], cues: Cues) -> int:
    """Where a title or another office ends the name of a body: شرطة كذا | العقيد, شرطة كذا | رئيس اللجنة.

    Not where a bare noun governs it: مطار | الملك فلان, كفر | الشيخ.
    """
    for at in range(1, len(parts)):
        word, before = fold(parts[at]), fold(parts[at - 1])
        if before in PLACE_HEADS or (at == 1 and not before.startswith("ال")):
            continue
        if cues.has("title", word) or (word in _HEADS and cues.has("head", word)):
            return at
    return len(parts)


def office_of(descriptor: str, cues: Cues) -> Office | None:
    """The office in the words beside a person's name: `مدير فرع الوزارة في كركوك`, `عضو اللجنة`; None for any other."""
    descriptor = _WHO_IS.sub("", _MARKS.sub("", descriptor.translate(_QUOTES)).strip())
    descriptor = _ONE_OF.sub("عضو ", descriptor)
    pressing = _PRESS.search(_COMMA.split(descriptor)[0])
    opens = [plain(word) for word in words_of(descriptor)[:1]]
    presses = descriptor.startswith(_UNITS) or any(cues.any(name, opens) for name in ("head", "member", "press"))
    if pressing and presses:
        return Office(pressing["body"].strip(), True)  # who speaks to the press speaks for the whole
    words = _COMMA.split(descriptor.strip())[0].split(maxsplit=1)
    first, rest = words[0] if words else "", words[1:]
    word = next(iter(words_of(first)), "")
    if word in _OF_REGIONS and rest and not _REGIONS.isdisjoint(words_of(rest[0])[:1]):
        body = " ".join(part for part in rest[0].split() if not cues.has("title", fold(part)))
        return Office(f"{_OF_REGIONS[word]} {body}", True)
    heads = cues.has("head", plain(word)) or _SECRETARY_GENERAL.match(descriptor) is not None
    if not rest or not (heads or cues.has("member", plain(word))):
        return None
    secretary = _SECRETARY.match(rest[0].strip())
    body = _IN.sub("", rest[0].strip()[secretary.end() if secretary else 0 :])
    opens_body = [plain(one) for one in words_of(body)[:1]]
    inner = office_of(body, cues) if cues.any("head", [plain(one) for one in words_of(body)[:1]]) else None
    if inner is not None:
        return Office(inner.body, False)  # مستشار | قائد قوات كذا
    if first.startswith("ال") and rest[0].startswith("ال") and " " not in rest[0].strip():
        return None  # الرئيس | اليمني, المستشار | القانوني
    if word in _DELEGATES and cues.any("outlet", opens_body):
        return None  # مندوب | القناة
    if word in _ITS_BODY and not (word in _ALSO_OF_BODIES and cues.any("body", opens_body)):
        return Office(f"{_ITS_BODY[word]} {body}", True)
    # The part of a body speaks for it: فرع صفاقس لرابطة كذا, فرع الوزارة.
    owned = _OWNED.search(body)
    if owned and not owned.start() and cues.any("body", words_of(body)[:1]):
        # (رئيس) | لجنة كذا, but (الأمين العام) ل | اتحاد كذا
        owned = owned if cues.any("body", words_of(body[owned.end() :])[:1]) else None
    if owned and (not owned.start() or cues.any("branch", words_of(body)[:1]) or _ADJECTIVE.match(body)):
        return Office(owned_name(body[owned.end() :], owned["article"] is not None, cues), heads)
    inside = _within(body, cues)
    if inside is not None:
        return Office(_THERE.sub("", inside), heads)
    parts = body.split()
    parts = parts[: first_title(parts, cues)]
    while len(parts) > 1 and cues.has("branch", next(iter(words_of(parts[0])), "")) and parts[1].startswith("ال"):
        parts = parts[1:]
    return Office(" ".join(parts), heads)
