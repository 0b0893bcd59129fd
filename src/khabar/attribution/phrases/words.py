"""Words that go on with a speaker's noun phrase: idafa, adjectives, titles in apposition, a second speaker after و."""

from __future__ import annotations

from khabar.attribution.cues import forms_of, is_asking, is_finite, is_telling
from khabar.attribution.lexicon import SourceNoun
from khabar.attribution.modifiers import ADJECTIVE_ENDINGS, has_article, is_definite_adjective, is_title, is_titling
from khabar.attribution.phrases.ahead import name_ahead
from khabar.attribution.phrases.reading import BODIES, BRANCH, UNNAMED, Reading
from khabar.attribution.view import View

__all__ = ["past_word", "stops"]

_CLITICS = "وبلكف"
_THESE = frozenset({"هذا", "هذه", "تلك", "ذلك"})
_ONE_OF = frozenset({"احد", "احدي"})
_OWNED = 5  # letters of a noun with its pronoun
_MORE_THAN = ["اكثر", "من"]  # طالبوا | أكثر من مرة بكذا
_SOMEONE = UNNAMED | {"honorific"}
_TASK = 4  # letters of a noun of action: دعم, بحث are too like other words


def stops(reading: Reading, at: int) -> bool:
    """Words that no phrase of a speaker holds."""
    view = reading.view
    if view.is_complementiser(at) or view.has(at, "phrase_stop") or view.has(at, "saying"):
        return True
    if at > reading.start and view.norm[at] in _THESE and view.noun(at - 1) is not None:
        return True  # في بيان صحفي | هذه الخسائر
    if at > reading.start and view.has(at, "emphatic") and view.norm[at].endswith("ا"):
        return True  # نفت الكتيبة | نفيا قاطعا
    if at > reading.start and (_does(reading, at) or view.has(at, "address") or view.norm[at : at + 2] == _MORE_THAN):
        return True
    if at > reading.start and not reading.closed and view.has(at, "adjective"):
        return False
    if view.noun(at) is not None and not view.lexicon.forms.get(view.norm[at]):
        return False
    if _is_field(reading, at):
        return False
    return view.has(at, "adjunct") or view.has(at, "clause") or is_finite(view, at) or _opens_clause(view, at)


def _does(reading: Reading, at: int) -> bool:
    """Whether a word is a verb by its shape, which opens what is told of those without a name: محام | يترافع في,
    مهندسون | شاركوا في."""
    view, word = reading.view, reading.view.norm[at]
    if view.covered[at] is not None or view.noun(at) is not None or view.has(at, "adjective"):
        return False
    if word.endswith("وا") and len(word) > _TASK:
        return True
    someone = not reading.closed and reading.head is not None and reading.head.kind in _SOMEONE
    return someone and word[0] == "ي" and len(word) >= _TASK and not word.endswith(ADJECTIVE_ENDINGS)


def _is_field(reading: Reading, at: int) -> bool:
    """أستاذ | علم البيئة, مدير | نقل البضائع: right after its head a noun that looks like a verb."""
    view = reading.view
    after_head = at == reading.start + 1 and reading.titled and not reading.closed
    found = forms_of(view, at) if after_head and view.covered[at] is None else None
    is_noun = found is not None and not found[1] and all(form.verb.trust != "sure" for form in found[0])
    return is_noun and at + 1 < len(view) and has_article(view.norm[at + 1]) and view.noun(at + 1) is None


def _opens_clause(view: View, at: int) -> bool:
    """مشيرا, مؤكدا: the participle of a cue."""
    found = forms_of(view, at)
    return found is not None and view.norm[at].endswith("ا") and any(form.kind == "participle" for form in found[0])


