"""One number where one is asked for: of those in conflict, by a policy that the user chooses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from khabar.corroborate.records import Conflict, Story
from khabar.corroborate.stories.conflicts import chosen
from khabar.records import Record

__all__ = ["POLICIES", "Given", "Policy", "numbers_of"]

Policy = Literal["lowest", "best", "latest", "source"]
"""`lowest`: the least of all, as ACLED records it. `best`: low, the number of most origins, and high, as UCDP gives
them. `latest`: the number of the last document. `source`: one row an origin, each with its own number."""
POLICIES: tuple[str, ...] = get_args(Policy)


class Given(Record, frozen=True):
    """A number for a role of a story; an open bound is None. `origin` is the id of the origin where it is of one."""

    role: str
    unit: str | None
    low: float | None
    best: float | None
    high: float | None
    origin: str | None


def numbers_of(story: Story, policy: Policy) -> tuple[Given, ...]:
    """What the policy gives for every role in which origins disagree, in the order of the story's conflicts."""
    return tuple(given for conflict in story.conflicts for given in _given(conflict, story, policy))


def _given(conflict: Conflict, story: Story, policy: Policy) -> Iterator[Given]:
    if policy != "source":
        yield Given(conflict.role, conflict.unit, *chosen(conflict, story, policy), None)
        return
    for origin in story.origins:
        for value in conflict.values:
            if origin.id in value.origins:
                yield Given(conflict.role, conflict.unit, value.min, value.min, value.max, origin.id)
