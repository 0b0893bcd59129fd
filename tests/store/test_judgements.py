from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from factories import reading, span
from khabar.errors import StoreConflict, UsageError
from khabar.records import Arrival, Mention, Reading, Role, Time, Unresolved
from khabar.store import Store, schema
from khabar.store.archive import rebuild_index
from khabar.store.areas import Area
from khabar.store.engine import write
from khabar.store.judgements import judgements_of, standing, version_of
from khabar.store.judging import judge
from khabar.store.merges import actor_aliases
from khabar.store.queries import Filter, list_claims, list_documents, list_events
from khabar.store.verify import verify
from khabar.store.views import View, current_view


def put(store: Store, made: Reading) -> str:
    store.add(store.begin_ingest(["x"], made.reader), [Arrival(b"x", "x", "text", made)])
    return made.document.id


def view(store: Store, document: str) -> View:
    with store.engine.connect() as connection:
        return current_view(connection, document)


def test_accept_reject_correct_and_withdraw(store: Store) -> None:
    made = reading()
    document = put(store, made)
    judge(store, who="سلمى", verb="accept", kind="claim", subject="c0", document=document)
    fixed = judge(
        store, who="سلمى", verb="correct", kind="claim", subject="c0", document=document, field="stance",
        value="denies", why="ينفي",
    )  # fmt: skip
    gone = judge(store, who="Omar", verb="reject", kind="event", subject="e0", document=document)
    seen = view(store, document)
    assert seen.status == {"c0": "corrected", "e0": "rejected"}
    assert seen.reading.claims[0].stance == "denies"
    assert seen.reading.events == ()
    assert seen.adrift == ()
    for one in (gone, fixed):
        judge(store, who="Omar", verb="withdraw", kind="judgement", subject=one.id)
    again = view(store, document)
    assert again.status == {"c0": "accepted"}
    assert again.reading == made
    with store.engine.connect() as connection:
        assert len(judgements_of(connection, document)) == 5
        assert len(list_claims(connection, Filter(judgement="accepted")).rows) == 1
    assert list(verify(store.engine)) == []


def test_a_withdrawal_can_be_withdrawn(store: Store) -> None:
    document = put(store, reading())
    first = judge(store, who="a", verb="reject", kind="claim", subject="c0", document=document)
    second = judge(store, who="a", verb="withdraw", kind="judgement", subject=first.id)
    judge(store, who="a", verb="withdraw", kind="judgement", subject=second.id)
    with store.engine.connect() as connection:
        assert standing(judgements_of(connection, document)) == [first]


