"""Names as numbers; 0 is a name that was seen too rarely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from train.examples import Example
from train.rules import names_a_people, nations

__all__ = ["Naming", "naming_of"]

RARE = {"triggers": 8, "pairs": 16, "facts": 8}  # two readings an article
ARTICLES = 3  # what fewer articles than this say is no rule


class Naming(msgspec.Struct):
    """Numbers of marks by column, and of features by kind of row."""

    marks: list[dict[str, int]]
    triggers: dict[str, int]
    pairs: dict[str, int]
    facts: dict[str, int]
    types: list[str]
    roles: list[str]
    values: list[str]


def naming_of(examples: list[Example], types: Iterable[str], roles: Iterable[str], values: Iterable[str]) -> Naming:
    marks = []
    for column in range(len(examples[0].marks[0])):
        count = Counter(mark[column] for example in examples for mark in example.marks)
        kept = sorted(name for name in count if name and count[name] >= 8)
        marks.append({name: number for number, name in enumerate(kept, 1)})
    return Naming(
        marks,
        *(_features(examples, kind) for kind in ("triggers", "pairs", "facts")),
        list(types),
        list(roles),
        list(values),
    )


def _features(examples: list[Example], kind: str) -> dict[str, int]:
    count: Counter[str] = Counter()
    articles: dict[str, set[str]] = {}
    for example in examples:
        for row in getattr(example, kind):
            for feature in row.features:
                count[feature] += 1
                articles.setdefault(feature, set()).add(example.article)
    peoples = nations()  # who someone is says nothing of what he does
    kept = sorted(
        name
        for name in count
        if count[name] >= RARE[kind] and len(articles[name]) >= ARTICLES and not names_a_people(name, peoples)
    )
    return {name: number for number, name in enumerate(kept, 1)}
