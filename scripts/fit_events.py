"""Fit the weights of the events stage: data/events/{trigger,role,factuality}_weights.tsv.

    python scripts/fit_events.py GOLD_DIR... [--check]

GOLD_DIR holds `articles/ID.json` and `compiled/ID.json` (the gold form of the guidelines). Each article is read twice:
with the gold mentions and claims, and with those that the program finds, so that the weights hold for both.
Logistic regression (scikit-learn, the `train` extra), features seen in few places left out, weights
of two digits: what is left is a table that a person can read. `--check` fits on two thirds of the articles, prints
precision, recall and F1 on the rest for each third, and writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import msgspec

from khabar.attribution import attribute
from khabar.events import stage_scenes
from khabar.events.factuality import Before, Modals, build_modals, factuality_features
from khabar.events.role_features import Pair, pair_phrases, role_features
from khabar.events.scene import Scene
from khabar.events.triggers import Candidate, Field, Memory, find_candidates, trigger_features
from khabar.mentions import find_mentions
from khabar.records import Claim, Factuality, Mention, RoleName, Source, Span, document_from
from khabar.resources import Resources, load_resources
from khabar.text import fold, normalise, segment

OUT = Path(__file__).parent.parent / "src/khabar/data/events"
HEAD = """\
# What speaks for and against {what}: features in words, and the weight (a logit) that each has for a label.
# Fitted by scripts/fit_events.py on annotated news articles; do not edit by hand.
# Source: this project; licence as the project.
feature\tlabel\tweight
"""
WHAT = {"trigger": "words that name events", "role": "roles of phrases", "factuality": "the factuality of events"}
ROLES: tuple[str, ...] = get_args(RoleName)
SEEN = {"trigger": 6, "role": 10, "factuality": 8}  # occurrences below which a feature is left out (two readings each)
ARTICLES = 3  # articles below which a feature is left out: what one article says is no rule
# Penalty of each table: L2 or L1 (scikit-learn's `l1_ratio`), its inverse strength, and the weight below which a
# feature says nothing. Chosen by the F1 on articles left out. L2 keeps more weights: too many where labels are many.
PENALTY = {"trigger": (0, 0.3, 0.15), "role": (1, 0.5, 0.05), "factuality": (1, 0.25, 0.05)}
FOLDS = 3
THRESHOLD = -0.6  # logit, for --check

# A word in a feature, without the article.
_WORDS = re.compile("(?:ال)?([\u0621-\u064a]+)")

Row = tuple[list[str], Any]


class Reading(msgspec.Struct):
    """One article as the stage sees it, with the gold events on it."""

    scenes: list[tuple[Scene, Sequence[Claim]]]
    candidates: list[tuple[Candidate, ...]]
    events: list[dict[str, Any]]
    fold: int
    name: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    arguments = parser.parse_args()
    resources = load_resources()
    readings = [reading for folder in arguments.gold for reading in read_gold(folder, resources)]
    modals = resources.compiled(build_modals)
    if arguments.check:
        for fold in range(FOLDS):
            check(readings, fold, modals)
        return 0
    for name, tables in fit_all(readings, modals).items():
        lines = [
            f"{feature}\t{label}\t{tables[label][feature]}\n" for label in tables for feature in sorted(tables[label])
        ]
        (OUT / f"{name}_weights.tsv").write_text(HEAD.format(what=WHAT[name]) + "".join(lines), "utf-8", newline="\n")
    return 0


def read_gold(folder: Path, resources: Resources) -> Iterator[Reading]:
    """Two readings an article: on gold mentions and claims, and on the program's own."""
    for path in sorted((folder / "compiled").glob("*.json")):
        gold = msgspec.json.decode(path.read_bytes())
        article = msgspec.json.decode((folder / "articles" / path.name).read_bytes())
        document = document_from(
            article["text"], external_id=path.stem, language="ar", published=article.get("published")
        )
        text = normalise(document.text)
        sentences = segment(text)
        part = hashlib.sha256(path.stem.encode()).digest()[0] % FOLDS
        own = find_mentions(document, text, sentences, resources)
        claims = attribute(document, text, sentences, own, resources)
        for mentions, here in ((gold_mentions(gold), gold_claims(gold)), (own, claims)):
            scenes = stage_scenes(text, sentences, mentions, here, resources)
            candidates = [find_candidates(scene) for scene, _ in scenes]
            yield Reading(scenes, candidates, gold["events"], part, path.stem)


