"""Which of overlapping names stays."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from khabar.mentions.overlap import resolve_overlaps
from khabar.records import Entity, Mention, MentionType


def mention(start: int, text: str, kind: MentionType, entity: str | None = None) -> Mention:
    known = Entity(entity, None, None, text) if entity else None
    return Mention("", start, start + len(text), text, kind, entity=known)


def test_the_longer_name_stays() -> None:
    university = mention(0, "جامعة القاهرة", "ORG", "doc:1")
    assert resolve_overlaps((university,), (mention(6, "القاهرة", "PLACE"),), (), ()) == (university,)
    airport = mention(0, "مطار الملك خالد", "PLACE")
    assert resolve_overlaps((mention(11, "خالد", "PERSON", "doc:1"),), (airport,), (), ()) == (airport,)


def test_a_known_name_stays_before_a_place_and_a_place_of_two_words_before_a_guess() -> None:
    known, guess = mention(0, "عمر البشير", "PERSON", "person:x"), mention(0, "مزار الشريف", "PERSON", "doc:1")
    assert resolve_overlaps((known,), (mention(0, "عمر البشير", "PLACE"),), (), ()) == (known,)
    place = mention(0, "مزار الشريف", "PLACE")
    assert resolve_overlaps((guess,), (place,), (), ()) == (place,)


def test_a_month_inside_a_time_is_no_town() -> None:
    time, town = mention(0, "5 آب", "TIME"), mention(2, "آب", "PLACE")
    assert resolve_overlaps((), (town,), (time,), ()) == ()
    assert resolve_overlaps((), (town,), (), ()) == (town,)


_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12), st.booleans()), max_size=25)


@given(_SPANS)
def test_what_stays_is_apart_in_order_and_nothing_free_is_lost(spans: list[tuple[int, int, bool]]) -> None:
    names = tuple(mention(start, "x" * length, "ORG", "doc:1") for start, length, name in spans if name)
    places = tuple(mention(start, "x" * length, "PLACE") for start, length, name in spans if not name)
    kept = resolve_overlaps(names, places, (), ())
    assert all(one.end <= other.start for one, other in pairwise(kept))
    for other in (*names, *places):
        assert any(stays.start < other.end and other.start < stays.end for stays in kept)
