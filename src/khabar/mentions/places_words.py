"""Small word lists of the search for places, folded, and what can be a name that no table has."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.mentions.lexicon import readings
from khabar.text import Token

__all__ = [
    "CONTAINMENT",
    "JOINS",
    "PARTICLES",
    "PLURALS",
    "PREPOSITIONS",
    "RELATIVE",
    "SIDES",
    "name_length",
]

# Words that end in ا or a blank of their own and are no nouns.
PARTICLES = frozenset("هذا كما عندما فيما بينما لا ما اذا الا انما حينما ايضا مع ان عن لدي ضد او ثم".split())

# Heads that a list of names follows, duals and plurals.
PLURALS = frozenset(
    "مدن مدينتي بلدات بلدتي قري قريتي محافظات محافظتي مديريات مديريتي مناطق منطقتي احياء حيي ولايات ولايتي جبهات جبهتي "
    "اقضيه نواحي ناحيتي جزر ضواحي".split()
)

JOINS = frozenset({"،", ",", "/", "-", "–"})

# Before a place: weak evidence, since they stand before other nouns too.
PREPOSITIONS = frozenset(("في وفي الي والي من ومن بين نحو عبر حتي علي عن").split())

# Before a place: strong evidence (`شمال X`, `قرب X`).
SIDES = frozenset(
    (
        "شمال جنوب شرق غرب شمالي جنوبي شرقي غربي قرب باتجاه ضواحي مشارف محيط اطراف ريف وسط داخل جوار شرقى "
        "غربى مداخل تخوم"
    ).split()
)

# `شمال الرقة` is not Raqqa but near it.
RELATIVE = frozenset(
    ("شمال جنوب شرق غرب شمالي جنوبي شرقي غربي قرب ضواحي محيط مشارف جوار ريف بريف بضواحي بمحيط").split()
)

# Between a place and what contains it.
CONTAINMENT = frozenset(
    (
        "في التابعه التابع الواقعه الواقع الكاينه قرب شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط بريف ريف "
        "ضواحي جوار اقصي ( ، - بشمال بجنوب بشرق بغرب بوسط بضواحي"
    ).split()
)

# A name of two words starts with one of these.
_STARTERS = frozenset(
    (
        "ابو ام بن بني ال بيت دير عين راس كفر تل خان بير بءر وادي جبل باب دار شيخ الشيخ سيدي السيد الامام "
        "الملك الامير الشهيد حصن قصر برج ذي ذو رمل نجد حيد ظهر ضهر معره البو عرب عقبه سوق مزرعه مزارع حوش "
        "سهل جزيره جسر القوات"
    ).split()
)

# What follows a head and names nothing.
_NO_NAMES = frozenset(
    (
        "في من الي علي عن التي الذي الذين هذه هذا تلك ذلك ان انه انها او ثم قد لم لن لا ما كان كانت هي هو مع "
        "بعد قبل بين حول دون غير كل بعض جميع عده كما حيث اذا منذ عند عندما خلال ضمن تحت فوق امام خلف ضد عبر "
        "نحو حتي الان اليوم امس غدا ليلا صباحا المدينه القريه البلده المنطقه المحافظه المديريه الحي البلاد "
        "الوطن الدوله المنزل المعركه القتال المعارك الاشتباكات الجيش الشرطه الحوار الحرب السلام الجوار "
        "الحدود الخليج الشرق الغرب الشمال الجنوب الوسط اليورو التجاره الحدث الحادث الهجوم النزاع الصراع "
        "الاستهداف العمليات النفوذ المواجهات القلب الرقابه العالم التجمع الاحتجاز الجريمه الانفجار التفجير "
        "الرييس الرييسيه الرييسي الكبري الكبير الصغيره الصغري المجاوره الواقعه التابعه المحاذيه القريبه "
        "المحرره المنكوبه المحاصره القديمه الجديده الاولي الثانيه الثالثه الاخري المختلفه الحدوديه السكنيه "
        "السكني الصناعيه التاريخيه العسكريه الامنيه الخضراء المستقبل الظل الايمان الصبر النور الاحلام "
        "الالعاب الثلج الجليد المشكلات الهموم الديون الطب العمل توجد تقع تدعي تسمي تضم تعد يسيطر تابعه وقت "
        "فراغ اجازه الاجازه حواء اوقات صلاه الحج العمره اخر اخري ثانيه واحده كبيره صغيره نفسه نفسها ذاتها "
        "اللجوء الحظر النوويه القانون العداله الدين التنميه الصحه التعليم الانسان الحق العيش الفريق المنتخب "
        "الجزاء المشاعر التمور الدفاع الشوون الجوازات الزراعه الامن المياه الطفل الجبهه النفط العمله العمليه "
        "الاعتداء المقدسه المهرجانات المهرجان العاصمه الحكم الدكتور البضايع السفر الفم المراه الصوت الهدف "
        "السياسه المركز التعيين الانفصال المزارع القمح الجوع الفراغ الاهلي الهلال النصر الاتحاد الحكام "
        "المباراه اللقاء النادي المفاوضات الطواري اللواء الكتيبه الفرقه المدرسه الوزاره الاطفال النساء "
        "الرجال الولاده الحالمه الفرنك المقاومه الثوره الاسري الطاقه المال الماء السكن البيت المطار الميناء "
        "السوق الجامعه الكليه المحكمه الاداره المكتب التدريب المعتمرين الحجاج العمال اللاجيين النازحين"
    ).split()
)
_ADJECTIVES = frozenset(
    (
        "صغيره كبيره ناييه حدوديه قريبه مجاوره زراعيه سكنيه نموذجيه تاريخيه سياحيه ساحليه جبليه محاصره تابعه واقعه "
        "اخري كرديه عربيه مسيحيه حديثه قديمه جديده فقيره هاديه مدمره"
    ).split()
)
_MAX_WORDS = 3


def name_length(tokens: Sequence[Token], first: int, opens: str, *, site: bool) -> int:
    """How many tokens from `first` on can be the name that a head opens; 0 for none."""
    if first >= len(tokens) or not _can_start(tokens, first, opens, site):
        return 0
    word = tokens[first].norm
    length = 1
    while word in _STARTERS and length < _MAX_WORDS and first + length < len(tokens):
        following = tokens[first + length]
        if following.kind != "word" or following.norm in _NO_NAMES:
            break
        word = following.norm
        length += 1
    alone = length == 1 and tokens[first].norm in _STARTERS
    return 0 if alone and not tokens[first].norm.startswith("ال") else length


def _can_start(tokens: Sequence[Token], first: int, opens: str, site: bool) -> bool:
    token, word = tokens[first], tokens[first].norm
    if token.kind != "word" or len(word) < 3:
        return False
    if any(form in _NO_NAMES or form in SIDES for _, form in readings(word)):
        return False
    if not site and word in {"الملك", "الامير"}:
        return False  # a city or a village of theirs is a hospital or a housing scheme
    if word.startswith(("ال", "البو", "كفر")) or word in _STARTERS:
        return True
    if opens != "any" or site:
        return False
    # ي and ت begin verbs more often than names; ه, ين, ات end adjectives and plurals, unless what follows is a side
    # or a container (`قرية لوبية شمال …`).
    following = tokens[first + 1].norm if first + 1 < len(tokens) else ""
    placed = following in SIDES and word not in _ADJECTIVES
    return placed or not ((word[0] in "يت" and len(word) < 6) or word.endswith(("ه", "ين", "ات")))
