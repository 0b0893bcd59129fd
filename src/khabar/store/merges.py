"""Actors that people merged: which ids are one, in every list and filter. Readings keep the ids that they have."""

from __future__ import annotations

from sqlalchemy import Connection

from khabar.store.judgements import judgements_of, standing

__all__ = ["actor_aliases", "actor_merges", "merged_with"]


def actor_aliases(connection: Connection) -> dict[str, str]:
    """Actor ids that people merged, each with the id that stands for it."""
    merged = actor_merges(connection)
    return {one: _end(merged, one) for one in sorted(merged)}


def actor_merges(connection: Connection) -> dict[str, str]:
    """Actor ids that people merged, each with the id that it was merged into; a later split undoes a merge."""
    merged: dict[str, str] = {}
    for made in standing(judgements_of(connection, kind="actor")):
        if made.verb == "merge":
            merged[made.subject] = str(made.value)
        elif made.verb == "split" and merged.get(made.subject) == made.value:
            del merged[made.subject]
    return merged


def merged_with(connection: Connection, actor: str) -> list[str]:
    """All ids that are one actor: the one that stands for it first, then those merged into it."""
    aliases = actor_aliases(connection)
    end = aliases.get(actor, actor)
    return [end, *(one for one, other in aliases.items() if other == end and one != end)]


def _end(merged: dict[str, str], one: str) -> str:
    seen = {one}
    while one in merged and merged[one] not in seen:
        one = merged[one]
        seen.add(one)
    return one
