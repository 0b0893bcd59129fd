"""Who speaks where the cue does not say it to its right: the phrase before the verb, or a speaker of before."""

from __future__ import annotations

import msgspec

from khabar.attribution.agreement import can_be_subject
from khabar.attribution.cues import Cue, forms_of, is_finite, is_withheld
from khabar.attribution.modifiers import has_article, has_wa
from khabar.attribution.phrases import Phrase, read_phrase
from khabar.attribution.view import NameSpan, View

__all__ = [
    "NAMELESS",
    "antecedent",
    "clause_start",
    "hides_name",
    "holds_words",
    "is_byline",
    "is_candidate",
    "issuer_before",
    "key_of",
    "owner_before",
    "phrase_around",
    "sentence_subject",
    "subject_before",
]

_WAS = frozenset({"وكان", "وكانت", "كان", "كانت", "لكن"})
_DESCRIBES = frozenset({"وقد", "وهو", "وهي", "وهما", "وهم"})
_NOT_DONE = frozenset({"لم", "ولم"})
_EXCEPT = frozenset({"غير", "الا", "بيد"})  # غير أن | أحد الوجهاء، وقد طلب كذا، قال
_AS_FOR = frozenset({"اما", "واما"})
_AFTER_PLACE = frozenset({"-", "–", "—", ":", "/"})
_CITING = frozenset({"حسب", "بحسب", "وفق"})  # وبحسب | فلان، فقد وصلوا، موضحا أن
_BYLINE = 7  # tokens
_LOOK_BACK = 45
_LONGEST_ASIDE = 12
_LONGEST_NAME = 5  # tokens of a name in quotation marks, with these
_HIDING = 5  # tokens between a verb and the name that is not to be told
NAMELESS = frozenset({"witness", "unnamed_source", "unnamed_official", "honorific"})


def subject_before(view: View, cue: Cue) -> Phrase | None:
    """The phrase left of a verb that is its subject: X قال, X الذي قال, وكان X قال."""
    at = cue.at
    if at and view.has(at - 1, "auxiliary"):
        at -= 1
    elif cue.joined and not (view.norm[0] == "اما" and view.norm[cue.at].startswith("ف")):
        return None
    for _ in range(2):  # كان قد قال, ما زالت تقول
        if at and view.has(at - 1, "verb_before") and (view.norm[at - 1] != "فقد" or view.norm[0] in _AS_FOR):
            at -= 1
    if not at:
        return None
    if view.has(at - 1, "relative"):
        return antecedent(view, at - 1, cue.form.agrees)
    start = clause_start(view, at)
    return _quoted_before(view, start, at) or _left_of(view, cue, start, at)


def _left_of(view: View, cue: Cue, start: int, at: int) -> Phrase | None:
    """The first phrase between the clause's start and a verb that can be its subject."""
    for first in range(start, at):
        if not is_candidate(view, first) or (first == start and _is_anothers(view, start, cue)):
            continue
        phrase = read_phrase(view, _with_quantifier(view, first, start), nominal=False)
        if phrase is None or not phrase.known or not can_be_subject(phrase, cue.form.agrees, after=False):
            continue
        opens = view.norm[0] == "اما" or (phrase.start == 1 and view.norm[0] in _WAS)
        opens = opens or (phrase.start > 1 and view.norm[phrase.start - 2] in _EXCEPT)
        between = _is_gap(view, phrase.end, at) or (opens and _is_aside(view, phrase.end, at))
        if phrase.end < at and (phrase.is_place or not between):
            continue
        if phrase.is_place and not _opens_clause(view, phrase.start, start):
            continue
        joined = has_wa(view, phrase.start) and phrase.start > start and view.tokens[phrase.start - 1].kind == "word"
        if joined and phrase.end == at:
            continue  # the second of two nouns that something else governs
        return phrase if phrase.end <= cue.at else _cut(phrase, at)
    return None


def _is_anothers(view: View, start: int, cue: Cue) -> bool:
    """Whether what the clause starts with stands right after a verb of saying: it is that one's subject."""
    return cue.form.kind == "present" and start > 0 and is_finite(view, start - 1)


