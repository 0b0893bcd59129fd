"""Reading a noun phrase that names who speaks, with apposition, descriptors and relative clause.

The reader is greedy within rules of Arabic noun phrases: an indefinite noun that takes an idafa goes on to the noun
that makes it definite (وزير | الخارجية), adjectives agree in the article, a title after a name is an apposition, a
noun phrase that is complete ends where a bare noun begins (قيادة التحالف | بدء هدنة).
"""

from __future__ import annotations

from khabar.attribution.cues import is_finite, is_telling
from khabar.attribution.modifiers import (
    TITLES,
    has_article,
    is_definite_adjective,
    is_outlet,
    is_title,
    name_skip,
    parenthesis_end,
    relative_end,
    skip_quantifiers,
)
from khabar.attribution.phrases.ahead import is_told_by_name
from khabar.attribution.phrases.beside import (
    is_circumstance,
    is_kin,
    is_profession,
    owns_within,
    relative_after,
    who_is,
)
from khabar.attribution.phrases.phrase import Phrase
from khabar.attribution.phrases.prepositions import ends_early, past_preposition
from khabar.attribution.phrases.reading import BODY, Reading
from khabar.attribution.phrases.strangers import NEGATIONS, apposed_stranger, unnamed_end
from khabar.attribution.phrases.words import past_word, stops
from khabar.attribution.view import NameSpan, View

__all__ = ["read_phrase"]

_OWNED_HONORIFICS = ("ته", "تها", "موه", "موها", "اليه", "اليها")
_SURNAMES = frozenset({"بن", "ابو", "ابي", "ابا"})
_INITIALS = frozenset({"د", "م", "ا"})  # د. محمد
_MAX_QUOTED = 6
_MAX_QUOTED_NAME = 5  # after a generic noun: صحيفة «كذا»
_MAX_QUOTED_STRANGER = 3
_MAX_APPOSED = 15
_PASSIVE = (5, 6)  # letters of مدعوم, مدعومة
_MAX_CALLED = 7
_NOTHING: frozenset[str] = frozenset()


def read_phrase(
    view: View, at: int, *, nominal: bool, takes: frozenset[str] = _NOTHING, until: int | None = None
) -> Phrase | None:
    """The noun phrase that starts at token `at`, or None where none can start there.

    `nominal` says that a bare noun phrase may follow as content, so that unknown bare nouns end the phrase;
    `takes` are prepositions that open the content, `until` a token that the phrase does not pass.
    """
    key = (at, nominal, takes, until)
    memo: dict[tuple[object, ...], Phrase | None] = view.phrases
    if key not in memo:
        memo[key] = _read(Reading(view, at, nominal=nominal, takes=takes, until=len(view) if until is None else until))
    return memo[key]


def _read(reading: Reading) -> Phrase | None:
    view, start = reading.view, reading.start
    first = skip_quantifiers(view, start)
    opened = _head(reading, first)
    if opened is None:
        return None
    end, skip = opened
    while end < reading.until:
        following = _next(reading, end)
        if following is None:
            break
        end = following
    while end > first + 1 and (hanging := _hanging(view, end)):
        end -= hanging
    if end == first + 1 and _governs_nothing(reading, first):
        return None
    quantified = first > start
    if quantified:
        skip = 0 if view.has(start, "quantifier") else 1
    known = (
        reading.head is not None
        or reading.called
        or any(name.start == first or (name.start == first + 1 and view.norm[first] == '"') for name in reading.names)
    )
    return Phrase(
        start, end, skip, reading.head, reading.definite, tuple(reading.names), known, quantified,
        masculine=view.has(first, "masculine_place"), called=reading.called,
    )  # fmt: skip


def _hanging(view: View, end: int) -> int:
    """How many words at the end of a phrase govern nothing of it: a preposition, a relative pronoun, الذي قال."""
    if view.covered[end - 1] is not None:
        return 0
    if view.has(end - 1, "preposition") or view.has(end - 1, "relative"):
        return 1
    return 2 if view.has(end - 2, "relative") and is_finite(view, end - 1) else 0


def _governs_nothing(reading: Reading, at: int) -> bool:
    """Whether the plural of people stands alone that can't: حظر مديرو | عدد من المتاحف كذا."""
    view, word = reading.view, reading.view.norm[at]
    return reading.head is not None and word[-1:] == "و" and word not in view.lexicon.sources and at not in view.names


