"""What kind of source a phrase names, who stands behind it, and which verb forms can carry it over."""

from __future__ import annotations

from khabar.attribution.cues import is_finite
from khabar.attribution.modifiers import TITLES, has_article, name_skip, skip_quantifiers
from khabar.attribution.phrases import Phrase
from khabar.attribution.view import NameSpan, View
from khabar.records import Mention, SourceKind

__all__ = ["entity_of", "kind_of"]

_SOME = frozenset({"البعض", "الكثير", "الاخر", "الجميع", "الكل", "الناس"})
_WOMAN = frozenset({"المراه", "الشخص", "اشخاص"})
_ANOTHER = frozenset({"اخر", "اخري", "اخران", "اخرون", "اخريات", "هولاء", "هذان", "هاتان"})  # وأضاف آخر أن
_ONE_QUOTED = 3  # a word with its marks
_ACTIVISTS = frozenset({"ناشط", "ناشطه"})
_HEADED = frozenset({"document", "media", "organization", "witness", "unnamed_source"})


def kind_of(view: View, phrase: Phrase, titles: frozenset[str]) -> SourceKind:
    """The kind by head noun, names inside and, for titles, whether somebody was named with that title before.

    `titles` holds the head words that stood beside a person's name earlier in the document.
    """
    head = phrase.head
    kinds: list[str] = [name.mention.type for name in phrase.names]
    if phrase.called:
        return "named_person"
    starts_named = bool(phrase.names) and phrase.names[0].start <= phrase.start + 1 and (head is None)
    if head is None or starts_named:
        return _common(view, phrase) or _by_names(view, phrase, kinds)
    if head.kind == "media":
        is_agency = any(view.has(at, "no_press") for at in range(phrase.start + 1, phrase.end))
        return "organization" if is_agency else "media"  # وكالة غوث اللاجئين
    if head.kind in {"document", "organization"}:
        return head.kind
    if head.kind == "unnamed_source":
        return (
            "named_person"
            if "PERSON" in kinds and head.agrees == "m" and not _is_source_word(view, phrase)
            else "unnamed_source"
        )
    if "PERSON" in kinds and _is_of_office(view, phrase):
        return "unnamed_official" if head.kind in TITLES else "unnamed_source"
    if "PERSON" in kinds and not (phrase.quantified and head.agrees == "p"):
        return "named_person"
    if head.kind == "witness":
        return "witness"
    return _by_title(view, phrase, titles)


def _common(view: View, phrase: Phrase) -> SourceKind | None:
    """The kind of a common noun that looks like a person's name: مستمع اتصل, بيان موقع; None for any other phrase."""
    name = phrase.names[0] if phrase.names else None
    if name is None or name.start != phrase.start or name.mention.type != "PERSON":
        return None
    found = view.noun(phrase.start)
    if found is None or found[1] or found[2] or found[0].agrees == "p":
        return None
    return found[0].kind if found[0].kind in {"witness", "document"} else None


def _is_of_office(view: View, phrase: Phrase) -> bool:
    """مسؤول في مكتب الرئيس فلان, مسؤول في بلدية الشدادي: the name belongs to a title or a body that stands after a
    preposition, not to who speaks."""
    if phrase.definite and phrase.head is not None and has_article(view.norm[phrase.start]):
        return False
    inside = [at for at in range(phrase.start + 1, phrase.end) if view.norm[at] in {"في", "من"}]
    people = [name for name in phrase.names if name.mention.type == "PERSON"]
    if not inside or len(people) != 1 or view.is_comma(people[0].start - 1):
        return False
    for at in range(people[0].start - 1, inside[0], -1):
        found = view.noun(at)
        if found is not None:
            of_body = found[0].kind == "organization" and at == people[0].start - 1 and not has_article(view.norm[at])
            return of_body or (found[2] and found[0].kind == "office")
    return False


def _is_source_word(view: View, phrase: Phrase) -> bool:
    return any(
        "مصدر" in view.norm[i] or "مصادر" in view.norm[i]
        for i in range(phrase.start, min(phrase.start + 3, phrase.end))
    )


