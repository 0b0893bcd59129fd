from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from factories import reading
from khabar.errors import UsageError
from khabar.records import Arrival
from khabar.store import Store
from khabar.store.areas import Area
from khabar.store.named import list_actors
from khabar.store.queries import Filter, Page, list_claims, list_documents, list_events


@pytest.fixture
def filled(store: Store) -> Store:
    made = [
        reading(external_id=f"a{n}", published=f"2017-10-{n + 1:02}", publisher="نهار" if n % 2 else "مساء")
        for n in range(9)
    ]
    made.append(reading(external_id="undated", published=None))
    ingest = store.begin_ingest(["x"], "test")
    store.add(ingest, [Arrival(b"x", f"x:{n}", "jsonl", one) for n, one in enumerate(made)])
    return store


def claims(store: Store, **wanted: object) -> list[str]:
    with store.engine.connect() as connection:
        page = list_claims(connection, Filter(**wanted), limit=100)  # type: ignore[arg-type]
    return [row["external_id"] for row in page.rows]


def test_newest_first_and_the_undated_last(filled: Store) -> None:
    assert claims(filled) == [f"a{n}" for n in reversed(range(9))] + ["undated"]


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({"words": "الرقه"}, 10),
    ({"words": "ٱلرَّقَّة القوّات"}, 10),
    ({"words": '"القوات غادرت"'}, 10),
    ({"words": '"غادرت القوات"'}, 0),
    ({"words": "غاد*"}, 10),
    ({"words": "Mohammed"}, 10),
    ({"words": "Muhammad salem"}, 10),
    ({"words": "Raqqah"}, 10),
    ({"words": "Khalid"}, 0),
    ({"words": '"القوات'}, 10),
    ({"publisher": "نهار"}, 4),
    ({"since": "2017-10-08"}, 2),
    ({"until": "2017-10-02"}, 2),
    ({"since": "2017-10-02", "until": "2017-10-02"}, 1),
    ({"kind": "named_person"}, 10),
    ({"kind": "media"}, 0),
    ({"stance": "asserts", "type": "MOVE"}, 10),
    ({"type": "ASSAULT"}, 0),
    ({"factuality": "certain"}, 10),
    ({"happened_since": "2017-10-12", "happened_until": "2017-10-12"}, 10),
    ({"happened_since": "2017-10-13"}, 0),
    ({"actor": "doc:3:0"}, 1),
    ({"actor": "actor:none"}, 0),
    ({"area": Area(box=(35.0, 38.0, 36.5, 40.0))}, 10),
    ({"area": Area(box=(30.0, 38.0, 31.0, 40.0))}, 0),
    ({"area": Area(box=(35.0, 170.0, 36.5, 40.0))}, 10),
    ({"area": Area(circle=(35.9, 39.0, 10))}, 10),
    ({"area": Area(circle=(36.9, 39.0, 50))}, 0),
    ({"area": Area(within="geonames:172957")}, 10),
    ({"area": Area(within="SY")}, 10),
    ({"area": Area(within="TR")}, 0),
    ({"judgement": "none"}, 10),
    ({"judgement": "accepted"}, 0),
]


def test_filters_of_claims_events_and_documents(filled: Store) -> None:
    for wanted, found in FILTERS:
        assert (wanted, len(claims(filled, **wanted))) == (wanted, found)
        with filled.engine.connect() as connection:
            chosen = Filter(**wanted)
            documents = list_documents(connection, chosen, count=True, limit=100)
            assert (wanted, documents.total, len(documents.rows)) == (wanted, found, found)
            if wanted.get("actor") != "doc:3:0":  # no role of the event is the speaker's
                assert (wanted, len(list_events(connection, chosen, limit=100).rows)) == (wanted, found)


@pytest.mark.parametrize("sort", ["newest", "oldest", "score", "-score"])
def test_pages_hold_every_row_once(filled: Store, sort: str) -> None:
    with filled.engine.connect() as connection:
        whole = list_claims(connection, Filter(), sort=sort, limit=100)  # type: ignore[arg-type]
        seen, cursor, pages = [], None, 0
        while pages < 20:
            page = list_claims(connection, Filter(), sort=sort, after=cursor, limit=3)  # type: ignore[arg-type]
            seen += page.rows
            pages, cursor = pages + 1, page.next
            if cursor is None:
                break
    assert seen == list(whole.rows)
    assert pages == 4


