"""What stories would become by a judgement: those that it touches, made again with it, and nothing written."""

from __future__ import annotations

from typing import Literal

import msgspec
from sqlalchemy import Connection, select

from khabar.corroborate.corpus import Ties, corroborate
from khabar.corroborate.keep import load_profiles
from khabar.corroborate.links import build_link_model
from khabar.corroborate.memory import Forgetful
from khabar.corroborate.records import Story
from khabar.corroborate.verdicts import ties_of
from khabar.resources import Resources
from khabar.store import schema
from khabar.store.judgements import current_reading

__all__ = ["touched_stories", "would_be"]

Verb = Literal["merge", "split"]


def touched_stories(connection: Connection, one: str, other: str) -> list[str]:
    """Ids of the stories that two events, `<document>/<event>`, are main reports of."""
    m, d = schema.story_document, schema.document
    documents = [name.split("/", 1)[0] for name in (one, other)]
    query = select(m.c.story_id).join(d, d.c.pk == m.c.document_pk).where(d.c.id.in_(documents), m.c.main)
    return list(connection.scalars(query.distinct().order_by(m.c.story_id)))


def would_be(
    connection: Connection, resources: Resources, stories: list[str], verb: Verb, one: str, other: str
) -> list[Story]:
    """The stories that would stand for these ones if the two events were merged, or split.

    As far as their own documents tell: others may join when all are corroborated.
    """
    m, d = schema.story_document, schema.document
    rows = connection.execute(
        select(d.c.pk, d.c.id, m.c.main).join(m, m.c.document_pk == d.c.pk).where(m.c.story_id.in_(stories))
    ).all()
    profiles, signatures, _ = load_profiles(connection, sorted({row.pk for row in rows}), few=True)
    found = corroborate(
        profiles, signatures, Forgetful(lambda key: current_reading(connection, key).document.text),
        resources.compiled(build_link_model), ties=_with(ties_of(connection), verb, one, other),
    )  # fmt: skip
    mains = {row.id for row in rows if row.main}
    return [
        story for story in (one.story for one in found.stories)
        if story and any(report.main and report.document in mains for report in story.reports)
    ]  # fmt: skip


def _with(ties: Ties, verb: Verb, one: str, other: str) -> Ties:
    said = (min(one, other), max(one, other))
    together, apart = (tuple(pair for pair in pairs if pair != said) for pairs in (ties.together, ties.apart))
    if verb == "merge":
        return msgspec.structs.replace(ties, together=(*together, said), apart=apart)
    return msgspec.structs.replace(ties, together=together, apart=(*apart, said))
