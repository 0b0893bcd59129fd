"""Time expressions: Khabar beside dateparser's `search_dates(languages=["ar"])`, on the same gold articles.

    python bench/values.py GOLD_DIR [--limit N]

GOLD_DIR holds `articles/ID.json` and `compiled/ID.json`. Prints, for each, CPU seconds, expressions and articles of
2,000 characters a second, and F1 of spans (intersection over union of at least 0.3), of values, and of values where
gold's is one day, which is all that dateparser can say. Khabar starts from the raw text; dateparser is told the
publication date.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

ARTICLE = 2000  # characters
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Expression(NamedTuple):
    """A time expression with its TIMEX3 value."""

    start: int
    end: int
    value: str | None


class Article(NamedTuple):
    """One gold article."""

    text: str
    published: str
    gold: list[Expression]


class Score:
    """Counts of right, found and gold, and their F1."""

    def __init__(self) -> None:
        self.right = self.found = self.gold = 0

    @property
    def f1(self) -> float:
        """In percent."""
        return 200 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def with_khabar() -> Callable[[Article], list[Expression]]:
    """The project's own reader of times, from raw text."""
    from khabar.mentions.times import find_times
    from khabar.records import document_from
    from khabar.resources import load_resources
    from khabar.text import normalise, segment

    resources = load_resources()

    def read(article: Article) -> list[Expression]:
        document = document_from(article.text, external_id="a", language="ar", published=article.published)
        text = normalise(article.text)
        times = find_times(document, text, segment(text), resources)
        return [Expression(m.start, m.end, m.time.value if m.time else None) for m in times]

    return read


def with_dateparser() -> Callable[[Article], list[Expression]]:
    """dateparser's search; it gives no offsets, so each string is looked for behind the one before."""
    from dateparser.search import search_dates

    def read(article: Article) -> list[Expression]:
        base = datetime.fromisoformat(article.published).replace(tzinfo=None)
        found = search_dates(article.text, languages=["ar"], settings={"RELATIVE_BASE": base}) or []
        expressions, at = [], 0
        for string, moment in found:
            start = article.text.find(string, at)
            if start >= 0:
                at = start + len(string)
                expressions.append(Expression(start, at, moment.date().isoformat()))
        return expressions

    return read


def load(folder: Path, limit: int | None) -> list[Article]:
    """The gold articles with their TIME mentions."""
    articles = []
    for path in sorted((folder / "articles").glob("*.json"))[:limit]:
        article = json.loads(path.read_text("utf-8"))
        gold = json.loads((folder / "compiled" / path.name).read_text("utf-8"))
        times = [Expression(m["start"], m["end"], m["norm"]) for m in gold["mentions"] if m["type"] == "TIME"]
        articles.append(Article(article["text"], article["published"], times))
    return articles


def overlap(a: Expression, b: Expression) -> float:
    """Intersection over union."""
    inter = min(a.end, b.end) - max(a.start, b.start)
    return inter / (max(a.end, b.end) - min(a.start, b.start)) if inter > 0 else 0.0


def score(gold: list[Expression], found: list[Expression], spans: Score, values: Score, days: Score) -> None:
    """Add one article's counts; expressions are paired one to one, the closest first."""
    pairs = sorted(((-overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    day = [bool(_DAY.fullmatch(g.value or "")) for g in gold]
    for counts in (spans, values):
        counts.found += len(found)
        counts.gold += len(gold)
    days.gold += sum(day)
    days.found += sum(bool(_DAY.fullmatch(f.value or "")) for f in found)
    for close, i, j in pairs:
        if close > -0.3 or i in used_gold or j in used_found:
            continue
        used_gold.add(i)
        used_found.add(j)
        same = gold[i].value == found[j].value
        spans.right += 1
        values.right += same
        days.right += same and day[i]


def main() -> None:
    """Read the same articles with both and print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    articles = load(args.gold, args.limit)
    size = sum(len(article.text) for article in articles) / ARTICLE
    print(f"{len(articles)} articles, {sum(len(a.gold) for a in articles)} gold expressions")
    print(
        f"{'':12}{'CPU s':>9}{'found':>7}{'a second':>10}{'articles/s':>12}{'span F1':>9}{'value F1':>10}{'day F1':>8}"
    )
    speeds = []
    for name, make in (("khabar", with_khabar), ("dateparser", with_dateparser)):
        read = make()
        read(articles[0])  # tables and grammars are loaded once
        start = time.process_time()
        found = [read(article) for article in articles]
        seconds = time.process_time() - start
        spans, values, days = Score(), Score(), Score()
        for article, expressions in zip(articles, found, strict=True):
            score(article.gold, expressions, spans, values, days)
        count = sum(map(len, found))
        speeds.append(count / seconds)
        print(
            f"{name:12}{seconds:9.2f}{count:7}{count / seconds:10.0f}{size / seconds:12.1f}"
            f"{spans.f1:9.1f}{values.f1:10.1f}{days.f1:8.1f}"
        )
    print(f"ratio of expressions a second: {speeds[0] / speeds[1]:.1f}")


if __name__ == "__main__":
    main()