def _quoted_before(view: View, start: int, at: int) -> Phrase | None:
    """وكان «حراك كذا» قال إن: a short name in quotation marks that opens the clause."""
    if view.norm[at - 1] != '"':
        return None
    for first in range(max(start, at - _LONGEST_NAME), at - 2):
        quotation = view.opened(first)
        if quotation is None or view.close_of(quotation) != at - 1 or not _opens_clause(view, first, start):
            continue
        if any(view.covered[inside] is not None for inside in range(first, at)):
            return None
        return Phrase(first, at, 0, None, definite=True, names=(), known=True, quantified=False)
    return None


def _with_quantifier(view: View, first: int, start: int) -> int:
    """Back over أحد, كل من before a noun."""
    at = first
    while at > start and (
        (view.has(at - 1, "quantifier") and view.norm[at - 1] != "عدد")
        or (view.norm[at - 1] == "من" and view.has(at - 2, "quantifier"))
    ):
        at -= 1
    return at


def _opens_clause(view: View, at: int, start: int) -> bool:
    """Whether nothing but connectives stands between the clause's start and a phrase."""
    return at == start or view.is_comma(at - 1) or view.has(at - 1, "connective") or has_wa(view, at)


def _cut(phrase: Phrase, end: int) -> Phrase:
    names = tuple(name for name in phrase.names if name.end <= end)
    return msgspec.structs.replace(phrase, end=end, names=names)


def antecedent(view: View, relative: int, agrees: str = "") -> Phrase | None:
    """The phrase that a relative pronoun stands for: the longest that ends right before it."""
    end = relative
    while end > 0 and (
        view.is_comma(end - 1) or view.tokens[end - 1].kind == "number" or view.norm[end - 1] in {'"', ")", "رقم"}
    ):
        end -= 1
    for first in range(max(0, end - 16), end):
        if not is_candidate(view, first, governed=True):
            continue
        phrase = read_phrase(view, _with_quantifier(view, first, 0), nominal=True, until=relative)
        if phrase is None or not phrase.known or phrase.end < end:
            continue
        if not can_be_subject(phrase, agrees, after=False):
            continue
        return phrase
    return None


def clause_start(view: View, at: int) -> int:
    """Where the clause that holds token `at` starts, at most `_LOOK_BACK` tokens back."""
    first = max(0, at - _LOOK_BACK)
    aside = _aside_before(view, at)
    for i in range(at - 1, first - 1, -1):
        word = view.norm[i]
        if aside <= i < at:
            continue
        if word in {"؛", ";", ":", ".", "..", "...", "…", "!", "؟"} or view.is_complementiser(i):
            return i + 1
        if view.has(i, "clause") and word not in {"ما", "لا", "لم", "قد", "هذا"}:
            return i + 1
        if is_finite(view, i) and forms_of(view, i) and i < at - 1:
            return i + 1
    return first


def _aside_before(view: View, at: int) -> int:
    """Where what is said of the subject between two commas begins right before its verb: أحد الشيوخ، وقد طلب عدم ذكر
    اسمه، | قال; else the verb itself."""
    if not view.is_comma(at - 1):
        return at
    for i in range(at - 2, max(0, at - _LONGEST_ASIDE - 2), -1):
        if view.is_comma(i):
            opens = view.norm[i + 1] in _DESCRIBES or view.has(i + 1, "withholding") or view.norm[i + 1] in _NOT_DONE
            return i if opens else at
        if view.is_complementiser(i) or view.norm[i] in {":", "؛"}:
            return at
    return at


