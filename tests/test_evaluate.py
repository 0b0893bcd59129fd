"""`khabar evaluate` and the shared scorer give the same numbers, and main keeps its floors."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from factories import span
from khabar.cli.evaluate import report_on, scores_table
from khabar.errors import UsageError
from khabar.evaluate import evaluate
from khabar.gold import Gold, load_gold
from khabar.records import Claim, Event, Mention, Place, Quantity, Reading, Role, Source, Span, Time, document_from

ROOT = Path(__file__).parent.parent
rng = random.Random(5)


def moved(given: Any, text: str) -> Span:
    """A span of gold, now and then with other ends."""
    start = max(0, given.start + rng.choice([0, 0, 0, -2, 1]))
    end = min(len(text), max(start + 1, given.end + rng.choice([0, 0, 0, 3, -1])))
    return Span(start, end, text[start:end])


def other(value: str, choices: list[str]) -> Any:
    return rng.choice(choices) if rng.random() < 0.2 else value


def value_of(kind: str, norm: str) -> dict[str, Any]:
    if kind == "PLACE":
        name, country, *point = [part.strip() for part in norm.rsplit(",", 3)]
        try:
            lat, lon = float(point[0]) + rng.choice([0, 0, 3]), float(point[1])
        except (IndexError, ValueError):
            return {}
        precision = rng.choice(["exact", "country"])
        return {"place": Place("x:1", name, None, country, None, lat, lon, None, precision)}
    if kind == "TIME":
        return {"time": Time(other(norm, ["2015-07-01"]), "DATE", None, None)}
    if kind == "QUANTITY":
        low, _, high = norm.split(maxsplit=1)[0].partition("..")
        return {"quantity": Quantity(float(low) if low else None, float(high) if high else None, None, None, False)}
    return {}


def disturbed(gold: Gold, article: dict[str, Any]) -> Reading:
    """What a middling reader would find: parts of gold, with mistakes."""
    text = article["text"]
    kept = lambda items: [item for item in items if rng.random() < 0.8]  # noqa: E731
    mentions = [
        Mention(f"m{i}", s.start, s.end, s.text, other(m.type, ["ORG", "PERSON"]), **value_of(m.type, m.norm or ""))
        for i, (m, s) in enumerate((m, moved(m, text)) for m in kept(gold.mentions))
    ]
    claims = []
    for i, c in enumerate(kept(gold.claims)):
        s = moved(c.source, text) if c.source and rng.random() < 0.9 else None
        source = Source(s.start, s.end, s.text, other(c.kind, ["media", "witness"]), None) if s else None
        claims.append(
            Claim(f"c{i}", source, tuple(moved(v, text) for v in kept(c.via)), None, moved(c.content, text),
                  other(c.stance, ["denies", "asserts"]), other(c.quote, ["direct", "mixed"]), 1.0)
        )  # fmt: skip
    events = [
        Event(f"e{i}", None, other(e.type, ["MOVE", "AID"]), moved(e.trigger, text),
              other(e.factuality, ["planned", "certain"]),
              tuple(Role(other(r.role, ["agent"]), s.start, s.end, s.text, None)
                    for r, s in ((r, moved(r, text)) for r in kept(e.roles))), 1.0)
        for i, e in enumerate(kept(gold.events))
    ]  # fmt: skip
    document = document_from(text, external_id=gold.id, language="ar")
    return Reading(document, tuple(mentions), tuple(claims), tuple(events), "test")


def test_the_same_numbers_as_the_shared_scorer(shared: Path, tmp_path: Path) -> None:
    gold, articles = load_gold(shared / "gold" / "dev")
    readings = [disturbed(g, json.loads((articles / f"{name}.json").read_text("utf-8"))) for name, g in gold.items()]
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_bytes(b"".join(reading.to_json() + b"\n" for reading in readings[1:]))
    command = [sys.executable, shared / "tools" / "score.py", shared / "gold" / "dev" / "compiled", predicted]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    report = evaluate(gold, readings[1:])
    assert report.missing == (readings[0].document.external_id,)
    assert scores_table(report) == theirs.rstrip("\n")


def test_gold_in_either_form(tmp_path: Path) -> None:
    text = "قال زيد إن ثلاثة قتلوا."
    (tmp_path / "compiled").mkdir()
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.json").write_text(json.dumps({"id": "a", "text": text}))
    s = span(text, "زيد")
    gold = {
        "id": "a",
        "mentions": [{**msgspec.structs.asdict(s), "type": "PERSON", "norm": "Zayd"}],
        "claims": [],
        "events": [],
    }
    (tmp_path / "compiled" / "a.json").write_text(json.dumps(gold))
    for folder in (tmp_path, tmp_path / "compiled"):
        assert {m.name: m.n for m in report_on(folder).metrics}["mention.person"] == 1
    with pytest.raises(UsageError):
        load_gold(tmp_path / "articles")


def test_nothing_read_scores_nothing(shared: Path) -> None:
    gold, _ = load_gold(shared / "gold" / "dev")
    assert {metric.f1 for metric in evaluate(gold, []).metrics} == {0.0}


def test_floors(shared: Path) -> None:
    floors = tomllib.loads((ROOT / "evaluation" / "floors.toml").read_text("utf-8"))["dev"]
    reached = {
        metric.name: round(metric.f1, 1) for metric in report_on(shared / "gold" / "dev", reader="rules").metrics
    }
    below = {name: (reached.get(name), floor) for name, floor in floors.items() if reached.get(name, 0.0) < floor}
    assert not below, f"below the floors of evaluation/floors.toml: {below}"
