"""How SQLite answers the lists: by indexes. PostgreSQL plans by what a table holds, and scans those that hold little."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event

from factories import reading
from khabar.records import Arrival
from khabar.store import Store
from khabar.store.areas import Area
from khabar.store.named import list_actors, list_places
from khabar.store.queries import Filter, list_claims, list_documents, list_events

LISTS = (list_claims, list_events, list_documents, list_actors, list_places)
ASKED = [
    Filter(), Filter(words="الرقة"), Filter(words="Obama", named=("actor:x",)), Filter(actor="actor:x"),
    Filter(area=Area(circle=(12.8, 45.0, 50))), Filter(area=Area(box=(10.0, 40.0, 15.0, 50.0))),
    Filter(area=Area(within="YE"), type="ASSAULT"), Filter(area=Area(within="geonames:1")), Filter(type="ASSAULT"),
    Filter(kind="media"), Filter(stance="denies"), Filter(factuality="certain"), Filter(publisher="نهار"),
    Filter(since="2017-01-01", until="2017-02-01"), Filter(happened_since="2017-01-01", happened_until="2017-02-01"),
    Filter(judgement="accepted"), Filter(judgement="none", words="الرقة", stance="denies"), Filter(document="sha256:x"),
]  # fmt: skip


def test_no_list_scans_a_table(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path / "s.db"), create=True)
    made = [reading(external_id=f"a{day}", published=f"2017-01-{day:02}") for day in range(1, 29)]
    ingest = store.begin_ingest(["x"], "test")
    store.add(ingest, [Arrival(b"x", f"x:{n}", "jsonl", one) for n, one in enumerate(made)])
    run: list[tuple[str, Any]] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def keep(_c: object, _cursor: object, statement: str, values: Any, _context: object, _many: bool) -> None:
        run.append((statement, values))

    scans = set()
    with store.engine.connect() as connection:
        for listed in LISTS:
            for wanted in ASKED:
                run.clear()
                listed(connection, wanted)
                for statement, values in run[:]:
                    steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
                    scans |= {
                        (listed.__name__, str(wanted), step[3]) for step in steps if _is_scan(str(step[3]))
                    }  # fmt: skip
    assert scans == set()


def _is_scan(step: str) -> bool:
    """Whether a step reads a whole table: not an index in its order, nor rows that an earlier step found."""
    found = (" INDEX ix_", "CONSTANT ROW", "SCAN page", "SCAN (subquery", "SCAN inside", "VIRTUAL TABLE INDEX 0:M")
    return step.startswith("SCAN") and not any(one in step for one in found)
