from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select, update

from factories import reading, span
from khabar.errors import StoreConflict, UsageError
from khabar.records import Arrival, Reading
from khabar.store import Store, schema
from khabar.store.judgements import judge, judgements_of, standing, version_of
from khabar.store.queries import Filter, list_claims, list_events
from khabar.store.verify import verify
from khabar.store.views import View, actor_aliases, current_view


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