def past_word(reading: Reading, at: int) -> int | None:
    """Past a word that goes on with the phrase; None where it ends before it."""
    view = reading.view
    word = view.norm[at]
    if view.has_noun(at, "branch") and reading.names and not reading.named:
        # جبهة النصرة ذراع القاعدة, قوات كذا الجناح العسكري لحزب كذا.
        reading.closed, reading.governor = has_article(word), BRANCH
        return at + 1
    if word == "و":
        return at + 1 if is_title(view, at + 1) else None
    is_joined = word[:1] == "و" and word not in view.lexicon.sources and not view.has(at, "adjective")
    if is_joined and not is_title(view, at):
        return _coordinated(reading, at)
    found = view.noun(at)
    is_apposed = found is not None and found[1] == 0 and is_titling(found[0])
    if is_apposed and found is not None and found[0].agrees == "p" and reading.titled and reading.closed:
        return None if has_article(word) else _loose(reading, at)  # حث الرئيس | الزعماء على كذا
    if found is not None and found[0].agrees == "p" and reading.named:
        return None
    if has_article(word):
        return _definite(reading, at, found[0] if found is not None and is_apposed else None)
    if reading.closed and found is not None and found[1] == 0 and view.has(at, "outlet"):
        return None  # أفاد مسؤول في وزارة كذا | قناة «كذا» بأن
    if not reading.closed:
        return _open(reading, at)
    if found is not None and is_apposed:
        if reading.nominal and not reading.named and found[0].kind == "unnamed_official":
            return None
        if reading.nominal and reading.head is not None and reading.head.kind in BODIES and not reading.has_person:
            return None  # ناشدت اللجنة | والي الولاية كذا
        # A title in apposition: لافروف وزير الخارجية, الرئيس الشيخ أحمد.
        reading.named = False
        return reading.take_noun(at, found)
    return _loose(reading, at)


def _loose(reading: Reading, at: int) -> int | None:
    """Words without the article that still belong to a complete phrase."""
    view = reading.view
    if reading.has_person and view.norm[at] in {"احد", "احدي"}:
        reading.closed = reading.named = False
        return at + 1
    if view.has(at, "issued") and reading.governed_by("document"):
        return at + 2 if at + 1 < len(view) and view.norm[at + 1] == "عن" else None
    if view.has(at, "name_part") or view.has(at - 1, "name_part") or view.has(at, "self"):
        return at + 1
    name = reading.names[-1] if reading.named and reading.names else None
    is_whole = name is not None and name.end == at and at - name.start > 1  # توعد النقيب فلان الفلاني | مرتكبي كذا
    if reading.titled and not is_whole and view.norm[at][:1] not in _CLITICS:
        # The rest of a rank (العميد ركن أحمد), or a name that the mentions miss.
        before_name = at + 1 in view.names and view.names[at + 1].mention.type == "PERSON"
        if before_name or not reading.nominal:
            return at + 1
    return None


def _definite(reading: Reading, at: int, title: SourceNoun | None) -> int | None:
    """A word with the article: the end of an idafa, an adjective, a title; after a complete phrase not any noun."""
    view = reading.view
    if view.has_noun(at, "issued") and reading.head is not None and reading.head.kind == "document":
        return at + 1 if view.norm[at + 1 : at + 2] in (["عن"], ["من"]) else None  # بلاغ الجمعية | الصادر أمس
    if name_ahead(reading, at):
        reading.closed, reading.named = True, False
        return at + 1
    of_body = reading.governed_by(*BODIES) and (reading.head is None or reading.head.kind in BODIES)
    body = of_body and not reading.has_person
    if title is not None and body and reading.nominal and reading.closed and view.has_noun(at, "holder"):
        return None  # ناشدت الرابطة | المبعوث الأممي التدخل
    asked = is_asking(view, reading.start) or is_telling(view, reading.start)
    if title is not None and asked and _is_another(reading, at):
        return None
    if asked and reading.closed and at > reading.start and _is_outlet_noun(view, at):
        return None  # أفاد مصدر بالمستشفى | الموقع بأن
    of_adjective = reading.governor is not None and reading.governor.takes == "adjective" and not reading.closed
    follows_adjective = view.norm[at - 1].endswith(ADJECTIVE_ENDINGS) and not view.has(at - 1, "preposition")
    if of_adjective and at > reading.start + 1 and follows_adjective and not reading.placed:
        return None  # أبلغ مصدر طبي | الصحيفة
    if reading.nominal and not reading.closed and not reading.placed and view.has(at - 1, "plain_adjective"):
        return None  # طالبت منظمة حقوقية | السلطات بكذا
    if title is not None and title.kind != "honorific" and reading.closed and reading.governed_by("media"):
        return None  # قاله للوكالة | المسؤول عن كذا
    if reading.closed and title is None:
        if reading.named and not view.norm[at].endswith(("ي", "يه")):
            return None
        if reading.nominal and not is_definite_adjective(view, at):
            return None
    if title is not None:
        reading.governor = title
    reading.closed = reading.definite = True
    reading.named = False
    return at + 1


def _is_outlet_noun(view: View, at: int) -> bool:
    found = view.noun(at)
    return found is not None and found[0].kind == "media" and view.norm[at] not in {"الاعلام", "الصحافه"}


