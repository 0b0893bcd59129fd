"""Outlets by name: one key for an outlet, whether it is a publisher, is quoted, or is credited."""

from __future__ import annotations

import msgspec

from khabar.corroborate.words import words_of
from khabar.resources import Tables

__all__ = ["UNNAMED_AGENCIES", "Outlets", "build_outlets", "is_vague", "outlet_words", "same_outlet"]

UNNAMED_AGENCIES = "outlet:*"
"""The key of a credit to agencies that are not named."""

_HEADS = frozenset(
    "وكاله صحيفه قناه موقع تلفزيون اذاعه شبكه جريده مجله بوابه يوميه انباء للانباء الانباء اخبار للاخبار الاخبار "
    "وكالات".split()
)
_ANY = frozenset({"احد", "احدي", "بعض", "عده", "وسايل"})
_WHICH = frozenset(
    "محلي محليه عربي عربيه لبناني لبنانيه عراقي عراقيه سوري سوريه مصري مصريه ليبي ليبيه يمني يمنيه سوداني سودانيه "
    "تونسي تونسيه جزايري جزايريه مغربي مغربيه اردني اردنيه فلسطيني فلسطينيه خليجي خليجيه اسراييلي اسراييليه عبري "
    "عبريه تركي تركيه ايراني ايرانيه خاص خاصه حكومي حكوميه رسمي رسميه اخباري اخباريه فضايي فضاييه الكتروني "
    "الكترونيه اعلام معارض معارضه موالي مواليه اجنبي اجنبيه اخر اخري".split()
)
"""What is said of an outlet that is not named."""
_MEDIA = frozenset({"agency", "newspaper", "channel", "site"})


class _Carrier(msgspec.Struct, frozen=True):
    names: str
    publishers: str


class _Actor(msgspec.Struct, frozen=True):
    id: str
    kind: str
    name_en: str = ""
    name_ar: str = ""
    aliases_ar: str = ""


class Outlets(msgspec.Struct, frozen=True):
    """Keys by name; `labels` gives the English name of an actor's key, `agencies` those keys that are agencies."""

    keys: dict[str, str]
    labels: dict[str, str]
    agencies: frozenset[str]

    def known(self, name: str) -> str | None:
        """The key of an outlet of the tables, by any of its names or codes; None for any other."""
        return self.keys.get(_bare(name)) or self.keys.get(_whole(name))

    def key(self, name: str) -> str:
        """A key for any outlet: that of the tables, else one made of its name without `وكالة` and its like."""
        return self.known(name) or "outlet:" + (_bare(name) or _whole(name))


def build_outlets(tables: Tables) -> Outlets:
    """From the reader's tables of carriers and of actors that are media."""
    keys: dict[str, str] = {}
    labels: dict[str, str] = {}
    by_code: dict[str, str] = {}  # aljazirah is not aljazeera, which goes by the same Arabic name
    agencies: set[str] = set()
    for actor in tables.rows("actors/groups.tsv", _Actor):
        if actor.kind in _MEDIA:
            labels[actor.id] = actor.name_en
            by_code[actor.id.removeprefix("actor:").replace("-", "")] = actor.id
            if actor.kind == "agency":
                agencies.add(actor.id)
            for name in (actor.name_ar, *actor.aliases_ar.split(" | ")):
                # A star marks a name that is another word or place as well.
                for form in {_bare(name), _whole(name)} - {""} if not name.endswith("*") else set():
                    keys.setdefault(form, actor.id)
    for row in tables.rows("cues/carriers.tsv", _Carrier):
        names = [name.strip() for name in row.names.split(";")]
        found = (keys.get(form) for name in names for form in (_whole(name), _bare(name)) if form)
        codes = row.publishers.split()
        key = next((one for one in found if one), f"outlet:{codes[0] if codes else _whole(names[0])}")
        for name in (*names, *codes):
            for form in {_bare(name), _whole(name)} - {""}:
                keys.setdefault(form, by_code.get(name, key))
    return Outlets(keys, labels, frozenset(agencies))


def outlet_words(name: str) -> list[str]:
    """The words of an outlet's name without articles and without `وكالة` and its like."""
    return _bare(name).split()


def same_outlet(one: str, other: str) -> bool:
    """Whether two keys are of one outlet: its name and the same with an adjective (`الرملة`, `الرملة الليبية`)."""
    if one == other:
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    return one.startswith("outlet:") and other.startswith("outlet:") and long[: len(short)] == short


def is_vague(name: str) -> bool:
    """Whether an outlet is not named but only said to be one: موقع محلي, إحدى الصحف, وسائل إعلام عربية."""
    words = words_of(name)
    if words[:1] and words[0] in _ANY:
        return True
    return bool(words) and words[0] in _HEADS | {"وسايل"} and all(w in _WHICH or w in _HEADS for w in words[1:])


def _whole(name: str) -> str:
    return " ".join(_plain(word) for word in words_of(name))


def _bare(name: str) -> str:
    return " ".join(_plain(word) for word in words_of(name) if word not in _HEADS)


def _plain(word: str) -> str:
    return word.removeprefix("ال") if len(word) > 3 else word
