"""`khabar demo`: the bundled sample, as a table here, as a report to look at, and as a database to open."""

from __future__ import annotations

import sys
from pathlib import Path

from khabar.config import Settings, load_settings
from khabar.corroborate.keep import corroborate_store
from khabar.export import writer_for
from khabar.ingest import read_arrivals
from khabar.intake import end_ingest, ingested
from khabar.records import Arrival, Document, Reading
from khabar.resources import load_resources
from khabar.store import Store
from khabar.store.judgements import current_reading

__all__ = ["SAMPLE", "demo_command"]

SAMPLE = Path(__file__).parent.parent / "data" / "sample" / "articles.jsonl"
NOTICE = "The articles of this sample are invented: no outlet, person, group or incident in them is real."
NOTICE_AR = "مقالات هذه العينة متخيَّلة: لا وجود لما فيها من صحف وأشخاص وجماعات وحوادث."


def demo_command(folder: Path) -> int:
    """Print the sample's claims; write `report.html` and `khabar.db` into `folder`.

    A database that is there already is kept, with what was judged in it; what is read already is not read again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database, report = folder / "khabar.db", folder / "report.html"
    readings = _kept(database, load_settings())
    print(NOTICE + "\n")
    table = writer_for("table", terminal=sys.stdout.isatty())
    print(table.start() + "".join(table.add(reading) for reading in readings) + table.finish())
    page = writer_for("html", notice=(NOTICE_AR, NOTICE))
    report.write_text(page.start() + "".join(page.add(reading) for reading in readings) + page.finish(), "utf-8")
    claims, events = sum(len(r.claims) for r in readings), sum(len(r.events) for r in readings)
    print(NOTICE)
    print(f"{len(readings)} articles, {claims} claims, {events} events. Report to open in a browser: {report}")
    print(f"To read, check and show them in the workbench: khabar serve --db {database}")
    return 0


def _kept(database: Path, settings: Settings) -> list[Reading]:
    """The sample's readings, in order, from a database that has them and their stories."""
    store = Store.open(str(database), create=True)
    resources = load_resources(settings)
    arrivals = list(read_arrivals([str(SAMPLE)], settings=settings))
    new = [one for one in ingested(store, arrivals, settings, resources.fingerprint) if isinstance(one.result, Reading)]
    if new:
        ingest = store.begin_ingest([SAMPLE.name], resources.fingerprint)
        store.add(ingest, new)
        end_ingest(store, ingest, settings)
    corroborate_store(store, resources)
    with store.engine.connect() as connection:
        readings = [current_reading(connection, key) for key in _ids(arrivals) if not store.is_redacted(key)]
    store.engine.dispose()
    return readings


def _ids(arrivals: list[Arrival]) -> list[str]:
    return [one.result.id for one in arrivals if isinstance(one.result, Document)]