def _head(reading: Reading, at: int) -> tuple[int, int] | None:
    """Read the first word or name; gives the next token and the letters of clitics."""
    view = reading.view
    if at >= len(view) or at in view.told:
        return None
    name = view.names.get(at)
    if name is not None:
        skip = name_skip(view, name)
        found = view.noun(at) if name.mention.type == "PLACE" and name.end > at + 1 else None
        if found is not None and found[0].kind == "organization" and found[1] == skip:
            reading.head = reading.governor = found[0]  # مستشفى كذا is a place that speaks
        return reading.take_name(name), skip
    word = view.norm[at]
    if word == '"':
        end = _quoted(reading, at)
        return None if end is None else (end, 0)
    if view.has(at, "relative"):
        whole = relative_end(view, at)  # الذين لا يسعون إلى الربح
        reading.closed = True
        return None if whole is None else (whole, 0)
    if view.tokens[at].kind != "word" or view.timed[at] or stops(reading, at) or view.has(at, "preposition"):
        return None
    if word in _SURNAMES and at + 1 < len(view) and view.tokens[at + 1].kind == "word":
        reading.called = reading.closed = reading.definite = reading.named = True
        return at + 2, 0  # بن ساسي
    found = view.noun(at)
    if found is not None and found[1] and at > reading.start and word[:1] == "ل":
        return None  # أحد هؤلاء | للصحيفة
    if found is not None:
        reading.head, skip, reading.definite = found
        if reading.head.kind == "honorific" and word.endswith(_OWNED_HONORIFICS):
            reading.definite = True  # سموه, سعادته
        reading.governor = reading.head
        reading.closed = reading.definite
        return at + 1, skip
    reading.closed = reading.definite = has_article(word)
    return at + 1, 0


def _next(reading: Reading, at: int) -> int | None:
    """The token after the next part of the phrase, or None where the phrase ends."""
    view = reading.view
    if at in view.told:
        return None
    name = view.names.get(at)
    if name is not None:
        return _next_name(reading, name)
    token = view.tokens[at]
    if token.kind == "punct":
        return _next_mark(reading, at)
    if token.kind == "number" or view.timed[at] or is_circumstance(reading, at):
        return None
    if owns_within(reading, at):
        return at + 1
    if view.has(at, "relative") or (view.has(at, "withholding") and reading.unnamed and reading.hides):
        return relative_after(reading, at)
    if token.norm in NEGATIONS and reading.unnamed and not reading.definite:
        return unnamed_end(view, at)
    if not reading.closed and view.has(at, "adjective"):
        return past_word(reading, at)
    naming = _past_naming(reading, at) or _past_negated(reading, at)
    if naming is not None:
        return naming
    preposition = past_preposition(reading, at)
    if preposition:
        return preposition
    if token.norm in {"وهو", "وهي"}:
        return who_is(reading, at)
    if preposition is None or stops(reading, at):
        return None
    return past_word(reading, at)


def _past_negated(reading: Reading, at: int) -> int | None:
    """مكافحة الهجرة | غير الشرعية."""
    view = reading.view
    follows = view.norm[at] == "غير" and reading.closed and at + 1 < len(view)
    return at + 2 if follows and is_definite_adjective(view, at + 1) else None


# Names


def _past_naming(reading: Reading, at: int) -> int | None:
    """Past words that give a name or an owner: يدعى فلان, بقيادة كذا, تطلق على نفسها كذا, أعلنتها وزارة كذا."""
    view = reading.view
    if view.has(at, "called") and at + 1 in view.names:
        return at + 1
    if view.has(at, "led_by"):
        return reading.open_place(at)
    if view.norm[at] in {"تطلق", "يطلق"} and view.norm[at + 1 : at + 2] == ["علي"] and view.has(at + 2, "itself"):
        reading.closed = False
        return at + 3 if at + 3 < len(view) else None
    first = at + 2 if _sends(reading, at) else at + 1
    issuer = read_phrase(view, first, nominal=True) if first > at + 1 or _issues(reading, at) else None
    if issuer is None or not issuer.known:
        return None
    reading.closed = True
    return issuer.end