def gold_mentions(gold: dict[str, Any]) -> tuple[Mention, ...]:
    rows = sorted(gold["mentions"], key=lambda row: (row["start"], -row["end"]))
    return tuple(Mention(f"m{n}", row["start"], row["end"], row["text"], row["type"]) for n, row in enumerate(rows))


def gold_claims(gold: dict[str, Any]) -> tuple[Claim, ...]:
    return tuple(_claim(number, row) for number, row in enumerate(gold["claims"]))


def _claim(number: int, row: dict[str, Any]) -> Claim:
    source, cue = row["source"], row["cue"]
    return Claim(
        id=f"c{number}",
        source=Source(source["start"], source["end"], source["text"], row["kind"], None) if source else None,
        via=(),
        cue=Span(**cue) if cue else None,
        content=Span(**row["content"]),
        stance=row["stance"],
        quote=row["quote"],
        score=1.0,
    )


def overlap(left: tuple[int, int], right: dict[str, Any]) -> float:
    """Intersection over union."""
    shared = min(left[1], right["end"]) - max(left[0], right["start"])
    return shared / (max(left[1], right["end"]) - min(left[0], right["start"])) if shared > 0 else 0.0


def trigger_rows(reading: Reading) -> Iterator[tuple[list[str], bool, int, int]]:
    """Features of each candidate, whether gold has it, its sentence and its number there."""
    memory = Memory()
    for place, ((scene, _), candidates) in enumerate(zip(reading.scenes, reading.candidates, strict=True)):
        field = Field(candidates)
        for number, candidate in enumerate(candidates):
            features = list(dict.fromkeys(trigger_features(scene, candidate, field, memory, place)))
            yield features, gold_event(reading, scene, candidate) is not None, place, number
        memory.add(candidates)


def gold_event(reading: Reading, scene: Scene, candidate: Candidate) -> dict[str, Any] | None:
    word = scene.view.words[candidate.at]
    for event in reading.events:
        if event["type"] == candidate.sense.type and overlap((word.start, word.end), event["trigger"]) >= 0.5:
            return event
    return None


def matched(reading: Reading) -> Iterator[tuple[Scene, Sequence[Claim], Candidate, dict[str, Any], Field]]:
    """The candidates that gold has, one a word, with their sentence."""
    for (scene, claims), candidates in zip(reading.scenes, reading.candidates, strict=True):
        found = {c.at: (c, e) for c in reversed(candidates) if (e := gold_event(reading, scene, c)) is not None}
        field = Field([found[at][0] for at in sorted(found)])
        for at in sorted(found):
            yield scene, claims, *found[at], field


def role_rows(reading: Reading) -> Iterator[Row]:
    for scene, _, candidate, event, field in matched(reading):
        for pair in pair_phrases(scene, candidate.at):
            features = list(dict.fromkeys(role_features(scene, candidate, pair, field)))
            yield features, roles_in_gold(pair, event)


def roles_in_gold(pair: Pair, event: dict[str, Any]) -> frozenset[str]:
    span = (pair.phrase.start, pair.phrase.end)
    return frozenset(role["role"] for role in event["roles"] if overlap(span, role) >= 0.5)


def factuality_rows(reading: Reading, modals: Modals) -> Iterator[Row]:
    last: Before | None = None
    scene_before: Scene | None = None
    for scene, claims, candidate, event, _ in matched(reading):
        before = last if scene is scene_before else None
        index = scene.claim_at[candidate.at]
        claim = claims[index] if index >= 0 else None
        features = factuality_features(scene, candidate, claim, before, modals)
        yield list(dict.fromkeys(features)), event["factuality"]
        last, scene_before = Before(candidate.at, candidate.form.pos, event["factuality"]), scene


