"""What of a body's name is its own: not the office that heads it, nor where it is.

قيادة شرطة محافظة كذا, شرطة كذا and الشرطة are one where no other police speaks; of two that say where they are in
different words, each is its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from khabar.corroborate.naming import AREAS, OFFICES, name_tokens, unbound, without_gender
from khabar.corroborate.profiles import Where

__all__ = ["BodyName", "are_apart", "body_name", "can_be", "is_one_by_name", "normal"]


_ALIKE = {"مشفي": "مستشفي", "خفر": "حرس", "سلطات": "سلطه", "جهات": "سلطه", "اجهزه": "سلطه", "مصالح": "مصلحه",
          "عمال": "عاملي", "شغيله": "عاملي"}  # fmt: skip
"""Nouns that one country or report says for another."""
_JOINED = re.compile(r"^(?:بال|[بل])(?=[^\W\d_]{4})")
_ARMED_FORCES = re.compile(r"\b(?:لل?)?قوات مسلحه?\b")
_ROOT = 3  # letters
_WORKERS = "عاملي"
_OF_WORKERS = frozenset({"لجنه", "نقابه", "اتحاد", "رابطه", "جامعه"})
_OF_THEM = 3  # words: نقابة عمال الموانئ is all of a name
_TELLING = 2  # words that name a body by whom it is of, wherever it is
_MINISTRY = "وزاره"
_AUTHORITIES = "سلطه"
_ADJECTIVES = frozenset(
    map(without_gender, "عام عامه جهوي جهويه اقليمي اقليميه ولايي ولاييه مركزي مركزيه عليا".split())
)
_GOVERNS = "حكومه"
_GOVERNMENT = frozenset({_GOVERNS, "دوله", "مملكه", "جمهوريه", "سلطنه"})
_OF_THE_KIND = {
    "صحي": "صحه", "امني": "امن شرطه درك", "جمركي": "جمارك", "عسكري": "جيش", "بلدي": "بلديه",
    "محلي": "محافظه ولايه بلديه محليه عماله", "قضايي": "نيابه محكمه قضا",
}  # fmt: skip
"""Bodies that the authorities of a kind can be: السلطات الصحية."""
_PUBLIC = frozenset(
    map(
        without_gender,
        "شرطه امن درك جمارك جيش حرس محافظه ولايه بلديه محليه عماله داخليه دفاع نيابه حكومه صحه اماره معتمديه "
        "قايممقاميه متصرفيه مخابرات".split(),
    )
)
_REGIONS = frozenset(map(without_gender, "ولايه محافظه اقليم مقاطعه عماله حكومه".split()))
_REGION = "ولاي"
"""For what a region and its government are called: حكومة ولاية كذا, ولاية كذا, حكومة كذا."""
_ANY = frozenset("معني معنيه مختص مختصه رسمي حكومي مسوول مسووله محلي امني".split())


class BodyName(msgspec.Struct, frozen=True):
    """`words` are all that tell it, `own` those of them that are its own, `offices` those before them, `kind` is
    `state` for a country that acts, `authorities` for those who are not said to be which."""

    words: frozenset[str]
    own: tuple[str, ...]
    offices: tuple[str, ...]
    places: frozenset[str]
    nation: str
    kind: str = ""

    @property
    def heads(self) -> tuple[str, ...]:
        """Nouns by which alone it can be called: الفرع, الجهاز, الشرطة."""
        return (*self.offices, *self.own[:1])


@lru_cache(maxsize=1 << 14)
def body_name(label: str, where: Where | None) -> BodyName:
    """The parts of a name."""
    apart = set(where.words) if where else set()
    words = name_tokens(label)
    tokens = normal([token for token in words if token not in apart])
    areas = [bare for token in (where.words if where else ()) if (bare := _without_preposition(token)) in AREAS]
    if areas and tokens and OFFICES.union([_GOVERNS]).issuperset(tokens):
        tokens = normal(areas[:1])  # مصالح | الولاية, حكومة | ولاية كذا
    offices: list[str] = []
    while len(tokens) > 1 and (
        tokens[0] in OFFICES or tokens[0] in (_MINISTRY, _AUTHORITIES) or tokens[1] in _ADJECTIVES - {"عام", "عامه"}
    ):
        rest = tokens[1:]
        while len(rest) > 1 and rest[0] in _ADJECTIVES:
            rest = rest[1:]
        if len(rest) == 1 and rest[0] in _ADJECTIVES:
            break
        offices.append(tokens[0])
        tokens = rest
    if len(tokens) > _OF_THEM and tokens[0] in _OF_WORKERS:
        tokens = tuple(token for token in tokens if token != _WORKERS)  # اللجنة النقابية | للعاملين | بالشركة
    places = frozenset(where.places) if where else frozenset[str]()
    nation = where.nation if where else ""
    if places and len(tokens) == 1 and tokens[0] in _REGIONS:
        offices, tokens = [*offices, *tokens], (_REGION,)
    kind = ""
    if nation and not places and _GOVERNMENT.issuperset(tokens) and not offices:
        kind = "state"
    elif tokens[:1] == (_AUTHORITIES,) or (
        _AUTHORITIES in offices and (tokens[0] in _OF_THE_KIND or tokens[0] in _ANY)
    ):
        kind = "state" if nation and len(tokens) == 1 and not places and not offices else "authorities"
    return BodyName(frozenset({*words, *places}), tokens, tuple(offices), places, nation, kind)


def normal(tokens: Sequence[str]) -> tuple[str, ...]:
    """Words of a name as they are compared: without prepositions and genders, and one noun for those that are alike."""
    tokens = _ARMED_FORCES.sub("جيش", " ".join(tokens)).split()
    bare = [token if at == 0 else _without_preposition(token) for at, token in enumerate(tokens)]
    return tuple(_ALIKE.get(token, unbound(without_gender(token))) for token in bare)


def _without_preposition(token: str) -> str:
    return token[1:] if token[:1] in {"ل", "ب"} and token[1:] in _PUBLIC else _JOINED.sub("", token)


def are_apart(one: BodyName, other: BodyName) -> bool:
    """Whether two names of one kind say that they are of two bodies: of other places or states, a ministry and what is
    under it."""
    if one.nation and other.nation and one.nation != other.nation:
        return True
    if one.places and other.places and not (one.places <= other.words or other.places <= one.words):
        return True  # جنوب كردفان and شمال كردفان
    ministries = [_MINISTRY in name.offices for name in (one, other)]
    return any(ministries) and not all(ministries) and all(name.offices for name in (one, other))


def is_one_by_name(one: BodyName, other: BodyName) -> bool:
    """Whether two names that are not apart are of one body."""
    if one.kind == other.kind == "state":
        return one.nation == other.nation
    if not (one.own and other.own) or "state" in (one.kind, other.kind):
        return False
    less, more = sorted((one, other), key=lambda name: len(name.own))
    short, long = less.own, more.own
    if not set(short) < set(long):
        return set(short) == set(long)
    if all(_MINISTRY in name.offices for name in (one, other)):
        return True  # وزارة الري المصرية, وزارة الموارد المائية والري
    there = one.nation == other.nation != "" or bool(one.places and other.places)
    adjective = short == long[1:] and short[0].endswith("ي") and len(short[0]) > _ROOT  # المركزي | الكويتي
    # لجنة أهالي صور is not لجنة أهالي المخطوفين: what one says of its place the other may say in words of its own.
    short_name = len(short) > 1 and not (less.places or less.nation)
    short_name = short_name or len(short) > _TELLING  # اللجنة النقابية لعمال الأسمنت في كذا
    return (long[0] in short and (there or short_name)) or (adjective and there)


def can_be(authorities: BodyName, body: BodyName) -> bool:
    """Whether the authorities that a report names can be this body."""
    if are_apart(authorities, body) or not body.own:
        return False
    kinds = {without_gender(one) for token in authorities.own for one in _OF_THE_KIND.get(token, "").split()}
    return not (kinds or _PUBLIC).isdisjoint(body.heads)
