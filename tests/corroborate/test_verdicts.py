"""What people judged of origins, stories and actors wins, and stays when more documents arrive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from khabar.cli.demo import SAMPLE
from khabar.config import Settings
from khabar.corroborate.keep import corroborate_store
from khabar.corroborate.records import Report, Story
from khabar.corroborate.verdicts import actors_of, with_actors
from khabar.errors import UsageError
from khabar.ingest import read_inputs
from khabar.records import Arrival, Reading
from khabar.resources import Resources
from khabar.store import Store
from khabar.store.judgements import current_reading
from khabar.store.judging import judge
from khabar.store.queries import Filter, list_documents
from khabar.store.stories import StoryFilter, stories_json
from khabar.workers import read_all


@pytest.fixture(scope="module")
def sample() -> list[Reading]:
    settings = Settings()
    return [
        one for one in read_all(read_inputs([str(SAMPLE)], settings=settings), settings) if isinstance(one, Reading)
    ]


@pytest.fixture
def store(tmp_path: Path, sample: list[Reading], resources: Resources) -> Iterator[Store]:
    opened = Store.open(str(tmp_path / "khabar.db"), create=True)
    put(opened, sample)
    corroborate_store(opened, resources)
    yield opened
    opened.engine.dispose()


def put(store: Store, readings: list[Reading]) -> None:
    arrivals = [Arrival(one.document.id.encode(), one.document.id, "text", one) for one in readings]
    store.add(store.begin_ingest(["sample"], "test"), arrivals)


def stories(store: Store) -> list[Story]:
    with store.engine.connect() as connection:
        return [msgspec.json.decode(one, type=Story) for one in stories_json(connection, StoryFilter())]


def of_two(store: Store) -> tuple[Story, Report, Report]:
    """A story, and main reports of two of its origins in two documents."""
    for story in stories(store):
        mains = [one for one in story.reports if one.origin and one.main]
        for other in mains:
            if other.document != mains[0].document and other.origin != mains[0].origin:
                return story, mains[0], other
    raise AssertionError("the sample has no story of two origins")


def again(store: Store, resources: Resources, like: Story) -> Story:
    corroborate_store(store, resources)
    wanted = {one.document for one in like.reports}
    return max(stories(store), key=lambda story: len(wanted & {one.document for one in story.reports}))


def inside(report: Report) -> str:
    return f"{report.event}/{report.claim}" if report.claim else report.event


def said(store: Store, verb: Any, report: Report, value: Any, field: str | None = None) -> str:
    made = judge(
        store, who="سلمى", verb=verb, kind="origin", subject=inside(report), document=report.document, field=field,
        value=value,
    )  # fmt: skip
    return made.id


def origin_of(story: Story, report: Report) -> Any:
    found = next(one for one in story.reports if (one.document, inside(one)) == (report.document, inside(report)))
    return next((one for one in story.origins if one.id == found.origin), None)


def test_two_origins_are_one_until_it_is_withdrawn(store: Store, resources: Resources) -> None:
    story, one, other = of_two(store)
    key = said(store, "merge", one, f"{other.document}/{inside(other)}")
    merged = again(store, resources, story)
    assert len(merged.origins) == len(story.origins) - 1
    assert origin_of(merged, one) == origin_of(merged, other)
    assert origin_of(merged, one).label == origin_of(story, other).label
    said(store, "split", one, f"{other.document}/{inside(other)}")
    apart = again(store, resources, story)
    assert origin_of(apart, one) != origin_of(apart, other)
    judge(store, who="a", verb="withdraw", kind="judgement", subject=key)
    assert len(again(store, resources, story).origins) == len(story.origins)


def test_a_report_has_another_origin(store: Store, resources: Resources) -> None:
    story, one, other = of_two(store)
    theirs = origin_of(story, other)
    said(store, "correct", one, {"label": theirs.label, "kind": theirs.kind, "entity": theirs.entity}, "origin")
    assert origin_of(again(store, resources, story), one).label == theirs.label
    said(store, "correct", one, {"label": "هيئة الرصد", "kind": "organization"}, "origin")
    given = origin_of(again(store, resources, story), one)
    assert (given.label, given.kind, given.entity) == ("هيئة الرصد", "organization", None)


def test_one_origin_is_two(store: Store, resources: Resources) -> None:
    for story in stories(store):
        reports = [one for one in story.reports if one.origin == story.reports[0].origin and one.origin]
        if len({one.document for one in reports}) > 1:
            break
    one, other = reports[0], next(r for r in reports if r.document != reports[0].document)
    said(store, "split", one, f"{other.document}/{inside(other)}")
    found = again(store, resources, story)
    assert origin_of(found, one) != origin_of(found, other)


def test_it_is_kept_when_a_document_arrives_and_when_one_is_read_again(
    store: Store, resources: Resources, sample: list[Reading]
) -> None:
    story, one, other = of_two(store)
    said(store, "merge", one, f"{other.document}/{inside(other)}")
    again(store, resources, story)
    source = next(r for r in sample if r.document.id == one.document)
    copy = msgspec.structs.replace(source.document, id="sha256:" + "1" * 64, publisher="ناشر آخر", external_id="copy")
    put(store, [msgspec.structs.replace(source, document=copy)])
    grown = again(store, resources, story)
    assert "copy" in {r.external_id for r in grown.reports}
    assert origin_of(grown, one) == origin_of(grown, other)
    # A later reader numbers the events otherwise.
    renamed = {e.id: f"e{n + 50}" for n, e in enumerate(source.events)}
    later = msgspec.structs.replace(
        source, reader="later", events=tuple(msgspec.structs.replace(e, id=renamed[e.id]) for e in source.events)
    )
    store.add_readings([later])
    numbered = again(store, resources, story)
    moved = msgspec.structs.replace(one, event=renamed[one.event])
    assert origin_of(numbered, moved) == origin_of(numbered, other)


def test_stories_stay_split_when_events_are_numbered_otherwise(
    store: Store, resources: Resources, sample: list[Reading]
) -> None:
    link = next(one for one in stories(store) if one.why).why[0]
    judge(store, who="a", verb="split", kind="story", subject=link.left, value=link.right)
    document = link.left.split("/")[0]
    source = next(r for r in sample if r.document.id == document)
    store.add_readings([
        msgspec.structs.replace(
            source, reader="later", events=tuple(msgspec.structs.replace(e, id=f"e{n + 9}") for n, e in enumerate(source.events))
        )
    ])  # fmt: skip
    corroborate_store(store, resources)
    both = {document, link.right.split("/")[0]}
    assert not any(both <= {r.document for r in one.reports if r.main} for one in stories(store))


def test_merged_actors_are_one(store: Store, resources: Resources) -> None:
    before = stories(store)
    made = judge(store, who="a", verb="merge", kind="actor", subject="actor:un", value="actor:other")
    with store.engine.connect() as connection:
        actors = actors_of(connection)
        document = next(
            row["document"] for row in list_documents(connection, Filter(actor="actor:other")).rows
        )  # `actor:un` is found under the id that stands for it
        reading = with_actors(current_reading(connection, document), actors)
    entities = {m.entity.id for m in reading.mentions if m.entity} | {
        c.source.entity for c in reading.claims if c.source
    }
    assert "actor:other" in entities
    assert "actor:un" not in entities
    summary = corroborate_store(store, resources)
    assert 0 < summary.profiled < summary.documents
    judge(store, who="a", verb="withdraw", kind="judgement", subject=made.id)
    corroborate_store(store, resources)
    assert stories(store) == before


@pytest.mark.parametrize(
    ("verb", "subject", "field", "value"),
    [
        ("merge", "e99", None, "x/e0"),
        ("merge", "{one}", None, "sha256:none/e0"),
        ("merge", "{one}", None, None),
        ("merge", "{one}", None, "{document}/{one}"),
        ("correct", "{one}", "label", {"label": "x", "kind": "media"}),
        ("correct", "{one}", "origin", {"label": "x", "kind": "rumour"}),
        ("correct", "{one}", "origin", {"label": " ", "kind": "media"}),
        ("accept", "{one}", None, None),
    ],
)
def test_what_makes_no_sense_is_refused(store: Store, verb: Any, subject: str, field: str | None, value: Any) -> None:
    _, one, _ = of_two(store)
    names = {"one": inside(one), "document": one.document}
    value = value.format(**names) if isinstance(value, str) else value
    with pytest.raises(UsageError):
        judge(
            store, who="a", verb=verb, kind="origin", subject=subject.format(**names), document=one.document, field=field,
            value=value,
        )  # fmt: skip
