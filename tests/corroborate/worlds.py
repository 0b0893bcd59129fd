"""Small worlds of invented reports for tests across documents: told alike and otherwise, copied, denied, corrected, in
bulletins, and without dates. All is read by the reader, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from corroborate.dossiers import FOLDER, NAMES
from khabar.corroborate.copies.shingles import Signature
from khabar.corroborate.corpus import Corpus, Ties, corroborate
from khabar.corroborate.digest import Digester, build_digester
from khabar.corroborate.links import build_link_model
from khabar.corroborate.profiles import Profile
from khabar.corroborate.records import CopyGroup, Story
from khabar.ingest import read_inputs
from khabar.pipeline import read_document
from khabar.records import Document, Reading, document_from
from khabar.resources import Resources, load_resources

OUTLETS = ("صحيفة النهر", "وكالة الضفة", "موقع الساحل", "جريدة الوادي")

# Two happenings: a report of over 40 words, the same in other words, a denial and a correction, each with its title.
_MARKET = (
    "قال مصدر طبي في سيئون إن سبعة أشخاص قتلوا وأصيب عشرون آخرون عندما قصفت طائرات سوق الخضار في سيئون صباح الأحد، "
    "وأضاف المصدر أن سيارات الإسعاف نقلت الجرحى إلى مستشفى سيئون العام وأن بينهم أطفالا ونساء. وأعلنت شرطة الوادي في "
    "بيان أن الغارة دمرت عشرة متاجر وأن فرق الدفاع المدني ما زالت تبحث عن مفقودين تحت الأنقاض أمام المسجد الكبير.",
    "قتل تسعة أشخاص في غارة على سوق الخضار في سيئون يوم الأحد، بحسب ما أعلنت شرطة الوادي. وذكر شهود أن الطائرات قصفت "
    "السوق مرتين وأن المسعفين نقلوا القتلى إلى المستشفى.",
    "نفت شرطة الوادي مقتل تسعة أشخاص في قصف سوق الخضار في سيئون، وقالت إن الغارة لم توقع قتلى.",
    "صححت صحيفة النهر حصيلة قصف سوق الخضار في سيئون: قتل ستة أشخاص لا تسعة كما ورد سابقا، بحسب مصدر طبي.",
    "قتلى في قصف سوق الخضار في سيئون", "شرطة الوادي تنفي سقوط قتلى في سوق سيئون", "تصحيح: ستة قتلى في سوق سيئون",
)  # fmt: skip
_BOATS = (
    "احتجز خفر السواحل ثلاثة قوارب صيد وعليها أربعة عشر صيادا قبالة المكلا فجر الثلاثاء، وقالت جمعية الصيادين إن القوارب "
    "كانت ترسو قرب الميناء القديم حين اقتادها الجنود إلى رصيف عسكري. وطالب ذوو المحتجزين في وقفة أمام مبنى المحافظة "
    "بإطلاقهم، وأعلن متحدث باسم خفر السواحل أن الصيادين خالفوا منع الإبحار ليلا وأنهم سيحالون إلى النيابة.",
    "أعلنت جمعية الصيادين في المكلا أن جنودا من خفر السواحل اعتقلوا عشرين صيادا كانوا على قوارب صيد قبالة الميناء يوم "
    "الثلاثاء، وقال شاهد إن القوارب اقتيدت إلى الرصيف العسكري.",
    "نفى خفر السواحل احتجاز عشرين صيادا قبالة المكلا، وقال إن عدد من أوقفوا أربعة عشر.",
    "صححت صحيفة النهر خبرها عن قوارب المكلا: احتجز خفر السواحل أربعة عشر صيادا لا عشرين كما ورد سابقا.",
    "خفر السواحل يحتجز صيادين قبالة المكلا", "خفر السواحل ينفي احتجاز عشرين صيادا", "تصحيح: أربعة عشر صيادا محتجزا",
)  # fmt: skip
_FLOOD = (
    "جرفت السيول التي اجتاحت مدينة الغيضة مساء السبت الجسر الخشبي القديم وعزلت قريتين عن المدينة، وقال مصدر محلي إن "
    "خمسة أشخاص لقوا حتفهم غرقا وإن عشرات العائلات فرت إلى المدارس، وأضاف المصدر أن فرق الإنقاذ استخدمت قوارب الصيادين "
    "في نقل المسنين والأطفال، وأن المياه بلغت سقوف البيوت الطينية في الحي الشرقي قرب الوادي."
)


def _documents() -> Iterable[Document]:
    def made(name: str, text: str, outlet: int, day: str | None, title: str) -> Document:
        return document_from(
            text, external_id=name, publisher=OUTLETS[outlet], published=day, title=title, language="ar"
        )

    for at, (report, other, denial, correction, title, denied, corrected) in enumerate((_MARKET, _BOATS)):
        day = f"2019-03-{4 + 2 * at:02}"
        yield made(f"{at}-report", report, 0, day + "T08:00:00+03:00", title)
        yield made(f"{at}-copy", report, 1, day + "T09:30:00+03:00", title)
        yield made(f"{at}-edited", report.replace("قال", "ذكر"), 2, day + "T10:00:00+03:00", title)
        yield made(f"{at}-credited", f"(وكالة الضفة) - {report}", 3, None, title)
        yield made(f"{at}-wire", report[:230], 1, day + "T07:00:00+03:00", title)
        yield made(f"{at}-otherwise", other, 2, day, title)
        yield made(f"{at}-undated", other, 3, None, title)
        yield made(f"{at}-denial", denial, 3, f"2019-03-{5 + 2 * at:02}", denied)
        yield made(f"{at}-correction", correction, 0, f"2019-03-{6 + 2 * at:02}", corrected)
    # The first paragraph of `chain-b` is of `chain-c`, and its second, about something else, is what `chain-a` copies.
    yield made("chain-c", _BOATS[0], 1, "2019-03-06T06:00:00+03:00", _BOATS[4])
    yield made("chain-b", f"{_BOATS[0]}\n{_FLOOD}", 2, "2019-03-06T07:00:00+03:00", _BOATS[4])
    yield made("chain-a", _FLOOD, 0, "2019-03-06T08:00:00+03:00", "السيول تجرف جسر الغيضة")
    items = [f"- {text}" for text in (_MARKET[1], _BOATS[1], _FLOOD)]
    yield made("bulletin", "\n".join(items), 0, "2019-03-07", "موجز الأنباء")
    yield made("bulletin-again", "\n".join(items[::-1]), 2, "2019-03-08", "موجز الأنباء")
    for name in ("a", "b"):
        yield made(f"word-{name}", "عاجل", 0, "2019-03-04", "عاجل")
        yield made(f"no-event-{name}", "الطقس جميل في الوادي والسماء صافية.", 1, "2019-03-04", "الطقس")


class Told(msgspec.Struct, frozen=True):
    """One document as corroboration takes it."""

    reading: Reading
    profile: Profile
    signature: Signature


def told(reading: Reading, digester: Digester) -> Told:
    return Told(reading, digester.profile(reading), digester.signer.sign(reading.document.text))


@cache
def world() -> tuple[Told, ...]:
    """Every document of the small world and of the dossiers."""
    resources = load_resources()
    digester = resources.compiled(build_digester)
    paths = [str(FOLDER / name / "articles.jsonl") for name in NAMES]
    dossiers = (one for one in read_inputs(paths, settings=resources.settings) if isinstance(one, Document))
    return tuple(told(read_document(one, resources), digester) for one in (*_documents(), *dossiers))


class Remembering:
    """Memory of a run before, as the database keeps it: whatever was forgotten of a document is asked for anew."""

    def __init__(self, documents: Sequence[Told]) -> None:
        self.texts = {one.profile.document: one.reading.document.text for one in documents}
        self.scores: dict[tuple[str, str, int], float] = {}
        self.why: dict[tuple[str, str], dict[str, float]] = {}
        self.groups: dict[str, CopyGroup] = {}
        self.stories: dict[str, Story] = {}

    def text(self, document: str) -> str:
        return self.texts[document]

    def score(self, left: str, right: str, happening: int) -> float | None:
        return self.scores.get((left, right, happening))

    def reasons(self, left: str, right: str) -> dict[str, float] | None:
        return self.why.get((left, right))

    def copies(self, key: str) -> CopyGroup | None:
        return self.groups.get(key)

    def has_story(self, basis: str) -> bool:
        return basis in self.stories

    def forget(self, document: str) -> None:
        self.scores = {key: value for key, value in self.scores.items() if document not in key}
        self.why = {key: value for key, value in self.why.items() if document not in key}

    def keep(self, found: Corpus) -> list[Story]:
        """Take over a run's results; returns all stories."""
        self.scores = dict(found.scores)
        self.why = {pair: link.reasons for pair, link in found.links.items()}
        self.groups = {one.key: one.group for one in found.copies}
        self.stories = {one.basis: one.story or self.stories[one.basis] for one in found.stories}
        return [self.stories[one.basis] for one in found.stories]


def run(documents: Sequence[Told], memory: Remembering, resources: Resources, ties: Ties | None = None) -> Corpus:
    return corroborate(
        [one.profile for one in documents], [one.signature for one in documents], memory,
        resources.compiled(build_link_model), ties=ties,
    )  # fmt: skip