def _by_names(view: View, phrase: Phrase, kinds: list[str]) -> SourceKind:
    if "PERSON" in kinds:
        return "named_person"
    if "ORG" in kinds or "PLACE" in kinds:
        first = phrase.names[0]
        if first.mention.type == "ORG" and (
            view.norm[first.start].endswith(("وكاله", "صحيفه", "قناه"))
            or view.outlet(first.start, first.end) is not None
        ):
            return "media"
        return "organization"
    first_word = skip_quantifiers(view, phrase.start)
    word = view.norm[first_word]
    if word.endswith(("ون", "ين")):
        return "witness"
    if word in _SOME:
        return "unnamed_source"
    alone = phrase.end == first_word + 1 or view.is_comma(first_word + 1)
    if word in _WOMAN or (word in _ANOTHER and alone):
        return "witness"
    if word == '"':
        # «الحاج» is what a man is called, «نسور النيل» a body.
        return "named_person" if phrase.end <= first_word + _ONE_QUOTED else "organization"
    if has_article(word):
        # النقطة الطبية: who speaks under a definite name that no list holds is a body; الهاشمي is a man.
        return "named_person" if alone and word.endswith("ي") else "organization"
    return "named_person" if alone else "unnamed_source"


def _by_title(view: View, phrase: Phrase, titles: frozenset[str]) -> SourceKind:
    assert phrase.head is not None
    head = phrase.head
    words = {
        view.norm[i].removeprefix("و").removeprefix("ال")
        for i in range(phrase.start, min(phrase.start + 2, phrase.end))
    }
    if head.kind in {"honorific", "rank"}:
        if words & titles or (phrase.definite and _opens_definite(view, phrase)):
            return "named_person"
        return "witness" if words & _ACTIVISTS else "unnamed_official"
    if head.kind == "office":
        return "named_person" if _ends_definite(view, phrase) else "unnamed_official"
    if head.agrees != "p" and phrase.definite and not phrase.quantified and words & titles:
        return "named_person"
    return "unnamed_official"


def _opens_definite(view: View, phrase: Phrase) -> bool:
    """سعادة السفير, الدكتور: the article stands in what heads the phrase, not in ناشط من أبناء المدينة."""
    for at in range(phrase.start, phrase.end):
        if view.has(at, "preposition") or (at > phrase.start and is_finite(view, at)):
            return False  # ناشط من كذا, مهندس يعمل في كذا
        if has_article(view.norm[at]) or at in view.names or view.original(at).endswith(("ه", "ها", "هم")):
            return True
    return False


def _ends_definite(view: View, phrase: Phrase) -> bool:
    """Whether an idafa is definite: one of its words has the article or is a name."""
    if phrase.quantified:
        return False
    if any(name.mention.type == "PERSON" for name in phrase.names):
        return True
    for at in range(phrase.start, phrase.end):
        if at in view.names or view.norm[at].startswith(("ال", "وال", "لل")):
            return True
        if view.has(at, "preposition") or view.norm[at].startswith("بال"):
            return False  # وكيل ملاحي | في الحديدة, رئيس وردية | بالمصنع
    return False


def _is_where(view: View, phrase: Phrase, name: NameSpan) -> bool:
    """قيادة الدرك | في ولاية كذا, مديرية الصحة | بولاية كذا: where a body sits is not the body."""
    if phrase.head is None or phrase.head.kind != "organization" or name.start == phrase.start:
        return False
    return view.norm[name.start - 1] == "في" or (view.norm[name.start][:1] == "ب" and name_skip(view, name) > 0)


def entity_of(view: View, phrase: Phrase) -> str | None:
    """The id of the actor that the source names: its person, else its first body, else the country that acts."""
    best: Mention | None = None
    for wanted in ("PERSON", "ORG", "PLACE"):
        for name in phrase.names:
            if name.mention.type == wanted and best is None and not (wanted == "ORG" and _is_where(view, phrase, name)):
                best = name.mention
        if best is not None:
            break
    if best is None:
        return None
    if best.entity is not None:
        return best.entity.id
    if best.place is not None and best.place.country and phrase.names[0].start == phrase.start:
        return f"actor:state-{best.place.country.lower()}" if best.place.precision == "country" else None
    return None
