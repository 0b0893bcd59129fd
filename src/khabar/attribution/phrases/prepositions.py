"""Prepositions inside a speaker's noun phrase: which belong to it, and which open what is said or who is told."""

from __future__ import annotations

from khabar.attribution.modifiers import TITLES, has_article, is_title, name_skip
from khabar.attribution.phrases.beside import is_profession
from khabar.attribution.phrases.reading import UNNAMED, Reading
from khabar.attribution.view import View

__all__ = ["ends_early", "past_preposition"]

_PASSIVE = ("م", "الم")  # how participles begin: المحاصرة من قبل
_MAX_ENVOY = 4  # tokens from المبعوث to where he is sent
_LONGEST_TASK = 24  # tokens of what a body is entrusted with
_HEAD = 2  # words: اللجنة العليا
_WAYS = frozenset({"الي", "من"})
_TO_NAME = 4  # tokens from whose spokesman it is to his name
_MIN_LETTERS = 3  # a shorter word is no clitic and noun


def past_preposition(reading: Reading, at: int) -> int | bool | None:
    """Past a preposition that goes on with the phrase; None where it ends it; False where the word is none."""
    view = reading.view
    word = view.norm[at]
    if view.is_complementiser(at):
        return None  # اكتفى الناطق | بأنها
    if _is_sent_to(reading, at):
        return reading.open_place(at)
    if view.has(at, "acting") and reading.head is not None and reading.head.kind in TITLES:
        return at + 1  # رئيس المجلس بالنيابة
    owned = (word == "علي" and view.has(at - 1, "aware")) or (word == "عن" and view.has(at - 1, "charged"))
    if word in reading.takes and not owned:
        return None
    if word == "باسم":
        return reading.open_place(at)  # all words up to the article name the body, known or not
    if view.has(at, "preposition") or view.has(at, "joining"):
        return reading.open_place(at) if _belongs(reading, at) else None
    if word.startswith("لل") or (word[:1] == "ل" and len(word) > _MIN_LETTERS):
        return _with_lam(reading, at)
    if word[:1] == "ب" and len(word) > _MIN_LETTERS:
        return _with_ba(reading, at)
    return False


def _is_sent_to(reading: Reading, at: int) -> bool:
    """المبعوث الأممي | إلى اليمن, السفير | لدى بغداد: where an envoy is sent."""
    view = reading.view
    if view.norm[at] not in {"الي", "لدي"} or reading.named:
        return False
    is_envoy = any(view.has_noun(i, "envoy") for i in range(max(reading.start, at - _MAX_ENVOY), at))
    return is_envoy and at + 1 in view.names and view.names[at + 1].mention.type == "PLACE"


def _belongs(reading: Reading, at: int) -> bool:
    """Whether a preposition of its own goes on with the phrase: مصدر في, مقرب من, المطلع على, داخل المقاومة."""
    view, word = reading.view, reading.view.norm[at]
    if word == "في":
        return _takes_place(reading, at + 1)
    if word == "من":
        by_whom = at + 1 < len(view) and view.norm[at + 1] == "قبل" and view.norm[at - 1].startswith(_PASSIVE)
        of_many = reading.titled and not reading.definite and not reading.named  # نائب من المعارضة
        head = reading.head  # عناصر من «كذا»
        of_men = head is not None and head.kind == "organization" and head.agrees == "p" and not reading.definite
        of_many = of_many or (of_men and view.norm[at + 1 : at + 2] == ['"'])
        return by_whom or ((reading.unnamed or of_many or view.has(at - 1, "near")) and not view.has(at - 1, "self"))
    if word in _WAYS and _is_coming(reading, at - 1):
        return True
    if word == "عن" and view.has_noun(at - 1, "delegate"):
        # النائب عن المحافظة, عن محافظة كذا
        return at + 1 < len(view) and (
            has_article(view.norm[at + 1]) or at + 1 in view.names or view.has(at + 1, "region")
        )
    if word == "عن":
        of_paper = reading.head is not None and reading.head.kind == "document"
        return view.has(at - 1, "charged") or (view.has_noun(at - 1, "issued") and of_paper)
    if word == "علي":
        return view.has(at - 1, "aware") or (view.has(at - 2, "aware") and has_article(view.norm[at - 1]))
    if not view.has(at, "joining") or view.is_complementiser(at + 1):
        return False
    if word == "بين" and at + 1 in view.names and reading.head is not None and reading.head.kind in TITLES:
        return not reading.named  # رئيس لجنة المصالحة بين كذا وكذا
    return (reading.unnamed or reading.titled) and not reading.named


