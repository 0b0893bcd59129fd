from __future__ import annotations

import os
from pathlib import Path

import pytest

from crashing import crash, fresh_in
from khabar.pipeline import read_document
from khabar.records import document_from
from khabar.resources import Resources

SAMPLE = Path(__file__).parent.parent.parent / "src/khabar/data/sample/articles.jsonl"
KILLS = 15  # `tests/crashing.py --kills 200` is the long run


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_killed_at_random_nothing_is_lost(engine: str, tmp_path: Path, resources: Resources) -> None:
    place: str | None = str(tmp_path)
    if engine == "postgresql":
        place = os.environ.get("KHABAR_POSTGRES")
        if not place and os.environ.get("CI"):
            pytest.fail("KHABAR_POSTGRES is not set")
        if not place:
            pytest.skip("no PostgreSQL: set KHABAR_POSTGRES to the URL of a server where databases may be made")
    read_document(document_from("قال مصدر إن القوات غادرت.", external_id="a", language="ar"), resources)
    hits = crash(SAMPLE, fresh_in(str(place)), kills=KILLS, seed=1, longest=1.5, resources=resources)
    assert hits.total() == KILLS
    assert len(hits) > 1
