"""`khabar evaluate`: read the articles of a gold folder and print the scores."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import msgspec

from khabar.config import load_settings
from khabar.evaluate import Report, evaluate
from khabar.gold import load_gold
from khabar.ingest import read_inputs
from khabar.records import Reading
from khabar.workers import read_all

__all__ = ["evaluate_command", "report_on", "scores_table"]


def report_on(folder: Path, jobs: int = 1, reader: str | None = None) -> Report:
    """Scores of this installation's reader against the gold in `folder`. Raises UsageError."""
    gold, articles = load_gold(folder)
    settings = load_settings(reader=reader)
    paths = [str(articles / f"{name}.json") for name in gold]
    results = read_all(read_inputs(paths, settings=settings), settings, jobs=jobs)
    return evaluate(gold, (result for result in results if isinstance(result, Reading)))


def evaluate_command(folder: Path, form: str, errors: int, jobs: int, reader: str | None = None) -> int:
    """Print the scores as a table or as JSON, and up to `errors` misses of each kind to standard error."""
    report = report_on(folder, jobs, reader)
    if report.missing:
        sys.stderr.write(f"not read: {len(report.missing)} of {report.articles}: {', '.join(report.missing[:5])}\n")
    print(_json(report) if form == "json" else scores_table(report))
    shown: Counter[str] = Counter()
    for miss in report.misses:
        shown[miss.kind] += 1
        if shown[miss.kind] <= errors:
            sys.stderr.write(" | ".join((miss.article, miss.kind, miss.text, miss.expected, miss.found)) + "\n")
    return 0


def _json(report: Report) -> str:
    metrics = {
        m.name: {"precision": round(m.precision, 1), "recall": round(m.recall, 1), "f1": round(m.f1, 1),
                 "low": round(m.low, 1), "high": round(m.high, 1), "n": m.n}
        for m in report.metrics
    }  # fmt: skip
    return msgspec.json.encode({"schema": "khabar.scores/1", "articles": report.articles, "metrics": metrics}).decode()


def scores_table(report: Report) -> str:
    """The scores as lines: precision, recall, F1, its interval, and the number in gold."""
    head = f"{report.articles} articles\n{'metric':24}{'P':>7}{'R':>7}{'F1':>7}   95 %          n"
    lines = [
        f"{m.name:24}{m.precision:7.1f}{m.recall:7.1f}{m.f1:7.1f}   {m.low:5.1f}-{m.high:5.1f}  {m.n:5d}"
        for m in report.metrics
    ]
    return "\n".join([head, *lines])
