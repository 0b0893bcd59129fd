"""Names as they are compared, and what stands beside a name and is not of it."""

from __future__ import annotations

import re

from khabar.corroborate.words import words_of

__all__ = [
    "AREAS",
    "OFFICES",
    "PLACE_HEADS",
    "STOPS",
    "last_word",
    "name_tokens",
    "plain",
    "same_head",
    "unbound",
    "without_asides",
    "without_gender",
]

STOPS = frozenset(
    "ان انه انها انهم ال في من عن علي الي قولها قوله قولهم ب ل مع بعد قبل و او التي الذي هي هو هم بان لم لا كما "
    "حيث".split()
)
PLACE_HEADS = frozenset("كفر دير تل بيت منيه حي شارع جزيره برج عزبه قريه".split())  # كفر | الشيخ is a place, no title
_LONGEST_NAME = 8  # words
_SLAVE = "عبد"
_PLURAL = 5  # letters
# `البيان، الذي`, `بيان أورده موقع`, `مصدر طلب حجب اسمه`: what is said of a source is not of its name.
_ASIDE = re.compile(
    r"\s*[،,]?\s+(?:الذي|التي|الذين|الذى|التى|اللذان|وهو|وهي|وهى|وقد|ومقره|ومقرها"
    r"|(?:طلب|رفض|اشترط|فض[ّ]?ل|آثر)ت?(?=\s+(?:عدم|حجب|إخفاء|إغفال|كتم|التكتم|كشف|الكشف|ذكر|نشر|من|أن|ألا|ألّا|البقاء))"
    r"|(?:طالب|رافض|مشترط|مفض[ّ]?ل)(?:ا|اً|ة)"
    r"|ال(?:مالك|مشغّ?ل|منظّ?م|منفّ?ذ|مقرّ?ب|قريب|محسوب|مسؤول|معني|متخصص|مشرف)(?:ة|ين|ون)?(?=\s+(?:من|على|عن|في)\s|\s+[لب])"
    r"|(?:أورد|نشر|بث|نقل|وزع|أصدر|تلا|أعد|أذاع)ت?(?:ه|ها)|تلقت(?:ه|ها)?|تلقى)\b.*$",
    re.DOTALL,
)


def name_tokens(text: str) -> tuple[str, ...]:
    """The words of a name without articles and prepositions, in order: what two namings of one body share."""
    return tuple(plain(word) for word in _joined(words_of(text)) if word not in STOPS)[:_LONGEST_NAME]


def _joined(words: list[str]) -> list[str]:
    """Words of names with the first of two that are written apart or as one: عبد | الله."""
    made: list[str] = []
    for word in words:
        if made and made[-1] == _SLAVE:
            made[-1] += word
        else:
            made.append(word)
    return made


def plain(word: str) -> str:
    """A folded word without its article."""
    for prefix in ("وال", "لل", "ال"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            return word[len(prefix) :]
    return word


def without_gender(token: str) -> str:
    """An adjective without its feminine ending: of وزير الزراعة السوري is named what others call الوزارة السورية."""
    return token.removesuffix("ه") if token.endswith("يه") else token


OFFICES = frozenset(
    map(without_gender, "قياده رياسه مديريه دايره اداره مصلحه جهاز هييه فرع ديوان مقر قسم شعبه خليه مكتب قوات".split())
)
"""Nouns that head the name of what they run or are a part of."""


AREAS = frozenset(
    "ولايه محافظه مدينه منطقه بلده قريه قضاء اقليم ناحيه محليه عماله مقاطعه بلاد حي مخيم قطاع جهه "
    "مملكه جمهوريه سلطنه".split()
)
"""What a place is called before its name, or again without it."""


def unbound(token: str) -> str:
    """A sound plural as it stands before what it governs: نقابة السائقين is نقابة سائقي كذا."""
    return token[:-1] if token.endswith("ين") and len(token) >= _PLURAL else token


def last_word(name: str) -> str:
    """The last word of a name as it is compared, empty for none."""
    words = [word for word in _joined(words_of(name)) if word not in STOPS]
    return plain(words[-1]) if words else ""


def same_head(label: str, head: str) -> bool:
    """Whether a name begins with this word."""
    return name_tokens(label)[:1] == (head,)


def without_asides(text: str) -> str:
    """A source's phrase up to what is only said of it: a relative clause, where it was carried, what it asked for."""
    return _ASIDE.sub("", text) or text