def _is_coming(reading: Reading, at: int) -> bool:
    """السكان العائدون | إلى القرية, العمال القادمون | من الحقل: what people do by a participle goes on."""
    word = reading.view.norm[at]
    many = reading.head is not None and reading.head.agrees == "p" and at > reading.start
    return many and has_article(word) and word.endswith(("ون", "ين")) and not word.endswith(("يون", "يين"))


def _takes_place(reading: Reading, at: int) -> bool:
    """Whether في + what follows says where the speaker belongs, not where or when the words were said."""
    view, governor = reading.view, reading.governor
    if at >= len(view) or reading.named or governor is None or view.timed[at] or view.tokens[at].kind == "number":
        return False
    noun = at + 1 if view.has(at, "quantifier") else at
    if view.has_noun(noun, "occasion") or _owned(view, noun) or view.has_noun(reading.start, "kin"):
        return False
    if at in view.names or view.norm[at] == '"':
        return True
    if governor.kind in {"organization", "media", "document"}:
        found = view.noun(at)
        is_body = found is not None and found[0].kind == "organization"
        # منسق لجنة الإغاثة في السدة
        of_titled = reading.head is not None and reading.head.kind in TITLES and has_article(view.norm[at])
        of_titled = of_titled or (
            reading.head is not None and reading.head.kind in TITLES and _is_before_name(view, at)
        )
        return is_body or (governor.kind == "organization" and (view.has_noun(at, "region") or of_titled))
    if not reading.closed and governor.takes == "idafa":
        return True
    return not view.has(at, "adjunct")


def _is_before_name(view: View, at: int) -> bool:
    """Whether a word that can be a place stands before a person's name, or a title and that:
    عضو لجنة كذا في درعا | الشيخ فلان."""
    if view.noun(at) is not None or view.has(at, "adjunct"):
        return False
    for end in range(at + 1, min(at + 3, len(view))):
        name = view.names.get(end)
        if name is not None:
            return name.mention.type == "PERSON" and not name_skip(view, name)
        if not (is_title(view, end) or is_profession(view, end)):
            return False
    return False


def _owned(view: View, at: int) -> bool:
    """في بيته, في مكتبها: where somebody was met."""
    return view.has(at, "premises")


def _with_ba(reading: Reading, at: int) -> int | bool | None:
    """بمحافظة كذا, بوزارة كذا, بالجيش after a title or a body belongs to it."""
    view = reading.view
    word = view.norm[at]
    found = view.noun(at)
    if found is not None and found[1] == 0:
        return False
    if not reading.closed and word.endswith(("ي", "يه")):
        return False  # an adjective that begins with the letter: بحثي
    if view.has(at, "saying"):
        return None
    if view.has_noun(at - 1, "entrusted") and reading.governor is not None and not reading.named:
        return _entrusted_until(view, at) or reading.open_place(at - 1) + 1
    belongs = reading.governor is not None and not reading.named
    is_body = found is not None and found[0].kind == "organization"
    regions = view.lexicon.words["region"]
    if belongs and (word[1:] in regions or word[3:] in regions):
        reading.placed, reading.closed = True, word.startswith("بال")
        return at + 1
    if belongs and found is not None and is_body and (reading.titled or reading.unnamed):
        reading.closed, reading.placed = found[2], False
        return at + 1
    if belongs and _is_where(reading, at):
        return at + 1
    if not belongs or "ب" in reading.takes:
        # بحاح is a word, بحجة a clitic: without a lexicon the shape alone can't tell, so the phrase ends.
        return None if found is not None or reading.closed or "ب" in reading.takes else False
    if found is not None and is_body:
        reading.closed = found[2]
        return at + 1
    if reading.governed_by(*UNNAMED) or reading.titled:
        if view.has(at, "adjunct") or view.has(at, "not_ba") or not _is_headed(view, at):
            return None
        reading.closed = word.startswith("بال")
        return at + 1
    return None


def _is_headed(view: View, at: int) -> bool:
    """Whether a word with ب is where somebody belongs, not how something is done: بالبلدية, بدرك البلدة; not بحرارة."""
    follows = at + 1 < len(view) and (has_article(view.norm[at + 1]) or at + 1 in view.names)
    return view.norm[at].startswith("بال") or follows or not view.spelled(at).endswith("ة")


def _is_of(view: View, at: int) -> bool:
    """المتحدث الإعلامي | لصحة كذا فلان: whose spokesman, where the name follows."""
    for end in range(at + 1, min(at + _TO_NAME, len(view))):
        name = view.names.get(end)
        if name is not None and name.mention.type == "PERSON":
            return True
        if view.tokens[end].kind != "word" or view.is_complementiser(end):
            return False
    return False


