"""Articles a second of one process, beside two references over the same texts in the same run, and each stage's share.

    python bench/read.py corpus.jsonl [--articles 300]

References: dateparser's `search_dates`, which finds dates alone, and a split at white space, which is the least that
any reader does; and with the model what onnxruntime alone takes for the very windows that reading gives it, in turns
article by article and by the processor's clock, so that what else the machine does weighs on both. Needs
`pip install dateparser`. `--reader rules` leaves the model out. What is printed last are ratios: they hold from machine
to machine.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from khabar import pipeline
from khabar.config import Settings, load_settings
from khabar.ingest import read_inputs
from khabar.model import WordEncoder, build_model
from khabar.records import Document, Reading
from khabar.resources import load_resources

STAGES = (
    "normalise", "segment", "find_mentions", "attribute", "stage_scenes", "form_opinions", "revise", "restage_scenes",
    "find_events",
)  # fmt: skip


def sample(path: Path, count: int) -> list[Document]:
    """`count` documents, evenly through the file, so that all days and outlets are in it."""
    documents = [item for item in read_inputs([str(path)], settings=Settings()) if isinstance(item, Document)]
    step = max(1, len(documents) // count)
    return documents[::step][:count]


def timed(spent: dict[str, float], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return function(*args, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - started

    return run


def seconds(work: Callable[[Document], object], documents: list[Document]) -> float:
    started = time.perf_counter()
    for document in documents:
        work(document)
    return time.perf_counter() - started


def search_dates(document: Document) -> object:
    from dateparser.search import search_dates as search

    try:
        return search(document.text, languages=["ar"])
    except Exception:  # it fails on some texts; its time counts all the same
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--reference", type=int, default=60, help="articles that dateparser searches")
    parser.add_argument("--reader", choices=("rules", "model"), default="")
    options = parser.parse_args()
    documents = sample(options.corpus, options.articles)
    resources = load_resources(load_settings(reader=options.reader))
    started = time.perf_counter()
    pipeline.read_document(documents[0], resources)
    first = time.perf_counter() - started
    spent: dict[str, float] = {}
    for name in STAGES:
        setattr(pipeline, name, timed(spent, name, getattr(pipeline, name)))

    def read(document: Document) -> bytes:
        reading: Reading = pipeline.read_document(document, resources)
        return timed(spent, "to_json", reading.to_json)()

    read(documents[0])
    spent.clear()
    ours = seconds(read, documents)
    split = seconds(lambda document: document.text.split(), documents)
    few = documents[:: max(1, len(documents) // options.reference)][: options.reference]
    search_dates(few[0])
    dates = seconds(search_dates, few) * len(documents) / len(few)
    report(documents, first, spent, ours, split, dates)
    model = resources.compiled(build_model)
    if model is not None:
        reading, alone = beside_onnxruntime(read, model.encoder, documents)
        speed = len(documents) / alone
        print(f"khabar takes {reading / alone:.2f} times onnxruntime alone ({speed:.1f} articles a second)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")
    return 0


def beside_onnxruntime(
    read: Callable[[Document], object], encoder: WordEncoder, documents: list[Document]
) -> tuple[float, float]:
    """Seconds of the processor for reading, and for the runs of the encoder's session in it, their inputs kept."""
    session = encoder._session
    run = session.run
    kept: list[object] = []

    def keep(names: object, given: object) -> Any:
        kept.append(given)
        return run(names, given)

    session.run = keep
    reading = alone = 0.0
    for document in documents:
        kept.clear()
        started = time.process_time()
        read(document)
        between = time.process_time()
        for given in kept:
            run(None, given)
        reading += between - started
        alone += time.process_time() - between
    session.run = run
    return reading, alone


def report(
    documents: list[Document], first: float, spent: dict[str, float], ours: float, split: float, dates: float
) -> None:
    characters = sum(len(document.text) for document in documents)
    count = len(documents)
    print(f"{count} articles, {characters / count:.0f} characters each; the first, with its tables: {first:.2f} s")
    speed = characters / ours / 1000
    print(f"khabar            {count / ours:9.1f} articles a second, {speed:.0f} thousand characters a second")
    print(f"search_dates      {count / dates:9.1f} articles a second")
    print(f"white space split {count / split:9.1f} articles a second")
    for name, value in spent.items():
        print(f"  {name:14} {100 * value / ours:5.1f} %")
    print(
        f"khabar is {dates / ours:.2f} times as fast as search_dates, and takes {ours / split:.0f} times a bare split"
    )


if __name__ == "__main__":
    sys.exit(main())