def _next_name(reading: Reading, name: NameSpan) -> int | None:
    if name_skip(reading.view, name):
        return _next_joined_name(reading, name)
    is_person = name.mention.type == "PERSON"
    described = reading.unnamed and reading.governor is not None and reading.governor.takes == "adjective"
    governed = reading.view.has(name.start - 1, "preposition")  # شاهد من رويترز
    if described and name.start > reading.start + 1 and not governed and is_outlet(reading.view, name):
        return None  # أفاد مسؤول محلي | وكالة كذا
    if reading.closed and reading.view.has(name.start, "outlet") and is_telling(reading.view, reading.start):
        return None  # أفاد مسؤول في وزارة كذا | قناة «كذا» بأن
    if reading.nominal and reading.closed and not is_person and reading.view.norm[name.start - 1] != "(":
        return None
    if is_person and reading.closed and not reading.named and _is_body(reading):
        return None
    if reading.nominal and reading.named and is_person:
        return None
    return reading.take_name(name)


def _next_joined_name(reading: Reading, name: NameSpan) -> int | None:
    """A name with a clitic: a second speaker after و, or whose, or where, after ل and ب."""
    view, clitic = reading.view, reading.view.norm[name.start][:1]
    is_place = name.mention.type == "PLACE"
    if clitic == "و" and reading.placed and is_place:
        return reading.take_name(name)  # لجنة المصالحة بين كذا وكذا
    if clitic == "و" and reading.closed:
        second = not is_place or (reading.head is None and not reading.nominal)
        return reading.take_name(name) if second or reading.all_places else None
    if reading.governor is None or reading.named:
        return None
    if clitic == "ب" and ("ب" not in reading.takes or (is_place and "count" in reading.takes)):
        return reading.take_name(name)
    if clitic != "ل" or view.outlet(name.start, name.end) is not None:
        return None
    if is_outlet(view, name) and not reading.governed_by("document"):
        return None  # ذكر سكان وزعيم عشائري | لوكالة كذا
    attached = reading.closed and view.has_noun(name.start - 1, "attached")
    is_wing = reading.governed_by("organization") and is_definite_adjective(view, name.start - 1)
    if (
        is_place
        or (is_wing and name.mention.type == "ORG")  # المجموعة الولائية | للدرك
        or reading.owned
        or attached
        or ends_early(reading, name.start)
        or (_is_office_in_body(reading, name.start) and not is_outlet(view, name))
    ):
        return reading.take_name(name)
    return None


def _is_body(reading: Reading) -> bool:
    """Whether a body or a paper heads the phrase: no person's name stands in apposition to it."""
    return reading.head is not None and reading.head.kind in {"organization", "document", "media"}


def _is_office_in_body(reading: Reading, end: int) -> bool:
    """عضو اللجنة المركزية | لحركة كذا."""
    last = reading.names[-1] if reading.names else None
    in_body = last is not None and last.end == end and last.mention.type == "ORG"
    return in_body and reading.head is not None and reading.head.kind in TITLES


def _quoted(reading: Reading, at: int) -> int | None:
    """A name in quotation marks: a known one, or a few words that are no sentence."""
    view = reading.view
    quotation = view.opened(at)
    close = view.close_of(quotation) if quotation else None
    if close is None or not 1 <= close - at - 1 <= _MAX_QUOTED:
        return None
    names = [view.names[i] for i in range(at + 1, close) if i in view.names]
    generic = reading.governed_by("media", "organization") and not reading.closed
    if not names and close - at - 1 > (_MAX_QUOTED_NAME if generic else _MAX_QUOTED_STRANGER):
        return None
    reading.names.extend(names)
    reading.closed = reading.definite = True
    reading.named = bool(names) and names[-1].mention.type == "PERSON"
    opens = view.noun(at + 1)
    is_body = opens is not None and opens[0].kind == "organization"
    if reading.governor is None and (is_body or any(name.mention.type == "ORG" for name in names)):
        reading.governor = BODY
    return close + 1


# Marks and what they set off


def _next_mark(reading: Reading, at: int) -> int | None:
    view = reading.view
    word = view.norm[at]
    if word == '"':
        return None if is_told_by_name(reading, at) else _quoted(reading, at)
    if word == "(":
        return parenthesis_end(view, at, inside=reading.governed_by("media", "organization"))
    if word == "." and view.norm[at - 1] in _INITIALS:
        return at + 1
    return _apposition(reading, at + 1) if view.is_comma(at) else None