def _is_where(reading: Reading, at: int) -> bool:
    """مديرية الصحة | بالبحيرة أن, وكيل وزارة كذا | بالبحيرة فلان: a definite place after a body, before what is said or
    the name."""
    view, word = reading.view, reading.view.norm[at]
    if not (word.startswith("بال") and reading.closed and reading.governed_by("organization")):
        return False
    if view.noun(at) is not None or at + 1 >= len(view):
        return False
    name = view.names.get(at + 1)
    person = name is not None and name.mention.type == "PERSON" and reading.head is not None
    said = view.is_complementiser(at + 1) or _opens_content(reading, at + 1)
    return said or (person and reading.head is not None and reading.head.kind in TITLES)


def _opens_content(reading: Reading, at: int) -> bool:
    """Whether a bare noun can be what is said: أعلنت جمعية الصيادين بالمدينة | غرق قاربين."""
    view = reading.view
    free = reading.nominal and "ب" not in reading.takes and view.covered[at] is None
    free = free and not (view.has(at - 1, "not_ba") or view.has(at - 1, "together"))
    return free and view.tokens[at].kind == "word" and not has_article(view.norm[at]) and view.noun(at) is None


def _entrusted_until(view: View, at: int) -> int | None:
    """اللجنة المكلفة | بالتحقق في كذا، أن: the comma before what is said closes what a body is entrusted with."""
    for end in range(at + 1, min(at + _LONGEST_TASK, len(view) - 1)):
        if view.is_comma(end):
            return end if view.is_complementiser(end + 1) else None
        if view.tokens[end].kind == "punct" or view.is_complementiser(end):
            return None
    return None


def ends_early(reading: Reading, at: int) -> bool:
    """Whether the name before للفصائل is only the head of a body's: اللجنة العليا | للفصائل, and no known body."""
    view = reading.view
    name = view.covered[at - 1] if at else None
    of_body = at in view.names and view.names[at].mention.type == "ORG"
    if name is None or name.mention.type != "ORG" or not (of_body or view.norm[at].startswith("لل")):
        return False
    if view.outlet(at, at + 1):
        return False
    known = name.mention.entity is not None and not name.mention.entity.id.startswith("doc:")
    opens = view.noun(name.start)
    is_head = opens is not None and opens[2] and name.end - name.start == _HEAD and has_article(view.norm[at - 1])
    found = view.noun(at)
    return not known and is_head and (found is None or found[0].kind == "organization")


def _with_lam(reading: Reading, at: int) -> int | bool | None:
    """للحكومة after a title or a body belongs to it; لوكالة, للصحفيين is who is told."""
    view = reading.view
    word = view.norm[at]
    found = view.noun(at)
    if found is not None and found[1] == 0:
        return False
    if word == "للانباء" and reading.governed_by("media", "organization"):
        reading.closed = True
        return at + 1  # وكالة كذا للأنباء
    if view.has(at, "not_lam") or reading.governor is None:
        return None
    rest = word[2:] if word.startswith("لل") else word[1:]
    if rest in view.lexicon.words["hearer"] or (reading.named and not ends_early(reading, at)):
        return None
    if rest in view.lexicon.words["region"]:
        return reading.open_place(at)
    if found is not None:
        if found[0].kind == "media" and reading.governor.kind != "document":
            return None
        if reading.governed_by("unnamed_source", "witness", "media") and not view.has_noun(at - 1, "attached"):
            return None
        reading.closed, reading.placed = found[2], not found[2]  # لقوات | درع الوطن
        return at + 1
    if word.startswith("لل"):
        name = view.covered[at - 1]
        if view.has(at - 1, "near_one") and not reading.definite:
            reading.closed = True
            return at + 1  # قريب | للضحية
        in_body = name is not None and name.mention.type == "ORG"  # الخبير بمركز كذا للدراسات
        unnamed = reading.governed_by("unnamed_source", "witness", "media")
        if unnamed and not in_body and not view.has_noun(at - 1, "attached"):
            return None  # مصدر أمني في كذا | للسنديان
        reading.closed = True
        return at + 1
    of_office = reading.titled and reading.closed and has_article(view.norm[at - 1])
    of_office = of_office and (view.noun(at - 1) is None or _is_of(view, at))
    if view.has(at, "lam_of") or of_office:  # المدير العام لأسواق كذا
        reading.closed = False
        return at + 1
    return None