def _is_another(reading: Reading, at: int) -> bool:
    """Whether an office with the article is not that of the office before it, which is complete: ناشد نقيب الأطباء |
    الوزير التدخل; but الرئيس المدير العام."""
    complete = reading.titled and reading.closed and not reading.has_person and at > reading.start + 1
    return complete and reading.view.has_noun(at, "holder")


def _open(reading: Reading, at: int) -> int | None:
    """A bare word after a phrase that is not complete: idafa or adjective."""
    view = reading.view
    if reading.nominal and at > reading.start + 1 and _is_action(view, at):
        return None
    if reading.placed:
        return at + 1
    word = view.norm[at]
    if view.norm[at - 1] in _ONE_OF and view.noun(at) is not None:
        return at + 1  # فلان أحد سكان الحي
    accusative = word.endswith("يا") and at > reading.start and view.norm[at - 1].endswith("ا")  # مصدرا أمنيا
    is_adjective = accusative or word.endswith(ADJECTIVE_ENDINGS) or view.has(at, "adjective")
    found = view.noun(at)
    if reading.governed_by("document") and found is None and view.has(at + 1, "pronoun"):
        return None  # وثيقة | اطلعت عليها الصحيفة
    if reading.governor is not None and reading.governor.takes == "adjective":
        if found is not None and found[0].kind == "media" and view.norm[at - 1].endswith(ADJECTIVE_ENDINGS):
            return None  # أفاد مصدر أمني | قناة كذا
        speaks_for = view.norm[at - 1] == "باسم"
        return at + 1 if is_adjective or (found is not None and (speaks_for or not reading.nominal)) else None
    if reading.governor is None and reading.nominal and not is_adjective and found is None:
        return None
    owned = found is None and len(word) > _OWNED and word.endswith(("ها", "هم")) and at > reading.start + 1
    if owned and reading.nominal and not reading.definite and reading.governed_by("organization"):
        return None  # أبدت منظمة إغاثية | استعدادها
    return at + 1


def _is_action(view: View, at: int) -> bool:
    """Whether a bare noun is what happens, rather than the end of a body's name: مقتل كذا, (دخول) | 900 عامل."""
    governor = view.noun(at - 1)
    of_body = governor is not None and governor[0].kind == "organization"  # رئاسة محكمة | استئناف كذا
    counts = at + 1 < len(view) and view.tokens[at + 1].kind == "number" and view.noun(at) is None
    return (view.has(at, "action") and not of_body) or counts


def _names_two_tasks(reading: Reading, at: int) -> bool:
    """قوة حماية | وتأمين كذا, وزارة التجارة | وحماية المستهلك: the second of two nouns in the name of a body."""
    view, rest = reading.view, reading.view.norm[at][1:]
    following = view.norm[at + 1] if at + 1 < len(view) else ""
    is_noun = view.tokens[at].kind == "word" and not is_finite(view, at) and rest[:2] != "ال" and len(rest) >= _TASK
    if not is_noun or not following:
        return False
    if not reading.closed:
        of_body = reading.governed_by("organization") or any(
            view.noun(i) is not None and view.noun(i)[0].kind == "organization"  # type: ignore[index]
            for i in range(reading.start, at)
        )
        return of_body and not has_article(view.norm[at - 1]) and view.covered[at - 1] is None
    # The ending tells a noun of action from وجود, وصول, whose first letter is no conjunction.
    completes = has_article(following) or (at + 1 in view.names and view.names[at + 1].mention.type != "PERSON")
    return completes and view.has_noun(reading.start, "ministry") and len(rest) > _TASK and rest.endswith("ه")


def _coordinated(reading: Reading, at: int) -> int | None:
    """A second adjective or speaker joined by و: أمنية وطبية, الشرطة والجيش."""
    view = reading.view
    rest = view.norm[at][1:]
    if reading.named:
        return None
    is_cue = rest in view.lexicon.forms
    found = view.lexicon.source_noun(rest)
    if found is not None and found[1] == 0 and not is_cue and not (found[0].kind == "media" and reading.titled):
        return reading.take_noun(at, found)  # but مدير العلاقات | والإعلام is one office
    if rest.startswith("ال") and reading.closed:
        return at + 1
    if _names_two_tasks(reading, at):
        reading.closed = False
        return at + 1
    if not reading.closed and rest.endswith(ADJECTIVE_ENDINGS) and not is_cue:
        return at + 1
    return None
