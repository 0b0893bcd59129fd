"""What two readings of one document, or two reviewers, differ in."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select

from factories import claim, full_reading, reading, span
from khabar.records import Arrival, Reading
from khabar.store import Store, schema
from khabar.store.differences import Difference, differences
from khabar.store.engine import write
from khabar.store.judging import judge
from khabar.store.queues import list_differences
from khabar.store.rebuild import rebuild_index


def put(store: Store, made: Reading) -> str:
    store.add(store.begin_ingest(["x"], made.reader), [Arrival(b"x", "x", "text", made)])
    return made.document.id


def rows(store: Store, **asked: Any) -> list[tuple[Any, ...]]:
    with store.engine.connect() as connection:
        found = list_differences(connection, **asked).rows
    return [(row["kind"], row["item"], row["other"], row["what"]) for row in found]


def changed(made: Reading, **fields: Any) -> Reading:
    return msgspec.structs.replace(made, claims=(msgspec.structs.replace(made.claims[0], **fields), *made.claims[1:]))


def test_fields_that_differ() -> None:
    made = full_reading()
    text = made.document.text
    assert list(differences(made, made)) == []
    assert list(differences(made, changed(made, stance="denies", quote="direct"))) == [
        Difference("claim", "c0", "c0", ("stance", "quote"))
    ]
    shorter = changed(made, content=span(text, "ثلاثة أشخاص «قتلوا» في السدرة"))
    assert list(differences(made, shorter)) == [Difference("claim", "c0", "c0", ("span",))]
    nobody = changed(made, source=None)
    assert list(differences(made, nobody)) == [Difference("claim", "c0", "c0", ("kind", "span"))]
    less = msgspec.structs.replace(made, claims=made.claims[1:], events=())
    assert list(differences(made, less)) == [
        Difference("claim", "c0", None, ("here",)), Difference("event", "e0", None, ("here",))
    ]  # fmt: skip
    assert list(differences(less, made)) == [
        Difference("claim", None, "c0", ("there",)), Difference("event", None, "e0", ("there",))
    ]  # fmt: skip
    other = msgspec.structs.replace(made.events[0], type="COERCE", factuality="possible", roles=())
    assert list(differences(made, msgspec.structs.replace(made, events=(other,)))) == [
        Difference("event", "e0", "e0", ("type", "factuality", "roles"))
    ]


def test_a_later_reading_is_held_against_the_one_before(store: Store) -> None:
    made = full_reading()
    document = put(store, made)
    assert rows(store) == []
    put(store, msgspec.structs.replace(changed(made, stance="denies"), reader="later"))
    assert rows(store) == [("claim", "c0", "c0", "stance")]
    judge(store, who="a", verb="note", kind="claim", subject="c0", document=document, value="?")
    assert len(rows(store)) == 1
    verdict = judge(store, who="a", verb="accept", kind="claim", subject="c0", document=document)
    assert rows(store) == []
    assert len(rows(store, settled=True)) == 1
    judge(store, who="a", verb="withdraw", kind="judgement", subject=verdict.id)
    assert len(rows(store)) == 1
    with write(store.engine) as connection:
        rebuild_index(connection)
    assert rows(store) == [("claim", "c0", "c0", "stance")]


def test_what_the_later_reading_lost_can_be_settled(store: Store) -> None:
    made = full_reading()
    document = put(store, made)
    put(store, msgspec.structs.replace(made, reader="later", claims=made.claims[1:]))
    assert rows(store) == [("claim", None, "c0", "there")]
    judge(store, who="a", verb="reject", kind="claim", subject="c0", document=document, reader="test")
    assert rows(store) == []


def test_reviewers_who_differ(store: Store) -> None:
    document = put(store, reading())
    judge(store, who="سلمى", verb="accept", kind="claim", subject="c0", document=document)
    assert rows(store) == []
    judge(store, who="Omar", verb="reject", kind="claim", subject="c0", document=document)
    assert rows(store) == [("claim", "c0", None, "reviewers")]
    assert rows(store, what="reviewers") == [("claim", "c0", None, "reviewers")]
    assert rows(store, what="readers") == []
    judge(store, who="Omar", verb="accept", kind="claim", subject="c0", document=document)
    assert rows(store) == []


def test_a_page_at_a_time(store: Store) -> None:
    made = full_reading()
    extra = tuple(claim(made.document.text, None, None, part, id=f"c{n + 2}") for n, part in enumerate(("ذلك", "أمس")))
    for number in range(3):
        one = full_reading(external_id=f"a{number}", url=f"http://example.com/{number}")
        put(store, one)
        put(store, msgspec.structs.replace(one, reader="later", claims=(*one.claims, *extra)))
    whole = rows(store)
    assert len(whole) == 6
    seen: list[Any] = []
    after: str | None = None
    with store.engine.connect() as connection:
        while True:
            page = list_differences(connection, after=after, limit=4)
            seen += page.rows
            after = page.next
            if after is None:
                break
    assert [row["item"] for row in seen] == [row[1] for row in whole]
    assert seen[0]["reader"] == "test"


def test_a_queue_is_read_from_its_index(store: Store) -> None:
    """No queue reads more rows than it shows: the plan names the index that has its order."""
    if store.engine.dialect.name != "sqlite":
        return
    put(store, reading())
    plans = {
        "ix_claim_waiting_score_pk": select(schema.claim.c.pk)
        .where(schema.claim.c.judgement.is_(None))
        .order_by(schema.claim.c.score, schema.claim.c.pk),
        "ix_event_waiting_type_score_pk": select(schema.event.c.pk)
        .where(schema.event.c.judgement.is_(None), schema.event.c.type == "MOVE")
        .order_by(schema.event.c.score, schema.event.c.pk),
    }
    with store.engine.connect() as connection:
        for index, query in plans.items():
            text = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
            plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))
            assert index in plan
            assert "TEMP B-TREE" not in plan
