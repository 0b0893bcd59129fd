"""What a later reading of a document changed: claims and events gained, lost, and told differently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from khabar.records import Claim, Event, Reading
from khabar.store.corrections import anchor_of

__all__ = ["Change", "changes"]


class Change(msgspec.Struct, frozen=True):
    """One difference: `how` is gained, lost or changed; `fields` names what changed."""

    document: str
    kind: str
    how: str
    text: str
    fields: tuple[str, ...] = ()


def changes(before: Reading, after: Reading) -> Iterator[Change]:
    """Differences of two readings of one document, claims first, in the order of the text."""
    for kind, old, new in (("claim", before.claims, after.claims), ("event", before.events, after.events)):
        earlier = {anchor_of(item): item for item in old}
        later = {anchor_of(item): item for item in new}
        for anchor in sorted(earlier.keys() | later.keys(), key=str):
            one, other = earlier.get(anchor), later.get(anchor)
            found = other or one
            assert found is not None
            if one is None or other is None:
                yield Change(after.document.id, kind, "gained" if one is None else "lost", _shown(found))
            elif fields := tuple(_different(one, other)):
                yield Change(after.document.id, kind, "changed", _shown(found), fields)


def _shown(item: Claim | Event) -> str:
    if isinstance(item, Event):
        return f"{item.type} {item.trigger.text}"
    return f"{item.source.text if item.source else '?'}: {item.content.text}"


def _different(one: Claim | Event, other: Claim | Event) -> Iterator[str]:
    # Ids are numbers in a reading, and scores move with every version: neither is news.
    left, right = (_told(item) for item in (one, other))
    yield from (name for name in left if left[name] != right[name])


def _told(item: Claim | Event) -> dict[str, Any]:
    fields = msgspec.to_builtins(item)
    for name in ("id", "score", "claim"):
        fields.pop(name, None)
    for role in fields.get("roles", ()):
        role.pop("mention")
    return dict(fields)