def is_candidate(view: View, at: int, *, governed: bool = False) -> bool:
    """Whether a phrase that names a speaker may start here; `governed`: a preposition may stand before it."""
    name = view.names.get(at)
    if name is None and view.covered[at] is not None:
        return False
    found = None if name is not None else view.noun(at)
    if name is None and found is None:
        return False
    has_clitic = view.tokens[at].start != name.mention.start if name is not None else found is not None and found[1] > 0
    if has_clitic and view.norm[at][:1] not in {"و", "ف"} and not governed:
        return False
    previous = at - 1
    while previous >= 0 and view.norm[previous] in {'"', "("}:
        previous -= 1
    if previous < 0:
        return True
    of_quantifier = view.norm[previous] == "من" and view.has(previous - 1, "quantifier")
    governs = view.has_joined(previous, "governing") and view.norm[previous][1:] not in _CITING
    if governs and not governed and not of_quantifier:
        return False  # وفي | طرف المجلس
    if (
        found is not None
        and found[0].kind == "honorific"
        and view.norm[at].endswith(("ي", "يا"))
        and not _stands_free(view, at, previous)
    ):
        return False
    # A noun that stands in an idafa to the noun before it starts no phrase of its own.
    return has_clitic or not (_governs(view, previous) or (not governed and _is_governed(view, previous)))


def _stands_free(view: View, at: int, previous: int) -> bool:
    """Whether a noun that could be an adjective (صحفي, سياسي) stands by itself: before a name, or in first place."""
    if at + 1 in view.names or view.tokens[previous].kind == "punct" or is_finite(view, previous):
        return True
    word = view.norm[previous]
    defined = has_article(word) or view.covered[previous] is not None or word.endswith(("ه", "ها", "هم", "ي"))
    return has_article(view.norm[at]) and not defined  # ظهر | القيادي


def _is_governed(view: View, at: int) -> bool:
    """خلال زيارة | كارتر: a bare noun after a preposition governs the name that follows."""
    if view.tokens[at].kind != "word" or view.covered[at] is not None or view.timed[at]:
        return False
    is_bare = not has_article(view.norm[at]) and view.noun(at) is None and not view.has(at, "quantifier")
    return is_bare and view.has_joined(at - 1, "governing") and not view.has(at, "adjunct")


def _governs(view: View, at: int) -> bool:
    found = view.noun(at)
    return found is not None and not found[2] and found[0].takes == "idafa" and view.covered[at] is None


def _is_aside(view: View, start: int, end: int) -> bool:
    """Whether what stands between is set off by commas: أما المحامية، المتطوعة للدفاع عنهم، فتقول."""
    inside = range(start + 1, end - 1)
    set_off = view.is_comma(start) and view.is_comma(end - 1) and len(inside) <= _LONGEST_ASIDE
    verbs = any(is_finite(view, i) and not is_withheld(view, i) for i in inside)  # لم يرغب في كشف اسمه
    return set_off and not verbs and not any(map(view.is_comma, inside))


def _is_gap(view: View, start: int, end: int) -> bool:
    """Whether only circumstances and marks stand between a subject and its verb."""
    depth = 0
    in_circumstance = False
    for i in range(start, end):
        word = view.norm[i]
        if word in {"(", "-", "–"}:
            depth = 1 - depth if word != "(" else depth + 1
        elif word == ")":
            depth -= 1
        elif depth > 0:
            continue
        elif view.is_comma(i) or word == '"':
            in_circumstance = False
        elif (
            view.timed[i]
            or view.has(i, "adjunct")
            or (i > start and view.has(i, "issued"))
            or word in {"من", "وفق", "وفقا", "بحسب", "حسب"}
        ):
            in_circumstance = True
        elif word in view.lexicon.words["gap"] or in_circumstance:
            if i - start > 14:
                return False
        else:
            return False
    return True


def sentence_subject(view: View, before: int, agrees: str = "") -> Phrase | None:
    """The first phrase of the sentence that can speak, left of token `before`: its likely subject."""
    for first in range(min(before, _LOOK_BACK)):
        if is_candidate(view, first):
            phrase = read_phrase(view, first, nominal=True)
            if phrase is None or not phrase.known or phrase.end > before or (phrase.is_place and first > 2):
                continue
            if phrase.is_place and phrase.end < before and view.norm[phrase.end] in _AFTER_PLACE:
                continue  # كسلا - نفت الشرطة كذا، وقالت: where it is told from
            if can_be_subject(phrase, agrees, after=False):
                return phrase
    return None


def _is_of_place(view: View, at: int) -> bool:
    """Whether a word is of a place's name: ميناء | أم قصر."""
    name = view.covered[at]
    return name is not None and name.mention.type == "PLACE"


