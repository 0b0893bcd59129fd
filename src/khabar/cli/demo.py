"""`khabar demo`: the bundled sample, as a table here and as a report to look at."""

from __future__ import annotations

import sys
from pathlib import Path

from khabar.config import load_settings
from khabar.export import writer_for
from khabar.ingest import read_inputs
from khabar.records import Reading
from khabar.workers import read_all

__all__ = ["SAMPLE", "demo_command"]

SAMPLE = Path(__file__).parent.parent / "data" / "sample" / "articles.jsonl"
NOTICE = "The articles of this sample are invented: no outlet, person, group or incident in them is real."
NOTICE_AR = "مقالات هذه العينة متخيَّلة: لا وجود لما فيها من صحف وأشخاص وجماعات وحوادث."


def demo_command(folder: Path) -> int:
    """Print the sample's claims, and write `report.html` into `folder`."""
    settings = load_settings()
    inputs = read_inputs([str(SAMPLE)], settings=settings)
    readings = [result for result in read_all(inputs, settings) if isinstance(result, Reading)]
    print(NOTICE + "\n")
    table = writer_for("table", terminal=sys.stdout.isatty())
    print(table.start() + "".join(table.add(reading) for reading in readings) + table.finish())
    report = folder / "report.html"
    folder.mkdir(parents=True, exist_ok=True)
    page = writer_for("html", notice=(NOTICE_AR, NOTICE))
    report.write_text(page.start() + "".join(page.add(reading) for reading in readings) + page.finish(), "utf-8")
    claims, events = sum(len(r.claims) for r in readings), sum(len(r.events) for r in readings)
    print(NOTICE)
    print(f"{len(readings)} articles, {claims} claims, {events} events. Report to open in a browser: {report}")
    return 0
