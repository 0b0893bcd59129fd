#!/usr/bin/env python3
"""What share of the places that a gold set names does the gazetteer know?

    python scripts/gazetteer_coverage.py GOLD/compiled… [--missing N]

`named`: the text of the mention, folded, without clitics or a generic head, is a name in the tables.
`near`: and one place of that name (or what contains it) lies within 161 km of the gold point, or is a country.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/khabar/data"
FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None})
HEAD = re.compile(r"^(مدينة|محافظة|بلدة|قرية|منطقة|مديرية|حي|ولاية|إقليم|جزيرة) ")


def fold(name: str) -> str:
    name = re.sub(r"[\u064b-\u0652\u0670«»\"“”()]", "", name.translate(FOLD)).replace("ء", "")
    return re.sub(r"\s+|-", " ", name).strip()


def rows(path: Path) -> Iterator[dict[str, str]]:
    lines = (line for line in path.open(encoding="utf-8") if not line.startswith("#"))
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def load() -> tuple[dict[str, set[str]], dict[str, dict[str, str]]]:
    names: dict[str, set[str]] = defaultdict(set)
    places: dict[str, dict[str, str]] = {}
    for path in sorted((DATA / "gazetteer").glob("*.tsv")):
        for row in rows(path):
            if "id" not in row:
                continue
            if row["feature"]:  # a row without one only adds names to a place of another table
                places.setdefault(row["id"], row)
            for name in row["names_ar"].split("|"):
                folded = fold(name)
                names[folded].add(row["id"])
                names[folded.removeprefix("ال")].add(row["id"])
    countries = {place["country"]: place["id"] for place in places.values() if place["feature"] == "PCLI"}
    for row in rows(DATA / "countries.tsv"):
        for name in row["names_ar"].split("|"):
            if row["iso2"] in countries:
                names[fold(name.strip().rstrip("*"))].add(countries[row["iso2"]])
                names[fold(name.strip().rstrip("*")).removeprefix("ال")].add(countries[row["iso2"]])
    return names, places


def point(place: dict[str, str], places: dict[str, dict[str, str]]) -> tuple[float, float] | None:
    for _ in range(5):
        if place["lat"]:
            return float(place["lat"]), float(place["lon"])
        if place["within"] not in places:
            return None
        place = places[place["within"]]
    return None


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    p = math.pi / 180
    h = (
        0.5
        - math.cos((b[0] - a[0]) * p) / 2
        + math.cos(a[0] * p) * math.cos(b[0] * p) * (1 - math.cos((b[1] - a[1]) * p)) / 2
    )
    return 12742 * math.asin(math.sqrt(h))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--missing", type=int, default=0)
    args = parser.parse_args()
    names, places = load()
    total = named = near = pointed = 0
    missing: Counter[tuple[str, str]] = Counter()
    far: Counter[tuple[str, str]] = Counter()
    for folder in args.gold:
        for path in sorted(folder.glob("*.json")):
            for m in json.loads(path.read_text("utf-8"))["mentions"]:
                if m["type"] != "PLACE":
                    continue
                total += 1
                text = fold(m["text"])
                ids = names.get(text) or names.get(text.removeprefix("ال")) or names.get(HEAD.sub("", text), set())
                named += bool(ids)
                if not ids:
                    missing[m["text"], m["norm"]] += 1
                parts = [x.strip() for x in m["norm"].rsplit(",", 3)]
                try:
                    gold = float(parts[2]), float(parts[3])
                except (ValueError, IndexError):
                    continue
                pointed += 1
                hit = any(
                    places[i]["feature"] == "PCLI" or ((q := point(places[i], places)) and km(q, gold) <= 161)
                    for i in ids
                )
                near += hit
                if ids and not hit:
                    far[m["text"], m["norm"]] += 1
    print(f"mentions {total}  named {named / total:.1%}  with a point {pointed}  near {near / pointed:.1%}")
    for title, counter in (("missing", missing), ("far", far)):
        for (text, norm), count in counter.most_common(args.missing):
            print(title, count, text, norm, sep="\t")


if __name__ == "__main__":
    main()