def owner_before(view: View, at: int, agrees: str) -> Phrase | None:
    """The last phrase before a verb that can say what something holds: شهادة لشقيق فلان، قال فيها."""
    for first in range(at - 1, max(-1, at - _LOOK_BACK), -1):
        if _is_of_place(view, first):
            continue
        noun = view.noun(first)
        person = first in view.names and view.names[first].mention.type == "PERSON"
        if not person and (noun is None or noun[0].kind not in NAMELESS):
            continue
        begin = _with_quantifier(view, first, 0)
        if begin and not (noun is not None and noun[1]) and _governs(view, begin - 1):
            continue  # شقيق | أحد القتلى
        phrase = read_phrase(view, begin, nominal=True, until=at)
        if phrase is not None and phrase.known and can_be_subject(phrase, agrees, after=False):
            return phrase
    return None


def issuer_before(view: View, at: int, agrees: str) -> Phrase | None:
    """Who put out the statement in which a verb says something: أصدرت | جمعية كذا |، الاثنين، بيانا قالت فيه إن.

    None where nobody did, or where the statement is another's: بث ناشطون تسجيلا لأحد السكان، قال فيه.
    """
    for verb in range(max(0, at - _LOOK_BACK), at - 1):
        if not view.has_joined(verb, "issuing") or view.covered[verb] is not None:
            continue
        paper = next((i for i in range(verb + 1, at) if _is_paper(view, i)), None)
        if paper is None or any(_owns(view, i) for i in range(paper + 1, at)):
            continue
        phrase = read_phrase(view, verb + 1, nominal=False, until=paper)
        if phrase is not None and phrase.known and not phrase.is_paper and can_be_subject(phrase, agrees, after=True):
            return phrase
    return None


def _owns(view: View, at: int) -> bool:
    """تسجيلا | لأحد السكان, رسالة | للوزير: whose words a paper or a tape holds, or whom it is for."""
    word = view.norm[at]
    return word[:1] == "ل" and (word[1:] in view.lexicon.words["quantifier"] or is_candidate(view, at, governed=True))


def _is_paper(view: View, at: int) -> bool:
    found = view.noun(at)
    return view.covered[at] is None and ((found is not None and found[0].kind == "document") or _is_occasion(view, at))


def _is_occasion(view: View, at: int) -> bool:
    """بيانا, بتصريح, خطابا."""
    word = view.norm[at].removeprefix("ب")
    return any(form in view.lexicon.words["occasion"] for form in (view.norm[at], word, word.removesuffix("ا")))


def hides_name(view: View, at: int) -> bool:
    """Whether a verb says of a source that it would not be named, and cites nothing: ممرض، اشترط ألا ننشر | اسمه."""
    return view.has(at, "withholding") and any(view.has(i, "name_of") for i in range(at + 1, at + 1 + _HIDING))


def key_of(name: NameSpan) -> str:
    """What two namings of one actor share: the entity, else the last word."""
    mention = name.mention
    return mention.entity.id if mention.entity is not None else mention.text.split()[-1]


def phrase_around(view: View, name: NameSpan) -> Phrase:
    """A name with the title before it."""
    for first in range(max(0, name.start - 6), name.start):
        found = view.noun(first)
        if found is None or view.covered[first] is not None or _governs(view, first - 1):
            continue
        phrase = read_phrase(view, first, nominal=True)
        if phrase is not None and phrase.end >= name.end and any(inner is name for inner in phrase.names):
            return phrase
    found_phrase = read_phrase(view, name.start, nominal=True)
    assert found_phrase is not None
    return found_phrase


def is_byline(view: View) -> bool:
    """حنان سالم – متابعات: who wrote the report is no speaker in it."""
    return len(view) <= _BYLINE and any(mark in view.norm for mark in ("-", "–", "—", "|"))


def holds_words(view: View, at: int) -> bool:
    """بث تسجيلا لأحد السكان، قال | فيه إن: who speaks is whose words it holds."""
    return (
        at + 1 < len(view)
        and view.norm[at + 1] in {"فيه", "فيها"}
        and view.is_complementiser(min(at + 2, len(view) - 1))
    )
