"""Numbers of a story that exclude each other, kept apart by origin; corrections; one number where one is asked for."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from khabar.corroborate.figures.counting import BY_DEED, HOUSEHOLDS
from khabar.corroborate.profiles import MEANS, Amendment, Figure
from khabar.corroborate.records import Bounds, Conflict, ConflictValue, Correction, Story

__all__ = ["Policy", "Statement", "chosen", "find_conflicts", "find_corrections"]

Policy = Literal["lowest", "best", "latest"]
_GENERIC = "person"
_ANYBODY = frozenset({_GENERIC, "man"})  # who they are is left to others to say
_VAGUE = 4  # times the least
_FAR = 20  # times
_Occasion = tuple[str, str, str]  # origin, moment, document
_Range = tuple[float, float]


class Statement(msgspec.Struct, frozen=True):
    """What one telling says in numbers: whose, in which document, when (UTC, empty where unknown)."""

    origin: str
    document: str
    at: str
    figures: tuple[Figure, ...]


def find_corrections(amendments: Iterable[tuple[str, str | None, Amendment]]) -> tuple[Correction, ...]:
    """Corrections of (document, published, amendment), in that order, each once: paragraphs are part of their text."""
    return tuple(
        dict.fromkeys(
            Correction(
                document=document, role=one.role, old=Bounds(one.old, one.old) if one.old is not None else None,
                new=Bounds(one.new, one.new), at=at,
            )
            for document, at, one in amendments
        )
    )  # fmt: skip


def find_conflicts(statements: Sequence[Statement], corrections: Sequence[Correction]) -> tuple[Conflict, ...]:
    """Roles for which two origins give numbers that exclude each other; each origin counts with its last word."""
    said: dict[tuple[str, str], dict[_Occasion, _Range]] = {}
    statements = _in_one_unit(statements)
    counted = _counted(statements)
    for statement in statements:
        occasion = (statement.origin, statement.at, statement.document)
        for role, unit, bounds in _totals(statement, counted):
            # Of several numbers in one document the greatest is the whole.
            given = said.setdefault((role, unit), {})
            given[occasion] = max(given.get(occasion, bounds), bounds)
    found = (_conflict(role, unit, given, corrections) for (role, unit), given in sorted(said.items()))
    return tuple(conflict for conflict in found if conflict is not None)


def _counted(statements: Sequence[Statement]) -> dict[str | None, str]:
    """Units that the story counts in, with the type of event that most counts in them are of.

    People are counted too where two origins do, though no event was found for it.
    """
    types: dict[str | None, Counter[str]] = {}
    origins: dict[str | None, set[str]] = {}
    people: set[str | None] = set()
    for statement in statements:
        for figure in statement.figures:
            if figure.role == "count" and figure.of != MEANS:
                types.setdefault(figure.unit, Counter())[figure.of] += figure.sure
                origins.setdefault(figure.unit, set()).add(statement.origin)
                people.update({figure.unit} if figure.people else ())
    return {
        unit: max(sorted(kinds), key=lambda kind: (kinds[kind], bool(kind)))
        for unit, kinds in types.items()
        if sum(kinds.values()) or (len(origins[unit]) > 1 and unit in people)
    }


def _in_one_unit(statements: Sequence[Statement]) -> list[Statement]:
    """All people whom an event counts in one unit, since one origin's fishermen are another's Iraqis.

    Who is named for the deed itself (the detained of a raid) is anybody. Households stay apart, and kinds of people
    that no event was found for in any statement, and that one origin alone counts: five members of a committee are not
    eleven witnesses.
    """
    counts = [(s.origin, f) for s in statements for f in s.figures if f.role == "count" and f.people]
    given = Counter(unit for _, unit in {(origin, figure.unit) for origin, figure in counts})
    of_several = {unit for unit, origins in given.items() if origins > 1 or unit in _ANYBODY}
    kinds = {figure.unit for _, figure in counts if figure.sure}
    if not _ANYBODY.isdisjoint(given):
        kinds |= of_several | (BY_DEED & given.keys())
    if of_several and of_several <= HOUSEHOLDS:
        kinds = set()  # who is counted besides are these and those, by one origin each
    kinds -= HOUSEHOLDS
    own = {figure.unit for _, figure in counts if figure.sure and not figure.of}

    def one(figure: Figure) -> Figure:
        if figure.role != "count" or not figure.people:
            return figure
        # What the story's own event counts in a unit, another event of the same text may count as well.
        of = "" if figure.unit in own else figure.of
        return msgspec.structs.replace(figure, unit=_GENERIC if figure.unit in kinds else figure.unit, of=of)

    return [msgspec.structs.replace(s, figures=tuple(map(one, s.figures))) for s in statements]


def _totals(statement: Statement, counted: dict[str | None, str]) -> Iterator[tuple[str, str, _Range]]:
    """One number a role: the whole where it is given, else kinds of people added up (five fighters, two children)."""
    roles: dict[str, list[Figure]] = {}
    for figure in statement.figures:
        if figure.min and figure.max and figure.max >= _VAGUE * figure.min:
            continue  # `مئات`: a multitude excludes no number
        if figure.role == "count" and not (figure.unit in counted and _is_of(figure, counted[figure.unit])):
            continue
        if figure.of == MEANS or (figure.role == "count" and figure.people and figure.max == 1):
            continue  # one of them, who is spoken of
        roles.setdefault(figure.role, []).append(figure)
    for role, figures in sorted(roles.items()):
        if role == "count":
            for unit in sorted({figure.unit or "" for figure in figures}):
                yield role, unit, max(_range(figure) for figure in figures if (figure.unit or "") == unit)
        elif whole := [_range(figure) for figure in figures if figure.unit == _GENERIC]:
            yield role, _GENERIC, max(whole)
        else:
            kinds = {figure.unit: _range(figure) for figure in figures}.values()
            yield role, _GENERIC, (sum(least for least, _ in kinds), sum(most for _, most in kinds))


def _is_of(figure: Figure, type_: str) -> bool:
    """Whether a number counts what the story counts in its unit; where most name no event, any of them may."""
    return figure.of in {"", type_}


def _range(figure: Figure) -> _Range:
    return figure.min if figure.min is not None else -math.inf, figure.max if figure.max is not None else math.inf


def _conflict(
    role: str, unit: str, given: dict[_Occasion, _Range], corrections: Sequence[Correction]
) -> Conflict | None:
    wrong = {correction.old.min for correction in corrections if correction.role == role and correction.old}
    # Sorted by origin and time, so that the last of each origin stays.
    last = {origin: bounds for (origin, _, _), bounds in sorted(given.items())}
    standing = {bounds for bounds in last.values() if bounds[0] != bounds[1] or bounds[0] not in wrong}
    clashing = sorted(one for one in standing if any(_exclude(one, other) for other in standing))
    if not clashing:
        return None
    values = tuple(
        ConflictValue(
            min=_known(least), max=_known(most),
            origins=tuple(sorted(origin for origin, bounds in last.items() if bounds == (least, most))),
            documents=tuple(sorted({doc for (_, _, doc), bounds in given.items() if bounds == (least, most)})),
        )
        for least, most in clashing
    )  # fmt: skip
    high = max(most for _, most in clashing)
    return Conflict(role=role, unit=unit or None, values=values, low=_known(clashing[0][0]), high=_known(high))


def _known(bound: float) -> float | None:
    return bound if math.isfinite(bound) else None


def _exclude(one: _Range, other: _Range) -> bool:
    """Whether both can't be true of one thing; numbers that are far apart are of different things."""
    if one[0] <= other[1] and other[0] <= one[1]:
        return False
    low, high = sorted((one, other))
    return not (low[1] > 0 and high[0] / low[1] > _FAR)


def chosen(conflict: Conflict, story: Story, policy: Policy) -> tuple[float | None, float | None, float | None]:
    """Low, best and high of a conflict under a policy.

    `lowest`: the least of all, as ACLED records it, for all three. `best`: low, the number of most origins, high, as
    UCDP gives them. `latest`: the number of the last document, for all three.
    """
    if policy == "lowest":
        return conflict.low, conflict.low, conflict.low
    if policy == "latest":
        # Reports are in order of time.
        order = {report.external_id: number for number, report in enumerate(story.reports)}
        last = max(conflict.values, key=lambda value: max(order.get(document, -1) for document in value.documents))
        return last.min, last.min, last.max
    best = max(conflict.values, key=lambda value: (len(value.origins), -(value.min or 0.0)))
    return conflict.low, best.min, conflict.high
