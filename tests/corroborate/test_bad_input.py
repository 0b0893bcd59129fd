"""Collections that are no news: a thousand alike, one word, two languages, no dates or absurd ones. Steps are counted,
not seconds: twice the documents may cost twice the steps, and not four times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec
import pytest

from corroborate.worlds import _BOATS, _MARKET, Remembering, Told, run, told
from khabar.corroborate import copies, corpus
from khabar.corroborate.copies import groups
from khabar.corroborate.corpus import Corpus
from khabar.corroborate.digest import build_digester
from khabar.corroborate.links import LinkModel, clusters
from khabar.corroborate.records import Story
from khabar.corroborate.stories import likeness
from khabar.pipeline import read_document
from khabar.records import document_from
from khabar.resources import load_resources

RESOURCES = load_resources()


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often what could be done for every pair is done."""
    counts: Counter[str] = Counter()
    places = (
        (copies, "overlap"), (copies, "_passage"), (LinkModel, "features"), (clusters, "_held"), (groups, "_share_part"),
        (likeness, "is_same"), (corpus, "shared_spans"),
    )  # fmt: skip
    for owner, name in places:
        monkeypatch.setattr(owner, name, _counting(counts, name, getattr(owner, name)))
    return counts


def _counting(counts: Counter[str], name: str, function: object) -> object:
    def counted(*given: object, **named: object) -> object:
        counts[name] += 1
        return function(*given, **named)  # type: ignore[operator]

    return counted


def read(text: str, name: str, **fields: str | None) -> Told:
    given = {
        "publisher": "صحيفة النهر",
        "published": "2019-03-04T08:00:00+03:00",
        "title": None,
        "language": "ar",
    } | fields
    return told(
        read_document(document_from(text, external_id=name, **given), RESOURCES),  # type: ignore[arg-type]
        RESOURCES.compiled(build_digester),
    )


def again(one: Told, count: int, **fields: str | None) -> list[Told]:
    """The same report that many times, from as many outlets, with the fields given."""
    made = []
    for number in range(count):
        document = msgspec.structs.replace(
            one.reading.document, id=f"sha256:{number:064}", external_id=f"d{number}",
            **({"publisher": f"صحيفة {number}"} | fields),
        )  # fmt: skip
        profile = msgspec.structs.replace(
            one.profile, document=document.id, external_id=document.external_id, publisher=document.publisher,
            publisher_key=f"outlet:{number}",
        )  # fmt: skip
        made.append(Told(msgspec.structs.replace(one.reading, document=document), profile, one.signature))
    return made


def corroborated(documents: Sequence[Told]) -> Corpus:
    return run(documents, Remembering(documents), RESOURCES)


def stories(found: Corpus) -> list[Story]:
    return [one.story for one in found.stories if one.story]


def total(steps: Counter[str], documents: Sequence[Told]) -> int:
    steps.clear()
    corroborated(documents)
    return sum(steps.values())


def test_a_thousand_identical_texts(steps: Counter[str]) -> None:
    one = read(_MARKET[0], "a", title=_MARKET[4])
    found = corroborated(again(one, 1000))
    assert [(len(copy.members), copy.group.kind, copy.group.similarity) for copy in found.copies] == [
        (1000, "whole", 1.0)
    ]
    (story,) = stories(found)
    assert len({report.document for report in story.reports}) == 1000
    # A copy adds no origin.
    assert story.independent.named + story.independent.unnamed <= 3
    assert total(steps, again(one, 800)) < 2.3 * total(steps, again(one, 400))


def test_a_thousand_texts_of_one_word() -> None:
    found = corroborated(again(read("عاجل", "a", title="عاجل"), 1000))
    assert (found.stories, found.copies, found.links) == ((), (), {})


