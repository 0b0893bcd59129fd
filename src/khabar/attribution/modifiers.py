"""What may follow a noun phrase and still belong to it: relative clauses, parentheses, adjectives."""

from __future__ import annotations

from khabar.attribution.cues import is_finite
from khabar.attribution.lexicon import SourceNoun
from khabar.attribution.view import NameSpan, View

__all__ = [
    "ADJECTIVE_ENDINGS", "TITLES", "has_article", "has_wa", "is_definite_adjective", "is_outlet", "is_title",
    "is_titling",
    "name_skip", "parenthesis_end", "relative_end", "skip_quantifiers",
]  # fmt: skip

TITLES = frozenset({"office", "rank", "honorific", "unnamed_official"})
ADJECTIVE_ENDINGS = ("ي", "يه", "يون", "يين", "يان", "يات", "يتان", "يتين")
_MAX_RELATIVE = 22
# Words that begin with the letters of the article and do not carry it.
_NOT_ARTICLE = ("التزام", "التحاق", "التقاء", "التماس", "التفاف", "التهاب", "الغاء", "القاء", "الحاق", "الزام", "التقا")
# How plurals of people end, in the sound plural and in most broken ones: المعلمين, العلماء, الإخوان, القضاة.
_PEOPLE_ENDINGS = ("ين", "ون", "اء", "خوان", "ضاه", "باب", "راد", "ناء", "نود", "جار", "مال")
_NOT_DEFINITE = frozenset({"البو", "الف", "الم", "الي", "الا", "اله", "الاف", "التي", "الذي", "الذين", "الان"})
_PASSIVE = (5, 6)  # letters of مخطوف, مخطوفة
_LONG = 6  # letters of a sound plural: معلمين, not معين
_MANY = 4  # tokens before a plural adjective in which the people stand
_PARTICIPLES = ("مت", "مس", "مش", "مق", "مح", "مع", "مك", "من", "مو")


def has_article(word: str) -> bool:
    """Whether a folded word carries the article, after a conjunction or not."""
    bare = word[1:] if word[:1] in {"و", "ف"} and word[1:3] == "ال" else word
    if bare in _NOT_DEFINITE or bare.startswith(_NOT_ARTICLE):
        return False
    return bare.startswith("ال") or word.startswith("لل")


def is_titling(noun: SourceNoun) -> bool:
    """Whether a noun can stand in apposition to a name: a title, an office, a profession."""
    return noun.kind in TITLES or (noun.kind == "unnamed_source" and noun.agrees == "m" and noun.takes == "idafa")


def is_title(view: View, at: int) -> bool:
    """Whether the token is a title, an office or a profession without clitics."""
    if not 0 <= at < len(view) or view.tokens[at].kind != "word":
        return False
    found = view.noun(at)
    return found is not None and found[1] == 0 and is_titling(found[0])


def is_definite_adjective(view: View, at: int) -> bool:
    """Whether a word with the article reads as an adjective of the noun before it."""
    rest = view.norm[at][2:]
    before_it = view.noun(at - 1)
    of_people = before_it is not None and before_it[2] and before_it[0].agrees == "p"  # الحراس المحتجين
    if of_people and rest.endswith(("ين", "ون")) and view.has(at, "no_adjective"):
        return True
    if rest.endswith("ايه") or view.has(at, "no_adjective"):
        return False  # الرواية, الحكاية, المنطقة: nouns in the shape of adjectives
    found = view.noun(at)
    is_person = found is None or found[0].kind in {"honorific", "unnamed_official", "unnamed_source"}
    if not is_person and rest not in view.lexicon.words["adjective"]:
        return False
    if any(form.kind == "masdar" for form in view.lexicon.forms.get(rest, ())):
        return False  # عزا المصدر | النفي إلى
    if rest.endswith(("ين", "ون")) and len(rest) >= _LONG and not _of_many(view, at):
        return False  # طالبت الوزارة | المتقدمين بكذا
    before = view.norm[at - 1]
    same_ending = (
        len(rest) > 3 and rest[-2:] in {"ين", "ون", "ات"} and before.endswith(rest[-2:]) and has_article(before)
    )
    return (
        rest.endswith(ADJECTIVE_ENDINGS)
        or rest in view.lexicon.words["adjective"]
        or same_ending
        or (rest.startswith(_PARTICIPLES) and found is None and not rest.endswith("ات"))
        or (rest[:1] == "م" and rest[3:4] == "و" and len(rest) in _PASSIVE and found is None)
    )


