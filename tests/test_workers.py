from __future__ import annotations

import pytest

from dying import die_at_some
from factories import document
from khabar.config import Settings
from khabar.records import Document, Reading, Rejection
from khabar.workers import read_all

ITEMS: list[Document | Rejection] = [
    Rejection(f"r{i}", "ingest", "empty-text", "") if i % 7 == 3 else document(f"خبر رقم {i}", external_id=f"d{i}")
    for i in range(60)
]


def names(results: list[Reading | Rejection]) -> list[str]:
    return [r.document if isinstance(r, Rejection) else r.document.external_id for r in results]


def test_two_processes_give_what_one_gives() -> None:
    one = list(read_all(ITEMS, Settings()))
    assert names(one) == [f"r{i}" if i % 7 == 3 else f"d{i}" for i in range(60)]
    assert list(read_all(ITEMS, Settings(), jobs=2)) == one


def test_a_process_that_dies_costs_one_document() -> None:
    results = list(read_all(ITEMS, Settings(), jobs=2, read=die_at_some))
    assert names(results) == names(list(read_all(ITEMS, Settings())))
    failed = [r for r in results if isinstance(r, Rejection) and r.stage == "read"]
    assert [(r.document, r.code) for r in failed] == [("d30", "reader-failed"), ("d41", "reader-failed")]


def test_a_fault_in_one_document_is_its_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    from khabar import pipeline

    whole = pipeline.normalise

    def faulty(text: str) -> object:
        if text.endswith(" 2"):
            raise RecursionError("too deep")
        return whole(text)

    monkeypatch.setattr(pipeline, "normalise", faulty)
    results = list(read_all(ITEMS[:3], Settings()))
    assert isinstance(results[1], Reading)
    assert results[2] == Rejection("d2", "read", "reader-failed", "RecursionError: too deep")


def test_reading_is_lazy() -> None:
    taken = []

    def items() -> object:
        for item in ITEMS:
            taken.append(item)
            yield item

    results = read_all(items(), Settings())  # type: ignore[arg-type]
    next(results)
    assert len(taken) == 1
    results.close()