def varied(count: int) -> list[Told]:
    """One happening as many outlets tell it, no two in the same words."""
    made = []
    for number in range(count):
        text = (
            f"قال مصدر طبي في مستشفى الشفاء {number} إن سبعة أشخاص قتلوا في قصف سوق الخضار في سيئون يوم الأحد، وذكر "
            f"الشاهد رقم {number * 7} أن الحي {number * 3} اهتز، بحسب صحيفة المدينة {number}."
        )
        hour = f"2019-03-04T{number * 24 // count:02}:{number % 60:02}:00Z"
        made.append(
            read(text, f"v{number}", title="قتلى في قصف سوق الخضار في سيئون", published=hour, publisher=f"ص {number}")
        )
    return made


def test_a_story_of_five_hundred_reports(steps: Counter[str]) -> None:
    documents = varied(500)
    found = corroborated(documents)
    largest = max(stories(found), key=lambda story: len(story.reports))
    assert len({report.document for report in largest.reports}) >= 450
    assert total(steps, documents) < 2.5 * total(steps, documents[::2])


def test_two_languages() -> None:
    arabic = [read(_MARKET[0], "a", title=_MARKET[4]), read(_MARKET[1], "b", title=_MARKET[4])]
    english = (
        "Seven people were killed and twenty wounded on Sunday when aircraft bombed the vegetable market in Seiyun, a "
        "medical source said. Ambulances took the injured to the general hospital, women and children among them. "
        "Police of the valley said that ten shops had been destroyed and that rescuers were looking for the missing. "
    )
    other = [
        read(english, "en", title="Seven killed"),
        read(english + "It was closed.", "en-copy", title="Market bombed"),
    ]
    found = corroborated([*arabic, *other])
    assert {frozenset(copy.group.documents) for copy in found.copies} == {frozenset({"en", "en-copy"})}
    homes = [{report.external_id for report in story.reports} for story in stories(found)]
    assert not any(home & {"a", "b"} and home & {"en", "en-copy"} for home in homes)


@pytest.mark.parametrize(
    "published",
    [
        None,
        "",
        "0001-01-01",
        "9999-12-31",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00",
        "2019-02-30",
        "soon",
    ],
)
def test_no_dates_and_absurd_ones(published: str | None) -> None:
    documents = [
        read(_MARKET[0], "a", title=_MARKET[4], published=published),
        read(_MARKET[1], "b", title=_MARKET[4], published=published),
        read(_BOATS[0], "c", title=_BOATS[4], published=published),
        read(_MARKET[0], "d", title=_MARKET[4]),
    ]
    found = corroborated(documents)
    (copy,) = found.copies
    assert set(copy.group.documents) == {"a", "d"}
    homes = [{report.external_id for report in story.reports if report.main} for story in stories(found)]
    assert {"c"} in homes
    assert any({"a", "d"} <= home for home in homes)


def test_many_without_dates_stay_cheap(steps: Counter[str]) -> None:
    """They are all within reach of each other."""
    documents = [
        msgspec.structs.replace(one, profile=msgspec.structs.replace(one.profile, at="")) for one in varied(400)
    ]
    assert total(steps, documents) < 2.5 * total(steps, documents[::2])


@pytest.mark.parametrize("text", [" ", "\n\n", "؟!", "1", "\u200f", "ا" * 5000, "قتل " * 2000, "- \n" * 500])
def test_texts_of_nothing(text: str) -> None:
    documents = [read(text, name) for name in ("a", "b", "c")]
    found = corroborated(documents)
    assert len(stories(found)) <= 3


def stars(count: int) -> Iterable[Told]:
    """A long text, and others that each hold another passage of it."""
    passages = [" ".join(f"كلمة{number}و{at}" for at in range(45)) for number in range(count)]
    yield read(" ".join(passages), "long")
    for number, passage in enumerate(passages):
        yield read(f"{passage} {' '.join(f'غير{number}و{at}' for at in range(20))}", f"s{number}")


def test_a_text_of_which_many_hold_a_part(steps: Counter[str]) -> None:
    found = corroborated(list(stars(40)))
    assert {frozenset(copy.group.documents) for copy in found.copies} == {
        frozenset({"long", f"s{n}"}) for n in range(40)
    }
    assert total(steps, list(stars(120))) < 2.5 * total(steps, list(stars(60)))
