"""Judgements, redaction and gold from the command line."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from khabar.errors import UsageError
from khabar.export.gold import write_gold
from khabar.store import Store, schema
from khabar.store.judgements import Judgement, judgements_of, standing
from khabar.store.judging import judge
from khabar.store.redact import redact_documents, redact_person, undo_ingest
from khabar.store.views import current_view

__all__ = ["gold_command", "judge_command", "judgements_command", "redact_command", "undo_command"]


def judge_command(db: str, verb: str, kind: str, subject: str, given: dict[str, Any]) -> int:
    """Append one judgement and print it as JSON."""
    store = Store.open(db)
    value = given.pop("value")
    who = given.pop("who") or getpass.getuser()
    if kind == "document" and not given.get("document"):
        given["document"] = subject  # what is judged is the document itself
    made = judge(store, who=who, verb=verb, kind=kind, subject=subject, value=_value(value), **given)  # type: ignore[arg-type]
    print(msgspec.json.encode(made).decode())
    return 0


def _value(text: str | None) -> Any:
    """A value is JSON where it reads as JSON, else the text itself."""
    if text is None:
        return None
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


def judgements_command(db: str, document: str | None, standing_only: bool) -> int:
    """Print judgements as JSON lines, in the order they were made."""
    with Store.open(db).engine.connect() as connection:
        made: list[Judgement] = judgements_of(connection, document)
    for one in standing(made) if standing_only else made:
        print(msgspec.json.encode(one).decode())
    return 0


def redact_command(db: str, documents: list[str], person: str | None, who: str | None, why: str) -> int:
    """Redact documents, or a person's name; prints how many documents were touched."""
    if bool(documents) == (person is not None):
        raise UsageError("give documents, or --person NAME")
    store = Store.open(db)
    name = who or getpass.getuser()
    if person is not None:
        count = redact_person(store, person, who=name, why=why)
    else:
        count = redact_documents(store, documents, who=name, why=why)
    sys.stderr.write(f"{count} documents redacted\n")
    return 0


def undo_command(db: str, ingest: int, who: str | None, why: str) -> int:
    """Withdraw an ingest; prints how many documents went."""
    count = undo_ingest(Store.open(db), ingest, who=who or getpass.getuser(), why=why)
    sys.stderr.write(f"ingest {ingest} withdrawn: {count} documents redacted\n")
    return 0


def gold_command(db: str, folder: Path) -> int:
    """Write the current view of every document that was accepted as a whole; judgements adrift are told."""
    store = Store.open(db)
    written = []
    with store.engine.connect() as connection:
        accepted = {
            one.document
            for one in standing(judgements_of(connection, kind="document"))
            if one.kind == "document" and one.verb == "accept"
        }
        d = schema.document
        ids = connection.scalars(select(d.c.id).where(d.c.redacted_at.is_(None)).order_by(d.c.pk)).all()
        for document in ids:
            if document in accepted:
                view = current_view(connection, document)
                write_gold(folder, view.reading)
                written.append(view.reading)
                if view.adrift:
                    sys.stderr.write(f"{document}: {len(view.adrift)} judgements no longer fit the reading\n")
    store.record_export("gold", written, who=getpass.getuser())
    sys.stderr.write(f"{len(written)} documents to {folder}\n")
    return 0
