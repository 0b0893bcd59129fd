"""Features that tell apart what words alone take for one: items of a series, and neighbouring happenings.

A series repeats its template with other names, or on another day: bulletins of the weather, telegrams, fires, rounds of
a league. Neighbouring happenings share who and where, and tell something else of them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from khabar.corroborate.profiles import Happening

__all__ = ["SERIES", "compare_series"]

SERIES = {
    "names untold": "share of the weight of a lead's names that the other text never says, the lesser of both ways; "
    "less where both put one kind of happening into one place, the more so the rarer its name",
    "title's names untold": "share of the weight of a title's names that the other's lead leaves out, the greater, "
    "likewise",
    "title's matter untold": "share of the weight of a title's other words, by root, that the other's lead leaves out, "
    "the lesser",
    "words on other days": "the two texts' likeness in words, where each gives its day and the days exclude each other",
    "exact numbers apart": "both leads give two exact numbers or more, of three digits at least and no years, and none "
    "is the same: the market of another day",
}
_EXACT, _FIGURES = 2, 3
_YEAR = re.compile(r"(13|14|19|20)\d\d")


def compare_series(one: Happening, other: Happening, likeness: float) -> Iterator[tuple[str, float]]:
    """`SERIES` of two happenings, whose texts are so much alike, from 0 to 1; the same in either order."""
    yield "names untold", min(_lead_names(one, other), _lead_names(other, one))
    yield "title's names untold", max(_title_names(one, other), _title_names(other, one))
    yield "title's matter untold", min(_matter(one, other), _matter(other, one))
    yield "words on other days", likeness if _on_other_days(one, other) else 0.0
    exact = _exact(one), _exact(other)
    yield "exact numbers apart", float(min(map(len, exact)) >= _EXACT and exact[0].isdisjoint(exact[1]))


def _lead_names(one: Happening, other: Happening) -> float:
    """What the other text says are its words and names, as far as they are kept."""
    left = {word for word in one.lead_names if word not in other.words and word not in other.lead_words}
    return _share(one.lead_names.items(), left.difference(other.names))


def _title_names(one: Happening, other: Happening) -> float:
    named = [(word, weight) for word, weight in one.lead_names.items() if word in one.title_words]
    return _share(named, [word for word, _ in named if word not in other.lead_words])


def _matter(one: Happening, other: Happening) -> float:
    return _share(one.title_roots.items(), [root for root in one.title_roots if root not in other.lead_roots])


def _share(words: Iterable[tuple[str, float]], untold: Container[str]) -> float:
    """The share of the weight that is untold; 0 where there is nothing to tell."""
    whole = missing = 0.0
    for word, weight in words:
        whole += weight
        missing += weight if word in untold else 0.0
    return missing / whole if whole else 0.0


def _exact(one: Happening) -> set[str]:
    """The exact numbers of a lead; decimals and thousands that a point or comma cuts stand there in pieces."""
    return {word for word in one.lead_words if word.isdigit() and len(word) >= _FIGURES and not _YEAR.fullmatch(word)}


def _on_other_days(one: Happening, other: Happening) -> bool:
    if not (one.dated and other.dated and one.days and other.days):
        return False
    return max(one.days[0], other.days[0]) > min(one.days[1], other.days[1])