def _apposition(reading: Reading, at: int) -> int | None:
    """The end of an apposition between commas: a name after a title, a title after a name, a relative clause."""
    view = reading.view
    if at >= len(view):
        return None
    if view.has(at, "withholding") and (reading.unnamed or reading.hides):
        return _withholding_end(view, at)
    if view.has(at, "relative"):
        return relative_after(reading, at)
    if view.has(at, "called") and reading.head is not None and not reading.has_person:
        return _called_end(reading, at)
    if view.norm[at] in {"وهو", "وهي"}:
        return who_is(reading, at)
    name = view.names.get(at)
    if name is not None and name.mention.type == "PERSON":
        if reading.has_person or reading.head is None or name_skip(view, name):
            return None
        return reading.take_name(name)
    if name is not None and name.mention.type == "ORG" and view.is_comma(name.end):
        return reading.take_name(name) if reading.head is not None or reading.names else None
    return _apposed_title(reading, at) or _apposed_adjective(reading, at) or apposed_stranger(reading, at)


def _issues(reading: Reading, at: int) -> bool:
    """Whether a verb with the pronoun of a document that is not complete stands here: تقرير أصدرته | الهيئة."""
    view = reading.view
    if not reading.governed_by("document") or reading.closed or at + 1 >= len(view):
        return False
    return view.has(at, "carried") or view.has(at, "issued_by")


def _sends(reading: Reading, at: int) -> bool:
    """Whether a verb of sending that is not complete stands here: رسالة بعث بها | المحافظ."""
    view = reading.view
    open_paper = reading.governed_by("document") and not reading.closed and at + 2 < len(view)
    return open_paper and view.has(at, "issuing") and view.norm[at + 1] in {"به", "بها"}


def _called_end(reading: Reading, at: int) -> int | None:
    """The comma after the name that is given: أحد السكان، ويدعى أبو خالد، …"""
    view = reading.view
    for end in range(at + 2, min(at + _MAX_CALLED, len(view))):
        if view.is_comma(end):
            reading.names.extend(name for name in view.names.values() if at < name.start < end)
            return end
        if view.tokens[end].kind == "punct" or view.is_complementiser(end):
            return None
    return None


def _withholding_end(view: View, at: int) -> int | None:
    """The comma that ends طلب ألا يذكر اسمه, else the end of the clause."""
    for end in range(at + 1, min(at + _MAX_APPOSED, len(view))):
        if view.is_comma(end):
            return end
        if view.tokens[end].kind == "punct" or (view.is_complementiser(end) and view.norm[end] not in {"الا", "ان"}):
            break
    return relative_end(view, at)


def _apposed_adjective(reading: Reading, at: int) -> int | None:
    """سالم، المقرب من الوزير، …, الباحث، المقيم في باريس، …, القوات، الموالية للحكومة، …: an adjective or participle
    with the article up to the next comma."""
    view = reading.view
    is_body = reading.governed_by("organization") and not reading.has_person
    if not (reading.has_person or reading.unnamed or is_body) or at in view.names:
        return None
    if not view.norm[at].startswith("ال" if is_body else "الم"):
        return None
    rest = view.norm[at][2:]
    is_passive = rest[:1] == "م" and rest[3:4] == "و" and len(rest) in _PASSIVE and view.noun(at) is None
    if not (is_definite_adjective(view, at) or is_passive):
        return None
    for end in range(at + 1, min(at + _MAX_APPOSED, len(view))):
        if view.is_comma(end):
            return end
        if view.tokens[end].kind == "punct" or view.is_complementiser(end) or is_finite(view, end):
            return None
    return None


def _apposed_title(reading: Reading, at: int) -> int | None:
    view, has_person = reading.view, reading.has_person
    if not has_person and reading.head is None:
        return None
    if not (is_title(view, at) or (has_person and is_kin(view, at)) or is_profession(view, at)):
        return None
    inner = read_phrase(view, at, nominal=True)
    if inner is None or not (has_person or inner.has_person):
        return None
    reading.names.extend(inner.names)
    reading.named = bool(inner.names) and inner.names[-1].end == inner.end
    return inner.end
