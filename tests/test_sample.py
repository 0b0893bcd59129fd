"""The bundled sample: invented, marked so, varied, and rich enough to show every label that the reader knows."""

from __future__ import annotations

import json
import typing
from pathlib import Path

import pytest

from khabar import records
from khabar.cli import main
from khabar.cli.demo import NOTICE, SAMPLE
from khabar.config import Settings
from khabar.ingest import read_inputs
from khabar.records import Reading
from khabar.resources import Resources
from khabar.workers import read_one

# Labels that the text holds and the reader does not find yet; shorten it, never lengthen it.
NOT_YET: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def readings(resources: Resources) -> list[Reading]:
    found = []
    for item in read_inputs([str(SAMPLE)], settings=Settings()):
        assert isinstance(item, records.Document)
        result = read_one(item, resources)
        assert isinstance(result, Reading), result
        found.append(result)
    return found


def test_the_articles_are_many_varied_and_marked_as_invented() -> None:
    articles = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    assert len(articles) >= 30
    assert sum(len(article["text"].split()) >= 150 for article in articles) >= 8
    assert len({article["id"] for article in articles}) == len(articles)
    assert len({article["publisher"] for article in articles}) >= 5
    for article in articles:
        assert article["title"].startswith("[متخيَّل] ")
        assert article["invented"] is True
        assert ".example/" in article["url"]


def test_every_label_of_the_schema_is_found_in_the_sample(readings: list[Reading]) -> None:
    wanted = {
        f"{name}: {value}"
        for name in ("MentionType", "SourceKind", "Stance", "Quote", "EventType", "Factuality", "RoleName")
        for value in typing.get_args(getattr(records, name))
    }
    found = set()
    for reading in readings:
        found |= {f"MentionType: {mention.type}" for mention in reading.mentions}
        for claim in reading.claims:
            found |= {f"Stance: {claim.stance}", f"Quote: {claim.quote}"}
            found |= {f"SourceKind: {claim.source.kind}"} if claim.source else set()
        for event in reading.events:
            found |= {f"EventType: {event.type}", f"Factuality: {event.factuality}"}
            found |= {f"RoleName: {role.role}" for role in event.roles}
    assert wanted - found <= NOT_YET, f"no longer found in the sample: {sorted(wanted - found - NOT_YET)}"


def test_every_span_of_the_sample_is_in_place(readings: list[Reading]) -> None:
    for reading in readings:
        text = reading.document.text
        for mention in reading.mentions:
            assert text[mention.start : mention.end] == mention.text
        for claim in reading.claims:
            for part in (claim.source, claim.cue, claim.content, *claim.via):
                assert part is None or text[part.start : part.end] == part.text
        for event in reading.events:
            for piece in (event.trigger, *event.roles):
                assert text[piece.start : piece.end] == piece.text


def test_the_demo_prints_claims_and_writes_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    printed = capfd.readouterr().out
    assert printed.count(NOTICE) == 2
    assert "demo/report.html" in printed
    report = (tmp_path / "demo" / "report.html").read_text("utf-8")
    assert report.count('<article class="document"') == 36
    assert NOTICE in report
    assert "khabar serve --db demo/khabar.db" in printed
    assert main(["stories", "--db", "demo/khabar.db", "--least", "2", "--format", "jsonl"]) == 0
    assert len(capfd.readouterr().out.splitlines()) >= 1
    assert main(["demo"]) == 0
    assert capfd.readouterr().out == printed
    assert (tmp_path / "demo" / "report.html").read_text("utf-8") == report