@pytest.fixture
def spread(store: Store) -> Store:
    """Articles of one day and of many, of times before the days that are counted, and without a date."""
    moments = [f"2017-10-05T{hour:02}:30:00+03:00" for hour in range(6)] + [f"20{year:02}-03-01" for year in range(14)]
    moments += [f"2017-0{month}-0{day}" for month in (2, 3) for day in (1, 2, 3)] + ["1850-01-01", "2999-12-31"]
    made = [reading(external_id=f"s{n}", published=moment, publisher="نهار") for n, moment in enumerate(moments)]
    made += [reading(external_id=f"undated{n}", published=None, publisher="نهار") for n in range(5)]
    ingest = store.begin_ingest(["x"], "test")
    store.add(ingest, [Arrival(b"x", f"x:{n}", "jsonl", one) for n, one in enumerate(made)])
    return store


def test_pages_that_are_looked_for_by_days_are_those_of_the_whole(spread: Store) -> None:
    asked = [
        Filter(words="الرقة"), Filter(publisher="نهار"), Filter(area=Area(within="SY")), Filter(type="MOVE"),
        Filter(words="الرقة", since="2017-02-02", until="2017-10-05"), Filter(words="الرقة", until="2017-02"),
    ]  # fmt: skip
    with spread.engine.connect() as connection:
        for listed, wanted, sort in itertools.product(
            (list_claims, list_events, list_documents), asked, ("newest", "oldest")
        ):
            plain = Filter(since=wanted.since, until=wanted.until)
            whole = listed(connection, plain, sort=sort, limit=100).rows  # type: ignore[arg-type]
            assert _in_pages(connection, listed, wanted, sort) == list(whole)


def _in_pages(connection: Connection, listed: Callable[..., Page], wanted: Filter, sort: str) -> list[object]:
    page = listed(connection, wanted, sort=sort, limit=4, count=True)
    seen, total = list(page.rows), page.total
    while page.next is not None and len(seen) < 100:
        page = listed(connection, wanted, sort=sort, after=page.next, limit=4)
        seen += page.rows
    assert total == len(seen)
    return seen


def test_newest_of_one_day_by_the_hour_and_later_arrivals_first(spread: Store) -> None:
    order = claims(spread, words="الرقة")
    assert order[:3] == ["s27", "s5", "s4"]
    assert order[-6:] == ["s26", *(f"undated{n}" for n in reversed(range(5)))]


def test_unknown_people_of_two_documents_are_two_actors(filled: Store) -> None:
    with filled.engine.connect() as connection:
        page = list_actors(connection, Filter(), count=True)
    assert page.total == 10
    assert {row["name_ar"] for row in page.rows} == {"محمد سالم"}
    assert {row["documents"] for row in page.rows} == {1}


@pytest.mark.parametrize("typed", ["محمد سالم", "مُحمّد سالم", "Mohammed Salem", "Muhammad Salim", "Mohamed", "سالم"])
def test_a_person_is_found_by_every_spelling(filled: Store, typed: str) -> None:
    with filled.engine.connect() as connection:
        assert len(list_actors(connection, Filter(words=typed)).rows) == 10
        assert list_actors(connection, Filter(words="Khalid")).rows == ()


def test_words_may_name_an_actor_by_another_alias(filled: Store) -> None:
    with filled.engine.connect() as connection:
        asked = Filter(words="Abu Salem", named=("doc:3:0",))
        for listed in (list_claims, list_events, list_documents):
            assert len(listed(connection, asked, limit=100).rows) == 1
        assert len(list_actors(connection, asked).rows) == 1


@pytest.mark.parametrize(
    "ask", [{"words": "«»"}, {"words": " "}, {"area": Area(box=(9, 9, 1, 1))}, {"area": Area(circle=(99, 0, 1))}]
)
def test_what_makes_no_sense_is_refused(filled: Store, ask: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        claims(filled, **ask)


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "W10", "é", "WzEsMiwzXQ"])
def test_a_cursor_that_is_none(filled: Store, cursor: str) -> None:
    with filled.engine.connect() as connection, pytest.raises(UsageError):
        list_claims(connection, Filter(), after=cursor)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60))
def test_whatever_is_typed_is_searched_or_refused(filled: Store, typed: str) -> None:
    with contextlib.suppress(UsageError):
        claims(filled, words=typed or " ")