def test_two_reviewers_do_not_overwrite_each_other(store: Store) -> None:
    document = put(store, reading())
    with store.engine.connect() as connection:
        seen = version_of(connection, document)
    judge(store, who="a", verb="accept", kind="claim", subject="c0", document=document, seen=seen)
    with pytest.raises(StoreConflict):
        judge(store, who="b", verb="reject", kind="claim", subject="c0", document=document, seen=seen)
    assert view(store, document).status == {"c0": "accepted"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stance", "shouts"),
        ("score", 1.0),
        ("content", {"start": 0, "end": 3, "text": "خطأ"}),
        ("content", {"start": 0, "end": 9999, "text": "خطأ"}),
        ("content", None),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(store: Store, field: str, value: object) -> None:
    document = put(store, reading())
    with pytest.raises(UsageError):
        judge(store, who="a", verb="correct", kind="claim", subject="c0", document=document, field=field, value=value)
    with store.engine.connect() as connection:
        assert judgements_of(connection) == []


def test_a_later_reading_takes_judgements_over_where_the_spans_agree(store: Store) -> None:
    made = reading()
    document = put(store, made)
    judge(store, who="a", verb="accept", kind="claim", subject="c0", document=document)
    judge(store, who="a", verb="reject", kind="event", subject="e0", document=document)
    shorter = span(made.document.text, "القوات غادرت")
    later = msgspec.structs.replace(
        made,
        reader="later",
        claims=(msgspec.structs.replace(made.claims[0], content=shorter),),
        events=(msgspec.structs.replace(made.events[0], id="e7"),),
    )
    put(store, later)
    seen = view(store, document)
    assert seen.status == {"e7": "rejected"}
    assert [one.subject for one in seen.adrift] == ["c0"]
    with store.engine.connect() as connection:
        assert [row["id"] for row in list_events(connection, Filter(judgement="rejected")).rows] == ["e7"]


def test_actors_are_merged_and_split(store: Store) -> None:
    def merges() -> dict[str, str]:
        with store.engine.connect() as connection:
            return actor_aliases(connection)

    judge(store, who="a", verb="merge", kind="actor", subject="doc:1", value="actor:x")
    judge(store, who="a", verb="merge", kind="actor", subject="actor:x", value="actor:y")
    assert merges() == {"doc:1": "actor:y", "actor:x": "actor:y"}
    judge(store, who="b", verb="split", kind="actor", subject="actor:x", value="actor:y")
    assert merges() == {"doc:1": "actor:x"}
    judge(store, who="b", verb="merge", kind="actor", subject="actor:x", value="doc:1")
    assert set(merges()) == {"doc:1", "actor:x"}


def test_a_changed_judgement_is_found(store: Store) -> None:
    document = put(store, reading())
    judge(store, who="a", verb="accept", kind="claim", subject="c0", document=document)
    with store.engine.begin() as connection:
        connection.execute(update(schema.judgement).values(who="b"))
    assert [fault.why for fault in verify(store.engine)] == ["judgement 1: who is not what its record says"]
    with store.engine.connect() as connection:
        assert connection.execute(select(schema.judgement)).one().who == "b"


def test_every_field_of_a_mention(store: Store) -> None:
    document = put(store, reading())

    def correct(subject: str, field: str, value: object) -> Mention:
        judge(
            store, who="a", verb="correct", kind="mention", subject=subject, document=document, field=field, value=value
        )
        return next(one for one in view(store, document).reading.mentions if one.id == subject)

    text = reading().document.text
    person = correct("m0", "entity", {"id": "person:x", "wikidata": None, "name_en": "X", "name_ar": None})
    assert person.entity is not None
    assert (person.entity.id, person.unresolved) == ("person:x", None)
    assert correct("m0", "entity", None).unresolved == Unresolved("unknown")
    short = span(text, "سالم")
    moved = correct("m0", "span", {"start": short.start, "end": short.end, "text": short.text})
    assert (moved.start, moved.end, moved.text) == (short.start, short.end, "سالم")
    body = correct("m1", "type", "ORG")
    assert (body.place, body.unresolved) == (None, Unresolved("unknown"))
    time = {"value": "2017-10", "type": "DATE", "earliest": "2017-10-01", "latest": "2017-10-31"}
    assert correct("m2", "time", time).time == Time("2017-10", "DATE", "2017-10-01", "2017-10-31")
    for subject, field, value in (
        ("m2", "place", {"id": "x"}),
        ("m2", "entity", {"id": "actor:x", "wikidata": None, "name_en": None, "name_ar": None}),
        ("m2", "span", {"start": 1}),
        ("m2", "span", {"start": 5, "end": 5, "text": ""}),
    ):
        with pytest.raises(UsageError):
            correct(subject, field, value)


def test_an_event_points_at_what_there_is(store: Store) -> None:
    document = put(store, reading())
    role = {"role": "target", "start": 4, "end": 13, "text": "محمد سالم", "mention": "m0"}

    def correct(field: str, value: object) -> None:
        judge(store, who="a", verb="correct", kind="event", subject="e0", document=document, field=field, value=value)

    correct("roles", [role])
    assert view(store, document).reading.events[0].roles == (Role("target", 4, 13, "محمد سالم", "m0"),)
    correct("claim", None)
    assert view(store, document).reading.events[0].claim is None
    for field, value in (("claim", "c9"), ("roles", [role | {"mention": "m9"}]), ("roles", [role | {"role": "hero"}])):
        with pytest.raises(UsageError):
            correct(field, value)


def test_an_item_of_an_earlier_reading_is_judged(store: Store) -> None:
    made = reading()
    document = put(store, made)
    put(store, msgspec.structs.replace(made, reader="later", claims=(), events=()))
    with pytest.raises(UsageError):
        judge(store, who="a", verb="accept", kind="claim", subject="c0", document=document)
    judge(store, who="a", verb="accept", kind="claim", subject="c0", document=document, reader="test")
    assert [one.subject for one in view(store, document).adrift] == ["c0"]


def test_the_state_across_documents_is_checked(store: Store) -> None:
    judge(store, who="a", verb="merge", kind="actor", subject="actor:x", value="actor:y", seen=0)
    with pytest.raises(StoreConflict):
        judge(store, who="b", verb="split", kind="actor", subject="actor:x", value="actor:y", seen=0)
    for value in (None, "", "actor:x", 3):
        with pytest.raises(UsageError):
            judge(store, who="b", verb="merge", kind="actor", subject="actor:x", value=value)
    with pytest.raises(UsageError):
        judge(store, who="b", verb="merge", kind="story", subject="sha256:a/e0", value="sha256:b/e0")


def test_corrected_values_are_found(store: Store) -> None:
    document = put(store, reading())

    def correct(kind: Any, subject: str, field: str, value: object) -> str:
        made = judge(
            store, who="a", verb="correct", kind=kind, subject=subject, document=document, field=field, value=value
        )
        return made.id

    def found(what: Any, **asked: Any) -> int:
        with store.engine.connect() as connection:
            return len(what(connection, Filter(**asked)).rows)

    stance = correct("claim", "c0", "stance", "denies")
    assert (found(list_claims, stance="denies"), found(list_claims, stance="asserts")) == (1, 0)
    aden = {"id": "geonames:415189", "name_en": "Aden", "name_ar": "عدن", "country": "YE", "parent": None, "lat": 12.78,
            "lon": 45.04, "radius_km": None, "precision": "exact"}  # fmt: skip
    place = correct("mention", "m1", "place", aden)
    assert found(list_events, area=Area(within="YE")) == 1
    assert found(list_events, area=Area(within="SY")) == 0
    correct("mention", "m0", "entity", {"id": "person:x", "wikidata": None, "name_en": "Salem", "name_ar": None})
    assert found(list_documents, actor="person:x") == 1
    judge(store, who="a", verb="reject", kind="event", subject="e0", document=document)
    assert found(list_events, judgement="rejected", type="MOVE") == 1
    for key in (stance, place):
        judge(store, who="a", verb="withdraw", kind="judgement", subject=key)
    assert (found(list_claims, stance="asserts", judgement="none"), found(list_events, area=Area(within="SY"))) == (
        1,
        1,
    )
    with write(store.engine) as connection:
        rebuild_index(connection)
    assert found(list_documents, actor="person:x") == 1
    assert found(list_events, judgement="rejected") == 1