def fit_all(readings: Sequence[Reading], modals: Modals) -> dict[str, dict[str, dict[str, float]]]:
    """Weights by table, label and feature."""
    triggers = [(row[0], row[1], reading.name) for reading in readings for row in trigger_rows(reading)]
    roles = [(*row, reading.name) for reading in readings for row in role_rows(reading)]
    factualities = [(*row, reading.name) for reading in readings for row in factuality_rows(reading, modals)]
    return {
        "trigger": fit(triggers, "trigger", {"event": [bool(is_event) for _, is_event, _ in triggers]}),
        "role": fit(roles, "role", {name: [name in names for _, names, _ in roles] for name in ROLES}),
        "factuality": fit(
            factualities,
            "factuality",
            {value: [value == gold for _, gold, _ in factualities] for value in get_args(Factuality)},
        ),
    }


def nations() -> set[str]:
    """Words for peoples: who someone is says nothing of what he does, and no weight may say so."""
    lines = (OUT.parent / "countries.tsv").read_text("utf-8").splitlines()
    cells = [line.split("\t")[3] for line in lines if not line.startswith("#") and line.count("\t") >= 3][1:]
    return {fold(form.strip(" *")) for cell in cells for form in cell.split("|")} - {""}


def fit(
    rows: Sequence[tuple[list[str], Any, str]], table: str, labels: dict[str, list[bool]]
) -> dict[str, dict[str, float]]:
    """One logistic regression a label."""
    import numpy
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    l1_ratio, strength, smallest = PENALTY[table]
    count = Counter(feature for features, _, _ in rows for feature in features)
    articles: dict[str, set[str]] = {}
    for features, _, article in rows:
        for feature in features:
            articles.setdefault(feature, set()).add(article)
    peoples = nations()
    names = sorted(
        feature
        for feature in count
        if count[feature] >= SEEN[table]
        and len(articles[feature]) >= ARTICLES
        and not peoples.intersection(_WORDS.findall(feature))
    )
    at = {name: index for index, name in enumerate(names)}
    indices, ends = [], [0]
    for features, _, _ in rows:
        indices += sorted(at[feature] for feature in features if feature in at)
        ends.append(len(indices))
    matrix = csr_matrix((numpy.ones(len(indices)), indices, ends), shape=(len(rows), len(names)))
    tables: dict[str, dict[str, float]] = {}
    for label, truth in labels.items():
        model = LogisticRegression(
            C=strength, l1_ratio=l1_ratio, solver="liblinear", max_iter=1000, fit_intercept=False, random_state=0
        ).fit(matrix, truth)
        weights = zip(names, model.coef_[0], strict=True)
        tables[label] = {name: round(float(weight), 2) for name, weight in weights if abs(weight) >= smallest}
    return tables


def check(readings: Sequence[Reading], fold: int, modals: Modals) -> None:
    """Fit without one fold and print how single decisions on it come out, gold and own inputs apart."""
    tables = fit_all([reading for reading in readings if reading.fold != fold], modals)
    rest = [reading for reading in readings if reading.fold == fold]
    for name, part in (("gold inputs", rest[::2]), ("own inputs", rest[1::2])):
        rows = [(row[0], row[1]) for reading in part for row in trigger_rows(reading)]
        hits = [(_score(tables["trigger"]["event"], features) > THRESHOLD, truth) for features, truth in rows]
        roles = [
            (_score(tables["role"][label], features) > THRESHOLD, label in truth)
            for reading in part
            for features, truth in role_rows(reading)
            for label in ROLES
        ]
        print(f"fold {fold}, {name}: trigger decisions {_prf(hits)}, role decisions {_prf(roles)}")


def _score(table: dict[str, float], features: Iterable[str]) -> float:
    return sum(table.get(feature, 0.0) for feature in features)


def _prf(pairs: Sequence[tuple[bool, bool]]) -> str:
    right = sum(got and truth for got, truth in pairs)
    got, truth = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    precision, recall = 100 * right / max(1, got), 100 * right / max(1, truth)
    return f"P {precision:.1f} R {recall:.1f} F1 {2 * precision * recall / max(1e-9, precision + recall):.1f}"


if __name__ == "__main__":
    sys.exit(main())