def _of_many(view: View, at: int) -> bool:
    """Whether people stand before a sound plural, which can then be their adjective: سكان الحي | المحاصرون."""
    last = view.norm[at - 1]
    nisba = view.norm[at].endswith(("يين", "يون")) and view.noun(at - 1) is None
    if nisba and has_article(last) and not last.endswith(("ه", "ي")):
        return True  # اليهود | الأمريكيين, a broken plural of no list
    for before in range(at - 1, max(-1, at - 1 - _MANY), -1):
        found = view.noun(before)
        if (found is not None and found[0].agrees == "p") or view.norm[before].endswith(_PEOPLE_ENDINGS):
            return True
        if view.tokens[before].kind != "word":
            return False
    return False


def has_wa(view: View, at: int) -> bool:
    """Whether the token carries the conjunction و, as far as lists and names tell (not وزير)."""
    if view.norm[at][:1] != "و":
        return False
    name = view.names.get(at)
    if name is not None:
        return name_skip(view, name) > 0
    found = view.noun(at)
    return found[1] > 0 if found is not None else True


def is_outlet(view: View, name: NameSpan) -> bool:
    """Whether a name is an agency's, a channel's or a paper's: by the list, or by its generic noun."""
    found = view.noun(name.start)
    is_media = found is not None and found[0].kind == "media"
    listed = view.outlet(name.start, name.end) is not None
    if name.mention.type == "PLACE":
        return is_media and listed  # قناة الجزيرة is no canal
    if name.mention.type != "ORG" or any(view.has(at, "no_press") for at in range(name.start, name.end)):
        return False
    return listed or is_media


def name_skip(view: View, name: NameSpan) -> int:
    """Folded letters of clitics before a name that starts inside its token."""
    token = view.tokens[name.start]
    skip = 0
    while skip < len(token.norm) and view.text.start_of(token.norm_start + skip) < name.mention.start:
        skip += 1
    return skip


def skip_quantifiers(view: View, at: int) -> int:
    """Past أحد, عدد من, هذه … at the head of a phrase; a quantifier alone is none."""
    quantifiers = view.lexicon.words["quantifier"]
    end = at
    while end < len(view) - 1 and end - at < 4 and end not in view.names:
        word = view.norm[end]
        if word not in quantifiers and not (end == at and word[:1] in {"و", "ل", "ب"} and word[1:] in quantifiers):
            break
        if word == "مجموعه" and view.norm[end + 1] == '"':
            break  # مجموعة «كذا»
        if word == "مجموعه" and has_article(view.norm[end + 1]) and view.noun(end + 1) is None:
            break  # مجموعة العمل
        end += 1
        if view.norm[end] in {"من", "ممن"}:
            end += 1
    if end >= len(view) or (end > at and not _opens_phrase(view, end)):
        return at
    return end


def _opens_phrase(view: View, at: int) -> bool:
    word_like = view.tokens[at].kind == "word" or view.norm[at] == '"'
    return word_like and not view.has(at, "preposition")


def parenthesis_end(view: View, at: int, *, inside: bool) -> int | None:
    """The token after a short parenthesis; `inside` where it names what stands before it (صحيفة (كذا) اليومية)."""
    for end in range(at + 1, min(at + 8, len(view))):
        if view.norm[end] != ")":
            continue
        following = end + 2 if view.is_comma(end + 1) else end + 1
        goes_on = following in view.names or is_title(view, following)
        return end + 1 if goes_on or inside else None
    return None


def relative_end(view: View, at: int) -> int | None:
    """The end of a relative clause: before a comma, a complementiser, a colon or a quotation."""
    depth = 0
    for end in range(at + 1, min(at + _MAX_RELATIVE, len(view))):
        word = view.norm[end]
        depth += (word == "(") - (word == ")")
        if word in {":", "-", "–"} or (word == '"' and view.opened(end) and not _is_short_quote(view, end)):
            return end
        if (view.is_comma(end) and depth <= 0) or _is_told(view, end):
            return end
        if view.is_complementiser(end) and word != "الا":
            # A verb of saying inside the clause takes its own complement; the phrase then ends before the clause.
            return None if any(is_finite(view, i) for i in range(at + 1, end)) else end
        if end > at + 2 and is_finite(view, end):
            return end
    return None


def _is_told(view: View, at: int) -> bool:
    """لوكالة ends what stands before it: the words were told to an agency."""
    if view.norm[at][:1] != "ل":
        return False
    if view.norm[at] == "ل":
        return True
    name = view.names.get(at)
    if name is not None and name_skip(view, name):
        return is_outlet(view, name)
    found = view.noun(at)
    return found is not None and found[1] > 0 and found[0].kind == "media"


def _is_short_quote(view: View, at: int) -> bool:
    quotation = view.opened(at)
    close = view.close_of(quotation) if quotation else None
    return close is not None and close - at <= 5
