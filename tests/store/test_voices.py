"""Who says what of whom, and which outlets copy whom."""

from __future__ import annotations

import msgspec
import pytest

from factories import document, span
from khabar.corroborate.records import CopyGroup
from khabar.errors import NotFound
from khabar.records import Arrival, Claim, Entity, Mention, Reading, Source, Stance
from khabar.store import Store, schema
from khabar.store.engine import write
from khabar.store.outlets import Taken, count_copies, outlets_of
from khabar.store.packing import pack
from khabar.store.voices import (
    Voice,
    actor_of,
    claims_about,
    claims_by,
    speakers_about,
    spoken_of_by,
)

_TOLD = "قال محمد سالم من البلدية إن القوات غادرت مدينة الرقة يوم الخميس مع الشرطة."


def _reading(number: int, speaker: str, spoken_of: str, stance: Stance, publisher: str) -> Reading:
    made = document(_TOLD, external_id=f"v{number}", url=f"http://example.com/v{number}", publisher=publisher)
    person, police = span(_TOLD, "محمد سالم"), span(_TOLD, "الشرطة")
    town = span(_TOLD, "البلدية")  # of the source alone: nothing is said of it
    mentions = tuple(
        Mention(f"m{n}", one.start, one.end, one.text, "PERSON", entity=Entity(key, None, None, one.text))
        for n, (one, key) in enumerate(((person, speaker), (town, "actor:town"), (police, spoken_of)))
    )
    content = span(_TOLD, "القوات غادرت مدينة الرقة يوم الخميس مع الشرطة")
    source = Source(person.start, town.end, _TOLD[person.start : town.end], "named_person", speaker)
    claim = Claim("c0", source, (), span(_TOLD, "قال"), content, stance, "indirect", 0.9)
    return Reading(made, mentions, (claim,), (), "test")


@pytest.fixture
def filled(store: Store) -> Store:
    """Two claims by actor:a about actor:b (one a denial), one by one whom no list holds, one of actor:a on itself."""
    told = [
        _reading(0, "actor:a", "actor:b", "asserts", "one"), _reading(1, "actor:a", "actor:b", "denies", "two"),
        _reading(2, "doc:0", "actor:b", "asserts", "two"), _reading(3, "actor:a", "actor:a", "asserts", "two"),
    ]  # fmt: skip
    store.add(store.begin_ingest(["t"], "test"), [Arrival(b"x", f"v{n}", "text", one) for n, one in enumerate(told)])
    return store


def test_who_speaks_of_whom(filled: Store) -> None:
    with filled.engine.connect() as connection:
        found = actor_of(connection, "actor:a")
        assert (found.documents, found.by, found.about) == (3, 3, 0)
        assert (actor_of(connection, "actor:b").by, actor_of(connection, "actor:b").about) == (0, 3)
        assert spoken_of_by(connection, "actor:a") == [Voice("actor:b", "الشرطة", 2, 1)]
        assert speakers_about(connection, "actor:b") == [
            Voice("actor:a", "محمد سالم من البلدية", 2, 1),
            Voice(None, "محمد سالم من البلدية", 1, 0),
        ]
        assert speakers_about(connection, "actor:a") == speakers_about(connection, "actor:town") == []
        assert len(claims_by(connection, "actor:a")) == 3
        assert len(claims_by(connection, "actor:a", limit=1)) == 1
        assert len(claims_about(connection, "actor:b")) == 3
        assert claims_about(connection, "actor:a") == []
        for key in ("actor:none", "doc:0"):
            with pytest.raises(NotFound):
                actor_of(connection, key)


def test_who_copies_whom(filled: Store) -> None:
    group = CopyGroup(("v0", "v1", "v2"), "time", "whole", 1.0, {})
    with write(filled.engine) as connection:
        pks = connection.execute(schema.document.select().order_by(schema.document.c.pk)).all()
        connection.execute(
            schema.copy_group.insert(),
            [{"id": "g", "kind": "whole", "documents": 3, "data": pack(msgspec.json.encode(group))}],
        )
        connection.execute(schema.copy_document.insert(), [{"group_id": "g", "document_pk": row.pk} for row in pks[:3]])
        count_copies(connection)
    with filled.engine.connect() as connection:
        two, one = outlets_of(connection)
    assert (two.publisher, two.documents, two.copies, two.taken) == ("two", 3, 2, (Taken("one", 2),))
    assert (two.copied_by, one.copied_by) == ((), (Taken("two", 2),))
    assert (one.publisher, one.documents, one.copies, one.taken) == ("one", 1, 0, ())
