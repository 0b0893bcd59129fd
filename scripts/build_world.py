"""Make the base map of the workbench from Natural Earth's countries, in the TopoJSON of npm's package `world-atlas`.

npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
python scripts/build_world.py package/countries-50m.json

Arcs are simplified (Douglas and Peucker 1973) to a twentieth of a degree; borders stay shared, so that nothing gapes.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "src" / "khabar" / "web" / "static" / "world.json"
TOLERANCE = 0.05  # degrees
Point = tuple[float, float]


def main() -> int:
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    (sx, sy), (tx, ty) = source["transform"]["scale"], source["transform"]["translate"]
    arcs = [simplified(arc, sx, sy) for arc in source["arcs"]]
    shapes = [rings(one) for one in source["objects"]["countries"]["geometries"] if one.get("arcs")]
    out = {"source": "Natural Earth 1:50m countries, public domain", "scale": [sx, sy], "translate": [tx, ty],
           "arcs": arcs, "shapes": shapes}  # fmt: skip
    OUT.write_text(json.dumps(out, separators=(",", ":")) + "\n", "utf-8")
    print(f"{OUT}: {OUT.stat().st_size} bytes")
    return 0


def rings(geometry: dict[str, Any]) -> list[list[int]]:
    """All rings of a country, each a list of arcs."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def simplified(arc: list[list[int]], sx: float, sy: float) -> list[list[int]]:
    """An arc with fewer points, as steps from point to point."""
    points, x, y = [], 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x, y))
    keep = kept([(px * sx, py * sy) for px, py in points])
    out, last = [], (0, 0)
    for index in keep:
        here = points[index]
        out.append([here[0] - last[0], here[1] - last[1]])
        last = here
    return out


def kept(points: list[Point], tolerance: float = TOLERANCE) -> list[int]:
    """Indices of the points that a line within the tolerance needs; a ring keeps at least four."""
    keep = {0, len(points) - 1}
    if len(points) > 3 and points[0] == points[-1]:
        keep |= {len(points) // 3, 2 * len(points) // 3}
    waiting = list(zip(sorted(keep), sorted(keep)[1:], strict=False))
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        away, index = max((distance(points[i], points[first], points[last]), i) for i in range(first + 1, last))
        if away > tolerance:
            keep.add(index)
            waiting += [(first, index), (index, last)]
    return sorted(keep)


def distance(point: Point, one: Point, other: Point) -> float:
    """From a point to a stretch of line, in degrees."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length))
    return math.hypot(point[0] - one[0] - along * dx, point[1] - one[1] - along * dy)


if __name__ == "__main__":
    sys.exit(main())
